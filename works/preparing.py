"""Preparing: rows of records to what the shelf keeps of them, each record once, in whichever process."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns.column import Prepared
from papertwin.data.conventions import named_convention
from papertwin.data.exports.tidied import PLACES, is_nought
from papertwin.data.fields import RECORD_FIELDS, is_empty, prepare
from papertwin.data.files.cells import unpacked
from papertwin.data.files.field_names import as_record
from papertwin.data.files.rows import Record, Reject, Row, RowError, decode_object, encode, one_line
from papertwin.data.garbage import uncollected
from papertwin.data.identity import id_text
from papertwin.data.packed import Packing
from papertwin.features import COMPARED
from papertwin.works.keys import keys_of, sketches


class Placed(NamedTuple):
    """A row and where it comes from: the file that is read, its own file as a number, and its number in that."""

    name: str
    row: Row
    file: int
    position: int
    group: int = -1  # its existing work; -1 for a new record
    kept: bool = False  # whether that work goes by it


@dataclass(slots=True)
class Task:
    """Rows that are prepared together, as columns: they travel to another process."""

    name: str  # the file that is read
    raws: list[bytes] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    kept: list[bool] = field(default_factory=list)

    def add(self, one: Placed) -> None:
        """One more row."""
        self.raws.append(one.row.raw)
        self.places.append(one.row.place)
        self.files.append(one.file)
        self.positions.append(one.position)
        self.groups.append(one.group)
        self.kept.append(one.kept)


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
                given = decode_object(raw)
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
