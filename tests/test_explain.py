"""papertwin explain and predict --explain: reasons in every form, and a page that fits and that nobody takes over."""

import csv
import json
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin import predict
from papertwin.data import pairs
from papertwin.data.differences import Segment
from papertwin.data.files.layouts import ADDED, REASONS
from papertwin.data.terminal import Marks, cut, printable, width, wrapped
from papertwin.explain import FIRST, main
from papertwin.features import GROUPS
from papertwin.models import explanation, load
from papertwin.models.explanation import explain
from papertwin.pages.side_by_side import LONG, page, shortened

ROOTS = {"id": "a", "title": "The roots of maize. Part I", "authors": ["Berg, Anna"], "publication_date": "1999"}
SECOND = ROOTS | {"id": "b", "title": "The roots of maize. Part II", "publication_date": "2003"}
WELLS = {"id": "c", "title": "玉米的研究 in wells", "abstract": "We dug wells in the rain and waited. " * 40}
CASES = [(ROOTS, SECOND), (ROOTS, ROOTS), (SECOND, WELLS), (WELLS, WELLS)]
MODEL = load("work")
MARKED = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def cases(tmp_path):
    """A file of cases with a column of its own."""
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps({"doc_1": a, "doc_2": b, "mine": 1.50}) + "\n" for a, b in CASES))
    return file


def expected():
    """The first three reasons of each case."""
    explained = explain(load("work"), *map(list, zip(*CASES, strict=True)))
    return [[*one.reasons[:3], *[None] * (3 - len(one.reasons))] for one in explained]


def predicted(capsys, *arguments):
    assert predict.main([*map(str, arguments), "--quiet"]) == 0
    return capsys.readouterr().out


def as_lines(text):
    return [json.loads(line) for line in text.splitlines()]


# --- predict --explain ----------------------------------------------------------------------------------------------


def test_explaining_adds_reasons_and_changes_nothing_else(cases, capsys):
    """The row as without --explain, byte for byte, and three columns behind it."""
    without = predicted(capsys, cases).splitlines()
    explained = predicted(capsys, cases, "--explain").splitlines()

    assert [line.partition(', "reason_1"')[0] + "}" for line in explained] == without
    assert [[row[name] for name in REASONS] for row in as_lines("\n".join(explained))] == expected()
    assert all(list(row)[-6:] == [*ADDED, *REASONS] for row in as_lines("\n".join(explained)))


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".csv", ".tsv", ".parquet", ".txt"])
def test_every_form_of_output_has_the_reasons(cases, tmp_path, capsys, suffix):
    file = tmp_path / f"out{suffix}"
    predicted(capsys, cases, "--explain", "-o", file)

    if suffix == ".txt":
        text = file.read_text()
        assert all(f"- {reason}" in text for row in expected() for reason in row if reason and len(reason) < 70)
        return
    if suffix == ".json":
        rows = json.loads(file.read_text())["cases"]
    elif suffix == ".jsonl":
        rows = as_lines(file.read_text())
    elif suffix == ".parquet":
        rows = pd.read_parquet(file).to_dict("records")
    else:
        with file.open(newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter="," if suffix == ".csv" else "\t"))
        assert list(rows[0])[-6:] == [*ADDED, *REASONS]
    assert [[row[name] or None for name in REASONS] for row in rows] == expected()


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_what_was_explained_can_be_explained_again(cases, tmp_path, capsys, suffix):
    """reason_1 and reason_2 are no field of the two records; they are replaced, and that is told."""
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    predicted(capsys, cases, "--explain", "-o", first)

    assert predict.main([str(first), "--explain", "-o", str(second)]) == 0
    assert "replaced: duplicate_probability, model, predicted_decision, reason_1" in capsys.readouterr().err
    if suffix == ".csv":
        assert second.read_text() == first.read_text()
    else:
        assert as_lines(second.read_text()) == as_lines(first.read_text())
    nested = tmp_path / "nested.json"
    predicted(capsys, first, "-o", nested)
    assert "reason" not in json.loads(nested.read_text())["cases"][0]["doc_1"]


def test_pairs_of_ids_have_the_same_reasons_as_their_records(tmp_path, capsys, monkeypatch):
    """However few records are prepared at a time."""
    monkeypatch.setattr(explanation, "BATCH", 3)
    records, named = tmp_path / "records.jsonl", tmp_path / "pairs.csv"
    records.write_text("".join(json.dumps(record) + "\n" for record in (ROOTS, SECOND, WELLS)))
    named.write_text("id_1,id_2\na,b\na,a\nb,c\nc,c\n")

    rows = as_lines(predicted(capsys, named, "--records", records, "--explain"))

    assert [[row[name] for name in REASONS] for row in rows] == expected()


def test_reasons_do_not_depend_on_processes_or_batches(tmp_path, capsys, monkeypatch):
    file = tmp_path / "many.jsonl"
    lines = [json.dumps({"doc_1": a, "doc_2": b, "n": n}) + "\n" for n in range(60) for a, b in CASES]
    file.write_text("".join(lines))
    whole = predicted(capsys, file, "--explain", "--jobs", 1)
    monkeypatch.setattr(pairs.PairFile.batches, "__defaults__", (4000,))

    assert predicted(capsys, file, "--explain", "--jobs", 2) == whole


# --- the library ----------------------------------------------------------------------------------------------------


def test_a_frame_of_explanations_keeps_the_index_of_a_frame_of_pairs():
    model = load("work")
    wide = pd.DataFrame({"title_1": ["Maize roots", "Wells"], "title_2": ["Maize roots", "Rain"]}, index=[7, 9])

    explained = model.explain(wide)

    assert list(explained.index) == [7, 9]
    assert list(explained.columns) == ["probability", "decision", "base", *GROUPS, *REASONS]
    np.testing.assert_array_equal(explained["probability"], model.predict_proba(wide)[:, 1])
    assert explained["decision"].tolist() == model.predict(wide)
    odds = explained["base"] + explained[list(GROUPS)].sum(axis=1)
    np.testing.assert_allclose(1 / (1 + np.exp(-odds)), explained["probability"], atol=1e-6)
    assert explained.loc[7, "reason_1"] == "same title"


def test_no_pairs_are_an_empty_frame():
    assert list(load("work").explain([]).columns) == ["probability", "decision", "base", *GROUPS, *REASONS]


# --- the page -------------------------------------------------------------------------------------------------------

text = st.text(max_size=60) | st.lists(st.sampled_from(["maize ", "玉米的研究", "a", "\x1b[31m", "  ", "\u202e"])).map(
    "".join
)
segments = st.lists(st.builds(Segment, text.map(printable).filter(bool), st.booleans()), max_size=6)


@given(segments, st.integers(8, 40), st.sampled_from(Marks))
def test_wrapped_lines_fit_and_hold_all_that_was_said(parts, columns, marks):
    lines = wrapped(parts, columns, marks)

    assert all(taken <= columns and width(MARKED.sub("", line)) == taken for line, taken in lines)
    if marks is Marks.NONE:
        said = "".join(part.text for part in parts)
        assert "".join("".join(line for line, _ in lines).split()) == "".join(said.split())


@given(st.text())
def test_plain_text_holds_nothing_that_a_terminal_obeys(some):
    assert printable(some).isprintable()


@given(text.map(printable), st.integers(1, 30))
def test_a_cut_text_fits(some, columns):
    assert width(cut(some, columns)) <= columns


@settings(max_examples=25)
@given(
    st.dictionaries(st.sampled_from(["title", "authors", "abstract"]), text, min_size=1),
    st.integers(20, 130),
    st.booleans(),
)
def test_a_page_fits_the_terminal_and_obeys_no_title(record, columns, colour):
    pair = record | {"journal": "Soil"}, WELLS | {"title": "\x1b]0;taken over\x07"}
    (explained,) = explain(MODEL, [pair[0]], [pair[1]])

    for line in page(pair, explained, columns, colour, full=True):
        assert MARKED.sub("", line).isprintable()
        assert colour or "\x1b" not in line
        assert width(MARKED.sub("", line)) <= max(columns, 48)


def test_long_values_are_shortened_to_where_they_differ():
    before, behind = "maize " * 200, "wheat " * 200
    parts = [Segment(before, True), Segment("ONE", False), Segment(behind, True)]

    shown = "".join(part.text for part in shortened(parts))

    assert "maize ONEwheat" in shown
    assert len(shown) < LONG
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_differences_are_marked_and_reasons_told(cases, capsys):
    """Without colours, because this is no terminal; bars to the right speak for a duplicate."""
    assert main([str(cases), "--case", "1"]) == 0
    out, err = capsys.readouterr()

    assert "Part [-I-]" in out
    assert "Part {+II+}" in out
    assert "- different part numbers in the titles, 1 and 2" in out
    assert re.search(r"^authors +\+[\d.]+ +\|#+$", out, re.MULTILINE)
    assert re.search(r"^date +-[\d.]+ +#+ \|$", out, re.MULTILINE)
    assert out.startswith(f"{cases}, line 1: NOT DUPLICATES, 0.")
    assert "1 pair explained, 0 rejected" in err


@pytest.mark.parametrize(("threshold", "decision"), [("0", "DUPLICATES"), ("1", "NOT DUPLICATES")])
def test_a_threshold_decides_what_is_explained(cases, capsys, threshold, decision):
    """As it does for predict, whose answers are explained."""
    assert main([str(cases), "--case", "1", "--threshold", threshold]) == 0
    assert capsys.readouterr().out.startswith(f"{cases}, line 1: {decision}, 0.")


def test_the_first_pairs_are_shown_and_the_others_counted(tmp_path, capsys):
    file = tmp_path / "many.jsonl"
    file.write_text((json.dumps({"doc_1": ROOTS, "doc_2": SECOND}) + "\n") * (FIRST + 3))

    assert main([str(file)]) == 0
    out, err = capsys.readouterr()
    assert out.count("- different part numbers") == FIRST
    assert "3 were left out: choose with --case N" in err


def test_rows_that_cannot_be_shown_are_told(tmp_path, capsys):
    """With the exit code of rejects; a place that is not in the file is wrong use, behind what is there."""
    file = tmp_path / "some.jsonl"
    file.write_text(
        json.dumps({"doc_1": ROOTS, "doc_2": {}}) + "\n" + json.dumps({"doc_1": ROOTS, "doc_2": WELLS}) + "\n"
    )

    assert main([str(file), "--case", "1", "2"]) == 3
    assert "line 1 rejected: one of its records has no content" in capsys.readouterr().err
    assert main([str(file), "--case", "2", "9"]) == 2
    out, err = capsys.readouterr()
    assert "there is no pair 9: the last is 2" in err
    assert "玉米的研究" in out


def test_pairs_are_counted_in_a_table_too(tmp_path, capsys):
    """Hard because the first pair of a table is in its second line, or further down behind a cell of many lines."""
    file = tmp_path / "pairs.csv"
    file.write_text('title_1,title_2\n"Foxes of\nthe valley",Foxes\nKelp after the storm,Kelp\n')

    assert main([str(file), "--case", "2"]) == 0
    assert capsys.readouterr().out.startswith(f"{file}, line 4: ")
    assert main([str(file), "--case", "1"]) == 0
    assert capsys.readouterr().out.startswith(f"{file}, line 2: ")
    assert main([str(file), "--case", "0", "3"]) == 2
    assert "there is no pair 0, 3: the last is 2" in capsys.readouterr().err


def test_long_abstracts_are_whole_if_asked(cases, capsys):
    main([str(cases), "--case", "4"])
    short = capsys.readouterr().out
    main([str(cases), "--case", "4", "--full"])

    assert short.count("rain") < 20 < capsys.readouterr().out.count("rain")


@pytest.mark.parametrize(
    ("said", "given", "model"), [("record", [], "record"), (None, [], "work"), ("record", ["work"], "work")]
)
def test_doubtful_pairs_are_explained_by_the_model_that_doubted_them(tmp_path, capsys, said, given, model):
    """A preprint and its article are two where dedupe counted so; the other model would find nothing doubtful there."""
    file = tmp_path / "doubtful.json"
    case = {"doc_1": ROOTS, "doc_2": ROOTS, "convention": said}
    file.write_text(json.dumps({"cases": [case, case]}), encoding="utf-8")

    assert main([str(file), *(argument for name in given for argument in ("--model", name))]) == 0
    told = capsys.readouterr()
    assert f"model {model} " in told.err
    assert "2 pairs explained" in told.err
