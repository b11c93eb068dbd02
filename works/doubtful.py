"""Doubtful pairs: what a person is asked about the found works, as cases."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from papertwin.data.arrays import Mask, Rows
from papertwin.data.conventions import CONVENTION
from papertwin.data.files.layouts import ADDED, DECISION, DOCUMENTS, NOTE
from papertwin.data.files.rows import encode
from papertwin.data.graphs import UnionFind, components, pair_codes
from papertwin.models.card import DUPLICATES, REVIEW
from papertwin.works.finding import Found
from papertwin.works.shelf import Shelf

COLUMNS = ("id", *DOCUMENTS, *ADDED, CONVENTION, DECISION)  # of a table of doubtful pairs, of one without any too


@dataclass(frozen=True, slots=True)
class Doubtful:
    """The doubtful pairs of a run, as places among its answered pairs: those kept apart, and those merged.

    The likeliest pair of any two works is doubtful if it is for review, or called duplicates while all that is known
    keeps its works apart. So are the pairs without which a work would fall apart where the model is not sure of them.
    Two existing works, and works that labels keep apart, are no such pair.
    """

    found: Found
    apart: Rows
    merged: Rows

    @classmethod
    def of(cls, found: Found, given: tuple[Rows, Rows]) -> "Doubtful":
        """Those of the found works; `given` are the pairs of records that are one whatever their probability."""
        return cls(found, _apart(found), _holding(found, given))

    def __len__(self) -> int:
        return len(self.apart) + len(self.merged)

    def cases(self, shelf: Shelf) -> list[bytes]:
        """The pairs as rows of a case file, the most doubtful first."""
        answered, limits = self.found.answered, self.found.comparer.model.thresholds
        middle = (limits.duplicate + limits.distinct) / 2
        places = np.concatenate([self.apart, self.merged])
        merged = np.arange(len(places)) >= len(self.apart)
        probabilities = np.asarray(answered.probabilities)[places]
        decisions = limits.decide(probabilities, np.asarray(answered.conflicting)[places])
        order = np.argsort(np.abs(probabilities - middle), kind="stable")
        return [
            self._case(shelf, number, int(places[place]), decisions[place], bool(merged[place]))
            for number, place in enumerate(order.tolist(), 1)
        ]

    def _case(self, shelf: Shelf, number: int, place: int, decision: str, merged: bool) -> bytes:
        found = self.found
        model = found.comparer.model
        unnamed = bool(found.answered.unnamed[place])
        decision = REVIEW if unnamed else decision
        values = (float(found.answered.probabilities[place]), decision, model.signature, model.convention, None)
        said: dict[str, Any] = dict(zip(COLUMNS[3:], values, strict=True))
        if merged:
            said[NOTE] = "merged, though not for sure: labelled NOT DUPLICATES they become two works"
        elif unnamed:
            said[NOTE] = "kept apart: a title is missing, and nothing else that names the work agrees"
        elif decision == DUPLICATES:
            said[NOTE] = "alike, but kept apart by the other versions of their works"
        first, second = (shelf.raw(int(row)) for row in sorted((found.left[place], found.right[place])))
        return b'{"id":%d,"doc_1":%s,"doc_2":%s,%s' % (number, first, second, encode(said)[1:])


def _apart(found: Found) -> Rows:
    """The likeliest pair of each two works, if it is no sure NOT DUPLICATES and no label keeps the two apart."""
    count, limits = len(found.works), found.comparer.model.thresholds
    one, other = found.works[found.left], found.works[found.right]
    places = _likeliest(found, (one != other) & (found.answered.probabilities >= limits.distinct))
    both, first = np.unique(pair_codes(count, one[places], other[places]), return_index=True)
    labelled = found.works[np.array(found.labels.cannot, dtype=np.int64).reshape(-1, 2)].T
    return places[first[~np.isin(both, pair_codes(count, *labelled))]]


def _holding(found: Found, given: tuple[Rows, Rows]) -> Rows:
    """The doubtful pairs that hold works together: without them a work would fall into parts.

    The parts are what sure pairs and the given ones join; the likeliest pairs that join them are found as by Kruskal
    (1956).
    """
    within = (found.works[found.left] == found.works[found.right]) & ~found.answered.unnamed
    sure = within & found.comparer.model.thresholds.merges(found.answered.probabilities, found.answered.conflicting)
    left, right = (
        np.concatenate([side[sure], more]) for side, more in zip((found.left, found.right), given, strict=True)
    )
    parts = components(len(found.works), left, right)
    places = _likeliest(found, within & (parts[found.left] != parts[found.right]))
    groups = UnionFind()
    ends = zip(parts[found.left[places]].tolist(), parts[found.right[places]].tolist(), strict=True)
    return places[np.flatnonzero([groups.join(one, other) for one, other in ends])]


def _likeliest(found: Found, chosen: Mask) -> Rows:
    """The places of the chosen pairs, the likeliest first, and equally likely ones in the order of their contents."""
    places = np.flatnonzero(chosen)
    left, right = found.order[found.left[places]], found.order[found.right[places]]
    order = np.lexsort((np.maximum(left, right), np.minimum(left, right), -found.answered.probabilities[places]))
    return places[order]
