"""Scores and partial dependence: the curves of a report agree with what they are made from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.features import FEATURES
from papertwin.models import load
from papertwin.models.dependence import partial_dependence
from papertwin.models.metrics import precision_recall_f1
from papertwin.models.scores import EDGES, Scores, choices, clear_cut, reliability
from papertwin.models.training_vectors import read_vectors

JUDGED = st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=60)


def split(judged):
    return np.array([float(label) for label, _ in judged]), np.array([probability for _, probability in judged])


def test_edges_begin_at_nothing_and_rise():
    """Every probability has a bin; 0.5 is an edge, since figures at 0.5 are read from it."""
    assert EDGES[0] == 0
    assert list(EDGES) == sorted(set(EDGES))
    assert EDGES[-1] < 1
    assert 0.5 in EDGES


@given(JUDGED)
def test_no_pair_is_lost(judged):
    """All pairs are counted once, and the sums of their probabilities are kept."""
    labels, probabilities = split(judged)
    scores = Scores.of(labels, probabilities)

    assert sum(scores.duplicates) == labels.sum()
    assert sum(scores.duplicates) + sum(scores.distinct) == len(judged)
    assert sum(scores.total) == pytest.approx(probabilities.sum())


@given(JUDGED)
def test_a_choice_is_what_its_threshold_would_do(judged):
    """Precision, recall, wrong merges and misses of every threshold, counted anew from the pairs."""
    labels, probabilities = split(judged)
    for one in choices(Scores.of(labels, probabilities)):
        counted = precision_recall_f1(labels, probabilities >= one.threshold)
        assert one.recall == pytest.approx(counted["recall"])
        assert one.precision == (None if counted["precision"] is None else pytest.approx(counted["precision"]))
        assert one.wrong_merges == pytest.approx(1000 * counted["wrong_merges"] / len(judged))
        assert one.misses == pytest.approx(1000 * counted["misses"] / len(judged))


def test_without_duplicates_there_is_no_curve():
    """Recall is undefined; the counts are there."""
    scores = Scores.of(np.zeros(3), np.array([0.1, 0.2, 1.0]))

    assert choices(scores) == []
    assert scores.distinct[-1] == 1


@given(JUDGED)
def test_reliability_is_of_tenths(judged):
    """Each pair is in one bin, its mean probability is within the bin, and the interval holds the share."""
    bins = reliability(Scores.of(*split(judged)))

    assert sum(one.pairs for one in bins) == len(judged)
    tenths = [min(int(one.given * 10 + 1e-9), 9) for one in bins]
    assert tenths == sorted(tenths)
    for one in bins:
        assert 0 <= one.low <= one.true + 1e-9
        assert one.true - 1e-9 <= one.high <= 1


def test_an_interval_narrows_with_the_pairs():
    """Ten of twenty say less than a thousand of two thousand; the known value of Wilson's interval for 10 of 20."""
    few, many = (reliability(Scores.of(np.tile([0.0, 1.0], n), np.full(2 * n, 0.5)))[0] for n in (10, 1000))

    assert (few.low, few.high) == pytest.approx((0.2993, 0.7007), abs=1e-3)
    assert many.high - many.low < (few.high - few.low) / 5


def test_clear_cut_counts_both_ends():
    """Within 0.02 of 0 or of 1."""
    assert clear_cut(Scores.of(np.array([0, 0, 1, 1.0]), np.array([0.001, 0.5, 0.97, 0.985]))) == 0.5


@pytest.mark.parametrize("name", ["year_gap", "doi_same", "title_ratio"])
def test_odds_follow_the_trend(name):
    """A feature that may only rise never lowers the odds, one that may only fall never raises them."""
    model = load("work")
    vectors = read_vectors().vectors[::50]
    trend = next(feature.trend for feature in FEATURES if feature.name == name)
    found = partial_dependence(model.forest.log_odds, vectors, name)

    assert (np.diff(found.odds) * trend >= -1e-6).all()
    assert found.stepwise == (name == "doi_same")
    assert found.swing >= 1


def test_odds_are_those_of_the_pairs_that_have_the_feature():
    """By hand: log-odds of twice the feature, whose mean over the present is 0.5, missing ones left out."""
    vectors = np.full((5, len(FEATURES)), np.nan, dtype=np.float32)
    vectors[:4, 0] = [0, 0, 1, 1]
    found = partial_dependence(lambda rows: 2 * rows[:, 0].astype(float), vectors, FEATURES[0].name)

    assert found.values == [0, 1]
    np.testing.assert_allclose(found.odds, [np.exp(-1), np.exp(1)])
    assert partial_dependence(lambda rows: rows[:, 0], vectors[4:], FEATURES[0].name) is None
