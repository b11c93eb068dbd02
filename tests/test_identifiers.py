"""Identifiers: every spelling of one number becomes one text, and nothing else is taken for a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.data.fields import prepare
from papertwin.data.values import identifiers
from papertwin.features import FEATURES, PLACE, vectors

DOI = "10.1000/abc.1"


@pytest.mark.parametrize(
    "text",
    [
        DOI, "10.1000/ABC.1", "doi:10.1000/abc.1", "DOI 10.1000/abc.1.", "https://doi.org/10.1000/abc.1", "http://dx.doi.org/10.1000%2Fabc.1",
        "10.1000/abc.1,", "(10.1000/abc.1)", "10.1000/abc.1]", "10.1000/abc.1</a>", "10.1000/abc.1#section2",
        "10.1000/abc.1?journal=x",
        "https://example.org/doi/10.1000/abc.1/full", "https://example.org/doi/10.1000/abc.1.pdf",
        "https://doi.org/10.1000/abc.1/",
        "10.1000/abc.1v2", "10.1000/abc.1/v3", "10.1000/abc.1.pub2",
    ],
)  # fmt: skip
def test_one_doi_however_it_is_written(text):
    """Resolver, case, escapes, trailing signs, the publisher's page and the version make no difference."""
    assert identifiers.doi(text) == DOI


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.1000/",
        "10.1000/.",
        "10.10/x",
        "version 10.1/2",
        "section 10.1234",
        "10.1.1.12.345",
        "210.1000/abc",
        "3.10.1000/abc",
        "no doi",
    ],
)
def test_what_is_no_doi(text):
    """Section numbers, decimals, CiteSeerX numbers and a registrant alone are none."""
    assert identifiers.doi(text) is None


@pytest.mark.parametrize(
    "doi",
    [
        "10.1016/S0140-6736(05)67889-0",
        "10.1000/rev1",
        "10.1000/v1",
        "10.1371/journal.pone.0001.t001",
        "10.1000/456/789",
        "10.7554/eLife.12345.002",
    ],
)
def test_signs_inside_a_doi_stay(doi):
    """Brackets, a word that ends like a version, a table of an article: all are part of the number."""
    assert identifiers.doi(doi) == doi.lower()


def test_a_doi_of_the_nineties_is_not_cut_at_its_angle_bracket():
    """Cut there, all articles of one issue would share it."""
    one = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"
    other = one.replace("1661::AID-SIM968", "1703::AID-SIM869")
    escaped = one.replace("<", "&lt;").replace(">", "&gt;")
    quoted = "https://doi.org/" + one.replace("<", "%3C").replace(">", "%3E").replace("(", "%28").replace(")", "%29")
    assert identifiers.doi(one) == identifiers.doi(escaped) == identifiers.doi(quoted) == one.lower()
    assert identifiers.doi(other) != identifiers.doi(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10.12688/f1000research.1234.1", "10.12688/f1000research.1234.3"),
        ("10.7554/eLife.12345", "10.7554/eLife.12345.2"),
        ("10.26434/chemrxiv-2021-abcde", "10.26434/chemrxiv-2021-abcde-v2"),
        ("10.31234/osf.io/abcde", "10.31234/osf.io/abcde_v1"),
        ("10.21203/rs.3.rs-123456/v1", "10.21203/rs.3.rs-123456/v2"),
        ("10.1101/2020.01.02.123456", "10.1101/2020.01.02.123456v3.full.pdf"),
        ("10.1002/14651858.CD001234.pub2", "10.1002/14651858.CD001234.pub3"),
    ],
)
def test_versions_of_one_deposit_have_one_doi(one, other):
    """Each server numbers its versions in its own way; both conventions count them as one."""
    assert identifiers.doi(one) == identifiers.doi(other) is not None


def test_arxivs_stamp_before_a_title_names_the_preprint():
    """Repositories take the margin of the first page for the title; a number anywhere else in a title is none."""
    records = [
        {"title": f"{stamp}Roots"} for stamp in ("arXiv:1305.2897v2 [math.CO] 14 May 2013 ", "On arXiv:1305.2897 ")
    ]
    assert prepare(records).columns["arxiv"].tolist() == ["1305.2897", None]


def test_updates_of_a_review_are_told_apart():
    """By the end of Cochrane's DOI, however it is written; of no other DOI, and two reviews are never one update."""
    review, update, other = ({"doi": f"10.1002/14651858.{end}"} for end in ("CD001234", "CD001234.pub2", "CD009999"))
    address = {"urls": ["https://doi.org/10.1002/14651858.cd001234.PUB2"]}
    records = [review, update, address, {"doi": "10.1000/abc.1.pub2"}, other]
    one, two = "cd001234.pub1", "cd001234.pub2"
    assert prepare(records).columns["review_update"].tolist() == [one, two, two, None, "cd009999.pub1"]
    left, right = np.array([0, 1, 1, 0]), np.array([1, 2, 3, 4])
    same = vectors(prepare(records), left, right)[:, PLACE["review_update_same"]]
    np.testing.assert_array_equal(same, [0, 1, np.nan, 0])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[(text, "1911.03090") for text in (
            "http://arxiv.org/abs/1911.03090v1", "https://arxiv.org/pdf/1911.03090.pdf", "arXiv:1911.03090v12",
            "arXiv preprint arXiv:1911.03090",
            "arXiv:1911.03090 [cs.CL]", "10.48550/arXiv.1911.03090", "https://doi.org/10.48550/ARXIV.1911.03090",
            "oai:arXiv.org:1911.03090",
            "https://ar5iv.labs.arxiv.org/html/1911.03090", "http://export.arxiv.org/abs/1911.03090",
            "http://arxiv.org/ftp/arxiv/papers/1911/1911.03090.pdf",
        )],
        *[(text, "math/0309136") for text in (
            "arXiv:math.DG/0309136", "arXiv:math/0309136v1", "http://arxiv.org/abs/math.DG/0309136",
            "http://arxiv.org/ftp/math/papers/0309/0309136.pdf",
        )],
        ("http://arxiv.org/abs/cond-mat/0001001", "cond-mat/0001001"),
    ],
)  # fmt: skip
def test_one_arxiv_number_however_it_is_written(text, number):
    """Old and new numbers, addresses, DOIs, versions and subject classes."""
    assert identifiers.arxiv(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "arXiv",
        "https://arxiv.org/list/cs.CL/1911",
        "https://www.biorxiv.org/content/2020.01234",
        "arXiv:1911.030901234",
        "arXiv:1999.1234",
        "1911.03090",
    ],
)
def test_what_is_no_arxiv_number(text):
    """Other servers, too many digits, a month 99, and a number that nobody calls arXiv's."""
    assert identifiers.arxiv(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1911.03090v2", "1911.03090"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("abs/1911.03090", "1911.03090"),
        ("CoRR abs/1911.03090", "1911.03090"),
        ("2019.1234", None),
        ("1234-5678", None),
        ("12.1234", None),
    ],
)
def test_a_bare_number_counts_where_it_is_the_whole_text(text, number):
    """In an id field, or as a volume of CoRR; its month must exist."""
    assert identifiers.bare_arxiv(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "PMID: 12345678",
        "pmid12345678",
        "pubmed:12345678",
        "PUBMED 12345678",  # as the Cochrane Library has it
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
        "http://www.ncbi.nlm.nih.gov/pubmed/12345678",
        "http://www.ncbi.nlm.nih.gov/pubmed/?term=12345678",
        "https://europepmc.org/article/MED/12345678",
    ],
)
def test_one_pubmed_number_however_it_is_written(text):
    """Named or in an address, also of Europe PMC."""
    assert identifiers.pubmed(text) == "12345678"
    assert identifiers.pmc(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "PMC12345",
        "pmc12345",
        "PMCID: PMC12345",
        "PMC 12345",
        "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12345/",
        "https://europepmc.org/articles/PMC12345?pdf=render",
    ],
)
def test_one_pmc_number_however_it_is_written(text):
    """It is no PubMed number."""
    assert identifiers.pmc(text) == "12345"
    assert identifiers.pubmed(text) is None


@pytest.mark.parametrize(
    "text", ["12345678", "PMID", "PMID 1234567890123", "XPMC12345", "https://pubmed.ncbi.nlm.nih.gov/", "PubMed 2019"]
)
def test_what_is_neither(text):
    """A bare number may be anything."""
    assert identifiers.pubmed(text) is identifiers.pmc(text) is None


SHA = "0123456789abcdef" * 2 + "01234567"
CATALOGUES = {
    "openalex:w2980461387": ["https://openalex.org/W2980461387", "https://api.openalex.org/works/W2980461387",
    "W2980461387", "openalex:W2980461387"],
    "core:12345": ["https://core.ac.uk/download/12345.pdf", "https://core.ac.uk/download/pdf/12345.pdf",
    "http://core.ac.uk/display/12345", "https://core.ac.uk/reader/12345", "https://core.ac.uk/outputs/12345/"],
    f"s2:{SHA}": [f"https://www.semanticscholar.org/paper/Some-Title/{SHA}",
    f"https://www.semanticscholar.org/paper/{SHA.upper()}"],
    "zenodo:1234": ["10.5281/zenodo.1234", "https://doi.org/10.5281/zenodo.1234", "https://zenodo.org/record/1234",
    "https://zenodo.org/records/1234/files/a.pdf"],
    "figshare:1234567": ["10.6084/m9.figshare.1234567.v2", "https://doi.org/10.6084/m9.figshare.1234567",
    "https://figshare.com/articles/dataset/A_title/1234567/2"],
    "hal:hal-01234567": ["https://hal.science/hal-01234567v2",
    "https://hal.archives-ouvertes.fr/hal-01234567/document"],
    "ssrn:1234567": ["https://papers.ssrn.com/sol3/papers.cfm?abstract_id=1234567", "10.2139/ssrn.1234567"],
    "citeseerx:10.1.1.12.345": ["10.1.1.12.345", "http://citeseerx.ist.psu.edu/viewdoc/summary?doi=10.1.1.12.345"],
    "openreview:abcd_123": ["https://openreview.net/forum?id=abCD_123", "https://openreview.net/pdf?id=abCD_123"],
    "acl:p19-1234": ["https://aclanthology.org/P19-1234.pdf", "https://aclanthology.org/P19-1234/"],
}  # fmt: skip


@pytest.mark.parametrize(("number", "text"), [(number, text) for number, texts in CATALOGUES.items() for text in texts])
def test_catalogue_numbers(number, text):
    """An address or a number in a catalogue names the catalogue and the record in it."""
    assert identifiers.catalogue(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/W2980461387",
        "https://openalex.org/A123456",
        "W123",
        "https://www.semanticscholar.org/paper/12345",
        "hotel-1234567",
        "",
    ],
)
def test_what_is_in_no_catalogue(text):
    """OpenAlex's authors are no works, and a W before a few digits is no number of its."""
    assert identifiers.catalogue(text) is None


def test_trial_registrations():
    """All of them, of trials and reviews, wherever they stand; EudraCT's are one with and without their prefix."""
    assert (
        identifiers.registry("Registered as NCT01234567 (ISRCTN12345678)\nnct01234567") == "isrctn12345678 nct01234567"
    )
    assert (
        identifiers.registry("EudraCT 2004-001234-12")
        == identifiers.registry("EUCTR2004-001234-12-DE")
        == "euctr2004-001234-12"
    )
    assert identifiers.registry("ACTRN12610000000123\nChiCTR-TRC-10001234") == "actrn12610000000123 chictr-trc-10001234"
    assert identifiers.registry("PROSPERO CRD42018104455") == "crd42018104455"
    assert identifiers.registry("NCT0123456 NCT012345678 XNCT01234567") is None


@pytest.mark.parametrize(
    ("record", "deposit"),
    [
        ({"doi": "10.5061/dryad.1ab23"}, 2),
        ({"doi": "https://doi.org/10.17632/xy12.1"}, 2),
        ({"journal": "PANGAEA"}, 2),
        ({"doi": "10.6084/m9.figshare.6001234.v2"}, 1),
        ({"journal": "Figshare"}, 1),
        ({"doi": "10.5281/zenodo.1199887"}, 0),  # most titles of articles that lie there are of the articles
        ({"journal": "Scientific Data", "doi": "10.1038/sdata.2016.18"}, 0),
        ({}, 0),
    ],
)
def test_a_deposit_of_data_is_told_from_an_article(record, deposit):
    """By who gave its DOI or by the archive's name; figshare holds texts, too."""
    assert prepare([{"title": "Tail length of stoats", **record}]).columns["data_deposit"].tolist() == [deposit]


@pytest.mark.parametrize(
    ("doi", "part"),
    [
        ("10.1002/9783527618859.ch10", 1),
        ("https://doi.org/10.1007/978-3-030-12345-6_12", 1),
        ("10.1016/B978-0-12-374984-0.00012-X", 1),
        ("10.1093/acprof:oso/9780195123456.003.0001", 1),
        ("10.2307/j.ctv18zhdw5.4", 1),
        ("10.1007/978-3-030-12345-6", 0),  # the whole book
        ("10.1093/acprof:oso/9780195123456.001.0001", 0),
        ("10.7551/mitpress/9780262012345.001.0001", 0),
        ("https://www.degruyter.com/document/doi/10.1515/9783110123456/html", 0),
        ("10.1016/j.physletb.2017.12.053", 0),
        ("10.1371/journal.pone.0978978", 0),
        (None, 0),
    ],
)
def test_a_part_of_a_book_is_told_by_its_doi(doi, part):
    """An ISBN, or JSTOR's number of a book, with more behind it."""
    assert prepare([{"title": "Lie groups", "doi": doi}]).columns["book_part"].tolist() == [part]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("10.2307/1157788", "10.1017/S0001972000077788", None),  # JSTOR's own DOI of a publisher's article
        ("10.2172/991199", "10.1016/j.fuel.2010.01.001", None),
        ("10.2307/1157788", "10.2307/1157789", 0),
        ("10.2307/1157788", "10.2307/1157788", 1),
        ("10.1080/1", "10.1017/S1", 0),
    ],
)
def test_an_archives_own_doi_is_no_contradiction_to_the_publishers(first, second, same):
    """JSTOR, OSTI and others give an article a second DOI; two DOIs of one giver contradict each other all the same."""
    compared = vectors(prepare([{"doi": first}, {"doi": second}]), np.array([0]), np.array([1]))
    names = [feature.name for feature in FEATURES]
    assert compared[0, names.index("doi_same")] == pytest.approx(np.nan if same is None else same, nan_ok=True)


@pytest.mark.parametrize(
    ("record", "entry"),
    [
        ({"authors": ["NCT01234567"], "journal": "https://clinicaltrials.gov/show/NCT01234567"}, 1),  # in CENTRAL
        ({"journal": "ClinicalTrials.gov", "pages": "NCT01234567"}, 1),
        ({"urls": ["https://www.isrctn.com/ISRCTN12345678"]}, 1),
        ({"journal": "EU Clinical Trials Register", "abstract": "EudraCT 2004-001234-12"}, 1),
        ({"journal": "Sleep", "abstract": "Registered as NCT01234567."}, 0),
        ({"journal": "Clinical Trials"}, 0),
        ({}, 0),
    ],
)
def test_a_registrys_entry_is_told_from_an_article_that_names_its_trial(record, entry):
    """By the number in place of authors, journal, pages or address, or by the registry's name and any number."""
    assert prepare([{"title": "Yoga for insomnia", **record}]).columns["registry_entry"].tolist() == [entry]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.example.org/a/", "https://example.org/A"),
        ("http://example.org/a.pdf", "http://example.org/a"),
        ("http://example.org/a?utm_source=x", "http://example.org/a#top"),
        ("http://web.archive.org/web/20190101/http://example.org/a", "example.org/a"),
        ("http://arxiv.org/pdf/1911.03090v1.pdf", "https://arxiv.org/abs/1911.03090v3"),
        ("http://dx.doi.org/10.1000/a", "https://doi.org/10.1000/a"),
        ("http://example.org/a\nb", "http://example.org/ab"),
    ],
)
def test_one_address_however_it_is_written(one, other):
    """Scheme, www, archive, version and tracking make no difference."""
    assert identifiers.canonical_url(one) == identifiers.canonical_url(other)


@pytest.mark.parametrize(
    "url",
    [
        "file:///C:/x.pdf",
        "C:\\papers\\x.pdf",
        "internal-pdf://1234/x.pdf",
        "https://www.scopus.com/",
        "http://jstor.org",
        "https://orcid.org/0000-0002-1825-0097",
        "mailto:io.marsh@bog.example",
        "io.marsh@bog.example",
    ],
)
def test_a_file_of_ones_own_a_whole_site_and_a_person_are_no_address(url):
    """Two records that share one share nothing."""
    found = vectors(prepare([{"title": "Stoats", "urls": [url]}] * 2), np.array([0]), np.array([1]))
    assert np.isnan(found[0, PLACE["listing_shared"]])


def test_other_addresses_differ():
    """What a query asks for is part of the address."""
    assert identifiers.canonical_url("http://example.org/?id=1") != identifiers.canonical_url(
        "http://example.org/?id=2"
    )


def test_archives_dois_are_catalogue_numbers_and_arxivs_are_arxiv_numbers():
    """A deposit has a DOI a version, so that two that differ say little: they do not count as the work's DOI."""
    prepared = prepare(
        [
            {"doi": "10.5281/zenodo.1234"},
            {"doi": "10.48550/arXiv.1911.03090"},
            {"urls": ["https://doi.org/10.1000/abc.1"]},
        ]
    )
    assert prepared.columns["work_doi"].tolist() == [None, None, "10.1000/abc.1"]
    assert prepared.columns["arxiv"].tolist() == [None, "1911.03090", None]
    assert prepared.columns["catalogues"].tolist() == ["zenodo:1234", None, None]


@pytest.mark.parametrize(
    ("doi", "preprint"),
    [
        ("10.1101/2020.01.02", True),
        ("10.5194/cpd-9-123-2013", True),
        ("10.5194/cp-2013-51", True),
        ("10.5194/cp-9-412-2013", False),
        ("10.1101/258123", True),
        ("10.1101/gr.241234.118", False),  # Genome Research, of the press that has bioRxiv
        ("10.1101/cshperspect.a012345", False),
        ("10.3386/w15321", True),
        ("10.1590/scielopreprints.362", True),
        ("10.1590/s0102-311x2020", False),
        ("10.2196/preprints.60601", True),
        ("10.2196/60601", False),
        ("10.7287/peerj.preprints.123", True),
        ("10.1000/abc", False),
    ],
)
def test_preprints_are_known_by_their_registrant(doi, preprint):
    """Discussion papers of open-review journals and working papers too; journals of the same registrant are none."""
    assert identifiers.is_preprint_doi(doi) is preprint


@given(st.text())
def test_no_text_raises(text):
    """Every reader copes with every text."""
    for read in (identifiers.arxiv, identifiers.bare_arxiv, identifiers.pubmed, identifiers.pmc, identifiers.catalogue):
        read(text)
    identifiers.registry(text)
    identifiers.canonical_url(text)
    found = identifiers.doi("10.1000/" + text)
    assert found is None or found.startswith("10.1000/")


@pytest.mark.parametrize("text", ["figshare.com/articles/" + "a/" * 40_000, "ssrn.com/" * 8_000])
def test_a_text_of_any_length_is_looked_at_in_its_beginning_only(text):
    """Hard because patterns that try every beginning take the square of a long cell: such text was never an address."""
    assert identifiers.catalogue(text + " core.ac.uk/download/123456") is None
    assert identifiers.catalogue("core.ac.uk/download/123456 " + text) == "core:123456"


@pytest.mark.parametrize(
    ("dois", "work"),
    [
        (["10.1145/335191.335388", "https://doi.org/10.1145/342009.335388"], "10.1145/335388"),  # and SIGMOD Record
        (["10.1145/945445.945450", "10.1145/1165389.945450"], "10.1145/945450"),  # and SIGOPS Operating Systems Review
        (["10.1145/3290605"], "10.1145/3290605"),
        (["10.1145/3290605.330"], "10.1145/3290605.330"),
        (["10.1016/335191.335388"], "10.1016/335191.335388"),
    ],
)
def test_a_paper_in_two_volumes_of_acm_has_one_doi(dois, work):
    """ACM numbers papers through all its volumes, and puts the volume's number before the paper's own."""
    prepared = prepare([{"doi": doi} for doi in dois])
    assert {*prepared.values("work_doi")} == {work}
    assert {*prepared.values("registrant")} == {work.partition("/")[0]}


def test_a_chapter_that_two_houses_offer_has_one_doi():
    """A university press's books are De Gruyter's, too: one ISBN, two registrants, which stay what they are."""
    dois = ["10.14361/9783839459973-013", "10.1515/9783839459973-013", "10.1515/9783839459973-014", "10.1515/mcma.013"]
    columns = prepare([{"doi": doi} for doi in dois]).columns
    assert columns["work_doi"].tolist() == ["9783839459973-013"] * 2 + ["9783839459973-014", dois[3]]
    assert columns["registrant"].tolist() == ["10.14361", *["10.1515"] * 3]
