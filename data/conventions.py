"""Conventions: what counts as a duplicate, and how cases say by which of them they were decided.

A run that counts by one convention writes its name into the doubtful pairs, a review into the labels, so that nobody is
asked one thing and understood to have answered another.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from papertwin.data.errors import InputError

if TYPE_CHECKING:
    from papertwin.data.cases import Case

WORK, RECORD = "work", "record"
CONVENTIONS = (WORK, RECORD)
_SHORT = {WORK: "all versions of a work are one", RECORD: "a preprint and its article are two"}
DEFINITIONS = {
    WORK: "Two records are duplicates when they describe the same scholarly work, whichever version or copy each is "
    "of: preprint, accepted manuscript, article, repository copy, an aggregator's record.",
    RECORD: "Two records are duplicates when they describe the same publication. A preprint and its article are "
    "two, and so are a conference paper and its extension in a journal.",
}
NO_BASE = "none"
BASES = (*CONVENTIONS, NO_BASE)  # the shipped pairs that labelled cases are added to
CONVENTION = "convention"  # the column of a case that names it


def told(convention: str) -> str:
    """The convention with what it means, in words."""
    return f"convention {convention} ({_SHORT[convention]})"


def other(convention: str) -> str:
    """The convention that is not this one."""
    return RECORD if convention == WORK else WORK


def of_base(base: str) -> str:
    """The convention of the shipped pairs that cases are added to; "work" without any."""
    return base if base in CONVENTIONS else WORK


def said_by(row: Mapping[str, Any]) -> str | None:
    """The convention that the row of a case names."""
    said = row.get(CONVENTION)
    return str(said) if said in CONVENTIONS else None


def check(place: str, row: Mapping[str, Any], convention: str, way: str) -> None:
    """Raises InputError for a row that names the other convention, with the `way` out, in which {} is its own."""
    said = said_by(row)
    if said not in {None, convention}:
        raise InputError(
            f"{place}: its label was given by {told(str(said))}, not by {told(convention)}: {way.format(said)}"
        )


def agreed(cases: Iterable["Case"], convention: str | None, way: str) -> str:
    """The convention of labelled cases: the given one, else theirs, else "work". Raises InputError as `check` does."""
    for case in cases:
        convention = convention or said_by(case.row)
        if convention is not None:
            check(case.place, case.row, convention, way)
    return convention or WORK
