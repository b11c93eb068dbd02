"""Workbooks of spreadsheets, as Excel and LibreOffice save them, as rows: read by calamine, one sheet of each."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from papertwin.data.errors import InputError, lacking
from papertwin.data.files.field_names import means_field
from papertwin.data.files.rows import Reject, Row, encode
from papertwin.data.files.sides import pairing_of
from papertwin.data.files.streams import CHUNK, Note
from papertwin.data.files.table_rows import check_columns, rows_before_header, tell_of_remark
from papertwin.data.wording import counted, listed

# A ZIP archive whose first entries are those of a workbook (of Word's text they may be, too), and the old binary form.
_WORKBOOK = re.compile(
    rb"PK\x03\x04(?s:.{,4000}?)(?:\[Content_Types\]|xl/|opendocument\.spreadsheet)|\xd0\xcf\x11\xe0\xa1\xb1"
)

Cells = list[str]


def is_workbook(source: io.BufferedReader) -> bool:
    """Whether the bytes begin as those of an .xlsx, .xls or .ods file."""
    return _WORKBOOK.match(source.peek(CHUNK)) is not None


def workbook_rows(source: io.BufferedReader, name: str, note: Note) -> tuple[Cells, Iterator[Row | Reject]]:
    """The columns, and the rows as objects of strings, of the first sheet that has a header; places are its rows.

    Dates are written as 2024-05-01, whole numbers without a point. A row with a cell behind the last column is a
    Reject. `note` is told of other sheets that hold anything, of text before the header, and of empty rows and
    repeated headers: they are left out. Raises InputError for a file that is damaged or no workbook, for one without
    any cell, and for column names that appear twice.
    """
    with source:
        sheets = _sheets(source.read(), name)
    chosen = next((title for title, rows in sheets.items() if _names_fields(rows)), next(iter(sheets)))
    if others := [title for title in sheets if title != chosen]:
        note(f"{name}: of its sheets {chosen!r} is read; {listed(list(map(repr, others)))} left out")
    rows = sheets[chosen]
    if before := rows_before_header(rows.values()):
        remark = [cell for place in list(rows)[:before] for cell in rows.pop(place)]
        tell_of_remark(" ".join(remark), name, note)
    header = rows.pop(next(iter(rows)))
    columns = _trimmed([cell.strip() for cell in header])
    check_columns(columns, name)
    return columns, _rows(rows, columns, name, note)


def _rows(rows: dict[int, Cells], columns: Cells, name: str, note: Note) -> Iterator[Row | Reject]:
    left_out: Counter[str] = Counter()
    for place, cells in rows.items():
        if not any(map(str.strip, cells)):
            left_out["empty row"] += 1
        elif _trimmed([cell.strip() for cell in cells]) == columns:
            left_out["repeated header"] += 1
        elif any(cells[len(columns) :]):
            reason = "a cell stands behind the last column: give its column a name, or take it out"
            yield Reject(place, reason, "\t".join(cells))
        else:
            filled = cells[: len(columns)] + [""] * (len(columns) - len(cells))
            yield Row(place, encode(dict(zip(columns, filled, strict=True))))
    for what, count in left_out.items():
        note(f"{name}: {counted(count, what)} left out")


def _sheets(content: bytes, name: str) -> dict[str, dict[int, Cells]]:
    """The sheets that have any cell, by name: their rows from the first that is filled, by number."""
    try:
        import python_calamine
    except ImportError as error:
        raise lacking("a workbook of a spreadsheet needs python-calamine", "formats") from error
    sheets = {}
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in workbook.sheet_names:
            grid = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
            rows = {place: list(map(_text, cells)) for place, cells in enumerate(grid, 1)}
            if filled := [place for place, cells in rows.items() if any(cells)]:
                sheets[title] = {place: cells for place, cells in rows.items() if filled[0] <= place <= filled[-1]}
    except (python_calamine.CalamineError, OSError) as error:
        raise InputError(
            f"{name}: this begins like an Excel workbook and cannot be read as one ({error}): save it again, or as CSV"
        ) from error
    if not sheets:
        raise InputError(f"{name}: no cell of the workbook is filled: is it the right one?")
    return sheets


def _names_fields(rows: dict[int, Cells]) -> bool:
    """Whether the header names columns that are understood, of records or of pairs."""
    filled = list(rows.values())
    header = filled[rows_before_header(filled)]
    return any(map(means_field, header)) or pairing_of(header) is not None


def _text(value: Any) -> str:
    """A cell as a CSV file would have it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def _trimmed(cells: Cells) -> Cells:
    return cells[: max((place for place, cell in enumerate(cells, 1) if cell), default=0)]
