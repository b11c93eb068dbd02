"""Models: labelled vectors to a stored model, and a stored model to probabilities.

Reading order: `training` (what is learned from), `fit` (forest and calibration), `evaluate` (metrics, thresholds,
importances), `intervals` and `compare` (two models beside each other), `select` (how to fit), `slices`, `build` (all of
it in turn), `retrain` (with a user's cases), `steps`, `onnx_forest` and `scorer` (the forest as a
file), `card`, `store`, `model`, `estimators` (for one's own cross-validation). No module here ever sees a record but
through `model` and `estimators`.
"""

from papertwin.models.store import Model, Thresholds, load, save

__all__ = ["Model", "Thresholds", "load", "save"]
