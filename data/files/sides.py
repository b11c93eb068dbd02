"""Sides: which columns of a table belong to which record of the pair."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from papertwin.data.fields import WITHOUT_CONTENT
from papertwin.data.files.cells import unwritten
from papertwin.data.files.field_names import field_of, fields_named, is_title
from papertwin.data.files.layouts import DOCUMENTS

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
_SPACING = str.maketrans(" .-", "___")

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
