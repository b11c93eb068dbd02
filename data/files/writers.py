"""Writers: answered rows as JSON; the rows come in order, as JSON, one object each."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from papertwin.data.files.layouts import ADDED, Layout
from papertwin.data.files.rows import Reject

if TYPE_CHECKING:
    from papertwin.data.files.parquet import ParquetTable
    from papertwin.data.files.table_rows import Looks


@dataclass(frozen=True, slots=True)
class Target:
    """Where a writer writes: a stream, a folder for what has to wait, the Parquet that is answered, the added columns.

    `columns` are those of a table in which there are no rows, `looks` how a table of text is written; with `plain`,
    what a format cannot hold is left out.
    """

    stream: IO[bytes]
    folder: Path | None = None
    table: "ParquetTable | None" = None
    added: tuple[str, ...] = ADDED
    columns: Sequence[str] = ()
    looks: "Looks | None" = None
    plain: bool = False


class Writer(ABC):
    """Writes rows to a stream; `layout` is the one that it wants them in."""

    layout: Layout = "own"

    def __init__(self, target: Target) -> None:
        self._stream = target.stream

    @abstractmethod
    def write(self, rows: Iterable[bytes]) -> None:
        """The next rows."""

    def leave_out(self, rejects: Iterable[Reject]) -> None:  # noqa: B027  most write no more than the rows they get
        """Rows of the input that are not among the rows."""

    def finish(self) -> None:  # noqa: B027  most need nothing
        """What comes behind the last row."""

    def close(self) -> None:  # noqa: B027
        """Let go of what waits, finished or not; the stream is closed by whoever opened it."""


class JsonLines(Writer):
    """A row a line, as it came."""

    def write(self, rows: Iterable[bytes]) -> None:
        self._stream.writelines(row + b"\n" for row in rows)


class JsonList(Writer):
    """A list, a row a line."""

    _begin, _end = b"[", b"]"

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._empty = True

    def write(self, rows: Iterable[bytes]) -> None:
        for row in rows:
            self._stream.write((self._begin + b"\n" if self._empty else b",\n") + row)
            self._empty = False

    def finish(self) -> None:
        self._stream.write((self._begin if self._empty else b"\n") + self._end + b"\n")


class JsonCases(JsonList):
    """A document {"cases": [...]}, a case a line."""

    layout: Layout = "nested"
    _begin, _end = b'{"cases": [', b"]}"
