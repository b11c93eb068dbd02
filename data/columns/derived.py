"""Derived fields: what is compared, made once a record from the given fields and from each other."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from papertwin.data.columns.bulk import squeezed
from papertwin.data.columns.column import (
    Column,
    Given,
    Prepared,
    TokenSets,
    as_sets,
    distinct,
    joined_sets,
    texts,
    token_sets,
)
from papertwin.data.columns.given import Derive
from papertwin.data.columns.languages import languages
from papertwin.data.columns.tokens import token_chunks, tokens
from papertwin.data.values import abstracts, editions, identifiers, references, venues, volumes
from papertwin.data.values.stated import BOOK, DATASET, PART, POSTED, PREPRINT, REPORT, THESIS
from papertwin.data.values.text import fold, fold_bytes

ABSTRACT_HEAD = 250  # characters compared letter by letter: the cost of an edit distance grows with the square
ABSTRACT_END = 4000  # characters whose words are compared; longer ones are full texts

# --- columns from columns -------------------------------------------------------------------------------------------


def mapped(source: str, function: Callable[[str], str | None]) -> Derive:
    """One text from another, row by row, missing where the source is."""

    def derive(records: Given, prepared: Prepared) -> Column:
        column = prepared.listed(source)
        return texts([None if value is None else function(value) for value in column])

    return derive


def words(source: str, function: Callable[[str], str] | None = None) -> Derive:
    """The set of words of a folded text column."""

    def derive(records: Given, prepared: Prepared) -> Column:
        column = prepared.listed(source)
        if function is None:
            return token_sets([None if value is None else value.encode() for value in column])
        return token_sets([None if value is None else function(value).encode() for value in column])

    return derive


def number(source: str, function: Callable[[Any], float | None]) -> Derive:
    """One number from a text, row by row; NaN where the source is missing or the function says None."""

    def derive(records: Given, prepared: Prepared) -> Column:
        given = prepared.listed(source)
        return np.array([None if value is None else function(value) for value in given], dtype=np.float64)

    return derive


def flag(source: str, function: Callable[[str], bool]) -> Derive:
    return number(source, lambda value: float(function(value)))


# --- venue ----------------------------------------------------------------------------------------------------------


def preprint_flag(records: Given, prepared: Prepared) -> Column:
    """1 for a preprint, a technical report or a catalogue's copy of one, 0 for a published work, else NaN."""
    names = ("venue", "work_doi", "source", "volume_number", "arxiv", "type")
    column = np.full(len(records), np.nan)
    for row, (venue, doi, source, volume, arxiv, said) in enumerate(zip(*map(prepared.listed, names), strict=True)):
        if (doi and identifiers.is_preprint_doi(doi)) or (venue and venues.is_preprint(venue)):
            column[row] = 1
        elif volume is not None or (venue and not venues.is_repository(venue)):
            column[row] = 0
        elif said and POSTED in said:
            column[row] = 1
        elif doi is not None:
            column[row] = 0
        elif arxiv is not None or (source and venues.is_preprint(fold(source))) or (said and _comes_first(said)):
            column[row] = 1
    return column


def _comes_first(said: str) -> bool:
    """Whether a record is, by its own words, what comes out before an article, or instead of one."""
    return not {PREPRINT, REPORT}.isdisjoint(said.split())


def data_deposit(records: Given, prepared: Prepared) -> Column:
    """2 in an archive of data, 1 in figshare, which holds texts, too, 0 elsewhere: by venue, DOI, number or type.

    In a journal stand articles on data, whatever a catalogue calls them.
    """
    names = ("venue", "registrant", "catalogues", "type")
    return np.array(
        [
            2
            if registrant in identifiers.DATA_REGISTRANTS
            or (said and DATASET in said and (venue is None or venues.is_repository(venue)))
            else (venue and venues.holds_data(venue)) or (numbers is not None and "figshare:" in numbers)
            for venue, registrant, numbers, said in zip(*map(prepared.listed, names), strict=True)
        ],
        dtype=np.float64,
    )


def book_part(records: Given, prepared: Prepared) -> Column:
    """1 where the DOI is that of a part of a book, 0 for all else."""
    return np.array(
        [doi is not None and identifiers.is_book_part(doi) for doi in prepared.listed("work_doi")],
        dtype=np.float64,
    )


def book(records: Given, prepared: Prepared) -> Column:
    """1 for a book, by its type, its imprint or how many pages it has, 0 for what stands in one or in a journal.

    Missing for all else. A publisher may stand where the journal belongs, so that it takes a volume or an issue, too.
    """
    names = ("journal", "pages", "type", "venue", "volume_number", "issue_number", "proceedings")
    column = np.full(len(records), np.nan)
    given = zip(*map(prepared.listed, names), strict=True)
    for row, (journal, pages, said, venue, volume, issue, paper) in enumerate(given):
        if (
            (said and BOOK in said)
            or (journal and venues.is_imprint(journal))
            or (pages and volumes.is_length_of_book(pages))
        ):
            column[row] = 1
        elif (said and PART in said) or (venue and (volume or issue)):
            column[row] = np.nan if paper else 0
    return column


def thesis(records: Given, prepared: Prepared) -> Column:
    """1 for what says that it is a thesis, or has one or an index of theses in the journal's place, 0 for all else.

    In a volume of a journal stand articles, whatever a catalogue calls them; a faculty may stand in its place.
    """
    names = ("journal", "type", "venue", "volume_number")
    return np.array(
        [
            (said is not None and THESIS in said and (venue is None or volume is None))
            or (journal is not None and venues.is_thesis(journal))
            for journal, said, venue, volume in zip(*map(prepared.listed, names), strict=True)
        ],
        dtype=np.float64,
    )


def _placed(prepared: Prepared) -> list[tuple[str | None, str | None, str | None]]:
    """Volume, issue and pages as given; where none is, those of the reference that stands in the journal's place."""
    given = zip(*map(prepared.listed, ("volume", "number", "pages")), strict=True)
    return [
        place if journal is None or place != (None, None, None) else references.placed(journal) or place
        for journal, place in zip(prepared.listed("journal"), given, strict=True)
    ]


def volume_number(records: Given, prepared: Prepared) -> Column:
    """The first number of the volume."""
    return texts([volume and volumes.first_number(volume) for volume, _, _ in prepared.once(_placed)])


def edition(records: Given, prepared: Prepared) -> Column:
    """The edition that a record states in a field of its own; none of what is in a volume of a journal."""
    names = records.names(editions.says_edition)
    if not names:
        return texts([None] * len(records))
    column = [editions.read(editions.told(record, names)) or None for record in records.records]
    for row in [row for row, stated in enumerate(column) if stated]:
        name, (volume, _, _) = prepared.listed("journal")[row], prepared.once(_placed)[row]
        if name and volume and venues.journal(name) and volumes.first_number(volume):
            column[row] = None
    return texts(column)


def issue_number(records: Given, prepared: Prepared) -> Column:
    """The first number of the issue, or of the one in brackets behind the volume where the record names no other."""
    return texts(
        [
            volumes.first_number(number) if number is not None else volume and volumes.issue_in_volume(volume)
            for volume, number, _ in prepared.once(_placed)
        ]
    )


def page(part: Callable[[volumes.Pages], str | None]) -> Derive:
    def derive(records: Given, prepared: Prepared) -> Column:
        return texts([None if pages is None else part(pages) for pages in prepared.once(_pages)])

    return derive


def _pages(prepared: Prepared) -> list[volumes.Pages | None]:
    return [None if pages is None else volumes.pages(pages) for _, _, pages in prepared.once(_placed)]


def page_number(part: Callable[[volumes.Pages], float | None]) -> Derive:
    def derive(records: Given, prepared: Prepared) -> Column:
        found = [None if pages is None else part(pages) for pages in prepared.once(_pages)]
        return np.array(found, dtype=np.float64)

    return derive


def page_count(pages: volumes.Pages) -> float | None:
    return None if pages.last is None or not 0 <= pages.end - pages.start < 3000 else float(pages.end - pages.start + 1)


PLACES = ("volume_number", "issue_number", "first_page", "last_page")


def places(records: Given, prepared: Prepared) -> Column:
    said = [
        ["" if value is None else f"{kind}:{value}".replace(" ", "") for value in prepared.listed(kind)]
        for kind in PLACES
    ]
    return token_sets([" ".join(filter(None, row)).encode() or None for row in zip(*said, strict=True)])


def place_kinds(records: Given, prepared: Prepared) -> Column:
    absent = [prepared.absent(kind) for kind in PLACES]
    rows, kinds = np.logical_not(np.stack(absent, axis=1)).nonzero()
    return as_sets(tokens([" ".join(PLACES).encode()]).keys[kinds], rows, np.logical_and.reduce(absent))


def supplement_flag(records: Given, prepared: Prepared) -> Column:
    names = ("volume", "number", "pages")
    column = np.where(np.logical_and.reduce([prepared.absent(name) for name in names]), np.nan, 0)
    for name in names:
        for row, value in enumerate(prepared.listed(name)):
            # Most are numbers alone.
            if value is not None and not value.replace("-", "").isdecimal() and volumes.is_supplement(value):
                column[row] = 1
    return column


# --- abstract -------------------------------------------------------------------------------------------------------


def abstract_language(records: Given, prepared: Prepared) -> Column:
    return texts(languages([None if text is None else text[:400] for text in prepared.listed("abstract")]))


def abstract_folded(records: Given, prepared: Prepared) -> Column:
    return texts([_folded_abstract(text) for text in prepared.listed("abstract")])


def _folded_abstract(text: str | None) -> bytes | None:
    if text is None or len(text) <= abstracts.SHORTEST:
        return None
    folded = fold_bytes(text[:ABSTRACT_END])
    return None if abstracts.is_none(folded) else abstracts.bare(folded) or None


def _abstract_sets(prepared: Prepared) -> tuple[TokenSets, TokenSets]:
    """The words of each abstract, and those that begin with a digit."""
    folded = prepared.listed("abstract_folded")
    words, numbers = [], []
    for chunk in token_chunks([text or b"" for text in folded]):
        numeric = (chunk.first >= ord("0")) & (chunk.first <= ord("9"))
        words.append(distinct(chunk.keys, chunk.rows))
        numbers.append(distinct(chunk.keys[numeric], chunk.rows[numeric]))
    found = joined_sets(numbers, np.zeros(len(folded), dtype=bool))
    return joined_sets(words, prepared.absent("abstract_folded")), replace(found, missing=found.sizes() == 0)


def abstract_words(records: Given, prepared: Prepared) -> Column:
    return prepared.once(_abstract_sets)[0]


def abstract_numbers(records: Given, prepared: Prepared) -> Column:
    return prepared.once(_abstract_sets)[1]


def abstract_head(records: Given, prepared: Prepared) -> Column:
    given = prepared.listed("abstract_folded")
    if not given:
        return texts([])
    heads = squeezed(b"\n".join([folded[: ABSTRACT_HEAD + 50] if folded else b"" for folded in given]))
    return texts([None if folded is None else head[:ABSTRACT_HEAD] for folded, head in zip(given, heads, strict=True)])


def abstract_length(records: Given, prepared: Prepared) -> Column:
    given = prepared.listed("abstract_folded")
    return np.array([None if folded is None else len(folded) for folded in given], dtype=np.float64)


@lru_cache(maxsize=1024)
def origin(source: str) -> str | None:
    return fold(source.rpartition(".")[2].replace("_", " ")) or None
