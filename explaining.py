"""Explaining answers: what each group of evidence did for a pair's probability, in log-odds and in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from papertwin import features
from papertwin.data.fields import prepare
from papertwin.data.rows import Record
from papertwin.features.reasons import reasons
from papertwin.models.model import Model
from papertwin.models.shapley import shapley

BATCH = 1000  # pairs that are explained at a time


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer to a pair, and why it is so."""

    probability: float  # that the records are duplicates, 0 to 1
    decision: str  # DUPLICATES, NOT DUPLICATES or REVIEW
    base: float  # the log-odds of a pair without any evidence
    groups: Mapping[str, float]  # what each of GROUPS adds to it, above 0 for a duplicate; all add up to the log-odds
    reasons: tuple[str, ...]  # sentences, the most telling first


def explain(model: Model, left: Sequence[Record], right: Sequence[Record]) -> list[Explanation]:
    """Each pair's (left[i], right[i]) explanation, in order; it depends on the two records alone."""
    return [
        one
        for start in range(0, len(left), BATCH)
        for one in _explained(model, left[start : start + BATCH], right[start : start + BATCH])
    ]


def _explained(model: Model, left: Sequence[Record], right: Sequence[Record]) -> Iterator[Explanation]:
    prepared = prepare([*left, *right])
    rows = np.arange(len(left))
    vectors = features.vectors(prepared, rows, rows + len(left))
    probabilities, decisions = model.answers(vectors)
    base, added = shapley(model.forest, vectors)
    said = reasons(prepared, rows, rows + len(left), added)
    for place, (probability, start, parts) in enumerate(
        zip(probabilities.tolist(), base.tolist(), added.tolist(), strict=True)
    ):
        yield Explanation(
            probability, decisions[place], start, dict(zip(features.GROUPS, parts, strict=True)), said[place]
        )
