"""Author fields as their sources have them, to names and persons.

Reads lists and single strings: "Surname, Given", "Given Surname", "Surname GM", "A and B and C", "A, B; C, D",
"Adeli K.Lewis G. F.".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from papertwin.data.values.groups import GROUP_WORDS, goes_on
from papertwin.data.values.names import SUFFIX, looks_like_initials
from papertwin.data.values.text import fold, known, repair

_AND = re.compile(r"\s*(?:;|\||\r|\n|\t|\band\b|&|\bund\b|\bet\b(?!\s*al\b))\s*", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[A-Z]\.)(?=[A-ZÀ-Þ][a-zß-ÿ'’]|[a-z]{2,3} [A-Z])")  # "Adeli K.Lewis G. F."
_ET_AL = re.compile(
    r"(?<![,\s])[,\s]*\b(?:et\.?\s*al\b\.?|and others|и др\.?)|(?-i:\bu\.\s?a\.\s*$)|^\s*(?:\.\.\.|…)\s*$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
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
# What they put between a name and its years: "Tolstoy, Leo, graf, 1828-1910".
_RANK = re.compile(r"([^,]+,[^,]+), ?[^\W\d_]+\.?")
_AFFILIATION = re.compile(r"\([^()]*\)")
# "森田 健一 (Morita, Ken'ichi)": signs are otherwise read as Chinese ones
_READING = re.compile(r"[\u3040-\u9fff\uf900-\ufaff\uac00-\ud7af·\s]+\(([^(),\u0370-\uffff]+,[^(),\u0370-\uffff]+)\)")
# Which affiliations and notes belong to a name: "Berg A.¹,³*".
_RAISED = re.compile(r"(?:,?\s?[¹²³⁰⁴-⁹]+(?:,?[*†‡§¶]+)*)+")
_ROLE = re.compile(rf"\({_ROLES}\.?\)$|\[{_ROLES}\.?\]$", re.IGNORECASE)
# One who helped beside those who wrote: of several editors the last says "(eds.)" for all. Python looks for the
# character that each of these patterns begins with.
_HELPS = r"(?:edited by|(?:ed|editor|hrsg|herausgeber|translator|trans|compiler|illustrator))\.?[)\]]\s*$"
_HELPER = re.compile(
    rf"\((?<!\w\(){_HELPS}|\[(?<!\w\[){_HELPS}|,\s*(?:editor|translator|compiler|illustrator)\.?\s*$", re.IGNORECASE
)
# Of two pieces with a comma between them: a surname of several words, "van den Berg", "Souza Filho", "Berg Jr.", and
# given names, which unlike whole names end in an initial or a particle, "Anna M.", "Anna van der".
_SURNAME_ALONE = re.compile(
    r"(?:[a-zß-ÿ'’]+\s)+(?![a-z])[^\W\d_]\S+(?:\s[^\W\d_]\S+)?|"
    r"[^\W\d_]{2}\S* (?i:filho|j[uú]nior|net?to|sobrinho)"
)
_GIVEN_ALONE = re.compile(r"\S+\s(?:.*\s)?(?:(?:[A-Z]\.?){1,3}|van|von|der|den|de|da|dos|del|du|la|ter|ten|zu|af|av)")
# How interfaces call the parts of a name, without signs; an object may hold the author in another, and beside it the
# name as it is printed.
_SIGNS = re.compile(r"[^a-z]")
_KEYS = (
    ("family", "familyname", "lastname", "surname", "last"),
    ("given", "givenname", "givennames", "firstname", "forename", "first"),
    ("literal", "name", "raw", "fullname", "collectivename", "displayname", "text"),
    ("author", "person"),
    ("rawauthorname",),
)


def _split_commas(text: str) -> list[str]:
    """A string with commas to persons: "Smith, J., Doe, A." are two, "Smith, John" is one, "a b, c d, e f" three."""
    pieces = [piece.strip() for piece in text.split(",")]
    # the marks of affiliations in "Anna Berg1,2" name nobody
    pieces = [piece for piece in pieces if _LETTER.search(piece) and not _GENERATION.fullmatch(piece)]
    if len(pieces) < 2:
        return pieces
    second = pieces[1::2]
    if len(pieces) % 2 == 0 and all(map(looks_like_initials, second)):
        return [f"{surname}, {given}" for surname, given in zip(pieces[::2], second, strict=True)]
    if len(pieces) == 2 and (_is_inverted(*pieces) or _GENERATION.fullmatch(text.rpartition(",")[2].strip())):
        return [", ".join(pieces)]  # "García López, Ana María, Jr."
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
    before, behind = SUFFIX.sub("", before), SUFFIX.sub("", behind)
    if " " not in before or " " not in behind or looks_like_initials(behind):
        return True
    if any(looks_like_initials(before.split()[end]) and looks_like_initials(behind.split()[end]) for end in (0, -1)):
        return False  # "A. van den Berg, C. Dahl", "da Silva A.B., Kim M."
    if len(before.split()) > 3 or _SURNAME_ALONE.fullmatch(before):
        return True
    return _GIVEN_ALONE.fullmatch(behind) is not None and not _GIVEN_ALONE.fullmatch(before)


def named(author: Mapping[str, Any]) -> str:
    """The name in an author that is an object: "Surname, Given" where it says which is which, else the whole name.

    Keys are those of Crossref, OpenAlex, Semantic Scholar, PubMed, Zotero and the like, in any case; "" for others.
    """
    said = {_SIGNS.sub("", key.lower()): value for key, value in author.items() if value}
    family, given, whole, holder, printed = (next(filter(None, map(said.get, keys)), None) for keys in _KEYS)
    if family or given:
        surname = " ".join(str(part) for part in (said.get("nondroppingparticle"), family) if part)
        suffix = str(said.get("suffix", ""))
        between = ", " if _GENERATION.fullmatch(suffix) else " "  # "IV" behind a comma may be initials
        return between.join(filter(None, (", ".join(str(part) for part in (surname, given) if part), suffix)))
    for found in (whole, holder, printed):  # OpenAlex does not know of every name who it is
        if name := named(found) if isinstance(found, dict) else found if isinstance(found, str) else "":
            return name
    return ""


def _text_of(item: object) -> str | None:
    """An item of a list of authors as text; None where it names nobody."""
    if isinstance(item, dict):
        return known(named(item))
    if isinstance(item, (list, tuple)):  # a surname and given names, as arXiv's interface parts them
        surname, *given = [part for part in item if isinstance(part, str) and part] or [""]
        return known(", ".join(filter(None, (surname, " ".join(given)))))
    return known(item) if isinstance(item, str) else None


def split(value: object) -> tuple[list[str], bool]:
    """The names in an author field, and whether it said that there are more ("et al.")."""
    items = writers(value) if isinstance(value, (list, tuple)) else [value]
    inverted = inverted_names(items)
    names: list[str] = []
    truncated = False
    for item in items:
        found, more = split_item(item, inverted)
        names += found
        truncated |= more
    return names, truncated


def writers(items: Sequence[Any]) -> Sequence[Any]:
    """The items without those who helped, where somebody remains."""
    wrote = [item for item in items if not (isinstance(item, str) and _HELPER.search(item))]
    if len(wrote) == len(items):
        return items
    named = any(_LETTER.search(_ET_AL.sub("", _text_of(item) or "")) for item in wrote)
    return wrote if named else items


def inverted_names(items: Iterable[object]) -> bool:
    """Whether names in a list have the surname before a comma: one of them can be read in no other way."""
    return any(
        item.count(",") == 1 and len(_split_commas(item)) == 1
        if isinstance(item, str)
        else "," in (_text_of(item) or "")
        for item in items
    )


def split_item(item: object, inverted: bool) -> tuple[list[str], bool]:
    """The same of one item of a field, or of a field that is a text; `inverted` as `inverted_names` says."""
    text = _text_of(item)
    if text is None:
        return [], False
    names: list[str] = []
    truncated = False
    if "&" in text:
        text = repair(text)  # before ";" parts names: entities end in one
    text = text.replace("،", ",")  # Arabic's
    if not text.isascii() and (reading := _READING.fullmatch(text)):
        text = reading[1]
    if not text.isascii() and _RAISED.search(text):
        text = _RAISED.sub("", repair(text))  # a broken encoding has such signs for letters
    if len(text) > 40 or "." in text or " et" in text:
        if _ET_AL.search(text):
            truncated, text = True, _ET_AL.sub(" ", text)
        text = _GLUED.sub(";", text)
    if "(" in text and _is_name(text[: text.index("(")]):
        text = _AFFILIATION.sub(lambda said: " " if "," in said[0] or ";" in said[0] else said[0], text)
    parts = [_without_life(part) if "," in part else part for part in writers(_at_and(text))]
    inverted = inverted or (len(parts) > 1 and inverted_names(parts))
    for name in parts:
        # two commas, or one where names do not have the surname before it, may part several persons
        several = "," in name and (name.count(",") > 1 or not inverted)
        names += _split_commas(name) if several else [name] if name else []
    return names, truncated


def _without_life(name: str) -> str:
    """A name without role and years of life, and before these without a rank."""
    name = _ROLE.sub("", name).rstrip()
    if (life := _LIFE.search(name)) is None:
        return name
    name = name[: life.start()]
    ranked = _RANK.fullmatch(name) if re.search(_YEAR, life[0]) else None
    return ranked[1] if ranked else name


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
