"""papertwin train: labelled cases in, a model folder out, or one sentence that says why not."""

import json
import random
import re
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import papertwin
from papertwin.check import main as check
from papertwin.data.errors import InputError
from papertwin.models import training_vectors as vectors_module
from papertwin.models.build import build
from papertwin.models.compare import Difference
from papertwin.models.fit import Recipe
from papertwin.models.retrain import Beside
from papertwin.train import main
from papertwin.training import turned_round

NOUNS = ("maize", "wheat", "barley", "clover", "lupin", "millet", "sorghum", "flax", "hemp", "rice")


def record(number):
    title = f"The roots of {NOUNS[number % 10]} in {NOUNS[number // 10 % 10]} fields, survey {number}"
    return {
        "title": title,
        "authors": [f"{NOUNS[number % 7].title()}, {chr(65 + number % 26)}."],
        "publication_date": str(1960 + number % 60),
    }


def case(number, other=None, decision=None):
    """Two copies of one record, or two records of one author."""
    first = record(number)
    second = record(number if other is None else other) | {
        "title": record(number if other is None else other)["title"].upper()
    }
    return {
        "doc_1": first,
        "doc_2": second,
        "decision": decision or ("DUPLICATES" if other is None else "NOT DUPLICATES"),
    }


def cases(count=30):
    return [*(case(n) for n in range(count)), *(case(n, (n + 1) % count) for n in range(count))]


@pytest.fixture(autouse=True)
def few_trees(monkeypatch):
    """Small forests: what is tried here is the way, not the accuracy."""
    small = partial(build, candidates=(Recipe(trees=5, leaves=7, folds=3),))
    monkeypatch.setattr("papertwin.models.build.build", small)
    monkeypatch.setattr("papertwin.models.retrain.recipe_of", lambda model: Recipe(trees=6, leaves=7, folds=3))


@pytest.fixture
def write(tmp_path):
    def write(found, name="cases.json"):
        (tmp_path / name).write_text(json.dumps({"cases": found}), encoding="utf-8")
        return str(tmp_path / name)

    return write


@pytest.fixture
def run(tmp_path, capsys):
    def run(*arguments, output="model"):
        code = main([*arguments, "--jobs", "1", "--output", str(tmp_path / output)])
        return code, *capsys.readouterr()

    return run


def test_cases_alone_become_a_model(run, write, tmp_path):
    """It says what it read and how well it does, and the folder can be loaded and scores."""
    code, out, err = run(write(cases()), "--base", "none")
    assert code == 0
    assert "cases.json: 30 duplicates, 30 distinct, 0 without a decision" in err
    for word in (
        "precision",
        "recall",
        "f1",
        "average precision",
        "brier",
        "your cases",
        "DUPLICATES from",
        f"--model {tmp_path / 'model'}",
    ):
        assert word in out
    model = papertwin.load(tmp_path / "model")
    assert model.convention == "work"
    a, b = case(3)["doc_1"], case(3)["doc_2"]
    assert model.predict_proba([(a, b)])[0, 1] > model.predict_proba([(a, record(8))])[0, 1]
    assert sorted(path.name for path in (tmp_path / "model").iterdir()) == ["card.json", "model.onnx"]


def test_the_same_cases_and_seed_give_the_same_bytes(run, write, tmp_path):
    """And another seed others."""
    file = write(cases())
    for output, seed in (("one", "0"), ("two", "0"), ("three", "1")):
        assert run(file, "--base", "none", "--seed", seed, output=f"{output}/model")[0] == 0
    one, two, three = ((tmp_path / name / "model" / "model.onnx").read_bytes() for name in ("one", "two", "three"))
    assert one == two != three
    assert (tmp_path / "one/model/card.json").read_bytes() == (tmp_path / "two/model/card.json").read_bytes()


@pytest.mark.parametrize("seed", ["-1", "4294967296", "x"])
def test_a_seed_that_nothing_takes_is_refused(run, write, seed):
    """By the command and by the library, before anything is read or fitted."""
    with pytest.raises(SystemExit, match="2"):
        run(write(cases()), "--base", "none", "--seed", seed)
    if seed != "x":
        with pytest.raises(papertwin.InputError, match=f"the seed {seed} cannot be used"):
            papertwin.train([], seed=int(seed))


def test_several_files_are_one(run, write):
    """Undecided cases are counted and not learned from."""
    found = cases()
    code, _, err = run(
        write(found[:20], "one.json"), write([*found[20:], case(3) | {"decision": None}], "two.json"), "--base", "none"
    )
    assert code == 0
    assert "one.json: 20 duplicates, 0 distinct" in err
    assert "two.json: 10 duplicates, 30 distinct, 1 without a decision" in err


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ([case(n) for n in range(30)], "all 30 labelled cases are duplicates: a model needs cases of both kinds"),
        ([case(n, n + 1) for n in range(30)], "all 30 labelled cases are distinct: a model needs cases of both kinds"),
        (cases(4), "4 duplicates and 4 distinct cases are too few: 20 in all and 5 of each kind are needed"),
        ([*cases(30)[:30], case(1, 2)], "30 duplicates and 1 distinct case are too few"),
        ([case(1) | {"decision": None}], "there is no case with a decision"),
        ([], "DUPLICATES under decision, label, duplicate, is_duplicate, match"),
        ([*cases(), case(7) | {"decision": "PERHAPS"}], "'PERHAPS' is no label"),
    ],
)
def test_cases_that_teach_nothing_are_refused(found, sentence, run, write, tmp_path):
    """One sentence, exit code 2, and no folder."""
    code, out, err = run(write(found), "--base", "none")
    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err
    assert not (tmp_path / "model").exists()


def test_why_no_case_could_be_read_is_the_last_line(run, tmp_path):
    """Labels are there, so that they are not what is wanting."""
    (tmp_path / "records.csv").write_text("id,title\n1,A hare\n")
    (tmp_path / "pairs.csv").write_text("id_1,id_2,label\n1,2,yes\n3,1,no\n1,1,\n")
    code, _, err = run(str(tmp_path / "pairs.csv"), "--records", str(tmp_path / "records.csv"))

    assert code == 2
    assert err.splitlines()[-1].endswith(
        "there is no case with a decision beside the 2 rows that cannot be read: "
        f"{tmp_path / 'pairs.csv'}, line 2 rejected: the id 2 is not in {tmp_path / 'records.csv'}"
    )


def test_a_handful_of_cases_beside_the_shipped_pairs_is_refused(run, write):
    """They would be given a weight by cross-validation over nearly nothing, and the model would be worse."""
    code, _, err = run(write([case(1), *(case(n, n + 1) for n in range(4))]), "--base", "work")
    assert code == 2
    assert "1 duplicate and 4 distinct cases are too few: 20 in all and 5 of each kind are needed" in err


def exchanged(found):
    """The same cases with each decision turned round."""
    other = {"DUPLICATES": "NOT DUPLICATES", "NOT DUPLICATES": "DUPLICATES"}
    return [one | {"decision": other[one["decision"]]} for one in found]


def test_labels_that_mean_the_opposite_are_told(run, write, tmp_path):
    """Even when quiet, above the figures, and in the card: a model that learns them answers upside down."""
    code, out, err = run(write(exchanged(cases())), "--base", "none", "--quiet")

    assert code == 0
    (told,) = [line.removeprefix("papertwin: ") for line in err.splitlines() if "the other way round" in line]
    assert re.match(r"(\d+) of the \1 cases that the shipped model work is sure of are labelled", told)
    assert told.endswith("if 1 or yes means distinct in your files, exchange the labels")
    assert out.splitlines()[0] == told
    assert told in papertwin.load(tmp_path / "model").card.given.description


def test_the_verdict_of_labels_that_mean_the_opposite_supposes_that_they_are_right(run, write, small_base):
    """By such labels the new model is better, which is no reason to use it."""
    _, out, _ = run(write(exchanged(cases())), "--base", "work")

    assert out.splitlines()[-1].startswith("If your labels are right: By log loss")


def test_the_library_warns_of_labels_that_mean_the_opposite(write):
    """At the line that called."""
    read = papertwin.read_cases(write(exchanged(cases())))

    with pytest.warns(UserWarning, match="labelled the other way round") as warned:
        papertwin.train(read, "none")
    assert warned[0].filename == __file__


@pytest.mark.parametrize(
    "found",
    [
        cases(),
        [*exchanged(cases()[:25]), *cases()[25:]],  # some are wrong
        exchanged(cases()[:30]),  # of one kind
        exchanged([*cases()[:30], *cases()[30:33]]),  # nearly of one kind: these may be what the model gets wrong
        exchanged([*cases()[:9], *cases()[30:39]]),  # few
        [case(1) | {"decision": None}],
    ],
)
def test_labels_of_which_some_or_few_contradict_the_model_do_not_mean_the_opposite(found, write):
    assert turned_round(papertwin.read_cases(write(found)), "work") is None


@pytest.mark.parametrize("seed", [(), ("--seed", "3")])
def test_labels_that_may_be_wrong_are_told(seed, run, write, tmp_path, capsys):
    """As many as the command lists that is told with them, cases that are there twice among them."""
    found = cases()
    for place in (4, 40):
        found[place]["decision"] = "NOT DUPLICATES" if place < 30 else "DUPLICATES"
    file = write([*found, found[4], found[5]])

    code, _, err = run(file, "--base", "none", *seed)

    assert code == 0
    told = re.search(r"(\d+) labels of yours may be wrong: papertwin (check .*) lists them; correct what is wrong", err)
    assert told is not None
    assert int(told[1]) >= 3
    assert check([*told[2].split()[1:], "--jobs", "1", "-o", str(tmp_path / "suspects.json")]) == 0
    assert f"{told[1]} with a label that the model contradicts" in capsys.readouterr().err


def test_a_model_that_learns_errors_is_judged_without_them(run, write, tmp_path, small_base, monkeypatch):
    """By its errors it is better; without the labels that may be wrong it is not, and that is said first."""
    by_labels, without = Difference(0.24, -0.08, 0.01), Difference(0.01, 0.02, 0.001)
    wrong = 5
    found = cases()
    for one in found[:wrong]:
        one["decision"] = "NOT DUPLICATES"
    monkeypatch.setattr(
        Beside, "difference", property(lambda beside: without if len(beside.labels) < len(found) else by_labels)
    )

    _, out, err = run(write(found), "--base", "work")

    doubted = int(re.search(r"(\d+) labels of yours may be wrong", err)[1])
    assert doubted >= wrong
    row = next(line for line in out.splitlines() if line.startswith("  without those that may be wrong"))
    assert int(row.split()[6]) == len(found) - doubted
    said = (
        f"the new model is worse (0.0100 to 0.0300) on your cases without the {doubted} whose labels may be wrong, "
        "better (0.2400 to 0.1600) with them, and better (0.2400 to 0.1600) on the base."
    )
    assert said in out.splitlines()[-1]
    assert said in papertwin.load(tmp_path / "model").card.given.notes


def test_what_is_left_to_a_person_is_told_of_both_models(run, write, tmp_path, small_base):
    """In the table, in the last line, and in the card: a model may gain by log loss and leave more to review."""
    _, out, _ = run(write(cases()), "--base", "work")
    lines = out.splitlines()

    metrics = papertwin.load(tmp_path / "model").card.measured.metrics
    old, new = (metrics[name]["your cases"]["review"] for name in ("before", "cross-validation"))
    assert "for review, old, new" in lines[0]
    row = next(line for line in lines if line.startswith("your cases"))
    assert row.split()[-4:-2] == [f"{old:.4f}", f"{new:.4f}"]
    assert lines[-1].endswith(f"It leaves {new:.1%} of your cases for review, the old one {old:.1%}.")


def test_rows_that_cannot_be_read_are_told_even_when_quiet(run, tmp_path):
    """The model is made of the rest, and the exit code says that there was more."""
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in cases()) + "{oops\n", encoding="utf-8")
    code, _, err = run(str(path), "--base", "none", "--quiet")
    assert code == 3
    assert "cases.jsonl, line 61 rejected: not valid JSON" in err
    assert (tmp_path / "model" / "card.json").exists()


def test_cases_are_refused_before_anything_long_is_announced(run, write):
    code, _, err = run(write([case(1), case(2), case(3)]), "--base", "work")
    assert code == 2
    assert "learning" not in err


@pytest.mark.parametrize("name", ["work", "record"])
def test_no_model_takes_the_name_of_a_shipped_one(name, write, tmp_path, monkeypatch, capsys):
    """Hard because --model work would load the shipped one, whatever is in the folder; ./work says the folder."""
    monkeypatch.chdir(tmp_path)
    arguments = [write(cases()), "--base", "none", "--jobs", "1", "--output"]
    assert main([*arguments, name]) == 2
    assert f"write ./{name}" in capsys.readouterr().err
    assert main([*arguments, f"./{name}"]) == 0
    assert f"use it with --model ./{name}\n" in capsys.readouterr().out


def test_a_file_where_the_folder_would_go_is_told_before_anything_is_fitted(run, write, tmp_path):
    """Even with --force, which replaces models."""
    (tmp_path / "model").write_text("mine")
    code, _, err = run(write(cases()), "--force")
    assert (code, err.count("\n")) == (2, 1)
    assert "this is a file: name a folder" in err


def test_contradictions_are_listed_with_their_places(run, write):
    """Either way round, and whatever the ids: the same two records decided both ways."""
    turned = {"doc_1": case(3)["doc_2"] | {"id": "x"}, "doc_2": case(3)["doc_1"], "decision": "NOT DUPLICATES"}
    code, _, err = run(write([*cases(), turned]), "--base", "none")
    assert code == 2
    assert "the same pair is decided both ways in" in err
    assert "cases.json, case 4 and " in err
    assert "cases.json, case 61" in err


def test_a_case_that_is_there_twice_is_no_contradiction(run, write, tmp_path):
    """Two people may have decided alike, in two files: it is told, and the pair counts once."""
    turned = {"doc_1": case(3)["doc_2"], "doc_2": case(3)["doc_1"], "decision": "DUPLICATES"}
    code, _, err = run(write(cases()), write([case(5), turned], "more.json"), "--base", "none")

    assert code == 0
    assert "2 cases left out: others say the same of the same two records" in err
    (trained,) = papertwin.load(tmp_path / "model").card.measured.training
    assert trained.pairs == 60
    twice = papertwin.train([*papertwin.read_cases(tmp_path / "cases.json")] * 2, base="none")
    assert twice.card.measured.training == [trained]


def test_a_model_is_not_overwritten(run, write, tmp_path):
    """Without --force nothing in the folder is touched; with it the model is replaced."""
    file = write(cases())
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "mine.txt").write_text("mine")
    code, _, err = run(file, "--base", "none")
    assert code == 2
    assert "--force" in err
    assert [path.name for path in (tmp_path / "model").iterdir()] == ["mine.txt"]
    assert run(file, "--base", "none", "--force")[0] == 0


def test_an_unreadable_file_is_named(run, tmp_path):
    """Before anything is fitted."""
    code, _, err = run(str(tmp_path / "nowhere.json"), "--base", "none")
    assert code == 2
    assert "nowhere.json" in err


def test_without_the_shipped_vectors_a_base_is_refused(run, write, monkeypatch, tmp_path):
    """One sentence that says what to do instead."""
    monkeypatch.setattr(vectors_module.read_vectors, "__defaults__", (tmp_path / "vectors.parquet",))
    code, _, err = run(write(cases()), "--base", "work")
    assert code == 2
    assert "the training vectors are not there: install Papertwin again, or use --base none" in err


def test_stale_vectors_are_refused(tmp_path, monkeypatch):
    """Vectors that other features made are no base, whatever their columns are called."""
    few = vectors_module.read_vectors().at(np.arange(5))
    vectors_module.write_vectors(tmp_path / "v.parquet", few)
    monkeypatch.setattr("papertwin.features.fingerprint", lambda: "another")
    with pytest.raises(papertwin.data.errors.InputError, match="made by other features: rebuild them with make models"):
        vectors_module.read_vectors(tmp_path / "v.parquet")


@pytest.fixture
def small_base(tmp_path, monkeypatch):
    """A hundredth of the shipped vectors: both conventions and all sets are in it."""
    shipped = vectors_module.read_vectors()
    few = shipped.at(np.sort(np.random.default_rng(0).choice(len(shipped), 800, replace=False)))
    vectors_module.write_vectors(tmp_path / "few.parquet", few)
    monkeypatch.setattr(vectors_module.read_vectors, "__defaults__", (tmp_path / "few.parquet",))
    return few


@pytest.mark.parametrize("base", ["work", "record"])
def test_cases_are_added_to_the_shipped_pairs(base, run, write, tmp_path, small_base):
    """Twenty cases are enough then; the card names both, and the convention is the base's."""
    code, out, err = run(write(cases(10)), "--base", base)
    assert code == 0
    assert "which takes a minute or two" in err
    assert "your cases" in out
    model = papertwin.load(tmp_path / "model")
    assert model.convention == base
    measured = model.card.measured
    trained = {entry.name: entry.pairs for entry in measured.training}
    assert trained["your cases"] == 20
    assert set(trained) - {"your cases"} <= set(small_base.sets)
    assert measured.metrics["cross-validation"]["your cases"]["pairs"] == 20
    assert measured.metrics["before"].keys() == measured.metrics["cross-validation"].keys()


def test_the_old_model_is_shown_beside_the_new_one(run, write, small_base):
    """On the user's cases, on the base, its slices and its sets; the last line says which is better, on both."""
    _, out, _ = run(write(cases()), "--base", "work")
    lines = out.splitlines()

    for row in ("your cases", "the base, each set as it weighs", "  no abstract on a side", "  asysd_diabetes"):
        assert sum(line.startswith(row) for line in lines) == 1, row
    small = "(, where less than (5%|2 standard errors) decides nothing)?"
    said = rf"(better|worse|about as good) \(\d\.\d+ to \d\.\d+{small}\)"
    begin = "By log loss on held-out pairs, the new model is"
    without = (
        rf"({said} on your cases without the \d+ whose labels? may be wrong, {said} with them,|{said} on your cases)"
    )
    assert re.match(rf"{begin} {without} and {said} on the base\.", lines[-1])
    assert "stored in" in lines[-2]


def test_a_worse_model_is_stored_and_said_to_be_worse(run, write, tmp_path, small_base, monkeypatch):
    """Exit code 0 all the same: the user decides."""
    worse = Difference(0.1, 0.1, 0.01)
    monkeypatch.setattr(Beside, "difference", property(lambda beside: worse))
    code, out, _ = run(write(cases()), "--base", "work")

    assert code == 0
    assert "the new model is worse (0.1000 to 0.2000) on your cases" in out.splitlines()[-1]
    assert papertwin.load(tmp_path / "model").card.given.notes.count("worse") >= 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Difference(0.1, 0.004, 0.0001), "about as good (0.1000 to 0.1040, where less than 5% decides nothing)"),
        (Difference(0.1, 0.02, 0.02), "about as good (0.1000 to 0.1200, where less than 2 standard errors decides"),
    ],
)
def test_a_difference_that_decides_nothing_is_told_with_the_reason(run, write, small_base, monkeypatch, change, said):
    """A margin is no noise: what is below it may be a real difference, and is called small."""
    monkeypatch.setattr(Beside, "difference", property(lambda beside: change))

    assert said in run(write(cases()), "--base", "work")[1].splitlines()[-1]


def test_retraining_leaves_the_shipped_models_alone(run, write, small_base):
    """Not a byte of them changes."""
    shipped = [
        path
        for name in ("work", "record")
        for path in sorted((Path(papertwin.__file__).parent / "models" / name).iterdir())
    ]
    before = [path.read_bytes() for path in shipped]
    assert run(write(cases(10)), "--base", "work")[0] == 0
    assert [path.read_bytes() for path in shipped] == before


def test_retraining_again_in_another_order_and_by_two_processes_gives_the_same_bytes(write, tmp_path, small_base):
    """Model and card; the order of the base's pairs is its own."""
    found = cases(10)
    shuffled = random.Random(0).sample(found, len(found))
    for name, given, jobs in (("one", found, "1"), ("two", found, "2"), ("three", shuffled, "1")):
        output = str(tmp_path / name / "model")
        assert main([write(given), "--base", "work", "--jobs", jobs, "--quiet", "--output", output]) == 0
    for file in ("model.onnx", "card.json"):
        one, two, three = ((tmp_path / name / "model" / file).read_bytes() for name in ("one", "two", "three"))
        assert one == two == three


def test_the_library_trains_like_the_command(run, write, tmp_path):
    """papertwin.train(cases) gives the command's model, byte for byte, whether it is stored at once or later."""
    file = write(cases())
    assert run(file, "--base", "none")[0] == 0
    found = papertwin.read_cases(file)
    papertwin.train(found, base="none", output=tmp_path / "at once" / "model", description="Trained on cases.json.")
    papertwin.train(found, base="none", description="Trained on cases.json.").save(tmp_path / "later" / "model")
    for name in ("model.onnx", "card.json"):
        command, *library = ((tmp_path / way / "model" / name).read_bytes() for way in (".", "at once", "later"))
        assert library == [command, command]


def test_the_library_writes_nothing_unasked(write, tmp_path, monkeypatch):
    """A model is an object, as in scikit-learn, that answers at once and is stored where its user says."""
    found = papertwin.read_cases(write(cases()))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    model = papertwin.train(found, base="none")

    assert list(Path().iterdir()) == []
    pairs = [(case.doc_1, case.doc_2) for case in found]
    model.at(0.4).save("mine")
    loaded = papertwin.load("mine")
    assert (model.signature, loaded.signature) == (f"trained {model.short_hash}", f"mine {model.short_hash}")
    np.testing.assert_array_equal(loaded.predict_proba(pairs), model.predict_proba(pairs))
    assert loaded.predict(pairs) == model.at(0.4).predict(pairs)
    with pytest.raises(InputError, match="force=True"):
        model.save("mine")
    with pytest.raises(InputError, match="names a shipped model"):
        model.save("work")
    model.save("mine", force=True)
    assert papertwin.load("mine").thresholds == model.thresholds


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("cases.json", "str"),
        ([("a", "b", 1)], "list of tuple"),
        (5, "int"),
        ({"title_1": ["a"], "title_2": ["b"]}, "dict"),
    ],
)
def test_what_are_no_cases_is_told(given, named):
    """Not what Python says of an attribute that text, a tuple or a frame's columns do not have."""
    with pytest.raises(InputError, match=rf"cases are what papertwin\.read_cases reads .*, not {named}$"):
        papertwin.train(given, base="none")


@pytest.mark.parametrize("base", ["foo", "my_model", None])
def test_another_base_is_refused_with_those_that_there_are(base, write):
    """A folder is none either: what it learned from is not in it."""
    with pytest.raises(InputError, match="is no base: give work, record or none"):
        papertwin.train(papertwin.read_cases(write(cases())), base=base)


def test_the_library_overwrites_nothing_unasked(write, tmp_path):
    """Like the command: the folder may hold the model of another day."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.onnx").write_text("mine")
    found = papertwin.read_cases(write(cases()))
    with pytest.raises(InputError, match="force=True"):
        papertwin.train(found, base="none", output=tmp_path / "model")
    papertwin.train(found, base="none", output=tmp_path / "model", force=True)
    assert (tmp_path / "model" / "model.onnx").read_bytes() != b"mine"


@pytest.mark.parametrize("turn", ["order of cases", "order of documents"])
def test_the_order_of_a_file_does_not_matter(turn, run, write, tmp_path):
    """Cases shuffled, or their two documents exchanged, are the same cases."""
    found = cases()
    turned = (
        random.Random(0).sample(found, len(found))
        if turn == "order of cases"
        else [one | {"doc_1": one["doc_2"], "doc_2": one["doc_1"]} for one in found]
    )
    assert run(write(found, "one.json"), "--base", "none", output="one/model")[0] == 0
    assert run(write(turned, "two.json"), "--base", "none", output="two/model")[0] == 0
    assert (tmp_path / "one/model/model.onnx").read_bytes() == (tmp_path / "two/model/model.onnx").read_bytes()
