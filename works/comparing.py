"""Comparing: the model's answers to pairs of records on the shelf, by all processes."""

import pickle
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papertwin import features
from papertwin.models.model import Model
from papertwin.works.packed import Library
from papertwin.works.processes import in_processes

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]

BATCH = 5000  # pairs
FARTHEST = 20.0  # log-odds beyond which all is equally sure


@dataclass(frozen=True, slots=True)
class Answered:
    """The probability of each pair, and whether its records contradict each other."""

    probabilities: Floats
    conflicting: NDArray[np.bool_]


class Comparer:
    """Answers pairs of rows of a library by one model, on `jobs` processes."""

    def __init__(self, model: Model, library: Library, jobs: int) -> None:
        self.model, self.jobs = model, jobs
        self._library = library

    def answers(self, left: Rows, right: Rows) -> Answered:
        """The answers to all pairs, in order; it is quicker where neighbouring pairs share records."""
        tasks = ((left[start : start + BATCH], right[start : start + BATCH]) for start in range(0, len(left), BATCH))
        probabilities, conflicting = np.empty(len(left)), np.empty(len(left), dtype=bool)
        done = 0
        work = _Comparing(pickle.dumps(self.model), self._library)
        for _, (scores, conflicts) in in_processes(work, tasks, self.jobs):
            part = slice(done, done + len(scores))
            probabilities[part], conflicting[part] = scores, conflicts
            done = part.stop
        return Answered(probabilities, conflicting)

    def margins(self, answered: Answered) -> Floats:
        """Log-odds above what a pair needs to be called DUPLICATES: 0 and more is called so."""
        limits = self.model.thresholds
        needed = np.where(answered.conflicting, limits.conflict, limits.duplicate)
        return _log_odds(answered.probabilities) - _log_odds(needed)

    @property
    def slack(self) -> float:
        """How far the margin of a pair lies below 0 that is as likely a duplicate as not; never less than 0."""
        return max(0.0, float(_log_odds(np.array(self.model.thresholds.duplicate))))


class _Comparing:
    """What a process does; the model is unpickled there, because what it has opened must not be shared by fork."""

    def __init__(self, model: bytes, library: Library) -> None:
        self._pickled, self._library = model, library
        self._model: Model | None = None

    def __call__(self, pairs: tuple[Rows, Rows]) -> tuple[Floats, NDArray[np.bool_]]:
        if self._model is None:
            self._model = pickle.loads(self._pickled)
        assert self._model is not None
        rows, places = np.unique(np.concatenate(pairs), return_inverse=True)
        vectors = features.vectors(self._library.take(rows), places[: len(pairs[0])], places[len(pairs[0]) :])
        return self._model.score_vectors(vectors), features.conflicting(vectors)


def _log_odds(probabilities: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        odds: Floats = np.log(probabilities) - np.log1p(-probabilities)
    return np.clip(odds, -FARTHEST, FARTHEST)
