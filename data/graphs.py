"""Graphs: what pairs join, all at once in arrays or pair by pair."""

import numpy as np

from papertwin.data.arrays import Rows


def components(count: int, left: Rows, right: Rows) -> Rows:
    """For each of `count` rows the smallest one that pairs of rows left[i], right[i] join it to: (count,)."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    joins = coo_array((np.ones(len(left), dtype=bool), (left, right)), shape=(count, count))
    numbers = connected_components(joins, directed=False)[1]
    smallest = np.unique(numbers, return_index=True)[1]
    parts: Rows = smallest[numbers].astype(np.int64)
    return parts


def pair_codes(count: int, one: Rows, other: Rows) -> Rows:
    """Each pair of `count` rows as one number, either way round; np.divmod gives the smaller row, then the other."""
    return np.minimum(one, other) * count + np.maximum(one, other)


class UnionFind:
    """Numbers joined two at a time; each begins as a group of its own (Galler and Fischer 1964)."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}  # of what is not the smallest of its group: another of it that is smaller

    def first(self, number: int) -> int:
        """The smallest number of its group, which names it."""
        while number in self._above:
            number = self._above[number]
        return number

    def join(self, one: int, other: int) -> bool:
        """Make one group of two; False where they were one already."""
        one, other = self.first(one), self.first(other)
        if one == other:
            return False
        self._above[max(one, other)] = min(one, other)
        return True
