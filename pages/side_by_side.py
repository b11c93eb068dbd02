"""A pair side by side with the reasons for its answer, as a page of a terminal."""

from collections.abc import Iterator
from itertools import zip_longest

from papertwin.data.differences import Segment, Side, differences, sides
from papertwin.data.files.rows import Record
from papertwin.data.terminal import REST, Marks, printable, wrapped
from papertwin.models.explanation import Explanation

LONG = 400  # characters from which a value is shortened to where it differs
AROUND = 60  # characters that are shown on either side of a difference
NARROWEST = 48  # columns


def page(
    pair: tuple[Record, Record], explanation: Explanation, columns: int, colour: bool = False, full: bool = False
) -> Iterator[str]:
    """The lines that show a pair and its explanation, at most so many columns wide.

    The fields stand side by side, what differs marked by colour or as [-left-] and {+right+}; then each group's
    log-odds with a bar, to the right for a duplicate and to the left against; then the reasons. Long values are
    shortened to where they differ, unless `full`. Control characters of the records never reach the terminal.
    """
    columns = max(columns, NARROWEST)
    fields = sides(*pair)
    names = max((len(side.field) for side in fields), default=0) + 2
    half = (columns - names - 3) // 2
    for side in fields:
        lines = [wrapped(segments, half, marks) for segments, marks in _sides(side, colour, full)]
        for number, ((left, taken), (right, _)) in enumerate(zip_longest(*lines, fillvalue=("", 0))):
            name = "" if number else side.field
            yield f"{name:<{names}}{left}{' ' * (half - taken)} | {right}".rstrip()
    yield ""
    yield from _bars(explanation, columns)
    yield ""
    for reason in explanation.reasons:
        for number, (line, _) in enumerate(wrapped([Segment(printable(reason), True)], columns - 2)):
            yield f"{' ' if number else '-'} {line}"


def _sides(side: Side, colour: bool, full: bool) -> Iterator[tuple[list[Segment], Marks]]:
    left, right = printable(side.left), printable(side.right)
    marks = (Marks.RED, Marks.GREEN) if colour else (Marks.LEFT, Marks.RIGHT)
    if not left or not right:  # nothing to compare
        both = [[Segment(text or "(none)", True)] for text in (left, right)]
    else:
        both = list(differences(left, right, cased=False))
    for segments, mark in zip(both, marks, strict=True):
        length = sum(len(segment.text) for segment in segments)
        yield (segments if full or length <= LONG else list(shortened(segments))), mark


def shortened(segments: list[Segment]) -> Iterator[Segment]:
    """The differing parts of a text with what stands around them, at most about LONG characters in all."""
    left = LONG
    for number, (text, same) in enumerate(segments):
        first, last = number == 0, number == len(segments) - 1
        shown = text
        if same and len(text) > 2 * AROUND:
            head = text[: 2 * AROUND if first and last else AROUND] if last or not first else ""
            tail = text[-AROUND:] if not last else ""
            shown = f"{head}{REST}{tail}"
        if len(shown) > left:
            yield Segment(shown[:left], same)
            yield Segment(REST, True)
            return
        left -= len(shown)
        yield Segment(shown, same)


def _bars(explanation: Explanation, columns: int) -> Iterator[str]:
    names = max(map(len, explanation.groups)) + 2
    half = min((columns - names - 11) // 2, 24)
    largest = max(1.0, *map(abs, explanation.groups.values()))
    yield f"{'':<{names}}{'log-odds':>7} {'against':>{half}} | for"
    for group, value in explanation.groups.items():
        bar = "#" * round(abs(value) / largest * half)
        yield f"{group:<{names}}{value:>+7.2f}  {bar if value < 0 else '':>{half}} |{bar if value > 0 else ''}"
    yield f"{'(before)':<{names}}{explanation.base:>+7.2f}  without any evidence"
    yield f"{'(sum)':<{names}}{explanation.base + sum(explanation.groups.values()):>+7.2f}"
