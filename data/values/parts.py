"""Parts: what exports say of a field in pieces, and how the field is made of them.

The subtitle, the first and the last page, the year, the month and the day, and the numbers that stand for an address.
How columns name them is in field_names.PART_NAMES, how formats do in exports.formats and exports.interface_names.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from papertwin.data.values import dates
from papertwin.data.values.text import fold

Parts = Mapping[str, list[Any]]  # a field or a part of one: what is known of it, in order

ORIGINAL = "original"  # the field that keeps, by format, what the others do not say letter for letter
ADDRESSES: Mapping[str, str] = {  # a number that some formats give: the address that it stands for
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{}/",
    "arxiv_id": "https://arxiv.org/abs/{}",
    "corpus_id": "https://api.semanticscholar.org/CorpusID:{}",
    "core_id": "https://core.ac.uk/works/{}",
    "nct_id": "https://clinicaltrials.gov/study/{}",
}
PARTS: Mapping[str, str] = {  # part: the field that it is a part of
    "year": "publication_date",
    "month": "publication_date",
    "day": "publication_date",
    "first_page": "pages",
    "last_page": "pages",
    "citation": "journal",
    "subtitle": "title",
    **dict.fromkeys(ADDRESSES, "urls"),
}

_BETWEEN_ADDRESSES = re.compile(r"\||(?<![\s;,])[\s;,]+(?=https?:|www\.|doi:|10\.\d)", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ,]+\d{4}\b")
_GLUED_YEAR = re.compile(r"(?<=[A-Za-z])(?=\d{4}$)")  # EBSCO's "Mar2019"
_CITATION = re.compile(r"(\S.*?)\s*\((?:1[89]|20)\d\d\)")
_WITHOUT_YEAR = re.compile(r"^(?!.*\d{4})")
DOI_SHAPE = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/", re.IGNORECASE)
_NUMBERS = {
    "pmid": re.compile(r"(\d{3,9})\s*(?:\(?https?://\S+\s*)?$"),  # Embase adds the address
    "pmcid": re.compile(r"(\d{3,9})(?:\.\d+)?\s*;?\s*$"),
    "arxiv_id": re.compile(
        r"(?:arxiv:\s*)?((?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})(?:v\d+)?)\s*$", re.IGNORECASE
    ),
    "corpus_id": re.compile(r"(\d+)$"),
    "core_id": re.compile(r"(\d+)$"),
    "nct_id": re.compile(r"(NCT\d{8})$"),
}


def _first(parts: Parts, field: str) -> Any:
    return parts[field][0]


def _text(value: object) -> str:
    """The value as text, without the ".0" that tables write behind the numbers of a column with gaps."""
    return str(value).strip().removesuffix(".0")


def _all(parts: Parts, field: str) -> list[Any]:
    return parts[field]


def _urls(parts: Parts, field: str) -> list[Any]:
    numbers = [address(part, _text(item)) for part in ADDRESSES for item in parts.get(part, ())]
    items = [*parts.get(field, ()), *filter(None, numbers)]
    # Untidy records have objects and lists among them, which have no hash.
    return list({item if isinstance(item, str) else (repr(item),): item for item in items}.values())


def address(part: str, text: str) -> str | None:
    """The address that a number stands for; an address stays as it is, and what holds no number is none."""
    if text.startswith(("http:", "https:")):
        return text
    match = _NUMBERS[part].search(text)
    return ADDRESSES[part].format(match[1]) if match else None


def addresses(text: str) -> list[str]:
    """The addresses in a text that names several, with bars, spaces, semicolons or commas between them."""
    return [item for part in _BETWEEN_ADDRESSES.split(text) if (item := part.strip())]


def _doi(parts: Parts, field: str) -> Any:
    """The DOI without its resolver and prefix; any other text as it is."""
    text = parts[field][0]
    if isinstance(text, str) and DOI_SHAPE.match(text):
        return text[text.index("10.") :].strip()
    return text


def _title(parts: Parts, field: str) -> Any:
    """The title with its subtitle, unless it ends with it already."""
    title, subtitle = (parts[part][0] if part in parts else "" for part in ("title", "subtitle"))
    if not isinstance(title, str) or not isinstance(subtitle, str) or fold(title).endswith(fold(subtitle)):
        return title
    return f"{title}: {subtitle}" if title else subtitle


def _journal(parts: Parts, field: str) -> Any:
    """The journal as given, or what stands before the year of a citation: "J Fox (2019) 3:2 (17-29)"."""
    if given := parts.get("journal"):
        return given[0]
    match = _CITATION.match(str(parts["citation"][0]))
    return match[1] if match else None


def _pages(parts: Parts, field: str) -> Any:
    """The pages as given, or joined from the first and the last."""
    if whole := parts.get("pages"):
        return whole[0]
    first, last = (_text(parts[part][0]) if part in parts else "" for part in ("first_page", "last_page"))
    return f"{first}-{last}" if first and last and first != last and not first.endswith(f"-{last}") else first or last


def _date(parts: Parts, field: str) -> str:
    """The date as far as it is said, as ISO: year, year and month, or a day; what is no date stays as it is.

    The first value that is a date says the year, and the most exact of those of the same year the rest: publishers
    give the year of the issue, and beside it the day on which an article went online, a year before.
    """
    said = [_text(item) for part in ("year", "publication_date") for item in parts.get(part, ())]
    year = said[0] if said else ""
    month, day = (_text(parts[part][0]) if part in parts else "" for part in ("month", "day"))
    if month:
        said.append(" ".join(filter(None, (day, _month_name(month), year))))
    found = [date for text in said if (date := _exact(text, year[:4])) is not None]
    if not found:
        return said[0] if said else day
    best = max((date for date in found if date.year == found[0].year), key=_exactness)
    if best.month is None and len(said) == 1 and _AMBIGUOUS.match(said[0]):
        return said[0]
    return iso(best)


def iso(date: dates.Date) -> str:
    """A date as ISO, as far as it is known."""
    month = "" if date.month is None else f"-{date.month:02}"
    return f"{date.year:04}{month}" + ("" if date.day is None else f"-{date.day:02}")


def _exactness(date: dates.Date) -> int:
    return (date.month is not None) + (date.day is not None)


def _month_name(month: str) -> str:
    """A month as dates.parse reads it beside a year: 3 is Mar."""
    if month.isdigit() and 1 <= int(month) <= 12:
        return list(dates.MONTHS)[int(month) - 1].title()
    return month


def _exact(text: str, year: str) -> dates.Date | None:
    """The date in a text; of 03/05/2019 only the year, because nobody knows which is the month."""
    if year and _WITHOUT_YEAR.match(text):
        text = f"{text} {year}"
    date = dates.parse(_GLUED_YEAR.sub(" ", text.strip()))
    if date is not None and (match := _AMBIGUOUS.match(text.strip())) and match[1] != match[2]:
        return date if max(int(match[1]), int(match[2])) > 12 else dates.Date(date.year)
    return date


_MAKERS: Mapping[str, Callable[[Parts, str], Any]] = {  # field: how it is made; all others are the first value
    "authors": _all,
    "versions": _all,
    "urls": _urls,
    "publication_date": _date,
    "title": _title,
    "journal": _journal,
    "pages": _pages,
    "doi": _doi,
    "abstract": lambda parts, field: "\n".join(map(str, parts[field])),
}


def made(parts: Parts, field: str) -> Any:
    """The field as it is made of what is known of it and of its parts, in the form that a record has it."""
    return _MAKERS.get(field, _first)(parts, field)
