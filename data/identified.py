"""Derived fields of identifiers: read from every text of a record that may hold one."""

from collections.abc import Callable

import numpy as np

from papertwin.data import identifiers
from papertwin.data.columns import Column, Prepared, Records, texts, token_sets
from papertwin.data.given import Derive


def identifier_texts(records: Records, prepared: Prepared) -> Column:
    """Every text of a record that may hold an identifier, as a list."""
    names = ("doi", "id", "pages", "journal", "number", "volume")
    column = np.empty(len(records), dtype=object)
    for row, given in enumerate(zip(*(prepared.values(name) for name in (*names, "urls")), strict=True)):
        column[row] = [*(text for text in given[:-1] if text), *(given[-1] or ())]
    return column


def identifier(function: Callable[[str], str | None]) -> Derive:
    def derive(records: Records, prepared: Prepared) -> Column:
        return texts(
            [
                next((found for text in given if (found := function(text))), None)
                for given in prepared.values("identifier_texts")
            ]
        )

    return derive


def own_doi(records: Records, prepared: Prepared) -> Column:
    """The record's own DOI, else one in its addresses; arXiv's DOIs count as arXiv ids alone."""
    column: list[str | None] = []
    for own, urls in zip(prepared.values("doi"), prepared.values("urls"), strict=True):
        found = [doi for text in [own, *(urls or [])] if text and (doi := identifiers.doi(text))]
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


def arxiv_id(text: str) -> str | None:
    return identifiers.arxiv(text) or (identifiers.bare_arxiv(text) if len(text) < 24 else None)


def catalogues(records: Records, prepared: Prepared) -> Column:
    rows: list[str | None] = []
    for given in prepared.values("identifier_texts"):
        found = {number for text in given if (number := identifiers.catalogue(text))}
        rows.append(" ".join(sorted(found)) or None)
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
    found: list[str | None] = []
    for record, *given, urls in zip(records, *(prepared.values(name) for name in (*names, "urls")), strict=True):
        parts = [*(text for text in given if text), *(urls or ()), *_as_strings(record.get("authors"))]
        found.append(identifiers.registry("\n".join(parts)))
    return texts(found)
