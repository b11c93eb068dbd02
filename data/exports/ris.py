"""RIS as databases write it: what they put under other tags than those that formats.RIS lists, or mean otherwise."""

import re
from collections.abc import Iterable
from typing import Any

from papertwin.data.exports.names import Values
from papertwin.data.identity import abbreviates
from papertwin.data.values.text import known

# RIS has no tag for PubMed's number, and databases put it where they like: the tag of the number, and the tag and the
# pattern of what tells that it is one (DB is the database); a group in the pattern is the number itself.
_PUBMED_IN: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("ID", "ID", re.compile(r"^(\d{3,9}) \[https?://www\.ncbi\.nlm\.nih\.gov/pubmed")),  # Ovid's, from Embase
    ("AN", "DP", re.compile(r"^NLM$")),  # EndNote's, which has DB Medline, from PubMed
    ("C2", "DB", re.compile(r"Scopus")),
    ("C5", "DB", re.compile(r"Embase|Medline")),
    ("AN", "DB", re.compile(r"MEDLINE")),  # Ovid's
    ("C3", "C3", re.compile(r"PUBMED (\d+)")),  # the Cochrane Library's "PUBMED 1234567,EMBASE 2345678"
)
_THESIS = "THES"  # the TY of records in which a number under SP alone is that of all pages, as ProQuest has it
# Where TY says CONF, RIS has the title of the proceedings here (EndNote's "Proceedings Title", and so Scopus); in other
# records databases put numbers and affiliations there.
_PROCEEDINGS = "C3"
# Where TY says JOUR, ScienceDirect has the journal here and, of an article in a special issue, the issue's title in T2;
# in all other exports T2 is the journal, and what stands here an abbreviation of it, if it is not the same.
_PERIODICAL = ("JF", "JO")
_SPECIAL_ISSUE = re.compile(r"\b(?:special|themed?|thematic|topical|virtual) (?:issue|section)\b", re.IGNORECASE)
_SCIENCEDIRECT = "https://www.sciencedirect.com/"


def as_meant(parts: dict[str, list[Any]], values: Values) -> dict[str, list[Any]]:
    """The parts of a record, which its tags say by their table of names, as its kind and its database mean them."""
    kinds, meant = values.get("TY", ()), dict(parts)
    if number := _pubmed_in(values):
        meant["pmid"] = [number]
    if "CONF" in kinds and "T2" not in values and (proceedings := _first(values, [_PROCEEDINGS])):
        meant["journal"] = proceedings
    if "JOUR" in kinds and (journal := _journal_beside_issue(values)):
        meant["journal"] = journal
    first_page = meant.get("first_page")
    if _THESIS in kinds and "last_page" not in meant and first_page and str(first_page[0]).isdecimal():
        del meant["first_page"]
    return meant


def _first(values: Values, tags: Iterable[str]) -> list[Any]:
    """What is known under the first of these tags that has anything."""
    found = ([item for item in values.get(tag, ()) if known(item)] for tag in tags)
    return next(filter(None, found), [])


def _journal_beside_issue(values: Values) -> list[Any]:
    """The journal of a record whose T2 is the title of a special issue; nothing where it is the journal."""
    title, journal = _first(values, ["T2"]), _first(values, _PERIODICAL)
    if not title or not journal:
        return []
    unlike = not abbreviates(title[0], journal[0]) and not abbreviates(journal[0], title[0])
    by_publisher = any(str(item).startswith(_SCIENCEDIRECT) for item in values.get("UR", ()))
    return journal if _SPECIAL_ISSUE.search(title[0]) or (by_publisher and unlike) else []


def _pubmed_in(values: Values) -> str | None:
    """PubMed's number where a database has put it."""
    for tag, where, pattern in _PUBMED_IN:
        told = next(filter(None, (pattern.search(str(item)) for item in values.get(where, ()))), None)
        if told:
            numbers = told.groups() or map(str, values.get(tag, ()))
            return next((number for number in numbers if number.isdecimal()), None)
    return None
