"""What is timed inside a process: `python speed_tasks.py TASK PAIRS [RECORDS]` prints CPU seconds as JSON.

`json`: json.loads of every line, once dropping what it returns (`json`), once keeping all of it in a list (`kept`),
which takes two or three times as long, for memory and its bookkeeping. `rapidfuzz`: a bare loop over the pairs, the
ratio of the titles and the token_set_ratio of the authors. `stages`: predict, stage by stage. Reading and parsing
count in `stages` alone.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial, wraps
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

LINES = 2000  # that are held at a time
STAGES = ("read", "prepare", "measure", "score", "write")
Seconds = dict[str, float]


class Clock:
    """CPU seconds of this process by stage; a stage within another takes its time away from it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what is done inside under this name."""
        self._switch()
        self._open.append(name)
        try:
            yield
        finally:
            self._switch()
            self._open.pop()

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted under this name."""

        @wraps(function)
        def counted(*arguments: Any) -> Any:
            with self.stage(name):
                return function(*arguments)

        return counted

    def _switch(self) -> None:
        now = time.process_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._since
        self._since = now


def chunks(path: str) -> Iterator[list[bytes]]:
    """The lines of a file, LINES at a time."""
    with Path(path).open("rb") as lines:
        while chunk := list(islice(lines, LINES)):
            yield chunk


def parse(files: Sequence[str]) -> Seconds:
    """json.loads over all lines of all files, what it returns dropped at once, and kept."""
    clock = Clock()
    for path in files:
        for chunk in chunks(path):
            with clock.stage("json"):
                for line in chunk:
                    json.loads(line)
    lines = [line for path in files for chunk in chunks(path) for line in chunk]
    with clock.stage("kept"):
        kept = [json.loads(line) for line in lines]
    del kept
    return clock.seconds


def compare(files: Sequence[str]) -> Seconds:
    """Two RapidFuzz measures a pair, one pair after the other."""
    from rapidfuzz import fuzz

    def texts(record: dict[str, Any]) -> tuple[str, str]:
        authors = record["authors"] or ""
        return record["title"], authors if isinstance(authors, str) else " ".join(authors)

    known = {one["id"]: texts(one) for path in files[1:] for chunk in chunks(path) for one in map(json.loads, chunk)}
    clock = Clock()
    for chunk in chunks(files[0]):
        rows = [json.loads(line) for line in chunk]
        if known:
            pairs = [(known[row["id_1"]], known[row["id_2"]]) for row in rows]
        else:
            pairs = [(texts(row["doc_1"]), texts(row["doc_2"])) for row in rows]
        with clock.stage("rapidfuzz"):
            for (title_1, authors_1), (title_2, authors_2) in pairs:
                fuzz.ratio(title_1, title_2)
                fuzz.token_set_ratio(authors_1, authors_2)
    return clock.seconds


@contextmanager
def counted_within(clock: Clock) -> Iterator[None]:
    """Inside the block, preparing and measuring are counted, in all and by field and feature."""
    from papertwin import scoring
    from papertwin.data import fields, named

    compared = import_module("papertwin.features.vectors")  # the package has a function of that name
    prepare = clock.timed("prepare", fields.prepare)
    derived = tuple(replace(one, derive=clock.timed(f"field {one.name}", one.derive)) for one in fields.FIELDS)
    features = tuple(
        replace(one, measure=clock.timed(f"feature {one.name}", one.measure)) if one.measure else one
        for one in compared.FEATURES
    )
    with ExitStack() as stack:
        for module, name, value in (
            (fields, "prepare", prepare),
            (named, "prepare", prepare),
            (scoring, "vectors", clock.timed("measure", compared.vectors)),
            (fields, "FIELDS", derived),
            (compared, "FEATURES", features),
        ):
            stack.enter_context(patch.object(module, name, value))
        yield


def stages(files: Sequence[str]) -> Seconds:
    """The stages of predict, by its own functions and in its own batches; once over, without starting up.

    `field NAME` and `feature NAME` are parts of prepare and of measure. Raises RuntimeError where the parts do not
    make the answers of the whole.
    """
    from papertwin import scoring
    from papertwin.data import named
    from papertwin.data.output import RowOutput
    from papertwin.data.pairs import open_pairs
    from papertwin.features import COMPARED
    from papertwin.models import load

    pairs, records = files[0], files[1] if len(files) > 1 else None
    model, clock = load("work"), Clock()
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(dir=Path(pairs).parent))
        output = stack.enter_context(RowOutput(Path(folder, "answers.jsonl")))
        stack.enter_context(counted_within(clock))
        with clock.stage("read"):
            file = open_pairs(pairs, records, read=partial(named.NamedRecords, COMPARED, 1))
            library = file.records if isinstance(file.records, named.NamedRecords) else None
            batches = file.batches()
        scorer = scoring.Scorer(model, file.shape, output.writer.layout, library)
        checked = False
        while True:
            with clock.stage("read"):
                batch = next(batches, None)
                if batch is None:
                    break
                rows = [(row.raw, scorer._pair(row.raw)) for row in batch.rows]
            with clock.stage("measure"):
                vectors = scorer._vectors([pair for _, pair in rows], Counter())
            with clock.stage("score"):
                probabilities, decisions = model.answers(vectors)
            with clock.stage("write"):
                answers = zip(rows, probabilities.tolist(), decisions, strict=True)
                lines = [
                    scorer._answered(scorer._lay_out(raw, pair), pair.has, *said) for (raw, pair), *said in answers
                ]
                output.write(lines)
            if not checked:
                checked, kept = True, clock.seconds.copy()
                if lines != scorer(batch).lines:
                    raise RuntimeError("the stages do not make the answers that predict makes")
                clock.seconds = kept
        with clock.stage("write"):
            output.finish()
    return clock.seconds


TASKS: dict[str, Callable[[Sequence[str]], Seconds]] = {"json": parse, "rapidfuzz": compare, "stages": stages}

if __name__ == "__main__":
    print(json.dumps(TASKS[sys.argv[1]](sys.argv[2:])))
