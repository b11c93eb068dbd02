"""A journal of decisions, as the review page writes it: lines are appended, and the last on a pair counts."""

import json

import pytest

from papertwin import training
from papertwin.data.cases import read_cases
from papertwin.data.errors import InputError


def line(number, decision, at="2026-01-01T10:00:00", title="A survey of ferns", **more):
    return {
        "id": number,
        "doc_1": {"title": title},
        "doc_2": {"title": f"{title}, revised"},
        "decision": decision,
        **({"labelled_at": at} if at else {}),
        **more,
    }


@pytest.fixture
def read(tmp_path):
    def read(*lines):
        path = tmp_path / "journal.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
        return read_cases(path)

    return read


def test_the_last_line_on_a_pair_counts(read):
    """The others stay in their order."""
    found = read(line(1, "DUPLICATES"), line(2, "DUPLICATES", title="Mosses"), line(1, "NOT DUPLICATES"))

    assert [(case.id, case.label) for case in found] == [("2", True), ("1", False)]


def test_two_pairs_of_one_id_are_two(read):
    """The doubtful pairs of two runs are both numbered from 1, and their journals joined to one: no label is lost."""
    found = read(line(1, "DUPLICATES"), line(1, "NOT DUPLICATES", title="Mosses"))

    assert [case.label for case in found] == [True, False]


def test_a_decision_that_is_taken_back_is_none(read):
    """And what is decided after that counts again."""
    assert [case.label for case in read(line(1, "DUPLICATES"), line(1, None))] == [None]
    assert [case.label for case in read(line(1, "DUPLICATES"), line(1, None), line(1, "DUPLICATES"))] == [True]


def test_the_same_two_records_are_the_same_pair_whatever_the_id_and_the_order(read):
    turned = line(9, "NOT DUPLICATES")
    turned["doc_1"], turned["doc_2"] = turned["doc_2"], turned["doc_1"]

    assert [case.label for case in read(line(1, "DUPLICATES"), turned)] == [False]


def test_lines_without_a_time_contradict_each_other_as_before(read):
    """They are no journal: both stay, and training refuses them."""
    found = read(line(1, "DUPLICATES", at=None), line(1, "NOT DUPLICATES", at=None))

    assert len(found) == 2
    with pytest.raises(InputError, match="the same pair is decided both ways"):
        training.check_learnable(list(found), "work")


def test_the_place_of_a_decision_is_that_of_its_last_line(read):
    (found,) = read(line(1, "DUPLICATES"), line(1, "NOT DUPLICATES"))

    assert found.place.endswith("line 2")
