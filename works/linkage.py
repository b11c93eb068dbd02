"""Average linkage: how the records of one component grow together to works.

It begins with the works that labels and earlier runs have made, and joins the two likeliest clusters again and again.
"""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from papertwin.data.arrays import Floats, Rows
from papertwin.works.constraints import Given

STRONGEST = 6.0  # log-odds: one pair counts no more, so that no single answer outweighs many
DRAWN = 0.5  # how strongly a record that a label took out of its work draws others, beside the one that was kept
Said = tuple[float, int, float]  # of the pairs between two clusters: the sum of margins, how many, the largest margin
_NOTHING: Said = (0.0, 0, -np.inf)


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of records, left < right, with their margins: log-odds above what is needed to be called DUPLICATES."""

    left: Rows
    right: Rows
    margins: Floats

    def joined(self, other: "Links") -> "Links":
        """Both, one after the other."""
        return Links(
            np.concatenate([self.left, other.left]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.margins, other.margins]),
        )


@dataclass(frozen=True, slots=True)
class Leeway:
    """How far below 0 the margins of what is joined may lie.

    `slack` is for the mean of the margins between two clusters, `known` the same within a work that is known already.
    `lone`, one for all links or one for each, is for the best margin between two lone components: those that have
    margins of -`rival` and more to each other, and to no third.
    """

    slack: float = 0.0
    lone: float | Floats = 0.0
    rival: float = 0.0
    known: float = 0.0


NO_LEEWAY = Leeway()


class Growing:
    """The clusters of one component while they grow, and the works that they belong to.

    A cluster and a work go by the number of one of their records. Each record begins as a cluster of its own. A work
    that is known already may stay in several clusters; what joins one of them is of the whole work, whatever the
    others are like.
    """

    def __init__(self, members: Rows, links: Links, given: Given, leeway: Leeway) -> None:
        self._leeway = leeway
        self._work: dict[int, int] = dict(zip(members.tolist(), given.seeds[members].tolist(), strict=True))
        self._members: dict[int, list[int]] = {}
        for record, work in self._work.items():
            self._members.setdefault(work, []).append(record)
        self._groups = {work: int(given.groups[work]) for work in self._members}
        self._apart = {work: set(given.apart[work]) for work in self._members if work in given.apart}
        self._removed = given.removed & self._work.keys()  # clusters with a record that a label took out of a work
        # for each cluster the others with an answered pair
        self._near: dict[int, dict[int, Said]] = {record: {} for record in self._work}
        for a, b, margin in zip(links.left.tolist(), links.right.tolist(), links.margins.tolist(), strict=True):
            self._near[a][b] = self._near[b][a] = (margin, 1, margin)
        self._waiting: list[tuple[float, int, int]] = []  # pairs of clusters, the strongest first

    def works(self) -> Iterable[list[int]]:
        """Let the clusters grow to the end, within the known works first; returns the members of each work."""
        self._grow(self._are_as_known)
        self._grow(self._may_join)
        return self._members.values()

    def _grow(self, joins: Callable[[int, int], bool]) -> None:
        """Join two clusters of which `joins` is true, the strongest pair first, until there is none."""
        self._joins = joins
        for a, others in self._near.items():
            for b in others:
                if a < b:
                    self._wait(a, b)
        while self._waiting:
            strength, a, b = heapq.heappop(self._waiting)
            if b in self._near.get(a, ()) and -self._strength(a, b) == strength and joins(a, b):
                # the one with fewer neighbours goes into the other, so that all joins together stay cheap
                self._join(*sorted((a, b), key=lambda one: (-len(self._near[one]), one)))

    def _wait(self, a: int, b: int) -> None:
        if self._joins(a, b):
            heapq.heappush(self._waiting, (-self._strength(a, b), min(a, b), max(a, b)))

    def _strength(self, a: int, b: int) -> float:
        """How likely two clusters are one: the mean of their margins.

        It counts less where a label took one of their records out of its work, so that the other records of that work
        stay with its kept record unless much speaks against it.
        """
        mean = self._mean(a, b)
        return mean if self._removed.isdisjoint((a, b)) else min(mean, mean * DRAWN)

    def _mean(self, a: int, b: int) -> float:
        total, answered, _ = self._near[a][b]
        return total / answered

    def _are_as_known(self, a: int, b: int) -> bool:
        return self._work[a] == self._work[b] and self._mean(a, b) >= -self._leeway.known

    def _may_join(self, a: int, b: int) -> bool:
        if self._near[a][b][2] < 0 or self._mean(a, b) < -self._leeway.slack:
            return False
        x, y = self._work[a], self._work[b]
        return x == y or (y not in self._apart.get(x, ()) and (self._groups[x] < 0 or self._groups[y] < 0))

    def _join(self, large: int, small: int) -> None:
        works = {self._work[large], self._work[small]}
        if len(works) == 2:
            self._unite(*sorted(works, key=lambda one: (-len(self._members[one]), one)))
        del self._near[large][small]
        for other, said in self._near.pop(small).items():
            if other != large:
                del self._near[other][small]
                both = _added(self._near[large].get(other, _NOTHING), said)
                self._near[large][other] = self._near[other][large] = both
                self._wait(large, other)
        if small in self._removed and large not in self._removed:
            self._removed.add(large)
            for other in self._near[large]:
                self._wait(large, other)

    def _unite(self, large: int, small: int) -> None:
        """Make one of two works."""
        self._work.update(dict.fromkeys(self._members[small], large))
        self._members[large] += self._members.pop(small)
        self._groups[large] = max(self._groups[large], self._groups.pop(small))
        for other in self._apart.pop(small, ()):
            if other in self._members:  # of this component
                self._apart[other].discard(small)
                self._apart[other].add(large)
            self._apart.setdefault(large, set()).add(other)


def _added(one: Said, other: Said) -> Said:
    return one[0] + other[0], one[1] + other[1], max(one[2], other[2])
