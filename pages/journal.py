"""The journal: a person's decisions as a case file, each on disk before anybody is told that it is saved.

Lines are only ever added, and of a pair's lines the latest counts; so nothing that was saved can be lost by what comes
later, and an undone decision is a line like any other.
"""

import os
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from papertwin.data.cases import LABELLED_AT, MARKED_UNSURE
from papertwin.data.errors import InputError, OutputError
from papertwin.data.files.atomic import why_unwritten
from papertwin.data.files.field_names import as_record
from papertwin.data.files.layouts import DECISION, DOCUMENTS
from papertwin.data.files.rows import RowError, decode, encode
from papertwin.data.files.streams import Note, quiet
from papertwin.data.forms import JSON_LINES, suffix_of
from papertwin.data.identity import pair_key
from papertwin.data.labels import label_of
from papertwin.models.card import DISTINCT, DUPLICATES
from papertwin.pages.pairs import Key

UNSURE = "UNSURE"  # an answer that is no decision: the person has looked and cannot say
ANSWERS = (DUPLICATES, DISTINCT, UNSURE)
Answer = str | None  # one of ANSWERS; None where nobody has looked, or the look was undone


class Entry(NamedTuple):
    """A line of the journal: a pair by its key, and the answer to it that counts from here on."""

    key: Key
    answer: Answer


class Journal:
    """A case file of decisions, read when it is opened and only added to from then on.

    `entries` are its lines in order. One process at a time may have it open for adding; threads may share it.
    """

    def __init__(self, path: str | Path, labeller: str = "", note: Note = quiet, *, adding: bool = True) -> None:
        """Read the file, if there is one, and open it for adding if that is wanted.

        Raises InputError for a file that is no case file in JSON lines or cannot be read, and with `adding` also for
        one that cannot be written or that another process has open.
        """
        self.path = Path(path)
        self.entries: list[Entry] = []
        self.cases: dict[Key, Mapping[str, Any]] = {}  # the latest line of each pair
        self._answers: dict[Key, list[Answer]] = defaultdict(list)  # of each pair; undoing takes the last away
        self._labeller, self._lock, self._latest = labeller, Lock(), ""
        if suffix_of(path) not in JSON_LINES or self.path.suffix.lower() == ".gz":
            raise InputError(f"{path}: decisions are added as JSON lines: name a file that ends in .jsonl")
        self._file = self._opened() if adding else -1
        try:
            self._torn = self._read(note)
        except BaseException:
            self.close()
            raise

    def _opened(self) -> int:
        """The file, for this process alone."""
        new = not self.path.exists()
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            raise InputError(
                f"{self.path}: cannot be written ({error.strerror}): name another file by --labels"
            ) from error
        try:
            _claim(file, self.path)
            if new:
                _sync_folder(self.path)
        except BaseException:
            os.close(file)
            raise
        return file

    def close(self) -> None:
        """Let go of the file; once it is closed there is nothing more to let go of."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def answer(self, key: Key) -> Answer:
        """The answer to a pair that counts now."""
        answers = self._answers.get(key)
        return answers[-1] if answers else None

    def decide(self, key: Key, case: Mapping[str, Any], answer: str) -> None:
        """Add an answer to the pair; it is on disk when this returns. Raises OutputError, and then nothing changed."""
        with self._lock:
            self._add(key, case, answer, undo=False)

    def undo(self, key: Key, case: Mapping[str, Any]) -> Answer:
        """Take the latest answer to a pair back, by a line that says what counts again, and return that.

        Raises OutputError as `decide` does, and KeyError where there is nothing to undo.
        """
        with self._lock:
            if not self._answers.get(key):
                raise KeyError("there is nothing to undo for this pair")
            before = self._answers[key][-2] if len(self._answers[key]) > 1 else None
            self._add(key, case, before, undo=True)
            return before

    def labelled(self) -> list[Mapping[str, Any]]:
        """The cases that are decided now, as the latest lines have them."""
        with self._lock:
            return [case for key, case in self.cases.items() if self.answer(key) in {DUPLICATES, DISTINCT}]

    def latest(self) -> dict[Key, Answer]:
        """The answers that count now, in the order in which they were given."""
        latest: dict[Key, Answer] = {}
        for entry in self.entries:
            latest.pop(entry.key, None)
            latest[entry.key] = entry.answer
        return {key: answer for key, answer in latest.items() if answer is not None}

    def _add(self, key: Key, case: Mapping[str, Any], answer: Answer, undo: bool) -> None:
        line = {
            **case,
            DECISION: None if answer == UNSURE else answer,
            **({MARKED_UNSURE: True} if answer == UNSURE else {}),
            **({"undo": True} if undo else {}),
            LABELLED_AT: self._now(),
            **({"labeller": self._labeller} if self._labeller else {}),
        }
        self._write(encode(line) + b"\n")
        self._latest = line[LABELLED_AT]
        self._count(key, line)

    def _count(self, key: Key, line: Mapping[str, Any]) -> None:
        """Take account of a line that is on disk."""
        answers = self._answers[key]
        if line.get("undo"):
            del answers[-1:]
        else:
            answers.append(_answer(line))
        self.cases[key] = line
        self.entries.append(Entry(key, answers[-1] if answers else None))

    def _now(self) -> str:
        """The time, later than any before it, even where the clock is set back: the latest line counts."""
        now = datetime.now(UTC)
        with suppress(ValueError, TypeError):
            now = max(now, datetime.fromisoformat(self._latest) + timedelta(microseconds=1))
        return now.isoformat(timespec="microseconds")

    def _write(self, line: bytes) -> None:
        """The line as a whole, through to the disk; what could be written of a line that fails is taken back."""
        end = os.fstat(self._file).st_size
        try:
            rest = memoryview(b"\n" + line if self._torn else line)
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError as error:
            try:
                os.ftruncate(self._file, end)
            except OSError:
                self._torn = True  # the next line begins anew
            raise OutputError(f"{self.path.name}: {why_unwritten(error)}") from error
        self._torn = False

    def _read(self, note: Note) -> bool:
        """Read what is there; True where the last line was cut off."""
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise InputError(
                f"{self.path}: cannot be read ({error.strerror}): name another file by --labels"
            ) from error
        lines = content.split(b"\n")
        unread: list[str] = []
        for place, raw in enumerate(lines, 1):
            where = f"{self.path}, line {place:,}"
            if not raw.strip():
                continue
            try:
                line = decode(raw)
                key = pair_key(*(as_record(line[name]) for name in DOCUMENTS))
                label_of(line)
            except (RowError, KeyError, TypeError, AttributeError) as error:
                if place == len(lines) and raw.startswith(b"{"):
                    note(
                        f"{where}: cut off, as when a machine stops in the middle: it does not count, and new ones "
                        "begin on a line of their own"
                    )
                else:
                    unread.append(f"{where}: this is no case ({error})")
            except ValueError as error:
                raise InputError(f"{where}: {error}") from error
            else:
                self._latest = max(self._latest, str(line.get(LABELLED_AT) or ""))
                self._count(key, line)
        if unread and not self.entries:
            raise InputError(f"{unread[0]}: name another file by --labels")
        for reason in unread:
            note(f"{reason}, and is not counted")
        return bool(content) and not content.endswith(b"\n")


def _answer(line: Mapping[str, Any]) -> Answer:
    label = label_of(line)
    if label is None:
        return UNSURE if line.get(MARKED_UNSURE) else None
    return DUPLICATES if label else DISTINCT


def _claim(file: int, path: Path) -> None:
    """Keep the file for this process: two that add to it would not see each other's decisions.

    By flock, for a lock of lockf would be gone as soon as this process closed the file anywhere else.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError(
            f"{path}: another papertwin review is adding to it: use its page, or name another file by --labels"
        ) from None
    except OSError:
        pass  # a file system without locks


def _sync_folder(path: Path) -> None:
    """Let the new file's name reach the disk too."""
    with suppress(OSError):  # not every system opens folders
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
