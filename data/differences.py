"""Where two texts differ: by words, and by letters inside words that are nearly equal; and two records side by side."""

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from rapidfuzz.distance import Indel

from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.values.text import known, whole

# A word, a sign of a script that is written without spaces, white space, or any other character.
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|"
    r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|\s+|."
)
_AREA = 50_000_000  # tokens of one text times tokens of the other that are aligned at once: a fraction of a second
_SHORTEST_WORD, _LONGEST_WORD = 4, 200  # letters; shorter and longer ones are compared as a whole
_NEARLY = 0.6  # similarity from which words are compared letter by letter


class Segment(NamedTuple):
    """A piece of a text, and whether the other text has it too."""

    text: str
    same: bool


class Side(NamedTuple):
    """A field of two records as text, "" where a record lacks it."""

    field: str
    left: str
    right: str


class _Run(NamedTuple):
    """Tokens a[a_start:a_end] beside tokens b[b_start:b_end], equal or not."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    same: bool


def differences(a: str, b: str, letters: bool = True, cased: bool = True) -> tuple[list[Segment], list[Segment]]:
    """Both texts as segments that the other has too or has not; the texts of the segments join to `a` and to `b`.

    Words are aligned first, in order, then, with `letters`, those of words that stand for each other and are nearly
    equal. The segments marked as the same are the same text on both sides, or without `cased` but for case. Time is
    bounded for texts of any length: between long texts words that stand once in each are found first, and what lies
    between them is compared only up to a size.
    """
    tokens_a, tokens_b = _TOKEN.findall(a), _TOKEN.findall(b)
    alike_a, alike_b = (tokens if cased else list(map(_lower, tokens)) for tokens in (tokens_a, tokens_b))
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    for run in _merged(_runs(alike_a, alike_b), alike_a, alike_b):
        left, right = tokens_a[run.a_start : run.a_end], tokens_b[run.b_start : run.b_end]
        words = alike_a[run.a_start : run.a_end], alike_b[run.b_start : run.b_end]
        if letters and not run.same and len(left) == len(right) == 1 and _nearly_equal(words[0][0], words[1][0]):
            for part in _aligned(words[0][0], words[1][0]):
                _add(
                    sides,
                    left[0][part.a_start : part.a_end],
                    right[0][part.b_start : part.b_end],
                    part.same,
                )
        else:
            _add(sides, "".join(left), "".join(right), run.same)
    return sides


def _lower(token: str) -> str:
    """The token in lower case, letter for letter: some letters would become two."""
    lower = token.lower()
    return lower if len(lower) == len(token) else token


def _add(sides: tuple[list[Segment], list[Segment]], left: str, right: str, same: bool) -> None:
    for segments, text in zip(sides, (left, right), strict=True):
        if text and segments and segments[-1].same == same:
            segments.append(Segment(segments.pop().text + text, same))
        elif text:
            segments.append(Segment(text, same))


def _nearly_equal(a: str, b: str) -> bool:
    """Whether two words are spellings of one: not so numbers and numerals, where a sign more is another number."""
    if not (min(len(a), len(b)) >= _SHORTEST_WORD and max(len(a), len(b)) <= _LONGEST_WORD and (a + b).isalpha()):
        return False
    return Indel.normalized_similarity(a, b) >= _NEARLY


def _runs(a: Sequence[str], b: Sequence[str]) -> Iterator[_Run]:
    """The tokens of both texts in order, in runs of equal and of unequal ones."""
    start = 0
    shorter = min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    if start:
        yield _Run(0, start, 0, start, True)
    yield from _between(a, b, _Run(start, len(a) - end, start, len(b) - end, False))
    if end:
        yield _Run(len(a) - end, len(a), len(b) - end, len(b), True)


def _between(a: Sequence[str], b: Sequence[str], gap: _Run) -> Iterator[_Run]:
    if (gap.a_end - gap.a_start) * (gap.b_end - gap.b_start) <= _AREA:
        yield from _aligned(a, b, gap)
        return
    area = 0
    places = [(gap.a_start - 1, gap.b_start - 1), *_anchors(a, b, gap), (gap.a_end, gap.b_end)]
    for left, right in pairwise(places):
        inner = _Run(left[0] + 1, right[0], left[1] + 1, right[1], False)
        area += (inner.a_end - inner.a_start) * (inner.b_end - inner.b_start)
        if a[inner.a_start : inner.a_end] == b[inner.b_start : inner.b_end]:
            yield inner._replace(same=True)
        elif area <= _AREA:
            yield from _aligned(a, b, inner)
        else:
            yield inner
        if right[0] < gap.a_end:
            yield _Run(right[0], right[0] + 1, right[1], right[1] + 1, True)


def _aligned(a: Sequence[str], b: Sequence[str], gap: _Run | None = None) -> Iterator[_Run]:
    """A longest common subsequence within a gap, by bit-parallel alignment."""
    a_start, a_end, b_start, b_end, _ = gap or _Run(0, len(a), 0, len(b), False)
    numbers: dict[str, int] = {}
    left, right = (
        [numbers.setdefault(token, len(numbers)) for token in part] for part in (a[a_start:a_end], b[b_start:b_end])
    )
    for step in Indel.opcodes(left, right):
        yield _Run(
            a_start + step.src_start,
            a_start + step.src_end,
            b_start + step.dest_start,
            b_start + step.dest_end,
            step.tag == "equal",
        )


def _anchors(a: Sequence[str], b: Sequence[str], gap: _Run) -> list[tuple[int, int]]:
    """Places of the tokens that stand once in each text, as many as stand in the same order in both."""
    once = [
        {token for token, count in Counter(part).items() if count == 1}
        for part in (a[gap.a_start : gap.a_end], b[gap.b_start : gap.b_end])
    ]
    both = once[0] & once[1]
    place_in_b = {b[place]: place for place in range(gap.b_start, gap.b_end) if b[place] in both}
    common = [(place, place_in_b[a[place]]) for place in range(gap.a_start, gap.a_end) if a[place] in both]
    # A longest rising subsequence: of the chains of each length the one whose last place in b is least.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(common):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    found: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(common[number])
        number = before[number]
    return found[::-1]


def _merged(runs: Iterator[_Run], a: Sequence[str], b: Sequence[str]) -> list[_Run]:
    """Neighbouring runs of a kind as one, also phrases that have nothing but spaces in common."""
    merged: list[_Run] = []
    for run in runs:
        while merged:
            if merged[-1].same == run.same:
                first = merged.pop()
            elif (
                not run.same
                and len(merged) > 1
                and _is_a_gap(merged[-1], a)
                and all(_is_a_phrase(one, a, b) for one in (merged[-2], run))
            ):
                merged.pop()
                first = merged.pop()
            else:
                break
            run = _Run(first.a_start, run.a_end, first.b_start, run.b_end, run.same)  # noqa: PLW2901
        merged.append(run)
    return merged


def _is_a_gap(run: _Run, a: Sequence[str]) -> bool:
    return run.a_end - run.a_start == 1 and a[run.a_start].isspace()


def _is_a_phrase(run: _Run, a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether a change puts words in the place of others, and not a word in the place of one that is nearly equal."""
    left, right = a[run.a_start : run.a_end], b[run.b_start : run.b_end]
    return bool(left and right) and not (len(left) == len(right) == 1 and _nearly_equal(left[0], right[0]))


def sides(record_1: Mapping[str, Any], record_2: Mapping[str, Any]) -> list[Side]:
    """The fields that either record has, in the order of FIELDS, as text; lists with "; " between their items."""
    texts = ((field, *(field_text(record.get(field)) for record in (record_1, record_2))) for field in RECORD_FIELDS)
    return [Side(field, left, right) for field, left, right in texts if left or right]


def field_text(value: object) -> str:
    """A value of a record as text on one line, "" where it says nothing."""
    if isinstance(value, (list, tuple)):
        return "; ".join(filter(None, map(field_text, value)))
    if isinstance(value, Mapping):  # an author with given and family name, a version
        return json.dumps(value, ensure_ascii=False, default=str)
    return " ".join((known(whole(value)) or "").split())
