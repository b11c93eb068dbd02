"""Choosing a recipe: by sets that were left out, and only for a clear gain."""

import numpy as np
import pytest

from papertwin.features import FEATURES
from papertwin.models import select
from papertwin.models.fit import Recipe
from papertwin.models.select import choose_recipe, left_out_losses
from papertwin.models.training_vectors import TrainingVectors

FEEBLE, SOUND = Recipe(trees=1, learning_rate=0.01, leaves=2), Recipe(trees=20, leaves=7)


def made(sets, pairs=60, seed=0):
    """Sets of pairs whose label the first feature tells, all in the same way."""
    rng = np.random.default_rng(seed)
    count = pairs * sets
    labels = (rng.random(count) < 0.5).astype(float)
    vectors = rng.random((count, len(FEATURES)), dtype=np.float32)
    vectors[:, 0] = np.clip(labels * 0.5 + rng.normal(0.25, 0.1, count), 0, 1)
    names = np.repeat(np.array([f"set {n}" for n in range(sets)], dtype=object), pairs)
    rows = np.arange(count)
    return TrainingVectors(vectors, labels, labels, names, np.full(count, "", dtype=object), rows, rows)


def test_a_clearly_better_recipe_is_chosen():
    """A forest of one stump loses to one that can tell the classes, wherever it stands in the list but first."""
    assert choose_recipe(made(6), "work", (FEEBLE, SOUND), 0) == SOUND
    assert choose_recipe(made(6), "work", (SOUND, FEEBLE), 0) == SOUND


def test_what_is_not_clearly_better_is_not_chosen(monkeypatch):
    """A gain that is smaller than two of its own standard errors changes nothing."""
    losses = {FEEBLE: [0.30, 0.30, 0.30, 0.30], SOUND: [0.20, 0.20, 0.35, 0.25]}
    monkeypatch.setattr(select, "left_out_losses", lambda training, convention, recipe, seed: losses[recipe])

    assert choose_recipe(made(4), "work", (FEEBLE, SOUND), 0) == FEEBLE


@pytest.mark.parametrize("sets", [1, 2])
def test_with_too_few_sets_the_first_recipe_stands(sets):
    """Nothing can be left out in turn where there are one or two sets."""
    assert choose_recipe(made(sets), "work", (FEEBLE, SOUND), 0) == FEEBLE


def test_every_set_is_left_out_once():
    """A loss for each set, the same every time."""
    training = made(5)
    losses = left_out_losses(training, "work", SOUND, 0)

    assert len(losses) == 5
    assert losses == left_out_losses(training, "work", SOUND, 0)
    assert all(loss > 0 for loss in losses)
