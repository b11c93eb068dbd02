"""Embase's CSV of a field a line: its label, then its values; an empty line stands between two records.

The other CSV of Embase, of a record a line, is a table as others are.
"""

import csv
import io
import re
import sys
from collections.abc import Iterator
from typing import Any

from papertwin.data.exports.columns import record_of_columns
from papertwin.data.files import Note
from papertwin.data.rows import Reject, Row, encode
from papertwin.data.sides import LIST_FIELDS, field_of, means_field

FORM = "Embase table"
_LABEL = r'"?(?:AiP)?[A-Z][A-Z /()-]*(?:ENTRY DATE)?"?,'
_BEGINNING = re.compile(rf'(?:"?RECORD \d+"?,*\s+)?"?TITLE"?,.*\r?\n{_LABEL}.*\r?\n{_LABEL}')


def is_labelled(head: str) -> bool:
    """Whether a text is such a CSV: a title, and two more lines that begin with a label in capitals."""
    return _BEGINNING.match(head) is not None


def labelled_rows(stream: io.BufferedReader, name: str, note: Note) -> Iterator[Row | Reject]:
    """The records, each under the number of its first line; a line without a value behind its label is a Reject."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    lines = csv.reader(io.TextIOWrapper(stream, "utf-8", newline=""))
    record: dict[str, Any] = {}
    start, before = 1, 0
    for cells in lines:
        place, before = before + 1, lines.line_num
        label = cells[0].strip() if cells else ""
        if not label or label.startswith("RECORD ") or (label == "TITLE" and "TITLE" in record):
            if record:
                yield _row(start, record)
            record = {}
        if label and not label.startswith("RECORD "):
            values = [value for cell in cells[1:] if (value := cell.strip())]
            if not values:
                yield Reject(place, f"nothing stands behind its label, {label}", ",".join(cells))
                continue
            start = start if record else place
            record.setdefault(label, []).extend(values)
    if record:
        yield _row(start, record)


def _row(place: int, values: dict[str, list[str]]) -> Row:
    """The record of these values: lists of persons and addresses, of other fields one text."""
    row: dict[str, Any] = {}
    for label, found in values.items():
        field = field_of(label)
        several = len(found) > 1 and (not means_field(label) or (field is not None and field[0] in LIST_FIELDS))
        row[label] = found if several else " ".join(found)
    return Row(place, encode(record_of_columns(row, "CSV")))
