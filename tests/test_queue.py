"""The review's queue: the doubtful first, and no family or kind fills it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.cases import Case
from papertwin.data.errors import InputError
from papertwin.features import FEATURES
from papertwin.models.card import Thresholds
from papertwin.pages import queue

LIMITS = Thresholds(0.8, 0.2, 0.9)
PLACE = {feature.name: place for place, feature in enumerate(FEATURES)}


def vectors(count, **features):
    made = np.full((count, len(FEATURES)), np.nan, dtype=np.float32)
    for name, values in features.items():
        made[:, PLACE[name]] = values
    return made


def apart(count):
    """Every record in a family of its own."""
    return np.arange(2 * count).reshape(-1, 2)


def order(probabilities, families=None, table=None):
    count = len(probabilities)
    families = apart(count) if families is None else np.array(families)
    # Each pair of a kind of its own, unless said otherwise.
    table = vectors(count, titles_missing=np.arange(count)) if table is None else table
    return queue.doubtful(np.array(probabilities), LIMITS, table, families).tolist()


def test_the_closest_to_the_threshold_come_first():
    assert order([0.999, 0.4, 0.01, 0.52, 0.9]) == [3, 1, 4, 2, 0]


def test_the_middle_is_between_the_thresholds_not_at_a_half():
    shifted = Thresholds(0.99, 0.6, 0.99)
    found = queue.doubtful(np.array([0.5, 0.92]), shifted, vectors(2, titles_missing=[0, 1]), apart(2))
    assert found.tolist() == [1, 0]


def test_a_series_of_reports_does_not_fill_the_queue():
    """Twenty pairs of one series, all a little more doubtful than three others: those come early nevertheless."""
    probabilities = [0.5 + number / 1000 for number in range(20)] + [0.7, 0.72, 0.74]
    families = [[0, 0]] * 20 + [[1, 2], [3, 4], [5, 6]]
    assert set(order(probabilities, families)[:5]) > {20, 21, 22}


def test_a_record_beside_many_candidates_does_not_fill_the_queue():
    probabilities = [0.5 + number / 1000 for number in range(20)] + [0.7, 0.72]
    families = [[0, number + 1] for number in range(20)] + [[90, 91], [92, 93]]
    assert set(order(probabilities, families)[:5]) > {20, 21}


def test_a_kind_does_not_fill_the_queue():
    """Pairs without abstracts, and one with."""
    probabilities = [0.5 + number / 1000 for number in range(20)] + [0.7]
    table = vectors(21, abstracts_missing=[2.0] * 20 + [0.0])
    assert 20 in order(probabilities, table=table)[:4]


def test_sure_pairs_stay_behind_however_rare_their_family():
    """The discount is bounded: a pair that is as good as sure does not come before a doubtful one."""
    assert order([0.5, 0.501, 0.502, 0.999999], [[0, 0]] * 3 + [[1, 2]])[-1] == 3


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.randoms())
def test_the_order_holds_every_pair_once_and_is_always_the_same(probabilities, random):
    families = [[random.randrange(5), random.randrange(5)] for _ in probabilities]
    found = order(probabilities, families)
    assert sorted(found) == list(range(len(probabilities)))
    assert found == order(probabilities, families)


def case(**row):
    return Case({"title": "a"}, {"title": "b"}, True, None, "here", row)


def test_suspects_come_by_suspicion_and_those_without_last():
    cases = [case(suspicion=0.2), case(), case(suspicion="0.9"), case(suspicion=1)]
    assert queue.suspects(cases).tolist() == [3, 2, 0, 1]


def test_suspects_need_a_checked_file():
    with pytest.raises(InputError, match="papertwin check"):
        queue.suspects([case(), case()])
