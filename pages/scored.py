"""The pairs of a review as a model sees them: its answers, the order in which it asks, and what the page shows."""

from collections.abc import Sequence
from contextlib import closing
from functools import partial

import numpy as np

from papertwin.data.cases import Case
from papertwin.data.conventions import DEFINITIONS
from papertwin.data.processes import in_processes
from papertwin.models import Model
from papertwin.models.card import REVIEW
from papertwin.pages import queue
from papertwin.pages.pairs import Pairs, as_case
from papertwin.pages.shown import JSON, index_of, views
from papertwin.pages.steps import steps

BATCH = 100  # pairs that are shown at a time


class Scored:
    """The pairs as a model sees them: their probabilities, decisions and order."""

    def __init__(self, pairs: Pairs, model: Model, order: str) -> None:
        self.pairs, self.model = pairs, model
        self.probabilities, self.decisions = model.answers(pairs.vectors)
        if order == "doubtful":
            self.order = queue.doubtful(self.probabilities, model.thresholds, pairs.vectors, pairs.families)
        elif order == "suspects":
            self.order = queue.suspects(pairs.cases)
        else:
            self.order = np.arange(len(pairs))

    @property
    def sure(self) -> float:
        """The share of pairs that the model decides by itself, 0 to 1."""
        return 1 - self.decisions.count(REVIEW) / len(self.decisions)

    def case(self, row: int) -> JSON:
        """A pair as a line of a case file."""
        return as_case(self.pairs.cases[row], float(self.probabilities[row]), self.model)

    def views(self, rows: Sequence[int], jobs: int = 1) -> list[JSON]:
        """Some pairs as the page shows them, by `jobs` processes."""
        batches = (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
        with closing(in_processes(partial(_views, self.pairs.cases, self.model), batches, jobs)) as done:
            return [view for _, batch in done for view in batch]

    def beginning(self, labels: str) -> JSON:
        """What the page is told once, at its beginning; `labels` is the name of the file of decisions."""
        return {
            "file": self.pairs.name,
            "labels": labels,
            "steps": steps(self.pairs.cases, labels, self.model.convention),
            "count": len(self.pairs),
            "convention": self.model.convention,
            "definition": DEFINITIONS[self.model.convention],
        }

    def belief(self) -> JSON:
        """What the page is told of the model and its order."""
        return {
            "model": self.model.signature,
            "sure": self.sure,
            "between": self.decisions.count(REVIEW),
            "order": self.order.tolist(),
        }

    def index(self) -> list[list[str]]:
        """What can be searched of each pair, in the order of the file."""
        return [index_of(case) for case in self.pairs.cases]


def _views(cases: Sequence[Case], model: Model, rows: Sequence[int]) -> list[JSON]:
    """Some of the cases as the page shows them, in whichever process."""
    return views([cases[row] for row in rows], rows, model)
