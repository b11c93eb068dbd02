"""Reasons: why records were removed, in sentences; asked for removed records only, because each takes a millisecond."""

import pickle
from collections.abc import Iterator, Sequence

from papertwin.data.rows import decode
from papertwin.data.sides import as_record
from papertwin.models.explanation import explain
from papertwin.models.model import Model
from papertwin.works.processes import in_processes

BATCH = 200  # pairs
Raw = tuple[bytes, bytes]


class _Explaining:
    """What a process does; the model is unpickled there, because what it has opened must not be shared by fork."""

    def __init__(self, model: bytes) -> None:
        self._pickled = model
        self._model: Model | None = None

    def __call__(self, pairs: Sequence[Raw]) -> list[tuple[str, ...]]:
        if self._model is None:
            self._model = pickle.loads(self._pickled)
        assert self._model is not None
        left, right = ([as_record(decode(pair[side])) for pair in pairs] for side in (0, 1))
        return [explanation.reasons for explanation in explain(self._model, left, right)]


def reasons(model: Model, batches: Iterator[Sequence[Raw]], jobs: int) -> Iterator[tuple[str, ...]]:
    """The reasons for the answer to each pair of raw records, in order, the most telling first."""
    for _, said in in_processes(_Explaining(pickle.dumps(model)), batches, jobs):
        yield from said
