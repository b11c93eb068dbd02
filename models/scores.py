"""Scores: how many duplicates and how many distinct pairs were given which probability. All curves are read from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats

Counts = NDArray[np.int64]

_TAIL = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07)
# Where the bins of probabilities begin: narrow at both ends, where nearly all pairs are.
EDGES: tuple[float, ...] = (
    0.0,
    *_TAIL,
    *(tenth / 20 for tenth in range(2, 19)),
    *(round(1 - tail, 3) for tail in reversed(_TAIL)),
)
WIDE = 10  # bins of equal width, for a reliability curve
ERRORS = 1.96  # standard errors on either side that hold 95 %
CLEAR = 0.02  # nearer to 0 or to 1 a probability leaves no doubt


@dataclass(frozen=True, slots=True)
class Scores:
    """The pairs in each bin of EDGES, from its edge up to the next one: counts, and the sum of their probabilities."""

    duplicates: list[int]
    distinct: list[int]
    total: list[float]

    @classmethod
    def of(cls, labels: Floats, probabilities: Floats) -> "Scores":
        """Count pairs with labels 1 and 0 by their probabilities."""
        place = np.searchsorted(EDGES, probabilities, side="right") - 1
        duplicates, pairs, total = (
            np.bincount(place, weights, minlength=len(EDGES)) for weights in (labels, None, probabilities)
        )
        return cls(duplicates.astype(int).tolist(), (pairs - duplicates).astype(int).tolist(), total.tolist())

    def above(self) -> tuple[Counts, Counts]:
        """For each of EDGES: (duplicates, distinct pairs) with at least this probability."""
        found, wrong = (np.cumsum(counts[::-1])[::-1] for counts in (self.duplicates, self.distinct))
        return found, wrong


@dataclass(frozen=True, slots=True)
class Choice:
    """What a single threshold would do to 1,000 pairs; `precision` is None where nothing reaches the threshold."""

    threshold: float
    precision: float | None
    recall: float
    wrong_merges: float
    misses: float


def choices(scores: Scores) -> list[Choice]:
    """The precision-recall curve: a choice for each of EDGES; none where there is no duplicate."""
    found, wrong = scores.above()
    pairs, duplicates = int(found[0] + wrong[0]), int(found[0])
    if not duplicates:
        return []
    return [
        Choice(
            edge,
            float(hits / (hits + others)) if hits + others else None,
            float(hits / duplicates),
            float(1000 * others / pairs),
            float(1000 * (duplicates - hits) / pairs),
        )
        for edge, hits, others in zip(EDGES, found, wrong, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Believed:
    """The pairs that were given about the same probability.

    `given` is their mean probability and `true` the share of duplicates among them, `low` and `high` what that share
    may be by chance: the 95 % interval of Wilson (1927).
    """

    pairs: int
    given: float
    true: float
    low: float
    high: float


def reliability(scores: Scores) -> list[Believed]:
    """The reliability curve: bins of a tenth each, the empty ones left out."""
    place = np.minimum((np.array(EDGES) * WIDE + 1e-9).astype(int), WIDE - 1)
    duplicates, distinct, total = (
        np.bincount(place, counts, minlength=WIDE) for counts in (scores.duplicates, scores.distinct, scores.total)
    )
    pairs = duplicates + distinct
    filled = [place for place in range(WIDE) if pairs[place]]
    return [
        Believed(
            int(pairs[place]),
            float(total[place] / pairs[place]),
            float(duplicates[place] / pairs[place]),
            *_wilson(duplicates[place], pairs[place]),
        )
        for place in filled
    ]


def _wilson(hits: float, count: float) -> tuple[float, float]:
    square = ERRORS * ERRORS
    middle = (hits + square / 2) / (count + square)
    half = ERRORS / (count + square) * float(np.sqrt(hits * (count - hits) / count + square / 4))
    return max(0.0, middle - half), min(1.0, middle + half)


def clear_cut(scores: Scores) -> float:
    """The share of pairs whose probability is within CLEAR of 0 or 1."""
    pairs = np.array(scores.duplicates) + np.array(scores.distinct)
    edges = np.array(EDGES)
    clear = (edges < CLEAR - 1e-9) | (edges > 1 - CLEAR - 1e-9)
    return float(pairs[clear].sum() / max(pairs.sum(), 1))
