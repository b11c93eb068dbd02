"""Model: a stored model in use, from records or vectors to probabilities and decisions.

Scoring needs neither scikit-learn nor pandas. How a model comes from a folder and gets into one is in store.py.
"""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from papertwin import features
from papertwin.data.fields import Prepared, prepare
from papertwin.models.card import DISTINCT, DUPLICATES, Card, Thresholds
from papertwin.models.scorer import Forest, probability

BATCH = 5000  # pairs that are prepared at a time


@dataclass(frozen=True, eq=False)
class Model:
    """A stored model, ready to score. It can be pickled, as is needed to send it to worker processes."""

    card: Card
    forest: Forest
    thresholds: Thresholds
    short_hash: str  # first 8 hex digits of the sha256 of model.onnx

    classes_: ClassVar[tuple[str, str]] = (DISTINCT, DUPLICATES)

    @property
    def name(self) -> str:
        return self.card.given.name

    @property
    def convention(self) -> str:
        """What counts as a duplicate: "work" or "record"."""
        return self.card.given.convention

    def score(self, prepared: Prepared, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
        """The probabilities that records left[i] and right[i] are duplicates: (pairs,), 0 to 1."""
        return self.score_vectors(features.vectors(prepared, left, right))

    def score_vectors(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        """The probabilities of similarity vectors: (pairs, features) -> (pairs,), 0 to 1."""
        return probability(self.forest.log_odds(vectors))

    def decisions(self, probabilities: ArrayLike) -> list[str]:
        """DUPLICATES, NOT DUPLICATES or REVIEW for each probability."""
        return self.thresholds.decide(probabilities)

    def at(self, threshold: float) -> "Model":
        """The model with one threshold, 0 to 1, in place of its two: nothing goes to review."""
        return replace(self, thresholds=Thresholds(threshold, threshold))

    def predict_proba(self, pairs: Any) -> NDArray[np.float64]:
        """Probabilities in the order of `classes_`: a list of (dict, dict) or a wide frame -> (pairs, 2)."""
        from papertwin.data.frames import as_pairs

        left, right = as_pairs(pairs)
        duplicate = np.empty(len(left))
        for start in range(0, len(left), BATCH):
            part = slice(start, start + BATCH)
            prepared = prepare([*left[part], *right[part]])
            rows = np.arange(len(left[part]))
            duplicate[part] = self.score(prepared, rows, rows + len(rows))
        return np.column_stack([1 - duplicate, duplicate])

    def predict(self, pairs: Any) -> list[str]:
        """DUPLICATES, NOT DUPLICATES or REVIEW for each pair of a list of (dict, dict) or of a wide frame."""
        return self.decisions(self.predict_proba(pairs)[:, 1])
