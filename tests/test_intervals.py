"""Figures with bootstrap intervals: the same figures as elsewhere, and intervals that mean what they say."""

import numpy as np
import pytest

from papertwin.models.card import Thresholds
from papertwin.models.compare import BETTER, SAME, WORSE, Difference, difference
from papertwin.models.intervals import FIGURES, Answers, intervals
from papertwin.models.metrics import log_loss, losses, metrics
from papertwin.models.training_vectors import TrainingVectors

LIMITS = Thresholds(0.8, 0.2, 0.9)


def answers(labels, noise, seed=0):
    """Probabilities that follow the labels, more or less."""
    rng = np.random.default_rng(seed)
    given = 1 / (1 + np.exp(-(4 * labels - 2 + noise * rng.normal(size=len(labels)))))
    return Answers(np.round(given, 2), LIMITS, rng.random(len(labels)) < 0.1)  # rounded, so that some are equal


@pytest.fixture
def labels():
    return (np.random.default_rng(1).random(400) < 0.4).astype(float)


def test_the_figures_are_those_of_a_card(labels):
    """Precision, F1, average precision, calibration error ...: one definition, two ways to compute it."""
    given = answers(labels, 2)
    (found,) = intervals(labels, [given], np.arange(400))
    expected = metrics(labels, given.probabilities, LIMITS, given.conflicting)

    for name in (
        "precision",
        "recall",
        "f1",
        "wrong_merges",
        "misses",
        "average_precision",
        "brier",
        "ece",
        "review",
        "auto_precision",
    ):
        assert found[name].value == pytest.approx(expected[name]), name
    assert found["auto_misses"].value == pytest.approx(expected["auto_missed"] * labels.sum())
    assert found["log_loss"].value == pytest.approx(log_loss(labels, given.probabilities, np.ones(400)))


def test_every_figure_lies_in_its_interval(labels):
    """The calibration error too, though chance makes it larger in nearly every draw."""
    (found,) = intervals(labels, [answers(labels, 2)], np.arange(400))

    assert list(found) == list(FIGURES)
    assert [name for name, one in found.items() if not one.low <= one.value <= one.high] == []
    assert found["ece"].low >= 0
    assert found["f1"].low < found["f1"].high


def test_a_calibrated_model_may_have_less_calibration_error_than_it_shows(labels):
    """What it shows is chance alone, so that more of the interval lies below it; a difference may be of either sign."""
    given = np.random.default_rng(3).random(400)
    true = (np.random.default_rng(4).random(400) < given).astype(float)
    one = Answers(given, LIMITS, np.zeros(400, dtype=bool))
    first, _, change = intervals(true, [one, answers(true, 2)], np.arange(400))

    assert first["ece"].value - first["ece"].low > first["ece"].high - first["ece"].value >= 0
    assert first["ece"].low >= 0
    assert change["ece"].low <= change["ece"].value <= change["ece"].high


def test_pairs_of_one_work_are_drawn_together(labels):
    """A set that is there four times says no more than once, if the copies are of the same works."""
    given = answers(labels, 2)
    four = Answers(np.tile(given.probabilities, 4), LIMITS, np.tile(given.conflicting, 4))
    ((once,), (again,), (fooled,)) = (
        intervals(labels, [given], np.arange(400)),
        intervals(np.tile(labels, 4), [four], np.tile(np.arange(400), 4)),
        intervals(np.tile(labels, 4), [four], np.arange(1600)),
    )

    width = {
        name: one["brier"].high - one["brier"].low
        for name, one in (("once", once), ("again", again), ("fooled", fooled))
    }
    assert width["again"] == pytest.approx(width["once"], rel=1e-6)
    assert width["fooled"] < 0.7 * width["once"]


def paired(first, second):
    """Pairs of these works, about which nothing else is known."""
    first, second = np.array(first), np.array(second)
    blank, text = np.zeros(len(first)), np.full(len(first), "", dtype=object)
    return TrainingVectors(np.zeros((len(first), 1), dtype=np.float32), blank, blank, text, text, first, second)


def test_pairs_that_share_a_work_on_either_side_are_drawn_together():
    """Hard because a record that was searched for may be the first or the second of its pairs, or now one, now both."""
    assert paired([1, 2, 3], [9, 9, 9]).groups().tolist() == [9, 9, 9]
    assert paired([9, 9, 9], [1, 2, 3]).groups().tolist() == [9, 9, 9]
    assert paired([9, 2, 9, 4], [1, 9, 9, 4]).groups().tolist() == [9, 9, 9, 4]
    assert len(set(paired([1, 2, 3], [4, 5, 6]).groups())) == 3  # what shares nothing is drawn by itself
    assert paired([], []).groups().tolist() == []


def test_an_interval_heeds_the_work_that_the_pairs_share(labels):
    """Twenty works with twenty others each, all right or all wrong: that is twenty observations and not 400."""
    right = np.repeat(np.random.default_rng(0).random(20) < 0.8, 20)
    given = Answers(np.where(right == (labels == 1), 0.9, 0.1), LIMITS, np.zeros(400, dtype=bool))
    others, hubs = np.arange(400), np.repeat(np.arange(400, 420), 20)
    (once,), (as_second,), (as_first,) = (
        intervals(labels, [given], groups)
        for groups in (others, paired(others, hubs).groups(), paired(hubs, others).groups())
    )

    assert as_second == as_first
    assert as_second["brier"].high - as_second["brier"].low > 3 * (once["brier"].high - once["brier"].low)


def test_a_model_does_not_differ_from_itself_and_differs_from_a_worse_one(labels):
    """The difference is the second minus the first, drawn together."""
    good, bad = answers(labels, 1), answers(labels, 5)
    _, _, same = intervals(labels, [good, good], np.arange(400))
    _, _, other = intervals(labels, [good, bad], np.arange(400))

    assert all((one.value, one.low, one.high) == (0, 0, 0) for one in same.values())
    assert other["brier"].low > 0
    assert other["f1"].high < 0


@pytest.mark.parametrize(
    ("label", "undefined"),
    [
        (
            1.0,
            {"precision", "f1", "wrong_merges", "auto_precision", "auto_f1", "auto_wrong_merges", "average_precision"},
        ),
        (
            0.0,
            {
                "precision",
                "recall",
                "f1",
                "misses",
                "auto_precision",
                "auto_recall",
                "auto_f1",
                "auto_misses",
                "average_precision",
            },
        ),
    ],
)
def test_what_one_class_cannot_tell_is_undefined(label, undefined):
    labels = np.full(50, label)
    (found,) = intervals(labels, [answers(labels, 1)], np.arange(50))

    assert {name for name, one in found.items() if one.value is None} == undefined


def test_the_same_seed_gives_the_same_intervals(labels):
    given = answers(labels, 2)

    assert intervals(labels, [given], np.arange(400), 3) == intervals(labels, [given], np.arange(400), 3)


def test_a_difference_is_noise_until_it_exceeds_error_and_margin():
    """Two standard errors, and a twentieth of the loss: more than another seed moves it."""
    assert Difference(0.1, -0.02, 0.005).verdict == BETTER
    assert Difference(0.1, 0.02, 0.005).verdict == WORSE
    assert Difference(0.1, 0.02, 0.02).verdict == SAME
    assert Difference(0.1, 0.004, 0.0001).verdict == SAME


def test_copies_of_one_work_do_not_make_a_difference_surer():
    rng = np.random.default_rng(0)
    first, second = rng.random(50), rng.random(50)
    once = difference(first, second, np.arange(50))
    tiled = difference(np.tile(first, 9), np.tile(second, 9), np.tile(np.arange(50), 9))

    assert (tiled.mean, tiled.error) == (pytest.approx(once.mean), pytest.approx(once.error))
    assert difference(first[:0], second[:0], np.arange(0)).verdict == SAME


def test_a_loss_is_large_where_the_truth_got_little():
    found = losses(np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.1, 0.1]))

    assert found[0] == pytest.approx(0)
    assert found[1] > found[2] > 0
