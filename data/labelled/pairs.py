"""Labelled pairs of records, with what each convention says of them."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Mask
from papertwin.data.conventions import RECORD, WORK
from papertwin.data.fields import prepare
from papertwin.data.files.rows import Record
from papertwin.data.graphs import components
from papertwin.data.labelled.sets import LabelledSet
from papertwin.data.values.authors import persons
from papertwin.data.values.text import fold


@dataclass(slots=True)
class LabelledPairs:
    """Pairs of row numbers into `records`; labels 1, 0 or NaN (the convention does not say) for each convention.

    `works` numbers the work of each record: records joined by labelled duplicates. `part` is the set's own division
    (a benchmark's split, a search request) or "".
    """

    records: list[Record]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    work: Floats
    record: Floats
    works: NDArray[np.int64]
    part: list[str] = field(default_factory=list)


def labelled(
    entry: LabelledSet, records: list[Record], left: list[int], right: list[int], label: list[float], part: list[str]
) -> LabelledPairs:
    """Both conventions' labels from the set's own; what the set cannot say is NaN."""
    a, b, own = np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), np.array(label)
    other = own.copy()
    if entry.convention == WORK and not entry.copies:
        # A version or a copy? The set does not say, but two catalogues' records of a preprint are copies.
        other[(own == 1) & ~_preprints(records, a, b)] = np.nan
    elif entry.convention == RECORD:
        perhaps = _versions(records, a, b) if entry.distinct_works else _alike(records, a, b)
        other[(own == 0) & perhaps] = np.nan  # perhaps two records of one work
    work, record = (own, other) if entry.convention == WORK else (other, own)
    return LabelledPairs(records, a, b, work, record, components(len(records), a[own == 1], b[own == 1]), part)


def _preprints(records: list[Record], left: NDArray[np.int64], right: NDArray[np.int64]) -> Mask:
    """Pairs of two preprints."""
    preprint: Mask = prepare(records).columns["preprint"] == 1  # type: ignore[assignment]
    return preprint[left] & preprint[right]


def _versions(records: list[Record], left: NDArray[np.int64], right: NDArray[np.int64]) -> Mask:
    """Pairs of one telling title and a common author in two places: a conference paper and its journal version."""
    from rapidfuzz.distance import Indel

    columns = prepare(records).columns
    titles, venues, people = (columns[name].tolist() for name in ("folded_title", "venue", "name_sequence"))  # type: ignore[union-attr]
    telling = (columns["title_heading"] == 0) & (columns["title_length"] >= 4)  # type: ignore[operator]

    def one_in_two_places(a: int, b: int) -> bool:
        return (
            Indel.normalized_similarity(titles[a], titles[b]) > 0.95
            and bool({*people[a].split()} & {*people[b].split()})
            and (venues[a] is None or venues[a] != venues[b])
        )

    named = telling & np.array([None not in given for given in zip(titles, people, strict=True)])
    return np.array(
        [named[a] and named[b] and one_in_two_places(a, b) for a, b in zip(left, right, strict=True)], dtype=bool
    )


def _alike(records: list[Record], left: NDArray[np.int64], right: NDArray[np.int64]) -> Mask:
    """Pairs with nearly the same title and a common author: perhaps versions of one work."""
    from rapidfuzz.distance import Indel

    def look_alike(a: Record, b: Record) -> bool:
        titles = [fold(str(record.get("title") or "")) for record in (a, b)]
        people = [{who.surname for who in (persons(record.get("authors")) or ([], False))[0]} for record in (a, b)]
        return Indel.normalized_similarity(*titles) > 0.85 and bool(people[0] & people[1] or not all(people))

    return np.array([look_alike(records[a], records[b]) for a, b in zip(left, right, strict=True)], dtype=bool)
