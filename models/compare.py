"""Two models on the same pairs: by how much their log loss differs, and whether that is more than noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats

ERRORS = 2.0  # standard errors that a difference must exceed ...
MARGIN = 0.05  # ... and the share of the old loss: another seed alone moves a forest's loss by some per cent
BETTER, SAME, WORSE = "better", "the same within noise", "worse"


@dataclass(frozen=True, slots=True)
class Difference:
    """By how much the second loss is larger than the first: `mean` with its standard error, beside the first `loss`."""

    loss: float
    mean: float
    error: float

    @property
    def verdict(self) -> str:
        """`BETTER`, `SAME` or `WORSE`, of the second."""
        if abs(self.mean) <= max(ERRORS * self.error, MARGIN * self.loss):
            return SAME
        return BETTER if self.mean < 0 else WORSE


def difference(first: Floats, second: Floats, groups: NDArray[np.int64], weights: Floats | None = None) -> Difference:
    """The weighted mean of second - first over the pairs, a loss each; pairs of one group count as one observation.

    (The standard error of a mean of clusters, Liang and Zeger 1986.) Without pairs all is 0.
    """
    if not len(first):
        return Difference(0.0, 0.0, 0.0)
    weights = np.ones(len(first)) if weights is None else weights
    mean = float(np.average(second - first, weights=weights))
    _, group = np.unique(groups, return_inverse=True)
    residuals = np.bincount(group, weights * (second - first - mean))
    count = len(residuals)
    error = float(np.sqrt((residuals**2).sum() * count / max(count - 1, 1)) / weights.sum())
    return Difference(float(np.average(first, weights=weights)), mean, error if count > 1 else abs(mean))
