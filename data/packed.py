"""Packed records: prepared columns as a run of bytes a record, so that many wait in a file and travel light."""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Rows
from papertwin.data.columns.column import Column, Prepared, TokenSets, joined, texts
from papertwin.data.fields import prepare

_MISSING = -1  # the size of a set that is missing
_TOKEN = np.dtype([("low", "<u4"), ("high", "u1")])  # the 40 bits of a key
_HIGH = np.uint64(32)
_PIECE = 500  # records that are unpacked at a time: they stay in the processor's cache
_PACK = msgspec.msgpack.Encoder().encode
_UNPACK = msgspec.msgpack.Decoder().decode


class Packing:
    """How the columns of these names are packed, each of them text, numbers or token sets; picklable.

    A run is a list in MessagePack: the texts, then as bytes the numbers, the sizes of the sets, and their tokens.
    """

    def __init__(self, names: Collection[str]) -> None:
        empty = prepare([]).columns
        self._sets = sorted(name for name in names if isinstance(empty[name], TokenSets))
        self._texts = sorted(name for name in names if _is_text(empty[name]))
        self._numbers = sorted({*names} - {*self._sets} - {*self._texts})

    def pack(self, prepared: Prepared) -> list[bytes]:
        """Each record of a batch as a run of bytes."""
        count = len(prepared)
        numbers = np.empty((count, len(self._numbers)), dtype="<f8")
        for place, name in enumerate(self._numbers):
            numbers[:, place] = prepared.values(name)
        sets = [prepared.sets(name) for name in self._sets]
        lengths = np.empty((len(sets), count), dtype=np.int64)
        sizes = np.empty((count, len(sets)), dtype="<i4")
        for place, one in enumerate(sets):
            lengths[place] = one.sizes()
            sizes[:, place] = np.where(one.missing, _MISSING, lengths[place])
        keys = np.concatenate([np.empty(0, dtype=np.uint64), *(one.keys for one in sets)])[_turned(lengths)]
        tokens = np.empty(len(keys), dtype=_TOKEN)
        tokens["low"], tokens["high"] = keys, keys >> _HIGH
        run, ends = tokens.tobytes(), (_TOKEN.itemsize * lengths.sum(axis=0).cumsum()).tolist()
        columns = (
            *map(prepared.listed, self._texts),
            _rows(numbers),
            _rows(sizes),
            [run[begin:end] for begin, end in zip([0, *ends], ends, strict=False)],
        )
        return list(map(_PACK, zip(*columns, strict=True)))

    def unpack(self, runs: Sequence[bytes]) -> Prepared:
        """The records as they were prepared, of the columns that are packed."""
        pieces = [self._columns(runs[start : start + _PIECE]) for start in range(0, max(len(runs), 1), _PIECE)]
        return Prepared({name: joined([piece[name] for piece in pieces]) for name in pieces[0]})

    def _columns(self, runs: Sequence[bytes]) -> dict[str, Column]:
        *lists, numbers, sizes, packed = list(zip(*map(_UNPACK, runs), strict=True)) or [()] * (len(self._texts) + 3)
        columns: dict[str, Column] = {name: texts(values) for name, values in zip(self._texts, lists, strict=True)}
        columns |= zip(self._numbers, _by_column(numbers, "<f8", (len(runs), len(self._numbers))), strict=True)
        tokens = np.frombuffer(b"".join(packed), dtype=_TOKEN)
        keys = (tokens["high"].astype(np.uint64) << _HIGH) | tokens["low"]
        said = _by_column(sizes, "<i4", (len(runs), len(self._sets)))
        lengths = np.maximum(said, 0).astype(np.int64)
        keys = keys[_turned(lengths.T)]
        begin = 0
        for name, size, length in zip(self._sets, said, lengths, strict=True):
            starts = np.concatenate(([0], length.cumsum()))
            columns[name] = TokenSets(keys[begin : begin + starts[-1]], starts, size == _MISSING)
            begin += starts[-1]
        return columns


class Packed(Protocol):
    """Packed records, by number from 0."""

    def take(self, numbers: Rows) -> list[bytes]:
        """The runs of these numbers, in their order."""


class PackedRecords:
    """Packed records, of which some are taken at a time; picklable if `packed` is."""

    def __init__(self, packing: Packing, packed: Packed) -> None:
        self._packing, self._packed = packing, packed

    def take(self, rows: Rows) -> Prepared:
        """The records of these rows, in their order, as they were prepared."""
        return self._packing.unpack(self._packed.take(rows))


def _is_text(column: Column) -> bool:
    return isinstance(column, np.ndarray) and column.dtype == object


def _rows(table: NDArray[Any]) -> list[bytes]:
    """The bytes of each row."""
    whole, width = table.tobytes(), table.itemsize * table.shape[1]
    return [whole[place * width : (place + 1) * width] for place in range(len(table))]


def _by_column(rows: Sequence[bytes], kind: str, shape: tuple[int, int]) -> NDArray[Any]:
    """The columns of a table of which the bytes of each row are given."""
    return np.frombuffer(b"".join(rows), dtype=kind).reshape(shape).T.copy()


def _turned(lengths: NDArray[np.int64]) -> Rows:
    """Where the tokens are, line after line of this table of their sets, when they are wanted column after column."""
    starts = (lengths.cumsum() - lengths.ravel()).reshape(lengths.shape).T.ravel()
    wanted = lengths.T.ravel()
    places: Rows = np.repeat(starts - (wanted.cumsum() - wanted), wanted)
    places += np.arange(len(places))
    return places
