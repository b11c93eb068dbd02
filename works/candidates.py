"""Candidates: pairs of records that are worth comparing, found by what they share, at a cost linear in the records.

Each record asks its rarest keys who else has them, until it has been told of `ASKED` records; what is shared counts by
its information, log(records / records that have the key), and the few that share most are its candidates. A key that
more than `CROWD` records have asks nobody: ten thousand editorials meet by the keys that part them (title and year,
title and author ...), and what even these do not part is sorted, each record beside its next neighbours.

Rows are numbers of records; ties go to the smaller number, so that the pairs depend on the numbering and nothing else.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from papertwin.works.keys import KEYS

Rows = NDArray[np.int64]

CROWD = 200  # records that share a key: more of them make no candidates
ASKED = 500  # records that a record is told of by its keys
CANDIDATES = 8  # for each record
ENOUGH = 1.0  # of the information of a key that two records alone share: less makes no candidates
BESIDE = 3  # neighbours in a sorted crowd
FEWEST = 1000  # records that a file is taken to have: in one of three records two are not rare
_MOST_BUCKETS = 26  # bits of a first, rough count of the keys
_BLOCK = 4000  # records that are multiplied at a time


def candidate_pairs(count: int, rows: Rows, keys: NDArray[np.uint64], kinds: NDArray[np.uint8]) -> tuple[Rows, Rows]:
    """The pairs (left, right) with left < right, each once and in order; `count` is how many records there are.

    There are at most CANDIDATES for each record, and BESIDE for each of its keys that crowd. `rows`, `keys` and `kinds`
    are those of keys_of; rows need not be in order.
    """
    table = _Table(count, rows, keys, kinds)
    found = [*table.nearest(), table.sorted_crowds()]
    codes = np.unique(np.concatenate([np.minimum(a, b) * count + np.maximum(a, b) for a, b in found]))
    return codes // max(count, 1), codes % max(count, 1)


class _Table:
    """The keys that two records or more share, as sparse matrices: records x keys."""

    def __init__(self, count: int, rows: Rows, keys: NDArray[np.uint64], kinds: NDArray[np.uint8]) -> None:
        self.count = count
        shared = _perhaps_shared(keys)
        rows, kinds = rows[shared], kinds[shared]
        columns, sizes = np.unique_inverse(keys[shared])[1], None
        sizes = np.bincount(columns)[columns]
        self._crowds = rows[sizes > CROWD], columns[sizes > CROWD], kinds[sizes > CROWD]
        kept = (sizes > 1) & (sizes <= CROWD)
        rows, columns, sizes, kinds = rows[kept], columns[kept], sizes[kept], kinds[kept]
        weights = np.array([key.weight for key in KEYS])[kinds] * np.log(max(count, FEWEST) / sizes)
        shape = count, int(columns.max(initial=-1)) + 1
        asked = self._asked(rows, columns, sizes, weights)
        self._asking = sparse.csr_array((weights[asked].astype(np.float32), (rows[asked], columns[asked])), shape=shape)
        self._having = sparse.csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape).T.tocsr()

    def _asked(self, rows: Rows, columns: Rows, sizes: Rows, weights: NDArray[np.float64]) -> Rows:
        """The places of the keys that a record asks: the most telling, until it is told of enough records."""
        order = np.lexsort((columns, -weights, rows))
        told = np.cumsum(sizes[order])
        starts = np.searchsorted(rows[order], np.arange(self.count))
        before = np.concatenate(([0], told))[starts]
        return order[told - sizes[order] - before[rows[order]] < ASKED]

    def nearest(self) -> Iterator[tuple[Rows, Rows]]:
        """The candidates of each record."""
        least = ENOUGH * np.log(max(self.count, FEWEST) / 2)
        for start in range(0, self.count, _BLOCK):
            told = (self._asking[start : start + _BLOCK] @ self._having).tocoo()
            row, other, shared = told.row.astype(np.int64) + start, told.col.astype(np.int64), told.data
            kept = (shared >= least) & (row != other)
            row, other, shared = row[kept], other[kept], shared[kept]
            order = np.lexsort((other, -shared, row))
            row, other = row[order], other[order]
            rank = np.arange(len(row)) - np.searchsorted(row, row)
            yield row[rank < CANDIDATES], other[rank < CANDIDATES]

    def sorted_crowds(self) -> tuple[Rows, Rows]:
        """Of each crowd that shares a whole title or an identifier, each record beside its next neighbours."""
        rows, columns, kinds = self._crowds
        whole = np.array([key.name in CROWDED for key in KEYS])[kinds]
        rows, columns = rows[whole], columns[whole]
        order = np.lexsort((rows, columns))
        rows, columns = rows[order], columns[order]
        sides = []
        for step in range(1, BESIDE + 1):
            same = columns[step:] == columns[:-step]
            sides.append((rows[:-step][same], rows[step:][same]))
        return np.concatenate([a for a, _ in sides]), np.concatenate([b for _, b in sides])


CROWDED = ("doi", "preprint", "pubmed", "pmc", "title and first_author")  # kinds whose crowds are sorted


def _perhaps_shared(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """False for keys that one record alone has; most are, and need not be sorted."""
    bits = min(len(keys).bit_length() + 1, _MOST_BUCKETS)
    buckets = (keys >> np.uint64(64 - bits)).astype(np.int64)
    counts = np.bincount(buckets, minlength=1 << bits)
    shared: NDArray[np.bool_] = counts[buckets] > 1
    return shared
