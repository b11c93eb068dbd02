"""Words of whole columns as keys: numbers of 40 bits, without a Python object a word.

Polynomial hashing (Karp and Rabin 1987) by one running sum over the joined texts. A word has the same key in every run
and on every machine.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Keys

TOKEN_MASK = np.uint64((1 << 40) - 1)
CHUNK = 1 << 16  # bytes that are hashed at a time: eight times as many stay in the processor's cache
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that it has an inverse modulo 2^64
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
_MIX = np.uint64(0xD6E8FEB86659FD93)


class Tokens(NamedTuple):
    """The words of texts in their order: of each the key, the row of its text, its first byte, its length in bytes."""

    keys: Keys
    rows: NDArray[np.int64]
    first: NDArray[np.uint8]
    length: NDArray[np.int64]


def tokens(texts: Sequence[bytes]) -> Tokens:
    """The words of each text; blanks and line ends part them."""
    parts = list(token_chunks(texts))
    if len(parts) == 1:
        return parts[0]
    return Tokens(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def token_chunks(texts: Sequence[bytes]) -> Iterator[Tokens]:
    """The same for some texts after the other, so that what is made of their words stays in the processor's cache."""
    ends = (lengths_of(texts) + 1).cumsum()
    for start, end in chunks(ends):
        yield _hashed(texts[start:end], ends[start:end] - (ends[start - 1] if start else 0), start)


class Lexicon:
    """Words, each with a small number above 0, that are looked up by their keys.

    Another word has the key of one of them once in 10^10 times or so.
    """

    def __init__(self, words: Mapping[str, int]) -> None:
        keys = tokens([word.encode() for word in words]).keys
        # The smallest table in which some bits of the keys give each word a slot of its own.
        self._shift, self._mask = next(
            (np.uint64(shift), np.uint64((1 << bits) - 1))
            for bits in range(4, 40)
            for shift in range(41 - bits)
            if len(np.unique((keys >> np.uint64(shift)) & np.uint64((1 << bits) - 1))) == len(words)
        )
        self._keys = np.zeros(int(self._mask) + 1, dtype=np.uint64)
        self._numbers = np.zeros(int(self._mask) + 1, dtype=np.int64)
        self._keys[self._slots(keys)] = keys
        self._numbers[self._slots(keys)] = list(words.values())

    def find(self, keys: Keys) -> NDArray[np.int64]:
        """The number of each word, 0 for a word that is not among these."""
        slots = self._slots(keys)
        found: NDArray[np.int64] = np.where(self._keys.take(slots) == keys, self._numbers.take(slots), 0)
        return found

    def _slots(self, keys: Keys) -> NDArray[np.int64]:
        return ((keys >> self._shift) & self._mask).view(np.int64)


def lengths_of(texts: Sequence[bytes | str]) -> NDArray[np.int64]:
    """How long each text is."""
    return np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))


def chunks(ends: NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Ranges of texts of about CHUNK bytes each; one range at least, be it empty. `ends` says where each text ends."""
    if not len(ends) or ends[-1] <= CHUNK:
        return [(0, len(ends))]
    full = np.searchsorted(ends, np.arange(CHUNK, ends[-1], CHUNK)) + 1
    return pairwise(sorted({0, *full.tolist(), len(ends)}))


@lru_cache(maxsize=32)  # powers of two
def _powers(length: int) -> tuple[Keys, Keys]:
    """The powers 0 to `length` of the base and of its inverse, modulo 2^64."""
    return tuple(  # type: ignore[return-value]  # two of them
        np.multiply.accumulate(np.concatenate((np.ones(1, np.uint64), np.full(length, base))))
        for base in (_BASE, _INVERSE)
    )


def _hashed(texts: Sequence[bytes], text_ends: NDArray[np.int64], row: int) -> Tokens:
    """The words of some texts, of which the first is in this row; the ends are those of lines."""
    buffer = np.frombuffer(b"\n".join(texts) + b"\n", dtype=np.uint8)
    letter = (buffer != 32) & (buffer != 10)
    turns = np.empty(len(buffer), dtype=bool)
    turns[0] = letter[0]
    np.not_equal(letter[1:], letter[:-1], out=turns[1:])
    edges = turns.nonzero()[0]
    starts, ends = edges[::2].copy(), edges[1::2]  # the last byte parts words, so every word ends
    powers, inverses = _powers(1 << max(len(buffer) - 1, 1).bit_length())
    sums = np.empty(len(buffer) + 1, dtype=np.uint64)
    sums[0] = 0
    # No byte of UTF-8 is 255, so that one more is a byte still.
    sums[1:] = buffer + np.uint8(1)
    sums[1:] *= powers[: len(buffer)]
    sums.cumsum(out=sums)
    found = sums.take(edges)
    keys = (found[1::2] - found[::2]) * inverses.take(starts)
    keys ^= keys >> np.uint64(32)
    keys *= _MIX
    counts = np.searchsorted(starts, text_ends)
    counts[1:] -= counts[:-1]
    rows = np.arange(row, row + len(texts)).repeat(counts)
    return Tokens((keys >> np.uint64(20)) & TOKEN_MASK, rows, buffer[starts], ends - starts)
