"""Removal reasons: why removed records were merged with the kept one, in sentences.

They are made for removed records alone, because each takes a millisecond. Where a record and the kept one would not
have been merged as a pair, it came to the work by way of a third record, which is found here as well.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from heapq import heapify, heappop, heappush

from papertwin.data.arrays import Floats, Rows
from papertwin.data.files.field_names import as_record
from papertwin.data.files.rows import decode
from papertwin.data.processes import in_processes
from papertwin.models.explanation import explain
from papertwin.models.model import Model

BATCH = 200  # pairs
Raw = tuple[bytes, bytes]
Ways = dict[int, tuple[int, float]]  # a record: the one by which it came to its work, and their probability


def reasons(model: Model, batches: Iterator[Sequence[Raw]], jobs: int) -> Iterator[tuple[str, ...]]:
    """The reasons for the answer to each pair of raw records, in order, the most telling first."""
    for _, said in in_processes(partial(_explain, model), batches, jobs):
        yield from said


def _explain(model: Model, pairs: Sequence[Raw]) -> list[tuple[str, ...]]:
    left, right = ([as_record(decode(pair[side])) for pair in pairs] for side in (0, 1))
    return [explanation.reasons for explanation in explain(model, left, right)]


def ways(left: Rows, right: Rows, likely: Floats, order: Rows, kept: Rows) -> Ways:
    """By which other record each record came to its work: on the way to the kept one over these pairs.

    From each kept record a tree grows, the likeliest pair first (Prim 1957).
    """
    beside: dict[int, list[tuple[float, int, int, int]]] = {}
    for one, other, probability in zip(left.tolist(), right.tolist(), likely.tolist(), strict=True):
        for near, far in ((one, other), (other, one)):
            beside.setdefault(near, []).append((-probability, int(order[far]), far, near))
    found: Ways = {}
    for first in kept.tolist():
        edges = list(beside.get(first, ()))
        heapify(edges)
        while edges:
            probability, _, far, near = heappop(edges)
            if far not in found and far != first:
                found[far] = near, -probability
                for edge in beside[far]:
                    heappush(edges, edge)
    return found
