"""Shapley values: what the groups add is the log-odds, exactly, and is what Shapley's axioms ask for."""

from functools import cache
from itertools import permutations
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import papertwin
from papertwin.features import FEATURES, GROUPS, switch_off
from papertwin.models import load, shapley  # the module
from papertwin.models.shapley import shapley as values

SHIPPED = Path(papertwin.__file__).parent / "data/vectors.parquet"


@cache
def shipped(step=700):
    """Every so many of the shipped vectors."""
    read = pq.read_table(SHIPPED, columns=[feature.name for feature in FEATURES])
    return np.column_stack([read[feature.name].to_numpy()[::step] for feature in FEATURES]).astype(np.float32)


@pytest.fixture(scope="module", params=["work", "record"])
def forest(request):
    return load(request.param).forest


def test_base_and_groups_add_up_to_the_log_odds(forest):
    """To 1e-6, for vectors of every shipped set."""
    base, added = values(forest, shipped())

    assert added.shape == (len(shipped()), len(GROUPS))
    np.testing.assert_allclose(base + added.sum(axis=1), forest.log_odds(shipped()), atol=1e-6, rtol=0)


numbers = st.floats(0, 4, width=32) | st.sampled_from([0.0, 1.0, 2.0]) | st.just(float("nan"))


@settings(max_examples=30)
@given(arrays.arrays(np.float32, (3, len(FEATURES)), elements=numbers))
def test_they_add_up_for_vectors_that_no_records_have(vectors):
    forest = load("work").forest
    base, added = values(forest, vectors)

    np.testing.assert_allclose(base + added.sum(axis=1), forest.log_odds(vectors), atol=1e-6, rtol=0)


def test_they_are_the_averages_over_all_orders(forest):
    """Shapley's definition, computed the long way: 5,040 orders in which the groups are switched on."""
    vector = shipped()[40:41]
    known = {}
    for members in range(1 << len(GROUPS)):
        coalition = vector
        for place, group in enumerate(GROUPS):
            if not members >> place & 1:
                coalition = switch_off(coalition, group)
        known[members] = forest.log_odds(coalition)[0]
    expected = np.zeros(len(GROUPS))
    orders = list(permutations(range(len(GROUPS))))
    for order in orders:
        members = 0
        for place in order:
            expected[place] += (known[members | 1 << place] - known[members]) / len(orders)
            members |= 1 << place

    base, added = values(forest, vector)

    np.testing.assert_allclose(added[0], expected, atol=1e-9)
    assert base[0] == known[0]


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_with_nothing_in_it_adds_exactly_nothing(forest, group):
    _, added = values(forest, switch_off(shipped(), group))

    assert (added[:, GROUPS.index(group)] == 0).all()


def test_a_pair_is_explained_by_itself(forest, monkeypatch):
    """Neither the pairs beside it nor the size of a batch move a bit."""
    together = values(forest, shipped())
    monkeypatch.setattr(shapley, "ROWS", 300)
    apart = values(forest, shipped())
    for one, other in zip(together, apart, strict=True):
        np.testing.assert_array_equal(one, other)
    base, added = values(forest, shipped()[5:6])
    assert base[0] == together[0][5]
    np.testing.assert_array_equal(added[0], together[1][5])


def test_no_pairs_have_no_values(forest):
    base, added = values(forest, shipped()[:0])

    assert base.shape == (0,)
    assert added.shape == (0, len(GROUPS))
