"""papertwin predict, as a user meets it: answers, notes, rejects, exit codes."""

import argparse
import csv
import gzip
import io
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

from papertwin import cli, predict, scoring
from papertwin.data import named
from papertwin.data.files.layouts import ADDED
from papertwin.data.files.rows import batches
from papertwin.data.pairs import PairFile

FOX = {"id": "f1", "title": "Foxes of the lower valley: a census", "authors": ["Io Marsh"], "publication_date": "2001"}
FOX_AGAIN = {
    "id": "f2",
    "title": "Foxes of the Lower Valley: A Census.",
    "authors": ["Marsh, I."],
    "publication_date": "2001-05",
}
BAT = {"id": "b1", "title": "Echoes in limestone caves", "authors": ["Uma Teal"], "publication_date": "2014"}
SAME = {"doc_1": FOX, "doc_2": FOX_AGAIN, "id": 1}
OTHER = {"doc_1": FOX, "doc_2": BAT, "id": 2}
COMMAND = [sys.executable, "-m", "papertwin.cli", "predict"]


def lines(*cases):
    return "".join(json.dumps(case) + "\n" for case in cases)


@pytest.fixture
def pairs(tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text(lines(SAME, OTHER))
    return path


def run(capsys, *arguments):
    """Exit code, standard output and the lines of standard error."""
    code = predict.main([*map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err.splitlines()


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_an_option_that_takes_one_value_is_refused_where_it_is_given_twice(command, capsys):
    """Hard because the first would be dropped in silence, even where both are alike."""
    made = import_module(f"papertwin.{command}").parser()
    files = ["in.json"] if any(not action.option_strings for action in made._actions) else []
    for action in made._actions:
        if (
            action.option_strings
            and action.nargs in {None, "?", "+"}
            and not isinstance(action, argparse._AppendAction)
        ):
            value = next(iter(action.choices)) if action.choices else "1"
            for option in action.option_strings:
                with pytest.raises(SystemExit, match="2"):
                    made.parse_args([*files, option, value, action.option_strings[0], value])
                said = capsys.readouterr().err
                assert f"{action.option_strings[0]} is given twice" in said
                made.parse_args([*files, option, value])


def test_answers_come_as_json_lines(pairs, capsys):
    """Without -o every row is written to standard output, with probability, decision and model; notes go elsewhere."""
    code, out, notes = run(capsys, pairs)
    same, other = map(json.loads, out.splitlines())

    assert code == 0
    assert same["duplicate_probability"] > other["duplicate_probability"]
    assert "DUPLICATES" == same["predicted_decision"] != other["predicted_decision"]
    assert re.fullmatch("work [0-9a-f]{8}", same["model"])
    assert {name: same[name] for name in SAME} == SAME
    assert f"papertwin: model {same['model']}, convention work" == notes[0]
    assert re.fullmatch(r"papertwin: 2 pairs scored \(1 DUPLICATES, 1 [A-Z ]+\), 0 rejected", notes[-1])


@pytest.mark.parametrize("command", ["predict", "explain", "review", "evaluate", "train", "check"])
def test_the_model_is_named_first(command, tmp_path, monkeypatch, capsys):
    """Before what is said of the input: a mistaken model shows at once. Training and checking name their base."""
    monkeypatch.chdir(tmp_path)
    Path("pairs.csv").write_text("title_1,title_2,mood_1,mood_2\nMoss,Moss,a,b\n")
    more = ["--static", "page.html"] if command == "review" else []
    code = cli.main([command, "pairs.csv", *more])
    first, *others = capsys.readouterr().err.splitlines()

    assert code == (2 if command in {"evaluate", "train", "check"} else 0)  # these miss decisions
    assert re.match(r"papertwin: model work [0-9a-f]{8}(, convention work|: you decide by convention work)", first)
    assert any("pairs.csv: not compared, because no field is called so: mood" in line for line in others)


def test_quiet_says_nothing(pairs, capsys):
    """With --quiet a run without rejects leaves standard error empty."""
    assert run(capsys, pairs, "--quiet")[2] == []


def test_standard_input_gives_the_same_answers(pairs, capsys, monkeypatch):
    """A dash reads standard input, packed or not."""
    expected = run(capsys, pairs)[1]
    for content in (pairs.read_bytes(), gzip.compress(pairs.read_bytes())):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))

        assert expected == run(capsys, "-", "-o", "-")[1]


def test_a_threshold_leaves_nothing_to_review(pairs, capsys):
    """--threshold T calls everything from T on DUPLICATES and all else NOT DUPLICATES."""
    for threshold, decision in (("0", "DUPLICATES"), ("1", "NOT DUPLICATES")):
        out = run(capsys, pairs, "--threshold", threshold)[1]

        assert {decision} == {json.loads(line)["predicted_decision"] for line in out.splitlines()}


def test_the_other_model_names_itself(pairs, capsys):
    """--model record answers under the other convention and says so."""
    _, out, notes = run(capsys, pairs, "--model", "record")

    assert json.loads(out.splitlines()[0])["model"].startswith("record ")
    assert notes[0].endswith("convention record")


@pytest.mark.parametrize(("given", "model"), [([], "record"), (["--model", "work"], "work")])
def test_doubtful_pairs_are_scored_by_the_model_that_doubted_them(tmp_path, capsys, given, model):
    """The rows that dedupe writes name their convention; --model overrules it."""
    doubtful = tmp_path / "doubtful.json"
    doubtful.write_text(json.dumps({"cases": [{"doc_1": {"title": "Roots"}, "doc_2": {}, "convention": "record"}]}))
    assert f"model {model} " in run(capsys, doubtful, *given)[2][0]


@pytest.mark.parametrize("kind", ["cases", "ids"])
def test_processes_and_batches_do_not_change_an_answer(tmp_path, capsys, monkeypatch, kind):
    """One process or two, batches small or large: the same bytes, to the last digit, in the same order.

    What is told is the same too: values that could not be read, rows that name nothing or an empty record.
    """
    records = [
        {
            "id": str(n),
            "title": f"Foxes of valley {n % 7}",
            "abstract": f"word {n} " * 20,
            "publication_date": str(1990 + n % 9) if n % 5 else "soon",
        }
        for n in range(60)
    ]
    records[7] = {"id": "7", "title": " "}
    path, more = tmp_path / "pairs.jsonl", []
    if kind == "cases":
        path.write_text(
            lines(*({"doc_1": records[n], "doc_2": records[n * 7 % 60], "n": n} for n in range(60)), {"bad": 1})
        )
    else:
        (tmp_path / "records.jsonl").write_text(lines(*records))
        path.write_text(lines(*({"id_1": str(n), "id_2": str(n * 7 % 61)} for n in range(60))))
        more = ["--records", tmp_path / "records.jsonl"]
    found = set()
    for size, jobs in ((1, 1), (700, 1), (1 << 20, 1), (700, 2), (5000, 2)):
        monkeypatch.setattr(PairFile, "batches", lambda self, size=size: batches(self.rows, size))
        monkeypatch.setattr(named, "BATCH", size // 100 + 1)
        code, out, notes = run(capsys, path, "--jobs", jobs, *more)
        found.add((code, out, tuple(notes)))

    assert len(found) == 1
    assert code == cli.REJECTS
    assert len(out.splitlines()) >= 57
    assert any("values that could not be read" in note for note in notes)
    assert any("7" in note and "no content" in note for note in notes) or kind == "cases"


def test_a_process_that_dies_is_told(tmp_path, capsys, monkeypatch):
    """When the system ends a process, the command does not hang: it fails with a sentence and leaves nothing."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(lines(*[SAME] * 20))
    monkeypatch.setattr(PairFile, "batches", lambda self: batches(self.rows, 1))
    monkeypatch.setattr(scoring.Scorer, "__call__", lambda self, batch: os.kill(os.getpid(), signal.SIGKILL))
    code, _, notes = run(capsys, path, "-o", tmp_path / "out.jsonl", "--jobs", 2)

    assert code == 1
    assert "try --jobs 1" in notes[-1]
    assert os.listdir(tmp_path) == ["pairs.jsonl"]


def test_rejects_go_beside_the_output(tmp_path, capsys):
    """Rows that cannot be read go to OUTPUT.rejected.jsonl with line, reason and text; the rest is scored; code 3."""
    path, out = tmp_path / "pairs.jsonl", tmp_path / "out.csv"
    path.write_text(lines(SAME) + "{oops\n" + lines({"doc_1": FOX, "doc_2": {"title": "  ", "authors": []}}, OTHER))
    code, _, notes = run(capsys, path, "-o", out)
    rejects = [json.loads(line) for line in (tmp_path / "out.csv.rejected.jsonl").read_text().splitlines()]

    assert code == cli.REJECTS
    assert [reject["line"] for reject in rejects] == [2, 3]
    assert rejects[0]["text"] == "{oops"
    assert rejects[1]["reason"] == "its doc_2 has no content"
    assert notes[-1].endswith(f"2 rejected (see {out}.rejected.jsonl)")
    assert run(capsys, path, "-o", out, "--force", "--rejects", "-")[2][-1].endswith("2 rejected (see standard output)")
    assert "2 pairs scored" in notes[-1]
    assert len(out.read_text().splitlines()) == 3


def test_rejects_go_where_they_are_sent(tmp_path, capsys):
    """With output on standard output, rejects go to --rejects FILE, else to standard error, even when quiet."""
    path = tmp_path / "pairs.jsonl"
    path.write_text("{oops\n" + lines(SAME))

    _, _, notes = run(capsys, path, "--quiet")
    assert notes[0].startswith(f"papertwin: {path}, line 1 rejected: not valid JSON")
    assert "line 1 column" not in notes[0]  # which is not the file's
    assert notes[-1].startswith("papertwin: 1 pair scored (1 DUPLICATES), 1 rejected")

    code, out, notes = run(capsys, path, "-o", "-", "--rejects", tmp_path / "bad.jsonl")
    assert code == cli.REJECTS
    assert len(out.splitlines()) == 1
    assert '"line":1' in (tmp_path / "bad.jsonl").read_text().replace(" ", "")
    assert not any("line 1 rejected" in note for note in notes)
    code, _, notes = run(capsys, path, "--rejects", tmp_path / "bad.jsonl")
    assert (code, "bad.jsonl: the file exists" in notes[-1]) == (2, True)


def test_a_stale_reject_file_is_removed(tmp_path, pairs, capsys):
    """A run without rejects does not leave those of an earlier run lying beside its output; --force replaces both."""
    damaged, out = tmp_path / "damaged.jsonl", tmp_path / "out.jsonl"
    damaged.write_text("{oops\n" + lines(SAME))
    stale = tmp_path / "out.jsonl.rejected.jsonl"
    assert run(capsys, damaged, "-o", out)[0] == cli.REJECTS
    assert stale.exists()

    assert run(capsys, pairs, "-o", out, "--force")[0] == 0
    assert not stale.exists()


@pytest.mark.parametrize("options", [[], ["--rejects", "mine.jsonl"]])
def test_what_is_where_rejects_would_go_is_kept(tmp_path, pairs, capsys, options, monkeypatch):
    """Without --force nothing is done; with it a file that holds no rejects is nobody's to remove."""
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / (options[1] if options else "out.jsonl.rejected.jsonl")
    mine.write_text('{"mine": true}\n')

    code, _, notes = run(capsys, pairs, "-o", "out.jsonl", *options)
    assert (code, f"{mine.name}: the file exists" in notes[-1]) == (2, True)
    assert not (tmp_path / "out.jsonl").exists()
    assert run(capsys, pairs, "-o", "out.jsonl", *options, "--force")[0] == 0
    assert mine.read_text() == '{"mine": true}\n'


@pytest.mark.parametrize("target", [None, "out.jsonl", "out.csv"])
def test_strict_stops_and_writes_nothing(tmp_path, capsys, target):
    """--strict ends at the first row that cannot be read, names it, writes nothing at all, and exits with 1."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(lines(*[SAME] * 3) + "{oops\n{again\n")
    code, out, notes = run(capsys, path, "--strict", *(["-o", tmp_path / target] if target else []))

    assert (code, out) == (1, "")
    assert re.search(r"pairs\.jsonl, line 4: not valid JSON.*nothing was written, because of --strict", notes[-1])
    assert os.listdir(tmp_path) == ["pairs.jsonl"]


def test_strict_writes_all_where_all_can_be_read(pairs, capsys):
    """--strict changes nothing about a good file."""
    assert run(capsys, pairs)[:2] == run(capsys, pairs, "--strict")[:2]


def test_unreadable_values_are_counted_and_never_reject(tmp_path, capsys):
    """A date "in press" or a nested title costs no row: such values are counted by field."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(
        lines({"doc_1": FOX | {"publication_date": "in press"}, "doc_2": FOX | {"title": {"en": "x"}}}, SAME)
    )
    code, out, notes = run(capsys, path)

    assert (code, len(out.splitlines())) == (0, 2)
    assert any("could not be read" in note and "publication_date 1" in note and "title 1" in note for note in notes)


def test_no_cases_is_no_failure(tmp_path, capsys):
    """An empty list of cases is scored: there is nothing, and a note says so."""
    path = tmp_path / "none.json"
    path.write_text('{"cases": []}')
    code, out, notes = run(capsys, path)

    assert (code, out) == (0, "")
    assert any("there are no pairs in it" in note for note in notes)


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_table_without_rows_keeps_its_columns(suffix, tmp_path, capsys):
    path, out = tmp_path / "pairs.csv", tmp_path / f"answers.{suffix}"
    path.write_text("title_1,title_2,note\n", encoding="utf-8")

    assert run(capsys, path, "-o", out)[0] == 0
    frame = pd.read_parquet(out) if suffix == "parquet" else pd.read_csv(out)
    assert list(frame.columns) == ["title_1", "title_2", "note", *ADDED]
    assert frame.empty


@pytest.mark.parametrize(
    "arguments", [[], ["a", "--threshold", "2"], ["a", "--jobs", "0"], ["a", "--jobs", "x"], ["a", "--nope"]]
)
def test_wrong_use_exits_with_2(arguments, capsys):
    """What the command line cannot mean is wrong use."""
    with pytest.raises(SystemExit) as stop:
        predict.main(arguments)

    assert stop.value.code == 2
    assert "usage: papertwin predict" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["predict", "explain"])
def test_what_is_not_there_is_the_only_thing_told(command, capsys):
    """Before a model is loaded and announced."""
    assert cli.main([command, "nowhere.csv"]) == 2
    assert capsys.readouterr().err == "papertwin: nowhere.csv: there is no such file: check the name and the folder\n"


@pytest.mark.parametrize(
    ("arguments", "usage"), [(["help"], "papertwin COMMAND"), (["help", "train"], "papertwin train")]
)
def test_help_is_a_word_too(arguments, usage, capsys):
    """As people type it."""
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)

    assert not stop.value.code
    assert capsys.readouterr().out.startswith(f"usage: {usage}")


def test_help_begins_with_an_example(capsys):
    """The first thing that the help shows, below the usage, can be typed."""
    with pytest.raises(SystemExit):
        predict.main(["--help"])

    assert capsys.readouterr().out.split("\n\n")[1].startswith("papertwin predict cases.json -o")


def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path):
    """`papertwin predict ... | head -1` prints no error."""
    path = tmp_path / "pairs.jsonl"
    path.write_text(lines(*[SAME | {"pad": "x" * 5000}] * 500))
    with subprocess.Popen([*COMMAND, str(path), "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline()
        process.stdout.close()

        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_an_interruption_while_a_command_is_imported_is_one(monkeypatch, capsys):
    """Ctrl-C in the first second ends it as later: no traceback."""

    def interrupted(name):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "import_module", interrupted)

    assert cli.main(["predict", "pairs.csv"]) == cli.INTERRUPTED
    assert capsys.readouterr().err == "papertwin: interrupted\n"


def test_a_full_standard_output_is_told(pairs):
    """Redirected to a full disk, the command fails with one sentence."""
    if not Path("/dev/full").exists():
        pytest.skip("a device of Linux")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, str(pairs), "--quiet"], stdout=full, stderr=subprocess.PIPE, check=False)

    assert done.returncode == 1
    assert [line[:44] for line in done.stderr.splitlines()] == [b"papertwin: standard output: the disk is full"]


@pytest.mark.parametrize(("closed", "code", "answered"), [("2>&-", 0, True), (">&-", 2, False), (">&- 2>&-", 2, False)])
def test_a_closed_stream_mixes_no_notes_with_answers(pairs, closed, code, answered):
    """As services may start it: without standard error notes go nowhere, without standard output that is told."""
    script = shlex.join([*COMMAND, str(pairs)])
    done = subprocess.run(["sh", "-c", f"{script} {closed}"], capture_output=True, check=False)

    assert done.returncode == code
    assert ["duplicate_probability" in json.loads(line) for line in done.stdout.splitlines()] == [True, True] * answered
    assert b"Traceback" not in done.stderr
    if "2>" not in closed:
        assert done.stderr.splitlines()[-1] == b"papertwin: standard output is closed: name a file for the output"


@pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_no_file_of_a_run_takes_the_place_of_a_closed_stream(tmp_path, closed):
    """What a library warns of on standard error would stand in the output."""
    takes = f"os.open({str(tmp_path / 'out')!r}, os.O_CREAT | os.O_WRONLY) <= 2"
    script = shlex.join(
        [sys.executable, "-c", f"import os, sys; from papertwin import cli; sys.exit(cli.run(lambda: {takes}))"]
    )

    assert subprocess.run(["sh", "-c", f"{script} {closed}"], check=False).returncode == 0


def test_a_file_is_written_where_standard_output_is_closed(pairs, tmp_path):
    script = shlex.join([*COMMAND, str(pairs), "-o", str(tmp_path / "out.jsonl")])
    subprocess.run(["sh", "-c", f"{script} >&-"], check=True, stderr=subprocess.DEVNULL)

    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("number", "code", "said"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_an_interruption_leaves_nothing(tmp_path, number, code, said, jobs):
    """Ctrl-C and a polite end stop the command with their codes and a word.

    No part of the output stays, and no process.
    """
    os.mkfifo(tmp_path / "pairs.jsonl")
    process = subprocess.Popen(
        [*COMMAND, str(tmp_path / "pairs.jsonl"), "-o", str(tmp_path / "out.jsonl"), "--jobs", jobs],
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  what runs the tests may ignore it
    )
    with process, (tmp_path / "pairs.jsonl").open("wb", buffering=0) as pipe:
        pipe.write(lines(*[SAME] * 9000).encode())  # more than is looked at before the output is begun
        process.send_signal(number)

        assert code == process.wait(60)
        told = process.stderr.read().decode()  # its end comes when all processes have ended
        assert told.splitlines()[-1] == f"papertwin: {said}"
        assert "Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert os.listdir(tmp_path) == ["pairs.jsonl"]


def test_a_terminal_shows_a_table(pairs):
    """Where standard output is a terminal, the answers are a table to read."""
    ours, theirs = pty.openpty()
    subprocess.run([*COMMAND, str(pairs)], stdout=theirs, stderr=subprocess.DEVNULL, check=True)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode()
    os.close(ours)

    assert shown.split()[:2] == ["duplicate", "decision"]
    assert "Echoes in limestone caves" in shown


def imported(*arguments):
    """The modules that a run of the command imports."""
    code = (
        "import contextlib, sys\nfrom papertwin.cli import main\n"
        f"with contextlib.suppress(SystemExit): main({list(arguments)!r})\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr.split())


def test_scoring_imports_nothing_that_it_does_not_need(pairs):
    """Scoring JSON starts without pandas, scikit-learn, pyarrow, lxml and matplotlib."""
    assert not imported("predict", str(pairs)) & {"pandas", "sklearn", "pyarrow", "lxml", "matplotlib", "onnx", "tqdm"}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_nothing_heavy(option):
    """The command's help and version answer without numpy."""
    assert not imported(option) & {"numpy", "msgspec", "onnxruntime", "pandas"}


EXPORTED = {
    "id": ["a", "b"],
    "Title": ["Foxes of the lower valley", "Foxes of the Lower Valley."],
    "Authors": ["Marsh, I.; Otter, B.", "Marsh I, Otter B"],
    "Year": ["2001", "2001"],
    "Source title": ["Journal of Foxes", "J. Foxes"],
    "Page start": ["12", "12"],
    "Page end": ["19", ""],
    "PubMed ID": ["11234567", "11234567.0"],
    "Link": ["https://a.example/1; https://b.example/2", "https://b.example/2"],
    "Abstract": ["Foxes were counted in 1999 and in 2000.", ""],
}


def test_pairs_of_ids_and_pairs_in_columns_are_answered_alike(tmp_path, capsys):
    """The same two records, once in a table of records and once in paired columns, under the names of an export."""
    records, wide, ids = (tmp_path / f"{name}.csv" for name in ("records", "wide", "ids"))
    records.write_text(delimited([[*EXPORTED], *zip(*EXPORTED.values(), strict=True)]))
    columns = [f"{name}_{side}" for side in (1, 2) for name in EXPORTED]
    wide.write_text(delimited([columns, [cells[side] for side in (0, 1) for cells in EXPORTED.values()]]))
    ids.write_text("id_1,id_2\na,b\n")
    answers = [run(capsys, *arguments)[1] for arguments in ([wide], [ids, "--records", records])]
    one, other = (json.loads(answer)["duplicate_probability"] for answer in answers)

    assert one == other


@pytest.mark.parametrize("command", ["predict", "predict --explain", "explain", "review", "evaluate"])
def test_two_tables_that_share_ids_are_those_of_the_two_sides(command, tmp_path, monkeypatch, capsys):
    """In every command that takes --records, and a line says so: Magellan's tables both begin with the id 0."""
    monkeypatch.chdir(tmp_path)
    Path("tableA.csv").write_text("id,title,year\n0,Foxes of the lower valley: a census,1999\n1,Moss,2001\n")
    Path("tableB.csv").write_text("id,title,year\n1,Foxes of the Lower Valley: A Census.,1999\n0,Rain,2015\n")
    Path("train.csv").write_text("ltable_id,rtable_id,label\n0,1,1\n1,0,0\n")
    name, *more = command.split() + (["--static", "page.html"] if command == "review" else [])
    code = cli.main([name, "train.csv", "--records", "tableA.csv", "--records", "tableB.csv", *more])
    out, err = capsys.readouterr()

    assert code == 0
    assert "ltable_id is looked up in tableA.csv, rtable_id in tableB.csv" in err
    if name == "predict":
        assert [json.loads(line)["predicted_decision"] for line in out.splitlines()] == ["DUPLICATES", "NOT DUPLICATES"]


def delimited(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def test_columns_that_are_not_compared_are_told_even_when_quiet(tmp_path, capsys):
    """Whoever calls titles Titel would have pairs judged by the rest, and know nothing of it."""
    path = tmp_path / "own.csv"
    path.write_text("Titel_1,Titel_2,year_1,year_2\na,a,2001,2001\n", encoding="utf-8")
    assert predict.main([str(path), "-o", str(tmp_path / "out.csv"), "--quiet", "--jobs", "1"]) == 0
    assert "own.csv: not compared, because no field is called so: Titel" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("columns", "remark"),
    [
        ("title_1,titel_2,doi_1,doi_2", "title_1 has no partner (not understood: titel_2)"),
        ("title_1,title_2,date_1,year_1", "date_1 and year_1 have no partners"),
        ("left_title,right_title,left_authors,right_auhtors", "left_authors has no partner (not understood: right_auh"),
    ],
)
def test_a_column_without_a_partner_is_told(columns, remark, tmp_path, capsys):
    """A misspelt name, or one of the wrong side, would take a field out of the comparison in silence."""
    path = tmp_path / "own.csv"
    path.write_text(f"{columns}\nA,B,C,D\n", encoding="utf-8")
    predict.main([str(path), "-o", str(tmp_path / "out.csv"), "--quiet"])
    assert f"papertwin: {path}: {remark}" in capsys.readouterr().err


def test_partners_may_have_other_names_or_parts(tmp_path, capsys):
    """Two databases call a field by two names, and one of them has its pages in two columns; ids need no partner."""
    path = tmp_path / "own.csv"
    columns = "id_1,title_1,article_title_2,date_1,year_2,pages_1,first_page_2,last_page_2,mine_1"
    path.write_text(f"{columns}\nk,Eels,Eels,1999,1999,1-2,1,2,x\n", encoding="utf-8")
    predict.main([str(path), "-o", str(tmp_path / "out.csv"), "--quiet"])
    assert capsys.readouterr().err == ""
