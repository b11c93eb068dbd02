"""Judging probabilities against labels: metrics, the two thresholds, importances. Numbers only."""

import math
from collections.abc import Callable

import numpy as np

from papertwin.data.arrays import Floats, Mask, Vectors
from papertwin.features import FEATURES, GROUPS
from papertwin.models.card import Thresholds

PRECISION, MISSED = 0.99, 0.01  # what the two thresholds promise
BINS = 15  # of the calibration error
REPEATS = 3  # permutations of each feature


def precision_recall_f1(labels: Floats, called: Mask) -> dict[str, float | int | None]:
    """Precision, recall, F1 (None where undefined), and the wrong merges and misses as counts."""
    hits = int((called & (labels == 1)).sum())
    wrong = int((called & (labels == 0)).sum())
    missed = int((~called & (labels == 1)).sum())
    return {
        "precision": hits / (hits + wrong) if hits + wrong else None,
        "recall": hits / (hits + missed) if hits + missed else None,
        "f1": 2 * hits / (2 * hits + wrong + missed) if hits + missed else None,
        "wrong_merges": wrong,
        "misses": missed,
    }


def calibration_error(labels: Floats, probabilities: Floats, weights: Floats | None = None) -> float:
    """Expected calibration error over 15 bins of equal width, 0 to 1 (Naeini, Cooper and Hauskrecht 2015)."""
    weights = np.ones(len(labels)) if weights is None else weights
    place = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = np.bincount(place, weights=weights * (probabilities - labels), minlength=BINS)
    return float(np.abs(gaps).sum() / weights.sum())


def average_precision(labels: Floats, probabilities: Floats) -> float | None:
    """Area under the precision-recall curve; None where one class is missing."""
    from sklearn.metrics import average_precision_score

    if len(np.unique(labels)) < 2:
        return None
    return float(average_precision_score(labels, probabilities))


def metrics(
    labels: Floats,
    probabilities: Floats,
    thresholds: Thresholds | None = None,
    conflicting: Mask | None = None,
) -> dict[str, float | int | None]:
    """Everything that is reported for a set of pairs; the last four where thresholds are given.

    F1 and its kin at 0.5; `auto_merged` counts what is called DUPLICATES and `auto_precision` is its precision,
    `auto_missed` the share of duplicates called NOT DUPLICATES, `review` the share of pairs between.
    """
    result: dict[str, float | int | None] = {
        "pairs": len(labels),
        "duplicates": int(labels.sum()),
        **precision_recall_f1(labels, probabilities >= 0.5),
        "average_precision": average_precision(labels, probabilities),
        "brier": float(np.mean((probabilities - labels) ** 2)) if len(labels) else None,
        "ece": calibration_error(labels, probabilities) if len(labels) else None,
    }
    if thresholds is not None and len(labels):
        called = thresholds.merges(probabilities, np.zeros(len(labels), bool) if conflicting is None else conflicting)
        result["auto_merged"] = int(called.sum())
        kept = probabilities < thresholds.distinct
        positives = labels.sum()
        result["auto_precision"] = float(labels[called].mean()) if called.any() else None
        result["auto_missed"] = float((kept & (labels == 1)).sum() / positives) if positives else None
        result["review"] = float((~called & ~kept).mean())
    return result


def choose_thresholds(labels: Floats, probabilities: Floats, weights: Floats, conflicting: Mask) -> Thresholds:
    """The thresholds that keep precision at 0.99 and misses under 0.01.

    DUPLICATES from the lowest probability on whose precision reaches 0.99, among all pairs and among those that
    conflict, of which each counts as one, too: a user's few cases, which weigh much, may have none that deceive.
    NOT DUPLICATES below the highest under which less than 0.01 of the duplicates lie. Each lies midway, in log-odds,
    between that probability and the next lower one that was seen. Where the two cross, both become their midpoint.
    """
    duplicate = _precise_from(labels, probabilities, weights)
    order = np.argsort(-probabilities, kind="stable")
    found = np.cumsum(labels[order] * weights[order])  # duplicates at or above each probability
    distinct = _midway_below(
        float(probabilities[order][np.searchsorted(found, (1 - MISSED) * found[-1])]), probabilities
    )
    if distinct > duplicate:
        duplicate = distinct = (distinct + duplicate) / 2
    among = [
        _precise_from(labels[conflicting], probabilities[conflicting], counted[conflicting])
        for counted in (weights, np.ones_like(weights))
    ]
    return Thresholds(duplicate, distinct, max(duplicate, *among))


def _precise_from(labels: Floats, probabilities: Floats, weights: Floats) -> float:
    """The lowest probability from which on precision reaches 0.99; 1 where none does."""
    order = np.argsort(-probabilities, kind="stable")
    value = probabilities[order]
    last_of_value = np.append(value[1:] != value[:-1], True)[: len(value)]
    share = np.cumsum(labels[order] * weights[order]) / np.cumsum(weights[order])
    precise = np.flatnonzero((share >= PRECISION) & last_of_value)
    return _midway_below(float(value[precise[-1]]), probabilities) if len(precise) else 1.0


def _midway_below(value: float, probabilities: Floats) -> float:
    """Midway, in log-odds, between a probability and the next lower one; the value itself where it is the lowest."""
    lower = probabilities[probabilities < value]
    if not len(lower):
        return value
    ends = np.clip([value, lower.max()], 1e-15, 1 - 1e-15)
    middle = float(np.mean(np.log(ends / (1 - ends))))
    return min(1 / (1 + math.exp(-middle)), value)


def losses(labels: Floats, probabilities: Floats) -> Floats:
    """The log loss of each pair: -log of the probability given to what is true."""
    given = np.clip(np.where(labels == 1, probabilities, 1 - probabilities), 1e-12, 1)
    result: Floats = -np.log(given)
    return result


def log_loss(labels: Floats, probabilities: Floats, weights: Floats) -> float:
    """The weighted mean of `losses`."""
    return float(np.average(losses(labels, probabilities), weights=weights))


def permutation_importances(
    score: Callable[[Vectors], Floats],
    vectors: Vectors,
    labels: Floats,
    weights: Floats,
    seed: int,
) -> tuple[dict[str, float], dict[str, float]]:
    """How much the log loss on held-out vectors grows when a feature, or a group, is shuffled: (by feature, by group).

    `score` gives probabilities; each figure is the mean of 3 shuffles (Breiman 2001). A feature whose sisters say the
    same looks unimportant alone; the group shows what they are worth together.
    """
    rng = np.random.default_rng(seed)
    whole = log_loss(labels, score(vectors), weights)

    def growth(places: list[int]) -> float:
        grown = []
        for _ in range(REPEATS):
            shuffled = vectors.copy()
            order = rng.permutation(len(vectors))
            shuffled[:, places] = vectors[order][:, places]
            grown.append(log_loss(labels, score(shuffled), weights) - whole)
        return float(np.mean(grown))

    by_feature = {feature.name: growth([place]) for place, feature in enumerate(FEATURES)}
    by_group = {group: growth([n for n, feature in enumerate(FEATURES) if feature.group == group]) for group in GROUPS}
    return by_feature, by_group
