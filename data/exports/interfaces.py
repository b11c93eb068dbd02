"""JSON as interfaces give it (OpenAlex, Crossref, Semantic Scholar ...), and Zotero's and CSL-JSON, to records."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from papertwin.data.exports.assemble import fields_of, keep
from papertwin.data.exports.columns import names_of, persons_in, record_of_columns
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
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.cells import may_hold_objects, unwritten
from papertwin.data.files.field_names import as_record, fields_named, means_field
from papertwin.data.files.rows import Record
from papertwin.data.values.author_lists import named
from papertwin.data.values.parts import ORIGINAL, PARTS

_OURS = frozenset(RECORD_FIELDS) - {"id"}  # an id of our own names the record, whatever the interface calls it
_PATHS = {names.form: {path: tuple(path.split(".")) for path in names.parts} for names in INTERFACES}
_TOPS = {names.form: frozenset(path.split(".")[0] for path in names.parts) for names in INTERFACES}
_HOLDERS = frozenset(key for names in INTERFACES for key in names.within)
_INDEX = "abstract_inverted_index"
_BESIDE = frozenset({"note", "attachment", "annotation"})  # what Zotero has in a library that is no publication
_OF_DATACITE = ("type", "attributes")  # columns that together are its objects'
_PREPRINT = frozenset({"doi", "authors", "date"})  # which a table of somebody's own has under other names
_SERVERS = frozenset({"biorxiv", "medrxiv"})
_FLAT = frozenset({"server"}).union(*(names.keys for names in INTERFACES if names.flat))  # which tell their rows
_DEEPEST = 20  # objects in objects; a key with more dots is none
_PARSED = ("family", "given", "suffix")  # what stands in arXiv's parsed names; behind these are affiliations
_IN_TEXT = {word: re.compile(rf"\b{word} ([^,]+)") for word in ("Volume", "Issue")}  # "Volume 40, Issue 2"
_LONGEST = 100_000  # words of an abstract; a higher place in an index is a mistake


def interface_of(given: Mapping[str, Any]) -> Names | None:
    """The names of the interface that an object comes from, told by its keys, or None.

    Those with a value tell first: rows that were a table of several interfaces' objects have the keys of all of them.
    """
    if _is_ours(given):
        return None
    if given.get("type") == "dois" and isinstance(given.get("attributes"), dict):
        return DATACITE
    if _is_of_crossref(given):
        return CROSSREF
    # A citation without a container: a book, a thesis, a page of the web that names no author.
    book = CSL if isinstance(given.get("issued"), dict) else None
    filled = tuple(key for key, value in given.items() if value is not None)
    return _told_by(filled) or _told_by_values(given) or _told_within(given) or book or _told_by(tuple(given))


def _is_ours(given: Mapping[str, Any]) -> bool:
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
    return bool(_told_by_columns(columns)) or not _FLAT.isdisjoint(columns)


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
    kind = _opened(given, ZOTERO).get("itemType")
    return kind if isinstance(kind, str) and kind in _BESIDE else None


def as_record_of_any(given: Mapping[str, Any]) -> Record:
    """The record in an object of an interface, or under any names that columns may have."""
    names = interface_of(given)
    return as_record(given) if names is None else record_of_interface(given, names)


def as_record_of_row(row: Mapping[str, Any]) -> Record | None:
    """The record in a row of a table of an interface's objects, or None where it is another's.

    Rows of objects of several interfaces have the keys of all of them, empty but for their own, and pandas's
    json_normalize makes `authors.name` of a key within a key; a table of text has objects and lists as JSON or Python
    write them. A row without any object or list of such is one of a table, whose columns say what they are, but where
    none of them has a title and the interface's have, as in one of HAL's, or the title is a list, as NASA ADS's is, or
    the interface has no other rows.
    """
    if _is_ours(row):
        return None
    titles = [row.get(name) for name in names_of(tuple(row), "").names.get("title", ())]
    titled = any(title not in (None, "") for title in titles) and not isinstance(unwritten(row.get("title")), list)
    if titled and not any(map(may_hold_objects, row.values())):
        if _FLAT.isdisjoint(row):
            return None
        names = interface_of({key: value for key, value in row.items() if value != ""})
        return record_of_interface(row, names) if names is not None and names.flat else None
    cells = {key: unwritten(value) for key, value in row.items() if value not in (None, "")}
    # A title may begin as the text of an object does: "[{Fe}] clusters".
    of_text = not any(may_hold_objects(cell) for cell in cells.values() if not isinstance(cell, str))
    if titled and of_text:
        return None
    given = _unflattened(cells)
    names = interface_of(given)
    if names is None:
        return None
    record = record_of_interface(given, names)
    return None if of_text and titles and "title" not in record and not names.flat else record


def as_record_of_cells(row: Mapping[str, Any]) -> Record | None:
    """The same with what columns of other names say beside these, as `Year` and `Journal` may beside ADS's `bibcode`.

    Addresses are not taken: Zotero's `uri` is that of an item in somebody's library.
    """
    if (record := as_record_of_row(row)) is None:
        return None
    said = record_of_columns({key: cell for key, cell in row.items() if not may_hold_objects(cell)}, "")
    return {field: said[field] for field in RECORD_FIELDS if field in said and field != "urls"} | record


def as_record_of_interface(row: Mapping[str, Any], in_table: bool) -> Record | None:
    """The record in an object of an interface, or in a row of a table of such objects; None where it is another's."""
    if in_table:
        return as_record_of_cells(row)
    if (record := as_record_of_row(row)) is not None:
        return record
    names = interface_of(row)
    return None if names is None else record_of_interface(row, names)


def _unflattened(row: dict[str, Any]) -> dict[str, Any]:
    """Keys with dots as objects in objects; the words of an abstract's index keep theirs.

    The row as it is where one key is the beginning of another, which would be lost in its object: `source` beside
    `source.title`.
    """
    paths = [name.split(".", 1) if name.startswith(f"{_INDEX}.") else name.split(".") for name in row]
    if any(len(path) > _DEEPEST or not row.keys().isdisjoint(_beginnings(path)) for path in paths):
        return row
    made: dict[str, Any] = {}
    for (*outer, key), value in zip(paths, row.values(), strict=True):
        place = made
        for step in outer:
            place = place.setdefault(step, {})
        place[key] = value
    return made


def _beginnings(path: list[str]) -> Iterator[str]:
    return (".".join(path[:length]) for length in range(1, len(path)))


@lru_cache(maxsize=256)
def _told_by(keys: tuple[str, ...]) -> Names | None:
    return next((names for names in INTERFACES if not names.keys.isdisjoint(keys)), None)


def _told_within(given: Mapping[str, Any]) -> Names | None:
    """The names of an object that has its record in another; one that has a title is a record itself."""
    if _HOLDERS.isdisjoint(given) or given.get("title") is not None:
        return None
    held = ((key, value) for key, value in given.items() if key in _HOLDERS and isinstance(value, dict))
    told = ((key, _told_by(tuple(value)) or _told_by_values(value)) for key, value in held)
    return next((names for key, names in told if names is not None and key in names.within), None)


def _opened(given: Mapping[str, Any], names: Names) -> Mapping[str, Any]:
    """The object with all that stands in the one that holds its record."""
    for key in names.within:
        if isinstance(held := given.get(key), dict):
            return {name: value for name, value in given.items() if name != key} | held
    return given


def record_of_interface(given: Mapping[str, Any], names: Names) -> Record:
    """The record in such an object; what its fields do not say whole is kept as it came."""
    given = _opened(given, names)
    values: dict[str, list[Any]] = {}
    tops: set[str] = set()
    for path, steps in _PATHS[names.form].items():
        if given.get(steps[0]) is not None and (
            found := [text for item in _at(given, steps) if (text := (_of_index if path == _INDEX else _text)(item))]
        ):
            values[path] = found
        tops.add(steps[0])
    record = fields_of(values, names)
    for name in names.names.get("authors", ()):
        whole = given.get(name)
        if isinstance(whole, str) and record.get("authors") == [whole.strip()]:  # all of them in one text
            record["authors"] = persons_in(whole)
    # A record of ours may have a key that an interface's objects have, too; what it says in our words stays.
    own = {key for key in RECORD_FIELDS if _is_plain(given.get(key)) and (key not in record or key not in tops | _OURS)}
    record.update({key: given[key] for key in own})
    kept: dict[str, Any] = {}
    for key, value in given.items():
        if value is None or value in ([], {}, "") or key in own:
            continue
        if key not in tops:
            keep(key, value, record, kept)
        elif not _said(key, value, record, names):
            kept[key] = value
    if not kept and (told := _told_by(tuple(record))):  # or it would be taken for the interface's once more
        kept = {key: record.pop(key) for key in sorted(told.keys & record.keys())}
    if kept:
        record[ORIGINAL] = {names.form: kept}
    return record


def _is_plain(value: Any) -> bool:
    """Whether a value is text, a number, or a list of texts, as in a record of ours."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) for item in value)
    return value not in (None, "") and isinstance(value, (str, int, float)) and not isinstance(value, bool)


def _at(value: Any, steps: tuple[str, ...]) -> Iterator[Any]:
    """What stands at the end of a path; a list on the way, or at its end, is each of its items."""
    if isinstance(value, list):
        if steps[:1] == ("0",):
            value, steps = value[:1], steps[1:]
        for item in value:
            if steps or not isinstance(item, list):
                yield from _at(item, steps)
            else:
                yield item  # arXiv's parsed names: ["Marsh", "Io", "", "Fox House"]
    elif not steps:
        yield value
    elif isinstance(value, dict):
        key, wants, wanted = steps[0].partition("=")
        if (inner := value.get(key)) is not None and (not wants or str(inner).casefold() == wanted.casefold()):
            yield from _at(value if wants else inner, steps[1:])
    elif isinstance(value, str) and (pattern := _IN_TEXT.get(steps[0])) and (said := pattern.search(value)):
        yield said[1]


def _text(value: Any) -> str:
    """A value as text: a person as "Surname, Given", a date of parts as ISO."""
    if isinstance(value, dict):
        return _date(value["date-parts"]) if value.get("date-parts") else named(value)
    if isinstance(value, list):
        return named(dict(zip(_PARSED, value, strict=False)))
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def _date(parts: Any) -> str:
    """The first of CSL's dates, [[2019, 3, 5]], as ISO."""
    first = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else parts
    numbers = [str(part) for part in first if part] if isinstance(first, list) else []
    return "-".join(number.zfill(2) for number in numbers[:3])


def _of_index(index: Any) -> str:
    """The text of OpenAlex's inverted index: word -> its places."""
    if not isinstance(index, dict):
        return ""
    places = [
        (place, word)
        for word, found in index.items()
        if isinstance(found, list)
        for place in found
        if isinstance(place, int) and 0 <= place < _LONGEST
    ]
    return " ".join(word for _, word in sorted(places))


def _said(key: str, value: Any, record: Record, names: Names) -> bool:
    """Whether the fields say all that stands under a key; whatever holds objects says more."""
    fields = {PARTS.get(part, part) for part, paths in names.names.items() if key in paths}
    if key == _INDEX:
        return "abstract" in record
    texts = [value] if isinstance(value, (str, int)) else value if isinstance(value, list) else [None]
    for field in fields:
        if (said := record.get(field)) is None:
            continue
        have = said if isinstance(said, list) else [said]
        if all(str(text) in map(str, have) for text in texts):
            return True
        if field == "publication_date" and str(said).startswith(str(texts[0])):
            return True
    return False
