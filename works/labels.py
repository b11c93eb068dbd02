"""Labels: what a person has said about pairs, as pairs of rows that must or must not be one work."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from papertwin.data.cases import read_cases, settled
from papertwin.data.conventions import agreed
from papertwin.data.files.rows import Record, decode
from papertwin.data.files.shapes import id_text
from papertwin.data.files.streams import Note
from papertwin.data.naming import short_names
from papertwin.works.intake import content, digest
from papertwin.works.shelf import Shelf


@dataclass(slots=True)
class Labels:
    """Pairs of rows of a shelf, which labelled cases do not name two of its records, and how many rows are none."""

    must: list[tuple[int, int]] = field(default_factory=list)
    cannot: list[tuple[int, int]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unreadable: int = 0

    @property
    def given(self) -> int:
        """How many cases have a label."""
        return len(self.must) + len(self.cannot) + len(self.unknown)


def read_labels(paths: Sequence[str | Path], shelf: Shelf, files: Sequence[str], convention: str, note: Note) -> Labels:
    """The labels of case files, or of pairs of ids; `files` are the names of the shelf's files.

    Records are found by all that they say, else by an id that is one's own, or by the <file>:<number> that stands for
    one. Raises InputError for a file that cannot be read, for a label that is none, and for one by another convention.
    """
    found = Labels()
    if not paths:
        return found
    named = _Named(shelf, files)
    by_content = _Finder(shelf.array("digests"))

    def row(record: Record) -> int | None:
        same = by_content.rows(content(record))
        if len(same):
            return int(same[0])
        return named.find(id_text(record.get("id")))

    read = [read_cases(path, named, convention, note) for path in paths]
    for file, cases in zip(read, settled(read, note), strict=True):
        labelled = [case for case in cases if case.label is not None]
        agreed(labelled, convention, "run with --model {}, or label the doubtful pairs of this run")
        found.unreadable += len(file.rejects)
        if not labelled:
            note(f"{file.name}: no case in it has a label")
        for case in labelled:
            left, right = row(case.doc_1), row(case.doc_2)
            if left is None or right is None or left == right:
                found.unknown.append(case.place)
            else:
                (found.must if case.label else found.cannot).append((left, right))
    return found


class _Named:
    """The records of a shelf by their ids, or by <file>:<number>."""

    def __init__(self, shelf: Shelf, files: Sequence[str]) -> None:
        self._shelf = shelf
        self._by_id = _Finder(shelf.array("ids"))
        self._files = {file: number for number, file in enumerate(short_names(files))}

    def find(self, name: str) -> int | None:
        """The row of the only record of this name."""
        if not name:
            return None
        rows = self._by_id.rows(digest(name.encode())).tolist()
        if not rows:
            file, _, number = name.rpartition(":")
            if file in self._files and number.isdecimal():
                there = self._shelf.array("files") == self._files[file]
                there &= self._shelf.array("positions") == int(number)
                rows = np.flatnonzero(there).tolist()
        return rows[0] if len(rows) == 1 else None

    def row(self, name: str) -> int:
        """The same, for a file of ids; -1 for a record that is not there."""
        found = self.find(name)
        return -1 if found is None else found

    def record(self, row: int) -> Record:
        """The record as it came; an empty one for -1."""
        record: Record = {} if row < 0 else decode(self._shelf.raw(row))
        return record


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
