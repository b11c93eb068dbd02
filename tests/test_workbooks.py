"""Workbooks: what a reviewer keeps in Excel is read as the same table saved as CSV would be."""

import csv
import io
import sys
import zipfile
from xml.sax.saxutils import escape

import pytest

from papertwin.data.errors import InputError
from papertwin.data.files.rows import Reject, decode
from papertwin.data.forms import open_rows
from papertwin.data.records import open_records
from papertwin.predict import main

HEADER = ["Title", "Authors", "Publication Year", "DOI", "Included?"]
WALKING = ["Walking for sore knees: a trial", "Roe K; Lindqvist, P", 2019, "10.5555/knee.1", True]
SWIMMING = ["Swimming for stiff hips", "Okafor N", 2021, None, False]
DAYS = "<cellXfs><xf numFmtId='0'/><xf numFmtId='14' applyNumberFormat='1'/></cellXfs>"  # the second is a date's
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def cell(value):
    """A cell as Excel stores it; ("date", n) is the day n of its calendar, in which 43,586 is the 1st of May 2019."""
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f"<c t='b'><v>{int(value)}</v></c>"
    if isinstance(value, tuple):
        return f"<c s='1'><v>{value[1]}</v></c>"
    if isinstance(value, str):
        return f"<c t='inlineStr'><is><t xml:space='preserve'>{escape(value)}</t></is></c>"
    return f"<c><v>{value}</v></c>"


def workbook(path, **sheets):
    """Write a workbook of these sheets, each a list of rows."""
    numbered = list(enumerate(sheets.items(), 1))
    names = "".join(f"<sheet name='{title}' sheetId='{n}' r:id='r{n}'/>" for n, (title, _) in numbered)
    links = "".join(
        f"<Relationship Id='r{n}' Type='{LINKS}/worksheet' Target='worksheets/s{n}.xml'/>" for n, _ in numbered
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", f"<Types xmlns='{PACKAGE}/content-types'/>")
        start = f"<Relationship Id='r1' Type='{LINKS}/officeDocument' Target='xl/workbook.xml'/>"
        archive.writestr("_rels/.rels", f"<Relationships xmlns='{PACKAGE}/relationships'>{start}</Relationships>")
        archive.writestr(
            "xl/workbook.xml", f"<workbook xmlns='{MAIN}' xmlns:r='{LINKS}'><sheets>{names}</sheets></workbook>"
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f"<Relationships xmlns='{PACKAGE}/relationships'>{links}</Relationships>"
        )
        archive.writestr("xl/styles.xml", f"<styleSheet xmlns='{MAIN}'>{DAYS}</styleSheet>")
        for n, (_, rows) in numbered:
            cells = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/s{n}.xml", f"<worksheet xmlns='{MAIN}'><sheetData>{cells}</sheetData></worksheet>"
            )
    return path


def records(path, notes):
    """The records of a file, and the places of its rows."""
    rows = list(open_records(path, notes.append).rows)
    return [decode(row.raw) for row in rows], [row.place for row in rows]


def test_a_workbook_is_read_as_the_same_table_in_csv(tmp_path):
    """Whole numbers have no point, as in CSV, so that years and volumes are read alike."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, WALKING, SWIMMING])
    (tmp_path / "a.csv").write_text(text.getvalue())
    notes = []

    found = records(workbook(tmp_path / "a.xlsx", Records=[HEADER, WALKING, SWIMMING]), notes)

    assert found == records(tmp_path / "a.csv", notes)
    assert found[1] == [2, 3]
    assert notes == []


def test_dates_are_days(tmp_path):
    """Excel stores a day as a number; a reviewer sees a date, and so do we."""
    path = workbook(tmp_path / "a.xlsx", Records=[["Title", "Date"], ["Walking for sore knees", ("date", 43586)]])

    assert records(path, [])[0][0]["publication_date"] == "2019-05-01"


def test_the_sheet_that_holds_records_is_read_and_others_are_named(tmp_path):
    """Ovid and Embase put the search before its results; nothing is left out in silence."""
    notes = []
    search = [["Search of the 1st of May"], ["#1 knee"], ["#2 walking"]]
    path = workbook(tmp_path / "a.xlsx", Search=search, Empty=[], Records=[HEADER, WALKING], Old=[HEADER, SWIMMING])

    assert [record["title"] for record in records(path, notes)[0]] == [WALKING[0]]
    assert notes == [f"{path}: of its sheets 'Records' is read; 'Search' and 'Old' left out"]


def test_places_are_the_rows_of_the_sheet(tmp_path):
    """A user who looks up row 7 finds it: a title, empty rows and line breaks in cells do not shift the count."""
    notes = []
    broken = ["Walking for\nsore knees", *WALKING[1:]]
    rows = [["Results of the search"], [], HEADER, broken, [None] * 5, HEADER, SWIMMING]

    found, places = records(workbook(tmp_path / "a.xlsx", Records=rows), notes)

    assert places == [4, 7]
    assert found[0]["title"] == "Walking for\nsore knees"
    assert sorted(note.split(": ", 1)[1] for note in notes) == [
        "1 empty row left out",
        "1 repeated header left out",
        "the text before the header is left out: Results of the search",
    ]


def test_a_cell_without_a_column_sets_its_row_aside(tmp_path):
    """What stands beside the table may belong to the row, and is not dropped in silence."""
    path = workbook(tmp_path / "a.xlsx", Records=[HEADER, WALKING, [*SWIMMING, "see Roe"]])

    first, second = open_rows(path).rows

    assert decode(first.raw)["Title"] == WALKING[0]
    assert isinstance(second, Reject)
    assert second.told(str(path), "row") == (
        f"{path}, row 3 rejected: a cell stands behind the last column: give its column a name, or take it out"
    )


def test_pairs_in_a_workbook_are_scored(tmp_path, capsys):
    """The main job on a reviewer's own file: out comes a table with the answers."""
    rows = [["title_1", "year_1", "title_2", "year_2", "checked"], [WALKING[0], 2019, WALKING[0].upper(), 2019, "yes"]]
    path, out = workbook(tmp_path / "pairs.xlsx", Pairs=rows), tmp_path / "scored.csv"

    assert main([str(path), "-o", str(out)]) == 0

    (scored,) = csv.DictReader(io.StringIO(out.read_text()))
    assert scored["checked"] == "yes"
    assert 0 <= float(scored["duplicate_probability"]) <= 1
    assert "1 pair scored" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml", "cannot be read as one"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cannot be read as one"),
    ],
)
def test_a_damaged_workbook_is_an_error_with_a_way_out(tmp_path, content, reason):
    """Word's files begin as Excel's do, and a download may be cut off: the message names the way out."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(InputError, match=rf"a\.xlsx: this begins like an Excel workbook and {reason}.*save it again"):
        open_rows(path)


def test_an_empty_workbook_is_an_error(tmp_path):
    """As an empty file of any form."""
    with pytest.raises(InputError, match="no cell of the workbook is filled"):
        open_rows(workbook(tmp_path / "a.xlsx", Sheet1=[], Sheet2=[[None]]))


def test_without_the_extra_the_way_out_is_named(tmp_path, monkeypatch):
    """The core install has no reader of workbooks."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    with pytest.raises(InputError, match=r'python-calamine, which is not installed: pip install "\.\[formats\]"'):
        open_rows(workbook(tmp_path / "a.xlsx", Records=[HEADER, WALKING]))
