"""Models: labelled vectors to a stored model, and a stored model to probabilities.

Reading order: `training_vectors` (what is learned from), `fit` (forest and calibration), `metrics` (with thresholds and
importances), `scores` and `dependence` (curves), `intervals` and `compare` (two models beside each other), `select`
(how to fit), `slices`, `build` (all of it in turn), `doubt` (of labels), `weighing` and `retrain` (with a user's
cases), `training_text` (what that came to), `binning` (of features, before a fit), `onnx_forest` and `scorer` (the
forest as a file), `card`, `card_text`, `store`, `model`, `shapley` and `explanation` (why it answers so), `estimators`
(for one's own cross-validation). No module here ever sees a record but through `model`, `explanation` and `estimators`.
"""

from papertwin.models.model import Model
from papertwin.models.store import load, save

__all__ = ["Model", "load", "save"]
