"""JSON as rows: an object a line, or documents such as {"cases": [...]} of any size, read piece by piece."""

import io
import json
import re
from collections.abc import Collection, Generator, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from papertwin.data.errors import InputError
from papertwin.data.files.field_names import field_of
from papertwin.data.files.json_objects import (
    COUNTED,
    LIST_KEYS,
    WRAPPERS,
    are_records_by_id,
    are_rows,
    has_none,
    is_document,
    is_frame,
    is_page,
    is_pair,
    is_record,
    listed,
    without_envelope,
)
from papertwin.data.files.layouts import DOCUMENTS
from papertwin.data.files.rows import Row, RowError, decode, encode
from papertwin.data.files.streams import CHUNK, Note

_OF_PAIRS = frozenset({"cases", "pairs"})  # lists that no interface has
_SPACE = re.compile(r"[ \t\r\n]*")
_SPARE = 16  # an error this near to the end of what was read may be gone when more is read


def is_lines(head: bytes, named_so: bool, keys: Collection[str]) -> bool:
    """Whether JSON text is an object a line, by its beginning; damaged lines are given to a file that is named so."""
    lines = [line for line in head.splitlines()[:50] if line.strip()]
    if named_so and keys == LIST_KEYS and lines and is_pair(_value(lines[0])):
        return True
    first = _object(lines[0]) if lines else None
    document = bool(_opening(tuple(keys)).match(head)) if first is None else is_document(first, keys)
    if document or named_so:
        return not document
    objects = [value for value in map(_object, lines) if value is not None and not is_document(value, keys)]
    return len(objects) * 2 >= len(lines)


@lru_cache(maxsize=8)
def _opening(keys: tuple[str, ...]) -> re.Pattern[bytes]:
    """How a document begins that holds its rows under one of these keys."""
    return re.compile(rb'\s*(?:\[|\{\s*"(?:%s)"\s*:)' % "|".join(keys).encode())


def _object(line: bytes) -> dict[str, Any] | None:
    return value if isinstance(value := _value(line), dict) else None


def _value(raw: bytes) -> Any:
    """What JSON text says, None where it cannot be read."""
    try:
        return decode(raw)
    except RowError:
        return None


def json_lines(stream: io.BufferedReader, keys: Collection[str] = LIST_KEYS) -> Iterator[Row]:
    """A row a line, unread; blank lines are counted and skipped. Where pairs are looked for, a list may be one."""
    for number, line in enumerate(stream, 1):
        if raw := line.strip():
            yield Row(number, _paired(raw) if raw.startswith(b"[") and keys == LIST_KEYS else raw)


def _paired(raw: bytes) -> bytes:
    """Two records in a list as a case, anything else as it is."""
    return encode(dict(zip(DOCUMENTS, pair, strict=True))) if is_pair(pair := _value(raw)) else raw


def json_documents(
    stream: io.BufferedReader, name: str, note: Note, keys: Collection[str] = LIST_KEYS
) -> Iterator[Row]:
    """The items of the top-level list, or of the list under one of `keys`; other objects, and the rows of a frame.

    A list of such documents, as one makes of an interface's pages, holds the rows of each. But for a frame and a page,
    only as much as one item and one chunk is held at a time. Raises InputError, with the line, where the text is not
    JSON: what follows a broken item in a document cannot be told.
    """
    text = _Text(stream, name)
    beside: dict[str, Any] = {}
    place = 0
    while text.peek():
        if text.peek() not in "[{":
            raise text.wrong("a list or an object is expected")
        told = set(beside)
        for raw in _rows_of_list(text, name, keys, beside) if text.peek() == "[" else _rows_of(text, keys, beside):
            place += 1
            yield Row(place, raw)
        if new := [key for key in beside if key not in told]:
            note(f"{name}: beside its rows the file holds {', '.join(new)}: left out")


def _rows_of_list(text: "_Text", name: str, keys: Collection[str], beside: dict[str, Any]) -> Iterator[bytes]:
    """The items of the list that begins here, or the rows of each where the first is a page: what it is, all are.

    Where pairs are looked for, two records in a list are one.
    """
    items = text.items()
    if (first := next(items, None)) is None:
        return
    raws = chain([first], items)
    if keys == LIST_KEYS and is_pair(_value(first)):
        yield from map(_paired, raws)
        return
    if not is_page(_value(first), keys):
        yield from raws
        return
    for raw in raws:
        page = _Text(io.BytesIO(raw), name)
        if raw.startswith(b"["):
            yield from page.items()
        elif raw.startswith(b"{"):
            yield from _rows_of(page, keys, beside)
        else:
            yield raw


def _rows_of(text: "_Text", keys: Collection[str], beside: dict[str, Any]) -> Iterator[bytes]:
    """The rows that an object holds, or the object itself."""
    row = yield from _rows_of_object(text, keys, beside)
    if row is None:
        return
    if key := listed(row, keys):
        yield from map(encode, row.pop(key))
        beside.update(without_envelope(row))
    elif are_records_by_id(row, keys):
        for number, record in row.items():
            fields = {field[0] for key in record or () if (field := field_of(key))}
            yield encode(record if record is None or fields & {"id", "doi"} else {"id": number} | record)
    else:
        yield from _rows_in(row)


def _rows_in(row: Mapping[str, Any]) -> Iterator[bytes]:
    """The rows of a frame, or of an object that has them by the numbers in its list, as PubMed's; or the row itself.

    A feed with no list of rows has one, which is not in a list, or none, and so has an answer that counts none.
    """
    numbers = row.get("uids")
    if has_none(row):
        return
    if is_frame(row):
        for number in next(iter(row.values())):
            yield encode({column: cells[number] for column, cells in row.items()})
    elif isinstance(numbers, list) and row.keys() == {"uids", *map(str, numbers)}:
        yield from (encode(row[str(number)]) for number in numbers)
    elif COUNTED in row or row.keys() == {"entry"}:
        yield from [encode(row["entry"])] if "entry" in row else []
    else:
        yield encode(row)


def _rows_of_object(
    text: "_Text", keys: Collection[str], beside: dict[str, Any]
) -> Generator[bytes, None, dict[str, Any] | None]:
    """The rows under one of the keys, what stands beside them going to `beside`; returns the object if it is a row.

    What the keys behind a list would say of it is not waited for: the rows of a large file are read one by one.
    """
    found, wrapped, ours = False, "", False
    rest: dict[str, Any] = {}
    for key in text.members():
        if key in keys and text.peek() == "[":
            items = text.items()
            first = next(items, None)
            if are_rows(key, None if first is None else decode(first), rest):
                found, ours = True, key in _OF_PAIRS
                yield from chain([] if first is None else [first], items)
            else:
                rest[key] = [decode(item) for item in chain([] if first is None else [first], items)]
        elif key in WRAPPERS and key in keys and text.peek() == "{" and not is_record(rest):
            inner = yield from _rows_of_object(text, keys, beside)
            if inner is None:
                found = True
            else:
                rest[key], wrapped = inner, key
        else:
            rest[key] = text.value()
    if not found and (not wrapped or is_record(rest)):
        return rest
    if not found:
        yield from _rows_in(rest.pop(wrapped))
    beside.update(rest if ours else without_envelope(rest))
    return None


class _Text:
    """JSON text read from a stream, a value at a time, through a sliding buffer."""

    def __init__(self, stream: io.BufferedReader | io.BytesIO, name: str) -> None:
        self._text = io.TextIOWrapper(stream, "utf-8", newline="")
        self._name = name
        self._decoder = json.JSONDecoder()
        self._buffer = ""
        self._place = 0  # in the buffer
        self._lines = 1  # up to the buffer's beginning
        self._ended = False

    def peek(self) -> str:
        """The next character that is no space, or "" at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._place)
            assert match is not None  # it may be empty
            self._place = match.end()
            if self._place < len(self._buffer) or not self._more():
                return self._buffer[self._place : self._place + 1]

    def items(self) -> Iterator[bytes]:
        """The items of the list that begins here, each as it is written."""
        self._take("[")
        if self.peek() == "]":
            self._place += 1
            return
        while True:
            yield self._raw()[1].encode("utf-8", "replace")
            if self._take(",]") == "]":
                return

    def members(self) -> Iterator[str]:
        """The keys of the object that begins here; the caller reads each key's value before the next."""
        self._take("{")
        if self.peek() == "}":
            self._place += 1
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise self.wrong("a key in quotation marks is expected")
            self._take(":")
            yield key
            if self._take(",}") == "}":
                return

    def value(self) -> Any:
        """The value that begins here."""
        return self._raw()[0]

    def wrong(self, reason: str) -> InputError:
        """The error for what stands here."""
        line = self._lines + self._buffer.count("\n", 0, self._place)
        return InputError(
            f"{self._name}, line {line}: not valid JSON ({reason}): repair it, or write one case a line as .jsonl"
        )

    def _take(self, choice: str) -> str:
        char = self.peek()
        if not char or char not in choice:
            expected = " or ".join(choice)
            raise self.wrong(
                f"{expected} is expected, not {char}" if char else f"the file ends where {expected} is expected"
            )
        self._place += 1
        return char

    def _raw(self) -> tuple[Any, str]:
        if not self.peek():
            raise self.wrong("the file ends in the middle")
        size = CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._place)
            except json.JSONDecodeError as error:
                unfinished = error.pos >= len(self._buffer) - _SPARE or error.msg.startswith(
                    ("Unterminated", "Invalid \\u")
                )
                if not (unfinished and self._more(size)):
                    self._place = error.pos
                    raise self.wrong(error.msg) from error
            except RecursionError as error:
                raise self.wrong("it is nested too deeply") from error
            else:
                # A number at the end of the buffer may go on.
                if end < len(self._buffer) or self._buffer[end - 1] in '}]"' or not self._more():
                    raw, self._place = self._buffer[self._place : end], end
                    return value, raw
            size *= 2  # so that a value of many chunks is not begun many times

    def _more(self, size: int = CHUNK) -> bool:
        if self._ended:
            return False
        self._lines += self._buffer.count("\n", 0, self._place)
        read = self._text.read(size)
        self._buffer = self._buffer[self._place :] + read
        self._place = 0
        self._ended = not read
        return not self._ended
