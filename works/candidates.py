"""Candidates: pairs of records that are worth comparing, found by what they share, at a cost linear in the records.

The keys of a record are looked up, the rarest first, until they have led to `ASKED` other records. Each key that two
records share counts by its information, log(all records / records that have the key), and the records that share most
with a record are its candidates. They must share at least as much as one key that only these two have, and at least a
`SHARE` of all keys of the one that has less. A key that more than `CROWD` records have is not looked up: ten thousand
editorials meet by keys that tell them apart (title and year, title and author ...), and those that even these do not
tell apart are sorted, and each is compared with its next neighbours.

Rows are numbers of records; ties go to the smaller number, so that the pairs depend on the numbering and nothing else.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from papertwin.data.arrays import Floats, Rows
from papertwin.data.graphs import pair_codes
from papertwin.data.processes import in_processes
from papertwin.works.keys import KEYS, in_order

CROWD = 200  # a key that more records than these share makes no candidates
ASKED = 500  # so many other records the keys of a record are looked up for
CANDIDATES = 16  # for each record at most
ENOUGH = 1.0  # candidates share so many times the information of a key that only two records have
SHARE = 0.2  # and this share of all keys of the one that has less; the last candidate twice as much
BESIDE = 3  # neighbours in a sorted crowd
FEWEST = 1000  # a smaller file counts as one of so many records: in one of three, two records are not rare
_BLOCK = 4000  # records that are multiplied at a time


def candidate_pairs(
    count: int, rows: Rows, keys: NDArray[np.uint64], kinds: NDArray[np.uint8], jobs: int = 1
) -> tuple[Rows, Rows]:
    """The pairs (left, right) with left < right, each once and in order; `count` is how many records there are.

    There are at most CANDIDATES for each record, and BESIDE for each of its keys that crowd. `rows`, `keys` and `kinds`
    are those of keys_of; rows need not be in order. On `jobs` processes the pairs are the same.
    """
    table = _Table(count, rows, keys, kinds)
    blocks = in_processes(table.nearest, range(0, count, _BLOCK), jobs)
    pairs = np.sort(np.concatenate([table.crowded(), *(found for _, found in blocks)]))
    return np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], max(count, 1))


class _Table:
    """The keys that two records or more share, as sparse matrices: records x keys."""

    def __init__(self, count: int, rows: Rows, keys: NDArray[np.uint64], kinds: NDArray[np.uint8]) -> None:
        self.count = count
        places, columns, sizes = _shared(keys)
        crowd = sizes > CROWD
        sorts = np.array([key.sorts for key in KEYS])
        crowding = np.flatnonzero(crowd)
        crowding = crowding[sorts[kinds[places[crowding]]]]
        self._crowds = rows[places[crowding]], columns[crowding]
        places, columns, sizes = places[~crowd], columns[~crowd], sizes[~crowd]
        rows, kinds = rows[places], kinds[places]
        weights = np.array([key.weight for key in KEYS])[kinds] * np.log(max(count, FEWEST) / sizes)
        asked = self._asked(rows, sizes, weights)
        numbers = int(columns.max(initial=-1)) + 1
        # both are in order of what they are laid out by, so that nothing is left to be sorted
        asking = weights[asked].astype(np.float32), columns[asked], _starts(rows[asked], count)
        self._asking = sparse.csr_array(asking, shape=(count, numbers))
        having = np.ones(len(rows), dtype=np.float32), rows, _starts(columns, numbers)
        self._having = sparse.csr_array(having, shape=(numbers, count))
        self._own = np.asarray(self._asking.sum(axis=1)).ravel()

    def _asked(self, rows: Rows, sizes: Rows, weights: Floats) -> Rows:
        """The places of the keys that are looked up: of each record the most telling, as far as ASKED goes."""
        order = in_order(rows, weights.max(initial=0) - weights)
        told = np.concatenate(([0], np.cumsum(sizes[order])))
        starts = _starts(rows, self.count)
        told[:-1] -= np.repeat(told[starts[:-1]], np.diff(starts))
        asked: Rows = order[told[:-1] < ASKED]
        return asked

    def nearest(self, start: int) -> Rows:
        """The candidates of a block of records, each pair by its code (graphs.pair_codes)."""
        told = self._asking[start : start + _BLOCK] @ self._having
        enough = np.flatnonzero(told.data >= ENOUGH * np.log(max(self.count, FEWEST) / 2))
        row = np.searchsorted(told.indptr, enough, side="right") - 1 + start
        other, shared = told.indices[enough].astype(np.int64), told.data[enough]
        share = shared / np.minimum(self._own[row], self._own[other])
        kept = (share >= SHARE) & (row != other)
        row, other, shared, share = row[kept], other[kept], shared[kept], share[kept]
        order = np.lexsort((other, -shared, row))
        row, other = row[order], other[order]
        rank = np.arange(len(row)) - np.searchsorted(row, row)
        near = (rank < CANDIDATES) & (share[order] >= SHARE * (1 + rank / CANDIDATES))
        return pair_codes(self.count, row[near], other[near])

    def crowded(self) -> Rows:
        """Of each crowd that shares a whole title or an identifier, each record beside its next neighbours."""
        rows, columns = self._crowds
        order = np.lexsort((rows, columns))
        rows, columns = rows[order], columns[order]
        beside = []
        for step in range(1, BESIDE + 1):
            same = columns[step:] == columns[:-step]
            beside.append(pair_codes(self.count, rows[:-step][same], rows[step:][same]))
        return np.concatenate(beside)


def _shared(keys: NDArray[np.uint64]) -> tuple[Rows, Rows, Rows]:
    """Of the keys that are there more than once, equal ones together: their places, their numbers from 0, how many.

    As in `in_order` key and place are sorted as one number, to which the key's last bits give way: of the forty million
    keys of a million records a few thousand fall together, and make a candidate too many.
    """
    last = np.uint64((1 << len(keys).bit_length()) - 1)
    joint = keys & ~last
    joint |= np.arange(len(keys), dtype=np.uint64)
    joint.sort()
    new = np.ones(len(keys) + 1, dtype=bool)
    np.greater(joint[1:] ^ joint[:-1], last, out=new[1:-1])
    shared = ~(new[:-1] & new[1:])
    columns = np.cumsum(new[:-1][shared]) - 1
    return (joint[shared] & last).astype(np.int64), columns, np.bincount(columns)[columns]


def _starts(numbers: Rows, count: int) -> Rows:
    """Where each number from 0 to `count` begins when they are in order."""
    return np.concatenate(([0], np.cumsum(np.bincount(numbers, minlength=count))))
