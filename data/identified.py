"""Derived fields of identifiers: read from every text of a record that may hold one."""

from collections.abc import Callable

import numpy as np

from papertwin.data import identifiers
from papertwin.data.bulk import holding
from papertwin.data.columns import Column, Prepared, Records, texts, token_sets
from papertwin.data.given import Derive


def identifier_texts(records: Records, prepared: Prepared) -> Column:
    """Every text of a record that may hold an identifier, as a list."""
    names = ("doi", "id", "pages", "journal", "number", "volume")
    column = np.empty(len(records), dtype=object)
    for row, given in enumerate(zip(*(prepared.values(name) for name in (*names, "urls")), strict=True)):
        column[row] = [*(text for text in given[:-1] if text), *(given[-1] or ())]
    return column


def _lines(prepared: Prepared) -> list[str]:
    """The texts that may hold an identifier, in lower case, each behind a line end."""
    return ["\n".join(["", *given]).lower() for given in prepared.values("identifier_texts")]


def identifier(function: Callable[[str], str | None], signs: tuple[str, ...]) -> Derive:
    """The first that is found in a text which holds one of the signs, in lower case; it finds none elsewhere."""

    def derive(records: Records, prepared: Prepared) -> Column:
        column: list[str | None] = [None] * len(records)
        for row, lines in enumerate(prepared.once(_lines)):
            for sign in signs:
                if sign in lines:
                    given = prepared.values("identifier_texts")[row]
                    column[row] = next((found for text in given if (found := function(text))), None)
                    break
        return texts(column)

    return derive


def own_doi(records: Records, prepared: Prepared) -> Column:
    """The record's own DOI, else one in its addresses; arXiv's DOIs count as arXiv ids alone."""
    column: list[str | None] = []
    for own, urls in zip(prepared.values("doi"), prepared.values("urls"), strict=True):
        found = [doi for text in [own, *(urls or [])] if text and "10." in text and (doi := identifiers.doi(text))]
        column.append(
            next(
                (
                    doi
                    for doi in found
                    if not doi.startswith("10.48550/arxiv")
                    and doi.partition("/")[0] not in identifiers.ARCHIVE_REGISTRANTS
                ),
                None,
            )
        )
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
    column: list[str | None] = []
    for given, lines in zip(prepared.values("identifier_texts"), prepared.once(_lines), strict=True):
        named = "rxiv" in lines
        found = None
        for text in given:
            if named and (found := identifiers.arxiv(text)):
                break
            if len(text) < 24 and ("." in text or "/" in text) and (found := identifiers.bare_arxiv(text)):
                break
        column.append(found)
    return texts(column)


def catalogues(records: Records, prepared: Prepared) -> Column:
    rows: list[str | None] = []
    for given, lines in zip(prepared.values("identifier_texts"), prepared.once(_lines), strict=True):
        if tried := identifiers.catalogues_of(lines):
            found = {number for text in given if (number := identifiers.catalogue(text, tried))}
            rows.append(" ".join(sorted(found)) or None)
        else:
            rows.append(None)
    return texts(rows)


def catalogue_kinds(numbers: str) -> str:
    return " ".join(number.partition(":")[0] for number in numbers.split())


def url_set(records: Records, prepared: Prepared) -> Column:
    return token_sets(
        [
            None if urls is None else " ".join(identifiers.canonical_url(url).replace(" ", "") for url in urls).encode()
            for urls in prepared.values("urls")
        ]
    )


def _as_strings(value: object) -> list[str]:
    """The strings in a field that is a string or a list; registers put a trial's number where the authors stand."""
    return [item for item in (value if isinstance(value, (list, tuple)) else [value]) if isinstance(item, str)]


def registrations(records: Records, prepared: Prepared) -> Column:
    """Looked for in the whole text of a record at once: few records have one."""
    names = ("title", "journal", "id", "pages", "abstract", "doi")
    authors = [_as_strings(record.get("authors")) for record in records]
    given = prepared.values("identifier_texts").tolist()
    short = ["\n".join([*items, *people]) for items, people in zip(given, authors, strict=True)]
    looked_at = (short, prepared.values("title").tolist(), prepared.values("abstract").tolist())
    found: list[str | None] = [None] * len(records)
    for row in sorted(set().union(*(holding(column, identifiers.REGISTRY_SIGNS) for column in looked_at))):
        parts = [text for name in names if (text := prepared.values(name)[row])]
        found[row] = identifiers.registry("\n".join([*parts, *(prepared.values("urls")[row] or ()), *authors[row]]))
    return texts(found)
