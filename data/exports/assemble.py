"""From the values that an export has under its own names to a record under the names of the project.

Nothing is lost: a name that no field knows stays a field of its own, and where a field does not say letter for letter
what the export said (a date "2019 Mar-Apr", an abbreviated beside a full journal), the record keeps the values of all
the names that it was made from, under ORIGINAL and the name of the format.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from papertwin.data.exports.formats import GUARDED, RIS
from papertwin.data.exports.names import Names, Values
from papertwin.data.exports.ris import as_meant
from papertwin.data.exports.versions import notes_of_people
from papertwin.data.files.field_names import field_of
from papertwin.data.files.rows import Record, RowError, decode, encode
from papertwin.data.values import dates
from papertwin.data.values.author_lists import split
from papertwin.data.values.parts import ADDRESSES, ORIGINAL, PARTS, address, made
from papertwin.data.values.text import known, whole

CARRIED = "papertwin "  # what begins the JSON of fields that a format cannot hold
# How that, and the versions in the cell of a table, begin where they were not read.
_LEFT = (CARRIED + "{", '[{"file"', "[{'file'")
_LEFT_AS_JSON = tuple(encode(text)[1:-1] for text in _LEFT)

_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def assemble(
    values: Values,
    names: Names,
    others: Mapping[str, Any] | None = None,
    verbatim: Mapping[str, Any] | None = None,
    changed: Collection[str] = (),
) -> Record:
    """The record of these values; `others` are fields that no name stands for, in any form.

    In a format that has signs of its own, `verbatim` is what stands under each name before they are read, and
    `changed` names those whose values would be written otherwise.
    """
    verbatim = verbatim or {}
    record = fields_of(values, names)
    written_so = written(record, names)
    unsaid = {
        names.fields[name]
        for name, items in values.items()
        if name in names.fields and (name in changed or not _said(name, items, record, names, written_so))
    }
    kept: dict[str, Any] = {}
    carried = _carried(values.get(names.carrier or "", []))
    if carried is not None:
        values = {name: items for name, items in values.items() if name != names.carrier}
        if names.note is not None and names.note in values:
            values[names.note] = notes_of_people(values[names.note], carried, names.note)
        values = {name: items for name, items in values.items() if items}
    for name, items in values.items():
        value = items[0] if len(items) == 1 else items
        field = names.fields.get(name)
        if field is None:
            keep(name, value, record, kept)
        if field in unsaid or (field is None and name in changed):
            kept[name] = verbatim.get(name, value)
    for name, value in (others or {}).items():
        keep(name, value, record, kept)
    if carried:
        record = {name: value for name, value in (record | carried).items() if value is not None}
    if kept:
        record[ORIGINAL] = {names.form: kept}
    return record


def _carried(items: list[Any]) -> Record | None:
    """The fields that our own writer put into one text, or None where it is another's."""
    if len(items) != 1 or not str(items[0]).startswith(CARRIED):
        return None
    try:
        fields = decode(str(items[0]).removeprefix(CARRIED).encode())
    except RowError:
        return None
    return fields if isinstance(fields, dict) and ORIGINAL not in fields else None


def damaged_carrier(raw: bytes) -> str | None:
    """The field with what a merged record was made of, if another program has cut or changed it; else None."""
    if not any(text in raw for text in _LEFT_AS_JSON):
        return None
    record = decode(raw)
    texts = ((name, value[0] if isinstance(value, list) and value else value) for name, value in record.items())
    return next((name for name, text in texts if isinstance(text, str) and text.startswith(_LEFT)), None)


def keep(name: str, value: Any, record: Record, kept: dict[str, Any]) -> None:
    """Put a value into the record under its name, or among `kept` if it would be taken for a field of ours."""
    (kept if field_of(name) or name == ORIGINAL else record)[name] = value


def fields_of(values: Values, names: Names) -> Record:
    """The fields that the values of a format say, in the order of its table of names."""
    parts = {part: found for part, tags in names.names.items() if (found := _found(part, values, tags))}
    if names is RIS:
        parts = as_meant(parts, values)
    record: Record = {}
    for field in dict.fromkeys(PARTS.get(part, part) for part in parts):
        if (value := made(parts, field)) not in (None, "", []):  # a 0 is a value: the first id of a frame
            record[field] = value
    if names.source is not None:
        record.setdefault("source", names.source)
    return record


def _found(part: str, values: Values, tags: Iterable[str]) -> list[Any]:
    """What is known under the first of these names that has anything; addresses are taken from all."""
    found: list[Any] = []
    for tag in tags:
        if tag in values:
            shape = GUARDED.get((part, tag))
            found += [item for item in values[tag] if known(item) and (shape is None or shape.match(str(item)))]
            if found and part != "urls":
                break
    return found


def written(record: Mapping[str, Any], names: Names) -> dict[str, list[str]]:
    """Each part of the table of names as it is written for this record; only texts and numbers are."""
    parts: dict[str, list[str]] = {}
    for part in names.names:
        field = PARTS.get(part, part)
        value = record.get(field)
        if value is None or part in ADDRESSES:
            continue
        items = value if isinstance(value, list) else [value]
        if field == "authors" and not (isinstance(value, list) and all(isinstance(item, str) for item in items)):
            items = split(value)[0]
        texts = [str(whole(item)) for item in items if isinstance(item, (str, int, float)) and str(item).strip()]
        if field == "publication_date" and texts:
            texts = _part_of_date(texts[0], part, names)
        elif part in {"first_page", "last_page"} and texts:
            first, dash, last = texts[0].partition("-")
            texts = [first if part == "first_page" else last] if dash or part == "first_page" else []
        if texts:
            parts[part] = texts
    return parts


def _part_of_date(date: str, part: str, names: Names) -> list[str]:
    """What a part of a date says: the year alone under "year" where there is one, the whole where it is more."""
    is_iso = _ISO.fullmatch(date) is not None
    year, _, rest = date.partition("-")
    if part == "year":
        return [year] if is_iso else []
    if part == "publication_date":
        if is_iso and ("month" in names.names or ("year" in names.names and not rest)):
            return []
        return [date.replace("-", "/") if names.slashed and is_iso else date]
    month, _, day = rest.partition("-")
    if not is_iso or not month:
        return []
    if part == "month":
        return [list(dates.MONTHS)[int(month) - 1]] if 1 <= int(month) <= 12 else []
    return [str(int(day))] if day else []


def _said(name: str, items: list[Any], record: Record, names: Names, parts: Mapping[str, list[str]]) -> bool:
    """Whether the fields say what stands under a name, and say it under this name if the format is written."""
    part = names.parts[name]
    texts = [str(whole(item)) for item in items]
    if names.written and names.names[part][0] != name:
        return False
    if part in ADDRESSES:
        return not names.written and all(address(part, text) in record.get("urls", ()) for text in texts)
    if part == "urls":
        return all(text in record.get("urls", ()) for text in texts)
    if part == "versions":
        return True  # it is taken over as it is
    if part == "abstract":
        texts = ["\n".join(texts)]
    if part == "publication_date" and not names.written:
        return all(str(record.get(part)).startswith(text) for text in texts)
    return parts.get(part) == texts
