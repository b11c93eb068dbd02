"""Rows: what every form of file is turned into, one JSON object a row.

A row stays the bytes of a JSON object until something needs its values, so that readers are quick, batches travel
cheaply between processes, and a row is written back as it came.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    from papertwin.data.files.parquet import ParquetTable

Record = dict[str, Any]
BATCH_BYTES, BATCH_ROWS = 1 << 21, 4096


class RowError(Exception):
    """A row that cannot be read; its message is the reason in plain words."""


def placed(name: str, unit: str, place: int) -> str:
    """A place as messages name it: "pairs.csv, line 1,207"."""
    return f"{name}, {unit} {place:,}"


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be read: its place (a number of the file's unit), the reason, and its text."""

    place: int
    reason: str
    text: str

    def told(self, name: str, unit: str) -> str:
        """That it was rejected, and why, in a sentence; `name` is the file's."""
        return f"{placed(name, unit, self.place)} rejected: {self.reason}"


class Row(NamedTuple):
    """One JSON object and its place in its file."""

    place: int
    raw: bytes

    def rejected(self, reason: object) -> Reject:
        """The row as one that cannot be read, for this reason."""
        return Reject(self.place, str(reason), self.raw.decode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that are worked on together, and those among them that could not be read."""

    rows: list[Row] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process as two lists, in a third of the time that rows would take."""
        return _batch, ([row.place for row in self.rows], [row.raw for row in self.rows], self.rejects)


def _batch(places: list[int], raws: list[bytes], rejects: list[Reject]) -> Batch:
    return Batch(list(map(Row, places, raws)), rejects)


@dataclass(slots=True)
class RowFile:
    """A file as rows.

    `unit` is what a place counts: lines, cases or rows, from 1. `columns` are those of a table, None where every row
    has its own; `table` is a Parquet file as Arrow reads it, `form` the name of the file's form. `export` names the
    form of records that a file read as a table begins like, to say in an error what it may be.
    """

    name: str
    unit: str
    rows: Iterator[Row | Reject]
    columns: list[str] | None = None
    table: "ParquetTable | None" = None
    form: str = ""
    export: str = ""

    def at(self, place: int) -> str:
        """A place of the file as messages name it."""
        return placed(self.name, self.unit, place)


def decode(raw: bytes) -> Any:
    """The value of a JSON text; NaN, Infinity and numbers of any length are read; raises RowError."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        pass
    try:
        value = json.loads(raw)
        # Half a surrogate pair is no character, and no text that holds one can be encoded.
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except RecursionError as error:
        raise RowError("the JSON is nested too deeply") from error
    except json.JSONDecodeError as error:  # its own words count lines from here, not from the file's beginning
        raise RowError(f"not valid JSON: {error.msg} at character {error.pos + 1}") from error
    except ValueError as error:
        raise RowError(f"not valid JSON: {error}") from error


def decode_object(raw: bytes, what: str = "record") -> Record:
    """The object of a JSON text; raises RowError for anything else, which is no `what`."""
    value = decode(raw)
    if not isinstance(value, dict):
        raise RowError(f"this is no {what} with named fields")
    return value


def holds_half(raw: bytes) -> bool:
    """Whether a JSON text holds half of a surrogate pair, for which `decode` gives a question mark."""
    if b"\\u" not in raw:
        return False
    try:
        json.dumps(json.loads(raw), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def encode(value: object) -> bytes:
    """The value as JSON on one line; values that JSON does not have become text, NaN becomes null."""
    try:
        return msgspec.json.encode(value, enc_hook=str)
    except (UnicodeEncodeError, OverflowError):  # a number of 30 digits
        return json.dumps(value, default=str).encode()


def one_line(raw: bytes) -> bytes:
    """A JSON text without the line breaks between its parts."""
    if b"\n" not in raw and b"\r" not in raw:
        return raw
    try:
        return msgspec.json.format(raw, indent=-1)
    except msgspec.DecodeError:
        return json.dumps(json.loads(raw)).encode()


def batches(rows: Iterable[Row | Reject], size: int = BATCH_BYTES) -> Iterator[Batch]:
    """The rows in order, in batches of about `size` bytes, and of BATCH_ROWS at most."""
    batch, filled = Batch(), 0
    for row in rows:
        if isinstance(row, Row):
            batch.rows.append(row)
            filled += len(row.raw)
        else:
            batch.rejects.append(row)
            filled += len(row.text)
        if filled >= size or len(batch.rows) >= BATCH_ROWS:
            yield batch
            batch, filled = Batch(), 0
    if batch.rows or batch.rejects:
        yield batch
