"""The record in an object of JSON as an interface gives it, or in a row of a table of such objects."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from papertwin.data.exports.assemble import fields_of, keep
from papertwin.data.exports.columns import names_of, persons_in, record_of_columns
from papertwin.data.exports.formats import NBIB
from papertwin.data.exports.interface_names import INTERFACES
from papertwin.data.exports.interfaces import FLAT, interface_of, is_ours, opened, told_by
from papertwin.data.exports.names import Names
from papertwin.data.exports.tagged import record_of_tags
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.cells import may_hold_objects, unwritten
from papertwin.data.files.field_names import as_record
from papertwin.data.files.rows import Record
from papertwin.data.values.author_lists import named
from papertwin.data.values.parts import ORIGINAL, PARTS

_OURS = frozenset(RECORD_FIELDS) - {"id"}  # an id of our own names the record, whatever the interface calls it
_PATHS = {names.form: {path: tuple(path.split(".")) for path in names.parts} for names in INTERFACES}
_INDEX = "abstract_inverted_index"
_DEEPEST = 20  # objects in objects; a key with more dots is none
_PARSED = ("family", "given", "suffix")  # what stands in arXiv's parsed names; behind these are affiliations
_IN_TEXT = {word: re.compile(rf"\b{word} ([^,]+)") for word in ("Volume", "Issue")}  # "Volume 40, Issue 2"
_LONGEST = 100_000  # words of an abstract; a higher place in an index is a mistake


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
    if is_ours(row):
        return None
    titles = [row.get(name) for name in names_of(tuple(row), "").names.get("title", ())]
    titled = any(title not in (None, "") for title in titles) and not isinstance(unwritten(row.get("title")), list)
    if titled and not any(map(may_hold_objects, row.values())):
        if FLAT.isdisjoint(row):
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


def record_of_interface(given: Mapping[str, Any], names: Names) -> Record:
    """The record in such an object; what its fields do not say whole is kept as it came."""
    if names is NBIB:
        return record_of_tags(given)
    given = opened(given, names)
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
    if not kept and (told := told_by(tuple(record))):  # or it would be taken for the interface's once more
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
