"""The names of every format lead to fields, and what stands under them is read as far as it says something."""

import json

import pytest

from papertwin.data.exports import formats, interface_names
from papertwin.data.exports.names import Names
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.field_names import OTHER_NAMES, PART_NAMES, field_of, part_of
from papertwin.data.values.parts import ADDRESSES, PARTS

# The tables of names


def test_no_format_is_forgotten():
    """One that is not in FORMATS would be read, but be in no list of them, and count by the default convention."""
    tables = [value for module in (formats, interface_names) for value in vars(module).values()]

    assert [value for value in tables if isinstance(value, Names) and value not in formats.FORMATS] == []


def test_every_name_of_a_format_leads_to_a_field():
    for value in formats.FORMATS:
        assert set(value.fields.values()) <= set(RECORD_FIELDS)
        assert set(value.names) <= set(RECORD_FIELDS) | set(PARTS)


def test_a_subtitle_is_part_of_the_title(opened):
    """Crossref and some tables have it apart, where it may be all that parts two works; once is enough."""
    both = "Guidelines for foxes: Part I. Cubs"
    for title in ("Guidelines for foxes", both):
        given = {"DOI": "10.5555/fox.1", "indexed": {}, "title": [title], "subtitle": ["Part I. Cubs"]}
        for text in (json.dumps(given), f"Title,Subtitle,Year\n{title},Part I. Cubs,2019\n"):
            _, (record,), _, _ = opened(text)
            assert record["title"] == both


def test_every_column_name_means_one_field_or_part():
    for part, names in PART_NAMES.items():
        assert part in PARTS
        assert part in ADDRESSES or part_of(part) == (part, 0) or field_of(part)
        for name in names:
            assert part_of(name)[0] == part
            assert (
                field_of(name) is None or field_of(name)[0] == PARTS[part]
            )  # a year is a date where there is no other
    years = {"year", *PART_NAMES["year"]}
    assert all(part_of(name) is None for names in OTHER_NAMES.values() for name in names if name not in years)


# Dates, pages, persons: as far as they are said


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PY  - 2019", "2019"),
        ("PY  - 2019///", "2019"),
        ("Y1  - 2019/03/05/", "2019-03-05"),
        ("Y1  - 2019/3//Spring", "2019-03"),
        ("PY  - 2019\nDA  - MAR 5", "2019-03-05"),
        ("PY  - 2019\nDA  - 2018/12/24", "2019"),  # online the year before: the year of the issue counts
        ("DA  - 03/05/2019", "03/05/2019"),  # March or May
        ("PY  - 2019\nDA  - 03/05/2019", "2019"),
        ("DA  - 25/05/2019", "2019-05-25"),
        ("PY  - in press", "in press"),
    ],
)
def test_dates_are_iso_as_far_as_they_are_said(opened, lines, date):
    _, (record,), _, _ = opened(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n")

    assert record["publication_date"] == date


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        ("SP  - 17\nEP  - 29", "17-29"),
        ("SP  - 17-29", "17-29"),
        ("SP  - 17-29\nEP  - 29", "17-29"),
        ("SP  - e17", "e17"),
        ("SP  - 17\nEP  - 17", "17"),
        ("EP  - 29", "29"),
    ],
)
def test_pages_are_joined(opened, lines, pages):
    assert opened(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n")[1][0]["pages"] == pages


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Marsh, Io; Otter, Bo", ["Marsh, Io", "Otter, Bo"]),
        ("van der Marsh, Io Maria; Otter, Bo", ["van der Marsh, Io Maria", "Otter, Bo"]),
        ("Io Marsh|Bo Otter", ["Io Marsh", "Bo Otter"]),
        ("Marsh I., Otter B.", ["Marsh I.", "Otter B."]),
        ("van der Marsh I, O'Neil-Otter AB.", ["van der Marsh I", "O'Neil-Otter AB"]),
        ("Marsh, Io; Otter, Bo M.", ["Marsh, Io", "Otter, Bo M."]),
        ("Marsh, Io M.", ["Marsh, Io M."]),
        ("Marsh I, Valley Study Group.", ["Marsh I", "Valley Study Group"]),
        ("Valley Study Group.", ["Valley Study Group."]),
        ("Marsh, Io", ["Marsh, Io"]),
        ('[""Marsh, Io""]', ["Marsh, Io"]),
    ],
)
def test_persons_in_one_cell_are_parted(opened, cell, authors):
    assert opened(f'title,authors\nA,"{cell}"\n', "a.csv")[1][0]["authors"] == authors


def test_nothing_that_persons_do_not_say_is_lost(opened):
    _, (record,), _, _ = opened('title,authors\nA,"Marsh I., Otter B., et al."\n', "a.csv")

    assert record["original"]["CSV"]["authors"].endswith("et al.")
