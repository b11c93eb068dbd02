"""Runs of bytes that are needed again later and too many for memory: in a file, read at their places by number."""

import os
import tempfile
import weakref
from array import array
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from papertwin.data.columns import Rows


def mapped(path: Path, kind: DTypeLike) -> NDArray[Any]:
    """The array in a file, empty where nothing was written."""
    if not path.is_file() or not path.stat().st_size:
        return np.empty(0, dtype=kind)
    return np.asarray(np.memmap(path, dtype=kind, mode="r"))  # a plain view of it is read faster


class Runs:
    """Runs of bytes in an open file, by number from 0; `ends` says where each ends.

    Processes made by fork may all read. The file is not mapped, as pages that a process has seen would be its memory.
    """

    def __init__(self, file: IO[bytes], ends: "array[int] | Rows") -> None:
        self._file, self._ends = file, ends
        weakref.finalize(self, file.close)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> bytes:
        """The run of this number."""
        begin = self._ends[number - 1] if number else 0
        return self._read(int(begin), int(self._ends[number]))

    def take(self, numbers: Rows) -> list[bytes]:
        """The runs of these numbers, in their order."""
        ends = np.asarray(self._ends)
        begins = np.where(numbers > 0, ends[numbers - 1], 0).tolist()
        return list(map(self._read, begins, ends[numbers].tolist()))

    def _read(self, begin: int, end: int) -> bytes:
        if hasattr(os, "pread"):  # which moves no place that other processes share
            return os.pread(self._file.fileno(), end - begin, begin)
        self._file.seek(begin)
        run = self._file.read(end - begin)
        self._file.seek(0, os.SEEK_END)
        return run


class Stored(Runs):
    """The runs in a file with a name, their ends in another; picklable, and opened again by who gets them."""

    def __init__(self, data: Path, ends: Path) -> None:
        self._paths = data, ends
        super().__init__(data.open("rb"), mapped(ends, np.int64))

    def __reduce__(self) -> tuple[type["Stored"], tuple[Path, Path]]:
        return Stored, self._paths


class Kept(Runs):
    """Runs in a temporary file without a name, which is gone however the process ends; they are kept one by one."""

    def __init__(self) -> None:
        self._grown = array("q")
        self._end, self._written = 0, True
        super().__init__(tempfile.TemporaryFile(), self._grown)  # noqa: SIM115  as long as the runs are needed

    def append(self, run: bytes) -> None:
        """Keep a run behind the others; raises OSError when the disk is full."""
        self._file.write(run)
        self._end += len(run)
        self._grown.append(self._end)
        self._written = False

    def _read(self, begin: int, end: int) -> bytes:
        if not self._written:
            self._file.flush()
            self._written = True
        return super()._read(begin, end)
