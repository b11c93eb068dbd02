"""Whole columns of text at once: what many texts are made of, by a look at their joined bytes.

A look at all texts together proves for most of them that a costly step would change or find nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns import Lines
from papertwin.data.text import fold_lines, mended, single_spaced

# What a text holds, as bits; plain numbers, because enumerations take Python long to combine.
FOREIGN = 1  # a character beyond ASCII
DIGIT = 2
QUOTE = 4  # dropped inside words when a text is folded
BRACKET = 8  # one that opens
ROMAN = 16  # a capital that is a numeral
PARTING = 32  # what may part a title from its subtitle
MARKED = 64  # what text.mended looks for in ASCII
LOOSE = 128  # white space that is no single blank within the text


def _table() -> NDArray[np.uint8]:
    table = np.zeros(256, dtype=np.uint8)
    table[128:] = FOREIGN
    table[:32] = LOOSE
    for sign, characters in (
        (DIGIT, b"0123456789"),
        (QUOTE, b"'`"),
        (BRACKET, b"[("),
        (ROMAN, b"IVX"),
        (PARTING, b":?!.;-"),
        (MARKED, b"?&<${\\"),
    ):
        table[list(characters)] |= sign
    return table


_TABLE = _table()


def _joined(texts: Lines) -> tuple[bytes, NDArray[np.int64]]:
    """The UTF-8 of all texts, with a blank before each and one at the end; and where each begins with that blank."""
    given = [text or "" for text in texts]
    if all(map(str.isascii, given)):
        raw, lengths = " ".join(["", *given, ""]).encode(), list(map(len, given))
    else:
        encoded = [text.encode("utf-8", "surrogatepass") for text in given]
        raw, lengths = b" ".join([b"", *encoded, b""]), list(map(len, encoded))
    return raw, np.cumsum([0, *lengths[:-1]]) + np.arange(len(texts) or 1)


def _rows(places: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """In which text each of these places of the joined texts is."""
    return np.searchsorted(starts, places, side="right") - 1


def signs(texts: Lines) -> NDArray[np.uint8]:
    """What each text holds (FOREIGN, DIGIT ...), nothing where it is missing, LOOSE aside."""
    if not texts:
        return np.empty(0, dtype=np.uint8)
    raw, starts = _joined(texts)
    buffer = np.frombuffer(raw, dtype=np.uint8)
    found: NDArray[np.uint8] = np.bitwise_or.reduceat(_TABLE.take(buffer), starts)
    blank = buffer == 32
    found[_rows(np.flatnonzero(blank[:-1] & blank[1:]), starts)] |= LOOSE
    return found


class Joined:
    """Texts, none of them missing, in one string in which a sign is looked for in all of them at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts, self.joined = texts, "\n".join(texts)
        self.ends = list(accumulate([len(text) + 1 for text in texts]))

    def rows(self, sign: str) -> list[int]:
        """The rows whose text holds the sign, in which no line ends, in order."""
        rows = []
        place = self.joined.find(sign)
        while place >= 0:
            rows.append(row := bisect_right(self.ends, place))
            place = self.joined.find(sign, self.ends[row])
        return rows

    def matching(self, pattern: re.Pattern[str]) -> list[int]:
        """The rows in which the pattern matches, which begins with a sign of its own, some of them more than once."""
        return [bisect_right(self.ends, match.start()) for match in pattern.finditer(self.joined)]

    def foreign(self) -> list[int]:
        """The rows whose text has characters beyond ASCII."""
        return [] if self.joined.isascii() else [row for row, text in enumerate(self.texts) if not text.isascii()]


def holding(texts: Lines, marks: Sequence[bytes], signs: Sequence[bytes]) -> set[int]:
    """The rows of the texts that hold one of these marks; no mark holds a blank, and each one of the signs.

    Signs are two bytes long: numpy finds them in a tenth of the time that Python takes to find the marks.
    """
    raw, starts = _joined(texts)
    places = []
    for begin in (0, 1):  # the pairs of bytes that begin at even places, and those at odd ones
        pairs = np.frombuffer(raw, dtype="<u2", offset=begin, count=(len(raw) - begin) // 2)
        hits = np.zeros(len(pairs), dtype=bool)
        for sign in signs:
            hits |= pairs == int.from_bytes(sign, "little")
        places.append(2 * np.flatnonzero(hits) + begin)
    reach = max(map(len, marks), default=0)
    found = [
        place
        for place in np.concatenate(places).tolist()
        if any(map(raw[max(place - reach, 0) : place + reach].__contains__, marks))
    ]
    return set(_rows(np.array(found, dtype=np.int64), starts).tolist())


def folded(texts: Sequence[str]) -> list[str]:
    """Every text folded (see text.fold); no line ends in them."""
    return squeezed(fold_lines("\n".join(texts))) if texts else []


def squeezed(lines: bytes) -> list[str]:
    """Folded lines, of UTF-8 that may be cut off within a character, with single blanks, and those between words."""
    line = np.frombuffer(lines + b"\n", dtype=np.uint8)
    kept = line != 32
    kept[:-1] |= line[1:] > 32  # the last blank before a word
    line = line[kept]
    kept = line != 32
    kept[1:] |= line[:-1] > 32  # but for those that begin a line
    kept[0] &= line[0] != 32
    single: bytes = line[kept].tobytes()
    return single.decode("utf-8", "ignore").split("\n")[:-1]


def repaired(texts: Lines, formulas: bool = True) -> list[str | None]:
    """Every text repaired (see text.repair), None where nothing is left."""
    result = list(texts)
    found = signs(texts)
    for row in np.flatnonzero(found & (FOREIGN | MARKED | LOOSE)).tolist():
        text = texts[row]
        if text is None:
            continue
        better = mended(text, formulas)
        if better is not text or found[row] & LOOSE or not (text.isascii() or text.isprintable()):
            better = single_spaced(better)
        result[row] = better or None
    return result
