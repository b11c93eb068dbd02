"""Weighing: base and user's pairs as one, and how much the user's count, so that they help and do not harm the base."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import joblib
import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Rows, Vectors
from papertwin.models.build import ordered
from papertwin.models.compare import WORSE, difference
from papertwin.models.fit import Recipe, fit_forest, folds, raw_log_odds, set_weights
from papertwin.models.metrics import losses
from papertwin.models.scorer import probability
from papertwin.models.training_vectors import TrainingVectors, joined

# Of the user's set, as multiples of what the recipe's balance gives to a set; more, and few cases are learned by heart.
WEIGHTS = (0.3, 1.0, 3.0)
ROUNDS = 3  # folds of the user's works
SAMPLE, JUDGED = 400, 200  # base pairs of a set that weights are tried with, and that they are judged by


@dataclass(frozen=True, slots=True)
class Weighed:
    """The chosen weight of the user's set; 0 where every weight made its cases worse.

    `worth` says how many base pairs one case counts as, whose label is not doubted. `say` is their weight in what the
    probabilities mean, which they have without being learned from; 0 where even that harmed the base.
    """

    weight: float
    worth: float
    say: float


@dataclass(frozen=True, slots=True)
class Task:
    """Fit on the rows `train` with these weights, score the rows `asked`."""

    train: Rows
    weights: Floats
    asked: Rows
    recipe: Recipe
    kept: bool = False  # whether the forest itself is wanted


@dataclass(frozen=True, slots=True)
class Both:
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

    def trusting(self, trust: Floats) -> "Both":
        """The same with each of the user's pairs weighing less, by how far its label is trusted."""
        weights = self.weights.copy()
        weights[self.own] *= trust
        return replace(self, weights=weights)

    def run(self, tasks: Sequence[Task], seed: int, jobs: int) -> list[tuple[Any, Floats]]:
        """The forest (None where it is not kept) and the raw log-odds of each task; each fit is on one thread."""
        made: list[tuple[Any, Floats]] = joblib.Parallel(n_jobs=jobs)(
            joblib.delayed(_fitted)(self.pairs.vectors, self.labels, task, seed) for task in tasks
        )
        return made


def _fitted(vectors: Vectors, labels: Floats, task: Task, seed: int) -> tuple[Any, Floats]:
    forest = fit_forest(vectors[task.train], labels[task.train], task.weights[task.train], task.recipe, seed)
    raw = raw_log_odds(forest, vectors[task.asked]) if len(task.asked) else np.empty(0)
    return forest if task.kept else None, raw


def side_by_side(base: TrainingVectors, own: TrainingVectors, convention: str, recipe: Recipe) -> tuple[Both, int]:
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
    return Both(pairs, pairs.labels(convention), weights, rows[: len(base)], rows[len(base) :]), known


def choose_weight(both: Both, recipe: Recipe, seed: int, jobs: int) -> Weighed:
    """The smallest weight, 0 among them, whose log loss on held-out cases is within a standard error of the best one's.

    A weight that clearly worsens held-out pairs of the base is out of the question.
    """
    few, scale, sample, judged = small(both, recipe, seed)
    parts = both.parted(ROUNDS, True, seed)
    tasks = [Task(sample, both.weights * scale, np.concatenate([judged, both.own]), few)]
    tasks += [
        Task(np.concatenate([sample, own]), both.weighing(weight) * scale, np.concatenate([judged, asked]), few)
        for weight in WEIGHTS
        for own, asked in parts
    ]
    fitted = both.run(tasks, seed, jobs)
    found = [_losses(both, tasks[:1], fitted[:1], judged)]
    for place in range(len(WEIGHTS)):
        part = slice(1 + place * len(parts), 1 + (place + 1) * len(parts))
        found.append(_losses(both, tasks[part], fitted[part], judged))
    return weighed_at(both, _chosen(both, found, judged))


def weighed_at(both: Both, weight: float) -> Weighed:
    """The weight, and what it comes to."""
    return Weighed(weight, float(both.weights[both.own].max()) * weight, max(weight, WEIGHTS[0]))


def lighter(both: Both, weighed: Weighed) -> Weighed:
    """At the next smaller weight; below 0 the user's cases count for nothing."""
    if not weighed.weight:
        return Weighed(0.0, 0.0, 0.0)
    return weighed_at(both, max(smaller for smaller in (0.0, *WEIGHTS) if smaller < weighed.weight))


def small(both: Both, recipe: Recipe, seed: int) -> tuple[Recipe, Floats, Rows, Rows]:
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


def _losses(
    both: Both, tasks: Sequence[Task], fitted: Sequence[tuple[object, Floats]], judged: Rows
) -> tuple[Floats, Floats]:
    """The losses of the judged base pairs, mean of the forests, and of the user's pairs in their order."""
    own, base = np.zeros(len(both.pairs)), np.zeros(len(judged))
    for task, (_, raw) in zip(tasks, fitted, strict=True):
        given = losses(both.labels[task.asked], probability(raw))
        base += given[: len(judged)] / len(tasks)
        own[task.asked[len(judged) :]] = given[len(judged) :]
    return base, own[both.own]


def _chosen(both: Both, found: Sequence[tuple[Floats, Floats]], judged: Rows) -> float:
    """The weight by the losses of (base, user's) pairs at 0 and at each of WEIGHTS."""
    base, alone = found[0]
    of_base, of_own = both.pairs.at(judged).groups(), both.pairs.at(both.own).groups()
    weights = set_weights(both.pairs.sets[judged], 0.0)  # every set of the base has its say
    tried = [(0.0, alone)]
    tried += [
        (weight, own)
        for weight, (with_own, own) in zip(WEIGHTS, found[1:], strict=True)
        if difference(base, with_own, of_base, weights).verdict != WORSE
    ]
    trusted = both.weights[both.own]  # labels that may be wrong have less of a say
    best = min(tried, key=lambda one: float(np.average(one[1], weights=trusted)))[1]
    changes = ((weight, difference(best, own, of_own, trusted)) for weight, own in tried)
    return next(weight for weight, change in changes if change.mean <= change.error)


def _sampled(sets: NDArray[np.object_], rows: Rows, most: int, seed: int) -> Rows:
    """At most so many of the rows of each set."""
    rng = np.random.default_rng(seed)
    parts = [rows[sets[rows] == name] for name in sorted(set(sets[rows]))]
    return np.concatenate([rng.permutation(part)[:most] for part in parts])
