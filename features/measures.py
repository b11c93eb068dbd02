"""Measures of texts and numbers: two aligned columns without missing values in, one column of numbers out.

Every measure is symmetric: measure(a, b) equals measure(b, a) to the last bit.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel, JaroWinkler, Postfix, Prefix

from papertwin.data.arrays import Floats
from papertwin.data.columns.column import Column, Numbers, Texts
from papertwin.data.values.text import LINKS

Measure = Callable[..., Floats]


def _texts(*columns: Column) -> tuple[Texts, ...]:
    assert all(isinstance(column, np.ndarray) and column.dtype == object for column in columns)
    return columns  # type: ignore[return-value]  # just checked


def _numbers(*columns: Column) -> tuple[Numbers, ...]:
    assert all(isinstance(column, np.ndarray) and column.dtype != object for column in columns)
    return columns  # type: ignore[return-value]  # just checked


def _scored(scorer: Callable[..., float], a: Sequence[str] | Texts, b: Sequence[str] | Texts) -> Floats:
    result: Floats = process.cpdist(a, b, scorer=scorer, dtype=np.float64, workers=1)
    return result


# --- text -----------------------------------------------------------------------------------------------------------


def ratio(a: Column, b: Column) -> Floats:
    """Share of letters that a longest common subsequence keeps, 0 to 1 (normalised indel similarity)."""
    return _scored(Indel.normalized_similarity, *_texts(a, b))


def jaro_winkler(a: Column, b: Column) -> Floats:
    """Jaro-Winkler similarity, 0 to 1: the beginnings count most."""
    return _scored(JaroWinkler.normalized_similarity, *_texts(a, b))


def same(a: Column, b: Column) -> Floats:
    """1 where both are equal, else 0."""
    result: Floats = (a == b).astype(np.float64)  # type: ignore[union-attr]  # texts or numbers
    return result


def _shorter(a: Texts, b: Texts) -> NDArray[np.int64]:
    lengths = [np.fromiter(map(len, column), dtype=np.int64, count=len(column)) for column in (a, b)]
    return np.minimum(*lengths)


def _agreeing_letters(a: Column, b: Column, scorer: Callable[..., float]) -> Floats:
    left, right = _texts(a, b)
    return _scored(scorer, left, right) / np.maximum(_shorter(left, right), 1)


def prefix(a: Column, b: Column) -> Floats:
    """Letters that both begin with, as a share of the shorter text, 0 to 1."""
    return _agreeing_letters(a, b, Prefix.similarity)


def suffix(a: Column, b: Column) -> Floats:
    """Letters that both end with, as a share of the shorter text, 0 to 1."""
    return _agreeing_letters(a, b, Postfix.similarity)


def best_ratio(main_a: Column, whole_a: Column, main_b: Column, whole_b: Column) -> Floats:
    """The best of whole and main titles against each other: high where one side lacks a subtitle."""
    best = ratio(whole_a, whole_b)
    for main, whole, other in ((main_a, whole_a, whole_b), (main_b, whole_b, whole_a)):
        mains, wholes, others = _texts(main, whole, other)
        parted = (mains != wholes).nonzero()[0]  # of the others main and whole compare alike
        best[parted] = np.maximum(best[parted], ratio(mains[parted], others[parted]))
    return best


_WEIGHTY = str.maketrans({digit: digit * 4 for digit in "0123456789"})


def rest_ratio(a: Column, b: Column) -> Floats:
    """The words that only one text has, beside those that only the other has, letter by letter, 0 to 1.

    High for misread, inflected or glued words, low for other words and numbers: a digit weighs like four letters. NaN
    where either side has no word of its own that does more than link others, or ends within the other.
    """
    left, right = _texts(a, b)
    apart, own, others = [], [], []
    differing = (left != right).nonzero()[0]
    for row, one, other in zip(differing.tolist(), left[differing].tolist(), right[differing].tolist(), strict=True):
        if one.startswith(other) or other.startswith(one):  # cut, perhaps within a word
            continue
        words_1, words_2 = one.split(" "), other.split(" ")
        set_1, set_2 = set(words_1), set(words_2)
        mine = "".join([word for word in words_1 if word not in set_2 and word not in LINKS])
        yours = "".join([word for word in words_2 if word not in set_1 and word not in LINKS])
        if mine and yours:
            apart.append(row)
            own.append(mine if mine.isalpha() else mine.translate(_WEIGHTY))
            others.append(yours if yours.isalpha() else yours.translate(_WEIGHTY))
    result = np.full(len(left), np.nan)
    result[apart] = _scored(Indel.normalized_similarity, own, others)
    return result


def conflict(a: Column, b: Column) -> Floats:
    """0 where both say the same, 0.5 where one is silent (an empty text), 1 where they differ; NaN if both are."""
    left, right = _texts(a, b)
    silent = (left == "").astype(np.int64) + (right == "")
    result = np.where(left == right, 0.0, np.where(silent == 1, 0.5, 1.0))
    result[silent == 2] = np.nan
    return result


def part_conflict(a: Column, b: Column) -> Floats:
    """The same, but 0.25 for a first part beside a silent side: it is called so where a second one is out.

    And the mark of a footnote behind a title looks like the number of a first part.
    """
    left, right = _texts(a, b)
    result = conflict(a, b)
    result[((left == "1") & (right == "")) | ((left == "") & (right == "1"))] = 0.25
    return result


def said_by(a: Column, b: Column) -> Floats:
    """How many of the two say something (a text that is not empty): 0, 1 or 2."""
    left, right = _texts(a, b)
    said: Floats = (left != "").astype(np.float64) + (right != "")
    return said


# --- numbers --------------------------------------------------------------------------------------------------------


def gap(limit: float) -> Measure:
    """The absolute difference, at most `limit`."""

    def measure(a: Column, b: Column) -> Floats:
        left, right = _numbers(a, b)
        return np.minimum(np.abs(left - right), limit)

    return measure


def log_gap(a: Column, b: Column) -> Floats:
    """log2(1 + absolute difference): days apart, so that a day counts beside a year."""
    left, right = _numbers(a, b)
    result: Floats = np.log2(1 + np.abs(left - right))
    return result


def smaller(a: Column, b: Column) -> Floats:
    """The smaller of the two."""
    return np.minimum(*_numbers(a, b))


def smaller_share(a: Column, b: Column) -> Floats:
    """The smaller as a share of the larger, 0 to 1."""
    left, right = _numbers(a, b)
    return np.minimum(left, right) / np.maximum(np.maximum(left, right), 1)


def total(a: Column, b: Column) -> Floats:
    """The sum of both: for flags, how many of the two have it."""
    left, right = _numbers(a, b)
    return left + right


def lead(limit: float) -> Measure:
    """Of a preprint and a published work: how far the publication lies after the preprint, from -limit to limit.

    NaN for two preprints and for two published works.
    """

    def measure(flag_a: Column, time_a: Column, flag_b: Column, time_b: Column) -> Floats:
        flags_a, times_a, flags_b, times_b = _numbers(flag_a, time_a, flag_b, time_b)
        later = np.clip((times_b - times_a) * np.sign(flags_a - flags_b), -limit, limit)
        later[flags_a == flags_b] = np.nan
        return later

    return measure
