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

from collections.abc import Callable, Iterator

import numpy as np

from papertwin.data.arrays import Floats, Rows
from papertwin.data.graphs import components, pair_codes
from papertwin.works.constraints import Constraints, Given, Pair
from papertwin.works.linkage import NO_LEEWAY, STRONGEST, Growing, Leeway, Links

AROUND = 16  # in a large component each record is answered beside so many others on either side of it


def clusters(
    count: int,
    links: Links,
    answer: Callable[[Rows, Rows], Floats],
    constraints: Constraints,
    leeway: Leeway = NO_LEEWAY,
) -> tuple[Rows, list[Pair]]:
    """The work of each of `count` records, as the smallest number in it, and the labels that contradict others.

    `answer` gives the margins of further pairs. A pair of `must` is not followed where it would join what `cannot`
    parts, and one of `cannot` not inside of a group: these are the second result.
    """
    given, contradictions = Given.of(count, constraints)
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
        for records in Growing(members, own, given, leeway).works():
            work[records] = min(records)
    return work, contradictions


def _components(count: int, links: Links, given: Given, leeway: Leeway) -> tuple[Links, Rows]:
    """The component of each record, and the links, of which those that join two lone components are enough now."""
    parts = _parts(count, links, given)
    lone = _lone(count, links, parts, leeway)
    if not len(lone):
        return links, parts
    margins = links.margins.copy()
    margins[lone] = np.maximum(margins[lone], 0)
    links = Links(links.left, links.right, margins)
    return links, _parts(count, links, given)


def _parts(count: int, links: Links, given: Given) -> Rows:
    """The component of each record, by what is called DUPLICATES and by what a person has said."""
    joins = links.margins >= 0
    sides = np.concatenate([links.left[joins], given.left]), np.concatenate([links.right[joins], given.right])
    return components(count, *sides)


def _lone(count: int, links: Links, parts: Rows, leeway: Leeway) -> Rows:
    """The places of the links that join two lone components."""
    one, other = parts[links.left], parts[links.right]
    near = np.flatnonzero((one != other) & (links.margins >= -leeway.rival))
    one, other = one[near], other[near]
    between = np.unique(pair_codes(count, one, other))
    neighbours = np.bincount(np.concatenate(np.divmod(between, count)), minlength=count)
    alone = (neighbours[one] == 1) & (neighbours[other] == 1)
    lone: Rows = near[alone & (links.margins >= -leeway.lone)[near]]
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


def _unanswered(count: int, parts: Rows, chosen: Rows, known: Links, given: Given) -> tuple[Rows, Rows]:
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
    asked, answered = np.unique(pair_codes(count, a, b)), pair_codes(count, known.left, known.right)
    left, right = np.divmod(np.setdiff1d(asked, answered, assume_unique=True), count)
    x, y = given.seeds[left], given.seeds[right]
    several = np.bincount(parts[np.unique(given.seeds)], minlength=count)[parts[left]] > 1  # seeds
    needed = several & ((x == y) | (given.groups[x] < 0) | (given.groups[y] < 0))
    return left[needed], right[needed]
