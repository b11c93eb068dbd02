"""Candidates: few, found by whatever records share, at a cost that grows with the records and not with their square."""

from itertools import islice, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.data.fields import prepare
from papertwin.works.candidates import BESIDE, CANDIDATES, candidate_pairs
from papertwin.works.keys import KEYS, in_order, keys_of, mixed

FILLER = [
    {
        "title": f"{first} {second} in {third}",
        "authors": [f"{name} {second.title()}"],
        "publication_date": str(1990 + n),
    }
    for n, (first, second, third, name) in enumerate(
        zip(
            ("Nesting", "Moulting", "Migration", "Song", "Diet", "Plumage", "Roosting", "Flight"),
            ("herons", "swifts", "plovers", "wrens", "kites", "egrets", "crows", "terns"),
            ("estuaries", "towers", "salt pans", "hedges", "farmland", "paddies", "parks", "storms"),
            ("Ann", "Bea", "Cid", "Dov", "Eli", "Fay", "Gil", "Hal"),
            strict=True,
        )
    )
]


def pairs_among(records):
    """The candidates as a set of pairs of places."""
    left, right = candidate_pairs(len(records), *keys_of(prepare(records)))
    return set(zip(left.tolist(), right.tolist(), strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"title": "Tides of the outer bank"}, {"title": "TIDES OF THE OUTER BANK."}, id="same title"),
        pytest.param(
            {"title": "Tides of the outer bank: a century of records"},
            {"title": "A century of tidal records from the outer bank"},
            id="words in another order",
        ),
        pytest.param(
            {"title": "Alpha", "doi": "10.1234/tide.1"},
            {"title": "Omega", "urls": ["https://doi.org/10.1234/TIDE.1"]},
            id="same DOI, nothing else",
        ),
        pytest.param(
            {"title": "A working title", "authors": ["Ida Ekwall", "Jon Fjord", "Kai Grimm"]},
            {"title": "What it was called in print", "authors": ["I. Ekwall", "J. Fjord", "K. Grimm"]},
            id="retitled, the same authors",
        ),
        pytest.param(
            {"title": "Editorial", "journal": "Annals of Tides", "volume": "7", "pages": "12-19"},
            {"title": "From the editor", "journal": "Ann Tides", "volume": "7", "pages": "12"},
            id="no telling title, the same place",
        ),
        pytest.param(
            {"abstract": "Quasiperiodic seiche oscillations recur where bathymetry narrows beyond the lagoon mouth."},
            {
                "title": "On lagoons",
                "abstract": "Beyond the lagoon mouth bathymetry narrows: quasiperiodic seiche oscillations recur.",
            },
            id="no title on one side, rare words of the abstract",
        ),
        pytest.param(
            {"title": "Adaptive tides over distributed estuaries", "authors": ["Ida Ekwall"]},
            {"title": "EKWALLI . (2003) adaptivetidesover distributedestuaries in proc", "authors": ["jj"]},
            id="words run together, authors in the title",
        ),
        pytest.param(
            {
                "title": "Editorial",
                "authors": ["Ida Ekwall"],
                "journal": "Annals of Tides",
                "volume": "7",
                "number": "2",
            },
            {"journal": "Annals of Tides", "volume": "7", "number": "2"},
            id="a heading and no title at all, the same issue",
        ),
    ],
)
def test_what_records_share_makes_them_candidates(one, other):
    assert (0, 1) in pairs_among([one, other, *FILLER])


def test_records_that_share_nothing_are_no_candidates():
    assert pairs_among(FILLER) == set()


def test_a_rare_thing_in_common_is_little_where_both_have_much_more_to_say():
    """A tenth of the comparisons find all duplicates; what two long records hardly share is none."""
    many = [f"{a}{b}{c}ology" for a, b, c in product("bdfgklmn", "aeiou", "lrst")]
    records = [
        {
            "title": " ".join(["seiche", *many[n * 8 : n * 8 + 8]]),
            "abstract": " ".join(many[n * 8 : n * 8 + 8] * 4) + " observed in the field.",
            "authors": [f"{many[n * 8 + k]} {many[n * 8 + k + 1]}" for k in range(0, 8, 2)],
        }
        for n in range(20)
    ]
    copies = [record | {"source": "copy"} for record in records]
    found = pairs_among([*records, *copies])

    assert found == {(n, n + 20) for n in range(20)}


def test_on_many_processes_the_pairs_are_the_same(monkeypatch):
    monkeypatch.setattr("papertwin.works.candidates._BLOCK", 2)
    records = [*FILLER, *FILLER, *FILLER]
    keys = keys_of(prepare(records))
    one, two = (candidate_pairs(len(records), *keys, jobs) for jobs in (1, 2))

    assert len(one[0]) == len(FILLER) * 3
    assert all((a == b).all() for a, b in zip(one, two, strict=True))


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 9), st.floats(0, 1, width=16)), max_size=40))
def test_places_are_sorted_by_row_then_value_then_place(pairs):
    rows, values = np.array([row for row, _ in pairs], dtype=np.int64), np.array([value for _, value in pairs])

    assert in_order(rows, values).tolist() == sorted(range(len(pairs)), key=lambda place: (*pairs[place], place))


def test_in_a_file_of_three_copies_all_are_candidates():
    """Hard because nothing is rare where everyone has it."""
    copies = [{"title": "Tides of the outer bank", "source": source} for source in "abc"]

    assert pairs_among(copies) == {(0, 1), (0, 2), (1, 2)}


@pytest.mark.parametrize("records", [[], [{}], [{}, {}], [{"title": "Alone"}]])
def test_few_and_empty_records_have_no_candidates(records):
    assert pairs_among(records) == set()


def test_ten_thousand_editorials_make_few_candidates():
    """A title that all records have asks nobody; what parts the records (here year and author) still finds copies."""
    names = ["".join(letters).title() for letters in islice(product("abdeklmnorstuvz", repeat=5), 4000)]
    editorials = [
        {"title": "Editorial", "authors": [names[n % 4000]], "publication_date": str(1900 + n % 97)}
        for n in range(10_000)
    ]
    editorials.append(dict(editorials[123]))
    found = pairs_among(editorials)

    assert len(found) <= len(editorials) * (CANDIDATES + BESIDE * 2)
    assert (123, 10_000) in found


def test_identical_records_without_end_are_joined_by_few_pairs():
    """Each is beside its neighbours: all are connected, and the pairs are linear in the records."""
    same = [{"title": "Editorial", "authors": ["A. Nonym"], "publication_date": "1999"}] * 3000
    left, right = candidate_pairs(len(same), *keys_of(prepare(same)))

    assert len(left) <= len(same) * BESIDE
    reached = {0}
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        if a in reached:
            reached.add(b)
    assert len(reached) == len(same)


def test_a_record_whose_title_is_a_whole_text_is_not_like_all_others():
    """Hard because every title shares words with it, and a comparison with it costs a thousand times as much."""
    words = " ".join(f"{record['title']} nnn{n}" for n, record in enumerate(FILLER * 40))
    rows, _, _ = keys_of(prepare([{"title": words * 3}]))

    assert len(rows) < 200


@settings(max_examples=25)
@given(st.permutations(range(len(FILLER) + 4)), st.integers(0, 3))
def test_pairs_are_ordered_and_each_is_there_once(order, seed):
    records = [*FILLER, *({**FILLER[seed], "source": name} for name in "abcd")]
    left, right = candidate_pairs(len(records), *keys_of(prepare([records[place] for place in order])))

    assert (left < right).all()
    assert len(set(zip(left.tolist(), right.tolist(), strict=True))) == len(left)


def test_keys_have_names_of_their_own():
    assert len({key.name for key in KEYS}) == len(KEYS)


def test_a_mixed_key_depends_on_each_part_and_on_their_order():
    one, two = np.array([1], dtype=np.uint64), np.array([2], dtype=np.uint64)

    assert len({int(mixed(*columns)[0]) for columns in ((one, two), (two, one), (one, one), (one,))}) == 4
