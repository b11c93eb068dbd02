"""Labels: files of labelled cases, read as pairs of rows of the shelf that must, or must not, be one work."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

from papertwin.data.cases import Case, read_cases, settled
from papertwin.data.conventions import agreed_convention
from papertwin.data.files.field_names import as_record
from papertwin.data.files.rows import Record, RowError, decode
from papertwin.data.files.streams import Note
from papertwin.data.identity import id_spellings, id_text, same_title
from papertwin.data.naming import short_names
from papertwin.data.records import IDENTIFYING
from papertwin.data.shapes import Ids, Shape, shape_of
from papertwin.data.values.text import known
from papertwin.works.intake import Source
from papertwin.works.merging import says
from papertwin.works.preparing import content, digest
from papertwin.works.shelf import Shelf

NOT_THERE = "a record of it is not in the files"
SEVERAL = "several records have the id that it names, and it has no file and position"
ANOTHER = "another record stands under its id or number now: label the pairs of this run"
ONE = "both its records are one"


@dataclass(slots=True)
class Labels:
    """Pairs of rows of the shelf that `must`, or `cannot`, be one work.

    `removed` are the rows that a label takes out of the work of the record that was kept. `left_out` names the places
    of the labelled cases that are not followed, by the reason; `unreadable` counts the rows of the files that are no
    cases; `silent` are the files with cases of which none has a label; `places` say where each pair was labelled.
    """

    must: list[tuple[int, int]] = field(default_factory=list)
    cannot: list[tuple[int, int]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    unreadable: int = 0
    silent: list[str] = field(default_factory=list)
    places: dict[frozenset[int], list[str]] = field(default_factory=dict)

    @property
    def given(self) -> int:
        """How many cases have a label."""
        return len(self.must) + len(self.cannot) + sum(map(len, self.left_out.values()))


def read_labels(paths: Sequence[Source], shelf: Shelf, files: Sequence[str], convention: str, note: Note) -> Labels:
    """The labels of case files, or of pairs of ids; `files` are the names of the shelf's files.

    The record that a label is about is found by all that it says; else by its id, by the <file>:<number> that stands
    for an id, or by a file and position, but then only if the title is still that of the record that was labelled.
    Raises InputError for a file that cannot be read, for a label that is none, and for one by another convention.
    """
    found = Labels()
    if not paths:
        return found
    named = _Named(shelf, files)
    read = [read_cases(path, named, convention, note) for path in paths]
    for file, cases in zip(read, settled(read, note), strict=True):
        labelled = [case for case in cases if case.label is not None]
        agreed_convention(labelled, convention, "run with --model {}, or label the doubtful pairs of this run")
        found.unreadable += len(file.rejects)
        if file and not labelled:
            found.silent.append(file.name)
        for case in labelled:
            try:
                left, right = map(named.find, _said(case))
                if left == right:
                    raise RowError(ONE)
            except RowError as reason:
                found.left_out.setdefault(str(reason), []).append(case.place)
                continue
            (found.must if case.label else found.cannot).append((left, right))
            found.places.setdefault(frozenset((left, right)), []).append(case.place)
            if not case.label and isinstance(shape := _shape(tuple(case.row)), Ids) and shape.removed:
                found.removed.append(left)
    return found


def _said(case: Case) -> tuple[Record, Record]:
    """What a case says of its two records: all of them, or where its row has ids, what columns stand beside these."""
    shape = _shape(tuple(case.row))
    return shape.said(case.row) if isinstance(shape, Ids) else (case.doc_1, case.doc_2)


@lru_cache
def _shape(columns: tuple[str, ...]) -> Shape | None:
    return shape_of(columns)


class _Named:
    """The records of a shelf by what is said of them: by their ids, or by <file>:<number>."""

    def __init__(self, shelf: Shelf, files: Sequence[str]) -> None:
        self._shelf = shelf
        self._by_content = _Finder(shelf.array("digests"))
        self._by_id = _Finder(shelf.array("ids"))
        self._files = {file: number for number, file in enumerate(short_names(files))}
        ends = [PurePath(file).name for file in files]
        self._ends = {end: number for number, end in enumerate(ends) if ends.count(end) == 1}
        self._paths = {file: number for number, file in enumerate(files)}

    def find(self, said: Record) -> int:
        """The row of the record that a label describes; raises RowError where there is none, or more than one."""
        same = self._by_content.rows(content(said))
        if len(same):
            return int(same[0])
        rows = self._named(id_text(said.get("id"))) or self._placed(said)
        if not rows:
            raise RowError(NOT_THERE)
        rows = [row for row in rows if _may_be(self.record(row), said)]
        if not rows:
            raise RowError(ANOTHER)
        if len(rows) > 1:
            rows = [row for row in self._placed(said) if row in rows]
        if len(rows) != 1:
            raise RowError(SEVERAL)
        return rows[0]

    def _named(self, name: str) -> list[int]:
        """The rows with this id, else the row that the name means as <file>:<number>."""
        for written in id_spellings(name) if name else ():
            rows: list[int] = self._by_id.rows(digest(written.encode())).tolist()
            if rows:
                return rows
        file, _, position = name.rpartition(":")
        return self._at(self._files.get(file), position)

    def _placed(self, said: Record) -> list[int]:
        """The row at the position that is told, in the file of that name, in whatever folder."""
        path = id_text(said.get("file"))
        return self._at(self._paths.get(path, self._ends.get(PurePath(path).name)), id_text(said.get("position")))

    def _at(self, file: int | None, position: str) -> list[int]:
        """The rows of this number in a file."""
        if file is None or not position.isdecimal():
            return []
        there = (self._shelf.array("files") == file) & (self._shelf.array("positions") == int(position))
        rows: list[int] = np.flatnonzero(there).tolist()
        return rows

    def row(self, name: str, side: int) -> int:
        """The row of the only record of this name, on whichever side of a file of ids; -1 for one that is not there."""
        rows = self._named(name)
        return rows[0] if len(rows) == 1 else -1

    def record(self, row: int) -> Record:
        """The record under the fields' own names; an empty one for -1."""
        return {} if row < 0 else as_record(decode(self._shelf.raw(row)))


def _may_be(record: Record, said: Record) -> bool:
    """Whether a record may be the one that was described: by its title, or without one by what else identifies it."""
    one, other = known(record.get("title")), known(said.get("title"))
    if one and other:
        return same_title(one, other)
    if told := [name for name in IDENTIFYING if says(said.get(name))]:
        return any(said[name] == record.get(name) for name in told)
    return one is None or "title" not in said


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
