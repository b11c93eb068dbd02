"""Prepared records in little memory: a million of them, of which some thousands are compared at a time."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import accumulate, repeat

import msgspec
import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns import Column, Prepared, Rows, TokenSets, places_of, texts

_PACK = msgspec.msgpack.Encoder().encode
_UNPACK = msgspec.msgpack.Decoder(list[str | None]).decode


class Compact:
    """Some columns of prepared records: all texts of a record in one run of bytes, tokens in 5 bytes instead of 8.

    `unreadable` counts values that could not be read. Processes made by fork share it.
    """

    def __init__(self, names: Collection[str], parts: Iterable[Prepared]) -> None:
        self.unreadable: Counter[str] = Counter()
        self._names = sorted(names)
        self._texts: list[str] = []
        self._packed, self._ends = bytearray(), np.zeros(1, dtype=np.int64)
        self._numbers: dict[str, NDArray[np.float64]] = {}
        self._sets: dict[str, _Sets] = {}
        for part in parts:
            self._append(part)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def take(self, rows: Rows) -> Prepared:
        """The records of these rows, in their order, as they were prepared."""
        begins, ends = self._ends[rows].tolist(), self._ends[rows + 1].tolist()
        packed = memoryview(self._packed)
        given = [_UNPACK(packed[begin:end]) for begin, end in zip(begins, ends, strict=True)]
        lists = zip(*given, strict=True) if given else repeat(())
        columns: dict[str, Column] = {name: texts(list(values)) for name, values in zip(self._texts, lists)}  # noqa: B905
        columns |= {name: column[rows] for name, column in self._numbers.items()}
        columns |= {name: column.take(rows) for name, column in self._sets.items()}
        return Prepared(columns)

    def _append(self, part: Prepared) -> None:
        lists = []
        for name in self._names:
            column = part.columns[name]
            if isinstance(column, TokenSets):
                self._sets.setdefault(name, _Sets()).append(column)
            elif column.dtype == object:
                lists.append(column.tolist())
                self._texts += [name] if name not in self._texts else []
            else:
                grow(self._numbers.setdefault(name, np.empty(0)), column)
        packed = list(map(_PACK, zip(*lists, strict=True))) if lists else [_PACK([])] * len(part)
        grow(self._ends, np.fromiter(accumulate(map(len, packed)), dtype=np.int64) + self._ends[-1])
        self._packed += b"".join(packed)
        self.unreadable += part.unreadable


class _Sets:
    """A column of token sets that grows; a token has 40 bits."""

    def __init__(self) -> None:
        self._low, self._high = np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.uint8)
        self._starts, self._missing = np.zeros(1, dtype=np.int64), np.empty(0, dtype=bool)

    def append(self, column: TokenSets) -> None:
        grow(self._low, column.keys.astype(np.uint32))  # the lower bits
        grow(self._high, (column.keys >> np.uint64(32)).astype(np.uint8))
        grow(self._starts, column.starts[1:] + self._starts[-1])
        grow(self._missing, column.missing)

    def take(self, rows: Rows) -> TokenSets:
        places, starts, rows_of = places_of(self._starts, rows)
        keys = (self._high[places].astype(np.uint64) << np.uint64(32)) | self._low[places]
        return TokenSets(keys, starts, self._missing[rows], {"rows": rows_of})


def grow(whole: NDArray[np.generic], part: NDArray[np.generic]) -> None:
    """Put an array's next rows under it, in place: copying all columns at once would take twice their memory."""
    size = len(whole)
    whole.resize(size + len(part), refcheck=False)  # nothing else looks into an array that grows
    whole[size:] = part
