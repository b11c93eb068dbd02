"""PairFeatures and DuplicateClassifier keep scikit-learn's habits."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline

from papertwin import DuplicateClassifier, PairFeatures
from papertwin.features import FEATURES

NOUNS = ("maize", "wheat", "barley", "clover", "lupin", "millet", "sorghum", "flax", "hemp", "rice")


def made_pairs(works=40):
    """Two copies of each work, and each work beside the next: (pairs, labels, groups)."""
    records = [
        {
            "title": f"The roots of {NOUNS[n % 10]} in {NOUNS[n // 10]} fields: year {1960 + n}",
            "authors": [f"{NOUNS[n % 7].title()}, {chr(65 + n % 26)}."],
            "publication_date": str(1960 + n),
        }
        for n in range(works)
    ]
    copies = [record | {"title": record["title"].upper(), "authors": []} for record in records]
    pairs = [*zip(records, copies, strict=True), *zip(records, [*copies[1:], copies[0]], strict=True)]
    return pairs, np.repeat([1, 0], works), np.tile(np.arange(works), 2)


PAIRS, LABELS, WORKS = made_pairs()


@pytest.fixture(scope="module")
def table():
    return PairFeatures().transform(PAIRS)


@pytest.fixture(scope="module")
def fitted(table):
    return DuplicateClassifier(trees=10, leaves=4).fit(table, LABELS, WORKS)


def test_pairs_become_a_frame_of_named_features(table):
    """A column a feature, a row a pair, float32."""
    assert list(table.columns) == list(PairFeatures().get_feature_names_out()) == [feature.name for feature in FEATURES]
    assert table.shape == (len(PAIRS), len(FEATURES))
    assert set(table.dtypes) == {np.dtype("float32")}


def test_a_wide_frame_gives_the_same_and_keeps_its_index(table):
    """title_1, title_2 and so on beside a list of pairs of dicts."""
    wide = pd.DataFrame(
        [
            {f"{name}_{side}": value for side, record in enumerate(pair, 1) for name, value in record.items()}
            for pair in PAIRS
        ]
    )
    wide.index = [f"row {n}" for n in range(len(wide))]
    found = PairFeatures().fit_transform(wide)
    assert list(found.index) == list(wide.index)
    np.testing.assert_array_equal(found.to_numpy(), table.to_numpy())


def test_a_pipeline_can_be_cross_validated_by_groups():
    """Records in, scores out; no work is in two folds."""
    model = make_pipeline(PairFeatures(), DuplicateClassifier(trees=10, leaves=4))
    frame = pd.DataFrame(
        [
            {f"{name}_{side}": value for side, record in enumerate(pair, 1) for name, value in record.items()}
            for pair in PAIRS
        ]
    )
    scores = cross_val_score(model, frame, LABELS, groups=WORKS, cv=GroupKFold(3))
    assert scores.mean() > 0.9


def test_probabilities_are_of_both_classes(fitted, table):
    """They sum to one, in the order of the classes, and the prediction is the likelier."""
    found = fitted.predict_proba(table)
    assert found.shape == (len(PAIRS), 2)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    np.testing.assert_array_equal(fitted.predict(table), fitted.classes_[found.argmax(axis=1)])
    assert (fitted.predict(table) == LABELS).mean() > 0.9


@pytest.mark.parametrize(
    ("duplicate", "distinct"),
    [(True, False), (2, 1), ("same", "different"), ("DUPLICATES", "NOT DUPLICATES"), ("1", "0"), ("duplicate", "no")],
)
def test_labels_of_any_kind(duplicate, distinct, table, fitted):
    """Words mean what they mean in a case file, of numbers the larger is the duplicate; classes are as they were given.

    Columns are in the order of the classes, which scikit-learn sorts: NOT DUPLICATES stands behind DUPLICATES.
    """
    labels = np.where(LABELS == 1, duplicate, distinct)
    other = DuplicateClassifier(trees=10, leaves=4).fit(table, labels, WORKS)

    assert other.duplicate_class_ == duplicate
    assert other.classes_.tolist() == sorted([duplicate, distinct])
    column = other.classes_.tolist().index(duplicate)
    np.testing.assert_array_equal(other.predict_proba(table)[:, column], fitted.predict_proba(table)[:, 1])
    np.testing.assert_array_equal(other.predict(table) == duplicate, fitted.predict(table) == 1)
    assert other.score(table, labels) > 0.9


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("same", "other"), "'other' is no label: write DUPLICATES or NOT DUPLICATES"),
        (("duplicate", "yes"), "of the two classes duplicate and yes one must mean a duplicate"),
        (("no", "unsure"), "of the two classes no and unsure one must mean a duplicate"),
    ],
)
def test_words_that_tell_no_duplicate_from_a_distinct_pair_are_refused(words, sentence, table):
    """The one that sorts last was taken for the duplicate."""
    with pytest.raises(ValueError, match=sentence):
        DuplicateClassifier().fit(table, np.where(LABELS == 1, *words))


@pytest.mark.parametrize("nothing", [None, np.nan])
def test_pairs_without_a_group_are_counted(nothing, table):
    """None is no work: all pairs without one would be of the same."""
    with pytest.raises(ValueError, match=f"2 of {len(table)} pairs have no group: name the work of each, or leave gro"):
        DuplicateClassifier().fit(table, LABELS, [nothing, nothing, *WORKS[2:].tolist()])


@pytest.mark.parametrize("weight", [-1, np.nan, np.inf])
def test_a_weight_below_nothing_is_refused(weight, table):
    with pytest.raises(ValueError, match="80 of 80 sample_weights are no numbers of 0 or more"):
        DuplicateClassifier(trees=10).fit(table, LABELS, sample_weight=np.full(len(LABELS), weight))


def test_a_clone_has_the_parameters_and_nothing_learned(fitted, table):
    """get_params, set_params and clone, as a grid search needs them; the same seed gives the same model."""
    assert fitted.get_params() == {"trees": 10, "leaves": 4, "seed": 0}
    copy = clone(fitted)
    with pytest.raises(NotFittedError):
        copy.predict_proba(table)
    np.testing.assert_array_equal(copy.fit(table, LABELS, WORKS).predict_proba(table), fitted.predict_proba(table))
    assert copy.set_params(seed=1).seed == 1
    assert clone(PairFeatures()).get_params() == {}


@pytest.mark.parametrize("name", ["y", "groups", "sample_weight"])
def test_what_belongs_to_other_pairs_is_refused(name, table):
    """In scikit-learn's words: labels, groups and weights are as many as the pairs."""
    given = {"y": LABELS, "groups": WORKS, "sample_weight": np.ones(len(LABELS))}
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        DuplicateClassifier(trees=10).fit(table, **given | {name: given[name][:-1]})


@pytest.mark.parametrize("wrong", [{"trees": -1}, {"trees": 2.5}, {"leaves": 1}])
def test_a_parameter_out_of_its_range_is_named(wrong, table):
    """By the name that its user knows, not by that of what does the fitting."""
    with pytest.raises(ValueError, match=f"The '{next(iter(wrong))}' parameter of DuplicateClassifier must be an int"):
        DuplicateClassifier(**wrong).fit(table, LABELS)


def test_weights_say_how_much_a_pair_counts(table, fitted):
    """All alike they change nothing; where duplicates count ten times, pairs are likelier to be some."""
    made = DuplicateClassifier(trees=10, leaves=4)
    same = made.fit(table, LABELS, WORKS, np.ones(len(LABELS))).predict_proba(table)
    np.testing.assert_array_equal(same, fitted.predict_proba(table))

    heavier = made.fit(table, LABELS, WORKS, sample_weight=np.where(LABELS == 1, 10, 1)).predict_proba(table)
    assert heavier[:, 1].mean() > same[:, 1].mean()


def test_columns_are_found_by_name(fitted, table):
    """In another order, or with more beside them; a bare array must have them in order."""
    mixed = table[list(table.columns[::-1])].assign(other=1)
    np.testing.assert_array_equal(fitted.predict_proba(mixed), fitted.predict_proba(table))
    np.testing.assert_array_equal(fitted.predict_proba(table.to_numpy()), fitted.predict_proba(table))


def test_wrong_columns_are_refused_by_name(fitted, table):
    """A missing column is named; an array of another width is told how many are expected."""
    with pytest.raises(ValueError, match="columns are missing: title_ratio: make them with PairFeatures"):
        fitted.predict_proba(table.drop(columns="title_ratio"))
    with pytest.raises(ValueError, match=f"{len(FEATURES)} columns are expected"):
        fitted.predict_proba(table.to_numpy()[:, 1:])


@pytest.mark.parametrize(("labels", "count"), [(np.ones(len(LABELS)), 1), (np.arange(len(LABELS)), len(LABELS))])
def test_labels_must_be_of_two_classes(labels, count, table):
    """One class teaches nothing."""
    with pytest.raises(ValueError, match=f"two classes are needed, there are {count}"):
        DuplicateClassifier().fit(table, labels)


def test_pairs_without_a_label_are_counted(table):
    """Cases that nobody has decided have None for a label, which is no class."""
    with pytest.raises(ValueError, match=f"2 of {len(table)} pairs have no label: leave them out"):
        DuplicateClassifier().fit(table, [None, None, *LABELS[2:].tolist()])
