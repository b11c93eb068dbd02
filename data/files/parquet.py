"""Parquet as rows, and as Arrow has it, so that an output in Parquet keeps the columns of its input as they are."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from papertwin.data.errors import InputError
from papertwin.data.files.rows import Row, encode
from papertwin.data.files.streams import Note, text_of_bytes
from papertwin.data.files.table_rows import check_columns

if TYPE_CHECKING:
    import pyarrow as pa

_BUFFER = 1 << 20  # bytes of a column
_BATCH = 500  # rows; with abstracts on both sides about a megabyte


class ParquetTable:
    """A Parquet file, which can be read more than once.

    Raises InputError, here or while reading, for a damaged file, column names that appear twice, and values that
    Python has none for.
    """

    def __init__(self, source: IO[bytes] | str | Path, name: str) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._name = name
        try:
            # Read as it is asked for: otherwise a whole row group, which may be the whole file, is held at once.
            self._file = pq.ParquetFile(source, buffer_size=_BUFFER, pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                f"{name}: the Parquet file is damaged ({str(error).splitlines()[0]}): write it again"
            ) from error
        self.schema: pa.Schema = self._file.schema_arrow
        check_columns(self.schema.names, name)

    def rows(self, note: Note) -> Iterator[Row]:
        """The rows as objects; bytes are text as those of files are, and `note` is told of columns with other bytes."""
        import pyarrow as pa

        # Spark, Impala and Hive write text as bytes; so few other columns have some that all others are spared a look.
        binary = [field.name for field in self.schema if "binary" in str(field.type)]
        foreign: set[str] = set()
        place = 0
        try:
            for batch in self.batches(_BATCH):
                for row in batch.to_pylist():
                    place += 1
                    for column in binary:
                        row[column], sound = _as_text(row[column])
                        if not sound and column not in foreign:
                            foreign.add(column)
                            note(f"{self._name}: not all of {column} is UTF-8; the rest is read as Windows-1252")
                    yield Row(place, encode(row))
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                f"{self._name}, row {place + 1}: the Parquet file is damaged ({error}): write it again"
            ) from error
        except (ValueError, OverflowError) as error:  # a date in the year 10,000
            raise InputError(
                f"{self._name}, behind row {place:,}: a value cannot be read ({error}): write its column as text"
            ) from error

    def batches(self, size: int) -> Iterator["pa.RecordBatch"]:
        """The rows as Arrow has them, some at a time."""
        yield from self._file.iter_batches(size)


def _as_text(value: Any) -> tuple[Any, bool]:
    """The value with text for bytes, in lists and objects too, and whether they all were UTF-8."""
    if isinstance(value, bytes):
        text = text_of_bytes(value)
        return text, text.encode() == value
    if isinstance(value, (list, tuple)):
        items = list(map(_as_text, value))
        return [item for item, _ in items], all(sound for _, sound in items)
    if isinstance(value, dict):
        items = list(map(_as_text, value.values()))
        return {key: item for key, (item, _) in zip(value, items, strict=True)}, all(sound for _, sound in items)
    return value, True
