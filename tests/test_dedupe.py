"""papertwin dedupe: every record in exactly one work, nothing lost, nothing half written."""

import csv
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import papertwin
from papertwin import cli
from papertwin.data.cases import read_cases
from papertwin.data.exports.formats import FORMATS
from papertwin.data.exports.tables import TABLES, convention_of
from papertwin.data.lookup import read_records
from papertwin.models.card import Thresholds
from papertwin.works import comparing, finding
from papertwin.works.comparing import Answered
from papertwin.works.shelf import Shelf

MOSS = {
    "id": "m1",
    "title": "Water in the cushions of high alpine mosses",
    "authors": ["Vera Lind", "Otto Brandt"],
    "publication_date": "2011",
    "journal": "Journal of Bryology",
    "volume": "33",
    "pages": "101-109",
    "doi": "10.1000/moss.33",
    "source": "Crossref",
}
MOSS_COPY = MOSS | {
    "id": "m2",
    "title": "Water in the cushions of high alpine mosses.",
    "authors": "Lind V; Brandt O",
    "source": "OpenAlex",
    "doi": None,
    "volume": None,
    "abstract": "Cushions of moss hold water for weeks, and the higher they grow the longer.",
}
MOSS_PREPRINT = {
    "id": "m3",
    "title": "Water in the cushions of high alpine mosses",
    "authors": ["Vera Lind", "Otto Brandt"],
    "publication_date": "2010-11-02",
    "urls": ["http://arxiv.org/abs/1011.00421v1"],
    "source": "arXiv",
}
KELP = {"id": "k", "title": "Kelp forests after the storm of 1953", "authors": ["Per Holm"], "publication_date": "1956"}
FOXES = {"title": "Foxes of the lower valley", "authors": ["A Berg"], "publication_date": "2001"}
HARES = {"title": "Foxes of the lower valley and their hares", "authors": ["B Berg"], "publication_date": "2006"}
EMPTY: dict[str, object] = {"id": "e", "title": None}
RECORDS = [MOSS, KELP, MOSS_COPY, EMPTY, MOSS_PREPRINT]


@pytest.fixture
def write(tmp_path):
    def written(name, records):
        path = tmp_path / name
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return str(path)

    return written


def run(*arguments):
    """Run the command on one process; its exit code."""
    jobs = [] if "--split" in arguments else ["--jobs", "1"]
    return cli.main(["dedupe", *map(str, arguments), *jobs])


def lines(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def members(works):
    """The works as sets of ids of their records."""
    return {frozenset(version["record"].get("id") for version in work["versions"]) for work in works}


def test_each_work_is_there_once_with_all_its_records(write, tmp_path, capsys):
    out = tmp_path / "works.jsonl"

    assert run(write("a.jsonl", RECORDS), "-o", out) == 0
    works = lines(out)
    assert members(works) == {frozenset({"m1", "m2", "m3"}), frozenset({"k"}), frozenset({"e"})}
    assert [work["id"] for work in works] == ["m1", "k", "e"]
    assert works[0]["abstract"] == MOSS_COPY["abstract"]
    assert works[0]["sources"]["abstract"] == "m2"
    said = capsys.readouterr().err
    assert "model work" in said
    assert "convention work (all versions of a work are one), the default" in said
    assert "works left" in said
    assert not (tmp_path / "works.jsonl.work").exists()


@pytest.mark.parametrize(("rule", "kept"), [("published", "m1"), ("preprint", "m3"), ("first", "m2")])
def test_keep_says_which_record_a_work_goes_by(rule, kept, write, tmp_path):
    out = tmp_path / "works.jsonl"

    assert run(write("a.jsonl", [MOSS_COPY, MOSS, MOSS_PREPRINT]), "-o", out, "--keep", rule) == 0
    assert [work["id"] for work in lines(out)] == [kept]


@pytest.mark.parametrize("rule", ["published", "preprint", "most-complete"])
@pytest.mark.parametrize(
    ("field", "less"),
    [
        ("publication_date", "2011"),
        ("publication_date", "2011-05"),
        ("authors", ["Vera Lind"]),
        ("authors", "Vera Lind et al."),
        ("abstract", "Cushions of moss hold water for weeks..."),
        ("title", "Water in the cushions of mosses"),
    ],
)
def test_of_records_with_as_many_fields_the_one_that_says_more_is_kept(rule, field, less, write, tmp_path):
    """Whichever comes first, and whatever else differs; hard because a count of fields takes a year for a date."""
    fuller = MOSS_COPY | {"id": "full", "publication_date": "2011-05-17", "authors": ["Vera Lind", "Otto Brandt"]}
    out = tmp_path / "works.jsonl"
    for volume in range(4):  # a choice by chance would not get all of these right
        records = [fuller, fuller | {"id": "less", "number": str(volume), field: less} | {"source": None}]
        for place, given in enumerate((records, records[::-1])):
            path = write(f"{volume}{place}.jsonl", given)
            assert run(path, "-o", out, "--keep", rule, "--force") == 0
            assert [work["id"] for work in lines(out)] == ["full"]


def test_noughts_make_no_record_the_one_with_most_fields(write, tmp_path):
    """Google Scholar has a nought for each volume, issue and page that it does not know."""
    noughts = MOSS_COPY | {"id": "n", "volume": "0", "number": 0, "pages": "0-0"}
    known = MOSS_COPY | {"id": "k", "volume": "7", "pages": "1-9"}
    out = tmp_path / "works.jsonl"

    assert run(write("a.jsonl", [noughts, known]), "-o", out) == 0
    assert [work["id"] for work in lines(out)] == ["k"]


@pytest.mark.parametrize("suffix", ["json", "jsonl", "jsonl.gz", "csv", "tsv", "parquet", "ris", "bib"])
def test_split_gives_back_the_records_of_every_form(suffix, write, tmp_path):
    out, back = tmp_path / f"works.{suffix}", tmp_path / "back.jsonl"

    assert run(write("a.jsonl", RECORDS), "-o", out) == 0
    assert run("--split", out, "-o", back) == 0
    assert lines(back) == RECORDS


def test_a_table_of_doubtful_pairs_has_one_header_whether_or_not_there_are_any(write, tmp_path):
    """A script that reads it need not know."""
    bogs = [{"title": f"Peat bogs of the north{part}", "authors": ["A. Berg"], "id": part} for part in ("", " II")]
    headers = []
    for name, records in (("doubtful", bogs), ("clear", [MOSS])):
        path = tmp_path / f"{name}.csv"
        assert run(write(f"{name}.jsonl", records), "-o", tmp_path / f"{name}.out.jsonl", "--review", path) == 0
        headers.append(path.read_text(encoding="utf-8").splitlines())

    assert len(headers[0]) > len(headers[1]) == 1
    assert headers[0][0] == headers[1][0]


def test_the_first_line_names_the_model_whatever_the_files_have_to_be_told_of(tmp_path, capsys):
    """Which model it is depends on the files, so notes on how they were read wait for it."""
    (tmp_path / "a.ris").write_bytes("TY  - JOUR\nTI  - Gr\xfcne Wiesen im Winter\nER  - \n".encode("latin-1"))

    assert run(tmp_path / "a.ris", "-o", tmp_path / "works.jsonl") == 0
    model, *others = capsys.readouterr().err.splitlines()
    assert "model record" in model
    assert any("not all of it is UTF-8" in line for line in others)


def test_split_says_where_a_file_does_not_tell_what_its_works_are_made_of(write, tmp_path, capsys):
    """After --plain only the kept records are there, which must not pass for all."""
    out, back = tmp_path / "works.ris", tmp_path / "back.jsonl"

    assert run(write("a.jsonl", [MOSS, MOSS_COPY]), "-o", out, "--plain") == 0
    capsys.readouterr()
    assert run("--split", out, "-o", back) == 0
    assert "works.ris: 1 record without records to split into, as after --plain" in capsys.readouterr().err
    assert len(lines(back)) == 1

    assert run(write("a.jsonl", [MOSS, MOSS_COPY]), "-o", out, "--force") == 0
    capsys.readouterr()
    assert run("--split", out, "-o", back, "--force") == 0
    assert "--plain" not in capsys.readouterr().err


def test_split_reads_a_frame_of_works_that_was_saved_as_csv(tmp_path):
    """In which pandas writes lists and objects as Python does."""
    out, back = tmp_path / "works.csv", tmp_path / "back.jsonl"
    papertwin.dedupe(pd.DataFrame([MOSS, MOSS_COPY])).to_csv(out, index=False)

    assert run("--split", out, "-o", back) == 0
    assert [record["id"] for record in lines(back)] == [MOSS["id"], MOSS_COPY["id"]]


@pytest.mark.parametrize(("suffix", "carrier"), [("ris", "U5"), ("bib", "papertwin"), ("csv", "versions")])
def test_versions_that_another_program_has_damaged_are_told(suffix, carrier, write, tmp_path, capsys):
    """Hard because a work without its versions looks like a record; it must not pass for all that there was.

    Excel cuts the cells of a table that it saves.
    """
    out, cut, back = tmp_path / f"works.{suffix}", tmp_path / f"cut.{suffix}", tmp_path / "back.jsonl"
    assert run(write("a.jsonl", [MOSS, MOSS_COPY]), "-o", out) == 0
    damaged = re.sub('"+position"+: ?1', "", out.read_text(encoding="utf-8"))
    cut.write_text(damaged, encoding="utf-8")
    capsys.readouterr()

    assert run("--split", cut, "-o", back) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert re.search(rf"cut.{suffix}, \w+ [12]: the records under its {carrier} cannot be read", said)
    assert run(write("b.jsonl", [KELP]), "--against", cut, "-o", back) == 0
    assert f"the records under {carrier} of " in capsys.readouterr().err
    assert len(lines(back)) == 2


def test_the_works_do_not_depend_on_the_order_of_the_records_and_files(write, tmp_path):
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    assert run(write("a.jsonl", RECORDS), "-o", first) == 0
    assert run(write("b.jsonl", RECORDS[3:]), write("c.jsonl", RECORDS[2::-1]), "-o", second) == 0

    assert members(lines(first)) == members(lines(second))
    assert {work["id"] for work in lines(first)} == {work["id"] for work in lines(second)}


@pytest.mark.parametrize("suffix", ["csv", "tsv", "parquet"])
def test_a_table_without_rows_gives_a_table_of_the_same_columns(suffix, tmp_path):
    """Those that a table of the same columns with rows gives, in the same order."""
    heads, rows = [], ["", "1,Kelp forests,1956,17\n"]
    for number, row in enumerate(rows):
        path, out = tmp_path / f"{number}.csv", tmp_path / f"works{number}.{suffix}"
        path.write_text(f"Record ID,Title,Year,Shelf\n{row}", encoding="utf-8")
        assert run(path, "-o", out) == 0
        frame = pd.read_parquet(out) if suffix == "parquet" else pd.read_csv(out, sep="\t" if suffix == "tsv" else ",")
        assert len(frame) == number
        heads.append(list(frame.columns))
    assert heads[0] == heads[1] == ["id", "title", "publication_date", "Shelf", "convention", "sources", "versions"]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "parquet"])
def test_a_table_of_new_works_has_its_columns_where_nothing_is_new(suffix, write, tmp_path):
    """Whoever reads it each week need not ask first whether there is anything in it."""
    works, new = tmp_path / "works.jsonl", tmp_path / f"new.{suffix}"
    assert run(write("a.jsonl", RECORDS), "-o", works) == 0
    assert run(write("b.jsonl", [MOSS_COPY]), "--against", works, "-o", tmp_path / "both.jsonl", "--new", new) == 0

    frame = pd.read_parquet(new) if suffix == "parquet" else pd.read_csv(new, sep="\t" if suffix == "tsv" else ",")
    assert len(frame) == 0
    assert list(frame.columns)[:3] == ["id", "authors", "title"]
    assert list(frame.columns)[-4:] == ["new", "convention", "sources", "versions"]


def test_many_processes_give_the_same_bytes(write, tmp_path, monkeypatch):
    monkeypatch.setattr("papertwin.works.intake.BATCH", 1)
    monkeypatch.setattr("papertwin.works.comparing.BATCH", 1)
    monkeypatch.setattr("papertwin.works.candidates._BLOCK", 1)
    monkeypatch.setattr("papertwin.works.outcome.MERGED", 1)
    monkeypatch.setattr("papertwin.data.processes.FEW", 1)
    path = write("a.jsonl", RECORDS)

    assert run(path, "-o", tmp_path / "1.jsonl") == 0
    assert cli.main(["dedupe", path, "-o", str(tmp_path / "2.jsonl"), "--jobs", "2"]) == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_every_removed_record_is_listed_with_the_kept_one_and_why(write, tmp_path):
    removed = tmp_path / "removed.csv"

    assert run(write("a.jsonl", RECORDS), "-o", tmp_path / "works.jsonl", "--removed", removed) == 0
    with removed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["position"], row["kept_id"]) for row in rows] == [("m2", "3", "m1"), ("m3", "5", "m1")]
    assert all(float(row["duplicate_probability"]) > 0.5 and "same title" in row["reasons"] for row in rows)


def test_a_record_that_came_by_way_of_another_says_of_which(write, tmp_path, monkeypatch):
    """Its pair with the kept record is listed with a probability that would not have merged them."""
    likely = {("a", "b"): 0.99, ("b", "c"): 0.98, ("a", "c"): 0.4}

    def compared(model, library, pairs):
        names = [[names_of[row] for row in rows.tolist()] for rows in pairs]
        found = [likely[tuple(sorted(pair))] for pair in zip(*names, strict=True)]
        return Answered.blank(len(found))._replace(probabilities=np.array(found))

    names_of = ["a", "b", "c"]
    monkeypatch.setattr("papertwin.works.comparing._compare", compared)
    removed = tmp_path / "removed.jsonl"
    records = [MOSS | {"id": "a"}, MOSS_COPY | {"id": "b"}, MOSS_COPY | {"id": "c", "title": MOSS["title"]}]
    path = write("a.jsonl", records)

    assert run(path, "-o", tmp_path / "w.jsonl", "--removed", removed, "--keep", "first") == 0
    by_id = {row["id"]: row for row in lines(removed)}
    assert (by_id["c"]["kept_id"], by_id["c"]["duplicate_probability"]) == ("a", 0.4)
    assert by_id["c"]["reasons"].startswith("merged by way of b, with which it has probability 0.98; ")
    assert "by way of" not in by_id["b"]["reasons"]


@pytest.mark.parametrize("other", [MOSS_PREPRINT, KELP])
def test_a_record_that_a_label_merged_names_the_label(write, tmp_path, monkeypatch, other):
    """No probability merged it, whether the labelled pair was compared or was no candidate."""
    likely = {("a", "b"): 0.99, ("a", "k"): 0.4, ("b", "k"): 0.06}

    def compared(model, library, pairs):
        names = [["abk"[row] for row in rows.tolist()] for rows in pairs]
        found = [likely[tuple(sorted(pair))] for pair in zip(*names, strict=True)]
        return Answered.blank(len(found))._replace(probabilities=np.array(found))

    monkeypatch.setattr("papertwin.works.comparing._compare", compared)
    records = [MOSS | {"id": "a"}, MOSS_COPY | {"id": "b"}, other | {"id": "k"}]
    labels, removed = tmp_path / "labels.csv", tmp_path / "removed.jsonl"
    labels.write_text("id_1,id_2,label\nb,k,1\n", encoding="utf-8")
    asked = ("--removed", removed, "--labels", labels, "--keep", "first")

    assert run(write("a.jsonl", records), "-o", tmp_path / "w.jsonl", *asked) == 0
    by_id = {row["id"]: row for row in lines(removed)}
    assert by_id["k"]["kept_id"] == "a"
    assert by_id["k"]["reasons"].startswith("labelled as a duplicate of b; ")
    assert "by way of" not in by_id["k"]["reasons"]
    assert "labelled" not in by_id["b"]["reasons"]


def test_by_way_of_is_said_only_of_a_record_that_merges(write, tmp_path, monkeypatch):
    """Hard because the likeliest way, by a pair that contradicts itself, is not what merged the record."""
    likely = {("a", "c"): 0.5, ("b", "c"): 0.69, ("c", "d"): 0.65}
    model = replace(papertwin.load("work"), thresholds=Thresholds(0.8, 0.3, 1))

    def compared(model, library, pairs):
        names = [tuple(sorted("abcd"[row] for row in pair)) for pair in zip(*pairs, strict=True)]
        found, against = [likely.get(pair, 0.99) for pair in names], [pair == ("b", "c") for pair in names]
        blank = Answered.blank(len(names))
        return blank._replace(probabilities=np.array(found), conflicting=np.array(against))

    monkeypatch.setattr("papertwin.works.choice.load", lambda name: model)
    monkeypatch.setattr("papertwin.works.comparing._compare", compared)
    records = [MOSS_COPY | {"id": name, "pages": page} for page, name in enumerate("abcd", 1)]
    path, removed = write("a.jsonl", records), tmp_path / "removed.jsonl"

    assert run(path, "-o", tmp_path / "w.jsonl", "--removed", removed, "--keep", "first") == 0
    by_id = {row["id"]: row["reasons"] for row in lines(removed)}
    assert by_id["c"].startswith("merged by way of d, with which it has probability 0.65; ")
    assert not any("by way of" in by_id[name] for name in "bd")


def test_a_table_without_removed_records_has_its_columns(write, tmp_path):
    removed = tmp_path / "removed.csv"

    assert run(write("a.jsonl", [MOSS, KELP]), "-o", tmp_path / "w.jsonl", "--removed", removed) == 0
    (header,) = removed.read_text(encoding="utf-8").splitlines()
    of_each = "id,title,file,position,kept_id,kept_title,kept_file,kept_position"
    assert header == f"{of_each},duplicate_probability,convention,reasons"


def test_a_table_of_removed_records_is_answered_and_followed_by_its_convention(write, tmp_path, capsys):
    """Hard because whoever asks why two records were merged gives the table and the records, and no model."""
    path, removed, labels = write("a.jsonl", [MOSS, MOSS_COPY]), tmp_path / "removed.csv", tmp_path / "labels.csv"
    assert run(path, "-o", tmp_path / "w.jsonl", "--removed", removed, "--model", "record") == 0
    (row,) = csv.DictReader(removed.read_text(encoding="utf-8").splitlines())
    capsys.readouterr()

    assert cli.main(["explain", str(removed), "--records", path]) == 0
    told = capsys.readouterr()
    assert "convention record, as in " in told.err
    assert f", {float(row['duplicate_probability']):.4f}" in told.out
    assert cli.main(["predict", str(removed), "--records", path]) == 0
    assert "convention record, as in " in capsys.readouterr().err
    assert cli.main(["explain", str(removed), "--records", path, "--model", "work"]) == 0
    assert "convention work\n" in capsys.readouterr().err

    with_labels(removed, labels, "no")
    assert run(path, "-o", tmp_path / "2.jsonl", "--labels", labels, "--model", "work") == 2
    assert "run with --model record" in capsys.readouterr().err
    assert run(path, "-o", tmp_path / "2.jsonl", "--labels", labels, "--model", "record") == 0
    assert len(lines(tmp_path / "2.jsonl")) == 2


def test_the_counts_add_up(write, tmp_path):
    counts, report = tmp_path / "counts.json", tmp_path / "report.md"
    files = write("a.jsonl", RECORDS), write("b.jsonl", [KELP | {"id": "k2", "source": "CORE"}])

    assert run(*files, "-o", tmp_path / "w.jsonl", "--counts", counts, "--report", report) == 0
    said = json.loads(counts.read_text(encoding="utf-8"))
    assert list(said["records"].values()) == [5, 1]
    assert sum(said["records"].values()) == said["works"] + sum(said["removed"].values()) == 6
    assert said["sources"]["CORE"] == 1
    assert "works left" in report.read_text(encoding="utf-8")


def test_doubtful_pairs_are_cases_and_their_labels_are_followed(write, tmp_path):
    """Two stages: what the first leaves open, a person settles, and the second does as told."""
    path, review = write("a.jsonl", [MOSS, MOSS_COPY, KELP]), tmp_path / "doubtful.json"
    assert run(path, "-o", tmp_path / "w.jsonl", "--review", review) == 0
    assert list(read_cases(review)) == []
    labels = tmp_path / "labels.jsonl"
    labels.write_text(
        json.dumps({"doc_1": MOSS, "doc_2": MOSS_COPY, "decision": "NOT DUPLICATES"})
        + "\n"
        + json.dumps({"doc_1": {"id": "k"}, "doc_2": MOSS, "decision": "DUPLICATES"})
        + "\n"
        + json.dumps({"doc_1": {"id": "nobody"}, "doc_2": MOSS, "decision": "DUPLICATES"}),
        encoding="utf-8",
    )

    assert run(path, "-o", tmp_path / "w2.jsonl", "--labels", labels, "--review", review, "--force") == 0
    assert members(lines(tmp_path / "w2.jsonl")) == {frozenset({"m1", "k"}), frozenset({"m2"})}
    assert list(read_cases(review)) == []


def test_labels_may_name_records_by_their_ids_or_by_file_and_number(write, tmp_path, capsys):
    """As removed.csv names them; what names nobody is told."""
    path = write("a.jsonl", [MOSS, MOSS_COPY | {"id": None}, KELP])
    labels = tmp_path / "labels.csv"
    labels.write_text("id_1,id_2,label\nm1,a.jsonl:2,0\nm1,k,1\nm1,nobody,1\nm1,a.jsonl:9,1\n", encoding="utf-8")

    assert run(path, "-o", tmp_path / "w.jsonl", "--labels", labels) == 0
    assert members(lines(tmp_path / "w.jsonl")) == {frozenset({"m1", "k"}), frozenset({None})}
    said = capsys.readouterr().err
    assert "2 labelled cases left out, because a record of it is not in the files: " in said
    assert "2 of 4 labels are followed" in said


def test_a_label_may_name_the_record_0(write, tmp_path):
    """The first of a frame, whose year is translated and whose id is a number."""
    records = write("a.jsonl", [{"id": number, "title": one["title"], "year": 2019} for number, one in
                                enumerate((MOSS, MOSS_COPY, KELP))])  # fmt: skip
    (labels := tmp_path / "labels.csv").write_text("id_1,id_2,label\n0,2,yes\n0,1,no\n", encoding="utf-8")

    assert run(records, "-o", tmp_path / "works.jsonl", "--labels", labels) == 0
    assert members(lines(tmp_path / "works.jsonl")) == {frozenset({0, 2}), frozenset({1})}


def test_a_label_may_write_a_number_that_is_an_id_with_a_point(write, tmp_path):
    """Spreadsheets and pandas do where a column has gaps; predict follows such pairs, too."""
    (labels := tmp_path / "labels.csv").write_text("id_1,id_2,label\n1.0,2,yes\n", encoding="utf-8")
    records = write("a.jsonl", [MOSS | {"id": "1"}, KELP | {"id": "2.0"}])

    assert run(records, "-o", tmp_path / "works.jsonl", "--labels", labels) == 0
    assert members(lines(tmp_path / "works.jsonl")) == {frozenset({"1", "2.0"})}


def test_the_list_of_removed_records_with_a_column_of_labels_is_a_file_of_labels(write, tmp_path):
    """Whoever looks through it says there what is wrong; the titles in it are for people, and make no records of it."""
    path, removed, labels = write("a.jsonl", [MOSS, MOSS_COPY, KELP]), tmp_path / "removed.csv", tmp_path / "labels.csv"
    assert run(path, "-o", tmp_path / "w.jsonl", "--removed", removed) == 0
    header, row = removed.read_text(encoding="utf-8").splitlines()
    labels.write_text(f"{header},label\n{row},no\n", encoding="utf-8")

    assert run(path, "-o", tmp_path / "2.jsonl", "--labels", labels) == 0
    assert len(lines(tmp_path / "2.jsonl")) == 3
    (case,) = read_cases(labels, records=path)
    assert ({case.doc_1["id"], case.doc_2["id"]}, case.label) == ({"m1", "m2"}, False)


def with_labels(removed, labels, label):
    """The table of removed records with this label in each row, as a file of labels."""
    header, *rows = removed.read_text(encoding="utf-8").splitlines()
    labels.write_text("".join(f"{line}\n" for line in [f"{header},label", *(f"{row},{label}" for row in rows)]))
    return labels


@pytest.mark.parametrize("named_by", ["position", "id"])
def test_a_label_is_not_followed_for_another_record_that_has_its_number_now(named_by, write, tmp_path, capsys):
    """Hard because an export that is made anew counts from 1 again, so that labels still name records: other ones."""
    numbered = lambda records: [one | {"id": None if named_by == "position" else n} for n, one in enumerate(records, 1)]  # noqa: E731
    before, removed = write("a.jsonl", numbered([MOSS, MOSS_COPY, KELP, FOXES])), tmp_path / "removed.csv"
    assert run(before, "-o", tmp_path / "w.jsonl", "--removed", removed) == 0
    (tmp_path / "june").mkdir()
    now = write("june/a.jsonl", numbered([FOXES, MOSS, KELP, MOSS_COPY]))
    for label in ("yes", "no"):
        labels = with_labels(removed, tmp_path / "labels.csv", label)
        assert run(now, "-o", tmp_path / "june" / "w.jsonl", "--labels", labels, "--force") == 0
        said = capsys.readouterr().err
        assert "0 of 1 labels are followed" in said
        assert "1 labelled case left out, because another record stands under its id or number now" in said
        titles = {frozenset(one["record"]["title"] for one in work["versions"]) for work in lines(now[:-7] + "w.jsonl")}
        assert titles == {
            frozenset({MOSS["title"], MOSS_COPY["title"]}),
            frozenset({KELP["title"]}),
            frozenset({FOXES["title"]}),
        }


def test_a_label_of_whole_records_whose_ids_are_others_now_is_not_followed(write, tmp_path, capsys):
    """A label knows a record that was changed since by its id, if the title, or what else it is known by, agrees."""
    untitled = [{"id": "u", "doi": f"10.1000/{n}", "abstract": "Peat.", "title": None} for n in range(2)]
    case = {"doc_1": MOSS | {"note": "old"}, "doc_2": KELP | {"note": "old"}, "label": 1}
    other = {"doc_1": untitled[0], "doc_2": KELP, "label": 1}
    labels = write("labels.jsonl", [case, other])
    mended = [
        MOSS | {"title": "Water in the cushions of high-alpine <i>Moses</i>"},
        KELP,
        untitled[0] | {"note": "new"},
    ]
    for records, followed in (
        (mended, 2),
        ([MOSS, KELP, untitled[1] | {"abstract": "Moor."}], 1),
        ([KELP | {"id": "m1"}, FOXES | {"id": "k"}], 0),
    ):
        assert run(write("a.jsonl", records), "-o", tmp_path / "w.jsonl", "--labels", labels, "--force") == 0
        assert f"{followed} of 2 labels are followed" in capsys.readouterr().err


def test_a_table_of_removed_records_names_them_where_files_have_the_same_ids(write, tmp_path, capsys):
    """Hard because "1, kept 1" says nothing without the files, and because they may lie elsewhere by then."""
    files = (
        write("a.jsonl", [MOSS | {"id": 1}, KELP | {"id": 2}]),
        write("b.jsonl", [MOSS | {"id": 1}, FOXES | {"id": 2}]),
    )
    removed, labels = tmp_path / "removed.csv", tmp_path / "labels.csv"
    assert run(*files, "-o", tmp_path / "w.jsonl", "--removed", removed) == 0
    (row,) = csv.DictReader(removed.read_text(encoding="utf-8").splitlines())
    assert (row["id"], row["kept_id"]) == ("1", "1")
    assert [(row["file"], row["position"]), (row["kept_file"], row["kept_position"])] == [
        (files[1], "1"),
        (files[0], "1"),
    ]
    labels.write_text(with_labels(removed, labels, "no").read_text().replace(str(tmp_path), "/elsewhere"))

    assert run(*files, "-o", tmp_path / "w2.jsonl", "--labels", labels) == 0
    assert "1 of 1 labels are followed" in capsys.readouterr().err
    assert len(lines(tmp_path / "w2.jsonl")) == 4


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_a_record_that_a_label_takes_out_of_its_work_takes_no_other_with_it(order, write, tmp_path):
    """Hard because the three are equal: nothing but the label says which two are one."""
    path, removed, labels = write("a.jsonl", [MOSS | {"id": n} for n in order]), tmp_path / "r.csv", tmp_path / "l.csv"
    assert run(path, "-o", tmp_path / "w.jsonl", "--removed", removed) == 0
    header, *rows = removed.read_text(encoding="utf-8").splitlines()
    assert len(rows) == 2
    for row in rows:
        labels.write_text(f"{header},label\n{row},no\n", encoding="utf-8")
        assert run(path, "-o", tmp_path / "2.jsonl", "--labels", labels, "--force") == 0
        out = {int(row.split(",")[0])}
        assert members(lines(tmp_path / "2.jsonl")) == {frozenset(out), frozenset({1, 2, 3} - out)}


def test_a_file_of_labels_without_any_is_told(write, tmp_path, capsys):
    """Also when quiet: a column of another name, or only unsure decisions; else all would seem to be followed."""
    labels = tmp_path / "labels.csv"
    for text in ("id_1,id_2,verdict\nm1,k,yes\n", "id_1,id_2,label\nm1,k,unsure\n"):
        labels.write_text(text, encoding="utf-8")
        out = ("-o", tmp_path / "w.jsonl", "--force", "--quiet")
        assert run(write("a.jsonl", [MOSS, KELP]), "--labels", labels, *out) == 0
        assert "labels.csv: no case in it has a label" in capsys.readouterr().err
    with pytest.warns(UserWarning, match="no case in it has a label"):
        papertwin.dedupe([MOSS, KELP], labels=labels)


def test_several_files_of_labels_are_followed_as_one_would_be(write, tmp_path, capsys):
    """Hard because an option that is given twice often means the last alone."""
    records, files = write("a.jsonl", [MOSS, MOSS_COPY, KELP]), []
    for number, label in enumerate(["m1,k,1", "m1,m2,0", "m2,k,1"]):
        files.append(tmp_path / f"{number}.csv")
        files[-1].write_text(f"id_1,id_2,label\n{label}\n", encoding="utf-8")
    options = [part for file in files for part in ("--labels", file)]

    assert run(records, "-o", tmp_path / "w.jsonl", *options) == 0
    assert members(lines(tmp_path / "w.jsonl")) == {frozenset({"k", "m2"}), frozenset({"m1"})}
    said = capsys.readouterr().err
    assert "2 of 3 labels are followed" in said
    assert f"the label of k and m1 ({files[0]}, line 2) contradicts other labels: not followed; correct" in said
    assert len(papertwin.dedupe([MOSS, MOSS_COPY, KELP], labels=files[:2])) == 2


def test_a_frame_without_ids_is_numbered_as_pubmed_numbers_it():
    """Whole numbers, also where some records have none, for which pandas makes floats of all."""
    frame = pd.DataFrame({"pmid": [31234567, None], "title": [MOSS["title"], KELP["title"]]})

    assert list(papertwin.dedupe(frame)["id"]) == [31234567, "records:2"]


def test_a_frame_of_labels_is_followed_as_a_file_of_them(tmp_path):
    """Ids and labels, also beside a file; and the doubtful pairs of a run, with a label added."""
    pd = pytest.importorskip("pandas")
    records, path = [MOSS, MOSS_COPY, KELP], tmp_path / "labels.csv"
    path.write_text("id_1,id_2,label\nm1,m2,0\n", encoding="utf-8")
    ids = pd.DataFrame({"id_1": ["m1"], "id_2": ["k"], "label": [1]})

    assert len(papertwin.dedupe(records, labels=ids)) == 1
    assert {
        frozenset(one["record"]["id"] for one in work["versions"])
        for work in papertwin.dedupe(records, labels=[ids, path])
    } == {frozenset({"m1", "k"}), frozenset({"m2"})}
    cases = pd.DataFrame([{"doc_1": MOSS, "doc_2": MOSS_COPY, "label": "NOT DUPLICATES"}])
    assert len(papertwin.dedupe(pd.DataFrame(records), labels=cases)) == 3
    assert len(papertwin.dedupe(records, labels=cases.head(0))) == 2
    with pytest.raises(papertwin.InputError, match="the frame of labels, row 1: 'perhaps so' is no label"):
        papertwin.dedupe(records, labels=pd.concat([ids, ids.assign(label="perhaps so")]))
    with pytest.raises(papertwin.InputError, match="the frame of labels: "):
        papertwin.dedupe(records, labels=pd.DataFrame({"moss": [1]}))


def test_records_of_a_database_s_table_count_as_from_it(write, tmp_path):
    """Its other export names the source, so that one database was counted as two; Covidence's is of any database."""
    (tmp_path / "p.csv").write_text("PMID,Title,Authors,Journal/Book\n31,On moss,Marsh I,J Moss\n", encoding="utf-8")
    (tmp_path / "p.nbib").write_text("PMID- 32\nTI  - On kelp\nFAU - Newt, Bo\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text("Title,Authors,Covidence #\nOn peat,Vole C,#1\n", encoding="utf-8")
    files = [tmp_path / name for name in ("p.csv", "p.nbib", "c.csv")]

    assert run(*files, "-o", tmp_path / "w.jsonl", "--counts", tmp_path / "n.json") == 0
    assert json.loads((tmp_path / "n.json").read_bytes())["sources"] == {"PubMed": 2, "": 1}
    assert [work.get("source") for work in lines(tmp_path / "w.jsonl")] == [None, "PubMed", None]


def test_a_later_decision_in_another_file_of_labels_overrules(write, tmp_path, capsys):
    records, files = write("a.jsonl", [MOSS, MOSS_COPY, KELP]), []
    later = {"decision": "NOT DUPLICATES", "labelled_at": "2024-01-02T03:04:05+00:00"}
    for name, more in (("a", {"decision": "DUPLICATES"}), ("b", later)):
        files += ["--labels", write(f"{name}.labels.jsonl", [{"doc_1": MOSS, "doc_2": MOSS_COPY} | more])]

    assert run(records, "-o", tmp_path / "w.jsonl", *files) == 0
    assert len(lines(tmp_path / "w.jsonl")) == 3
    said = capsys.readouterr().err
    assert "1 label of" in said
    assert "is overruled by later decisions in" in said
    assert "1 of 1 labels are followed" in said


def test_a_label_beside_an_empty_decision_is_followed(write, tmp_path, capsys):
    """Hard because --review writes an empty decision into every case, and people add a column of their own."""
    labels = write("labels.jsonl", [{"doc_1": MOSS, "doc_2": MOSS_COPY, "decision": None, "label": "no"}])

    assert run(write("a.jsonl", [MOSS, MOSS_COPY]), "-o", tmp_path / "w.jsonl", "--labels", labels) == 0
    assert len(lines(tmp_path / "w.jsonl")) == 2
    assert "1 of 1 labels are followed" in capsys.readouterr().err


def test_what_is_merged_though_not_for_sure_is_told_and_a_label_parts_it(write, tmp_path, monkeypatch, capsys):
    """Hard because a merge in silence is what nobody finds again. The model is one that is never sure."""
    unsure = replace(papertwin.load("work"), thresholds=Thresholds(1, 0, 1))
    monkeypatch.setattr("papertwin.works.choice.load", lambda name: unsure)
    assert run(write("a.jsonl", [MOSS, MOSS_COPY]), "-o", tmp_path / "w0.jsonl") == 0
    assert "--review" in capsys.readouterr().err
    path, review, counts = write("a.jsonl", [MOSS, MOSS_COPY]), tmp_path / "doubtful.jsonl", tmp_path / "counts.json"
    assert run(path, "-o", tmp_path / "w.jsonl", "--review", review, "--counts", counts) == 0
    (case,) = lines(review)

    assert members(lines(tmp_path / "w.jsonl")) == {frozenset({"m1", "m2"})}
    assert case["predicted_decision"] == "REVIEW"
    assert case["note"].startswith("merged, though not for sure")
    assert lines(counts)[0]["doubtful"] == lines(counts)[0]["doubtful_merged"] == 1
    for decision, works in (("NOT DUPLICATES", 2), ("DUPLICATES", 1)):
        labels = tmp_path / "labels.jsonl"
        labels.write_text(json.dumps(case | {"decision": decision}), encoding="utf-8")
        assert run(path, "-o", tmp_path / "w.jsonl", "--review", review, "--labels", labels, "--force") == 0
        assert len(lines(tmp_path / "w.jsonl")) == works
        assert lines(review) == []


def test_labels_that_contradict_each_other_are_told(write, tmp_path, capsys):
    labels = tmp_path / "labels.jsonl"
    said = [(MOSS, KELP, 1), (KELP, MOSS_COPY, 1), (MOSS, MOSS_COPY, 0)]
    labels.write_text(
        "\n".join(json.dumps({"doc_1": one, "doc_2": other, "decision": label}) for one, other, label in said),
        encoding="utf-8",
    )

    assert run(write("a.jsonl", [MOSS, KELP, MOSS_COPY]), "-o", tmp_path / "w.jsonl", "--labels", labels) == 0
    assert len(members(lines(tmp_path / "w.jsonl"))) == 2
    assert "contradicts other labels" in capsys.readouterr().err


def test_pairs_for_review_are_written(write, tmp_path):
    """With every answer doubtful, the most likely pair of any two works is a case."""
    review = tmp_path / "doubtful.jsonl"
    half = {"title": "Notes on lichens", "authors": ["S. Ek"]}
    records = [half | {"id": "1", "publication_date": "1990"}, half | {"id": "2", "authors": ["S. Ek", "T. Alm"]}]
    cases = 0
    for extra in ({}, {"journal": "Lichenologist"}, {"publication_date": "1992"}, {"pages": "4"}, {"volume": "9"}):
        path = write("a.jsonl", [records[0], records[1] | extra])
        assert run(path, "-o", tmp_path / "w.jsonl", "--review", review, "--force") == 0
        found = lines(review)
        cases += len(found)
        for case in found:
            assert {case["doc_1"]["id"], case["doc_2"]["id"]} == {"1", "2"}
            assert case["decision"] is None
            assert case["predicted_decision"] in {"REVIEW", "DUPLICATES"}
    assert cases


def test_against_adds_new_records_to_existing_works(write, tmp_path, capsys):
    existing, out, counts = tmp_path / "works.jsonl", tmp_path / "updated.jsonl", tmp_path / "counts.json"
    assert run(write("a.jsonl", [MOSS, MOSS_PREPRINT, EMPTY]), "-o", existing) == 0
    new = write("b.jsonl", [KELP, MOSS_COPY])

    assert run(new, "-o", out, "--against", existing, "--counts", counts) == 0
    works = lines(out)
    assert [(work["id"], work["new"]) for work in works] == [("m1", False), ("e", False), ("k", True)]
    assert members(works) == {frozenset({"m1", "m2", "m3"}), frozenset({"e"}), frozenset({"k"})}
    assert json.loads(counts.read_text(encoding="utf-8"))["already"] == 1
    assert [version["file"] for version in works[0]["versions"]].count(new) == 1


def test_a_known_work_keeps_its_record(write, tmp_path):
    """Whatever --keep says: its id is that by which people know it; of a fuller copy it takes what it lacks."""
    existing, out = tmp_path / "works.jsonl", tmp_path / "updated.jsonl"
    bare = {name: value for name, value in MOSS.items() if name != "abstract"} | {"id": "bare"}
    assert run(write("a.jsonl", [bare]), "-o", existing) == 0

    copy = MOSS | {"abstract": "Moss grows on the north side."}
    assert run(write("b.jsonl", [copy]), "-o", out, "--against", existing, "--keep", "most-complete") == 0
    (work,) = lines(out)
    assert (work["id"], work["abstract"]) == ("bare", copy["abstract"])


def test_works_among_the_files_are_told_to_count_as_records(write, tmp_path, capsys):
    """Whoever forgets --against next month would not see why the works stay as they were."""
    existing, out = tmp_path / "works.jsonl", tmp_path / "updated.jsonl"
    new = write("b.jsonl", [KELP, MOSS_COPY])
    assert run(write("a.jsonl", [MOSS, MOSS_PREPRINT]), "-o", existing) == 0
    assert "works.jsonl: a work counts" not in capsys.readouterr().err

    for arguments, told in (([existing, new], True), ([new, "--against", existing], False)):
        assert run(*arguments, "-o", out, "--force") == 0
        assert ("works.jsonl: a work counts as one record here (1 work of" in capsys.readouterr().err) == told


def test_records_that_the_existing_works_have_already_are_told(write, tmp_path, capsys):
    """Whoever gives the whole folder each month would count everything once more; a copy of another source is new."""
    existing, again = tmp_path / "works.jsonl", write("b.jsonl", [MOSS, MOSS_COPY, KELP])
    assert run(write("a.jsonl", [MOSS, KELP]), "-o", existing) == 0
    assert "the very same" not in capsys.readouterr().err
    told = "2 new records say the very same as records of the existing works, and are added once more: a file that was"

    for suffix in ("jsonl", "ris", "csv"):
        stored = tmp_path / f"stored.{suffix}"
        assert run(write("a.jsonl", [MOSS, KELP]), "-o", stored, "--force") == 0
        assert run(again, "--against", stored, "-o", tmp_path / f"out.{suffix}") == 0
        assert told in capsys.readouterr().err
    assert run(write("c.jsonl", [MOSS_COPY]), "--against", existing, "-o", tmp_path / "c.out.jsonl") == 0
    assert "the very same" not in capsys.readouterr().err


def test_a_copy_of_a_record_goes_where_a_label_has_put_that_record(write, tmp_path):
    """Next month's search finds the record again that a person has put beside what the model calls another work.

    Else it would be a new work each month, and to be screened again; so with the copy in the same search.
    """
    foxes = [FOXES | {"id": f"f{number}"} for number in range(4)]
    moss = {name: value for name, value in MOSS.items() if name != "id"}
    label = write("labels.jsonl", [{"doc_1": fox, "doc_2": moss, "decision": "DUPLICATES"} for fox in foxes])
    a, b = write("a.jsonl", [*foxes, moss]), write("b.jsonl", [moss])
    once, month, at_once = (tmp_path / f"{name}.jsonl" for name in ("once", "month", "at_once"))

    assert run(a, "-o", once, "--labels", label) == 0
    assert [len(work["versions"]) for work in lines(once)] == [5]
    assert run(b, "-o", month, "--against", once) == 0
    assert [len(work["versions"]) for work in lines(month)] == [6]
    assert run(a, b, "-o", at_once, "--labels", label) == 0
    assert [len(work["versions"]) for work in lines(at_once)] == [6]


def test_a_copy_of_the_article_goes_to_the_work_that_a_label_made_of_it_and_its_preprint(write, tmp_path):
    """Hard because by record the model calls the preprints distinct from either article; the label has joined them."""
    preprints = [MOSS_PREPRINT | {"id": f"p{number}", "source": f"Archive {number}"} for number in range(4)]
    a, b = write("a.jsonl", [MOSS, *preprints]), write("b.jsonl", [MOSS_COPY])
    labels = write("labels.jsonl", [{"doc_1": MOSS, "doc_2": one, "decision": "DUPLICATES"} for one in preprints])
    once, month, at_once = (tmp_path / f"{name}.jsonl" for name in ("once", "month", "at_once"))

    assert run(a, "-o", once, "--labels", labels, "--model", "record") == 0
    assert run(b, "-o", month, "--against", once) == 0
    assert run(a, b, "-o", at_once, "--labels", labels, "--model", "record") == 0
    assert members(lines(month)) == members(lines(at_once)) == {frozenset({"m1", "m2", "p0", "p1", "p2", "p3"})}


@pytest.mark.parametrize("suffix", ["json", "jsonl.gz", "csv", "parquet", "ris", "bib"])
def test_new_records_are_counted_as_the_existing_works_were(suffix, write, tmp_path, capsys):
    """In every form, by every run: a preprint is a work of its own where its article was counted by record."""
    existing, new = tmp_path / f"works.{suffix}", write("b.jsonl", [MOSS_PREPRINT])
    assert run(write("a.jsonl", [MOSS, KELP]), "-o", existing, "--model", "record") == 0
    capsys.readouterr()

    assert run(new, "-o", tmp_path / "1.jsonl", "--against", existing) == 0
    assert f"convention record (a preprint and its article are two), as in {existing}; --model work" in (
        capsys.readouterr().err
    )
    assert run(write("c.jsonl", [FOXES]), "-o", tmp_path / "2.jsonl", "--against", tmp_path / "1.jsonl") == 0
    works = lines(tmp_path / "2.jsonl")
    assert [work["convention"] for work in works] == ["record"] * 4
    assert not any("convention" in work["sources"] for work in works)


def test_another_convention_than_that_of_the_existing_works_is_told(write, tmp_path, capsys):
    """Who asks for it gets it, and is told even where notes are not wanted: the works of the file stay as they are."""
    existing, new = tmp_path / "works.jsonl", write("b.jsonl", [MOSS_PREPRINT])
    assert run(write("a.jsonl", [MOSS, KELP]), "-o", existing, "--model", "record") == 0
    capsys.readouterr()

    out = tmp_path / "1.jsonl"
    assert run(new, "-o", out, "--against", existing, "--model", "work", "--quiet") == 0
    (said,) = capsys.readouterr().err.splitlines()
    assert "its works were made by convention record" in said
    assert "new records are added by convention work" in said
    assert members(lines(out)) == {frozenset({"m1", "m3"}), frozenset({"k"})}
    assert {work["id"]: work["convention"] for work in lines(out)} == {"m1": "work", "k": "record"}


def test_existing_works_stay_apart_however_alike_they_are(write, tmp_path):
    existing = write("works.jsonl", [MOSS, MOSS_COPY])

    assert run(write("b.jsonl", [MOSS_PREPRINT]), "-o", tmp_path / "w.jsonl", "--against", existing) == 0
    assert sum({"m1", "m2"} <= work for work in members(lines(tmp_path / "w.jsonl"))) == 0


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "ris"])
def test_the_new_works_stand_in_a_file_of_their_own(suffix, write, tmp_path, capsys):
    existing, counts, report = (tmp_path / name for name in ("works.jsonl", "counts.json", "report.md"))
    assert run(write("a.jsonl", [MOSS, EMPTY]), "-o", existing) == 0
    new, out, alone = (
        write("b.jsonl", [MOSS_COPY, KELP, FOXES, KELP]),
        tmp_path / "all.jsonl",
        tmp_path / f"new.{suffix}",
    )

    given = [new, "-o", out, "--against", existing, "--counts", counts, "--report", report]
    assert run(*given, "--new", alone) == 0
    assert [record["title"] for record in read_all(alone)] == [KELP["title"], FOXES["title"]]
    assert [work["title"] for work in lines(out) if work["new"]] == [KELP["title"], FOXES["title"]]
    assert json.loads(counts.read_text(encoding="utf-8"))["new"] == 2
    assert re.search(r"new works +2\n", report.read_text(encoding="utf-8"))
    assert re.search(r"new works +2\n", capsys.readouterr().err)
    assert run(new, "-o", tmp_path / "w.jsonl", "--new", tmp_path / "n.jsonl") == 2
    assert "--new: without --against all works are new" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", ["ris", "bib"])
def test_plain_works_have_the_merged_fields_and_no_more(suffix, write, tmp_path, capsys):
    """What reference managers do not know is a note on every item there, of several pages."""
    out, path = tmp_path / f"works.{suffix}", write("a.jsonl", RECORDS)
    assert run(path, "-o", out, "--plain") == 0
    text, whole = out.read_text(encoding="utf-8"), read_all(out)

    assert "versions" not in text
    assert "Papertwin" not in text
    assert "papertwin" not in text
    assert [record["title"] for record in whole[:2]] == [MOSS["title"], KELP["title"]]
    assert whole[0]["abstract"] == MOSS_COPY["abstract"]
    assert run(path, "-o", tmp_path / "works.jsonl", "--plain") == 2
    assert "--plain is for works in RIS or BibTeX" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "tsv", "parquet", "txt"])
def test_where_nothing_is_doubtful_there_is_nothing_to_review(suffix, write, tmp_path, capsys):
    review = tmp_path / f"doubtful.{suffix}"
    assert run(write("a.jsonl", [MOSS, KELP]), "-o", tmp_path / "w.jsonl", "--review", review) == 0
    capsys.readouterr()

    assert cli.main(["review", str(review), "--static", str(tmp_path / "page.html")]) == 0
    assert f"{review}: there is nothing to decide: it has no pairs" in capsys.readouterr().err
    assert not (tmp_path / "page.html").exists()


def read_all(path):
    records = read_records([path])
    return [records.record(row) for row in range(len(records))]


def test_no_new_work_is_no_row(write, tmp_path):
    existing, alone = tmp_path / "works.jsonl", tmp_path / "new.jsonl"
    assert run(write("a.jsonl", [MOSS]), "-o", existing) == 0
    given = [write("b.jsonl", [MOSS_COPY]), "-o", tmp_path / "w.jsonl", "--against", existing]

    assert run(*given, "--new", alone) == 0
    assert alone.read_bytes() == b""


def test_a_label_that_takes_a_record_from_the_existing_work_that_it_is_like_is_told(write, tmp_path, capsys):
    """Hard because nobody but a person may join existing works, and has not said whether these are one."""
    existing, new, review = tmp_path / "works.jsonl", write("b.jsonl", [MOSS_PREPRINT]), tmp_path / "doubtful.json"
    assert run(write("a.jsonl", [MOSS, KELP]), "-o", existing) == 0
    labels = tmp_path / "labels.csv"
    labels.write_text("id_1,id_2,label\nm3,k,1\n", encoding="utf-8")
    given = [new, "--against", existing, "--labels", labels]

    assert run(*given, "-o", tmp_path / "1.jsonl", "--review", review) == 0
    assert members(lines(tmp_path / "1.jsonl")) == {frozenset({"m1"}), frozenset({"k", "m3"})}
    assert "m3 went into another existing work by a label, though it is like m1" in capsys.readouterr().err
    assert [{case.doc_1["id"], case.doc_2["id"]} for case in read_cases(review)] == [{"m1", "m3"}]


@pytest.mark.parametrize("label", ["m3,m1,1", "m1,k,1"])
def test_labels_may_make_one_of_two_existing_works_and_it_is_told(label, write, tmp_path, capsys):
    existing, new = tmp_path / "works.jsonl", write("b.jsonl", [MOSS_PREPRINT])
    assert run(write("a.jsonl", [MOSS, KELP]), "-o", existing) == 0
    labels = tmp_path / "labels.csv"
    labels.write_text(f"id_1,id_2,label\nm3,k,1\n{label}\n", encoding="utf-8")

    assert run(new, "-o", tmp_path / "1.jsonl", "--against", existing, "--labels", labels) == 0
    assert members(lines(tmp_path / "1.jsonl")) == {frozenset({"m1", "m3", "k"})}
    said = capsys.readouterr().err
    assert "2 of 2 labels are followed" in said
    assert "the existing works m1 and k are one now, as labels say" in said
    assert "another existing work" not in said


@pytest.mark.parametrize("label", ["m2,m1", "m1,m2"])
def test_a_label_takes_a_record_out_of_its_existing_work_and_it_is_told(label, write, tmp_path, capsys):
    """The rest stays as it was, and what is new goes there; hard because the records are equal."""
    existing, labels, alone = tmp_path / "works.jsonl", tmp_path / "labels.csv", tmp_path / "new.jsonl"
    labels.write_text(f"id_1,id_2,label\n{label},no\n", encoding="utf-8")
    assert run(write("a.jsonl", [MOSS, MOSS | {"id": "m2"}, MOSS_PREPRINT]), "-o", existing, "--keep", "first") == 0
    given = [write("b.jsonl", [KELP, MOSS | {"id": "m4"}]), "--against", existing, "--labels", labels]

    assert run(*given, "-o", tmp_path / "1.jsonl", "--new", alone) == 0
    works = {frozenset({"m1", "m3", "m4"}), frozenset({"m2"}), frozenset({"k"})}
    assert members(lines(tmp_path / "1.jsonl")) == works
    assert [work["id"] for work in lines(alone)] == ["k"]
    said = capsys.readouterr().err
    assert "1 of 1 labels are followed" in said
    assert "m2 is taken out of its existing work, as a label says" in said


def test_labels_of_one_existing_work_take_out_as_few_records_as_they_can(write, tmp_path):
    existing, labels = tmp_path / "works.jsonl", tmp_path / "labels.csv"
    labels.write_text("id_1,id_2,label\nm3,m2,no\nm2,m1,no\n", encoding="utf-8")
    assert run(write("a.jsonl", [MOSS, MOSS_COPY, MOSS_PREPRINT]), "-o", existing, "--keep", "first") == 0

    assert run(write("b.jsonl", [KELP]), "--against", existing, "--labels", labels, "-o", tmp_path / "1.jsonl") == 0
    assert members(lines(tmp_path / "1.jsonl")) == {frozenset({"m1", "m3"}), frozenset({"m2"}), frozenset({"k"})}


def test_rows_that_cannot_be_read_are_set_aside_and_the_rest_goes_on(write, tmp_path, capsys):
    path, out = write("a.jsonl", [MOSS, KELP]), tmp_path / "w.jsonl"
    Path(path).write_text(Path(path).read_text(encoding="utf-8") + "{broken\n[1]\n", encoding="utf-8")

    assert run(path, "-o", out) == 3
    assert len(lines(out)) == 2
    assert [row["line"] for row in lines(f"{out}.rejected.jsonl")] == [3, 4]
    assert run(path, "-o", tmp_path / "strict.jsonl", "--strict") == 1
    assert not (tmp_path / "strict.jsonl").exists()
    assert "nothing was written" in capsys.readouterr().err


def test_the_library_warns_of_ids_and_labels_that_it_cannot_follow(tmp_path):
    labels = tmp_path / "labels.csv"
    labels.write_text("id_1,id_2,label\nm1,nobody,1\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="2 records share an id with other works: they are named <file>:<number>"):
        works = papertwin.dedupe([MOSS, KELP | {"id": "m1"}])
    assert [work["id"] for work in works] == ["records:1", "records:2"]
    with pytest.warns(UserWarning, match="1 labelled case left out, because a record of it is not in the files"):
        papertwin.dedupe([MOSS, KELP], labels=labels)


def test_a_record_that_says_nothing_is_no_work(tmp_path):
    """Reference managers write an entry that has a kind and no more for an item that nobody filled in."""
    path, out = tmp_path / "a.ris", tmp_path / "works.ris"
    path.write_text("TY  - JOUR\nTI  - Moss\nER  - \n\nTY  - JOUR\nER  - \n\nTY  - \nER  - \n")

    assert run(path, "-o", out, "--plain") == 3
    assert out.read_text() == "TY  - JOUR\nID  - a.ris:1\nTI  - Moss\nER  - \n\n"
    (first, second) = lines(tmp_path / "works.ris.rejected.jsonl")
    assert (first["reason"], first["line"], second["line"]) == ("the record has no content", 5, 8)
    with pytest.warns(match="1 record without content and id left out"):
        assert len(papertwin.dedupe([MOSS, {"title": None}, EMPTY])) == 2


def test_a_known_work_keeps_the_versions_that_say_nothing(write, tmp_path):
    """They are of the work, whatever they say; only among new records nobody could tell what they are."""
    assert run(write("old.jsonl", [MOSS]), "-o", tmp_path / "old_works.jsonl") == 0
    (work,) = lines(tmp_path / "old_works.jsonl")
    work["versions"].append({"file": "old.jsonl", "position": 2, "record": {"title": None}})

    known = write("known.jsonl", [work])
    assert run(write("new.jsonl", [KELP]), "-o", tmp_path / "w.jsonl", "--against", known) == 0
    assert sorted(len(work["versions"]) for work in lines(tmp_path / "w.jsonl")) == [1, 2]


def test_an_existing_output_stays_unless_force_is_given(write, tmp_path, capsys):
    path, out = write("a.jsonl", [MOSS]), tmp_path / "removed.csv"
    out.write_text("mine", encoding="utf-8")

    assert run(path, "-o", tmp_path / "w.jsonl", "--removed", out) == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "w.jsonl").exists()
    assert run(path, "-o", tmp_path / "w.jsonl", "--removed", out, "--force") == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-o", "works.docx"], "works.docx: the suffix names no form that can be written"),
        (["--model", "nowhere"], "nowhere: there is no such model"),
        (["--against", "nowhere.jsonl"], "nowhere.jsonl: there is no such file"),
        (["--labels", "nowhere.jsonl"], "nowhere.jsonl: there is no such file"),
        (["--report", "prisma.html"], "prisma.html: Markdown goes there: give the file the suffix .md"),
        (["--removed", "removed.ris"], "removed.ris: ids and reasons go there, not references"),
        (["--removed", "removed.xlsx"], "use .json, .jsonl, .ndjson, .csv, .tsv, .parquet (all but"),
        (["--counts", "counts.csv"], "counts.csv: JSON goes there: give the file the suffix .json"),
        (["--split", "--removed", "r.csv"], "--removed: --split makes no use of it"),
        (["--split", "--labels", "a.jsonl"], "--labels: --split makes no use of it"),
        (["--split", "--keep", "first"], "--keep: --split makes no use of it"),
        (["--split", "--jobs", "97"], "--jobs: --split makes no use of it"),
    ],
)
def test_wrong_use_is_told_and_nothing_is_written(arguments, sentence, write, tmp_path, monkeypatch, capsys):
    path = write("a.jsonl", [MOSS])
    monkeypatch.chdir(tmp_path)

    assert cli.main(["dedupe", path, *arguments]) == 2
    assert sentence in capsys.readouterr().err.splitlines()[-1]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.jsonl"]


def test_a_file_without_records_has_no_works(tmp_path, capsys):
    path, out = tmp_path / "none.json", tmp_path / "w.jsonl"
    path.write_text('{"records": []}', encoding="utf-8")

    assert run(path, "-o", out) == 0
    assert out.read_bytes() == b""


def test_works_go_to_standard_output_as_lines(write, tmp_path, capfdbinary):
    assert run(write("a.jsonl", [MOSS, KELP])) == 0
    assert [json.loads(line)["id"] for line in capfdbinary.readouterr().out.splitlines()] == ["m1", "k"]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.jsonl"]


def test_reviewers_files_get_the_record_model(tmp_path, capsys):
    """RIS comes from databases that reviewers search: a preprint and its article are two there."""
    path, out = tmp_path / "a.ris", tmp_path / "w.jsonl"
    path.write_text("TY  - JOUR\nTI  - Kelp forests after the storm\nAU  - Holm, Per\nER  - \n", encoding="utf-8")

    assert run(path, "-o", out) == 0
    assert "model record" in capsys.readouterr().err
    assert run(path, "-o", out, "--force", "--model", "work") == 0
    assert "model work" in capsys.readouterr().err


def test_the_model_and_the_way_to_the_other_are_told(tmp_path, capsys):
    """One file of a reviewer's is enough, and it is named."""
    ris, table = tmp_path / "a.ris", tmp_path / "b.csv"
    ris.write_text("TY  - JOUR\nTI  - Kelp forests after the storm\nER  - \n", encoding="utf-8")
    table.write_text("title,year\nMoss,1999\n", encoding="utf-8")

    assert run(table, ris, "-o", tmp_path / "1.jsonl") == 0
    said = capsys.readouterr().err
    assert f"a preprint and its article are two), the default because of {ris} (RIS); --model work" in said
    assert run(table, "-o", tmp_path / "2.jsonl") == 0
    assert "all versions of a work are one), the default for such files; --model record" in capsys.readouterr().err


def test_what_reviewers_export_is_counted_by_record():
    """The one list of it is that of the formats and tables; another table or JSON does not say who made it."""
    by_record = {names.form for names in FORMATS if names.convention == "record"}

    assert by_record == {
        *("RIS", "NBIB", "ERIC", "Web of Science", "EndNote tagged", "EndNote XML", "PubMed XML", "Cochrane text"),
        *("WHO ICTRP XML", "Ovid table", "EPPI-Reviewer", "ClinicalTrials.gov"),
    }
    assert {convention_of(form) for form, _ in TABLES} == {"record"}
    assert convention_of("CSV") == convention_of("OpenAlex") == "work"


def test_an_article_of_pubmeds_table_does_not_become_a_preprint(tmp_path):
    """That table says no type, and Crossref's record of the preprint does."""
    article, preprint = tmp_path / "pubmed.csv", tmp_path / "crossref.json"
    cells = f'31234567,{MOSS["title"]},"Moss A, Hare B.",,J Moss,2020,10.5555/moss.20'
    article.write_text(f"PMID,Title,Authors,Citation,Journal/Book,Publication Year,DOI\n{cells}\n", encoding="utf-8")
    people = [{"given": "A", "family": "Moss"}, {"given": "B", "family": "Hare"}]
    posted = {"DOI": "10.1101/2019.01.01", "type": "posted-content", "title": [MOSS["title"]], "author": people}
    preprint.write_text(json.dumps([posted | {"issued": {"date-parts": [[2019, 12]]}}]), encoding="utf-8")

    assert run(article, preprint, "--model", "work", "-o", tmp_path / "w.ris", "--plain") == 0
    written = (tmp_path / "w.ris").read_text(encoding="utf-8")
    assert written.startswith("TY  - JOUR\n")
    assert "posted-content" not in written


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("Authors,Title,Year,Source title,DOI,Source,EID", "Scopus table"),
        ("Authors,Article Title,UT (Unique WOS ID)", "Web of Science table"),
        ("Title,Year,Source title,EID", "Scopus table"),
        ("VN,DB,AN,TI,AU,SO", "Ovid table"),
        ("Title,Accession number,Author,Author affiliation,Source,Database", "Engineering Village table"),
        ("TITLE,SOURCE,AUTHOR NAMES,EMBASE LINK", "Embase table"),
        ("TITLE,SOURCE,AUTHOR NAMES,PUI", "Embase table"),
        ("Title,Source title,Publication Year,PUI", "Embase table"),
        ("PMID,Title,Authors,Citation,Journal/Book,Publication Year", "PubMed table"),
        ("Title,Abstract,StoreId,Authors,pubtitle,year", "ProQuest table"),
        ("Title,Authors,Covidence #,Study", "Covidence table"),
        ("Refid,User,Author,Title,Periodical", "DistillerSR table"),
        ("key,title,year,authors,pubmed_id,pmc_id", "Rayyan table"),
    ],
)
def test_a_table_that_a_database_made_for_reviewers_is_counted_by_record(header, form, tmp_path, capsys):
    """Told by columns that no other has: as RIS of the same database is, which may be in the same run."""
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n{','.join('Moss' for _ in header.split(','))}\n", encoding="utf-8")

    assert run(path, "-o", tmp_path / "w.csv") == 0
    assert f"the default because of {path} ({form}); --model work" in capsys.readouterr().err
    assert run(tmp_path / "w.csv", "-o", tmp_path / "again.csv") == 0


@pytest.mark.parametrize("header", ["eid,Title,Authors", "e_id,title,authors", "EID,title,year", "PUI,title,authors"])
def test_a_table_of_ones_own_with_a_column_called_as_a_database_does_is_counted_by_work(header, tmp_path, capsys):
    """One short name says nothing of who made the table; a database writes several, each in its own spelling."""
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\n1,Foxes,Moss\n", encoding="utf-8")

    assert run(path, "-o", tmp_path / "w.csv") == 0
    assert "the default for such files; --model record" in capsys.readouterr().err


def test_the_convention_of_a_run_travels_with_its_doubtful_pairs_and_their_labels(write, tmp_path, monkeypatch, capsys):
    """Hard because a preprint and its article are duplicates to one who is asked by work, and not to the run."""
    load = papertwin.load
    monkeypatch.setattr("papertwin.works.choice.load", lambda name: replace(load(name), thresholds=Thresholds(1, 0, 1)))
    heath = {"title": "Lichens of the coastal heath", "authors": ["Ek, Sara"], "publication_date": "2001"}
    heaths = heath | {"title": "Lichens of the coastal heaths: a survey", "publication_date": "2002"}
    path, review, labels = write("a.jsonl", [heath, heaths]), tmp_path / "doubtful.json", tmp_path / "l.jsonl"
    assert run(path, "-o", tmp_path / "w.jsonl", "--model", "record", "--review", review) == 0
    (case,) = json.loads(review.read_text(encoding="utf-8"))["cases"]
    assert case["convention"] == "record"
    assert case["model"] == papertwin.load("record").signature

    labels.write_text(json.dumps(case | {"decision": "DUPLICATES"}), encoding="utf-8")
    assert run(path, "-o", tmp_path / "w2.jsonl", "--model", "record", "--labels", labels) == 0
    assert len(lines(tmp_path / "w2.jsonl")) == 1
    capsys.readouterr()
    assert run(path, "-o", tmp_path / "w3.jsonl", "--labels", labels) == 2
    assert "run with --model record" in capsys.readouterr().err
    assert not (tmp_path / "w3.jsonl").exists()
    assert cli.main(["train", str(labels), "--output", str(tmp_path / "model")]) == 2
    assert "l.jsonl, line 1: its label was given by convention record" in (said := capsys.readouterr().err)
    assert "add --base record" in said


def test_a_killed_run_goes_on_from_its_last_stage(write, tmp_path, monkeypatch, capsys):
    path, out = write("a.jsonl", RECORDS), tmp_path / "w.jsonl"

    def interrupted(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("papertwin.works.finding.candidate_pairs", interrupted)
        assert run(path, "-o", out) == 130
    assert "goes on from there" in capsys.readouterr().err
    assert not out.exists()
    monkeypatch.setattr("papertwin.works.finding.take_in", interrupted)
    assert run(path, "-o", out) == 0
    assert f"an earlier run was stopped: going on with what it left in {out}.work" in capsys.readouterr().err
    assert len(lines(out)) == 3
    assert not (tmp_path / "w.jsonl.work").exists()


def test_a_run_that_is_killed_while_it_compares_goes_on_where_it_was(write, tmp_path, monkeypatch):
    """No pair is answered twice, and the works are those of a run that nobody disturbed."""
    path, out, whole = write("a.jsonl", RECORDS), tmp_path / "w.jsonl", tmp_path / "whole.jsonl"
    answered, compare, save = [], comparing._compare, Shelf.done

    def counted(model, library, pairs):
        answered.append(len(pairs[0]))
        return compare(model, library, pairs)

    def interrupted(self, stage, found=None):
        save(self, stage, found)
        if stage == "comparing" and found[1] == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(finding, "PART", 1)
    monkeypatch.setattr(comparing, "BATCH", 1)
    monkeypatch.setattr(comparing, "_compare", counted)
    assert run(path, "-o", whole) == 0
    pairs, answered[:] = len(answered), []
    assert pairs > 2
    with monkeypatch.context() as patch:
        patch.setattr(Shelf, "done", interrupted)
        assert run(path, "-o", out) == 130
    assert run(path, "-o", out) == 0
    assert len(answered) == pairs
    assert out.read_bytes() == whole.read_bytes()


def test_a_folder_of_the_users_is_never_worked_in(write, tmp_path, capsys):
    """Hard because the folder's name is made from the output's, and what a run leaves there is thrown away."""
    mine = tmp_path / "w.jsonl.work" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")

    assert run(write("a.jsonl", [MOSS]), "-o", tmp_path / "w.jsonl") == 2
    assert mine.read_text(encoding="utf-8") == "mine"
    assert "move it away" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="locks of POSIX")
def test_two_runs_never_work_in_one_folder(write, tmp_path, capsys):
    """The second is refused, names the first, and touches nothing; when the first has been killed, it goes on."""
    out, path = tmp_path / "w.jsonl", write("a.jsonl", [MOSS])
    held = f"from pathlib import Path; from papertwin.works.shelf import Shelf; shelf = Shelf(Path({f'{out}.work'!r}))"
    first = subprocess.Popen(
        [sys.executable, "-c", f"{held}; shelf.done('read'); print(flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        first.stdout.read(1)
        assert run(path, "-o", out) == 2
        assert f"another papertwin dedupe (process {first.pid}) is writing this output" in capsys.readouterr().err
        assert '"read"' in (tmp_path / "w.jsonl.work" / "stages.json").read_text(encoding="utf-8")
    finally:
        first.kill()
        first.communicate()
    assert run(path, "-o", out) == 0
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.jsonl", "w.jsonl"]


def test_ids_that_name_records_of_two_works_are_replaced(write, tmp_path, capsys):
    first, second = write("a.jsonl", [MOSS | {"id": 1}]), write("b.jsonl", [KELP | {"id": 1}])

    assert run(first, second, "-o", tmp_path / "w.jsonl") == 0
    assert [work["id"] for work in lines(tmp_path / "w.jsonl")] == ["a.jsonl:1", "b.jsonl:1"]
    assert "share an id" in capsys.readouterr().err


def test_records_without_an_id_have_names_of_their_own(write, tmp_path):
    """Hard because databases give each export the same name; a name of two records is worth nothing in a label."""
    for folder in ("may", "june"):
        (tmp_path / folder).mkdir()
    files = write("may/x.jsonl", [MOSS | {"id": None}]), write("june/x.jsonl", [KELP | {"id": None}])
    labels, removed = tmp_path / "labels.csv", tmp_path / "removed.csv"
    assert run(*files, "-o", tmp_path / "w.jsonl") == 0
    assert [work["id"] for work in lines(tmp_path / "w.jsonl")] == ["may/x.jsonl:1", "june/x.jsonl:1"]

    labels.write_text("id_1,id_2,label\nmay/x.jsonl:1,june/x.jsonl:1,1\n", encoding="utf-8")
    assert run(*files, "-o", tmp_path / "w2.jsonl", "--labels", labels, "--removed", removed) == 0
    assert len(lines(tmp_path / "w2.jsonl")) == 1
    assert "june/x.jsonl:1" in removed.read_text(encoding="utf-8")
    assert read_records(files).row("may/x.jsonl:1") == 0  # the same names beside pairs of ids


def test_the_same_name_month_by_month_is_another_file_each_time(write, tmp_path, monkeypatch):
    """Hard because a living review searches again, and each export is called scopus.jsonl."""
    monkeypatch.chdir(tmp_path)
    counts, months = Path("counts.json"), [MOSS, KELP, FOXES]
    for number, month in enumerate(months):
        write("scopus.jsonl", [month | {"id": None}])
        known = ["--against", f"{number - 1}.jsonl"] if number else []
        assert run("scopus.jsonl", "-o", f"{number}.jsonl", *known, "--counts", counts, "--force") == 0
    works = lines("2.jsonl")

    assert [work["id"] for work in works] == ["scopus.jsonl:1", "scopus.jsonl (2):1", "scopus.jsonl (3):1"]
    assert json.loads(counts.read_text(encoding="utf-8"))["records"] == {"scopus.jsonl (3)": 1}


def test_a_file_is_given_once_however_it_is_spelled(write, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    write("a.jsonl", [MOSS])

    assert run("a.jsonl", "./a.jsonl", "-o", "w.jsonl") == 2
    assert "given twice" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["list", "frame", "file", "generator"])
def test_the_library_adds_records_to_the_works_of_an_earlier_call(tmp_path, form):
    """As the command does, by the convention of these works, which keep their ids, their records and their order."""
    earlier = papertwin.dedupe([MOSS, MOSS_PREPRINT, FOXES], model="record")
    file = tmp_path / "works.jsonl"
    file.write_text("\n".join(map(json.dumps, earlier)))
    given = {"list": earlier, "frame": pd.DataFrame(earlier), "file": file, "generator": iter(earlier)}[form]

    works = papertwin.dedupe([KELP, MOSS_COPY], against=given)
    assert [work["id"] for work in works[:-1]] == [work["id"] for work in earlier]
    assert [(work["id"], work["new"]) for work in works if work["new"]] == [("k", True)]
    assert members(works) == {frozenset(ids) for ids in ({"m1", "m2"}, {"m3"}, {None}, {"k"})}
    assert {work["convention"] for work in works} == {"record"}


def test_the_library_tells_what_it_cannot_add_as_asked():
    """Works among the records, works of the other convention, and what is no works."""
    earlier = papertwin.dedupe([MOSS, FOXES], model="record")

    with pytest.warns(UserWarning, match=r"a work counts as one record here \(2 works .* give them by against$"):
        papertwin.dedupe([*earlier, KELP])
    with pytest.warns(UserWarning, match="^against: its works were made by convention record .* model=record counts"):
        papertwin.dedupe([KELP], against=earlier, model="work")
    with pytest.raises(papertwin.InputError, match="against are works of an earlier call, or the path of their file"):
        papertwin.dedupe([KELP], against=5)
    with pytest.raises(papertwin.InputError, match=r"none\.jsonl: there is no such file"):
        papertwin.dedupe([KELP], against="none.jsonl")


def test_the_library_takes_dicts_and_frames():
    works = papertwin.dedupe(RECORDS)

    assert members(works) == {frozenset({"m1", "m2", "m3"}), frozenset({"k"}), frozenset({"e"})}
    frame = papertwin.dedupe(pd.DataFrame(RECORDS), keep="preprint")
    assert sorted(frame["id"]) == ["e", "k", "m3"]


SLEEP = {"authors": "Smith, John; Doe, Jane", "journal": "Sleep", "publication_date": "2019"}


def test_records_without_a_title_are_merged_only_by_what_names_their_work():
    """Hard because the same authors publish twice a year in one journal, and a column of titles may not be read."""
    records = [SLEEP | {"id": "a", "heading": "Jet lag in pilots"}, SLEEP | {"id": "b", "heading": "Melatonin"}]
    works, (case,) = papertwin.dedupe(records, model=papertwin.load("work").at(0.3), return_doubtful=True)
    assert members(works) == {frozenset("a"), frozenset("b")}
    assert case["duplicate_probability"] > 0.3
    assert case["predicted_decision"] == "REVIEW"
    assert case["note"].startswith("kept apart: a title is missing")

    named = papertwin.dedupe([record | {"doi": "10.1000/sleep.19"} for record in records])
    assert members(named) == {frozenset("ab")}


def test_what_nothing_names_neither_joins_a_work_nor_takes_it_apart():
    """Hard because the titled copies say nothing that the untitled one says, but for authors, year and journal."""
    titled = SLEEP | {"title": "Jet lag in pilots of long flights"}
    records = [titled | {"id": f"t{n}"} for n in range(4)]
    records += [titled | {"id": "d", "doi": "10.1000/sleep.19"}, SLEEP | {"id": "n", "doi": "10.1000/sleep.19"}]
    assert len(papertwin.dedupe(records)) == 1

    works, doubtful = papertwin.dedupe([*records[:4], SLEEP | {"id": "n"}], return_doubtful=True)
    assert members(works) == {frozenset({"t0", "t1", "t2", "t3"}), frozenset("n")}
    assert [case["note"][:10] for case in doubtful] == ["kept apart"]


def test_in_a_small_file_a_doubtful_pair_is_not_merged_for_having_no_rival():
    """Hard because among two records there is no other candidate, whatever they are."""
    unsure = replace(papertwin.load("work"), thresholds=Thresholds(1, 0, 1))
    works, doubtful = papertwin.dedupe([FOXES, HARES], model=unsure, return_doubtful=True)

    assert len(works) == 2
    (case,) = doubtful
    assert case["duplicate_probability"] < 0.6
    assert "note" not in case


def test_which_of_equally_likely_pairs_is_asked_does_not_depend_on_the_order_of_the_records():
    """Hard because each of three records is as like one of three others as the next."""
    records = [one | {"id": f"{name}{n}"} for n in range(3) for name, one in (("f", FOXES), ("h", HARES))]
    unsure = replace(papertwin.load("work"), thresholds=Thresholds(1, 0, 1))
    asked = []
    for order in [(0, 1, 2, 3, 4, 5), (2, 5, 0, 4, 1, 3), (1, 0, 5, 4, 3, 2)]:
        _, doubtful = papertwin.dedupe([records[row] for row in order], model=unsure, return_doubtful=True)
        asked.append({frozenset({case["doc_1"]["id"], case["doc_2"]["id"]}) for case in doubtful})

    assert len(asked[0]) == 5
    assert asked[0] == asked[1] == asked[2]


def test_the_library_merges_nothing_doubtful_in_silence(monkeypatch):
    """It gives the doubtful pairs, in the form of the records; who does not ask for them is warned."""
    unsure = replace(papertwin.load("work"), thresholds=Thresholds(1, 0, 1))
    with pytest.warns(UserWarning, match="doubtful pairs: 1 merged, 0 kept apart: return_doubtful=True"):
        assert len(papertwin.dedupe([MOSS, MOSS_COPY], model=unsure)) == 1
    works, doubtful = papertwin.dedupe(pd.DataFrame([MOSS, MOSS_COPY]), model=unsure, return_doubtful=True)

    assert len(works) == len(doubtful) == 1
    assert doubtful.loc[0, "note"].startswith("merged, though not for sure")
    assert unsure.predict_proba(doubtful)[0, 1] == doubtful.loc[0, "duplicate_probability"]


def test_a_file_that_says_of_no_record_which_work_it_is_is_refused(write, tmp_path, capsys):
    """Its names were not understood, and each record would be a work of its own; one record that says it is enough."""
    records = [{"id": n, "year": 2019, "metadata": {"title": "Foxes"}} for n in range(3)]
    output = tmp_path / "w.jsonl"

    assert run(write("a.jsonl", records), "-o", output) == 2
    assert "a.jsonl: no record in it has a title, an author or an identifier: name" in capsys.readouterr().err
    assert not output.exists()
    assert run(write("b.jsonl", [*records, {"doi": "10.5555/fox.19"}]), "-o", output) == 0


def test_a_frame_without_rows_gives_frames_with_the_usual_columns():
    """Whoever filters a frame, or has nothing doubtful, goes on with columns that are there."""
    frame = pd.DataFrame([MOSS, MOSS_COPY]).rename(columns={"publication_date": "Year"})
    unsure = replace(papertwin.load("work"), thresholds=Thresholds(1, 0, 1))
    works, doubtful = papertwin.dedupe(frame, model=unsure, return_doubtful=True)
    no_works, nothing_doubtful = papertwin.dedupe(frame.iloc[:0], return_doubtful=True)

    assert (len(works), len(no_works), len(nothing_doubtful)) == (1, 0, 0)
    assert sorted(no_works) == sorted(works)
    assert list(nothing_doubtful) == [column for column in doubtful if column != "note"]


@pytest.mark.parametrize("records", ["text", 5, [1], {"title": "T"}])
def test_the_library_refuses_what_is_no_records(records):
    with pytest.raises(papertwin.data.errors.InputError, match="dict"):
        papertwin.dedupe(records)
