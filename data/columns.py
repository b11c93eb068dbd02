"""Columns of prepared records: text, numbers and sets of tokens, each with its missing values marked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papertwin.data.text import TOKEN_MASK, token_keys

Texts = NDArray[Any]  # str, or None where missing
Numbers = NDArray[np.float64]  # NaN where missing
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TokenSets:
    """A set of tokens a row: the keys of row i are keys[starts[i]:starts[i + 1]], sorted, each once."""

    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    missing: Mask

    def __len__(self) -> int:
        return len(self.missing)

    def sizes(self) -> NDArray[np.int64]:
        """How many tokens each row has."""
        return np.diff(self.starts)

    def rows(self) -> NDArray[np.int64]:
        """The row of each key."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.sizes())


Column = Texts | Numbers | TokenSets
Records = Sequence[Mapping[str, object]]


@dataclass(slots=True)
class Prepared:
    """Records as columns: `columns[field]` has a row a record; `unreadable` counts values that could not be read."""

    columns: dict[str, Column]
    unreadable: Counter[str] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def values(self, name: str) -> Texts:
        """A column of text, or of other values of Python's; None where missing."""
        column = self.columns[name]
        assert isinstance(column, np.ndarray), name
        return column

    def sets(self, name: str) -> TokenSets:
        """A column of token sets."""
        column = self.columns[name]
        assert isinstance(column, TokenSets), name
        return column


def texts(values: list[str | None]) -> Texts:
    """A column of text from a list (numpy would make a two-dimensional array of some lists)."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def token_sets(values: list[bytes | None]) -> TokenSets:
    """The set of words of each folded text; a missing text has a missing set, an empty text an empty set."""
    missing = np.fromiter((value is None for value in values), dtype=bool, count=len(values))
    # token_keys parts its texts at line ends, so none may hold one
    keys, rows = token_keys([value.replace(b"\n", b" ") if value else b"" for value in values])
    combined = np.sort((rows.astype(np.uint64) << np.uint64(40)) | keys)
    if len(combined):
        combined = combined[np.concatenate(([True], combined[1:] != combined[:-1]))]
    counts = np.bincount((combined >> np.uint64(40)).astype(np.int64), minlength=len(values))
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return TokenSets(combined & TOKEN_MASK, starts, missing)


def stacked(parts: Sequence[Column]) -> Column:
    """Columns of the same field, one under the other."""
    first = parts[0]
    if not isinstance(first, TokenSets):
        return np.concatenate([part for part in parts if isinstance(part, np.ndarray)])
    sets = [part for part in parts if isinstance(part, TokenSets)]
    offsets = np.cumsum([0, *(part.starts[-1] for part in sets)])
    starts = [part.starts[:-1] + offset for part, offset in zip(sets, offsets, strict=False)]
    return TokenSets(
        np.concatenate([part.keys for part in sets]),
        np.concatenate([*starts, offsets[-1:]]).astype(np.int64),
        np.concatenate([part.missing for part in sets]),
    )


def missing(column: Column) -> Mask:
    """True where the column has no value."""
    if isinstance(column, TokenSets):
        return column.missing
    if column.dtype == object:
        return np.fromiter((value is None for value in column), dtype=bool, count=len(column))
    return np.isnan(column.astype(np.float64, copy=False))


def take(column: Column, rows: Rows) -> Column:
    """The column at the given rows, in their order."""
    if not isinstance(column, TokenSets):
        return column[rows]
    sizes = column.sizes()[rows]
    starts = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    places = np.arange(starts[-1], dtype=np.int64) + np.repeat(column.starts[:-1][rows] - starts[:-1], sizes)
    return TokenSets(column.keys[places], starts, column.missing[rows])
