"""Field names: which field of a record a column's name means.

The one table of other names for the fields of a record is here; the fields themselves are fields.RECORD_FIELDS.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.cells import list_in
from papertwin.data.files.rows import Record
from papertwin.data.values.parts import PARTS, made
from papertwin.data.values.text import known, without_signs

# Field: what else it is called, the more exact names first. Case and the characters " -_." do not count. Among them
# are columns of Scopus, Web of Science, Zotero, OpenAlex, Dimensions, Lens, PubMed, Europe PMC, CORD-19 and others.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "id": (
        "record id", "eid", "ut (unique wos id)", "ut (unique id)", "publication id", "lens id", "key", "covidence #",
        "rec-number", "central id", "pui", "accession number", "nct number", "trialid", "control number", "mms id",
        "cord uid", "refid", "store id", "an",
    ),
    "authors": (
        "author", "author names", "author list", "author string", "author/s", "author(s)", "creators", "creator",
        "contributors", "authorships.author.display_name",
    ),
    "title": (
        "article title", "paper title", "document title", "primary title", "study title", "public title",
        "scientific title", "item title", "display_name",
    ),
    "publication_date": (
        "date", "date published", "date of publication", "published", "issued", "publication date (print)",
        "publication date (online)", "first publication date", "cover date", "publication year", "published year",
        "pub year", "year", "pub date", "first posted", "date registration3", "date registration", "publish time",
    ),
    "source": (
        "database", "source database", "library catalog", "name of database", "database name", "long db name",
        "source x",
    ),
    "journal": (
        "journal title", "journal name", "container title", "venue", "booktitle", "book title", "source title",
        "publication title", "publication name", "conference", "journal/book", "anthology title", "conference name",
        "secondary title", "primary_location.source.display_name", "primary_location_display_name", "publication",
        "pubtitle", "periodical",
    ),
    "volume": ("vol", "volume number", "journal volume", "biblio.volume"),
    "number": ("issue", "issue number", "issue identifier", "journal issue", "no", "biblio.issue"),
    "pages": ("page", "page range", "pagination", "page info"),
    "doi": ("digital object identifier", "item doi", "arxiv doi"),
    "urls": (
        "url", "links", "link", "uri", "source linkout", "source urls", "external url", "doi link", "dimensions url",
        "primary_location.landing_page_url", "primary_location_landing_page_url", "plink", "article url",
        "full text link", "full text url", "embase link", "pdf link", "study url", "web address", "entry id",
    ),
    "abstract": ("summary", "abstract note", "brief summary", "abstract text"),
}  # fmt: skip
# Likewise what says a field better than its own name: beside Scopus's "Authors", who have initials.
FULLER_NAMES: Mapping[str, tuple[str, ...]] = {"authors": ("author full names",)}
# Likewise the parts of fields that exports have in columns of their own; parts.PARTS says of which field.
PART_NAMES: Mapping[str, tuple[str, ...]] = {
    "year": ("publication year", "published year", "pub year"),
    "month": ("published month",),
    "day": (),
    "subtitle": (),
    "first_page": ("page start", "start page", "beginning page", "biblio.first_page", "art. no.", "article number"),
    "last_page": ("page end", "end page", "ending page", "biblio.last_page"),
    "pmid": ("pubmed id", "pmid", "ids.pmid", "medline pmid"),
    "pmcid": ("pmc id", "pmcid", "ids.pmcid"),
    "arxiv_id": ("arxiv id",),
    "corpus_id": ("s2 id",),
}
_FIELDS = frozenset(RECORD_FIELDS)

# What a column may be called -> the field, and how exact that name is: the smallest is best, 0 the field's own.
_NAMES = {
    without_signs(name): (field, rank)
    for better, first in ((FULLER_NAMES, -1), ({field: (field,) for field in RECORD_FIELDS}, 0), (OTHER_NAMES, 1))
    for field, names in better.items()
    for rank, name in enumerate(names, first)
}
_PART_NAMES = {
    without_signs(name): (part, rank) for part, names in PART_NAMES.items() for rank, name in enumerate((part, *names))
}


@lru_cache(maxsize=4096)
def field_of(name: str) -> tuple[str, int] | None:
    """The record field that a column's name means and how exact it is (0: the field's own name, less: better)."""
    return _NAMES.get(without_signs(name))


@lru_cache(maxsize=4096)
def part_of(name: str) -> tuple[str, int] | None:
    """The part of a field that a column's name means and how exact it is, or None."""
    return _PART_NAMES.get(without_signs(name))


def field_meant(name: str) -> str | None:
    """The record field that a column's name means, or that of the part which it means."""
    if field := field_of(name):
        return field[0]
    part = part_of(name)
    return PARTS[part[0]] if part else None


def means_field(name: str) -> bool:
    """Whether a column's name means a field of a record or a part of one."""
    return field_meant(name) is not None


def is_title(name: str) -> bool:
    """Whether a column's name means a title."""
    return (field := field_of(name)) is not None and field[0] == "title"


def fields_named(names: Iterable[str]) -> dict[str, str]:
    """Those of the names that mean a field of a record, and which."""
    return {name: field[0] for name in names if (field := field_of(name))}


def as_record(given: Mapping[str, Any]) -> Record:
    """The record under the fields' own names; of several columns for a field the most exact known one counts.

    What columns say of a field in parts (a PubMed number, a first page) is put into the field. All columns that are no
    field keep their names.
    """
    if given.keys() <= _FIELDS and isinstance(given, dict):
        return given
    record: Record = {}
    ranks: dict[str, int] = {}
    pieces: dict[str, Any] = {}
    for name, value in given.items():
        found = field_of(name)
        if found is None:
            record.setdefault(name, value)
            if (part := part_of(name)) and known(value) is not None and part[1] < ranks.get(part[0], part[1] + 1):
                pieces[part[0]], ranks[part[0]] = value, part[1]
            continue
        field, rank = found
        if field not in ranks or known(record[field]) is None or (rank < ranks[field] and known(value) is not None):
            record[field], ranks[field] = value, rank
    for field in {PARTS[part] for part in pieces}:
        value = record.get(field)
        items = list_in(value) or (value if isinstance(value, list) else [value])
        said = {field: [item for item in items if known(item) is not None]}
        said |= {part: [piece] for part, piece in pieces.items() if PARTS[part] == field}
        record[field] = made({name: found for name, found in said.items() if found}, field)
    return record
