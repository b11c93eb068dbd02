"""Graphs: what pairs join, in arrays and pair by pair."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.graphs import UnionFind, components

PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20)


def sides(pairs):
    """The two sides of pairs as arrays."""
    return (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))


@given(PAIRS)
def test_components_are_what_pairs_join(pairs):
    """The two of a pair are in one, whatever the order of the pairs; each is named by its smallest row."""
    left, right = sides(pairs)
    parts = components(12, left, right)
    assert (parts[left] == parts[right]).all()
    assert all(parts[row] <= row and parts[parts[row]] == parts[row] for row in range(12))
    np.testing.assert_array_equal(parts, components(12, right[::-1], left[::-1]))
    reached = {row: {row} for row in range(12)}
    for _ in range(12):
        for a, b in pairs:
            reached[a] |= reached[b]
            reached[b] |= reached[a]
    assert all((parts[a] == parts[b]) == (b in reached[a]) for a in range(12) for b in range(12))


@given(PAIRS)
def test_union_find_makes_the_components_pair_by_pair(pairs):
    """They have the same names, and exactly those pairs join that were not joined by others before."""
    groups = UnionFind()
    for place, (a, b) in enumerate(pairs):
        before = components(12, *sides(pairs[:place]))
        assert groups.join(a, b) == (before[a] != before[b])
    assert [groups.first(row) for row in range(12)] == components(12, *sides(pairs)).tolist()
