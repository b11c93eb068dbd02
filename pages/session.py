"""A review under way: pairs, their order, the journal and the refits, for whoever asks from whichever thread."""

from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import Any

import numpy as np

from papertwin.data.cases import label_of
from papertwin.data.conventions import DEFINITIONS
from papertwin.data.errors import PapertwinError
from papertwin.data.files.streams import Note, quiet
from papertwin.data.wording import counted
from papertwin.models import Model
from papertwin.models.card import REVIEW
from papertwin.pages import queue
from papertwin.pages.journal import ANSWERS, Answer, Journal
from papertwin.pages.pairs import Pairs, as_case
from papertwin.pages.refit import Refit, Refitted
from papertwin.pages.shown import index_of, views
from papertwin.pages.steps import steps

JSON = dict[str, Any]


class Scored:
    """The pairs as a model sees them: their probabilities, decisions and order."""

    def __init__(self, pairs: Pairs, model: Model, order: str) -> None:
        self.pairs, self.model = pairs, model
        self.probabilities, self.decisions = model.answers(pairs.vectors)
        if order == "doubtful":
            self.order = queue.doubtful(self.probabilities, model.thresholds, pairs.vectors, pairs.families)
        elif order == "suspects":
            self.order = queue.suspects(pairs.cases)
        else:
            self.order = np.arange(len(pairs))

    @property
    def sure(self) -> float:
        """The share of pairs that the model decides by itself, 0 to 1."""
        return 1 - self.decisions.count(REVIEW) / len(self.decisions)

    def case(self, row: int) -> JSON:
        """A pair as a line of a case file."""
        return as_case(self.pairs.cases[row], float(self.probabilities[row]), self.model)

    def views(self, rows: Sequence[int]) -> list[JSON]:
        """Some pairs as the page shows them."""
        return views([self.pairs.cases[row] for row in rows], rows, self.model)

    def beginning(self, labels: str) -> JSON:
        """What the page is told once, at its beginning; `labels` is the name of the file of decisions."""
        return {
            "file": self.pairs.name,
            "labels": labels,
            "steps": steps(self.pairs.cases, labels, self.model.convention),
            "count": len(self.pairs),
            "convention": self.model.convention,
            "definition": DEFINITIONS[self.model.convention],
        }

    def belief(self) -> JSON:
        """What the page is told of the model and its order."""
        return {
            "model": self.model.signature,
            "sure": self.sure,
            "between": self.decisions.count(REVIEW),
            "order": self.order.tolist(),
        }

    def index(self) -> list[list[str]]:
        """What can be searched of each pair, in the order of the file."""
        return [index_of(case) for case in self.pairs.cases]


class Session:
    """The served review."""

    def __init__(self, scored: Scored, order: str, journal: Journal, refits: "Refits", note: Note = quiet) -> None:
        self._scored, self._order, self._journal, self._refits, self._note = scored, order, journal, refits, note
        self._beginning = scored
        self._lock = RLock()
        self._rows = {key: row for row, key in enumerate(scored.pairs.keys)}
        self._version = 0  # of the order
        known = (entry for entry in journal.entries if entry.key in self._rows)
        self._log: list[tuple[int, Answer]] = [(self._rows[entry.key], entry.answer) for entry in known]
        if others := len({entry.key for entry in journal.entries} - self._rows.keys()):
            note(f"{journal.path}: {counted(others, 'pair')} of it not in {scored.pairs.name}: left as it is")
        self._settled = self._decided()  # when the order was made

    def start(self) -> JSON:
        """All that a page needs when it opens."""
        with self._lock:
            return self._beginning.beginning(self._journal.path.name) | self.state()

    def state(self, seen: int = 0, version: int = -1) -> JSON:
        """What is new since the page has seen so many lines of the log and this version of the order."""
        with self._lock:
            state: JSON = {"log": self._log[seen:], "seen": len(self._log), "version": self._version}
            if version != self._version:
                belief = self._scored.belief()
                settled = set(self._settled)
                belief["order"] = self._settled + [row for row in belief["order"] if row not in settled]
                state |= belief
            return state | {"refit": self._refits.state()}

    def view(self, row: int) -> JSON:
        """A pair as the page shows it; raises IndexError where there is none of this number."""
        self._check(row)
        return self._scored.views([row])[0]

    def index(self) -> list[list[str]]:
        """What can be searched."""
        return self._scored.index()

    def decide(self, row: int, answer: str) -> None:
        """Save an answer. Raises IndexError or ValueError for nonsense, OutputError where it is not saved."""
        self._check(row)
        if answer not in ANSWERS:
            raise ValueError(answer)
        with self._lock:
            self._journal.decide(self._scored.pairs.keys[row], self._scored.case(row), answer)
            self._log.append((row, answer))
            self._refits.count()
            if self._refits.due:
                self.refit(asked=False)

    def undo(self, row: int) -> None:
        """Take the latest answer to a pair back. Raises as `decide` does, and KeyError where there is none."""
        self._check(row)
        with self._lock:
            answer = self._journal.undo(self._scored.pairs.keys[row], self._scored.case(row))
            self._log.append((row, answer))

    def refit(self, asked: bool = True) -> None:
        """Start a refit, unless one is under way or all decisions are of one kind; the state tells."""
        with self._lock:
            self._refits.begin(self._journal.labelled(), self._refitted, asked)

    def close(self) -> None:
        """Stop what is under way, and let go of the journal."""
        self._refits.close()
        self._journal.close()

    def _check(self, row: int) -> None:
        if not 0 <= row < len(self._scored.pairs):
            raise IndexError(row)

    def _refitted(self, result: Refitted) -> int:
        """Let the new model score and order the pairs; the number of pairs whose answer it changes."""
        scored = Scored(self._scored.pairs, result.model, self._order)
        with self._lock:
            changed = sum(a != b for a, b in zip(self._scored.decisions, scored.decisions, strict=True))
            self._scored, self._settled = scored, self._decided()
            self._version += 1
        return changed

    def _decided(self) -> list[int]:
        """The pairs with an answer, in the order of their latest answers."""
        return [self._rows[key] for key in self._journal.latest() if key in self._rows]


class Refits:
    """When a refit starts, and what the page is told of it.

    `model` names the model of the beginning as --model does, `base` the shipped pairs that refits add the decisions
    to; `every` so many decisions a refit starts by itself, 0 for never.
    """

    def __init__(self, model: str, base: str, every: int) -> None:
        self._model, self._base, self._every = model, base, every
        self._lock = RLock()
        self._running: Refit | None = None
        self._new = 0
        self._result: JSON | None = None
        self._error: str | None = None
        self._number = 0

    def count(self) -> None:
        """One decision more."""
        with self._lock:
            self._new += 1

    @property
    def due(self) -> bool:
        """Whether enough decisions are new, and none is under way."""
        return bool(self._every) and self._new >= self._every and self._running is None

    def begin(self, cases: Sequence[Mapping[str, Any]], use: Callable[[Refitted], int], asked: bool) -> None:
        """Start one with these decided cases; `use` takes the new model and returns how many answers it changes.

        Where nobody `asked`, cases of one kind only, or too few, are no error, but a reason to wait.
        """
        with self._lock:
            if self._running is not None:
                return
            if len({label_of(case) for case in cases}) < 2:
                if asked:
                    self._error = "A model needs decisions of both kinds: some duplicates, and some that are not."
                    self._number += 1
                return
            if not asked:
                from papertwin.training import too_few

                duplicates = sum(bool(label_of(case)) for case in cases)
                if too_few(duplicates, len(cases) - duplicates):
                    return
            self._new, self._error = 0, None

            def done(result: Refitted | PapertwinError) -> None:
                with self._lock:
                    self._running = None
                    if isinstance(result, PapertwinError):
                        self._error = str(result)
                        self._number += 1
                        return
                changed = use(result)
                with self._lock:
                    self._number += 1
                    self._result = {
                        "cases": result.cases,
                        "before": result.before,
                        "after": result.after,
                        "changed": changed,
                    }

            self._running = Refit(cases, self._model, self._base, done)

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
