"""Files of records in every common form, row by row."""

import itertools
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from papertwin.data.errors import InputError
from papertwin.data.exports.columns import columns_of, has_our_names, names_of, record_of_columns
from papertwin.data.exports.complaints import NO_HITS, complaint, nothing_else
from papertwin.data.exports.floats import SEEN, float_columns, with_whole_numbers
from papertwin.data.exports.interface_records import as_record_of_interface, as_record_of_row
from papertwin.data.exports.interfaces import beside_records, interface_of
from papertwin.data.exports.tables import table_of
from papertwin.data.exports.tidied import is_date
from papertwin.data.exports.versions import OF_WORKS
from papertwin.data.fields import WITHOUT_CONTENT
from papertwin.data.files.field_names import as_record, field_meant, field_of
from papertwin.data.files.json_objects import LIST_KEYS, WRAPPERS
from papertwin.data.files.layouts import DOCUMENTS
from papertwin.data.files.rows import Record, Reject, Row, RowError, RowFile, decode, decode_object, encode
from papertwin.data.files.streams import CHUNK, Note, as_utf8, open_bytes, quiet, shown
from papertwin.data.forms import export_of, is_text, rows_of, text_rows
from papertwin.data.shapes import shape_of
from papertwin.data.values.text import known
from papertwin.data.wording import counted, listed, some

# Under one of these keys a JSON document holds its records: our own, and those of OpenAlex, CORE, Semantic Scholar ...
RECORD_KEYS = (
    *LIST_KEYS, "results", "items", "hit", "recommendedPapers", "entry", "entries", "docs", "publications",
    "collection", "References", "studies", "articles", "papers", *WRAPPERS,
)  # fmt: skip
# Without any of these nobody can say which work a record is.
IDENTIFYING = ("title", "authors", "doi", "urls", "abstract", "pages")
# How the error ends for names that are no fields, by what they are.
_EXPORT = "or export the records in a form that docs/formats.md names"
IN_COLUMNS = f": call a column title, another authors, doi ..., {_EXPORT}"
IN_HEADER = (
    ", its first line: put a header above it if it is a record, take out what stands above the header, or call a "
    f"column title, another authors, doi ..., {_EXPORT}"
)
IN_KEYS = (
    ", its keys: JSON is read as a list of objects with keys such as title, authors and doi, also under a key such as "
    "results, or as an interface gives it that docs/formats.md names: write it so, or export the records as RIS or CSV"
)


def open_records(path: str | Path, note: Note = quiet) -> RowFile:
    """The records of a file, or of standard input ("-"), in any form that is known, gzip or not.

    A row is a record under the fields' own names, in the order of the file; whatever else the file says of it is kept
    (see exports.assemble). A record that cannot be read is a Reject, and the rest goes on; `form` names what was
    found. Raises InputError, here or while reading, for a file that is missing, empty, damaged, or in no form that is
    known, and for a file of pairs.
    """
    name = shown(path)
    source = open_bytes(path)
    if not is_text(source):
        return _converted(rows_of(source, path, note), note)
    stream = as_utf8(source, name, note)
    head = stream.peek(CHUNK).decode("utf-8", "ignore").lstrip("\ufeff \t\r\n")
    if export := export_of(head):
        form, reader = export
        return RowFile(name, "line", reader(stream, name, note), form=form)
    return _converted(text_rows(stream, path, note, RECORD_KEYS), note)


def identified(file: RowFile) -> Iterator[Row | Reject]:
    """The rows of a file of records; raises InputError after the last one if no record has any of IDENTIFYING."""
    seen = False
    for row in file.rows:
        yield row
        if isinstance(row, Row):
            seen, record = True, as_record(decode(row.raw))
            if any(known(record.get(field)) for field in IDENTIFYING):
                yield from file.rows
                return
    if seen:
        raise InputError(
            f"{file.name}: no record in it has a title, an author or an identifier: name its columns as "
            "docs/formats.md does, or export the records as RIS or CSV"
        )


def _converted(file: RowFile, note: Note) -> RowFile:
    """A file of JSON objects or of a table's rows, as one of records under the fields' own names."""
    form, unit, given = file.form, "record" if file.unit == "case" else file.unit, file.rows
    columns = None
    floats: list[str] = []
    if file.columns is not None:
        names = names_of(tuple(file.columns), form)
        if not names.names:
            first = next(given, None)
            row = None if first is None else _given(first)
            if not isinstance(row, dict) or as_record_of_row(row) is None:
                given_names = row if isinstance(row, dict) else file.columns
                raise no_fields(file.name, given_names, IN_HEADER if file.unit == "line" else IN_COLUMNS)
            given = itertools.chain(filter(None, [first]), given)
        form, columns = names.form, columns_of(file.columns, names)
        seen = list(itertools.islice(given, SEEN))
        floats = float_columns(names.fields, [row for row in map(_given, seen) if isinstance(row, dict)])
        given = itertools.chain(seen, given)
    elif (first := next(given, None)) is not None:  # the form is told by the first record
        given = itertools.chain([first], given)
        form = _form(first) or form
    rows = _records(replace(file, unit=unit, rows=given, form=form), note, floats)
    form = (table_of(file.columns) if file.columns is not None else None) or form
    return RowFile(file.name, unit, rows, columns, file.table, form)


def _form(row: Row | Reject) -> str | None:
    try:
        value = decode(row.raw) if isinstance(row, Row) else None
    except RowError:
        return None
    names = interface_of(value) if isinstance(value, dict) else None
    return names.form if names else None


def _records(file: RowFile, note: Note, floats: Collection[str] = ()) -> Iterator[Row | Reject]:
    """The records in the rows of a file; `note` is told what else stands among them, and which names say nothing.

    `floats` are columns whose whole numbers end in ".0".
    """
    objects = file.columns is None
    names: _Names | None = None
    dated = 0
    for row, found in _objects(file, note):
        if isinstance(row, Reject):
            yield row
            continue
        given = with_whole_numbers(found, floats)
        if names is None:
            _refuse_others(given, file.at(row.place), objects)
            names = _Names(file)
        record = as_record_of_interface(given, in_table=not objects)
        if record is not None:
            names.authored = True
        elif objects and has_our_names(tuple(given)):
            record = given
        else:
            record = record_of_columns(given, file.form)
        if not names.titled:
            names.see(given, record)
        dated += is_date(record.get("pages"))
        yield row if record is given else Row(row.place, encode(record))
    if dated:
        have = "has a date" if dated == 1 else "have dates"
        note(
            f"{file.name}: {counted(dated, 'record')} {have} for pages, which a spreadsheet has made of them: RIS and "
            "BibTeX are written without"
        )
    if names is not None and (remark := names.remark()):
        note(remark)


def _objects(file: RowFile, note: Note) -> Iterator[tuple[Row | Reject, Record]]:
    """The rows with their objects, without those that hold no record, which `note` is told; a Reject has none.

    Raises InputError where a file holds nothing but what an interface says went wrong.
    """
    left_out: Counter[str] = Counter()
    complaints: list[str] = []
    read = False
    for row in file.rows:
        if isinstance(row, Row) and row.raw == b"null":  # Semantic Scholar has it for an id that it does not know
            left_out["null"] += 1
            continue
        given = _given(row)
        if isinstance(given, Reject):
            yield given, {}
        elif file.columns is None and (said := complaint(given)):
            complaints.append(said)
            continue
        elif file.columns is None and (kind := beside_records(given)):
            left_out[kind] += 1
        elif isinstance(row, Row):
            yield row, given
        read = True
    complaints = [said for said in complaints if said != NO_HITS]
    if complaints and not read:
        raise nothing_else(file.name, complaints[0])
    left_out["error message"] = len(complaints)
    if told := [counted(count, kind) for kind, count in left_out.items() if count]:
        note(f"{file.name}: {listed(told)} left out")


def _refuse_others(first: Record, where: str, objects: bool) -> None:
    """Raises InputError where the first row of a file is a pair, or an object without any field of a record."""
    if first.keys() >= set(DOCUMENTS):
        raise InputError(f"{where}: this is a pair, where a record is expected: name a file of records")
    if interface_of(first):
        return
    meant = {field for name in first if (field := field_meant(name))}
    if (objects and not any(map(field_of, first))) or (meant <= WITHOUT_CONTENT and shape_of(first)):
        raise no_fields(where, first)


class _Names:
    """Which names in a file are understood, as far as it takes to meet a title: `titled` is whether it was met.

    `authored` is whether there are authors, by a name or by whoever makes such files: records of a known database
    without authors have none.
    """

    def __init__(self, file: RowFile) -> None:
        self._file = file
        self.authored = file.columns is None or table_of(file.columns) is not None
        self.titled = False
        self._unknown: dict[str, None] = {}

    def see(self, given: Record, record: Record) -> None:
        """Take account of a row, and of the record that is made of it."""
        self.titled = known(record.get("title")) is not None
        fields = names_of(tuple(given), self._file.form).fields
        self.authored |= "authors" in fields.values()
        self._unknown |= dict.fromkeys(name for name in given if name not in fields and name not in OF_WORKS)

    def remark(self) -> str | None:
        """That no record has a title, or none in a table has authors, and which names were not understood."""
        unknown = some(list(self._unknown))
        rest = f"; not understood: {unknown}; docs/formats.md has the names that are" if unknown else ""
        if not self.titled:
            return f"{self._file.name}: no record in it has a title{rest}"
        if unknown and not self.authored:
            return f"{self._file.name}: no column in it is understood as authors{rest}"
        return None


def _given(row: Row | Reject) -> Record | Reject:
    """The row's object, or why it has none."""
    if isinstance(row, Reject):
        return row
    try:
        return decode_object(row.raw)
    except RowError as error:
        return row.rejected(error)


def no_fields(where: str, names: Collection[str], told: str = IN_KEYS) -> InputError:
    """The error for the names of columns, or the keys of an object, none of which is a field of a record.

    `told` is what they are: IN_KEYS, IN_COLUMNS or IN_HEADER, the first line of a table of text.
    """
    if shape_of(names):
        return InputError(f"{where}: these are pairs, where records are expected: papertwin predict scores them")
    found = some([str(name) or "(no name)" for name in names])
    return InputError(f"{where}: no field of a record among {found}{told}")
