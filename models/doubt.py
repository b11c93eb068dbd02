"""Doubt: how likely labels are wrong, by the answers of models that have not seen their works."""

import numpy as np

from papertwin.data.arrays import Floats, Mask

STEPS = 50  # of the estimate of the share of wrong labels
FEWEST, MOST = 0.005, 0.5  # the share is sought between these: no labels are without errors


def contradicted(labels: Mask, probabilities: Floats) -> Mask:
    """Which labels the models are against."""
    against: Mask = labels != (probabilities >= 0.5)
    return against


def suspicion(labels: Mask, probabilities: Floats) -> Floats:
    """The probability that each label is wrong: (cases,) and (cases,) -> (cases,), 0 to 1.

    By Bayes' rule from the probability of a duplicate and the share of wrong labels, which is the one that makes
    labels and probabilities fit best: expectation and maximisation in turn (Dawid and Skene 1979).
    """
    against = np.where(labels, 1 - probabilities, probabilities)
    share = 0.05
    wrong = against
    for _ in range(STEPS):
        wrong = against * share / (against * share + (1 - against) * (1 - share))
        share = float(np.clip(wrong.mean(), FEWEST, MOST))
    return wrong


def trust(labels: Mask, probabilities: Floats) -> Floats:
    """What each label counts in training: 1, or how likely it is right, 0 to 1, where the models contradict it.

    Where few labels are contradicted, nearly all of that: hard cases are still learned. How many are wrong is estimated
    for duplicates and distinct pairs apart: wrong labels that are few of all may be most of the few duplicates.
    """
    trusted = np.ones(len(labels))
    against = contradicted(labels, probabilities)
    for kind in (labels, ~labels):
        if kind.any():
            right = 1 - suspicion(labels[kind], probabilities[kind])
            trusted[kind] = np.where(against[kind], right, 1.0)
    return trusted
