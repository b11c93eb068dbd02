"""The measurements: an input file to file on one process and on all cores, beside json.loads and RapidFuzz."""

import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from papertwin.arguments import cores
from speed_inputs import Input
from speed_tasks import STAGES
from speed_usage import Usage, least, used_by

TASKS = Path(__file__).with_name("speed_tasks.py")
PYTHON = (sys.executable, "-P")  # the checkout stays off sys.path, as for users
PREDICT = (*PYTHON, "-c", "import sys; from papertwin.cli import main; sys.exit(main())", "predict")
Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class StartUp:
    """One pair from file to file, and what Python needs to start and to import; each the least of several runs."""

    predict: Usage
    imports: Usage  # of pandas and onnxruntime
    python: Usage


@dataclass(frozen=True, slots=True)
class Measured:
    """An input's figures, the least of several runs.

    `json`, `kept` (json.loads whose results are kept) and `rapidfuzz` are CPU microseconds a pair; `one` and `all`
    are predict on one process and on all cores, start-up subtracted; `parts` are CPU microseconds a pair of the
    stages, of fields (`field NAME`) and of features (`feature NAME`). `jobs` is the number of processes of `all`,
    `bytes` the size of the input's files.
    """

    given: Input
    json: float
    kept: float
    rapidfuzz: float
    one: Usage
    all: Usage
    parts: dict[str, float]
    jobs: int
    bytes: int

    def each(self, usage: Usage) -> float:
        """CPU microseconds a pair."""
        return usage.cpu / self.given.pairs * 1e6

    @property
    def ratio(self) -> float:
        """The CPU time of predict on one process as a multiple of json.loads over the same lines."""
        return self.each(self.one) / self.json

    @property
    def rate(self) -> float:
        """Pairs per CPU second on one process."""
        return self.given.pairs / self.one.cpu

    @property
    def faster(self) -> float:
        """How many times as fast all cores are as one process, by wall time."""
        return self.one.wall / self.all.wall

    def stage(self, name: str) -> float:
        """CPU microseconds a pair of a stage, its fields or features included."""
        inner = {"prepare": "field ", "measure": "feature "}.get(name)
        within = sum(spent for part, spent in self.parts.items() if inner and part.startswith(inner))
        return self.parts.get(name, 0.0) + within

    @property
    def staged(self) -> float:
        """CPU microseconds a pair of all stages."""
        return sum(map(self.stage, STAGES))

    @property
    def in_memory(self) -> float:
        """Pairs per CPU second of preparing, measuring and scoring alone, without reading and writing."""
        return 1e6 / sum(map(self.stage, ("prepare", "measure", "score")))

    @property
    def dearest(self) -> str:
        """The stage that takes most."""
        return max(STAGES, key=self.stage)


def predict(given: Input, jobs: int) -> Usage:
    """What predict uses from file to file."""
    answers = given.path.with_suffix(".answers.jsonl")
    records = ["--records", str(given.records)] if given.records else []
    try:
        return used_by(
            [*PREDICT, str(given.path), *records, "-o", str(answers), "--jobs", str(jobs), "--force", "--quiet"]
        )
    finally:
        answers.unlink(missing_ok=True)


def task(name: str, given: Input) -> dict[str, float]:
    """CPU microseconds a pair, by one of the tasks in a process of its own."""
    used = used_by([*PYTHON, str(TASKS), name, *given.files])
    return {part: seconds / given.pairs * 1e6 for part, seconds in json.loads(used.printed).items()}


def start_up(single: Input, runs: int) -> StartUp:
    """What a start takes, by the input of a single pair."""
    imports, nothing = ([*PYTHON, "-c", code] for code in ("import pandas, onnxruntime", "pass"))
    rounds = [(predict(single, 1), used_by(imports), used_by(nothing)) for _ in range(runs)]
    return StartUp(*(least(one) for one in zip(*rounds, strict=True)))


def measured(given: Input, start: StartUp, runs: int, log: Log) -> Measured:
    """Everything about an input; each run measures all things in turn, so that a busy minute disturbs none alone."""
    jobs, size = cores(), sum(Path(path).stat().st_size for path in given.files)
    usages: list[tuple[Usage, Usage]] = []
    parts: list[dict[str, float]] = []
    for run in range(runs):
        log(f"{given.kind}, {given.pairs:,} pairs, run {run + 1} of {runs}")
        parts.append(task("json", given) | task("rapidfuzz", given) | task("stages", given))
        usages.append((predict(given, 1), predict(given, jobs)))
    one, every = (least(column) - start.predict for column in zip(*usages, strict=True))
    best = min(parts, key=lambda found: sum(found.values()))  # of one run, so that the stages go together
    parsing, kept, comparing = (min(found[name] for found in parts) for name in ("json", "kept", "rapidfuzz"))
    return Measured(given, parsing, kept, comparing, one, every, best, jobs, size)


def by_size(inputs: Iterable[Input], start: StartUp, log: Log) -> list[tuple[Input, Usage]]:
    """Predict on one process for inputs of growing size, once each, start-up subtracted; the files are removed.

    A size is left out that might take more than half of the machine's memory, going by the size before.
    """
    found: list[tuple[Input, Usage]] = []
    for given in inputs:
        before = [used.peak / smaller.pairs for smaller, used in found if smaller.kind == given.kind]
        if before and before[-1] * given.pairs > memory() / 2:
            log(f"{given.kind}, {given.pairs:,} pairs: left out for want of memory")
        else:
            log(f"{given.kind}, {given.pairs:,} pairs")
            found.append((given, predict(given, 1) - start.predict))
        given.remove()
    return found


def memory() -> int:
    """The machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
