"""Embase's CSV of a field a line: its label, then its values; an empty line stands between two records.

The other CSV of Embase, of a record a line, is a table as others are.
"""

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from papertwin.data.exports.columns import record_of_columns
from papertwin.data.files.cells import LIST_FIELDS
from papertwin.data.files.field_names import field_of, means_field
from papertwin.data.files.rows import Reject, Row, encode
from papertwin.data.files.streams import Note
from papertwin.data.files.table_rows import Lines

FORM = "Embase table"
# The labels that Embase writes, of its older exports too: any word in capitals may be a title in a table.
_KNOWN = "|".join(
    re.escape(label)
    for line in """
    TITLE|ORIGINAL TITLE|ORIGINAL (NON-ENGLISH) TITLE|AUTHOR NAMES|AUTHORS|AUTHOR ADDRESSES|CORRESPONDENCE ADDRESS
    EDITORS|AiP/IP ENTRY DATE|FULL RECORD ENTRY DATE|SOURCE|SOURCE TITLE|PUBLICATION YEAR|VOLUME|ISSUE|FIRST PAGE
    LAST PAGE|PAGES|DATE OF PUBLICATION|PUBLICATION DATE|PUBLICATION TYPE|CONFERENCE NAME|CONFERENCE LOCATION
    CONFERENCE DATE|CONFERENCE EDITORS|ISSN|ISBN|NAME|LOCATION|DATE|BOOK PUBLISHER|ABSTRACT|ORIGINAL ABSTRACT
    ORIGINAL (NON-ENGLISH) ABSTRACT|AUTHOR KEYWORDS|EMTREE DRUG INDEX TERMS|EMTREE DRUG INDEX TERMS (MAJOR FOCUS)
    EMTREE MEDICAL INDEX TERMS|EMTREE MEDICAL INDEX TERMS (MAJOR FOCUS)|EMTREE DEVICE INDEX TERMS
    EMTREE DEVICE INDEX TERMS (MAJOR FOCUS)|DRUG TRADENAMES|DRUG TRADE NAMES|DRUG MANUFACTURER|DRUG MANUFACTURERS
    DEVICE TRADENAMES|DEVICE TRADE NAMES|DEVICE MANUFACTURER|DEVICE MANUFACTURERS|CAS REGISTRY NUMBER
    CAS REGISTRY NUMBERS|MOLECULAR SEQUENCE NUMBERS|EMBASE CLASSIFICATION|EMBASE CLASSIFICATIONS
    CLINICAL TRIAL NUMBERS|ARTICLE LANGUAGE|LANGUAGE OF ARTICLE|SUMMARY LANGUAGE|LANGUAGE OF SUMMARY
    EMBASE ACCESSION ID|MEDLINE PMID|PMID|PUI|DOI|FULL TEXT LINK|EMBASE LINK|OPEN URL LINK|COPYRIGHT
    """.splitlines()
    for label in line.strip().split("|")
    if label
)
_BEGINNING = re.compile(
    rf'(?:"?RECORD \d+"?,*\s+)?"?TITLE"?,.*\r?\n(?P<label>("?)(?:{_KNOWN})\2,).*\r?\n(?!(?P=label))("?)(?:{_KNOWN})\3,'
)
# What begins a field even where a quotation mark before it is open: text within one is rarely so.
_FIELD = re.compile(rf'"(?:AiP/)?[A-Z][A-Z /()-]*",|(?:{_KNOWN}),|"?RECORD \d+"?,*\s*$')
_UNCLOSED = "a quotation mark in it lacks its partner before the next label or the end of the file"


def is_embase(head: str) -> bool:
    """Whether a text is such a CSV: a title, and two more lines that begin with labels that Embase writes."""
    return _BEGINNING.match(head) is not None


def embase_rows(stream: io.BufferedReader, name: str, note: Note) -> Iterator[Row | Reject]:
    """The records, each under the number of its first line, without the fields that cannot be read.

    Those are Rejects: a label without a separator behind it, and a value whose quotation mark is open when the next
    label comes. A label with an empty value says nothing.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    record: dict[str, Any] = {}
    start = 1
    for place, cells, text in _fields(io.TextIOWrapper(stream, "utf-8", newline="")):
        label = cells[0].strip() if cells else ""
        counted = label.startswith("RECORD ")
        if not label or counted or label == "TITLE":
            if record:
                yield _row(start, record)
            record = {}
        if text is not None:
            yield Reject(place, _UNCLOSED, text)
        elif label and not counted:
            if len(cells) == 1:
                yield Reject(place, f"nothing stands behind its label, {label}", label)
            elif values := [value for cell in cells[1:] if (value := cell.strip())]:
                start = start if record else place
                record.setdefault(label, []).extend(values)
    if record:
        yield _row(start, record)


def _fields(lines: Iterable[str]) -> Iterator[tuple[int, list[str], str | None]]:
    """Each field: the number of its first line, its cells, and its text where a quotation mark in it is not closed."""
    first = 1
    for part in _parts(lines):
        read = Lines(part)
        place = first
        for cells in csv.reader(read):
            yield place, cells, "".join(read.last).rstrip("\r\n") if read.ended else None
            read.last.clear()
            place = first + read.number
        first += len(part)


def _parts(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines, those of a field together, with any behind them that do not begin another."""
    part: list[str] = []
    for line in lines:
        if part and _FIELD.match(line):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _row(place: int, values: dict[str, list[str]]) -> Row:
    """The record of these values: lists of persons and addresses, of other fields one text."""
    row: dict[str, Any] = {}
    for label, found in values.items():
        field = field_of(label)
        several = len(found) > 1 and (not means_field(label) or (field is not None and field[0] in LIST_FIELDS))
        row[label] = found if several else " ".join(found)
    return Row(place, encode(record_of_columns(row, "CSV")))
