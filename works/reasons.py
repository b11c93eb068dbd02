"""Reasons: why records were removed, in sentences; asked for removed records only, because each takes a millisecond."""

from collections.abc import Iterator, Sequence
from functools import partial

from papertwin.data.processes import in_processes
from papertwin.data.rows import decode
from papertwin.data.sides import as_record
from papertwin.models.explanation import explain
from papertwin.models.model import Model

BATCH = 200  # pairs
Raw = tuple[bytes, bytes]


def reasons(model: Model, batches: Iterator[Sequence[Raw]], jobs: int) -> Iterator[tuple[str, ...]]:
    """The reasons for the answer to each pair of raw records, in order, the most telling first."""
    for _, said in in_processes(partial(_explain, model), batches, jobs):
        yield from said


def _explain(model: Model, pairs: Sequence[Raw]) -> list[tuple[str, ...]]:
    left, right = ([as_record(decode(pair[side])) for pair in pairs] for side in (0, 1))
    return [explanation.reasons for explanation in explain(model, left, right)]
