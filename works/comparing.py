"""Comparing: the model's answers to pairs of records on the shelf, by all processes."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from papertwin import features
from papertwin.data.arrays import Floats, Mask, Rows
from papertwin.data.packed import PackedRecords
from papertwin.data.processes import in_processes
from papertwin.models.model import Model
from papertwin.models.scorer import log_odds
from papertwin.works.linkage import Leeway

BATCH = 4096  # pairs, which features compare at once
# From so many records on it says something that two have no other candidate. In the labelled sets (170 records and
# more; shipped models, cora_1295 aside) 11 of the 25 pairs of 0.2 to 0.6 without a rival are duplicates, but only 93 of
# the 448 others; in a file of few records, any pair is without a rival, and may be one of these others.
CROWD = 100
SHORT = 1e-9  # log-odds: by so little a pair in which nothing names the work misses what is needed, however likely


@dataclass(frozen=True, slots=True)
class Limits:
    """The probability from which on a pair is merged, where no other thresholds are asked for.

    `against` is for a pair whose records contradict each other; `lone`, in a file of CROWD records or more, for a pair
    whose records have no other candidate. (A pair of probability `rival` or more makes its records candidates.) The
    defaults are chosen for the works of labelled sets that the models had not seen: docs/dedupe.md has the figures,
    those of limits chosen without a set among them. None of them merges a pair of which a side has no title and in
    which nothing else that names a work agrees (features.unnamed): such a pair is doubtful at most.
    """

    merged: float = 0.6
    against: float = 0.7
    lone: float = 0.2
    rival: float = 0.2


LIMITS = Limits()


class Answered(NamedTuple):
    """The probability of each pair, whether its records contradict each other, and whether nothing names their work."""

    probabilities: Floats
    conflicting: Mask
    unnamed: Mask

    @classmethod
    def blank(cls, count: int) -> "Answered":
        """Room for the answers to so many pairs."""
        return cls(np.zeros(count), np.zeros(count, dtype=bool), np.zeros(count, dtype=bool))

    def joined(self, other: "Answered") -> "Answered":
        """Both, one after the other."""
        return Answered(*(np.concatenate(both) for both in zip(self, other, strict=True)))


class Comparer:
    """Answers pairs of rows of packed records by one model, on `jobs` processes."""

    def __init__(self, model: Model, records: PackedRecords, jobs: int, limits: Limits = LIMITS) -> None:
        self.model, self.jobs = model, jobs
        self._limits = limits
        self._records = records

    def answers(self, left: Rows, right: Rows) -> Answered:
        """The answers to all pairs, in order; it is quicker where neighbouring pairs share records."""
        answered = Answered.blank(len(left))
        deque(self.answering(left, right, answered), maxlen=0)
        return answered

    def answering(self, left: Rows, right: Rows, answered: Answered, done: int = 0) -> Iterator[int]:
        """Fills in the answers to all pairs but the first `done`, a batch at a time; how many are done after each."""
        starts = range(done, len(left), BATCH)
        tasks = ((left[start : start + BATCH], right[start : start + BATCH]) for start in starts)
        work = partial(_compare, self.model, self._records)
        for _, found in in_processes(work, tasks, self.jobs):
            part = slice(done, done + len(found.probabilities))
            for whole, values in zip(answered, found, strict=True):
                whole[part] = values
            done = part.stop
            yield done

    def margins(self, answered: Answered) -> Floats:
        """Log-odds above what a pair needs to be merged: 0 and more suffices."""
        margins = log_odds(answered.probabilities) - np.where(answered.conflicting, *self._needed[::-1])
        return np.where(answered.unnamed, np.minimum(margins, -SHORT), margins)

    def leeway(self, count: int, unnamed: Mask | bool = False) -> Leeway:
        """How far below that what is merged may lie, in log-odds.

        Two clusters may be as likely distinct as one work in the mean, and within a known work anything but surely
        distinct. A pair for review is merged where neither record has another candidate, but not among few records
        (`count`), where that says nothing, nor where the pair is `unnamed`.
        """
        needed, distinct = self._needed[0], self.model.thresholds.distinct
        limits = np.maximum([self._limits.lone, self._limits.rival, distinct], distinct)
        lone, rival, known = np.maximum(0.0, needed - log_odds(limits)).tolist()
        slack = max(0.0, needed)
        known = max(slack, known)
        if count < CROWD:
            return Leeway(slack, known=known)
        return Leeway(slack, lone * np.logical_not(unnamed), rival, known)

    @property
    def _needed(self) -> Floats:
        """The log-odds of a pair that is merged, and of one that contradicts itself.

        They lie where the model would ask a person, so that with a single threshold they are that.
        """
        thresholds = self.model.thresholds
        most = [thresholds.duplicate, thresholds.conflict]
        return log_odds(np.clip([self._limits.merged, self._limits.against], thresholds.distinct, most))


def _compare(model: Model, records: PackedRecords, pairs: tuple[Rows, Rows]) -> Answered:
    rows, places = np.unique(np.concatenate(pairs), return_inverse=True)
    vectors = features.vectors(records.take(rows), places[: len(pairs[0])], places[len(pairs[0]) :])
    return Answered(model.score_vectors(vectors), features.conflicting(vectors), features.unnamed(vectors))
