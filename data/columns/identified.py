"""Derived fields of identifiers: read from every text of a record that may hold one."""

import re
from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

import numpy as np

from papertwin.data.columns.bulk import Joined, holding
from papertwin.data.columns.column import Column, Given, Prepared, texts, token_sets
from papertwin.data.columns.given import Derive
from papertwin.data.columns.tokens import lengths_of
from papertwin.data.values import identifiers, isbns, volumes
from papertwin.data.values.stated import PART, REGISTRY

_PAGES = re.compile(r"\d\s?[-–—]\s?\d")  # "12-34", but not the "xii, 340 p." of a book


def identifier_texts(records: Given, prepared: Prepared) -> Column:
    """Every text of a record that may hold an identifier, as a list; titles where they begin with arXiv's stamp."""
    names = ("doi", "id", "pages", "journal", "number", "volume")
    stamped = [title if title and title[:6].lower() == "arxiv:" else None for title in prepared.listed("title")]
    given = zip(*(prepared.listed(name) for name in names), stamped, strict=True)
    urls = prepared.listed("urls")
    return texts([[*filter(None, some), *(more or ())] for some, more in zip(given, urls, strict=True)])


class _Lines(NamedTuple):
    """The texts of a batch that may hold an identifier, the record's row of each, and all of them in lower case."""

    texts: list[str]
    rows: list[int]
    lower: Joined


def _lines(prepared: Prepared) -> _Lines:
    given = prepared.listed("identifier_texts")
    flat = list(chain.from_iterable(given))
    rows = np.arange(len(given)).repeat(lengths_of(given)).tolist()
    return _Lines(flat, rows, Joined([text.lower() for text in flat]))


def identifier(function: Callable[[str], str | None], signs: tuple[str, ...]) -> Derive:
    """The first that is found in a text which holds one of the signs, in lower case; it finds none elsewhere."""

    def derive(records: Given, prepared: Prepared) -> Column:
        column: list[str | None] = [None] * len(records)
        lines = prepared.once(_lines)
        for place in sorted({place for sign in signs for place in lines.lower.rows(sign)}):
            row = lines.rows[place]
            column[row] = column[row] or function(lines.texts[place])
        return texts(column)

    return derive


def _own_dois(prepared: Prepared) -> list[str | None]:
    """The record's own DOI, else one in its addresses; arXiv's DOIs count as arXiv ids alone."""
    column: list[str | None] = [None] * len(prepared)
    for row, (own, urls) in enumerate(zip(prepared.listed("doi"), prepared.listed("urls"), strict=True)):
        for text in (own, *(urls or ())):
            if (
                text
                and "10." in text
                and (doi := identifiers.doi(text))
                and not doi.startswith("10.48550/arxiv")
                and doi.partition("/")[0] not in identifiers.ARCHIVE_REGISTRANTS
            ):
                column[row] = doi
                break
    return column


def work_doi(records: Given, prepared: Prepared) -> Column:
    return texts([doi and identifiers.of_work(doi) for doi in prepared.once(_own_dois)])


def registrant(records: Given, prepared: Prepared) -> Column:
    return texts([doi and doi.partition("/")[0] for doi in prepared.once(_own_dois)])


def preprint_id(records: Given, prepared: Prepared) -> Column:
    values = prepared.listed
    return texts(
        [
            arxiv or (doi if doi and identifiers.is_preprint_doi(doi) else None)
            for arxiv, doi in zip(values("arxiv"), values("work_doi"), strict=True)
        ]
    )


def _arxiv_numbers(prepared: Prepared) -> dict[str, str]:
    """The texts that name arXiv and a number there, with the number."""
    lines = prepared.once(_lines)
    named = {lines.texts[place] for place in lines.lower.rows("rxiv")}
    return {text: number for text in named if (number := identifiers.arxiv(text))}


def arxiv_ids(records: Given, prepared: Prepared) -> Column:
    column: list[str | None] = [None] * len(records)
    lines, numbers = prepared.once(_lines), prepared.once(_arxiv_numbers)
    for text, row in zip(lines.texts, lines.rows, strict=True):
        if column[row] is None:
            if text in numbers:
                column[row] = numbers[text]
            elif len(text) < 24 and ("." in text or "/" in text):
                column[row] = identifiers.bare_arxiv(text)
    return texts(column)


def catalogues(records: Given, prepared: Prepared) -> Column:
    lines = prepared.once(_lines)
    tried: dict[int, set[int]] = {}
    for sign, kind in identifiers.CATALOGUE_SIGNS:
        for place in lines.lower.rows(sign) if isinstance(sign, str) else lines.lower.matching(sign):
            tried.setdefault(place, set()).add(kind)
    found: dict[int, set[str]] = {}
    for place, kinds in tried.items():
        some = [identifiers.CATALOGUES[kind] for kind in sorted(kinds)]
        if number := identifiers.catalogue(lines.texts[place], some):
            found.setdefault(lines.rows[place], set()).add(number)
    return texts([" ".join(sorted(found[row])) if row in found else None for row in range(len(records))])


def books_isbns(records: Given, prepared: Prepared) -> Column:
    """The ISBNs of a book, those of a volume with its number, for they may be those of the set.

    Those of a chapter or a paper are missing: they are those of what it stands in.
    """
    names = records.names(isbns.says_isbn)
    if not names:
        return texts([None] * len(records))
    listed = map(prepared.listed, ("journal", "volume", "pages", "work_doi", "type"))
    column: list[str | None] = []
    for record, journal, volume, pages, doi, said in zip(records.records, *listed, strict=True):
        within = journal or (pages and _PAGES.search(pages)) or (doi and identifiers.is_book_part(doi))
        numbers = [] if within or (said and PART in said) else isbns.told(record, names)
        of_set = f"/{volumes.first_number(volume) or volume.split()[0]}" if volume else ""
        column.append(" ".join(f"{number}{of_set}" for number in numbers) or None)
    return texts(column)


def _addresses(prepared: Prepared) -> list[list[str]]:
    """The addresses of each record without scheme, archive and version."""
    numbers = prepared.once(_arxiv_numbers)
    return [
        [page for url in urls or () if (page := identifiers.canonical_url(url, numbers.get(url)))]
        for urls in prepared.listed("urls")
    ]


def address_count(records: Given, prepared: Prepared) -> Column:
    return np.array([len(pages) for pages in prepared.once(_addresses)], dtype=np.float64)


def listings(records: Given, prepared: Prepared) -> Column:
    """Where a record is listed, as one set: its addresses, its numbers in catalogues and its ISBNs."""
    given = zip(prepared.once(_addresses), prepared.listed("catalogues"), prepared.listed("isbns"), strict=True)
    joined = [" ".join(filter(None, (*pages, numbers, isbns))) for pages, numbers, isbns in given]
    return token_sets([found.encode() if found else None for found in joined])


def _strings(value: object) -> str:
    """The strings in a field that is a string or a list; registers put a trial's number where the authors stand."""
    if not isinstance(value, (list, tuple)):
        return value if isinstance(value, str) else ""
    try:
        return "\n".join(value)
    except TypeError:
        return "\n".join([item for item in value if isinstance(item, str)])


def registrations(records: Given, prepared: Prepared) -> Column:
    """Looked for in the whole text of a record at once: few records have one."""
    authors = list(map(_strings, records["authors"]))
    short = zip(prepared.listed("title"), authors, prepared.listed("identifier_texts"), strict=True)
    looked_at = (
        prepared.listed("abstract"),
        ["\n".join([title or "", people, *given]) for title, people, given in short],
    )
    column: list[str | None] = [None] * len(records)
    for row in set().union(*(holding(some, *identifiers.REGISTRY_SIGNS) for some in looked_at)):
        given = [prepared.listed(name)[row] for name in ("title", "journal", "id", "pages", "abstract", "doi")]
        column[row] = identifiers.registry(
            "\n".join([*filter(None, given), *(prepared.listed("urls")[row] or ()), authors[row]])
        )
    return texts(column)


def registry_entry(records: Given, prepared: Prepared) -> Column:
    """1 for a registry's entry of a trial, 0 for all else.

    An entry has its own number where others have authors, a journal, pages or an address, or says that it is one.
    """
    column = np.array([said is not None and REGISTRY in said for said in prepared.listed("type")], dtype=np.float64)
    for row in np.flatnonzero(~prepared.absent("registrations")).tolist():
        own = [*prepared.listed("identifier_texts")[row], _strings(records["authors"][row])]
        journal = prepared.listed("journal")[row]
        if identifiers.registry("\n".join(own)) or (journal and identifiers.is_registry(journal)):
            column[row] = 1
    return column


def entry_numbers(records: Given, prepared: Prepared) -> Column:
    """All registration numbers that a registry's entry names; missing for all other records."""
    numbers = zip(prepared.listed("registry_entry"), prepared.listed("registrations"), strict=True)
    return token_sets([number.encode() if entry and number else None for entry, number in numbers])
