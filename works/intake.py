"""Intake: reads files of records, or of works, onto the shelf."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from papertwin.data.conventions import named_convention
from papertwin.data.errors import InputError
from papertwin.data.exports.assemble import damaged_carrier
from papertwin.data.exports.tables import source_of
from papertwin.data.files.rows import Reject, Row, RowError, RowFile, decode
from papertwin.data.files.streams import STANDARD, Note
from papertwin.data.naming import new_name
from papertwin.data.processes import in_processes
from papertwin.data.records import identified, open_records
from papertwin.data.wording import some
from papertwin.works.merging import versions_of
from papertwin.works.preparing import Placed, Preparing, Task
from papertwin.works.shelf import Filling, Shelf

Source = str | Path | RowFile  # a path, or a file that is open already

BATCH = 1000  # records that are prepared at a time
NAMED = 3  # works with damaged versions that are named


@dataclass(slots=True)
class Taken:
    """What was read, by file but for `sources` and `unreadable`.

    `records` counts the records of each file, `works` those among them that are works of an earlier run; `sources`
    counts records by their source, or by the database whose table they are in, `unreadable` values by their field.
    `columns` are those of all tables. `convention` is the one that the first of the existing works was made by, where
    it says so; `conventions` has that of the works that were made by another.
    """

    files: list[str] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    unreadable: dict[str, int] = field(default_factory=dict)
    rejects: dict[str, list[Reject]] = field(default_factory=dict)
    works: dict[str, int] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    convention: str | None = None
    conventions: dict[int, str] = field(default_factory=dict)

    def unit(self, name: str) -> str:
        """What the places in a file count; in the file of existing works, rows."""
        return self.units.get(name, "row")


def take_in(files: Sequence[Source], shelf: Shelf, jobs: int, against: Source | None, note: Note) -> Taken:
    """Read the files onto the shelf, the works of `against` first.

    Raises InputError for a file that cannot be read or in which nothing says which works its records are; rows that
    cannot be read are among the rejects.
    """
    taken = Taken()
    sources: Counter[str] = Counter()
    unreadable: Counter[str] = Counter()
    works: Counter[str] = Counter()
    with Filling(shelf) as filling:
        for task, ready in in_processes(Preparing(), _tasks(files, against, taken, note), jobs):
            good = np.array(ready.good, dtype=np.int64)
            names = ("places", "files", "positions", "groups", "kept")
            of_task = {name: np.array(getattr(task, name))[good] for name in names}
            raws = [ready.changed.get(number, task.raws[number]) for number in ready.good]
            filling.add(raws, ready.packed, ready.arrays | of_task)
            if task.name in taken.records:
                taken.records[task.name] += len(good)
                unnamed = ready.sources.pop("", 0)
                sources += ready.sources
                sources[source_of(taken.forms[task.name])] += unnamed
                works[task.name] += ready.works
            unreadable += ready.unreadable
            if ready.rejects:
                taken.rejects.setdefault(task.name, []).extend(ready.rejects)
    taken.sources, taken.unreadable, taken.works = dict(+sources), dict(unreadable), dict(+works)
    for rejects in taken.rejects.values():
        rejects.sort(key=lambda reject: reject.place)
    return taken


def _tasks(files: Sequence[Source], against: Source | None, taken: Taken, note: Note) -> Iterator[Task]:
    if against is not None:
        works = against if isinstance(against, RowFile) else open_records(against, note)
        yield from _in_batches(_versions_in(works, taken, note))
    paths: set[str] = set()
    for given in files:
        file = given if isinstance(given, RowFile) else open_records(given, note)
        path = file.name if isinstance(given, RowFile) or given == STANDARD else os.path.realpath(given)
        if path in paths:
            raise InputError(f"{file.name}: the file is given twice: name it once")
        paths.add(path)
        rows = file.rows if isinstance(given, RowFile) else identified(file)
        yield from _in_batches(_rows_of(replace(file, rows=rows), taken))


def _in_batches(rows: Iterator[Placed]) -> Iterator[Task]:
    task: Task | None = None
    for one in rows:
        task = task or Task(one.name)
        task.add(one)
        if len(task.raws) == BATCH:
            yield task
            task = None
    if task is not None:
        yield task


def _rows_of(file: RowFile, taken: Taken) -> Iterator[Placed]:
    """The rows of a file of records; what its reader cannot read is set aside here.

    Existing works may be of another file of that name: last month's.
    """
    number, name = len(taken.files), new_name(file.name, taken.files)
    taken.files.append(name)
    taken.units[name] = file.unit
    taken.forms[name] = file.form
    taken.records[name] = 0
    taken.columns = list(dict.fromkeys([*taken.columns, *(file.columns or ())]))
    for position, row in enumerate(file.rows, 1):
        if isinstance(row, Reject):
            taken.rejects.setdefault(name, []).append(row)
        else:
            yield Placed(name, row, number, position)


def _versions_in(file: RowFile, taken: Taken, note: Note) -> Iterator[Placed]:
    """The versions in a file of works, each with its own file and number; `note` is told of those that are damaged."""
    numbers: dict[str, int] = {}
    damaged: list[str] = []
    for group, row in enumerate(file.rows):
        if isinstance(row, Reject):
            raise InputError(f"{file.at(row.place)}: {row.reason}: repair it or take it out")
        try:
            versions = versions_of(row.raw, file.name, group + 1)
            said = named_convention(decode(row.raw))
            if not group:
                taken.convention = said
            elif said is not None and said != taken.convention:
                taken.conventions[group] = said
        except RowError as error:
            raise InputError(f"{file.at(row.place)}: {error}: repair it or take it out") from error
        if carrier := damaged_carrier(row.raw):
            damaged.append(f"the records under {carrier} of {file.unit} {row.place}")
        for version in versions:
            if version.file not in numbers:
                numbers[version.file] = len(taken.files)
                taken.files.append(version.file)
            taken_over = Row(row.place, version.raw)
            yield Placed(file.name, taken_over, numbers[version.file], version.position, group, version.kept)
    if damaged:
        note(
            f"{file.name}: {some(damaged, NAMED)} cannot be read, another program has changed them: of such works only "
            "the kept record is known"
        )
