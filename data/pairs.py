"""Pairs: a file with two records a row, in any form, as batches of rows and the shape that they have in common."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from papertwin.data.conventions import named_convention
from papertwin.data.errors import InputError
from papertwin.data.files.parquet import ParquetTable
from papertwin.data.files.rows import (
    BATCH_BYTES,
    Batch,
    Record,
    Reject,
    Row,
    RowError,
    RowFile,
    batches,
    decode,
    placed,
)
from papertwin.data.files.sides import documents_among
from papertwin.data.files.streams import STANDARD, Note, quiet
from papertwin.data.forms import open_rows
from papertwin.data.lookup import Sides, read_records
from papertwin.data.shapes import Ids, Nested, Pair, Shape, Wide, no_shape, shape_of
from papertwin.data.wording import listed, some

_TRIED = 100  # rows that are tried for the shape where the first rows are damaged


class Named(Protocol):
    """Records by their ids."""

    def row(self, name: str, side: int) -> int:
        """The place of the record with this id, from 0; raises RowError where there is none.

        `side` is 0 for the left record of a pair, 1 for the right one: they may be of two files.
        """

    def record(self, row: int) -> Record:
        """The record at a place."""


RecordsOf = str | Path | Sequence[str | Path] | Named  # the records of pairs of ids: files, or the records themselves
ReadRecords = Callable[[Sequence[str | Path], Note, Sides | None], Named]


@dataclass(slots=True)
class PairFile:
    """A pair file while it is read: `unit` is what places count, `records` are those that a file of ids names.

    `columns` are those of a table, as they are named there; `table` is one in Parquet, as Arrow reads it.
    """

    name: str
    unit: str
    shape: Shape
    rows: Iterator[Row | Reject]
    records: Named | None = None
    table: ParquetTable | None = None
    columns: Sequence[str] = ()

    def batches(self, size: int = BATCH_BYTES) -> Iterator[Batch]:
        """The rows once, in order, in batches of about `size` bytes; memory does not grow with the file."""
        return batches(self.rows, size)

    def convention(self) -> str | None:
        """The convention that the first row names, as dedupe writes it; the row stays among the rows."""
        first = next(self.rows, None)
        if first is None:
            return None
        self.rows = itertools.chain([first], self.rows)
        try:
            row = decode(first.raw) if isinstance(first, Row) else None
        except RowError:
            return None
        return named_convention(row) if isinstance(row, dict) else None

    def place(self, number: int) -> str:
        """A place as messages name it: "pairs.csv, line 7"."""
        return placed(self.name, self.unit, number)

    def documents(self, pair: Pair) -> tuple[Record, Record]:
        """The records of a pair; raises RowError for an id that is not among the records."""
        known = self.records
        if known is None:
            return pair.doc_1, pair.doc_2
        return known.record(known.row(pair.doc_1, 0)), known.record(known.row(pair.doc_2, 1))


def open_pairs(
    path: str | Path | RowFile,
    records: RecordsOf | None = None,
    note: Note = quiet,
    read: ReadRecords = read_records,
    tell: Note | None = None,
) -> PairFile:
    """A pair file, standard input ("-"), or a file that is open already.

    `records` are the files of records where the pairs are ids, or the records.
    `read` reads the files, where the pairs are ids; of two files that share ids the first has the left records and the
    second the right ones, unless the left ones are those that were removed, which are of any file. `tell`, else `note`,
    is told of paired columns that say nothing.
    Raises InputError for a file that cannot be read or holds no pairs, for ids without records and records without
    ids. Rows that cannot be read are among the rows, as rejects.
    """
    files = [records] if isinstance(records, (str, Path)) else records if isinstance(records, Sequence) else []
    if STANDARD in map(str, files) and str(path) == STANDARD:
        raise InputError("standard input cannot be both the pairs and the records: give one of them as a file")
    file = path if isinstance(path, RowFile) else open_rows(path, note)
    # A header says all, unless the cells may hold whole records.
    untold = file.columns is None or documents_among(file.columns)
    tried = list(itertools.islice(file.rows, _TRIED)) if untold else []
    shape = _shape(file, tried)
    if isinstance(shape, Ids) and records is None:
        raise InputError(
            f"{file.name}: the pairs are ids ({shape.left}, {shape.right}): add --records (in Python records=) and the "
            "file of their records"
        )
    if isinstance(shape, Wide):
        for remark in remarks_on(shape, file.columns or ()):
            (tell or note)(f"{file.name}: {remark}; the names that are understood are in docs/formats.md")
    if files and not isinstance(shape, Ids) and (tried or file.columns):
        raise InputError(f"{file.name}: the pairs bring their own records: leave out --records {files[0]}")
    pairs = PairFile(
        file.name, file.unit, shape, itertools.chain(tried, file.rows), table=file.table, columns=file.columns or ()
    )
    if records is not None and isinstance(shape, Ids):
        sides = (shape.left, shape.right) if len(files) == 2 and not shape.removed else None
        pairs.records = read(files, note, sides) if isinstance(records, (str, Path, Sequence)) else records
    return pairs


def remarks_on(shape: Wide, columns: Sequence[str]) -> Iterator[str]:
    """What is to be told of columns that are paired and say nothing, and of those that say something and are not."""
    if unknown := shape.uncompared(columns):
        yield f"not compared, because no field is called so: {', '.join(unknown)}"
    alone, unknown = shape.unpaired(columns)
    if alone:
        what = f"{listed(alone)} {'has no partner' if len(alone) == 1 else 'have no partners'}"
        yield f"{what} (not understood: {some(unknown)})" if unknown else what


def _shape(file: RowFile, tried: list[Row | Reject]) -> Shape:
    """The shape that the header has, or the first row that has one; a file without rows has any."""
    columns = file.columns
    for row in tried:
        try:
            value = decode(row.raw) if isinstance(row, Row) else None
        except RowError:
            continue
        if isinstance(value, dict):
            if shape := shape_of(value):
                return shape
            columns = columns or list(value)
    if columns is not None:
        if shape := shape_of(columns):
            return shape
        raise no_shape(file.name, columns, file.export)
    if tried:
        raise InputError(
            f"{file.name}: none of its first rows is an object with named fields: cases or pairs are expected"
        )
    return Nested()
