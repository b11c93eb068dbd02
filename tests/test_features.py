"""FEATURES: what every line of the list promises, tried on awkward records; a new line is tested at once."""

import importlib
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.data.columns.column import missing
from papertwin.data.fields import FIELDS, prepare, prepare_pairs
from papertwin.features import FEATURES, GROUPS, Trend, conflicting, fingerprint, schema, switch_off, unnamed, vectors
from papertwin.features import measures as m
from papertwin.features import set_measures as s

ABSTRACT = "We dug up 21 roots of maize and of wheat in the rain, weighed them for 12 days and found them to be heavy."
WHOLE = {
    "authors": ["Berg, Anna", "Dahl, Bo"], "title": "The roots of maize in rain: part II, a survey of 1998",
    "publication_date": "1999-03-12",
    "source": "arxiv", "journal": "Proceedings of the Symposium on Soil", "volume": 12, "number": "3 Suppl",
    "pages": "244-58", "doi": "10.1000/abc.1",
    "urls": ["http://arxiv.org/abs/1911.03090v1", "https://openalex.org/W2980461387",
    "https://pubmed.ncbi.nlm.nih.gov/12345/", "PMC12345"],
    "abstract": ABSTRACT,
}  # fmt: skip
RECORDS = [
    WHOLE,
    WHOLE | {"title": "THE ROOTS OF MAIZE IN RAIN. PART I", "authors": "Berg A; Dahl C; Egan D",
             "doi": "10.1101/2020.01.02", "volume": "13", "publication_date": "1997-05-20", "journal": "Soil",
             "number": None},
    WHOLE | {"title": "Correction: the roots of maize in rain", "abstract": None, "pages": "e166S-90S",
             "urls": ["https://openalex.org/W2980461388"], "publication_date": "2000"},
    WHOLE | {"title": "Die Wurzeln des Mais und der Regen aus der Sicht des Bodens", "authors": ["Dahl, Bo"],
             "abstract": "Wir haben die Wurzeln des Mais mit der Hand aus dem Boden geholt und gewogen."},
    {"title": "Editorial", "authors": ["Egan, C."], "journal": "Soil", "pages": "3"},
    {"title": "Влияние дождя на рост", "authors": ["Крылов, Б."], "publication_date": "2001"},
    {"title": "玉米的研究", "doi": "10.1000/xyz"},
    {"title": "Roots for back pain", "doi": "10.1002/14651858.CD000335", "journal": "PhD thesis"},
    {"title": "Roots for back pain", "doi": "10.1002/14651858.CD000335.pub2"},
    {"title": "!!!", "authors": ["X"]},
    {"authors": ["Berg, Anna"], "abstract": ABSTRACT, "urls": ["https://pubmed.ncbi.nlm.nih.gov/54321/"]},
    {"title": "The roots of maize in rain", "authors": ["NCT01234567", "Berg"], "journal": "arXiv"},
    {"title": "Roots NCT01234567 and PMC54321", "id": "PMC54321"},
    {"title": "i"},
    {},
]  # fmt: skip
LEFT, RIGHT = (side.ravel() for side in np.indices((len(RECORDS), len(RECORDS))))
SILENT = {
    s.jaccard,
    s.containment,
    s.rare_jaccard,
    s.set_conflict,
    m.conflict,
    m.part_conflict,
    s.listed_together,
    m.rest_ratio,
    s.disagreeing,
}  # may have nothing to say
NAMES = [feature.name for feature in FEATURES]
each_feature = pytest.mark.parametrize("feature", FEATURES, ids=NAMES)


@pytest.fixture(scope="module")
def prepared():
    return prepare(RECORDS)


@pytest.fixture(scope="module")
def table(prepared):
    return vectors(prepared, LEFT, RIGHT)


def column(table, feature):
    return table[:, FEATURES.index(feature)]


@each_feature
def test_a_feature_is_declared_whole(feature):
    """It belongs to a group, reads fields that exist, means something, and its bounds are in order."""
    fields = {field.name for field in FIELDS}
    assert feature.group in GROUPS
    assert {*feature.fields, *feature.within} <= fields
    assert feature.meaning
    assert feature.low < feature.high
    assert NAMES.count(feature.name) == 1


@each_feature
def test_a_feature_stays_in_its_range(feature, table):
    """And says something about some pair of the awkward records."""
    values = column(table, feature)
    values = values[~np.isnan(values)]
    assert len(values)
    assert values.min() >= feature.low
    assert values.max() <= feature.high


@each_feature
def test_a_feature_does_not_know_which_record_came_first(feature, table, prepared):
    """To the last bit, because scores in both orders must be equal."""
    turned = vectors(prepared, RIGHT, LEFT)
    np.testing.assert_array_equal(column(table, feature), column(turned, feature))


@each_feature
def test_a_feature_is_missing_where_a_side_lacks_a_field_and_nowhere_else(feature, table, prepared):
    """NaN never means unlike; but for measures of sets and notices, which may find nothing to compare."""
    values = column(table, feature)
    gone = {name: missing(prepared.columns[name]) for name in feature.fields}
    if feature.measure is None:
        (absent,) = gone.values()
        np.testing.assert_array_equal(values, absent[LEFT].astype(int) + absent[RIGHT])
        return
    lacking = np.any([absent[LEFT] | absent[RIGHT] for absent in gone.values()], axis=0)
    for name in feature.within:
        said, absent = prepared.values(name), missing(prepared.columns[name])
        lacking |= (said[LEFT] != said[RIGHT]) & ~(absent[LEFT] | absent[RIGHT])
    assert np.isnan(values[lacking]).all()
    if feature.measure not in SILENT and "lead" not in feature.measure.__qualname__:
        assert not np.isnan(values[~lacking]).any()


def test_titles_in_two_scripts_are_not_compared_but_transliterations_are():
    """A title in Arabic letters is not unlike its translation, but unknown; Cyrillic is read in Latin letters."""
    records = [
        {"title": "Пыльца степных трав озера Чаны"},
        {"title": "Pyl'tsa stepnykh trav ozera Chany"},
        {"title": "أثر التعليم عن بعد"},
        {"title": "Distance learning"},  # no word tells its language
        {"title": "The pollen of the steppe and of the lake"},
    ]
    left, right = np.array([0, 2, 0]), np.array([1, 3, 4])
    ratios = vectors(prepare(records), left, right)[:, NAMES.index("title_ratio")]
    assert ratios[0] > 0.95
    assert np.isnan(ratios[1:]).all()


def test_a_group_is_not_unlike_its_members():
    """One database names the authors, the other their collaboration: unknown, unless the group is among the authors."""
    lists = [["ATLAS Collaboration"], ["Berg, A.", "Dahl, B."], ["Berg, A.", "ATLAS Collaboration"]]
    prepared = prepare([{"authors": authors} for authors in lists])
    found = vectors(prepared, np.array([0, 1, 0]), np.array([1, 2, 2]))
    assert np.isnan(found[0, NAMES.index("author_surnames")])
    assert found[:, NAMES.index("authors_missing")].tolist() == [0, 0, 0]
    assert found[1:, NAMES.index("author_surnames")].tolist() == [np.float32(1 / 3), 0.5]


def test_a_heading_tells_nothing_whatever_stands_beside_it():
    """Every issue of a journal has such a title, however long it is."""
    titles = ["Remarks on soil and rain - Editor's comments", "Remarks on soil and rain"]
    heading, telling = vectors(*prepare_pairs([{"title": t} for t in titles], [{"title": t} for t in titles]))
    place = NAMES.index("title_information")
    assert heading[place] == 0 < telling[place]


def test_words_that_only_one_title_has():
    """Misread, inflected and glued words are much alike, other words little; where a side has none there is nothing."""
    pairs = [
        ("efficiellt queries in broadcast environmqmts", "efficient queries in broadcast environments"),
        ("a co operative cache", "a cooperative cache"),
        ("thyroid weight in the guinea pig", "thyroid weight in the rabbit"),
        ("mining generalized rules", "mining quantitative rules"),
        ("a cache", "a cooperative cache"),
        ("a cache", "a cache"),
    ]
    left, right = (np.array(side, dtype=object) for side in zip(*pairs, strict=True))
    found = m.rest_ratio(left, right)
    assert (found[:2] > 0.75).all()
    assert (found[2:4] < 0.55).all()
    assert np.isnan(found[4:]).all()


def test_numbers_links_and_cuts_among_the_words_that_only_one_title_has():
    """A number within a word weighs like four letters; words that link, and a title that is cut, tell nothing."""
    pairs = [
        ("the role of brca1 in mice", "the role of brca2 in mice"),
        ("trends in 7 tev collisions", "trends in 8 tev collisions"),
        ("carbon under grazing in grasslands", "carbon under grazing and grasslands"),
        ("falls in older adults living in care homes", "falls in older ad"),
    ]
    left, right = (np.array(side, dtype=object) for side in zip(*pairs, strict=True))
    found = m.rest_ratio(left, right)
    assert (found[:2] <= 0.5).all()
    assert np.isnan(found[2:]).all()


@each_feature
def test_a_record_is_most_like_itself(feature, table):
    """No other record is nearer in the direction of the feature's trend."""
    values = column(table, feature).reshape(len(RECORDS), -1)
    own = np.diag(values)
    known = ~np.isnan(own)
    if feature.trend is Trend.RISES:
        assert (values <= own[:, None])[known][~np.isnan(values[known])].all()
        assert feature.high in (4, np.inf) or (own[known] == feature.high).all()
    elif feature.trend is Trend.FALLS:
        assert (own[known] == 0).all()


words = st.sampled_from(
    ["maize", "wheat", "the", "of", "II", "1998", "root", "rain", "β", "玉", "part", ":", "Erratum", "ä"]
)
texts = st.lists(words, max_size=6).map(" ".join)
record = st.fixed_dictionaries(
    {},
    optional={
        "title": texts, "abstract": texts.map(lambda text: text * 9),
        "authors": st.lists(st.sampled_from(["Berg, A.", "Bo Dahl", "Berg B", "X"]), max_size=3),
        "publication_date": st.sampled_from(["2019", "2019-03-12", "2001-01-01"]), "journal": texts,
        "volume": st.integers(0, 3), "pages": st.sampled_from(["1-9", "2", "s3"]),
        "doi": st.sampled_from(["10.1000/a", "10.1000/b", "10.1101/c"]),
        "urls": st.lists(st.sampled_from(["arxiv.org/abs/1911.03090", "a b\nc", "pmid 12345"]), max_size=2),
    },
)  # fmt: skip


@settings(max_examples=100)
@given(st.lists(record, min_size=2, max_size=4))
def test_a_vector_depends_on_its_two_records_alone(some):
    """Not on the batch, nor on the order: a pair scored by itself has the same bits. Each record with its neighbour."""
    left = np.arange(len(some))
    right = np.roll(left, 1)
    together = vectors(prepare(some), left, right)
    for row, (a, b) in enumerate(zip(left, right, strict=True)):
        alone = prepare([some[b], {"title": "something before"}, some[a]])
        np.testing.assert_array_equal(together[row], vectors(alone, np.array([2]), np.array([0]))[0])
    finite = together[~np.isnan(together)]
    assert np.isfinite(finite).all()


def test_no_pairs_are_no_vectors(prepared):
    """An empty batch has the right shape."""
    nothing = np.empty(0, dtype=np.int64)
    assert vectors(prepared, nothing, nothing).shape == (0, len(FEATURES))


# Where the evidence of a group stands in a record, and which features of other groups look there too.
EVIDENCE = {
    "title": (
        {"title"},
        {
            "part_conflict",
            "year_in_title_conflict",
            "number_conflict",
            "things_apart",
            "notice_conflict",
            "notices",
            "headings",
            "periodicals",
            "republications",
        },
    ),
    "authors": ({"authors"}, set()),
    "date": ({"publication_date"}, set()),
    "identifiers": ({"doi", "urls"}, {"preprint_years", "preprint_days", "preprints"}),
    "abstract": ({"abstract"}, set()),
    "venue": ({"journal", "volume", "number", "pages"}, {"preprint_years", "preprint_days", "preprints"}),
}


@pytest.mark.parametrize("group", EVIDENCE)
@pytest.mark.parametrize("sides", [1, 2])
def test_switched_off_is_what_records_without_the_evidence_give(group, sides):
    """The model is told in training what it will meet; few features of other groups read the same fields."""
    fields, elsewhere = EVIDENCE[group]
    whole = [WHOLE, RECORDS[1]]
    bare = [{name: value for name, value in entry.items() if name not in fields} for entry in whole]
    row = np.array([0]), np.array([1])
    off = switch_off(vectors(prepare(whole), *row), group, sides)[0]
    real = vectors(prepare([whole[0] if sides == 1 else bare[0], bare[1]]), *row)[0]
    differ = {name for name, a, b in zip(NAMES, off, real, strict=True) if a != b and not (np.isnan(a) and np.isnan(b))}
    assert differ <= elsewhere


def test_switching_off_changes_no_other_group_and_not_its_input(table):
    """It works on a copy, and what is missing stays missing."""
    before = table.copy()
    for group in GROUPS:
        off = switch_off(table, group)
        others = [place for place, feature in enumerate(FEATURES) if feature.group != group]
        np.testing.assert_array_equal(off[:, others], table[:, others])
        for place, feature in enumerate(FEATURES):
            if feature.group == group:
                assert (off[:, place] == 2).all() if feature.measure is None else np.isnan(off[:, place]).all()
    np.testing.assert_array_equal(table, before)


def test_contradictions_are_seen():
    """Another DOI, part, year or number in the title; a record does not contradict itself, nor one that says less."""
    prepared = prepare(
        [
            WHOLE,
            {key: value for key, value in WHOLE.items() if key != "doi"} | {"title": "Depth of roots in maize"},
            WHOLE | {"doi": "10.1000/abc.2"},
            WHOLE | {"title": WHOLE["title"].replace("II", "III")},
            WHOLE | {"title": WHOLE["title"].replace("1998", "1999")},
            WHOLE | {"title": f"{WHOLE['title']} in men"},
            WHOLE | {"title": f"{WHOLE['title']} in women"},
        ]
    )
    left, right = np.array([[0, 0], [0, 1], [0, 2], [0, 3], [0, 4], [0, 5], [5, 6]]).T
    assert conflicting(vectors(prepared, left, right)).tolist() == [False, False, True, True, True, False, True]


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        ("Seeds of rushes", "Seeds of rushes 1", 0.25),
        ("Seeds of rushes", "Seeds of rushes. Part I", 0.25),
        ("Seeds of rushes", "Seeds of rushes II", 0.5),
        ("Seeds of rushes I", "Seeds of rushes II", 1),
        ("Seeds of rushes, part 2", "Seeds of rushes II", 0),
    ],
)
def test_a_second_part_differs_more_than_a_first(first, second, conflict):
    """A journal's footnote behind a title looks like a first part; a sequel's number is all that tells it apart."""
    prepared = prepare([{"title": first}, {"title": second}])
    row = vectors(prepared, np.array([0]), np.array([1]))[0]

    assert row[NAMES.index("part_conflict")] == conflict
    assert np.isnan(row[NAMES.index("number_conflict")]) == (conflict == 0.25)


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [
        ("Lesions in hepatitis B", "Lesions in hepatitis C", 1),
        ("Sepsis in group D and group B", "Sepsis in group D and group C", 5 / 6),
        ("The receptor: a target", "Receptor target", np.nan),
        ("Trials of phase II", "Trials of phase III", 1),
        ("Trials of 1914", "Trials", 0.5),
        ("World War II memoirs", "World War 2 memoirs", 0),
    ],
)
def test_what_tells_like_a_number_conflicts(first, second, conflict):
    """More than half where both titles have their own, half where one is silent: cut, or it says it elsewhere."""
    row = vectors(*prepare_pairs([{"title": first}], [{"title": second}]))[0]

    assert row[NAMES.index("number_conflict")] == pytest.approx(conflict, nan_ok=True)


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("Contract farming in Ghana", "Contract farming in Kenya", 1),
        ("Wheat and maize in Ghana", "Wheat in Kenya", 1),
        ("Breast cancer in Ghana and Kenya", "Prostate cancer in Kenya and Ghana", 1),
        ("Copper in rats of Iran", "Zinc in dogs of Iraq", 3),
        ("Saxagliptin added to metformin", "Linagliptin added to metformin", 1),
        ("Wheat and maize in Ghana", "Maize in Ghana", 0),
        ("Sleep of the mouse", "Sleep of mice", 0),
        ("Sleep of rats", "Sleep in Iran", 0),
        ("Sleep of rats", "Sleep", 0),
        ("Sleep", "Rest", 0),
        ("Iran", "", np.nan),
    ],
)
def test_titles_that_name_two_things_of_one_kind(first, second, kinds):
    """One team's studies of two countries or crops are alike in all else; one thing more, or silence, tells none."""
    row = vectors(*prepare_pairs([{"title": first}], [{"title": second}]))[0]
    assert row[NAMES.index("things_apart")] == pytest.approx(kinds, nan_ok=True)


NAMELESS = {"authors": ["A. Berg", "B. Holm"], "publication_date": "2019", "journal": "Annals of Peat Research"}
PEAT = (
    "Bogs of the northern plain were cored at forty places, and their carbon was dated. The oldest layers lie under "
    "the wettest hollows, where sedges grow; on the dry ridges there is no peat of more than a thousand years."
)


@pytest.mark.parametrize(
    "naming",
    [
        {"doi": "10.1000/peat.7"},
        {"doi": "10.1101/2019.02.03.123456"},
        {"urls": ["https://arxiv.org/abs/1901.01234"]},
        {"urls": ["https://pubmed.ncbi.nlm.nih.gov/30912345/"]},
        {"urls": ["https://www.ncbi.nlm.nih.gov/pmc/articles/PMC6512345/"]},
        {"urls": ["https://openalex.org/W2912345678"]},
        {"urls": ["https://repository.example.org/peat/1234"]},
        {"abstract": PEAT},
        {"abstract": f"{PEAT} Registered as NCT01234567."},
        {"volume": "12", "pages": "117-129"},
        {"volume": "12", "pages": "117", "journal": "Ann Peat Res"},
        {"volume": "12", "number": "3"},  # and both authors
    ],
)
@pytest.mark.parametrize("title", [None, "Untitled", "Copyright notice"])
def test_what_names_a_work_does_without_a_title(title, naming):
    """An identifier, an address, the abstract, or a place with pages or authors; page furniture is no title."""
    named = NAMELESS | {"title": title} | naming
    other = NAMELESS | {"title": "Peat of the plain"} | naming | {"journal": NAMELESS["journal"]}
    prepared = prepare([named, other, NAMELESS | {"title": title}])
    pairs = vectors(prepared, np.array([0, 0, 1]), np.array([1, 2, 2]))

    assert unnamed(pairs).tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({}, {}),
        ({"volume": "12"}, {"volume": "12"}),
        ({"volume": "12", "number": "3"}, {"volume": "12", "number": "3", "authors": ["A. Berg"]}),
        ({"volume": "12", "number": "3", "authors": []}, {"volume": "12", "number": "3"}),
        ({"volume": "12", "pages": "117"}, {"volume": "13", "pages": "117"}),
        ({"volume": "12", "pages": "117"}, {"volume": "12", "pages": "230"}),
        ({"volume": "12", "pages": "117"}, {"volume": "12", "pages": "117", "journal": "Moss and Fern"}),
        ({"doi": "10.1000/peat.7"}, {"doi": "10.1000/peat.8"}),
        (
            {"abstract": PEAT},
            {"abstract": PEAT.partition(".")[0] + ". We count mosses instead, and find eleven kinds."},
        ),
    ],
)
def test_authors_year_and_journal_name_no_work(here, there):
    """Nor does a part of a place, or what differs; two titles, whatever they are, are enough."""
    prepared = prepare([NAMELESS | here, NAMELESS | there, NAMELESS | {"title": "Peat"}, NAMELESS | {"title": "Moss"}])
    left, right = np.array([0, 0, 2]), np.array([1, 2, 3])

    assert unnamed(vectors(prepared, left, right)).tolist() == [True, True, False]


def test_the_fingerprint_is_the_same_in_every_process():
    """Whatever the seed of Python's own hashes."""
    code = "from papertwin.features import fingerprint; print(fingerprint())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {fingerprint()}


@pytest.mark.parametrize(
    "change",
    [
        {"measure": s.jaccard},
        {"trend": Trend.FREE},
        {"meaning": "other"},
        {"fields": ("main_title",)},
        {"within": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_fingerprint_moves_with_any_change(change, monkeypatch):
    """A measure that is swapped under an unchanged name is seen by what it computes."""
    place = NAMES.index("title_words_added" if "measure" in change else "title_ratio")
    changed = (*FEATURES[:place], replace(FEATURES[place], **change), *FEATURES[place + 1 :])
    for module in ("schema", "vectors"):
        monkeypatch.setattr(importlib.import_module(f"papertwin.features.{module}"), "FEATURES", changed)
    assert importlib.import_module("papertwin.features.schema").fingerprint.__wrapped__() != fingerprint()


def test_the_schema_is_plain():
    """It is stored as JSON: an endless bound is null, and the order is that of the vectors."""
    import json

    assert [entry["name"] for entry in json.loads(json.dumps(schema(), allow_nan=False))] == NAMES
