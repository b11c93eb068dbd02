"""Labels: what the row of a pair says was decided on it, under whatever name and in whatever words."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from papertwin.data.files.layouts import DECISION
from papertwin.data.values.text import known, without_signs

_OWN_COLUMNS = (DECISION, "label", "duplicate", "is_duplicate")
# The first that says something is a row's label; a column may write them as a record's fields may be written. Beside
# one of our own names the others are something else: what another tool has found.
LABEL_COLUMNS = (*_OWN_COLUMNS, "match", "is_match", "gold", "gold_label")
BY_CONVENTION = "decisions"  # a column that holds a label for each convention
_LABELS = {
    "duplicates": True, "duplicate": True, "1": True, "1.0": True, "true": True, "yes": True, "y": True,
    "match": True, "same": True, "dup": True, "dups": True,
    "not duplicates": False, "not duplicate": False, "not a duplicate": False, "distinct": False,
    "non duplicates": False, "non duplicate": False, "not dup": False, "non dup": False,
    "0": False, "0.0": False, "false": False,
    "no": False, "n": False, "no match": False, "non match": False, "different": False,
    "unsure": None, "not sure": None, "maybe": None, "dont know": None, "?": None,
}  # fmt: skip
_RANKS = {without_signs(name): rank for rank, name in enumerate(LABEL_COLUMNS)}
_OWN = frozenset(map(without_signs, _OWN_COLUMNS))
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")  # within "non-match", not in "-1"
_APOSTROPHES = str.maketrans("", "", "'\u2019")


def read_label(value: object) -> bool | None:
    """True for a duplicate, False for distinct, None for no label; raises ValueError for anything else.

    Labels are DUPLICATES or NOT DUPLICATES, duplicate or distinct, match or no match, same or different, dup, not dup,
    1 or 0, true or false, in any case; null, "unsure", "maybe", "don't know" and the spellings of nothing are no label.
    """
    text = known(value)
    if text is None:
        return None
    try:
        return _LABELS[_folded(text)]
    except KeyError:
        raise ValueError(
            f"{text!r} is no label: write DUPLICATES or NOT DUPLICATES (also yes or no, 1 or 0), or leave it empty"
        ) from None


def _folded(label: object) -> str:
    return " ".join(_HYPHEN.sub(" ", str(label).casefold().translate(_APOSTROPHES).replace("_", " ")).split())


def label_columns(columns: Iterable[str]) -> list[str]:
    """Those of a row's columns that hold labels, the first to ask first: case, spaces and signs do not count."""
    ranked = {column: name for column in columns if (name := without_signs(column)) in _RANKS}
    own = {column: name for column, name in ranked.items() if name in _OWN}
    return sorted(own or ranked, key=lambda column: _RANKS[ranked[column]])


def label_of(row: Mapping[str, Any], convention: str = "work") -> bool | None:
    """The label of a row, as `read_label` has it: that of the first of LABEL_COLUMNS that says something.

    "Decision" and "Is Duplicate" are such columns as well. A row with a label for each convention has that of
    `convention`. Raises ValueError for a label that is none, and for two columns that contradict each other.
    """
    by_convention = row.get(BY_CONVENTION)
    if isinstance(by_convention, dict):
        return read_label(by_convention.get(convention))
    told = [column for column in label_columns(row) if known(row[column]) is not None]
    if not told:
        return None
    first, *others = told
    label = read_label(row[first])
    for column in others:  # which may be something else: a column of that name is no label for being there
        if label is not None and _LABELS.get(_folded(row[column])) is (not label):
            raise ValueError(f"{first} says {row[first]!r}, but {column} says {row[column]!r}: take one of them out")
    return label
