"""Author lists as their sources have them, to persons.

Reads lists and single strings: "Surname, Given", "Given Surname", "Surname GM", "A and B and C", "A, B; C, D",
"Adeli K.Lewis G. F.". What is left out: it is not decided which of two bare words is the surname when a source
puts the surname first without a comma; comparing sets of words copes with that.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from papertwin.data.persons import NOBODY, Person, plain_persons
from papertwin.data.text import fold, is_garbled, known, repair

LONGEST = 300  # characters of a name; the rest of a longer one tells nothing
_AND = re.compile(r"\s*(?:;|\||\r|\n|\t|\band\b|&|\bund\b|\bet\b(?!\s*al\b))\s*", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[A-Z]\.)(?=[A-ZÀ-Þ][a-zß-ÿ'’]|[a-z]{2,3} [A-Z])")  # "Adeli K.Lewis G. F."
_ET_AL = re.compile(
    r"[,\s]*\b(?:et\.?\s*al\b\.?|and others|и др\.?)|(?-i:\bu\.\s?a\.\s*$)|^\s*(?:\.\.\.|…)\s*$", re.IGNORECASE
)
_INITIALS = re.compile(r"^(?:[A-ZÀ-ÞĀ-ŽΑ-ΩЀ-Я]\.?[\s-]*){1,4}$|^[a-z]\.?(?:[\s-]+[a-z]\.?){0,3}$")
_SUFFIX = re.compile(r"(?:,?\s+(?:jr|sr|ii|iii|iv|md|phd|ph\.d|m\.d|msc|bsc|dr|prof)\.?)+$", re.IGNORECASE)
_GENERATION = re.compile(r"(?:jr|sr|ii|iii|phd|ph\.d)\.?", re.IGNORECASE)
# Chinese, Japanese and Korean names: the surname is the first sign. (Longer surnames are rare.)
_SURNAME_FIRST = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_TITLE = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|sir|dame)\b\.?\s+)+(?=\S)", re.IGNORECASE)
_NOISE = re.compile(
    r"https?://\S+|[^\s@]{1,64}@\S+|\d{4}-\d{4}-\d{4}-\d{3}[\dX]|\b\d(?:nd|rd|th)\b|[\d*†‡§¶]+|"
    r"\([^()]*\)"
)


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
    if len(pieces) == 2 and (" " not in pieces[0] or " " not in pieces[1]):
        return [", ".join(pieces)]
    if len(pieces) == 2 and (_looks_like_initials(pieces[1]) or len(pieces[0].split()) > 3):
        return [", ".join(pieces)]
    return pieces


def _of_dict(item: Mapping[str, object]) -> object:
    """The name in an author that is a dictionary: Crossref's, Zotero's, Semantic Scholar's."""
    parts = ("given", "firstName", "family", "lastName")
    return item.get("name") or item.get("literal") or " ".join(str(item[part]) for part in parts if item.get(part))


def split(value: object) -> tuple[list[str], bool]:
    """The names in an author field, and whether it said that there are more ("et al.")."""
    in_list = isinstance(value, (list, tuple))
    names: list[str] = []
    truncated = False
    for item in value if isinstance(value, (list, tuple)) else [value]:
        found, more = _split_item(item, in_list)
        names += found
        truncated |= more
    return names, truncated


def _split_item(item: object, in_list: bool) -> tuple[list[str], bool]:
    text = known(_of_dict(item) if isinstance(item, dict) else item)
    if text is None:
        return [], False
    names: list[str] = []
    truncated = False
    if "&" in text:
        text = repair(text)  # before ";" parts names: entities end in one
    if len(text) > 40 or "." in text or " et" in text:
        if _ET_AL.search(text):
            truncated, text = True, _ET_AL.sub(" ", text)
        text = _GLUED.sub(";", text)
    for name in _AND.split(text):
        # in a list "Berg, Anna" is one person; two commas, or a name on either side of one, are several
        several = "," in name and (name.count(",") > 1 or not in_list or len(_split_commas(name)) == 2)
        names += _split_commas(name) if several else [name] if name else []
    return names, truncated


@lru_cache(maxsize=65536)
def person(name: str) -> Person | None:
    """The person behind a name as written, or None where it names nobody."""
    text = repair(name)[:LONGEST]
    if is_garbled(text):
        return None
    if any(sign in text for sign in "@/0123456789*(†‡§"):
        text = _NOISE.sub(" ", text)
    text = _TITLE.sub("", _SUFFIX.sub("", text.strip(" ,.;")))
    surname, comma, given = text.partition(",")
    surname = _SUFFIX.sub("", surname)
    if comma and not fold(surname):
        surname, comma, given = given, "", ""
    if not comma:
        words = text.replace(".", ". ").split()
        if _SURNAME_FIRST.match(text):
            whole = "".join(words)
            surname, given = whole[:1], whole[1:]
        elif words:
            tail = len(words)  # initials behind the surname: "Berg A B"
            while tail > 1 and _looks_like_initials(words[tail - 1]) and len(words[tail - 1].strip(".")) <= 3:
                tail -= 1
            if tail == len(words) or _looks_like_initials(words[0]):
                surname, given = words[-1], " ".join(words[:-1])
            else:
                surname, given = " ".join(words[:tail]), " ".join(words[tail:])
    folded_surname, folded_given = _latin(surname), _latin(given)
    all_words = f"{folded_given} {folded_surname}".strip()
    if not all_words or all_words in NOBODY:
        return None
    surname_words = folded_surname.split() or all_words.split()
    return Person(surname_words[-1], folded_given[:1], all_words)


def _latin(name: str) -> str:
    folded = fold(name)
    if folded.isascii():
        return folded
    from anyascii import anyascii

    # Chinese and Japanese signs are words of their own when folded; the reading of a name is one word.
    return fold(anyascii(folded if ord(folded[0]) < 0x2E80 else folded.replace(" ", "")))


def persons(value: object) -> tuple[list[Person], bool] | None:
    """The persons of an author field in order, and whether there are more; None where it names nobody."""
    return all_persons([value])[0]


def all_persons(values: Sequence[object]) -> list[tuple[list[Person], bool] | None]:
    """The same for many author fields at once."""
    listed = [item for value in values if isinstance(value, (list, tuple)) for item in value if isinstance(item, str)]
    plain = _plain(dict.fromkeys(listed))
    texts = [(item, True) for item, who in plain.items() if who is None]
    texts += [(value, False) for value in values if isinstance(value, str)]
    plain |= _plain({name: None for text in texts for name in _split_text(*text)[0] if name not in plain})
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
    read = [([who], False) if who else _persons(item, True, plain) for item, who in zip(value, quick, strict=True)]
    found = [who for some, _ in read for who in some]
    return (found, any(more for _, more in read)) if found else None


def _persons(item: object, in_list: bool, plain: Mapping[str, Person | None]) -> tuple[list[Person], bool]:
    """The persons in an author field or in one item of it, and whether it says that there are more."""
    names, truncated = _split_text(item, in_list) if isinstance(item, str) else _split_item(item, in_list)
    return [who for name in names if (who := plain.get(name) or person(name)) is not None], truncated


@lru_cache(maxsize=65536)
def _split_text(text: str, in_list: bool) -> tuple[list[str], bool]:
    return _split_item(text, in_list)
