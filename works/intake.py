"""Intake: reads files of records onto the shelf, and prepares each record once, on all processes."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns.column import Prepared
from papertwin.data.conventions import named_convention
from papertwin.data.errors import InputError
from papertwin.data.exports.assemble import damaged_carrier
from papertwin.data.exports.tables import source_of
from papertwin.data.exports.tidied import PLACES, is_nought
from papertwin.data.fields import RECORD_FIELDS, is_empty, prepare
from papertwin.data.files.cells import unpacked
from papertwin.data.files.field_names import as_record
from papertwin.data.files.rows import Record, Reject, Row, RowError, RowFile, decode, encode, one_line
from papertwin.data.files.streams import STANDARD, Note
from papertwin.data.garbage import uncollected
from papertwin.data.identity import id_text
from papertwin.data.naming import new_name
from papertwin.data.packed import Packing
from papertwin.data.processes import in_processes
from papertwin.data.records import identified, open_records
from papertwin.data.wording import some
from papertwin.features import COMPARED
from papertwin.works.keys import keys_of, sketches
from papertwin.works.merging import versions_of
from papertwin.works.shelf import Filling, Shelf

Source = str | Path | RowFile  # a path, or a file that is open already

BATCH = 1000  # records that are prepared at a time
NAMED = 3  # works with damaged versions that are named


@dataclass(slots=True)
class Task:
    """Rows that are prepared together, each with its file, its number in it, and, from a file of works, its work."""

    name: str  # the file that they are read from
    raws: list[bytes] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)  # -1: a new record
    kept: list[bool] = field(default_factory=list)

    def add(self, row: Row, file: int, position: int, group: int = -1, kept: bool = False) -> None:
        """One more row."""
        self.raws.append(row.raw)
        self.places.append(row.place)
        self.files.append(file)
        self.positions.append(position)
        self.groups.append(group)
        self.kept.append(kept)


@dataclass(slots=True)
class Ready:
    """The prepared rows of a task.

    `good` are the numbers of the rows that could be read, `changed` has the JSON of those that are kept otherwise than
    they came, `packed` the prepared records and `arrays` what else the shelf keeps of them. `works` counts the rows
    that are works of an earlier run.
    """

    good: list[int]
    changed: dict[int, bytes]
    packed: list[bytes]
    arrays: dict[str, NDArray[Any]]
    sources: Counter[str]
    unreadable: Counter[str]
    rejects: list[Reject]
    works: int


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


def digest(content: bytes) -> int:
    """A number that stands for the bytes: 64 bits, never 0."""
    return int.from_bytes(blake2b(content, digest_size=8).digest()) or 1


def content(record: Record) -> int:
    """A number that stands for all that a record says, in whatever order its fields are."""
    return digest(encode({name: record[name] for name in sorted(record)}))


class Preparing:
    """Prepares the rows of a task, in whichever process it is called."""

    def __init__(self) -> None:
        self._packing = Packing(COMPARED)

    @uncollected()
    def __call__(self, task: Task) -> Ready:
        good: list[int] = []
        changed: dict[int, bytes] = {}
        records: list[Record] = []
        contents = []
        rejects = []
        works = 0
        for number, raw in enumerate(task.raws):
            try:
                given = _object(raw)
                plain = unpacked(given)
                record = as_record(plain)
                if task.groups[number] < 0 and is_empty(record) and not id_text(record.get("id")):
                    raise RowError("the record has no content")  # and nothing to name it by
            except RowError as reason:
                rejects.append(Row(task.places[number], raw).rejected(reason))
                continue
            line = one_line(raw) if plain is given else encode(plain)
            if line is not raw:
                changed[number] = line
            good.append(number)
            records.append(record)
            contents.append(content(plain))
            works += bool(named_convention(plain) and plain.get("versions"))
        prepared = prepare(records)
        arrays = _arrays(records, prepared) | {"digests": np.array(contents, dtype=np.uint64)}
        sources = Counter(source or "" for source in prepared.values("source").tolist())
        packed = self._packing.pack(prepared)
        return Ready(good, changed, packed, arrays, sources, prepared.unreadable, rejects, works)


def _object(raw: bytes) -> Record:
    given = decode(raw)
    if not isinstance(given, dict):
        raise RowError("this is no record with named fields")
    return given


def _arrays(records: Sequence[Record], prepared: Prepared) -> dict[str, NDArray[Any]]:
    """What the shelf keeps of prepared records, by the names of its arrays, but for what tells where they come from."""
    rows, keys, kinds = keys_of(prepared)
    empty = np.array([is_empty(record) for record in records], dtype=bool)
    telling = ~empty[rows]  # what has no content has nothing in common with others
    preprint = np.asarray(prepared.columns["preprint"], dtype=np.float64)
    return {
        "sketches": sketches(len(records), rows, keys, kinds),
        "ids": np.array([id_digest(record) for record in records], dtype=np.uint64),
        "published": np.select([preprint == 0, preprint == 1], [1, -1], 0),
        "filled": _filled(records, prepared),
        "fullness": _fullness(prepared),
        "key_counts": np.bincount(rows[telling], minlength=len(records)),
        "keys": keys[telling],
        "kinds": kinds[telling],
    }


def _filled(records: Sequence[Record], prepared: Prepared) -> NDArray[np.int64]:
    """How many fields each record has, without those in which a nought stands for nothing."""
    fields: NDArray[np.int64] = np.sum([~prepared.absent(name) for name in RECORD_FIELDS], axis=0)
    noughts = [sum(is_nought(name, record.get(name)) for name in PLACES) for record in records]
    return fields - np.array(noughts, dtype=np.int64)


def _fullness(prepared: Prepared) -> NDArray[np.float64]:
    """How much each record says in the fields that some sources shorten: the date, authors, title and abstract.

    It is the product of their lengths, so that each counts by its share: half of the abstract by half.
    """
    dates = prepared.values("publication_date").tolist()
    parts = np.array([0 if date is None else len(date) - date.count(None) for date in dates])
    columns = (prepared.columns[name] for name in ("author_count", "title_length", "abstract_length"))
    lengths = [parts, *(np.nan_to_num(np.asarray(column, dtype=np.float64)) for column in columns)]
    product: NDArray[np.float64] = np.prod([1 + length for length in lengths], axis=0)
    return product


def id_digest(record: Record) -> int:
    """The digest of a record's id, 0 where it has none."""
    name = id_text(record.get("id"))
    return digest(name.encode()) if name else 0


def take_in(files: Sequence[Source], shelf: Shelf, jobs: int, against: str | Path | None, note: Note) -> Taken:
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


def _tasks(files: Sequence[Source], against: str | Path | None, taken: Taken, note: Note) -> Iterator[Task]:
    if against is not None:
        yield from _in_batches(_versions_in(open_records(against, note), taken, note))
    paths: set[str] = set()
    for given in files:
        file = given if isinstance(given, RowFile) else open_records(given, note)
        path = file.name if isinstance(given, RowFile) or given == STANDARD else os.path.realpath(given)
        if path in paths:
            raise InputError(f"{file.name}: the file is given twice: name it once")
        paths.add(path)
        rows = file.rows if isinstance(given, RowFile) else identified(file)
        yield from _in_batches(_rows_of(replace(file, rows=rows), taken))


Placed = tuple[str, Row, int, int, int, bool]  # the file that is read, the row, and what Task.add wants


def _in_batches(rows: Iterator[Placed]) -> Iterator[Task]:
    task: Task | None = None
    for name, *placed in rows:
        task = task or Task(name)
        task.add(*placed)  # type: ignore[arg-type]  # as Placed says
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
            yield name, row, number, position, -1, False


def _versions_in(file: RowFile, taken: Taken, note: Note) -> Iterator[Placed]:
    """The versions in a file of works, each with its own file and number; `note` is told of those that are damaged."""
    numbers: dict[str, int] = {}
    damaged: list[str] = []
    for group, row in enumerate(file.rows):
        if isinstance(row, Reject):
            raise InputError(f"{file.at(row.place)}: {row.reason}: repair the work or take it out")
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
            yield file.name, Row(row.place, version.raw), numbers[version.file], version.position, group, version.kept
    if damaged:
        note(
            f"{file.name}: {some(damaged, NAMED)} cannot be read, another program has changed them: of such works only "
            "the kept record is known"
        )
