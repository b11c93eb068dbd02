"""Comparing: what a pair needs to be merged, by the model's thresholds."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import papertwin
from papertwin.models.card import Thresholds
from papertwin.works.comparing import LIMITS, Answered, Comparer

MODEL = papertwin.load("work")


def margins(comparer, *probabilities, conflicting=False):
    """What these answers lie above what is needed."""
    return comparer.margins(Answered(np.array(probabilities), np.full(len(probabilities), conflicting))).tolist()


def comparer(*thresholds):
    return Comparer(replace(MODEL, thresholds=Thresholds(*thresholds)), None, 1)


def test_what_a_person_would_be_asked_is_merged_from_a_fixed_probability_on():
    usual = comparer(0.9, 0.1, 0.95)

    assert margins(usual, LIMITS.merged) == pytest.approx([0])
    assert margins(usual, LIMITS.against, conflicting=True) == pytest.approx([0])
    assert margins(usual, LIMITS.lone) == pytest.approx([-usual.leeway.lone])
    assert usual.leeway.rival >= usual.leeway.lone > usual.leeway.slack > 0


@given(st.floats(0.01, 0.99), st.booleans())
def test_a_single_threshold_is_what_is_needed_and_there_is_no_leeway_for_lone_pairs(threshold, conflicting):
    single = Comparer(MODEL.at(threshold), None, 1)

    assert margins(single, threshold, conflicting=conflicting) == pytest.approx([0])
    assert single.leeway.lone == 0


def test_a_model_that_is_sure_at_less_is_followed():
    assert margins(comparer(0.4, 0.35, 0.5), 0.4) == pytest.approx([0])
    assert margins(comparer(0.9, 0.8, 0.95), 0.8) == pytest.approx([0])
