"""Named slices of pairs that a mean hides, told from the vectors alone."""

from collections.abc import Callable

import numpy as np

from papertwin.data.arrays import Mask, Vectors
from papertwin.features import PLACE, conflicting


def _is(name: str, *values: float) -> Callable[[Vectors], Mask]:
    return lambda vectors: np.isin(vectors[:, PLACE[name]], values)


SLICES: dict[str, Callable[[Vectors], Mask]] = {
    "no abstract on a side": _is("abstracts_missing", 1, 2),
    "no authors on a side": _is("authors_missing", 1, 2),
    "one author on a side": _is("author_count", 1),
    "no DOI on a side": _is("dois_missing", 1, 2),
    "same year": _is("year_gap", 0),
    "years apart": lambda vectors: vectors[:, PLACE["year_gap"]] > 0,
    # Never merged in silence: what is called DUPLICATES here must be as precise as elsewhere.
    "any conflict": conflicting,
    "DOIs conflict": _is("doi_same", 0),
    "preprint ids conflict": _is("preprint_id_same", 0),
    "part numbers conflict": _is("part_conflict", 1),
    "title years conflict": _is("year_in_title_conflict", 1),
}
