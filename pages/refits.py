"""When the model learns from the decisions of a review, one refit at a time, and what the page is told of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from threading import RLock
from typing import Any

from papertwin.data.errors import PapertwinError
from papertwin.data.labels import label_of
from papertwin.pages.refit import Refit, Refitted
from papertwin.pages.shown import JSON
from papertwin.training import too_few

Use = Callable[[Refitted], int]  # takes a new model, and returns how many answers it changes


class Refits:
    """When a refit starts, and what the page is told of it.

    `model` names the model of the beginning as --model does, `base` the shipped pairs that refits add the decisions
    to; after every `every` decisions a refit starts by itself, after none where it is 0. New models get the one
    `threshold` in place of theirs, if there is one, as that of the beginning has it.
    """

    def __init__(self, model: str, base: str, every: int, threshold: float | None = None) -> None:
        self._model, self._base, self._every, self._threshold = model, base, every, threshold
        self._lock = RLock()
        self._running: Refit | None = None
        self._new = 0  # decisions since the last refit began
        self._result: JSON | None = None
        self._error: str | None = None
        self._number = 0  # of results and errors, by which the page knows a new one

    def count(self) -> None:
        """One decision more."""
        with self._lock:
            self._new += 1

    @property
    def due(self) -> bool:
        """Whether enough decisions are new, and no refit is under way."""
        return bool(self._every) and self._new >= self._every and self._running is None

    def begin(self, cases: Sequence[Mapping[str, Any]], use: Use, asked: bool) -> None:
        """Start a refit with these decided cases, unless one is under way; `use` is given the new model.

        Where somebody `asked` for it, cases of one kind only are an error; else these, and too few cases, are a reason
        to wait.
        """
        with self._lock:
            if self._running is not None:
                return
            duplicates = sum(bool(label_of(case)) for case in cases)
            distinct = len(cases) - duplicates
            if not (duplicates and distinct):
                if asked:
                    self._fail("A model needs decisions of both kinds: some duplicates, and some that are not.")
                return
            if not asked and too_few(duplicates, distinct):
                return
            self._new, self._error = 0, None
            self._running = Refit(cases, self._model, self._base, partial(self._finish, use))

    def _finish(self, use: Use, result: Refitted | PapertwinError) -> None:
        with self._lock:
            self._running = None
            if isinstance(result, PapertwinError):
                self._fail(str(result))
                return
        changed = use(replace(result, model=result.model.at(self._threshold)))
        with self._lock:
            self._number += 1
            self._result = {
                "cases": result.cases,
                "before": result.before,
                "after": result.after,
                "changed": changed,
            }

    def _fail(self, error: str) -> None:
        self._error = error
        self._number += 1

    def state(self) -> JSON:
        """What the page is told."""
        with self._lock:
            return {
                "every": self._every,
                "running": self._running is not None,
                "number": self._number,
                "new": self._new,
                "result": self._result,
                "error": self._error,
            }

    def close(self) -> None:
        """Stop what is under way."""
        running = self._running
        if running is not None:
            running.stop()
