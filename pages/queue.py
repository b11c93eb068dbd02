"""The queue: in which order a person is asked.

`doubtful` is uncertainty sampling (Lewis and Gale 1994); a pair that resembles pairs before it is asked later.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Rows, Vectors
from papertwin.data.cases import Case
from papertwin.data.errors import InputError
from papertwin.features import FEATURES
from papertwin.models.card import Thresholds
from papertwin.models.scorer import log_odds
from papertwin.pages.pairs import suspicion

ORDERS = ("doubtful", "suspects", "file")


def doubtful(
    probabilities: Floats,
    thresholds: Thresholds,
    vectors: Vectors,
    families: NDArray[np.int64],
) -> Rows:
    """All pairs, those closest to the threshold first, spread over kinds and families.

    The distance is one of log-odds, from the middle of the two thresholds. Each pair is put back by log2(1 + n) for
    the n pairs ahead of it in the queue by distance whose records have its titles, and again for those of its kind:
    the second report of a series has to be one unit of log-odds more doubtful to come as early as the first, the
    fourth two units. Pairs of one kind lack the same evidence and conflict in the same. The same input gives the
    same order.
    """
    distances = np.abs(log_odds(probabilities) - middle(thresholds))
    kinds = kinds_of(vectors)
    ahead: Counter[Hashable] = Counter()
    places = np.zeros(len(distances))
    for row in np.argsort(distances, kind="stable"):
        first, second = (int(family) for family in families[row])
        of_family = ahead[first] + (ahead[second] if second != first else 0)
        places[row] = distances[row] + np.log2(1 + of_family) + np.log2(1 + ahead[kinds[row]])
        ahead.update({first, second, kinds[row]})
    return np.argsort(places, kind="stable").astype(np.int64)


def suspects(cases: Sequence[Case]) -> Rows:
    """All pairs, those whose label is most probably wrong first; raises InputError where the file does not say."""
    found = [suspicion(case) for case in cases]
    if all(value is None for value in found):
        raise InputError(
            "--order suspects needs a file that says how suspect each label is: make it by papertwin check"
        )
    values = np.array([-1.0 if value is None else value for value in found])
    return np.argsort(-values, kind="stable").astype(np.int64)


def middle(thresholds: Thresholds) -> float:
    """The log-odds in the middle between the two thresholds: where a model is least sure."""
    return float(log_odds(np.array([thresholds.distinct, thresholds.duplicate])).mean())


def kinds_of(vectors: Vectors) -> list[bytes]:
    """The kind of each pair: how many sides lack each evidence, and which conflicts there are."""
    return [row.tobytes() for row in np.nan_to_num(vectors[:, _KIND], nan=-1)]


_KIND = [place for place, feature in enumerate(FEATURES) if feature.name.endswith(("_missing", "_conflict"))]
