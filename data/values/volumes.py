"""Where in a venue a work stands: its volume, issue and pages."""

import re
from functools import lru_cache
from typing import NamedTuple

from papertwin.data.values.dates import MONTHS
from papertwin.data.values.text import fold

# "250 p." is a length, and in "Suppl-42", as Ovid shortens "S34-S42", the first page is lost.
# What stands for pages that are not there yet names the article, and no page of it: "S0140-6736(20)30566-3" as PubMed
# has it of articles in press, "2020.03.22.20040758" of preprints, or a DOI.
_NO_PAGE = re.compile(
    r"\W*(?:\d+ ?(?:pages?|pp?)\b\W*|(?:pp?\.? ?)?0+(?:[-–]0+)?\W*|suppl-\d+|"
    r"s?\d{4}-?\d{3}[\dx]\(\d\d\)\d{5}-?[\dx]\W*|"
    r"20\d\d\.\d\d\.\d\d\.\d{6,8}\W*|(?:https?://[^\s/]{1,60}/|doi:\s*)?10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
# The number of an article that holds its year: "bcr-2018-224680", also without hyphens, and "e2019WR026800".
_YEARLY = re.compile(r"\W*([a-z]{2,4}-?20\d\d-?\d{5,6}|e?20\d\d[a-z]{1,2}\d{5,6})\W*", re.IGNORECASE)
# What a spreadsheet made of the pages 12-18 and of the issue 3-5.
_MONTHS = "|".join(MONTHS)
_AS_DATE = re.compile(
    rf"(?!\d+-\d)(?!\D+-\D)(\d{{1,2}}|{_MONTHS})-(\d{{1,2}}|{_MONTHS})|(\d{{1,2}})\. ?({_MONTHS})", re.IGNORECASE
)
_AS_DAY = re.compile(  # the same pages with a year of their own
    r"20\d\d-(\d\d)-(\d\d)(?:[ T]00:00:00)?|(\d\d?)([./])(\d\d?)\4(?:20)?\d\d", re.IGNORECASE
)
# A page or the number of an article: "12", "S12", "339a", "2S37", "afac045", "ehaa946.3201", "JCO.21.01234".
_PAGE = r"(?:[a-z]++(?:\.\d\d+\.\d{4,}|\d+\.\d{4,})|[a-z]*+\d+(?:[a-z]{1,2}\d+)*[a-z]?)"
_PAGES = re.compile(rf"(?<![a-z])(?:pp)?({_PAGE})(?:\s*(?:--?|–|—|‐|−|to)\s*({_PAGE}))?", re.IGNORECASE)
_ROMAN_PAGES = re.compile(r"\W*([ivxlc]{1,8})\s*(?:--?|–|—|‐|−)\s*([ivxlc]{1,8}|\d+)\W*", re.IGNORECASE)
# An article's number and year, as the American Society for Microbiology has them, "e00712-17": no range of pages.
_OF_YEAR = re.compile(r"(?<=\be0\d{4})-\d\d$", re.IGNORECASE)
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_RANGE = r"\d+\s?(?:--?|–|—|‐|−)\s?\d+"
_RANGES = re.compile(rf"\W*{_RANGE}(?:\s*[+,;&]\s*{_RANGE})+\W*")
_PAGE_PARTS = re.compile(r"^(.*?)(\d+)([a-z]?)$")
_NUMBER = re.compile(r"\d{1,18}")
_TWO_NUMBERS = re.compile(r"(?<![\w.-])(\d{2,4}) ?[-–] ?(?!(?:19|20)\d\d\b)(\d{2,9})(?![\w.-])")
_REPORT = re.compile(
    r"(?!vol|no|nr|num|iss|sup|part|pt|bd|band|heft|tom|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|dec|spring|summer|autumn|"
    r"fall|winter)"
    r"[a-z]{2,}(?:(?:[-/.][a-z\d]+)+[-/.]\d{2,}[a-z]?|[-/]\d{3,}[a-z]?|\d{6,})",
    re.IGNORECASE,
)
# Unesco calls a book what has forty-nine pages.
_BOOK, _LONGEST_COUNT = 49, 60
_PAGES_IN_ALL = re.compile(r"(?<![-–\d])(\d{1,5})\s?(?:pp?|pages|S|Seiten|str|s)\b(?!\.?\s?\d)")
_MOST_TOGETHER = 12  # volumes or issues that are bound in one
_WITH_ISSUE = re.compile(r"\s*(?:(?:vol(?:ume)?|bd|t)\.? ?)?\d+ ?\((?!(?:1[89]|20)\d\d\b)(\d[^()]*)\)\s*", re.I)
_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(
    r"(?:(?:vol|t|tom|tomo|tome|bd|band|fasc|n|no|nr) )?((?=[ivxlc]*[ivx])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3}))"
)
_NO_PLACE = frozenset(
    {"online", "epub", "ahead", "press", "inpress", "suppl", "supplement", "supp", "none", "unknown", "pp"}
)
_SUPPLEMENT = re.compile(r"suppl|\bs\d|\bpt\b|special", re.IGNORECASE)


@lru_cache(maxsize=16384)
def first_number(text: str) -> str | None:
    """The first number of a volume or issue without leading zeros ("12 Suppl 1" -> "12"), else its word ("spring").

    A roman numeral is one, too. Of several ("11-12", "2009-10") the first, but a report's number is one ("97-263").
    None for what only says that there is none, "(no pagination)", "online", "in press", "0"; and for a report's mark,
    "NASA-TN-D-1824".
    """
    text = _not_as_date(text)
    if ("-" in text or "–" in text) and (both := _TWO_NUMBERS.search(text)):
        first, last = both.groups()
        more = int(first[: max(len(first) - len(last), 0)] + last) - int(first)
        if not 0 < more <= _MOST_TOGETHER and more != -99:  # "1999-00"
            return f"{int(first)}-{int(last)}"
    if len(text) > 5 and _REPORT.fullmatch(text.strip()):
        return None
    match = _NUMBER.search(text)
    if match:
        return str(int(match[0])) if int(match[0]) or text.strip("0 ") else None
    folded = fold(text)
    if roman := _ROMAN.fullmatch(folded):
        return str(_roman_value(roman[1]))
    return None if not folded or " " in folded or folded in _NO_PLACE else folded


def _not_as_date(text: str) -> str:
    """A range of numbers that a spreadsheet took for a day or a month: "Dec-18" was 12-18, "21-Aug" or "21. Aug" 21-8.

    "05-Mar" was 3-5 and "15-Jan" 1-15, where the month stands before the day: a range ends on no earlier number than it
    begins with, shortened or not. Any other text is as it is.
    """
    if not 5 <= len(text) <= 7 or (match := _AS_DATE.fullmatch(text)) is None:
        return text
    return _range(*(str(MONTHS.get(part.lower()) or int(part)) for part in match.groups() if part))


def _range(first: str, last: str) -> str:
    whole = first[: max(len(first) - len(last), 0)] + last
    return f"{last}-{first}" if int(whole) < int(first) else f"{first}-{last}"


def _roman_value(numeral: str) -> int:
    values = [(1, 5, 10, 50, 100)["ivxlc".index(sign)] for sign in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


@lru_cache(maxsize=16384)
def issue_in_volume(volume: str) -> str | None:
    """The number of the issue where the volume names it, too, "12(3)"; None where it does not."""
    match = _WITH_ISSUE.fullmatch(volume) if ")" in volume else None
    return first_number(match[1]) if match else None


@lru_cache(maxsize=16384)
def is_supplement(text: str) -> bool:
    """Whether an issue or a page belongs to a supplement."""
    return _SUPPLEMENT.search(text) is not None


class Pages(NamedTuple):
    """First and last page as written, lower case ("s12", "e1003"); last is None where only one is given."""

    first: str
    last: str | None

    @property
    def start(self) -> int:
        """The digits of the first page."""
        return _digits(self.first)

    @property
    def end(self) -> int:
        """The digits of the last page, of the first where there is no last."""
        return _digits(self.last or self.first)


def _digits(page: str) -> int:
    if page.isalpha():
        return _roman_value(page)
    return int((page if page.isdecimal() else _DIGITS.findall(page)[-1])[-9:])


@lru_cache(maxsize=16384)
def is_length_of_book(text: str) -> bool:
    """Whether what stands for pages counts those of a whole book, forty-nine or more: "xii, 340 p.", "214 S."."""
    return any(int(count) >= _BOOK for count in _PAGES_IN_ALL.findall(text[:_LONGEST_COUNT]))


@lru_cache(maxsize=16384)
def pages(text: str) -> Pages | None:
    """The page range in a text; a short last page is completed ("244-58" ends on 258, "S12-5" on s15).

    So is one that a spreadsheet took for a date: "Dec-18" is 12 to 18, "2024-11-20" is 11 to 20. Page 0 stands for
    pages that are not known. Of several ranges it is the one that begins first, for databases order them in many ways.
    """
    if text.isascii():
        start, dash, end = text.partition("-")
        end = end.removeprefix("-")
        if start.isdecimal() and (end.isdecimal() or not dash):  # most are
            start, end = (page.lstrip("0") or "0" for page in (start, end))
            if start == "0":
                return None
            return Pages(start, f"{start[: max(len(start) - len(end), 0)]}{end}" if dash else None)
    text = _not_as_date(text)
    if day := _AS_DAY.fullmatch(text):
        text = _range(*(str(int(part)) for part in day.group(1, 2, 3, 5) if part))
    return _other_pages(text)


def _other_pages(text: str) -> Pages | None:
    """Pages with more than digits."""
    if yearly := _YEARLY.fullmatch(text):
        return Pages(yearly[1].lower().replace("-", ""), None)
    if _RANGES.fullmatch(text):
        return min(filter(None, map(pages, re.findall(_RANGE, text))), key=lambda one: one.start, default=None)
    if roman := _ROMAN_PAGES.fullmatch(text):
        return Pages(*map(str.lower, roman.groups()))
    match = _PAGES.search(_OF_YEAR.sub("", text))
    if match is None or _NO_PAGE.fullmatch(text):
        return None
    first, last = (page and _LEADING_ZEROS.sub("", page.lower().replace(".", "")) for page in match.groups())
    if last is None:
        return Pages(first, None)
    (letters, digits, _), (own, end, sign) = (_PAGE_PARTS.findall(page)[0] for page in (first, last))
    return Pages(first, f"{own or letters}{digits[: max(len(digits) - len(end), 0)]}{end}{sign}")
