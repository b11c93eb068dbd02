"""The review's journal: what was said to be saved is on disk, whatever happens next."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path

import pytest

from papertwin.data.cases import read_cases
from papertwin.data.errors import InputError, OutputError
from papertwin.data.identity import pair_key
from papertwin.pages.journal import UNSURE, Journal

YES, NO = "DUPLICATES", "NOT DUPLICATES"


def pair(number):
    """A case as the page hands it over, and its key."""
    case = {
        "id": number,
        "doc_1": {"title": f"Foxes of valley {number}", "authors": ["Io Marsh"]},
        "doc_2": {"title": f"FOXES OF VALLEY {number}", "authors": None},
        "duplicate_probability": 0.5,
        "model": "work 12345678",
    }
    return pair_key(case["doc_1"], case["doc_2"]), case


def lines(path):
    return [json.loads(line) for line in path.read_bytes().splitlines() if line]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "labels.jsonl"


@pytest.fixture
def journal(path):
    opened = Journal(path, "Ada")
    yield opened
    opened.close()


def reopened(path):
    journal = Journal(path)
    journal.close()
    return journal


def test_a_decision_is_a_case_with_all_that_was_shown(journal, path):
    journal.decide(*pair(1), YES)
    (line,) = lines(path)
    assert datetime.fromisoformat(line.pop("labelled_at")).utcoffset().total_seconds() == 0
    assert line == pair(1)[1] | {"decision": YES, "labeller": "Ada"}


def test_a_decision_is_synced_before_it_is_known(journal, path, monkeypatch):
    """Whoever asks during the sync is told that nothing is decided yet."""
    seen = []
    sync = os.fsync
    key, case = pair(1)
    monkeypatch.setattr(os, "fsync", lambda file: (seen.append((lines(path), journal.answer(key))), sync(file)))
    journal.decide(key, case, YES)
    ((on_disk, answer),) = seen
    assert len(on_disk) == 1
    assert answer is None
    assert journal.answer(key) == YES


def test_the_file_is_read_as_labelled_cases(journal, path):
    journal.decide(*pair(1), YES)
    journal.decide(*pair(2), NO)
    journal.decide(*pair(3), UNSURE)
    assert [case.label for case in read_cases(path)] == [True, False, None]


def test_the_latest_line_of_a_pair_counts(journal, path):
    key, case = pair(1)
    journal.decide(key, case, YES)
    journal.decide(key, case, NO)
    journal.close()
    assert journal.answer(key) == reopened(path).answer(key) == NO
    assert len(lines(path)) == 2
    assert [case["decision"] for case in journal.labelled()] == [NO]


def test_pairs_that_share_an_id_do_not_replace_each_other(journal, path):
    """Every file of doubtful pairs numbers them from 1, and a journal may serve several of them."""
    first, second = pair(1), pair(2)
    journal.decide(*first, YES)
    journal.decide(second[0], second[1] | {"id": 1}, NO)
    assert [case.label for case in read_cases(path)] == [True, False]


def test_undo_goes_back_answer_by_answer_and_only_adds_lines(journal, path):
    key, case = pair(1)
    for answer in (YES, UNSURE, NO):
        journal.decide(key, case, answer)
    assert [journal.undo(key, case) for _ in range(3)] == [UNSURE, YES, None]
    with pytest.raises(KeyError, match="nothing to undo"):
        journal.undo(key, case)
    assert [line["decision"] for line in lines(path)] == [YES, None, NO, None, YES, None]
    assert journal.labelled() == []


def test_what_was_undone_before_a_restart_stays_undone_and_can_be_undone_further(journal, path):
    key, case = pair(1)
    journal.decide(key, case, YES)
    journal.decide(key, case, NO)
    journal.undo(key, case)
    journal.close()
    again = Journal(path)
    assert again.answer(key) == YES
    assert again.undo(key, case) is None
    again.close()


def test_the_two_records_of_a_pair_may_change_sides(journal):
    key, case = pair(1)
    journal.decide(key, case, YES)
    assert journal.answer(pair_key(case["doc_2"], case["doc_1"])) == YES


def test_a_clock_that_is_set_back_does_not_make_an_older_line_count(path):
    future = "2999-01-01T00:00:00.000000+00:00"
    path.write_text(json.dumps(pair(1)[1] | {"decision": YES, "labelled_at": future}) + "\n", encoding="utf-8")
    again = Journal(path)
    again.decide(*pair(1), NO)
    again.close()
    first, second = (line["labelled_at"] for line in lines(path))
    assert first < second


def test_a_line_that_was_cut_off_is_told_and_does_not_spoil_the_next(path):
    """As a machine leaves it that stops in the middle of a write."""
    whole = json.dumps(pair(1)[1] | {"decision": YES})
    path.write_text(f"{whole}\n{whole[:70]}", encoding="utf-8")
    told = []
    journal = Journal(path, note=told.append)
    assert "line 2: cut off" in told[0]
    journal.decide(*pair(2), NO)
    journal.close()
    again = reopened(path)
    assert [again.answer(pair(number)[0]) for number in (1, 2)] == [YES, NO]
    assert len(read_cases(path).rejects) == 1


def test_a_last_line_that_only_lacks_its_end_counts(path):
    path.write_text(json.dumps(pair(1)[1] | {"decision": YES}), encoding="utf-8")
    journal = Journal(path)
    journal.decide(*pair(2), NO)
    journal.close()
    assert [line["decision"] for line in lines(path)] == [YES, NO]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_error_and_nothing_is_decided(tmp_path, monkeypatch):
    link = tmp_path / "labels.jsonl"
    link.symlink_to("/dev/full")
    monkeypatch.setattr(Journal, "_read", lambda journal, note: False)  # it can be read without end
    journal = Journal(link)
    key, case = pair(1)
    with pytest.raises(OutputError, match=r"^labels.jsonl: the disk is full"):
        journal.decide(key, case, YES)
    assert journal.answer(key) is None
    assert journal.labelled() == []
    journal.close()


def test_a_write_that_fails_halfway_leaves_no_half_line(journal, path, monkeypatch):
    """A disk that fills in the middle of a line; once there is room, decisions are saved again."""
    write = os.write
    room = [30]

    def filling(file, data):
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = write(file, bytes(data)[: room[0]])
        room[0] -= written
        return written

    journal.decide(*pair(1), YES)
    monkeypatch.setattr(os, "write", filling)
    with pytest.raises(OutputError):
        journal.decide(*pair(2), NO)
    assert [line["id"] for line in lines(path)] == [1]
    assert journal.answer(pair(2)[0]) is None
    room[0] = 10_000
    journal.decide(*pair(2), NO)
    assert [line["id"] for line in lines(path)] == [1, 2]


def test_a_half_line_that_cannot_be_taken_back_does_not_spoil_the_next(journal, path, monkeypatch):
    write = os.write
    failing = [True]

    def torn(file, data):
        if failing[0]:
            failing[0] = False
            return write(file, bytes(data)[:30])
        raise OSError(errno.EIO, "Input/output error")

    def no_truncate(file, size):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", torn)
        patch.setattr(os, "ftruncate", no_truncate)
        with pytest.raises(OutputError):
            journal.decide(*pair(1), YES)
    journal.decide(*pair(2), NO)
    journal.close()
    assert reopened(path).answer(pair(2)[0]) == NO


def test_a_sync_that_fails_is_no_decision(journal, path, monkeypatch):
    def fails(file):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(OutputError, match="writing failed"):
            journal.decide(*pair(1), YES)
    assert journal.answer(pair(1)[0]) is None
    assert lines(path) == []


def test_many_threads_lose_and_mix_nothing(journal, path):
    threads = [
        threading.Thread(target=lambda start=start: [journal.decide(*pair(n), YES) for n in range(start, start + 20)])
        for start in (0, 20, 40, 60)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = lines(path)
    assert sorted(line["id"] for line in found) == list(range(80))
    times = [line["labelled_at"] for line in found]
    assert times == sorted(set(times))


def test_a_killed_process_loses_nothing_that_it_said(path):
    """SIGKILL while it writes as fast as it can: all that it printed as saved is in the file."""
    script = (
        "import sys\n"
        "from papertwin.pages.journal import Journal\n"
        "from papertwin.data.identity import pair_key\n"
        "journal = Journal(sys.argv[1])\n"
        "for n in range(100_000):\n"
        "    case = {'id': n, 'doc_1': {'title': f'Foxes {n}'}, 'doc_2': {'title': 'x' * 5000}}\n"
        "    journal.decide(pair_key(case['doc_1'], case['doc_2']), case, 'DUPLICATES')\n"
        "    print(n, flush=True)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True)
    said = [int(process.stdout.readline()) for _ in range(40)]
    process.send_signal(signal.SIGKILL)
    said += [int(line) for line in process.stdout.read().splitlines()]
    process.wait()
    process.stdout.close()
    journal = Journal(path)
    journal.close()
    kept = {case["id"] for case in journal.labelled()}
    assert said
    assert set(said) <= kept


def test_a_second_process_is_told_that_the_file_is_in_use(journal, path):
    with pytest.raises(InputError, match="another papertwin review"):
        Journal(path)


@pytest.mark.parametrize("name", ["labels.json", "labels.csv", "labels", "labels.jsonl.gz"])
def test_only_json_lines_can_be_added_to(tmp_path, name):
    with pytest.raises(InputError, match=r"\.jsonl"):
        Journal(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", ['{"title": "a record"}\n', "id,title\n1,Foxes\n", '{"doc_1": 3, "doc_2": {}}\n', '["doc_1"]\n']
)
def test_a_file_of_something_else_is_not_added_to(path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"labels\.jsonl, line 1: this is no case"):
        Journal(path)
    assert path.read_text(encoding="utf-8") == text


def test_a_label_that_is_none_is_refused(path):
    path.write_text(json.dumps(pair(1)[1] | {"decision": "perhaps"}) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 1: 'perhaps' is no label"):
        Journal(path)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(InputError, match="--labels"):
        Journal(tmp_path / "away" / "labels.jsonl")


def test_a_labelled_file_of_another_tool_counts(path):
    """Written by hand, without times; its decisions are on the page from the start."""
    path.write_text(json.dumps(pair(1)[1] | {"decision": None, "label": "duplicate"}) + "\n", encoding="utf-8")
    assert reopened(path).answer(pair(1)[0]) == YES
