"""The plots of the report: how far probabilities can be believed, and precision against recall."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from accuracy_results import Results
from drawing import STYLES, pyplot, save
from leave_out import CONVENTION
from material import CASES
from papertwin.data.arrays import Floats
from scored import Scored

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RELIABILITY, PRECISION_RECALL = "accuracy-reliability.png", "accuracy-precision-recall.png"
BINS = 10  # of equal width
FEWEST = 10  # pairs of a bin that is drawn
LOWEST = 0.7  # where the axes of precision and recall begin
Curve = tuple[str, Scored]


def draw(results: Results, out: Path) -> tuple[str, ...]:
    """Draw both plots into the folder; returns their names, none where matplotlib is not installed."""
    if pyplot("plots") is None:
        return ()
    _two_panels(results, out / RELIABILITY, reliability)
    _two_panels(results, out / PRECISION_RECALL, precision_recall)
    return RELIABILITY, PRECISION_RECALL


def curves(results: Results, convention: str) -> Iterator[Curve]:
    """What is drawn for a model: cross-validated, sets left out, and the hardest set that was left out."""
    yield "cross-validated", results.judged(convention)
    left_out = [name for name in results.left_out if CONVENTION[name] == convention]
    if left_out:
        yield "sets left out", results.left_out_of(convention)
    named = CASES if convention == "work" else "magellan_dblp_scholar"
    if named in left_out:
        title = "search cases left out" if named == CASES else "DBLP-Scholar left out"
        yield title, results.left_out[named]


def _two_panels(results: Results, path: Path, panel: Callable[["Axes", list[Curve], Floats], None]) -> None:
    """One panel a model, both on the same axes."""
    import matplotlib.pyplot as plt

    count = len(results.conventions)
    figure, grid = plt.subplots(
        1, count, figsize=(11, 6.4), sharex=True, sharey=True, squeeze=False, layout="constrained"
    )
    for place, convention in zip(grid[0], results.conventions, strict=True):
        panel(place, list(curves(results, convention)), results.labels(convention))
        place.set_title(f"{convention} model")
        place.grid(alpha=0.3)
        place.legend(loc="upper center", bbox_to_anchor=(0.5, -0.12), frameon=False)
    save(figure, path)


def reliability(place: "Axes", drawn: list[Curve], labels: Floats) -> None:
    """The share of duplicates among the pairs of about the same probability; on the diagonal both are the same.

    A line has a gap where too few pairs have such a probability, lest it look as if it were on the diagonal there.
    """
    place.plot([0, 1], [0, 1], color="0.6", linewidth=1, label="as they should be")
    for (name, scored), style in zip(drawn, STYLES, strict=False):
        likely, own = scored.probabilities, labels[scored.rows]
        bins = np.minimum((likely * BINS).astype(int), BINS - 1)
        counts = np.bincount(bins, minlength=BINS)
        shown = counts >= FEWEST
        sums = (np.bincount(bins, weights=values, minlength=BINS) for values in (likely, own))
        means = [np.where(shown, total / np.maximum(counts, 1), np.nan) for total in sums]
        between = counts[1:-1].sum() / counts.sum()
        place.plot(*means, markersize=5, **style, label=f"{name} ({between:.1%} of {counts.sum():,} between .1 and .9)")
    limits = (-0.02, 1.02)
    place.set(xlabel="mean probability given", ylabel="share that are duplicates", xlim=limits, ylim=limits)


def precision_recall(place: "Axes", drawn: list[Curve], labels: Floats) -> None:
    """Precision against recall over all thresholds; the marker is where the threshold is 0.5."""
    from sklearn.metrics import average_precision_score, precision_recall_curve

    for (name, scored), style in zip(drawn, STYLES, strict=False):
        likely, own = scored.probabilities, labels[scored.rows]
        precision, recall, _ = precision_recall_curve(own, likely)
        area = average_precision_score(own, likely)
        line: dict[str, Any] = {"color": style["color"], "linestyle": style["linestyle"]}
        place.plot(recall, precision, **line, drawstyle="steps-post", label=f"{name}, average precision {area:.3f}")
        called = likely >= 0.5
        right = (called & (own == 1)).sum()
        place.plot(
            [right / own.sum()], [right / called.sum()], color=style["color"], marker=style["marker"], markersize=7
        )
    limits = (LOWEST, 1.005)
    place.set(xlabel="recall", ylabel="precision", xlim=limits, ylim=limits)
