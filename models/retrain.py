"""Retraining: a model of base and user's cases, at the weight that `weighing` chooses, beside the old one.

What has to be fitted: small forests, to choose the weight; in three rounds a forest with and one without the user's
cases, each judged by what it did not see; and the forest that is kept.
"""

from dataclasses import asdict, dataclass, replace

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from papertwin.data.arrays import Floats, Mask, Rows
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
from papertwin.models.card import BEFORE, CROSS_VALIDATION, Card, Given, Measured, Numbers, Thresholds
from papertwin.models.compare import WORSE, Difference, difference
from papertwin.models.doubt import contradicted, trust
from papertwin.models.fit import Calibration, Recipe, calibrate, out_of_fold
from papertwin.models.metrics import choose_thresholds, losses, metrics
from papertwin.models.model import Model
from papertwin.models.onnx_forest import to_onnx
from papertwin.models.scorer import Forest, probability
from papertwin.models.training_vectors import TrainingVectors
from papertwin.models.weighing import (
    ROUNDS,
    Both,
    Task,
    Weighed,
    choose_weight,
    lighter,
    side_by_side,
    small,
)

CHECKING = 1.0  # the weight of the user's set where its labels are doubted
IMPORTANCE_PAIRS = 2500  # held-out pairs that importances are measured on


@dataclass(frozen=True, slots=True)
class Beside:
    """Held-out pairs and the probabilities that the old and the new model give them; neither has seen their works.

    `limits` are the thresholds of the old model and of the new one.
    """

    pairs: TrainingVectors
    labels: Floats
    weights: Floats
    old: Floats
    new: Floats
    limits: tuple[Thresholds, Thresholds]

    def at(self, rows: Mask) -> "Beside":
        """Some of the pairs."""
        labels, weights, old, new = (one[rows] for one in (self.labels, self.weights, self.old, self.new))
        return Beside(self.pairs.at(rows), labels, weights, old, new, self.limits)

    @property
    def metrics(self) -> tuple[Numbers, Numbers]:
        """Those of the old model and of the new one, each pair as one."""
        against = conflicting(self.pairs.vectors)
        old, new = (
            metrics(self.labels, given, limits, against)
            for given, limits in zip((self.old, self.new), self.limits, strict=True)
        )
        return old, new

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
    trusted: Beside  # the user's without those whose labels are doubted
    known: int  # of the user's cases that were among the base's pairs
    checked: Floats  # what `held_out_probabilities` says of the user's pairs, as they came

    @property
    def doubted(self) -> int:
        """How many labels of the user's are doubted."""
        return len(self.own.labels) - len(self.trusted.labels)


@dataclass(frozen=True, slots=True)
class _Fits:
    """What was fitted: the forest that is kept, and the rounds.

    `held` are the pairs that the rounds held out, in the order in which they were asked; `raw` are the raw log-odds
    of all of them by the forests that know the user's cases, `raw_without` those of the base's pairs among them by the
    forests that do not. The `first` round's forest has not seen the pairs `unseen`.
    """

    forest: HistGradientBoostingClassifier
    learned: Rows  # that it learned from
    first: HistGradientBoostingClassifier
    unseen: Rows
    held: Rows
    raw: Floats
    raw_without: Floats


@dataclass(frozen=True, slots=True)
class _Tried:
    """A model of base and user's cases at a weight, beside the old one on the pairs held out; `weights` are theirs."""

    weighed: Weighed
    fits: _Fits
    calibration: Calibration
    weights: Floats
    beside: Beside
    of_base: Mask


def retrain(
    base: TrainingVectors,
    own: TrainingVectors,
    given: Given,
    old: Model,
    seed: int = 0,
    jobs: int = 1,
) -> Retrained:
    """Fit, calibrate and judge a model on base and own pairs, beside the `old` one that learned from the base alone.

    A label that forests contradict which have not seen its works, as `held_out_probabilities` has them, counts as much
    as it is likely right, and both models are judged without such labels as well: one that learns errors is better by
    the labels that have them.

    It is fitted by the old one's recipe. A pair that is in both counts as the user's alone, so that nothing is judged
    by a model that has seen it. Base and user's works are held out together, a fifth of the base and a third of the
    user's at a time.
    """
    recipe = recipe_of(old)
    own = replace(own, parts=np.arange(len(own)).astype(object))  # which row a pair was, in whatever order
    own_labels = own.labels(given.convention) == 1
    checked = held_out_probabilities(base, own, given.convention, recipe, seed, jobs)
    both, known = side_by_side(base, own, given.convention, recipe)
    both = both.trusting(trust(own_labels, checked)[_places(both.pairs.at(both.own))])
    weighed = choose_weight(both, recipe, seed, jobs)
    tried = _at(both, weighed, recipe, old, seed, jobs)
    # The sample by which a weight is chosen is small: what harms all of the base after all counts for less.
    while tried.weighed.say and tried.beside.at(tried.of_base).difference.verdict == WORSE:
        tried = _at(both, lighter(both, tried.weighed), recipe, old, seed, jobs)
    fits, calibration, beside, of_base = tried.fits, tried.calibration, tried.beside, tried.of_base
    pairs, labels, limits = beside.pairs, beside.labels, beside.limits[1]
    by_feature, by_group = _importances(both, fits, calibration, seed)
    measured = Measured(
        training=described(both.pairs, both.labels),
        thresholds=limits,
        prevalence=float(np.average(labels, weights=tried.weights)),
        recipe=asdict(recipe),
        metrics={
            CROSS_VALIDATION: metrics_by_set(pairs, labels, beside.new, limits),
            BEFORE: metrics_by_set(pairs, labels, beside.old, old.thresholds),
        },
        feature_importances=by_feature,
        group_importances=by_group,
        scores=scores_by_set(pairs, labels, beside.new),
    )
    selftest = both.pairs.vectors[drawn(fits.learned, SELFTEST_PAIRS, seed)]
    built = Built(fits.forest, calibration, Card(given, measured), selftest, pairs, beside.new)
    of_own = beside.at(~of_base)
    undoubted = ~contradicted(own_labels, checked)[_places(of_own.pairs)]
    return Retrained(built, tried.weighed, beside.at(of_base), of_own, of_own.at(undoubted), known, checked)


def _at(both: Both, weighed: Weighed, recipe: Recipe, old: Model, seed: int, jobs: int) -> _Tried:
    """The model of both at a weight of the user's set, beside the old one."""
    fits = _fit(both, recipe, weighed.weight, seed, jobs)
    of_base, pairs, labels = fits.held < len(both.base), both.pairs.at(fits.held), both.labels[fits.held]
    weights = both.weighing(weighed.say)[fits.held]
    calibration = calibrate(fits.raw, labels, weights, pairs.sets)
    new = probability(calibration(fits.raw))
    before = np.empty(len(fits.held))
    line = calibrate(fits.raw_without, labels[of_base], weights[of_base], pairs.sets[of_base])
    before[of_base] = probability(line(fits.raw_without))
    before[~of_base] = old.score_vectors(pairs.vectors[~of_base])
    heard = weights > 0
    limits = choose_thresholds(labels[heard], new[heard], weights[heard], conflicting(pairs.vectors)[heard])
    beside = Beside(pairs, labels, np.where(of_base, weights, 1.0), before, new, (old.thresholds, limits))
    return _Tried(weighed, fits, calibration, weights, beside, of_base)


def _places(own: TrainingVectors) -> Rows:
    """Which of the user's pairs, as they came, each of these is."""
    return own.parts.astype(np.int64)


def _fit(both: Both, recipe: Recipe, weight: float, seed: int, jobs: int) -> _Fits:
    """Fit the forest that is kept and those of the rounds, with the user's set at this weight."""
    weights = both.weighing(weight)
    learned = np.arange(len(weights)) if weight else both.base
    kept = Task(learned, weights, both.base[:0], recipe, kept=True)
    with_own, without = _rounds(both, recipe, weights, bool(weight), seed)
    (forest, _), *rounds = both.run([kept, *with_own, *without], seed, jobs)
    raw = [answers for _, answers in rounds]
    return _Fits(
        forest,
        learned,
        first=rounds[0][0],
        unseen=with_own[0].asked,
        held=np.concatenate([task.asked for task in with_own]),
        raw=np.concatenate(raw[: len(with_own)]),
        raw_without=np.concatenate(raw[len(with_own) :]),
    )


def _importances(
    both: Both, fits: _Fits, calibration: Calibration, seed: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Permutation importances on the first round, of its forest: (by feature, by group)."""
    forest = Forest(to_onnx(fits.first, calibration))
    rows = drawn(fits.unseen, IMPORTANCE_PAIRS, seed)
    return importances_of(forest, both.pairs, both.labels, both.weights, rows, seed)


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
    probabilities[_places(pairs)] = probability(calibration(raw))
    return probabilities
