"""Writers: answered rows as JSON and as a table to read; the rows come in order, as JSON, one object each."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import IO, TYPE_CHECKING, Any

from papertwin.data.files.rows import decode
from papertwin.data.files.shapes import ADDED, DOCUMENTS, PROBLEM, SUSPICION, Layout, record_of
from papertwin.data.terminal import cut, plain
from papertwin.data.values.dates import parse
from papertwin.data.values.text import known

if TYPE_CHECKING:
    from papertwin.data.files.table_rows import Looks

_DECISION_WIDTH = len("NOT DUPLICATES")
_INDENT = _DECISION_WIDTH + 14  # columns before the text of a line, and one to spare


@dataclass(frozen=True, slots=True)
class Target:
    """Where a writer writes: a stream, a folder for what has to wait, a Parquet input's schema, the added columns.

    `columns` are those of a table in which there are no rows, `looks` how a table of text is written; with `plain`,
    what a format cannot hold is left out.
    """

    stream: IO[bytes]
    folder: Path | None = None
    schema: Any = None
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


class Readable(Writer):
    """A table for people: the probability, the decision, both titles below each other, and the reasons if asked for.

    Of labels that are doubted the suspicion, the label and the problem.
    """

    layout: Layout = "nested"

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._width = max(60, shutil.get_terminal_size((120, 24)).columns)
        self._begun = False
        self._reasons = target.added[len(ADDED) :]

    def write(self, rows: Iterable[bytes]) -> None:
        for raw in rows:
            row = decode(raw)
            number, decision = (SUSPICION, "decision") if SUSPICION in row else ADDED[:2]
            if not self._begun:
                self._line(number.partition("_")[0], "decision", "the two records")
                self._begun = True
            first, second = (_described(row[name]) for name in DOCUMENTS)
            self._line(f"{row[number]:.4f}", str(row.get(decision) or ""), first)
            self._line("", "", second)
            for reason in filter(None, map(row.get, self._reasons)):
                for line in wrap(reason, self._width - _INDENT, initial_indent="- ", subsequent_indent="  "):
                    self._line("", "", line)
            if row.get(PROBLEM):
                self._line("", "", f"      {row[PROBLEM]}")

    def finish(self) -> None:
        self._stream.flush()

    def _line(self, probability: str, decision: str, text: str) -> None:
        line = f"{probability:>9}  {decision:<{_DECISION_WIDTH}}  {text}"
        self._stream.write(f"{cut(plain(line), self._width).rstrip()}\n".encode("utf-8", "replace"))


def _described(given: dict[str, Any]) -> str:
    record = record_of(given)
    title, date = known(record.get("title")), parse(known(record.get("publication_date")) or "")
    text = title or known(record.get("doi")) or known(record.get("id")) or "(no title)"
    return f"{date.year if date else '':4}  {text}"
