"""A stored model comes back as it was, or is refused in one sentence that says what to do."""

import json
import pickle
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from papertwin import features
from papertwin.data.errors import InputError, OutputError, PapertwinError
from papertwin.features import FEATURES
from papertwin.models import store
from papertwin.models.card import Card, Given, Measured, Thresholds, TrainingSet
from papertwin.models.store import load, save

RETRAIN = "retrain with papertwin train"


@dataclass(frozen=True)
class Line:
    slope: float = 1.1
    intercept: float = 0.2


def random_vectors(rows, seed=0):
    rng = np.random.default_rng(seed)
    vectors = rng.random((rows, len(FEATURES)), dtype=np.float32)
    vectors[rng.random(vectors.shape) < 0.3] = np.nan
    return vectors


def a_card():
    return Card(
        Given("tiny", "work", "A model for tests.", "None but tests.", "Knows | nothing."),
        Measured(
            training=[TrainingSet("random", pairs=1000, duplicates=500, sha256="ab" * 32)],
            thresholds=Thresholds(duplicate=0.9000000001, distinct=0.1, conflict=0.95),
            prevalence=0.5,
            metrics={"cross-validation": {"random": {"f1": 2 / 3, "precision": float("nan"), "pairs": 1000}}},
            feature_importances={FEATURES[0].name: np.float32(0.25), FEATURES[1].name: 0.5},
            group_importances={"title": 1.0},
        ),
    )


@pytest.fixture(scope="module")
def classifier():
    vectors = random_vectors(1000)
    return HistGradientBoostingClassifier(max_iter=10, random_state=7).fit(vectors, np.nan_to_num(vectors[:, 0]) > 0.4)


@pytest.fixture
def folder(classifier, tmp_path):
    save(tmp_path / "model", classifier, Line(), a_card(), random_vectors(4, seed=2))
    return tmp_path / "model"


def change_card(folder, change):
    card = json.loads((folder / "card.json").read_text())
    change(card)
    (folder / "card.json").write_text(json.dumps(card))


def refusal(folder):
    """The sentence with which load refuses the folder."""
    with pytest.raises(PapertwinError) as caught:
        load(folder)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


# --- what comes back ------------------------------------------------------------------------------------------------


def test_a_stored_model_scores_as_the_classifier_did(classifier, folder):
    """Probabilities of the loaded model are the calibrated ones of the classifier that was stored."""
    vectors = random_vectors(500, seed=3)
    log_odds = 1.1 * classifier.decision_function(vectors) + 0.2

    assert load(folder).score_vectors(vectors) == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=1e-6)


def test_save_returns_the_model_that_load_returns(classifier, tmp_path):
    """What save returns decides and describes itself exactly as what load reads later."""
    saved = save(tmp_path, classifier, Line(), a_card(), random_vectors(4))
    loaded = load(str(tmp_path))

    assert (saved.card, saved.thresholds, saved.short_hash) == (loaded.card, loaded.thresholds, loaded.short_hash)
    assert loaded.name == "tiny"
    assert loaded.convention == "work"
    assert re.fullmatch("[0-9a-f]{8}", loaded.short_hash)
    assert loaded.card.computed.seed == 7


def test_the_same_model_is_the_same_folder_byte_for_byte(classifier, tmp_path):
    """Storing twice gives the same two files, and nothing else is left in the folder."""
    for name in ("one", "two"):
        save(tmp_path / name, classifier, Line(), a_card(), random_vectors(4))
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))

    assert one == two
    assert {"card.json", "model.onnx"} == set(one)


def test_the_card_is_made_for_diffs(folder):
    """Keys are sorted, measured numbers are short, a feature is a line, and NaN is never written."""
    text = (folder / "card.json").read_text()
    card = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in the card"))

    assert list(card) == sorted(card)
    assert '"f1": 0.666667' in text
    assert card["measured"]["metrics"]["cross-validation"]["random"]["precision"] is None
    assert card["measured"]["thresholds"] == {"conflict": 0.95, "distinct": 0.1, "duplicate": 0.9}
    assert any(FEATURES[5].name in line and FEATURES[5].meaning in line for line in text.splitlines())


def test_the_card_reads_as_text(folder):
    """The rendering names the model, its sets, its thresholds and its measures; an undefined measure is a dash."""
    text = load(folder).card.markdown()

    assert text.startswith("# tiny\n\nA model for tests.\n\n## Intended use\n\nNone but tests.\n")
    assert "| random | 1,000 | 500 |" in text
    assert "Convention: `work`. Two records are duplicates when they describe the same scholarly work" in text
    assert "`DUPLICATES` from 0.9, `NOT DUPLICATES` below 0.1, `REVIEW` between, " in text
    assert "| random | 1,000 | - | 0.6667 |" in text
    assert "Knows | nothing." in text
    assert text.index(FEATURES[1].name) < text.index(FEATURES[0].name)  # the more important first


def test_a_card_without_an_intended_use_has_no_heading_for_it(folder):
    """As that of a model that a user has trained."""
    card = load(folder).card
    text = replace(card, given=replace(card.given, intended_use="", notes="")).markdown()
    assert "## Intended use" not in text
    assert "## Known failures" not in text  # nor where none are known
    assert "## What it calls a duplicate" in text


def test_what_a_contradiction_needs_is_told_where_it_is_more(folder):
    """A model of few cases has one threshold for all pairs."""
    card = load(folder).card
    assert "numbers in the titles conflict need 0.95." in card.markdown()

    alike = replace(card.measured, thresholds=replace(card.measured.thresholds, conflict=0.9))
    assert "numbers in the titles conflict need no more." in replace(card, measured=alike).markdown()


def test_the_thresholds_and_failures_of_a_card_are_the_models_own(folder):
    """Hard because a retrained model's card has the old one's figures too: these stand in their table alone."""
    card = load(folder).card
    own = {"pairs": 900, "duplicates": 90, "f1": 0.95, "auto_precision": 0.99, "auto_missed": 0.01, "review": 0.04}
    old = own | {"auto_precision": 0.77, "f1": 0.9}
    rows = {name: {"all": of, "weak": of | {"f1": of["f1"] - 0.25}} for name, of in (("cross-validation", own),
                                                                                     ("before", old))}  # fmt: skip
    text = replace(card, measured=replace(card.measured, metrics=rows)).markdown()

    assert "Cross-validation: 99.0% of what it calls DUPLICATES are" in text
    assert "Cross-validation, the weakest sets: weak, F1 0.7." in text
    assert "77.0%" not in text
    assert "Before" not in text
    assert "## Measured: the base model, before retraining" in text


@pytest.mark.parametrize("name", [None, 1, load])
def test_what_names_no_model_is_told_what_does(name):
    with pytest.raises(InputError, match="names no model: give work, record, or a folder that papertwin train wrote"):
        load(name)


def test_a_notebook_shows_a_model_in_a_line(folder):
    assert (line := repr(load(folder))).startswith("<Model ")
    assert "\n" not in line
    assert len(line) < 200  # the card alone fills pages


def test_a_used_model_can_be_pickled(folder):
    """A model that has scored can be sent to a worker process."""
    model, vectors = load(folder), random_vectors(20)
    before = model.score_vectors(vectors)

    assert np.array_equal(before, pickle.loads(pickle.dumps(model)).score_vectors(vectors))


def test_loading_and_scoring_import_neither_scikit_learn_nor_pandas_nor_onnx(folder):
    """A stored model starts fast: the libraries of training stay unloaded."""
    script = (
        "import sys, numpy\n"
        "from papertwin.models.store import load\n"
        "model = load(sys.argv[1])\n"
        "width = len(model.card.computed.features)\n"
        "model.score_vectors(numpy.zeros((3, width), dtype=numpy.float32))\n"
        "print(*({'sklearn', 'pandas', 'onnx', 'scipy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, folder], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""


# --- decisions ------------------------------------------------------------------------------------------------------


def test_decisions_at_the_thresholds():
    """A probability at `duplicate` is a duplicate, one at `distinct` is for review, one below is distinct."""
    answers = Thresholds(duplicate=0.9, distinct=0.1, conflict=0.9).decide([0.9, 0.8999, 0.1, 0.0999], [False] * 4)

    assert answers == ["DUPLICATES", "REVIEW", "REVIEW", "NOT DUPLICATES"]


def test_a_conflict_needs_more_than_the_usual_evidence():
    """Between `duplicate` and `conflict` a pair that contradicts itself is for review, never merged in silence."""
    limits = Thresholds(duplicate=0.8, distinct=0.1, conflict=0.95)

    assert limits.decide([0.9, 0.9, 0.95], [False, True, True]) == ["DUPLICATES", "REVIEW", "DUPLICATES"]
    assert limits.decide([0.05], [True]) == ["NOT DUPLICATES"]


def test_one_threshold_leaves_nothing_to_review(folder):
    """`at` replaces both thresholds, on a model of its own."""
    model = load(folder)

    one = model.at(0.5).thresholds
    assert one.decide([0.0, 0.4999, 0.5, 1.0], [False, True] * 2) == ["NOT DUPLICATES"] * 2 + ["DUPLICATES"] * 2
    assert model.thresholds == Thresholds(0.9, 0.1, 0.95)


@pytest.mark.parametrize(("duplicate", "distinct"), [(0.1, 0.9), (1.5, 0.5), (0.5, -0.1), (float("nan"), 0.1)])
def test_thresholds_out_of_order_are_refused(duplicate, distinct):
    """Thresholds are probabilities, and distinct is not above duplicate."""
    with pytest.raises(ValueError, match="0 <= distinct <= duplicate <= conflict <= 1"):
        Thresholds(duplicate, distinct, max(duplicate, distinct))


def test_pairs_of_records_are_scored_like_their_vectors(folder):
    """predict_proba gives (not duplicate, duplicate) in rows that sum to 1; predict decides by the thresholds."""
    model = load(folder)
    pairs = [
        ({"title": "On twins"}, {"title": "On Twins."}),
        ({"title": "On twins"}, {"title": "Of bees"}),
        ({"title": "On twins"}, {"pages": "1-2"}),
    ]
    found = model.predict_proba(pairs)

    assert found.shape == (3, 2)
    assert found.sum(axis=1) == pytest.approx(np.ones(3))
    assert model.predict(pairs) == model.thresholds.decide(found[:, 1], [False, False, False])
    assert model.predict_proba([]).shape == (0, 2)


# --- refusals -------------------------------------------------------------------------------------------------------


def test_a_missing_folder_is_refused(tmp_path):
    """A model that is not there names what could be given instead."""
    way_out = "give work, record, or a folder that papertwin train wrote"

    assert refusal(tmp_path / "none") == f"{tmp_path / 'none'}: there is no such model: {way_out}"


def test_a_folder_without_a_model_is_said_to_be_one(tmp_path):
    """Somebody has named the folder above it, or one of something else: there is nothing to copy again."""
    assert refusal(tmp_path).endswith(": there is no model in this folder: name one that papertwin train wrote")


def test_a_missing_shipped_model_asks_for_an_installation(monkeypatch):
    """The shipped names are never looked up in the working directory."""
    monkeypatch.setattr(store, "__file__", "/nowhere/store.py")

    assert refusal("record") == "record: there is no such model: install Papertwin again"


@pytest.mark.parametrize("name", ["card.json", "model.onnx"])
def test_a_missing_file_is_refused(folder, name):
    """Half a model is no model."""
    (folder / name).unlink()

    assert f"{name}: cannot be read (No such file or directory)" in refusal(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"computed": null}', "\udcff"])
def test_a_card_that_is_none_is_refused(folder, text):
    """A file that is no card, or was cut off, is called that."""
    (folder / "card.json").write_bytes(text.encode("utf-8", "surrogateescape"))

    assert "card.json: this is not the card of a stored model: copy the model's folder again" in refusal(folder)


def test_another_format_is_refused(folder):
    """A card from the future names both formats."""
    change_card(folder, lambda card: card["computed"].update(format=99))

    assert f"written in format 99, while this Papertwin reads format 1: {RETRAIN}" in refusal(folder)


def test_a_damaged_card_names_the_place(folder):
    """A card with a value of the wrong kind says where it stands."""
    change_card(folder, lambda card: card["measured"].update(prevalence="half"))

    assert "the card is damaged (Expected `float`, got `str` - at `$.measured.prevalence`)" in refusal(folder)


def test_a_card_with_crossed_thresholds_is_refused(folder):
    """A threshold edited by hand is checked like any other."""
    change_card(
        folder, lambda card: card["measured"].update(thresholds={"duplicate": 0.1, "distinct": 0.2, "conflict": 0.3})
    )

    assert "thresholds need 0 <= distinct <= duplicate <= conflict <= 1" in refusal(folder)


def test_other_features_are_named(folder):
    """A model of other features says which are gone, new and changed."""

    def change(card):
        stored = card["computed"]["features"]
        stored[0]["name"] = "old_feature"
        stored[1]["trend"] = 5

    change_card(folder, change)

    names = f"gone: old_feature; new: {FEATURES[0].name}; changed: {FEATURES[1].name}"
    assert f"trained on other features ({names}): {RETRAIN}" in refusal(folder)


def test_features_in_another_order_are_refused(folder):
    """Order matters: vectors have no names."""
    change_card(folder, lambda card: card["computed"]["features"].reverse())

    assert "trained on other features (in another order)" in refusal(folder)


def test_features_that_are_computed_differently_are_refused(folder, monkeypatch):
    """A changed measure under an old name is noticed by the fingerprint."""
    monkeypatch.setattr(features, "fingerprint", lambda: "another")

    change_card(folder, lambda card: card["computed"]["versions"].update(rapidfuzz="3.0"))
    told = refusal(folder)
    assert "the features are computed differently now; it was trained with rapidfuzz 3.0 (now " in told
    assert told.endswith(f"install what it was trained with, or {RETRAIN}")


def test_a_tampered_model_is_refused(folder):
    """One changed byte of model.onnx is noticed before onnxruntime sees it."""
    content = bytearray((folder / "model.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "model.onnx").write_bytes(content)

    assert "model.onnx: this is not the file that card.json describes (its sha256 differs)" in refusal(folder)


def test_a_failing_self_test_is_refused(folder):
    """A model that answers otherwise than at training is not used."""
    change_card(folder, lambda card: card["computed"]["selftest"]["probabilities"].__setitem__(0, 2.0))

    assert "the self-test fails, probabilities differ by" in refusal(folder)


@pytest.mark.parametrize("test", [{"vectors": [[0.5]], "probabilities": [0.5]}, {"vectors": [], "probabilities": []}])
def test_a_self_test_that_cannot_be_run_is_refused(folder, test):
    """A self-test of another width, or of nothing, vouches for nothing."""
    change_card(folder, lambda card: card["computed"].update(selftest=test))

    assert "the self-test cannot be run" in refusal(folder)


# --- saving ---------------------------------------------------------------------------------------------------------


def test_a_classifier_of_other_columns_is_not_stored(tmp_path):
    """A classifier fitted on other columns than FEATURES is refused before anything is written."""
    vectors = random_vectors(100)[:, :-1]
    other = HistGradientBoostingClassifier(max_iter=1).fit(vectors, np.arange(100) < 50)

    with pytest.raises(ValueError, match="fitted on other features"):
        save(tmp_path / "model", other, Line(), a_card(), vectors)
    assert not (tmp_path / "model").exists()


def test_a_classifier_of_a_frame_is_stored_if_its_columns_are_in_order(tmp_path):
    """Fitted on a frame, a classifier knows its columns' names, and they are compared with FEATURES."""
    names = [feature.name for feature in FEATURES]
    frame = pd.DataFrame(random_vectors(100), columns=names)
    same = np.arange(100) < 50
    rightly = HistGradientBoostingClassifier(max_iter=1).fit(frame, same)
    wrongly = HistGradientBoostingClassifier(max_iter=1).fit(frame[names[::-1]], same)
    save(tmp_path / "model", rightly, Line(), a_card(), random_vectors(4))

    assert load(tmp_path / "model").name == "tiny"
    with pytest.raises(ValueError, match="fitted on other features"):
        save(tmp_path / "model", wrongly, Line(), a_card(), random_vectors(4))


def test_a_model_is_not_stored_without_a_self_test(classifier, tmp_path):
    """A model that nothing could vouch for is refused."""
    with pytest.raises(ValueError, match="at least one vector"):
        save(tmp_path / "model", classifier, Line(), a_card(), random_vectors(0))
    assert not (tmp_path / "model").exists()


def test_a_save_that_fails_leaves_the_earlier_model(classifier, folder, monkeypatch):
    """When the disk is full, the model that was there is still there, whole, and no scraps are."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    write = Path.write_bytes

    def full(path, content):
        if path.name == "card.json":
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="the disk is full, nothing was written: free some space"):
        save(folder, classifier, Line(slope=2), a_card(), random_vectors(4))

    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_save_over_a_model_keeps_other_files(classifier, folder):
    """Only the model's own two files are replaced."""
    (folder / "notes.txt").write_text("mine")
    before = load(folder).short_hash
    save(folder, classifier, Line(slope=2), a_card(), random_vectors(4))

    assert load(folder).short_hash != before
    assert {"card.json", "model.onnx", "notes.txt"} == {path.name for path in folder.iterdir()}


def test_a_file_in_the_way_is_refused(classifier, tmp_path):
    """A path that is a file is named, with the way out."""
    (tmp_path / "file").write_text("")

    with pytest.raises(OutputError, match=r"file: writing failed \(File exists\), nothing was written: name another"):
        save(tmp_path / "file", classifier, Line(), a_card(), random_vectors(4))
