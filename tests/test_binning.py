"""Rounding before a fit: a forest sees at most 255 values a feature, and answers unrounded ones no differently."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from papertwin.models.binning import MOST_BINS, binned


def table(rows=3000, seed=0):
    rng = np.random.default_rng(seed)
    made = rng.random((rows, 3)).astype(np.float32)
    made[:, 1] = np.floor(made[:, 1] * 4)
    made[rng.random((rows, 3)) < 0.2] = np.nan
    return made, rng.random(rows)


def test_no_column_has_more_values_than_there_are_bins():
    made, weights = table()
    found = binned(made, weights)

    assert all(len(np.unique(column[~np.isnan(column)])) <= MOST_BINS for column in found.T)
    assert np.nanmax(np.abs(found - made)) < 0.02


def test_what_is_missing_stays_so_and_few_values_stay_as_they_are():
    made, weights = table()
    found = binned(made, weights)

    assert (np.isnan(found) == np.isnan(made)).all()
    np.testing.assert_array_equal(found[:, 1], made[:, 1])


def test_where_the_weight_is_the_steps_are():
    """Half of the weight lies on a hundredth of the values: about half of the steps are spent on them."""
    values = np.linspace(0, 1, 20_000, dtype=np.float32)[:, None]
    weights = np.where(values[:, 0] < 0.01, 100.0, 1.0)

    assert 100 < (np.unique(binned(values, weights)) < 0.01).sum() < 155


def test_a_forest_answers_values_as_it_answers_the_steps_that_they_were_rounded_to():
    """Its borders lie midway between steps, where nearest values part."""
    made, weights = table()
    labels = (np.nan_to_num(made[:, 0]) + np.nan_to_num(made[:, 2]) > 1).astype(int)
    rounded = binned(made, weights)
    forest = HistGradientBoostingClassifier(max_iter=20, early_stopping=False).fit(rounded, labels, weights)

    np.testing.assert_allclose(forest.decision_function(made), forest.decision_function(rounded))


def test_a_column_without_any_number_is_left_alone():
    assert np.isnan(binned(np.full((5, 1), np.nan, dtype=np.float32), np.ones(5))).all()
