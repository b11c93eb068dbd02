"""Constraints: what a person has said of pairs of records, and what earlier runs have found, made consistent."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from papertwin.data.arrays import Rows
from papertwin.data.graphs import components

Pair = tuple[int, int]


def pairs_of_groups(groups: Rows) -> tuple[Rows, Rows]:
    """The pairs that make each group one: its first row beside each of its rows; -1 is no group."""
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
    """What a person has said, made consistent: `seeds` are the works that all begin with, named by their smallest.

    `left` and `right` are the pairs that make the seeds, `groups` the group of each seed or -1, `apart` the seeds that
    a seed must not be joined with, `removed` the records that were taken out of a work, `said` those of which anything
    was said.
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
        """The same of `count` records, and the labels that contradict others."""
        groups = np.full(count, -1, dtype=np.int64) if constraints.groups is None else constraints.groups
        first, grouped = pairs_of_groups(groups)
        node = np.arange(count, dtype=np.int64)
        node[grouped] = first  # which stands for all of its group
        labelled = np.array([*constraints.must, *constraints.cannot], dtype=np.int64).ravel()
        root = {record: record for record in node[labelled].tolist()}
        members = {record: [record] for record in root}
        apart: dict[int, set[int]] = {record: set() for record in root}
        contradictions, followed = [], []
        for a, b in sorted({(min(pair), max(pair)) for pair in constraints.cannot}):
            x, y = int(node[a]), int(node[b])
            if x == y:
                contradictions.append((a, b))
            else:
                apart[x].add(y)
                apart[y].add(x)
        for a, b in sorted({(min(pair), max(pair)) for pair in constraints.must}):
            x, y = root[int(node[a])], root[int(node[b])]
            if x == y:
                continue
            if y in apart[x]:
                contradictions.append((a, b))
                continue
            followed.append((a, b))
            if len(members[x]) < len(members[y]):
                x, y = y, x  # the one with fewer members goes into the other, so that many labels stay cheap
            root.update(dict.fromkeys(members[y], x))
            members[x] += members.pop(y)
            for other in apart.pop(y):
                apart[other].discard(y)
                apart[other].add(x)
                apart[x].add(other)
        left = np.array([a for a, _ in followed] + first.tolist(), dtype=np.int64)
        right = np.array([b for _, b in followed] + grouped.tolist(), dtype=np.int64)
        seeds = components(count, left, right)
        of_seed = np.full(count, -1, dtype=np.int64)
        np.maximum.at(of_seed, seeds, groups)
        named = {int(seeds[top]): {int(seeds[other]) for other in others} for top, others in apart.items() if others}
        said = np.concatenate([grouped, np.array(list(root), dtype=np.int64)])
        return cls(left, right, seeds, of_seed, named, set(constraints.removed), said), contradictions
