"""Cases: pairs with a decision, for training and testing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from papertwin.data.errors import InputError
from papertwin.data.files.layouts import ADDED, DOCUMENTS, Layout
from papertwin.data.files.rows import Record, Reject, Row, RowError, RowFile, decode, encode
from papertwin.data.files.streams import Note, quiet
from papertwin.data.identity import pair_key
from papertwin.data.labels import label_of, read_label
from papertwin.data.pairs import PairFile, RecordsOf, open_pairs
from papertwin.data.shapes import Ids, Nested, shape_of
from papertwin.data.values.text import known
from papertwin.data.wording import counted

if TYPE_CHECKING:
    from pandas import DataFrame

CHALLENGE = Path(__file__).with_name("challenge.jsonl")  # the shipped cases, which no shipped model has learned from
LABELLED_AT = "labelled_at"  # a line of a journal: of one pair the last such line counts
MARKED_UNSURE = "unsure"  # and this, where whoever looked could not say
_NO_LABELS = frozenset({*DOCUMENTS, *ADDED, MARKED_UNSURE})
_NEVER = datetime.min.replace(tzinfo=UTC)
LISTED = 10  # rows that could not be read and are spelled out


@dataclass(frozen=True, slots=True)
class Case:
    """Two records and what was decided on them.

    `label` is True for a duplicate, False for distinct works, None where nobody decided. `place` names the case in
    messages ("cases.json, case 3"), `row` is all that its row holds.
    """

    doc_1: Record
    doc_2: Record
    label: bool | None
    id: str | None
    place: str
    row: Mapping[str, Any]

    def by(self, convention: str) -> "Case":
        """The case with its label by this convention, where its row has one for each. Raises InputError."""
        try:
            label = label_of(self.row, convention)
        except ValueError as error:
            raise InputError(f"{self.place}: {error}") from error
        return self if label is self.label else replace(self, label=label)

    def laid_out(self, layout: Layout, added: Mapping[str, object]) -> bytes:
        """The case as a row of a case file, in a layout of `RowOutput`, with columns added behind its own."""
        raw = encode(self.row)
        shape = shape_of(self.row) or Nested()
        if not isinstance(shape, Ids):
            row = decode(shape.lay_out(raw, "nested"))
        else:
            row = dict(zip(DOCUMENTS, (self.doc_1, self.doc_2), strict=True)) | dict(self.row)
        return Nested().lay_out(encode(row | dict(added)), layout)


class Judged(NamedTuple):
    """A labelled case beside what a model says that has not learned from it: the probability and the decision."""

    case: Case
    probability: float
    decision: str

    @property
    def of_label(self) -> float:
        """The probability, 0 to 1, that the model gives to the case's own label."""
        return self.probability if self.case.label else 1 - self.probability


@dataclass(frozen=True, slots=True)
class Cases(Sequence[Case]):
    """The cases of a file, in order; `rejects` are the rows that could not be read, their places in units of `unit`."""

    name: str
    unit: str
    cases: list[Case] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)

    def __repr__(self) -> str:
        """A line, as a notebook shows it: the records alone would fill pages."""
        rejected = f", {len(self.rejects):,} rejected" if self.rejects else ""
        labelled = sum(case.label is not None for case in self.cases)
        return f"<Cases of {self.name}: {labelled:,} labelled of {len(self):,}{rejected}>"

    def __len__(self) -> int:
        return len(self.cases)

    @overload
    def __getitem__(self, index: int) -> Case: ...
    @overload
    def __getitem__(self, index: slice) -> list[Case]: ...
    def __getitem__(self, index: int | slice) -> Case | list[Case]:
        return self.cases[index]

    def rejections(self) -> list[str]:
        """A sentence for each of the first rows that could not be read, and one for all of them."""
        count = len(self.rejects)
        first = [reject.told(self.name, self.unit) for reject in self.rejects[:LISTED]]
        more = f", {count - LISTED:,} of them not listed here" if count > LISTED else ""
        return [*first, f"{self.name}: {count:,} rejected{more}"] if count else []


def likely_labels(cases: Iterable[Case]) -> dict[str, tuple[object, object]]:
    """The columns that hold labels of both kinds and nothing else, under whatever names: a distinct, a duplicate value.

    The records' columns, and those that predict, evaluate and review add, are not among them.
    """
    rows = [decode(case.laid_out("nested", {})) for case in cases]
    found: dict[str, tuple[object, object]] = {}
    for column in dict.fromkeys(column for row in rows for column in row):
        if column.removesuffix("_other") in _NO_LABELS:
            continue
        values = [row[column] for row in rows if column in row]
        try:
            labels = list(map(read_label, values))
        except ValueError:
            continue
        if {True, False} <= {*labels}:
            found[column] = values[labels.index(False)], values[labels.index(True)]
    return found


def read_cases(
    path: "str | Path | RowFile | DataFrame",
    records: RecordsOf | None = None,
    convention: str = "work",
    note: Note = quiet,
    tell: Note | None = None,
) -> Cases:
    """Read a file of labelled pairs whole, in any form that `open_pairs` knows, or a pandas frame with its columns.

    `convention` chooses among the labels of a file that has one for each ("work" or "record"). A journal, whose lines
    say when they were `labelled_at`, is read as it stands at its end: of the lines on the same two records the last
    counts, and takes a decision back where it has none. (Ids tell nothing: in every file of doubtful pairs they begin
    with 1, and people join files.) A line without a time whose label they contradict is left out, and `note` is told.
    Raises InputError for a file that cannot be read and for a label that is none, naming the row and the value.
    """
    if not isinstance(path, (str, PathLike, RowFile)):
        from papertwin.data.frames import file_of_frame, is_frame  # which knows cases

        if not is_frame(path):
            raise InputError(
                f"the path of a file of labelled pairs, or a frame, is expected, not {type(path).__name__}"
            )
        path = file_of_frame(path, "the frame")
    pairs = open_pairs(path, records, note, tell=tell)
    cases = Cases(pairs.name, pairs.unit)
    for row in pairs.rows:
        if isinstance(row, Reject):
            cases.rejects.append(row)
            continue
        try:
            cases.cases.append(_case(pairs, row, convention))
        except RowError as error:
            cases.rejects.append(row.rejected(error))
        except ValueError as error:
            raise InputError(f"{pairs.place(row.place)}: {error}") from error
    cases.cases[:] = settled([replace(cases, cases=_last_of_each(cases.cases))], note)[0]
    timeless = [case for case in cases if known(case.row.get(LABELLED_AT)) and _labelled_at(case) is None]
    if timeless:
        first, others = timeless[0], " and others" if len(timeless) > 1 else ""
        note(
            f"{first.place}{others}: {LABELLED_AT} is {first.row[LABELLED_AT]!r}, which is no time, such as "
            "2024-05-31T12:00: such a label neither overrules one of another file nor is overruled"
        )
    return cases


def _last_of_each(cases: list[Case]) -> list[Case]:
    """The cases without the lines of a journal that a later line replaces."""
    kept: list[Case] = []
    later: set[object] = set()  # the pairs of the lines behind
    for case in reversed(cases):
        if case.row.get(LABELLED_AT) is not None:
            pair = pair_key(case.doc_1, case.doc_2)
            if pair in later:
                continue
            later.add(pair)
        kept.append(case)
    return kept[::-1]


def settled(files: Sequence[Cases], note: Note) -> list[list[Case]]:
    """The cases of each file, without labels that a later decision on the same two records contradicts.

    `labelled_at` says when a decision was made; one without it counts as earlier than all that have it, so that whoever
    reviews a doubted label need not change the file that holds it. `note` is told how many labels are overruled.
    Labels of equal or of unreadable times stay, even where they contradict each other.
    """
    if not any(LABELLED_AT in case.row for file in files for case in file):
        return [list(file) for file in files]
    latest: dict[object, tuple[datetime, str, bool | None]] = {}  # pair: when, in which file and what was said last
    for file in files:
        for case in file:
            pair, at = pair_key(case.doc_1, case.doc_2), _decided_at(case)
            if at is not None and (pair not in latest or latest[pair][0] < at):
                latest[pair] = at, file.name, case.label
    kept: list[list[Case]] = []
    for file in files:
        overruled: Counter[str] = Counter()
        kept.append([])
        for case in file:
            at, name, label = latest.get(pair_key(case.doc_1, case.doc_2), (_NEVER, "", case.label))
            if case.label in {None, label} or not _earlier(case, at):
                kept[-1].append(case)
            else:
                overruled[name] += 1
        for name, count in overruled.items():
            are = "is" if count == 1 else "are"
            note(f"{counted(count, 'label')} of {file.name} {are} overruled by later decisions in {name}")
    return kept


def once(cases: Sequence[Case]) -> list[Case]:
    """The cases without those that say of the same two records, either way round, what one before them says."""
    first: dict[object, Case] = {}
    for case in cases:
        first.setdefault(said(case), case)
    return list(first.values())


def said(case: Case) -> object:
    """What a case says of which two records, either way round: equal where two cases say the same."""
    return pair_key(case.doc_1, case.doc_2), case.label


def contradictions(cases: Sequence[Case]) -> list[tuple[Case, Case]]:
    """Cases of the same two records, either way round, with two decisions: (the first, the one that contradicts it)."""
    first: dict[tuple[bytes, bytes], Case] = {}
    found = []
    for case in cases:
        before = first.setdefault(pair_key(case.doc_1, case.doc_2), case)
        if before.label != case.label:
            found.append((before, case))
    return found


def _decided_at(case: Case) -> datetime | None:
    """When somebody said what the case is, or that nobody can say; None for a case that says nothing of it."""
    return None if case.label is None and not case.row.get(MARKED_UNSURE) else _labelled_at(case)


def _labelled_at(case: Case) -> datetime | None:
    """What the row says of when it was labelled; None where that is nothing, or no time."""
    try:
        at = datetime.fromisoformat(str(case.row[LABELLED_AT]))
    except (KeyError, ValueError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _earlier(case: Case, time: datetime) -> bool:
    """Whether the case was decided before this time; without a time of its own it was."""
    at = _decided_at(case)
    return known(case.row.get(LABELLED_AT)) is None if at is None else at < time


def _case(pairs: PairFile, row: Row, convention: str) -> Case:
    pair = pairs.shape.pair(row.raw)
    values = decode(row.raw)
    label = label_of(values, convention)
    own_id = values.get("id")
    return Case(*pairs.documents(pair), label, None if own_id is None else str(own_id), pairs.place(row.place), values)
