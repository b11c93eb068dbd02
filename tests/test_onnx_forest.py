"""The ONNX form of a classifier gives scikit-learn's answers, and the same for a row in any company."""

import pickle
from dataclasses import dataclass

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from papertwin.data.errors import ModelError
from papertwin.features import FEATURES
from papertwin.models.onnx_forest import to_onnx
from papertwin.models.scorer import FARTHEST, Forest, log_odds, probability
from papertwin.models.training_vectors import read_vectors

TRENDS = [1, 1, 1, -1, -1, 0, 0, 0, 0, 0, 0, 0]
LARGEST_DIFFERENCE = 1e-6  # of log-odds below 16: half a float32 step


@dataclass(frozen=True)
class Line:
    slope: float = 1.17
    intercept: float = -0.3


def random_vectors(rows, seed=0):
    """Similarities as they come: many equal values, a third missing."""
    rng = np.random.default_rng(seed)
    vectors = np.round(rng.beta(0.6, 0.6, (rows, len(TRENDS))), 3).astype(np.float32)
    vectors[rng.random(vectors.shape) < 0.3] = np.nan
    return vectors


def fitted(vectors, **options):
    signal = np.nan_to_num(vectors, nan=0.5) @ np.array(TRENDS) * 2 + np.isnan(vectors[:, 5])
    noise = np.random.default_rng(1).normal(0, 0.4, len(vectors))
    same = signal + noise > np.median(signal)
    options = {"max_iter": 40, "early_stopping": False, "monotonic_cst": TRENDS, "random_state": 3} | options
    return HistGradientBoostingClassifier(**options).fit(vectors, same)


@pytest.fixture(scope="module")
def classifier():
    return fitted(random_vectors(4000))


@pytest.fixture(scope="module")
def forest(classifier):
    return Forest(to_onnx(classifier, Line()))


def expected(classifier, vectors, line=Line()):
    return line.slope * classifier.decision_function(vectors) + line.intercept


def test_answers_are_those_of_scikit_learn(classifier, forest):
    """Calibrated log-odds differ from scikit-learn's by less than a float32 step, missing values included."""
    vectors = random_vectors(20_000, seed=5)

    assert np.abs(expected(classifier, vectors) - forest.log_odds(vectors)).max() < LARGEST_DIFFERENCE


def test_so_are_those_to_every_training_vector():
    """Of all features, with the values and the gaps of real pairs, by a forest that has learned from a part of them."""
    training = read_vectors()
    learned = training.known("work")
    learned = learned.at(np.random.default_rng(0).choice(len(learned), 4000, replace=False))
    classifier = HistGradientBoostingClassifier(
        max_iter=20,
        early_stopping=False,
        monotonic_cst=[int(feature.trend) for feature in FEATURES],
        random_state=3,
    ).fit(learned.vectors, learned.work)
    forest = Forest(to_onnx(classifier, Line()))

    differences = expected(classifier, training.vectors) - forest.log_odds(training.vectors)
    assert len(differences) == len(training) > 50_000
    assert np.abs(differences).max() < LARGEST_DIFFERENCE


def test_a_value_at_a_threshold_stays_on_its_side(classifier, forest):
    """A value equal to a threshold, or one float32 step beside it, goes where scikit-learn sends it."""
    nodes = np.concatenate([tree.nodes for (tree,) in classifier._predictors])
    splits = nodes[(nodes["is_leaf"] == 0) & np.isfinite(nodes["num_threshold"])]
    vectors = random_vectors(3 * len(splits), seed=7)
    at = splits["num_threshold"].astype(np.float32)
    steps = np.concatenate([np.nextafter(at, np.float32(-np.inf)), at, np.nextafter(at, np.float32(np.inf))])
    vectors[np.arange(len(vectors)), np.tile(splits["feature_idx"], 3)] = steps

    assert np.abs(expected(classifier, vectors) - forest.log_odds(vectors)).max() < LARGEST_DIFFERENCE


@pytest.mark.parametrize("kind", ["all missing", "all zero", "beyond the training range"])
def test_extreme_rows_answer_like_scikit_learn(classifier, forest, kind):
    """Rows unlike any in training take the paths that scikit-learn takes."""
    value = {"all missing": np.nan, "all zero": 0.0, "beyond the training range": 1e30}[kind]
    vectors = np.full((1, len(TRENDS)), value, dtype=np.float32)

    assert expected(classifier, vectors) == pytest.approx(forest.log_odds(vectors), abs=LARGEST_DIFFERENCE)


def test_a_split_on_missing_alone_is_kept():
    """A tree that asks only whether a value is there (an infinite threshold) asks it in ONNX too."""
    vectors = np.ones((400, len(TRENDS)), dtype=np.float32)
    vectors[::2, 5] = np.nan
    classifier = fitted(vectors, max_iter=3, monotonic_cst=None)
    forest = Forest(to_onnx(classifier, Line()))

    assert np.isinf(classifier._predictors[0][0].nodes["num_threshold"]).any()
    assert expected(classifier, vectors[:2]) == pytest.approx(forest.log_odds(vectors[:2]), abs=LARGEST_DIFFERENCE)


def test_a_tree_of_one_leaf_is_kept():
    """A tree that found nothing to split on adds its constant."""
    vectors = np.zeros((100, len(TRENDS)), dtype=np.float32)
    classifier = HistGradientBoostingClassifier(max_iter=2).fit(vectors, np.arange(100) < 30)

    assert expected(classifier, vectors) == pytest.approx(Forest(to_onnx(classifier, Line())).log_odds(vectors))


@pytest.mark.parametrize("feature", range(5))
def test_trends_survive(forest, feature):
    """Along a constrained feature the answer only moves in the direction of its trend."""
    grid = np.repeat(random_vectors(200, seed=9), 50, axis=0)
    grid[:, feature] = np.tile(np.linspace(0, 1, 50, dtype=np.float32), 200)
    steps = np.diff(forest.log_odds(grid).reshape(200, 50), axis=1) * TRENDS[feature]

    assert (steps >= 0).all()


@pytest.mark.parametrize("size", [1, 2, 7, 63, 128, 129, 1000])
def test_a_row_is_scored_alike_in_any_batch(forest, size):
    """The answer to a row is the same to the last bit, whatever rows it is sent with."""
    vectors = random_vectors(3000, seed=11)
    parts = [forest.log_odds(vectors[start : start + size]) for start in range(0, len(vectors), size)]

    assert np.array_equal(forest.log_odds(vectors), np.concatenate(parts))


def test_the_same_classifier_gives_the_same_bytes(classifier):
    """Fitting twice on the same input and seed, and storing twice, gives the same file."""
    assert to_onnx(classifier, Line()) == to_onnx(fitted(random_vectors(4000)), Line())


def test_no_rows_no_answers(forest):
    """An empty input is scored as nothing."""
    assert forest.log_odds(np.empty((0, len(TRENDS)), dtype=np.float32)).shape == (0,)


@pytest.mark.parametrize("shape", [(3, 5), (12,), (0, 5)])
def test_vectors_of_another_width_are_refused(forest, shape):
    """Vectors of another model are refused, not read past their end."""
    with pytest.raises(ValueError, match=r"vectors of shape \(rows, 12\)"):
        forest.log_odds(np.zeros(shape, dtype=np.float32))


def test_a_column_major_array_is_scored_by_its_rows(forest):
    """The memory order of the vectors does not matter."""
    vectors = random_vectors(50)

    assert np.array_equal(forest.log_odds(vectors), forest.log_odds(np.asfortranarray(vectors)))


def test_a_used_forest_can_be_pickled(forest):
    """A forest that has scored goes to a worker process without its session, and answers the same there."""
    vectors = random_vectors(50)
    before = forest.log_odds(vectors)

    assert np.array_equal(before, pickle.loads(pickle.dumps(forest)).log_odds(vectors))


def test_bytes_that_are_no_model_are_refused_in_a_sentence():
    """Errors of onnxruntime itself do not reach the user."""
    with pytest.raises(ModelError, match=r"cannot read this model \(.*\): copy the model's folder again"):
        Forest(b"no model").log_odds(random_vectors(1))


@pytest.mark.parametrize("slope", [0.0, -1.0, float("nan")])
def test_a_calibration_that_turns_trends_around_is_refused(classifier, slope):
    """The slope of a calibration is positive."""
    with pytest.raises(ValueError, match="positive"):
        to_onnx(classifier, Line(slope=slope))


def test_classifiers_that_cannot_be_stored_are_refused():
    """Three classes and categorical features are refused, not stored wrongly."""
    vectors = random_vectors(300)
    three = HistGradientBoostingClassifier(max_iter=1).fit(vectors, np.arange(300) % 3)
    categories = np.column_stack([vectors[:, 0], np.arange(300) % 4])
    categorical = HistGradientBoostingClassifier(max_iter=1, categorical_features=[1])
    categorical.fit(categories, categories[:, 1] % 2 == 1)

    with pytest.raises(ValueError, match="two classes"):
        to_onnx(three, Line())
    with pytest.raises(ValueError, match="categorical"):
        to_onnx(categorical, Line())


def test_probability_is_safe_at_both_ends():
    """The sigmoid neither overflows nor loses small probabilities, and p(x) + p(-x) is 1."""
    odds = np.array([-1000.0, -40.0, 0.0, 40.0, 1000.0])

    with np.errstate(all="raise", under="ignore"):
        found = probability(odds)

    assert found[2] == 0.5
    assert found[0] == 0.0
    assert 4e-18 < found[1] < 5e-18
    assert found + probability(-odds) == pytest.approx(np.ones(5))


def test_log_odds_are_what_the_probability_was_made_of():
    """Within FARTHEST of 0, beyond which all is equally sure; certainty is no error."""
    odds = np.array([-19.0, -1.0, 0.0, 2.5, 19.0])

    assert log_odds(probability(odds)) == pytest.approx(odds, abs=1e-6)
    with np.errstate(all="raise", under="ignore"):
        assert log_odds([0.0, 1.0]).tolist() == [-FARTHEST, FARTHEST]
