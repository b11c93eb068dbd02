"""The chart of throughput and memory against the number of pairs."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from speed_inputs import TITLES, Input
from speed_usage import Usage

CHART = "speed.png"
DOTS_PER_INCH = 110
# Told apart without colour by dash and marker (colours: Okabe and Ito 2008).
STYLES: tuple[dict[str, Any], ...] = (
    {"color": "#0072B2", "linestyle": "-", "marker": "o"},
    {"color": "#D55E00", "linestyle": "--", "marker": "s"},
    {"color": "#009E73", "linestyle": ":", "marker": "^"},
)
Sizes = Sequence[tuple[Input, Usage]]


def draw(sizes: Sizes, path: Path) -> bool:
    """Draw the chart; False where matplotlib is not installed."""
    try:
        import matplotlib as mpl
    except ImportError:
        print("no chart: pip install '.[plot]' for matplotlib", file=sys.stderr)
        return False
    mpl.use("agg")
    import matplotlib.pyplot as plt

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
    figure.savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": None})
    plt.close(figure)
    return True
