"""The models whose answers are judged: cross-validated, without a set, and on the challenge cases.

Each is fitted, calibrated and given its thresholds as a user's would be: by grouped out-of-fold scores of the pairs
that it was trained on, and of no others.
"""

from dataclasses import replace

import joblib
import numpy as np
from numpy.typing import NDArray

from leave_out import LeftOut, left_out
from papertwin.data.arrays import Floats, Mask, Rows, Vectors
from papertwin.data.conventions import CONVENTIONS, other
from papertwin.features import conflicting
from papertwin.models.build import build
from papertwin.models.card import Given
from papertwin.models.fit import Recipe, raw_log_odds
from papertwin.models.training_vectors import TrainingVectors
from scored import BySet, Scored, log_odds
from unseen import fitted

# Calibrated on fewer folds than a shipped model, to save time: a line through 100,000 scores does not need more.
LEFT_OUT_FOLDS, OTHERWISE_FOLDS = 3, 2
CHALLENGE = "challenge"
FEWEST_KIN = 30  # training pairs with a set's titles, from which on it is also left out with them


def scores_of(training: TrainingVectors, convention: str, train: Rows, test: Rows, recipe: Recipe, seed: int) -> Scored:
    """The answers to the `test` rows of a model that is made from the `train` rows alone."""
    made, asked = fitted(training.at(train), convention, recipe, seed), training.vectors[test]
    answers = made.calibration(raw_log_odds(made.forest, asked))
    return Scored.by_one(test, answers, conflicting(asked), made.thresholds, made.prevalence)


def cross_validated(
    training: TrainingVectors, taught: Mask, challenge: Vectors, recipe: Recipe, seed: int, jobs: int
) -> BySet:
    """By convention: the out-of-fold answers to the taught pairs.

    And, named challenge/<convention>, the answers of the model made of all pairs to the challenge cases.
    """
    # `build` brings the pairs into an order of its own; their numbers travel in a column that it only carries along.
    numbered = replace(training, parts=np.arange(len(training)).astype(object)).at(taught)
    made = joblib.Parallel(n_jobs=jobs)(
        joblib.delayed(_built)(numbered, challenge, convention, recipe, seed)
        for convention in CONVENTIONS
        if learnable(numbered.labels(convention))
    )
    return {name: scored for one in made for name, scored in one.items()}


def _built(numbered: TrainingVectors, challenge: Vectors, convention: str, recipe: Recipe, seed: int) -> BySet:
    built = build(numbered, Given(convention, convention), (recipe,), seed)
    measured = built.card.measured
    order = built.training.parts.astype(np.int64)
    limits, prevalence = measured.thresholds, measured.prevalence
    own = Scored.by_one(order, log_odds(built.probabilities), conflicting(built.training.vectors), limits, prevalence)
    answers = built.calibration(raw_log_odds(built.forest, challenge)) if len(challenge) else np.empty(0)
    asked = Scored.by_one(np.arange(len(challenge)), answers, conflicting(challenge), limits, prevalence)
    return {convention: own, f"{CHALLENGE}/{convention}": asked}


def left_out_by_set(
    training: TrainingVectors, taught: Mask, recipe: Recipe, seed: int, jobs: int, *, otherwise: bool = False
) -> BySet:
    """All pairs of each set, answered by models that saw nothing of it, under its own convention.

    They learn from the taught pairs of the other sets, as the shipped models do.

    `otherwise`: under the other convention, as far as the labels say what that would decide.
    """
    recipe = replace(recipe, folds=OTHERWISE_FOLDS if otherwise else LEFT_OUT_FOLDS)
    outs = [replace(out, convention=other(out.convention)) if otherwise else out for out in left_out(training)]
    decided = [out for out in outs if not np.isnan(training.labels(out.convention)[out.rows]).all()]
    return _without(training, [(out, out.rows | ~taught) for out in decided], recipe, seed, jobs)


def left_out_with_kin(
    training: TrainingVectors, taught: Mask, titles: NDArray[np.int64], recipe: Recipe, seed: int, jobs: int
) -> BySet:
    """The sets whose titles occur in other sets' training pairs, answered by models that saw none of those either."""
    tasks: dict[str, list[tuple[LeftOut, Mask]]] = {}
    kin_of: dict[str, int] = {}
    for out in left_out(training):
        own = np.setdiff1d(titles[out.rows], [0])
        kin = np.isin(titles, own).any(axis=1) & taught & ~out.rows
        name = out.name.partition("/")[0]
        tasks.setdefault(name, []).append((out, out.rows | kin | ~taught))
        kin_of[name] = kin_of.get(name, 0) + int(kin.sum())
    chosen = [task for name, parts in tasks.items() if kin_of[name] >= FEWEST_KIN for task in parts]
    return _without(training, chosen, replace(recipe, folds=LEFT_OUT_FOLDS), seed, jobs)


def _without(
    training: TrainingVectors, tasks: list[tuple[LeftOut, Mask]], recipe: Recipe, seed: int, jobs: int
) -> BySet:
    """The answers to the pairs of each left-out set by a model that never saw the masked rows."""
    calls = []
    for out, unseen in tasks:
        known = ~np.isnan(training.labels(out.convention))
        train, test = np.flatnonzero(known & ~unseen), np.flatnonzero(known & out.rows)
        if learnable(training.labels(out.convention)[train]):
            calls.append(joblib.delayed(scores_of)(training, out.convention, train, test, recipe, seed))
    made = joblib.Parallel(n_jobs=jobs)(calls)
    if not made:
        return {}
    whole = Scored.joined(made)
    names = training.sets[whole.rows].astype(str)
    return {str(name): whole.at(names == name) for name in np.unique(names)}


def learnable(labels: Floats) -> bool:
    """Whether there are both duplicates and distinct pairs to learn from."""
    return bool((labels == 1).any() and (labels == 0).any())
