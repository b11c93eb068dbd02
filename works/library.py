"""The library's `papertwin.dedupe`: records as Python or pandas has them in, works out."""

import os
import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, overload

import numpy as np

from papertwin.data.conventions import WORK
from papertwin.data.errors import InputError
from papertwin.data.exports.columns import columns_of, has_our_names, names_of, record_of_columns
from papertwin.data.exports.interface_records import as_record_of_interface
from papertwin.data.files.rows import Row, RowError, RowFile, decode, encode, holds_half
from papertwin.data.frames import file_of_frame, is_frame, names_of_frame, rows_of_frame, without_pandas
from papertwin.data.records import IN_COLUMNS, IN_KEYS, no_fields
from papertwin.data.wording import counted
from papertwin.models import Model, load
from papertwin.works.doubtful import COLUMNS
from papertwin.works.finding import Request, find_works
from papertwin.works.intake import Source, Taken
from papertwin.works.merging import KEEP
from papertwin.works.outcome import Outcome
from papertwin.works.remarks import of_convention, of_ids, remarks
from papertwin.works.shelf import Shelf

if TYPE_CHECKING:
    from pandas import DataFrame

    Labelled = str | os.PathLike[str] | DataFrame

NAME = "records"  # the file of each version
WORKS = "against"
LABELS = "the frame of labels"
FORM = "table"  # under which a record keeps what its fields do not say of a row
Record = Mapping[str, Any]  # title, authors, doi ...
Work = dict[str, Any]  # a record's fields, `id`, `convention`, `sources` (field: record) and `versions` (records)
Doubtful = dict[str, Any]  # `doc_1`, `doc_2`, `duplicate_probability`, `convention`, `note` ...


class Options(TypedDict, total=False):
    """What may be said of how works are found."""

    against: "str | os.PathLike[str] | DataFrame | Iterable[Work] | None"
    model: Model | str | os.PathLike[str] | None
    threshold: float | None
    keep: str
    labels: "Labelled | Sequence[Labelled]"
    jobs: int


@overload
def dedupe(
    records: "DataFrame", *, return_doubtful: Literal[False] = False, **options: Unpack[Options]
) -> "DataFrame": ...
@overload
def dedupe(
    records: "DataFrame", *, return_doubtful: Literal[True], **options: Unpack[Options]
) -> "tuple[DataFrame, DataFrame]": ...
@overload
def dedupe(
    records: Iterable[Record], *, return_doubtful: Literal[False] = False, **options: Unpack[Options]
) -> list[Work]: ...
@overload
def dedupe(
    records: Iterable[Record], *, return_doubtful: Literal[True], **options: Unpack[Options]
) -> tuple[list[Work], list[Doubtful]]: ...
def dedupe(  # noqa: PLR0913  # all but the records are options, given by name
    records: Any,
    *,
    against: "str | os.PathLike[str] | DataFrame | Iterable[Work] | None" = None,
    model: Model | str | os.PathLike[str] | None = None,
    threshold: float | None = None,
    keep: str = "published",
    labels: "Labelled | Sequence[Labelled]" = (),
    jobs: int = 1,
    return_doubtful: bool = False,
) -> Any:
    """Each work once, with its versions: a list of records (dict) -> a list of works (dict), a frame -> a frame.

    A work has the fields of its kept record, chosen by `keep` (published, preprint, first or most-complete, of
    equals the one that says more), filled from the others, the `convention` that it was counted by, and `versions`:
    every record whole, with its `position` from 1; `sources` says which record each field came from. `against` are the
    works of an earlier call, or their file, that the records are added to: the result is all works, and `new` says
    which of them hold no earlier record. `model` may be one that `papertwin.load` has returned, which saves loading it
    at every call; it is "work" unless it is given, or the model of the convention of `against`. `labels` is a file of
    labelled cases, a frame as such a file has it (`doc_1`, `doc_2` or `id_1`, `id_2`, and `label`), or a list of these.
    With `return_doubtful` the result is (works, doubtful): the doubtful pairs in the same form, the most doubtful
    first, as cases with `doc_1`, `doc_2`, `duplicate_probability` (0 to 1) and a `note` where they were merged; without
    it merged ones are a warning. So are labels that are not followed, records whose id another work has too, which are
    named `records:<position>`, those without content and id, which are in no work, those with what is no character,
    and works of an earlier call among the records, where they count as one record each.
    Raises InputError for anything else than records, and for a rule, labels or a number of jobs that are none.
    """
    if not isinstance(keep, str) or keep not in KEEP:
        raise InputError(f"there is no rule {keep!r}: keep is one of {', '.join(KEEP)}")
    if not isinstance(jobs, (int, np.integer)) or isinstance(jobs, bool) or jobs < 1:
        raise InputError(f"jobs is how many processes share the work, a whole number from 1 on, not {jobs!r}")
    labelled, added = _labelled(labels), against is not None
    given = model if isinstance(model, Model) or model is None else load(model)
    broken: list[int] = []
    rows = RowFile(NAME, "record", _rows(records, broken))
    if is_frame(records):
        columns = names_of_frame(records)
        rows.columns = columns_of(columns, names_of(tuple(columns), FORM))
    with tempfile.TemporaryDirectory(prefix="papertwin-") as folder:
        shelf = Shelf(Path(folder))
        request = Request([rows], lambda taken: _model(given, taken, threshold), int(jobs), _works(against), labelled)
        found = find_works(request, shelf)
        outcome = Outcome(shelf, found, keep)
        works, doubtful = ([decode(one) for one in rows] for rows in (outcome.works(added), outcome.doubtful()))
        counts = outcome.counts()
        told = [
            *of_convention(found.taken, found.comparer.model, WORKS, "model="),
            *of_ids(outcome),
            *(remark for remark in remarks(found, outcome, WORKS) if remark.warns),
        ]
    for remark in told:
        warnings.warn(remark.text, stacklevel=2)
    if rejects := [reject for those in found.taken.rejects.values() for reject in those]:
        warnings.warn(f"{counted(len(rejects), 'record')} without content and id left out", stacklevel=2)
    if broken:
        others = f" and {counted(len(broken) - 1, 'other')}" if len(broken) > 1 else ""
        said = (
            f"record {broken[0]}{others}: half of a surrogate pair is no character, and is a question mark in the works"
        )
        warnings.warn(said, stacklevel=2)
    if is_frame(records):
        filled = (works, outcome.columns(added)), (doubtful, COLUMNS)
        works, doubtful = (type(records)(rows, columns=None if rows else columns) for rows, columns in filled)
    if return_doubtful:
        return works, doubtful
    if counts.doubtful_merged:
        warnings.warn(
            f"doubtful pairs: {counts.doubtful_merged:,} merged, {counts.doubtful - counts.doubtful_merged:,} kept "
            "apart: return_doubtful=True gives them, for a person to decide",
            stacklevel=2,
        )
    return works


def _model(given: Model | None, taken: Taken, threshold: float | None) -> Model:
    """The model that was given, else that of the existing works, with one threshold where that is asked for."""
    return (given or load(taken.convention or WORK)).at(threshold)


def _works(against: Any) -> Source | None:
    """The existing works; raises InputError for what is none."""
    if against is None or isinstance(against, (str, os.PathLike)):
        return None if against is None else Path(against)
    if isinstance(against, (bytes, Mapping)) or not (is_frame(against) or isinstance(against, Iterable)):
        raise InputError(
            f"against are works of an earlier call, or the path of their file, not {type(against).__name__}"
        )
    return RowFile(WORKS, "work", _rows(against, []))


def _labelled(labels: Any) -> list[Source]:
    """The files and frames of labels; raises InputError for what is none."""
    given = [labels] if isinstance(labels, (str, bytes)) or is_frame(labels) else labels
    given = () if given is None else given if isinstance(given, Sequence) else [given]
    for one in given:
        if not isinstance(one, (str, os.PathLike)) and not is_frame(one):
            raise InputError(
                "labels are the path of a file of labelled cases, a frame of such, or a list of these, not "
                f"{type(one).__name__}"
            )
    return [file_of_frame(one, LABELS) if is_frame(one) else Path(one) for one in given]


def _rows(records: Any, broken: list[int]) -> Iterator[Row]:
    """The records as rows; the numbers of those that hold what is no character are added to `broken`."""
    for place, record in enumerate(_dicts(records), 1):
        raw = encode(record)
        if holds_half(raw):
            broken.append(place - 1)
        yield Row(place, raw)


def _dicts(records: Any) -> Iterator[Mapping[str, Any]]:
    """The records under the names that those of files get; raises InputError after the last if none has any field."""
    first: Mapping[str, Any] = {}
    understood = False
    in_table = is_frame(records)
    for given in rows_of_frame(records) if in_table else _given(records):
        record = as_record_of_interface(given, in_table)
        first = first or given
        understood = understood or record is not None or bool(names_of(tuple(given), FORM).names)
        if record is not None:
            yield record
        else:
            yield given if has_our_names(tuple(given)) else record_of_columns(given, FORM)
    if first and not understood:
        raise no_fields("the records", first, IN_COLUMNS if in_table else IN_KEYS)


def _given(records: Any) -> Iterator[dict[str, Any]]:
    """Each record of a list; raises InputError for what is none."""
    if isinstance(records, (str, bytes, Mapping)) or not isinstance(records, Iterable):
        raise InputError(f"records are a list of dict or a frame, not {type(records).__name__}")
    for number, record in enumerate(records):
        if not isinstance(record, Mapping):
            raise InputError(f"record {number}: a dict is expected, not {type(record).__name__}")
        try:
            yield without_pandas(record)
        except RowError as error:
            raise InputError(f"record {number}: {error}") from None
