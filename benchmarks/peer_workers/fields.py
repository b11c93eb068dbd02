# mypy: disable-error-code="import-not-found, import-untyped"
"""Cleaned fields of a record, for the peers that leave cleaning to their user.

dedupe, splink and recordlinkage ask for lower-cased, split-up columns; bib-dedupe cleans for
itself and gets the records as they are. A missing field is None. Standard library only.
"""

import re
import unicodedata
from dataclasses import dataclass

from exchange import Record

MISSING_WORDS = {"", "none", "nan", "na", "n/a", "null", "unknown"}


@dataclass(frozen=True)
class Fields:
    """One record's columns; `year` is a number, `surnames` a sorted tuple, the rest is text."""

    id: str
    title: str | None
    authors: str | None
    first_author: str | None
    surnames: tuple[str, ...] | None
    year: int | None
    journal: str | None
    volume: str | None
    number: str | None
    first_page: str | None
    doi: str | None
    abstract: str | None


def clean(value: object) -> str | None:
    """Fold case, accents and punctuation: `"Zinc: a Review"` -> `"zinc a review"`."""
    if value is None:
        return None
    text = unicodedata.normalize("NFKD", re.sub(r"<[^>]{1,20}>", " ", str(value))).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub(r"[\W_]+", " ", text).strip()
    return None if text in MISSING_WORDS else text


def fields_of(record: Record) -> Fields:
    """Clean one record."""
    names = _names(record.get("authors"))
    surnames = [surname for name in names if (surname := _surname(name))]
    date = re.search(r"(?<!\d)(1[4-9]|20)\d\d(?!\d)", str(record.get("publication_date") or ""))
    pages = re.search(r"\w*\d\w*", str(record.get("pages") or ""))
    return Fields(
        id=record["id"],
        title=clean(record.get("title")),
        authors=" ".join(name for item in names if (name := clean(item))) or None,
        first_author=surnames[0] if surnames else None,
        surnames=tuple(sorted(set(surnames))) or None,
        year=int(date.group()) if date else None,
        journal=clean(record.get("journal")),
        volume=clean(record.get("volume")),
        number=clean(record.get("number")),
        first_page=pages.group().lower() if pages else None,
        doi=_doi(record.get("doi")),
        abstract=clean(record.get("abstract")),
    )


def _names(authors: object) -> list[str]:
    """Split the authors into names; one string that holds them all is split at its separators."""
    items = authors if isinstance(authors, list) else [authors]
    texts = [str(item) for item in items if clean(item)]
    if len(texts) == 1:
        separator = r";|\band\b|&" if ";" in texts[0] or " and " in texts[0] else r"$"
        texts = re.split(separator, texts[0])
    return [text.strip(" ,.") for text in texts if text.strip(" ,.")]


def _surname(name: str) -> str | None:
    """Return the family name of `Last, First`, `First Last` or `Last FM`."""
    if "," in name:
        return clean(name.split(",", maxsplit=1)[0])
    words = name.split()
    if len(words) > 1 and re.fullmatch(r"[A-Z]{1,3}", words[-1]):
        return clean(" ".join(words[:-1]))
    return clean(words[-1])


def _doi(value: object) -> str | None:
    """Return the DOI without its resolver, in lower case."""
    found = re.search(r"10\.\d{4,9}/\S+", str(value or "").lower())
    return found.group().rstrip(".") if found else None
