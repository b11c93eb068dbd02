"""Labels: what a person has said about pairs, as pairs of rows that must or must not be one work."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from papertwin.data.cases import read_cases
from papertwin.data.files import Note, quiet
from papertwin.data.rows import Record
from papertwin.works.intake import content, id_digest
from papertwin.works.shelf import Shelf


@dataclass(slots=True)
class Labels:
    """Pairs of rows of a shelf, and how many labelled cases name a record that is not there."""

    must: list[tuple[int, int]] = field(default_factory=list)
    cannot: list[tuple[int, int]] = field(default_factory=list)
    unknown: int = 0


def read_labels(path: str | Path, shelf: Shelf, convention: str, note: Note = quiet) -> Labels:
    """The labels of a case file, its records found on the shelf by all that they say, else by an id that is one's own.

    Raises InputError for a file that cannot be read and for a label that is none.
    """
    found = Labels()
    by_content, by_id = _Finder(shelf.array("digests")), _Finder(shelf.array("ids"))

    def row(record: Record) -> int | None:
        same = by_content.rows(content(record))
        if len(same):
            return int(same[0])
        name = id_digest(record)
        named = by_id.rows(name).tolist() if name else []
        return named[0] if len(named) == 1 else None

    for case in read_cases(path, None, convention, note):
        if case.label is None:
            continue
        left, right = row(case.doc_1), row(case.doc_2)
        if left is None or right is None:
            found.unknown += 1
        elif left != right:
            (found.must if case.label else found.cannot).append((left, right))
    return found


class _Finder:
    """The rows that have a number."""

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        self._order = np.argsort(numbers, kind="stable")
        self._sorted = np.asarray(numbers)[self._order]

    def rows(self, number: int) -> NDArray[np.int64]:
        """These rows, in order."""
        first = int(np.searchsorted(self._sorted, np.uint64(number), "left"))
        last = int(np.searchsorted(self._sorted, np.uint64(number), "right"))
        found: NDArray[np.int64] = self._order[first:last]
        return found
