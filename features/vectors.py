"""Pairs of prepared records to similarity vectors: one loop over FEATURES, which alone decides what is missing."""

import numpy as np
from numpy.typing import NDArray

from papertwin.data.columns import Column, Mask, missing, take
from papertwin.data.fields import Prepared
from papertwin.features.table import FEATURES

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]


def vectors(prepared: Prepared, left: Rows, right: Rows) -> Vectors:
    """The similarity vectors of the pairs (record left[i], record right[i]), float32, shape (pairs, features)."""
    result = np.full((len(left), len(FEATURES)), np.nan, dtype=np.float32, order="F")
    columns: dict[str, tuple[Column, Column]] = {}
    absent: dict[str, tuple[Mask, Mask]] = {}
    for place, feature in enumerate(FEATURES):
        for name in (*feature.fields, *([feature.within] if feature.within else [])):
            if name not in columns:
                column = prepared.columns[name]
                columns[name] = take(column, left), take(column, right)
                absent[name] = missing(columns[name][0]), missing(columns[name][1])
        if feature.measure is None:
            a, b = absent[feature.fields[0]]
            result[:, place] = a.astype(np.float32) + b
            continue
        lacking = np.zeros(len(left), dtype=bool)
        for name in feature.fields:
            lacking |= absent[name][0] | absent[name][1]
        if feature.within:
            lacking |= _differ(*columns[feature.within], *absent[feature.within])
        known = np.flatnonzero(~lacking)
        if len(known):
            sides = [[take(columns[name][side], known) for name in feature.fields] for side in (0, 1)]
            result[known, place] = feature.measure(*sides[0], *sides[1])
    return result


def _differ(a: Column, b: Column, no_a: Mask, no_b: Mask) -> Mask:
    """True where both are known and not the same."""
    unlike: Mask = np.asarray(a != b, dtype=bool)
    return unlike & ~no_a & ~no_b


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
