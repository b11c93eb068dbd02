"""Comparing: what a pair needs to be merged, by the model's thresholds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import papertwin
from papertwin.models.card import Thresholds
from papertwin.works.comparing import CROWD, Answered, Comparer

MODEL = papertwin.load("work")


def margins(comparer, *probabilities, conflicting=False, unnamed=False):
    """What these answers lie above what is needed."""
    said = (np.full(len(probabilities), one) for one in (conflicting, unnamed))
    return comparer.margins(Answered(np.array(probabilities), *said)).tolist()


def comparer(*thresholds):
    return Comparer(replace(MODEL, thresholds=Thresholds(*thresholds)), None, 1)


def test_what_a_person_would_be_asked_is_merged_from_a_fixed_probability_on():
    usual = comparer(0.9, 0.1, 0.95)

    assert margins(usual, 0.6) == pytest.approx([0])
    assert margins(usual, 0.7, conflicting=True) == pytest.approx([0])
    assert margins(usual, 0.2) == pytest.approx([-usual.leeway(CROWD).lone])
    assert margins(usual, 0.2) == pytest.approx([-usual.leeway(CROWD).rival])
    assert margins(usual, 0.5) == pytest.approx([-usual.leeway(CROWD).slack])


def test_among_few_records_it_says_nothing_that_two_have_no_other_candidate():
    """Hard because in a file of two records every pair is each other's only candidate."""
    assert CROWD == 100  # as the README and the help say
    assert comparer(0.9, 0.1, 0.95).leeway(CROWD - 1).lone == 0
    assert comparer(0.9, 0.1, 0.95).leeway(2).slack == comparer(0.9, 0.1, 0.95).leeway(CROWD).slack


@given(st.floats(0.01, 0.99), st.booleans())
def test_a_single_threshold_is_what_is_needed_and_there_is_no_leeway_for_lone_pairs(threshold, conflicting):
    single = Comparer(MODEL.at(threshold), None, 1)

    assert margins(single, threshold, conflicting=conflicting) == pytest.approx([0])
    assert single.leeway(CROWD).lone == 0


@given(st.floats(0, 1), st.sampled_from([comparer(0.9, 0.1, 0.95), comparer(0.3, 0.3, 0.3)]))
def test_what_nothing_names_is_never_merged_however_likely_it_is(probability, asked):
    """Neither by itself nor for being lone; what is unlikely stays so, and what is likely speaks neither way."""
    (named,), (unnamed,) = margins(asked, probability), margins(asked, probability, unnamed=True)

    assert unnamed < 0
    assert unnamed == pytest.approx(min(named, 0), abs=1e-6)
    assert asked.leeway(CROWD, np.array([True, False])).lone.tolist() == [0, asked.leeway(CROWD).lone]


def test_a_model_that_is_sure_at_less_is_followed():
    assert margins(comparer(0.4, 0.35, 0.5), 0.4) == pytest.approx([0])
    assert margins(comparer(0.9, 0.8, 0.95), 0.8) == pytest.approx([0])
