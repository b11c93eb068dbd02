"""A file of records, for pairs that name them by id: JSON, JSON lines, CSV or Parquet."""

from dataclasses import dataclass, field
from pathlib import Path

from papertwin.data.errors import InputError
from papertwin.data.files import Note, quiet
from papertwin.data.forms import open_rows
from papertwin.data.kept import Kept
from papertwin.data.rows import Record, Reject, RowError, decode, encode
from papertwin.data.shapes import id_text
from papertwin.data.sides import as_record, field_of, unpacked


@dataclass(slots=True)
class RecordFile:
    """Records as JSON in the order of their file; `rows` gives the place of each id, from 0."""

    name: str
    raw: Kept = field(default_factory=Kept)
    rows: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.raw)

    def row(self, name: str) -> int:
        """The place of the record with this id, from 0; raises RowError where there is none."""
        try:
            return self.rows[name]
        except KeyError:
            raise RowError(f"the id {name or '(empty)'} is not in {self.name}") from None

    def record(self, row: int) -> Record:
        """The record at a place, under the fields' own names."""
        return as_record(decode(self.raw[row]))


def read_records(path: str | Path, note: Note = quiet) -> RecordFile:
    """Read a whole file of records.

    The n-th record, where it has no id, can be named as `<file>:<n>`. Raises InputError for a file or a line that
    cannot be read, an id that appears twice, and a file in which no column is a field of a record.
    """
    file = open_rows(path, note)
    records = RecordFile(file.name)
    for row in file.rows:
        where = f"{file.name}, {file.unit} {row.place}"
        if isinstance(row, Reject):
            raise InputError(f"{where}: {row.reason}: repair the record or take it out")
        try:
            given = decode(row.raw)
        except RowError as error:
            raise InputError(f"{where}: {error}: repair the record or take it out") from error
        if not isinstance(given, dict):
            raise InputError(f"{where}: this is no record with named fields: repair it or take it out")
        if not len(records) and not any(map(field_of, given)):
            raise InputError(f"{where}: no field of a record among {', '.join(given)}: id, title, ... are expected")
        record = as_record(given)
        name = id_text(record.get("id")) or f"{Path(file.name).name}:{len(records) + 1}"
        if name in records.rows:
            raise InputError(f"{where}: the id {name} appears twice in the file: an id must name one record")
        records.rows[name] = len(records)
        plain = unpacked(given)  # a table's lists are unpacked once, so that the record can be written into a case
        records.raw.append(row.raw if plain is given else encode(plain))
    return records
