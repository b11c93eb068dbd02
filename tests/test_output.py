"""Whatever form goes in and whatever form comes out, every row is there, in order, as it was, with its answer."""

import csv
import datetime
import gzip
import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from papertwin import predict
from papertwin.data.cases import read_cases
from papertwin.data.errors import InputError
from papertwin.data.files.layouts import ADDED, REASONS
from papertwin.data.forms import open_rows
from papertwin.data.output import FORMS, RowOutput, check_form

ELM = {
    "id": "e1",
    "title": 'Elm bark and its "beetles"',
    "authors": ["Ora Lind", "Pim Vos"],
    "abstract": "a\nb",
    "shelf": [1, {"x": None}],
}
ELM_AGAIN = {"id": "e2", "title": "Elm bark and its beetles", "authors": [], "publication_date": 2011, "url": None}
YEW = {"id": "y,1", "title": "Ýews; 松", "authors": ["Zoë\tÅs"], "abstract": ""}
CASES = [
    {"doc_1": ELM, "doc_2": ELM_AGAIN, "decision": "DUPLICATES", "id": 1, "kind": {"a": [True]}},
    {"doc_1": ELM, "doc_2": YEW, "decision": None, "id": 2},
    {"doc_1": YEW, "doc_2": ELM_AGAIN, "decision": "NOT DUPLICATES", "id": 3, "extra": 0.1},
]
IDS = [("e1", "e2", 1), ("e1", "y,1", 0), ("y,1", "e2", 0)]
INPUTS = (
    "cases.json",
    "cases.jsonl",
    "wide.csv",
    "wide.tsv",
    "wide.jsonl",
    "wide.parquet",
    "ids.csv",
    "ids.jsonl",
    "ids.parquet",
)
OUTPUTS = (
    *(f"out{suffix}" for suffix in FORMS if suffix != ".txt"),
    "out.json.gz",
    "out.jsonl.gz",
    "out.csv.gz",
    "out.tsv.gz",
)
TITLES = [(case["doc_1"]["title"], case["doc_2"]["title"]) for case in CASES]


def write_input(folder, name):
    """The cases in one form, and the options that read them."""
    path = folder / name
    kind, _, form = name.partition(".")
    if kind == "cases":
        path.write_text(json.dumps({"cases": CASES}) if form == "json" else "\n".join(map(json.dumps, CASES)))
        return [str(path)]
    if kind == "wide":
        rows = [
            {
                "title_1": case["doc_1"]["title"],
                "authors_1": case["doc_1"]["authors"],
                "title_2": case["doc_2"]["title"],
                "authors_2": case["doc_2"]["authors"],
                "case": case["id"],
            }
            for case in CASES
        ]
    else:
        rows = [{"id_1": left, "id_2": right, "label": label} for left, right, label in IDS]
        (folder / "records.jsonl").write_text("\n".join(map(json.dumps, (ELM, ELM_AGAIN, YEW))))
    if form == "jsonl":
        path.write_text("\n".join(map(json.dumps, rows)))
    elif form == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        with path.open("w", newline="") as text:
            writer = csv.writer(text, delimiter="," if form == "csv" else "\t")
            writer.writerow(rows[0])
            writer.writerows(
                [json.dumps(cell) if isinstance(cell, list) else cell for cell in row.values()] for row in rows
            )
    return [str(path)] if kind == "wide" else [str(path), "--records", str(folder / "records.jsonl")]


def run(*arguments):
    return predict.main([*map(str, arguments), "--quiet", "--jobs", "1"])


def rows_of(path):
    """The rows of an output as dicts."""
    data = path.read_bytes()
    if path.suffix == ".gz":
        data, path = gzip.decompress(data), path.with_suffix("")
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    text = data.decode()
    if path.suffix == ".json":
        return json.loads(text)["cases"]
    if path.suffix in {".csv", ".tsv"}:
        return list(csv.DictReader(text.splitlines(keepends=True), delimiter="," if path.suffix == ".csv" else "\t"))
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("target", OUTPUTS)
@pytest.mark.parametrize("source", INPUTS)
def test_every_form_comes_out_in_every_form(tmp_path, source, target):
    """All rows, in order, each with its answers, which are the same whatever the forms."""
    arguments = write_input(tmp_path, source)

    assert run(*arguments, "-o", tmp_path / target) == 0

    rows = rows_of(tmp_path / target)
    assert len(CASES) == len(rows)
    for row in rows:
        assert list(row)[-3:] == list(ADDED)
        assert 0 <= float(row["duplicate_probability"]) <= 1
        assert row["predicted_decision"] in {"DUPLICATES", "NOT DUPLICATES", "REVIEW"}
        assert row["model"].split()[0] == "work"
    if not source.startswith("ids") or (".json" in target and "jsonl" not in target):
        assert [(case.doc_1["title"], case.doc_2["title"]) for case in read_cases(tmp_path / target)] == TITLES
    else:
        assert [(row["id_1"], row["id_2"], int(row["label"])) for row in rows] == IDS


def test_a_probability_keeps_all_its_digits(tmp_path):
    """Text and Parquet hold the same 64-bit number."""
    for target in ("a.jsonl", "a.csv", "a.parquet", "a.json"):
        run(*write_input(tmp_path, "cases.jsonl"), "-o", tmp_path / target)
    expected = [row["duplicate_probability"] for row in rows_of(tmp_path / "a.jsonl")]

    for target in ("a.csv", "a.parquet", "a.json"):
        assert expected == [float(row["duplicate_probability"]) for row in rows_of(tmp_path / target)]


@pytest.mark.parametrize(
    ("source", "target"),
    [("cases.json", "a.json"), ("cases.jsonl", "a.jsonl"), ("wide.jsonl", "a.jsonl"), ("ids.jsonl", "a.jsonl")],
)
def test_json_rows_come_out_as_they_came(tmp_path, source, target):
    """Every value, unknown fields and a decision of the user's own among them, is what it was."""
    arguments = write_input(tmp_path, source)
    run(*arguments, "-o", tmp_path / target)
    before = (
        json.loads((tmp_path / source).read_text())["cases"] if source.endswith("n") else rows_of(tmp_path / source)
    )

    assert before == [
        {name: value for name, value in row.items() if name not in ADDED} for row in rows_of(tmp_path / target)
    ]


def test_table_rows_come_out_as_they_came(tmp_path):
    """Cells of CSV stay the text that they were: no 007 becomes 7."""
    path = tmp_path / "a.csv"
    path.write_text('title_1,title_2,shelf,note\n"x, ""y""",z,007,\n" a","line\nbreak",1e5,NA\n', encoding="utf-8")
    run(path, "-o", tmp_path / "b.csv")

    rows = rows_of(tmp_path / "b.csv")
    assert [list(row.values())[:4] for row in rows] == [['x, "y"', "z", "007", ""], [" a", "line\nbreak", "1e5", "NA"]]


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_a_carriage_return_in_a_cell_ends_no_row(tmp_path, suffix):
    """Web pages and old systems leave one in a title or a journal; such a row was two, and neither could be read."""
    pair = {"title_1": "Elm\r", "journal_1": "Trees\rand Hedges", "title_2": "Elm", "case": "1"}
    path, out = tmp_path / "a.jsonl", tmp_path / f"out.{suffix}"
    path.write_text(json.dumps(pair))

    assert run(path, "-o", out) == 0
    (row,) = open_rows(out).rows
    assert json.loads(row.raw).items() >= pair.items()
    assert b"\r\n" not in out.read_bytes()


def test_cases_become_tables_that_are_cases_again(tmp_path):
    """Cases to CSV become title_1, title_2, ..., lists as JSON; read again they are the same lists."""
    run(*write_input(tmp_path, "cases.json"), "-o", tmp_path / "a.csv")
    run(tmp_path / "a.csv", "-o", tmp_path / "b.json")
    first = rows_of(tmp_path / "b.json")[0]

    assert rows_of(tmp_path / "a.csv")[0]["authors_1"] == '["Ora Lind", "Pim Vos"]'
    assert first["doc_1"]["authors"] == ["Ora Lind", "Pim Vos"]
    assert first["doc_1"]["shelf"] == '[1, {"x": null}]'
    assert first["doc_2"]["publication_date"] == "2011"


def test_id_pairs_to_json_hold_their_records(tmp_path):
    """The output of id pairs as .json is a case file: it needs no records file any more."""
    run(*write_input(tmp_path, "ids.csv"), "-o", tmp_path / "a.json")
    rows = rows_of(tmp_path / "a.json")

    assert [row["doc_1"] for row in rows] == [ELM, ELM, YEW]
    assert [row["label"] for row in rows] == ["1", "0", "0"]
    assert run(tmp_path / "a.json", "-o", tmp_path / "b.csv") == 0  # id_1 is said twice, and alike
    assert [(row["id_1"], row["id_2"], int(row["label"])) for row in rows_of(tmp_path / "b.csv")] == IDS


def test_columns_named_like_the_answers_are_replaced(tmp_path, capsys):
    """Scoring an output again replaces the answers, keeps all else, and says so."""
    run(*write_input(tmp_path, "cases.jsonl"), "-o", tmp_path / "a.jsonl")
    old = (tmp_path / "a.jsonl").read_text().replace('"duplicate_probability": 0.', '"duplicate_probability": 5.')
    (tmp_path / "a.jsonl").write_text(old)
    predict.main([str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "b.jsonl")])

    assert (
        "columns of its own were replaced: duplicate_probability, model, predicted_decision" in capsys.readouterr().err
    )
    assert all(row["duplicate_probability"] <= 1 for row in rows_of(tmp_path / "b.jsonl"))
    assert [
        {name: value for name, value in row.items() if name not in ADDED} for row in rows_of(tmp_path / "b.jsonl")
    ] == CASES


def test_a_frame_in_parquet_keeps_its_index_and_the_types_of_pandas(tmp_path):
    """An index of names is one afterwards, and whole numbers with a gap are not fractions."""
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"title_1": ["Foxes", "Otters"], "title_2": ["Foxes", "Moss"]}, index=["x", "y"])
    frame["year_1"] = pd.array([2001, None], dtype="Int64")
    frame.to_parquet(tmp_path / "a.parquet")

    assert run(tmp_path / "a.parquet", "-o", tmp_path / "b.parquet") == 0
    answered = pd.read_parquet(tmp_path / "b.parquet")
    assert list(answered.columns) == [*frame.columns, "duplicate_probability", "predicted_decision", "model"]
    pd.testing.assert_frame_equal(answered[[*frame.columns]], frame)


def test_parquet_columns_keep_their_types(tmp_path):
    """Times, dates, decimals, small integers, structs and gaps come out of Parquet as they went in."""
    table = pa.table(
        {
            "title_1": ["a", None, "c"],
            "title_2": pa.array(["a", "b", "c"]).dictionary_encode(),
            "seen": pa.array(
                [datetime.datetime(2020, 1, 2, 3, 4, 5), None, datetime.datetime(1999, 1, 1)], pa.timestamp("us")
            ),
            "zoned": pa.array([datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC)] * 3, pa.timestamp("us", "UTC")),
            "day": pa.array([datetime.date(2020, 1, 2)] * 3),
            "price": pa.array([Decimal("1.20"), Decimal("2.00"), None]),
            "small": pa.array([1, None, 3], pa.int8()),
            "flag": [True, None, False],
            "nested": [{"x": [1]}, None, {"x": []}],
            "abstract_1": ["one", "two", "three"],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")

    assert run(tmp_path / "a.parquet", "-o", tmp_path / "b.parquet") == 0

    result = pq.read_table(tmp_path / "b.parquet")
    assert table.schema.names + list(ADDED) == result.schema.names
    for name in table.schema.names:
        assert table.schema.field(name).type == result.schema.field(name).type, name
        assert table[name].to_pylist() == result[name].to_pylist(), name
    assert pa.float64() == result.schema.field("duplicate_probability").type


# What JSON has no words for, or Arrow no filter, each beside a gap.
OWN_COLUMNS = {
    "duration": pa.array([datetime.timedelta(1), None], pa.duration("us")),
    "time": pa.array([datetime.time(1, 2, 3), None], pa.time32("ms")),
    "digest": pa.array([b"\xff\x00", None], pa.binary()),
    "code": pa.array([b"\xff\x00", None], pa.binary(2)),
    "map": pa.array([[("a", 1)], None], pa.map_(pa.string(), pa.int64())),
    "day within": pa.array([{"d": datetime.date(2001, 3, 4)}, None], pa.struct([("d", pa.date32())])),
    "times": pa.array([[datetime.datetime(2001, 3, 4)], None], pa.list_(pa.timestamp("ms"))),
    "endless": pa.array([float("inf"), None], pa.float64()),
    "view": pa.array(["a", None], pa.string_view()),
}


@pytest.mark.parametrize("column", OWN_COLUMNS)
def test_parquet_columns_of_any_type_come_out_as_they_went_in(tmp_path, column):
    """Beside rejected rows, too, which are left out."""
    titles = ["a", None, "a", "b", None]
    own = pa.concat_arrays([OWN_COLUMNS[column][:1], *[OWN_COLUMNS[column]] * 2])
    pq.write_table(pa.table({"title_1": titles, "title_2": titles, "own": own}), tmp_path / "a.parquet")

    assert run(tmp_path / "a.parquet", "-o", tmp_path / "b.parquet") == 3

    result = pq.read_table(tmp_path / "b.parquet")
    assert result["own"].type == own.type
    assert result["own"].to_pylist() == [own[place].as_py() for place in (0, 2, 3)]
    assert result["title_1"].to_pylist() == ["a", "a", "b"]
    assert result["predicted_decision"].null_count == 0


def test_not_a_number_stays_one_in_parquet(tmp_path):
    """It does not become null."""
    table = pa.table({"title_1": ["a"], "title_2": ["a"], "own": [float("nan")]})
    pq.write_table(table, tmp_path / "a.parquet")

    run(tmp_path / "a.parquet", "-o", tmp_path / "b.parquet")

    assert str(pq.read_table(tmp_path / "b.parquet")["own"].to_pylist()) == "[nan]"


def test_documents_in_parquet_stay_documents(tmp_path):
    """Columns doc_1 and doc_2 come out of Parquet as they went in, with the answers beside them."""
    day = datetime.date(2001, 3, 4)
    fox = {"title": "Foxes", "publication_date": day, "authors": ["A B"]}
    table = pa.table({"doc_1": [fox, fox], "doc_2": [fox, {"title": "Hens", "publication_date": None, "authors": []}]})
    pq.write_table(table, tmp_path / "a.parquet")

    run(tmp_path / "a.parquet", "-o", tmp_path / "b.parquet")

    result = pq.read_table(tmp_path / "b.parquet")
    assert result.schema.names == ["doc_1", "doc_2", *ADDED]
    assert result.select(["doc_1", "doc_2"]) == table


def test_answers_in_parquet_are_replaced_by_new_ones(tmp_path):
    """The columns of an earlier answer make room, those of its reasons too where there are new ones."""
    table = pa.table({"title_1": ["a"], "model": [b"\xff"], "reason_2": [7], "title_2": ["a"]})
    pq.write_table(table, tmp_path / "a.parquet")

    run(tmp_path / "a.parquet", "-o", tmp_path / "b.parquet", "--explain")

    result = pq.read_table(tmp_path / "b.parquet")
    assert result.schema.names == ["title_1", "title_2", *ADDED, *REASONS]
    assert result["model"].to_pylist()[0].startswith("work ")


def test_a_date_that_python_has_not_is_refused_in_a_sentence(tmp_path, capsys):
    """Parquet has days behind the year 9999: the file, the place and the way out are named, without a traceback."""
    days = pa.array([0, 10_000_000], pa.int32()).cast(pa.date32())
    pq.write_table(pa.table({"title_1": ["a"] * 2, "title_2": ["a"] * 2, "seen": days}), tmp_path / "a.parquet")

    assert run(tmp_path / "a.parquet", "-o", tmp_path / "b.parquet") == 2
    assert "behind row 0: a value cannot be read" in capsys.readouterr().err


def test_whole_numbers_beside_fractions_are_not_rounded(tmp_path):
    """Where no type of Parquet holds all numbers of a column, they are text."""
    rows = [{"title_1": "a", "title_2": "b", "n": number} for number in (1.5, 2**60 + 1)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))

    assert run(tmp_path / "a.jsonl", "-o", tmp_path / "b.parquet") == 0
    assert pq.read_table(tmp_path / "b.parquet")["n"].to_pylist() == ["1.5", str(2**60 + 1)]


@pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary()])
def test_text_as_bytes_in_parquet_is_text(tmp_path, kind):
    """As Spark, Impala and Hive write it: the same pairs get the same answers."""
    titles = {"title_1": ["Foxes of the lower valley: a census"], "title_2": ["Foxes of the Lower Valley – a Census"]}
    pq.write_table(pa.table(titles), tmp_path / "text.parquet")
    pq.write_table(pa.table(titles).cast(pa.schema([(name, kind) for name in titles])), tmp_path / "bytes.parquet")

    for name in ("text", "bytes"):
        run(tmp_path / f"{name}.parquet", "-o", tmp_path / f"{name}.jsonl")

    assert (tmp_path / "bytes.jsonl").read_text() == (tmp_path / "text.jsonl").read_text()


def test_bytes_in_parquet_that_are_no_utf_8_are_told(tmp_path, capsys):
    """They are read as those of a file of text are, also within lists and objects, and the column is named."""
    titles = pa.array(["Füchse".encode("cp1252"), "Füchse".encode()])
    within = pa.array([{"x": [b"\x80"]}, {"x": [b"y"]}])
    pq.write_table(pa.table({"title_1": titles, "title_2": titles, "own": within}), tmp_path / "a.parquet")

    predict.main([str(tmp_path / "a.parquet"), "-o", str(tmp_path / "a.jsonl")])

    assert [(row["title_1"], row["own"]) for row in rows_of(tmp_path / "a.jsonl")] == [
        ("Füchse", {"x": ["€"]}),
        ("Füchse", {"x": ["y"]}),
    ]
    told = [line for line in capsys.readouterr().err.splitlines() if "UTF-8" in line]
    assert [line.partition("a.parquet: ")[2] for line in told] == [
        f"not all of {column} is UTF-8; the rest is read as Windows-1252" for column in ("title_1", "title_2", "own")
    ]


def test_mixed_values_become_text_in_parquet(tmp_path):
    """A column without one type is text; one with integers or lists of text keeps them."""
    rows = [
        {"title_1": "a", "title_2": "b", "n": 1, "mixed": 1, "list": ["x"]},
        {"title_1": "a", "title_2": "b", "n": None, "mixed": [2], "list": []},
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    run(tmp_path / "a.jsonl", "-o", tmp_path / "b.parquet")

    assert [(row["n"], row["mixed"], row["list"]) for row in pq.read_table(tmp_path / "b.parquet").to_pylist()] == [
        (1, "1", ["x"]),
        (None, "[2]", []),
    ]


def test_a_case_that_would_lose_a_column_in_a_table_is_rejected(tmp_path):
    """Where a case has a title_1 beside its records, CSV cannot hold both: the row is rejected, not half written."""
    (tmp_path / "a.jsonl").write_text(json.dumps(CASES[0] | {"title_1": "mine"}) + "\n" + json.dumps(CASES[1]))

    assert run(tmp_path / "a.jsonl", "-o", tmp_path / "b.csv") == 3
    assert len(rows_of(tmp_path / "b.csv")) == 1
    assert "another title_1 beside its records" in (tmp_path / "b.csv.rejected.jsonl").read_text()


@pytest.mark.parametrize("target", ["a.json", "a.jsonl", "a.csv", "a.parquet"])
def test_no_cases_give_an_empty_output(tmp_path, target):
    """An empty list of cases is no failure; its output can be read like any other."""
    (tmp_path / "none.json").write_text('{"cases": []}')

    assert run(tmp_path / "none.json", "-o", tmp_path / target) == 0
    assert rows_of(tmp_path / target) == []


def test_the_readable_table_fits_and_cannot_steer_the_terminal(tmp_path, monkeypatch):
    """A table to read cuts long titles to the width, wide letters counted, and shows no control characters."""
    monkeypatch.setenv("COLUMNS", "70")
    case = {"doc_1": {"title": "\x1b[31m" + "長" * 90, "publication_date": "2020-02-02"}, "doc_2": {"title": "b " * 90}}
    (tmp_path / "a.jsonl").write_text(json.dumps(case))
    run(tmp_path / "a.jsonl", "-o", tmp_path / "b.txt")
    head, first, second = (tmp_path / "b.txt").read_text().splitlines()

    assert head.split() == ["duplicate", "decision", "the", "two", "records"]
    assert "\x1b" not in first
    assert first.endswith("…")
    assert len(first) + first.count("長") <= 70
    assert len(second) <= 70


def test_the_readable_table_shows_records_of_interfaces_and_years_as_people_read_them(tmp_path):
    """Crossref has lists for titles and parts for dates, and tables write the day before the year."""
    crossref = {"title": ["Elm bark"], "issued": {"date-parts": [[2011, 3]]}, "is-referenced-by-count": 2}
    case = {"doc_1": crossref, "doc_2": {"title": "Yews", "publication_date": "03/25/2019"}}
    (tmp_path / "a.jsonl").write_text(json.dumps(case))
    run(tmp_path / "a.jsonl", "-o", tmp_path / "b.txt")
    _, first, second = (tmp_path / "b.txt").read_text().splitlines()

    assert (first.split()[-3:], second.split()) == (["2011", "Elm", "bark"], ["2019", "Yews"])


@pytest.mark.parametrize("name", ["a.xlsx", "a", "a.parquet.gz", "a.gz"])
def test_an_unknown_suffix_is_named_before_any_work(tmp_path, name):
    """A suffix that no form has is refused with those that can be written."""
    with pytest.raises(InputError, match=r"suffix names no form .*\.json, \.jsonl"):
        check_form(tmp_path / name)
    with pytest.raises(InputError), RowOutput(tmp_path / name):
        pass

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "name", "first"),
    [
        (b"\xef\xbb\xbftitle_1;title_2\n\xc3\xa4;b\n", "out.csv", "\ufefftitle_1;title_2;"),
        ("\ufefftitle_1\ttitle_2\nä\tb\n".encode("utf-16-le"), "out.csv", "\ufefftitle_1\ttitle_2\t"),
        (b"sep=;\ntitle_1;title_2\na;b\n", "out.csv", "title_1;title_2;"),
        (b'"About the data: it, and\nall else, is ours"\ntitle_1;title_2\na;b\n', "out.csv", "title_1;title_2;"),
        (b"title_1,title_2\na,b\n", "out.csv", "title_1,title_2,"),
        (b"\xef\xbb\xbftitle_1;title_2\na;b\n", "out.tsv", "title_1\ttitle_2\t"),  # another form
    ],
)
def test_an_answered_table_is_written_as_it_came(tmp_path, given, name, first):
    """Excel takes UTF-8 without a mark for Windows's letters, and in half of Europe a comma for part of a number."""
    path, out = tmp_path / "in.csv", tmp_path / name
    path.write_bytes(given)
    with RowOutput(out, columns=["title_1", "title_2"], like=path) as output:
        output.write([b'{"title_1": "a", "title_2": "b", "duplicate_probability": 0.5}'])
        output.finish()

    assert out.read_text(encoding="utf-8").startswith(first)
    assert next(iter(open_rows(out).rows)).raw.startswith(b'{"title_1"')
