"""Constraints: what labels say of pairs of records, and the works of earlier runs, brought into agreement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from papertwin.data.arrays import Rows
from papertwin.data.graphs import components

Pair = tuple[int, int]


def pairs_of_groups(groups: Rows) -> tuple[Rows, Rows]:
    """Pairs that join each group: its first row, and each of its rows. `groups` numbers the rows, -1 for no group."""
    grouped = np.flatnonzero(groups >= 0)
    _, first, inverse = np.unique(groups[grouped], return_index=True, return_inverse=True)
    return grouped[first][inverse], grouped


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a person has said: pairs that are one work, and pairs that are not.

    `groups` numbers works that are known already, -1 for a record of none: one group is one work, and two are two,
    unless `must` says otherwise. `removed` are records that `cannot` takes out of the work of a kept one.
    """

    must: list[Pair] = field(default_factory=list)
    cannot: list[Pair] = field(default_factory=list)
    groups: Rows | None = None
    removed: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """The constraints without contradictions, as clustering begins with them.

    `seeds` gives for each record the work that it begins in, by the smallest record of it; `left` and `right` are the
    pairs that make the seeds. `groups` is the group of each seed or -1, `apart` the seeds that a seed must not be
    joined with, `removed` the records that were taken out of a work, `said` those that labels or groups name.
    """

    left: Rows
    right: Rows
    seeds: Rows
    groups: Rows
    apart: dict[int, set[int]]
    removed: set[int]
    said: Rows

    @classmethod
    def of(cls, count: int, constraints: Constraints) -> tuple["Given", list[Pair]]:
        """What constraints say of `count` records, and the labels that contradict others, which are not followed."""
        groups = np.full(count, -1, dtype=np.int64) if constraints.groups is None else constraints.groups
        first, grouped = pairs_of_groups(groups)
        node = np.arange(count, dtype=np.int64)
        node[grouped] = first  # which stands for all of its group
        labelled = node[np.array([*constraints.must, *constraints.cannot], dtype=np.int64).ravel()].tolist()
        joined = _Joined(labelled)
        cannot, must = _each_once(constraints.cannot), _each_once(constraints.must)
        contradictions = [(a, b) for a, b in cannot if not joined.keep_apart(int(node[a]), int(node[b]))]
        followed = [(a, b) for a, b in must if joined.join(int(node[a]), int(node[b]))]
        contradictions += sorted({*must}.difference(followed))
        left = np.array([a for a, _ in followed] + first.tolist(), dtype=np.int64)
        right = np.array([b for _, b in followed] + grouped.tolist(), dtype=np.int64)
        seeds = components(count, left, right)
        of_seed = np.full(count, -1, dtype=np.int64)
        np.maximum.at(of_seed, seeds, groups)
        apart = {
            int(seeds[root]): {int(seeds[other]) for other in others} for root, others in joined.apart.items() if others
        }
        said = np.concatenate([grouped, np.array(list(dict.fromkeys(labelled)), dtype=np.int64)])
        return cls(left, right, seeds, of_seed, apart, set(constraints.removed), said), contradictions


def _each_once(pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs in order, either way round the same."""
    return sorted({(min(pair), max(pair)) for pair in pairs})


class _Joined:
    """Records that are joined one pair after the other; `apart` has for each group the groups that it must not join.

    A group goes by one of its records, its root.
    """

    def __init__(self, records: Iterable[int]) -> None:
        self._root = {record: record for record in records}
        self._members = {record: [record] for record in self._root}
        self.apart: dict[int, set[int]] = {record: set() for record in self._root}

    def keep_apart(self, one: int, other: int) -> bool:
        """Keep the groups of two records apart; False where they are one group."""
        x, y = self._root[one], self._root[other]
        if x == y:
            return False
        self.apart[x].add(y)
        self.apart[y].add(x)
        return True

    def join(self, one: int, other: int) -> bool:
        """Make one group of those of two records, if they are not one already; False where they must stay apart."""
        x, y = self._root[one], self._root[other]
        if y in self.apart[x]:
            return False
        if x == y:
            return True
        if len(self._members[x]) < len(self._members[y]):
            x, y = y, x  # the one with fewer members goes into the other, so that many labels stay cheap
        self._root.update(dict.fromkeys(self._members[y], x))
        self._members[x] += self._members.pop(y)
        for third in self.apart.pop(y):
            self.apart[third].discard(y)
            self.apart[third].add(x)
            self.apart[x].add(third)
        return True
