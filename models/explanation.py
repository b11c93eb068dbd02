"""Explanation: an answer, and what each group of evidence did for it, in log-odds and in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns.column import Records
from papertwin.data.fields import Prepared, prepare_pairs
from papertwin.data.files.rows import Record
from papertwin.features import GROUPS, vectors
from papertwin.features.reasons import reasons
from papertwin.models.card import REVIEW
from papertwin.models.shapley import shapley

if TYPE_CHECKING:
    from papertwin.models.model import Model

BATCH = 1000  # pairs that are explained at a time


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to a pair, and why it is so."""

    probability: float  # that the records are duplicates, 0 to 1
    decision: str  # DUPLICATES, NOT DUPLICATES or REVIEW
    base: float  # the log-odds of a pair without any evidence
    groups: dict[str, float]  # what each of GROUPS adds: above 0 for a duplicate; base + sum are the log-odds
    reasons: tuple[str, ...]  # sentences, the most telling first


def explain(
    model: "Model", left: Sequence[Record], right: Sequence[Record], unreadable: Counter[str] | None = None
) -> list[Explanation]:
    """The explanation of each pair (left[i], right[i]), in order; it depends on the two records alone.

    Values that could not be read are counted in `unreadable`, by field.
    """
    explained: list[Explanation] = []
    for start in range(0, len(left), BATCH):
        first, second = left[start : start + BATCH], right[start : start + BATCH]
        prepared, *rows = prepare_pairs(first, second)
        if unreadable is not None:
            unreadable.update(prepared.unreadable)
        explained += explain_prepared(model, [*first, *second], prepared, *rows)
    return explained


def explain_prepared(
    model: "Model", records: Records, prepared: Prepared, left: NDArray[np.int64], right: NDArray[np.int64]
) -> list[Explanation]:
    """The explanations of pairs (left[i], right[i]) of `records`, which are `prepared` with all columns."""
    compared = vectors(prepared, left, right)
    probabilities, decisions = model.answers(compared)
    base, added = shapley(model.forest, compared)
    doubted = (probabilities >= model.thresholds.duplicate) & (np.array(decisions, dtype=object) == REVIEW)
    said = reasons(records, prepared, left, right, added, doubted)
    values = zip(probabilities.tolist(), decisions, base.tolist(), added.tolist(), said, strict=True)
    return [
        Explanation(probability, decision, start, dict(zip(GROUPS, groups, strict=True)), sentences)
        for probability, decision, start, groups, sentences in values
    ]
