"""Derived fields of identifiers: read from every text of a record that may hold one."""

from collections.abc import Callable

import numpy as np

from papertwin.data import identifiers
from papertwin.data.bulk import Joined, holding
from papertwin.data.columns import Column, Prepared, Records, texts, token_sets
from papertwin.data.given import Derive


def identifier_texts(records: Records, prepared: Prepared) -> Column:
    """Every text of a record that may hold an identifier, as a list."""
    names = ("doi", "id", "pages", "journal", "number", "volume")
    given = zip(*(prepared.values(name).tolist() for name in names), strict=True)
    urls = prepared.values("urls").tolist()
    return texts([[*filter(None, some), *(more or ())] for some, more in zip(given, urls, strict=True)])


def _lines(prepared: Prepared) -> Joined:
    """The texts that may hold an identifier, in lower case, each behind a line end."""
    return Joined(["\n".join(["", *given]).lower() for given in prepared.values("identifier_texts").tolist()])


def identifier(function: Callable[[str], str | None], signs: tuple[str, ...]) -> Derive:
    """The first that is found in a text which holds one of the signs, in lower case; it finds none elsewhere."""

    def derive(records: Records, prepared: Prepared) -> Column:
        column: list[str | None] = [None] * len(records)
        for row in {row for sign in signs for row in prepared.once(_lines).rows(sign)}:
            given = prepared.values("identifier_texts")[row]
            column[row] = next((found for text in given if (found := function(text))), None)
        return texts(column)

    return derive


def own_doi(records: Records, prepared: Prepared) -> Column:
    """The record's own DOI, else one in its addresses; arXiv's DOIs count as arXiv ids alone."""
    column: list[str | None] = [None] * len(records)
    own, urls = prepared.values("doi"), prepared.values("urls")
    for row in prepared.once(_lines).rows("10."):
        for text in (own[row], *(urls[row] or ())):
            if (
                text
                and "10." in text
                and (doi := identifiers.doi(text))
                and not doi.startswith("10.48550/arxiv")
                and doi.partition("/")[0] not in identifiers.ARCHIVE_REGISTRANTS
            ):
                column[row] = identifiers.of_work(doi)
                break
    return texts(column)


def preprint_id(records: Records, prepared: Prepared) -> Column:
    values = prepared.values
    return texts(
        [
            arxiv or (doi if doi and identifiers.is_preprint_doi(doi) else None)
            for arxiv, doi in zip(values("arxiv"), values("work_doi"), strict=True)
        ]
    )


def arxiv_ids(records: Records, prepared: Prepared) -> Column:
    column: list[str | None] = [None] * len(records)
    lines, given = prepared.once(_lines), prepared.values("identifier_texts")
    named = set(lines.rows("rxiv"))
    for row in {*named, *lines.matching(identifiers.MAYBE_ARXIV), *lines.foreign()}:
        for text in given[row]:
            if row in named and (found := identifiers.arxiv(text)):
                column[row] = found
                break
            if len(text) < 24 and ("." in text or "/" in text) and (found := identifiers.bare_arxiv(text)):
                column[row] = found
                break
    return texts(column)


def catalogues(records: Records, prepared: Prepared) -> Column:
    column: list[str | None] = [None] * len(records)
    lines, given = prepared.once(_lines), prepared.values("identifier_texts")
    tried: dict[int, set[int]] = {}
    for sign, place in identifiers.CATALOGUE_SIGNS:
        for row in lines.rows(sign):
            tried.setdefault(row, set()).add(place)
    for row, places in tried.items():
        some = [identifiers.CATALOGUES[place] for place in sorted(places)]
        found = {number for text in given[row] if (number := identifiers.catalogue(text, some))}
        column[row] = " ".join(sorted(found)) or None
    return texts(column)


def catalogue_kinds(numbers: str) -> str:
    return " ".join(number.partition(":")[0] for number in numbers.split())


def url_set(records: Records, prepared: Prepared) -> Column:
    return token_sets(
        [
            None if urls is None else " ".join(map(identifiers.canonical_url, urls)).encode()
            for urls in prepared.values("urls").tolist()
        ]
    )


def _strings(value: object) -> str:
    """The strings in a field that is a string or a list; registers put a trial's number where the authors stand."""
    if not isinstance(value, (list, tuple)):
        return value if isinstance(value, str) else ""
    try:
        return "\n".join(value)
    except TypeError:
        return "\n".join([item for item in value if isinstance(item, str)])


def registrations(records: Records, prepared: Prepared) -> Column:
    """Looked for in the whole text of a record at once: few records have one."""
    authors = [_strings(record.get("authors")) for record in records]
    short = zip(prepared.values("title").tolist(), authors, prepared.values("identifier_texts").tolist(), strict=True)
    looked_at = (
        prepared.values("abstract").tolist(),
        ["\n".join([title or "", people, *given]) for title, people, given in short],
    )
    column: list[str | None] = [None] * len(records)
    for row in set().union(*(holding(some, *identifiers.REGISTRY_SIGNS) for some in looked_at)):
        given = [prepared.values(name)[row] for name in ("title", "journal", "id", "pages", "abstract", "doi")]
        column[row] = identifiers.registry(
            "\n".join([*filter(None, given), *(prepared.values("urls")[row] or ()), authors[row]])
        )
    return texts(column)


def registry_entry(records: Records, prepared: Prepared) -> Column:
    """1 for a registry's entry of a trial, 0 for all else.

    An entry has its own number where others have authors, a journal, pages or an address.
    """
    column = np.zeros(len(records))
    for row in np.flatnonzero(~prepared.absent("registrations")).tolist():
        own = [*prepared.values("identifier_texts")[row], _strings(records[row].get("authors"))]
        journal = prepared.values("journal")[row]
        if identifiers.registry("\n".join(own)) or (journal and identifiers.is_registry(journal)):
            column[row] = 1
    return column


def entry_numbers(records: Records, prepared: Prepared) -> Column:
    """All registration numbers that a registry's entry names; missing for all other records."""
    numbers = zip(prepared.values("registry_entry"), prepared.values("registrations"), strict=True)
    return token_sets([number.encode() if entry and number else None for entry, number in numbers])
