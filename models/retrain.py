"""Retraining: a model of base and user's cases, at the weight that `weighing` chooses, beside the old one.

What has to be fitted: small forests, to choose the weight; in three rounds a forest with and one without the user's
cases, each judged by what it did not see; and the forest that is kept.
"""

from dataclasses import asdict, dataclass, replace

import numpy as np

from papertwin.data.arrays import Floats, Mask
from papertwin.features import conflicting
from papertwin.models.build import (
    SELFTEST_PAIRS,
    Built,
    described,
    drawn,
    importances_of,
    metrics_by_set,
    ordered,
    scores_by_set,
)
from papertwin.models.card import CROSS_VALIDATION, Card, Given, Measured
from papertwin.models.compare import Difference, difference
from papertwin.models.fit import Calibration, Recipe, calibrate, out_of_fold
from papertwin.models.metrics import choose_thresholds, losses
from papertwin.models.model import Model
from papertwin.models.onnx_forest import to_onnx
from papertwin.models.scorer import Forest, probability
from papertwin.models.training_vectors import TrainingVectors
from papertwin.models.weighing import ROUNDS, WEIGHTS, Both, Task, Weighed, choose_weight, side_by_side, small

BEFORE = "before"  # the metrics, in the card, of the model that was there before
CHECKING = 1.0  # the weight of the user's set where its labels are doubted
IMPORTANCE_PAIRS = 2500  # held-out pairs that importances are measured on


@dataclass(frozen=True, slots=True)
class Beside:
    """Held-out pairs and the probabilities that the old and the new model give them; neither has seen their works."""

    pairs: TrainingVectors
    labels: Floats
    weights: Floats
    old: Floats
    new: Floats

    def at(self, rows: Mask) -> "Beside":
        """Some of the pairs."""
        return Beside(self.pairs.at(rows), *(one[rows] for one in (self.labels, self.weights, self.old, self.new)))

    @property
    def difference(self) -> Difference:
        """How the log loss changed."""
        old, new = losses(self.labels, self.old), losses(self.labels, self.new)
        return difference(old, new, self.pairs.groups(), self.weights)


@dataclass(frozen=True, slots=True)
class Retrained:
    """A model of base and user's cases before it is stored, and what it says beside the old one."""

    built: Built
    weighed: Weighed
    base: Beside
    own: Beside
    known: int  # of the user's cases that were among the base's pairs


def retrain(
    base: TrainingVectors,
    own: TrainingVectors,
    given: Given,
    old: Model,
    seed: int = 0,
    jobs: int = 1,
) -> Retrained:
    """Fit, calibrate and judge a model on base and own pairs, beside the `old` one that learned from the base alone.

    It is fitted by the old one's recipe. A pair that is in both counts as the user's alone, so that nothing is judged
    by a model that has seen it. Base and user's works are held out together, a fifth of the base and a third of the
    user's at a time.
    """
    recipe = recipe_of(old)
    both, known = side_by_side(base, own, given.convention, recipe)
    weighed = choose_weight(both, recipe, seed, jobs)
    weights = both.weighing(weighed.weight)
    used = np.arange(len(weights)) if weighed.weight else both.base
    kept = Task(used, weights, both.base[:0], recipe, kept=True)
    with_own, without = _rounds(both, recipe, weights, bool(weighed.weight), seed)
    fitted = both.run([kept, *with_own, *without], seed, jobs)
    forest, first = fitted[0][0], fitted[1][0]
    raw = np.concatenate([raw for _, raw in fitted[1 : 1 + len(with_own)]])
    raw_old = np.concatenate([raw for _, raw in fitted[1 + len(with_own) :]])
    held = np.concatenate([task.asked for task in with_own])
    of_base, pairs, labels = held < len(both.base), both.pairs.at(held), both.labels[held]
    # Where the cases are not learned from, they have their say in what the probabilities mean all the same.
    heeded = both.weighing(max(weighed.weight, WEIGHTS[0]))[held]
    calibration = calibrate(raw, labels, heeded, pairs.sets)
    new = probability(calibration(raw))
    limits = choose_thresholds(labels, new, heeded, conflicting(pairs.vectors))
    before = np.empty(len(held))
    line = calibrate(raw_old, labels[of_base], heeded[of_base], pairs.sets[of_base])
    before[of_base] = probability(line(raw_old))
    before[~of_base] = old.score_vectors(pairs.vectors[~of_base])
    beside = Beside(pairs, labels, np.where(of_base, heeded, 1.0), before, new)
    unseen = drawn(with_own[0].asked, IMPORTANCE_PAIRS, seed)
    by_feature, by_group = importances_of(
        Forest(to_onnx(first, calibration)), both.pairs, both.labels, both.weights, unseen, seed
    )
    chosen = drawn(used, SELFTEST_PAIRS, seed)
    measured = Measured(
        training=described(both.pairs, both.labels),
        thresholds=limits,
        prevalence=float(np.average(labels, weights=heeded)),
        recipe=asdict(recipe),
        metrics={
            CROSS_VALIDATION: metrics_by_set(pairs, labels, new, limits),
            BEFORE: metrics_by_set(pairs, labels, before, old.thresholds),
        },
        feature_importances=by_feature,
        group_importances=by_group,
        scores=scores_by_set(pairs, labels, new),
    )
    built = Built(forest, calibration, Card(given, measured), both.pairs.vectors[chosen], pairs, new)
    return Retrained(built, weighed, beside.at(of_base), beside.at(~of_base), known)


def _rounds(both: Both, recipe: Recipe, weights: Floats, learned: bool, seed: int) -> tuple[list[Task], list[Task]]:
    """What is fitted in each round, with the user's cases, if they are `learned` from, and without any.

    There are as many rounds as there are folds of the fewer. The forest of the first is kept.
    """
    with_own: list[Task] = []
    without: list[Task] = []
    for (train, test), (own_train, own_test) in zip(
        both.parted(recipe.folds, False, seed), both.parted(ROUNDS, True, seed), strict=False
    ):
        rows = np.concatenate([train, own_train]) if learned else train
        with_own.append(Task(rows, weights, np.concatenate([test, own_test]), recipe, kept=not with_own))
        without.append(Task(train, weights, test, recipe))
    return with_own, without


def recipe_of(model: Model) -> Recipe:
    """How a stored model's forest was fitted."""
    return Recipe(**model.card.measured.recipe)  # type: ignore[arg-type]  # it is what was written


def held_out_probabilities(
    base: TrainingVectors | None, own: TrainingVectors, convention: str, recipe: Recipe, seed: int = 0, jobs: int = 1
) -> Floats:
    """The probability of each of the user's pairs, in their order, by forests that have not seen its works.

    They learn from a part of the base, where there is one, and from the user's other pairs.
    """
    own = replace(own, parts=np.arange(len(own)).astype(object))  # which row a pair was, in whatever order
    if base is None:
        pairs = ordered(own)
        labels, ones = pairs.labels(convention), np.ones(len(pairs))
        raw = out_of_fold(pairs, labels, ones, recipe, seed)
        calibration = calibrate(raw, labels, ones, pairs.sets) if len(np.unique(labels)) == 2 else Calibration()
    else:
        both, _ = side_by_side(base, own, convention, recipe)
        few, scale, sample, judged = small(both, recipe, seed)
        weights = both.weighing(CHECKING) * scale
        tasks = [
            Task(np.concatenate([sample, train]), weights, np.concatenate([judged, test]), few)
            for train, test in both.parted(recipe.folds, True, seed)
            if len(test)  # few cases leave folds empty
        ]
        # Processes take as long to start as two such forests to fit.
        answers = [raw for _, raw in both.run(tasks, seed, jobs if len(tasks) == recipe.folds else 1)]
        asked, given = np.concatenate([task.asked for task in tasks]), np.concatenate(answers)
        calibration = calibrate(given, both.labels[asked], both.weights[asked], both.pairs.sets[asked])
        raw = np.zeros(len(both.pairs))
        raw[asked] = given
        pairs, raw = both.pairs.at(both.own), raw[both.own]
    probabilities = np.empty(len(own))
    probabilities[pairs.parts.astype(np.int64)] = probability(calibration(raw))
    return probabilities
