"""What whole files were to reach, what was measured of it, and where it is not met."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dedupe_peers import WHOLE
from markdown import Cell
from papertwin.data.labelled.sets import SETS

Found = Mapping[str, Any]  # as the report has it
NOISE = {one.name: one.noise for one in SETS}  # what is known to be wrong with the labels, or hard
OURS = "unseen"  # the model that is judged: a new file's
LEAST_B_CUBED = 0.99  # of each set
LEAST_RECALL, MOST_CANDIDATES = 0.999, 10.0  # of a set's duplicate pairs; of a record
RATE_SIZE, RATE = 100_000, 5_000  # records, and records a second
TIMES_PEER = 30  # times bib-dedupe's records per CPU second
MANY, MANY_SECONDS, MANY_MB = 1_000_000, 600, 6_000
HEAD = ("goal", "wanted", "measured", "met", "where not")


def goals(found: Found, sets: Sequence[str]) -> Iterator[list[Cell]]:
    """A row for each goal, of the sets that were measured."""
    ours = {name: found[f"{name}.ours"] for name in sets}
    works = {name: one["works"][OURS] for name, one in ours.items() if OURS in one["works"]}
    for title, figure in (("pair F1", "f1"), ("B-cubed F1", "b_f1")):
        less = [name for name, own in works.items() if _best(found, name, figure) > own[figure]]
        yield _of_sets(f"{title} beside each tool, set unseen", "no set where one is better", works, less)
    less = [name for name, own in works.items() if own["b_f1"] < LEAST_B_CUBED]
    less = [f"{name} ({noise})" if (noise := NOISE.get(name)) else name for name in less]  # the labels may be at fault
    yield _of_sets("B-cubed F1, set unseen", f"{LEAST_B_CUBED} on each set", works, less)
    less = [name for name, one in ours.items() if one["candidates"]["recall"] < LEAST_RECALL]
    yield _of_sets("recall of candidates", f"{LEAST_RECALL} on each set", ours, less)
    more = [name for name, one in ours.items() if one["candidates"]["per_record"] > MOST_CANDIDATES]
    yield _of_sets("candidates per record", f"at most {MOST_CANDIDATES:.0f} on each set", ours, more)
    yield from _speed(found, sets)


def _of_sets(title: str, wanted: str, among: Mapping[str, Any], missed: Sequence[str]) -> list[Cell]:
    """How many sets reach a goal, and which do not."""
    reached = f"{len(among) - len(missed)} of {len(among)} sets"
    return [title, wanted, reached, _met(not missed), "; ".join(missed) or "-"]


def _best(found: Found, name: str, figure: str) -> float:
    """The best figure of a peer on a set; 0 where none answered."""
    runs = [found[f"{name}.{peer}"] for peer in WHOLE if f"{name}.{peer}" in found]
    return max((run[figure] for run in runs if not run["failure"]), default=0.0)


def _speed(found: Found, sets: Sequence[str]) -> Iterator[list[Cell]]:
    if run := found.get(f"{RATE_SIZE}.speed"):
        wall, cpu = (sum(seconds[place] for seconds in run["seconds"].values()) for place in (0, 1))
        rate = run["records"] / wall
        title = f"records a second at {RATE_SIZE:,} records"
        yield [title, f"{RATE:,} on 2 cores", f"{rate:,.0f} on {run['jobs']}", _met(rate >= RATE), "-"]
        runs = {name: found[f"{name}.bib_dedupe"] for name in sets if f"{name}.bib_dedupe" in found}
        beside = [
            run["records"] / cpu / (found[f"{name}.ours"]["records"] / one["cpu_seconds"])
            for name, one in runs.items()
            if not one["failure"]
        ]
        if beside:
            told = f"{min(beside):.0f} to {max(beside):.0f}, by the set that it is measured on"
            wanted = f"about {TIMES_PEER} times"
            yield ["records per CPU second beside bib-dedupe", wanted, told, _met(min(beside) >= TIMES_PEER), "-"]
    if run := found.get(f"{MANY}.speed"):
        wall, peak = sum(seconds[0] for seconds in run["seconds"].values()), run["largest_process_mb"]
        wanted = f"under {MANY_SECONDS / 60:.0f} minutes and {MANY_MB / 1000:.0f} GB"
        told = f"{wall / 60:.1f} minutes, {peak / 1000:.1f} GB"
        yield [f"{MANY:,} records", wanted, told, _met(wall < MANY_SECONDS and peak < MANY_MB), "-"]


def _met(reached: bool) -> str:
    return "yes" if reached else "no"
