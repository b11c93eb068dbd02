"""Records of named columns: tables that databases and reference managers export, and JSON under such names."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from papertwin.data.exports.assemble import assemble
from papertwin.data.exports.citations import composed, implied
from papertwin.data.exports.formats import OVID, WOS
from papertwin.data.exports.glued import GLUED, unglued
from papertwin.data.exports.names import Names
from papertwin.data.exports.tables import BVS, ENGINEERING_VILLAGE
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.cells import LIST_FIELDS, unpacked
from papertwin.data.files.field_names import field_of, part_of
from papertwin.data.files.rows import Record
from papertwin.data.files.table_rows import OVIDS, UNQUOTED
from papertwin.data.values.author_lists import split
from papertwin.data.values.groups import is_group
from papertwin.data.values.parts import addresses
from papertwin.data.values.text import fold, without_signs

_BETWEEN_PERSONS = re.compile(r"\s*[;|\n]\s*")
_SEPARATORS = re.compile(r"[\s,;|]|\band\b")
# PubMed's "Marsh I, Otter B", but not "DE LA CRUZ, MARIA A" nor "SMITH JR, JOHN A", which is one person with two parts
_PERSON = r"[^,]*[a-zß-ÿ][^,]* {}[A-ZÀ-Þ]{{1,4}}\.?"
_ANY, _NO_SUFFIX = _PERSON.format(""), _PERSON.format(r"(?!JR\b|SR\b|II|IV)")
_SHORT = re.compile(_ANY)
_VANCOUVER = re.compile(rf"{_ANY}(?:, {_ANY}){{2,}}|{_NO_SUFFIX}, {_NO_SUFFIX}")
# behind Scopus's full names; (1, 2), the affiliations, behind Engineering Village's; and behind names in OpenCitations
# Meta: [orcid:0000-0001 omid:ra/1]
_NUMBERS = re.compile(r"\s*(?:\(\d{6,}\)|\(\d{1,3}(?:, ?\d{1,3})*\)|\[[a-z]+:[^\]]*\])(?=\s*(?:;|$))")
_GUARDED = re.compile(r'="(.*)"', re.DOTALL)  # a cell that Excel is to take for text, as EBSCO writes it
_BETWEEN_SHORT = re.compile(r"[;,] ?")
# One author of RIS who is no person, or has an entity of HTML in the name: no sign in it stands between two.
_COMPANY = re.compile(r"\b(?:inc|ltd|llc|llp|plc|corp|company|limited)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&#?\w+;")
_BESIDE_COMMA = re.compile(r"[;|&]|\band\b")
_LEAST = 99  # how exact a name is that counts behind all others
_NOTHING = re.compile(r"\[No [\w ]{3,30} available\]")  # Scopus where a field is empty


# Some databases call the journal, or a whole citation, "Source": columns that only they have, and what it is there; the
# first of several says.
_SOURCES: Mapping[tuple[str, ...], str] = {
    ("CENTRAL ID",): "journal",
    ("CitesURL",): "journal",
    ("uid", "cites"): "journal",  # Publish or Perish, whose CSV has the one above
    ("longDBName",): "journal",
    ENGINEERING_VILLAGE: "journal",
    BVS: "citation",
    ("Embase Link",): "citation",
    ("PUI",): "citation",
}


@lru_cache(maxsize=256)
def names_of(columns: tuple[str, ...], form: str) -> Names:
    """The table of names for these columns, the more exact names of a field first."""
    if OVIDS.issubset(columns):
        return OVID
    if UNQUOTED.issubset(columns):
        return WOS  # its tab-delimited export has its tags as columns
    given = set(map(without_signs, columns))
    telling = (meant for columns, meant in _SOURCES.items() if given.issuperset(map(without_signs, columns)))
    source = next(telling, None)
    found: dict[str, list[tuple[int, str]]] = {}
    for column in columns:
        named = part_of(column) or field_of(column)
        if named == ("source", 0) and source is not None:
            named = source, 0
        if named:
            found.setdefault(named[0], []).append((named[1], column))
    said = composed(columns)
    if "id" not in found and "pmid" in found:  # as in PubMed's table, whose NBIB calls a record by this number, too
        said["id"] = f"{min(found['pmid'])[1]} [id]"
    for part, name in said.items():
        found.setdefault(part, []).append((_LEAST, name))
    order = [*RECORD_FIELDS, *sorted(found.keys() - set(RECORD_FIELDS))]
    names = {part: tuple(name for _, name in sorted(found[part])) for part in order if part in found}
    return Names(form, names, composed=tuple(dict.fromkeys(name.rpartition(" [")[0] for name in said.values())))


def columns_of(columns: Iterable[str], names: Names) -> list[str]:
    """What the records of such a table have: the fields, then the columns that are no field."""
    return list(dict.fromkeys([*names.fields.values(), *(name for name in columns if name not in names.fields)]))


@lru_cache(maxsize=256)
def has_our_names(columns: tuple[str, ...]) -> bool:
    """Whether all that are fields of a record have the project's own names for them."""
    return all(column == field for column, field in names_of(columns, "").fields.items())


def record_of_columns(row: Mapping[str, Any], form: str) -> Record:
    """The record in a row of a table of text or in a JSON object; empty cells are left out."""
    names = names_of(tuple(row), form)
    row = {
        column: cell for column, cell in ((name, _bare(cell)) for name, cell in row.items()) if cell not in ("", None)
    }
    values: dict[str, list[Any]] = {}
    nothing: Record = {}
    for column, cell in row.items():
        if isinstance(cell, str) and _NOTHING.fullmatch(cell):
            nothing[column] = cell
            continue
        field = names.fields.get(column)
        values[column] = _items(cell, field) if field is not None and field in LIST_FIELDS else [cell]
    if names.parts.keys() >= GLUED and isinstance(together := row.get("Authors"), str):
        values["Authors"] = unglued(together)
    values |= implied(row, names)
    changed = {
        column
        for column, items in values.items()
        if column in row
        and names.fields.get(column) == "authors"
        and isinstance(row[column], str)
        and not is_parted(row[column], items)
    }
    return assemble(values, names, nothing, verbatim=row, changed=changed)


def _bare(cell: Any) -> Any:
    """The cell without what guards it from Excel."""
    match = _GUARDED.fullmatch(cell) if isinstance(cell, str) else None
    return match[1] if match else cell


def is_parted(cell: str, persons: list[Any]) -> bool:
    """Whether persons are all that a cell says, separators and a last full stop aside: "et al." is more."""
    letters = [_SEPARATORS.sub("", text).removesuffix(".") for text in (cell, " ".join(map(str, persons)))]
    return letters[0] == letters[1] or cell.lstrip().startswith("[")


def _items(cell: Any, field: str) -> list[Any]:
    """The items of a list, of JSON text, or of text that names several."""
    items = unpacked({field: cell})[field]
    if isinstance(items, list) or not isinstance(items, str):
        return items if isinstance(items, list) else [items]
    if field == "urls":
        return addresses(items)
    return persons_in(items) if field == "authors" else [items]


def persons_in(text: str) -> list[str]:
    """The persons in a text that names several, each as it stands there."""
    listed = _NUMBERS.sub("", text.strip())
    people = [item for item in _BETWEEN_PERSONS.split(_without_end(listed)) if item]
    if len(people) == 1 and not _VANCOUVER.fullmatch(people[0]):
        return split(people[0])[0] or [text]
    return [name for item in people for name in (item.split(", ") if _VANCOUVER.fullmatch(item) else [item])]


def persons_in_line(line: str) -> list[str]:
    """The persons in the one line of authors of a record that should have a line each; one name stays whole.

    A comma alone stands within a name there, "García López, Ana María", and a group may have several. A line that says
    more than the persons in it, as "et al." does, is left as it is.
    """
    group = ";" not in line and is_group(fold(line).split())
    if group or _COMPANY.search(line) or _ENTITY.search(line):
        return [line]
    if line.count(",") == 1 and not _BESIDE_COMMA.search(line) and not _VANCOUVER.fullmatch(_without_end(line)):
        return [line]
    found = persons_in(line)
    named = all(" " in person or "," in person for person in found)
    return found if named and is_parted(line.replace("&", " "), found) else [line]


def _without_end(listed: str) -> str:
    """The persons without the full stop that ends their list, as PubMed's does: their initials have none in it.

    Of one person alone "Marsh I." may be written so, and the given names in "Marsh, Io; Otter, Bo M." end so.
    """
    named, point, behind = listed.partition(".")
    if not point or behind:
        return listed
    people = _BETWEEN_SHORT.split(named)
    if len(people) == 1 and not named[-2:-1].isupper():
        return listed
    return named if all(" " in name for name in people) and any(map(_SHORT.fullmatch, people)) else listed
