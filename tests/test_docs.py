"""The documentation says what is there: tree, commands, options, tables and examples."""

import argparse
import doctest
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

import pytest

import papertwin
from papertwin import cli
from papertwin.data.cases import CHALLENGE, read_cases
from papertwin.data.errors import InputError
from papertwin.data.exports.__main__ import table as formats
from papertwin.data.exports.formats import FORMATS
from papertwin.data.exports.tables import TABLES
from papertwin.data.labelled.sets import WRITTEN
from papertwin.features.__main__ import table as features
from papertwin.models.card import Thresholds
from papertwin.pages.journal import ANSWERS, Journal
from papertwin.works.comparing import CROWD, LIMITS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]


def between(name):
    """What README.md holds between <!-- name --> and <!-- /name -->."""
    found = re.search(rf"<!-- {name} -->\n(.*)<!-- /{name} -->", README, re.DOTALL)
    assert found, f"README.md has no place for {name}"
    return found[1]


def blocks(language):
    """The code blocks of README.md in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def shell_lines():
    """Every command that README.md tells, continued lines joined, comments away."""
    text = "\n".join(blocks("sh")).replace("\\\n", " ")
    return [line.partition(" #")[0].strip() for line in text.splitlines() if line.strip()]


def entries():
    """The top level of the tree as git has it, or, without git, as it lies there without what .gitignore names."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
        return {line.split("/")[0] for line in listed.stdout.splitlines()}
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    names = {path.name for path in ROOT.iterdir()} - {".git"}
    return {name for name in names if not any(fnmatch(name, pattern) for pattern in ignored)}


def parsers():
    """The argument parser of every command."""
    return {name: importlib.import_module(f"papertwin.{name}").parser() for name in cli.COMMANDS}


def options(parser):
    """The options of a parser: -o, --output ..."""
    return {option for action in parser._actions for option in action.option_strings}  # no public way


def test_the_tree_names_every_entry_of_the_top_level_in_a_few_words():
    told = dict(line.split(None, 1) for line in between("tree").strip().splitlines()[1:-1])

    assert sorted(entries() - {name.rstrip("/") for name in told}) == []
    assert [name for name in told if not (ROOT / name).exists()] == []
    assert [name for name in told if (ROOT / name).is_dir() != name.endswith("/")] == []


def test_the_page_of_the_benchmarks_names_all_their_files():
    told = set(re.findall(r"`(\w+\.py)`", (ROOT / "benchmarks/README.md").read_text(encoding="utf-8")))

    assert told == {path.name for path in (ROOT / "benchmarks").glob("*.py")}


def test_the_goals_of_whole_files_say_where_they_are_not_met():
    """A goal that one set misses is not met, and that set is named; where no other tool answered, none is better."""
    script = """
from dedupe_goals import goals
def ours(f1):
    works = {"unseen": {"f1": f1, "b_f1": f1}}
    return {"records": 9, "works": works, "candidates": {"recall": 1.0, "per_record": 2.0}}
found = {
    "sra_copper.ours": ours(0.995), "sra_copper.splink": {"f1": 0.9, "b_f1": 0.9, "failure": ""},
    "cora_1295.ours": ours(0.8), "cora_1295.splink": {"f1": 0.9, "b_f1": 0.7, "failure": ""},
    "cora_1295.dedupe": {"failure": "killed"},
    "1000000.speed": {"seconds": {"read": (400, 600), "write": (300, 300)}, "largest_process_mb": 900},
}
for row in goals(found, ["sra_copper", "cora_1295"]): print(row[0], row[3], row[4], sep="|")
"""
    asked = [sys.executable, "-c", script]
    run = subprocess.run(asked, cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True)
    told = {row[0]: row[1:] for row in (line.split("|") for line in run.stdout.splitlines())}

    assert told["pair F1 beside each tool, set unseen"] == ["no", "cora_1295"]
    assert told["B-cubed F1 beside each tool, set unseen"] == ["yes", "-"]
    assert told["B-cubed F1, set unseen"][1].startswith("cora_1295 (known label noise")
    assert told["recall of candidates"] == told["candidates per record"] == ["yes", "-"]
    assert told["1,000,000 records"] == ["no", "-"]


def test_the_goals_of_accuracy_say_what_is_not_met_and_by_how_much():
    """A figure that is rounded up to its goal has not reached it, and a kind of cases that falls short is named."""
    script = """
from accuracy_goals import Automatic, Measured, Reached, goals
from challenge import ByKind
left_out = {"search_cases": Reached(0.995, 3, 2, 0.94), "colrev_jmis": Reached(0.99499, 9, 16)}
kinds = [ByKind("sequels", 10, 10, 0, 0), ByKind("maps", 10, 9, 1, 0), ByKind("all", 20, 19, 1, 0)]
automatic = {"few": Automatic(0.01, 0.995, 0.005), "unsure": Automatic(0.01, 0.98, 0.005)}
measured = Measured(left_out, {}, {}, 104, {"work model": 0.01}, automatic, {"work model": kinds})
for row in goals(measured): print(row[0], *row[3:], sep="|")
"""
    asked = [sys.executable, "-c", script]
    run = subprocess.run(asked, cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True)
    told = {row[0]: row[1:] for row in (line.split("|") for line in run.stdout.splitlines())}

    assert told["F1 of search_cases, left out"] == ["3 / 2", "0.94", "yes", "-"]
    assert told["wrong merges of search cases"][2] == "yes"
    assert told["F1 of colrev_jmis, left out"] == ["9 / 16", "None", "no", "some titles are page furniture"]
    assert told["sent to review, few"][2:] == ["yes", "-"]
    assert told["sent to review, unsure"][2] == "no"
    assert told["challenge cases, work model"][2:] == ["no", "maps 9/10"]


def test_a_line_of_reliability_has_a_gap_where_too_few_pairs_are():
    """Joined across, the two ends of a set without doubtful pairs looked like a perfect calibration between them."""
    pytest.importorskip("matplotlib")
    script = """
import matplotlib; matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from accuracy_plots import reliability
from scored import Scored, log_odds
likely = np.repeat([0.05, 0.55, 0.95], [20, 3, 20])
rows = np.arange(len(likely))
scored = Scored(rows, log_odds(likely), *[np.full(len(rows), 0.5)] * 3)
axes = plt.figure().subplots()
reliability(axes, [("ends", scored)], (likely > 0.5).astype(float))
print(np.isnan(axes.lines[1].get_xdata()).nonzero()[0].tolist())
"""
    asked = [sys.executable, "-c", script]
    run = subprocess.run(asked, cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True)

    assert run.stdout == "[1, 2, 3, 4, 5, 6, 7, 8]\n"


def test_the_table_of_features_is_up_to_date():
    shown = (ROOT / "docs/features.md").read_text(encoding="utf-8")
    assert shown.endswith(f"\n\n{features()}\n"), "paste what `python -m papertwin.features` prints"


def test_the_table_of_record_formats_is_up_to_date():
    shown = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    assert formats() in shown, "paste what `python -m papertwin.data.exports` prints"


def test_the_readme_names_whoever_makes_files_that_are_read():
    """By the first word of each form, in the list of what is read; docs/formats.md has the names."""
    told = README[README.index("Files of records are also recognised") : README.index("### What it writes")]
    forms = [*(names.form for names in FORMATS), *(form for form, _ in TABLES)]

    assert [form for form in forms if not re.search(rf"\b{re.escape(form.split()[0])}\b", told)] == []


def test_the_demo_shows_what_predict_says(tmp_path):
    """The decisions and titles as they are, the probabilities to one digit: the next model moves the others."""
    shown = between("demo").strip().splitlines()[1:-1]
    out = tmp_path / "answers.txt"

    assert (
        importlib.import_module("papertwin.predict").main([str(ROOT / "data/founding_case.tsv"), "-o", str(out)]) == 0
    )
    said = out.read_text(encoding="utf-8").splitlines()
    assert [re.sub(r"[01]\.\d+", "", line) for line in shown] == [re.sub(r"[01]\.\d+", "", line) for line in said]
    assert float(shown[1].split()[0]) == pytest.approx(float(said[1].split()[0]), abs=0.05)


@pytest.mark.parametrize("line", [line for line in shell_lines() if line.startswith("papertwin ")])
def test_every_command_of_the_readme_is_one(line):
    command, *rest = line.split()[1:]

    assert command in cli.COMMANDS
    assert {word for word in rest if word.startswith("-") and word != "-"} <= options(parsers()[command])


@pytest.mark.parametrize("line", [line for line in shell_lines() if line.startswith("make ")])
def test_every_target_of_the_readme_is_one(line):
    assert re.search(rf"^{line.split()[1]}:.* ## ", MAKEFILE, re.MULTILINE)


RIS = "TY  - JOUR\nTI  - {}\nAU  - Ek, Sara\nPY  - {}\nER  - \n\n"
ALIKE = [
    f"{plants} of the {place}"
    for plants in ("Lichens", "Mosses", "Ferns")
    for place in ("old quarries", "northern fens")
]


def test_the_commands_for_exports_follow_each_other_as_they_are_written(tmp_path, monkeypatch, capsys):
    """Each reads what those before it have written; only the person's decisions and the fitting are not real ones."""
    (block,) = [block for block in blocks("sh") if "papertwin dedupe export1.ris export2.ris" in block]
    commands = [line.partition(" #")[0].split()[1:] for line in block.splitlines()]
    monkeypatch.chdir(tmp_path)
    Path("export1.ris").write_text("".join(RIS.format(title, 2001) for title in ALIKE))
    Path("export2.ris").write_text("".join(RIS.format(f"{title}: a survey", 2002) for title in ALIKE))

    def decided(scored, options, labels, note):
        journal = Journal(labels)
        for row, key in enumerate(scored.pairs.keys):
            journal.decide(key, scored.case(row), ANSWERS[row % 2])
        journal.close()
        return 0

    def fitting(*arguments):
        raise InputError("the cases are good to learn from")

    def unsure(name):  # of everything, whatever the model of the day says of these pairs
        return replace(papertwin.load(name), thresholds=Thresholds(1, 0, 1))

    monkeypatch.setattr("papertwin.works.choice.load", unsure)
    monkeypatch.setattr("papertwin.review.serve", decided)
    monkeypatch.setattr("papertwin.models.retrain.retrain", fitting)
    assert [command[0] for command in commands] == ["dedupe", "review", "dedupe", "train"]
    assert [cli.main(command) for command in commands] == [0, 0, 0, InputError.exit_code]
    said = capsys.readouterr().err
    assert said.rstrip().endswith("the cases are good to learn from")
    assert "labels are followed" in said
    assert Path("removed.csv").read_text().count("labelled as duplicates") >= 1


def test_the_readme_tells_of_no_other_commands():
    """What is not checked here is not told there."""
    known = ("papertwin ", "make ", "git clone ", "pip install ", "cd ", ". .venv/bin/activate")

    assert [line for line in shell_lines() if not line.startswith(known)] == []


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_the_readme_tells_of_every_command(command):
    assert any(line.startswith(f"papertwin {command} ") for line in shell_lines())


@pytest.mark.parametrize("target", re.findall(r"^([a-z-]+):.* ## ", MAKEFILE, re.MULTILINE))
def test_the_readme_tells_of_every_target(target):
    assert re.search(rf"\bmake {target}\b", README)


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_help_that_begins_with_an_example(command, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([command, "--help"])

    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert f"\npapertwin {command} " in said
    assert "\nexit codes: 0 " in said


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_argument_has_help(command):
    actions = parsers()[command]._actions

    assert [action.dest for action in actions if not action.help or action.help == argparse.SUPPRESS] == []


def test_the_list_of_commands_is_in_the_help(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    said = capsys.readouterr().out

    assert all(f"{name} " in said and what in said for name, what in cli.COMMANDS.items())


def test_the_python_session_of_the_readme_runs(monkeypatch):
    """Its answers are those that it shows."""
    monkeypatch.chdir(ROOT)
    session = "\n".join(block for block in blocks("python") if ">>>" in block)
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)

    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bpapertwin\.(\w+)\(", "\n".join(blocks("python"))))))
def test_every_name_of_the_library_in_the_readme_exists(name):
    assert name in papertwin.__all__


def test_examples_in_docstrings_are_true():
    """Under their modules' true names: as files they would be imported a second time."""
    with_examples = [
        f"{package}.{path.stem}".removesuffix(".__init__")
        for package in PACKAGES
        for path in ROOT.joinpath(*package.split(".")[1:]).glob("*.py")
        if ">>> " in path.read_text(encoding="utf-8")
    ]

    assert [name for name in with_examples if doctest.testmod(importlib.import_module(name)).failed] == []


def test_the_shipped_cases_are_as_many_as_the_readme_says():
    """The challenge cases, and the written pairs, which the errors' page counts as well."""
    cases, written = (len(read_cases(path)) for path in (CHALLENGE, WRITTEN))
    assert f"{cases:,} labelled cases" in README
    assert f"{written:,} of them were written for Papertwin" in README
    assert f"{written:,} pairs were written" in ROOT.joinpath("docs/errors.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("where", ["README.md", "papertwin dedupe --help"])
def test_what_is_merged_is_told_as_it_is(where):
    """The limits of merging are numbers in the text: the text is wrong when they change."""
    told = README if where == "README.md" else importlib.import_module("papertwin.dedupe").parser().format_help()
    said = " ".join(told.split())

    assert f"a probability of {LIMITS.merged} or more, {LIMITS.against} where the records contradict each other" in said
    assert f"files of {CROWD} records or more {LIMITS.lone} where neither has another candidate" in said
    assert "A record without a title is merged only where something else names the work" in said
    assert (
        "an identifier or address, the abstract, or journal and volume with the first page, or with issue and authors"
        in said
    )
