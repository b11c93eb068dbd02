"""No output over another, over an input, or over standard output, in any command and under any spelling of a path."""

import os

import pytest

from papertwin import cli

CASES = (
    '{"title_1": "Foxes of the lower valley", "title_2": "Foxes of the Lower Valley", "decision": "DUPLICATES"}\n'
    '{"title_1": "Foxes of the lower valley", "title_2": "Kelp after the storm", "decision": "NOT DUPLICATES"}\n'
)
RECORDS = '{"id": 1, "title": "Foxes of the lower valley"}\n{"id": 2, "title": "Kelp after the storm"}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder to work in, with a file of cases, one of records and a link to it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cases.jsonl").write_text(CASES)
    (tmp_path / "records.jsonl").write_text(RECORDS)
    (tmp_path / "link.jsonl").symlink_to("records.jsonl")
    (tmp_path / "sub").mkdir()


@pytest.fixture
def told(tmp_path, capsys):
    """Runs a command that must change nothing; the exit code and the last line on standard error."""

    def run(*arguments):
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        code = cli.main(arguments)
        captured = capsys.readouterr()
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
        assert captured.out == ""
        return code, captured.err.splitlines()[-1]

    return run


@pytest.mark.parametrize(
    "arguments",
    [
        ("predict", "cases.jsonl", "-o", "sub/../cases.jsonl"),
        ("predict", "cases.jsonl", "-o", "out.jsonl", "--rejects", "./cases.jsonl"),
        ("predict", "cases.jsonl", "--records", "records.jsonl", "-o", "link.jsonl"),
        ("dedupe", "records.jsonl", "-o", "link.jsonl"),
        ("dedupe", "records.jsonl", "-o", "out.jsonl", "--counts", "records.jsonl"),
        ("dedupe", "records.jsonl", "-o", "out.jsonl", "--against", "cases.jsonl", "--report", "./cases.jsonl"),
        ("dedupe", "records.jsonl", "-o", "out.jsonl", "--labels", "cases.jsonl", "--rejects", "./cases.jsonl"),
        ("dedupe", "--split", "records.jsonl", "-o", "./records.jsonl"),
        ("check", "cases.jsonl", "-o", "./cases.jsonl"),
        ("evaluate", "cases.jsonl", "-o", "./cases.jsonl"),
        ("review", "cases.jsonl", "--static", "./cases.jsonl"),
        ("review", "cases.jsonl", "--labels", "records.jsonl", "--static", "link.jsonl"),
        ("train", "cases.jsonl", "--report", "./cases.jsonl"),
    ],
)
def test_an_input_is_never_an_output(arguments, told):
    """Not even with --force, which is for what an earlier run has left: a slip would cost the only copy."""
    code, last = told(*arguments, "--force")
    assert code == 2
    assert last.endswith("the same command reads this file: give the output a name of its own")


@pytest.mark.parametrize(
    "arguments",
    [
        ("dedupe", "records.jsonl", "-o", "x.jsonl", "--removed", "./x.jsonl"),
        ("dedupe", "records.jsonl", "-o", "sub/x.jsonl", "--review", f"{os.curdir}/sub/../sub/x.jsonl"),
        ("dedupe", "records.jsonl", "-o", "x.jsonl", "--removed", "z.jsonl", "--rejects", "z.jsonl"),
        ("dedupe", "records.jsonl", "-o", "x.jsonl", "--removed", "x.jsonl.rejected.jsonl"),
        ("dedupe", "records.jsonl", "-o", "x.jsonl", "--counts", "-", "--report", "-"),
        ("dedupe", "records.jsonl", "--counts", "-"),
        ("predict", "cases.jsonl", "-o", "x.jsonl", "--rejects", "./x.jsonl"),
        ("predict", "cases.jsonl", "--rejects", "-"),
        ("evaluate", "cases.jsonl", "--json", "-o", "-"),
        ("importances", "--plot", "-"),
        ("train", "cases.jsonl", "--report", "-"),
    ],
)
def test_two_outputs_never_share_a_place(arguments, told):
    """Whatever they are called; standard output is a place like others."""
    code, last = told(*arguments)
    assert code == 2
    assert last.endswith("two outputs cannot share a file: give each a name of its own")


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [
        (("dedupe", "records.jsonl", "-o", "w.jsonl", "--counts", "-"), '{"'),
        (("dedupe", "records.jsonl", "-o", "w.jsonl", "--report", "-"), "# deduplication"),
        (("dedupe", "records.jsonl", "-o", "w.jsonl", "--removed", "-"), ""),
        (("review", "cases.jsonl", "--static", "-"), "<!doctype html>"),
    ],
)
def test_a_dash_is_standard_output(arguments, beginning, tmp_path, capsys):
    """For every output, not for the first alone: no file called - is left."""
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out.casefold().startswith(beginning)
    assert not (tmp_path / "-").exists()
