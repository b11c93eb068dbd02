"""The tables of the report on speed, a function for each, and its numbers as text."""

from collections.abc import Sequence

from markdown import Cell, table
from speed_chart import Sizes
from speed_inputs import TITLES
from speed_measure import Measured, StartUp
from speed_peers import PeerSpeed
from speed_tasks import STAGES
from speed_usage import Usage

SHOWN = 8  # of the dearest fields and features


def one_process(measured: Sequence[Measured]) -> str:
    """Predict on one process."""
    rows = (
        [
            TITLES[one.given.kind],
            count(one.given.pairs),
            micro(one.each(one.one)),
            times(one.ratio),
            times(one.each(one.one) / one.rapidfuzz),
            whole(one.rate),
            megabytes(one.one),
        ]
        for one in measured
    )
    return table(
        ["input", "pairs", "CPU µs a pair", "× json.loads", "× RapidFuzz loop", "pairs per CPU second", "memory"], rows
    )


def all_cores(measured: Sequence[Measured]) -> str:
    """Predict on all cores beside one process, by wall time."""
    rows = (
        [
            TITLES[one.given.kind],
            whole(one.given.pairs / one.all.wall),
            whole(one.given.pairs / one.one.wall),
            f"{one.faster:.2f}",
            micro(one.each(one.all)),
            megabytes(one.all),
        ]
        for one in measured
    )
    return table(
        ["input", "pairs a second", "on one process", "times as fast", "CPU µs a pair on all cores", "memory"], rows
    )


def yardsticks(measured: Sequence[Measured]) -> str:
    """What json.loads and RapidFuzz take for the same pairs."""
    rows = (
        [
            TITLES[one.given.kind],
            micro(one.json),
            micro(one.kept),
            micro(one.rapidfuzz),
            count(one.bytes // one.given.pairs),
        ]
        for one in measured
    )
    return table(["CPU µs a pair", "json.loads", "json.loads, results kept", "RapidFuzz loop", "bytes a pair"], rows)


def stages(measured: Sequence[Measured]) -> str:
    """The stages of predict."""
    rows = []
    for one in measured:
        spent = [*(one.stage(name) for name in STAGES), one.staged]
        rows.append([TITLES[one.given.kind], *(f"{micro(value)} ({times(value / one.json)})" for value in spent)])
    return table(["CPU µs a pair (× json.loads)", *STAGES, "together"], rows)


def dearest(one: Measured) -> str:
    """The fields and the features that take most."""
    rows = []
    for inner, stage in (("field ", "prepare"), ("feature ", "measure")):
        spent = {name.removeprefix(inner): value for name, value in one.parts.items() if name.startswith(inner)}
        rows += [
            [f"{inner}`{name}`", micro(spent[name]), stage, f"{spent[name] / one.stage(stage):.0%}"]
            for name in sorted(spent, key=lambda name: -spent[name])[:SHOWN]
        ]
    return table(["the dearest", "CPU µs a pair", "stage", "share of the stage"], rows)


def start_up(start: StartUp) -> str:
    """One pair beside the imports."""
    rows = (
        ("predict of one pair", start.predict),
        ("import pandas, onnxruntime", start.imports),
        ("Python alone", start.python),
    )
    cells = (
        [name, f"{used.cpu:.2f} s", f"{used.wall:.2f} s", f"{used.cpu / start.imports.cpu:.2f}", megabytes(used)]
        for name, used in rows
    )
    return table(["a process of its own", "CPU", "wall", "CPU × the imports", "memory"], cells)


def beside_peers(measured: Sequence[Measured], peers: Sequence[PeerSpeed]) -> str:
    """Pairs per CPU second, ours and theirs."""
    rows: list[list[Cell]] = []
    for one in measured:
        title = TITLES[one.given.kind]
        ours = (("Papertwin, file to file", one.rate), ("Papertwin, in memory", one.in_memory))
        rows += [
            [title, name, count(one.given.pairs), whole(rate), times(1e6 / rate / one.json), "-"] for name, rate in ours
        ]
        for peer in peers:
            if peer.kind != one.given.kind:
                continue
            if peer.rate is None:
                rows.append([title, peer.name, count(peer.pairs), "-", "-", peer.failure])
                continue
            each = 1e6 / peer.rate
            rows.append(
                [
                    title,
                    peer.name,
                    count(peer.pairs),
                    whole(peer.rate),
                    times(each / one.json),
                    times(one.in_memory / peer.rate),
                ]
            )
    return table(
        ["input", "tool", "pairs", "pairs per CPU second", "× json.loads", "Papertwin in memory beside it"], rows
    )


def by_size(sizes: Sizes) -> str:
    """Throughput and memory as inputs grow."""
    rows = (
        [TITLES[given.kind], count(given.pairs), whole(given.pairs / used.cpu), megabytes(used)]
        for given, used in sizes
    )
    return table(["input", "pairs", "pairs per CPU second", "memory"], rows)


def megabytes(used: Usage) -> str:
    """The peak memory, in millions of bytes."""
    return f"{used.peak / 1e6:,.0f} MB"


def micro(value: float) -> str:
    """Microseconds, with a digit behind the point where there are few."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def times(value: float) -> str:
    """A multiple, with two digits that mean something."""
    return f"{value:,.0f} ×" if value >= 10 else f"{value:.1f} ×"


def count(value: int) -> str:
    """A count with commas."""
    return f"{value:,}"


def whole(value: float) -> str:
    """A rate with three digits that mean something."""
    return f"{round(value, -max(len(str(int(value))) - 3, 0)):,.0f}"
