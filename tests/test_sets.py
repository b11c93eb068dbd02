"""Labelled sets: each form of folder becomes pairs with both conventions' labels and the works that join them."""

import csv
import gzip
import json

import numpy as np
import pytest

from papertwin.data.cases import CHALLENGE, read_cases
from papertwin.data.errors import InputError
from papertwin.data.identity import pair_key
from papertwin.data.labelled.sampled import look_alikes
from papertwin.data.labelled.set_files import read_set
from papertwin.data.labelled.sets import READ, SETS, WRITTEN
from papertwin.data.values.text import fold

ENTRY = {entry.name: entry for entry in SETS}
RECORDS = [
    {"id": "a", "title": "Roots of maize in rain", "authors": ["Berg, A."], "doi": "10.1000/a"},
    {"id": "b", "title": "Roots of maize in the rain", "authors": ["Berg, Anna"], "doi": "10.1000/a"},
    {"id": "c", "title": "Roots of maize in rain", "authors": ["Berg, A."]},
    {"id": "d", "title": "Leaves of wheat", "authors": ["Dahl, B."], "journal": "Soil", "pages": "3"},
    {"id": "e", "title": "Leaves of barley", "authors": ["Egan, C."], "journal": "Soil", "pages": "3"},
    {"id": "f", "title": "Frost", "authors": []},
]  # fmt: skip


def write_set(folder, name, records, table=None, rows=()):
    """A set's folder with its records and a table of pairs or clusters."""
    here = folder / name
    here.mkdir()
    with gzip.open(here / "records.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    if table:
        with gzip.open(here / f"{table}.csv.gz", "wt", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def pairs_of(found):
    """{(id, id): (work, record)} with None for undecided."""
    plain = [None if np.isnan(value) else int(value) for value in (*found.work, *found.record)]
    ids = [(found.records[a]["id"], found.records[b]["id"]) for a, b in zip(found.left, found.right, strict=True)]
    return dict(zip(ids, zip(plain[: len(ids)], plain[len(ids) :], strict=True), strict=True))


def test_a_set_of_pairs_counts_records(tmp_path):
    """Its duplicates are duplicates under both; its distinct pairs may be versions of a work where they look alike."""
    rows = [
        {"id_1": "a", "id_2": "b", "label": 1},
        {"id_1": "a", "id_2": "c", "label": 0},
        {"id_1": "a", "id_2": "d", "label": 0},
    ]
    found = read_set(write_set(tmp_path, "colandr_v1", RECORDS, "pairs", rows), ENTRY["colandr_v1"])
    assert pairs_of(found) == {("a", "b"): (1, 1), ("a", "c"): (None, 0), ("a", "d"): (0, 0)}
    assert found.works.tolist() == [0, 0, 2, 3, 4, 5]


def test_distinct_records_are_distinct_works_where_the_set_says_so(tmp_path):
    """And its own division into parts is kept."""
    rows = [
        {"id_1": "d", "id_2": "e", "label": 0, "split": "test"},
        {"id_1": "a", "id_2": "b", "label": 1, "split": "train"},
    ]
    found = read_set(write_set(tmp_path, "magellan_dblp_acm", RECORDS, "pairs", rows), ENTRY["magellan_dblp_acm"])
    assert pairs_of(found) == {("d", "e"): (0, 0), ("a", "b"): (1, 1)}
    assert found.part == ["test", "train"]


@pytest.mark.parametrize(
    ("change", "work"),
    [
        ({"journal": "Journal of Roots"}, None),  # perhaps the extended version of a conference paper
        ({"journal": "Roots Conference"}, 0),  # a column of the same place
        ({"journal": "Journal of Roots", "authors": ["Dahl, B."]}, 0),
        ({"journal": "Journal of Roots", "title": "Leaves of maize in sun"}, 0),
    ],
)
def test_even_there_one_title_in_two_places_may_be_one_work(tmp_path, change, work):
    """What counts records keeps a conference paper and its journal version apart, which are one work."""
    paper = {"id": "a", "title": "Roots of maize in rain", "authors": ["Berg, A."], "journal": "Roots Conference"}
    rows = [{"id_1": "a", "id_2": "b", "label": 0}]
    write_set(tmp_path, "magellan_dblp_acm", [paper, paper | change | {"id": "b"}], "pairs", rows)
    assert pairs_of(read_set(tmp_path, ENTRY["magellan_dblp_acm"])) == {("a", "b"): (work, 0)}


def test_a_set_of_clusters_has_its_look_alikes_as_distinct_pairs(tmp_path):
    """All pairs inside a cluster, and the records of other clusters that look most like them; the same every time."""
    rows = [{"id": record["id"], "cluster": "1" if record["id"] in "abc" else record["id"]} for record in RECORDS]
    write_set(tmp_path, "sra_copper", RECORDS, "clusters", rows)
    found = read_set(tmp_path, ENTRY["sra_copper"])
    decided = pairs_of(found)
    assert {pair for pair, labels in decided.items() if labels == (1, 1)} == {("a", "b"), ("a", "c"), ("b", "c")}
    assert decided["d", "e"] == (0, 0)
    assert not {pair for pair, labels in decided.items() if labels == (0, 0)} & {("a", "b"), ("a", "c"), ("b", "c")}
    assert pairs_of(read_set(tmp_path, ENTRY["sra_copper"])) == decided


def test_a_set_of_works_does_not_say_which_are_copies(tmp_path):
    """Unless it is known to hold copies alone."""
    rows = [{"id_1": "a", "id_2": "b", "label": 1}, {"id_1": "a", "id_2": "d", "label": 0}]
    works = read_set(write_set(tmp_path, "medrxiv_gold_cabanac", RECORDS, "pairs", rows), ENTRY["medrxiv_gold_cabanac"])
    copies = read_set(write_set(tmp_path, "s2apler_test", RECORDS, "pairs", rows), ENTRY["s2apler_test"])
    assert pairs_of(works) == {("a", "b"): (1, None), ("a", "d"): (0, 0)}
    assert pairs_of(copies) == {("a", "b"): (1, 1), ("a", "d"): (0, 0)}


def test_a_preprint_and_its_article_are_two_records(tmp_path):
    """Where ids tell articles, copies of the preprint in a cluster are one record, and the article is another."""
    records = [RECORDS[0] | {"id": "pre:1"}, RECORDS[1] | {"id": "pre:2"}, RECORDS[2] | {"id": "pub:1"}]
    rows = [{"id": record["id"], "cluster": "1"} for record in records]
    write_set(tmp_path, "medrxiv_gold_cabanac", records, "clusters", rows)
    decided = pairs_of(read_set(tmp_path, ENTRY["medrxiv_gold_cabanac"]))
    assert decided == {("pre:1", "pre:2"): (1, 1), ("pre:1", "pub:1"): (1, 0), ("pre:2", "pub:1"): (1, 0)}


def test_case_files_share_their_records(tmp_path):
    """A record that several cases show is one record; undecided cases are left out; the file is the part."""
    a, b, c = ({"title": title} for title in ("Roots of maize", "Roots of Maize", "Leaves of wheat"))
    (tmp_path / "search_cases").mkdir()
    for name, cases in {"one": [(a, b, "DUPLICATES"), (a, c, None)], "two": [(dict(b), c, "NOT DUPLICATES")]}.items():
        text = json.dumps({"cases": [{"doc_1": x, "doc_2": y, "decision": decision} for x, y, decision in cases]})
        (tmp_path / "search_cases" / f"{name}.json.gz").write_bytes(gzip.compress(text.encode()))
    found = read_set(tmp_path, ENTRY["search_cases"])
    assert len(found.records) == 3
    assert found.work.tolist() == [1, 0]
    assert found.part == ["one", "two"]
    assert found.works[found.left[0]] == found.works[found.right[0]] != found.works[found.right[1]]


def test_easy_and_made_pairs_come_of_records_alone(tmp_path):
    """Search results give strangers; made pairs vary the records of several sets. Every pair has records of its own."""
    records = [
        {
            "id": str(n),
            "title": f"Roots of plant number {n} in rain",
            "authors": ["Berg, A."],
            "abstract": "Dug. Weighed.",
        }
        for n in range(40)
    ]
    for name in ENTRY["made_pairs"].records_of:
        write_set(tmp_path, name, records)
    easy, made = (read_set(tmp_path, ENTRY[name]) for name in ("search_results", "made_pairs"))
    assert not easy.work.any()
    assert not easy.record.any()
    assert len(easy.records) == 2 * len(easy.left)
    assert 0.2 < np.nanmean(made.work) < 0.8
    assert not (made.record > made.work).any()
    joined = made.works[made.left] == made.works[made.right]
    np.testing.assert_array_equal(joined, made.work == 1)


def test_pairs_that_were_read_are_of_other_sets_records(tmp_path):
    """Their ids and labels travel with the code, records do not: each pair once, and no duplicate record a new work."""
    with READ.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    ids = sorted({row[side] for row in rows for side in ("id_1", "id_2")})
    assert len({frozenset((row["id_1"], row["id_2"])) for row in rows}) == len(rows)
    assert {(row["work"], row["record"]) for row in rows} == {("1", "1"), ("1", "0"), ("1", ""), ("0", "0")}
    entry = ENTRY["search_pairs"]
    records = [{"id": one, "title": f"Roots {one}"} for one in ids]
    found = pairs_of(read_set(write_set(tmp_path, entry.records_of[0], records), entry))
    assert found == {
        (row["id_1"], row["id_2"]): (int(row["work"]), int(row["record"]) if row["record"] else None) for row in rows
    }


def test_written_pairs_bring_their_records(tmp_path):
    """They need no folder, each pair is there once, and what is one record is one work."""
    pairs = read_set(tmp_path, ENTRY["written_pairs"])
    cases = read_cases(WRITTEN)
    assert len({pair_key(case.doc_1, case.doc_2) for case in cases}) == len(cases)
    for convention, labels in (("work", pairs.work), ("record", pairs.record)):
        said = [case.by(convention).label for case in cases]
        assert [None if np.isnan(label) else bool(label) for label in labels] == said
    assert not (pairs.record > pairs.work).any()
    assert 0.4 < np.nanmean(pairs.work) < 0.7


def test_no_written_pair_is_about_a_challenge_case():
    """Models learn from the former and are judged by the latter: no telling title is in both."""

    def titles(path):
        documents = [document for case in read_cases(path) for document in (case.doc_1, case.doc_2)]
        folded = {fold(str(document.get("title") or "")) for document in documents}
        return {title for title in folded if title.count(" ") >= 3}

    assert not titles(WRITTEN) & titles(CHALLENGE)


@pytest.mark.parametrize("entry", [entry for entry in SETS if entry.folders], ids=lambda entry: entry.name)
def test_a_set_that_is_not_there_is_named(entry, tmp_path):
    """With the way out."""
    with pytest.raises(InputError, match=r"the set is not there; give the folder"):
        read_set(tmp_path, entry)


def test_the_list_of_sets_is_whole():
    """Every set names its source and licence, and is of one of the two conventions."""
    assert len(ENTRY) == len(SETS)
    for entry in SETS:
        assert entry.source
        assert entry.licence
        assert entry.convention in {"work", "record"}
        assert set(entry.records_of) <= set(ENTRY)


def test_look_alikes_share_words_a_doi_or_a_place():
    """The most alike first; strangers are no look-alikes."""
    found = look_alikes(RECORDS, list(range(len(RECORDS))))
    assert found[0] in {(0, 2), (0, 1), (1, 2)}
    assert (3, 4) in found
    assert not any(5 in pair for pair in found)
    assert look_alikes(RECORDS, [1, 0, 2])[0] in found
