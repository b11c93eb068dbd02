"""Complaints: what an interface says went wrong, in place of its records or of one of them."""

from collections.abc import Mapping
from typing import Any

from papertwin.data.errors import InputError
from papertwin.data.files.sides import field_of

NO_HITS = "Result set was empty"  # Scopus's of a search that found nothing, with which nothing went wrong
OF_ARXIV = "arxiv.org/api/errors"  # in the id of an entry of its Atom

_OF_ERROR = ("title", "detail", "message")
_BARE = frozenset({"message", "code"})  # Semantic Scholar's for too many requests


def complaint(given: Mapping[str, Any]) -> str | None:
    """What an object says went wrong, None for any other object; Scopus has one in place of records, PubMed of one."""
    if OF_ARXIV in str(given.get("id")):
        return str(given.get("summary") or given.get("abstract") or given["id"])
    if any(map(field_of, given)):
        return None
    error, message, errors = map(given.get, ("error", "message", "errors"))
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):  # DataCite's, as JSON:API has them
        return next((text for key in _OF_ERROR if isinstance(text := errors[0].get(key), str) and text), None)
    if isinstance(error, str) or error is True or given.keys() <= _BARE:
        return ": ".join(text for text in (error, message) if isinstance(text, str)) or None
    return None


def nothing_else(name: str, complaint: str) -> InputError:
    """The error for a file of this name that holds no records, but this complaint."""
    said = " ".join(complaint.split())
    return InputError(
        f'{name}: no records, but what an interface says went wrong: "{said}": ask it again, and save its new answer'
    )
