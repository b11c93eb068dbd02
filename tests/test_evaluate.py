"""Judging: metrics of hand-made numbers, and thresholds that keep what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.features import FEATURES, GROUPS
from papertwin.models.card import Thresholds
from papertwin.models.metrics import (
    average_precision,
    calibration_error,
    choose_thresholds,
    log_loss,
    metrics,
    permutation_importances,
)


def numbers(*values):
    return np.array(values, dtype=float)


def chosen(labels, probabilities, conflicting=None):
    """The thresholds of equally weighted pairs."""
    labels, probabilities = np.array(labels, dtype=float), np.array(probabilities, dtype=float)
    nowhere = np.zeros(len(labels), dtype=bool)
    return choose_thresholds(
        labels, probabilities, np.ones(len(labels)), nowhere if conflicting is None else np.array(conflicting)
    )


def test_counts_and_shares():
    """Three merges of which one is wrong, one miss."""
    found = metrics(numbers(1, 1, 0, 1, 0), numbers(0.9, 0.8, 0.7, 0.2, 0.1))
    assert (found["pairs"], found["duplicates"], found["wrong_merges"], found["misses"]) == (5, 3, 1, 1)
    assert found["precision"] == found["recall"] == found["f1"] == pytest.approx(2 / 3)
    assert found["brier"] == pytest.approx((0.01 + 0.04 + 0.49 + 0.64 + 0.01) / 5)


@pytest.mark.parametrize(
    ("labels", "undefined"),
    [
        ((), {"precision", "recall", "f1", "average_precision", "brier", "ece"}),
        ((0, 0), {"precision", "recall", "f1", "average_precision"}),
        ((1, 1), {"precision", "average_precision"}),
    ],
)
def test_what_cannot_be_said_is_none(labels, undefined):
    """No pairs, or pairs of one class, are no reason to fail, nor for a number that means nothing."""
    found = metrics(numbers(*labels), numbers(*[0.2] * len(labels)))
    assert {name for name, value in found.items() if value is None} == undefined


def test_answers_at_two_thresholds():
    """What is called, missed and left to a person is counted beside F1."""
    found = metrics(numbers(1, 0, 1, 0, 1), numbers(0.95, 0.9, 0.5, 0.3, 0.1), Thresholds(0.9, 0.2, 0.9))
    assert (found["auto_merged"], found["auto_precision"]) == (2, 0.5)
    assert found["auto_missed"] == pytest.approx(1 / 3)
    assert found["review"] == pytest.approx(2 / 5)


def test_pairs_that_conflict_need_more():
    """One threshold above the other, for pairs that contradict themselves."""
    found = metrics(numbers(1, 0), numbers(0.92, 0.92), Thresholds(0.9, 0.2, 0.95), np.array([False, True]))
    assert (found["auto_merged"], found["auto_precision"], found["review"]) == (1, 1, 0.5)


def test_a_perfect_forecast_has_no_calibration_error():
    """Certain and right, or as often right as it says."""
    assert calibration_error(numbers(0, 1, 1), numbers(0, 1, 1)) == 0
    assert calibration_error(np.repeat([1.0, 0.0], [70, 30]), np.full(100, 0.7)) == pytest.approx(0)
    assert calibration_error(numbers(0, 0), numbers(1, 1)) == 1
    assert calibration_error(numbers(1, 0), numbers(0.9, 0.9), numbers(9, 1)) == pytest.approx(0)


def test_average_precision_is_one_where_all_duplicates_lead():
    """And None where there is nothing to rank."""
    assert average_precision(numbers(1, 1, 0), numbers(0.9, 0.8, 0.7)) == 1
    assert average_precision(numbers(1, 1), numbers(0.9, 0.8)) is None


def test_thresholds_of_a_clean_ranking():
    """Between the lowest duplicate and the highest distinct pair lies the threshold, with room on both sides."""
    limits = chosen([1, 1, 1, 0, 0], [0.9, 0.8, 0.7, 0.3, 0.2])
    assert (limits.duplicate, limits.distinct) == (pytest.approx(0.5), pytest.approx(0.5))


def test_thresholds_of_few_and_clear_cases_leave_room():
    """Where every duplicate has 0.99997 and every distinct pair 0.0001, 0.9999 is no distinct pair."""
    limits = chosen([1] * 12 + [0] * 12, [0.99997] * 12 + [0.0001] * 12)
    assert limits.decide([0.9999, 0.001], [False, False]) == ["DUPLICATES", "NOT DUPLICATES"]


def test_thresholds_leave_the_doubtful_to_a_person():
    """Wrong pairs high up and duplicates low down: between them is REVIEW."""
    limits = chosen([1] * 98 + [0, 0, 0, 1, 1], [*np.linspace(0.99, 0.9, 98), 0.6, 0.6, 0.6, 0.5, 0.4])
    assert 0.6 < limits.duplicate < 0.9
    assert 0.4 < limits.distinct < 0.5  # one of 100 duplicates lies below


def test_thresholds_that_cross_become_their_midpoint():
    """Precision would allow 0.2 and misses 0.5: nothing is left for review."""
    limits = chosen([1] * 200 + [0], [*np.linspace(0.9, 0.5, 199), 0.1, 0.05])
    assert limits.duplicate == limits.distinct
    assert 0.05 < limits.duplicate < 0.55


def test_without_precision_nothing_is_merged():
    """Where no threshold is precise enough only certainty counts."""
    assert chosen([0, 1, 0, 1], [0.9, 0.8, 0.7, 0.6]).duplicate == 1


def test_ties_are_decided_together():
    """Pairs of one probability are called alike, so that a threshold inside them promises nothing."""
    assert chosen([1, 0], [0.8, 0.8]).duplicate == 1


def test_conflicts_have_a_precision_of_their_own():
    """A wrong pair among those that conflict raises their threshold above it, and theirs alone."""
    labels = [1] * 300 + [0, 1]
    probabilities = [*np.linspace(0.99, 0.8, 300), 0.85, 0.9]
    limits = chosen(labels, probabilities, [False] * 300 + [True, True])
    assert limits.duplicate < 0.85
    assert 0.85 < limits.conflict < 0.9


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.integers(0, 40), st.booleans()), min_size=1, max_size=120))
def test_thresholds_keep_what_they_promise(pairs):
    """Unless they crossed: 0.99 of what is called are duplicates, of conflicting pairs too; under 0.01 are missed."""
    labels, values, conflicting = (np.array(column) for column in zip(*pairs, strict=True))
    values = values / 40
    limits = choose_thresholds(labels, values, np.ones(len(labels)), conflicting)
    called = limits.merges(values, conflicting)
    if limits.duplicate > limits.distinct:
        for part in (values >= limits.duplicate, conflicting & (values >= limits.conflict)):
            if part.any() and limits.conflict < 1 and limits.duplicate < 1:
                assert labels[part].mean() >= 0.99
        assert labels[values < limits.distinct].sum() <= 0.01 * labels.sum()
    assert not (called & (values < limits.duplicate)).any()


@pytest.mark.parametrize("limits", [(0.2, 0.5, 0.9), (0.9, 0.1, 0.8), (1.1, 0.1, 1.2), (0.5, -0.1, 0.5)])
def test_thresholds_out_of_order_are_refused(limits):
    """A card that was edited by hand is not obeyed blindly."""
    with pytest.raises(ValueError, match="thresholds need"):
        Thresholds(*limits)


def test_certainty_that_is_wrong_is_a_finite_loss():
    """A probability of 0 for what is true."""
    assert log_loss(numbers(1, 0), numbers(1, 0), np.ones(2)) == 0
    assert 10 < log_loss(numbers(1), numbers(0), np.ones(1)) < 50


def test_importances_find_the_one_feature_that_counts():
    """Shuffling what a score does not read changes nothing; a group is worth what its members are."""
    rng = np.random.default_rng(0)
    vectors = rng.random((300, len(FEATURES)), dtype=np.float32)
    labels = (vectors[:, 3] > 0.5).astype(float)
    by_feature, by_group = permutation_importances(
        lambda table: np.clip(table[:, 3].astype(float), 0.01, 0.99), vectors, labels, np.ones(300), 0
    )
    assert list(by_feature) == [feature.name for feature in FEATURES]
    assert list(by_group) == list(GROUPS)
    assert {name for name, value in by_feature.items() if value} == {FEATURES[3].name}
    assert {name for name, value in by_group.items() if value} == {FEATURES[3].group}
    assert by_feature[FEATURES[3].name] > 0.3
