"""Answers of interfaces, page by page: all their records and nothing else; errors and what is left out are told."""

import json
import re

import pytest

from papertwin.data.errors import InputError
from samples import TITLE, titles
from samples.files import ATOM
from samples.forms import FORMS
from samples.objects import ARXIV_FEED, CITATION, DATACITE, OBJECTS, OPENALEX, PUBMED_SUMMARY, S2, ZOTERO_WEB


@pytest.mark.parametrize("form", [form for form in OBJECTS if form != "CSL-JSON"])
def test_a_list_of_pages_holds_the_records_of_each(opened, form):
    """Who asks an interface page by page puts the answers into one list; the last of them may be empty or null.

    What an answer says of itself is nothing to tell of; what people have coded is.
    """
    page = json.loads(FORMS[form][0])
    whole = opened(json.dumps([page]))[1]

    found, records, rejects, notes = opened(json.dumps([page, page, None]), "pages.json")

    assert (found, records) == (form, whole * 2)
    assert rejects == []
    codes = ["beside its rows the file holds CodeSets: left out"] if form == "EPPI-Reviewer" else []
    assert [note.partition(": ")[2] for note in notes] == [*codes, "1 null left out"]


def test_objects_of_several_interfaces_in_one_list_are_each_its_own(opened):
    """Zotero's own items are no pages, though the record stands under "data" as whole pages do elsewhere."""
    objects = [ZOTERO_WEB, CITATION, *OBJECTS.values()]
    _, records, rejects, notes = opened(json.dumps(objects))

    assert records == [opened(json.dumps([one]))[1][0] for one in objects]
    assert titles(records) == [TITLE] * len(objects)
    assert (rejects, notes) == ([], [])


def test_rows_of_several_interfaces_with_the_keys_of_all_are_each_its_own(opened):
    """As pandas writes a frame of them: the keys that an object does not have are null, and tell nothing of it."""
    objects = [*OBJECTS.values(), ZOTERO_WEB, CITATION]
    keys = dict.fromkeys(key for one in objects for key in one)

    _, records, _, _ = opened("\n".join(json.dumps(keys | one) for one in objects))

    assert records == [opened(json.dumps([one]))[1][0] for one in objects]


@pytest.mark.parametrize(
    ("feed", "count"), [({"entry": ARXIV_FEED}, 1), ({}, 0), ({"entry": [ARXIV_FEED, ARXIV_FEED]}, 2)]
)
def test_a_feed_of_arxiv_has_as_many_records_as_entries(opened, feed, count):
    """The only one is in no list, as xmltodict has it, and a search that finds none has a title all the same."""
    head = {"title": "ArXiv Query", "id": "http://arxiv.org/api/1", "opensearch:totalResults": str(count)}
    _, records, rejects, _ = opened(json.dumps({"feed": head | feed}), "arxiv.json")

    assert (titles(records), rejects) == ([TITLE] * count, [])


def test_lists_in_a_list_are_pages_of_records(opened):
    """What an interface has under "results", put into a list page by page."""
    _, records, rejects, _ = opened(json.dumps([[], [OPENALEX, OPENALEX], [], [OPENALEX]]))

    assert titles(records) == [TITLE] * 3
    assert not rejects


def test_one_record_alone_is_read_as_a_list_of_them_is(opened):
    """Interfaces that are asked for one DOI give the object in place of the list."""
    assert opened(json.dumps({"data": DATACITE}))[:2] == opened(json.dumps({"data": [DATACITE]}))[:2]


def test_the_summaries_of_pubmed_are_in_the_order_of_their_numbers(opened):
    """Each stands under its number; one of PubMed Central has another number, and a page may have none."""
    numbers = [{"idtype": "pmid", "value": "31234567"}, {"idtype": "pmcid", "value": "PMC7654321"}]
    central = PUBMED_SUMMARY | {"uid": "7654321", "articleids": numbers}
    page = {"uids": ["7654321", "31234567"], "31234567": PUBMED_SUMMARY, "7654321": central}
    _, records, rejects, _ = opened(json.dumps({"header": {}, "result": page}, indent=1))

    assert [record["id"] for record in records] == ["7654321", "31234567"]
    assert records[0]["urls"] == records[1]["urls"]
    assert rejects == []
    assert opened(json.dumps([{"header": {}, "result": {"uids": []}}]))[1:3] == ([], [])


def test_unknown_records_in_an_answer_are_counted_and_no_rejects(opened):
    """Semantic Scholar's answer for a batch of ids has null for each that it does not know."""
    _, records, rejects, notes = opened(json.dumps([None, S2, None]))

    assert (titles(records), rejects) == ([TITLE], [])
    assert [note.partition(": ")[2] for note in notes] == ["2 nulls left out"]


@pytest.mark.parametrize(
    "page",
    [
        {"meta": {"count": 1}, "group_by": [], "results": [OPENALEX]},
        {"status": "ok", "message-type": "w", "message": {"facets": {}, "total-results": 1, "items": [OPENALEX]}},
        {"feed": {"title": "ArXiv Query", "opensearch:totalResults": "1", "entry": [ARXIV_FEED]}},
    ],
    ids=["OpenAlex", "Crossref", "arXiv"],
)
def test_what_an_interface_says_of_its_answer_is_no_loss(opened, page):
    """How many records there are and what was asked is nothing to tell of; what a person has put there is."""
    _, _, rejects, notes = opened(json.dumps(page))
    *_, others = opened(json.dumps(page | {"shelf": "upper"}))

    assert (rejects, notes) == ([], [])
    assert [note.partition(": ")[2] for note in others] == ["beside its rows the file holds shelf: left out"]


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    "page",
    [
        {"meta": {"count": 0}, "results": []},
        {"result": {"query": "x", "status": {"@code": "200"}, "hits": {"@total": "0", "@sent": "0", "@first": "0"}}},
        {"apiMessage": "x", "query": "x", "result": [{"total": "0"}], "records": [], "facets": []},
        {"total": 0, "offset": 0, "next": 0},
        {"version": "6.9", "hitCount": 0, "request": {"queryString": "x"}},
        {"total_records": 0},
        {"articles": []},
    ],
    ids=["OpenAlex", "DBLP", "Springer Nature", "Semantic Scholar", "Europe PMC", "IEEE Xplore", "IEEE's list"],
)
def test_an_answer_without_hits_has_no_records(opened, page, indent):
    """In whatever way it says so: some interfaces leave out the list, others have nothing in it."""
    assert opened(json.dumps(page, indent=indent), "page.json")[1:] == ([], [], [])


def test_an_answer_that_counts_none_among_pages_costs_no_other(opened):
    pages = [{"total": 2, "offset": 0, "data": [S2, S2]}, {"total": 0, "offset": 0, "next": 0}]

    assert titles(opened(json.dumps(pages))[1]) == [TITLE, TITLE]


def test_what_an_interface_says_went_wrong_is_no_record(opened):
    """Scopus has it where the records would be, PubMed where one would be; it is left out, but not in silence."""
    nothing = {"search-results": {"entry": [{"@_fa": "true", "error": "Result set was empty"}]}}
    wrong = {"uid": "1", "error": "cannot get document summary"}
    page = {"result": {"uids": ["1", "31234567"], "1": wrong, "31234567": PUBMED_SUMMARY}}
    _, records, rejects, notes = opened(json.dumps(page))

    assert (titles(records), rejects) == ([TITLE], [])
    assert [note.partition(": ")[2] for note in notes] == ["1 error message left out"]
    assert opened(json.dumps(nothing))[1:] == ([], [], [])


ARXIV_ERROR = {
    "id": "http://arxiv.org/api/errors#incorrect_id_format_for_fox",
    "title": "Error",
    "summary": "incorrect id format for fox",
    "updated": "2019-03-05T00:00:00Z",
    "author": {"name": "arXiv api core"},
}
ARXIV_ERROR_ENTRY = (
    f"<entry><id>{ARXIV_ERROR['id']}</id><title>Error</title><summary>incorrect id format\n for fox</summary>"
    "<author><name>arXiv api core</name></author></entry>"
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"error": "Unauthorized"}', "Unauthorized"),
        ('{\n"error": "Invalid query", "message": "per_page is too large"}', "Invalid query: per_page is too large"),
        ('{"HTTP_status_code": 404, "error": true, "message": "10.5555 is no DOI"}', "10.5555 is no DOI"),
        ('{"result": {"uids": ["1"], "1": {"uid": "1", "error": "cannot get it"}}}', "cannot get it"),
        ('{"errors": [{"status": "404", "title": "There is no such DOI"}]}', "There is no such DOI"),
        ('{"message": "Too Many Requests", "code": "429"}', "Too Many Requests"),
        ('{"service-error": {"status": {"statusCode": "ERROR", "statusText": "Invalid key"}}}', "Invalid key"),
        ('{"status": "failed", "message": [{"type": "x", "value": "fox", "message": "no sort"}]}', "no sort"),
        ('{"esummaryresult": ["Invalid uid fox"]}', "Invalid uid fox"),
        ('{"detail": "Not found."}', "Not found."),
        (json.dumps({"feed": {"opensearch:totalResults": "1", "entry": ARXIV_ERROR}}), "incorrect id format for fox"),
        (f'<feed xmlns="http://www.w3.org/2005/Atom">{ARXIV_ERROR_ENTRY}</feed>', "incorrect id format for fox"),
    ],
    ids=[
        *("NASA ADS", "OpenAlex", "Unpaywall", "PubMed", "DataCite", "Semantic Scholar", "Scopus", "Crossref"),
        *("PubMed summaries", "CORE", "arXiv feed", "arXiv"),
    ],
)
def test_a_file_of_nothing_but_an_error_message_is_refused_with_its_words(opened, content, said):
    """Who took it for a search without hits would report none."""
    with pytest.raises(InputError, match=re.escape(f'what an interface says went wrong: "{said}": ask it again')):
        opened(content)


def test_an_error_of_arxiv_among_its_entries_is_no_record(opened):
    """It has a title and an author, as records do, and is counted as what it is."""
    record = json.dumps([ARXIV_ERROR, ARXIV_FEED])
    for content in (ATOM.replace("<entry>", f"{ARXIV_ERROR_ENTRY}<entry>", 1), record):
        _, records, rejects, notes = opened(content)

        assert (titles(records), rejects) == ([TITLE], [])
        assert [note.partition(": ")[2] for note in notes] == ["1 error message left out"]
