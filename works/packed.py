"""Packed records: prepared columns as one run of bytes a record, so that a million of them wait on disk, not in memory.

Processes read them through one map of the file, which they share; the system keeps in memory what is used.
"""

import mmap
from collections.abc import Sequence
from itertools import repeat
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns import Column, Prepared, TokenSets, texts
from papertwin.data.fields import prepare
from papertwin.features import COMPARED

Rows = NDArray[np.int64]

_MISSING = -1  # the size of a set that is missing
_PACK = msgspec.msgpack.Encoder().encode
_UNPACK = msgspec.msgpack.Decoder().decode


class Layout:
    """Which of the compared columns are text, numbers, sets of tokens; the same for all records."""

    def __init__(self) -> None:
        empty = prepare([]).columns
        self.sets = sorted(name for name in COMPARED if isinstance(empty[name], TokenSets))
        self.texts = sorted(name for name in COMPARED if _is_text(empty[name]))
        self.numbers = sorted(COMPARED - set(self.sets) - set(self.texts))

    def pack(self, prepared: Prepared) -> list[bytes]:
        """Each record of a batch."""
        count = len(prepared)
        table = np.array([prepared.values(name) for name in self.numbers], dtype=np.float64).T.copy()
        sets = [prepared.sets(name) for name in self.sets]
        sizes = np.array([np.where(one.missing, _MISSING, one.sizes()) for one in sets], dtype=np.int32).T.copy()
        columns = [prepared.values(name).tolist() for name in self.texts]
        return [
            _PACK(
                (
                    [column[row] for column in columns],
                    table[row].tobytes(),
                    sizes[row].tobytes(),
                    b"".join([one.keys[one.starts[row] : one.starts[row + 1]].tobytes() for one in sets]),
                )
            )
            for row in range(count)
        ]

    def unpack(self, packed: Sequence[bytes]) -> Prepared:
        """The records as they were prepared, of the compared columns."""
        rows = [_UNPACK(one) for one in packed]
        count = len(rows)
        columns: dict[str, Column] = {}
        turned = zip(*[row[0] for row in rows], strict=True) if count else repeat(())
        for name, values in zip(self.texts, turned, strict=False):  # without rows there is no end of them
            columns[name] = texts(list(values))
        table = np.frombuffer(b"".join([row[1] for row in rows])).reshape(count, len(self.numbers))
        for place, name in enumerate(self.numbers):
            columns[name] = table[:, place].copy()
        sizes = np.frombuffer(b"".join([row[2] for row in rows]), dtype=np.int32).reshape(count, len(self.sets))
        keys = np.frombuffer(b"".join([row[3] for row in rows]), dtype=np.uint64)
        lengths = np.maximum(sizes, 0).astype(np.int64)
        starts = np.concatenate(([0], np.cumsum(lengths.ravel())[:-1])).reshape(count, -1) if count else lengths
        for place, name in enumerate(self.sets):
            size = lengths[:, place]
            own = np.concatenate(([0], np.cumsum(size)))
            places = np.arange(own[-1]) + np.repeat(starts[:, place] - own[:-1], size)
            columns[name] = TokenSets(keys[places], own, sizes[:, place] == _MISSING)
        return Prepared(columns)


def _is_text(column: Column) -> bool:
    return isinstance(column, np.ndarray) and column.dtype == object


class Runs:
    """Runs of bytes in a file, by number from 0; picklable, the file is mapped when it is first read."""

    def __init__(self, data: Path, ends: Path) -> None:
        self._paths = data, ends
        self._open: tuple[mmap.mmap, Rows] | None = None

    def __getstate__(self) -> tuple[Path, Path]:
        return self._paths

    def __setstate__(self, paths: tuple[Path, Path]) -> None:
        self.__init__(*paths)  # type: ignore[misc]  # a map cannot travel

    def take(self, rows: Rows) -> list[bytes]:
        """The runs of these numbers, in their order."""
        if self._open is None:
            data, ends = self._paths
            with data.open("rb") as file:
                mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._open = mapped, np.asarray(np.memmap(ends, dtype=np.int64, mode="r"))  # a plain view is read faster
        mapped, ends_at = self._open
        begins = np.where(rows > 0, ends_at[rows - 1], 0).tolist()
        return [mapped[begin:end] for begin, end in zip(begins, ends_at[rows].tolist(), strict=True)]


class Library:
    """Packed records in a file, by row."""

    def __init__(self, data: Path, ends: Path) -> None:
        self._runs, self._layout = Runs(data, ends), Layout()

    def take(self, rows: Rows) -> Prepared:
        """The records of these rows, in their order."""
        return self._layout.unpack(self._runs.take(rows))
