"""Scored: pairs with the answers of a model that did not see them, and the figures by which it is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Mask
from papertwin.models.card import Thresholds
from papertwin.models.metrics import calibration_error, metrics, precision_recall_f1
from papertwin.models.scorer import probability

Figures = dict[str, float | int | None]  # None where a figure is undefined
SMALLEST = 1e-15  # nearest to 0 and 1 that a probability is taken for when its odds are asked


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs as row numbers of the vectors, each with what the model that scored it says.

    `log_odds` are calibrated; DUPLICATES from the probability `upper` on, which is higher for a pair that contradicts
    itself, NOT DUPLICATES below `lower`; `prevalence` is the share of duplicates, 0 to 1, that the model was
    calibrated for. The pairs of a set may come from several models, so each pair has its own.
    """

    rows: NDArray[np.int64]
    log_odds: Floats
    upper: Floats
    lower: Floats
    prevalence: Floats

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def probabilities(self) -> Floats:
        """The probability that each pair is a duplicate."""
        return probability(self.log_odds)

    @property
    def called(self) -> Mask:
        """What is called DUPLICATES."""
        return self.probabilities >= self.upper

    @property
    def dismissed(self) -> Mask:
        """What is called NOT DUPLICATES."""
        return self.probabilities < self.lower

    def at(self, chosen: Mask) -> Self:
        """Some of the pairs."""
        return type(self)(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @classmethod
    def by_one(
        cls, rows: NDArray[np.int64], log_odds: Floats, conflicts: Mask, limits: Thresholds, prevalence: float
    ) -> Self:
        """The answers of one model; `conflicts` are the pairs that contradict themselves."""
        upper = np.where(conflicts, limits.conflict, limits.duplicate)
        same = np.ones(len(rows))
        return cls(rows, log_odds, upper, limits.distinct * same, prevalence * same)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Several as one."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))


BySet = Mapping[str, Scored]


def log_odds(probabilities: Floats) -> Floats:
    """The odds' logarithm, kept finite."""
    inside = np.clip(probabilities, SMALLEST, 1 - SMALLEST)
    result: Floats = np.log(inside) - np.log1p(-inside)
    return result


def figures(labels: Floats, scored: Scored) -> Figures:
    """Everything reported about some pairs.

    `precision`, `recall`, `f1`, `wrong_merges` and `misses` are those at 0.5; with `auto_` before them those of what
    is called DUPLICATES at the model's own thresholds; `dismissed` is the share of duplicates called NOT DUPLICATES,
    `review` the share of pairs between. `ece_corrected` is the calibration error (`ece`) after the set's own share of
    duplicates replaced that of the training.
    """
    result = dict(metrics(labels, scored.probabilities))
    automatic = precision_recall_f1(labels, scored.called)
    result |= {f"auto_{name}": automatic[name] for name in ("precision", "recall", "f1", "wrong_merges")}
    duplicates = labels == 1
    result["dismissed"] = float(scored.dismissed[duplicates].mean()) if duplicates.any() else None
    result["review"] = float((~scored.called & ~scored.dismissed).mean()) if len(labels) else None
    result["ece_corrected"] = corrected_error(labels, scored)
    return result


def corrected_error(labels: Floats, scored: Scored) -> float | None:
    """Calibration error with the prior moved to the prevalence of these pairs; None where all are of one class."""
    if len(np.unique(labels)) < 2:
        return None
    shift = log_odds(np.array([labels.mean()])) - log_odds(scored.prevalence)
    return calibration_error(labels, probability(scored.log_odds + shift))


def best_threshold(labels: Floats, scores: Floats) -> float:
    """The score from which calling duplicates gives the highest F1 on these pairs, midway to the next lower score."""
    order = np.argsort(-scores, kind="stable")
    ranked, value = labels[order], scores[order]
    hits, called = np.cumsum(ranked), np.arange(1, len(ranked) + 1)
    f1 = 2 * hits / (called + ranked.sum())
    f1[:-1][value[1:] == value[:-1]] = -1  # equal scores cannot be parted
    best = int(np.argmax(f1))
    return float(value[best] + (value[best + 1] if best + 1 < len(value) else 0)) / 2
