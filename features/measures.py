"""Measures: two aligned columns without missing values in, one column of numbers out.

Every measure is symmetric: measure(a, b) equals measure(b, a) to the last bit.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import filterfalse

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Indel, JaroWinkler, Postfix, Prefix

from papertwin.data.columns import Column, Numbers, Texts, TokenSets
from papertwin.data.rarity import rarity

Values = NDArray[np.float64]
Measure = Callable[..., Values]


def _texts(*columns: Column) -> tuple[Texts, ...]:
    assert all(isinstance(column, np.ndarray) and column.dtype == object for column in columns)
    return columns  # type: ignore[return-value]  # just checked


def _numbers(*columns: Column) -> tuple[Numbers, ...]:
    assert all(isinstance(column, np.ndarray) and column.dtype != object for column in columns)
    return columns  # type: ignore[return-value]  # just checked


def _scored(scorer: Callable[..., float], a: Sequence[str] | Texts, b: Sequence[str] | Texts) -> Values:
    result: Values = process.cpdist(a, b, scorer=scorer, dtype=np.float64, workers=1)
    return result


# --- text -----------------------------------------------------------------------------------------------------------


def ratio(a: Column, b: Column) -> Values:
    """Share of letters that a longest common subsequence keeps, 0 to 1 (normalised indel similarity)."""
    return _scored(Indel.normalized_similarity, *_texts(a, b))


def jaro_winkler(a: Column, b: Column) -> Values:
    """Jaro-Winkler similarity, 0 to 1: the beginnings count most."""
    return _scored(JaroWinkler.normalized_similarity, *_texts(a, b))


def same(a: Column, b: Column) -> Values:
    """1 where both are equal, else 0."""
    result: Values = (a == b).astype(np.float64)  # type: ignore[union-attr]  # texts or numbers
    return result


def _shorter(a: Texts, b: Texts) -> NDArray[np.int64]:
    lengths = [np.fromiter(map(len, column), dtype=np.int64, count=len(column)) for column in (a, b)]
    return np.minimum(*lengths)


def _agreeing_letters(a: Column, b: Column, scorer: Callable[..., float]) -> Values:
    left, right = _texts(a, b)
    return _scored(scorer, left, right) / np.maximum(_shorter(left, right), 1)


def prefix(a: Column, b: Column) -> Values:
    """Letters that both begin with, as a share of the shorter text, 0 to 1."""
    return _agreeing_letters(a, b, Prefix.similarity)


def suffix(a: Column, b: Column) -> Values:
    """Letters that both end with, as a share of the shorter text, 0 to 1."""
    return _agreeing_letters(a, b, Postfix.similarity)


def best_ratio(main_a: Column, whole_a: Column, main_b: Column, whole_b: Column) -> Values:
    """The best of whole and main titles against each other: high where one side lacks a subtitle."""
    best = ratio(whole_a, whole_b)
    for main, whole, other in ((main_a, whole_a, whole_b), (main_b, whole_b, whole_a)):
        mains, wholes, others = _texts(main, whole, other)
        parted = (mains != wholes).nonzero()[0]  # of the others main and whole compare alike
        best[parted] = np.maximum(best[parted], ratio(mains[parted], others[parted]))
    return best


def rest_ratio(a: Column, b: Column) -> Values:
    """The words that only one text has, beside those that only the other has, letter by letter, 0 to 1.

    High for misread, inflected or glued words, low for other words; NaN where either side has no word of its own.
    """
    own, others = [], []
    for one, other in zip(*(column.tolist() for column in _texts(a, b)), strict=True):
        (words_1, in_1), (words_2, in_2) = _words(one), _words(other)
        own.append("".join(filterfalse(in_2, words_1)))
        others.append("".join(filterfalse(in_1, words_2)))
    result = _scored(Indel.normalized_similarity, own, others)
    result[[not (mine and yours) for mine, yours in zip(own, others, strict=True)]] = np.nan
    return result


@lru_cache(maxsize=16)  # of neighbouring pairs the titles are often the same
def _words(text: str) -> tuple[list[str], Callable[[str], bool]]:
    """The words of a folded text, and what tells whether a word is among them."""
    words = text.split(" ")
    return words, frozenset(words).__contains__


def conflict(a: Column, b: Column) -> Values:
    """0 where both say the same, 0.5 where one is silent (an empty text), 1 where they differ; NaN if both are."""
    left, right = _texts(a, b)
    silent = (left == "").astype(np.int64) + (right == "")
    result = np.where(left == right, 0.0, np.where(silent == 1, 0.5, 1.0))
    result[silent == 2] = np.nan
    return result


def said_by(a: Column, b: Column) -> Values:
    """How many of the two say something (a text that is not empty): 0, 1 or 2."""
    left, right = _texts(a, b)
    said: Values = (left != "").astype(np.float64) + (right != "")
    return said


# --- numbers --------------------------------------------------------------------------------------------------------


def gap(limit: float) -> Measure:
    """The absolute difference, at most `limit`."""

    def measure(a: Column, b: Column) -> Values:
        left, right = _numbers(a, b)
        return np.minimum(np.abs(left - right), limit)

    return measure


def log_gap(a: Column, b: Column) -> Values:
    """log2(1 + absolute difference): days apart, so that a day counts beside a year."""
    left, right = _numbers(a, b)
    result: Values = np.log2(1 + np.abs(left - right))
    return result


def smaller(a: Column, b: Column) -> Values:
    """The smaller of the two."""
    return np.minimum(*_numbers(a, b))


def smaller_share(a: Column, b: Column) -> Values:
    """The smaller as a share of the larger, 0 to 1."""
    left, right = _numbers(a, b)
    return np.minimum(left, right) / np.maximum(np.maximum(left, right), 1)


def total(a: Column, b: Column) -> Values:
    """The sum of both: for flags, how many of the two have it."""
    left, right = _numbers(a, b)
    return left + right


def lead(limit: float) -> Measure:
    """Of a preprint and a published work: how far the publication lies after the preprint, from -limit to limit.

    NaN for two preprints and for two published works.
    """

    def measure(flag_a: Column, time_a: Column, flag_b: Column, time_b: Column) -> Values:
        flags_a, times_a, flags_b, times_b = _numbers(flag_a, time_a, flag_b, time_b)
        later = np.clip((times_b - times_a) * np.sign(flags_a - flags_b), -limit, limit)
        later[flags_a == flags_b] = np.nan
        return later

    return measure


# --- sets -----------------------------------------------------------------------------------------------------------


def _sets(*columns: Column) -> tuple[TokenSets, ...]:
    assert all(isinstance(column, TokenSets) for column in columns)
    return columns  # type: ignore[return-value]  # just checked


def shared_keys(a: TokenSets, b: TokenSets) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """The tokens that both rows have: (row of each, key of each), by one sort of all tokens.

    Several measures ask for those of the same two columns, so the last answer is kept.
    """
    found: tuple[NDArray[np.int64], NDArray[np.uint64]]
    before, found = a.memo.get("shared", (None, None))
    if before is not b:
        combined = np.empty(len(a.keys) + len(b.keys), dtype=np.uint64)
        for part, column in ((combined[: len(a.keys)], a), (combined[len(a.keys) :], b)):
            np.left_shift(column.rows().view(np.uint64), np.uint64(40), out=part)
            np.bitwise_or(part, column.keys, out=part)
        combined.sort(kind="stable")  # which merges two sides that are sorted already
        twice = combined[1:][combined[1:] == combined[:-1]]
        found = (twice >> np.uint64(40)).astype(np.int64), twice & np.uint64((1 << 40) - 1)
        a.memo["shared"] = b, found
    return found


def shared(a: Column, b: Column) -> Values:
    """How many tokens both have."""
    left, right = _sets(a, b)
    rows, _ = shared_keys(left, right)
    return np.bincount(rows, minlength=len(left)).astype(np.float64)


def _share(common: Values, whole: Values) -> Values:
    """Common / whole, NaN where there is nothing to share."""
    share: Values = np.divide(common, whole, out=np.full(len(common), np.nan), where=whole > 0)
    return share


def jaccard(a: Column, b: Column) -> Values:
    """Tokens that both have as a share of all, 0 to 1; NaN for two empty sets."""
    left, right = _sets(a, b)
    common = shared(a, b)
    return _share(common, left.sizes() + right.sizes() - common)


def containment(a: Column, b: Column) -> Values:
    """Tokens that both have as a share of the smaller set, 0 to 1; NaN where one is empty."""
    left, right = _sets(a, b)
    return _share(shared(a, b), np.minimum(left.sizes(), right.sizes()).astype(np.float64))


def any_shared(a: Column, b: Column) -> Values:
    """1 where they have a token in common, else 0."""
    return (shared(a, b) > 0).astype(np.float64)


def set_conflict(a: Column, b: Column) -> Values:
    """Share of all tokens that only one side has, 0 to 1; NaN for two empty sets."""
    return 1 - jaccard(a, b)


def agreeing_kinds(numbers_a: Column, kinds_a: Column, numbers_b: Column, kinds_b: Column) -> Values:
    """1 where a catalogue's number is shared, 0 where both have one of the same catalogue and they differ, else NaN."""
    result = (shared(kinds_a, kinds_b) > 0).astype(np.float64) - 1
    result[result < 0] = np.nan
    result[shared(numbers_a, numbers_b) > 0] = 1
    return result


def differing(said_a: Column, kinds_a: Column, said_b: Column, kinds_b: Column) -> Values:
    """How many kinds both sides give with different values."""
    return np.maximum(shared(kinds_a, kinds_b) - shared(said_a, said_b), 0)


def disagreeing(few_a: Column, many_a: Column, few_b: Column, many_b: Column) -> Values:
    """Of the surnames that both have with an initial, the share whose initials differ, 0 to 1; NaN if none is shared.

    Takes names (surname with initial) and surnames with an initial known.
    """
    surnames = shared(many_a, many_b)
    return _share(np.maximum(surnames - shared(few_a, few_b), 0), surnames)


def first_in_list(first_a: Column, all_a: Column, first_b: Column, all_b: Column) -> Values:
    """How many of the two first authors are in the other's list, 0, 0.5 or 1."""
    return (any_shared(first_a, all_b) + any_shared(all_a, first_b)) / 2


# --- rarity ---------------------------------------------------------------------------------------------------------


def _summed(keys: NDArray[np.uint64], rows: NDArray[np.int64], count: int) -> Values:
    """The summed rarity of the tokens of each row."""
    return np.bincount(rows, weights=rarity(keys), minlength=count).astype(np.float64, copy=False)


def _weight(column: TokenSets) -> Values:
    """The summed rarity of the tokens of each row, found once for a record that is in many pairs."""
    if "weight" not in column.memo:
        whole, rows = column.memo.get("taken", (None, None))
        weight = _summed(column.keys, column.rows(), len(column)) if whole is None else _weight(whole)[rows]
        column.memo["weight"] = weight
    found: Values = column.memo["weight"]
    return found


def _shared_weight(a: TokenSets, b: TokenSets) -> Values:
    rows, keys = shared_keys(a, b)
    return _summed(keys, rows, len(a))


def rare_jaccard(a: Column, b: Column) -> Values:
    """Jaccard similarity in which a word counts by its rarity, 0 to 1; NaN for two empty sets."""
    left, right = _sets(a, b)
    common = _shared_weight(left, right)
    return _share(common, _weight(left) + _weight(right) - common)


def information(a: Column, b: Column) -> Values:
    """Summed rarity of the words of the side that has less: near 0 for "Editorial", above 5 for a telling title."""
    left, right = _sets(a, b)
    return np.minimum(_weight(left), _weight(right))


def shared_information(a: Column, b: Column) -> Values:
    """Summed rarity of the words that both have."""
    return _shared_weight(*_sets(a, b))


def lesser_surplus(a: Column, b: Column) -> Values:
    """Summed rarity of the words that only one side has, of the side with less of it: high if words were exchanged."""
    left, right = _sets(a, b)
    common = _shared_weight(left, right)
    return np.maximum(np.minimum(_weight(left), _weight(right)) - common, 0)


def greater_surplus(a: Column, b: Column) -> Values:
    """The same of the side with more of it: high if words were added."""
    left, right = _sets(a, b)
    common = _shared_weight(left, right)
    return np.maximum(np.maximum(_weight(left), _weight(right)) - common, 0)
