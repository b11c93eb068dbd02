"""Made pairs: every rule gives two records and labels that every librarian would sign."""

import copy

import numpy as np
import pytest

from papertwin.data.fields import is_empty, prepare
from papertwin.data.labelled.variants import headed
from papertwin.data.labelled.variants.rules import RULES, made_pairs
from papertwin.data.labelled.variants.varied import copied

RECORD = {
    "id": "a", "title": "Roots of maize in the rain of northern plains",
    "authors": ["Berg, Anna", "Bo Dahl", "Egan C.", "Falk, Dora"],
    "publication_date": "1999-03-12", "journal": "Annals of Soil", "volume": "12", "number": "3", "pages": "244-58",
    "doi": "10.1000/abc.1",
    "urls": ["http://example.org/a"], "abstract": "We dug for roots. We weighed them. They were heavy.", "source": "x",
}  # fmt: skip
OTHER = {
    "id": "b",
    "title": "Leaves of wheat after a long winter frost",
    "authors": ["Hall, Ina", "Juul, K."],
    "publication_date": "2005",
    "journal": "Frost",
    "doi": "10.1000/xyz.9",
    "abstract": "It was cold. It froze.",
}
POOR = {"title": "One two three four five", "authors": ["Solo"]}
rules = pytest.mark.parametrize("rule", [rule for rule, _ in RULES], ids=lambda rule: rule.__name__)


@rules
@pytest.mark.parametrize("pair", [(RECORD, OTHER), (OTHER, RECORD), (POOR, RECORD), (RECORD, POOR), (POOR, POOR)])
def test_a_rule_gives_two_records_and_their_labels(rule, pair):
    """Whatever fields the records lack; what is one record is one work too, and the given records stay as they are."""
    before = copy.deepcopy(pair)
    made = [rule(dict(pair[0]), dict(pair[1]), np.random.default_rng(seed)) for seed in range(40)]
    for a, b, work, record in made:
        assert not is_empty(a)
        # a record that has little but its title has nothing left without it
        assert not is_empty(b) or (rule.__name__ == "untitled" and POOR in pair)
        # experts differ on whether distinct records are one work, or the records of one work one
        assert {work, record} <= {0, 1} or (np.isnan(work) and record == 0) or (work == 1 and np.isnan(record))
        assert not record > work
    assert not prepare([side for a, b, *_ in made for side in (a, b)]).unreadable
    assert pair == before


@rules
def test_a_rule_follows_its_seed(rule):
    """The same seed gives the same pair."""
    first, again = (rule(dict(RECORD), dict(OTHER), np.random.default_rng(5)) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("preprints", {(1, 0)}),
        ("reprints", {(1, 0)}),
        ("sparse", {(1, 1)}),
        ("copies", {(1, 1)}),
        ("exchanged", {(0, 0)}),
        ("namesakes", {(0, 0)}),
        ("parts", {(0, 0), (1, 1)}),
        ("notices", {(0, 0), (1, 1)}),
        ("revised", {(0, 0), (1, 1)}),
        ("renamed", {(0, 0), (1, 0)}),
        ("columns", {(0, 0), (1, 1)}),
        ("extended", {(1, 0), (1, 1)}),
        ("referenced", {(0, 0), (1, None)}),
        ("online_first", {(1, 1)}),
        ("reworded", {(0, 0), (1, 1)}),
        ("updates", {(None, 0), (1, 1)}),
        ("theses", {(0, 0), (1, 1)}),
        ("templates", {(0, 0), (1, 1)}),
        ("twins", {(0, 0), (1, 1)}),
    ],
)
def test_what_the_rules_call_a_duplicate(name, labels):
    """A preprint and a reprint are other records of one work; companions are neither; parts are if they are copies."""
    (rule,) = (rule for rule, _ in RULES if rule.__name__ == name)
    made = [rule(dict(RECORD), dict(OTHER), np.random.default_rng(seed))[2:] for seed in range(60)]
    assert {tuple(None if np.isnan(label) else label for label in both) for both in made} == labels


def test_a_copy_is_another_databases_record():
    """It has no id and no source of the first, and keeps a title."""
    for seed in range(30):
        copy_of = copied(dict(RECORD), np.random.default_rng(seed))
        assert copy_of["id"] is copy_of["source"] is None
        assert copy_of["title"]


def test_pairs_of_every_rule_and_of_telling_records_only():
    """As many as the list says, the same for the same seed, none of a record without authors or a telling title."""
    usable = [RECORD | {"title": f"{RECORD['title']} {n}", "id": str(n)} for n in range(30)]
    useless = [{"title": "Editorial", "authors": ["Xx"]}, {"title": "A title of five words here", "authors": []}]
    pairs = made_pairs([*usable, *useless], np.random.default_rng(0))
    wanted = sum(count for _, count in RULES)
    assert 0.9 * wanted < len(pairs) <= wanted
    assert pairs == made_pairs([*usable, *useless], np.random.default_rng(0))
    assert not any("Xx" in str(record) or "five words" in str(record) for pair in pairs for record in pair[:2])


def test_pairs_of_headings_are_of_titles_that_are_known_as_headings():
    """Else a model would learn of them what holds for every title."""
    made = [headed.headings(RECORD, OTHER, np.random.default_rng(seed)) for seed in range(200)]
    prepared = prepare([record for pair in made for record in pair[:2]])

    assert len({record["title"] for record, *_ in made}) > 20
    assert (prepared.columns["title_heading"] == 1).all()
