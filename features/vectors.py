"""Pairs of prepared records to similarity vectors: one loop over FEATURES, which alone decides what is missing."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns import Column, Mask, take
from papertwin.data.fields import Prepared
from papertwin.features.table import FEATURES

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]

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
    found: dict[tuple[tuple[str, ...], str | None], _Known] = {}
    lacking: dict[str, Mask] = {}  # by field, the pairs of which a side lacks it
    for place, feature in enumerate(FEATURES):
        if feature.measure is None:
            absent = prepared.absent(feature.fields[0])
            result[:, place] = absent[left].astype(np.float32) + absent[right]
            continue
        key = feature.fields, feature.within
        if key not in found:
            found[key] = _known(prepared, left, right, lacking, *key)
        known = found[key]
        if len(known.pairs):
            result[known.pairs, place] = feature.measure(*known.left, *known.right)


def _known(
    prepared: Prepared, left: Rows, right: Rows, lacking: dict[str, Mask], fields: tuple[str, ...], within: str | None
) -> _Known:
    for name in fields:
        if name not in lacking:
            absent = prepared.absent(name)
            lacking[name] = absent[left] | absent[right]
    unknown = np.logical_or.reduce([lacking[name] for name in fields])
    if within:
        column, absent = prepared.values(within), prepared.absent(within)
        unknown |= np.asarray(column[left] != column[right], dtype=bool) & ~absent[left] & ~absent[right]
    pairs = np.flatnonzero(~unknown)
    a, b = ([take(prepared.columns[name], rows[pairs]) for name in fields] for rows in (left, right))
    return _Known(pairs, a, b)


def conflicting(pairs: Vectors) -> Mask:
    """True for pairs that contradict each other: identifiers of one kind, part numbers or title years that differ."""
    result = np.zeros(len(pairs), dtype=bool)
    for place, feature in enumerate(FEATURES):
        if feature.conflict is not None:
            result |= pairs[:, place] == feature.conflict
    return result


def switch_off(pairs: Vectors, group: str, sides: int = 2) -> Vectors:
    """The vectors as they would be if `sides` records (1 or 2) lacked all evidence of a group."""
    result = pairs.copy()
    for place, feature in enumerate(FEATURES):
        if feature.group == group:
            result[:, place] = np.maximum(pairs[:, place], sides) if feature.measure is None else np.nan
    return result
