"""Whole columns of text at once: what many texts are made of, by a look at their joined bytes.

A look at all texts together proves for most of them that a costly step would change or find nothing.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns import Lines
from papertwin.data.text import mended, single_spaced

# What a text holds, as bits; plain numbers, because enumerations take Python long to combine.
FOREIGN = 1  # a character beyond ASCII
DIGIT = 2
QUOTE = 4  # dropped inside words when a text is folded


def _table() -> NDArray[np.uint8]:
    table = np.zeros(256, dtype=np.uint8)
    table[128:] = FOREIGN
    table[list(b"0123456789")] = DIGIT
    table[list(b"'`")] = QUOTE
    return table


_TABLE = _table()


def _joined(texts: Lines) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The bytes of all texts, with a blank before each, and where each begins with that blank."""
    raw = [b"" if text is None else text.encode("utf-8", "surrogatepass") for text in texts]
    starts = np.cumsum([0, *map(len, raw[:-1])]) + np.arange(len(raw) or 1)
    return np.frombuffer(b" " + b" ".join(raw), dtype=np.uint8), starts


def signs(texts: Lines) -> NDArray[np.uint8]:
    """What each text holds (FOREIGN, DIGIT, QUOTE), 0 where it is missing."""
    if not texts:
        return np.empty(0, dtype=np.uint8)
    buffer, starts = _joined(texts)
    found: NDArray[np.uint8] = np.bitwise_or.reduceat(_TABLE[buffer], starts)
    return found


def holding(texts: Lines, signs: Sequence[str]) -> set[int]:
    """The rows of the texts that hold one of these strings, in which no line ends."""
    joined = "\n".join([text or "" for text in texts])
    ends = list(accumulate([len(text or "") + 1 for text in texts]))
    found = set()
    for sign in signs:
        place = joined.find(sign)
        while place >= 0:
            found.add(row := bisect_right(ends, place))
            place = joined.find(sign, ends[row])
    return found


def repaired(texts: Lines, formulas: bool = True) -> list[str | None]:
    """Every text repaired (see text.repair), None where nothing is left."""
    loose = _loosely_spaced(texts)
    result: list[str | None] = []
    for row, text in enumerate(texts):
        if text is None:
            result.append(None)
            continue
        better = mended(text, formulas)
        if better is not text or row in loose or not (text.isascii() or text.isprintable()):
            better = single_spaced(better)
        result.append(better or None)
    return result


def _loosely_spaced(texts: Lines) -> set[int]:
    """The rows whose text has ASCII white space that is no single blank within it."""
    buffer, starts = _joined(texts)
    blank = buffer == 32
    loose = buffer < 32
    loose[1:] |= blank[1:] & blank[:-1]
    loose[starts] &= False  # a blank before a text is not its own
    places = np.flatnonzero(loose)
    rows = np.searchsorted(starts, places, side="right") - 1
    ends_in_blank = np.flatnonzero(blank[np.append(starts[1:], len(buffer)) - 1])
    return {*rows.tolist(), *ends_in_blank.tolist()}
