"""Tidied: parts of a record as reference managers want them, where databases write them otherwise."""

import re
from collections.abc import Mapping

from papertwin.data.values.inverting import inverted

Parts = Mapping[str, list[str]]  # a field or a part of one: its texts

# In place of the authors that are not named; other signs alone may be a name whose letters an encoding has lost.
_REST = re.compile(r"\W{0,9}(?:(?:and\s+)?others|et\.?\s*al|и др|\.{3}|…)\W{0,9}", re.IGNORECASE)
_RANGE = re.compile(r"\s*([A-Za-z]{0,3}\d+)\s*[-\u2010-\u2015\u2212]+\s*([A-Za-z]{0,3}\d+)\s*(\D.*)?", re.DOTALL)


def tidied(parts: Parts, rest: str) -> dict[str, list[str]]:
    """The parts with initials behind a comma, and with both pages whole: "960-72" is 960 to 972.

    `rest` is how a format says that there are more authors than it names; without one "et al." is left out.
    """
    made = dict(parts)
    if "authors" in made:
        named = [rest if _REST.fullmatch(name) else name for name in made["authors"]]
        made["authors"] = inverted([name for name in named if name])
    if "first_page" in made and (pages := _pages("-".join(made["first_page"] + made.get("last_page", [])))):
        made |= {name: [page] for name, page in zip(("first_page", "last_page"), pages, strict=True)}
    return made


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
