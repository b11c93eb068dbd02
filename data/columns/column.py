"""Columns of prepared records: text, numbers and sets of tokens, each with its missing values marked."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Keys, Mask, Rows
from papertwin.data.columns.tokens import TOKEN_MASK, token_chunks

Texts = NDArray[Any]  # str, or None where missing
Lines = Sequence[str | None]  # the same as a list
Numbers = NDArray[np.float64]  # NaN where missing
Made = TypeVar("Made")

SORTED = 192  # keys that are sorted at a time: of so few numpy sorts each in a third of the time


@dataclass(frozen=True, slots=True)
class TokenSets:
    """A set of tokens a row: the keys of row i are keys[starts[i]:starts[i + 1]], sorted, each once."""

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    missing: Mask
    # What measures found out about it, and of which column these are some rows.
    memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.missing)

    def sizes(self) -> NDArray[np.int64]:
        """How many tokens each row has."""
        return self.starts[1:] - self.starts[:-1]

    def rows(self) -> NDArray[np.int64]:
        """The row of each key."""
        if "rows" not in self.memo:
            self.memo["rows"] = np.arange(len(self), dtype=np.int64).repeat(self.sizes())
        rows: NDArray[np.int64] = self.memo["rows"]
        return rows


Column = Texts | Numbers | TokenSets
Records = Sequence[Mapping[str, object]]


class Given:
    """Records as they are given, by field: `columns[field]` has a value a record, None where it lacks the field."""

    def __init__(self, records: Records, fields: Sequence[str]) -> None:
        self.records = records
        rows: list[tuple[object, ...]]
        try:
            rows = list(map(itemgetter(*fields), records))
        except KeyError:  # of a record that lacks a field
            rows = [tuple([record.get(field) for field in fields]) for record in records]
        self.columns = dict(zip(fields, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, field: str) -> list[object]:
        return self.columns.get(field, [])

    def names(self, says: Callable[[str], bool]) -> list[str]:
        """Those names in any of the records that say what is asked for, in the order of the alphabet."""
        return sorted(filter(says, self._names))

    @cached_property
    def _names(self) -> set[str]:
        return {name for name in set().union(*self.records) if isinstance(name, str)}


@dataclass(slots=True)
class Prepared:
    """Records as columns: `columns[field]` has a row a record; `unreadable` counts values that could not be read."""

    columns: dict[str, Column]
    unreadable: Counter[str] = field(default_factory=Counter)
    _shared: dict[Callable[["Prepared"], Any], Any] = field(default_factory=dict, repr=False)
    _absent: dict[str, Mask] = field(default_factory=dict, repr=False)
    _lists: dict[str, list[Any]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def values(self, name: str) -> Texts:
        """A column of text, or of other values of Python's; None where missing."""
        column = self.columns[name]
        assert isinstance(column, np.ndarray), name
        return column

    def listed(self, name: str) -> list[Any]:
        """The same as a list, which Python runs through in a third of the time."""
        if name not in self._lists:
            self._lists[name] = self.values(name).tolist()
        return self._lists[name]

    def absent(self, name: str) -> Mask:
        """True where a column has no value."""
        if name not in self._absent:
            self._absent[name] = missing(self.columns[name])
        return self._absent[name]

    def once(self, make: Callable[["Prepared"], Made]) -> Made:
        """What `make` makes of these columns, made once however many fields use it."""
        if make not in self._shared:
            self._shared[make] = make(self)
        made: Made = self._shared[make]
        return made

    def forget(self) -> None:
        """Give up what was made to make the columns, which takes almost half as much memory as they do."""
        self._shared.clear()
        self._lists.clear()

    def sets(self, name: str) -> TokenSets:
        """A column of token sets."""
        column = self.columns[name]
        assert isinstance(column, TokenSets), name
        return column


def is_none(values: Texts) -> Mask:
    """True where a value is None."""
    absent: Mask = np.equal(values, None)  # type: ignore[call-overload]  # compares whatever objects there are
    return absent


def texts(values: Sequence[object]) -> Texts:
    """A column of text, or of other values of Python's, from a list (of lists numpy would make two dimensions)."""
    return np.fromiter(values, dtype=object, count=len(values))


def token_sets(values: Sequence[bytes | None]) -> TokenSets:
    """The set of words of each folded text; a missing text has a missing set, an empty text an empty set."""
    rows = np.array([row for row, value in enumerate(values) if value], dtype=np.int64)
    chunks = token_chunks(list(filter(None, values)))
    return joined_sets([distinct(words.keys, rows[words.rows]) for words in chunks], is_none(texts(values)))


def as_sets(keys: Keys, rows: Rows, missing: Mask) -> TokenSets:
    """Words, given by key and row, as a set for each row; `missing` marks the rows that have none. Rows ascend."""
    return joined_sets([distinct(keys, rows)], missing)


def distinct(keys: Keys, rows: Rows) -> Keys:
    """Each word of each row once, in order: the row's number in the upper 24 bits, the key in the lower 40.

    Rows ascend.
    """
    combined = rows.astype(np.uint64)
    combined <<= np.uint64(40)
    combined |= keys
    cuts = np.searchsorted(rows, rows[SORTED::SORTED]).tolist()  # where rows begin
    for start, end in pairwise([0, *cuts, len(rows)]):
        combined[start:end].sort()
    first = np.empty(len(combined), dtype=bool)
    first[:1] = True
    np.not_equal(combined[1:], combined[:-1], out=first[1:])
    return combined.compress(first)


def joined_sets(parts: Sequence[Keys], missing: Mask) -> TokenSets:
    """The parts that `distinct` made of one group of rows after the other, as a column."""
    combined = np.concatenate(parts) if len(parts) != 1 else parts[0]
    starts = np.searchsorted(combined, np.arange(len(missing) + 1, dtype=np.uint64) << np.uint64(40))
    combined &= TOKEN_MASK
    return TokenSets(combined, starts, missing)


def joined(parts: Sequence[Column]) -> Column:
    """Parts of one column, a part at least, below each other."""
    if len(parts) == 1:
        return parts[0]
    sets = [part for part in parts if isinstance(part, TokenSets)]
    if not sets:
        return np.concatenate(parts)  # type: ignore[arg-type]  # arrays, all of them
    starts = np.concatenate([[0], *(part.sizes() for part in sets)]).cumsum()
    keys = np.concatenate([part.keys for part in sets])
    return TokenSets(keys, starts, np.concatenate([part.missing for part in sets]))


def missing(column: Column) -> Mask:
    """True where the column has no value."""
    if isinstance(column, TokenSets):
        return column.missing
    if column.dtype == object:
        return is_none(column)
    return np.isnan(column.astype(np.float64, copy=False))


def take(column: Column, rows: Rows) -> Column:
    """The column at the given rows, in their order."""
    if not isinstance(column, TokenSets):
        return column[rows]
    places, starts, rows_of = places_of(column.starts, rows)
    return TokenSets(column.keys[places], starts, column.missing[rows], {"rows": rows_of, "taken": (column, rows)})


def places_of(starts: NDArray[np.int64], rows: Rows) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Of the keys of these rows, row after row: where they are, where each row's begin, and in which row each is."""
    begins = starts[rows]
    sizes = starts[rows + 1] - begins
    taken = np.zeros(len(rows) + 1, dtype=np.int64)
    sizes.cumsum(out=taken[1:])
    rows_of = np.arange(len(rows), dtype=np.int64).repeat(sizes)
    places = (begins - taken[:-1])[rows_of]
    places += np.arange(taken[-1], dtype=np.int64)
    return places, taken, rows_of
