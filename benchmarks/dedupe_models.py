"""Models for the deduplication benchmark: the shipped one, and one that saw nothing of a set."""

from dataclasses import replace
from hashlib import sha256

import numpy as np

from leave_out import CONVENTION, TOGETHER, shipped_recipe
from papertwin.features import conflicting
from papertwin.models import Model, load
from papertwin.models.evaluate import choose_thresholds
from papertwin.models.fit import calibrate, fit_forest, out_of_fold, set_weights
from papertwin.models.onnx_forest import to_onnx
from papertwin.models.scorer import Forest, probability
from papertwin.models.training import TrainingVectors

FOLDS = 2  # for the calibration: a line through so many scores does not need more


def without(training: TrainingVectors, name: str, seed: int = 0) -> Model:
    """A model of the set's convention, made of the shipped vectors without those of the set and of its kin."""
    names = next((group for group in TOGETHER if name in group), (name,))
    part = training.at(~np.isin(training.sets.astype(str), names)).known(CONVENTION[name])
    recipe = replace(shipped_recipe(), folds=FOLDS)
    labels, weights = part.labels(CONVENTION[name]), set_weights(part.sets, recipe.balance)
    raw = out_of_fold(part, labels, weights, recipe, seed)
    calibration = calibrate(raw, labels, weights, part.sets)
    limits = choose_thresholds(labels, probability(calibration(raw)), weights, conflicting(part.vectors))
    onnx = to_onnx(fit_forest(part.vectors, labels, weights, recipe, seed), calibration)
    return Model(load(CONVENTION[name]).card, Forest(onnx), limits, sha256(onnx).hexdigest()[:8])
