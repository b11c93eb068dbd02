"""Dates say what their source says and no more."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.fields import prepare
from papertwin.data.values.dates import Date, parse

MARCH = Date(2019, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-12", "2019-03-12 07:05:20+00:00", "2019-03-12 00:00:00", "2019-03-12T23:59:59Z", "2019/3/12",
        "2019.03.12", "20190312",
        "12 March 2019", "12. Mar 2019", "March 12, 2019", "Mar 12th, 2019", "12-Mar-2019", "12/03/2019", "12.3.2019",
        "2019 Mar 12", "Tue, 12 Mar 2019 07:05:20 GMT",
    ],
)  # fmt: skip
def test_one_day_however_it_is_written(text):
    """With or without time and zone, month in words or figures, year first (MEDLINE: "2019 Mar 12") or last."""
    assert parse(text) == MARCH


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019", Date(2019)),
        ("c2004", Date(2004)),
        ("[1998]", Date(1998)),
        ("1998-1999", Date(1998)),  # not month 19
        ("1998/99", Date(1998)),
        ("Spring 2019", Date(2019)),
        ("2562-11", Date(2019, 11)),  # in Thailand
        ("11/2562", Date(2019, 11)),
        ("2019-11", Date(2019, 11)),
        ("2019 Nov", Date(2019, 11)),
        ("2019 Nov-Dec", Date(2019, 11)),
        ("Nov 2019", Date(2019, 11)),
        ("11/2019", Date(2019, 11)),
        ("published 2019, accepted 2018", Date(2019)),
        ("12-Mar-19", Date(2019, 3, 12)),  # a spreadsheet's
        ("Mar-19", Date(2019, 3)),
        ("Mar-98", Date(1998, 3)),
        ("平成26年", Date(2014)),
        ("令和元年5月", Date(2019)),
    ],
)
def test_the_precision_is_kept(text, date):
    """A year is no day in it: nothing is completed."""
    assert parse(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-13-45", Date(2021)),
        ("2021-02-30", Date(2021, 2)),
        ("2021-00-00", Date(2021)),
        ("0 May 2001", Date(2001, 5)),
    ],
)
def test_impossible_parts_are_dropped(text, date):
    """A month 13 is no month, and 30 February leaves February."""
    assert parse(text) == date


@pytest.mark.parametrize(
    "text", ["in press", "n.d.", "forthcoming", "99", "Vol-19", "1573196720", "1499", "2100", "0000-00-00"]
)
def test_what_names_no_year_is_no_date(text):
    """Nor is a Unix time, nor a year in which nothing was published."""
    assert parse(text) is None


def test_month_first_is_read_where_only_that_makes_sense():
    """Day first is the rule where both would do; 13 is no month."""
    assert parse("03/13/2019") == Date(2019, 3, 13) == parse("13/03/2019")
    assert parse("04/03/2019") == Date(2019, 3, 4)


def test_the_first_of_a_month_is_a_placeholder():
    """Systems write 1 January for "some time in that year": it is no day to count from."""
    assert Date(2019, 1, 1).ordinal is None
    assert Date(2019, 6, 1).ordinal is None
    assert Date(2019).ordinal is None
    assert Date(2019, 1, 2).ordinal == datetime.date(2019, 1, 2).toordinal()


def test_numbers_are_years_and_nonsense_is_counted():
    """JSON brings years as numbers, pandas as floats; what is no date is missing and counted, never guessed."""
    prepared = prepare(
        [
            {"publication_date": value}
            for value in (2019, 2019.0, 20190312, "in press", float("nan"), None, True, [2019])
        ]
    )
    assert [None if date is None else date.year for date in prepared.columns["publication_date"]] == [
        2019,
        2019,
        2019,
        *[None] * 5,
    ]
    assert prepared.unreadable["publication_date"] == 3  # in press, True, the list


@given(
    st.dates(min_value=datetime.date(1500, 1, 1), max_value=datetime.date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d %H:%M:%S", "%d %B %Y", "%B %d, %Y", "%Y %b %d", "%Y%m%d"]),
)
def test_every_day_is_read_back(day, form):
    """All days of six centuries in the forms that sources use."""
    assert parse(day.strftime(form)) == Date(day.year, day.month, day.day)


@given(st.text())
def test_no_text_raises(text):
    """Anything may stand in a date field; what is read is a real day of a real month."""
    date = parse(text)
    if date is not None and date.day is not None:
        datetime.date(date.year, date.month, date.day)
