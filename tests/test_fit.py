"""Fitting: folds that tear no work, weights, a calibration that keeps the trends, and the same model every time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.features import FEATURES, GROUPS, Trend
from papertwin.models import save
from papertwin.models.build import build, ordered
from papertwin.models.card import CROSS_VALIDATION, Given
from papertwin.models.fit import (
    LACKING,
    STEEPEST,
    Calibration,
    Recipe,
    blanked,
    calibrate,
    fit_forest,
    folds,
    out_of_fold,
    set_weights,
)
from papertwin.models.scorer import probability
from papertwin.models.training_vectors import TrainingVectors, joined, read_vectors, write_vectors

TINY = Recipe(trees=10, leaves=7)
NOBODY = np.full(200, "", dtype=object)


def made(pairs=240, seed=0, sets=("one", "two"), works=60):
    """Vectors of which the first feature tells the label, with noise and gaps, each pair of two works or of one."""
    rng = np.random.default_rng(seed)
    labels = (rng.random(pairs) < 0.5).astype(float)
    vectors = rng.random((pairs, len(FEATURES)), dtype=np.float32)
    vectors[:, 0] = np.clip(labels * 0.5 + rng.normal(0.25, 0.15, pairs), 0, 1)
    vectors[rng.random(vectors.shape) < 0.2] = np.nan
    first, second = rng.integers(0, works, pairs), rng.integers(0, works, pairs)
    second = np.where(labels == 1, first, np.where(second == first, (first + 1) % works, second))
    names = np.array(sets, dtype=object)[rng.integers(0, len(sets), pairs)]
    return TrainingVectors(vectors, labels, labels, names, np.full(pairs, "", dtype=object), first, second)


@given(st.integers(2, 7), st.integers(0, 5), st.integers(2, 90), st.integers(1, 200))
@settings(max_examples=60)
def test_folds_tear_no_work_and_test_every_pair_once(count, seed, works, pairs):
    """No work of a tested pair is among the works trained on, and no pair is left untested."""
    training = made(pairs, seed, works=works)
    tested = []
    for train, test in folds(training, count, seed):
        tested += test.tolist()
        learned = {*training.work_1[train], *training.work_2[train]}
        assert not learned & set(training.work_1[test])
        both = {*training.work_1[test][training.work[test] == 1], *training.work_2[test][training.work[test] == 1]}
        assert not learned & both
    assert sorted(tested) == list(range(pairs))


def test_folds_are_of_like_size_and_follow_their_seed():
    """Works are dealt out by size, so that no fold holds most pairs."""
    training = made(1000, works=300)
    sizes = [len(test) for _, test in folds(training, 5, 0)]
    assert max(sizes) < 1.5 * min(sizes)
    first, again, other = ([test.tolist() for _, test in folds(training, 5, seed)] for seed in (0, 0, 1))
    assert first == again != other


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=50), st.floats(0, 1))
def test_weights_have_mean_one_and_balance_the_sets(names, balance):
    """A set of n pairs weighs n to the power of the balance, whatever its neighbours."""
    sets = np.array(names, dtype=object)
    weights = set_weights(sets, balance)
    assert weights.mean() == pytest.approx(1)
    masses = {name: weights[sets == name].sum() / names.count(name) ** balance for name in set(names)}
    assert max(masses.values()) == pytest.approx(min(masses.values()))


def test_out_of_fold_scores_tell_the_classes_apart_and_calibrate_with_a_positive_slope():
    """The line may stretch and shift, never turn."""
    training = made()
    weights = np.ones(len(training))
    raw = out_of_fold(training, training.work, weights, TINY, 0)
    assert raw[training.work == 1].mean() > raw[training.work == 0].mean() + 1
    line = calibrate(raw, training.work, weights, training.sets)
    assert line.slope > 0
    predicted = probability(line(raw))
    assert predicted.mean() == pytest.approx(training.work.mean(), abs=0.02)


@pytest.mark.parametrize("seed", range(5))
def test_a_calibration_never_turns_the_order(seed):
    """Scores that say the opposite of the labels, or nothing, leave the scores as they are."""
    rng = np.random.default_rng(seed)
    labels = (rng.random(200) < 0.5).astype(float)
    assert calibrate(rng.normal(0, 1, 200) - 3 * labels, labels, np.ones(200), NOBODY) == Calibration()
    assert calibrate(np.zeros(200), labels, np.ones(200), NOBODY).slope > 0


@pytest.fixture(scope="module")
def built():
    return build(made(), Given("tiny", "work"), (TINY,))


def test_few_and_easy_cases_make_no_model_surer_than_they_allow():
    """Scores that part a hundred cases without an error would have the line infinitely steep; it parts them still."""
    labels = np.repeat([0.0, 1.0], 50)
    line = calibrate(np.where(labels == 1, 3.0, -2.0), labels, np.ones(100), NOBODY[:100])
    assert line.slope == STEEPEST
    assert (line(np.array([-2.0, 3.0])) > 0).tolist() == [False, True]
    assert abs(line(np.array([0.5]))) < 0.5


def test_pairs_that_no_user_meets_have_no_say_in_what_a_probability_means():
    """Made and picked pairs are harder than others: they would have every probability too low."""
    rng = np.random.default_rng(0)
    raw = rng.normal(0, 3, 4000)
    labels = (rng.random(4000) < 1 / (1 + np.exp(-raw))).astype(float)
    sets = np.where(np.arange(4000) % 2, "found", "made_pairs").astype(object)
    made_up = sets == "made_pairs"
    labels[made_up & (raw < 2)] = 0
    line = calibrate(raw, labels, np.ones(4000), sets)
    assert line.slope == pytest.approx(1, abs=0.15)
    assert line.intercept == pytest.approx(0, abs=0.2)
    alone = calibrate(raw[made_up], labels[made_up], np.ones(2000), sets[made_up])  # else nothing could be learned
    assert alone.intercept < -0.5


@pytest.mark.parametrize("place", [place for place, feature in enumerate(FEATURES) if feature.trend is not Trend.FREE])
def test_the_probability_moves_with_the_trend_alone(place, built):
    """After calibration, over a feature's whole range, from many starting points: never against its trend."""
    feature = FEATURES[place]
    starts = np.repeat(made(60, seed=9).vectors, 21, axis=0)
    starts[:, place] = np.tile(np.linspace(feature.low, min(feature.high, 20), 21, dtype=np.float32), 60)
    curves = built.calibration(built.forest.decision_function(starts)).reshape(60, 21)
    assert (np.diff(curves, axis=1) * feature.trend >= -1e-12).all()


def test_the_same_cases_give_the_same_bytes_in_any_order(tmp_path, built):
    """The model file and the card: training can be repeated, and no chance hides in the order of a file."""
    training = made()
    mixed = training.at(np.random.default_rng(3).permutation(len(training)))
    for number, data in enumerate((training, mixed)):
        again = build(data, Given("tiny", "work"), (TINY,))
        save(tmp_path / str(number), again.forest, again.calibration, again.card, again.selftest)
    save(tmp_path / "built", built.forest, built.calibration, built.card, built.selftest)
    for file in ("model.onnx", "card.json"):
        assert len({(tmp_path / name / file).read_bytes() for name in ("0", "1", "built")}) == 1


def test_another_seed_is_another_model(built):
    """The seed drives all that is drawn by chance."""
    other = build(made(), Given("tiny", "work"), (TINY,), seed=1)
    assert not np.array_equal(other.probabilities, built.probabilities)


def test_a_built_model_is_described(built):
    """Sets with their counts, the share of duplicates, metrics by set, and what every feature and group is worth."""
    measured = built.card.measured
    assert [entry.name for entry in measured.training] == ["one", "two"]
    assert sum(entry.pairs for entry in measured.training) == len(built.training) == len(built.probabilities)
    assert {"all", "one", "two"} <= set(measured.metrics[CROSS_VALIDATION])
    assert set(measured.feature_importances) == {feature.name for feature in FEATURES}
    assert set(measured.group_importances) == set(GROUPS)
    assert max(measured.feature_importances, key=measured.feature_importances.get) == FEATURES[0].name
    assert measured.metrics[CROSS_VALIDATION]["all"]["f1"] > 0.7


def test_undecided_pairs_teach_nothing():
    """Only pairs that the convention decides are learned from."""
    training = made()
    record = training.record.copy()
    record[::3] = np.nan
    built = build(replace(training, record=record), Given("tiny", "record"), (TINY,))
    assert len(built.training) == len(training) - len(record[::3])


def test_blanking_takes_evidence_away_and_adds_none():
    """Only NaN and the counts of missing sides come new; a group that is never taken away stays."""
    vectors = made().vectors
    bare = blanked(vectors, np.random.default_rng(0))
    for place, feature in enumerate(FEATURES):
        changed = (bare[:, place] != vectors[:, place]) & ~(np.isnan(bare[:, place]) & np.isnan(vectors[:, place]))
        if feature.group not in LACKING:
            assert not changed.any()
        elif feature.measure is not None:
            assert np.isnan(bare[changed, place]).all()
        else:
            assert set(bare[changed, place]) <= {1, 2}


def test_a_column_without_any_number_is_no_obstacle():
    """Users' cases often lack a field everywhere."""
    training = made(60)
    vectors = training.vectors.copy()
    vectors[:, 5:30] = np.nan
    forest = fit_forest(vectors, training.work, np.ones(60), TINY, 0)
    assert np.isfinite(forest.decision_function(vectors)).all()


def test_joined_sets_share_no_work():
    """Each set numbers its works from 0; together they must not meet."""
    one, two = made(50), made(70, seed=1)
    both = joined([one, two])
    works = [{*both.work_1[part], *both.work_2[part]} for part in (slice(0, 50), slice(50, 120))]
    assert not works[0] & works[1]
    assert len(works[0]) == len({*one.work_1, *one.work_2})


def test_vectors_are_read_as_they_were_written(tmp_path):
    """To the last bit, missing values too."""
    training = made(30)
    write_vectors(tmp_path / "v.parquet", training)
    back = read_vectors(tmp_path / "v.parquet")
    np.testing.assert_array_equal(back.vectors, training.vectors)
    assert back.sets.tolist() == training.sets.tolist()
    np.testing.assert_array_equal(back.work_2, training.work_2)


def test_the_order_of_its_own_depends_on_content_alone():
    """Pairs come in the order of their sets and vectors."""
    training = made(80)
    mixed = training.at(np.random.default_rng(1).permutation(80))
    one, other = (ordered(pairs) for pairs in (training, mixed))
    np.testing.assert_array_equal(one.vectors, other.vectors)
    np.testing.assert_array_equal(one.work, other.work)
