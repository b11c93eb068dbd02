"""Clusters: answered pairs to works, by average linkage, so that no chain joins what the model calls distinct.

Records joined by pairs that are called DUPLICATES, directly or through others, form a component; more is never one
work. Within a component all pairs are answered (in a large one, each record beside some thirty others), and clusters
grow as long as some pair between two of them is called DUPLICATES and the mean log-odds of all answered pairs between
them say more likely than not: Part I and Part II stay apart although both look like the record that does not say which
part it is. (Average linkage is Sokal and Michener 1958; with constraints: Davidson and Ravi 2005.) Two components that
are each other's only candidates are joined by less: where nobody else comes into question, a pair is likelier one work.

What a person or an earlier run has joined is one work, but several clusters where the model is sure that they are
distinct: that it is of the article and its preprint does not count against another copy of the article.

Records are numbers in an order of their contents, and ties go by these numbers: the works do not depend on the order of
the input.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from papertwin.data.arrays import Floats, Rows
from papertwin.data.graphs import components

Pair = tuple[int, int]

AROUND = 16  # in a large component each record is answered beside so many others on either side of it
STRONGEST = 6.0  # log-odds: one pair counts no more, so that no single answer outweighs many
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
class Constraints:
    """What a person has said: pairs that are one work, and pairs that are not.

    `groups` numbers works that are known already, -1 for a record of none: one group is one work, and two are two,
    unless `must` says otherwise.
    """

    must: list[Pair] = field(default_factory=list)
    cannot: list[Pair] = field(default_factory=list)
    groups: Rows | None = None


@dataclass(frozen=True, slots=True)
class Leeway:
    """How far below 0 margins may lie: the mean between two clusters; the best between two lone components.

    Lone are two components between which there are margins of -`rival` and more, and none to any third. Within a work
    that is known, the mean between two clusters may lie as low as -`known`.
    """

    slack: float = 0.0
    lone: float = 0.0
    rival: float = 0.0
    known: float = 0.0


def clusters(
    count: int,
    links: Links,
    answer: Callable[[Rows, Rows], Floats],
    constraints: Constraints,
    leeway: Leeway = Leeway(),
) -> tuple[Rows, list[Pair]]:
    """The work of each of `count` records, as the smallest number in it, and the labels that contradict others.

    `answer` gives the margins of further pairs. A pair of `must` is not followed where it would join what `cannot`
    parts, and one of `cannot` not inside of a group: these are the second result.
    """
    given, contradictions = _Given.of(count, constraints)
    links, parts = _components(count, links, given, leeway)
    joins = links.margins >= 0
    sizes = np.bincount(parts, minlength=count)[parts]
    plain = np.ones(count, dtype=bool)  # components of which no person has said anything
    plain[parts[given.said]] = False
    plain = plain[parts]
    work = np.arange(count, dtype=np.int64)
    two = joins & plain[links.left] & (sizes[links.left] == 2)
    work[links.right[two]] = links.left[two]
    chosen = np.flatnonzero((sizes > 2) | ((sizes == 2) & ~plain))
    chosen = chosen[np.argsort(parts[chosen], kind="stable")]
    inside = (parts[links.left] == parts[links.right]) & ((sizes > 2) | ~plain)[links.left]
    known = Links(links.left[inside], links.right[inside], links.margins[inside])
    further = _unanswered(count, parts, chosen, known, given)
    if len(further[0]):
        known = known.joined(Links(*further, answer(*further)))
    for members, own in _by_component(parts, chosen, known):
        for records in _Growing(members, own, given, leeway).works():
            work[records] = min(records)
    return work, contradictions


def _components(count: int, links: Links, given: "_Given", leeway: Leeway) -> tuple[Links, Rows]:
    """The component of each record, and the links, of which those that join two lone components are enough now."""
    parts = _parts(count, links, given)
    lone = _lone(count, links, parts, leeway)
    if not len(lone):
        return links, parts
    margins = links.margins.copy()
    margins[lone] = np.maximum(margins[lone], 0)
    links = Links(links.left, links.right, margins)
    return links, _parts(count, links, given)


def _parts(count: int, links: Links, given: "_Given") -> Rows:
    """The component of each record, by what is called DUPLICATES and by what a person has said."""
    joins = links.margins >= 0
    sides = np.concatenate([links.left[joins], given.left]), np.concatenate([links.right[joins], given.right])
    return components(count, *sides)


def _lone(count: int, links: Links, parts: Rows, leeway: Leeway) -> Rows:
    """The places of the links that join two lone components."""
    one, other = parts[links.left], parts[links.right]
    near = np.flatnonzero((one != other) & (links.margins >= -leeway.rival))
    one, other = one[near], other[near]
    codes = np.unique(np.minimum(one, other) * count + np.maximum(one, other))
    neighbours = np.bincount(np.concatenate([codes // count, codes % count]), minlength=count)
    alone = (neighbours[one] == 1) & (neighbours[other] == 1)
    lone: Rows = near[alone & (links.margins[near] >= -leeway.lone)]
    return lone


def _by_component(parts: Rows, chosen: Rows, known: Links) -> Iterator[tuple[Rows, Links]]:
    """The records of each chosen component (in order of these), and the links between them, none beyond STRONGEST."""
    order = np.lexsort((known.right, known.left, parts[known.left]))
    known = Links(known.left[order], known.right[order], np.clip(known.margins[order], -STRONGEST, STRONGEST))
    starts = np.flatnonzero(np.diff(parts[chosen], prepend=-1))
    ends = np.append(starts, len(chosen))[1:]
    of_link, of_members = parts[known.left], parts[chosen[starts]]
    bounds = (np.searchsorted(of_link, of_members, side).tolist() for side in ("left", "right"))
    for start, end, first, last in zip(starts.tolist(), ends.tolist(), *bounds, strict=True):
        yield chosen[start:end], Links(known.left[first:last], known.right[first:last], known.margins[first:last])


@dataclass(frozen=True, slots=True)
class _Given:
    """What a person has said, made consistent: `seeds` are the works that all begin with, named by their smallest.

    `left` and `right` are the pairs that make the seeds, `groups` the group of each seed or -1, `apart` the seeds that
    a seed must not be joined with, `said` the records of which anything was said.
    """

    left: Rows
    right: Rows
    seeds: Rows
    groups: Rows
    apart: dict[int, set[int]]
    said: Rows

    @classmethod
    def of(cls, count: int, constraints: Constraints) -> tuple["_Given", list[Pair]]:
        groups = np.full(count, -1, dtype=np.int64) if constraints.groups is None else constraints.groups
        grouped = np.flatnonzero(groups >= 0)
        _, first, inverse = np.unique(groups[grouped], return_index=True, return_inverse=True)
        node = np.arange(count, dtype=np.int64)
        node[grouped] = grouped[first][inverse]  # the first of its group stands for each
        labelled = np.array([*constraints.must, *constraints.cannot], dtype=np.int64).ravel()
        root = {record: record for record in node[labelled].tolist()}
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
            root = {record: x if top == y else top for record, top in root.items()}
            for other in apart.pop(y):
                apart[other].discard(y)
                apart[other].add(x)
                apart[x].add(other)
        left = np.array([a for a, _ in followed] + node[grouped].tolist(), dtype=np.int64)
        right = np.array([b for _, b in followed] + grouped.tolist(), dtype=np.int64)
        seeds = components(count, left, right)
        of_seed = np.full(count, -1, dtype=np.int64)
        np.maximum.at(of_seed, seeds, groups)
        named = {int(seeds[top]): {int(seeds[other]) for other in others} for top, others in apart.items() if others}
        said = np.concatenate([grouped, np.array(list(root), dtype=np.int64)])
        return cls(left, right, seeds, of_seed, named, said), contradictions


def _unanswered(count: int, parts: Rows, chosen: Rows, known: Links, given: _Given) -> tuple[Rows, Rows]:
    """Pairs inside of the chosen components (in order of these) that have no answer yet and need one.

    Each record stands in a circle of its component and meets the AROUND next ones: in a component of 2 * AROUND + 1
    records or fewer these are all pairs. Nothing is asked between two groups, or of a component that is one seed.
    """
    starts = np.flatnonzero(np.diff(parts[chosen], prepend=-1))
    sizes = np.diff(np.append(starts, len(chosen)))
    start, size = np.repeat(starts, sizes), np.repeat(sizes, sizes)
    place = np.arange(len(chosen)) - start
    sides = []
    for step in range(1, AROUND + 1):
        meets = (2 * step < size) | ((2 * step == size) & (place < step))
        sides.append((chosen[meets], chosen[start[meets] + (place[meets] + step) % size[meets]]))
    a = np.concatenate([one for one, _ in sides])
    b = np.concatenate([other for _, other in sides])
    codes = np.unique(np.minimum(a, b) * count + np.maximum(a, b))
    codes = np.setdiff1d(codes, known.left * count + known.right, assume_unique=True)
    left, right = codes // count, codes % count
    x, y = given.seeds[left], given.seeds[right]
    several = np.bincount(parts[np.unique(given.seeds)], minlength=count)[parts[left]] > 1  # seeds
    needed = several & ((x == y) | (given.groups[x] < 0) | (given.groups[y] < 0))
    return left[needed], right[needed]


class _Growing:
    """The works of one component while clusters grow, each under the number of one of its records.

    What joins a cluster is of its work, whatever the other clusters of that are like.
    """

    def __init__(self, members: Rows, links: Links, given: _Given, leeway: Leeway) -> None:
        self._leeway = leeway
        self._work: dict[int, int] = dict(zip(members.tolist(), given.seeds[members].tolist(), strict=True))
        self._members: dict[int, list[int]] = {}
        for record, work in self._work.items():
            self._members.setdefault(work, []).append(record)
        self._groups = {work: int(given.groups[work]) for work in self._members}
        self._apart = {work: set(given.apart[work]) for work in self._members if work in given.apart}
        # for each cluster the others with an answered pair
        self._near: dict[int, dict[int, Said]] = {record: {} for record in self._work}
        for a, b, margin in zip(links.left.tolist(), links.right.tolist(), links.margins.tolist(), strict=True):
            self._near[a][b] = self._near[b][a] = (margin, 1, margin)
        self._waiting: list[tuple[float, int, int]] = []  # pairs of clusters, the largest mean first

    def works(self) -> Iterable[list[int]]:
        """Grow to the end, what is one work already first; the members of each work."""
        self._grow(self._are_as_known)
        self._grow(self._may_join)
        return self._members.values()

    def _grow(self, joins: Callable[[int, int], bool]) -> None:
        """Join clusters for as long as there are two of which that is true, those of the largest mean first."""
        self._joins = joins
        for a, others in self._near.items():
            for b in others:
                if a < b:
                    self._wait(a, b)
        while self._waiting:
            mean, a, b = heapq.heappop(self._waiting)
            if b in self._near.get(a, ()) and -self._mean(a, b) == mean and joins(a, b):
                # the one with fewer neighbours goes into the other, so that all joins together stay cheap
                self._join(*sorted((a, b), key=lambda one: (-len(self._near[one]), one)))

    def _wait(self, a: int, b: int) -> None:
        if self._joins(a, b):
            heapq.heappush(self._waiting, (-self._mean(a, b), min(a, b), max(a, b)))

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
