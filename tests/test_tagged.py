"""Text with a tag a line: a record ends where it ends, however it is wrapped, joined to others or broken off."""

import itertools
import json
import re

import pytest

from papertwin.data.files.rows import Reject
from papertwin.data.frames import as_pairs
from papertwin.data.records import open_records
from samples import FOX, TITLE, titles
from samples.files import NBIB, RIS, WOS
from samples.forms import FORMS


def test_the_tags_of_pubmed_as_biopython_reads_them_are_those_of_the_file(opened):
    """It has lists of authors, and one text of all lines of LID."""
    medline = {
        "PMID": "31234567",
        "OWN": "NLM",
        "DP": "2019 Mar 5",
        "TI": "Foxes of the lower valley: a census",
        "PG": "17-29",
        "LID": "10.5555/fox.19 [doi] S0000-1 [pii]",
        "AB": "We count foxes. There are 40.",
        "FAU": ["Marsh, Io", "Otter, Bo"],
        "AU": ["Marsh I", "Otter B"],
        "JT": "Journal of Foxes",
        "TA": "J Fox",
        "VI": "3",
        "IP": "2",
        "PMC": "PMC7654321",
    }
    (of_file,) = opened(NBIB)[1]
    form, (of_object,), _, _ = opened(json.dumps([medline]), "medline.json")

    assert of_object | {"abstract": of_file["abstract"]} == of_file
    assert form == "NBIB"
    assert as_pairs([(medline, medline)])[0] == [of_object]


@pytest.mark.parametrize("tag", ["TI", "AB", "JT", "FAU"])
def test_brackets_behind_a_text_of_pubmed_are_its_own(opened, tag):
    """A title that ends in "[corrected]" was none, for only of identifiers they say what kind they are."""
    field = {"TI": "title", "AB": "abstract", "JT": "journal", "FAU": "authors"}[tag]
    _, (record,), _, _ = opened(f"PMID- 31234567\nOWN - NLM\n{tag:<4}- Foxes [corrected]\nLID - 10.5555/fox.19 [doi]\n")

    assert record[field] in ("Foxes [corrected]", ["Foxes [corrected]"])
    assert record["doi"] == "10.5555/fox.19"


def test_er_begins_a_line_of_an_abstract(opened):
    """A receptor is called ER; a line that begins with it is taken for the end of the record by simple readers."""
    text = RIS.replace("AB  - We", "AB  - Of all tumours\nER  - positive ones grow.\nER-positive, that is.\nWe")
    _, (record,), rejects, _ = opened(text)

    assert rejects == []
    assert record["abstract"].splitlines()[1:3] == ["ER  - positive ones grow.", "ER-positive, that is."]
    assert record["title"] == TITLE


def test_a_line_of_an_abstract_is_an_end_mark_to_the_letter(opened):
    """A wrapped line was "ER  -" and nothing else. Only what follows tells that the record went on."""
    text = RIS.replace("AB  - We", "KW  - tumours\nAB  - Tumours were\nER  -\npositive.\nWe").replace(
        "ER  - \n", "UR  - https://fox.example\nER  - \n"
    )
    _, (record, other), rejects, _ = opened(text + RIS)

    assert rejects == []
    assert record["abstract"].splitlines()[:3] == ["Tumours were", "ER  -", "positive."]
    assert record["urls"] == ["https://fox.example"]
    assert other["title"] == TITLE


def test_files_joined_to_one_keep_all_their_records(opened):
    """A mark stands in the middle then, and the last line of a file may lack its end."""
    _, records, rejects, _ = opened(b"\xef\xbb\xbf" + RIS.rstrip().encode() + b"\n\xef\xbb\xbf" + RIS.encode())

    assert (titles(records), rejects) == ([TITLE, TITLE], [])


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (RIS.rstrip(), RIS),
        (RIS.rstrip() + " ", RIS),
        (RIS.rstrip().replace("  - ", " - "), RIS.replace("  - ", " - ")),
        (WOS.rstrip(), WOS),
        (WOS.removesuffix("\nEF\n").rstrip(), WOS[WOS.index("PT J") :]),
    ],
)
def test_files_joined_without_a_line_break_keep_all_their_records(opened, first, second, mark):
    """The end mark of one file and the first tag of the next, or what stands before it, are on one line then."""
    _, records, rejects, _ = opened(first + mark + second.replace("Foxes of", "Hares of"))

    assert (titles(records), rejects) == ([TITLE, TITLE.replace("Foxes", "Hares")], [])


TAGGED = ["RIS", "NBIB", "Web of Science", "EndNote tagged", "Cochrane text"]


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(TAGGED, 2)))
def test_files_of_two_formats_joined_to_one_are_read_each_as_its_own(opened, first, second):
    """Of the second all was taken for lines of the first one's last record, without a word."""
    parts = [FORMS[first][0], FORMS[second][0]]
    form, records, rejects, notes = opened("".join(parts))

    assert (form, records, rejects, notes) == (first, [opened(part)[1][0] for part in parts], [], [])


@pytest.mark.parametrize("form", ["BibTeX", "EndNote XML", "arXiv", "Embase table"])
def test_another_file_joined_to_one_of_pubmed_is_no_part_of_its_last_record(opened, form):
    """No end mark tells, but lines that go on stand in there."""
    _, records, rejects, _ = opened(NBIB + FORMS[form][0] + "\n" + NBIB)

    assert records == [opened(NBIB)[1][0]] * 2
    assert rejects[0].place == NBIB.count("\n") + 1
    assert rejects[0].reason == "the text stands outside of a record"


def test_a_paragraph_of_pubmed_that_does_not_stand_in_is_part_of_the_record_whose_tags_follow(opened):
    """Editors of text do that to abstracts; authors and journal stand behind it."""
    _, records, rejects, _ = opened(NBIB.replace("AU  -", "OAB - We saw foxes.\n\nThere were many.\nAU  -", 1) + NBIB)

    assert ([record.pop("OAB", None) for record in records], rejects) == (["We saw foxes. There were many.", None], [])
    assert records == [opened(NBIB)[1][0]] * 2


def test_a_line_of_an_abstract_with_both_tags_stays_one(opened):
    """Codes of cells and of plasmids are written so; a tag has a space behind its dash."""
    _, records, rejects, _ = opened(RIS.replace("ER  -", "AB  - The line\nER-TY-1 grew.\nER  -"))

    assert ([record["abstract"].splitlines()[-1] for record in records], rejects) == (["ER-TY-1 grew."], [])


def test_missing_end_marks(opened):
    """The next record begins all the same; readers that wait for the mark mix two records into one."""
    text = RIS.replace("ER  - \n", "")
    _, records, rejects, _ = opened(text + text.replace("Foxes of", "Hares of"))

    assert (titles(records), rejects) == ([TITLE, TITLE.replace("Foxes", "Hares")], [])
    assert [record["authors"] for record in records] == [FOX["authors"]] * 2


def test_tags_with_one_space(opened):
    """Hand-made and converted files; such a tag inside of a well-formed record's abstract is text, though."""
    loose = RIS.replace("  - ", " - ")
    strict = RIS.replace("AB  - We", "AB  - Results:\nTI - the time index - grew.\nWe")
    _, records, rejects, _ = opened(loose + strict)

    assert (titles(records), rejects) == ([TITLE, TITLE], [])
    assert {name: records[0][name] for name in FOX} == FOX
    assert records[1]["abstract"].splitlines()[1] == "TI - the time index - grew."


def test_values_go_on_over_lines(opened):
    """A title is joined, an abstract keeps its paragraphs, and EndNote writes keywords a line each under one tag."""
    text = RIS.replace("lower valley", "lower\nvalley").replace("foxes. There", "foxes.\n\nThere")
    _, (record,), _, _ = opened(text.replace("ER  - ", "KW  - red\nfur\n\nER  - "))

    assert record["title"] == TITLE
    assert record["abstract"] == "We count foxes.\n\nThere are 40."
    assert record["KW"] == ["red", "fur"]


def test_text_around_the_records_is_told(opened):
    """Providers write a header, which is no record that was lost; text between records may be one."""
    _, records, rejects, notes = opened(f"Provider: Foxes Ltd\nDatabase: Valley\n\n{RIS}what is this\n\n{RIS}")

    assert titles(records) == [TITLE, TITLE]
    assert [(reject.place, reject.text.strip()) for reject in rejects] == [(19, "what is this")]
    assert len(notes) == 1
    assert "Foxes Ltd" in notes[0]


def test_a_record_without_its_first_tag_is_one_if_it_has_a_title(opened):
    _, records, rejects, _ = opened(RIS + RIS.removeprefix("TY  - JOUR\n") + RIS)

    assert (titles(records), rejects) == ([TITLE] * 3, [])


def test_a_record_of_no_kind_is_a_record(opened):
    """Programs write the tag of the kind without a value where they do not know it."""
    form, records, rejects, _ = opened(RIS.replace("JOUR", "") * 2)

    assert (form, titles(records), rejects) == ("RIS", [TITLE] * 2, [])


def test_an_end_mark_that_is_set_twice_is_no_record(opened):
    _, records, rejects, _ = opened(RIS + "ER  - \n\n" + RIS)

    assert (len(records), rejects) == (2, [])


@pytest.mark.parametrize("whole", [RIS + RIS, RIS, "FN Clarivate\nPT J\nTI Bees\nER\n\nPT J\nTI Foxes\nER\n\nEF\n"])
def test_a_file_that_ends_within_a_record_is_told(whole, tmp_path):
    """A download that broke off is read without a word; a program that writes no end marks at all is another thing."""
    told = []
    path = tmp_path / "a.txt"
    for text in (whole, whole[: whole.rindex("ER")], whole[: whole.rindex("TI")], re.sub(r"(?m)^ER.*$", "", whole)):
        notes = []
        path.write_text(text, encoding="utf-8")
        assert all(not isinstance(row, Reject) for row in open_records(path, notes.append).rows)
        told.append([note for note in notes if "has no end (ER): is the file complete?" in note])

    assert list(map(len, told[:3])) == [0, 1, 1]
    assert len(told[3]) == (whole == RIS)  # of one record nobody knows
