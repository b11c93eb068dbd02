"""FIELDS: every field of a record, as it is given and as it is compared.

`prepare` runs down the list once for a batch of records and returns its columns; whatever a feature compares is made
here, once a record, never once a pair.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from papertwin.data import dates, identifiers, names, titles, venues
from papertwin.data.columns import Column, Numbers, Texts, TokenSets, texts, token_sets
from papertwin.data.text import fold, fold_bytes, known, language, repair

ABSTRACT_HEAD = 250  # characters compared letter by letter: the cost of an edit distance grows with the square
ABSTRACT_END = 4000  # characters whose words are compared; longer ones are full texts


@dataclass(slots=True)
class Prepared:
    """Records as columns: `columns[field]` has a row a record; `unreadable` counts values that could not be read."""

    columns: dict[str, Column]
    unreadable: Counter[str] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.columns["title"])

    def texts(self, name: str) -> Texts:
        """A column of text."""
        column = self.columns[name]
        assert isinstance(column, np.ndarray) and column.dtype == object, name
        return column

    def sets(self, name: str) -> TokenSets:
        """A column of token sets."""
        column = self.columns[name]
        assert isinstance(column, TokenSets), name
        return column


Records = Sequence[Mapping[str, object]]
Derive = Callable[[Records, Prepared], Column]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of prepared records: what it means and how it is made from the record or from earlier columns."""

    name: str
    meaning: str
    derive: Derive
    given: bool = False  # a field of the record itself


# --- given fields ---------------------------------------------------------------------------------------------------


def _text(name: str, formulas: bool = True) -> Derive:
    """The field as repaired text; numbers become text and are counted, nested values are missing and counted."""

    def derive(records: Records, prepared: Prepared) -> Column:
        values: list[str | None] = []
        for record in records:
            value = record.get(name)
            if isinstance(value, (dict, list, tuple)) or (value is not None and not isinstance(value, str)):
                if isinstance(value, (list, tuple)) and len(value) == 1 and isinstance(value[0], str):
                    value = value[0]  # Crossref gives titles as lists
                elif value == [] or value == {} or value != value:  # noqa: PLR0124  NaN is the only value unlike itself
                    value = None
                else:
                    prepared.unreadable[name] += 1
                    value = None if isinstance(value, (dict, list, tuple)) else str(value)
            text = known(value)
            values.append(repair(text, formulas) if text else None)
        return texts([value or None for value in values])

    return derive


def _plain(name: str) -> Derive:
    """The field as text without repair: numbers are as good as text here (ids, volumes, years)."""

    def derive(records: Records, prepared: Prepared) -> Column:
        values: list[str | None] = []
        for record in records:
            value = record.get(name)
            if isinstance(value, (dict, list, tuple)):
                if value:
                    prepared.unreadable[name] += 1
                value = None
            elif isinstance(value, float):
                value = None if value != value else int(value) if value.is_integer() else value  # noqa: PLR0124
            values.append(known(value))
        return texts(values)

    return derive


def _date(records: Records, prepared: Prepared) -> Column:
    raw = _plain("publication_date")(records, prepared)
    column = np.empty(len(records), dtype=object)
    for row, text in enumerate(raw):
        if text is not None:
            column[row] = dates.parse(text)
            if column[row] is None:
                prepared.unreadable["publication_date"] += 1
    return column


def _people(records: Records, prepared: Prepared) -> Column:
    column = np.empty(len(records), dtype=object)
    for row, record in enumerate(records):
        value = record.get("authors")
        if value is not None and not isinstance(value, (str, list, tuple)):
            if value == value:  # noqa: PLR0124
                prepared.unreadable["authors"] += 1
            continue
        if value:
            column[row] = names.persons(value)
    return column


def _urls(records: Records, prepared: Prepared) -> Column:
    column = np.empty(len(records), dtype=object)
    for row, record in enumerate(records):
        value = record.get("urls")
        items = [value] if isinstance(value, str) else value
        if items is None:
            continue
        if not isinstance(items, (list, tuple)):
            prepared.unreadable["urls"] += items == items
            continue
        found = [text for item in items if isinstance(item, str) and (text := known(item))]
        column[row] = found or None
    return column


def _unread(name: str) -> Derive:
    """A field that is carried along and never compared."""

    def derive(records: Records, prepared: Prepared) -> Column:
        return texts([None] * len(records))

    return derive


# --- helpers of derived fields --------------------------------------------------------------------------------------


def _map(source: str, function: Callable[[str], str | None]) -> Derive:
    """One text from another, row by row, missing where the source is."""

    def derive(records: Records, prepared: Prepared) -> Column:
        column = prepared.columns[source]
        return texts([None if value is None else function(value) for value in column])

    return derive


def _words(source: str, function: Callable[[str], str] | None = None) -> Derive:
    """The set of words of a folded text column."""

    def derive(records: Records, prepared: Prepared) -> Column:
        column = prepared.texts(source)
        if function is None:
            return token_sets([None if value is None else value.encode() for value in column])
        return token_sets([None if value is None else function(value).encode() for value in column])

    return derive


def _number(source: str, function: Callable[[str], float | None]) -> Derive:
    """One number from a text, row by row; NaN where the source is missing or the function says None."""

    def derive(records: Records, prepared: Prepared) -> Column:
        column: Numbers = np.full(len(records), np.nan)
        for row, value in enumerate(prepared.columns[source]):
            if value is not None and (number := function(value)) is not None:
                column[row] = number
        return column

    return derive


def _flag(source: str, function: Callable[[str], bool]) -> Derive:
    return _number(source, lambda value: float(function(value)))


# --- titles ---------------------------------------------------------------------------------------------------------


def _bare_title(title: str) -> str | None:
    return None if titles.is_furniture(title) else titles.strip_marks(title)


def _folded(text: str) -> str | None:
    return fold(text) or None


def _main(title: str) -> str | None:
    return fold(titles.split_subtitle(title)[0]) or None


def _sub(title: str) -> str | None:
    return fold(titles.split_subtitle(title)[1]) or None


# --- authors --------------------------------------------------------------------------------------------------------


def _of_people(function: Callable[[list[names.Person]], str]) -> Derive:
    def derive(records: Records, prepared: Prepared) -> Column:
        return texts([None if who is None else function(who[0]) for who in prepared.columns["authors"]])

    return derive


def _people_set(function: Callable[[list[names.Person]], str]) -> Derive:
    def derive(records: Records, prepared: Prepared) -> Column:
        return token_sets([None if who is None else function(who[0]).encode() for who in prepared.columns["authors"]])

    return derive


def _sorted_names(people: list[names.Person]) -> str:
    return " ".join(sorted(word for who in people for word in who.words.split() if len(word) > 1))[:600]


def _author_count(records: Records, prepared: Prepared) -> Column:
    people = prepared.columns["authors"]
    return np.array([np.nan if who is None else float(len(who[0])) for who in people])


# --- identifiers ----------------------------------------------------------------------------------------------------


def _identifier_texts(prepared: Prepared, row: int) -> list[str]:
    """Every text of the record that may hold an identifier."""
    urls = prepared.columns["urls"][row] or []
    return [
        *(value for name in ("doi", "id", "pages", "journal", "number", "volume") if (value := prepared.columns[name][row])),
        *urls,
    ]


def _identifier(function: Callable[[str], str | None]) -> Derive:
    def derive(records: Records, prepared: Prepared) -> Column:
        return texts(
            [
                next((found for text in _identifier_texts(prepared, row) if (found := function(text))), None)
                for row in range(len(records))
            ]
        )

    return derive


def _find_doi(records: Records, prepared: Prepared) -> Column:
    """The record's own DOI, else one in its addresses; arXiv's DOIs count as arXiv ids alone."""
    column: list[str | None] = []
    for own, urls in zip(prepared.columns["doi"], prepared.columns["urls"], strict=True):
        found = [doi for text in [own, *(urls or [])] if text and (doi := identifiers.doi(text))]
        column.append(
            next((doi for doi in found if not doi.startswith("10.48550/arxiv") and doi.partition("/")[0] not in identifiers.ARCHIVE_REGISTRANTS), None)
        )
    return texts(column)


def _preprint_id(records: Records, prepared: Prepared) -> Column:
    columns = prepared.columns
    return texts(
        [
            arxiv or (doi if doi and identifiers.is_preprint_doi(doi) else None)
            for arxiv, doi in zip(columns["arxiv"], columns["work_doi"], strict=True)
        ]
    )


def _arxiv(text: str) -> str | None:
    return identifiers.arxiv(text) or (identifiers.bare_arxiv(text) if len(text) < 24 and text[0] != "1" else None)


def _catalogues(records: Records, prepared: Prepared) -> Column:
    rows: list[str | None] = []
    for row in range(len(records)):
        found = {number for text in _identifier_texts(prepared, row) if (number := identifiers.catalogue(text))}
        rows.append(" ".join(sorted(found)) or None)
    return texts(rows)


def _kinds(numbers: str) -> str:
    return " ".join(number.partition(":")[0] for number in numbers.split())


def _url_set(records: Records, prepared: Prepared) -> Column:
    return token_sets(
        [
            None if urls is None else " ".join(identifiers.canonical_url(url).replace(" ", "") for url in urls).encode()
            for urls in prepared.columns["urls"]
        ]
    )


def _as_strings(value: object) -> list[str]:
    """The strings in a field that is a string or a list; registers put a trial's number where the authors stand."""
    return [item for item in (value if isinstance(value, (list, tuple)) else [value]) if isinstance(item, str)]


def _registrations(records: Records, prepared: Prepared) -> Column:
    columns = prepared.columns
    return texts(
        [
            identifiers.registry(
                [value for name in ("title", "journal", "id", "pages", "abstract", "doi") if (value := columns[name][row])]
                + list(columns["urls"][row] or [])
                + _as_strings(records[row].get("authors"))
            )
            for row in range(len(records))
        ]
    )


# --- venue ----------------------------------------------------------------------------------------------------------


def _preprint(records: Records, prepared: Prepared) -> Column:
    """1 for a preprint or a catalogue's copy of one, 0 for a published work, NaN where nothing says which."""
    columns = prepared.columns
    column = np.full(len(records), np.nan)
    for row in range(len(records)):
        venue, doi, source = columns["venue"][row], columns["work_doi"][row], columns["source"][row]
        if (doi and identifiers.is_preprint_doi(doi)) or (venue and venues.is_preprint(venue)):
            column[row] = 1
        elif doi is not None or columns["volume_number"][row] is not None or (venue and not venues.is_repository(venue)):
            column[row] = 0
        elif columns["arxiv"][row] is not None or (source and "rxiv" in source.lower()):
            column[row] = 1
    return column


def _page(part: Callable[[venues.Pages], str | None]) -> Derive:
    def derive(records: Records, prepared: Prepared) -> Column:
        return texts(
            [
                None if value is None or (pages := venues.pages(value)) is None else part(pages)
                for value in prepared.columns["pages"]
            ]
        )

    return derive


def _page_number(part: Callable[[venues.Pages], float | None]) -> Derive:
    return _number("pages", lambda value: None if (pages := venues.pages(value)) is None else part(pages))


def _page_count(pages: venues.Pages) -> float | None:
    return None if pages.last is None or not 0 <= pages.end - pages.start < 3000 else float(pages.end - pages.start + 1)


PLACES = ("volume_number", "issue_number", "first_page", "last_page")


def _places(records: Records, prepared: Prepared) -> Column:
    given = [[(kind, prepared.columns[kind][row]) for kind in PLACES] for row in range(len(records))]
    return token_sets([" ".join(f"{kind}:{value}".replace(" ", "") for kind, value in row if value).encode() or None for row in given])


def _place_kinds(records: Records, prepared: Prepared) -> Column:
    given = [[kind for kind in PLACES if prepared.columns[kind][row]] for row in range(len(records))]
    return token_sets([" ".join(row).encode() or None for row in given])


def _supplement(records: Records, prepared: Prepared) -> Column:
    columns = prepared.columns
    column = np.full(len(records), np.nan)
    for row in range(len(records)):
        said = [value for name in ("volume", "number", "pages") if (value := columns[name][row])]
        if said:
            column[row] = float(any(map(venues.is_supplement, said)))
    return column


# --- abstract -------------------------------------------------------------------------------------------------------


def _abstract_bytes(text: str) -> bytes:
    folded = fold_bytes(text[:ABSTRACT_END])
    return folded[9:] if folded.startswith(b"abstract") else folded


def _abstract_folded(records: Records, prepared: Prepared) -> Column:
    column = np.empty(len(records), dtype=object)
    for row, text in enumerate(prepared.texts("abstract")):
        if text is not None and len(text) > 30:  # "No abstract available"
            column[row] = _abstract_bytes(text)
    return column


def _abstract_words(records: Records, prepared: Prepared) -> Column:
    return token_sets(list(prepared.columns["abstract_folded"]))


def _abstract_head(records: Records, prepared: Prepared) -> Column:
    return texts(
        [
            None if folded is None else " ".join(folded[: ABSTRACT_HEAD + 50].decode("utf-8", "ignore").split())[:ABSTRACT_HEAD]
            for folded in prepared.columns["abstract_folded"]
        ]
    )


def _abstract_length(records: Records, prepared: Prepared) -> Column:
    return np.array([np.nan if folded is None else float(len(folded)) for folded in prepared.columns["abstract_folded"]])


def _abstract_numbers(records: Records, prepared: Prepared) -> Column:
    rows: list[bytes | None] = []
    for folded in prepared.columns["abstract_folded"]:
        words = None if folded is None else [word for word in folded.split() if not word.isalpha() and word[:1].isdigit()]
        rows.append(b" ".join(words) if words else None)
    return token_sets(rows)


def _source(source: str) -> str | None:
    return fold(source.rpartition(".")[2].replace("_", " ")) or None


FIELDS: tuple[Field, ...] = (
    Field("id", "the record's own id, compared as text", _plain("id"), given=True),
    Field("authors", "the persons, with surname and initial, in order", _people, given=True),
    Field("title", "the title, with HTML, LaTeX and broken encodings repaired", _text("title"), given=True),
    Field("publication_date", "year, month and day as far as they are said", _date, given=True),
    Field("source", "the database or search engine that the record comes from", _plain("source"), given=True),
    Field("journal", "the journal or proceedings", _text("journal"), given=True),
    Field("volume", "the volume", _plain("volume"), given=True),
    Field("number", "the issue", _plain("number"), given=True),
    Field("pages", "the pages", _plain("pages"), given=True),
    Field("doi", "the DOI as the record gives it", _plain("doi"), given=True),
    Field("urls", "addresses of the work or of its record", _urls, given=True),
    Field("abstract", "the abstract, repaired like the title, LaTeX commands dropped", _text("abstract", formulas=False), given=True),
    Field("versions", "records that were merged into this one; carried along, not compared", _unread("versions"), given=True),
    Field("bare_title", "the title without marks such as RETRACTED; page furniture is missing", _map("title", _bare_title)),
    Field("folded_title", "the bare title in lower case without accents and punctuation", _map("bare_title", _folded)),
    Field("compact_title", "the folded title without spaces", _map("folded_title", lambda text: text.replace(" ", ""))),
    Field("sorted_title", "the words of the folded title, sorted", _map("folded_title", lambda text: " ".join(sorted(text.split())))),
    Field("title_words", "the set of words of the title", _words("folded_title")),
    Field("main_title", "the folded title before its colon or dash", _map("bare_title", _main)),
    Field("subtitle", "the folded title after its colon or dash", _map("bare_title", _sub)),
    Field("title_parts", "numbers of part, volume, report or edition in the title", _map("bare_title", titles.parts)),
    Field("title_years", "years named in the title", _map("bare_title", titles.years)),
    Field("title_numbers", "words of the title that hold digits, are roman numerals or name months", _map("folded_title", titles.numbers)),
    Field("title_number_words", "the same as a set", _words("title_numbers")),
    Field("title_notice", "which notice the title announces: erratum, reply, review ...; empty for none", _map("title", titles.notice)),
    Field("title_heading", "1 for a heading that thousands of works share, such as Editorial", _flag("bare_title", titles.is_heading)),
    Field("title_language", "the language or script of the title, where its words tell", _map("title", language)),
    Field("abstract_language", "the language or script of the abstract, where its words tell", _map("abstract", lambda text: language(text[:400]))),
    Field("title_length", "how many words the title has", _number("folded_title", lambda text: float(len(text.split())))),
    Field("surnames", "the set of authors' surnames", _people_set(lambda people: " ".join(who.surname for who in people))),
    Field("author_words", "the set of all words of the authors' names, initials left out", _people_set(
        lambda people: " ".join(word for who in people for word in who.words.split() if len(word) > 1)
    )),
    Field("initialled", "the surnames of those authors whose given name or initial is known", _people_set(
        lambda people: " ".join(who.surname for who in people if who.initial)
    )),
    Field("names", "surname with first initial, of those authors", _people_set(
        lambda people: " ".join(f"{who.surname}_{who.initial}" for who in people if who.initial)
    )),
    Field("sorted_names", "all words of the authors' names, sorted", _of_people(_sorted_names)),
    Field("name_sequence", "the surnames in order", _of_people(lambda people: " ".join(who.surname for who in people)[:400])),
    Field("first_author", "the first author's surname", _of_people(lambda people: people[0].surname)),
    Field("first_author_word", "the first author's surname as a set", _people_set(lambda people: people[0].surname)),
    Field("last_author", "the last author's surname", _of_people(lambda people: people[-1].surname)),
    Field("author_count", "how many authors are named", _author_count),
    Field("year", "the year of publication", _number("publication_date", lambda date: float(date.year))),
    Field("day", "the day of publication, where it is said and no placeholder", _number("publication_date", lambda date: date.ordinal)),
    Field("work_doi", "the DOI, canonical and without version, from the doi or the urls", _find_doi),
    Field("registrant", "the registrant of the DOI", _map("work_doi", lambda doi: doi.partition("/")[0])),
    Field("arxiv", "the arXiv id without version", _identifier(_arxiv)),
    Field("preprint_id", "the arXiv id, or the DOI that a preprint server gave", _preprint_id),
    Field("pubmed", "the PubMed number", _identifier(identifiers.pubmed)),
    Field("pmc", "the PubMed Central number", _identifier(identifiers.pmc)),
    Field("registration", "trial registration numbers", _registrations),
    Field("catalogues", "numbers in OpenAlex, Semantic Scholar, CORE, HAL ...", _catalogues),
    Field("catalogue_numbers", "the same as a set", _words("catalogues")),
    Field("catalogue_kinds", "the catalogues that gave one", _words("catalogues", _kinds)),
    Field("url_set", "the addresses without scheme, archive and version", _url_set),
    Field("origin", "the source's plain name", _map("source", _source)),
    Field("venue", "the folded name of the journal; missing for a bare publisher", _map("journal", venues.journal)),
    Field("venue_stems", "the first letters of each word of the venue", _words("venue", venues.journal_stems)),
    Field("venue_initials", "the initials of the venue", _map("venue", venues.journal_initials)),
    Field("proceedings", "1 for a conference, 0 for another venue", _flag("venue", venues.is_proceedings)),
    Field("volume_number", "the first number of the volume", _map("volume", venues.first_number)),
    Field("issue_number", "the first number of the issue", _map("number", venues.first_number)),
    Field("first_page", "the first page", _page(lambda pages: pages.first)),
    Field("last_page", "the last page", _page(lambda pages: pages.last)),
    Field("places", "volume, issue, first and last page, each marked as what it is", _places),
    Field("place_kinds", "which of them are given", _place_kinds),
    Field("page_start", "the first page as a number", _page_number(lambda pages: float(pages.start))),
    Field("page_count", "how many pages", _page_number(_page_count)),
    Field("supplement", "1 where volume, issue or page name a supplement", _supplement),
    Field("preprint", "1 for a preprint, 0 for a published work", _preprint),
    Field("abstract_folded", "the abstract in lower case without accents, its first 4,000 characters", _abstract_folded),
    Field("abstract_words", "the set of words of the abstract", _abstract_words),
    Field("abstract_head", "the first 250 characters of the folded abstract", _abstract_head),
    Field("abstract_numbers", "the numbers in the abstract", _abstract_numbers),
    Field("abstract_length", "characters of the folded abstract, at most 4,000", _abstract_length),
)

RECORD_FIELDS: tuple[str, ...] = tuple(entry.name for entry in FIELDS if entry.given)


def prepare(records: Records) -> Prepared:
    """The records as columns, one for each of FIELDS; no value is ever refused.

    Whatever cannot be read becomes text or missing and is counted in `unreadable` under its field's name.
    """
    prepared = Prepared({})
    for entry in FIELDS:
        prepared.columns[entry.name] = entry.derive(records, prepared)
    return prepared


def is_empty(record: Mapping[str, object]) -> bool:
    """Whether a record has no content at all, an id and a source aside."""
    for name in RECORD_FIELDS:
        value = record.get(name)
        if name in {"id", "source", "versions"} or value is None:
            continue
        if isinstance(value, (list, tuple)):
            if any(known(item) for item in value):
                return False
        elif known(value):
            return False
    return True


__all__ = ["FIELDS", "RECORD_FIELDS", "Field", "Prepared", "TokenSets", "is_empty", "prepare"]
