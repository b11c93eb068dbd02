"""Merged records: the kept record by a stated rule, filled from the others, and nothing lost."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.files.rows import RowError
from papertwin.works.merging import KEEP, Version, keep_order, merged, versions_of
from papertwin.works.splitting import split

PREPRINT = {
    "id": "p",
    "title": "On moss",
    "authors": ["A. Weed"],
    "doi": None,
    "note": "draft",
    "abstract": "Moss grows.",
}
ARTICLE = {"id": 7, "title": "On Moss", "authors": [], "doi": "10.1000/moss", "volume": 3}


def version(record, position, file="a.jsonl"):
    return Version(file, position, json.dumps(record).encode())


def work_of(*records):
    versions = [version(record, place + 1) for place, record in enumerate(records)]
    return json.loads(merged(versions, [None] * len(records), {}))


def test_the_kept_record_comes_first_and_is_filled_from_the_others():
    work = work_of(ARTICLE, PREPRINT)

    assert work["id"] == 7
    assert (work["title"], work["doi"], work["volume"]) == ("On Moss", "10.1000/moss", 3)
    assert (work["authors"], work["abstract"], work["note"]) == (["A. Weed"], "Moss grows.", "draft")
    assert work["sources"] == {
        "id": "7", "title": "7", "doi": "7", "volume": "7", "authors": "p", "abstract": "p", "note": "p",
    }  # fmt: skip


@pytest.mark.parametrize("said", ["type", "TY", "ENTRYTYPE", "subtype", "pubstate"])
def test_an_article_is_not_what_its_preprint_says_that_it_is(said):
    """Reference managers would show it as unpublished; of two articles, or where nothing tells, the type is taken."""

    def made(kept, other):
        versions = [
            version(ARTICLE, 1)._replace(published=kept),
            version(PREPRINT | {said: "preprint"}, 2)._replace(published=other),
        ]
        return json.loads(merged(versions, [None, None], {}))

    for kept, other in ((1, -1), (-1, 1)):
        work = made(kept, other)
        assert said not in work
        assert said not in work["sources"]
        assert (work["note"], work["versions"][1]["record"][said]) == ("draft", "preprint")
    for kept, other in ((1, 1), (-1, -1), (0, -1), (1, 0)):
        assert made(kept, other)[said] == "preprint"


@pytest.mark.parametrize("nothing", ["0", 0, 0.0, "00", "0-0", "0--0", "-", "0 (0)"])
def test_noughts_give_way_to_a_place_that_another_record_knows(nothing):
    """Databases write a nought for what they do not know; where no record knows better, it stays."""
    kept = {"id": "k", "title": "On moss", "volume": nothing, "number": nothing, "pages": nothing}
    other = {"id": "o", "title": "On moss", "volume": "10", "number": 3, "pages": "0-7"}
    work = work_of(kept, other)

    assert (work["volume"], work["number"], work["pages"]) == ("10", 3, "0-7")
    assert work["sources"]["pages"] == "o"
    assert work_of(kept, {"id": "o"})["volume"] == nothing
    assert work_of({"id": "k", "note": "0"}, {"id": "o", "note": "n"})["note"] == "0"


def test_a_text_in_capitals_gives_way_to_the_same_text_in_small_letters():
    """And the source says whose spelling it is; an abbreviation, and another text, stay."""
    kept = {"id": "k", "title": "ON THE MOSSES OF NORWAY", "journal": "JOURNAL OF BRYOLOGY"}
    lower = {"id": "l", "title": "on the mosses of norway", "journal": "J. Bryol."}
    mixed = {"id": "m", "title": "On the mosses of Norway.", "journal": "Journal of Bryology"}
    work = work_of(kept, lower, mixed)

    assert (work["title"], work["journal"]) == ("On the mosses of Norway.", "Journal of Bryology")
    assert work["sources"] == {"id": "k", "title": "m", "journal": "m"}
    assert [one["record"] for one in work["versions"]] == [kept, lower, mixed]
    assert work_of(kept, lower)["journal"] == "JOURNAL OF BRYOLOGY"
    assert work_of({"id": "k", "journal": "PLOS ONE"}, {"id": "l", "journal": "PLoS One"})["journal"] == "PLOS ONE"


@pytest.mark.parametrize("dots", ["...", "\u2026", " ..."])
def test_a_text_that_was_cut_gives_way_to_the_whole_of_it(dots):
    """Hard because the record that has a cut abstract may have more fields; another text, and a title's dots, stay."""
    kept = {"id": "k", "title": f"On mos{dots}", "abstract": f"Moss grows, and{dots}"}
    longer = {"id": "l", "title": "Of mosses", "abstract": "Moss grows, and it..."}
    whole = {"id": "w", "title": "On Moss and stone", "abstract": "Moss Grows, and it stays. It does."}
    work = work_of(kept, longer, whole)

    assert (work["title"], work["abstract"]) == (whole["title"], whole["abstract"])
    assert work["sources"] == {"id": "k", "title": "w", "abstract": "w"}
    assert work_of(kept, longer)["abstract"] == kept["abstract"]
    assert work_of({"id": "k", "title": f"On moss{dots}"}, {"id": "l", "title": "On moss"})["title"] == f"On moss{dots}"


@pytest.mark.parametrize(
    "cut",
    [
        ["I Marsh", "B Otter\u2026"],
        ["I Marsh", "B Otter..."],
        ["I Marsh", "\u2026"],
        ["I Marsh", "et al."],
        ["I Marsh", "B Otter", "..."],
        "I Marsh, B Otter\u2026",
        "\u2026, C Vole",
        "Marsh I, et al.",
    ],
)
def test_authors_that_were_cut_give_way_to_all_of_them(cut):
    """Hard because Google Scholar glues the sign to the last name that it has room for."""
    kept, short = {"id": "k", "authors": cut}, {"id": "s", "authors": ["Marsh, I."]}
    longer_cut = {"id": "l", "authors": ["Marsh, I.", "Otter, B.", "Vole, C.", "Newt, D.", "et al."]}
    whole = {"id": "w", "authors": "Marsh, I.; Otter, B.; Vole, C."}
    work = work_of(kept, short, longer_cut, whole)

    assert (work["authors"], work["sources"]["authors"]) == (whole["authors"], "w")
    assert work_of(kept, short, longer_cut)["authors"] == cut
    assert work_of(short, whole)["authors"] == short["authors"]


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("Journal of Moss Resea\u2026", "Journal of moss research"),
        ("\u2026 of Moss Research", "Journal of Moss Research"),
        ("\u2026 of Moss \u2026", "Journal of Moss Research"),
        ("Journal of Moss Resea\u2026", "J Moss Res"),
    ],
)
def test_a_journal_that_was_cut_gives_way_to_the_whole_or_an_abbreviation_of_it(cut, whole):
    """Google Scholar cuts at either end; another journal's name is no more of it."""
    kept, other = {"id": "k", "journal": cut}, {"id": "o", "journal": "Lichens of the North"}

    assert work_of(kept, other, {"id": "w", "journal": whole})["journal"] == whole
    assert work_of(kept, other)["journal"] == cut


@pytest.mark.parametrize(
    "title",
    [
        "RETRACTED: On moss",
        "RETRACTED ARTICLE: ON MOSS",
        "[Retracted] On moss",
        "<b>RETRACTED</b>: On moss",
        "WITHDRAWN: On moss",
        "On moss (retracted)",
        "On moss. (Retracted article. See vol. 12, pg. 3, 2020)",
        "On moss [Retraction in: J Moss. 2020]",
        "On moss RETRACTED ARTICLE",
        "Notice of Retraction: On moss",
    ],
)
@pytest.mark.parametrize("rule_first", [0, 1, 2])
def test_a_title_that_says_the_work_is_retracted_is_kept(title, rule_first):
    """Hard because the record with more fields, which is kept, is often of a database that has no such mark."""
    marked = {"id": "r", "title": title}
    records = [ARTICLE, PREPRINT]
    records.insert(rule_first, marked)
    work = work_of(*records)

    assert work["title"] == title
    assert work["sources"]["title"] == "r"
    assert work["volume"] == 3


@pytest.mark.parametrize("title", ["Removing moss", "Retracted articles on moss", "Retracted article", 7, ["On moss"]])
def test_a_title_with_such_words_of_its_own_is_as_any_other(title):
    assert work_of(ARTICLE, {"id": "r", "title": title})["title"] == "On Moss"


def test_what_the_fields_of_a_record_were_made_of_is_said_of_the_kept_record_alone():
    """Beside the fields of another it would contradict them; that other version still has it."""
    kept, other = {"id": "k", "publication_date": "2020"}, {"id": "o", "original": {"RIS": {"Y1": "2021//"}}}
    work = work_of(kept, other)

    assert "original" not in work | work["sources"]
    assert work["versions"][1]["record"] == other
    assert work_of(other, kept)["original"] == other["original"]


def test_every_record_is_held_whole_with_its_file_and_number():
    assert work_of(ARTICLE, PREPRINT)["versions"] == [
        {"file": "a.jsonl", "position": 1, "record": ARTICLE},
        {"file": "a.jsonl", "position": 2, "record": PREPRINT},
    ]


def test_fields_of_the_records_called_sources_and_versions_are_theirs_alone():
    record = {"id": "x", "title": "T", "sources": ["a"], "versions": [{"id": "old"}]}
    work = work_of(record)

    assert work["sources"] == {"id": "x", "title": "x"}
    assert work["versions"][0]["record"] == record


def test_a_record_without_an_id_of_its_own_is_named():
    versions = [version({"title": "T"}, 4), version({"id": "b", "title": "T", "pages": "9"}, 5)]
    work = json.loads(merged(versions, ["a.jsonl:4", None], {}))

    assert work["id"] == "a.jsonl:4"
    assert work["sources"] == {"id": "a.jsonl:4", "title": "a.jsonl:4", "pages": "b"}


@pytest.mark.parametrize(("rule", "first"), [("published", 2), ("preprint", 1), ("first", 0), ("most-complete", 3)])
def test_the_rule_says_which_record_is_kept(rule, first):
    published, filled, fullness = np.array([[0, -1, 1, 0, 1], [5, 3, 4, 9, 2], [8, 9, 7, 5, 9]])

    assert keep_order(rule, published, filled, fullness, np.arange(5))[0] == first
    assert rule in KEEP


@pytest.mark.parametrize("rule", KEEP)
def test_of_equal_records_the_one_that_says_more_is_kept(rule):
    """But where the first is asked for; position decides only where nothing else does."""
    equal, fullness = np.ones(4), np.array([3, 9, 4, 9])

    assert keep_order(rule, equal, equal, fullness, np.arange(4)).tolist() == (
        [0, 1, 2, 3] if rule == "first" else [1, 3, 2, 0]
    )


values = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(max_size=8)
    | st.lists(st.text(max_size=4), max_size=2)
)
records = st.dictionaries(
    st.sampled_from(["id", "title", "authors", "doi", "year", "sources", "x y"]), values, max_size=5
)


@given(st.lists(st.lists(records, min_size=1, max_size=3), max_size=4))
def test_split_gives_back_every_record_as_it_came(works):
    """To the byte, in the order of the input."""
    position, rows, everything = 0, [], []
    for work in works:
        versions = []
        for record in work:
            position += 1
            versions.append(version(record, position))
        everything += [one.raw for one in versions]
        names = [f"a.jsonl:{one.position}" for one in versions]
        rows.append((merged(versions[::-1], names[::-1], {}), "works.jsonl", len(rows) + 1))

    assert [one.raw for one in split(reversed(rows))] == everything


def test_a_record_that_is_no_merged_one_is_its_own_version():
    raw = b'{"id": "a", "versions": [{"id": "b"}]}'

    assert versions_of(raw, "f", 3) == [Version("f", 3, raw, True)]


def test_what_is_no_record_is_refused():
    with pytest.raises(RowError, match="named fields"):
        versions_of(b"[1]", "f", 1)


def test_works_come_back_from_a_table_too():
    """There lists are JSON text in a cell."""
    work = work_of(ARTICLE, PREPRINT)
    flat = {name: json.dumps(value) if isinstance(value, (list, dict)) else value for name, value in work.items()}

    assert [json.loads(one.raw) for one in versions_of(json.dumps(flat).encode(), "f", 1)] == [ARTICLE, PREPRINT]
