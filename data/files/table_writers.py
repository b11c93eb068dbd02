"""Writers of tables: CSV, TSV and Parquet.

A table needs all its columns before its first row, so the rows wait in a temporary file beside the output; of Parquet
that answers Parquet the answers do.
"""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from papertwin.data.files.layouts import PROBABILITY, Layout
from papertwin.data.files.parquet import ParquetTable
from papertwin.data.files.rows import Reject, decode, encode
from papertwin.data.files.table_rows import Looks
from papertwin.data.files.writers import Target, Writer

if TYPE_CHECKING:
    import pyarrow as pa

_PARQUET_ROWS = 5000  # a group of rows


class _Table(Writer):
    """What CSV and Parquet share: rows kept until all columns are known."""

    layout: Layout = "flat"

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._kept = tempfile.TemporaryFile(dir=target.folder)  # noqa: SIM115  gone with this writer, whatever happens
        self._columns: dict[str, None] = {}
        self._added, self._without_rows = target.added, target.columns

    def write(self, rows: Iterable[bytes]) -> None:
        for row in rows:
            self._see(decode(row))
            self._kept.write(row + b"\n")

    def _see(self, row: dict[str, Any]) -> None:
        self._columns.update(dict.fromkeys(row))

    def columns(self) -> list[str]:
        """The columns in the order in which they were met, the added ones last."""
        met = self._columns or self._without_rows
        return [name for name in met if name not in self._added] + list(self._added)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows again."""
        self._kept.seek(0)
        yield from map(decode, self._kept)

    def close(self) -> None:
        self._kept.close()


class _LineFeeds:
    """Ends rows by a line feed alone; csv quotes a cell for its carriage return only where rows end by one."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text

    def write(self, row: str) -> int:
        return self._text.write(row.removesuffix("\r\n") + "\n")


class Delimited(_Table):
    """CSV or TSV, like its input if asked: a list or an object is written as JSON, null as nothing."""

    def __init__(self, target: Target, delimiter: str) -> None:
        super().__init__(target)
        self._looks = target.looks or Looks(False, delimiter)

    def finish(self) -> None:
        text = io.TextIOWrapper(self._stream, "utf-8", "backslashreplace", newline="", write_through=True)
        if self._looks.marked:
            text.write("\ufeff")
        writer = csv.writer(_LineFeeds(text), delimiter=self._looks.delimiter, lineterminator="\r\n")
        columns = self.columns()
        writer.writerow(columns)
        writer.writerows([cell_text(row.get(name)) for name in columns] for row in self.rows())
        text.detach()  # the stream is closed by whoever opened it


def parquet(target: Target) -> Writer:
    """The writer of Parquet: what is answered is kept where that is Parquet, too."""
    return Parquet(target) if target.table is None else ParquetAnswers(target, target.table)


class Parquet(_Table):
    """Parquet: a column has the type that all its values have, or is text."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._kinds: dict[str, set[str]] = {}

    def _see(self, row: dict[str, Any]) -> None:
        super()._see(row)
        for name, value in row.items():
            self._kinds.setdefault(name, set()).add(_kind(value))

    def finish(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = pa.schema([(name, _arrow_type(name, self._kinds.get(name, set()))) for name in self.columns()])
        with pq.ParquetWriter(self._stream, schema) as writer:
            rows = self.rows()
            while chunk := list(islice(rows, _PARQUET_ROWS)):
                arrays = [_array([row.get(field.name) for row in chunk], field.type) for field in schema]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


class ParquetAnswers(Writer):
    """Parquet that answers Parquet: the input's own columns as Arrow has them, and the added ones behind them.

    JSON, which the rows are, has neither bytes nor times nor NaN. The answers wait in a temporary file, and the input
    is read once more.
    """

    def __init__(self, target: Target, table: ParquetTable) -> None:
        super().__init__(target)
        self._kept = tempfile.TemporaryFile(dir=target.folder)  # noqa: SIM115  gone with this writer, whatever happens
        self._table, self._added = table, target.added
        self._left_out: set[int] = set()

    def write(self, rows: Iterable[bytes]) -> None:
        for row in rows:
            answered = decode(row)
            self._kept.write(encode([answered[name] for name in self._added]) + b"\n")

    def leave_out(self, rejects: Iterable[Reject]) -> None:
        self._left_out.update(reject.place for reject in rejects)

    def finish(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        given = self._table.schema
        own = [field for field in given if field.name not in self._added]
        added = [pa.field(name, _arrow_type(name, {"str"})) for name in self._added]
        # Of the input also what pandas says of its index and its types, so that it reads back the same frame.
        schema = pa.schema([*own, *added], given.metadata)
        self._kept.seek(0)
        place = 1
        with pq.ParquetWriter(self._stream, schema) as writer:
            for batch in self._table.batches(_PARQUET_ROWS):
                kept = self._answered(batch, place).select([field.name for field in own])
                place += len(batch)
                if len(kept):
                    answers = zip(*map(decode, islice(self._kept, len(kept))), strict=True)
                    arrays = [pa.array(values, field.type) for values, field in zip(answers, added, strict=True)]
                    writer.write_table(pa.Table.from_arrays([*kept.columns, *arrays], schema=schema))

    def _answered(self, batch: "pa.RecordBatch", first: int) -> "pa.Table":
        """The rows, from place `first`, between those that are left out; Arrow cannot filter columns of every type."""
        import pyarrow as pa

        gaps = [place for place in range(len(batch)) if first + place in self._left_out]
        runs = zip([0, *(gap + 1 for gap in gaps)], [*gaps, len(batch)], strict=True)
        return pa.Table.from_batches([batch.slice(start, end - start) for start, end in runs])

    def close(self) -> None:
        self._kept.close()


def cell_text(value: object) -> str:
    """A value as a cell of a table of text."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False)  # numbers, true and false too


def _kind(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "list" if all(isinstance(item, str) for item in value) else "other"
    if isinstance(value, int) and not -(2**53) <= value <= 2**53:  # which no fraction's type holds exactly
        return "long" if -(2**63) <= value < 2**63 else "other"
    return type(value).__name__


def _arrow_type(name: str, kinds: set[str]) -> Any:
    """The type of a column of this name with values of these kinds."""
    import pyarrow as pa

    found = kinds - {""}
    if name == PROBABILITY or (found <= {"int", "float"} and "float" in found):
        return pa.float64()
    if found == {"list"}:
        return pa.list_(pa.string())
    if found and found <= {"int", "long"}:
        return pa.int64()
    return pa.bool_() if found == {"bool"} else pa.string()


def _array(values: list[Any], kind: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_string(kind):
        values = [None if value is None else cell_text(value) for value in values]
    return pa.array(values, type=kind)
