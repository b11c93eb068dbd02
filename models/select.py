"""Choosing how to fit by what generalises: the log loss on sets that were left out of the training."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from papertwin.models.fit import Recipe, fit_forest, raw_log_odds, set_weights
from papertwin.models.metrics import log_loss
from papertwin.models.scorer import probability
from papertwin.models.training_vectors import TrainingVectors

CANDIDATES = (  # the first is what all else has to beat
    Recipe(),
    replace(Recipe(), leaves=15, trees=250),
    replace(Recipe(), leaves=63, trees=90),
    replace(Recipe(), feature_share=0.25),
)
MOST_PAIRS = 1000  # of a set: enough to rank recipes, and quick enough to do it anew in every fold
PARTS = 3  # groups of sets that are left out in turn
# Standard errors by which the best of the candidates has to win: of three that are no better, one wins by one standard
# error in four of ten cases, by two in one of fifteen.
CLEARLY = 2.0


def choose_recipe(training: TrainingVectors, convention: str, candidates: Sequence[Recipe], seed: int) -> Recipe:
    """The candidate with the smallest mean log loss of left-out sets, if it clearly beats the first.

    (After the rule of one standard error, Breiman and others 1984: what is not clearly better is not worth a change,
    and would only make the folds unlike each other.) The first where there are too few sets.
    """
    few = training.capped(MOST_PAIRS, seed)
    if len(candidates) == 1 or len(set(few.sets)) < PARTS:
        return candidates[0]
    losses = np.array([left_out_losses(few, convention, recipe, seed) for recipe in candidates])
    gains = losses[0] - losses
    best = int(np.argmax(gains.mean(axis=1)))
    error = gains[best].std(ddof=1) / np.sqrt(gains.shape[1])
    return candidates[best if gains[best].mean() > CLEARLY * error else 0]


def left_out_losses(training: TrainingVectors, convention: str, recipe: Recipe, seed: int) -> list[float]:
    """The log loss of each set, a third of the sets being left out at a time."""
    names = sorted(set(training.sets))
    losses = []
    for part in range(PARTS):
        left_out = np.isin(training.sets.astype(str), names[part::PARTS])
        rest = training.at(~left_out)
        forest = fit_forest(rest.vectors, rest.labels(convention), set_weights(rest.sets, recipe.balance), recipe, seed)
        for name in names[part::PARTS]:
            one = training.at(training.sets == name)
            given = probability(raw_log_odds(forest, one.vectors))
            losses.append(log_loss(one.labels(convention), given, np.ones(len(one))))
    return losses
