"""The chart of throughput and memory against the number of pairs."""

from collections.abc import Sequence
from pathlib import Path

from drawing import STYLES, pyplot, save
from speed_inputs import TITLES, Input
from speed_usage import Usage

CHART = "speed.png"
Sizes = Sequence[tuple[Input, Usage]]


def draw(sizes: Sizes, path: Path) -> None:
    """Draw the chart, where matplotlib is installed."""
    plt = pyplot("chart")
    if plt is None:
        return
    figure, (rate, memory) = plt.subplots(1, 2, figsize=(11, 5.2), sharex=True, layout="constrained")
    for (kind, title), style in zip(TITLES.items(), STYLES, strict=True):
        of_kind = [(given.pairs, usage) for given, usage in sizes if given.kind == kind]
        pairs = [count for count, _ in of_kind]
        rate.plot(pairs, [count / usage.cpu for count, usage in of_kind], label=title, **style)
        memory.plot(pairs, [usage.peak / 1e6 for _, usage in of_kind], **style)
    for place, head in ((rate, "pairs per CPU second, start-up left out"), (memory, "peak memory, MB")):
        place.set(xscale="log", xlabel="pairs", title=head)
        place.set_ylim(bottom=0)
        place.grid(alpha=0.3)
        place.yaxis.set_major_formatter("{x:,.0f}")
        place.xaxis.set_major_formatter("{x:,.0f}")
        place.xaxis.set_minor_formatter("")
    figure.legend(loc="outside lower center", ncols=len(TITLES), frameon=False)
    save(figure, path)
