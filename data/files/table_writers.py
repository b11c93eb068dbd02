"""Writers of tables: CSV, TSV and Parquet.

A table needs all its columns before its first row, so the rows wait in a temporary file beside the output.
"""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from papertwin.data.files.layouts import ADDED, Layout
from papertwin.data.files.rows import decode
from papertwin.data.files.table_rows import Looks
from papertwin.data.files.writers import Target, Writer

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


class Parquet(_Table):
    """Parquet: columns of a Parquet input keep their types, others get the one that all their values have, or text."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._schema = target.schema
        self._kinds: dict[str, set[str]] = {}

    def _see(self, row: dict[str, Any]) -> None:
        super()._see(row)
        for name, value in row.items():
            self._kinds.setdefault(name, set()).add(_kind(value))

    def finish(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        given = {field.name: field.type for field in self._schema or ()}
        types = {name: _arrow_type(self._kinds.get(name, set())) for name in self.columns()} | {
            name: kind for name, kind in given.items() if name not in self._added
        }
        if ADDED[0] in types:
            types[ADDED[0]] = pa.float64()
        # Of the input also what pandas says of its index and its types, so that it reads back the same frame.
        schema = pa.schema(list(types.items()), self._schema.metadata if self._schema else None)
        with pq.ParquetWriter(self._stream, schema) as writer:
            for rows in _chunks(self.rows(), _PARQUET_ROWS):
                arrays = [_array([row.get(name) for row in rows], kind, name in given) for name, kind in types.items()]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


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
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
        return "other"
    return type(value).__name__


def _arrow_type(kinds: set[str]) -> Any:
    import pyarrow as pa

    found = kinds - {""}
    if found == {"list"}:
        return pa.list_(pa.string())
    if found and found <= {"int", "float"}:
        return pa.float64() if "float" in found else pa.int64()
    return pa.bool_() if found == {"bool"} else pa.string()


def _array(values: list[Any], kind: Any, given: bool) -> Any:
    """The values as one array; those of a Parquet input came as JSON has them and go back to their type."""
    import pyarrow as pa

    if pa.types.is_string(kind) and not given:
        values = [None if value is None else cell_text(value) for value in values]
    try:
        return pa.array(values, type=kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return pa.array(values).cast(kind)  # times and decimals from their text


def _chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
