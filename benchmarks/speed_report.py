"""The report on speed, as Markdown, and the short table of the README."""

import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

import speed_tables as tables
from markdown import Cell, table
from papertwin.arguments import cores
from speed_chart import CHART, Sizes
from speed_goals import HEAD as GOALS_HEAD
from speed_goals import goals
from speed_inputs import TITLES, WITH_ABSTRACTS
from speed_measure import Measured, StartUp, memory
from speed_peers import NAMES, WHAT, PeerSpeed

LIBRARIES = ("numpy", "onnxruntime", "rapidfuzz", "msgspec", "pandas")
HEAD = """\
# Speed

Measured by `make bench-speed SETS=DIR`, from files to files: reading and writing count.
Every figure is the least of {runs} runs in processes of their own, since other work on a machine only ever adds.
CPU seconds are those of a process and of all that it starts, user and system; memory is that of the largest process.
Machines and loads differ, so everything is also told as a multiple of what `json.loads` takes: compare those.
That is `json.loads` alone, over the same lines, in the same run.
Throughput leaves start-up out: the time of one pair, measured apart, is subtracted.

The machine: {machine}.
The records are {records:,} of `{source}`, with a title and an abstract each.
Where they run out they come again with other words and names, so that no record is there twice.
Every other pair is a record and a changed copy of it, the others are neighbours in the order of titles."""
ALL_CORES = "On all cores (`--jobs {jobs}`), by wall time, which depends on what else the machine does:"
YARDSTICKS = """\
The yardsticks: `json.loads` of every line, its results dropped at once (what everything is a multiple of) or all kept
in a list, which costs memory and its bookkeeping; and a bare RapidFuzz loop, `fuzz.ratio` of the titles and
`token_set_ratio` of the authors, one pair after the other, on records that are parsed already:"""
STAGES = """\
The package's own functions on its own batches, in one process.
Reading includes parsing, writing includes putting the answers into the lines.
The parts are timed too, which itself takes a little."""
SIZES = "One run each, on one process, start-up subtracted."
EARLIER = "The chart is of an earlier run; `--chart` draws it anew."
AGAIN = """\
```sh
make bench-speed SETS=DIR                                 # DIR holds search_results/records.jsonl.gz
python benchmarks/speed.py DIR --no-peers --pairs 5000    # quick: the report stays in benchmarks/out
python benchmarks/speed.py DIR --chart --largest 3000000  # by size too: 20 GB of disk, an hour or two
```

A run with the peers and with {enough:,} pairs or more writes this page and the table of the README."""
ENOUGH = 10_000  # pairs, for a run that is published


@dataclass(slots=True)
class Run:
    """All that a run found. `loads` are the machine's load averages at its beginning and end."""

    source: str
    records: int
    runs: int
    start: StartUp
    measured: list[Measured]
    peers: list[PeerSpeed] = field(default_factory=list)
    sizes: Sizes = ()
    loads: list[float] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether it is fit to be published."""
        return bool(self.peers) and all(one.given.pairs >= ENOUGH for one in self.measured)


def machine(loads: Sequence[float]) -> str:
    """The machine and its load in plain words."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    load = " and ".join(f"{load:.1f}" for load in loads)
    return (
        f"{cores()} cores ({platform.machine()}), {memory() / 2**30:.0f} GB, {platform.system()}, Python "
        f"{platform.python_version()}, {libraries}; a load of {load} at the beginning and at the end of the run, where "
        f"{cores()} keeps all cores busy"
    )


def report(run: Run, charted: bool) -> str:
    """The whole page; `charted` says whether there is a chart to show."""
    measured, jobs = run.measured, run.measured[0].jobs
    head = HEAD.format(runs=run.runs, machine=machine(run.loads), records=run.records, source=run.source)
    parts = [head, "## File to file", "On one process (`--jobs 1`):", tables.one_process(measured)]
    parts += [ALL_CORES.format(jobs=jobs), tables.all_cores(measured), YARDSTICKS, tables.yardsticks(measured)]
    abstracts = next(one for one in measured if one.given.kind == WITH_ABSTRACTS)
    parts += ["## Stage by stage", STAGES, tables.stages(measured)]
    parts += [f"Of {TITLES[WITH_ABSTRACTS]}:", tables.dearest(abstracts)]
    parts += ["## Start-up", tables.start_up(run.start)]
    if run.peers:
        parts += ["## Beside other tools", WHAT, tables.beside_peers(measured, run.peers)]
    if run.sizes or charted:
        parts.append("## By size")
    if charted:
        parts.append(f"![Throughput and memory by size]({CHART})")
    if run.sizes:
        parts += [SIZES, tables.by_size(run.sizes)]
    elif charted:
        parts.append(EARLIER)
    parts += ["## Goals", table(GOALS_HEAD, goals(measured, run.start, run.sizes))]
    return "\n\n".join([*parts, "## Measuring again", AGAIN.format(enough=ENOUGH)]) + "\n"


def headline(run: Run) -> str:
    """The short table of the README."""
    names = NAMES if run.peers else ()
    jobs, start = run.measured[0].jobs, run.start
    rows: list[list[Cell]] = []
    for one in run.measured:
        rates = {peer.name: peer.rate for peer in run.peers if peer.kind == one.given.kind}
        others = [tables.whole(rate) if (rate := rates.get(name)) else "-" for name in names]
        together = tables.whole(one.given.pairs / one.all.wall)
        peak = tables.megabytes(one.one)
        title = TITLES[one.given.kind]
        rows.append([title, tables.whole(one.rate), *others, tables.times(one.ratio), together, peak])
    heads = ["pairs per CPU second", "Papertwin", *names, "CPU × json.loads", f"a second on {jobs} cores", "memory"]
    others_told = "; the other tools in memory, charged only for cleaning records and scoring pairs" if names else ""
    return "\n".join(
        [
            table(heads, rows),
            "",
            f"From file to file, under a load of {max(run.loads):.0f} on {jobs} cores{others_told}.",
            f"One pair alone takes {start.predict.cpu:.2f} CPU seconds, "
            f"{start.predict.cpu / start.imports.cpu:.2f} times what importing pandas and onnxruntime takes.",
            "The stages, the goals and how it is measured: [docs/speed.md](docs/speed.md).",
        ]
    )
