"""Reasons: sentences that are true of the two records, and lean the way in which their evidence moved the score."""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.data.fields import prepare
from papertwin.data.values.text import fold
from papertwin.features import GROUPS, conflicting, fingerprint, vectors
from papertwin.features.evidence import AGAINST, FOR, Pair, Values
from papertwin.features.facts import facts_of
from papertwin.features.reasons import reasons
from papertwin.models import load
from papertwin.models.explanation import explain

ABSTRACT = "We dug up 21 roots of maize and of wheat in the rain, weighed them for 12 days and found them to be heavy."
ROOTS = {
    "title": "The roots of maize in rain",
    "authors": ["Berg, Anna", "Dahl, Bo"],
    "publication_date": "1999-03-12",
    "journal": "Soil",
    "volume": "12",
    "number": "3",
    "pages": "244-58",
    "doi": "10.1000/1",
    "abstract": ABSTRACT,
}


@cache
def model():
    return load("work")


def facts(a, b, group):
    """All that is said of a group of evidence, whichever way it moved the score."""
    return list(facts_of(Pair(Values(prepare([a, b]), [a, b]), 0, 1), group))


def said(a, b, group):
    return [fact.text for fact in facts(a, b, group)]


@pytest.mark.parametrize(
    ("group", "left", "right", "sentence"),
    [
        ("title", {"title": "The roots of maize"}, {"title": "THE ROOTS OF MAIZE"}, "same title"),
        ("title", {"title": "Maïze, roots"}, {"title": "Maize: roots"}, "same title but for accents and punctuation"),
        ("title", {"title": "Корни кукурузы"}, {"title": "Korni kukuruzy"}, "same title in other letters"),
        (
            "title",
            {"title": "RETRACTED: Maize roots"},
            {"title": "Maize roots"},
            "same title but for marks that catalogues add",
        ),
        (
            "title",
            {"title": "The second year of maize"},
            {"title": "The 2nd year of maize"},
            "same title but for how numbers are written",
        ),
        (
            "title",
            {"title": "Roots of maize. Part I"},
            {"title": "Roots of Maize: Part II"},
            "the titles differ only in 'Part I' / 'Part II'",
        ),
        (
            "title",
            {"title": "Roots of maize: a survey of rain"},
            {"title": "Roots of maize"},
            "only one title has 'a survey of rain'",
        ),
        (
            "title",
            {"title": "Effect of the RNA of owls on their prey in the northern woods"},
            {"title": "Effect of owls on their prey in the northern woods"},
            "only one title has 'the RNA of'",
        ),
        (
            "title",
            {"title": "Owls and their prey in the northern woods"},
            {"title": "Owls and their prey in northern woods"},
            "only one title has 'the'",
        ),
        *(
            (
                "title",
                {"title": title},
                {"title": "Tai chi for falls among older adults who live at home: a randomised trial in six towns"},
                "one title is the beginning of the other",
            )
            for title in (
                "Tai chi for falls among ol …",
                "Tai chi for falls among older…",
                "Tai Chi for falls among older adults who live at home: a randomised trial in ...",
                "Tai chi for falls",
            )
        ),
        ("title", {"title": "Falls among ol …"}, {"title": "Falls in the ol mill"}, "the titles share 2 of 6 words"),
        ("title", {"title": "Roots of maize"}, {"title": "Wells in sand"}, "the titles have no word in common"),
        ("title", {"title": "Roots"}, {}, "only one has a title"),
        ("title", {"title": "Untitled"}, {"title": "Roots"}, "only one has a usable title"),
        ("authors", {"authors": "Berg, Anna"}, {"authors": "A. Berg"}, "same author, Anna Berg"),
        ("authors", {"authors": ["ATLAS Collab."]}, {"authors": ["ATLAS Team"]}, "same author, ATLAS Collab"),
        ("authors", {"authors": "Berg, Anna"}, {"authors": "Berg, Bo"}, "same surname, Berg"),
        ("authors", {"authors": ["Jimmy Lin"]}, {"authors": ["Jun Lin"]}, "same surname, Lin"),
        (
            "authors",
            {"authors": "Berg, A; Dahl, B; Egan, C"},
            {"authors": "Berg, A; Dahl, B; Falk, C"},
            "2 of 3 authors agree",
        ),
        ("authors", {"authors": ["Berg, A"]}, {"authors": ["Dahl, B"]}, "no author in common"),
        (
            "authors",
            {"authors": ["Berg, A"]},
            {"authors": ["ATLAS Team"]},
            "a group, ATLAS Team, beside persons as authors",
        ),
        (
            "date",
            {"publication_date": "2001"},
            {"publication_date": "2004-05"},
            "published 3 years apart, 2001 and 2004",
        ),
        ("date", {"publication_date": "2001-12-30"}, {"publication_date": "2002-01-02"}, "published 3 days apart"),
        (
            "date",
            {"publication_date": "2001-12-30"},
            {"publication_date": "2001-12-30 00:00:00"},
            "same day, 2001-12-30",
        ),
        ("date", {"publication_date": "in press"}, {"publication_date": "2001"}, "only one has a year"),
        ("identifiers", {"doi": "10.1000/1"}, {"urls": ["https://doi.org/10.1000/1"]}, "same DOI 10.1000/1"),
        (  # ACM's article in two volumes
            "identifiers",
            {"doi": "10.1145/1707801.1706999"},
            {"doi": "10.1145/1706299.1706999"},
            "same DOI 10.1145/1706299.1706999",
        ),
        *(
            (
                "identifiers",
                {"urls": ["https://core.ac.uk/download/123456"]},
                {"urls": [f"https://core.ac.uk/download/{number}"]},
                said,
            )
            for number, said in (("123456", "same number 123456 in core"), ("654321", "different numbers in core"))
        ),
        (  # of several numbers in one catalogue any may be the one
            "identifiers",
            {"urls": ["https://core.ac.uk/download/123456", "https://core.ac.uk/download/777"]},
            {"urls": ["https://core.ac.uk/download/123456", "https://core.ac.uk/download/999"]},
            "same number 123456 in core",
        ),
        ("identifiers", {"doi": "10.1/a"}, {"doi": "10.1/b"}, "neither has a usable identifier"),
        ("identifiers", {"doi": "10.1000/a"}, {"doi": "10.1000/b"}, "different DOIs 10.1000/a and 10.1000/b"),
        (
            "identifiers",
            {"urls": ["arxiv.org/abs/1911.03090v1"]},
            {"urls": ["arxiv.org/pdf/1911.03090"]},
            "same preprint identifier 1911.03090",
        ),
        ("abstract", {"abstract": ABSTRACT}, {"abstract": ABSTRACT.upper()}, "same abstract"),
        (
            "abstract",
            {"abstract": ABSTRACT + " Then we ate them."},
            {"abstract": ABSTRACT},
            "one abstract is the beginning of the other",
        ),
        ("abstract", {"abstract": ABSTRACT}, {}, "only one has an abstract"),
        ("abstract", {"abstract": "Not available."}, {}, "neither has a usable abstract"),
        ("venue", {"journal": "Soil", "volume": "3"}, {"journal": "Soil", "volume": "4"}, "different volumes 3 and 4"),
        (
            "venue",
            {"journal": "Soil", "pages": "244-58"},
            {"journal": "soil", "pages": "244--258"},
            "same journal 'Soil', pages 244-258",
        ),
        (
            "venue",
            {"journal": "Soil Science"},
            {"journal": "The Lancet"},
            "different journals 'Soil Science' and 'The Lancet'",
        ),
        ("kind", {"title": "Erratum: maize roots"}, {"title": "Maize roots"}, "only one is an erratum"),
        (
            "kind",
            {"title": "Maize roots"},
            {"title": "Maize roots (Asian edition)"},
            "only one title has an edition, Asian",
        ),
        (
            "kind",
            {"title": "Maize roots (Asia Pacific edition)"},
            {"title": "Maize roots (Asian edition)"},
            "different editions in the titles, Asia Pacific and Asian",
        ),
        (
            "kind",
            {"title": "Maize roots (Asia Pacific edition)"},
            {"title": "Maize roots"},
            "only one title has an edition, Asia Pacific",
        ),
        (
            "kind",
            {"title": "Maize roots", "edition": "2nd ed."},
            {"title": "Maize roots", "ET": "Third"},
            "different editions, 2 and 3",
        ),
        (
            "kind",
            {"title": "Maize roots", "ET": "Asian"},
            {"title": "Maize roots", "edition": "Asian ed."},
            "same edition, Asian",
        ),
        ("kind", {"title": "Maize roots"}, {"title": "Maize roots", "ET": "2"}, "only one record states an edition, 2"),
        (
            "kind",
            {"title": "Maize roots, 3rd edition"},
            {"title": "Maize roots", "ET": "2"},
            "different editions or part numbers, 3 and 2",
        ),
        (
            "kind",
            {"title": "Maize roots", "doi": "10.5061/dryad.1"},
            {"title": "Maize roots"},
            "only one is a deposit of data",
        ),
        (
            "kind",
            {"title": "Maize roots. Quarterly report"},
            {"title": "Maize roots: quarterly report"},
            "each is a report of a series, such as a quarterly one",
        ),
        (
            "identifiers",
            {"doi": "10.2307/11577"},
            {"doi": "10.1017/S00019"},
            "DOIs 10.2307/11577 and 10.1017/s00019, one of them given by an archive, not by the publisher",
        ),
        (
            "identifiers",
            {"doi": "10.2307/11577"},
            {"doi": "10.3406/reco.1977.1"},
            "DOIs 10.2307/11577 and 10.3406/reco.1977.1, given by archives, not by the publisher",
        ),
        (
            "kind",
            {"title": "Maize, part 2"},
            {"title": "Maize, part III"},
            "different part numbers in the titles, 2 and 3",
        ),
        ("kind", {"title": "Maize for Men"}, {"title": "Maize for women"}, "one title says Men, the other women"),
        ("kind", {"title": "Maize in Ghana"}, {"title": "Maize in Kenya"}, "one title names Ghana, the other Kenya"),
        (
            "kind",
            {"title": "Wheat in rats or mice"},
            {"title": "Wheat in Mice or dogs"},
            "one title names rats, the other dogs",
        ),
        ("kind", {"title": "Third case of rust"}, {"title": "4th case of rust"}, "one title says Third, the other 4th"),
    ],
)
def test_a_sentence_says_what_a_librarian_would(group, left, right, sentence):
    """And the same of the two records in the other order, but for the order of the two values."""
    assert sentence in said(left, right, group)
    turned = sorted(re.findall(r"\w+", sentence))
    assert any(sorted(re.findall(r"\w+", text)) == turned for text in said(right, left, group)) or group == "authors"


@pytest.mark.parametrize(
    ("group", "left", "right", "sentence"),
    [
        ("authors", {"authors": "Müller, Jörg"}, {"authors": ["J. Muller"]}, "same author, Jörg Müller"),
        ("authors", {"authors": ["M&uuml;ller, J&ouml;rg"]}, {"authors": ["J. Muller"]}, "same author, Jörg Müller"),
        ("authors", {"authors": ["van den Bérg, Zoë"]}, {"authors": "Berg, Ülo"}, "same surname, Bérg"),
        ("authors", {"authors": "Mueller, Karl"}, {"authors": ["Hans Müller"]}, "same surname, Mueller"),
        ("authors", {"authors": ["Al-Harbi, S"]}, {"authors": ["Salem Alharbi"]}, "same author, S Al-Harbi"),
        ("authors", {"authors": ["王小明"]}, {"authors": ["王, 文"]}, "same surname, 王"),
        ("authors", {"authors": ["王小明"]}, {"authors": ["Xiaoming Wang"]}, "same author, 王小明"),
        ("authors", {"authors": ["Dr. McDonald AB, PhD"]}, {"authors": "A McDonald"}, "same author, McDonald AB"),
        ("authors", {"authors": ["O’Neil-Šín, Ò."]}, {"authors": "Ona Šín"}, "same author, Ò. O’Neil-Šín"),
        (
            "authors",
            {"authors": ["Öz Šimánek", "Ève Großmann"]},
            {"authors": ["Grossmann, Zoë", "Berg, Bo"]},
            "different first authors, Öz Šimánek and Zoë Grossmann",
        ),
        (
            "authors",
            {"authors": ["Öz Šimánek", "Ève Großmann"]},
            {"authors": ["Grossmann, Zoë", "Berg, Bo"]},
            "same surname with other initials, Ève Großmann and Zoë Grossmann",
        ),
        (
            "authors",
            {"authors": "Wei Zoë"},
            {"authors": "Zoe Wei"},
            "no surname in common, but Wei and Zoë among the names",
        ),
        (
            "title",
            {"title": "Böden im Regen. 3rd rev. ed."},
            {"title": "Boden im Regen (4th edition)"},
            "the titles differ only in '3rd rev. ed' / '4th edition'",
        ),
        (
            "venue",
            {"number": "Spring", "pages": "S12"},
            {"number": "Fall", "pages": "E9"},
            "different issues Spring and Fall, first pages S12 and E9",
        ),
        ("venue", {"journal": "Böden"}, {"journal": "Boden"}, "same journal 'Boden'"),
        ("kind", {"source": "PubMed"}, {"source": "Web of Science"}, "from PubMed and Web of Science"),
        ("kind", {"source": "Sources.ARXIV"}, {"source": "arXiv"}, "both from Sources.ARXIV"),
    ],
)
def test_a_sentence_has_the_letters_of_the_records(group, left, right, sentence):
    """What is compared has neither accents nor capitals; whoever reads a reason looks for it in the records."""
    assert sentence in said(left, right, group)


@pytest.mark.parametrize("authors", ["?, IV", "Jr., É", "—, Öz Šimánek", "3, Öz Šimánek"])
def test_an_author_beside_signs_or_a_generation_alone_is_named(authors):
    """What stands before the comma names nobody, and is left out where the name is looked up as well."""
    name = authors.partition(", ")[2]

    assert said({"authors": authors}, {"authors": authors}, "authors")[0] == f"same author, {name}"


def test_updates_are_told_apart_where_they_are_of_one_review():
    """In the order of their numbers, of which 10 is more than 2."""
    review, update, other = (
        {"doi": f"10.1002/14651858.CD00{end}"} for end in ("0335.pub2", "0335.pub10", "1234.pub10")
    )
    for one, two in ((review, update), (update, review)):
        assert "two updates of a Cochrane review, 2 and 10" in said(one, two, "identifiers")
    assert not any("update" in text for text in said(review, other, "identifiers"))


WANGS = "Wang, Wei; Wang, Xin; Li, Mei; Wang, Yan"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("Wang Y; Wang W; Wang X; Li M", ["all 4 authors agree"]),
        ("Li, Mei; Wang, Wei", ["both authors of one are among the 4 of the other", "different first authors"]),
        ("Wang; Li, Mei; Wang, Yan", ["all 3 authors of one are among the 4 of the other"]),
        ("Wang, Wen; Wang, Wei", ["1 author in common, of 2 and 4", "same surname with other initials"]),
        ("Wang, Q; Li, T", ["both surnames of one are among the 4 of the other", "same surname with other initials"]),
        ("Wang W; Wang Q; Li M; Wang Y", ["all 4 surnames agree", "same surname with other initials"]),
        ("Wang W; Wang X; Wang Y; Berg A", ["3 of 4 authors agree"]),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_authors_of_one_surname_are_told_apart_by_their_given_names(other, expected, turned):
    """Hard because in Chinese and Korean lists many share a surname; people are counted, not surnames."""
    records = [{"authors": WANGS}, {"authors": other}]
    first, *others = dict.fromkeys(said(*records[:: -1 if turned else 1], "authors"))

    assert first == expected[0]
    assert len(others) == len(expected) - 1
    assert all(text.startswith(words) for text, words in zip(others, expected[1:], strict=True))


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ("Wang, Xiao; Wang, Xin", "Wang, X; Wang, Xiao", "both authors agree"),
        ("Berg, Anna Maria", "Berg, Anna K.", "same author, Anna Maria Berg"),
    ],
)
def test_given_names_that_are_alike_go_together(one, other, sentence):
    """X. may be either, but one of the two is written out; a second given name is another one's or is not."""
    assert said({"authors": one}, {"authors": other}, "authors")[0] == sentence


def test_an_issue_that_only_the_volume_names_is_told():
    """The record has no field of it whose spelling could be shown."""
    assert said({"volume": "12(3)", "journal": "Soil"}, {"volume": "12", "number": "3", "journal": "Soil"}, "venue")


def test_abbreviated_journals_are_not_called_different():
    """J Clin Oncol is the Journal of Clinical Oncology."""
    pair = {"journal": "J Clin Oncol"}, {"journal": "Journal of Clinical Oncology"}

    assert not any("different" in text for text in said(*pair, "venue"))


words = st.sampled_from(
    ["maize", "wheat", "the", "of", "II", "1998", "root", "rain", "β", "玉", "part", ":", "Erratum", "ä", "2", "'", "A"]
)
texts = st.lists(words, max_size=6).map(" ".join)
record = st.fixed_dictionaries(
    {},
    optional={
        "title": texts,
        "abstract": texts.map(lambda text: text * 9),
        "authors": st.lists(
            st.sampled_from(["Berg, A.", "Bo Dahl", "Berg B", "X", "Berg", "Wei Zhang", "Zhang Wei"]), max_size=3
        ),
        "publication_date": st.sampled_from(["2019", "2019-03-12", "2001-01-01", "soon", "2019-05-20"]),
        "journal": texts,
        "volume": st.integers(0, 3),
        "number": st.sampled_from(["1", "Suppl 1"]),
        "edition": st.sampled_from(["2", "3rd", "Asian"]),
        "pages": st.sampled_from(["1-9", "2", "s3", "1-8"]),
        "doi": st.sampled_from(["10.1000/a", "10.1000/b", "10.1101/c", "10.5281/zenodo.1"]),
        "source": texts,
        "urls": st.lists(
            st.sampled_from(
                [
                    "arxiv.org/abs/1911.03090",
                    "a b\nc",
                    "pmid 12345",
                    "https://openalex.org/W12345678",
                    "PMC1",
                    "NCT01234567",
                ]
            ),
            max_size=2,
        ),
    },
)


@settings(max_examples=60)
@given(record, record)
def test_no_sentence_says_what_is_false(a, b):
    """Same is said of equal values only, different of unequal ones, and missing of what is not there."""
    prepared = prepare([a, b])
    pair = Pair(Values(prepared, [a, b]), 0, 1)
    told = [fact for group in GROUPS for fact in facts_of(pair, group)]
    sentences = " | ".join(fact.text for fact in told)

    def equal(field):
        left, right = pair.both(field)
        return left is not None and left == right

    for words, field in {
        "same title": "compact_title",
        "same abstract": "abstract_head",
        "same year, ": "year",
        "same day": "day",
        "same DOI": "work_doi",
        "same preprint identifier": "preprint_id",
        "same PubMed number": "pubmed",
        "same journal": "venue",
        "same part number": "title_parts",
        "same year in the titles": "title_years",
    }.items():
        assert words not in sentences or equal(field), (words, sentences)
    for two in re.findall(
        r"different (?:\w+ )?\w+s (?:in the titles, )?('?.+?'?) and ('?.+?'?)(?:,|;| \||$)", sentences
    ):
        assert two[0] != two[1], sentences
    assert "titles differ only" not in sentences or fold(a["title"]) != fold(b["title"])
    for noun, field in {"a title": "title", "an abstract": "abstract", "an identifier": "urls"}.items():
        if f"neither has {noun}" in sentences:
            assert pair.both(field) == (None, None), sentences
    (compared,) = (vectors(prepared, np.array([0]), np.array([1])),)
    assert any(fact.conflict for fact in told) == conflicting(compared)[0], sentences
    assert all(fact.text.strip() for fact in told)


@settings(max_examples=60)
@given(record, record, st.lists(st.floats(-5, 5), min_size=len(GROUPS), max_size=len(GROUPS)))
def test_a_sentence_leans_with_its_number(a, b, added):
    """Whatever the numbers are: else it says which way the fact counts here. The largest comes first."""
    prepared = prepare([a, b])
    rows = np.array([0]), np.array([1])

    (sentences,) = reasons([a, b], prepared, *rows, np.array([added]), np.array([False]))

    order = list(np.argsort([-round(abs(value), 6) for value in added], kind="stable"))
    expected = [place for place in order if abs(added[place]) >= 0.05 and facts(a, b, GROUPS[place])]
    assert len(sentences) - len(expected) in (0, 1)
    for place, sentence in zip(expected, sentences, strict=False):
        way = FOR if added[place] > 0 else AGAINST
        of_group = facts(a, b, GROUPS[place])
        first = sentence.partition("; ")[0]
        opposed = [fact.text for fact in of_group if fact.leaning == -way]
        if first in opposed:
            assert [fact for fact in of_group if fact.text == first and fact.leaning != -way]
        elif "which counts" in sentence:
            assert f"counts {'for' if way == FOR else 'against'} a duplicate here" in sentence


def test_what_keeps_a_likely_pair_from_being_a_duplicate_is_said_first():
    """A contradiction asks for a higher probability: whoever reads 0.9 and REVIEW is told why.

    What `dedupe` merges though it is doubtful has this reason, too.
    """
    records = [ROOTS, ROOTS | {"doi": "10.1000/2"}]
    ones = np.ones((1, len(GROUPS)))

    (sentences,) = reasons(records, prepare(records), np.array([0]), np.array([1]), ones, np.array([True]))

    assert sentences[0] == "doubtful, because they contradict each other: different DOIs 10.1000/1 and 10.1000/2"


def test_what_neither_record_has_is_said_last():
    (explanation,) = explain(model(), [{"title": "The roots of maize"}], [{"title": "The roots of maize"}])

    assert explanation.reasons[0] == "same title"
    assert explanation.reasons[-1].startswith(
        "neither has named authors, a year, an identifier, an abstract or a journal"
    )


def test_an_explanation_adds_up_and_agrees_with_the_answer():
    """Probability and decision are predict's; base and groups are the log-odds; batches do not matter."""
    pairs = [(ROOTS, ROOTS | {"title": "Roots of maize, part II"}), (ROOTS, {"title": "Wells"}), (ROOTS, ROOTS)]
    left, right = zip(*pairs, strict=True)

    explained = explain(model(), left, right)

    assert [one.decision for one in explained] == model().predict(pairs)
    np.testing.assert_array_equal([one.probability for one in explained], model().predict_proba(pairs)[:, 1])
    for one in explained:
        odds = one.base + sum(one.groups.values())
        assert 1 / (1 + np.exp(-odds)) == pytest.approx(one.probability, abs=1e-6)
        assert tuple(one.groups) == GROUPS
    assert [explain(model(), [a], [b])[0] for a, b in pairs] == explained
    assert explain(model(), [], []) == []


def test_sentences_do_not_move_the_fingerprint():
    """The shipped models still fit the features."""
    assert model().card.computed.fingerprint == fingerprint()
