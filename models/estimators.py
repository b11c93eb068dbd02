"""The library's two estimators, with scikit-learn's habits: pairs to vectors, and vectors to probabilities."""

from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.utils.validation import check_consistent_length, check_is_fitted

from papertwin.data.arrays import Floats, Rows, Vectors
from papertwin.data.fields import prepare_pairs
from papertwin.data.frames import as_pairs
from papertwin.data.labels import read_label
from papertwin.data.wording import counted
from papertwin.features import FEATURES, vectors
from papertwin.models.fit import Recipe, calibrate, fit_forest, out_of_fold, raw_log_odds
from papertwin.models.scorer import probability
from papertwin.models.training_vectors import TrainingVectors

NAMES = np.array([feature.name for feature in FEATURES], dtype=object)


class PairFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn is untyped
    """Pairs to similarity vectors, a frame of floats, a column a feature.

    Pairs are a list of (dict, dict), or of cases as `papertwin.read_cases` reads them, or a wide frame.
    """

    def fit(self, X: Any, y: Any = None) -> Self:
        """Nothing is learned."""
        return self

    def transform(self, X: Any) -> pd.DataFrame:
        """The similarity vectors, float32, (pairs, features); NaN where a feature has nothing to compare."""
        left, right = as_pairs(X)
        index = X.index if isinstance(X, pd.DataFrame) else None
        return pd.DataFrame(vectors(*prepare_pairs(left, right)), columns=NAMES, index=index)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """The features' names, in order."""
        return NAMES.copy()

    def __sklearn_is_fitted__(self) -> bool:
        return True


class DuplicateClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn is untyped
    """The gradient-boosted, calibrated model on similarity vectors from `PairFeatures`.

    `groups` of `fit` keeps pairs of one group on one side of the folds that calibrate it; without them every pair is
    a group of its own. Labels are of two classes: words, as case files have them (DUPLICATES and NOT DUPLICATES, yes
    and no ...), or numbers, the larger of which is the duplicate (1, True); `duplicate_class_` is that of duplicates. A
    pair of `sample_weight` 2 counts as two.
    """

    def __init__(self, trees: int = Recipe().trees, leaves: int = Recipe().leaves, seed: int = 0) -> None:
        self.trees = trees
        self.leaves = leaves
        self.seed = seed

    def fit(
        self, X: Any, y: ArrayLike, groups: ArrayLike | None = None, sample_weight: ArrayLike | None = None
    ) -> Self:
        """Fit on (pairs, features).

        Raises ValueError for other columns, for labels of one class or none and for words that are no labels, for
        labels, groups or weights of another number than that of the pairs, for a pair without a label or a group, for
        weights below 0, and for parameters out of their range.
        """
        self._check_parameters()
        table = self._table(X)
        check_consistent_length(table, y, groups, sample_weight)
        given = np.asarray(y)
        if unknown := int(pd.isna(given).sum()):
            raise ValueError(f"{unknown:,} of {counted(len(given), 'pair')} have no label: leave them out")
        self.classes_, labels = np.unique(given, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError(f"two classes are needed, there are {len(self.classes_)}")
        duplicate = _of_duplicates(self.classes_)
        known = (labels == duplicate).astype(np.float64)
        works = np.arange(len(table)) if groups is None else _numbered(groups)
        weights = np.ones(len(table)) if sample_weight is None else _checked_weights(sample_weight)
        nobody = np.full(len(table), "", dtype=object)
        training = TrainingVectors(table, known, known, nobody, nobody, works, works)
        recipe = Recipe(trees=self.trees, leaves=self.leaves)
        self.calibration_ = calibrate(out_of_fold(training, known, weights, recipe, self.seed), known, weights, nobody)
        self.forest_ = fit_forest(table, known, weights, recipe, self.seed)
        self.n_features_in_ = table.shape[1]
        self.duplicate_class_ = self.classes_[duplicate]
        return self

    def predict_proba(self, X: Any) -> Floats:
        """Probabilities, (pairs, 2), in the order of `classes_`."""
        duplicate = self._duplicate(X)[:, np.newaxis]
        return np.where(self.classes_ == self.duplicate_class_, duplicate, 1 - duplicate)

    def predict(self, X: Any) -> NDArray[Any]:
        """The likelier class of each pair."""
        is_likely = self._duplicate(X) >= 0.5
        means_duplicate = self.classes_ == self.duplicate_class_
        chosen: NDArray[Any] = self.classes_[np.where(is_likely, means_duplicate.argmax(), means_duplicate.argmin())]
        return chosen

    def _check_parameters(self) -> None:
        for name, least in (("trees", 1), ("leaves", 2)):
            value = getattr(self, name)
            if not isinstance(value, (int, np.integer)) or value < least:
                raise ValueError(
                    f"The {name!r} parameter of DuplicateClassifier must be an int in the range [{least}, inf). "
                    f"Got {value!r} instead."
                )

    def _duplicate(self, X: Any) -> Floats:
        """The probability of each pair that it is a duplicate."""
        check_is_fitted(self, "forest_")
        return probability(self.calibration_(raw_log_odds(self.forest_, self._table(X))))

    @staticmethod
    def _table(X: Any) -> Vectors:
        if isinstance(X, pd.DataFrame):
            if missing := [name for name in NAMES if name not in X.columns]:
                raise ValueError(f"columns are missing: {', '.join(missing)}: make them with PairFeatures")
            X = X[list(NAMES)]
        table = np.asarray(X, dtype=np.float32)
        if table.ndim != 2 or table.shape[1] != len(NAMES):
            raise ValueError(
                f"{len(NAMES)} columns are expected, in the order of PairFeatures().get_feature_names_out()"
            )
        return table


def _numbered(groups: ArrayLike) -> Rows:
    """The groups of pairs as numbers; raises ValueError where a pair has none."""
    if alone := int(pd.isna(np.asarray(groups, dtype=object)).sum()):
        pairs = counted(len(np.asarray(groups)), "pair")
        raise ValueError(f"{alone:,} of {pairs} have no group: name the work of each, or leave groups out")
    numbers: Rows = np.unique(np.asarray(groups), return_inverse=True)[1].astype(np.int64)
    return numbers


def _checked_weights(given: ArrayLike) -> Floats:
    """Weights of pairs as numbers; raises ValueError where one is below 0 or no number."""
    weights = np.asarray(given, dtype=np.float64)
    if wrong := int((~((weights >= 0) & np.isfinite(weights))).sum()):
        raise ValueError(f"{wrong:,} of {counted(len(weights), 'sample_weight')} are no numbers of 0 or more")
    return weights


def _of_duplicates(classes: NDArray[Any]) -> int:
    """Which of two classes is that of duplicates: by the words, of numbers the larger. Raises ValueError."""
    if not all(isinstance(one, str) for one in classes):
        return 1
    said = [read_label(one) for one in classes]
    if set(said) != {True, False}:
        raise ValueError(f"of the two classes {classes[0]!s} and {classes[1]!s} one must mean a duplicate")
    return said.index(True)
