"""Complaints: what an interface says went wrong, in place of its records or of one of them."""

from collections.abc import Mapping
from typing import Any

from papertwin.data.errors import InputError
from papertwin.data.files.field_names import field_of

NO_HITS = "Result set was empty"  # Scopus's of a search that found nothing, with which nothing went wrong
OF_ARXIV = "arxiv.org/api/errors"  # in the id of an entry of its Atom

# Where interfaces say what went wrong, and keys that hold the words; of an object with none but the latter these tell.
_ERRORS = ("error", "errors", "service-error", "error-response", "esummaryresult")
_WORDS = ("message", "detail", "title", "statusText", "error-message", "status")
_ALONE = frozenset({"message", "detail", "code", "type", "value", "status"})


def complaint(given: Mapping[str, Any]) -> str | None:
    """What an object says went wrong, None for any other object; Scopus has one in place of records, PubMed of one."""
    if OF_ARXIV in str(given.get("id")):
        return str(given.get("summary") or given.get("abstract") or given["id"])
    if any(map(field_of, given)):
        return None
    said = next((given[key] for key in _ERRORS if given.get(key)), None)
    if said is None and not given.keys() <= _ALONE:
        return None
    return ": ".join(filter(None, (_words(said), _words(given.get("message"))))) or _words(given.get("detail"))


def _words(said: object) -> str | None:
    """The words in what was said, which may be in a list or an object."""
    if isinstance(said, list):
        return _words(said[0]) if said else None
    if isinstance(said, Mapping):
        return next(filter(None, (_words(said.get(key)) for key in _WORDS)), None)
    return said if isinstance(said, str) and said else None


def nothing_else(name: str, complaint: str) -> InputError:
    """The error for a file of this name that holds no records, but this complaint."""
    said = " ".join(complaint.split())
    return InputError(
        f'{name}: no records, but what an interface says went wrong: "{said}": ask it again, and save its new answer'
    )
