"""Fitting: weights, the forest under its trends, and a calibration on grouped out-of-fold scores."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from papertwin.data.arrays import Floats, Vectors
from papertwin.data.labelled.sets import SETS
from papertwin.features import FEATURES, switch_off
from papertwin.models.binning import binned
from papertwin.models.training_vectors import TrainingVectors


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model is fitted; the values were chosen by leaving sets out (benchmarks/accuracy.py)."""

    trees: int = 150
    learning_rate: float = 0.1
    leaves: int = 31
    smallest_leaf: int = 20
    l2: float = 1.0
    feature_share: float = 0.5  # of the features, tried at each split
    # A set of n pairs weighs n^balance: 1 lets the large sets drown the others, 0 makes all alike.
    balance: float = 0.3
    # Pairs that are shown again with evidence taken away, and what such a copy weighs.
    blanked: float = 0.6
    blanked_weight: float = 0.5
    folds: int = 5


# Few and easy cases, which scores part without an error, would have the line as steep as can be, and be surer of
# their answers than any number of them allows.
STEEPEST = 1.5

NOT_AS_MET = [entry.name for entry in SETS if not entry.as_met]

# How often each group of evidence is taken away in a blanked copy: real records lack identifiers and abstracts most.
LACKING = {"title": 0.03, "authors": 0.15, "date": 0.2, "identifiers": 0.5, "abstract": 0.5, "venue": 0.45}


@dataclass(frozen=True, slots=True)
class Calibration:
    """log-odds = slope * raw log-odds + intercept (Platt 1999), with a positive slope."""

    slope: float = 1.0
    intercept: float = 0.0

    def __call__(self, raw: Floats) -> Floats:
        return self.slope * raw + self.intercept


def set_weights(sets: NDArray[np.object_], balance: float) -> Floats:
    """A weight for each pair so that a set of n pairs weighs n^balance in all; their mean is 1."""
    _, inverse, counts = np.unique(sets.astype(str), return_inverse=True, return_counts=True)
    weights: Floats = counts[inverse].astype(np.float64) ** (balance - 1)
    weights /= weights.mean()
    return weights


def blanked(vectors: Vectors, rng: np.random.Generator) -> Vectors:
    """The vectors with random groups of evidence taken away on one side or both."""
    result = vectors.copy()
    for group, chance in LACKING.items():
        for sides in (1, 2):
            rows = rng.random(len(result)) < chance / 2
            result[rows] = switch_off(result[rows], group, sides)
    return result


def fit_forest(
    vectors: Vectors, labels: Floats, weights: Floats, recipe: Recipe, seed: int
) -> HistGradientBoostingClassifier:
    """The boosted forest on the vectors and, with less weight, on some of them with evidence taken away."""
    rng = np.random.default_rng(seed)
    again = np.flatnonzero(rng.random(len(vectors)) < recipe.blanked)
    table = np.concatenate([vectors, blanked(vectors[again], rng)])
    # scikit-learn cannot bin a column without any number; a constant says as little.
    table[0, np.isnan(table).all(axis=0)] = 0
    forest = HistGradientBoostingClassifier(
        max_iter=recipe.trees,
        learning_rate=recipe.learning_rate,
        max_leaf_nodes=recipe.leaves,
        min_samples_leaf=min(recipe.smallest_leaf, max(2, len(vectors) // 20)),
        l2_regularization=recipe.l2,
        max_features=recipe.feature_share,
        monotonic_cst=[int(feature.trend) for feature in FEATURES],
        early_stopping=False,
        random_state=seed,
    )
    with threadpool_limits(limits=1):  # a busy second core makes two threads ten times slower than one
        weighing = np.concatenate([weights, weights[again] * recipe.blanked_weight])
        forest.fit(binned(table, weighing), np.concatenate([labels, labels[again]]), sample_weight=weighing)
    return forest


def raw_log_odds(forest: HistGradientBoostingClassifier, vectors: Vectors) -> Floats:
    """The forest's answers before calibration, on one thread for the same reason as the fit."""
    with threadpool_limits(limits=1):
        raw: Floats = forest.decision_function(vectors)
    return raw


def folds(training: TrainingVectors, count: int, seed: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """(rows to train on, rows to test on) for each fold; no work is on both sides.

    Works are dealt out by size. A distinct pair whose works lie in two folds is left out of training for both and
    tested once, in the fold of its first work.
    """
    works, sizes = np.unique(np.concatenate([training.work_1, training.work_2]), return_counts=True)
    order = np.lexsort((np.random.default_rng(seed).random(len(works)), -sizes))
    fold_of = np.empty(len(works), dtype=np.int64)
    fold_of[order] = np.arange(len(works)) % count
    first = fold_of[np.searchsorted(works, training.work_1)]
    second = fold_of[np.searchsorted(works, training.work_2)]
    for fold in range(count):
        yield np.flatnonzero((first != fold) & (second != fold)), np.flatnonzero(first == fold)


def out_of_fold(
    training: TrainingVectors,
    labels: Floats,
    weights: Floats,
    recipe: Recipe,
    seed: int,
    choose: Callable[[TrainingVectors], Recipe] | None = None,
) -> Floats:
    """The raw log-odds of every pair, from forests that saw neither of its works.

    With `choose` each fold's recipe is chosen by the pairs that the fold trains on, so that no pair has a say in how
    it is scored.
    """
    raw = np.zeros(len(training))
    for train, test in folds(training, recipe.folds, seed):
        if not len(test):
            continue
        if len(np.unique(labels[train])) < 2:  # a tiny set: what the rest says is the prior
            raw[test] = 0.0
            continue
        fold_recipe = choose(training.at(train)) if choose else recipe
        forest = fit_forest(training.vectors[train], labels[train], weights[train], fold_recipe, seed)
        raw[test] = raw_log_odds(forest, training.vectors[test])
    return raw


def calibrate(raw: Floats, labels: Floats, weights: Floats, sets: NDArray[np.object_]) -> Calibration:
    """The line that makes out-of-fold log-odds mean what they say: logistic regression on the one number.

    Pairs of sets that are not as users meet theirs (LabelledSet.as_met) have no say, for most are harder than others:
    with them all probabilities would be too low. Where the rest are of one kind, all have.
    """
    heard = ~np.isin(sets.astype(str), NOT_AS_MET)
    if len(np.unique(labels[heard])) < 2:
        heard[:] = True
    line = LogisticRegression(C=1e3).fit(raw[heard, None], labels[heard], sample_weight=weights[heard])
    slope, intercept = float(line.coef_[0, 0]), float(line.intercept_[0])
    if slope <= 0.05:
        return Calibration()
    easing = min(1.0, STEEPEST / slope)
    return Calibration(slope * easing, intercept * easing)
