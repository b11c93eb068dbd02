"""Packed records: prepared columns as arrays in files and a run of text a record, so that a million wait on disk.

Processes read them through maps of the files, which they share; the system keeps in memory what is used.
"""

import mmap
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import DTypeLike, NDArray

from papertwin.data.columns import Column, Prepared, TokenSets, texts
from papertwin.data.fields import prepare
from papertwin.features import COMPARED

Rows = NDArray[np.int64]

PACKED = {  # a row a record, but for the tokens
    "numbers": "float64",  # as many a record as there are columns of numbers
    "set_sizes": "int32",  # as many a record as there are columns of sets
    "tokens": "uint64",  # record by record, set by set
    "token_ends": "int64",
    "text_ends": "int64",  # of the texts in texts.bin
}
_MISSING = -1  # the size of a set that is missing
_PACK = msgspec.msgpack.Encoder().encode
_UNPACK = msgspec.msgpack.Decoder(list[str | None]).decode


def mapped(path: Path, kind: DTypeLike) -> NDArray[Any]:
    """The array in a file, empty where nothing was written."""
    if not path.is_file() or not path.stat().st_size:
        return np.empty(0, dtype=kind)
    return np.asarray(np.memmap(path, dtype=kind, mode="r"))  # a plain view of it is read faster


class Layout:
    """Which of the compared columns are text, numbers, sets of tokens; the same for all records."""

    def __init__(self) -> None:
        empty = prepare([]).columns
        self.sets = sorted(name for name in COMPARED if isinstance(empty[name], TokenSets))
        self.texts = sorted(name for name in COMPARED if _is_text(empty[name]))
        self.numbers = sorted(COMPARED - set(self.sets) - set(self.texts))

    def pack(self, prepared: Prepared) -> tuple[list[bytes], dict[str, NDArray[Any]]]:
        """The texts of each record of a batch, and the PACKED arrays but for the ends."""
        columns = [prepared.values(name).tolist() for name in self.texts]
        numbers = np.stack([prepared.values(name) for name in self.numbers], axis=1)
        sets = [prepared.sets(name) for name in self.sets]
        lengths = np.stack([one.sizes() for one in sets], axis=1)
        sizes = np.where(np.stack([one.missing for one in sets], axis=1), _MISSING, lengths).astype(np.int32)
        starts = (np.cumsum(lengths) - lengths.ravel()).reshape(lengths.shape)
        tokens = np.empty(lengths.sum(), dtype=np.uint64)
        for place, one in enumerate(sets):
            tokens[_places(starts[:, place], one.starts)] = one.keys
        return list(map(_PACK, zip(*columns, strict=True))), {"numbers": numbers, "set_sizes": sizes, "tokens": tokens}


def _is_text(column: Column) -> bool:
    return isinstance(column, np.ndarray) and column.dtype == object


def _places(starts: Rows, own: Rows) -> Rows:
    """Where the tokens of sets are that begin at `starts`; in a column of their own they begin at `own`, which ends."""
    places: Rows = np.arange(own[-1]) + np.repeat(starts - own[:-1], np.diff(own))
    return places


class Runs:
    """Runs of bytes in a file, by number from 0; picklable, the file is mapped when it is first read."""

    def __init__(self, data: Path, ends: Path) -> None:
        self._paths = data, ends

    def __getstate__(self) -> dict[str, Any]:
        return {"_paths": self._paths}  # a map cannot travel

    @cached_property
    def _open(self) -> tuple[mmap.mmap, Rows]:
        data, ends = self._paths
        with data.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), mapped(ends, np.int64)

    def take(self, rows: Rows) -> list[bytes]:
        """The runs of these numbers, in their order."""
        data, ends = self._open
        begins = np.where(rows > 0, ends[rows - 1], 0).tolist()
        return [data[begin:end] for begin, end in zip(begins, ends[rows].tolist(), strict=True)]


class Library:
    """The packed records in a folder, by row; picklable, files are mapped when they are first read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getstate__(self) -> dict[str, Any]:
        return {"_folder": self._folder}

    @cached_property
    def _layout(self) -> Layout:
        return Layout()

    @cached_property
    def _texts(self) -> Runs:
        return Runs(self._folder / "texts.bin", self._folder / "text_ends.bin")

    @cached_property
    def _arrays(self) -> dict[str, NDArray[Any]]:
        return {name: mapped(self._folder / f"{name}.bin", kind) for name, kind in PACKED.items()}

    def take(self, rows: Rows) -> Prepared:
        """The records of these rows, in their order, as they were prepared, of the compared columns."""
        layout, arrays = self._layout, self._arrays
        unpacked = map(_UNPACK, self._texts.take(rows))
        turned = zip(*unpacked, strict=True) if len(rows) else repeat(())
        columns: dict[str, Column] = {}
        for name, values in zip(layout.texts, turned, strict=False):  # without rows there is no end of them
            columns[name] = texts(list(values))
        table = arrays["numbers"].reshape(-1, len(layout.numbers))[rows]
        for place, name in enumerate(layout.numbers):
            columns[name] = table[:, place].copy()
        sizes = arrays["set_sizes"].reshape(-1, len(layout.sets))[rows]
        lengths = np.maximum(sizes, 0).astype(np.int64)
        starts = (arrays["token_ends"][rows] - lengths.sum(axis=1))[:, None] + np.cumsum(lengths, axis=1) - lengths
        for place, name in enumerate(layout.sets):
            own = np.concatenate(([0], np.cumsum(lengths[:, place])))
            keys = arrays["tokens"][_places(starts[:, place], own)]
            columns[name] = TokenSets(keys, own, sizes[:, place] == _MISSING)
        return Prepared(columns)
