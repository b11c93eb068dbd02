"""XML: broken elements spoil no others, and no record reaches beyond its file."""

import json

import pytest

from samples import FOX, TITLE, titles
from samples.files import ATOM, ENDNOTE, PUBMED_XML


def test_what_a_feed_says_of_itself_is_no_loss(opened):
    """Before its records arXiv's Atom has the query, also where two feeds are joined."""
    head = '<link href="http://arxiv.org/"/><title>ArXiv Query: search_query=all:fox</title><id>http://arxiv.org/a</id>'
    feed = ATOM.replace("<entry>", f"{head}<entry>", 1)
    _, records, rejects, notes = opened(feed + feed)

    assert (titles(records), rejects, notes) == ([TITLE, TITLE], [], [])


@pytest.mark.parametrize("comment", ["<!-- made by <ann@example.org> -->", "<!-- <html>\n<rec> -->\n<!---->"])
def test_a_comment_before_the_first_element_does_not_hide_it(opened, comment):
    form, records, rejects, _ = opened(ENDNOTE.replace("<xml>", f"{comment}<xml>"))

    assert (form, titles(records), rejects) == ("EndNote XML", [TITLE], [])


def test_pubmed_has_chapters_and_books_among_its_articles(opened):
    """A chapter has a title of its own, a book that of the book; editors have written neither."""
    book = """<PubmedBookArticle><BookDocument><PMID Version="1">{}</PMID><Book><BookTitle>Fox lore</BookTitle>
<PubDate><Year>2023</Year><Month>01</Month></PubDate><AuthorList Type="{}"><Author><LastName>Hare</LastName></Author>
</AuthorList></Book>{}</BookDocument></PubmedBookArticle>"""
    chapter = """<ArticleTitle>Dens</ArticleTitle><AuthorList Type="authors"><Author><LastName>Marsh</LastName>
<ForeName>Io</ForeName></Author></AuthorList><Abstract><AbstractText>They dig.</AbstractText></Abstract>"""
    parts = [book.format(1234567, "editors", chapter), book.format(2345678, "authors", ""), "</PubmedArticleSet>"]
    form, records, rejects, _ = opened(PUBMED_XML.replace("</PubmedArticleSet>", "".join(parts)))

    assert (form, titles(records), rejects) == ("PubMed XML", [FOX["title"], "Dens", "Fox lore"], [])
    assert [record["id"] for record in records[1:]] == ["1234567", "2345678"]
    assert [record["authors"] for record in records[1:]] == [["Marsh, Io"], ["Hare"]]
    assert [record["publication_date"] for record in records[1:]] == ["2023-01", "2023-01"]
    assert records[1]["abstract"] == "They dig."
    assert titles(opened(f"<PubmedArticleSet>{parts[1]}</PubmedArticleSet>")[1]) == ["Fox lore"]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("<record><titles><title>a</titel></titles></record>", "a tag that another closes"),
        ("<record><titles><title>a</title></titles>", "an end that is missing"),
        ("<record><titles><title>a &bomb;</title></titles><a></record>", "an entity that nobody declared, and more"),
    ],
)
def test_a_broken_element_spoils_no_other(opened, broken, why):
    text = ENDNOTE.replace("<records>", f"<records>{broken}\n").replace("</records>", f"{broken}</records>")
    _, records, rejects, _ = opened(text)

    assert titles(records) == [TITLE], why
    assert len(rejects) == 2
    assert all("not valid XML" in reject.reason for reject in rejects)


def test_what_endnote_lets_through_is_mended(opened):
    """Control characters, HTML's entities and bare ampersands are not XML, and EndNote writes them all the same."""
    _, (record,), rejects, _ = opened(ENDNOTE.replace("lower", "lo\x0bw&#x1F;er").replace("40.", "40 &eacute; & more."))

    assert (record["title"], rejects) == (TITLE, [])
    assert record["abstract"].endswith("40 é & more.")


def test_no_entity_is_expanded_and_nothing_is_loaded(opened, tmp_path):
    """A record cannot read a file of the reader's, nor grow to gigabytes."""
    (tmp_path / "secret").write_text("secret text")
    head = f'<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY s SYSTEM "{tmp_path}/secret">]>'
    for entity in ("&a;", "&s;"):
        text = ENDNOTE.replace("<xml>", head + "<xml>").replace("lower", f"lower{entity}")
        _, records, rejects, _ = opened(text)
        said = json.dumps(records) + "".join(reject.text for reject in rejects)
        assert "secret text" not in said
        assert "aaaa" not in json.dumps(records)
        assert entity in said
