"""Clusters: no chain joins what is called distinct, labels are followed, the order of the input does not count."""

import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertwin.works.clusters import AROUND, clusters
from papertwin.works.constraints import Constraints, Given
from papertwin.works.linkage import Leeway, Links


def works(count, margins, constraints=None, asked=None, leeway=None):
    """The clusters as lists of records, and the contradictions; pairs that `margins` lacks have `asked`, or -5."""
    given_pairs = sorted(margins)
    links = Links(
        np.array([a for a, _ in given_pairs], dtype=np.int64),
        np.array([b for _, b in given_pairs], dtype=np.int64),
        np.array([margins[pair] for pair in given_pairs], dtype=np.float64),
    )
    asked = asked or {}
    answer = lambda left, right: np.array([asked.get(pair, -5.0) for pair in zip(left.tolist(), right.tolist())])  # noqa: E731, B905
    work, contradictions = clusters(count, links, answer, constraints or Constraints(), leeway or Leeway())
    found = {}
    for record, name in enumerate(work.tolist()):
        found.setdefault(name, []).append(record)
    assert all(name == min(members) for name, members in found.items())
    return sorted(found.values()), contradictions


def test_part_one_and_part_two_are_not_joined_by_what_does_not_say_its_part():
    """Hard because each part looks like the generic record; only the parts contradict each other."""
    assert works(3, {(0, 1): 3.0, (1, 2): 2.0}, asked={(0, 2): -6.0})[0] == [[0, 1], [2]]


def test_a_pair_that_no_candidate_was_is_asked_for():
    assert works(3, {(0, 1): 3.0, (1, 2): 2.0}, asked={(0, 2): 1.0})[0] == [[0, 1, 2]]


def test_a_record_with_little_to_say_does_not_tear_its_work_apart():
    """One pair of three is doubtful, none is distinct."""
    assert works(3, {(0, 1): 5.0, (1, 2): 4.0}, asked={(0, 2): -0.5})[0] == [[0, 1, 2]]


def test_slack_lets_a_mean_be_even_but_one_pair_must_be_called_a_duplicate():
    assert works(3, {(0, 1): 1.0, (1, 2): 0.5}, asked={(0, 2): -2.0}, leeway=Leeway(1.5))[0] == [[0, 1, 2]]
    assert works(2, {(0, 1): -0.5}, leeway=Leeway(1.5))[0] == [[0], [1]]


def test_each_others_only_candidates_are_joined_by_less():
    leeway = Leeway(0.4, 1.2, 1.8)

    assert works(2, {(0, 1): -1.0}, leeway=leeway)[0] == [[0, 1]]
    assert works(2, {(0, 1): -1.5}, leeway=leeway)[0] == [[0], [1]]
    assert works(3, {(0, 1): -1.0, (1, 2): -1.5}, leeway=leeway)[0] == [[0], [1], [2]]  # 2 is a rival of 0
    assert works(3, {(0, 1): -1.0, (1, 2): -2.5}, leeway=leeway)[0] == [[0, 1], [2]]


def test_some_links_join_lone_records_by_less_and_others_do_not():
    """The others are rivals nonetheless."""
    leeway = Leeway(0.4, np.array([0.0, 1.2]), 1.8)

    assert works(4, {(0, 1): -1.0, (2, 3): -1.0}, leeway=leeway)[0] == [[0], [1], [2, 3]]
    assert works(3, {(0, 1): -1.0, (1, 2): -1.0}, leeway=leeway)[0] == [[0], [1], [2]]  # 1 has two candidates


def test_lone_works_of_several_records_are_joined_if_all_pairs_between_them_agree():
    leeway, sure = Leeway(0.4, 1.2, 1.8), {(0, 1): 4.0, (2, 3): 4.0}

    assert works(4, sure | {(1, 2): -1.0}, asked={(0, 3): 0.1, (0, 2): 0.2, (1, 3): -0.5}, leeway=leeway)[0] == [
        [0, 1, 2, 3]
    ]
    assert works(4, sure | {(1, 2): -1.0}, leeway=leeway)[0] == [[0, 1], [2, 3]]


def test_what_a_label_parts_is_not_joined_for_being_alone():
    assert works(2, {(0, 1): -1.0}, Constraints([], [(0, 1)]), leeway=Leeway(0.4, 1.2, 1.8))[0] == [[0], [1]]


def test_without_pairs_every_record_is_a_work():
    assert works(3, {})[0] == [[0], [1], [2]]
    assert works(0, {})[0] == []


def test_labels_join_what_no_pair_joins_and_part_what_looks_alike():
    assert works(4, {(0, 1): 9.0}, Constraints([(2, 3)], [(0, 1)])) == ([[0], [1], [2, 3]], [])


def test_a_label_parts_through_others():
    """0 and 2 are distinct, so 1 can be with one of them only, however alike all are."""
    found, _ = works(3, {(0, 1): 5.0, (1, 2): 4.0, (0, 2): 5.0}, Constraints([], [(0, 2)]))

    assert found == [[0, 1], [2]]


@pytest.mark.parametrize("removed", [0, 1, 2, 3])
@pytest.mark.parametrize("strong", [9.0, 4.0])
def test_the_others_stay_with_the_record_that_was_kept(strong, removed):
    """However the records are numbered: by what they say, of which nobody knows anything."""
    equal = dict.fromkeys(combinations(range(4), 2), strong)
    for kept in {0, 1, 2, 3} - {removed}:
        found, _ = works(4, equal, Constraints([], [(removed, kept)], removed=[removed]))
        assert sorted(map(len, found)) == [1, 3]
        assert [removed] in found


def test_the_others_stay_with_the_kept_record_where_both_are_barely_like_them():
    """Means below 0, which the leeway allows, are not halved: half of them would be more."""
    links = {(2, 3): 6.0, (0, 2): 1.0, (0, 3): -2.0, (1, 2): 1.0, (1, 3): -2.2, (0, 1): 4.0}
    constraints = Constraints([], [(1, 0)], removed=[1])

    assert works(4, links, constraints, leeway=Leeway(1.0))[0] == [[0, 2, 3], [1]]


def test_what_is_much_more_like_the_removed_record_goes_with_it():
    """Hard because 2 is like the kept 0, too: of Part I and two copies of Part II a label takes the first copy, 1."""
    links = {(0, 1): 1.0, (0, 2): 1.0, (1, 2): 6.0}

    assert works(3, links, Constraints([], [(1, 0)], removed=[1]))[0] == [[0], [1, 2]]
    assert works(3, links | {(0, 2): 5.0}, Constraints([], [(1, 0)], removed=[1]))[0] == [[0, 2], [1]]


def test_equal_records_stay_together_where_a_label_does_not_say_which_was_kept():
    equal = dict.fromkeys(combinations(range(4), 2), 9.0)

    assert works(4, equal, Constraints([], [(1, 2)]))[0] == [[0, 1, 3], [2]]


def test_many_labels_cost_little():
    """Ten thousand are followed in much less than a second; at the square of their number it would be ten."""
    pairs = [(2 * number, 2 * number + 1) for number in range(10_000)]
    begun = time.process_time()
    made, contradictions = Given.of(20_000, Constraints(pairs))

    assert time.process_time() - begun < 3
    assert (made.seeds[1::2] == made.seeds[::2]).all()
    assert contradictions == []


def test_a_label_that_contradicts_others_is_told_and_not_followed():
    constraints = Constraints([(0, 1), (1, 2)], [(0, 2)])

    assert works(3, {}, constraints) == ([[0, 1], [2]], [(1, 2)])


def test_existing_works_are_not_torn_and_joined_by_labels_alone():
    groups = np.array([7, 7, 8, -1])
    links = {(0, 2): 9.0, (2, 3): 9.0, (0, 3): 3.0}

    assert works(4, links, Constraints([], [(0, 1)], groups)) == ([[0, 1], [2, 3]], [(0, 1)])
    assert works(4, links, Constraints([(0, 2)], [], groups)) == ([[0, 1, 2, 3]], [])
    assert works(4, links, Constraints([(0, 2)], [(1, 2)], groups)) == ([[0, 1], [2, 3]], [(0, 2)])


@pytest.mark.parametrize(
    "joined", [Constraints([(0, 1), (1, 2)]), Constraints(groups=np.array([4, 4, 4, -1, -1]))], ids=["label", "run"]
)
def test_what_was_joined_does_not_count_against_a_copy_of_one_of_its_records(joined):
    """Hard because the model calls the three records distinct, so that in the mean it calls the copies so too."""
    assert works(5, {(0, 3): 6.0, (2, 4): 6.0}, joined) == ([[0, 1, 2, 3, 4]], [])


@pytest.mark.parametrize(
    "known", [Constraints([(0, 1)]), Constraints(groups=np.array([4, 4, -1]))], ids=["label", "run"]
)
def test_part_two_is_not_joined_to_a_known_work_of_part_one(known):
    """Hard because it is still more like the record without a part, 1, than Part I, 0, is."""
    assert works(3, {(0, 1): 3.0, (1, 2): 5.0}, known, asked={(0, 2): -6.0})[0] == [[0, 1], [2]]


def test_a_known_work_is_in_parts_only_where_it_is_sure_to_be():
    """An earlier run may have joined 0 and 1 by less, as each other's only candidates; 2 must be like both."""
    known, margins = Constraints(groups=np.array([4, 4, -1])), {(1, 2): 3.0}

    assert works(3, margins, known, {(0, 1): -1.0, (0, 2): -5.0}, Leeway(known=2.0))[0] == [[0, 1], [2]]
    assert works(3, margins, known, {(0, 1): -3.0, (0, 2): -5.0}, Leeway(known=2.0))[0] == [[0, 1, 2]]


def test_a_known_work_that_nothing_is_like_is_not_asked_about():
    """Else each month's few new records would cost as much as the whole library."""

    def answer(left, right):
        raise AssertionError

    none = Links(*(np.array([], dtype=kind) for kind in (np.int64, np.int64, np.float64)))
    work, _ = clusters(4, none, answer, Constraints(groups=np.array([0, 0, 0, -1])))

    assert work.tolist() == [0, 0, 0, 3]


def test_two_existing_works_are_never_asked_about():
    def answer(left, right):
        assert not any(a in {0, 1} and b in {2, 3} for a, b in zip(left.tolist(), right.tolist(), strict=True))
        return np.full(len(left), 5.0)

    links = Links(np.array([0, 2]), np.array([4, 4]), np.array([5.0, 4.0]))
    work, _ = clusters(5, links, answer, Constraints(groups=np.array([0, 0, 1, 1, -1])))

    assert work.tolist() in ([0, 0, 2, 2, 0], [0, 0, 2, 2, 2])


def test_a_large_component_asks_each_record_for_some_pairs_only():
    count, asked = 3000, []

    def answer(left, right):
        asked.append(len(left))
        return np.full(len(left), 4.0)

    links = Links(np.arange(count - 1), np.arange(1, count), np.full(count - 1, 4.0))
    work, _ = clusters(count, links, answer, Constraints())

    assert not work.any()
    assert sum(asked) <= count * AROUND


@st.composite
def problems(draw):
    """Margins of all pairs of a few records, some pairs of them given from the start, and labels."""
    count = draw(st.integers(2, 8))
    pairs = list(combinations(range(count), 2))
    margin = st.floats(-6, 6, allow_nan=False).filter(lambda value: abs(value) > 1e-3)
    margins = {pair: draw(margin) for pair in pairs}
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    labelled = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4))
    cut = draw(st.integers(0, len(labelled)))
    return count, margins, chosen, labelled[:cut], labelled[cut:]


@given(problems())
def test_distinct_labels_are_always_followed_and_every_record_is_in_one_work(problem):
    count, margins, chosen, must, cannot = problem
    constraints = Constraints(must, cannot, removed=[one for one, _ in cannot])
    found, against = works(count, {pair: margins[pair] for pair in chosen}, constraints, margins)

    assert sorted(record for work in found for record in work) == list(range(count))
    together = {pair for work in found for pair in combinations(work, 2)}
    assert not together & set(cannot)
    assert set(must) - set(against) <= together


@given(problems(), st.randoms())
def test_the_works_do_not_depend_on_the_order_of_the_pairs(problem, chance):
    count, margins, chosen, must, cannot = problem
    given_pairs = {pair: margins[pair] for pair in chosen}
    shuffled = list(given_pairs)
    chance.shuffle(shuffled)
    links = Links(
        np.array([a for a, _ in shuffled], dtype=np.int64),
        np.array([b for _, b in shuffled], dtype=np.int64),
        np.array([given_pairs[pair] for pair in shuffled], dtype=np.float64),
    )
    answer = lambda left, right: np.array([margins[pair] for pair in zip(left.tolist(), right.tolist())])  # noqa: E731, B905
    removed = [one for one, _ in cannot]
    work, _ = clusters(count, links, answer, Constraints(must[::-1], cannot[::-1], removed=removed[::-1]))
    found = sorted([np.flatnonzero(work == name).tolist() for name in np.unique(work)])

    assert found == works(count, given_pairs, Constraints(must, cannot, removed=removed), margins)[0]


@pytest.mark.parametrize("size", [2, 3, 10, 2 * AROUND + 1])
def test_in_a_component_of_few_records_all_pairs_are_answered(size):
    asked = set()

    def answer(left, right):
        asked.update(zip(left.tolist(), right.tolist(), strict=True))
        return np.full(len(left), 1.0)

    links = Links(np.zeros(size - 1, dtype=np.int64), np.arange(1, size), np.full(size - 1, 2.0))
    clusters(size, links, answer, Constraints())

    assert asked == {(a, b) for a, b in combinations(range(size), 2) if a} if size > 2 else not asked
