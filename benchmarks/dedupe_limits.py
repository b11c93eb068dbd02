"""Limits of merging, chosen on other sets: what the shipped ones would be worth had a set not been looked at.

The shipped limits (works/comparing.py) were chosen with all sets in sight. Here every combination of GRID is tried on
every set, by a model that has seen nothing of the set; for each set the limits are then chosen on the others alone,
those of the same origin left out with it, and what the set gets by them is what a new file can expect.
"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from itertools import product
from pathlib import Path
from statistics import fmean

import numpy as np

from dedupe_sets import Figures, chosen, figures, ids_of, truth
from papertwin.data.arrays import Floats, Rows
from papertwin.data.graphs import pair_codes
from papertwin.models import Model
from papertwin.works.clusters import clusters
from papertwin.works.comparing import Answered, Comparer, Limits
from papertwin.works.constraints import Constraints
from papertwin.works.finding import Request, find_works
from papertwin.works.linkage import Links
from papertwin.works.shelf import Shelf

GRID: Mapping[str, tuple[float, ...]] = {
    "merged": (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9),
    "against": (0.5, 0.6, 0.7, 0.8, 0.9),
    "lone": (0.1, 0.2, 0.3, 0.4, 0.5, 0.7),
    "rival": (0.1, 0.2, 0.3),
}
PRECISION = 0.99  # of the pairs of all sets together: what is chosen has this at least
HUGE = "cora_1295"  # 17,184 duplicate pairs of 112 works: its pairs would outweigh all others
Tried = Mapping[str, Figures]  # the figures of a set by limits


def combinations() -> Iterator[Limits]:
    """Every sensible combination of the grid: who contradicts needs no less, who is alone no more than others."""
    for values in product(*GRID.values()):
        limits = Limits(*values)
        if limits.against >= limits.merged >= limits.lone >= limits.rival:
            yield limits


def named(limits: Limits) -> str:
    """The limits as a key."""
    return " ".join(map(str, astuple(limits)))


def tried(folder: Path, model: Model, jobs: int) -> dict[str, Figures]:
    """The figures of a set for each combination; each pair is answered once."""
    known = truth(folder)
    with tempfile.TemporaryDirectory() as place:
        shelf = Shelf(Path(place))
        find_works(Request([folder / "records.jsonl.gz"], chosen(model), jobs), shelf)
        found = _Answers(shelf, model, jobs)
        ids = np.array(ids_of(shelf), dtype=object)[found.rows].tolist()
        of_needed: dict[object, Figures] = {}  # the model's own thresholds make some combinations the same
        made: dict[str, Figures] = {}
        for limits in combinations():
            needed = found.needed(limits)
            if needed not in of_needed:
                of_needed[needed] = figures(known, dict(zip(ids, found.works(limits).tolist(), strict=True)))
            made[named(limits)] = of_needed[needed]
        return made


class _Answers:
    """The answers to pairs of a shelf's records, in its order; what was asked before is remembered."""

    def __init__(self, shelf: Shelf, model: Model, jobs: int) -> None:
        self.rows = shelf.in_order()
        self._arguments = model, shelf.prepared, jobs
        self._left, self._right = (np.asarray(shelf.saved(side)) for side in ("left", "right"))
        self._answered = Answered(*(np.asarray(shelf.saved(name)) for name in Answered._fields))
        self._further: dict[int, tuple[float, bool, bool]] = {}

    def needed(self, limits: Limits) -> object:
        """What the limits come to for this model."""
        comparer = Comparer(*self._arguments, limits)
        sure = Answered(np.array([0.5, 0.5]), np.array([False, True]), np.zeros(2, dtype=bool))
        return *comparer.margins(sure).tolist(), comparer.leeway(len(self.rows))

    def works(self, limits: Limits) -> Rows:
        """The work of each record by these limits."""
        comparer = Comparer(*self._arguments, limits)
        links = Links(self._left, self._right, comparer.margins(self._answered))

        def answer(left: Rows, right: Rows) -> Floats:
            return comparer.margins(self._asked(comparer, left, right))

        leeway = comparer.leeway(len(self.rows), self._answered.unnamed)
        return clusters(len(self.rows), links, answer, Constraints(), leeway)[0]

    def _asked(self, comparer: Comparer, left: Rows, right: Rows) -> Answered:
        codes = pair_codes(len(self.rows), left, right).tolist()
        new = np.array([code not in self._further for code in codes], dtype=bool)
        fresh = comparer.answers(self.rows[left[new]], self.rows[right[new]])
        of_new = zip(*(values.tolist() for values in fresh), strict=True)
        self._further |= zip(np.array(codes)[new].tolist(), of_new, strict=True)
        return Answered(*map(np.array, zip(*(self._further[code] for code in codes), strict=True)))


def origin(name: str) -> str:
    """Sets of one origin begin with the same word."""
    return name.partition("_")[0]


def choice(sets: Mapping[str, Tried]) -> Limits:
    """The limits with the highest mean B-cubed F1 of these sets, among those with PRECISION; of equals the highest."""
    all_limits = list(combinations())
    able = [limits for limits in all_limits if precision(sets, limits) >= PRECISION]
    return max(able or all_limits, key=lambda limits: (round(mean(sets, limits), 4), astuple(limits)))


def mean(sets: Mapping[str, Tried], limits: Limits) -> float:
    """Mean B-cubed F1 of the sets."""
    return fmean(of_set[named(limits)]["b_f1"] for of_set in sets.values())


def precision(sets: Mapping[str, Tried], limits: Limits) -> float:
    """Precision of the pairs of all sets together, but for HUGE."""
    found = [of_set[named(limits)] for name, of_set in sets.items() if name != HUGE]
    hits, wrong = (sum(one[what] for one in found) for what in ("hits", "wrong"))
    return hits / max(hits + wrong, 1)


def left_out(sets: Mapping[str, Tried]) -> Iterator[tuple[str, Limits]]:
    """Each set with the limits that are chosen without it and its kin."""
    for name in sets:
        yield name, choice({other: tried for other, tried in sets.items() if origin(other) != origin(name)})
