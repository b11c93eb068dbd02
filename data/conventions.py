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


def convention_told(convention: str) -> str:
    """The convention and what it means, in words: "convention record (a preprint and its article are two)"."""
    return f"convention {convention} ({_SHORT[convention]})"


def other(convention: str) -> str:
    """The convention that is not this one."""
    return RECORD if convention == WORK else WORK


def convention_of_base(base: str) -> str:
    """The convention of the shipped pairs that cases are added to; "work" without any."""
    return base if base in CONVENTIONS else WORK


def named_convention(row: Mapping[str, Any]) -> str | None:
    """The convention that the row of a case, or a work, names; None where it names none."""
    said = row.get(CONVENTION)
    return str(said) if said in CONVENTIONS else None


def check_convention(place: str, row: Mapping[str, Any], convention: str, way: str) -> None:
    """Raises InputError where a row names another convention than this one; `place` names the row.

    `way` is the way out that the error ends with, in which {} stands for the convention that the row names.
    """
    said = named_convention(row)
    if said not in {None, convention}:
        its, ours = convention_told(str(said)), convention_told(convention)
        raise InputError(f"{place}: its label was given by {its}, not by {ours}: {way.format(said)}")


def agreed_convention(cases: Iterable["Case"], convention: str | None, way: str) -> str:
    """The convention that labelled cases were decided by: the given one, else the one that they name, else "work".

    Raises InputError, as `check_convention` does, where a case names another.
    """
    for case in cases:
        convention = convention or named_convention(case.row)
        if convention is not None:
            check_convention(case.place, case.row, convention, way)
    return convention or WORK
