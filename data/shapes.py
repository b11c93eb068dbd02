"""Shapes: how a row holds its two records, and how the row is written back in another shape.

Nested rows hold them under doc_1 and doc_2, wide rows in paired columns (title_1, title_2), and rows of ids name
records of another file. Shapes are small and travel to the processes that score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import msgspec

from papertwin.data.errors import InputError
from papertwin.data.rows import BadRow, Record, decode, encode
from papertwin.data.sides import Marks, as_record, field_of, marks_of, unpacked

ADDED = ("duplicate_probability", "predicted_decision", "model")  # the columns that predict adds
DOCUMENTS = ("doc_1", "doc_2")
Layout = Literal["own", "nested", "flat"]  # as it came; doc_1 and doc_2; title_1, title_2 in one level


@dataclass(frozen=True, slots=True)
class Pair:
    """The two records of a row (or their ids), and those of ADDED that the row already has."""

    doc_1: Any
    doc_2: Any
    has: tuple[str, ...] = ()


class Shape(Protocol):
    """How a row holds its records. Every method raises BadRow for a row that does not."""

    def pair(self, raw: bytes) -> Pair:
        """The row's two records, under the fields' own names."""

    def lay_out(self, raw: bytes, layout: Layout) -> bytes:
        """The row in another layout, its own columns kept."""


def shape_of(columns: Iterable[str]) -> Shape | None:
    """The shape of rows with these columns, or None where they hold no pair."""
    columns = list(columns)
    if set(DOCUMENTS) <= set(columns):
        return Nested()
    found = marks_of(columns)
    if found is None:
        return None
    marks, fields = found
    return Wide(marks) if fields > {"id"} or "id" not in fields else Ids(*_id_columns(marks, columns))


def no_shape(name: str, columns: Iterable[str]) -> InputError:
    """The error for a file whose rows hold no pair."""
    columns = list(columns)
    found = ", ".join(columns[:12]) + (" ..." if len(columns) > 12 else "")
    return InputError(
        f"{name}: no pairs in the columns {found or '(none)'}: expected are doc_1 and doc_2, or title_1 and title_2 "
        "(also _l and _r, _a and _b, left_ and right_), or id_1 and id_2 beside --records"
    )


def _object(raw: bytes) -> Record:
    row = decode(raw)
    if not isinstance(row, dict):
        raise BadRow("it is not an object with named fields")
    return row


def _has(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in ADDED if name in row)


# Only what scoring needs is decoded; the rest of the row stays bytes.
_NESTED = msgspec.json.Decoder(
    msgspec.defstruct(
        "Nested", [*((name, Record) for name in DOCUMENTS), *((name, Any, msgspec.UNSET) for name in ADDED)], gc=False
    )
)


@dataclass(frozen=True, slots=True)
class Nested:
    """Rows with doc_1 and doc_2: cases."""

    def pair(self, raw: bytes) -> Pair:
        try:
            row: Any = _NESTED.decode(raw)
        except (msgspec.DecodeError, RecursionError):
            return self._pair_with_reason(raw)
        has = tuple(name for name in ADDED if getattr(row, name) is not msgspec.UNSET)
        return Pair(as_record(row.doc_1), as_record(row.doc_2), has)

    def _pair_with_reason(self, raw: bytes) -> Pair:
        row = _object(raw)
        for name in DOCUMENTS:
            if name not in row:
                raise BadRow(f"it has no {name}")
            if not isinstance(row[name], dict):
                raise BadRow(f"its {name} is not a record with named fields")
        return Pair(*(as_record(row[name]) for name in DOCUMENTS), _has(row))

    def lay_out(self, raw: bytes, layout: Layout) -> bytes:
        if layout != "flat":
            return raw
        row = _object(raw)
        flat: Record = {}
        for name, value in row.items():
            if name == DOCUMENTS[0]:
                for field in dict.fromkeys(key for document in DOCUMENTS for key in row[document]):
                    for number, document in enumerate(DOCUMENTS, 1):
                        flat[f"{field}_{number}"] = row[document].get(field)
            elif name != DOCUMENTS[1]:
                flat.setdefault(name, value)
        return encode(flat)


@dataclass(frozen=True, slots=True)
class Wide:
    """Rows with two columns a field."""

    marks: Marks

    def pair(self, raw: bytes) -> Pair:
        row = _object(raw)
        sides = self._sides(row)[0]
        return Pair(*(unpacked(as_record(side)) for side in sides), _has(row))

    def _sides(self, row: Record) -> tuple[tuple[Record, Record], Record]:
        """The columns of each record, and the row's other columns."""
        sides: tuple[Record, Record] = ({}, {})
        rest: Record = {}
        for column, value in row.items():
            found = self.marks.side(column)
            if found is None or (field_of(found[1]) is None and not self._has_partner(found, row)):
                rest[column] = value
            else:
                sides[found[0]][found[1]] = value
        return sides, rest

    def _has_partner(self, found: tuple[int, str], row: Record) -> bool:
        return any(self.marks.side(column) == (1 - found[0], found[1]) for column in row)

    def lay_out(self, raw: bytes, layout: Layout) -> bytes:
        if layout != "nested":
            return raw
        sides, rest = self._sides(_object(raw))
        return encode(dict(zip(DOCUMENTS, map(unpacked, sides), strict=True)) | rest)


@dataclass(frozen=True, slots=True)
class Ids:
    """Rows that name two records of another file; `pair` gives the ids as text."""

    left: str  # the columns of the two ids
    right: str

    def pair(self, raw: bytes) -> Pair:
        row = _object(raw)
        for column in (self.left, self.right):
            if column not in row:
                raise BadRow(f"it has no {column}")
        return Pair(id_text(row[self.left]), id_text(row[self.right]), _has(row))

    def lay_out(self, raw: bytes, layout: Layout) -> bytes:
        return raw  # the records of a nested layout are embedded by whoever holds them


def _id_columns(marks: Marks, columns: Iterable[str]) -> tuple[str, str]:
    found = {side[0]: column for column in columns if (side := marks.side(column)) and field_of(side[1]) == ("id", 0)}
    return found[0], found[1]


def id_text(value: object) -> str:
    """An id as it is compared: as text; 5.0, as tables write a 5 in a column with gaps, is "5"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
