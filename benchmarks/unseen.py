"""Models of some of the pairs alone, made as a shipped one is made of all: what else they are asked is unseen."""

from dataclasses import asdict, dataclass, replace
from hashlib import sha256

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from papertwin.features import conflicting
from papertwin.models import Model
from papertwin.models.card import Card, Given, Measured, Thresholds
from papertwin.models.fit import Calibration, Recipe, calibrate, fit_forest, out_of_fold, set_weights
from papertwin.models.metrics import choose_thresholds
from papertwin.models.onnx_forest import to_onnx
from papertwin.models.scorer import Forest, probability
from papertwin.models.training_vectors import TrainingVectors


@dataclass(frozen=True, slots=True)
class Fitted:
    """A forest with its calibration and thresholds, for input with this share of duplicates."""

    forest: HistGradientBoostingClassifier
    calibration: Calibration
    thresholds: Thresholds
    prevalence: float


def fitted(part: TrainingVectors, convention: str, recipe: Recipe, seed: int = 0) -> Fitted:
    """Fitted on these pairs, calibrated and given its thresholds by their grouped out-of-fold scores."""
    labels, weights = part.labels(convention), set_weights(part.sets, recipe.balance)
    raw = out_of_fold(part, labels, weights, recipe, seed)
    calibration = calibrate(raw, labels, weights, part.sets)
    thresholds = choose_thresholds(labels, probability(calibration(raw)), weights, conflicting(part.vectors))
    forest = fit_forest(part.vectors, labels, weights, recipe, seed)
    return Fitted(forest, calibration, thresholds, float(np.average(labels, weights=weights)))


def model_of(part: TrainingVectors, convention: str, recipe: Recipe, folds: int) -> Model:
    """The same as a model in use; for its calibration so many folds do, whatever the recipe says."""
    made = fitted(part, convention, replace(recipe, folds=folds))
    measured = Measured([], made.thresholds, made.prevalence, {}, {}, {}, asdict(recipe))
    card, onnx = Card(Given(convention, convention), measured), to_onnx(made.forest, made.calibration)
    return Model(card, Forest(onnx), made.thresholds, sha256(onnx).hexdigest()[:8])
