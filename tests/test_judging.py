"""papertwin evaluate and papertwin model: figures of models on labelled cases, and whether a model is what it says."""

import json
import re
import shutil
from pathlib import Path

import pytest

import papertwin
from papertwin import evaluate, model
from papertwin.data.cases import read_cases

SHIPPED = Path(papertwin.__file__).parent / "models"


def pair(number, same):
    first = {
        "title": f"Counting swifts over the town, year {number}",
        "authors": ["Vogel, A."],
        "doi": f"10.1000/s{number}",
    }
    second = (
        first if same else first | {"title": f"Baking bread in the village, part {number}", "doi": f"10.1000/b{number}"}
    )
    return first, second | {"source": "another"}


@pytest.fixture
def write(tmp_path):
    def write(decisions, name="cases.json"):
        made = []
        for number, (same, decision) in enumerate(decisions):
            first, second = pair(number, same)
            made.append({"id": number, "doc_1": first, "doc_2": second, "decision": decision})
        path = tmp_path / name
        path.write_text(json.dumps({"cases": made}), encoding="utf-8")
        return str(path)

    return write


RIGHT = [(True, "DUPLICATES"), (False, "NOT DUPLICATES")] * 6


def test_a_model_is_judged_in_a_table(write, capsys):
    """Each figure with its interval; all is right here, and no label is contradicted."""
    assert evaluate.main([write([*RIGHT, (True, None)])]) == 0
    out, err = capsys.readouterr()

    assert "6 duplicates, 6 distinct" in out
    assert re.search(r"^F1 at 0.5 +1.0000 \[1.0000, 1.0000\]$", out, re.MULTILINE)
    assert "wrong merges at 0.5" in out
    assert out.splitlines()[-1] == "The model's decision contradicts 0 labels."
    assert "1 without a decision" in err


def test_labels_that_contradict_each_other_are_told(write, capsys):
    """One of the two counts as an error whatever a model says; train refuses such cases."""
    others = write([(True, "NOT DUPLICATES")], "others.json")
    assert evaluate.main([write(RIGHT), others, "--quiet"]) == 0
    assert "the same pair is decided both ways in " in (err := capsys.readouterr().err)
    assert "cases.json, case 1 and " in err
    assert "others.json, case 1: one of each counts as an error" in err


def test_labels_that_mean_the_opposite_are_told(write, capsys):
    """By the shipped model of the convention, whichever model is judged: it may have learned from such labels."""
    turned = write([(not same, decision) for same, decision in RIGHT * 2])

    assert evaluate.main([turned, "--model", "record", "--quiet"]) == 0
    said = "24 of the 24 cases that the shipped model record is sure of are labelled the other way round"
    assert said in capsys.readouterr().err


def test_a_threshold_is_judged_as_predict_would_decide_by_it(write, capsys):
    """From 1 on no pair is called a duplicate, so every duplicate's label is contradicted, and none is for review."""
    assert evaluate.main([write(RIGHT), "--threshold", "1"]) == 0
    out = capsys.readouterr().out

    assert out.splitlines()[-1] == "The model's decision contradicts 6 labels."
    assert re.search(r"^share for review +0.0000 ", out, re.MULTILINE)


def test_a_model_is_not_praised_for_the_cases_that_it_has_learned_from_in_silence(write, tmp_path, capsys):
    """In whatever order they come; other cases, fewer ones among them, are judged without a word."""
    learned = [(number % 2 == 0, "DUPLICATES" if number % 2 == 0 else "NOT DUPLICATES") for number in range(24)]
    path, folder = write(learned), tmp_path / "mine"
    papertwin.train(papertwin.read_cases(path), base="none", output=folder)
    cases = json.loads(Path(path).read_text(encoding="utf-8"))["cases"]
    turned = tmp_path / "turned.json"
    turned.write_text(json.dumps({"cases": cases[::-1]}), encoding="utf-8")
    capsys.readouterr()

    for judged, warned in ((turned, True), (write(learned[:20], "others.json"), False)):
        assert evaluate.main([str(judged), "--model", "work", "--model", str(folder)]) == 0
        assert ("has learned from these very cases" in capsys.readouterr().err) is warned


def test_works_are_counted_by_both_sides_of_the_pairs(write, capsys):
    """A duplicate and a distinct pair are of three works."""
    assert evaluate.main([write([(True, "DUPLICATES"), (False, "NOT DUPLICATES")])]) == 0
    assert capsys.readouterr().out.startswith("2 cases of 3 works: ")


def test_two_models_are_judged_side_by_side_as_json(write, capsys):
    """With the interval of the difference: second minus first."""
    assert evaluate.main([write(RIGHT), "--model", "work", "--model", "record", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert [one["name"] for one in found["models"]] == ["work", "record"]
    first, second = (one["figures"]["brier"]["value"] for one in found["models"])
    assert found["difference"]["brier"]["value"] == pytest.approx(second - first)
    assert found["cases"] == 12
    assert found["duplicates"] == 6


def test_the_pairs_that_contradict_their_labels_are_written(write, tmp_path, capsys):
    """As a case file, with what the model says of them."""
    out = tmp_path / "against.json"

    assert evaluate.main([write([*RIGHT, (True, "NOT DUPLICATES")]), "-o", str(out)]) == 0
    (found,) = read_cases(out)
    assert found.id == "12"
    assert found.row["predicted_decision"] == "DUPLICATES"
    assert "contradicts 1 label" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", [".csv", ".txt", ".parquet"])
def test_the_pairs_on_which_models_disagree_are_written_in_every_form(write, tmp_path, suffix):
    """A file even where there are none."""
    out = tmp_path / f"other{suffix}"

    assert evaluate.main([write(RIGHT), "--model", "work", "--model", "record", "-o", str(out)]) == 0
    assert out.exists()


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [("DUPLICATES", "All cases are duplicates: without distinct ones"), ("NOT DUPLICATES", "All cases are distinct")],
)
def test_cases_of_one_class_are_judged_as_far_as_they_go(write, decision, sentence, capsys):
    assert evaluate.main([write([(decision == "DUPLICATES", decision)] * 5)]) == 0
    out = capsys.readouterr().out

    assert sentence in out
    assert "average precision" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--model", "work", "--model", "record", "--model", "work"], "one or two models are judged at a time"),
        (["--model", "nowhere"], "nowhere: there is no such model"),
        (["-o", "figures.docx"], "the suffix names no form"),
    ],
)
def test_wrong_use_is_told(write, arguments, sentence, capsys):
    assert evaluate.main([write(RIGHT), *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_cases_without_a_decision_cannot_judge(write, capsys):
    assert evaluate.main([write([(True, None)])]) == 2
    assert "there is no case with a decision" in capsys.readouterr().err


def test_rows_that_cannot_be_read_are_told_even_when_quiet(write, tmp_path, capsys):
    """The first ten with their reasons, the others counted; the figures of the rest are printed, and the code is 3."""
    path = tmp_path / "cases.jsonl"
    found = json.loads(Path(write(RIGHT)).read_text(encoding="utf-8"))["cases"]
    path.write_text("{oops\n" * 12 + "".join(json.dumps(case) + "\n" for case in found), encoding="utf-8")

    assert evaluate.main([str(path), "--quiet"]) == 3
    out, err = capsys.readouterr()
    told = err.splitlines()
    assert out.startswith("12 cases")
    assert len(told) == 11
    assert "cases.jsonl, line 10 rejected: not valid JSON" in told[9]
    assert told[10].endswith("cases.jsonl: 12 rejected, 2 of them not listed here")


@pytest.mark.parametrize("name", ["work", "record"])
def test_a_shipped_model_is_verified_and_its_card_shown(name, capsys):
    """With seed, versions and hashes."""
    assert model.main([name]) == 0
    out, err = capsys.readouterr()

    assert out.startswith(f"# {name}\n")
    computed = papertwin.load(name).card.computed
    for text in (
        "## Made with",
        f"| seed | {computed.seed} |",
        "scikit-learn",
        computed.model_sha256,
        computed.fingerprint,
        *(one.sha256 for one in papertwin.load(name).card.measured.training),
    ):
        assert text in out
    assert "is verified" in err


def test_a_card_is_printed_as_the_json_that_is_stored(capsys):
    assert model.main(["work", "--json"]) == 0
    assert capsys.readouterr().out == (SHIPPED / "work" / "card.json").read_text(encoding="utf-8")


def test_a_model_that_is_not_what_its_card_says_is_shown_and_not_verified(tmp_path, capsys):
    """Exit code 1, and the reason."""
    folder = tmp_path / "mine"
    shutil.copytree(SHIPPED / "work", folder)
    (folder / "model.onnx").write_bytes((SHIPPED / "record" / "model.onnx").read_bytes())

    assert model.main([str(folder)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("# work\n")
    assert "its sha256 differs" in err
    assert "verified" not in err


def test_a_folder_without_a_model_is_told(tmp_path, capsys):
    """As is said of one that is not there; one that lacks its card alone is damaged."""
    assert model.main([str(tmp_path)]) == 2
    assert "there is no model in this folder" in capsys.readouterr().err
    (tmp_path / "model.onnx").touch()
    assert model.main([str(tmp_path)]) == 1
    assert "card.json: cannot be read" in capsys.readouterr().err
    assert model.main([str(tmp_path / "nowhere")]) == 2
