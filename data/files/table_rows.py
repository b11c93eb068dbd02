"""Tables of text as rows: CSV with any usual delimiter; others are in parquet.py and workbooks.py."""

import csv
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import NamedTuple

from papertwin.data.errors import InputError
from papertwin.data.files.field_names import means_field
from papertwin.data.files.rows import Reject, Row, encode
from papertwin.data.files.sides import pairing_of
from papertwin.data.files.streams import CHUNK, MARKS, Note, as_utf8, open_bytes, quiet
from papertwin.data.wording import counted

_DELIMITERS = {",": "a comma", "\t": "a tab", ";": "a semicolon", "|": "a bar"}
# What Dimensions, Embase and Excel write before the header.
_PREAMBLE = re.compile(r'"?(?:About the data: |SEARCH QUERY"?[,\t;|]|-{10,}\s*$|sep=.\s*$)')
_EMPTY_CELLS = re.compile(r"[\s,;|\"]+")
_SHOWN = 100  # characters of such a remark, which may hold a page of law
_LOOKED_AT = 20  # lines among which a header is looked for behind other remarks
_SURE = 3  # names of columns that are understood, by which it is told
_LONGEST = 100_000  # bytes of a first line that may be a header; a cell may have a little more
UNQUOTED = frozenset({"PT", "TI", "SO"})  # Web of Science's own columns: its table quotes nothing
OVIDS = frozenset({"VN", "DB", "TI"})  # Ovid's: vendor and database, which Web of Science does not name, and title


class Looks(NamedTuple):
    """How a table of text is written: whether a byte-order mark, as Excel wants it, stands first, and its delimiter."""

    marked: bool
    delimiter: str


def looks_of(path: str | Path) -> Looks | None:
    """How the table of text in a file is written; None for what cannot be read twice, as a pipe, or is no text."""
    if not Path(path).is_file():
        return None
    try:
        with open_bytes(path) as source:
            marked = source.peek(3).startswith(MARKS)
            _, _, header = _from_header(as_utf8(source, str(path)), str(path), quiet)
    except InputError:
        return None
    return Looks(marked, delimiter(header))


def is_table(head: bytes) -> bool:
    """Whether a text begins with names of columns that are understood, of records or of pairs, and not as JSON lines.

    Of JSON lines the first may be damaged, and what is left of it may be any words.
    """
    cells = _cells(head[:_LONGEST].splitlines()[0].decode("utf-8", "replace"))
    return b'\n{"' not in head and (any(map(means_field, cells)) or pairing_of(cells) is not None)


class Lines:
    """Lines of text that remembers those read since the last row, for the rejects.

    They have no byte-order marks, which stand in the middle where files were joined.
    """

    def __init__(self, text: Iterable[str]) -> None:
        self._text = text
        self.number = 0
        self.last: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        for marked in self._text:
            line = marked.lstrip("\ufeff")
            self.number += 1
            self.last.append(line)
            yield line
        self.ended = True


def csv_rows(stream: io.BufferedReader, name: str, note: Note) -> tuple[list[str], Iterator[Row | Reject]]:
    """The columns, and the rows as objects of strings; a row with too many or far too few cells is a Reject.

    So is one with text behind a quotation that goes on over lines: it is two rows, of which the first has a mark
    without a partner; and so are the pieces of a row that a line break tears.
    Empty cells behind the last column are none, and spreadsheets leave out empty cells at the end of a row: they are
    read as empty, and such rows are counted to `note`. A remark of a database before the header is told to it, and so
    are empty rows and, in files joined to one, headers: they are left out. A place is the number of the row's first
    line.
    Raises InputError for column names that appear twice.
    """
    lines, source, first = _from_header(stream, name, note)
    char = delimiter(first)
    header = [cell.strip() for cell in next(csv.reader(chain([first], source), delimiter=char), [])]
    if header[-2:] == ["", ""]:  # a spreadsheet that was wider once
        header = header[: max((place for place, cell in enumerate(header, 1) if cell), default=1)]
    check_columns(header, name)
    unquoted = char == "\t" and UNQUOTED.issubset(header)
    cells = csv.reader(source, delimiter=char, quoting=csv.QUOTE_NONE if unquoted else csv.QUOTE_MINIMAL)
    return header, _filled(_csv_rows(lines, cells, char, header, name, note), header, name, note)


def _from_header(stream: io.BufferedReader, name: str, note: Note) -> tuple[Lines, Iterator[str], str]:
    """The lines, those that are left of them, and the one before these, with which the header begins."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))  # abstracts and full texts; 128 KiB is the default
    ahead = re.split(r"\r\n?|\n", stream.peek(CHUNK).decode("utf-8", "ignore"), maxsplit=_LOOKED_AT)[:_LOOKED_AT]
    lines = Lines(io.TextIOWrapper(stream, "utf-8", newline=""))
    source = iter(lines)
    filled = (line for line in source if _EMPTY_CELLS.sub("", line))
    first = next(filled, "")
    while _PREAMBLE.match(first):
        remark = " ".join(next(csv.reader(chain([first], source)), []))  # which may go on over lines
        if re.search(r"\w", remark.removeprefix("sep=")):
            tell_of_remark(remark, name, note)
        first = next(filled, "")
    if before := rows_before_header(_cells(line.lstrip("\ufeff")) for line in ahead[lines.number - 1 :]):
        tell_of_remark(" ".join([first, *islice(source, before - 1)]), name, note)
        first = next(source)
    return lines, source, first


def tell_of_remark(remark: str, name: str, note: Note) -> None:
    """Tell `note` that a remark before the header of a file of this name is left out."""
    note(f"{name}: the text before the header is left out: {' '.join(remark.split()).strip(' ,;')[:_SHOWN]}")


def rows_before_header(ahead: Iterable[list[str]]) -> int:
    """How many of these rows are a remark: all have fewer cells than a header behind them, and no name of a column."""
    widest = 0
    for number, row in enumerate(ahead):
        cells = [cell for cell in row if cell.strip()]
        if OVIDS.issubset(cells):  # behind the name of the database
            return number
        if any(map(means_field, cells)):
            return number if sum(map(means_field, cells)) >= _SURE and len(cells) > widest else 0
        widest = max(widest, len(cells))
    return 0


def _csv_rows(
    lines: Lines, cells_of_rows: Iterator[list[str]], char: str, header: list[str], name: str, note: Note
) -> Iterator["Row | Reject | _Short"]:
    left_out: Counter[str] = Counter()
    lines.last.clear()
    start = lines.number + 1
    try:
        for cells in cells_of_rows:
            if len(cells) > len(header) and not any(cells[len(header) :]):
                del cells[len(header) :]
            if cells and not lines.ended and not any(map(str.strip, cells)):
                left_out["empty row"] += 1
            elif [*map(str.strip, cells)] == header and not lines.ended:
                left_out["repeated header"] += 1
            elif cells:
                reason = _wrong(cells, header, lines, char)
                if reason is None:
                    yield Row(start, encode(dict(zip(header, cells, strict=True))))
                else:
                    reject = Reject(start, reason, "".join(lines.last).rstrip("\r\n"))
                    whole_line = len(lines.last) == 1 and not lines.ended  # no mark has swallowed other lines
                    yield _Short(cells, reject) if whole_line and len(cells) < len(header) else reject
            lines.last.clear()
            start = lines.number + 1
    except csv.Error as error:
        raise InputError(
            f"{name}, line {start}: not valid CSV ({error}): repair the line, or save the file again"
        ) from error
    for what, count in left_out.items():
        note(f"{name}: {counted(count, what)} left out")


class _Short(NamedTuple):
    """A row with fewer cells than the header, and the reject that it is unless it lacks no more than empty cells."""

    cells: list[str]
    reject: Reject


def _filled(rows: Iterable[Row | Reject | _Short], header: list[str], name: str, note: Note) -> Iterator[Row | Reject]:
    """The rows; short ones that lack no more than a spreadsheet leaves out have empty cells for it, others are rejects.

    So are those that may be pieces of one row with that before or behind them.
    """
    count = fullest = 0  # the rows that were filled, and the cells of the longest row so far
    torn = False  # whether the row may be a piece of one with that before it
    for row, behind in pairwise(chain(rows, [None])):
        if isinstance(row, Row):
            fullest, torn = len(header), False
            yield row
            continue
        if isinstance(row, _Short):
            fullest = max(fullest, len(row.cells))
        tears = _are_pieces(row, behind, len(header), fullest)
        if isinstance(row, Reject):
            yield row
        elif row is not None and (torn or tears or not _lacks_empty_cells(row.cells, fullest)):
            yield row.reject
        elif row is not None:
            count += 1
            cells = row.cells + [""] * (len(header) - len(row.cells))
            yield Row(row.reject.place, encode(dict(zip(header, cells, strict=True))))
        torn = tears
    if count:
        note(f"{name}: {counted(count, 'row')} with fewer cells than the header: what is missing is read as empty")


def _are_pieces(row: Reject | _Short | None, behind: Row | Reject | _Short | None, header: int, fullest: int) -> bool:
    """Whether two rows in sequence may be one that a line break tore.

    The torn cell is in both, every other one in one of them; beside a row that cannot be read anything may be a piece.
    Where all rows so far are equally short, the last columns are not used.
    """
    if not (isinstance(row, _Short) and isinstance(behind, _Short)):
        return isinstance(row, Reject) or isinstance(behind, Reject)
    together = len(row.cells) + len(behind.cells) - 1
    return together == header or (together < header and not len(row.cells) == len(behind.cells) == fullest)


def _lacks_empty_cells(cells: list[str], fullest: int) -> bool:
    """Whether a short row may lack no more than empty cells: it has several, half as many as the longest row or more.

    Behind a comma in a sentence is a space, and a line of an abstract is no row.
    """
    return len(cells) > 1 and len(cells) * 2 >= fullest and not any(cell.startswith(" ") for cell in cells[1:])


def _wrong(cells: list[str], header: list[str], lines: Lines, char: str) -> str | None:
    """What is wrong with a row of these cells, if anything; `char` parts them, and its lines are the last ones."""
    count = len(lines.last)
    if len(cells) != len(header):
        reason = f"it has {counted(len(cells), 'cell')}, the header has {len(header):,}"
        if count > 1:
            return f"{reason}, and {_spans(count)}"
        quote = "put quotation marks around a text with {} in it"
        if len(cells) > len(header):
            return f"{reason}: {quote.format(_DELIMITERS[char])}"
        return f"{reason}: add those that are missing, or {quote.format('a line break')}"
    if lines.ended:  # a whole row is read without a look behind it
        return f"a quotation mark in it lacks its partner: all to the end of the file, {count:,} lines, is one row"
    if count > 1 and _goes_astray("".join(lines.last), char):
        return f"text stands behind a closing quotation mark, and {_spans(count)}"
    return None


def _spans(count: int) -> str:
    return f"it spans {count:,} lines: a quotation mark may lack its partner"


def _goes_astray(row: str, char: str) -> bool:
    """Whether a quotation goes on over the end of a line, and text stands behind its closing mark."""
    char = re.escape(char)
    cell = rf'(?:"([^"]*(?:""[^"]*)*)"([^{char}\r\n]*)|[^{char}\r\n]*)(?:{char}|[\r\n]+|$)'
    return any(behind.strip() and re.search(r"[\r\n]", quoted) for quoted, behind in re.findall(cell, row))


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter(line)), [])


def delimiter(header: str) -> str:
    """The delimiter that parts the header into most cells: comma, tab, semicolon or bar."""
    return max(_DELIMITERS, key=lambda char: len(next(csv.reader([header], delimiter=char), [])))


def check_columns(columns: list[str], name: str) -> None:
    """Raises InputError where a column name appears twice, as cells of a row do that stands where a header should."""
    twice = [column or "(no name)" for column, count in Counter(columns).items() if count > 1]
    if twice and not any(map(means_field, columns)) and pairing_of(columns) is None:
        raise InputError(
            f"{name}: the header is missing, or has no name that is known: put one above the first row that calls a "
            "column title, another authors, doi ..."
        )
    if twice:
        raise InputError(f"{name}: the column {twice[0]} appears twice in the header: rename one of them")
