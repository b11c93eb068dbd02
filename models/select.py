"""Choosing how to fit by what generalises: the log loss on sets that were left out of the training."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from papertwin.models.evaluate import log_loss
from papertwin.models.fit import Recipe, fit_forest, set_weights
from papertwin.models.scorer import probability
from papertwin.models.training import TrainingVectors

CANDIDATES = (
    Recipe(),
    replace(Recipe(), leaves=15, trees=250),
    replace(Recipe(), leaves=63, trees=90),
    replace(Recipe(), smallest_leaf=60),
    replace(Recipe(), feature_share=0.5),
)
MOST_PAIRS = 1000  # of a set: enough to rank recipes, and quick enough to do it anew in every fold
PARTS = 3  # groups of sets that are left out in turn


def choose_recipe(training: TrainingVectors, convention: str, candidates: Sequence[Recipe], seed: int) -> Recipe:
    """The candidate with the smallest mean log loss of left-out sets; the first where there are too few sets."""
    few = training.capped(MOST_PAIRS, seed)
    if len(candidates) == 1 or len(set(few.sets)) < PARTS:
        return candidates[0]
    losses = [left_out_loss(few, convention, recipe, seed) for recipe in candidates]
    return candidates[int(np.argmin(losses))]


def left_out_loss(training: TrainingVectors, convention: str, recipe: Recipe, seed: int) -> float:
    """The mean over sets of their log loss, a third of the sets being left out at a time."""
    names = sorted(set(training.sets))
    losses = []
    for part in range(PARTS):
        left_out = np.isin(training.sets.astype(str), names[part::PARTS])
        rest = training.at(~left_out)
        labels, weights = rest.labels(convention), set_weights(rest.sets, recipe.balance)
        if len(np.unique(labels)) < 2:
            continue
        forest = fit_forest(rest.vectors, labels, weights, recipe, seed)
        for name in names[part::PARTS]:
            one = training.at(training.sets == name)
            given = probability(forest.decision_function(one.vectors))
            losses.append(log_loss(one.labels(convention), given, np.ones(len(one))))
    return float(np.mean(losses)) if losses else float("inf")
