"""What an object of JSON is: a document that holds rows, a page of them, a frame, a pair, or a record itself."""

from collections.abc import Collection, Mapping
from typing import Any

from papertwin.data.files.field_names import field_of
from papertwin.data.files.layouts import DOCUMENTS
from papertwin.data.files.sides import pairing_of

LIST_KEYS = ("cases", "pairs", "records")  # under one of these a document holds its rows
# Crossref, Europe PMC, DBLP, DataCite, Scopus, HAL, NASA ADS and arXiv put an object with the list, or the only row,
# under one of these keys.
WRAPPERS = ("message", "resultList", "result", "hits", "data", "search-results", "response", "feed")
# What interfaces say of an answer as a whole, beside its records and numbers: what was asked, and where it goes on.
_ENVELOPE = frozenset({
    "meta", "group_by",
    "status", "message-type", "message-version", "facets", "query", "next-cursor",
    "scrollId", "searchId", "tooks",
    "token", "version", "nextCursorMark", "nextPageUrl", "request",
    "links", "time", "completions", "@total", "@computed", "@sent", "@first",
    "timestamp", "last", "prev", "next", "sort",
    "responseHeader", "facet_counts", "aggregations",
    "apiMessage", "apiKey", "result", "nextPage", "header",
    "scroll_id", "_stats", "_copyright", "_version", "messages", "nextPageToken", "config", "?xml", "metadata", "total",
})  # fmt: skip
_OF_LISTS = frozenset({"id", "source", "publication_date"})  # fields of which a list of records may say something, too
_ALSO_OF_RECORDS = frozenset({"References", "collection"})  # what a record cites, and where it belongs
COUNTED = "opensearch:totalResults"  # what a feed says beside its title, which is not that of a row
# Where interfaces say how many records there are; without any some leave out the list.
_TOTALS = ("total", "@total", "hitCount", "total_records", "numFound", "totalHits", "resultsFound")


def is_document(value: Mapping[str, Any], keys: Collection[str]) -> bool:
    """Whether an object holds rows, rather than being one."""
    held = [(key, value[key]) for key in keys if key in value]
    if is_frame(value) or has_none(value) or are_records_by_id(value, keys) or listed(value, keys):
        return True
    wraps = any(key in keys and isinstance(value.get(key), dict) for key in WRAPPERS) and not is_record(value)
    return wraps or any(
        isinstance(items, list) and are_rows(key, items[0] if items else None, value) for key, items in held
    )


def is_page(value: object, keys: Collection[str]) -> bool:
    """Whether an item of a list holds rows, as a document or as a list of objects, rather than being one."""
    if isinstance(value, list):
        return all(isinstance(item, dict) for item in value[:1])
    return isinstance(value, dict) and is_document(value, keys)


def is_pair(value: object) -> bool:
    """Whether an item of a list is two records, neither of which holds a pair itself."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(item, dict) and pairing_of(item) is None for item in value)
    )


def is_frame(value: Mapping[str, Any]) -> bool:
    """Whether an object is a frame as pandas writes it, if not asked otherwise: column -> number of the row -> cell."""
    rows = next(iter(value.values()), None)
    return (
        isinstance(rows, dict)
        and len(rows) > 0
        and all(map(str.isdecimal, rows))
        and all(isinstance(cells, dict) and cells.keys() == rows.keys() for cells in value.values())
    )


def has_none(answer: Mapping[str, Any]) -> bool:
    """Whether an object is what an interface says of its answer that counts no records, and nothing else."""
    return any(str(answer.get(key)) == "0" for key in _TOTALS) and not without_envelope(answer)


def are_records_by_id(value: Mapping[str, Any], keys: Collection[str]) -> bool:
    """Whether an object, where no pairs are looked for, is records under their ids, or null: in each id is a digit."""
    found = [record for record in value.values() if record is not None]
    if keys == LIST_KEYS or not found or not _is_titled_object(found[0]):
        return False
    records = all(isinstance(record, dict) and is_record(record) for record in found)
    by_id = all(any(map(str.isdigit, key)) for key in value)
    return records and by_id and not (len(value) == len(DOCUMENTS) and pairing_of(value))


def listed(value: Mapping[str, Any], keys: Collection[str]) -> str | None:
    """The key of the list of records that an object is, where no pairs are looked for, whatever it is called.

    Beside it are single values, none of which says what a record does, but when or from where it is.
    """
    held = [(key, items) for key, items in value.items() if isinstance(items, (list, dict))]
    if keys == LIST_KEYS or len(held) != 1:
        return None
    (name, items), *_ = held
    if name == "errors":  # what went wrong may have a title, too
        return None
    fields = {field[0] for key in value if (field := field_of(key))}
    of_titled = isinstance(items, list) and len(items) > 0 and all(map(_is_titled_object, items))
    return name if of_titled and fields <= _OF_LISTS and not _is_titled(value) else None


def are_rows(key: str, first: object, beside: Mapping[str, Any]) -> bool:
    """Whether a list under one of the keys is of rows, by its first item and by what stands beside it.

    A record may have a field of such a name: its items are no objects, or have no title while the record has one, or
    are other records.
    """
    if first is not None and (not isinstance(first, dict) or "recordsDisplayed" in first or has_none(first)):
        return False  # the latter two are how many there are: Springer Nature has it in a list under "result"
    return not _is_titled(beside) or (key not in _ALSO_OF_RECORDS and first is not None and _is_titled(first))


def _is_titled_object(value: object) -> bool:
    return isinstance(value, dict) and _is_titled(value)


def _is_titled(value: Mapping[str, Any]) -> bool:
    return any(
        key.casefold().startswith(("title", "doc_1")) or ((field := field_of(key)) and field[0] == "title")
        for key in value
    )


def is_record(value: Mapping[str, Any]) -> bool:
    """Whether an object has a title, or a field of a record, its id aside, by the field's own name.

    So is an item of Zotero's, whose web interface has it under "data", and beside it in which library it is.
    """
    data = value.get("data")
    of_zotero = isinstance(data, dict) and "itemType" in data
    return of_zotero or _is_titled(value) or any(key != "id" and field_of(key) == (key, 0) for key in value)


def without_envelope(beside: Mapping[str, Any]) -> dict[str, Any]:
    """What stands beside the rows of an interface's answer, without numbers and what says nothing of them."""
    if COUNTED in beside:
        return {}
    return {key: value for key, value in beside.items() if key not in _ENVELOPE and not isinstance(value, (int, float))}
