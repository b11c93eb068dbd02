"""Derived fields of identifiers: read from every text of a record that may hold one."""

from collections.abc import Callable

from papertwin.data import identifiers
from papertwin.data.columns import Column, Prepared, Records, texts, token_sets
from papertwin.data.given import Derive


def _identifier_texts(prepared: Prepared, row: int) -> list[str]:
    """Every text of the record that may hold an identifier."""
    urls = prepared.values("urls")[row] or []
    return [
        *(
            value
            for name in ("doi", "id", "pages", "journal", "number", "volume")
            if (value := prepared.values(name)[row])
        ),
        *urls,
    ]


def identifier(function: Callable[[str], str | None]) -> Derive:
    def derive(records: Records, prepared: Prepared) -> Column:
        return texts(
            [
                next((found for text in _identifier_texts(prepared, row) if (found := function(text))), None)
                for row in range(len(records))
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
    return identifiers.arxiv(text) or (identifiers.bare_arxiv(text) if len(text) < 24 and text[0] != "1" else None)


def catalogues(records: Records, prepared: Prepared) -> Column:
    rows: list[str | None] = []
    for row in range(len(records)):
        found = {number for text in _identifier_texts(prepared, row) if (number := identifiers.catalogue(text))}
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
    values = prepared.values
    return texts(
        [
            identifiers.registry(
                [
                    value
                    for name in ("title", "journal", "id", "pages", "abstract", "doi")
                    if (value := values(name)[row])
                ]
                + list(values("urls")[row] or [])
                + _as_strings(records[row].get("authors"))
            )
            for row in range(len(records))
        ]
    )
