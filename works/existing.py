"""Existing works, those of --against: what labels have changed in them, by joining two or by taking a record out."""

from dataclasses import dataclass

import numpy as np

from papertwin.data.arrays import Rows
from papertwin.works.constraints import pairs_of_groups
from papertwin.works.finding import Found


@dataclass(frozen=True, slots=True)
class Existing:
    """The existing works of a run: `groups` has for each row of the shelf the number of its existing work, or -1."""

    found: Found
    groups: Rows

    def taken_out(self) -> list[int]:
        """The records that labels have taken out of their existing works."""
        rows: list[int] = np.flatnonzero(self.groups != self.found.groups).tolist()
        return rows

    def joined(self) -> list[list[int]]:
        """The existing works that labels have joined to one: a list for each such work, with a record of each."""
        works, first = self._works()
        found, counts = np.unique(works, return_counts=True)
        return [first[works == work].tolist() for work in found[counts > 1]]

    def torn(self) -> list[tuple[int, int, float]]:
        """New records that a label put into one existing work, though the model finds them alike to another one.

        Each with the likeliest record of that other work, and the probability.
        """
        found = self.found
        apart = (found.works[found.left] != found.works[found.right]) & (found.comparer.margins(found.answered) >= 0)
        labelled = np.unique(np.array(found.labels.must, dtype=np.int64))
        works, _ = self._works()
        told: dict[int, tuple[float, int]] = {}
        for one, other in ((found.left, found.right), (found.right, found.left)):
            held = (found.groups[one] < 0) & (found.groups[other] >= 0) & np.isin(found.works[one], works)
            for place in np.flatnonzero(apart & held & np.isin(one, labelled)).tolist():
                likely = float(found.answered.probabilities[place]), int(other[place])
                told[int(one[place])] = max(told.get(int(one[place]), likely), likely)
        return [(row, other, likely) for row, (likely, other) in sorted(told.items())]

    def given(self) -> tuple[Rows, Rows]:
        """The pairs that are one work whatever their probability, by a label or because they were one existing work."""
        first, grouped = pairs_of_groups(self.found.groups)
        must = np.array(self.found.labels.must, dtype=np.int64).reshape(-1, 2)
        must = must[self.found.works[must[:, 0]] == self.found.works[must[:, 1]]]
        return np.concatenate([must[:, 0], first]), np.concatenate([must[:, 1], grouped])

    def _works(self) -> tuple[Rows, Rows]:
        """For each existing work, the work that it is or has become, and its first record."""
        numbers, first = np.unique(self.found.groups, return_index=True)
        first = first[numbers >= 0]
        return self.found.works[first], first
