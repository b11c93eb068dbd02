"""Outputs: where answered rows and rejected ones go, each whole or not at all, and none over another or an input."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, ClassVar, Self

from papertwin.data.errors import InputError, OutputError, RejectedError
from papertwin.data.exports.tidied import MARKED, unmarked
from papertwin.data.exports.writers import Bibtex, Ris
from papertwin.data.files.atomic import Output, check_output, why_unwritten
from papertwin.data.files.layouts import ADDED
from papertwin.data.files.parquet import ParquetTable
from papertwin.data.files.rows import Reject, RowError, decode, encode, placed
from papertwin.data.files.streams import STANDARD, Note, check_input, open_bytes
from papertwin.data.files.table_rows import Looks, looks_of
from papertwin.data.files.table_writers import Delimited, parquet
from papertwin.data.files.writers import JsonCases, JsonLines, JsonList, Target, Writer
from papertwin.data.forms import suffix_of
from papertwin.data.readable import Readable

Forms = Mapping[str, Callable[[Target], Writer]]  # suffix: writer
_COMMON: Forms = {
    ".jsonl": JsonLines,
    ".ndjson": JsonLines,
    ".csv": partial(Delimited, delimiter=","),
    ".tsv": partial(Delimited, delimiter="\t"),
    ".parquet": parquet,
}
_TEXT = frozenset({".csv", ".tsv"})  # tables of text
# The two lists of output forms: of records, and of answered pairs.
CITATION_FORMS: Forms = {".ris": Ris, ".bib": Bibtex}  # for reference managers
RECORD_FORMS: Forms = {".json": JsonList, **_COMMON, **CITATION_FORMS}
FORMS: Forms = {".json": JsonCases, **_COMMON, ".txt": Readable}
_MARKUP = re.compile(rb"[<&]|\\n|  ")  # without which a row has nothing to undo
PACKED_WITHIN = frozenset({".parquet"})  # forms that .gz does not pack again


def check_form(path: str | Path, forms: Forms = FORMS) -> None:
    """Raises InputError where a file's suffix names no form that can be written; standard output needs none."""
    if str(path) == STANDARD or Path(path).is_dir():
        return  # of a folder check_output tells
    suffix = suffix_of(path)
    packed = str(path).lower().endswith(".gz")
    if suffix not in forms or (packed and suffix in PACKED_WITHIN):
        of_records = suffix in RECORD_FORMS and suffix not in forms
        what = "is of records, not of pairs" if of_records else "names no form that can be written"
        raise InputError(f"{path}: the suffix {what}: use {', '.join(forms)} (all but .parquet also with .gz)")


Planned = tuple[str | Path | None, Forms | None]  # an output's path, None if it is not wanted, and its forms, if any


def check_files(outputs: Iterable[Planned], inputs: Iterable[str | Path | None], force: bool) -> None:
    """Check all files of a command, before anything that takes time.

    `inputs` are those that it reads, None where one is not given. Raises InputError, as check_input, check_apart,
    check_form and check_output do, for an input that is not there and for an output that cannot be written.
    """
    wanted = [(path, forms) for path, forms in outputs if path is not None]
    read = [path for path in inputs if path is not None]
    for path in read:
        check_input(path)
    check_apart([path for path, _ in wanted], read)
    for path, forms in wanted:
        if forms is not None:
            check_form(path, forms)
        check_output(path, force)


def check_apart(outputs: Iterable[str | Path], inputs: Iterable[str | Path]) -> None:
    """Raises InputError for two outputs in one place, and for one that is an input, under whatever spelling."""
    read = {_place(path) for path in inputs if str(path) != STANDARD}
    taken = set()
    for path in outputs:
        place = _place(path)
        if place in taken:
            raise InputError(f"{_shown(path)}: two outputs cannot share a file: give each a name of its own")
        if place in read:
            raise InputError(f"{path}: the same command reads this file: give the output a name of its own")
        taken.add(place)


def _shown(path: str | Path | None) -> str:
    """An output as messages name it."""
    return "standard output" if path is None or str(path) == STANDARD else str(path)


def _place(path: str | Path) -> str:
    return STANDARD if str(path) == STANDARD else os.path.realpath(path)


class RowOutput:
    """A file of answered rows in the form of its suffix, or standard output: JSON lines, or a table on a terminal.

    With `whole`, standard output too gets all rows or none. `table` is a Parquet input, `added` names the
    columns that come last, `columns` those of a table in which there are no rows. `like` is the table that is answered:
    one of text keeps its delimiter and its byte-order mark, by which Excel knows it, where the suffix is the same.
    With `plain`, what a citation format cannot hold is left out.
    """

    forms: ClassVar[Forms] = FORMS

    def __init__(  # noqa: PLR0913  # what a table needs to be like its input
        self,
        path: str | Path | None,
        force: bool = False,
        whole: bool = False,
        table: ParquetTable | None = None,
        added: tuple[str, ...] = ADDED,
        columns: Sequence[str] = (),
        *,
        like: str | Path | None = None,
        plain: bool = False,
    ) -> None:
        self._name = _shown(path)
        self._kept: IO[bytes] | None = None
        with ExitStack() as stack:  # so that nothing stays where the writer cannot be made
            if path is None or str(path) == STANDARD:
                stream: IO[bytes] = sys.stdout.buffer
                if whole:
                    stream = self._kept = stack.enter_context(tempfile.TemporaryFile())
                readable = path is None and Readable in self.forms.values() and sys.stdout.isatty()
                self.writer: Writer = (Readable if readable else JsonLines)(Target(stream, added=added))
            else:
                check_form(path, self.forms)
                file = stack.enter_context(Output(path, force))
                looks = self._looks(path, like)
                target = Target(file.stream, Path(path).parent, table, added, columns, looks, plain)
                self.writer = self.forms[suffix_of(path)](target)
            stack.callback(self.writer.close)
            self._stack = stack.pop_all()

    @staticmethod
    def _looks(path: str | Path, like: str | Path | None) -> Looks | None:
        return looks_of(like) if like is not None and suffix_of(like) == suffix_of(path) in _TEXT else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def write(self, rows: Iterable[bytes], rejects: Iterable[Reject] = ()) -> None:
        """The next rows, and those of the input that are not among them; raises OutputError when the disk is full."""
        with self._told():
            self.writer.write(rows)
            self.writer.leave_out(rejects)

    def finish(self) -> None:
        """Write what comes behind the last row; a file gets its name when the `with` block ends."""
        with self._told():
            self.writer.finish()
            if self._kept is not None:
                self._kept.seek(0)
                shutil.copyfileobj(self._kept, sys.stdout.buffer)
            sys.stdout.flush()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise  # whoever reads standard output has seen enough
        except OSError as error:
            raise OutputError(f"{self._name}: {why_unwritten(error)}") from error


class RecordOutput(RowOutput):
    """The same for records, and for other rows that are no answered pairs.

    Tables are for people to read, too: their titles, journals and abstracts have no markup, as those of the citation
    formats.
    """

    forms: ClassVar[Forms] = RECORD_FORMS

    def __init__(
        self, path: str | Path | None, force: bool = False, columns: Sequence[str] = (), plain: bool = False
    ) -> None:
        super().__init__(path, force, added=(), columns=columns, plain=plain)
        self._in_table = self.writer.layout == "flat"

    def write(self, rows: Iterable[bytes], rejects: Iterable[Reject] = ()) -> None:
        super().write(map(_unmarked, rows) if self._in_table else rows, rejects)


def _unmarked(raw: bytes) -> bytes:
    """The row of a table without the markup of its records' texts, whether it is of one record or of two."""
    if not _MARKUP.search(raw):
        return raw
    row = decode(raw)
    texts = {
        name: unmarked(field, value)
        for name, value in row.items()
        if (field := name.removeprefix("kept_")) in MARKED and isinstance(value, str)
    }
    return encode(row | texts)


class RejectOutput:
    """A file of rejected rows, JSON lines with file, place, reason and text; without a path each is told as a note.

    The file appears with its first row; where there is none, that of an earlier run is removed.
    """

    def __init__(self, path: str | Path | None, tell: Note) -> None:
        self.path, self._tell = path, tell
        self._stack = ExitStack()
        self._writer: JsonLines | None = None
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)
        if error is None and not self.count and self.path is not None and _holds_rejects(Path(self.path)):
            Path(self.path).unlink()

    @property
    def beside(self) -> str:
        """Where the rejects are, for a message to say behind their number; empty if there are none or all were told."""
        return f" (see {_shown(self.path)})" if self.count and self.path else ""

    def write(self, rejects: Iterable[Reject], name: str, unit: str) -> None:
        """The next rejects, of the file of this name, whose places count this unit."""
        for reject in rejects:
            self.count += 1
            if self.path is None:
                self._tell(reject.told(name, unit))
                continue
            if self._writer is None:
                self._writer = JsonLines(Target(self._stack.enter_context(Output(self.path, force=True)).stream))
            row = {"file": name, unit: reject.place, "reason": reject.reason, "text": reject.text}
            self._writer.write([encode(row)])


def _holds_rejects(path: Path) -> bool:
    """Whether the file is one that RejectOutput has written: nothing else may be removed."""
    if not path.is_file():
        return False
    try:
        with open_bytes(path) as file:
            first = decode(file.readline())
    except (InputError, RowError):
        return False
    return isinstance(first, dict) and first.keys() >= {"file", "reason", "text"}


def refusal(reject: Reject, name: str, unit: str) -> RejectedError:
    """The error for the first row that cannot be read, under --strict."""
    return RejectedError(
        f"{placed(name, unit, reject.place)}: {reject.reason}: nothing was written, because of --strict"
    )


def rejects_path(output: str | Path | None, rejects: str | Path | None) -> Path | None:
    """The file that rejects go to: `rejects`, else one beside the output; None where the output is no file."""
    if rejects is not None:
        return Path(rejects)
    return None if output is None or str(output) == STANDARD else Path(f"{output}.rejected.jsonl")
