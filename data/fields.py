"""FIELDS: every field of a record, as it is given and as it is compared.

`prepare` runs down the list once for a batch of records and returns its columns; whatever a feature compares is made
here, once a record, never once a pair.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from papertwin.data.arrays import Rows
from papertwin.data.columns import authored, derived, given, identified, titled
from papertwin.data.columns.column import Given, Prepared, Records
from papertwin.data.columns.given import Derive
from papertwin.data.garbage import uncollected
from papertwin.data.values import identifiers, titles, venues
from papertwin.data.values.text import known


@dataclass(frozen=True, slots=True)
class Field:
    """One column of prepared records: what it means and how it is made from the record or from earlier columns."""

    name: str
    meaning: str
    derive: Derive
    given: bool = False  # a field of the record itself


FIELDS: tuple[Field, ...] = (
    Field("id", "the record's own id, compared as text", given.plain("id"), given=True),
    Field("authors", "the persons, with surname and initial, in order", given.people, given=True),
    Field("title", "the title, with HTML, LaTeX and broken encodings repaired", given.text("title"), given=True),
    Field("publication_date", "year, month and day as far as they are said", given.date, given=True),
    Field("source", "the database or search engine that the record comes from", given.plain("source"), given=True),
    Field("journal", "the journal or proceedings", given.text("journal"), given=True),
    Field("volume", "the volume", given.plain("volume"), given=True),
    Field("number", "the issue", given.plain("number"), given=True),
    Field("pages", "the pages", given.plain("pages"), given=True),
    Field("doi", "the DOI as the record gives it", given.plain("doi"), given=True),
    Field("urls", "addresses of the work or of its record", given.urls, given=True),
    Field(
        "abstract",
        "the abstract, repaired like the title, LaTeX commands dropped",
        given.text("abstract", formulas=False),
        given=True,
    ),
    Field(
        "versions",
        "records that were merged into this one; carried along, not compared",
        given.unread,
        given=True,
    ),
    Field(
        "type",
        "what the record says that it is, under any name, where the word is known: thesis, preprint, erratum ...",
        given.stated_type,
    ),
    Field(
        "edition",
        "the edition that the record states in a field of its own, under any name, where it is no first one",
        derived.edition,
    ),
    Field(
        "bare_title",
        "the title without marks such as RETRACTED, its first 2,000 characters; page furniture is missing",
        titled.bare_title,
    ),
    Field("folded_title", "the bare title in lower case without accents and punctuation", titled.folded_title),
    Field("compact_title", "the folded title without spaces", titled.compact_title),
    Field(
        "sorted_title",
        "the words of the folded title, sorted",
        derived.mapped("folded_title", lambda text: " ".join(sorted(text.split()))),
    ),
    Field("title_words", "the set of words of the title", titled.title_words),
    Field("main_title", "the folded title before its colon or dash", titled.main_title),
    Field("subtitle", "the folded title after its colon or dash", titled.subtitle),
    Field(
        "title_parts",
        "numbers of part, volume, report or edition in the title, or else the edition",
        titled.title_parts,
    ),
    Field("title_years", "years named in the title", titled.title_years),
    Field(
        "title_numbers",
        "numbers in the title, and words that tell like numbers: roman numerals, months, male and female, group B",
        titled.title_numbers,
    ),
    Field("title_number_words", "the same as a set", derived.words("title_numbers")),
    Field("title_things", "the countries, crops, organs ... that the title names, as a set", titled.title_things),
    Field(
        "title_notice",
        "which notice the title announces, or else the type: erratum, reply, review ...; empty for none",
        titled.title_notice,
    ),
    Field("title_heading", "1 for a heading that thousands of works share, such as Editorial", titled.title_heading),
    Field(
        "title_periodical",
        "1 for a report that comes again and again, such as a quarterly one",
        titled.announces(titles.PERIODICAL),
    ),
    Field("title_republished", "1 where the title says: reprinted, translated", titled.announces(titles.REPUBLISHED)),
    Field("title_script", "the script that the title is compared in", titled.title_script),
    Field("title_language", "the language or script of the title, where its words tell", titled.title_language),
    Field(
        "abstract_language",
        "the language or script of the abstract, where its words tell",
        derived.abstract_language,
    ),
    Field("title_length", "how many words the title has", titled.title_length),
    Field("surnames", "the set of authors' surnames", authored.surnames),
    Field("author_words", "the set of all words of the authors' names, initials left out", authored.author_words),
    Field("initialled", "the surnames of those authors whose given name or initial is known", authored.initialled),
    Field("names", "surname with first initial, of those authors", authored.names),
    Field("sorted_names", "all words of the authors' names, sorted", authored.sorted_names),
    Field("name_sequence", "the surnames in order", authored.name_sequence),
    Field("first_author", "the first author's surname", authored.one_of(0)),
    Field("first_author_word", "the first author's surname as a set", authored.first_author_word),
    Field("last_author", "the last author's surname", authored.one_of(-1)),
    Field(
        "group_authors",
        "1 where all authors are groups, 0 where all are persons, missing where both are among them",
        authored.group_authors,
    ),
    Field("author_count", "how many authors are named", authored.author_count),
    Field("year", "the year of publication", derived.number("publication_date", lambda date: float(date.year))),
    Field(
        "day",
        "the day of publication, where it is said and no placeholder",
        derived.number("publication_date", lambda date: date.ordinal),
    ),
    Field("identifier_texts", "the texts that may hold an identifier", identified.identifier_texts),
    Field("work_doi", "the DOI, canonical and without version, from the doi or the urls", identified.work_doi),
    Field("registrant", "the registrant of the DOI", identified.registrant),
    Field(
        "second_registrant",
        "the registrant of the DOI where it gives articles one beside their publisher's, empty for a publisher",
        derived.mapped(
            "registrant", lambda registrant: registrant if registrant in identifiers.SECOND_REGISTRANTS else ""
        ),
    ),
    Field("arxiv", "the arXiv id without version", identified.arxiv_ids),
    Field("preprint_id", "the arXiv id, or the DOI that a preprint server gave", identified.preprint_id),
    Field("pubmed", "the PubMed number", identified.identifier(identifiers.pubmed, identifiers.PUBMED_SIGNS)),
    Field("pmc", "the PubMed Central number", identified.identifier(identifiers.pmc, identifiers.PMC_SIGNS)),
    Field(
        "review_update",
        "which Cochrane review the DOI is of, and which update",
        identified.identifier(identifiers.review_update, identifiers.REVIEW_SIGNS),
    ),
    Field("registrations", "trial registration numbers", identified.registrations),
    Field("registration_set", "the same as a set", derived.words("registrations")),
    Field("registry_entry", "1 for a registry's entry of a trial, 0 for all else", identified.registry_entry),
    Field("entry_numbers", "the registration numbers in a registry's entry, as a set", identified.entry_numbers),
    Field("catalogues", "numbers in OpenAlex, Semantic Scholar, CORE, HAL ...", identified.catalogues),
    Field(
        "isbns",
        "the ISBNs of a book, that it has in fields of their own under any name; none of a chapter",
        identified.books_isbns,
    ),
    Field("address_count", "how many addresses name a page that others may find", identified.address_count),
    Field("listings", "the addresses, the numbers in catalogues and the ISBNs, as a set", identified.listings),
    Field("origin", "the source's plain name", derived.mapped("source", derived.origin)),
    Field(
        "venue",
        "the folded name of the journal; missing for a publisher, a platform or a university",
        derived.mapped("journal", venues.journal),
    ),
    Field("venue_stems", "the first letters of each word of the venue", derived.words("venue", venues.journal_stems)),
    Field("venue_initials", "the initials of the venue", derived.mapped("venue", venues.journal_initials)),
    Field("proceedings", "1 for a conference, 0 for another venue", derived.flag("venue", venues.is_proceedings)),
    Field(
        "volume_number",
        "the first number of the volume; like issue and pages also where the journal's place has a whole reference",
        derived.volume_number,
    ),
    Field("issue_number", "the first number of the issue, also where the volume names it", derived.issue_number),
    Field("first_page", "the first page", derived.page(lambda pages: pages.first)),
    Field("last_page", "the last page", derived.page(lambda pages: pages.last)),
    Field("places", "volume, issue, first and last page, each marked as what it is", derived.places),
    Field("place_kinds", "which of them are given", derived.place_kinds),
    Field("page_start", "the first page as a number", derived.page_number(lambda pages: float(pages.start))),
    Field("page_count", "how many pages", derived.page_number(derived.page_count)),
    Field("supplement", "1 where volume, issue or page name a supplement", derived.supplement_flag),
    Field(
        "data_deposit",
        "2 in an archive of data or by the type, 1 in figshare, which holds a few texts, too, 0 elsewhere",
        derived.data_deposit,
    ),
    Field("book_part", "1 where the DOI is that of a part of a book, 0 for all else", derived.book_part),
    Field("thesis", "1 where the journal's place or the type says that it is a thesis, 0 for all else", derived.thesis),
    Field("preprint", "1 for a preprint, 0 for a published work", derived.preprint_flag),
    Field(
        "book",
        "1 for a book by its type, imprint or number of pages, 0 for what stands in one or in a journal, else missing",
        derived.book,
    ),
    Field(
        "abstract_folded",
        "the abstract in lower case without accents, its first 4,000 characters",
        derived.abstract_folded,
    ),
    Field("abstract_words", "the set of words of the abstract", derived.abstract_words),
    Field("abstract_head", "the first 250 characters of the folded abstract", derived.abstract_head),
    Field("abstract_numbers", "the numbers in the abstract", derived.abstract_numbers),
    Field("abstract_length", "characters of the folded abstract, at most 4,000", derived.abstract_length),
)

RECORD_FIELDS: tuple[str, ...] = tuple(entry.name for entry in FIELDS if entry.given)
_READ = tuple(name for name in RECORD_FIELDS if name != "versions")
WITHOUT_CONTENT = frozenset({"id", "source", "versions"})  # fields that say nothing of the work
# The title first, which most records have.
_CONTENT = sorted({*RECORD_FIELDS} - WITHOUT_CONTENT, key=lambda name: (name != "title", name))


@uncollected()
def prepare(records: Records) -> Prepared:
    """The records as columns, one for each of FIELDS; no value is ever refused.

    Whatever cannot be read becomes text or missing and is counted in `unreadable` under its field's name.
    """
    given, prepared = Given(records, _READ), Prepared({})
    for entry in FIELDS:
        prepared.columns[entry.name] = entry.derive(given, prepared)
    prepared.forget()
    return prepared


def prepare_pairs(first: Records, second: Records) -> tuple[Prepared, Rows, Rows]:
    """The records of the pairs (first[i], second[i]) as columns, and the rows of their two sides in these."""
    rows = np.arange(len(first))
    return prepare([*first, *second]), rows, rows + len(rows)


def is_empty(record: Mapping[str, object]) -> bool:
    """Whether a record has no content at all, an id and a source aside."""
    for name in _CONTENT:
        value = record.get(name)
        if value is None:
            continue
        if isinstance(value, (list, tuple)):
            if any(known(item) for item in value):
                return False
        elif known(value):
            return False
    return True


__all__ = [
    "FIELDS",
    "RECORD_FIELDS",
    "WITHOUT_CONTENT",
    "Field",
    "Prepared",
    "is_empty",
    "prepare",
    "prepare_pairs",
]
