"""What a record says that it is: read under every format's name, and compared where the word leaves no doubt."""

import json

import numpy as np
import pytest

from papertwin import predict
from papertwin.data.fields import prepare, prepare_pairs
from papertwin.data.files.rows import Reject, decode
from papertwin.data.identity import record_key
from papertwin.data.pairs import open_pairs
from papertwin.data.records import open_records
from papertwin.data.values.stated import NAMES, stated
from papertwin.features import FEATURES
from papertwin.features.vectors import vectors

TITLE = "Water tables and carbon of peatlands in the northern valleys"
THESIS = {"title": TITLE, "authors": ["Marsh, Io"], "publication_date": "2014"}
ARTICLE = THESIS | {
    "authors": ["Marsh, Io", "Otter, Bo"],
    "publication_date": "2015",
    "journal": "Journal of Bogs",
    "volume": "12",
    "number": "3",
    "pages": "101-118",
    "doi": "10.5555/bog.15",
}


def column(name, *records):
    """A prepared field of these records."""
    return prepare(records).columns[name].tolist()


def compared(first, second):
    """The features of a pair by name."""
    names = [feature.name for feature in FEATURES]
    return dict(zip(names, vectors(*prepare_pairs([first], [second]))[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("THES", "thesis"),
        ("Thesis", "thesis"),
        ("info:eu-repo/semantics/doctoralThesis", "thesis"),
        ("Thesis or Dissertation", "thesis"),
        ("dissertation", "thesis"),
        ("mastersthesis", "thesis"),
        ("Ph.D. thesis", "thesis"),
        ("Master's thesis", "thesis"),
        ("['Thesis', 'Article']", "thesis"),
        ("Dissertations/Theses - Doctoral Dissertations", "thesis"),
        ("posted-content", "posted"),
        ("Preprint", "preprint"),
        ("Working Paper", "preprint"),
        ("Discussion paper", "preprint"),
        ("techreport", "report"),
        ("Technical Memorandum", "report"),
        ("Report", None),
        (["Journal Article", "Preprint"], "preprint"),
        ("dataset", "dataset"),
        (["DATA", "Data set"], "dataset"),
        ("Software", "dataset"),
        ("computerProgram", "dataset"),
        ("Edited Book", "book"),
        ("EDBOOK", "book"),
        ("Protocol", "protocol"),
        ("Case note", "comment"),
        ("erratum", "erratum"),
        ("Published Erratum", "erratum"),
        ("Correction, Addition", "erratum"),
        ("Article; Retraction", "retraction"),
        ("Retraction of Publication", "retraction"),
        ("Expression of Concern", "concern"),
        ("peer-review", "comment"),
        ("PeerReview", "comment"),
        ("Book Review", "review"),
        ("Trial registry record; Clinical trial protocol", "registry"),
        ('["Dissertation"]', "thesis"),
    ],
)
def test_words_that_leave_no_doubt_are_understood(said, meant):
    """Whatever their case and signs, beside others, and in a list."""
    assert stated({"type": said}) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Article", "article-journal", "JOUR", "J", "Letter", "Comment", "Reply", "Editorial", "Note", "Review",
        "Review - Literature", "Systematic review", "Retracted Publication", "Retracted", "UNPB", "unpublished",
        "report", "misc", "Data paper", "Peer reviewed", "Clinical trial protocol", "anteater", "",
        "10.1000/retraction", None, 5, ["Journal Article", "Dataset"], ["Journal Article", 7, None],
        {"type": "thesis"}, "thesis " * 100,
    ],
)  # fmt: skip
def test_a_word_that_is_not_known_or_not_sure_changes_nothing(said):
    """Databases give such words to ordinary works, each in its own way; PubMed's data sets are articles with data."""
    for name in ("type", "Document Type", "PT"):
        typed = ARTICLE | {name: said}
        assert np.array_equal(
            vectors(*prepare_pairs([typed, THESIS | {name: said}], [THESIS, typed])),
            vectors(*prepare_pairs([ARTICLE, THESIS], [THESIS, ARTICLE])),
            equal_nan=True,
        )


@pytest.mark.parametrize("name", [*NAMES, "document_type", "publicationTypes", "itemType", "documentType"])
def test_a_type_counts_under_every_name_that_formats_have_for_it(name):
    """Case and signs do not count; the name stays as it is."""
    assert column("thesis", THESIS, THESIS | {name: "Thesis"}) == [0, 1]


XML = '<?xml version="1.0"?>'
JSON = {"title": "A"}
EXPORTS = {
    "RIS": ("TY  - THES\nTI  - A\nER  - \n", "thesis"),
    "RIS of the Cochrane Library": ("TY  - JOUR\nTI  - A\nM3  - Trial registry record\nER  - \n", "registry"),
    "BibTeX": ("@phdthesis{a, title = {A}}", "thesis"),
    "BibTeX of biblatex": ("@thesis{a, title = {A}, type = {Master's thesis}}", "thesis"),
    "NBIB": ("PMID- 1\nTI  - A\nPT  - Journal Article\nPT  - Published Erratum\n", "erratum"),
    "ERIC": ("OWN - ERIC\nTI  - A\nPT  - Dissertations/Theses - Doctoral Dissertations\n", "thesis"),
    "Web of Science": ("FN Clarivate\nVR 1.0\nPT J\nTI A\nDT Correction\nER\n\nEF\n", "erratum"),
    "EndNote tagged": ("%0 Thesis\n%T A\n", "thesis"),
    "Cochrane text": ("Record #1 of 1\nID: CN-01234567\nTI: A\nPT: Trial registry record\n", "registry"),
    "EndNote XML": (
        f'{XML}<xml><records><record><ref-type name="Thesis">32</ref-type><titles><title>A</title></titles></record>'
        "</records></xml>",
        "thesis",
    ),
    "PubMed XML": (
        f"{XML}<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A</ArticleTitle>"
        "<PublicationTypeList><PublicationType>Journal Article</PublicationType><PublicationType>Preprint"
        "</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>",
        "preprint",
    ),
    "OpenAlex": (JSON | {"id": "https://openalex.org/W1", "authorships": [], "type": "peer-review"}, "comment"),
    "Crossref": ({"DOI": "10.5555/1", "indexed": {}, "title": ["A"], "type": "posted-content"}, "posted"),
    "CSL-JSON": (JSON | {"container-title": "B", "type": "review-book"}, "review"),
    "CSL-JSON of a preprint": (JSON | {"citation-key": "a", "type": "article", "genre": "Preprint"}, "preprint"),
    "Semantic Scholar": (JSON | {"paperId": "1", "publicationTypes": ["Dataset"]}, "dataset"),
    "CORE": (JSON | {"yearPublished": 2014, "documentType": "thesis"}, "thesis"),
    "Europe PMC": (JSON | {"pubYear": "2014", "inEPMC": "N", "pubTypeList": {"pubType": ["preprint"]}}, "preprint"),
    "DataCite": (
        {
            "type": "dois",
            "attributes": {"titles": [{"title": "A"}], "types": {"resourceTypeGeneral": "Dissertation", "ris": "THES"}},
        },
        "thesis",
    ),
    "DataCite's data": (
        {"type": "dois", "attributes": {"titles": [{"title": "A"}], "types": {"resourceTypeGeneral": "Dataset"}}},
        "dataset",
    ),
    "BibTeX of data": ("@misc{a, title = {A}, type = {Dataset}}", "dataset"),
    "HAL": ({"halId_s": "tel-01234567", "title_s": ["A"], "docType_s": "THESE"}, "thesis"),
    "INSPIRE": ({"id": "1", "metadata": {"arxiv_eprints": [], "document_type": ["thesis"]}}, "thesis"),
    "PubMed summary": ({"uid": "1", "articleids": [], "pubtype": ["Published Erratum"]}, "erratum"),
    "Zenodo": (JSON | {"conceptrecid": "1", "resource_type": {"title": "Dataset", "type": "dataset"}}, "dataset"),
    "Scopus's interface": ({"dc:title": "A", "citedby-count": "0", "subtypeDescription": "Erratum"}, "erratum"),
    "Zotero JSON": (JSON | {"itemType": "thesis", "thesisType": "PhD"}, "thesis"),
    "Zotero's table": ("Key,Item Type,Title\n1,thesis,A\n", "thesis"),
    "Scopus": ("EID,Source title,Title,Document Type\n2-s2.0-1,B,A,Erratum\n", "erratum"),
    "Embase": ("PUI,Author Names,Title,Publication Type\nL1,Marsh I.,A,Erratum\n", "erratum"),
    "Lens": ("Lens ID,Title,Publication Type\n1,A,dissertation\n", "thesis"),
    "records of our own": (JSON | {"type": ["thesis"]}, "thesis"),
}


@pytest.mark.parametrize("form", EXPORTS)
def test_every_format_that_says_a_type_is_understood(form, tmp_path):
    """As it is read from a file, where what it says is kept under its own name."""
    if form.startswith("BibTeX"):
        pytest.importorskip("bibtexparser")
    content, meant = EXPORTS[form]
    path = tmp_path / ("export.jsonl" if isinstance(content, dict) else "export.txt")
    path.write_text(json.dumps(content) if isinstance(content, dict) else content, encoding="utf-8")
    (row,) = open_records(path).rows
    assert not isinstance(row, Reject)
    assert stated(decode(row.raw)) == meant


def answers(tmp_path, text, *options, suffix="csv"):
    """The decisions of predict on a file of this content."""
    (tmp_path / f"pairs.{suffix}").write_text(text, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    arguments = [f"{tmp_path}/pairs.{suffix}", *options, "-o", str(out), "--force", "--quiet"]
    assert predict.main(arguments) == 0
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def wide(**typed):
    """A wide table of the article and the thesis, with these columns beside."""
    row = {f"{name}_1": "; ".join(value) if isinstance(value, list) else value for name, value in ARTICLE.items()}
    row |= {f"{name}_2": "; ".join(value) if isinstance(value, list) else value for name, value in THESIS.items()}
    row |= typed
    return ",".join(row) + "\n" + ",".join(f'"{cell}"' for cell in row.values()) + "\n"


def test_a_thesis_is_told_from_its_article_in_pairs_of_every_shape(tmp_path):
    """In a wide table, in cases and in pairs of ids beside RIS; without the type they look like one work."""
    typed = THESIS | {"type": "thesis"}
    assert answers(tmp_path, wide())[0]["duplicate_probability"] > 0.5
    found = [
        *answers(tmp_path, wide(type_1="article", type_2="thesis")),
        *answers(tmp_path, wide(type_2="Doctoral thesis")),
        *answers(tmp_path, wide(**{"Document Type_1": "Article", "Document Type_2": "Dissertation"})),
        *answers(tmp_path, json.dumps({"doc_1": ARTICLE, "doc_2": typed}), suffix="jsonl"),
        *answers(tmp_path, json.dumps({"doc_1": typed, "doc_2": ARTICLE}), suffix="jsonl"),
    ]
    ris = tmp_path / "records.ris"
    article = "TY  - JOUR\nID  - a\nTI  - {}\nAU  - Marsh, Io\nAU  - Otter, Bo\nPY  - 2015\nT2  - Journal of Bogs\n"
    thesis = "TY  - THES\nID  - t\nTI  - {}\nAU  - Marsh, Io\nPY  - 2014\nPB  - University of Leeds\n"
    more = "VL  - 12\nIS  - 3\nSP  - 101\nEP  - 118\nDO  - 10.5555/bog.15\nER  - \n"
    ris.write_text(f"{article}{more}{thesis}ER  - \n".replace("{}", TITLE), encoding="utf-8")
    found += answers(tmp_path, "id_1,id_2\na,t\n", "--records", str(ris))
    assert len({row["duplicate_probability"] for row in found}) == 1
    assert found[0]["duplicate_probability"] < 0.25


def test_the_reason_says_that_only_one_is_a_thesis(tmp_path):
    """Among the first three of an article and the thesis of its title, which are no duplicates for that."""
    case = {"doc_1": ARTICLE, "doc_2": THESIS | {"type": "thesis"}}
    (row,) = answers(tmp_path, json.dumps(case), "--explain", suffix="jsonl")
    assert row["predicted_decision"] == "NOT DUPLICATES"
    assert any("only one is a thesis" in row[f"reason_{number}"] for number in (1, 2, 3))


def test_a_type_in_a_table_of_pairs_is_not_told_as_one_that_is_not_compared(tmp_path):
    notes = []
    (tmp_path / "a.csv").write_text("title_1,title_2,Document Type_1,Document Type_2,remark_1,remark_2\na,a,,,,\n")
    open_pairs(tmp_path / "a.csv", note=notes.append)
    assert len(notes) == 1
    assert "remark" in notes[0]
    assert "Document Type" not in notes[0].partition(";")[0]


@pytest.mark.parametrize(
    ("record", "is_one"),
    [
        ({"type": "thesis"}, 1),
        ({"type": "thesis", "journal": "University of Leeds"}, 1),
        ({"TY": "THES", "journal": "Department of Zoology", "volume": "Ph.D."}, 1),  # as EndNote has them
        ({"type": "dissertation", "journal": "Journal of Bogs", "volume": "12"}, 0),
        ({"journal": "PhD thesis, University of Leeds"}, 1),
        ({"type": "article", "journal": "PhD thesis, University of Leeds"}, 1),
    ],
)
def test_a_thesis_is_one_by_its_type_unless_it_is_in_a_volume_of_a_journal(record, is_one):
    """Catalogues of repositories call some articles so; a faculty may stand where the journal belongs."""
    assert column("thesis", record) == [is_one]


@pytest.mark.parametrize(
    ("record", "preprint"),
    [
        ({"type": "preprint"}, 1),
        ({"type": "Technical report"}, 1),
        ({"type": "Working paper"}, 1),
        ({"source": "SSRN"}, 1),
        ({"source": "SSRN", "journal": "Journal of Bogs"}, 0),
        ({"type": "preprint", "journal": "Journal of Bogs"}, 0),
        ({"type": "preprint", "volume": "12"}, 0),
        ({"type": "preprint", "doi": "10.5555/bog.15"}, 0),
        ({"type": "posted-content", "doi": "10.5555/bog.15"}, 1),
        ({"type": "posted-content", "doi": "10.5555/bog.15", "journal": "Journal of Bogs"}, 0),
        ({"TY": "UNPB"}, None),
        ({"type": "report"}, None),
        ({"type": "journal-article", "journal": "bioRxiv"}, 1),
    ],
)
def test_a_preprint_is_one_by_its_type_unless_it_is_published(record, preprint):
    """Sources call articles preprints, too; Crossref's word is about its own DOI, and a journal alone is against it."""
    (found,) = column("preprint", THESIS | record)
    assert found == preprint or (preprint is None and np.isnan(found))


@pytest.mark.parametrize(
    ("record", "deposit"),
    [
        ({"type": "dataset"}, 2),
        ({"type": "dataset", "journal": "Zenodo"}, 2),
        ({"type": "dataset", "journal": "figshare"}, 2),
        ({"type": "dataset", "journal": "Data in Brief"}, 0),
        ({"type": "article", "journal": "figshare"}, 1),
        ({"type": "Software"}, 2),
        ({"type": "Software", "journal": "Journal of Open Source Software"}, 0),
    ],
)
def test_data_are_some_by_their_type_unless_they_are_in_a_journal(record, deposit):
    """Where articles on data and programs stand; in figshare the type tells data from texts."""
    assert column("data_deposit", record) == [deposit]


def test_a_notice_by_its_type_is_one_as_by_its_title():
    """The same erratum agrees in two databases of which only one has it in the title; the article does not."""
    by_title = ARTICLE | {"title": f"Erratum: {TITLE}", "pages": "220"}
    by_type = ARTICLE | {"pages": "220", "PT": ["Published Erratum"]}

    assert column("title_notice", by_title, by_type, ARTICLE) == ["erratum", "erratum", ""]
    assert compared(by_title, by_type)["notice_conflict"] == 0
    assert compared(ARTICLE, by_type)["notice_conflict"] == 0.5
    assert compared(ARTICLE, by_type)["notices"] == 1


@pytest.mark.parametrize(
    ("title", "said", "notice"),
    [
        (f"Author response for '{TITLE}'", "peer-review", "reply"),
        (TITLE, "peer-review", "comment"),
        (TITLE, "Book Review", "review"),
        (TITLE, "Protocol", "protocol"),
        (f"{TITLE}: study protocol", "Protocol", ""),
        (f"Retraction: {TITLE}", "erratum", "retraction"),
        (f"RETRACTED: {TITLE}", "Retracted Publication", ""),
        (TITLE, "Correction/Retraction", ""),
        (None, "erratum", None),
    ],
)
def test_the_title_says_first_which_notice_it_is(title, said, notice):
    """Of two kinds of notices the type tells neither. A title that names a protocol is the same in all databases."""
    assert column("title_notice", {"title": title, "type": said}) == [notice]


def test_an_entry_of_a_registry_is_one_by_its_type():
    """As CENTRAL writes it; a published protocol of a trial is none."""
    said = "Trial registry record; Clinical trial protocol"
    assert column(
        "registry_entry", {"M3": said}, {"M3": "Clinical trial protocol"}, {"PT": ["Trial registry record"]}
    ) == [
        1,
        0,
        1,
    ]


def test_a_merged_record_is_what_the_first_of_its_versions_says():
    """An article stays one beside its preprint; where the first says nothing, the next one says it."""
    merged = {"title": TITLE, "PT": ["Journal Article"], "type": "preprint", "genre": "thesis"}

    assert stated(merged | {"sources": {"PT": "1", "type": "2", "genre": "2"}}) is None
    assert stated(merged | {"sources": {"PT": "1", "type": "1", "genre": "2"}}) == "preprint"
    assert stated({"title": TITLE, "type": "thesis", "sources": {"title": "1", "type": "2"}}) == "thesis"
    assert stated(merged | {"sources": None}) == "preprint thesis"


def test_records_that_differ_in_what_they_are_are_not_the_same():
    """Two decisions on them do not contradict each other; a word that says nothing makes no difference."""
    assert record_key(THESIS) != record_key(THESIS | {"TY": "THES"})
    assert record_key(THESIS | {"type": "dissertation"}) == record_key(THESIS | {"TY": "THES"})
    assert record_key(THESIS) == record_key(THESIS | {"TY": "JOUR"})


def test_a_thesis_is_written_as_one_and_read_back(tmp_path):
    """BibTeX's master's thesis in RIS, and RIS's thesis in BibTeX, with the words that they came with."""
    pytest.importorskip("bibtexparser")
    from papertwin.data.files.rows import encode
    from papertwin.data.output import RecordOutput

    for record, name, begins in (
        (THESIS | {"ENTRYTYPE": "mastersthesis"}, "a.ris", "TY  - THES"),
        (THESIS | {"TY": "THES"}, "a.bib", "@phdthesis{"),
        (THESIS | {"type": "preprint"}, "b.ris", "TY  - UNPB"),
    ):
        with RecordOutput(tmp_path / name) as output:
            output.write([encode(record)])
            output.finish()
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
        (row,) = open_records(tmp_path / name).rows
        assert record.items() <= decode(row.raw).items()
