"""Whole columns of text at once: what many texts are made of, by a look at their joined bytes.

A look at all texts together proves for most of them that a costly step would change or find nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns.column import Lines
from papertwin.data.columns.tokens import chunks, lengths_of
from papertwin.data.values.text import fold_lines, mended, single_spaced

# What a text holds, as bits; plain numbers, because enumerations take Python long to combine.
FOREIGN = 1  # a character beyond ASCII
DIGIT = 2
QUOTE = 4  # dropped inside words when a text is folded
BRACKET = 8  # one that opens
ROMAN = 16  # a capital that is a numeral
PARTING = 32  # what may part a title from its subtitle, a dash aside


def _table() -> NDArray[np.uint8]:
    table = np.zeros(256, dtype=np.uint8)
    table[128:] = FOREIGN
    for sign, characters in (
        (DIGIT, b"0123456789"),
        (QUOTE, b"'`"),
        (BRACKET, b"[("),
        (ROMAN, b"IVX"),
        (PARTING, b":?!.;"),
    ):
        table[list(characters)] |= sign
    return table


_TABLE = _table()
# What str.split takes for white space beyond ASCII.
_FOREIGN_SPACES = "\u00a0\u0085\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_BLANKED = bytes(32 if chr(byte).isspace() else byte for byte in range(128)) + bytes(range(128, 256))


class _Bytes(NamedTuple):
    """The UTF-8 of some texts, with a blank before each and one at the end; where each begins; the first one's row."""

    raw: bytes
    starts: NDArray[np.int64]
    row: int

    def rows(self, places: NDArray[np.int64]) -> list[int]:
        """In which text each of these places is."""
        rows: list[int] = (np.searchsorted(self.starts, places, side="right") + (self.row - 1)).tolist()
        return rows


def _joined(texts: Lines) -> Iterator[_Bytes]:
    """The bytes of the texts, so many at a time that they stay in the processor's cache."""
    given = [text or "" for text in texts]
    ends = (lengths_of(given) + 1).cumsum()
    for start, end in chunks(ends):
        part = given[start:end]
        if all(map(str.isascii, part)):
            raw, inner = " ".join(["", *part, ""]).encode(), ends[start : end - 1] - (ends[start - 1] if start else 0)
        else:
            encoded = [text.encode("utf-8", "surrogatepass") for text in part]
            raw, inner = b" ".join([b"", *encoded, b""]), (lengths_of(encoded[:-1]) + 1).cumsum()
        yield _Bytes(raw, np.concatenate(([0], inner)), start)


def signs(texts: Lines) -> NDArray[np.uint8]:
    """What each text holds (FOREIGN, DIGIT ...), 0 where it is missing."""
    found = [
        np.bitwise_or.reduceat(_TABLE.take(np.frombuffer(part.raw, dtype=np.uint8)), part.starts)
        for part in _joined(texts)
    ]
    return np.concatenate(found)[: len(texts)]


class Joined:
    """Texts, none of them missing, in one string, each behind a line end: a sign is looked for in all at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.joined = "\n".join(["", *texts])
        self.ends = (lengths_of(texts) + 1).cumsum().tolist()

    def rows(self, sign: str) -> list[int]:
        """The rows whose text holds the sign, in which no line ends (but one before the text may), in order."""
        rows = []
        place = self.joined.find(sign)
        while place >= 0:
            rows.append(row := bisect_right(self.ends, place))
            place = self.joined.find(sign, self.ends[row])
        return rows

    def matching(self, pattern: re.Pattern[str]) -> list[int]:
        """The rows in which the pattern matches, which begins with a sign of its own, some of them more than once."""
        return [bisect_right(self.ends, match.start()) for match in pattern.finditer(self.joined)]


def holding(texts: Lines, marks: Sequence[bytes], signs: Sequence[bytes]) -> set[int]:
    """The rows of the texts that hold one of these marks; no mark holds a blank, and each one of the signs.

    Signs are two bytes long: numpy finds them in a tenth of the time that Python takes to find the marks.
    """
    reach = max(map(len, marks))
    found = set()
    for part in _joined(texts):
        buffer = np.frombuffer(part.raw, dtype=np.uint8)
        hits = np.zeros(len(buffer) - 1, dtype=bool)
        for first, second in signs:
            hits |= (buffer[:-1] == first) & (buffer[1:] == second)
        told = hits.nonzero()[0]
        for place, row in zip(told.tolist(), part.rows(told), strict=True):
            before, after = part.raw[max(place - reach, 0) : place], part.raw[place : place + reach]
            near = before.rpartition(b" ")[2] + after.partition(b" ")[0]  # blanks part texts
            if any(map(near.__contains__, marks)):
                found.add(row)
    return found


def folded(texts: Sequence[str]) -> list[str]:
    """Every text folded (see text.fold); no line ends in them."""
    return squeezed(fold_lines("\n".join(texts))) if texts else []


def squeezed(lines: bytes) -> list[str]:
    """Lines, of UTF-8 that may be cut off within a character, with single blanks, and those within them alone."""
    line = np.frombuffer(lines + b"\n", dtype=np.uint8)
    kept = line != 32
    kept[1:] |= (line[:-1] != 32) & (line[:-1] != 10)  # the first blank behind a word
    return [text.rstrip(" ") for text in line[kept].tobytes().decode("utf-8", "ignore").split("\n")[:-1]]


def repaired(texts: Lines, formulas: bool = True) -> list[str | None]:
    """Every text repaired (see text.repair), None where nothing is left."""
    loose = _loosely_spaced(texts)
    result = list(texts)
    spaced: dict[int, bytes] = {}  # texts of ASCII whose white space is made single at once
    for row, text in enumerate(texts):
        if text is None:
            continue
        better = mended(text, formulas)
        if better is text and row not in loose and (text.isascii() or not any(map(text.__contains__, _FOREIGN_SPACES))):
            continue
        if better.isascii():
            spaced[row] = better.encode().translate(_BLANKED)
        else:
            result[row] = single_spaced(better) or None
    for row, text in zip(spaced, squeezed(b"\n".join(spaced.values())), strict=bool(spaced)):
        result[row] = text or None
    return result


def _loosely_spaced(texts: Lines) -> set[int]:
    """The rows whose text has ASCII white space that is no single blank within it; missing texts may be among them."""
    found: set[int] = set()
    for part in _joined(texts):
        buffer = np.frombuffer(part.raw, dtype=np.uint8)
        blank = buffer == 32
        loose = buffer < 32
        loose[:-1] |= blank[:-1] & blank[1:]
        found.update(part.rows(loose.nonzero()[0]))
    return found
