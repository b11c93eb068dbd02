"""Shapes: how a row holds its two records, and how the row is written back in another shape.

Nested rows hold them under doc_1 and doc_2, wide rows in paired columns (title_1, title_2), and rows of ids name
records of another file. Shapes are small and travel to the processes that score.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import msgspec

from papertwin.data.errors import InputError
from papertwin.data.exports.interface_records import as_record_of_any, as_record_of_cells
from papertwin.data.exports.interfaces import fields_of_any, may_be_of_interface, read_of_interfaces
from papertwin.data.fields import RECORD_FIELDS, WITHOUT_CONTENT
from papertwin.data.files.cells import may_hold_objects, unpacked, written_value
from papertwin.data.files.field_names import as_record, field_meant, is_title, means_field
from papertwin.data.files.layouts import ADDED, DOCUMENTS, REASONS, Layout
from papertwin.data.files.rows import Record, RowError, decode_object, encode
from papertwin.data.files.sides import KEPT, Marks, pairing_of
from papertwin.data.identity import id_text
from papertwin.data.values.editions import says_edition
from papertwin.data.values.isbns import says_isbn
from papertwin.data.values.stated import says_type
from papertwin.data.wording import some

_FIELDS = frozenset(RECORD_FIELDS)


class Pair(NamedTuple):
    """The two records of a row (or their ids), and those of ADDED that the row already has."""

    doc_1: Any
    doc_2: Any
    has: tuple[str, ...] = ()


class Shape(Protocol):
    """How a row holds its records. Every method raises RowError for a row that does not."""

    def pair(self, raw: bytes) -> Pair:
        """The row's two records, under the fields' own names."""

    def lay_out(self, raw: bytes, layout: Layout) -> bytes:
        """The row in another layout, its own columns kept."""


def shape_of(columns: Collection[str]) -> Shape | None:
    """The shape of rows with these columns, or like the row that a mapping is, or None where they hold no pair."""
    pairing = pairing_of(columns, fields_of_any)
    if pairing is None:
        return None
    if pairing.marks is None:
        return Nested(pairing.documents)
    return Wide(pairing.marks) if pairing.ids is None else Ids(*pairing.ids, pairing.marks)


def no_pairs(name: str, form: str, unless: str = "") -> InputError:
    """The error for a file of records, in a form of this name or description, where pairs are expected."""
    return InputError(
        f"{name}: these are records, {form}, and no pairs: papertwin dedupe finds the duplicates among them{unless}"
    )


def no_shape(name: str, columns: Iterable[str], export: str) -> InputError:
    """The error for a file whose rows hold no pair; `export` is the form of records that it is in, if any."""
    columns = list(columns)
    if export or any(map(is_title, columns)):
        titles = [column for column in columns if is_title(column)]
        second = ((title, other) for title in titles for other in columns if other.startswith(title) and other != title)
        told = next(
            (
                f"; if {title} and {other} are of two records, call them title_1 and title_2, "
                "and all other columns likewise"
                for title, other in second
            ),
            "",
        )
        return no_pairs(name, export or "one a row", told)
    return InputError(
        f"{name}: no pairs in the columns {some(columns) or '(none)'}: expected are doc_1 and doc_2, or title_1 and "
        "title_2 (also _l and _r, titleA and titleB, left_ and right_, paper1_ and paper2_), or id_1 and id_2 beside "
        "--records"
    )


def _has(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple([name for name in ADDED if name in row])


# Only what scoring needs is decoded; the rest of the row stays bytes.
_NESTED = msgspec.json.Decoder(
    msgspec.defstruct(
        "Nested", [*((name, Record) for name in DOCUMENTS), *((name, Any, msgspec.UNSET) for name in ADDED)], gc=False
    )
)


@dataclass(frozen=True, slots=True)
class Nested:
    """Rows that hold whole records: cases, with doc_1 and doc_2; or under other names."""

    names: tuple[str, str] = DOCUMENTS

    def pair(self, raw: bytes) -> Pair:
        if self.names != DOCUMENTS:
            return self._pair_with_reason(raw)
        try:
            row: Any = _NESTED.decode(raw)
        except (msgspec.DecodeError, RecursionError):
            return self._pair_with_reason(raw)
        has = tuple([name for name in ADDED if getattr(row, name) is not msgspec.UNSET])
        return Pair(record_of(row.doc_1), record_of(row.doc_2), has)

    def _pair_with_reason(self, raw: bytes) -> Pair:
        row = decode_object(raw, "object")
        doc_1, doc_2 = (record_of(_document(row, name)) for name in self.names)
        return Pair(doc_1, doc_2, _has(row))

    def lay_out(self, raw: bytes, layout: Layout) -> bytes:
        if layout == "own" or (layout == "nested" and self.names == DOCUMENTS):
            return raw
        row = decode_object(raw, "object")
        left, right = (_document(row, name) for name in self.names)
        row = {name: value for name, value in row.items() if name not in self.names}
        if layout == "nested":
            return encode(dict(zip(DOCUMENTS, (left, right), strict=True)) | row)
        flat: Record = {}
        for field in left | right:
            flat |= {f"{field}_1": left.get(field), f"{field}_2": right.get(field)}
        if twice := {name for name in flat.keys() & row.keys() if id_text(flat[name]) != id_text(row[name])}:
            raise RowError(f"it has another {min(twice)} beside its records, and a table has one column of that name")
        return encode(flat | row)


def record_of(given: Record) -> Record:
    """The record of a document under whatever names; most have the fields' own, and are not looked at twice."""
    if given.keys() <= _FIELDS:
        return given
    return as_record_of_any(given)


def _record_of_row(given: Record) -> Record:
    """The record of one side of a wide row, whose cells may hold the objects of an interface, or lists as text."""
    told = may_be_of_interface(tuple(given)) or any(map(_is_nested, given.values()))
    if told and (record := as_record_of_cells(given)) is not None:
        return record
    return unpacked(as_record(given))


def _is_nested(value: object) -> bool:
    return isinstance(value, list) or may_hold_objects(value)


def _document(row: Record, name: str) -> Record:
    """The record under doc_1 or doc_2, which a table has as text."""
    if name not in row:
        raise RowError(f"it has no {name}")
    found = row[name] if isinstance(row[name], dict) else written_value(row[name], "{")
    if not isinstance(found, dict):
        raise RowError(f"its {name} is not a record with named fields")
    return found


def _is_compared(name: str) -> bool:
    """Whether a column's name means what is compared: a field or a part of one, a type, an edition or an ISBN."""
    return means_field(name) or any(says(name) for says in (says_type, says_edition, says_isbn))


Columns = tuple[tuple[str, str], ...]  # (column, its name without the mark)


@lru_cache(maxsize=256)
def _columns(marks: Marks, columns: tuple[str, ...]) -> tuple[Columns, Columns, tuple[str, ...]]:
    """The columns of the left record, of the right record, and the others; rows of a file share few sets of columns.

    A marked column is a record's where it is compared, or where the other record has it too.
    """
    marked = {column: side for column in columns if column not in REASONS and (side := marks.side(column))}
    both = {name for side, name in marked.values() if (1 - side, name) in marked.values()}
    sides: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
    rest = []
    for column in columns:
        if column in marked and (marked[column][1] in both or _is_compared(marked[column][1])):
            sides[marked[column][0]].append((column, marked[column][1]))
        else:
            rest.append(column)
    return tuple(sides[0]), tuple(sides[1]), tuple(rest)


@dataclass(frozen=True, slots=True)
class Wide:
    """Rows with two columns a field."""

    marks: Marks

    def pair(self, raw: bytes) -> Pair:
        row = decode_object(raw, "object")
        left, right, rest = self._sides(row)
        if any(map(_is_nested, rest.values())):  # objects of two interfaces have few keys in common
            for column in rest:
                if column not in REASONS and (found := self.marks.side(column)):
                    (left, right)[found[0]][found[1]] = rest[column]
        return Pair(_record_of_row(left), _record_of_row(right), _has(row))

    def uncompared(self, columns: Iterable[str]) -> list[str]:
        """The names, without marks, of columns that both records have and that mean no field."""
        left, right, _ = _columns(self.marks, tuple(columns))
        both = {name for _, name in right}
        read = read_of_interfaces(name for _, name in left)
        return [name for _, name in left if name in both and name not in read and not _is_compared(name)]

    def unpaired(self, columns: Iterable[str]) -> tuple[list[str], list[str]]:
        """The columns of fields that one record alone has, and those of the other that mean no field."""
        *sides, rest = _columns(self.marks, tuple(columns))
        left, right = ({field_meant(name) for _, name in side} for side in sides)
        alone = (left ^ right) - WITHOUT_CONTENT - {None}
        known = [column for side in sides for column, name in side if field_meant(name) in alone]
        without = {1 - side[0] for column in known if (side := self.marks.side(column))}
        unknown = [column for column in rest if (side := self.marks.side(column)) and side[0] in without]
        return known, [column for column in unknown if column not in REASONS]

    def _sides(self, row: Record) -> tuple[Record, Record, Record]:
        """The columns of each record, under their names without marks, and the row's other columns."""
        left, right, rest = _columns(self.marks, tuple(row))
        return (
            {name: row[column] for column, name in left},
            {name: row[column] for column, name in right},
            {column: row[column] for column in rest},
        )

    def lay_out(self, raw: bytes, layout: Layout) -> bytes:
        if layout != "nested":
            return raw
        left, right, rest = self._sides(decode_object(raw, "object"))
        return encode(dict(zip(DOCUMENTS, (unpacked(left), unpacked(right)), strict=True)) | rest)


@dataclass(frozen=True, slots=True)
class Ids:
    """Rows that name two records of another file; `pair` gives the ids as text.

    `removed` is whether the left one was removed, and the right one kept, as dedupe lists them.
    """

    left: str  # the columns of the two ids
    right: str
    marks: Marks

    @property
    def removed(self) -> bool:
        return self.marks.marks == KEPT

    def pair(self, raw: bytes) -> Pair:
        row = decode_object(raw, "object")
        try:
            return Pair(id_text(row[self.left]), id_text(row[self.right]), _has(row))
        except KeyError as column:
            raise RowError(f"it has no {column.args[0]}") from None

    def lay_out(self, raw: bytes, layout: Layout) -> bytes:
        return raw  # the records of a nested layout are embedded by whoever holds them

    def said(self, row: Mapping[str, Any]) -> tuple[Record, Record]:
        """What a row says of each record: the columns that it has for both, without their marks."""
        sides: tuple[Record, Record] = ({}, {})
        for column, value in row.items():
            if found := self.marks.side(column):
                sides[found[0]][found[1]] = value
        left, right = ({name: side[name] for name in side if name in other} for side, other in (sides, sides[::-1]))
        return as_record(left), as_record(right)
