"""Floats: tables that pandas wrote have "109.0" where a column of whole numbers has gaps."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from papertwin.data.files.rows import Record
from papertwin.data.values.text import known, whole

SEEN = 1000  # rows by which a column is told
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_END = ".0"


def float_columns(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Those of the columns all of whose numbers end in ".0": beside the id "1.1", "1.0" is no whole number."""
    numbers: dict[str, list[str]] = {column: [] for column in columns}
    for row in rows:
        for column, found in numbers.items():
            if (text := known(row.get(column))) and _NUMBER.fullmatch(text):
                found.append(text)
    return [column for column, found in numbers.items() if found and all(text.endswith(_END) for text in found)]


def with_whole_numbers(row: Record, columns: Collection[str]) -> Record:
    """The row with whole numbers in these columns; the same object where there are none."""
    return row | {column: _whole(row[column]) for column in columns if column in row} if columns else row


def _whole(cell: Any) -> Any:
    if isinstance(cell, str) and _NUMBER.fullmatch(text := cell.strip()):
        return text.removesuffix(_END)
    return whole(cell)
