"""Author lists as their sources have them, to persons.

Reads lists and single strings: "Surname, Given", "Given Surname", "Surname GM", "A and B and C", "A, B; C, D",
"Adeli K.Lewis G. F.". What is left out: it is not decided which of two bare words is the surname when a source
puts the surname first without a comma; comparing sets of words copes with that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from papertwin.data.values.groups import GROUP_WORDS, goes_on, group_key, is_group
from papertwin.data.values.persons import NOBODY, Person, as_spelt, plain_persons, without_umlauts
from papertwin.data.values.text import as_written, fold, is_garbled, known, repair, single_spaced

LONGEST = 300  # characters of a name; the rest of a longer one tells nothing
_AND = re.compile(r"\s*(?:;|\||\r|\n|\t|\band\b|&|\bund\b|\bet\b(?!\s*al\b))\s*", re.IGNORECASE)
_BEHALF = re.compile(r"\b(?:on behalf of|for the|representing)\b", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[A-Z]\.)(?=[A-ZÀ-Þ][a-zß-ÿ'’]|[a-z]{2,3} [A-Z])")  # "Adeli K.Lewis G. F."
_ET_AL = re.compile(
    r"(?<![,\s])[,\s]*\b(?:et\.?\s*al\b\.?|and others|и др\.?)|(?-i:\bu\.\s?a\.\s*$)|^\s*(?:\.\.\.|…)\s*$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"^(?:[A-ZÀ-ÞĀ-ŽΑ-ΩЀ-Я]\.?[\s-]*){1,4}$|^[a-z]\.?(?:[\s-]+[a-z]\.?){0,3}$")
_SUFFIX = re.compile(r"(?:,?\s+(?:jr|sr|ii|iii|iv|md|phd|ph\.d|m\.d|msc|bsc|dr|prof)\.?)+$", re.IGNORECASE)
_GENERATION = re.compile(r"(?:jr|sr|ii|iii|phd|ph\.d)\.?", re.IGNORECASE)
# Degrees behind a whole name, "Anna Berg, MD, FRCS(Ed)2", also as Dutch catalogues have them, "drs."; behind a surname
# they may be initials.
_DEGREE = re.compile(
    r"(?:MD|M\.D\.?|RN|BSN|MSN|MPH|MBA|M[Ss]c|B[Ss]c|DDS|DMD|DVM|DNP|MBBS|MBChB|FRCP[A-Z]?|FRCS|FACS|FACP|FACC|DPhil|DrPH|"
    r"PharmD|PsyD|EdD|(?:Prof\.? )?Dr\.?|Prof\.?)(?:\([A-Z][A-Za-z]{1,5}\))?[\d*†‡§¶]*|(?:prof\. ?)?(?:dr|drs|ir|ing)\."
)
# How library catalogues end a name, "Berg, Anna, 1903-1981, author.", and bibliographies, "Berg, A. (ed.)".
_ROLES = (
    "(?:(?:joint )?author|editor|ed|hrsg|herausgeber|translator|compiler|illustrator|contributor|auteur|director)s?"
)
_YEAR = r"(?:ca\.? ?)?(?:1\d|20)\d\d\??"
_LIFE = re.compile(
    rf"(?:,\s*(?:{_YEAR}\s?[-–](?:\s?{_YEAR})?|(?:active|approximately|fl|b|d)\.? {_YEAR}(?:-{_YEAR})?|{_ROLES})\.?\s*)"
    r"{1,3}$",
    re.IGNORECASE,
)
_AFFILIATION = re.compile(r"\([^()]*\)")
# Which affiliations and notes belong to a name: "Berg A.¹,³*".
_RAISED = re.compile(r"(?:,?\s?[¹²³⁰⁴-⁹]+(?:,?[*†‡§¶]+)*)+")
_ROLE = re.compile(rf"\({_ROLES}\.?\)$|\[{_ROLES}\.?\]$", re.IGNORECASE)
# Of two pieces with a comma between them: a surname of several words, "van den Berg", "Souza Filho", "Berg Jr.", and
# given names, which unlike whole names end in an initial or a particle, "Anna M.", "Anna van der".
_SURNAME_ALONE = re.compile(
    r"(?:[a-zß-ÿ'’]+\s)+(?![a-z])[^\W\d_]\S+(?:\s[^\W\d_]\S+)?|"
    r"[^\W\d_]{2}\S* (?i:filho|j[uú]nior|net?to|sobrinho)"
)
_GIVEN_ALONE = re.compile(r"\S+\s(?:.*\s)?(?:(?:[A-Z]\.?){1,3}|van|von|der|den|de|da|dos|del|du|la|ter|ten|zu|af|av)")
# Chinese, Japanese and Korean names: the surname is the first sign. (Longer surnames are rare.)
_SURNAME_FIRST = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_TITLE = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|sir|dame|rev|reverend|assoc|doç|(?:dipl|dr)\.?-ing|univ\.?-prof)\b\.?\s+)+(?=\S)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"https?://\S+|[^\s@]{1,64}@\S+|\d{4}-\d{4}-\d{4}-\d{3}[\dX]|\b\d(?:nd|rd|th)\b|[\d*†‡§¶]+|"
    r"\([^()]*\)|\[[^\[\]]*\]"
)
_COUNTRY = re.compile(r"^([^\s,]+) ([^,]+?)\s*\[[A-Z]{2}\]$")  # Espacenet's "BERG ANNA [DE]" has the surname first
# Surnames of three letters that stand before given names in capitals; other three capitals are initials.
_SHORT_SURNAMES = frozenset({
    "BAI", "BAO", "BIE", "CAI", "CAO", "CHO", "CUI", "DAI", "DAO", "FAN", "GAN", "GAO", "GUO", "HAN", "HOU", "HUO",
    "JIA", "KIM", "LAI", "LAM", "LAN", "LAU", "LEE", "LEI", "LIM", "LIN", "LIU", "LUO", "MAO", "MIN", "NAM", "NIE",
    "NIU", "PAN", "PEI", "QIN", "QIU", "REN", "SHI", "SUN", "TAN", "TAO", "WEI", "XIA", "XIE", "XUE", "YAN", "YAO",
    "YIN", "YOO", "YUE", "ZOU", "ZHU",
})  # fmt: skip
# "LI Guo-qing", as Chinese journals write names: before such a given name two capitals are a surname, too.
_TWO_CAPITALS = re.compile(r"[B-DF-HJ-NP-TV-Z][AEIOUVÜ] [A-Z][a-z]+-[a-z]+")
_VOWEL = re.compile(r"[AEIOUY]|[^\x00-\x7f]")
_ARTICLE = re.compile(r"(?<=\S) ((?:abd )?[ae]l|abd[ae]l)$", re.IGNORECASE)  # of "Salem Al Harbi", but not of Al Gore
# "Al-Harbi" is "Alharbi". "Abdul" goes with the next word where a hyphen says so: Karim, Md. Abdul is Karim MA, too.
_ARABIC = re.compile(r"\b(abd [aeu]l|abd[ae]l|[ae]l) (?=\w{2})")
_ABDUL = re.compile(r"\b(abdul)-(?=\w)", re.IGNORECASE)
# The commonest Korean surnames as they are mostly written in Latin letters.
_KOREAN = {
    "김": "Kim", "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung", "강": "Kang", "조": "Cho", "윤": "Yoon",
    "장": "Jang", "임": "Lim", "오": "Oh", "신": "Shin", "서": "Seo", "권": "Kwon", "황": "Hwang", "안": "Ahn",
    "송": "Song", "류": "Ryu", "유": "Yoo", "홍": "Hong", "전": "Jeon", "고": "Ko", "문": "Moon", "손": "Son",
    "배": "Bae", "백": "Baek", "허": "Heo", "노": "Noh", "심": "Shim", "우": "Woo", "구": "Koo", "주": "Joo",
}  # fmt: skip


def _looks_like_initials(text: str) -> bool:
    return len(text) <= 12 and _INITIALS.match(text) is not None


def _split_commas(text: str) -> list[str]:
    """A string with commas to persons: "Smith, J., Doe, A." are two, "Smith, John" is one, "a b, c d, e f" three."""
    pieces = [piece.strip() for piece in text.split(",")]
    pieces = [piece for piece in pieces if piece and not _GENERATION.fullmatch(piece)]
    if len(pieces) < 2:
        return pieces
    second = pieces[1::2]
    if len(pieces) % 2 == 0 and all(map(_looks_like_initials, second)):
        return [f"{surname}, {given}" for surname, given in zip(pieces[::2], second, strict=True)]
    if len(pieces) == 2 and _is_inverted(*pieces):
        return [", ".join(pieces)]
    last = len(pieces) - 1  # "Berg, Anna, MD"
    named = [
        piece
        for place, piece in enumerate(pieces)
        if not ((" " in pieces[0] or place == last > 1) and _DEGREE.fullmatch(piece))
    ]
    if len(named) < len(pieces):
        return _split_commas(", ".join(named))
    if len(pieces) > 2 and " " not in pieces[0] + pieces[1] and all(" " in piece for piece in pieces[2:]):
        return [", ".join(pieces[:2]), *pieces[2:]]  # "Berg, Anna, Carl Dahl"
    return pieces


def _is_inverted(before: str, behind: str) -> bool:
    """Whether the pieces before and behind a comma are the surname and the given names of one person."""
    before, behind = _SUFFIX.sub("", before), _SUFFIX.sub("", behind)
    if " " not in before or " " not in behind or _looks_like_initials(behind):
        return True
    if _looks_like_initials(before.split()[0]) and _looks_like_initials(behind.split()[0]):
        return False  # "A. van den Berg, C. Dahl"
    if len(before.split()) > 3 or _SURNAME_ALONE.fullmatch(before):
        return True
    return _GIVEN_ALONE.fullmatch(behind) is not None and not _GIVEN_ALONE.fullmatch(before)


def _of_dict(item: Mapping[str, object]) -> object:
    """The name in an author that is a dictionary: Crossref's, Zotero's, Semantic Scholar's."""
    parts = ("given", "firstName", "family", "lastName")
    return item.get("name") or item.get("literal") or " ".join(str(item[part]) for part in parts if item.get(part))


def split(value: object) -> tuple[list[str], bool]:
    """The names in an author field, and whether it said that there are more ("et al.")."""
    items = value if isinstance(value, (list, tuple)) else [value]
    inverted = _inverted(items)
    names: list[str] = []
    truncated = False
    for item in items:
        found, more = _split_item(item, inverted)
        names += found
        truncated |= more
    return names, truncated


def _inverted(items: Iterable[object]) -> bool:
    """Whether names in a list have the surname before a comma: one of them can be read in no other way."""
    return any(isinstance(item, str) and item.count(",") == 1 and len(_split_commas(item)) == 1 for item in items)


def _split_item(item: object, inverted: bool) -> tuple[list[str], bool]:
    text = known(_of_dict(item) if isinstance(item, dict) else item)
    if text is None:
        return [], False
    names: list[str] = []
    truncated = False
    if "&" in text:
        text = repair(text)  # before ";" parts names: entities end in one
    if not text.isascii() and _RAISED.search(text):
        text = _RAISED.sub("", repair(text))  # a broken encoding has such signs for letters
    if len(text) > 40 or "." in text or " et" in text:
        if _ET_AL.search(text):
            truncated, text = True, _ET_AL.sub(" ", text)
        text = _GLUED.sub(";", text)
    if "(" in text and _is_name(text[: text.index("(")]):
        text = _AFFILIATION.sub(lambda said: " " if "," in said[0] or ";" in said[0] else said[0], text)
    parts = [_LIFE.sub("", _ROLE.sub("", part).rstrip()) if "," in part else part for part in _at_and(text)]
    inverted = inverted or (len(parts) > 1 and _inverted(parts))
    for name in parts:
        # two commas, or one where names do not have the surname before it, may part several persons
        several = "," in name and (name.count(",") > 1 or not inverted)
        names += _split_commas(name) if several else [name] if name else []
    return names, truncated


def _is_name(text: str) -> bool:
    """Whether what stands before a bracket is a person's name, not a group whose members are in the bracket."""
    return not text.strip().isupper() and GROUP_WORDS.isdisjoint(fold(text).split())


def _at_and(text: str) -> list[str]:
    """The text parted where one name ends and the next begins, but not at the "and" in the name of a group."""
    parts = _AND.split(text)
    if len(parts) == 1 or GROUP_WORDS.isdisjoint(fold(text).split()):
        return parts
    whole, end = parts[:1], len(parts[0])
    for part in parts[1:]:
        begin = text.index(part, end)
        sign, end = text[end:begin].strip(), begin + len(part)
        if (sign == "&" or sign.isalpha()) and goes_on(fold(whole[-1]).split(), fold(part).split()):
            whole[-1] = f"{whole[-1]} {sign} {part}"
        else:
            whole.append(part)
    return whole


@lru_cache(maxsize=65536)
def person(name: str) -> Person | None:
    """The person behind a name as written, or None where it names nobody."""
    text = repair(name)[:LONGEST]
    if is_garbled(text):
        return None
    text, surname, given = _parted(text)
    folded_given = _latin(given)
    words = f"{folded_given} {_latin(_KOREAN.get(surname, surname))}".split()
    whole = " ".join(words)
    if not whole or whole in NOBODY:
        return None
    if is_group(words):
        return _group(text)
    return as_spelt(Person(words[-1], folded_given[:1], whole))


def _group(text: str) -> Person | None:
    """The group of this name, or the person who writes for it: "Anna Berg on behalf of the Carbon Study Group"."""
    before = _BEHALF.split(text, 1)[0].strip(" ,")
    if before != text and " " in before and GROUP_WORDS.isdisjoint(fold(before).split()):
        return person(before)
    key = group_key(fold(text).split())
    return Person(key, "", key, is_group=True)


def _parted(text: str) -> tuple[str, str, str]:
    """A repaired name without what is no name: the whole, the surname and the given name."""
    if text.endswith("]"):
        text = _COUNTRY.sub(r"\1, \2", text)
    if any(sign in text for sign in "@/0123456789*([†‡§"):
        text = _NOISE.sub(" ", text)
    text = _TITLE.sub("", _SUFFIX.sub("", text.strip(" ,.;")))
    surname, comma, given = text.partition(",")
    surname = _SUFFIX.sub("", surname)
    if comma and not fold(surname):
        surname, comma, given = given, "", ""
    if not comma:
        surname, given = _halves(text)
    if given.endswith(("l", "L")) and (article := _ARTICLE.search(given)):
        given, surname = given[: article.start()], f"{article[1]} {surname}"
    return text, surname, given


def _halves(text: str) -> tuple[str, str]:
    """Surname and given names of a name without a comma."""
    words = text.replace(".-", ". ").replace(".", ". ").split()
    if _SURNAME_FIRST.match(text):
        whole = "".join(words)
        return whole[:1], whole[1:]
    end = 1 if _TWO_CAPITALS.fullmatch(text) else _capitals(words)
    if not end:
        end = len(words)  # initials behind the surname: "Berg A B"
        while end > 1 and _looks_like_initials(words[end - 1]) and len(words[end - 1].strip(".")) <= 3:
            end -= 1
        if end == len(words) or _looks_like_initials(words[0]):
            end = len(words) - 1
            return words[end] if words else "", " ".join(words[:end])
    return " ".join(words[:end]), " ".join(words[end:])


def _capitals(words: list[str]) -> int:
    """How many words in capitals are a surname before given names that are not, "VAN DIJK Anna"; 0 for initials."""
    count, long = 0, False
    while count < len(words) and words[count].isupper():
        long |= len(words[count]) > 2
        count += 1
    if not long or count == len(words) or not words[count][0].isupper():
        return 0
    parts = "-".join(words[:count]).split("-")
    return count if any(part in _SHORT_SURNAMES or (len(part) > 3 and _VOWEL.search(part)) for part in parts) else 0


def _latin(name: str) -> str:
    folded = fold(_ABDUL.sub(r"\1", name) if "-" in name else name)
    if folded.isascii():
        return _ARABIC.sub(lambda article: article[1].replace(" ", ""), folded) if "l " in folded else folded
    from anyascii import anyascii

    # Chinese and Japanese signs are words of their own when folded; the reading of a name is one word.
    return fold(anyascii(folded if ord(folded[0]) < 0x2E80 else folded.replace(" ", "")))


def written(value: object, who: Person) -> str:
    """The name of one of the persons of an author field as it stands there, the given name before a comma."""
    name = _found_again(value, who)
    text, surname, given = _parted(name)
    if "," in text and not is_group(fold(text).split()):
        point = "." if name.endswith(f"{given}.") else ""
        text = text.replace(",", " ") if _SURNAME_FIRST.match(text) else f"{given}{point} {surname}"
    return single_spaced(text)


def word_written(value: object, who: Person, word: str) -> str:
    """One of a person's words as it stands there."""
    _, surname, given = _parted(_found_again(value, who))
    found = as_written(word, f"{given} {surname}", _latin)
    return found if found != word else as_written(word, surname, lambda name: without_umlauts(_latin(name)))


def _found_again(value: object, who: Person) -> str:
    """The repaired name of a person who was found in an author field."""
    return next(repair(name)[:LONGEST] for name in split(value)[0] if person(name) == who)


def persons(value: object) -> tuple[list[Person], bool] | None:
    """The persons of an author field in order, and whether there are more; None where it names nobody."""
    return all_persons([value])[0]


def all_persons(values: Sequence[object]) -> list[tuple[list[Person], bool] | None]:
    """The same for many author fields at once."""
    listed = [item for value in values if isinstance(value, (list, tuple)) for item in value if isinstance(item, str)]
    plain = _plain(dict.fromkeys(listed))
    texts = [item for item, who in plain.items() if who is None]
    texts += [value for value in values if isinstance(value, str)]
    plain |= _plain({name: None for text in texts for name in _split_text(text, False)[0] if name not in plain})
    return [_found(value, plain) for value in values]


def _plain(names: Iterable[str]) -> dict[str, Person | None]:
    """The persons behind names, None behind those that are not plain."""
    names = list(names)
    return dict(zip(names, plain_persons(names), strict=True))


def _found(value: object, plain: Mapping[str, Person | None]) -> tuple[list[Person], bool] | None:
    """The persons of an author field, and whether there are more; `plain` has those of its names that are plain."""
    if not isinstance(value, (list, tuple)):
        people, truncated = _persons(value, False, plain)
        return (people, truncated) if people else None
    quick = [plain[item] if isinstance(item, str) else None for item in value]
    if all(quick):
        return (quick, False) if quick else None  # type: ignore[return-value]  # None is not in it
    inverted = _inverted(value)
    read = [([who], False) if who else _persons(item, inverted, plain) for item, who in zip(value, quick, strict=True)]
    found = [who for some, _ in read for who in some]
    return (found, any(more for _, more in read)) if found else None


def _persons(item: object, inverted: bool, plain: Mapping[str, Person | None]) -> tuple[list[Person], bool]:
    """The persons in an author field or in one item of it, and whether it says that there are more."""
    names, truncated = _split_text(item, inverted) if isinstance(item, str) else _split_item(item, inverted)
    return [who for name in names if (who := plain.get(name) or person(name)) is not None], truncated


@lru_cache(maxsize=65536)
def _split_text(text: str, inverted: bool) -> tuple[list[str], bool]:
    return _split_item(text, inverted)
