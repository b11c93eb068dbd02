"""The challenge cases by kind: made or found by hand to be hard, never trained on."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from papertwin.data.arrays import Mask, Vectors
from papertwin.data.cases import CHALLENGE, Case, read_cases
from papertwin.data.conventions import CONVENTIONS
from papertwin.data.fields import prepare_pairs
from papertwin.features import vectors
from scored import Scored


class ByKind(NamedTuple):
    """A row of the table: the cases of a kind that the convention decides, and how many are right at 0.5.

    `wrong_merges` are among the rest; `silent` are wrong answers that the thresholds do not send to review.
    """

    kind: str
    cases: int
    right: int
    wrong_merges: int
    silent: int


def challenge_cases(convention: str) -> list[Case]:
    """All cases, each with the convention's label, or None."""
    return list(read_cases(CHALLENGE, convention=convention))


def challenge_vectors() -> Vectors:
    """The cases' similarity vectors, in order."""
    cases = challenge_cases(CONVENTIONS[0])
    return vectors(*prepare_pairs([case.doc_1 for case in cases], [case.doc_2 for case in cases]))


def by_kind(scored: Scored, convention: str) -> list[ByKind]:
    """What the model makes of the cases, kind by kind, and of all."""
    cases = challenge_cases(convention)
    known = np.array([case.label is not None for case in cases])
    duplicate = np.array([case.label is True for case in cases])
    right = (scored.probabilities >= 0.5) == duplicate
    silent = np.where(duplicate, scored.dismissed, scored.called)
    kinds = np.array([str(case.row.get("kind", "")) for case in cases])
    counted = Counter(kinds[known].tolist())
    chosen: Mapping[str, Mask] = {kind: known & (kinds == kind) for kind in sorted(counted)} | {"all": known}
    return [
        ByKind(kind, *(int(mask.sum()) for mask in (rows, rows & right, rows & ~right & ~duplicate, rows & silent)))
        for kind, rows in chosen.items()
    ]
