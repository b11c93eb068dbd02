"""The plots of a report: what is drawn, and in a sentence what is to be seen."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from papertwin.models.card import Thresholds
from papertwin.models.dependence import Dependence
from papertwin.models.scores import EDGES, Choice, Scores, choices, reliability
from papertwin.pages.svg import Axis, Plot, Tick

if TYPE_CHECKING:
    from markupsafe import Markup

STYLES = ("first", "second")  # of the lines of one plot, told apart by colour and dash
MARKED = (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999)  # probabilities on the axis of the bins
HALF = 0.5
FIFTHS: tuple[Tick, ...] = tuple((n / 5, f"{n / 5:g}") for n in range(6))


def histogram(scores: Scores, at: Thresholds) -> "Markup":
    """How many duplicates (upwards) and distinct pairs (downwards) got which probability, with the thresholds."""
    most = max(*scores.duplicates, *scores.distinct, 10)
    decades = math.ceil(math.log10(most))
    shown = range(1, decades + 1, 1 if decades < 4 else 2)
    marks = [(sign * (n + 0.3), f"{10**n}" if n < 3 else f"{10 ** (n - 3)}k") for n in shown for sign in (1, -1)]
    x = Axis(0, len(EDGES), [(_bin(value), f"{value:g}") for value in MARKED], "probability of a duplicate")
    y = Axis(-decades - 0.6, decades + 0.6, [*marks, (0, "0")], "pairs (each step ten times as many)")
    plot = Plot(
        "histogram",
        "Pairs by probability",
        f"Duplicates pile up at the right end, above {at.duplicate:.3g}, and distinct pairs at the left, below "
        f"{at.distinct:.3g}; between the two thresholds are few of either.",
        x,
        y,
        (480, 270),
    )
    plot.box((_bin(at.distinct), _bin(at.duplicate)), (y.low, y.high), "between")
    for place, (duplicates, distinct) in enumerate(zip(scores.duplicates, scores.distinct, strict=True)):
        high = EDGES[place + 1] if place + 1 < len(EDGES) else 1.0
        for count, sign, kind in ((duplicates, 1, "duplicates"), (distinct, -1, "distinct")):
            if count:
                tip = f"{count:,} {kind} from {EDGES[place]:g} to {high:g}"
                plot.box((place, place + 1), (0, sign * (math.log10(count) + 0.3)), kind, tip, gap=1.5)
    for value in {at.distinct, at.duplicate}:
        plot.line([(_bin(value), y.low), (_bin(value), y.high)], "threshold")
    plot.line([(0, 0), (len(EDGES), 0)], "zero")
    middle = (_bin(at.distinct) + _bin(at.duplicate)) / 2
    plot.words(middle, y.low, "to review", "zone", off=(0, -5))
    plot.words(_bin(at.distinct) / 2, y.high, "distinct", "zone", off=(0, 12))
    plot.words((_bin(at.duplicate) + len(EDGES)) / 2, y.low, "duplicates", "zone", off=(0, -5))
    return plot.markup()


def _bin(probability: float) -> float:
    """Where a probability lies among the bins."""
    return float(np.interp(probability, [*EDGES, 1.0], range(len(EDGES) + 1)))


def precision_recall(drawn: Mapping[str, Scores]) -> "Markup":
    """Precision against recall over all thresholds, of one or two kinds of pairs; a dot where the threshold is 0.5."""
    curves = {name: choices(scores) for name, scores in drawn.items()}
    halves = {name: next(one for one in curve if one.threshold == HALF) for name, curve in curves.items() if curve}
    lowest = min([value for one in halves.values() for value in (one.precision or 0, one.recall)], default=1.0)
    low = next(start for start, from_ in ((0.9, 0.95), (0.8, 0.88), (0.5, 0.65), (0.0, -1.0)) if lowest >= from_)
    ticks = [(low + n * (1 - low) / 5, f"{low + n * (1 - low) / 5:.2f}") for n in range(6)]
    said = "; ".join(
        f"{name}: precision {(one.precision or 0):.3f} and recall {one.recall:.3f} at 0.5"
        for name, one in halves.items()
    )
    plot = Plot(
        "precision-recall", "Precision and recall over all thresholds", said, Axis(low, 1, ticks, "recall"),
        Axis(low, 1, ticks, "precision"),
    )  # fmt: skip
    for (name, curve), style in zip(curves.items(), STYLES, strict=False):
        plot.line([(one.recall, one.precision) for one in curve if one.precision is not None], f"curve {style}")
        if name in halves:
            plot.dot(halves[name].recall, halves[name].precision or 0, f"dot {style}", _tip(name, halves[name]))
    return plot.markup()


def _tip(name: str, one: Choice) -> str:
    return f"{name}, threshold {one.threshold:g}: precision {(one.precision or 0):.3f}, recall {one.recall:.3f}"


def reliable(drawn: Mapping[str, Scores]) -> "Markup":
    """The share of duplicates among pairs of about the same probability; on the diagonal both are the same."""
    bins = {name: reliability(scores) for name, scores in drawn.items()}
    furthest = max((abs(one.given - one.true) for found in bins.values() for one in found), default=0)
    plot = Plot(
        "reliability",
        "Probability given, and share of duplicates",
        f"The dots lie near the diagonal, on which both are the same; the furthest is {furthest:.2f} off. The bars are "
        "what chance allows, 95 times in 100.",
        Axis(0, 1, FIFTHS, "probability given"),
        Axis(0, 1, FIFTHS, "share that are duplicates"),
    )
    plot.line([(0, 0), (1, 1)], "ideal")
    for found, style in zip(bins.values(), STYLES, strict=False):
        for one in found:
            plot.line([(one.given, one.low), (one.given, one.high)], f"chance {style}")
        plot.line([(one.given, one.true) for one in found], f"curve thin {style}")
        for one in found:
            tip = f"{one.pairs:,} pairs given {one.given:.3f} on average: {one.true:.3f} of them are duplicates"
            plot.dot(one.given, one.true, f"dot {style}", tip)
    return plot.markup()


def dependence(one: Dependence, furthest: int) -> "Markup":
    """How the odds move with one feature, on an axis of so many doublings either way, which several plots share."""
    low, top = one.values[0], one.values[-1]
    room = 0.04 * (top - low)
    values = one.values if one.stepwise else _round_values(low, top)
    step = math.ceil(furthest / 2.5)  # five marks or so
    doublings = [
        (n, f"×{2**n}" if n >= 0 else f"÷{2**-n}") for n in range(-(furthest // step) * step, furthest + 1, step)
    ]
    plot = Plot(
        f"dependence-{one.feature}",
        f"Odds by {one.feature}",
        f"From {one.odds[0]:.2g} times the odds at {low:.3g} to {one.odds[-1]:.2g} times at {top:.3g}.",
        Axis(low - room, top + room, [(value, f"{value:g}") for value in values]),
        Axis(-furthest, furthest, doublings),
        (200, 120),
    )
    plot.line([(low - room, 0), (top + room, 0)], "zero")
    points = [(value, math.log2(odds)) for value, odds in zip(one.values, one.odds, strict=True)]
    for value in () if one.stepwise else one.deciles:
        plot.line([(value, -furthest), (value, -0.9 * furthest)], "rug")
    plot.line(points, "curve thin first" if one.stepwise else "curve first")
    for (value, doubled), odds in zip(points, one.odds, strict=True) if one.stepwise else ():
        plot.dot(value, doubled, "dot first", f"at {value:g}, {odds:.3g} times the odds")
    return plot.markup()


def shared_doublings(shown: Sequence[Dependence]) -> int:
    """How many doublings of the odds, either way, all of them find room in."""
    return math.ceil(max((abs(math.log2(odds)) for one in shown for odds in one.odds), default=1) + 0.2)


def _round_values(low: float, high: float) -> list[float]:
    """Three or so round values from `low` to `high`, apart by 1, 2 or 5 times a power of ten."""
    rough = (high - low) / 3
    power = 10 ** math.floor(math.log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    return [n * step for n in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
