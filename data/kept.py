"""Runs of bytes that are too many for memory and needed again: kept in a file, and looked up by their numbers.

Files are mapped when they are read: processes share the pages, and the system keeps in memory what is used.
"""

import mmap
import tempfile
import weakref
from array import array
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from papertwin.data.arrays import Rows
from papertwin.data.files.atomic import working_in


def mapped(path: Path, kind: DTypeLike) -> NDArray[Any]:
    """The array in a file, empty where nothing was written."""
    if not path.is_file() or not path.stat().st_size:
        return np.empty(0, dtype=kind)
    return np.asarray(np.memmap(path, dtype=kind, mode="r"))  # a plain view of it is read faster


class Runs:
    """Runs of bytes in an open file, by number from 0; `ends` says where each ends."""

    def __init__(self, file: IO[bytes], ends: "array[int] | Rows") -> None:
        self._file, self._ends = file, ends
        self._map: mmap.mmap | bytes = b""
        weakref.finalize(self, _close, file)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        """The run of this number."""
        begin = int(self._ends[number - 1]) if number else 0
        return self._data()[begin : int(self._ends[number])]

    def take(self, numbers: Rows) -> list[bytes]:
        """The runs of these numbers, in their order."""
        data, ends = self._data(), np.asarray(self._ends)
        begins = np.where(numbers > 0, ends[numbers - 1], 0).tolist()
        return [data[begin:end] for begin, end in zip(begins, ends[numbers].tolist(), strict=True)]

    def _data(self) -> mmap.mmap | bytes:
        """All that is in the file by now."""
        size = int(self._ends[-1]) if len(self._ends) else 0
        if len(self._map) < size:
            self._file.flush()
            self._map = mmap.mmap(self._file.fileno(), size, access=mmap.ACCESS_READ)
        return self._map


class Stored(Runs):
    """The runs in a file with a name, their ends in another; picklable, and opened again by who gets them."""

    def __init__(self, data: Path, ends: Path) -> None:
        self._paths = data, ends
        super().__init__(data.open("rb"), mapped(ends, np.int64))

    def __reduce__(self) -> tuple[type["Stored"], tuple[Path, Path]]:
        return Stored, self._paths


class Kept(Runs):
    """Runs in a temporary file without a name, which is gone however the process ends.

    Processes share it by fork, once it is flushed: what one has not written yet, each of them would write.
    """

    def __init__(self) -> None:
        self._grown, self._end = array("q"), 0
        super().__init__(tempfile.TemporaryFile(), self._grown)  # noqa: SIM115  as long as the runs are needed

    def append(self, run: bytes) -> None:
        """Keep a run behind the others; raises OutputError when the disk is full."""
        with working_in(tempfile.gettempdir(), "TMPDIR"):
            self._file.write(run)
        self._end += len(run)
        self._grown.append(self._end)

    def flush(self) -> None:
        """Write to the file what waits to be written; raises OutputError when the disk is full."""
        with working_in(tempfile.gettempdir(), "TMPDIR"):
            self._file.flush()


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):  # what could not be written is told already
        file.close()
