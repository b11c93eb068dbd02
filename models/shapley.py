"""Shapley values of the evidence groups: how much each moved the log-odds of a pair.

Lloyd Shapley's value (1953) of a game whose players are GROUPS: a group is switched off by giving its features the
values that they have when both records lack all evidence of it (`features.switch_off`), and counts by what it adds,
on average over all orders in which the groups can be switched on. It is exact: every coalition is scored.
"""

from functools import cache
from math import factorial

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Mask, Vectors
from papertwin.features import FEATURES, GROUPS, switch_off
from papertwin.models.scorer import Forest

ROWS = 1 << 15  # vectors that are scored at a time: about 10 MB

_COLUMNS = [np.array([feature.group == group for feature in FEATURES]) for group in GROUPS]


def shapley(forest: Forest, vectors: Vectors) -> tuple[Floats, Floats]:
    """The log-odds of similarity vectors as a base and what each of GROUPS adds to it: (pairs,), (pairs, groups).

    The base is the log-odds of a pair without any evidence; base + sum of the contributions is the pair's log-odds.
    A group that the vector says nothing of adds exactly 0. A row's answer does not depend on the rows beside it.
    """
    nothing = vectors
    for group in GROUPS:
        nothing = switch_off(nothing, group)
    told = _told(vectors, nothing)
    base, added = np.empty(len(vectors)), np.zeros((len(vectors), len(GROUPS)))
    kinds, kind_of = np.unique(told, axis=0, return_inverse=True)
    for kind, players in enumerate(map(np.flatnonzero, kinds)):
        alike = np.flatnonzero(kind_of.ravel() == kind)
        for start in range(0, len(alike), max(ROWS >> len(players), 1)):
            rows = alike[start : start + max(ROWS >> len(players), 1)]
            odds = _coalitions(forest, vectors[rows], nothing[rows], players)
            base[rows] = odds[:, 0]
            # Coalition by coalition and not as a matrix product, whose last bit depends on the number of rows.
            for coalition, weights in enumerate(_weights(len(players))):
                added[np.ix_(rows, players)] += odds[:, coalition, None] * weights
    return base, added


def _told(vectors: Vectors, nothing: Vectors) -> Mask:
    """Which groups each vector says something of, (pairs, groups): those that switching off would change."""
    changed = ~((vectors == nothing) | (np.isnan(vectors) & np.isnan(nothing)))
    return np.column_stack([changed[:, columns].any(axis=1) for columns in _COLUMNS])


def _coalitions(forest: Forest, whole: Vectors, nothing: Vectors, players: NDArray[np.int64]) -> Floats:
    """The log-odds with every subset of the players switched on, (pairs, 2^players); bit i stands for players[i]."""
    members = np.arange(1 << len(players))
    rows = np.repeat(nothing[:, None, :], len(members), axis=1)
    for bit, player in enumerate(players):
        on, columns = np.flatnonzero(members >> bit & 1), np.flatnonzero(_COLUMNS[player])
        rows[:, on[:, None], columns] = whole[:, None, columns]
    return forest.log_odds(rows.reshape(-1, whole.shape[1])).reshape(len(whole), len(members))


@cache
def _weights(players: int) -> Floats:
    """What each coalition's log-odds count in each player's value: (2^players, players)."""
    weights = np.zeros((1 << players, players))
    for coalition in range(1 << players):
        size = coalition.bit_count()
        for player in range(players):
            joined = coalition >> player & 1  # the coalitions with it count for it, those without it against it
            others = size - joined
            weight = factorial(others) * factorial(players - others - 1) / factorial(players)
            weights[coalition, player] = weight if joined else -weight
    return weights
