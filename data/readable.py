"""Answered rows as a table for people to read, on a terminal or in a text file."""

import shutil
from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import Any

from papertwin.data.files.layouts import ADDED, DOCUMENTS, PREDICTED, PROBABILITY, PROBLEM, SUSPICION, Layout
from papertwin.data.files.rows import decode
from papertwin.data.files.writers import Target, Writer
from papertwin.data.labels import label_columns
from papertwin.data.shapes import record_of
from papertwin.data.terminal import cut, printable
from papertwin.data.values.dates import parse
from papertwin.data.values.text import known

_DECISION_WIDTH = len("NOT DUPLICATES")
_INDENT = _DECISION_WIDTH + 14  # columns before the text of a line, and one to spare


class Readable(Writer):
    """A table for people: the probability, the decision, both titles below each other, and the reasons if asked for.

    Of labels that are doubted the suspicion, the label and the problem.
    """

    layout: Layout = "nested"

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._width = max(60, shutil.get_terminal_size((120, 24)).columns)
        self._begun = False
        self._reasons = target.added[len(ADDED) :]

    def write(self, rows: Iterable[bytes]) -> None:
        for raw in rows:
            row = decode(raw)
            number, decision = (SUSPICION, _label(row)) if SUSPICION in row else (PROBABILITY, row.get(PREDICTED))
            if not self._begun:
                self._line(number.partition("_")[0], "decision", "the two records")
                self._begun = True
            first, second = (_described(row[name]) for name in DOCUMENTS)
            self._line(f"{row[number]:.4f}", str(decision or ""), first)
            self._line("", "", second)
            for reason in filter(None, map(row.get, self._reasons)):
                for line in wrap(reason, self._width - _INDENT, initial_indent="- ", subsequent_indent="  "):
                    self._line("", "", line)
            if row.get(PROBLEM):
                self._line("", "", f"      {row[PROBLEM]}")

    def finish(self) -> None:
        self._stream.flush()

    def _line(self, probability: str, decision: str, text: str) -> None:
        line = f"{probability:>9}  {decision:<{_DECISION_WIDTH}}  {text}"
        self._stream.write(f"{cut(printable(line), self._width).rstrip()}\n".encode("utf-8", "replace"))


def _label(row: Mapping[str, Any]) -> str | None:
    """The label of a row in its own words, whatever its column is called."""
    return next(filter(None, (known(row[column]) for column in label_columns(row))), None)


def _described(given: dict[str, Any]) -> str:
    record = record_of(given)
    title, date = known(record.get("title")), parse(known(record.get("publication_date")) or "")
    text = title or known(record.get("doi")) or known(record.get("id")) or "(no title)"
    return f"{date.year if date else '':4}  {text}"
