"""What the plots of all reports share: matplotlib, where it is installed, and lines told apart without colour."""

import sys
from pathlib import Path
from typing import Any

DOTS_PER_INCH = 110
# By dash and marker (colours: Okabe and Ito 2008).
STYLES: tuple[dict[str, Any], ...] = (
    {"color": "#0072B2", "linestyle": "-", "marker": "o"},
    {"color": "#D55E00", "linestyle": "--", "marker": "s"},
    {"color": "#009E73", "linestyle": ":", "marker": "^"},
)


def pyplot(what: str) -> Any:
    """What draws into files; None where matplotlib is not installed, which is told."""
    try:
        import matplotlib as mpl
    except ImportError:
        print(f"no {what}: pip install '.[plot]' for matplotlib", file=sys.stderr)
        return None
    mpl.use("agg")
    import matplotlib.pyplot as plt

    return plt


def save(figure: Any, path: Path) -> None:
    """Write a figure, the same bytes for the same figure, and be done with it."""
    import matplotlib.pyplot as plt

    figure.savefig(path, dpi=DOTS_PER_INCH, metadata={"Software": None})
    plt.close(figure)
