"""Whole files of records, looked up by id: for pairs that name their records."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from papertwin.data.errors import InputError
from papertwin.data.files.cells import unpacked
from papertwin.data.files.field_names import as_record
from papertwin.data.files.rows import Record, Reject, RowError, RowFile, decode, encode
from papertwin.data.files.streams import Note, quiet, shown
from papertwin.data.identity import id_spellings, id_text, record_key
from papertwin.data.kept import Kept
from papertwin.data.naming import short_names
from papertwin.data.records import open_records

Sides = tuple[str, str]  # the columns of a table with the ids of its left records and with those of its right ones
# An id in the text of an object that is no valid JSON.
_ID = re.compile(r'"id"\s*:\s*("[^"\\]*"|-?\d+)')


class RecordFile:
    """The records of files as JSON, in order; `rows` gives the place of each id, from 0.

    The n-th record of a file, where it has no id, can be named as `<file>:<n>`. Left out are records that cannot be
    read, and repetitions of a record that is there already. An id has no row, but a reason why, where it is that of a
    record that cannot be read, or of two unlike records.

    `sides` are the columns of ids of a table whose left records may be those of the first of two files, and whose right
    ones those of the second: where unlike records of both files have an id, each side is looked up in its file. Numbers
    are not looked up in the other, for every table may count its records; a DOI that one file alone has names one.
    """

    def __init__(self, paths: Sequence[str | Path], sides: Sides | None = None) -> None:
        self.name = " or ".join(map(shown, paths))
        self.raw = Kept()
        self.rows: list[dict[str, int]] = []  # of each file
        self._sides = sides
        self._shared: str | None = None  # an id for which each side is looked up in its file
        self._unlike: dict[str, str] = {}  # what is wrong with an id that names several records
        self._unreadable: dict[str, str] = {}  # what is wrong with a record, by its id
        self._nameless: list[str] = []  # and with those whose id cannot be told
        self._paths = paths

    def __len__(self) -> int:
        return len(self.raw)

    def read(self, note: Note = quiet) -> Iterator[bytes]:
        """Read the files to their end, and give each record as soon as it is in its place; `note` hears of bad ones.

        Raises InputError for a file that cannot be read, or none of whose records can, and for one in which no column
        is a field of a record.
        """
        names = short_names([shown(path) for path in self._paths])
        for path, name in zip(self._paths, names, strict=True):
            yield from self._read(open_records(path, note), name, note)
        self.raw.flush()
        if self._sides and self._shared is not None:
            (left, right), (first, second) = self._sides, names
            note(
                f"{first} and {second} have unlike records of one id, {self._shared} for one: {left} is looked up in "
                f"{first}, {right} in {second}"
            )

    def _read(self, file: RowFile, file_name: str, note: Note) -> Iterator[bytes]:
        own: dict[str, int] = {}
        self.rows.append(own)
        readable = False
        bad: list[str] = []
        for number, row in enumerate(file.rows, 1):
            where = file.at(row.place)
            if isinstance(row, Reject):
                bad.append(f"{where}: {row.reason}")
                self._set_aside(row, f"{file_name}:{number}", bad[-1])
                continue
            readable = True
            record = decode(row.raw)
            plain_lists = unpacked(record)  # lists in text are unpacked once, so that it can be written into a case
            name = id_text(record.get("id")) or f"{file_name}:{number}"
            if (there := _row(name, (own, *self.rows))) is not None:
                if record_key(as_record(plain_lists)) == record_key(self.record(there)):
                    own.setdefault(name, there)
                    continue
                if self._sides is None or name in own:
                    place = "in the file" if name in own else "in these files"
                    bad.append(f"{where}: the id {name} appears twice {place}, and the records are unlike")
                    self._unlike.setdefault(name, f"{bad[-1]}: make the ids unique, such as A{name} and B{name}")
                    continue
                self._shared = name if self._shared is None else self._shared
            own[name] = len(self)
            raw = row.raw if plain_lists is record else encode(plain_lists)
            self.raw.append(raw)
            yield raw
        if bad and not readable:
            raise InputError(f"{bad[0]}: no record in the file can be read: repair it, or export it again")
        if bad:
            more, one = (f" (and {len(bad) - 1:,} more such records)", "one") if len(bad) > 1 else ("", "it")
            note(f"{bad[0]}{more}: pairs that name {one} are rejected")

    def _set_aside(self, reject: Reject, name: str, reason: str) -> None:
        """Remember a record that cannot be read, under this name and the id that its text seems to have."""
        self._unreadable[name] = reason
        if found := _ID.search(reject.text):
            self._unreadable.setdefault(found[1].strip('"'), reason)
        else:
            self._nameless.append(reason)

    def row(self, name: str, side: int = 0) -> int:
        """The place of the record with this id, from 0; raises RowError where there is none, or not one.

        `side` is 0 for the left record of a pair, 1 for the right one.
        """
        spellings = id_spellings(name)
        counted = self._shared is not None and any(map(str.isdecimal, spellings))
        files = self.rows[side : side + 1] if counted else [*self.rows[side:], *self.rows[:side]]
        for written in spellings:
            if written in self._unlike:
                raise RowError(self._unlike[written])
            if (row := _row(written, files)) is not None:
                return row
        if name in self._unreadable:
            raise RowError(self._unreadable[name])
        unless = ""
        if self._nameless:
            more = f", and {len(self._nameless) - 1:,} more" if len(self._nameless) > 1 else ""
            unless = f", unless it is that of a record that cannot be read ({self._nameless[0]}{more})"
        where = self.name
        if self._sides and counted:
            where = f"{shown(self._paths[side])}, in which {self._sides[side]} is looked up"
        raise RowError(f"the id {name or '(empty)'} is not in {where}{unless}")

    def record(self, row: int) -> Record:
        """The record at a place, under the fields' own names."""
        return as_record(decode(self.raw[row]))


def _row(name: str, files: Iterable[Mapping[str, int]]) -> int | None:
    """The place of the record with this id, in the first of these files that has it; None where none has."""
    return next((rows[name] for rows in files if name in rows), None)


def read_records(paths: Sequence[str | Path], note: Note = quiet, sides: Sides | None = None) -> RecordFile:
    """Whole files of records, by `sides` as a RecordFile has them; raises as RecordFile.read does."""
    records = RecordFile(paths, sides)
    deque(records.read(note), maxlen=0)
    return records
