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
# "21-May-15" and "May-15", as spreadsheets write a date and a month; by their rule 30 is 1930, and 29 is 2029.
_SHORT = re.compile(r"^(?:(\d{1,2})[- /])?([A-Za-z]{3,9})-(\d\d)$")
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s?(\d{{1,2}}|元)年")
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
    said = _in_figures(text) or _in_words(text)
    if said is None:
        return None
    year, month, day = said
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


def _in_figures(text: str) -> Date | None:
    """A date whose parts stand in a known order, not looked at whether there is such a day."""
    match = _COMPACT.match(text) or _ISO.match(text)
    if match and (match[2] or not _MONTH.search(text)):  # "2019 Mar 5" is read in words
        return Date(int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)
    if match := _DAY_FIRST.match(text):
        day, year = int(match[1]), int(match[3])
        month = MONTHS.get(match[2][:3].lower()) or (int(match[2]) if match[2].isdigit() else None)
        if month is not None and month > 12 >= day:
            day, month = month, day
        return Date(year, month, day)
    if match := _MONTH_FIRST.match(text):
        return Date(int(match[2]), int(match[1]))
    return None


def _in_words(text: str) -> Date | None:
    """A year that stands anywhere, with the month that is named and the day beside it."""
    if match := _YEAR.search(text):
        named, dayed = _MONTH.search(text), _MONTH_DAY.search(text)
        month = MONTHS[named[1].lower()] if named else None
        return Date(int(match[1]), month, int(dayed[1] or dayed[2]) if dayed else None)
    if (match := _SHORT.match(text)) and _MONTH.match(match[2]):
        year = 1930 + (int(match[3]) - 30) % 100
        return Date(year, MONTHS[match[2][:3].lower()], int(match[1]) if match[1] else None)
    if match := _ERA.search(text):
        return Date(_ERAS[match[1]] + (1 if match[2] == "元" else int(match[2])))
    return None
