"""Retraining: how much the user's cases count, and that both models are judged by what they have not seen."""

from dataclasses import replace

import numpy as np
import pytest

import papertwin
from papertwin.models import retrain, weighing
from papertwin.models.card import Given
from papertwin.models.doubt import contradicted
from papertwin.models.fit import Recipe
from papertwin.models.metrics import losses
from papertwin.models.onnx_forest import to_onnx
from papertwin.models.scorer import Forest, probability
from papertwin.models.training_vectors import TrainingVectors, read_vectors

RECIPE = Recipe(trees=20, leaves=7, folds=3)


@pytest.fixture(scope="module")
def base():
    """A few pairs of some sets."""
    shipped = read_vectors()
    few = shipped.at(np.isin(shipped.sets.astype(str), ["asysd_diabetes", "sra_copper", "magellan_dblp_acm"]))
    return few.capped(300)


def own_cases(labels, seed=0):
    """Pairs of a set that the base does not have, each of a work of its own, with these labels."""
    shipped = read_vectors()
    like = shipped.at(shipped.sets == "rathbone_respiratory").capped(len(labels), seed)
    rows = np.arange(len(labels), dtype=np.int64)
    name = np.full(len(labels), "your cases", dtype=object)
    return TrainingVectors(like.vectors, labels, labels, name, like.parts, rows, rows)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(retrain, "recipe_of", lambda model: RECIPE)
    monkeypatch.setattr(retrain, "IMPORTANCE_PAIRS", 20)


def made(base, own, seed=0):
    return retrain.retrain(base, own, Given("mine", "record"), papertwin.load("record"), seed)


@pytest.mark.parametrize(
    ("own", "base_grows", "chosen"),
    [
        ((0.5, 0.6, 0.6, 0.6), (0, 0, 0), 0.0),  # nothing helps: the base is left as it is
        ((0.5, 0.6, 0.6, 0.499), (0, 0, 0), 0.0),  # nor where it helps by less than noise
        ((0.5, 0.2, 0.2, 0.199), (0, 0, 0), 0.3),  # the largest is best by less than noise
        ((0.5, 0.45, 0.3, 0.1), (0, 0, 0), 3.0),  # a weight that is clearly best
        ((0.5, 0.45, 0.2, 0.1), (0, 0, 1), 1.0),  # but not at the base's cost
    ],
)
def test_the_smallest_weight_that_is_as_good_as_the_best_is_chosen(base, own, base_grows, chosen):
    """Mean losses of the user's cases without them and at each weight, and how much the base's grow at each."""
    both, _ = weighing.side_by_side(base, own_cases(np.tile([0.0, 1.0], 50)), "record", RECIPE)
    judged, noise = both.base[::5], np.random.default_rng(1).normal(0, 0.02, (4, 100))
    found = [
        (np.full(len(judged), 0.1 + grows), mean + noise[place])
        for place, (grows, mean) in enumerate(zip((0, *base_grows), own, strict=True))
    ]

    assert weighing._chosen(both, found, judged) == chosen


def test_a_user_who_decides_otherwise_is_followed(base):
    """Every pair of a kind is called the opposite of what the base says: the cases count, and others of them profit."""
    shipped = read_vectors()
    like = shipped.at(shipped.sets == "medrxiv_gold_cabanac").known("record").capped(240, 1)
    own = replace(own_cases(1 - like.record, 1), vectors=like.vectors)
    found = made(base, own)

    assert found.weighed.weight > 0
    assert found.own.difference.verdict == "better"


def test_a_weight_that_harms_the_whole_base_is_lowered(base, monkeypatch):
    """Labels that say the opposite: where the sample did not show their harm, the comparison with the base does."""
    shipped = read_vectors()
    like = shipped.at(shipped.sets == "rathbone_cytology").known("record").capped(300, 1)
    own = replace(own_cases(1 - like.record), vectors=like.vectors)
    monkeypatch.setattr(retrain, "trust", lambda labels, probabilities: np.ones(len(labels)))
    harmful = []

    def heaviest(both, recipe, seed, jobs):
        weighed = weighing.weighed_at(both, max(weighing.WEIGHTS))
        tried = retrain._at(both, weighed, recipe, papertwin.load("record"), seed, jobs)
        harmful.append(tried.beside.at(tried.of_base).difference)
        return weighed

    monkeypatch.setattr(retrain, "choose_weight", heaviest)
    found = made(base, own)

    assert [change.verdict for change in harmful] == ["worse"]
    assert found.base.difference.verdict != "worse"
    assert found.weighed.weight < max(weighing.WEIGHTS)


def test_wrong_labels_count_less(base, monkeypatch):
    """One in twelve is flipped: most are doubted, and models are better, over samples, than if all counted alike."""
    shipped = read_vectors()
    trusted, believed = [], []
    for sample in (1, 2, 3):
        like = shipped.at(shipped.sets == "medrxiv_gold_cabanac").known("record").capped(900, sample)
        taught, asked = like.at(np.arange(0, 900, 3)), like.at(np.arange(1, 900, 3))
        labels = taught.record.copy()
        flipped = np.arange(len(labels)) % 12 == 0
        labels[flipped] = 1 - labels[flipped]
        own = replace(own_cases(labels), vectors=taught.vectors)
        with monkeypatch.context() as patched:
            patched.setattr(retrain, "trust", lambda labels, probabilities: np.ones(len(labels)))
            alike = made(base, own)
        found = made(base, own)

        named = contradicted(labels == 1, found.checked)
        assert named[flipped].mean() > 0.8
        assert found.doubted == named.sum() == alike.doubted
        assert found.own.metrics[1]["review"] < alike.own.metrics[1]["review"]
        for model, told in ((found, trusted), (alike, believed)):
            forest = Forest(to_onnx(model.built.forest, model.built.calibration))
            told.append(losses(asked.record, probability(forest.log_odds(asked.vectors))).mean())
    assert np.mean(trusted) < np.mean(believed)


def test_nothing_is_judged_by_a_model_that_has_seen_it(base, monkeypatch):
    """No work of a pair that is asked is among the works that are learned from, in any of the forests."""
    tasks = []
    run = weighing.Both.run

    def watched(both, given, seed, jobs):
        tasks.extend((both, task) for task in given)
        return run(both, given, seed, jobs)

    monkeypatch.setattr(weighing.Both, "run", watched)
    made(base, own_cases((np.random.default_rng(0).random(60) < 0.5).astype(float)))

    assert len(tasks) > 10
    for both, task in tasks:
        seen = set(both.pairs.work_1[task.train]) | set(both.pairs.work_2[task.train])
        learned = set(zip(both.pairs.work_1[task.train], both.pairs.work_2[task.train], strict=True))
        tested = set(zip(both.pairs.work_1[task.asked], both.pairs.work_2[task.asked], strict=True))
        assert not learned & tested
        duplicates = both.labels[task.asked] == 1
        assert not set(both.pairs.work_1[task.asked][duplicates]) & seen


def test_a_pair_that_the_base_has_counts_once_as_the_user_s(base):
    """Else it would be judged by a forest that learned it from the base."""
    twins = base.at(np.flatnonzero(base.sets == "sra_copper")[:40])
    own = replace(twins, sets=np.full(40, "your cases", dtype=object))
    both, known = weighing.side_by_side(base, own, "record", RECIPE)

    assert known == 40
    assert len(both.base) <= len(base) - 40
    assert len(both.own) == 40


def test_few_cases_are_checked_by_few_forests(base, monkeypatch):
    """A forest is fitted for each fold that has cases, and no more: a user with two cases waits for two."""
    fitted = []
    fit = weighing.fit_forest
    monkeypatch.setattr(weighing, "fit_forest", lambda *given: fitted.append(1) or fit(*given))

    found = retrain.held_out_probabilities(base, own_cases(np.array([1.0, 0.0])), "record", RECIPE)

    assert len(fitted) == 2
    assert ((found > 0) & (found < 1)).all()


def test_every_case_is_asked_once_by_the_label_check(base):
    """In the order in which they came, whatever order they are learned in."""
    own = own_cases((np.random.default_rng(0).random(60) < 0.5).astype(float))
    turned = np.random.default_rng(1).permutation(60)
    found = retrain.held_out_probabilities(base, own, "record", RECIPE)
    again = retrain.held_out_probabilities(base, own.at(turned), "record", RECIPE)

    assert ((found > 0) & (found < 1)).all()
    np.testing.assert_allclose(again, found[turned])
