"""The common options of the commands that score: each has them, and each of them does what it says."""

import itertools
import json
import re
from importlib import import_module

import numpy as np
import pytest

from papertwin import cli, explain, training
from papertwin.data import processes
from papertwin.data.cases import CHALLENGE, read_cases
from papertwin.data.fields import prepare
from papertwin.data.files.rows import Row
from papertwin.data.pairs import PairFile, open_pairs
from papertwin.features import vectors
from papertwin.models import load
from papertwin.models.card import REVIEW
from papertwin.pages import pairs as review_pairs
from papertwin.pages import refits, scored
from papertwin.pages.journal import Journal
from papertwin.pages.pairs import pairs_of
from papertwin.pages.refit import Refitted
from papertwin.pages.refits import Refits
from papertwin.pages.scored import Scored
from papertwin.pages.session import Session

SCORING = ("predict", "dedupe", "explain", "evaluate", "review")
COUNT = 40


@pytest.fixture
def cases(tmp_path):
    """The first shipped cases, as a file."""
    path = tmp_path / "cases.jsonl"
    with CHALLENGE.open(encoding="utf-8") as whole:
        path.write_text("".join(itertools.islice(whole, COUNT)), encoding="utf-8")
    return path


def commands(cases, page):
    """How the commands that once knew no --jobs are called, by their names."""
    return {
        "explain": ["explain", str(cases), "--case", *map(str, range(1, COUNT + 1))],
        "evaluate": ["evaluate", str(cases), "--json"],
        "review": ["review", str(cases), "--static", str(page), "--force"],
    }


@pytest.fixture
def small_batches(monkeypatch):
    """Batches of a few pairs, so that a few cases are many tasks."""
    for module in (explain, training, review_pairs, scored):
        monkeypatch.setattr(module, "BATCH", 7)


@pytest.fixture
def pools(monkeypatch):
    """How many processes each pool that a command starts has."""
    started = []

    class Counted(processes.ProcessPoolExecutor):
        def __init__(self, jobs, *more):
            started.append(jobs)
            super().__init__(jobs, *more)

    monkeypatch.setattr(processes, "ProcessPoolExecutor", Counted)
    return started


@pytest.mark.parametrize("command", SCORING)
def test_every_command_that_scores_has_the_common_options(command):
    """In the same words; --force is left out where no file is written."""
    had, model = (
        {option: action.help for action in import_module(f"papertwin.{name}").parser()._actions
         for option in action.option_strings}
        for name in (command, "predict")
    )  # fmt: skip

    assert [option for option in ("--threshold", "--jobs", "--quiet") if had[option] != model[option]] == []
    assert "--model" in had
    assert ("--force" in had) is (command != "explain")


@pytest.mark.parametrize("command", ["explain", "evaluate", "review"])
def test_processes_do_not_change_what_is_said(command, cases, tmp_path, capsys, small_batches, pools):
    """One process or three: the same bytes on standard output, on standard error and on the page."""
    page = tmp_path / "page.html"
    found = set()
    for jobs in ("1", "3"):
        assert cli.main([*commands(cases, page)[command], "--jobs", jobs]) == 0
        found.add((*capsys.readouterr(), page.read_bytes() if page.exists() else b""))

    assert len(found) == 1
    assert set(pools) == {3}


@pytest.mark.parametrize("command", ["explain", "evaluate", "review"])
def test_a_few_pairs_start_no_processes(command, cases, tmp_path, pools):
    """They are done sooner than processes are started."""
    assert cli.main([*commands(cases, tmp_path / "page.html")[command], "--jobs", "3", "--quiet"]) == 0
    assert pools == []


def test_batches_do_not_change_a_vector(small_batches):
    """Neither a bit of it nor how the vectors lie in memory: models learn from them, and sums depend on the order."""
    labelled = list(read_cases(CHALLENGE))[:COUNT]
    records = [record for case in labelled for record in (case.doc_1, case.doc_2)]
    whole = vectors(prepare(records), np.arange(0, 2 * COUNT, 2), np.arange(1, 2 * COUNT, 2))
    for jobs in (1, 2):
        found = training.labelled_vectors(labelled, "cases", jobs).vectors

        assert found.flags.f_contiguous is whole.flags.f_contiguous is True
        assert found.tobytes() == whole.tobytes()
    assert training.labelled_vectors([], "cases").vectors.shape == (0, whole.shape[1])


def test_pairs_are_shown_before_the_rest_of_the_file_is_read(cases):
    """Hard because the rest may be long, or still on its way through a pipe."""
    raw = cases.read_bytes().splitlines()[0]
    endless = PairFile("pairs", "line", open_pairs(cases).shape, (Row(line, raw) for line in itertools.count(1)))

    assert [place for place, *_ in explain.Chosen(endless, set())] == list(range(1, explain.FIRST + 1))
    assert [place for place, *_ in explain.Chosen(endless, {2, 5})] == [explain.FIRST + 2, explain.FIRST + 5]


class TestThresholdOfAReview:
    """review --threshold T: the pairs closest to T come first, and none is left to REVIEW."""

    def test_what_is_asked_first_is_closest_to_it(self, cases, tmp_path):
        page = tmp_path / "page.html"
        arguments = ["review", str(cases), "--static", str(page), "--force", "--quiet"]
        first = {}
        for threshold in (None, "0.999"):
            assert cli.main([*arguments, *([] if threshold is None else ["--threshold", threshold])]) == 0
            text = re.search(r'id="data">(.*?)</script>', page.read_text(encoding="utf-8"), re.DOTALL)[1]
            data = json.loads(text)
            likely = [view["probability"] for view in data["views"]]
            first[threshold] = likely[data["belief"]["order"][0]]
            decisions = {view["decision"] for view in data["views"]}
            assert (REVIEW in decisions) is (data["belief"]["between"] > 0) is (threshold is None)

        odds = [one / (1 - one) for one in likely]
        closest = min(odds, key=lambda one: abs(np.log(one / (0.999 / 0.001))))
        assert first["0.999"] == pytest.approx(closest / (1 + closest))
        assert first["0.999"] > first[None]

    def test_a_model_that_has_learned_meanwhile_has_it_too(self, cases, tmp_path, monkeypatch):
        """Hard because that model comes with thresholds of its own."""

        class Done:
            def __init__(self, _cases, _model, _base, done):
                done(Refitted(load("record"), 2, {}, {}))

            def stop(self):
                pass

        monkeypatch.setattr(refits, "Refit", Done)
        model = load("work").at(0.5)
        beginning = Scored(pairs_of(read_cases(cases), model), model, "file")
        journal = Journal(tmp_path / "labels.jsonl")
        session = Session(beginning, "file", journal, Refits("work", "none", 0, 0.5))
        session.decide(0, "DUPLICATES")
        session.decide(1, "NOT DUPLICATES")
        session.refit()
        state = session.state()
        session.close()

        assert state["model"] == load("record").signature
        assert state["between"] == 0
