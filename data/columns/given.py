"""Given fields: each as its record has it, to a clean value a row; what cannot be read is counted, never refused."""

import math
from collections.abc import Callable

import numpy as np

from papertwin.data.columns.bulk import repaired
from papertwin.data.columns.column import Column, Given, Prepared, texts
from papertwin.data.values import authors, dates
from papertwin.data.values.parts import addresses
from papertwin.data.values.stated import may_say_type, stated
from papertwin.data.values.text import known, whole

Derive = Callable[[Given, Prepared], Column]


def is_nan(value: object) -> bool:
    """Whether a value is the missing value that pandas and numpy write: NaN, the only number unlike itself."""
    return isinstance(value, float) and math.isnan(value)


def text(name: str, formulas: bool = True) -> Derive:
    """The field as repaired text; numbers become text and are counted, nested values are missing and counted."""

    def readable(value: object, prepared: Prepared) -> str | None:
        if isinstance(value, (list, tuple)) and len(value) == 1 and isinstance(value[0], str):
            return value[0]  # Crossref gives titles as lists
        if value in ([], {}) or is_nan(value):
            return None
        prepared.unreadable[name] += 1
        return None if isinstance(value, (dict, list, tuple)) else str(value)

    def derive(records: Given, prepared: Prepared) -> Column:
        values = [
            value if value is None or isinstance(value, str) else readable(value, prepared) for value in records[name]
        ]
        return texts(repaired([None if value is None else known(value) for value in values], formulas))

    return derive


def plain(name: str) -> Derive:
    """The field as text without repair: numbers are as good as text here (ids, volumes, years)."""

    def readable(value: object, prepared: Prepared) -> object:
        if isinstance(value, (dict, list, tuple)):
            if value:
                prepared.unreadable[name] += 1
            return None
        if isinstance(value, float):
            return None if is_nan(value) else whole(value)
        return value

    def derive(records: Given, prepared: Prepared) -> Column:
        return texts(
            [
                value if value is None else known(value if isinstance(value, str) else readable(value, prepared))
                for value in records[name]
            ]
        )

    return derive


def date(records: Given, prepared: Prepared) -> Column:
    read = plain("publication_date")(records, prepared)
    assert isinstance(read, np.ndarray)
    given = read.tolist()
    column = [None if text is None else dates.parse(text) for text in given]
    if lost := column.count(None) - given.count(None):
        prepared.unreadable["publication_date"] += lost
    return texts(column)


def _is_unread(author: object) -> bool:
    if type(author).__name__ == "NAType":  # pandas's NA is neither true nor false
        return False
    return bool(author) and not isinstance(author, str) and not is_nan(author)


def people(records: Given, prepared: Prepared) -> Column:
    given = records["authors"].copy()
    for row, value in enumerate(given):
        if value is not None and not isinstance(value, (str, list, tuple)):
            given[row] = None
            if not is_nan(value):
                prepared.unreadable["authors"] += 1
    found = authors.all_persons(given)
    for value, persons in zip(given, found, strict=True):
        if persons is None and isinstance(value, (list, tuple)) and any(_is_unread(item) for item in value):
            prepared.unreadable["authors"] += 1
    return texts(found)


def urls(records: Given, prepared: Prepared) -> Column:
    column = records["urls"].copy()
    for row, value in enumerate(column):
        items = addresses(value) if isinstance(value, str) else value
        if items is None:
            continue
        if not isinstance(items, (list, tuple)):
            column[row] = None
            if not is_nan(items):
                prepared.unreadable["urls"] += 1
            continue
        column[row] = [text for item in items if isinstance(item, str) and (text := known(item))] or None
    return texts(column)


def stated_type(records: Given, prepared: Prepared) -> Column:
    """What each record says that it is: it does so under many names, which stay as they are."""
    if not records.names(may_say_type):
        return texts([None] * len(records))
    return texts(list(map(stated, records.records)))


def unread(records: Given, prepared: Prepared) -> Column:
    """A field that is carried along and never compared."""
    return texts([None] * len(records))
