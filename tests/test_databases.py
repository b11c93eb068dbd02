"""What databases really export, an oddity each: every field lands where it should, and nothing is set aside."""

from contextlib import suppress

import pytest

from papertwin.data.errors import InputError
from papertwin.data.exports.tables import convention_of, table_of
from papertwin.data.files.rows import Reject, decode, encode
from papertwin.data.output import RecordOutput
from papertwin.data.records import open_records
from papertwin.data.values.parts import ORIGINAL

TITLE = "Foxes of the lower valley: a census"
DOI = "10.5555/fox.19"
PUBMED = "https://pubmed.ncbi.nlm.nih.gov/31234567/"


@pytest.fixture
def read(tmp_path):
    """The records of a file of this content, of which nothing is set aside; `read.notes` are those of the last one."""

    def run(content, name="export.txt"):
        path = tmp_path / name
        path.write_bytes(content.encode())
        run.notes = []
        rows = list(open_records(path, run.notes.append).rows)
        assert [row for row in rows if isinstance(row, Reject)] == []
        return [decode(row.raw) for row in rows]

    return run


def table(columns, *rows):
    """A CSV file with CRLF, its columns and cells quoted and parted by |, but for ="cells" that are as they are."""
    quoted = ([cell if cell[:1] == "=" else f'"{cell}"' for cell in line.split("|")] for line in (columns, *rows))
    return "".join(",".join(cells) + "\r\n" for cells in quoted)


def test_the_cochrane_library_numbers_its_records(read):
    """Three lines stand before each record, two spaces behind each tag; its number and PubMed's are in AN and C3."""
    one = f"""Record #1 of 2
Provider: John Wiley & Sons, Ltd.
Content: text/plain; charset="UTF-8"

TY  -  JOUR
AN  -  CN-01
AU  -  Marsh, I
TI  -  {TITLE}
JA  -  Journal of foxes
C3  -  PUBMED 31234567,EMBASE 621234567
ER  -


"""
    records = read(one + one.replace("#1", "#2").replace("CN-01", "CN-02"))

    assert [record["id"] for record in records] == ["CN-01", "CN-02"]
    assert [(record["title"], record["journal"]) for record in records] == [(TITLE, "Journal of foxes")] * 2
    assert records[0]["urls"] == [PUBMED]
    assert "John Wiley" in read.notes[0]


def test_ovid_numbers_its_records(read):
    """A line "2." stands between two records; the accession number of MEDLINE is PubMed's."""
    one = (
        f"1. \nTY  - JOUR\nDB  - Ovid MEDLINE(R) <1946 to now>\nAN  - 31234567\nT1  - {TITLE}\nY1  - 2019//\nER  - \n\n"
    )
    records = read((one + one.replace("1. ", "2. ")).replace("\n", "\r\n"))

    assert [(record["title"], record["publication_date"]) for record in records] == [(TITLE, "2019")] * 2
    assert [record["urls"] for record in records] == [[PUBMED]] * 2


def test_endnote_has_pubmed_number_where_pubmed_gave_the_record(read):
    """The accession number is PubMed's where the provider is its library, and EndNote's own number is the id."""
    text = f"TY  - JOUR\nTI  - {TITLE}\nAN  - 31234567\nDB  - {{}}\nDP  - {{}}\nID  - 12\nER  - \n"
    (ours,) = read(text.format("Medline", "NLM"))
    (other,) = read(text.format("CINAHL", "EBSCOhost"))

    assert (ours["id"], ours["urls"]) == ("12", [PUBMED])
    assert "urls" not in other


def test_a_number_alone_is_the_length_of_a_thesis(read, tmp_path):
    """ProQuest has it under SP; pages of a part, and those of other records, are pages. It goes back as it came."""
    text = f"TY  - {{}}\nTI  - {TITLE}\nSP  - {{}}\nER  - \n"
    (thesis,) = read(text.format("THES", 287))

    assert "pages" not in thesis
    assert thesis[ORIGINAL] == {"RIS": {"SP": "287"}}
    assert read(text.format("THES", "17-29"))[0]["pages"] == "17-29"
    assert read(text.format("THES", "17\nEP  - 29"))[0]["pages"] == "17-29"
    assert read(text.format("JOUR", 287))[0]["pages"] == "287"
    with RecordOutput(tmp_path / "again.ris") as output:
        output.write([encode(thesis)])
        output.finish()
    assert "SP  - 287\n" in (tmp_path / "again.ris").read_text(encoding="utf-8")


def test_a_numbered_line_of_an_abstract_is_none_between_records(read):
    """An abstract of items, in which a line is an end mark to the letter: what follows tells that it went on."""
    (record,) = read(f"TY  - JOUR\nTI  - {TITLE}\nAB  - Tumours were\nER  -\n2.\npositive.\nUR  - http://a.b\nER  - \n")

    assert record["abstract"].splitlines() == ["Tumours were", "ER  -", "2.", "positive."]


def test_ovid_tells_the_number_of_pubmed_with_its_address(read):
    """Of Embase's records; their own number stands under AN."""
    number = "31234567 [https://www.ncbi.nlm.nih.gov/pubmed/?term=31234567]"
    (record,) = read(f"1.\nTY  - JOUR\nDB  - Embase\nAN  - 2001\nID  - {number}\nT1  - {TITLE}\nER  - \n")

    assert (record["id"], record["urls"]) == (number, [PUBMED])


def test_numbers_of_pubmed_stand_under_a_tag_of_each_database(read):
    for database, tag in (("Scopus", "C2"), ("Embase", "C5")):
        assert read(f"TY  - JOUR\nTI  - A\nDB  - {database}\n{tag}  - 31234567\nER  - \n")[0]["urls"] == [PUBMED]
    assert "urls" not in read("TY  - JOUR\nTI  - A\nDB  - ERIC\nC2  - 31234567\nAN  - 31234567\nER  - \n")[0]


@pytest.mark.parametrize(
    ("lines", "journal"),
    [
        ("TY  - CONF\nC3  - Proceedings of Foxes\nJ2  - Proc. Foxes", "Proceedings of Foxes"),
        ("TY  - CONF\nT2  - Foxes 2019\nC3  - Proceedings of Foxes", "Foxes 2019"),
        ("TY  - CONF\nJ2  - Proc. Foxes", "Proc. Foxes"),
        ("TY  - JOUR\nC3  - University of Foxes\nJ2  - J. Foxes", "J. Foxes"),
    ],
)
def test_a_conference_paper_is_in_its_proceedings(lines, journal, read, tmp_path):
    """Scopus gives their title under C3, beside an abbreviation; Web of Science gives affiliations there."""
    (record,) = read(f"{lines}\nTI  - A\nDB  - Scopus\nER  - \n")
    assert record["journal"] == journal
    with RecordOutput(tmp_path / "again.ris") as output:
        output.write([encode(record)])
        output.finish()
    assert read((tmp_path / "again.ris").read_text(encoding="utf-8"))[0]["journal"] == journal


SHELF = "UR  - https://www.sciencedirect.com/science/article/pii/S0"


@pytest.mark.parametrize(
    ("lines", "journal"),
    [
        ("TY  - JOUR\nJO  - Foxes\nT2  - Special Issue on Hares", "Foxes"),
        (f"TY  - JOUR\nJO  - Foxes\nT2  - Hares in their valleys\n{SHELF}", "Foxes"),
        # what other programs write of the same article, and articles of others
        (f"TY  - JOUR\nT2  - Journal of Foxes\nJO  - J. Foxes\n{SHELF}", "Journal of Foxes"),
        (f"TY  - JOUR\nT2  - Journal of Applied Mosses\nJF  - JAM\n{SHELF}", "Journal of Applied Mosses"),
        (f"TY  - JOUR\nT2  - JAM\nJO  - Journal of Applied Mosses\n{SHELF}", "JAM"),
        (f"TY  - JOUR\nT2  - Special Issue on Hares\nJ2  - SIH\n{SHELF}", "Special Issue on Hares"),
        ("TY  - JOUR\nT2  - National Journal of Foxes\nJO  - Zhonghua Huli Za Zhi", "National Journal of Foxes"),
        (f"TY  - CHAP\nT2  - Hares in their valleys\nJO  - Foxes\n{SHELF}", "Hares in their valleys"),
    ],
)
def test_the_title_of_a_special_issue_is_no_journal(lines, journal, read, tmp_path):
    """ScienceDirect gives it under T2, where the journal stands elsewhere beside an abbreviation of it."""
    (record,) = read(f"{lines}\nT1  - A\nER  - \n")
    assert record["journal"] == journal
    with RecordOutput(tmp_path / "again.ris") as output:
        output.write([encode(record)])
        output.finish()
    assert read((tmp_path / "again.ris").read_text(encoding="utf-8"))[0]["journal"] == journal


def test_an_article_number_stands_for_pages(read):
    """Scopus and Web of Science write it under C7 in RIS, the ACM as articleno in BibTeX, others as eid or art_number.

    Hard because `eid` is Scopus's own number of a record as well.
    """
    pytest.importorskip("bibtexparser")

    assert read("TY  - JOUR\nTI  - A\nC7  - e1234\nER  - \n")[0]["pages"] == "e1234"
    assert read("TY  - JOUR\nTI  - A\nSP  - 5\nC7  - e1234\nER  - \n")[0]["pages"] == "5"
    for name in ("articleno", "eid", "art_number"):
        entry = f"@article{{a,\n title = {{A}},\n {name} = {{e45}},\n numpages = {{23}}{{}}\n}}\n"
        assert read(entry.replace("{}", ""))[0]["pages"] == "e45"
        assert read(entry.replace("{}", ",\n pages = {3--9}"))[0]["pages"] == "3-9"
    assert "pages" not in read("@article{a,\n title = {A},\n eid = {2-s2.0-85000000001}\n}\n")[0]


@pytest.mark.parametrize(
    ("line", "persons"),
    [
        ("Marsh, I., Otter, B., Vole, W.", ["Marsh, I.", "Otter, B.", "Vole, W."]),
        ("Marsh, I., Otter, B. & Vole, W.", ["Marsh, I.", "Otter, B.", "Vole, W."]),
        ("van der Marsh, I. J., de Otter, B.", ["van der Marsh, I. J.", "de Otter, B."]),
        ("Marsh I, Otter B, Vole W", ["Marsh I", "Otter B", "Vole W"]),
        ("Marsh I, Otter B.", ["Marsh I", "Otter B"]),
        ("Marsh, Io; Otter, Bo", ["Marsh, Io", "Otter, Bo"]),
        ("Marsh, Io and Otter, Bo", ["Marsh, Io", "Otter, Bo"]),
        ("Io Marsh, Bo Otter and Wil Vole", ["Io Marsh", "Bo Otter", "Wil Vole"]),
        ("Fox Study Group; Marsh, Io", ["Fox Study Group", "Marsh, Io"]),
    ],
)
def test_all_authors_in_one_line_of_ris_are_several(read, tmp_path, line, persons):
    """Which programs write that have them in one cell; written again, each has a line."""
    (record,) = read(f"TY  - JOUR\nAU  - {line}\nTI  - {TITLE}\nER  - \n")
    with RecordOutput(tmp_path / "again.ris") as output:
        output.write([encode(record)])
        output.finish()
    written = (tmp_path / "again.ris").read_text(encoding="utf-8").splitlines()

    assert record["authors"] == persons
    assert sum(text.startswith("AU  - ") for text in written) == len(persons)


@pytest.mark.parametrize(
    "line",
    [
        "Marsh, Io",
        "Marsh, I. J.",
        "Marsh, Io, Jr.",
        "Marsh Otter, Io Jay",
        "Marsh, Io, Otter, Bo",
        "Department of Forests, Foxes, and Voles",
        "Forest and Fox Administration",
        "Marsh and Otter",
        "Marsh Otter & Vole, Inc.",
        "M&uuml;ller, Io",
        "Marsh, I., Otter, B., et al.",
    ],
)
def test_one_author_in_the_one_line_of_ris_is_one(read, line):
    """So is a line that cannot be parted for sure, or that says more than names: it is compared as it stands."""
    assert read(f"TY  - JOUR\nA1  - {line}\nTI  - {TITLE}\nER  - \n")[0]["authors"] == [line]


def test_a_table_with_bars_between_its_cells_is_read(read):
    """Authors with bars between them are quoted; a text that goes on behind its quotation is told."""
    text = 'Authors|Title|Year\n"Marsh, Io|Otter, Bo"|Foxes; a census, of all|2019\nVole, W||\n'

    assert [(record.get("authors"), record.get("title")) for record in read(text, "table.csv")] == [
        (["Marsh, Io", "Otter, Bo"], "Foxes; a census, of all"),
        (["Vole, W"], None),
    ]


def test_ebsco_writes_the_doi_under_a_tag_of_many_uses(read):
    said = "TY  - JOUR\nTI  - A\nL3  - {}\nER  - \n"

    assert read(said.format(DOI))[0]["doi"] == DOI
    (other,) = read(said.format("shelf 7"))
    assert "doi" not in other
    assert other["L3"] == "shelf 7" if "L3" in other else other[ORIGINAL]["RIS"]["L3"] == "shelf 7"


def test_ebsco_guards_cells_from_excel(read):
    """="19326203" is text for Excel, and CSV knows nothing of it; dates are glued or American."""
    columns = (
        "Article Title|Author|Journal Title|ISSN|Publication Date|First Page|Page Count|Accession Number|DOI|PLink"
    )
    cells = (
        f'{TITLE}|Marsh, Io; Otter, Bo|Journal of Foxes|="12345678"|="Mar2019"|17|13|99|{DOI}|https://ebsco.example/99'
    )
    (record,) = read(table(columns, cells), "a.csv")

    assert record["ISSN"] == "12345678"
    assert (record["id"], record["publication_date"], record["pages"]) == ("99", "2019-03", "17")
    assert (record["authors"], record["journal"], record["doi"]) == (
        ["Marsh, Io", "Otter, Bo"],
        "Journal of Foxes",
        DOI,
    )
    assert record["urls"] == ["https://ebsco.example/99"]


def test_the_virtual_health_library_has_a_citation_as_source(read):
    """The database stands beside it, the pages within it, and reviewers count its records."""
    columns = "ID|Title|Authors|Source|Journal|Database|Descriptor(s)|Publication Country|Volume number|Issue number"
    sources = {
        "J Fox (Online);3(2): 17-29, 2019. tab, graf": "17-29",
        "J Fox;3: e210111, 2019.": "e210111",
        "J Fox;3(2): 17-29, abr.-jun. 2019. ilus": "17-29",
        "J Fox;3(2): 17-29, 20190601.": "17-29",
        "J Fox": None,
    }
    cells = (f"lil-1|{TITLE}|Marsh, Io; Otter, Bo|{source}|J Fox|LILACS|Foxes|BR|3|2" for source in sources)
    records = read(table(columns, *cells), "a.csv")

    assert [record.get("pages") for record in records] == list(sources.values())
    for record in records:
        assert (record["id"], record["authors"]) == ("lil-1", ["Marsh, Io", "Otter, Bo"])
        assert (record["source"], record["journal"], record["volume"], record["number"]) == (
            "LILACS",
            "J Fox",
            "3",
            "2",
        )
    assert convention_of(table_of(columns.split("|"))) == "record"


def test_embase_writes_the_search_before_the_header(read):
    """And a whole citation under "Source", which elsewhere is the database or the journal."""
    columns = (
        "Title|Author Names|Source|Source title|Publication Year|First Page|Last Page|Date of Publication|Medline PMID|"
        "PUI|DOI"
    )
    cells = f"{TITLE}|Marsh I., Otter B.|J Fox (2019) 3:2 (17-29)|J Fox|2019|17|29|5 Mar 2019|31234567|L20|{DOI}"
    search = '"SEARCH QUERY","fox:ti OR\r\n(census:ti AND valley:ti)"\r\n-------------------------\r\n\r\n'
    (record,) = read(search + table(columns, cells), "a.csv")

    assert record["id"] == "L20"
    assert record["authors"] == ["Marsh I.", "Otter B."]
    assert (record["publication_date"], record["journal"], record["pages"]) == ("2019-03-05", "J Fox", "17-29")
    assert record["urls"] == [PUBMED]
    assert "source" not in record
    assert record[ORIGINAL]["CSV"]["Source"] == "J Fox (2019) 3:2 (17-29)"
    assert any("valley:ti" in note for note in read.notes)


@pytest.mark.parametrize(("telling", "value"), [("CENTRAL ID", "CN-01"), ("CitesURL", "https://scholar.example")])
def test_source_is_the_journal_in_some_tables(read, telling, value):
    """Those of the Cochrane Library and of Publish or Perish; in Scopus's and others it is the database."""
    (record,) = read(table(f"{telling}|Author(s)|Title|Source|Year", f"{value}|Marsh, I; Otter, B|{TITLE}|J Fox|2019"))

    assert (record["journal"], record.get("source")) == ("J Fox", None)
    assert record["authors"] == ["Marsh, I", "Otter, B"]
    assert read(table("Title|Source", f"{TITLE}|Scopus"))[0]["source"] == "Scopus"


def test_the_json_of_publish_or_perish_calls_the_journal_source_as_its_table_does(read):
    """Hard because a record may have nothing else that it calls otherwise than we do: an address, a year."""
    (record,) = read(f'[{{"title": "{TITLE}", "source": "J Fox", "uid": "GS:1", "cites": 3}}]', "a.json")

    assert (record["journal"], record.get("source"), record["cites"]) == ("J Fox", None, 3)


def test_scopus_has_full_names_with_numbers(read):
    """Since 2023; where nobody is named it says so in words, which are no person's name."""
    columns = "Authors|Author full names|Author(s) ID|Title|Abstract"
    cells = f"Marsh I.; Otter B.|Marsh, Io (57190000001); Otter, Bo (57190000002)|57190000001; 57190000002|{TITLE}|We"
    nobody = "[No author name available]|[No author name available]|[No author id available]|A|[No abstract available]"
    record, editorial = read(table(columns, cells, nobody))

    assert record["authors"] == ["Marsh, Io", "Otter, Bo"]
    assert record[ORIGINAL]["CSV"]["Author full names"] == "Marsh, Io (57190000001); Otter, Bo (57190000002)"
    assert {"authors", "abstract"}.isdisjoint(editorial)
    assert editorial[ORIGINAL]["CSV"]["Abstract"] == "[No abstract available]"


def test_pubmed_parts_persons_by_commas_and_groups_by_semicolons(read):
    cells = f"31234567|{TITLE}|van der Marsh I, Núñez CM; Valley Study Group.|J Fox|2019"
    (record,) = read(table("PMID|Title|Authors|Journal/Book|Publication Year", cells))

    assert record["authors"] == ["van der Marsh I", "Núñez CM", "Valley Study Group"]


@pytest.mark.parametrize(
    ("cell", "persons"),
    [
        ("Marsh I, Brown TE.", ["Marsh I", "Brown TE"]),
        ("Brown TE.", ["Brown TE"]),
        ("Marsh I.", ["Marsh I."]),
        ("Marsh I.; Otter B.", ["Marsh I.", "Otter B."]),
        ("Marsh, I.", ["Marsh, I."]),
        ("Marsh, I., Otter, B.", ["Marsh, I.", "Otter, B."]),
    ],
)
def test_the_full_stop_that_ends_a_list_is_no_part_of_a_name(read, cell, persons):
    """PubMed and Europe PMC end the list with one; behind initials that all have one it is theirs."""
    (record,) = read(table("Title|Authors", f"{TITLE}|{cell}"), "export.csv")

    assert record["authors"] == persons


@pytest.mark.parametrize(
    ("citation", "place"),
    [
        ("J Fox. 2019 Jun;12(3):11-20. doi: 10.5555/fox.19. Epub 2019 May 1.", ("12", "3", "11-20")),
        ("BMJ. 2020 Mar 5;368:m1. doi: 10.5555/fox.19.", ("368", None, "m1")),
        ("J Fox (Lond). 2019 Sep-Oct;12 Suppl 1:S1-S5.", ("12 Suppl 1", None, "S1-S5")),
        ("J Fox. 2019;(3 Pt 1):11-20; discussion 21-2.", (None, "3 Pt 1", "11-20")),
        ("J Fox. 1995 Jun;12 ( Pt 3)(Pt 3):11-20. doi: 10.5555/fox.95.", ("12 ( Pt 3)", "Pt 3", "11-20")),
        ("bioRxiv [Preprint]. 2020 Jan 1:2020.01.01.555555. doi: 10.5555/a.", (None, None, "2020.01.01.555555")),
        ("J Fox. 2019 Jun 5. doi: 10.5555/a;b:c. Online ahead of print.", (None, None, None)),
        ("In: Foxes [Internet]. Treasure Island (FL): Foxes Publishing; 2023 Jan–.", (None, None, None)),
    ],
)
def test_the_table_of_pubmed_tells_volume_issue_and_pages_in_its_citation(read, citation, place):
    """It has no columns for them; the citation stays as it is beside them."""
    cells = f"31234567|{TITLE}|Marsh I|{citation}|J Fox|2019"
    (record,) = read(table("PMID|Title|Authors|Citation|Journal/Book|Publication Year", cells), "pubmed.csv")

    assert tuple(record.get(field) for field in ("volume", "number", "pages")) == place
    assert (record["Citation"], record["journal"], ORIGINAL in record) == (citation, "J Fox", False)


@pytest.mark.parametrize(
    ("columns", "cells", "own"),
    [
        ("PMID|Title|Citation|Journal/Book", "31234567|{}|J Fox. 2019.|J Fox", "31234567"),
        ("pmid|title|abstract", "31234567|{}|Foxes.", "31234567"),
        ("pmid|title|id", "31234567|{}|a7", "a7"),
    ],
)
def test_a_table_without_ids_is_numbered_as_pubmed_numbers_it(read, columns, cells, own):
    """As PubMed's NBIB and XML are, so that pairs of these numbers find their records; an id of its own is its id."""
    (record,) = read(table(columns, cells.format(TITLE)), "pubmed.csv")

    assert (record["id"], record["urls"]) == (own, [PUBMED])


def test_distillersr_calls_the_journal_periodical(read):
    (record,) = read(
        table("Refid|Author|Title|Periodical|Year", f"12|Marsh, I.; Otter, B.|{TITLE}|J Fox|2019"), "a.csv"
    )

    assert (record["id"], record["journal"], len(record["authors"])) == ("12", "J Fox", 2)


@pytest.mark.parametrize(("place", "issue"), [("Brasil", None), ("3", "3"), ("Suppl", "Suppl")])
def test_the_country_in_ris_of_lilacs_is_no_issue(read, place, issue):
    """Others have the issue under this tag."""
    (record,) = read(f"TY  - JOUR\nTI  - {TITLE}\nVL  - 55\nCP  - {place}\nER  - \n")

    assert record.get("number") == issue


def test_the_source_of_europe_pmc_tells_whose_its_number_is(read):
    """MED is PubMed, and PMC says PMC itself; those of preprints and others are its own."""
    rows = [f"{source}|{number}|{TITLE}|Marsh I, Otter B." for source, number in (("MED", 31234567), ("PPR", "PPR1"))]
    article, preprint = read(table("SOURCE|EXTERNAL_ID|TITLE|AUTHOR_STRING", *rows), "europe_pmc.csv")

    assert (article["urls"], article["authors"]) == ([PUBMED], ["Marsh I", "Otter B"])
    assert "urls" not in preprint


def test_the_metadata_of_cord_19_are_read(read):
    """Whose names nobody else has: publish_time, source_x, s2_id."""
    columns = "cord_uid|sha|source_x|title|doi|pmcid|pubmed_id|publish_time|authors|journal|arxiv_id|url|s2_id"
    cells = f"ug7v899j||PMC; Medline|{TITLE}|{DOI}||31234567|2019-03-05|Marsh, Io; Otter, Bo|J Fox|1903.00001||12345"
    (record,) = read(table(columns, cells), "metadata.csv")

    assert (record["id"], record["source"], record["publication_date"]) == ("ug7v899j", "PMC; Medline", "2019-03-05")
    assert record["authors"] == ["Marsh, Io", "Otter, Bo"]
    assert record["urls"] == [
        PUBMED,
        "https://arxiv.org/abs/1903.00001",
        "https://api.semanticscholar.org/CorpusID:12345",
    ]


@pytest.mark.parametrize(
    ("cell", "persons"),
    [
        ("Io Marsh", ["Io Marsh"]),
        ("Io MarshBo Otter", ["Io Marsh", "Bo Otter"]),
        ("Io McDonaldAnn MacLeod HareBo DeVries", ["Io McDonald", "Ann MacLeod Hare", "Bo DeVries"]),
        ("Minh LeIo LeBlancDeShawn OtterJoAnn Hare", ["Minh Le", "Io LeBlanc", "DeShawn Otter", "JoAnn Hare"]),
        ("Anna ĆosićÉmile O'BrienI. MarshCarl van der Berg", ["Anna Ćosić", "Émile O'Brien", "I. Marsh",
                                                              "Carl van der Berg"]),
    ],
)  # fmt: skip
def test_persons_that_springer_glues_together_are_parted(read, cell, persons):
    """There a small letter before a capital ends a name, but for names that are written so; elsewhere it does not."""
    columns = "Item Title|Publication Title|Journal Volume|Journal Issue|Item DOI|Authors|Publication Year|URL"
    (record,) = read(table(columns, f"{TITLE}|J Fox|3|2|{DOI}|{cell}|2019|"), "SearchResults.csv")

    assert record["authors"] == persons
    assert (record["title"], record["volume"], record["doi"]) == (TITLE, "3", DOI)
    assert read(table("Title|Authors", f"{TITLE}|{cell}"), "other.csv")[0]["authors"] == [cell]


def test_initials_that_are_a_suffix_too_are_initials_among_others(read):
    """In a list of PubMed's "Hare JR" is Jack Robert Hare; elsewhere "Smith JR, John A" is one person with a suffix."""
    cells = f"31234567|{TITLE}|Valley Study Group; Marsh I, Hare JR, Otter B.|J Fox|2019"
    (record,) = read(table("PMID|Title|Authors|Journal/Book|Publication Year", cells))

    assert record["authors"] == ["Valley Study Group", "Marsh I", "Hare JR", "Otter B"]
    assert read(table("Title|Authors", "A|Smith JR, John A; Marsh, I"))[0]["authors"] == [
        "Smith JR, John A",
        "Marsh, I",
    ]


def test_the_table_of_clinicaltrials_gov_is_one_of_records(read):
    """It names the registration where others have an id, and has neither authors nor a journal."""
    columns = "NCT Number|Study Title|Study URL|Acronym|Brief Summary|Sponsor|Start Date|First Posted"
    (record,) = read(
        table(columns, f"NCT01|{TITLE}|https://clinicaltrials.gov/study/NCT01|FOX|We|X|2018-01|2019-03-05")
    )

    assert (record["id"], record["title"], record["abstract"]) == ("NCT01", TITLE, "We")
    assert (record["publication_date"], record["urls"]) == ("2019-03-05", ["https://clinicaltrials.gov/study/NCT01"])
    assert record["Acronym"] == "FOX"


def test_the_plain_text_of_the_cochrane_library_numbers_its_records(read):
    """A record has no end mark, and what counts the next one is no part of its last line."""
    one = f"Record #1 of 2\nID: CN-01234567\nAU: Marsh I\nTI: {TITLE}\nPM: PUBMED 31234567\nUS: https://a.b/full\n\n\n"
    first, second = read(one + one.replace("#1", "#2").replace("CN-01234567", "CN-01234568"))

    assert (first["id"], second["id"]) == ("CN-01234567", "CN-01234568")
    assert first["urls"] == second["urls"] == ["https://a.b/full", PUBMED]
    assert read.notes == []


def test_embase_writes_a_field_a_line_or_a_record_a_line(read):
    """The first has as many values behind a label as it likes; the journal is in the citation, PubMed's address too."""
    source = "Journal of foxes (2019) 3:2 (17-29). Date of Publication: 5 Mar 2019"
    lines = [f'"TITLE","{TITLE}"', '"AUTHOR NAMES","Marsh I.","Otter B."', '"ISSN","1234-5678","8765-4321"']
    lines += [f'"SOURCE","{source}"', '"PUI","L1"', '"MEDLINE PMID","31234567","http://www.ncbi.nlm.nih.gov/31234567"']
    labelled = "\r\n".join([*lines, "", *lines[:2], ""])
    first, second = read("\ufeff" + labelled, "embase.csv")
    (column,) = read(
        table(
            "TITLE|AUTHOR NAMES|SOURCE|MEDLINE PMID|PUI", f"{TITLE}|Marsh I., Otter B.|{source}|31234567 ({PUBMED})|L1"
        )
    )

    assert first["ISSN"] == ["1234-5678", "8765-4321"]
    for record in (first, column):
        assert (record["title"], record["authors"]) == (TITLE, ["Marsh I.", "Otter B."])
        assert (record["id"], record["journal"], record["urls"][0]) == ("L1", "Journal of foxes", PUBMED)
        assert record[ORIGINAL]["CSV"]["SOURCE"] == source
    assert (second["title"], "id" in second) == (TITLE, False)


@pytest.fixture
def embase(tmp_path):
    """The rejects of lines of Embase's CSV of a field a line, as places and reasons, and its records."""

    def run(*lines):
        path = tmp_path / "embase.csv"
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        rows = list(open_records(path).rows)
        rejects = [(row.place, row.reason) for row in rows if isinstance(row, Reject)]
        return rejects, [decode(row.raw) for row in rows if not isinstance(row, Reject)]

    return run


HEAD = [f'"TITLE","{TITLE}"', '"AUTHOR NAMES","Marsh I."', '"SOURCE TITLE","Foxes"']
UNCLOSED = "a quotation mark in it lacks its partner before the next label or the end of the file"


def test_a_label_of_embase_without_a_separator_is_set_aside(embase):
    """A line that is cut off behind its label is told of, and the rest of the record is read."""
    rejects, (record,) = embase(*HEAD, '"ISSUE","2"', '"VOLUME"')

    assert rejects == [(5, "nothing stands behind its label, VOLUME")]
    assert record["number"] == "2"


@pytest.mark.parametrize("empty", ['"ABSTRACT",""', "ABSTRACT,", '"ABSTRACT"," ",""'])
def test_a_label_of_embase_with_an_empty_value_says_nothing(embase, empty):
    """It is no error: the record has no abstract."""
    rejects, (record,) = embase(*HEAD, empty, '"ISSUE","2"')

    assert (rejects, record["number"], "abstract" in record) == ([], "2", False)


@pytest.mark.parametrize(
    "label", ["AiP/IP ENTRY DATE", "FULL RECORD ENTRY DATE", "ORIGINAL (NON-ENGLISH) TITLE", "EMBASE LINK"]
)
def test_labels_of_embase_are_known_wherever_they_stand(embase, label):
    """Which fields an export has is chosen by who makes it: any may stand behind the title."""
    for quote in ('"', ""):
        lines = [f"{quote}{name}{quote},{quote}A{quote}" for name in ("TITLE", label, "SOURCE")]
        rejects, (record,) = embase(*lines)
        assert (rejects, record["title"]) == ([], "A")


@pytest.mark.parametrize("titles", [("FOXES", "HARES", "MOLES"), ("ABSTRACT", "ABSTRACT", "SOURCE"), ("A", "DOI", "B")])
def test_a_table_in_capitals_is_not_taken_for_labels_of_embase(read, titles):
    """Its rows begin with titles, of which one may be a label by chance: each is a record."""
    rows = [f"{title},MARSH I,2019\n" for title in titles]
    records = read("TITLE,AUTHORS,YEAR\n" + "".join(rows), "table.csv")

    assert [record["title"] for record in records] == list(titles)


@pytest.mark.parametrize("broken", ['"DOI","10.5555/a', 'DOI,"10.5555/a', '"DOI","10.5555/a\n\n'])
def test_an_open_quotation_mark_swallows_no_record_of_embase(embase, broken):
    """Only its own field is lost, and told of: what follows is read, in the record and behind it."""
    second = ['"TITLE","Hares"', '"AUTHOR NAMES","Otter B."', '"PUI","L2"']
    for between in (['"PUI","L1"', ""], ['"PUI","L1"'], ["RECORD 2"], []):
        rejects, (one, two) = embase(*HEAD, broken, *between, *second)
        assert rejects == [(4, UNCLOSED)]
        assert (one["title"], one.get("id"), "doi" in one) == (TITLE, "L1" if "L1" in str(between) else None, False)
        assert (two["title"], two["authors"], two["id"]) == ("Hares", ["Otter B."], "L2")


def test_an_open_quotation_mark_in_a_title_of_embase_begins_a_record_all_the_same(embase):
    """The fields behind it are not added to the record before; one at the end of the file is told of, too."""
    rejects, (one, two) = embase(*HEAD, '"TITLE","Hares', '"AUTHOR NAMES","Otter B."', '"PUI","L2"', '"DOI","10.5555/b')

    assert rejects == [(4, UNCLOSED), (7, UNCLOSED)]
    assert (one["title"], one["authors"], "id" in one) == (TITLE, ["Marsh I."], False)
    assert ("title" in two and two["title"], two["authors"], two["id"]) == (False, ["Otter B."], "L2")


def test_a_value_of_embase_may_go_on_over_lines(embase):
    """Also over empty ones, and over those that begin in capitals: what is not a label is text."""
    text = 'AIMS, in short\n\nWe count ""foxes"".\nRESULTS: 40.'
    rejects, (record,) = embase(*HEAD, f'"ABSTRACT","{text}"', '"ISSUE","2"')

    assert (rejects, record["number"]) == ([], "2")
    assert record["abstract"].split() == text.replace('""', '"').split()


def test_the_table_of_the_registers_of_the_who_is_one_of_records(read):
    columns = "TrialID|Public title|Scientific title|Primary sponsor|Date registration|Export date|web address"
    (record,) = read(
        table(columns, f"ISRCTN01|{TITLE}|A census of foxes|X|2019-03-05|2024-01-01|https://isrctn.com/01")
    )

    assert (record["id"], record["title"], record["publication_date"]) == ("ISRCTN01", TITLE, "2019-03-05")
    assert record["urls"] == ["https://isrctn.com/01"]
    assert record[ORIGINAL]["CSV"]["Scientific title"] == "A census of foxes"


def test_the_xml_of_the_registers_of_the_who_says_what_their_table_says(read):
    """Its dates stand in two forms, and of one nobody knows which number is the month."""
    (record,) = read(
        '<?xml version="1.0" encoding="UTF-8"?>\n<Trials_downloaded_from_ICTRP>\n<Trial><Internal_Number>5'
        f"</Internal_Number><TrialID>ISRCTN01</TrialID><Public_title>{TITLE}</Public_title>"
        "<Scientific_title>A census of foxes</Scientific_title><Date_registration>05/03/2019</Date_registration>"
        "<Date_registration3>20190305</Date_registration3><web_address>https://isrctn.com/01</web_address></Trial>\n"
        "</Trials_downloaded_from_ICTRP>\n",
        "ICTRP-Results.xml",
    )

    assert (record["id"], record["title"], record["publication_date"]) == ("ISRCTN01", TITLE, "2019-03-05")
    assert record["urls"] == ["https://isrctn.com/01"]
    assert record[ORIGINAL]["WHO ICTRP XML"]["Scientific_title"] == "A census of foxes"


def test_eric_writes_nbib_without_the_numbers_of_pubmed(read):
    """A record begins with its owner, and its number stands under OID."""
    one = f"""OWN - ERIC
TI  - {TITLE}
AU  - Marsh, Io
AU  - Otter, Bo
JT  - J Fox
SO  - v3 n2 p17-29 2019
OID - EJ1
VI  - 3
IP  - 2
PG  - 17-29
DP  - 2019
LID - http://dx.doi.org/{DOI}
AB  - We count
      foxes.

"""
    first, second = read(one + one.replace("EJ1", "EJ2"), "eric.nbib")

    assert (first["id"], second["id"], first["source"], first["title"]) == ("EJ1", "EJ2", "ERIC", TITLE)
    assert (first["authors"], first["journal"], first["pages"]) == (["Marsh, Io", "Otter, Bo"], "J Fox", "17-29")
    assert (first["urls"], first["abstract"]) == ([f"http://dx.doi.org/{DOI}"], "We count foxes.")


def test_opencitations_numbers_its_persons(read):
    (record,) = read(
        table("title|author|pub_date", f"{TITLE}|Marsh, Io [orcid:0000-1 omid:ra/1]; Otter, Bo [omid:ra/2]|2019-03")
    )

    assert (record["authors"], record["publication_date"]) == (["Marsh, Io", "Otter, Bo"], "2019-03")


def test_the_table_of_web_of_science_quotes_nothing(read):
    """Its rows end in a tab that the header lacks, and a title that begins with a quotation mark is no quoted cell."""
    lines = ["PT\tAU\tTI\tSO\tPD\tPY\tUT"]
    lines += [f'J\tMarsh, I; Otter, B\t"{word} census\tJ FOX\tMAR\t2019\tWOS:{word}\t' for word in ("Red", "Blue")]
    records = read("\ufeff" + "\r\n".join(lines), "savedrecs.txt")

    assert [record["title"] for record in records] == ['"Red census', '"Blue census']
    assert [record["publication_date"] for record in records] == ["2019-03"] * 2


@pytest.mark.parametrize(
    "cells",
    [
        f"Ovid MEDLINE(R) ALL|31234567|||{TITLE}.|J Fox. 3(2 Suppl 1):17-29, 2019 Mar.|1111-2222",
        f"Embase||20123|31234567 [http://fox.example]|{TITLE}|"
        "J Fox. Conference: 5th Fox Day. Rome Italy. 3(2 Suppl 1) (pp 17-29), 2019. Date of Publication: March 2019.|",
    ],
)
def test_the_table_of_ovid_is_not_that_of_web_of_science(read, cells):
    """Its columns are tags, too, of which PT, TI and SO are the same; IS is the ISSN, and SO is a whole citation."""
    vendor, persons, doi = "Ovid Technologies", "Marsh, Io; Otter, Bo", f"https://dx.doi.org/{DOI}"
    columns = "VN|PT|AU|YR|DO|DB|UI|AN|PM|TI|SO|IS"
    (record,) = read(table(columns, f"{vendor}|Journal Article|{persons}|2019|{doi}|{cells}"))

    assert record["source"] == cells.partition("|")[0]
    assert record["authors"] == ["Marsh, Io", "Otter, Bo"]
    assert [record[field] for field in ("journal", "volume", "number", "pages", "publication_date", "doi")] == [
        "J Fox", "3", "2 Suppl 1", "17-29", "2019", DOI,
    ]  # fmt: skip
    assert record["urls"] == [PUBMED]


def test_the_table_of_ovid_may_begin_with_the_name_of_the_database(read):
    """A workbook that is saved as CSV has it in the first line, and nothing in the other cells of it."""
    (record,) = read("Ovid MEDLINE(R) ALL,,,\r\n" + table("VN|DB|UI|TI", f"Ovid|Ovid MEDLINE(R)|31234567|{TITLE}"))

    assert (record["title"], record["urls"]) == (TITLE, [PUBMED])
    assert "Ovid MEDLINE" in read.notes[0]


def test_a_citation_of_ovid_that_tells_no_place_tells_the_journal(read):
    """An article before print has the day in place of volume and pages."""
    (record,) = read(table("VN|DB|TI|SO", f"Ovid Technologies|Embase|{TITLE}|J Fox. 2019 Mar 05."))

    assert (record["journal"], {"volume", "pages"} & record.keys()) == ("J Fox", set())


def test_engineering_village_calls_the_journal_source(read):
    """The database, Compendex say, is in a column of its own, and persons have the numbers of their affiliations."""
    columns = "Title|Accession number|Author|Author affiliation|Source|Database"
    (record,) = read(
        table(columns, f"{TITLE}|2019|Marsh, Io (1); Otter, Bo (1, 2)|(1) Fox Hall; (2) Vale|J Fox|Compendex")
    )

    assert (record["journal"], record["source"], record["authors"]) == (
        "J Fox",
        "Compendex",
        ["Marsh, Io", "Otter, Bo"],
    )


def test_the_full_table_of_web_of_science_has_the_month_beside_the_year(read):
    (record,) = read(
        table("Article Title|Publication Date|Publication Year|Author Full Names", f"{TITLE}|MAR 5|2019|Marsh, Io")
    )

    assert (record["publication_date"], record["authors"]) == ("2019-03-05", ["Marsh, Io"])


def test_empty_cells_behind_the_last_column_are_none(read):
    """A spreadsheet that was once wider writes them, in the header too."""
    records = read(f"Title,Year,,\r\n{TITLE},2019,,\r\n{TITLE},2019\r\n", "a.csv")

    assert [(record["title"], record["publication_date"]) for record in records] == [(TITLE, "2019")] * 2


def test_the_table_of_springerlink_calls_its_columns_by_item_and_journal(read):
    columns = "Item Title|Publication Title|Book Series Title|Journal Volume|Journal Issue|Item DOI|Authors|URL"
    (record,) = read(table(columns, f"{TITLE}|J Fox||3|2|{DOI}|Io Marsh|https://fox.example"))

    assert {name: record.get(name) for name in ("title", "journal", "volume", "number", "doi")} == {
        "title": TITLE, "journal": "J Fox", "volume": "3", "number": "2", "doi": DOI,
    }  # fmt: skip


def test_the_new_table_of_ebsco_calls_the_journal_source(read):
    """It tells the database under a name of its own, and writes dates as Americans do."""
    columns = "title|contributors|source|publicationDate|volume|issue|pages|doi|longDBName|plink"
    (record,) = read(
        table(columns, f"{TITLE}|Marsh, Io; Otter, Bo|J Fox|03/25/2019|3|2|17-29|{DOI}|CINAHL|https://x.example/1")
    )

    assert (record["journal"], record["source"], record["authors"]) == ("J Fox", "CINAHL", ["Marsh, Io", "Otter, Bo"])
    assert record["publication_date"] == "2019-03-25"


def test_the_journal_of_proquest_is_read(read):
    (record,) = read(table("Title|Authors|pubdate|pubtitle|year", f"{TITLE}|Marsh, Io|Mar 2019|J Fox|2019"))

    assert record["journal"] == "J Fox"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", "Name,Year,DOI\r\nFoxes,2019,\r\nHares,2018,\r\n"), ("a.jsonl", '{"Name": "Foxes", "year": 2019}\n')],
)
def test_records_without_any_title_are_told_of(read, name, content):
    """A table whose column of titles has a name that is not understood would be compared by its years alone."""
    read(content, name)

    (note,) = read.notes
    assert note.endswith(": no record in it has a title; not understood: Name; docs/formats.md has the names that are")


def test_a_table_without_authors_is_told_of(read):
    """Without them two works of one title are one work; where all names are understood there are none to find."""
    read("Title,Written by,DOI\r\nFoxes,Io Marsh,\r\n", "a.csv")
    (note,) = read.notes
    assert note.endswith(
        ": no column in it is understood as authors; not understood: Written by; docs/formats.md has the names that are"
    )

    for complete in ("Title,DOI\r\nFoxes,\r\n", "NCT Number,Study Title,Sponsor\r\nNCT1,Foxes,Fox Club\r\n"):
        read(complete, "a.csv")
        assert read.notes == []


def test_what_works_hold_beside_the_fields_is_understood(read):
    """Works of records that have no titles are told of like these, without names of our own."""
    read('{"id": "a", "doi": "10.5555/1", "sources": {"doi": "a"}, "versions": [{"id": "a"}]}\n', "works.jsonl")

    (note,) = read.notes
    assert note.endswith(": no record in it has a title")


@pytest.mark.parametrize(
    "remark",
    [
        '"http://ieeexplore.ieee.org/search/searchresult.jsp?queryText=foxes",2015/03/13 10:10:10\r\n',
        "Scopus\r\nEXPORT DATE: 05 March 2025\r\n\r\n",
        "All foxes,,\r\n,,\r\n",  # a title row and an empty one, as a spreadsheet writes them
        "All foxes\r\n\ufeff",  # put before a file that begins with a byte-order mark
    ],
)
def test_what_databases_write_before_the_header_is_told_and_left_out(read, remark):
    """IEEE Xplore wrote the search there, others write their name and the day."""
    records = read(f"{remark}Document Title,Authors,Publication Year\r\n{TITLE},I. Marsh; B. Otter,2019\r\n", "a.csv")

    assert [(record["title"], record["publication_date"]) for record in records] == [(TITLE, "2019")]
    (note,) = read.notes
    assert "the text before the header is left out: " in note


def test_empty_rows_above_the_header_are_left_out(read):
    """A spreadsheet writes their separators."""
    (record,) = read(f"\r\n,\r\n,\r\nTitle,Kind\r\n{TITLE},x\r\n", "a.csv")

    assert record == {"title": TITLE, "Kind": "x"}


def test_a_row_that_names_fields_is_no_header(read):
    """Only behind lines that are shorter and have no name of a column a later line is taken for the header."""
    rows = read("Title,Kind,x,y\r\nTitle,Authors,Year,DOI\r\n", "a.csv")

    assert [row["title"] for row in rows] == ["Title"]


@pytest.mark.parametrize(
    "text", ["Name,Kind,x,y\nTitle,Authors,Year,DOI\n", "Mine\nTitle,Year\n", "DOI\nTitle,Year,URL\n"]
)
def test_a_first_line_that_may_be_the_header_is_it(tmp_path, text):
    """One that is as long, one before few names, one that is a name; what is wrong with it is told then."""
    (tmp_path / "a.csv").write_text(text)
    notes = []
    with suppress(InputError):
        list(open_records(tmp_path / "a.csv", notes.append).rows)

    assert not any("before the header" in note for note in notes)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("header", ["Title,Year", '"Title","Year"', "Title,Year,,"])
def test_a_header_between_the_rows_is_no_record(read, header, mark):
    """Searches are exported in batches and joined to one file, each with its header and its byte-order mark."""
    batch = f"{header}\r\n{TITLE},2019\r\n"
    records = read(batch + f"{mark}{batch}" * 2, "a.csv")

    assert [record["title"] for record in records] == [TITLE] * 3
    assert [note.split(": ")[1] for note in read.notes] == ["2 repeated headers left out"]


@pytest.mark.parametrize("empty", [",", ",,", '"",""', " , "])
def test_an_empty_row_is_no_record(read, empty):
    """Spreadsheets leave them where rows were deleted."""
    records = read(f"Title,Year\r\n{TITLE},2019\r\n{empty}\r\n", "a.csv")

    assert [record["title"] for record in records] == [TITLE]
    assert [note.split(": ")[1] for note in read.notes] == ["1 empty row left out"]


def test_the_export_of_openalex_has_changed_its_names(read):
    columns = (
        "id|display_name|publication_year|author_names|primary_location_display_name|biblio_volume|biblio_first_page"
    )
    (record,) = read(
        table(columns, f"https://openalex.org/W1|{TITLE}|2019|Io Marsh\\Bo Otter|J Fox|3|17").replace("\\", "|")
    )

    assert record["authors"] == ["Io Marsh", "Bo Otter"]
    assert (record["journal"], record["volume"], record["pages"]) == ("J Fox", "3", "17")


def test_a_column_name_of_two_lines_costs_no_row(read):
    (record,) = read(f'Title,"Year of\nprint",DOI\n{TITLE},2019,{DOI}\n', "a.csv")

    assert (record["title"], record["doi"]) == (TITLE, DOI)


@pytest.mark.parametrize("cell", ["DE LA CRUZ, MARIA A; VAN DIJK, JAN P", "SMITH JR, JOHN A; DOE, MARY B"])
def test_surnames_in_capitals_are_no_initials(read, cell):
    """A surname of several words and a comma is one person, although its last word is as short as initials."""
    (record,) = read(table("Title|Authors", f"{TITLE}|{cell}"), "export.csv")

    assert record["authors"] == cell.split("; ")


@pytest.mark.parametrize("name", ["Control Number", "MMS Id"])
def test_a_record_of_a_library_catalogue_is_called_by_its_control_number(read, name):
    """So that whoever merges two of them finds both again."""
    (record,) = read(f'{name},Title,Author\nocm10020,Peat bogs / Anna Berg,"Berg, Anna, 1903-1981"\n')

    assert record["id"] == "ocm10020"
