"""Partial dependence: how the odds of a duplicate move with one feature while everything else stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from papertwin.data.arrays import Floats, Vectors
from papertwin.features import PLACE

PAIRS = 600  # that the odds are the mean of
FEW = 6  # values of a feature that is shown value by value
STEPS = 25  # of other features, from the 1st to the 99th of a hundred pairs


@dataclass(frozen=True, slots=True)
class Dependence:
    """`odds` are factors of the odds of a duplicate, 1 where the pairs are as they are; one for each of `values`.

    `deciles` are the nine tenths of the feature's values, and say where its pairs are dense.
    """

    feature: str
    values: list[float]
    odds: list[float]
    deciles: list[float]

    @property
    def stepwise(self) -> bool:
        """Whether the feature has a few values only, such as 0 and 1."""
        return len(self.values) <= FEW

    @property
    def swing(self) -> float:
        """How many times the smallest odds the largest are."""
        return max(self.odds) / min(self.odds)


def partial_dependence(log_odds: Callable[[Vectors], Floats], vectors: Vectors, feature: str) -> Dependence | None:
    """The partial dependence (Friedman 2001) on a feature, over some of the vectors, (pairs, features), that have it.

    The mean is that of the log-odds, so that pairs that are clear anyhow count like doubtful ones. None where the
    feature has fewer than two values.
    """
    place = PLACE[feature]
    present = np.flatnonzero(~np.isnan(vectors[:, place]))
    own = vectors[present, place].astype(np.float64)
    values = np.unique(own)
    if len(values) > FEW:
        low, high = np.quantile(own, (0.01, 0.99)).tolist()
        values = np.unique(np.linspace(low, high, STEPS))
    if len(values) < 2:
        return None
    rows = vectors[np.sort(np.random.default_rng(0).choice(present, min(PAIRS, len(present)), replace=False))]
    table = np.repeat(rows[None], len(values), axis=0)
    table[:, :, place] = values[:, None]
    moved = log_odds(table.reshape(-1, vectors.shape[1])).reshape(len(values), -1) - log_odds(rows)
    deciles = np.quantile(own, np.arange(1, 10) / 10)
    return Dependence(feature, values.tolist(), np.exp(moved.mean(axis=1)).tolist(), deciles.tolist())
