"""Text on a terminal: made harmless, measured in columns, wrapped, with the differences of two texts marked."""

import unicodedata
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import groupby

from papertwin.data.differences import Segment

REST = "…"  # stands for what is left out


class Marks(Enum):
    """What stands before and behind a piece of text, and how many columns both take."""

    NONE = ("", "", 0)
    LEFT = ("[-", "-]", 4)
    RIGHT = ("{+", "+}", 4)
    RED = ("\x1b[1;31m", "\x1b[0m", 0)
    GREEN = ("\x1b[1;32m", "\x1b[0m", 0)

    def around(self, text: str) -> str:
        """The text between the marks."""
        before, behind, _ = self.value
        return f"{before}{text}{behind}"


def printable(text: str) -> str:
    """The text without what a terminal would obey: controls are spaces, other signs without a shape are dropped."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else "" if unicodedata.category(char) in {"Cf", "Cs"} else " " for char in text
    )


def width(text: str) -> int:
    """How many columns of a terminal a text takes: East Asian wide signs two, accents that follow their letter none."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 0 if unicodedata.category(char) in {"Mn", "Me"} else 1
        for char in text
    )


def cut(text: str, columns: int) -> str:
    """The text, or its beginning, at most so many columns wide."""
    if width(text) <= columns:
        return text
    used = 0
    for place, char in enumerate(text):
        used += width(char)
        if used > columns - 1:
            return f"{text[:place]}{REST}"
    return text


def wrapped(segments: Iterable[Segment], columns: int, marks: Marks = Marks.NONE) -> list[tuple[str, int]]:
    """Segments as lines of at most so many columns (8 or more), each with its width; those not the same marked.

    Lines break behind spaces; a word that is longer than a line breaks anywhere.
    """
    signs = [(char, segment.same) for segment in segments for char in segment.text]
    lines = []
    start = 0
    while start < len(signs):
        end = _end_of_line(signs, start, columns, marks)
        lines.append(_marked(signs[start:end], marks))
        start = end
    return lines or [("", 0)]


def _end_of_line(signs: Sequence[tuple[str, bool]], start: int, columns: int, marks: Marks) -> int:
    used, space = 0, start
    for place in range(start, len(signs)):
        char, same = signs[place]
        begins = not same and (place == start or signs[place - 1][1])
        used += width(char) + (marks.value[2] if begins else 0)
        if char.isspace():
            space = place + 1
        elif used > columns and place > start:
            return space if space > start else place
    return len(signs)


def _marked(signs: Sequence[tuple[str, bool]], marks: Marks) -> tuple[str, int]:
    """A line with its differences marked, without the spaces at its end, and how wide it is."""
    end = len(signs)
    while end and signs[end - 1][0].isspace():
        end -= 1
    line, taken = "", 0
    for same, run in groupby(signs[:end], key=lambda sign: sign[1]):
        text = "".join(char for char, _ in run)
        line += text if same else marks.around(text)
        taken += width(text) + (0 if same else marks.value[2])
    return line, taken
