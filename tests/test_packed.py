"""Packed records: taken again they are what was packed, to the last bit."""

import pickle
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papertwin.data.columns.column import TokenSets
from papertwin.data.fields import FIELDS, RECORD_FIELDS, prepare
from papertwin.data.kept import Kept, Stored
from papertwin.data.packed import PackedRecords, Packing
from papertwin.data.processes import CAN_FORK, in_processes
from papertwin.features import COMPARED

# Columns of other values, which no feature compares and no run of bytes holds.
OBJECTS = {"authors", "publication_date", "urls", "identifier_texts", "abstract_folded"}
NAMES = sorted({field.name for field in FIELDS} - OBJECTS)
ALPHABET = st.characters(exclude_categories=["Cs"])  # what was read as JSON holds no half characters
AWKWARD = st.sampled_from(["Roots of maize: part II", "Berg, A.; Dahl, B.", "2019-03", "NCT01234567", "王"])
TEXTS = AWKWARD | st.text(ALPHABET)
RECORDS = st.lists(st.dictionaries(st.sampled_from(RECORD_FIELDS), TEXTS | st.lists(TEXTS, max_size=3)), max_size=6)


def kept(packing, *batches):
    """What is packed batch by batch, in a file."""
    runs = Kept()
    for batch in batches:
        for run in packing.pack(prepare(batch)):
            runs.append(run)
    return runs


def row(column, place):
    """A row of a column, and the type of what is in it: NaN is unlike itself, and its bytes are not."""
    if isinstance(column, TokenSets):
        keys = column.keys[column.starts[place] : column.starts[place + 1]]
        return keys.tobytes(), keys.dtype, bool(column.missing[place])
    return (column[place] if column.dtype == object else column[place].tobytes()), column.dtype


@settings(max_examples=40)
@given(RECORDS, RECORDS, st.sets(st.sampled_from(NAMES)), st.data())
@example([], [], set(NAMES), None)
@example([{}], [], set(NAMES), None)
@example([{"title": "Roots"}], [], set(), None)
def test_records_are_taken_as_they_were_prepared(first, second, names, data):
    """Of any columns, in any order, more than once or none at all, and in whatever batches they were packed."""
    whole = prepare([*first, *second])
    count = len(first) + len(second)
    wanted = data.draw(st.lists(st.integers(0, count - 1))) if data and count else [*range(count)] * 2
    packing = Packing(names)

    taken = PackedRecords(packing, kept(packing, first, second)).take(np.array(wanted, dtype=np.int64))

    assert taken.columns.keys() == names
    for name, column in taken.columns.items():
        assert [row(column, place) for place in range(len(wanted))] == [
            row(whole.columns[name], place) for place in wanted
        ], name
        assert not isinstance(column, TokenSets) or len(column.starts) == len(wanted) + 1


def test_many_records_are_unpacked_some_at_a_time(monkeypatch):
    """Each column is one again, of as many rows as were taken."""
    monkeypatch.setattr("papertwin.data.packed._PIECE", 3)
    whole = prepare([{"title": f"Roots of maize {n}" if n % 3 else None, "publication_date": n} for n in range(10)])
    packing = Packing(COMPARED)

    taken = packing.unpack(packing.pack(whole))

    for name, column in taken.columns.items():
        assert [row(column, n) for n in range(10)] == [row(whole.columns[name], n) for n in range(10)], name


def test_what_features_compare_can_be_packed():
    assert COMPARED.isdisjoint(OBJECTS)


@given(RECORDS, st.lists(st.integers(0, 6)))
def test_a_run_is_the_same_whichever_records_are_packed_beside_it(records, cuts):
    """So that results do not depend on batches and processes."""
    packing = Packing(COMPARED)
    edges = [0, *sorted(min(cut, len(records)) for cut in cuts), len(records)]
    parts = [records[begin:end] for begin, end in pairwise(edges)]

    assert [run for part in parts for run in packing.pack(prepare(part))] == packing.pack(prepare(records))


def test_a_packing_that_travels_packs_the_same():
    record = {"title": "Roots of maize", "authors": ["Berg, A."]}
    packing = Packing(COMPARED)

    assert pickle.loads(pickle.dumps(packing)).pack(prepare([record])) == packing.pack(prepare([record]))


RUNS = [b"one", b"", b"two\n", b"\x00" * 5000, b"", b"three"]


@pytest.fixture(params=["kept", "stored", "sent"])
def runs(request, tmp_path):
    """Runs in a temporary file; in files with names; and what another process gets of these."""
    if request.param == "kept":
        found = Kept()
        for run in RUNS:
            found.append(run)
        return found
    (tmp_path / "runs").write_bytes(b"".join(RUNS))
    np.array([*accumulate(map(len, RUNS))], dtype=np.int64).tofile(tmp_path / "ends")
    found = Stored(tmp_path / "runs", tmp_path / "ends")
    return pickle.loads(pickle.dumps(found)) if request.param == "sent" else found


def test_runs_are_read_as_they_were_written(runs):
    """By number, in any order, more than once or not at all."""
    order = [5, 0, 3, 3, 1, 4, 2]

    assert len(runs) == len(RUNS)
    assert runs.take(np.array(order)) == [RUNS[number] for number in order]
    assert runs.take(np.array([], dtype=np.int64)) == []
    assert [runs[number] for number in order] == [RUNS[number] for number in order]


def test_runs_that_were_read_can_be_followed_by_others():
    runs = Kept()
    for number, run in enumerate(RUNS):
        runs.append(run)
        assert runs[0] == RUNS[0]
        assert runs.take(np.arange(number + 1)) == RUNS[: number + 1]


@pytest.mark.skipif(not CAN_FORK, reason="processes share files without names by fork")
def test_processes_share_what_is_kept():
    """Hard because each of them has the writer's memory, with what it had not written: the file would have it twice."""
    runs = Kept()
    for run in RUNS:
        runs.append(run)
    runs.flush()

    assert [found for _, found in in_processes(runs.__getitem__, range(len(RUNS)), 2)] == RUNS
    runs.append(b"behind them")
    assert runs.take(np.arange(len(RUNS) + 1)) == [*RUNS, b"behind them"]


def test_stored_files_without_a_run(tmp_path):
    """As those of a file without records."""
    for name in ("runs", "ends"):
        (tmp_path / name).touch()

    assert len(Stored(tmp_path / "runs", tmp_path / "ends")) == 0
