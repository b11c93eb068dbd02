"""Model: a stored model in use, from records or vectors to probabilities and decisions.

Scoring needs neither scikit-learn nor pandas. How a model comes from a folder and gets into one is in store.py.
"""

import os
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from papertwin import features
from papertwin.data import wording
from papertwin.data.arrays import Floats, Vectors
from papertwin.data.errors import InputError
from papertwin.data.fields import is_empty, prepare_pairs
from papertwin.data.files.field_names import field_of
from papertwin.data.files.rows import Record
from papertwin.models.card import DISTINCT, DUPLICATES, Card, Thresholds
from papertwin.models.scorer import Forest, probability

if TYPE_CHECKING:
    from pandas import DataFrame

BATCH = 5000  # pairs that are prepared at a time


@dataclass(frozen=True, eq=False)
class Model:
    """A model, ready to score. It can be pickled, as is needed to send it to worker processes."""

    card: Card
    forest: Forest
    thresholds: Thresholds
    short_hash: str  # first 8 hex digits of the sha256 of model.onnx

    classes_: ClassVar[tuple[str, str]] = (DISTINCT, DUPLICATES)

    def __repr__(self) -> str:
        """A line, as a notebook shows it: the card alone would fill pages."""
        return f"<Model {self.signature}, convention {self.convention}, {self.thresholds}>"

    @property
    def name(self) -> str:
        return self.card.given.name

    @property
    def signature(self) -> str:
        """How answers name the model: "work 1a2b3c4d"."""
        return f"{self.name} {self.short_hash}"

    @property
    def told(self) -> str:
        """How the first line of a run names it: "model work 1a2b3c4d, convention work"."""
        return f"model {self.signature}, convention {self.convention}"

    @property
    def convention(self) -> str:
        """What counts as a duplicate: "work" or "record"."""
        return self.card.given.convention

    def score_vectors(self, vectors: Vectors) -> Floats:
        """The probabilities of similarity vectors: (pairs, features) -> (pairs,), 0 to 1."""
        return probability(self.forest.log_odds(vectors))

    def answers(self, vectors: Vectors) -> tuple[Floats, list[str]]:
        """The probability of each vector, and DUPLICATES, NOT DUPLICATES or REVIEW."""
        probabilities = self.score_vectors(vectors)
        return probabilities, self.thresholds.decide(probabilities, features.conflicting(vectors))

    def at(self, threshold: float | None) -> "Model":
        """The model with one threshold, 0 to 1, in place of all: nothing goes to review. None leaves it as it is.

        Raises InputError for another number.
        """
        if threshold is None:
            return self
        if not isinstance(threshold, (int, float)) or not 0 <= threshold <= 1:
            raise InputError(f"the threshold {threshold!r} is no number between 0 and 1: it is a probability")
        return replace(self, thresholds=Thresholds(threshold, threshold, threshold))

    def save(self, folder: str | os.PathLike[str], force: bool = False) -> None:
        """Store the model in a folder, by the name of which it goes when `papertwin.load` has loaded it.

        With `force` an existing model there is replaced. Raises InputError for a folder that holds something, without
        `force`, and OutputError where it cannot be written.
        """
        from papertwin.models.store import check_folder, write

        check_folder(folder, force)
        given = replace(self.card.given, name=Path(folder).resolve().name)
        measured = replace(self.card.measured, thresholds=self.thresholds)
        write(replace(self, card=replace(self.card, given=given, measured=measured)), folder)

    def predict_proba(self, pairs: Any) -> Floats:
        """Probabilities in the order of `classes_`, (pairs, 2).

        Pairs are a list of (dict, dict), or of cases as `papertwin.read_cases` reads them, or a wide frame. Each is
        answered; of a pair with a record without content, which `papertwin predict` rejects, a warning says that the
        answer tells nothing of the two.
        """
        remarks = _Remarks()
        scored = [self.score_vectors(vectors) for vectors in _vectors(pairs, remarks)]
        remarks.warn()
        duplicate = np.concatenate([np.empty(0), *scored])
        return np.column_stack([1 - duplicate, duplicate])

    def predict(self, pairs: Any) -> list[str]:
        """DUPLICATES, NOT DUPLICATES or REVIEW for each pair.

        Pairs may be what `predict_proba` takes, and it warns as that does.
        """
        remarks = _Remarks()
        decisions = [one for vectors in _vectors(pairs, remarks) for one in self.answers(vectors)[1]]
        remarks.warn()
        return decisions

    def explain(self, pairs: Any) -> "DataFrame":
        """Why each pair of a list of (dict, dict), of cases, or of a wide frame is answered as it is, a row a pair.

        Columns: probability, decision, base (the log-odds of a pair without any evidence), one for each of GROUPS
        (what it adds to the log-odds: above 0 for a duplicate), and reason_1 to reason_3 (sentences, or None). It warns
        as `predict_proba` does.
        """
        import pandas as pd

        from papertwin.data.files.layouts import REASONS
        from papertwin.data.frames import as_pairs
        from papertwin.models.explanation import explain

        remarks = _Remarks()
        left, right = as_pairs(pairs, remarks.told.append)
        explained = explain(self, left, right, remarks.unreadable)
        remarks.see(left, right)
        remarks.warn()
        rows = [
            {"probability": one.probability, "decision": one.decision, "base": one.base}
            | one.groups
            | dict(zip_longest(REASONS, one.reasons[: len(REASONS)]))
            for one in explained
        ]
        columns = ["probability", "decision", "base", *features.GROUPS, *REASONS]
        return pd.DataFrame(
            rows, columns=columns, index=getattr(pairs, "index", None) if hasattr(pairs, "columns") else None
        )


@dataclass(slots=True)
class _Remarks:
    """What the caller is warned of: values that cannot be read, by field, and pairs with a record without content.

    `told` are sentences on the columns of a frame.
    """

    told: list[str] = field(default_factory=list)
    unreadable: Counter[str] = field(default_factory=Counter)
    empty: list[int] = field(default_factory=list)  # the pairs' numbers, from 0
    strange: list[str] = field(default_factory=list)  # the keys of the first such record that has no field's name

    def see(self, left: Sequence[Record], right: Sequence[Record], start: int = 0) -> None:
        """Take account of the pairs (left[i], right[i]), the first of which is number `start`."""
        for number, pair in enumerate(zip(left, right, strict=True), start):
            if empty := list(filter(is_empty, pair)):
                self.empty.append(number)
                self.strange = self.strange or next((list(one) for one in empty if not any(map(field_of, one))), [])

    def warn(self) -> None:
        """Warn whoever called the caller."""
        for said in self.told:
            warnings.warn(said, stacklevel=3)
        if self.unreadable:
            warnings.warn(wording.unreadable(self.unreadable), stacklevel=3)
        if self.empty:
            others = wording.counted(len(self.empty) - 1, "other")
            have = f"and {others} have" if len(self.empty) > 1 else "has"
            said = f"pair {self.empty[0]} {have} a record without content: the answer tells nothing of the two"
            if self.strange:
                said += f"; no key is a field's name among {wording.some(self.strange)}"
            warnings.warn(said, stacklevel=3)


def _vectors(pairs: Any, remarks: _Remarks) -> Iterator[Vectors]:
    """The similarity vectors of the pairs, a batch at a time; what is to be told is added to `remarks`."""
    from papertwin.data.frames import as_pairs

    left, right = as_pairs(pairs, remarks.told.append)
    for start in range(0, len(left), BATCH):
        part = slice(start, start + BATCH)
        prepared, *rows = prepare_pairs(left[part], right[part])
        remarks.unreadable.update(prepared.unreadable)
        remarks.see(left[part], right[part], start)
        yield features.vectors(prepared, *rows)
