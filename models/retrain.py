"""Retraining: the user's own cases beside the base, with the weight that helps them and does not harm the base.

What has to be fitted: small forests, to choose the weight; in three rounds a forest with and one without the user's
cases, each judged by what it did not see; and the forest that is kept.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray

from papertwin.features import conflicting
from papertwin.models.build import CROSS_VALIDATION, SELFTEST_PAIRS, Built, described, metrics_by_set, ordered
from papertwin.models.card import Card, Given, Measured
from papertwin.models.compare import WORSE, Difference, difference, losses
from papertwin.models.evaluate import Floats, choose_thresholds, permutation_importances
from papertwin.models.fit import (
    Calibration,
    Recipe,
    calibrate,
    fit_forest,
    folds,
    out_of_fold,
    raw_log_odds,
    set_weights,
)
from papertwin.models.model import Model
from papertwin.models.onnx_forest import to_onnx
from papertwin.models.scorer import Forest, probability
from papertwin.models.training import TrainingVectors, joined

Rows = NDArray[np.int64]
BEFORE = "before"  # the metrics, in the card, of the model that was there before
WEIGHTS = (0.3, 1.0, 3.0, 10.0)  # of the user's set, as multiples of what the recipe's balance gives to a set
ROUNDS = 3  # folds of the user's works
SAMPLE, JUDGED = 400, 200  # base pairs of a set that weights are tried with, and that they are judged by
CHECKING = 1.0  # the weight of the user's set where its labels are doubted
IMPORTANCE_PAIRS = 2500  # held-out pairs that importances are measured on


@dataclass(frozen=True, slots=True)
class Weighed:
    """The chosen weight of the user's set; 0 where every weight made its cases worse.

    `worth` says how many base pairs one case counts as.
    """

    weight: float
    worth: float


@dataclass(frozen=True, slots=True)
class Beside:
    """Held-out pairs and the probabilities that the old and the new model give them; neither has seen their works."""

    pairs: TrainingVectors
    labels: Floats
    weights: Floats
    old: Floats
    new: Floats

    def at(self, rows: NDArray[np.bool_]) -> "Beside":
        """Some of the pairs."""
        return Beside(self.pairs.at(rows), *(one[rows] for one in (self.labels, self.weights, self.old, self.new)))

    @property
    def difference(self) -> Difference:
        """How the log loss changed."""
        old, new = losses(self.labels, self.old), losses(self.labels, self.new)
        return difference(old, new, self.pairs.work_1, self.weights)


@dataclass(frozen=True, slots=True)
class Retrained:
    """A model of base and user's cases before it is stored, and what it says beside the old one."""

    built: Built
    weighed: Weighed
    base: Beside
    own: Beside
    known: int  # of the user's cases that were among the base's pairs


@dataclass(frozen=True, slots=True)
class _Both:
    """Base and user's pairs as one, the base first; `weights` are those at weight 1."""

    pairs: TrainingVectors
    labels: Floats
    weights: Floats
    base: Rows
    own: Rows

    def parted(self, count: int, own: bool, seed: int) -> list[tuple[Rows, Rows]]:
        """(train, test) rows of the folds of the user's works, or of the base's."""
        rows = self.own if own else self.base
        return [(rows[train], rows[test]) for train, test in folds(self.pairs.at(rows), count, seed)]

    def weighing(self, weight: float) -> Floats:
        """The weights of all pairs with a weight of the user's set."""
        weights = self.weights.copy()
        weights[self.own] *= weight
        return weights


@dataclass(frozen=True, slots=True)
class _Task:
    """Fit on the rows `train` with these weights, score the rows `asked`."""

    train: Rows
    weights: Floats
    asked: Rows
    recipe: Recipe
    kept: bool = False  # whether the forest itself is wanted


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
    both, known = _both(base, own, given.convention, recipe)
    weighed = choose_weight(both, recipe, seed, jobs)
    weights = both.weighing(weighed.weight)
    used = np.arange(len(weights)) if weighed.weight else both.base
    tasks = [_Task(used, weights, both.base[:0], recipe, kept=True)]
    # As many rounds as there are folds of the fewer.
    for (train, test), (own_train, own_test) in zip(
        both.parted(recipe.folds, False, seed), both.parted(ROUNDS, True, seed), strict=False
    ):
        with_own = np.concatenate([train, own_train]) if weighed.weight else train
        tasks.append(_Task(with_own, weights, np.concatenate([test, own_test]), recipe, kept=len(tasks) == 1))
        tasks.append(_Task(train, weights, test, recipe))
    (forest, _), (first, _), *_ = fitted = _run(both, tasks, seed, jobs)
    held = np.concatenate([task.asked for task in tasks[1::2]])
    of_base, pairs, labels = held < len(both.base), both.pairs.at(held), both.labels[held]
    # Where the cases are not learned from, they have their say in what the probabilities mean all the same.
    heeded = both.weighing(max(weighed.weight, WEIGHTS[0]))[held]
    raw, raw_old = (np.concatenate([raw for _, raw in fitted[start::2]]) for start in (1, 2))
    calibration = calibrate(raw, labels, heeded)
    new = probability(calibration(raw))
    limits = choose_thresholds(labels, new, heeded, conflicting(pairs.vectors))
    before = np.empty(len(held))
    before[of_base] = probability(calibrate(raw_old, labels[of_base], heeded[of_base])(raw_old))
    before[~of_base] = old.score_vectors(pairs.vectors[~of_base])
    beside = Beside(pairs, labels, np.where(of_base, heeded, 1.0), before, new)
    by_feature, by_group = _importances(both, Forest(to_onnx(first, calibration)), tasks[1].asked, both.weights, seed)
    chosen = np.sort(np.random.default_rng(seed).choice(used, min(SELFTEST_PAIRS, len(used)), replace=False))
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
    )
    built = Built(forest, calibration, Card(given, measured), both.pairs.vectors[chosen], pairs, new)
    return Retrained(built, weighed, beside.at(of_base), beside.at(~of_base), known)


def recipe_of(model: Model) -> Recipe:
    """How a stored model's forest was fitted."""
    return Recipe(**model.card.measured.recipe)  # type: ignore[arg-type]  # it is what was written


def _both(base: TrainingVectors, own: TrainingVectors, convention: str, recipe: Recipe) -> tuple[_Both, int]:
    """Both in an order of their own, and how many of the user's pairs were found in the base."""
    base, own = base.known(convention), ordered(own.known(convention))
    wanted = {row.tobytes() for row in own.vectors}
    twins = np.array([row.tobytes() in wanted for row in base.vectors], dtype=bool)
    found = {row.tobytes() for row in base.vectors[twins]}
    known = sum(row.tobytes() in found for row in own.vectors)
    base = base.at(~twins)
    pairs = joined([base, own])
    weights = set_weights(pairs.sets, recipe.balance)
    rows = np.arange(len(pairs))
    weights /= weights[: len(base)].mean()  # a base pair weighs what it does without the user's cases
    return _Both(pairs, pairs.labels(convention), weights, rows[: len(base)], rows[len(base) :]), known


def choose_weight(both: _Both, recipe: Recipe, seed: int, jobs: int) -> Weighed:
    """The smallest weight whose log loss on held-out cases is within a standard error of the best one's.

    0 where the base alone is best. A weight that clearly worsens held-out pairs of the base is out of the question.
    """
    few, scale, sample, judged = _small(both, recipe, seed)
    parts = both.parted(ROUNDS, True, seed)
    tasks = [_Task(sample, both.weights * scale, np.concatenate([judged, both.own]), few)]
    tasks += [
        _Task(np.concatenate([sample, own]), both.weighing(weight) * scale, np.concatenate([judged, asked]), few)
        for weight in WEIGHTS
        for own, asked in parts
    ]
    fitted = _run(both, tasks, seed, jobs)
    found = [_losses(both, tasks[:1], fitted[:1], judged)]
    for place in range(len(WEIGHTS)):
        part = slice(1 + place * len(parts), 1 + (place + 1) * len(parts))
        found.append(_losses(both, tasks[part], fitted[part], judged))
    weight = _chosen(both, found, judged)
    return Weighed(weight, float(both.weights[both.own].mean()) * weight)


def _small(both: _Both, recipe: Recipe, seed: int) -> tuple[Recipe, Floats, Rows, Rows]:
    """For forests that are only tried: the recipe with half the trees, and some base pairs to learn from and to judge.

    (recipe, what the weight of each pair is multiplied by so that the sample weighs what the base does, the sample,
    the pairs to judge.)
    """
    few = replace(recipe, trees=max(1, recipe.trees // 2), learning_rate=2 * recipe.learning_rate)
    train, test = both.parted(recipe.folds, False, seed)[0]
    sample, judged = (_sampled(both.pairs.sets, rows, most, seed) for rows, most in ((train, SAMPLE), (test, JUDGED)))
    scale = np.ones(len(both.pairs))
    for name in set(both.pairs.sets[sample]):
        rows = sample[both.pairs.sets[sample] == name]
        scale[rows] = (both.pairs.sets[both.base] == name).sum() / len(rows)
    return few, scale, sample, judged


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
        calibration = calibrate(raw, labels, ones) if len(np.unique(labels)) == 2 else Calibration()
    else:
        both, _ = _both(base, own, convention, recipe)
        few, scale, sample, judged = _small(both, recipe, seed)
        weights = both.weighing(CHECKING) * scale
        tasks = [
            _Task(np.concatenate([sample, train]), weights, np.concatenate([judged, test]), few)
            for train, test in both.parted(recipe.folds, True, seed)
        ]
        answers = [raw for _, raw in _run(both, tasks, seed, jobs)]
        asked, given = np.concatenate([task.asked for task in tasks]), np.concatenate(answers)
        calibration = calibrate(given, both.labels[asked], both.weights[asked])
        raw = np.zeros(len(both.pairs))
        raw[asked] = given
        pairs, raw = both.pairs.at(both.own), raw[both.own]
    probabilities = np.empty(len(own))
    probabilities[pairs.parts.astype(np.int64)] = probability(calibration(raw))
    return probabilities


def _losses(
    both: _Both, tasks: Sequence[_Task], fitted: Sequence[tuple[object, Floats]], judged: Rows
) -> tuple[Floats, Floats]:
    """The losses of the judged base pairs, mean of the forests, and of the user's pairs in their order."""
    own, base = np.zeros(len(both.pairs)), np.zeros(len(judged))
    for task, (_, raw) in zip(tasks, fitted, strict=True):
        given = losses(both.labels[task.asked], probability(raw))
        base += given[: len(judged)] / len(tasks)
        own[task.asked[len(judged) :]] = given[len(judged) :]
    return base, own[both.own]


def _chosen(both: _Both, found: Sequence[tuple[Floats, Floats]], judged: Rows) -> float:
    """The weight by the losses of (base, user's) pairs at 0 and at each of WEIGHTS."""
    (base, alone), works = found[0], both.pairs.work_1
    weights = set_weights(both.pairs.sets[judged], 0.0)  # every set of the base has its say
    tried = [
        (weight, own)
        for weight, (with_own, own) in zip(WEIGHTS, found[1:], strict=True)
        if difference(base, with_own, works[judged], weights).verdict != WORSE
    ]
    best = min(tried, key=lambda one: one[1].mean(), default=None)
    if best is None or best[1].mean() >= alone.mean():
        return 0.0
    for weight, own in tried:
        change = difference(best[1], own, works[both.own])
        if change.mean <= change.error:
            return weight
    return best[0]


def _sampled(sets: NDArray[np.object_], rows: Rows, most: int, seed: int) -> Rows:
    """At most so many of the rows of each set."""
    rng = np.random.default_rng(seed)
    parts = [rows[sets[rows] == name] for name in sorted(set(sets[rows]))]
    return np.concatenate([rng.permutation(part)[:most] for part in parts])


def _run(both: _Both, tasks: Sequence[_Task], seed: int, jobs: int) -> list[tuple[Any, Floats]]:
    """The forest (None where it is not kept) and the raw log-odds of each task; each fit is on one thread."""
    made: list[tuple[Any, Floats]] = joblib.Parallel(n_jobs=jobs)(
        joblib.delayed(_fitted)(both.pairs.vectors, both.labels, task, seed) for task in tasks
    )
    return made


def _fitted(vectors: NDArray[np.float32], labels: Floats, task: _Task, seed: int) -> tuple[Any, Floats]:
    forest = fit_forest(vectors[task.train], labels[task.train], task.weights[task.train], task.recipe, seed)
    raw = raw_log_odds(forest, vectors[task.asked]) if len(task.asked) else np.empty(0)
    return forest if task.kept else None, raw


def _importances(
    both: _Both, forest: Forest, held: Rows, weights: Floats, seed: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Permutation importances of a forest on pairs that it did not see: (by feature, by group)."""
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.choice(held, min(IMPORTANCE_PAIRS, len(held)), replace=False))
    vectors, labels = both.pairs.vectors[rows], both.labels[rows]
    return permutation_importances(lambda one: probability(forest.log_odds(one)), vectors, labels, weights[rows], seed)
