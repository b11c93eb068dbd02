"""Figures of a model on labelled pairs with bootstrap intervals, and of two models beside each other.

Whole works are drawn, not pairs: pairs of one work are right or wrong together (the cluster bootstrap, Davison and
Hinkley 1997; TrainingVectors.groups says with which of its two works a pair is drawn). Two models are judged by the
same draws, so that the interval of their difference is that of pairs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Mask
from papertwin.models.card import Thresholds
from papertwin.models.metrics import BINS, losses

DRAWS = 1000
BATCH = 50  # draws at a time, so that memory does not grow with their number
CONFIDENCE = 0.95
FIGURES = {  # name: what it says; those that count or divide by duplicates or distinct pairs are missing without them
    "precision": "precision at 0.5",
    "recall": "recall at 0.5",
    "f1": "F1 at 0.5",
    "wrong_merges": "wrong merges at 0.5",
    "misses": "misses at 0.5",
    "auto_precision": "precision of DUPLICATES",
    "auto_recall": "recall of DUPLICATES",
    "auto_f1": "F1 of DUPLICATES",
    "auto_wrong_merges": "wrong DUPLICATES",
    "auto_misses": "duplicates called NOT DUPLICATES",
    "review": "share for review",
    "average_precision": "average precision",
    "brier": "Brier score",
    "ece": "calibration error",
    "log_loss": "log loss",
}

BIASED = frozenset({"ece"})  # larger in a draw of the pairs than in all of them
COUNTS = frozenset({"wrong_merges", "misses", "auto_wrong_merges", "auto_misses"})  # the others are shares


@dataclass(frozen=True, slots=True)
class Answers:
    """What a model says of some pairs: probabilities, its thresholds, and which pairs contradict themselves."""

    probabilities: Floats
    thresholds: Thresholds
    conflicting: Mask


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its interval of 95 %; None where it is not defined on these pairs."""

    value: float | None
    low: float | None
    high: float | None


def intervals(
    labels: Floats, answers: Sequence[Answers], groups: NDArray[np.int64], seed: int = 0
) -> list[dict[str, Interval]]:
    """FIGURES of each model, and where there are two, behind them those of second minus first.

    `groups` numbers what is drawn whole. An interval reaches from the 2.5th to the 97.5th percentile of 1,000 draws.
    That of the calibration error is the basic one, which turns these round the value (Davison and Hinkley 1997, 5.2):
    a mean of absolute gaps, it is larger in a draw than in what is drawn from, and its percentiles may miss the value.
    """
    names, group = np.unique(groups, return_inverse=True)
    judges = [_Judge(labels, one, group) for one in answers]
    whole = [dict(judge.figures(np.ones((1, len(names))))) for judge in judges]
    rng = np.random.default_rng(seed)
    parts: list[list[Mapping[str, Floats]]] = [[] for _ in judges]
    for start in range(0, DRAWS, BATCH):
        drawn = rng.integers(0, len(names), (min(BATCH, DRAWS - start), len(names)))
        counts = np.array([np.bincount(one, minlength=len(names)) for one in drawn], dtype=np.float64)
        for judge, part in zip(judges, parts, strict=True):
            part.append(judge.figures(counts))
    draws = [{name: np.concatenate([one[name] for one in part]) for name in FIGURES} for part in parts]
    if len(judges) == 2:
        for found in (whole, draws):
            found.append({name: found[1][name] - found[0][name] for name in FIGURES})
    return [
        {name: _interval(value[name][0], drawn[name], name in BIASED, number == 2) for name in FIGURES}
        for number, (value, drawn) in enumerate(zip(whole, draws, strict=True))
    ]


def _interval(value: float, drawn: Floats, biased: bool, signed: bool) -> Interval:
    """The interval of a figure; one that is `biased` in draws holds its value, and only a `signed` one may be < 0."""
    known = drawn[~np.isnan(drawn)]
    if np.isnan(value) or not len(known):
        return Interval(None, None, None)
    low, high = np.quantile(known, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    if biased:
        low, high = 2 * value - high, 2 * value - low
        low, high = min(low, value), max(high, value)
        low = low if signed else max(low, 0.0)
    return Interval(float(value), float(low), float(high))


class _Judge:
    """One model's figures under any weights of the groups: sums by group are made once."""

    def __init__(self, labels: Floats, answers: Answers, group: NDArray[np.int64]) -> None:
        given, true = answers.probabilities, labels == 1
        called, merged = given >= 0.5, answers.thresholds.merges(given, answers.conflicting)
        kept = ~merged & (given < answers.thresholds.distinct)
        place = np.minimum((given * BINS).astype(int), BINS - 1)
        gaps = np.where(np.arange(BINS) == place[:, None], (given - labels)[:, None], 0.0)
        columns = {
            "pairs": np.ones(len(labels)), "duplicates": true,
            "hits": called & true, "wrong": called & ~true,
            "merged_hits": merged & true, "merged_wrong": merged & ~true, "lost": kept & true,
            "review": ~merged & ~kept,
            "squares": (given - labels) ** 2, "losses": losses(labels, given),
        }  # fmt: skip
        self._names = list(columns)
        table = np.column_stack([*columns.values(), gaps]).astype(np.float64)
        self._sums = np.zeros((int(group.max(initial=-1)) + 1, table.shape[1]))
        np.add.at(self._sums, group, table)
        order = np.argsort(-given, kind="stable")
        self._group, self._true = group[order], true[order].astype(np.float64)
        value = given[order]
        self._last = np.append(value[1:] != value[:-1], True)[: len(value)]

    def figures(self, counts: Floats) -> Mapping[str, Floats]:
        """FIGURES for each row of `counts`, (draws, groups): how often each group is there; NaN is undefined."""
        totals = counts @ self._sums
        sums = dict(zip(self._names, totals.T, strict=False))
        pairs, true = sums["pairs"], sums["duplicates"]
        with np.errstate(divide="ignore", invalid="ignore"):
            at_half = _rates(sums["hits"], sums["wrong"], true, pairs)
            merged = _rates(sums["merged_hits"], sums["merged_wrong"], true, pairs)
            return {
                **dict(zip(("precision", "recall", "f1", "wrong_merges", "misses"), at_half, strict=True)),
                **{f"auto_{name}": value for name, value in
                   zip(("precision", "recall", "f1", "wrong_merges"), merged, strict=False)},
                "auto_misses": np.where(true > 0, sums["lost"], np.nan),
                "review": sums["review"] / pairs,
                "average_precision": np.where(
                    (true > 0) & (true < pairs), [self._average_precision(row) for row in counts], np.nan
                ),
                "brier": sums["squares"] / pairs,
                "ece": np.abs(totals[:, len(self._names) :]).sum(axis=1) / pairs,
                "log_loss": sums["losses"] / pairs,
            }  # fmt: skip

    def _average_precision(self, counts: Floats) -> float:
        weights = counts[self._group]
        hits, called = np.cumsum(weights * self._true)[self._last], np.cumsum(weights)[self._last]
        precision = np.divide(hits, called, out=np.zeros_like(hits), where=called > 0)
        return float((np.diff(hits, prepend=0) * precision).sum() / hits[-1]) if len(hits) and hits[-1] else np.nan


def _rates(hits: Floats, wrong: Floats, true: Floats, pairs: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Precision, recall, F1, wrong merges and misses; NaN without the kind of pairs that they are about."""
    both, some = (true > 0) & (true < pairs), true > 0
    missed = true - hits
    return (
        np.where(both, hits / (hits + wrong), np.nan),
        np.where(some, hits / true, np.nan),
        np.where(both, 2 * hits / (2 * hits + wrong + missed), np.nan),
        np.where(true < pairs, wrong, np.nan),
        np.where(some, missed, np.nan),
    )
