"""References: the volume, issue and pages that stand behind a journal's name, as arXiv and bibliographies write them.

"Ann. Inst. Fourier (Grenoble), 66 no. 5 (2016), p. 2101-2155", "Phys. Rev. E 85, 036202 (2012)".
"""

import re
from functools import lru_cache
from typing import NamedTuple

from papertwin.data.values.dates import MONTHS

_LONGEST = 110  # characters at the end of a text in which a reference stands
_NUMBER, _PAGE = r"\d{1,6}[a-z]?", r"[a-z]{0,2}\d{1,8}"
_DASH = r"\s?(?:-{1,3}|[–—]|\bto\b)\s?"
# What may stand behind the name, one item after another; the first alternative that fits is meant.
_ITEM = re.compile(
    rf"(?P<length>\b\d+\s?(?:pp?|pages)\b\.?(?!\s?\d))|"
    rf"(?P<volume>\b(?:vol(?:ume)?|v|tome|bd|band)\b[.:]?\s?(?P<in_volume>{_NUMBER}))|"
    rf"(?P<issue>\b(?:issues?|iss|numbers?|no|nr|n)(?:\b|(?=\d))[.:°]*\s?(?P<in_issue>{_NUMBER}(?:{_DASH}{_NUMBER})?))|"
    rf"(?:\b(?:pp?|pages?|s)\b[.:]?\s?)?(?P<pages>{_PAGE}{_DASH}{_PAGE}\b)|"
    rf"(?P<page>\b(?:pp?|page|art(?:icle)?|paper)\b[.:]?\s?(?:(?:no|id|number)\b[.:]?\s?)?(?P<in_page>{_PAGE}))|"
    r"(?P<bracketed>\(\d{1,3}(?:[-–/]\d{1,3})?\))|"
    rf"(?P<date>(?:\d{{1,2}}\s)?\b(?:{'|'.join(MONTHS)})[a-z]*\b\.?)|"
    r"(?P<year>\b(?:1[89]|20)\d\d\b)|"
    rf"(?P<number>\b[A-H]?\d{{1,6}}\b|\be\d{{1,6}}\b)|"
    r"(?P<sign>\(R\)|[\s,.;:/()])",
    re.IGNORECASE,
)
_BEGINNING = re.compile(
    r"(?<=[\w.)])[\s,.;:/]*(?=[\d(])|(?<=[\w.)])[\s,.;:/]+(?=vol|v\b|tome|bd|band|[A-H]\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d|\s?:\s?\d)")  # in "2018:9" it is the volume


_VALUE = {"volume": "in_volume", "issue": "in_issue", "page": "in_page"}  # kind of item: the group of its number


class Place(NamedTuple):
    """Volume, issue and pages as a record would have them."""

    volume: str
    issue: str | None
    pages: str | None


@lru_cache(maxsize=4096)
def placed(journal: str) -> Place | None:
    """The place that a reference in the journal's field names beside a year; None where it names none for certain."""
    if not _YEAR.search(journal):
        return None
    text = " ".join(journal[-_LONGEST:].split())
    for beginning in _BEGINNING.finditer(text):
        if (items := _items(text, beginning.end())) is not None:
            return _place(items)
    return None


def _items(text: str, start: int) -> list[re.Match[str]] | None:
    """The items from there to the end of the text, or None if anything else is among them."""
    items = []
    while start < len(text):
        if (item := _ITEM.match(text, start)) is None:
            return None
        start = item.end()
        if item.lastgroup not in ("sign", "length", "date"):
            items.append(item)
    return items


def _place(items: list[re.Match[str]]) -> Place | None:
    said: dict[str, str] = {}
    bare: list[str] = []  # numbers that nothing tells what they are of
    for item in items:
        kind = item.lastgroup or ""
        if kind == "number":
            bare.append(item[0])
        elif kind != "bracketed":
            said[kind] = item[_VALUE.get(kind, kind)]
        elif bare or "volume" in said:  # before the volume it is a series
            said["issue"] = item[0][1:-1]
    if sum(item.lastgroup == "year" for item in items) != 1:
        return None
    volume = said.get("volume") or (bare.pop(0).lstrip("ABCDEFGHabcdefgh") if bare else "")
    if len(volume) == 4 and volume.startswith(said["year"][2:]):  # JHEP's issue: "2301:122,2023"
        return None
    pages = said.get("pages") or said.get("page") or (bare.pop() if bare and len(bare[-1]) > 2 else None)
    issue = said.get("issue") or (bare.pop(0) if bare and pages else None)
    return Place(volume, issue, pages) if 0 < len(volume) <= 4 and volume.isdecimal() and not bare else None
