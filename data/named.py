"""Records that pairs of ids name: each is prepared once, by all processes, while their files are read."""

from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from papertwin.data.arrays import Rows
from papertwin.data.columns.column import Prepared
from papertwin.data.fields import is_empty, prepare
from papertwin.data.files.field_names import as_record
from papertwin.data.files.rows import Record, RowError, decode
from papertwin.data.files.streams import Note, quiet
from papertwin.data.garbage import uncollected
from papertwin.data.kept import Kept
from papertwin.data.lookup import RecordFile, Sides
from papertwin.data.packed import PackedRecords, Packing
from papertwin.data.processes import in_processes

BATCH = 1000  # records that are prepared at a time


class NamedRecords:
    """The records of files by id, with the columns of these names; they wait in files that processes share by fork.

    `sides` are those of a RecordFile; `unreadable` counts values that could not be read. Raises as RecordFile.read
    does.
    """

    def __init__(
        self,
        names: Collection[str],
        jobs: int,
        paths: Sequence[str | Path],
        note: Note = quiet,
        sides: Sides | None = None,
    ) -> None:
        self.file = RecordFile(paths, sides)
        self.unreadable: Counter[str] = Counter()
        self._empty = bytearray()  # whether there is nothing in it
        packing, packed = Packing(names), Kept()
        rest = self.file.read(note)
        batches = iter(lambda: list(islice(rest, BATCH)), [])
        with closing(in_processes(_Preparing(packing), batches, jobs)) as done:
            for _, ready in done:
                for run in ready.runs:
                    packed.append(run)
                self._empty += ready.empty
                self.unreadable += ready.unreadable
        packed.flush()
        self._packed = PackedRecords(packing, packed)

    def row(self, name: str, side: int = 0) -> int:
        """The row of the record with this id; raises RowError where there is none, or nothing in it."""
        row = self.file.row(name, side)
        if self._empty[row]:
            raise RowError(f"the record {name} has no content")
        return row

    def record(self, row: int) -> Record:
        """The record in a row, under the fields' own names."""
        return self.file.record(row)

    def take(self, rows: Rows) -> Prepared:
        """The prepared records of these rows, in their order."""
        return self._packed.take(rows)


@dataclass(frozen=True, slots=True)
class _Ready:
    """Records as runs of bytes; whether each is empty; values that could not be read."""

    runs: list[bytes]
    empty: bytes
    unreadable: Counter[str]


class _Preparing:
    """Records as JSON in, packed records out."""

    def __init__(self, packing: Packing) -> None:
        self._packing = packing

    @uncollected()
    def __call__(self, raws: list[bytes]) -> _Ready:
        records = [as_record(decode(raw)) for raw in raws]
        prepared = prepare(records)
        return _Ready(self._packing.pack(prepared), bytes(map(is_empty, records)), prepared.unreadable)
