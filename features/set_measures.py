"""Measures of sets of tokens: two aligned columns of sets without missing values in, one column of numbers out.

Every measure is symmetric: measure(a, b) equals measure(b, a) to the last bit.
"""

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Keys, Rows
from papertwin.data.columns.column import Column, TokenSets
from papertwin.data.columns.tokens import TOKEN_MASK
from papertwin.data.values.rarity import rarity
from papertwin.data.values.things import PER_KIND


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
        found = (twice >> np.uint64(40)).astype(np.int64), twice & TOKEN_MASK
        a.memo["shared"] = b, found
    return found


def shared(a: Column, b: Column) -> Floats:
    """How many tokens both have."""
    left, right = _sets(a, b)
    rows, _ = shared_keys(left, right)
    return np.bincount(rows, minlength=len(left)).astype(np.float64)


def _share(common: Floats, whole: Floats) -> Floats:
    """Common / whole, NaN where there is nothing to share."""
    share: Floats = np.divide(common, whole, out=np.full(len(common), np.nan), where=whole > 0)
    return share


def jaccard(a: Column, b: Column) -> Floats:
    """Tokens that both have as a share of all, 0 to 1; NaN for two empty sets."""
    left, right = _sets(a, b)
    common = shared(a, b)
    return _share(common, left.sizes() + right.sizes() - common)


def containment(a: Column, b: Column) -> Floats:
    """Tokens that both have as a share of the smaller set, 0 to 1; NaN where one is empty."""
    left, right = _sets(a, b)
    return _share(shared(a, b), np.minimum(left.sizes(), right.sizes()).astype(np.float64))


def any_shared(a: Column, b: Column) -> Floats:
    """1 where they have a token in common, else 0."""
    return (shared(a, b) > 0).astype(np.float64)


def set_conflict(a: Column, b: Column) -> Floats:
    """0 for equal sets, at most 0.5 where one holds the other, 0.5 to 1 where each has tokens of its own.

    The more tokens they share, the less. NaN for two empty sets.
    """
    left, right = _sets(a, b)
    contained = shared(a, b) == np.minimum(left.sizes(), right.sizes())
    alike = jaccard(a, b)
    return np.where(contained, (1 - alike) / 2, 1 - alike / 2)


def listed_together(listed_a: Column, addresses_a: Column, listed_b: Column, addresses_b: Column) -> Floats:
    """1 where a listing is shared, 0 where both have addresses and share none, else NaN: other numbers may differ.

    Takes listings and how many of them are addresses.
    """
    apart = (np.asarray(addresses_a) > 0) & (np.asarray(addresses_b) > 0)
    return np.where(shared(listed_a, listed_b) > 0, 1.0, np.where(apart, 0.0, np.nan))


def differing(said_a: Column, kinds_a: Column, said_b: Column, kinds_b: Column) -> Floats:
    """How many kinds both sides give with different values."""
    return np.maximum(shared(kinds_a, kinds_b) - shared(said_a, said_b), 0)


def things_apart(a: Column, b: Column) -> Floats:
    """Of how many kinds each side names a thing that the other does not."""
    left, right = _sets(a, b)
    rows, common = shared_keys(left, right)
    own_a, own_b = (_kinds_of(side.rows(), side.keys, (rows, common)) for side in (left, right))
    found = np.intersect1d(own_a, own_b, assume_unique=True) >> np.uint64(40)
    return np.bincount(found.astype(np.int64), minlength=len(left)).astype(np.float64)


def _kinds_of(rows: Rows, things: Keys, but: tuple[Rows, Keys]) -> Keys:
    """The kinds of the things of each row, those left out that are named in `but`: the row above the 40 lowest bits."""
    told, left_out = ((row.astype(np.uint64) << np.uint64(40)) | key for row, key in ((rows, things), but))
    own = told[~np.isin(told, left_out, assume_unique=True)]
    return np.unique((own & ~TOKEN_MASK) | ((own & TOKEN_MASK) // np.uint64(PER_KIND)))


def disagreeing(few_a: Column, many_a: Column, few_b: Column, many_b: Column) -> Floats:
    """Of the surnames that both have with an initial, the share whose initials differ, 0 to 1; NaN if none is shared.

    Takes names (surname with initial) and surnames with an initial known.
    """
    surnames = shared(many_a, many_b)
    return _share(np.maximum(surnames - shared(few_a, few_b), 0), surnames)


def first_in_list(first_a: Column, all_a: Column, first_b: Column, all_b: Column) -> Floats:
    """How many of the two first authors are in the other's list, 0, 0.5 or 1."""
    return (any_shared(first_a, all_b) + any_shared(all_a, first_b)) / 2


# --- rarity ---------------------------------------------------------------------------------------------------------


def _summed(keys: NDArray[np.uint64], rows: NDArray[np.int64], count: int) -> Floats:
    """The summed rarity of the tokens of each row."""
    return np.bincount(rows, weights=rarity(keys), minlength=count).astype(np.float64, copy=False)


def _weight(column: TokenSets) -> Floats:
    """The summed rarity of the tokens of each row, found once for a record that is in many pairs."""
    if "weight" not in column.memo:
        whole, rows = column.memo.get("taken", (None, None))
        weight = _summed(column.keys, column.rows(), len(column)) if whole is None else _weight(whole)[rows]
        column.memo["weight"] = weight
    found: Floats = column.memo["weight"]
    return found


def _shared_weight(a: TokenSets, b: TokenSets) -> Floats:
    rows, keys = shared_keys(a, b)
    return _summed(keys, rows, len(a))


def rare_jaccard(a: Column, b: Column) -> Floats:
    """Jaccard similarity in which a word counts by its rarity, 0 to 1; NaN for two empty sets."""
    left, right = _sets(a, b)
    common = _shared_weight(left, right)
    return _share(common, _weight(left) + _weight(right) - common)


def information(words_a: Column, heading_a: Column, words_b: Column, heading_b: Column) -> Floats:
    """Summed rarity of the words of the side that has less: near 0 for "Editorial", above 5 for a telling title.

    0 where a side is, or has, a mere heading, whatever else it says: "Remarks on the year - Editor's comments".
    """
    left, right = _sets(words_a, words_b)
    return np.where((heading_a == 1) | (heading_b == 1), 0.0, np.minimum(_weight(left), _weight(right)))


def shared_information(a: Column, b: Column) -> Floats:
    """Summed rarity of the words that both have."""
    return _shared_weight(*_sets(a, b))


def lesser_surplus(a: Column, b: Column) -> Floats:
    """Summed rarity of the words that only one side has, of the side with less of it: high if words were exchanged."""
    left, right = _sets(a, b)
    common = _shared_weight(left, right)
    return np.maximum(np.minimum(_weight(left), _weight(right)) - common, 0)


def greater_surplus(a: Column, b: Column) -> Floats:
    """The same of the side with more of it: high if words were added."""
    left, right = _sets(a, b)
    common = _shared_weight(left, right)
    return np.maximum(np.maximum(_weight(left), _weight(right)) - common, 0)
