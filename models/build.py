"""From labelled vectors to a model with its card: out-of-fold scores, calibration, thresholds, importances, forest."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from papertwin.data.arrays import Floats, Rows, Vectors
from papertwin.features import conflicting
from papertwin.models.card import ALL, CROSS_VALIDATION, Card, Given, Measured, Numbers, Thresholds, TrainingSet
from papertwin.models.fit import Calibration, Recipe, calibrate, fit_forest, folds, out_of_fold, set_weights
from papertwin.models.metrics import choose_thresholds, metrics, permutation_importances
from papertwin.models.onnx_forest import to_onnx
from papertwin.models.scorer import Forest, probability
from papertwin.models.scores import Scores
from papertwin.models.select import choose_recipe
from papertwin.models.slices import SLICES
from papertwin.models.training_vectors import TrainingVectors

IMPORTANCE_PAIRS = 8000  # held-out pairs that importances are measured on
SELFTEST_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Built:
    """A model before it is stored; `probabilities` are out-of-fold, a number for each pair of `training`."""

    forest: HistGradientBoostingClassifier
    calibration: Calibration
    card: Card
    selftest: Vectors
    training: TrainingVectors
    probabilities: Floats


def build(training: TrainingVectors, given: Given, candidates: Sequence[Recipe] = (Recipe(),), seed: int = 0) -> Built:
    """Fit, calibrate and judge a model of the card's convention on the pairs that it decides.

    Of several candidates the recipe is chosen by leaving sets out: once for the model, and anew inside every fold for
    the out-of-fold scores.
    """

    def choose(pairs: TrainingVectors) -> Recipe:
        return choose_recipe(pairs, given.convention, candidates, seed)

    training = ordered(training.known(given.convention))
    labels = training.labels(given.convention)
    recipe = choose(training)
    weights = set_weights(training.sets, recipe.balance)
    raw = out_of_fold(training, labels, weights, recipe, seed, choose)
    calibration = calibrate(raw, labels, weights, training.sets)
    probabilities = probability(calibration(raw))
    thresholds = choose_thresholds(labels, probabilities, weights, conflicting(training.vectors))
    by_feature, by_group = importances(training, labels, weights, calibration, recipe, seed)
    forest = fit_forest(training.vectors, labels, weights, recipe, seed)
    chosen = drawn(np.arange(len(training)), SELFTEST_PAIRS, seed)
    measured = Measured(
        training=described(training, labels),
        thresholds=thresholds,
        prevalence=float(np.average(labels, weights=weights)),
        recipe=asdict(recipe),
        metrics={CROSS_VALIDATION: metrics_by_set(training, labels, probabilities, thresholds)},
        feature_importances=by_feature,
        group_importances=by_group,
        scores=scores_by_set(training, labels, probabilities),
    )
    return Built(forest, calibration, Card(given, measured), training.vectors[chosen], training, probabilities)


def ordered(training: TrainingVectors) -> TrainingVectors:
    """The pairs in an order of their own, so that the order in which cases come does not matter."""
    keys = [row.tobytes() for row in training.vectors]
    order = sorted(
        range(len(training)),
        key=lambda row: (str(training.sets[row]), training.work_1[row], training.work_2[row], keys[row]),
    )
    return training.at(np.array(order, dtype=np.int64))


def described(training: TrainingVectors, labels: Floats) -> list[TrainingSet]:
    """The sets of a training, with counts and a hash of their vectors and labels."""
    result = []
    for name in sorted(set(training.sets)):
        rows = training.sets == name
        digest = hashlib.sha256(np.ascontiguousarray(training.vectors[rows]).tobytes() + labels[rows].tobytes())
        result.append(TrainingSet(str(name), int(rows.sum()), int(labels[rows].sum()), digest.hexdigest()))
    return result


def metrics_by_set(
    training: TrainingVectors, labels: Floats, probabilities: Floats, thresholds: Thresholds
) -> dict[str, Numbers]:
    """Metrics of all pairs together, of each set, and of the slices ("all/no abstract on a side")."""
    against = conflicting(training.vectors)
    table: dict[str, Numbers] = {ALL: metrics(labels, probabilities, thresholds, against)}
    for name, of in SLICES.items():
        rows = of(training.vectors)
        table[f"{ALL}/{name}"] = metrics(labels[rows], probabilities[rows], thresholds, against[rows])
    for name in sorted(set(training.sets)):
        rows = training.sets == name
        table[str(name)] = metrics(labels[rows], probabilities[rows], thresholds, against[rows])
    return table


def scores_by_set(training: TrainingVectors, labels: Floats, probabilities: Floats) -> dict[str, Scores]:
    """The counts by probability of all pairs together and of each set."""
    rows = {ALL: np.ones(len(training), dtype=bool)}
    rows |= {str(name): training.sets == name for name in sorted(set(training.sets))}
    return {name: Scores.of(labels[own], probabilities[own]) for name, own in rows.items()}


def importances(
    training: TrainingVectors, labels: Floats, weights: Floats, calibration: Calibration, recipe: Recipe, seed: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Permutation importances on the first fold, of a forest that did not see it: (by feature, by group)."""
    train, test = next(folds(training, recipe.folds, seed))
    if len(np.unique(labels[train])) < 2 or not len(test):
        train = test = np.arange(len(training))
    fitted = fit_forest(training.vectors[train], labels[train], weights[train], recipe, seed)
    forest = Forest(to_onnx(fitted, calibration))
    return importances_of(forest, training, labels, weights, drawn(test, IMPORTANCE_PAIRS, seed), seed)


def importances_of(
    forest: Forest, training: TrainingVectors, labels: Floats, weights: Floats, rows: Rows, seed: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Permutation importances of a forest on rows that it did not see: (by feature, by group)."""
    return permutation_importances(
        lambda vectors: probability(forest.log_odds(vectors)), training.vectors[rows], labels[rows], weights[rows], seed
    )


def drawn(rows: Rows, most: int, seed: int) -> Rows:
    """At most so many of the rows, drawn by chance, in order."""
    return np.sort(np.random.default_rng(seed).choice(rows, min(most, len(rows)), replace=False))
