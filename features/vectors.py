"""Pairs of prepared records to similarity vectors: one loop over FEATURES, which alone decides what is missing."""

from functools import reduce
from operator import or_
from typing import NamedTuple

import numpy as np

from papertwin.data.arrays import Mask, Rows, Vectors
from papertwin.data.columns.column import Column, take
from papertwin.data.fields import Prepared
from papertwin.features.table import FEATURES, NAMING_TOGETHER, PLACE

CHUNK = 4096  # pairs that are compared at a time: their columns stay in the processor's cache


def vectors(prepared: Prepared, left: Rows, right: Rows) -> Vectors:
    """The similarity vectors of the pairs (record left[i], record right[i]), float32, shape (pairs, features)."""
    result = np.full((len(left), len(FEATURES)), np.nan, dtype=np.float32, order="F")
    for start in range(0, len(left), CHUNK):
        part = slice(start, start + CHUNK)
        _fill(result[part], prepared, left[part], right[part])
    return result


class _Known(NamedTuple):
    """The pairs that have some fields on both sides, and those fields of either side."""

    pairs: Rows
    left: list[Column]
    right: list[Column]


def _fill(result: Vectors, prepared: Prepared, left: Rows, right: Rows) -> None:
    """Write the vectors of some pairs; features of the same fields share what is known of them."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], _Known] = {}
    unknown = _Unknown(prepared, left, right)
    for place, feature in enumerate(FEATURES):
        if feature.measure is None:
            absent = prepared.absent(feature.fields[0])
            result[:, place] = absent[left].astype(np.float32) + absent[right]
            continue
        key = feature.fields, feature.within
        if key not in found:
            found[key] = unknown.known(*key)
        known = found[key]
        if len(known.pairs):
            result[known.pairs, place] = feature.measure(*known.left, *known.right)


class _Unknown:
    """Which of some pairs cannot be compared, each question asked once."""

    def __init__(self, prepared: Prepared, left: Rows, right: Rows) -> None:
        self.prepared, self.left, self.right = prepared, left, right
        self._lacking: dict[str, Mask] = {}
        self._differing: dict[str, Mask] = {}

    def lacking(self, name: str) -> Mask:
        """The pairs of which a side lacks the field."""
        if name not in self._lacking:
            absent = self.prepared.absent(name)
            self._lacking[name] = absent[self.left] | absent[self.right]
        return self._lacking[name]

    def differing(self, name: str) -> Mask:
        """The pairs of which both sides have the field, and not the same."""
        if name not in self._differing:
            column = self.prepared.values(name)
            unlike = np.asarray(column[self.left] != column[self.right], dtype=bool)
            self._differing[name] = unlike & ~self.lacking(name)
        return self._differing[name]

    def known(self, fields: tuple[str, ...], within: tuple[str, ...]) -> _Known:
        """The pairs that have all the fields, and of which those of `within` do not differ."""
        unknown = reduce(or_, [*map(self.lacking, fields), *map(self.differing, within)])
        pairs = (~unknown).nonzero()[0]
        columns = [self.prepared.columns[name] for name in fields]
        a, b = ([take(column, rows) for column in columns] for rows in (self.left[pairs], self.right[pairs]))
        return _Known(pairs, a, b)


def conflicting(pairs: Vectors) -> Mask:
    """True for pairs that contradict each other: identifiers of one kind that differ, or numbers in the titles."""
    result = np.zeros(len(pairs), dtype=bool)
    for place, feature in enumerate(FEATURES):
        result |= feature.contradicts(pairs[:, place])
    return result


def unnamed(pairs: Vectors) -> Mask:
    """True for pairs of which a side has no title and in which nothing else that names a work agrees.

    That is an identifier, the abstract, or journal and volume together with the first page, or with issue and authors.
    """
    named = np.zeros(len(pairs), dtype=bool)
    for together in NAMING_TOGETHER:
        agree = [(pairs[:, [PLACE[name] for name in some]] == 1).any(axis=1) for some in together]
        named |= np.logical_and.reduce(agree)
    for place, feature in enumerate(FEATURES):
        if feature.naming is not None:
            named |= pairs[:, place] >= feature.naming
    lacking: Mask = (pairs[:, PLACE["titles_missing"]] > 0) & ~named
    return lacking


def switch_off(pairs: Vectors, group: str, sides: int = 2) -> Vectors:
    """The vectors as they would be if `sides` records (1 or 2) lacked all evidence of a group."""
    result = pairs.copy()
    for place, feature in enumerate(FEATURES):
        if feature.group == group:
            result[:, place] = np.maximum(pairs[:, place], sides) if feature.measure is None else np.nan
    return result
