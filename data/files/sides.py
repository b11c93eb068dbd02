"""Sides: which columns of a table belong to which record of the pair, and which field of a record each one is.

The one table of other names for the fields of a record is here; the fields themselves are fields.RECORD_FIELDS.
"""

import ast
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.layouts import DOCUMENTS
from papertwin.data.files.rows import Record, RowError, decode
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
LIST_FIELDS = frozenset({"authors", "urls", "versions"})  # a cell of these that begins with "[" may be a list
# How columns say which record they are of, before the field's name or behind it; a space, dot or hyphen is as good as _
MARKS = (
    *(("", left, "", right) for left, right in (
        ("_1", "_2"), ("_l", "_r"), ("_a", "_b"), ("_left", "_right"), ("_x", "_y"),
    )),
    *((left, "", right, "") for left, right in (
        ("left_", "right_"), ("ltable_", "rtable_"), ("doc_1_", "doc_2_"), ("l_", "r_"), ("a_", "b_"), ("1_", "2_"),
        ("first_", "second_"), ("source_", "target_"), ("query_", "candidate_"),
    )),
    *(("", left, "", right) for left, right in (
        ("1", "2"), ("a", "b"), ("l", "r"), ("_(1)", "_(2)"), ("", "_right"),  # the last is how polars joins two frames
    )),
)  # fmt: skip
KEPT = ("", "", "kept_", "")  # how dedupe lists removed records: "id" beside "kept_id"
_OTHERS = {"1": "2", "a": "b", "l": "r"}
_WORD_BEFORE = re.compile(r"([a-z_]{1,12})([1al])_")  # "paper1_title", "record_a_title"
_WORD_BEHIND = re.compile(r"_([a-z_]{1,12})([1al])$")  # "title_doc1", "title_record_a"

_OBJECTS = ('{"', "{'", "[{", "[[")  # how the text of an object or of a list of more than texts begins
_BETWEEN_ITEMS = re.compile(r"(?<=['\"])\s+(?=['\"])")
_SPACING = str.maketrans(" .-", "___")
_FIELDS = frozenset(RECORD_FIELDS)
WITHOUT_CONTENT = frozenset({"id", "source", "versions"})  # fields that say nothing of the work


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
        items = _list_in(value) or (value if isinstance(value, list) else [value])
        said = {field: [item for item in items if known(item) is not None]}
        said |= {part: [piece] for part, piece in pieces.items() if PARTS[part] == field}
        record[field] = made({name: found for name, found in said.items() if found}, field)
    return record


def unpacked(record: Record) -> Record:
    """The record with the lists that its cells hold as text as lists, or the same object where there is none.

    What only looks like a list stays text.
    """
    lists = {field: items for field in LIST_FIELDS & record.keys() if (items := _list_in(record[field])) is not None}
    return record | lists if lists else record


def _list_in(cell: object) -> list[Any] | None:
    items = written_value(cell, "[")
    return items if isinstance(items, list) else None


class _Known(ast.NodeTransformer):
    """Nothing in place of `nan`, which pandas has where nothing is known and which is no literal of Python."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Constant(None) if node.id == "nan" else node


def written_value(cell: object, opening: str) -> Any:
    """The list ("[") or object ("{") that a cell holds as text, in JSON or as Python or numpy write it, or None.

    A frame of lists that is saved as CSV has them as "['Ann Lee', 'Bo Ek']", one of arrays without the commas.
    """
    if not isinstance(cell, str) or not cell.lstrip().startswith(opening):
        return None
    try:
        return decode(cell.encode("utf-8", "replace"))
    except RowError:
        pass
    try:
        written = ast.parse(_BETWEEN_ITEMS.sub(", ", cell.strip()), mode="eval")
        return ast.literal_eval(_Known().visit(written) if "nan" in cell else written)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def may_hold_objects(cell: object) -> bool:
    """Whether a cell is an object or a list of more than texts, or a text that begins as such a one does."""
    if isinstance(cell, str):
        return cell.startswith(_OBJECTS)
    return isinstance(cell, dict) or (isinstance(cell, list) and not all(isinstance(item, str) for item in cell))


def unwritten(cell: object) -> object:
    """The object or the list that a cell holds as text, any other cell as it is."""
    found = written_value(cell, cell[0]) if isinstance(cell, str) and cell.startswith(("[", "{")) else None
    return cell if found is None else found


def fields_named(names: Iterable[str]) -> dict[str, str]:
    """Those of the names that mean a field of a record, and which."""
    return {name: field[0] for name in names if (field := field_of(name))}


Meanings = Callable[[Iterable[str]], Mapping[str, str]]  # names of columns: those that mean a field, and which


@dataclass(frozen=True)
class Marks:
    """One way to say which record a column is of: a prefix or a suffix for each of the two."""

    marks: tuple[str, str, str, str]  # left prefix, left suffix, right prefix, right suffix

    def side(self, column: str) -> tuple[int, str] | None:
        """0 or 1 for the left or the right record and the column's name without the mark, or None."""
        lower = column.lower().translate(_SPACING)
        for side in (1, 0):  # the right one is told first: any column may be the left one's where it has no mark
            prefix, suffix = self.marks[2 * side : 2 * side + 2]
            if lower.startswith(prefix) and lower.endswith(suffix) and len(column) > len(prefix) + len(suffix):
                return side, column[len(prefix) : len(column) - len(suffix)]
        return None

    def fields(self, columns: Iterable[str], meanings: Meanings = fields_named) -> set[str]:
        """The fields of a record that both sides have."""
        marked = [found for column in columns if (found := self.side(column))]
        meant = meanings({name for _, name in marked})
        left, right = ({meant[name] for side, name in marked if side == of and name in meant} for of in (0, 1))
        return left & right


def marks_of(columns: Iterable[str], meanings: Meanings = fields_named) -> tuple[Marks, set[str]] | None:
    """The marks that pair most fields of these columns, and those fields; None where no field is on both sides."""
    columns = list(columns)
    tried = map(Marks, (*MARKS, KEPT, *_worded(columns)))
    best = max(((marks, marks.fields(columns, meanings)) for marks in tried), key=lambda found: len(found[1]))
    return best if best[1] else None


def _worded(columns: list[str]) -> Iterable[tuple[str, str, str, str]]:
    """Marks with a word for what a record is: those of "paper1_title" are "paper1_" and "paper2_"."""
    found: dict[tuple[str, str, str, str], None] = {}
    for column in columns:
        lower = column.lower().translate(_SPACING)
        if match := _WORD_BEFORE.match(lower):
            found[f"{match[1]}{match[2]}_", "", f"{match[1]}{_OTHERS[match[2]]}_", ""] = None
        if match := _WORD_BEHIND.search(lower):
            found["", f"_{match[1]}{match[2]}", "", f"_{match[1]}{_OTHERS[match[2]]}"] = None
    return found


def documents_among(columns: Iterable[str]) -> tuple[str, str] | None:
    """Two columns that may hold a record each, as they are called by a mark alone: left and right, paper_a and paper_b.

    None where there are no such columns. A word for a record stands before the mark, as in record_1.
    """
    given = {column.lower().translate(_SPACING): column for column in columns}
    for marks in (*MARKS, *_worded([f"{name}_" for name in given])):
        left, right = ("".join(marks[side : side + 2]).strip("_") for side in (0, 2))
        if left in given and right in given:
            return given[left], given[right]
    return None


def _holds_record(cell: object, meanings: Meanings) -> bool:
    """Whether a cell is an object that has a field of a record, or the text of one."""
    found = unwritten(cell) if isinstance(cell, str) else cell
    return isinstance(found, dict) and bool(meanings(name for name in found if isinstance(name, str)))


class Pairing(NamedTuple):
    """How columns hold the two records of a row: whole, in two `documents`, or by `marks`, two columns a field or ids.

    `ids` are the columns that name the left and the right record.
    """

    marks: Marks | None
    ids: tuple[str, str] | None = None
    documents: tuple[str, str] = DOCUMENTS


def pairing_of(columns: Collection[str], meanings: Meanings = fields_named) -> Pairing | None:
    """How these columns hold two records a row, or None where they hold no pair.

    With the cells of a row, a mapping, whole records are found under other names than doc_1 and doc_2, too.
    """
    if set(DOCUMENTS) <= set(columns):
        return Pairing(None)
    marks, fields = marks_of(columns, meanings) or (Marks(KEPT), set())
    content = set() if marks.marks == KEPT else fields - WITHOUT_CONTENT  # titles are there to be read by people
    # Where one title stands for the row, author_1 and author_2 are authors of one record, or tell who has two ids.
    if content and not (content == {"authors"} and any(map(is_title, columns))):
        return Pairing(marks)
    if isinstance(columns, Mapping) and (
        documents := documents_among(name for name, cell in columns.items() if _holds_record(cell, meanings))
    ):
        return Pairing(None, documents=documents)
    return Pairing(marks, _id_columns(marks, columns)) if "id" in fields else None


def _id_columns(marks: Marks, columns: Iterable[str]) -> tuple[str, str]:
    found: dict[int, str] = {}
    ranks: dict[int, int] = {}
    for column in columns:
        side = marks.side(column)
        named = field_of(side[1]) if side else None
        if side and named and named[0] == "id" and named[1] < ranks.get(side[0], named[1] + 1):
            found[side[0]], ranks[side[0]] = column, named[1]
    return found[0], found[1]
