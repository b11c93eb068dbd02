"""Formats with a tag a line: RIS, PubMed's NBIB, the plain text of Web of Science and Cochrane, and EndNote's own.

One scanner reads all of them, because the libraries for them read a whole file, give no places, and drop a record in
silence where its end is missing, where the tag has one space or where a byte-order mark stands before it.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from papertwin.data.exports.assemble import assemble
from papertwin.data.exports.columns import persons_in_line
from papertwin.data.exports.dialects import BEFORE, BY_START, JOINT, Dialect, begun_by, matched, starts
from papertwin.data.exports.formats import NBIB, RIS
from papertwin.data.files.rows import Record, Reject, Row, encode
from papertwin.data.files.streams import Note

LONGEST_HEADER = 400  # characters before the first record that are told and left out; more may be a record
_COUNTED = re.compile(r"\s*(?:Record #\d+ of \d+|\d{1,7}\.)\s*")  # before the first record: nothing to tell of
_QUALIFIED = re.compile(r"(.*\S) \[(\w+)\]")  # PubMed's "10.1000/1 [doi]"
_JOINED = re.compile(r"(?<=\]) ")  # between several of these


@dataclass(slots=True)
class _Entry:
    """The lines of a record, or (not `started`) lines between records."""

    place: int
    dialect: Dialect
    started: bool
    loose: bool = False
    lines: list[str] = field(default_factory=list)
    values: list[tuple[str, list[str]]] = field(default_factory=list)
    leading: list[str] = field(default_factory=list)  # lines before the first tag

    def add(self, line: str) -> None:
        """The next line: a tag with its value, or more of the value before."""
        self.lines.append(line)
        found = matched(self.dialect.tag, line)
        if found is None and (self.loose or not self.values or self.values[-1][0] not in self.dialect.free):
            found = matched(self.dialect.loose, line)
            if found and not self.loose and found[0] not in self.dialect.names.parts:
                found = None
        if found is not None and found[0] != self.dialect.end:
            self.values.append((found[0], [found[1]]))
        elif self.values:
            self.values[-1][1].append(line)
        else:
            self.leading.append(line)

    def ends(self, line: str) -> bool:
        """Whether a line is the end mark and nothing else: "ER  - positive tumours" is a line of an abstract."""
        if self.dialect.end is None or self.dialect.end not in line[:8]:
            return False
        found = matched(self.dialect.tag, line) or matched(self.dialect.loose, line)
        return found is not None and found[0] == self.dialect.end and not found[1].strip()

    def is_left(self, line: str) -> bool:
        """Whether a line after an empty one seems to be no part of the record, in a format without end marks."""
        return self.dialect.indented and self.started and line[:1].strip() != "" and not self.goes_on(line)

    def goes_on(self, line: str) -> bool:
        """Whether a line shows that the record goes on, by its tag, after lines that seemed to be no part of it."""
        return self.dialect.indented and matched(self.dialect.tag, line) is not None

    def without_last(self, lines: re.Pattern[str]) -> "_Entry | None":
        """The entry without the last lines that match; None where all do."""
        left = len(self.lines)
        while left and lines.fullmatch(self.lines[left - 1]):
            left -= 1
        entry = _Entry(self.place, self.dialect, self.started, self.loose)
        for line in self.lines[:left]:
            entry.add(line)
        return entry if left else None

    def is_record(self) -> bool:
        """Whether it began as a record does, or has a title at least."""
        return self.started or any(
            tag in self.dialect.titles and any(map(str.strip, text)) for tag, text in self.values
        )

    def row(self) -> Row:
        values: dict[str, list[str]] = {}
        for tag, lines in self.values:
            name, items = tag, self._items(tag, lines)
            if items and self.dialect.names is NBIB:
                name, items[0] = _qualified(tag, items[0])
            if items:
                values.setdefault(name, []).extend(items)
        if self.dialect.names is RIS:
            for tag in RIS.names["authors"]:
                if len(values.get(tag, ())) == 1:
                    values[tag] = persons_in_line(values[tag][0])
        return Row(self.place + len(self.leading), encode(assemble(values, self.dialect.names)))

    def reject(self, lines: list[str]) -> Reject:
        return Reject(self.place, "the text stands outside of a record", "\n".join(lines))

    def _items(self, tag: str, lines: list[str]) -> list[str]:
        if len(lines) == 1:
            return [text] if (text := lines[0].strip()) else []
        if tag in self.dialect.lists:
            return [text for line in lines if (text := line.strip())]
        if tag in self.dialect.free:
            text = "\n".join(map(str.rstrip, lines)).strip()
        else:
            text = " ".join(" ".join(lines).split())
        return [text] if text else []


def _qualified(tag: str, text: str) -> tuple[str, str]:
    """A tag of PubMed's with what stands in brackets behind its text: ("LID [doi]", "10.1000/1").

    Those of a text, as in a title that ends in "[corrected]", are its own.
    """
    match = None if tag in NBIB.parts else _QUALIFIED.fullmatch(text)
    return (f"{tag} [{match[2]}]", match[1]) if match else (tag, text)


def record_of_tags(given: Mapping[str, Any]) -> Record:
    """The record in PubMed's tags as Biopython's Medline reads them: each has a text, or a list of texts.

    It joins what `LID` says in several lines.
    """
    values: dict[str, list[str]] = {}
    for tag, held in given.items():
        texts = [str(text).strip() for text in (held if isinstance(held, list) else [held]) if text is not None]
        for text in filter(None, texts):
            for one in _JOINED.split(text) if tag == "LID" else [text]:
                name, said = _qualified(tag, one)
                values.setdefault(name, []).append(said)
    return assemble(values, NBIB)


def tagged_rows(stream: io.BufferedReader, dialect: Dialect, name: str, note: Note) -> Iterator[Row | Reject]:
    """The records, each under the number of its first line.

    A record ends where the next begins, whether its end is marked or not; an end mark behind which neither a record
    nor the end of the file follows was a line of text. Lines between records that are none are a Reject; those before
    the first record, which some programs write, are told to `note`, and so is the want of the last end mark alone.
    Where files of several dialects are joined to one, which begins with `dialect`, each part is read as its own.
    """
    yield from _Scanner(dialect, name, note).rows(_lines(stream))


class _Scanner:
    """Reads the lines of a file one by one, and makes records of them as soon as they have ended."""

    def __init__(self, dialect: Dialect, name: str, note: Note) -> None:
        self._name, self._note = name, note
        self._enter(dialect)

    def _enter(self, dialect: Dialect) -> None:
        """Begin a part in this dialect, of which nothing is known."""
        self._dialect = dialect
        self._entry: _Entry | None = None  # what is being read
        self._ended: _Entry | None = None  # a record that seems to have ended, until it is sure that it has
        self._marks: list[str] = []  # its end mark, and the lines behind it that say nothing
        self._begun = False  # a record was met
        self._endless = False  # a record before the last has no end mark

    def rows(self, lines: Iterable[tuple[int, str]]) -> Iterator[Row | Reject]:
        """The records of these numbered lines, and what is none."""
        for number, line in lines:
            if line[:2] in BY_START and (begun := begun_by(line)) and begun is not self._dialect:
                yield from self._leave()
                self._enter(begun)
            entry = self._entry
            if manner := starts(self._dialect, line):
                yield from self._begin(_Entry(number, self._dialect, started=True, loose=manner == "loose"), line)
            elif entry is None:
                self._between(number, line)
            elif self._dialect.end is None and self._dialect.between.fullmatch(line):
                continue  # behind the last line of a record that has no end mark
            elif entry.ends(line):
                yield from self._end(entry, line)
            elif not entry.lines[-1].strip() and entry.is_left(line):
                self._ended, self._entry = entry, None
                self._between(number, line)
            elif self._ended and self._ended.goes_on(line):
                for more in (*entry.lines, line):
                    self._ended.add(more)
                self._entry, self._ended = self._ended, None
            else:
                entry.add(line)
        yield from self._end_part()

    def _leave(self) -> Iterator[Row | Reject]:
        """The end of a part; what stands before the first record of the next one is no part of the last."""
        if self._entry is not None:
            self._entry = self._entry.without_last(BEFORE)
        yield from self._end_part()

    def _end_part(self) -> Iterator[Row | Reject]:
        """The last records of a part, which is told where the end mark of the last of them is wanting."""
        yield from self._finished(self._ended, self._entry)
        if self._entry is not None and self._entry.started and self._dialect.end is not None and not self._endless:
            place, end = self._entry.place, self._dialect.end
            self._note(f"{self._name}: the last record, in line {place:,}, has no end ({end}): is the file complete?")

    def _begin(self, entry: _Entry, line: str) -> Iterator[Row | Reject]:
        """The first line of a record, with which all before it has ended."""
        yield from self._finished(self._ended, self._entry)
        self._endless |= self._entry is not None and self._entry.started
        self._entry, self._ended, self._begun = entry, None, True
        entry.add(line)

    def _between(self, number: int, line: str) -> None:
        """A line before the first record or behind an end mark: it says nothing, or more lines of its kind follow."""
        words = line.split(maxsplit=1)
        if (self._dialect.between if self._begun else _COUNTED).fullmatch(line):
            self._marks.append(line)
        elif words and words[0] not in self._dialect.furniture and not (self._ended and self._ended.ends(line)):
            loose = self._ended is not None and self._ended.loose
            self._entry = _Entry(number, self._dialect, started=False, loose=loose)
            self._entry.add(line)

    def _end(self, entry: _Entry, line: str) -> Iterator[Row | Reject]:
        """An end mark, with which the record ends, or the lines that were taken for some behind the record."""
        if self._ended is None or entry.is_record():
            yield from self._finished(self._ended)
            self._ended = entry
        else:  # the end mark before was a line of text
            for more in (*self._marks, *entry.lines):
                self._ended.add(more)
        self._entry, self._marks = None, [line]

    def _finished(self, *entries: _Entry | None) -> Iterator[Row | Reject]:
        """The records of entries to which nothing is added any more."""
        for entry in filter(None, entries):
            if entry.is_record():
                if entry.leading:
                    yield entry.reject(entry.leading)
                yield entry.row()
            elif self._begun or len(text := " ".join(entry.lines)) > LONGEST_HEADER:
                yield entry.reject(entry.lines)
            else:
                self._note(f"{self._name}: the text before the first record is left out: {text}")


def _lines(stream: io.BufferedReader) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, without their ends, whichever system's.

    In files joined to one, byte-order marks are left out, and what was two lines is two again.
    """
    for number, line in enumerate(io.TextIOWrapper(stream, "utf-8", "replace"), 1):
        text = line.rstrip("\n").lstrip("\ufeff")
        if "E" in text[:8] and (two := JOINT.fullmatch(text)):
            yield number, two[1]
            text = two[2]
        yield number, text
