"""Evidence: two records beside each other, what they lack, and how values are put into words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from papertwin.data.columns.column import Records
from papertwin.data.fields import Prepared

AGAINST, NEUTRAL, FOR = -1, 0, 1
SHOWN = 60  # characters of a value that is quoted


class Fact(NamedTuple):
    """What is true of a pair, which way it leans, and whether the two records contradict each other in it."""

    text: str
    leaning: int = NEUTRAL
    conflict: bool = False


Facts = Iterator[Fact]


class Values(dict[str, list[Any]]):
    """Columns of prepared records as lists, made as they are asked for: None where missing; and the records."""

    def __init__(self, prepared: Prepared, records: Records) -> None:
        super().__init__()
        self._prepared, self.records = prepared, records

    def __missing__(self, field: str) -> list[Any]:
        # NaN, the missing number, is unlike itself.
        self[field] = values = [value if value == value else None for value in self._prepared.values(field).tolist()]  # noqa: PLR0124
        return values


@dataclass(slots=True)
class Pair:
    """Two rows of prepared records."""

    values: Values
    left: int
    right: int

    def both(self, field: str) -> tuple[Any, Any]:
        """The field's values in both records: text, number or other value; None where missing."""
        column = self.values[field]
        return column[self.left], column[self.right]

    def given(self, field: str) -> tuple[object, object]:
        """The field as both records give it."""
        left, right = self.records()
        return left.get(field), right.get(field)

    def records(self) -> tuple[Mapping[str, object], Mapping[str, object]]:
        """Both records as they are given."""
        return self.values.records[self.left], self.values.records[self.right]

    def differ(self, field: str) -> bool:
        """Whether both records have the field, and not the same."""
        a, b = self.both(field)
        return a is not None and b is not None and a != b

    def lacking(self, fields: tuple[str, ...]) -> int:
        """How many of the two records have none of the fields."""
        columns = [self.values[field] for field in fields]
        return sum(all(column[row] is None for column in columns) for row in (self.left, self.right))


# --- what is missing ------------------------------------------------------------------------------------------------

# What a record of a group may lack, as is said where it gives nothing and where what it gives cannot be compared;
# the fields that it gives, and those that are compared.
EVIDENCE: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "title": ("a title", "a usable title", ("title",), ("folded_title",)),
    "authors": ("named authors", "named authors", ("authors",), ("authors",)),
    "date": ("a year", "a year", ("year",), ("year",)),
    "identifiers": (
        "an identifier",
        "a usable identifier",
        ("doi", "preprint_id", "pubmed", "pmc", "registrations", "catalogues", "isbns", "urls"),
        ("work_doi", "preprint_id", "pubmed", "pmc", "registrations", "catalogues", "isbns", "urls"),
    ),
    "abstract": ("an abstract", "a usable abstract", ("abstract",), ("abstract_folded",)),
    "venue": (
        "a journal, volume or pages",
        "a usable journal, volume or pages",
        ("journal", "volume", "number", "pages"),
        ("venue", "volume_number", "issue_number", "first_page"),
    ),
}


def lacking(pair: Pair, group: str) -> int:
    """On how many of the two sides nothing of the group can be compared."""
    return pair.lacking(EVIDENCE[group][3])


def noun(pair: Pair, group: str) -> str:
    """What the sides of which the group is missing lack: "an abstract", or "a usable abstract" if there is one."""
    nothing, unusable, given, compared = EVIDENCE[group]
    return nothing if pair.lacking(given) == pair.lacking(compared) else unusable


# --- words ----------------------------------------------------------------------------------------------------------


def cut(text: str) -> str:
    """The beginning of a long text, as is shown of a value."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"


def quoted(text: str) -> str:
    """The same in quotes."""
    return f"'{cut(text)}'"
