"""The public splits of DBLP-ACM and DBLP-Scholar: trained on the train split, judged on the test split."""

from collections.abc import Iterator
from typing import NamedTuple

import joblib
import numpy as np

from judged import scores_of
from leave_out import TOGETHER
from papertwin.data.arrays import Floats, Mask
from papertwin.data.conventions import RECORD
from papertwin.models.fit import Recipe
from papertwin.models.metrics import precision_recall_f1
from papertwin.models.training_vectors import TrainingVectors
from scored import BySet, Figures, Scored, best_threshold, figures

SPLIT_SETS = tuple(sorted(TOGETHER[0]))
ALONE, ADDED, ZERO = "its train split alone", "its train split and the other sets", "the other sets (zero-shot)"


class Judged(NamedTuple):
    """A row of the table: figures on the test split at 0.5 and at the threshold that is best on the valid split."""

    name: str
    trained_on: str
    at_half: Figures
    at_valid: Figures
    threshold: float  # a probability


def trained_on_splits(training: TrainingVectors, taught: Mask, recipe: Recipe, seed: int, jobs: int) -> BySet:
    """By "<set>/<what it was trained on>": the valid and test pairs. The other DBLP set is in no training.

    The train split is learned from whole, of the other sets the taught pairs.
    """
    known = ~np.isnan(training.labels(RECORD))
    others = known & taught & ~np.isin(training.sets.astype(str), SPLIT_SETS)
    tasks = []
    for name in SPLIT_SETS:
        own = known & (training.sets == name)
        train, test = own & (training.parts == "train"), own & (training.parts != "train")
        if train.any():
            tasks += [(f"{name}/{ALONE}", train, test), (f"{name}/{ADDED}", train | others, test)]
    made = joblib.Parallel(n_jobs=jobs)(
        joblib.delayed(scores_of)(training, RECORD, np.flatnonzero(train), np.flatnonzero(test), recipe, seed)
        for _, train, test in tasks
    )
    return {task[0]: scored for task, scored in zip(tasks, made, strict=True)}


def judged(training: TrainingVectors, trained: BySet, left_out: BySet) -> Iterator[Judged]:
    """The test splits of both sets, by what the model was trained on."""
    labels = training.labels(RECORD)
    for name in SPLIT_SETS:
        found = {about: trained.get(f"{name}/{about}") for about in (ALONE, ADDED)} | {ZERO: left_out.get(name)}
        for about, scored in found.items():
            if scored is not None:
                yield _row(name, about, scored, labels, training)


def _row(name: str, about: str, scored: Scored, labels: Floats, training: TrainingVectors) -> Judged:
    valid, test = (scored.at(training.parts[scored.rows] == part) for part in ("valid", "test"))
    threshold = best_threshold(labels[valid.rows], valid.probabilities)
    own = labels[test.rows]
    at_valid = figures(own, test) | precision_recall_f1(own, test.probabilities >= threshold)
    return Judged(name, about, figures(own, test), at_valid, threshold)
