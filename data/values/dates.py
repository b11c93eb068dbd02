"""Publication dates as their sources have them, to what they are sure to say.

Parts are parsed, never completed: "2021" is a year and no day. The first of January, and the first of a month, are
what many systems write for "sometime then"; they count as a year and as a month.
"""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
MONTHS = {name: n for n, name in enumerate(_NAMES.split("|"), start=1)}
_ISO = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
_MONTH_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{4})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ,]+(\d{4})\b")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_MONTH = re.compile(rf"\b({_NAMES})[a-z]*\b", re.IGNORECASE)
_BUDDHIST = 543  # years from the Buddha's death to the era of all others: in Thailand 2018 is 2561
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH_DAY = re.compile(rf"\b(?:{_NAMES})[a-z]*\.? {_DAY}\b|\b{_DAY}\.? (?:{_NAMES})", re.IGNORECASE)


class Date(NamedTuple):
    """A publication date; month and day are None where the source does not say them."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def ordinal(self) -> int | None:
        """Days since 1 January of the year 1, where the day is known and is no placeholder."""
        if self.month is None or self.day is None or self.day == 1:
            return None
        return datetime.date(self.year, self.month, self.day).toordinal()


@lru_cache(maxsize=65536)
def parse(text: str) -> Date | None:
    """The date in a text, as far as it is said; None where no year from 1500 to 2099 can be read."""
    month: int | None = None
    day: int | None = None
    match = _COMPACT.match(text) or _ISO.match(text)
    if match and (match[2] or not _MONTH.search(text)):  # "2019 Mar 5" is read below
        year = int(match[1])
        month = int(match[2]) if match[2] else None
        day = int(match[3]) if match[3] else None
    elif match := _DAY_FIRST.match(text):
        year = int(match[3])
        second = MONTHS.get(match[2][:3].lower()) or (int(match[2]) if match[2].isdigit() else None)
        day, month = int(match[1]), second
        if month is not None and month > 12 >= day:
            day, month = month, day
    elif match := _MONTH_FIRST.match(text):
        year, month = int(match[2]), int(match[1])
    elif match := _YEAR.search(text):
        year = int(match[1])
        if named := _MONTH.search(text):
            month = MONTHS[named[1].lower()]
            if dayed := _MONTH_DAY.search(text):
                day = int(dayed[1] or dayed[2])
    else:
        return None
    year -= _BUDDHIST if 1900 <= year - _BUDDHIST <= 2099 else 0
    if not 1500 <= year <= 2099:
        return None
    if month is None or not 1 <= month <= 12:
        return Date(year)
    if day is not None:
        try:
            datetime.date(year, month, day)
        except ValueError:
            day = None
    return Date(year, month, day)
