"""Pairs as a library's user has them, lists and pandas frames, as two lists of records. Never imports pandas itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from papertwin.data.cases import Case
from papertwin.data.errors import InputError
from papertwin.data.exports.interface_records import as_record_of_any
from papertwin.data.files.layouts import DOCUMENTS
from papertwin.data.files.rows import Record, Row, RowError, RowFile, encode
from papertwin.data.files.streams import Note, quiet, text_of_bytes
from papertwin.data.pairs import remarks_on
from papertwin.data.shapes import Ids, Wide, shape_of
from papertwin.data.wording import some

_MISSING = frozenset({"NAType", "NaTType"})  # the classes of pandas's NA and NaT
_PLAIN = frozenset({str, type(None), float, bool})
DEEPEST = 200  # lists and objects in each other; JSON that is nested more is read by few programs
LONGEST = 14_000  # bits of a whole number; Python writes none of more than 4,300 digits


def as_pairs(pairs: Any, tell: Note = quiet) -> tuple[list[Record], list[Record]]:
    """The left and the right records, in order, of a list of (dict, dict) or of a wide frame (title_1, title_2, ...).

    A case of `papertwin.read_cases` is a pair as well. A frame's columns are told apart as those of a pair file are,
    and `tell` is told of those that say nothing; NaN, NaT and NA are missing. Raises InputError, which names the pair
    or the columns, for anything else.
    """
    if is_frame(pairs):
        return _of_frame(pairs, tell)
    if isinstance(pairs, tuple) and [isinstance(side, Mapping) for side in pairs] == [True, True]:
        raise InputError("pairs are a list of (dict, dict): one pair is a list as well, [(first, second)]")
    if isinstance(pairs, (str, bytes, Mapping)) or not isinstance(pairs, Iterable):
        raise InputError(f"pairs are a list of (dict, dict) or a wide frame, not {type(pairs).__name__}")
    left: list[Record] = []
    right: list[Record] = []
    for number, pair in enumerate(pairs):
        if isinstance(pair, Case):
            pair = pair.doc_1, pair.doc_2  # noqa: PLW2901
        two = isinstance(pair, (tuple, list, np.ndarray)) and [isinstance(side, Mapping) for side in pair]
        if two != [True, True]:
            raise InputError(f"pair {number}: two records are expected, (dict, dict), not {_kind(pair)}")
        try:
            first, second = map(without_pandas, pair)
        except RowError as error:
            raise InputError(f"pair {number}: {error}") from None
        left.append(as_record_of_any(first))
        right.append(as_record_of_any(second))
    return left, right


def _kind(pair: Any) -> str:
    """What was given for a pair, and how it becomes one."""
    if isinstance(pair, (tuple, list)):
        kinds = ", ".join(type(side).__name__ for side in pair)
        return f"({kinds})" + (": to_dict() makes one of a row of a frame" if "Series" in kinds else "")
    is_case = isinstance(pair, Mapping) and pair.keys() >= set(DOCUMENTS)
    return type(pair).__name__ + (f": give its {' and '.join(DOCUMENTS)}" if is_case else "")


def is_frame(value: Any) -> bool:
    """Whether it is a pandas frame; raises InputError for a table of another library."""
    if not hasattr(value, "columns"):
        return False
    if not hasattr(value, "itertuples"):
        kind = f"{type(value).__module__.partition('.')[0]}.{type(value).__name__}"
        raise InputError(f"a {kind} is no pandas frame: convert it, by its to_pandas() if it has one")
    return True


def _of_frame(frame: Any, tell: Note) -> tuple[list[Record], list[Record]]:
    columns = names_of_frame(frame)
    shape = shape_of(next(rows_of_frame(frame.head(1)), columns))  # a row tells more than its columns
    if shape is None or isinstance(shape, Ids):
        raise InputError(
            f"the frame: no pairs in the columns {some(columns) or '(none)'}: expected are title_1 and title_2 and "
            "others by two (also _l and _r, _a and _b), or doc_1 and doc_2; of ids make a list of (dict, dict), and "
            "give records to papertwin.dedupe"
        )
    if isinstance(shape, Wide):
        for remark in remarks_on(shape, columns):
            tell(f"the frame: {remark}; the names that are understood are in docs/formats.md")
    pairs = []
    for number, row in enumerate(rows_of_frame(frame)):
        try:
            pairs.append(shape.pair(encode(row)))
        except RowError as error:
            raise InputError(f"row {number} of the frame: {error}") from None
    return [pair.doc_1 for pair in pairs], [pair.doc_2 for pair in pairs]


def _with_index(frame: Any) -> Any:
    """The frame with its index's levels as columns, but for those without a name and those that are columns already.

    After `set_index("id")` the ids are there and nowhere else.
    """
    names = enumerate(frame.index.names)
    levels = [level for level, name in names if name is not None and name not in frame.columns]
    return frame.reset_index(level=levels, allow_duplicates=True) if levels and frame.columns.nlevels == 1 else frame


def names_of_frame(frame: Any) -> list[str]:
    """The names of a frame's columns, those of its index's levels before them.

    Raises InputError for one that is there twice, of which a row has one value.
    """
    names = [str(column) for column in _with_index(frame).columns]
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise InputError(f"the frame: the column {twice[0]} is there twice: rename one of them, or take it out")
    return names


def rows_of_frame(frame: Any) -> Iterator[dict[str, Any]]:
    """The rows of a frame by their columns' names; NaN, NaT and NA are None."""
    columns = names_of_frame(frame)
    frame = _with_index(frame)
    whole = frame.astype(object).where(frame.notna(), None)
    for number, values in enumerate(whole.itertuples(index=False, name=None)):
        try:
            yield without_pandas(dict(zip(columns, values, strict=True)))
        except RowError as error:
            raise InputError(f"row {number} of the frame: {error}") from None


def file_of_frame(frame: Any, name: str) -> RowFile:
    """The frame as a table that is open already; places are its rows, from 0."""
    rows = (Row(place, encode(row)) for place, row in enumerate(rows_of_frame(frame)))
    return RowFile(name, "row", rows, names_of_frame(frame))


def without_pandas(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The row with texts as names, and without what only Python, numpy and pandas have.

    Their numbers are Python's, arrays, which pandas makes of Parquet's lists, series and sets are lists, frames are
    lists of objects, NA and NaT are None, and bytes are text; so they are in lists and objects. Raises RowError for
    what cannot be written: a value that is nested too deeply, or holds itself, and a number of too many digits.
    """
    return {
        name if isinstance(name, str) else str(name): value if type(value) in _PLAIN else _without_pandas(value)
        for name, value in row.items()
    }


def _without_pandas(value: Any, depth: int = 1) -> Any:
    if depth > DEEPEST:
        raise RowError("a value in it is nested too deeply, or holds itself: leave it out, or give it as text")
    if isinstance(value, int) and value.bit_length() > LONGEST:
        raise RowError("a number in it has thousands of digits: leave it out, or give it as text")
    if isinstance(value, (np.ndarray, np.number, np.bool_)):
        value = value.tolist()
    elif hasattr(value, "columns") and hasattr(value, "to_dict"):
        value = value.to_dict("records")
    elif hasattr(value, "iloc"):
        value = list(value)
    elif isinstance(value, (set, frozenset)):
        value = sorted(value, key=str)
    if type(value) in _PLAIN:
        return value
    if type(value).__name__ in _MISSING:
        return None
    if isinstance(value, bytes):
        return text_of_bytes(value)
    if isinstance(value, (list, tuple)) and not all(type(item) in _PLAIN for item in value):
        return [_without_pandas(item, depth + 1) for item in value]
    if isinstance(value, dict) and not all(type(item) in _PLAIN for item in value.values()):
        return {name: _without_pandas(item, depth + 1) for name, item in value.items()}
    return value
