"""Interfaces: whose an object of JSON is (OpenAlex, Crossref, Semantic Scholar ..., Zotero, CSL-JSON), by its keys."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from papertwin.data.exports.formats import NBIB
from papertwin.data.exports.interface_names import (
    ARXIV_FEED,
    CROSSREF,
    CSL,
    DATACITE,
    DBLP,
    DIMENSIONS,
    IEEE,
    INSPIRE,
    INTERFACES,
    LENS,
    PREPRINTS,
    SCIENCEDIRECT_SEARCH,
    WOS_STARTER,
    ZOTERO,
)
from papertwin.data.exports.names import Names
from papertwin.data.exports.versions import OF_WORKS
from papertwin.data.files.cells import may_hold_objects
from papertwin.data.files.field_names import fields_named, means_field
from papertwin.data.values.parts import ORIGINAL, PARTS

_TOPS = {names.form: frozenset(path.split(".")[0] for path in names.parts) for names in INTERFACES}
_HOLDERS = frozenset(key for names in INTERFACES for key in names.within)
_BESIDE = frozenset({"note", "attachment", "annotation"})  # what Zotero has in a library that is no publication
_OF_DATACITE = ("type", "attributes")  # columns that together are its objects'
_ATTRIBUTES = frozenset({"titles", "creators", "publicationYear"})  # what stands in these, where they came alone
_OF_PUBMED = frozenset({"PMID", "TI"})  # in its tags as Biopython reads them, beside a list of authors
_PREPRINT = frozenset({"doi", "authors", "date"})  # which a table of somebody's own has under other names
_SERVERS = frozenset({"biorxiv", "medrxiv"})
FLAT = frozenset({"server"}).union(*(names.keys for names in INTERFACES if names.flat))  # tell rows that hold no object


def interface_of(given: Mapping[str, Any]) -> Names | None:
    """The names of the interface that an object comes from, told by its keys, or None.

    Those with a value tell first: rows that were a table of several interfaces' objects have the keys of all of them.
    """
    if is_ours(given):
        return None
    if given.get("type") == "dois" and isinstance(given.get("attributes"), dict):
        return DATACITE
    if given.keys() >= _ATTRIBUTES and may_hold_objects(given["titles"]):
        return DATACITE
    if given.keys() >= _OF_PUBMED and any(isinstance(given.get(tag), list) for tag in NBIB.names["authors"]):
        return NBIB
    if _is_of_crossref(given):
        return CROSSREF
    # A citation without a container: a book, a thesis, a page of the web that names no author.
    book = CSL if isinstance(given.get("issued"), dict) else None
    filled = tuple(key for key, value in given.items() if value is not None)
    return told_by(filled) or _told_by_values(given) or _told_within(given) or book or told_by(tuple(given))


def is_ours(given: Mapping[str, Any]) -> bool:
    """Whether it is our record of such an object already, which has what no field of ours says beside them."""
    return may_hold_objects(given.get(ORIGINAL)) or all(given.get(name) not in (None, "") for name in OF_WORKS)


def _is_of_crossref(given: Mapping[str, Any]) -> bool:
    """Whether titles stand in lists beside a DOI, as in whatever Crossref's `select` leaves of its objects."""
    listed = any(isinstance(given.get(key), list) for key in ("title", "container-title"))
    return listed and "DOI" in given and _has_no_names_beside(CROSSREF, given)


def _has_no_names_beside(names: Names, given: Mapping[str, Any]) -> bool:
    """Whether an object has no other names for fields than an interface's, which would make it another's."""
    return all(key in _TOPS[names.form] or not means_field(key) for key in given if given[key] is not None)


def _told_by_values(given: Mapping[str, Any]) -> Names | None:
    """The names of an interface whose objects may have no key that others have not."""

    def holds(*keys: str) -> bool:
        return any(may_hold_objects(given.get(key)) for key in keys)

    of_dblp = "dblp.org/rec/" in str(given.get("url")) and "key" in given
    for names, may_be in ((DBLP, of_dblp), (PREPRINTS, "preprint_title" in given)):
        if may_be and _has_no_names_beside(names, given):
            return names
    number = str(given.get("id"))
    preprint = given.keys() >= _PREPRINT and str(given.get("server")).casefold() in _SERVERS
    told = (
        (DIMENSIONS, number.startswith("pub.") and holds("authors", "journal")),
        (LENS, given.get("lens_id") and holds("authors", "source", "external_ids")),
        (ARXIV_FEED, "arxiv.org/abs/" in number and "published" in given and holds("author", "authors")),
        (PREPRINTS, preprint),
        (WOS_STARTER, ":" in str(given.get("uid")) and holds("names", "source", "identifiers")),
        (IEEE, given.get("article_number") and "publication_title" in given and holds("authors")),
        (SCIENCEDIRECT_SEARCH, given.get("pii") and "sourceTitle" in given and holds("authors", "pages")),
        (INSPIRE, given.get("control_number") and holds("titles")),
    )
    return next((names for names, is_so in told if is_so), None)


@lru_cache(maxsize=256)
def may_be_of_interface(columns: tuple[str, ...]) -> bool:
    """Whether rows with these columns may be objects of an interface, though they hold nothing but text."""
    return bool(_told_by_columns(columns)) or not FLAT.isdisjoint(columns)


def _told_by_columns(columns: Iterable[str]) -> list[Names]:
    given = set(columns)
    told = [names for names in INTERFACES if not names.keys.isdisjoint(given)]
    return [*told, DATACITE] if given.issuperset(_OF_DATACITE) else told


def fields_of_any(columns: Iterable[str]) -> dict[str, str]:
    """The columns that mean a field of a record, and which: by the names of tables, or of interfaces that they tell.

    An id of an interface's alone names no record of another file.
    """
    columns = list(columns)
    meant: dict[str, str] = {}
    for names in _told_by_columns(columns):
        meant |= dict.fromkeys(names.within, "title")  # the whole record, of which any field will do
        meant |= {path.split(".")[0]: PARTS.get(part, part) for path, part in names.parts.items() if part != "id"}
    return {column: meant[column] for column in columns if column in meant} | fields_named(columns)


def read_of_interfaces(columns: Iterable[str]) -> set[str]:
    """Those of these columns that are read where rows are objects of the interfaces that they tell."""
    columns = list(columns)
    tops = {top for names in _told_by_columns(columns) for top in (*_TOPS[names.form], *names.within)}
    return {column for column in columns if column.split(".")[0] in tops}


def beside_records(given: Mapping[str, Any]) -> str | None:
    """What an object is that is no record, a note or an attachment in a library; None for a record."""
    kind = opened(given, ZOTERO).get("itemType")
    return kind if isinstance(kind, str) and kind in _BESIDE else None


@lru_cache(maxsize=256)
def told_by(keys: tuple[str, ...]) -> Names | None:
    """The names of the first interface of which one of these keys is, and of no other, or None."""
    return next((names for names in INTERFACES if not names.keys.isdisjoint(keys)), None)


def _told_within(given: Mapping[str, Any]) -> Names | None:
    """The names of an object that has its record in another; one that has a title is a record itself."""
    if _HOLDERS.isdisjoint(given) or given.get("title") is not None:
        return None
    held = ((key, value) for key, value in given.items() if key in _HOLDERS and isinstance(value, dict))
    told = ((key, told_by(tuple(value)) or _told_by_values(value)) for key, value in held)
    return next((names for key, names in told if names is not None and key in names.within), None)


def opened(given: Mapping[str, Any], names: Names) -> Mapping[str, Any]:
    """The object with all that stands in the one that holds its record, or in that one where it was left out."""
    if names is DATACITE and "attributes" not in given:
        return {"id": given.get("doi"), "attributes": given}
    for key in names.within:
        if isinstance(held := given.get(key), dict):
            return {name: value for name, value in given.items() if name != key} | held
    return given
