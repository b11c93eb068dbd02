"""Complaints: what an interface says went wrong, in place of its records or of one of them."""

from collections.abc import Mapping
from typing import Any

from papertwin.data.errors import InputError
from papertwin.data.files.sides import field_of

NO_HITS = "Result set was empty"  # Scopus's of a search that found nothing, with which nothing went wrong
OF_ARXIV = "arxiv.org/api/errors"  # in the id of an entry of its Atom


def complaint(given: Mapping[str, Any]) -> str | None:
    """What an object says went wrong, None for any other object; Scopus has one in place of records, PubMed of one."""
    if OF_ARXIV in str(given.get("id")):
        return str(given.get("summary") or given.get("abstract") or given["id"])
    error = given.get("error")
    if not (isinstance(error, str) or error is True) or any(map(field_of, given)):
        return None
    return ": ".join(text for text in (error, given.get("message")) if isinstance(text, str)) or None


def nothing_else(name: str, complaint: str) -> InputError:
    """The error for a file of this name that holds no records, but this complaint."""
    said = " ".join(complaint.split())
    return InputError(
        f'{name}: no records, but what an interface says went wrong: "{said}": ask it again, and save its new answer'
    )
