"""Numbers as text and rows as Markdown tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scored import Figures

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: its head, the figure it shows, and whether as a share (per cent)."""

    head: str
    name: str
    percent: bool = False


AT_HALF = (Shown("precision", "precision"), Shown("recall", "recall"), Shown("F1", "f1"))
ERRORS = (Shown("wrong merges", "wrong_merges"), Shown("misses", "misses"))
COUNTS = (Shown("pairs", "pairs"), Shown("duplicates", "duplicates"))
CALIBRATION = (Shown("Brier", "brier"), Shown("ECE", "ece"), Shown("ECE corrected", "ece_corrected"))
REVIEW = (Shown("review", "review", percent=True),)
AUTOMATIC = (
    Shown("precision", "auto_precision"),
    Shown("recall", "auto_recall"),
    Shown("F1", "auto_f1"),
    Shown("wrong merges", "auto_wrong_merges"),
    Shown("dismissed", "dismissed", percent=True),
    *REVIEW,
)


def number(value: Cell, *, percent: bool = False) -> str:
    """A count with commas, a share with four digits or as per cent, "-" for what is undefined."""
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.1%}" if percent else f"{value:.4f}"


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A Markdown table; the first column is text, the others are numbers."""
    lines = [list(head), ["---", *["---:"] * (len(head) - 1)], *([number(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def figure_table(first: str, columns: Sequence[Shown], rows: Iterable[tuple[str, Figures]]) -> str:
    """A row for each named thing, its figures in the columns."""
    cells = ([name, *(number(row.get(one.name), percent=one.percent) for one in columns)] for name, row in rows)
    return table([first, *(one.head for one in columns)], cells)
