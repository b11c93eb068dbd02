"""What is wrong with labelled cases: doubted labels, contradictions, repeats and leaks."""

import json
import re

import numpy as np
import pytest

from papertwin import checking, findings, training
from papertwin.check import main, summary
from papertwin.data.cases import Case, read_cases
from papertwin.data.errors import InputError
from papertwin.data.files.rows import encode
from papertwin.models.doubt import suspicion, trust
from papertwin.models.fit import Recipe

TOPICS = ("moss", "lichen", "fern", "clover", "reed", "sedge", "heather", "gorse", "nettle", "thistle")


def record(number, **more):
    return {
        "title": f"On the {TOPICS[number % 10]} of the {TOPICS[number // 10 % 10]} hills, visit {number}",
        "authors": [f"{TOPICS[number % 7].title()}, {chr(65 + number % 26)}."],
        "publication_date": str(1950 + number % 70),
        **more,
    }


def case(a, b, label, place=1, file="cases.json"):
    return Case(record(a), record(b), label, None, f"{file}, case {place}", {})


def by_place(found):
    return {finding.case.place: finding for finding in found}


def test_suspicion_grows_with_the_probability_of_the_other_label():
    """And is a probability; a label that the model shares is hardly suspicious."""
    labels = np.array([True, True, True, False, False])
    found = suspicion(labels, np.array([0.99, 0.5, 0.02, 0.01, 0.9]))

    assert ((found >= 0) & (found <= 1)).all()
    assert found[0] < found[1] < found[2]
    assert found[3] < found[4]


def test_suspicions_add_up_to_the_wrong_labels_where_the_model_is_right():
    """1 in 20 labels is flipped, and the model knows the truth: the estimated share is that of the flipped ones."""
    rng = np.random.default_rng(0)
    true = rng.random(2000) < 0.4
    flipped = rng.random(2000) < 0.05
    probabilities = np.where(true, 0.98, 0.02)

    assert suspicion(true ^ flipped, probabilities).sum() == pytest.approx(flipped.sum(), rel=0.4)


def test_labels_are_trusted_by_how_many_of_their_kind_are_contradicted():
    """Half of the few duplicates are wrong: none of these is trusted, though few labels are wrong in all."""
    labels = np.arange(1000) < 20
    probabilities = np.where(labels, 0.98, 0.02)
    probabilities[:10] = 0.05

    assert (trust(labels, probabilities)[:10] < 0.1).all()
    assert (trust(labels, probabilities)[10:] == 1).all()


def test_a_label_is_trusted_as_far_as_it_is_likely_right():
    """Wholly where nothing contradicts it; hardly where many are contradicted surely; mostly where one is, mildly."""
    labels = np.array([True] * 40)
    sure, mild = np.full(40, 0.98), np.full(40, 0.98)
    sure[:6], mild[:1] = 0.01, 0.3

    assert (trust(labels, sure)[:6] < 0.1).all()
    assert (trust(labels, sure)[6:] == 1).all()
    assert 0.9 < trust(labels, mild)[0] < 1


def test_what_is_there_twice_teaches_once(monkeypatch):
    """The other cases are answered alike with and without it; both places are found."""
    seen = []

    def answers(base, own, *_):
        seen.append(len(own))
        return np.linspace(0.1, 0.9, len(own))

    monkeypatch.setattr(checking, "held_out_probabilities", answers)
    once = [case(1, 2, True, 1), case(3, 4, True, 2), case(5, 6, False, 3)]
    twice = [*once, case(2, 1, True, 4)]

    found, again = (by_place(checking.check(cases, "none")) for cases in (once, twice))

    assert seen == [3, 3]
    assert all(again[place].probability == finding.probability for place, finding in found.items())
    assert again["cases.json, case 4"].probability == found["cases.json, case 1"].probability
    doubted = {finding.case.place for finding in findings.doubted(twice, np.array([0.1, 0.9, 0.9]))}
    assert doubted == {"cases.json, case 1", "cases.json, case 3", "cases.json, case 4"}


def test_the_most_suspicious_come_first_and_what_has_no_problem_last():
    found = findings.judged(
        [case(1, 2, True, 1), case(3, 4, False, 2), case(5, 6, True, 3)], np.array([0.9, 0.6, 0.01])
    )

    assert [finding.case.place for finding in found] == [
        "cases.json, case 3",
        "cases.json, case 2",
        "cases.json, case 1",
    ]
    assert found[0].problem == "labelled DUPLICATES, but the model gives 0.01"
    assert found[1].problem == "labelled NOT DUPLICATES, but the model gives 0.60"
    assert found[2].problem == ""


def test_the_same_pair_decided_both_ways_is_told_at_both_cases():
    """Either way round; the one that the model is against is the suspect, and one of the two must be wrong."""
    found = by_place(findings.judged([case(1, 2, True, 1), case(2, 1, False, 2)], np.array([0.9, 0.9])))

    assert (
        "contradicts cases.json, case 2: the same two records decided otherwise" in found["cases.json, case 1"].problem
    )
    assert "contradicts cases.json, case 1" in found["cases.json, case 2"].problem
    assert found["cases.json, case 2"].suspicion > 0.5 > found["cases.json, case 1"].suspicion
    assert sum(one.suspicion for one in found.values()) >= 1


def test_two_duplicates_and_a_distinct_pair_of_three_records_contradict_each_other():
    """A is B, B is C, and A is not C: all three cases are named, and a case beside them is not."""
    found = by_place(
        findings.judged(
            [case(1, 2, True, 1), case(2, 3, True, 2), case(1, 3, False, 3), case(4, 5, False, 4)],
            np.array([0.95, 0.4, 0.05, 0.01]),
        )
    )

    for place in (1, 2, 3):
        assert "not all of them can be right" in found[f"cases.json, case {place}"].problem
    assert found["cases.json, case 4"].problem == ""
    assert max(found.values(), key=lambda one: one.suspicion).case.place == "cases.json, case 2"


def test_a_record_is_known_by_its_id_and_title_where_other_fields_differ():
    """An abstract that one export has and the other lacks makes no second record; another title of the id does."""
    a, b, c = record(1, id="17"), record(2, id="18"), record(3, id="19")
    richer = a | {"abstract": "What grows where."}
    other = a | {"title": "Something else entirely"}
    placed = [
        Case(a, b, True, None, "x.json, case 1", {}),
        Case(richer, b, False, None, "x.json, case 2", {}),
        Case(other, b, False, None, "x.json, case 3", {}),
        Case(other, c, False, None, "x.json, case 4", {}),
    ]
    found = by_place(findings.judged(placed, np.array([0.9, 0.1, 0.1, 0.1])))

    assert "decided otherwise" in found["x.json, case 2"].problem
    assert found["x.json, case 3"].problem == ""


def test_a_record_that_is_not_itself_is_a_contradiction():
    (found,) = findings.judged([case(1, 1, False)], np.array([0.9]))

    assert "the two records are the same" in found.problem


def test_repeats_within_a_file_and_leaks_between_files_are_told_apart():
    """The same pair twice in a file, in two files, and a single record in two files."""
    found = by_place(
        findings.judged(
            [
                case(1, 2, True, 1, "train.json"),
                case(2, 1, True, 2, "train.json"),
                case(1, 2, True, 3, "test.json"),
                case(2, 9, False, 4, "test.json"),
                case(7, 8, False, 5, "test.json"),
            ],
            np.array([0.9, 0.9, 0.9, 0.1, 0.1]),
        )
    )

    assert "decided alike, are in train.json, case 2" in found["train.json, case 1"].problem
    assert "the same two records are in another file, test.json, case 3" in found["train.json, case 1"].problem
    assert found["test.json, case 3"].kinds == {"leak"}
    assert "a record of it is in another file" in found["test.json, case 4"].problem
    assert found["test.json, case 5"].problem == ""
    assert "4 of 5 cases have a problem: 2 there more than once, 4 shared with another file" in summary(
        list(found.values())
    )


@pytest.fixture
def cases(tmp_path, monkeypatch):
    """Forty pairs of copies and forty of strangers, two labels of which are wrong."""
    monkeypatch.setattr(checking, "Recipe", lambda: Recipe(trees=15, leaves=7, folds=4))
    made = [
        {"id": n, "doc_1": record(n), "doc_2": record(n, source="copy"), "decision": "DUPLICATES"} for n in range(40)
    ]
    made += [
        {"id": 40 + n, "doc_1": record(n), "doc_2": record((n + 11) % 40), "decision": "NOT DUPLICATES"}
        for n in range(40)
    ]
    made[5]["decision"], made[50]["decision"] = "NOT DUPLICATES", "DUPLICATES"
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": made}), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".csv", ".parquet"])
def test_wrong_labels_come_first_in_a_case_file_that_can_be_read_again(cases, tmp_path, suffix, capsys):
    """It keeps the cases' own columns, and says in sum what was found."""
    out = tmp_path / f"suspects{suffix}"

    assert main([str(cases), "--base", "none", "-o", str(out), "--jobs", "1"]) == 0
    found = read_cases(out)
    assert {one.id for one in found[:2]} == {"5", "50"}
    assert all(0 <= float(one.row["suspicion"]) <= 1 and one.row["problem"] for one in found)
    assert "of 80 cases have a problem: " in capsys.readouterr().err


@pytest.mark.parametrize("column", ["decision", "label"])
def test_the_table_to_read_shows_the_label_and_the_problem(cases, tmp_path, column):
    """Whatever the column of the labels is called."""
    out = tmp_path / "suspects.txt"
    cases.write_text(cases.read_text().replace('"decision"', f'"{column}"'))

    assert main([str(cases), "--base", "none", "-o", str(out), "--jobs", "1"]) == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("suspicion  decision")
    assert re.search(r"^ +0\.\d{4}  NOT DUPLICATES  1955  On the sedge", text, re.MULTILINE)
    assert "labelled NOT DUPLICATES, but the model gives" in text


@pytest.mark.parametrize(("base", "named"), [("record", "record"), ("none", None)])
def test_a_doubted_label_names_the_convention_by_which_it_is_doubted(cases, tmp_path, base, named):
    """By it `review` asks and `train` learns: decisions by the other one would be refused."""
    out = tmp_path / "suspects.jsonl"

    assert main([str(cases), "--base", base, "-o", str(out), "--jobs", "1"]) == 0
    assert {one.row.get("convention") for one in read_cases(out)} == {named}


def test_all_cases_are_written_where_that_is_asked_for(cases, tmp_path):
    out = tmp_path / "all.json"

    assert main([str(cases), "--base", "none", "--all", "-o", str(out), "--jobs", "1"]) == 0
    assert len(read_cases(out)) == 80


def test_cases_without_labels_are_wrong_use(tmp_path, capsys):
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"cases": [{"doc_1": record(1), "doc_2": record(2), "decision": None}]}))

    assert main([str(path)]) == 2
    assert "there is no case with a decision" in capsys.readouterr().err


def test_rows_that_cannot_be_read_are_told_even_when_quiet(cases, tmp_path, capsys):
    path = tmp_path / "damaged.jsonl"
    path.write_bytes(b"{oops\n" + b"".join(encode(case) + b"\n" for case in json.loads(cases.read_text())["cases"]))

    assert main([str(path), "--base", "none", "-o", str(tmp_path / "out.json"), "--jobs", "1", "--quiet"]) == 3
    told = capsys.readouterr().err.splitlines()
    assert [line.partition("damaged.jsonl")[2] for line in told][1:] == [": 1 rejected"]
    assert "damaged.jsonl, line 1 rejected: not valid JSON" in told[0]


def test_cases_without_a_column_of_labels_are_told_what_it_may_be_called(tmp_path, capsys):
    path = tmp_path / "mine.csv"
    path.write_text("title_1,title_2,urteil\na,b,ja\n", encoding="utf-8")
    assert main([str(path)]) == 2
    assert "under decision, label, duplicate, is_duplicate, match" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("header", "rows", "told"),
    [
        ("title_1,title_2,same_work", ["a,b,False", "c,c,True"], "column same_work holds False and True: if it says"),
        ("title_1,title_2,class", ["a,b,non-duplicate", "c,c,duplicate", "d,e,"], "column class holds non-duplicate"),
        (
            "title_1,title_2,open,target",
            ["a,b,yes,0", "c,c,no,1"],
            "column open holds no and yes and column target holds 0 and 1: if one of them says which",
        ),
        ("title_1,title_2,target", ["a,b,0", "c,c,1", ",,1"], "column target holds 0 and 1: if it says"),
        ("title_1,title_2,number_1,number_2", ["a,b,0,1", "c,c,1,0"], "write DUPLICATES or NOT DUPLICATES under"),
        ("title_1,title_2,stars", ["a,b,0", "c,c,1", "d,e,2"], "write DUPLICATES or NOT DUPLICATES under"),
        (
            "title_1,title_2,predicted_decision,unsure",
            ["a,b,NOT DUPLICATES,true", "c,c,DUPLICATES,false"],
            "write DUPLICATES or NOT DUPLICATES under",
        ),
    ],
)
def test_a_column_that_looks_like_labels_is_named(header, rows, told, tmp_path, capsys):
    """Where no column is one of labels: a column of the case's own, of two values, that no command has added."""
    path = tmp_path / "mine.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")

    assert main([str(path)]) == 2
    assert f"there is no case with a decision: {told}" in capsys.readouterr().err


def test_the_library_names_a_column_that_looks_like_labels():
    """As the command does."""
    cases = [Case(record(n), record(0), None, None, f"case {n}", {"doc_1": record(n), "doc_2": record(0), "same": n})
             for n in (0, 1)]  # fmt: skip

    with pytest.raises(InputError, match="column same holds 0 and 1: if it says which pairs are duplicates, call it"):
        training.train(cases)


def test_labels_that_mean_the_opposite_are_told(cases, tmp_path, capsys):
    """Even when quiet: models that learn from them as well doubt only a few of them."""
    other = {"DUPLICATES": "NOT DUPLICATES", "NOT DUPLICATES": "DUPLICATES"}
    found = json.loads(cases.read_text())["cases"]
    path = tmp_path / "turned.json"
    path.write_text(json.dumps({"cases": [one | {"decision": other[one["decision"]]} for one in found]}))

    assert main([str(path), "--base", "none", "-o", str(tmp_path / "out.json"), "--jobs", "1", "--quiet"]) == 0
    assert "labelled the other way round: if 1 or yes means distinct" in capsys.readouterr().err
