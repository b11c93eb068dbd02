"""What interfaces say of a record, an oddity each: every field lands where it should, and nothing is lost."""

import json

import pytest

from papertwin.data.exports.tables import convention_of
from papertwin.data.fields import RECORD_FIELDS
from samples import ABSTRACT, FOX, TITLE, texts_in
from samples.objects import (
    CITATION,
    CROSSREF,
    CSL,
    DATACITE,
    DBLP,
    EUROPE_PMC,
    KAGGLE,
    OBJECTS,
    OPENALEX,
    PREPRINT,
    S2,
    SCIENCEDIRECT,
    SCOPUS,
    WOS_STARTER,
    ZOTERO,
    ZOTERO_WEB,
)


@pytest.mark.parametrize("form", OBJECTS)
def test_all_that_an_interface_says_stays_with_the_record(opened, form):
    """In its fields, under its own name, or under `original`."""
    _, (record,), _, _ = opened(json.dumps([OBJECTS[form]]))

    assert [text for text in texts_in(OBJECTS[form]) if text not in json.dumps(record, ensure_ascii=False)] == []


SAID = {"title": TITLE, "authors": ["Io Marsh"], "summary": "Foxes."}


@pytest.mark.parametrize(
    "content",
    [
        [SAID | {"entry_id": "http://arxiv.org/abs/1903.00001v2", "doi": "10.5555/fox.19"}],
        {"bozo": 0, "entries": [SAID | {"id": "http://arxiv.org/abs/1903.00001v2", "arxiv_doi": "10.5555/fox.19"}]},
    ],
)
def test_what_libraries_of_python_make_of_arxiv_keeps_its_numbers(opened, content):
    """The packages arxiv and feedparser call the address and the DOI in their own ways."""
    _, (record,), _, _ = opened(json.dumps(content))

    assert record["doi"] == "10.5555/fox.19"
    assert "1903.00001" in f"{record.get('id')} {record.get('urls')}"


@pytest.mark.parametrize(
    "given", [{"DOI": "10.5555/fox.19", "indexed": "2019"}, {"id": 5, "title": "A", "oaiIds": "b"}]
)
def test_a_bare_record_of_an_interface_is_read_again_as_it_is(opened, given):
    _, records, _, _ = opened(json.dumps([given]))

    assert opened(json.dumps(records), "again.json")[1] == records


def test_a_date_without_a_year_is_kept_as_it_came(opened):
    """CSL-JSON knows seasons; what becomes no field of a record is kept beside them."""
    _, (read,), _, _ = opened(json.dumps([{"title": TITLE, "citation-key": "m19", "issued": {"season": 2}}]))

    assert read["original"]["CSL-JSON"]["issued"] == {"season": 2}


@pytest.mark.parametrize(
    "key",
    [
        "indexed", "deposited", "paperId", "corpusid", "coreId", "oaiIds", "externalIds", "primary_location",
        "citation-key", "title-short", "inEPMC", "@score", "journalInfo", "authorships",
    ],
)  # fmt: skip
def test_a_record_of_ours_with_a_key_of_an_interface_loses_nothing(opened, key):
    """A table from a reference manager may have a column "paperId"; read again from works it is as it was, too."""
    ours = {
        "id": "a7", "title": TITLE, "authors": ["Io Marsh", "Jo Hare"], "publication_date": "2019-03",
        "journal": "J Fox", "doi": "10.5555/fox.19", "abstract": "We counted foxes.", "pages": "3-9",
    }  # fmt: skip
    _, (read,), _, _ = opened(json.dumps([ours | {key: "x1"}]))

    assert {name: read.get(name) for name in ours} == ours
    assert opened(json.dumps([read]), "again.json")[1] == [read]


def test_what_stands_in_the_attributes_of_datacite_is_read_alone_as_well(opened):
    """Whoever collects them leaves out what is around them; the id is that of the whole object, the DOI."""
    whole, alone = (opened(json.dumps([given])) for given in (DATACITE, DATACITE["attributes"]))

    assert {name: value for name, value in whole[1][0].items() if name != "type"} == alone[1][0]
    assert whole[0] == alone[0] == "DataCite"


def test_an_author_whom_openalex_does_not_know_is_named_as_printed(opened):
    unknown = {"author": {"id": None, "display_name": None}, "raw_author_name": "Hare, Al"}
    _, (record,), _, _ = opened(json.dumps([OPENALEX | {"authorships": [*OPENALEX["authorships"], unknown]}]))

    assert record["authors"] == ["Marsh, Io", "Otter, Bo", "Hare, Al"]


def test_blanks_around_what_an_interface_says_are_no_part_of_it(opened):
    """Semantic Scholar has line breaks around its pages."""
    _, (record,), _, _ = opened(json.dumps([S2 | {"journal": {"name": "Journal of Foxes", "pages": "\n   17-29\n  "}}]))

    assert record["pages"] == "17-29"


def test_of_zotero_the_item_is_read_and_nothing_around_it(opened):
    """Editors are the authors of a book that has no others, and where Zotero keeps an item is no address of the work.

    Notes and attachments that belong to no item are no records: they are left out, but not in silence.
    """
    book = {"itemType": "book", "title": "Foxes", "creators": [{"creatorType": "editor", "name": "Io Marsh"}]}
    beside = [{"itemType": "note", "note": "<p>!</p>"}, *[{"itemType": "attachment", "title": "PubMed entry"}] * 2]
    _, records, rejects, notes = opened(json.dumps([ZOTERO, *beside, book]))

    assert [record["authors"] for record in records] == [["Marsh, Io", "Otter, Bo"], ["Io Marsh"]]
    assert "urls" not in records[0]
    assert records[0]["original"]["Zotero JSON"]["creators"] == ZOTERO["creators"]
    assert rejects == []
    assert [note.partition(": ")[2] for note in notes] == ["1 note and 2 attachments left out"]


@pytest.mark.parametrize(
    "written", [json.dumps([ZOTERO_WEB]), json.dumps(ZOTERO_WEB, indent=1), json.dumps(ZOTERO_WEB)]
)
def test_zotero_has_an_item_of_its_web_interface_under_data(opened, written):
    """It is the item of a library's export, and which library has it, and where, stays with it; notes are left out."""
    form, (record,), _, notes = opened(written)
    _, (exported,), _, _ = opened(json.dumps([ZOTERO]))

    assert (form, notes) == ("Zotero JSON", [])
    assert {name: record.get(name) for name in FOX} == {name: exported.get(name) for name in FOX}
    assert (record["library"], record["meta"]) == (ZOTERO_WEB["library"], ZOTERO_WEB["meta"])
    assert record["original"]["Zotero JSON"]["links"] == ZOTERO_WEB["links"]
    assert opened(json.dumps([record]), "again.json")[1] == [record]

    note = {"key": "N", "data": {"itemType": "note", "note": "<p>!</p>"}}
    _, records, _, notes = opened(json.dumps([note, ZOTERO_WEB]))
    assert (records, [note.partition(": ")[2] for note in notes]) == ([record], ["1 note left out"])


@pytest.mark.parametrize(
    "page",
    [
        {"offset": 0, "data": [CITATION, CITATION]},
        {"offset": 0, "next": 2, "data": [{"citedPaper": S2}, {"citedPaper": S2}]},
        {"recommendedPapers": [S2, S2]},
    ],
)
def test_citing_cited_and_recommended_papers_of_semantic_scholar_are_its_papers(opened, page):
    """How a paper is cited stays with it."""
    _, (paper,), _, _ = opened(json.dumps([S2]))
    form, records, _, _ = opened(json.dumps(page))

    assert form == "Semantic Scholar"
    assert [{name: value for name, value in one.items() if name in paper} for one in records] == [paper, paper]
    assert [one.get("contexts") for one in records] == [one.get("contexts") for one in page.get("data", [{}, {}])]


def test_of_scopus_the_first_author_stands_where_the_others_are_not_told(opened):
    """Who has no right to the complete view gets the first author alone; pybliometrics has names of its own."""
    short = {name: value for name, value in SCOPUS.items() if name != "author"}
    of_python = {
        "eid": "2-s2.0-1", "doi": "10.5555/fox.19", "pubmed_id": "31234567", "subtypeDescription": "Article",
        "title": TITLE, "creator": "Marsh I.", "author_names": "Marsh, Io;Otter, Bo", "coverDate": "2019-03-05",
        "publicationName": "Journal of Foxes", "volume": "3", "issueIdentifier": "2", "pageRange": "17-29",
        "description": ABSTRACT,
    }  # fmt: skip
    form, (one, other), _, _ = opened(json.dumps([short, of_python]))

    assert form == "Scopus"
    assert one["authors"] == ["Marsh I."]
    assert {name: other.get(name) for name in FOX} == FOX


TRIAL = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT01234567", "briefTitle": TITLE, "officialTitle": f"{TITLE} of 2018"},
        "statusModule": {
            "studyFirstSubmitDate": "2018-12-30",
            "studyFirstPostDateStruct": {"date": "2019-03-05", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Fox Club", "class": "OTHER"}},
        "descriptionModule": {"briefSummary": "We count foxes."},
    },
    "hasResults": False,
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([TRIAL]),
        json.dumps(TRIAL),
        json.dumps({"nextPageToken": "x", "studies": [TRIAL], "totalCount": 1}),
    ],
    ids=["download", "one", "page"],
)
def test_a_trial_in_json_is_that_of_the_table(opened, text):
    """ClinicalTrials.gov's JSON, by itself or as its interface gives it, and its CSV say the same of a trial."""
    form, (record,), rejects, notes = opened(text, "a.json")
    columns = "NCT Number,Study Title,Study URL,Brief Summary,Sponsor,First Posted"
    row = f'NCT01234567,"{TITLE}",https://clinicaltrials.gov/study/NCT01234567,We count foxes.,Fox Club,2019-03-05'
    _, (trial,), _, _ = opened(f"{columns}\n{row}\n", "a.csv")

    assert (form, rejects, notes) == ("ClinicalTrials.gov", [], [])
    assert convention_of(form) == "record"
    fields = ("id", "title", "publication_date", "urls", "abstract")
    assert [record[field] for field in fields] == [trial[field] for field in fields]
    assert record["original"] == {"ClinicalTrials.gov": {"protocolSection": TRIAL["protocolSection"]}}


def test_the_starter_interface_of_web_of_science_gives_records_of_other_databases(opened):
    """Its `uid` says which: a search of all databases has all of them."""
    uids = ["MEDLINE:31234567", "KJD:ART001", "WOS:1"]
    form, records, _, _ = opened(json.dumps([WOS_STARTER | {"uid": uid} for uid in uids]))

    assert form == "Web of Science Starter"
    assert [(record["id"], len(record["authors"])) for record in records] == [(uid, 2) for uid in uids]


def test_an_article_in_press_at_sciencedirect_has_a_volume_alone_or_none(opened):
    """What is not said of an issue is not made up, and the form is told without it."""
    bare = {key: value for key, value in SCIENCEDIRECT.items() if key != "volumeIssue"}
    form, records, _, _ = opened(json.dumps([bare, bare | {"volumeIssue": "Volume 40, Part B"}]))

    assert form == "ScienceDirect"
    assert [(record.get("volume"), record.get("number"), record["pages"]) for record in records] == [
        (None, None, "17-29"),
        ("40", None, "17-29"),
    ]


def test_the_short_records_of_europe_pmc_name_all_authors_in_one_text(opened):
    """A committee with an "and" in its name is one author where the interface names each by itself."""
    short = {name: value for name, value in EUROPE_PMC.items() if name not in {"authorList", "journalInfo"}}
    people = {"authorString": "Fox Group, Marsh I, Otter BJ, Hare JR.", "journalTitle": "J Fox", "journalVolume": "3"}
    _, (record,), _, _ = opened(json.dumps({"resultList": {"result": [short | people]}}))
    _, (group,), _, _ = opened(json.dumps([CROSSREF | {"author": [{"name": "Committee on Foxes and Owls"}]}]))

    assert record["authors"] == ["Fox Group", "Marsh I", "Otter BJ", "Hare JR"]
    assert (record["journal"], record["volume"]) == ("J Fox", "3")
    assert group["authors"] == ["Committee on Foxes and Owls"]


def test_the_metadata_of_arxiv_are_dated_by_their_first_version(opened):
    """Its "versions" are no versions in our sense: they are kept, but not under that name."""
    form, (record,), _, _ = opened(json.dumps(KAGGLE) + "\n", "arxiv-metadata.json")

    assert form == "arXiv"
    assert (record["publication_date"], record["authors"]) == ("2019-03-05", FOX["authors"])
    assert "versions" not in record
    assert record["original"]["arXiv"]["versions"] == KAGGLE["versions"]
    assert record["urls"] == ["https://arxiv.org/abs/1903.00001"]


def test_an_affiliation_behind_a_parsed_name_is_no_part_of_it(opened):
    """Of arXiv's parsed names three entries are the name: surname, given names and suffix."""
    parsed = [["da Silva", "João", "", "USP"], ["Marsh", "Io", "Jr."], ["Otter", "Bo", "", "Fox House", "Owl House"]]
    _, (record,), _, _ = opened(json.dumps(KAGGLE | {"authors_parsed": parsed}))

    assert record["authors"] == ["da Silva, João", "Marsh, Io, Jr.", "Otter, Bo"]
    assert record["original"]["arXiv"]["authors_parsed"] == parsed


@pytest.mark.parametrize("keys", ["title", "title author issued", "container-title", "title issued page type volume"])
def test_whatever_is_selected_of_crossref_is_named_by_its_doi(opened, keys):
    """An answer to `select` has none of the keys that only Crossref has, in its envelope or in lines of its own."""
    selected = {"DOI": FOX["doi"]} | {key: CROSSREF[key] for key in keys.split()}
    answer = {"status": "ok", "message-type": "work-list", "message": {"total-results": 1, "items": [selected] * 2}}
    whole = {name: value for name, value in CROSSREF.items() if name != "id"}

    for content in (json.dumps(answer), "\n".join(map(json.dumps, [selected, whole, selected]))):
        form, records, _, _ = opened(content)
        assert form == "Crossref"
        assert {(record["id"], record["doi"], record["source"]) for record in records} == {
            (FOX["doi"], FOX["doi"], "Crossref")
        }


def test_a_citation_without_an_id_is_named_by_its_doi(opened):
    """As resolvers of DOIs give it; in a library every item has an id."""
    bare = {name: value for name, value in CSL.items() if name != "id"}
    _, records, _, _ = opened(json.dumps([bare, CSL]))

    assert [record["id"] for record in records] == [FOX["doi"], "m1"]


def test_a_record_of_ours_with_its_title_in_a_list_is_not_crossref(opened):
    """It has names for fields that Crossref has not, and these would not be read."""
    _, (record,), _, _ = opened(
        json.dumps([{"DOI": FOX["doi"], "title": [TITLE], "authors": "Io Marsh", "year": 2019}])
    )

    assert (record["authors"], record["publication_date"]) == (["Io Marsh"], "2019")


def test_a_hit_of_dblp_is_read_without_its_wrapper(opened):
    """Scripts keep what stands under "info" alone; a single author is in no list."""
    links = {"ee": ["https://doi.org/10.5555/fox.19", "https://fox.example/19"], "url": "https://dblp.org/rec/j/f/M19"}
    one = {"authors": {"author": {"@pid": "1/2", "text": "Marsh, Io"}}}
    hits = [DBLP | {"info": DBLP["info"] | links}, DBLP | {"info": DBLP["info"] | links | one}]

    whole = opened(json.dumps(hits))[1]
    form, bare, _, _ = opened("\n".join(json.dumps(hit["info"]) for hit in hits))

    assert form == "DBLP"
    assert bare == [{name: value for name, value in record.items() if name[0] != "@"} for record in whole]
    assert [record["authors"] for record in bare] == [FOX["authors"], ["Marsh, Io"]]
    assert bare[0]["urls"] == [*links["ee"], links["url"]]


@pytest.mark.parametrize(
    "tell", [{"key": "j/f/M19", "url": "https://dblp.org/rec/j/f/M19"}, {"preprint_title": "Foxes"}]
)
def test_names_that_an_interface_has_not_make_a_record_another_s(opened, tell):
    """A bibliography may have DBLP's keys and addresses, and a list of articles the titles of their preprints."""
    own = {"title": TITLE, "author": ["Io Marsh"], "year": 2019, "journal": "Foxes", "summary": "We count foxes."}
    _, (record,), _, _ = opened(json.dumps([own | tell]))

    assert (record["authors"], record["publication_date"]) == (["Io Marsh"], "2019")
    assert "source" not in record


def test_preprints_that_were_published_are_read(opened):
    """The list of them has other words than the list of all; the DOI of a record is the preprint's."""
    words = {"doi": "biorxiv_doi", "published": "published_doi", "server": "preprint_platform"}
    named = {words.get(name, f"preprint_{name}"): value for name, value in PREPRINT.items() if name != "version"}
    form, (record,), _, _ = opened(json.dumps({"messages": [{"status": "ok"}], "collection": [named]}))
    _, (told,), _, _ = opened(json.dumps([PREPRINT]))

    assert form == "bioRxiv and medRxiv"
    assert {name: record.get(name) for name in RECORD_FIELDS} == {name: told.get(name) for name in RECORD_FIELDS}
    assert record["published_doi"] == PREPRINT["published"]


def test_a_citation_of_csl_that_names_no_author_is_one(opened):
    """A page of the web has neither author nor container; a date in words is kept as these words."""
    given = [
        {"id": "a", "type": "webpage", "title": "Foxes", "issued": {"literal": "n.d."}, "URL": "https://a.example"}
    ]
    _, (record,), _, _ = opened(json.dumps(given), "a.json")

    assert (record["publication_date"], record["urls"]) == ("n.d.", ["https://a.example"])
    assert record["original"] == {"CSL-JSON": {"issued": {"literal": "n.d."}}}


@pytest.mark.parametrize(
    "record",
    [
        {"id": "http://arxiv.org/abs/1903.00001", "title": "A", "authors": [{"given": "Io", "family": "Marsh"}]},
        {"id": "7", "title": "A", "doi": "10.5555/a", "server": "bioRxiv", "publication_date": "2019", "source": "B"},
    ],
)
def test_records_under_our_names_are_none_of_an_interface(opened, record):
    """An address of arXiv's as an id, and the name of a server, are no sign that the other names are an interface's."""
    assert opened(json.dumps(record))[1] == [record]
