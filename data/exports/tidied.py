"""Tidied: parts of a record as reference managers and readers of tables want them, where databases write otherwise."""

import re
from collections.abc import Mapping
from html import unescape
from html.entities import html5

from papertwin.data.values.dates import MONTHS
from papertwin.data.values.inverting import inverted
from papertwin.data.values.parts import PARTS
from papertwin.data.values.text import mended, single_spaced

Parts = Mapping[str, list[str]]  # a field or a part of one: its texts

PLACES = ("volume", "number", "pages")  # fields in which noughts alone say that nothing is known: "0", "0-0"
MARKED = frozenset({"title", "journal", "abstract"})  # fields in which databases leave the tags and entities of HTML
# In place of the authors that are not named; other signs alone may be a name whose letters an encoding has lost.
_REST = re.compile(r"\W{0,9}(?:(?:and\s+)?others|et\.?\s*al|и др|\.{3}|…)\W{0,9}", re.IGNORECASE)
_RANGE = re.compile(r"\s*([A-Za-z]{0,3}\d+)\s*[-\u2010-\u2015\u2212]+\s*([A-Za-z]{0,3}\d+)\s*(\D.*)?", re.DOTALL)
_NOUGHTS = re.compile(r"[0\W_]+")
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    rf"20\d\d-\d\d-\d\d(?:[ T]00:00:00)?|\d\d?([./])\d\d?\1\d{{4}}|\d\d?(?:-|\. ?)(?:{_MONTH})|(?:{_MONTH})-\d\d?",
    re.IGNORECASE,
)
# What tells a son from his father; "Ii" and "Iv" are given names.
_SUFFIX = re.compile(r"(?:(?i:jr|sr|2nd|3rd|4th)|II|III|IV)\.?")
# What the repair of texts takes for LaTeX, or for a letter that an encoding has lost, and people read as it is.
_AS_THEY_ARE = {ord(sign): 0xE000 + ord(sign) for sign in "$\\{}?"}
_SIGN = 0xE000 + ord("<")  # of what looks like a tag
_AGAIN = {private: sign for sign, private in _AS_THEY_ARE.items()} | {_SIGN: ord("<")}
_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]+\d*);", re.IGNORECASE)
_CLOSED = re.compile(r"</([a-z][\w.-]*)", re.IGNORECASE)
_OPENED = re.compile(r"<([a-z][\w.-]*)(?=>)", re.IGNORECASE)
# Tags, though nothing closes them.
_LEFT_OPEN = frozenset({"br", "hr", "p", "li", "i", "b", "u", "em", "strong", "sub", "sup", "span"})


def tidied(parts: Parts, rest: str, suffix: int) -> dict[str, list[str]]:
    """The parts with initials behind a comma, with both pages whole ("960-72" is 960 to 972), and without markup.

    `rest` is how a format says that there are more authors than it names; without one "et al." is left out. `suffix` is
    which of the three pieces of "King, Martin Luther, Jr." tells generations apart there, 1 or 2. A date that a
    spreadsheet made of pages is no page, and a nought is no volume, issue or page.
    """
    made = {part: texts for part, texts in parts.items() if not all(is_nought(part, text) for text in texts)}
    if "authors" in made:
        named = [rest if _REST.fullmatch(name) else name for name in made["authors"]]
        made["authors"] = [_with_suffix_at(suffix, name) for name in inverted([name for name in named if name])]
    for field in MARKED & made.keys():
        made[field] = [unmarked(field, text) for text in made[field]]
    whole = "-".join(made.get("pages") or [*made.get("first_page", ()), *made.get("last_page", ())])
    if is_date(whole) or is_nought("pages", whole):
        return {part: texts for part, texts in made.items() if PARTS.get(part, part) != "pages"}
    if "first_page" in made and (pages := _pages(whole)):
        made |= {name: [page] for name, page in zip(("first_page", "last_page"), pages, strict=True)}
    return made


def _with_suffix_at(place: int, name: str) -> str:
    """The name with its "Jr." in this place among three pieces: RIS has it last, BibTeX behind the surname."""
    surname, *rest = [piece.strip() for piece in name.split(",")]
    if len(rest) == 1 and _is_suffix(rest[0].split(" ")[-1]):
        rest = rest[0].rsplit(" ", 1)  # "Ito, Kenji IV"
    if len(rest) != 2 or sum(map(_is_suffix, rest)) != 1:
        return name
    rest.sort(key=_is_suffix, reverse=place == 1)
    return ", ".join([surname, *rest])


def _is_suffix(piece: str) -> bool:
    return _SUFFIX.fullmatch(piece) is not None


def unmarked(field: str, text: str) -> str:
    """The text of one of the MARKED fields without tags and entities; an abstract keeps its lines.

    >>> unmarked("title", "H<sub>2</sub>O &amp; <i>salt</i>,  if p < 0.05 and <k> > 2")
    'H2O & salt, if p < 0.05 and <k> > 2'
    """
    plain = text
    if "<" in text or "&" in text:
        decoded = _ENTITY.sub(_character, _ENTITY.sub(_character, text))  # some systems encode them twice
        plain = mended(_with_signs(decoded).translate(_AS_THEY_ARE)).translate(_AGAIN)
    if field != "abstract":
        return single_spaced(plain)
    return text if plain == text else "\n".join(filter(None, map(single_spaced, plain.splitlines())))


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for, with the spaces around it left alone; another word between the same signs stays."""
    known = entity[0][1] == "#" or entity[0][1:] in html5
    return unescape(entity[0]) if known else entity[0]


def _with_signs(text: str) -> str:
    """The text with signs of its own for what looks like a tag and is closed nowhere: the <k> of networks."""
    tags = _LEFT_OPEN.union(map(str.lower, _CLOSED.findall(text)))
    return _OPENED.sub(lambda name: name[0] if name[1].lower() in tags else chr(_SIGN) + name[1], text)


def is_date(pages: object) -> bool:
    """Whether what stands for pages is a date, as a spreadsheet makes of 10-14."""
    return isinstance(pages, str) and _DATE.fullmatch(pages.strip()) is not None


def is_nought(field: str, value: object) -> bool:
    """Whether what stands in one of the PLACES is what databases write for what they do not know: "0", "0-0"."""
    return field in PLACES and value is not None and _NOUGHTS.fullmatch(str(value)) is not None


def _pages(text: str) -> tuple[str, str] | None:
    """The first and the last page, with what stands behind it, or None where there are not two."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    first, last, rest = match.groups(default="")
    if last.isdigit() and len(last) < len(first):
        whole = first[: -len(last)] + last  # "S12-9" as well
        last = whole if _number(whole) > _number(first) else last
    return first, last + rest


def _number(page: str) -> int:
    return int(page.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
