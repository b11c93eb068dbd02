"""Venues: two names of one journal meet, a publisher is no journal, pages are completed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.fields import prepare
from papertwin.data.values import venues, volumes


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("J. Clin. Oncol.", "Journal of Clinical Oncology"),
        ("Ann Bot", "Annals of Botany"),
        ("Z. Pflanzenernähr. Bodenk.", "Zeitschrift für Pflanzenernährung und Bodenkunde"),
    ],
)
def test_an_abbreviated_journal_has_the_stems_and_initials_of_the_whole(short, whole):
    """Abbreviations keep the beginnings of words and leave small words out."""
    a, b = (venues.journal(name) for name in (short, whole))
    assert venues.journal_initials(a) == venues.journal_initials(b)
    assert all(
        stem.startswith(part)
        for part, stem in zip(venues.journal_stems(a).split(), venues.journal_stems(b).split(), strict=True)
    )


@pytest.mark.parametrize(
    "names",
    [
        [
            "SIGMOD Conference",
            "Proceedings of the ACM SIGMOD International Conference on Management of Data",
            "Int. Conf. on Management of Data",
        ],
        ["VLDB", "Very Large Data Bases", "Proceedings of the 27th International Conference on Very Large Databases"],
        ["The VLDB Journal", "VLDB J.", "Journal on Very Large Data Bases"],
        ["NIPS", "NeurIPS", "Advances in Neural Information Processing Systems 30"],
        [
            "PNAS",
            "Proc Natl Acad Sci U S A",
            "Proceedings of the National Academy of Sciences of the United States of America",
        ],
        ["N Engl J Med", "The New England Journal of Medicine", "New England journal of medicine"],
        ["BMJ", "BMJ (Clinical research ed.)", "British Medical Journal"],
        ["CHI", "Proceedings of the CHI Conference", "Conference on Human Factors in Computing Systems"],
    ],
)
def test_names_that_share_no_words(names):
    """Acronyms that are not made of the initials of the long name are listed."""
    assert len({venues.journal(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VLDB", "VLDB Journal"),
        ("SIGMOD Conference", "SIGMOD Record"),
        ("JAMA", "JAMA Oncology"),
        ("BMJ", "BMJ Open"),
        ("ACL", "ACL Reconstruction"),
        ("CHI", "Chi Square Letters"),
    ],
)
def test_sisters_stay_apart(one, other):
    """A conference and its journal, a journal and its offspring, an acronym and a word."""
    assert venues.journal(one) != venues.journal(other)


@pytest.mark.parametrize(
    "name",
    [
        "Springer",
        "Springer Berlin Heidelberg",
        "Elsevier B.V.",
        "Wiley",
        "IEEE",
        "ACM",
        "Informa UK Limited",
        "https://clinicaltrials.gov/show/x",
        "",
        "()",
    ],
)
def test_a_publisher_or_an_address_is_no_journal(name):
    """Catalogues put them where the journal belongs."""
    assert venues.journal(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "DOAJ (DOAJ: Directory of Open Access Journals)",
        "PubMed",
        "Europe PMC",
        "RePEc: Research Papers in Economics",
        "OSTI OAI (U.S. Department of Energy Office of Scientific and Technical Information)",
        "LA Referencia (Red Federada de Repositorios Institucionales de Publicaciones Científicas)",
        "White Rose Research Online (University of Leeds, The University of Sheffield, University of York)",
        "JSTOR",
        "ScienceDirect",
        "CiteSeer X (The Pennsylvania State University)",
        "Routledge eBooks",
        "Chicago : University of Chicago Press",
        "London: Printed for the author",
        "HAL (Le Centre pour la Communication Scientifique Directe)",
        "books.google.com",
        "KAUST Research Repository",
        "Research Portal Denmark",
        "University of Leeds",
        "SOAS University of London",
        "Ohio State University",
        "Universidad de Chile",
        "Humboldt-Universität zu Berlin",
        "Technical University of Denmark",
        "Dissertation Abstracts International: Section B: The Sciences and Engineering",
        "University of Alberta (Canada), ProQuest Dissertations Publishing",
        "ProQuest Dissertations and Theses",
        "PhD thesis",
        "Licentiate thesis, Luleå University of Technology",
        "Ph.D. dissertation, University of Leeds",
        "Duke University Press",
    ],
)
def test_a_platform_or_a_university_is_no_journal(name):
    """They say where a copy lies or a degree was taken, and nothing of where the work appeared."""
    assert venues.journal(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "Journal of Sichuan University",
        "University of Pennsylvania Law Review",
        "Indiana University Mathematics Journal",
        "Vestnik Moscow University",
        "Wissenschaftliche Zeitschrift der Humboldt-Universität",
        "University of California Publications in Zoology",
        "Technical report, Stanford University",
        "Thesis Eleven",
        "Reproductive BioMedicine Online",
        "Electronic Library",
        "Medline Review",
        "University of Leeds Working Papers",
        "University of Chicago Legal Forum",
        "Universitas Psychologica",
        "Universidad y Sociedad",
        "Sociological Research Online",
        "Journal of Educational Research Online",
    ],
)
def test_journals_with_the_name_of_a_university_or_a_platform(name):
    """They are journals, and series of reports."""
    assert venues.journal(name) is not None


def test_what_a_platform_is_tells_nothing_but_an_archive_does():
    """A record in a catalogue is neither preprint nor published; archives of data and preprint servers stay known."""
    names = ["JSTOR", "HAL", "Zenodo", "arXiv (Cornell University)", "HAL Preprints", "Soil", "figshare", "Dryad"]
    columns = prepare([{"title": "Roots of maize", "journal": name} for name in names]).columns
    assert [str(flag) for flag in columns["preprint"]] == ["nan", "nan", "nan", "1.0", "1.0", "0.0", "nan", "nan"]
    assert columns["data_deposit"].tolist() == [0, 0, 0, 0, 0, 0, 1, 2]
    assert prepare([{"journal": "Dryad Digital Repository"}]).columns["data_deposit"].tolist() == [2]


@pytest.mark.parametrize(
    "name",
    [
        "SpringerPlus",
        "Informatica",
        "Informatics in Medicine",
        "Wiley Interdisciplinary Reviews",
        "IEEE Access",
        "SIAM Review",
        "ACM Computing Surveys",
    ],
)
def test_journals_that_begin_with_a_publishers_name(name):
    """They are journals."""
    assert venues.journal(name) == name.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Annales. Économies, ISSN 0034-0111",
        "Annales. Économies | Annals of Economies",
        "Annales. Économies. 17ᵉ année, N. 3, 1962",
        "Annales. Économies, tome 44, n°173, Janvier-mars 1962",
        "Annales. Économies; eISSN: 0034-0111",
        "Annales. Économies 44, 063524 (1962)",
        "Annales. Économies, Volume 44, Number 1 (1962), 614",
    ],
)
def test_what_repositories_write_behind_a_journals_name_is_left_out(text):
    """Its ISSN, its name in another language, and the volume and the pages of the copy."""
    assert venues.journal(text) == "annales economies"


def test_the_editors_of_a_book_are_no_part_of_its_name():
    """Bibliographies name them between "In:" and the book; a journal may begin with "In", too."""
    assert venues.journal("In: Berg, A., Dahl B. (eds.), Peat and People") == "peat and people"
    assert venues.journal("In Practice") == "in practice"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("244-58", "244", "258"), ("1003-4", "1003", "1004"), ("12–15", "12", "15"), ("12--15", "12", "15"),
        ("pp. 12 to 15", "12", "15"), ("012-015", "12", "15"), ("100--09", "100", "109"),
        ("e166S-90S", "e166s", "e190s"), ("S12-5", "s12", "s15"), ("S12-S15", "s12", "s15"),
        ("A7-A8; discussion A9", "a7", "a8"), ("193S", "193s", None), ("S. 15-9", "15", "19"),
        ("12", "12", None), ("e1003", "e1003", None),
        ("Dec-18", "12", "18"), ("21-Aug", "21", "28"), ("05-Mar", "3", "5"), ("20. Nov", "11", "20"),
        ("2024-11-20 00:00:00", "11", "20"), ("20.11.2024", "11", "20"), ("11/20/24", "11", "20"), ("01-Apr", "1", "4"),
        ("15-Jan", "1", "15"),
        ("e00712-17", "e00712", None), ("e00712-e00717", "e00712", "e00717"),
        ("12-", "12", None), ("0a", "0a", None), ("pp12-15", "12", "15"),
        ("2S37-2S42", "2s37", "2s42"), ("2S37-42", "2s37", "2s42"), ("viii108", "viii108", None),
        ("233-238+230-235+246-251", "230", "235"), ("246-51, 230-5", "230", "235"), ("103, 299-347", "103", None),
        ("iii--xii", "iii", "xii"), ("XV–16", "xv", "16"),
    ],
)  # fmt: skip
def test_pages_are_completed(text, first, last):
    """What the last page leaves out it has from the first: "e166S-90S" ends on e190S. A year is no last page.

    Several ranges stand in any order.
    """
    assert volumes.pages(text) == (first, last)


@pytest.mark.parametrize("text", ["xii", "", "250 p.", "12 pages", "in press", "0", "0-00"])
def test_what_is_no_page(text):
    """A number of pages is no page, and 0 is what stands there until there is one."""
    assert volumes.pages(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "S0140-6736(20)30566-3", "s01406736(20)305663", "2020.03.22.20040758", "2021.01.12.426365.",
        "10.1117/12.2512345", "doi: 10.1136/bcr-2018-224680", "https://doi.org/10.1136/bcr-2018-224680",
    ],
)  # fmt: skip
def test_the_name_of_an_article_in_press_is_no_page(text):
    """All of a journal's begin alike, with its ISSN or the year, which read as a first page would agree."""
    assert volumes.pages(text) is None


def test_the_number_of_an_article_that_holds_its_year_is_read_whole():
    """The year alone is the first page of all that a journal had in it."""
    assert volumes.pages("bcr-2018-224680") == volumes.pages("bcr2018224680") == ("bcr2018224680", None)
    assert volumes.pages("e2019WR026800") == ("e2019wr026800", None)
    assert volumes.pages("e2019WR026800").start != volumes.pages("e2019WR027001").start
    assert volumes.pages("2018-2024") == ("2018", "2024")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ehaa946.3201", "ehaa946.0187"), ("JCO.21.01234", "JCO.21.02987"), ("afac045", "bfac045"), ("2S24", "2S42"),
        ("viii108", "iii108"), ("gkab1112", "kab1112"),
    ],
)  # fmt: skip
def test_the_number_of_an_article_is_read_whole(one, other):
    """Congress abstracts of one supplement differ in its end, articles of Oxford's journals in its beginning."""
    assert volumes.pages(one).first != volumes.pages(other).first


def test_the_number_of_an_article_is_one_with_points_and_without():
    """PubMed leaves out those that the publisher writes."""
    assert volumes.pages("JCO.21.01234") == volumes.pages("JCO2101234")


def test_roman_pages_are_counted():
    """Of a foreword from page iii to page xii."""
    assert (volumes.pages("iii--xii").start, volumes.pages("iii--xii").end) == (3, 12)


@given(st.integers(1, 99999), st.integers(0, 400), st.sampled_from(["", "s", "e"]))
def test_a_shortened_range_is_the_whole_range(first, more, letter):
    """However many leading digits the last page leaves out."""
    last = first + more
    whole = volumes.pages(f"{letter}{first}-{letter}{last}")
    short = str(last)
    for digits in range(1, len(short)):
        if len(str(first)) == len(short) and short[:digits] == str(first)[:digits]:
            assert volumes.pages(f"{letter}{first}-{short[digits:]}") == whole
    assert whole.start == first
    assert whole.end == last


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("012", "12"),
        ("12 Suppl 1", "12"),
        ("vol. 12", "12"),
        ("12(3)", "12"),
        ("XII", "12"),
        ("t. XLIV", "44"),
        ("iv", "4"),
        ("C", "c"),
        ("civil", "civil"),
        ("0", None),  # of an article that is not in an issue yet
        ("PP", None),
        ("-", None),
        ("A", "a"),
        ("Spring", "spring"),
        ("05-Mar", "3"),  # 3-5, of which a spreadsheet made a day
        ("(no pagination)", None),
        ("in press", None),
        ("online", None),
        ("３", "3"),
        ("9" * 6000, "9" * 18),
    ],
)
def test_the_number_of_a_volume_or_issue(text, number):
    """Without zeros, words and what follows; its word where it has no number; nothing where it says there is none."""
    assert volumes.first_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("97-263", "97-263"),
        ("97-264", "97-264"),
        ("97–264", "97-264"),
        ("03-2020", "3"),
        ("Jan-2011", "2011"),
        ("No. 97-05", "97-5"),
        ("12-345", "12-345"),
        ("3-4", "3"),
        ("11-12", "11"),
        ("12 - 14", "12"),
        ("101-112", "101"),
        ("2009-10", "2009"),
        ("2009-2010", "2009"),
        ("99-00", "99"),
        ("1999-00", "1999"),
        ("2018-05-01", "2018"),
        ("3-B", "3"),
        ("NASA-TN-D-1824", None),
        ("AD0412345", None),
        ("UCB/CSD-92-701", None),
        ("CSL-TR-92-505", None),
        ("abs/2006.01999", None),
        ("w15321", "15321"),
        ("Suppl-123", "123"),
        ("vol.11-12", "11"),
        ("US2010123456A1", "2010123456"),
    ],
)
def test_the_number_of_a_report(text, number):
    """Two numbers joined are one where they are no range; a mark with letters is no number of a volume or issue."""
    assert volumes.first_number(text) == number


@pytest.mark.parametrize(
    ("text", "supplement"),
    [
        ("12 Suppl 1", True),
        ("S12", True),
        ("4 Pt 2", True),
        ("Special issue", True),
        ("12", False),
        ("e166S", False),
        ("S", False),
    ],
)
def test_supplements(text, supplement):
    """Congress abstracts stand in them."""
    assert volumes.is_supplement(text) is supplement


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("bioRxiv", True),
        ("SSRN Electronic Journal", True),
        ("NBER Working Paper", True),
        ("OSF Preprints", True),
        ("SciELO Preprints", True),
        ("National Bureau of Economic Research", True),
        ("NBER", True),
        ("Centre for Economic Policy Research (CEPR)", True),
        ("IZA Discussion Papers", True),
        ("MPRA Paper", True),
        ("Documents de travail du Centre d'Économie de la Sorbonne", True),
        ("IZA Journal of Labor Economics", False),
        ("NBER Macroeconomics Annual", False),
        ("Journal of Soil", False),
        ("Soft Matter", False),
        ("CoRR", True),
        ("Computing Research Repository", True),
        ("math.AG", True),
        ("hep-ph", True),
        ("Math Education", False),
    ],
)
def test_preprint_servers(name, is_one):
    """By their names."""
    assert venues.is_preprint(venues.journal(name)) is is_one


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("PhD thesis", 1),
        ("Ph.D. Thesis, University of Leeds", 1),
        ("Dissertation Abstracts International: Section B", 1),
        ("ProQuest Dissertations & Theses", 1),
        ("Tesis doctoral", 1),
        ("Diplomarbeit", 1),
        ("University of Leeds", 0),  # where an article's copy may lie
        ("Journal of Thesis Writing", 0),
        ("Synthese", 0),
        (None, 0),
    ],
)
def test_theses(name, is_one):
    """By their kind or an index of theses in the journal's place, which is then no journal."""
    prepared = prepare([{"title": "x", "journal": name}])
    assert prepared.columns["thesis"][0] == is_one
    assert prepared.columns["venue"][0] is None or not is_one


def test_a_record_is_a_preprint_a_publication_or_unsaid():
    """A volume or a publisher's DOI says published even where an arXiv address stands beside it."""
    arxiv = {"urls": ["http://arxiv.org/abs/1911.03090"]}
    records = [
        arxiv,
        arxiv | {"volume": "3"},
        arxiv | {"doi": "10.1000/a"},
        {"doi": "10.1101/2020.01.02"},
        {"journal": "Soil"},
        {"journal": "Zenodo"},
        {"title": "x"},
    ]
    assert [str(flag) for flag in prepare(records).columns["preprint"]] == [
        "1.0",
        "0.0",
        "0.0",
        "1.0",
        "0.0",
        "nan",
        "nan",
    ]


@given(st.text())
def test_no_text_raises(text):
    """Any text may stand there; the numbers of read pages are numbers."""
    folded = venues.journal(text)
    if folded:
        venues.journal_stems(folded)
        venues.journal_initials(folded)
    volumes.first_number(text)
    volumes.is_supplement(text)
    pages = volumes.pages(text)
    assert pages is None or pages.start >= 0 <= pages.end


@pytest.mark.parametrize(
    ("record", "issue"),
    [
        ({"volume": "12(3)"}, "3"),
        ({"volume": "vol. 12 (3-4)"}, "3"),
        ({"volume": "60 (1 Supplement 1)"}, "1"),
        ({"volume": "12(3)", "number": "4"}, "4"),
        ({"volume": "12 (2004)"}, None),
        ({"volume": "12 (Supplement 1)"}, None),
        ({"volume": "12"}, None),
    ],
)
def test_an_issue_in_brackets_behind_the_volume_is_read(record, issue):
    """Where the record names none elsewhere; a year is no issue."""
    assert prepare([record]).columns["issue_number"].tolist() == [issue]
