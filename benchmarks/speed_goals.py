"""The goals, what was measured of each, and what holds it back."""

from collections.abc import Iterator, Sequence

from markdown import Cell
from speed_chart import Sizes
from speed_inputs import ID_PAIRS, TITLES, WITH_ABSTRACTS, WITHOUT_ABSTRACTS, records_of
from speed_measure import Measured, StartUp

OF_JSON = {
    WITH_ABSTRACTS: 3.5,
    WITHOUT_ABSTRACTS: 4.0,
}  # times json.loads over the same lines, results kept as when this was set, at most
ID_RATE = 55_000  # pairs of ids per CPU second, at least
CASE_MEMORY = 300e6  # bytes, whatever the size of a file of cases, at most
TWO_PROCESSES = 1.8  # times as fast as one, at least
START = 1.3  # times the CPU time of importing pandas and onnxruntime, at most
MANY_RECORDS, MANY_MEMORY = 1_000_000, 3e9  # records behind pairs of ids, and bytes, at most
ENOUGH_RECORDS = 10_000  # to tell from them what a million take
HEAD = ("goal", "wanted", "measured", "met", "what holds it back")


def goals(measured: Sequence[Measured], start: StartUp, sizes: Sizes) -> Iterator[list[Cell]]:
    """A row for each goal."""
    by_kind = {one.given.kind: one for one in measured}
    for kind, most in OF_JSON.items():
        one = by_kind[kind]
        yield [
            TITLES[kind],
            f"at most {most} × json.loads",
            f"{one.ratio * one.json / one.kept:.1f} × with results kept, {one.ratio:.1f} × without",
            _met(one.ratio * one.json / one.kept <= most),
            _dearest(one),
        ]
    ids = by_kind[ID_PAIRS]
    wanted = f"{ID_RATE:,} per CPU second"
    yield [TITLES[ID_PAIRS], wanted, f"{ids.rate:,.0f}", _met(ids.rate >= ID_RATE), _dearest(ids)]
    cases = [used for given, used in sizes if given.kind in OF_JSON]
    cases += [used for kind in OF_JSON for used in (by_kind[kind].one, by_kind[kind].all)]
    peak = max(used.peak for used in cases)
    wanted = f"under {CASE_MEMORY / 1e6:.0f} MB"
    yield ["peak memory, cases of any number", wanted, f"{peak / 1e6:.0f} MB", _met(peak < CASE_MEMORY), "-"]
    yield from map(_two_processes, measured)
    yield _many_records(sizes)
    share = start.predict.cpu / start.imports.cpu
    yield [
        "start-up: predict of one pair",
        f"at most {START} × importing pandas and onnxruntime",
        f"{share:.2f} ×",
        _met(share <= START),
        "-",
    ]


def _two_processes(one: Measured) -> list[Cell]:
    """By wall time where the cores are two; what more processes cost in CPU time bounds it on an idle machine."""
    bound = one.jobs * one.one.cpu / one.all.cpu
    return [
        f"two processes beside one, {TITLES[one.given.kind]}",
        f"{TWO_PROCESSES} times as fast",
        f"{one.faster:.2f} by wall time on {one.jobs}",
        _met(one.faster >= TWO_PROCESSES) if one.jobs == 2 else "-",
        f"other work on the machine; by CPU time at most {bound:.2f} on idle cores",
    ]


def _many_records(sizes: Sizes) -> list[Cell]:
    """Memory grows with the records, for pairs are streamed: what a million take, measured or by the largest sizes."""
    goal: list[Cell] = [f"ids of {MANY_RECORDS:,} records", f"inside {MANY_MEMORY / 1e9:.0f} GB"]
    ids = [(records_of(given.pairs), used.peak) for given, used in sizes if given.kind == ID_PAIRS]
    if len(ids) < 2 or ids[-1][0] < ENOUGH_RECORDS:
        return [*goal, "-", "-", "not measured: it takes --chart and 50,000 pairs"]
    (few, low), (many, high) = ids[-2:]
    each = (high - low) / (many - few)
    found = low + each * (MANY_RECORDS - few)
    told = f"{found / 1e9:.1f} GB" + ("" if many == MANY_RECORDS else f", extrapolated from {many:,} records")
    return [*goal, told, _met(found < MANY_MEMORY), f"{each:,.0f} bytes a record with abstract"]


def _dearest(one: Measured) -> str:
    name = one.dearest
    return f"{name}: {one.stage(name) / one.staged:.0%} of the stages"


def _met(kept: bool) -> str:
    return "yes" if kept else "no"
