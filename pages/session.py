"""A review under way: the pairs, the journal and the refits together, for whoever asks from whichever thread."""

from threading import RLock

from papertwin.data.files.streams import Note, quiet
from papertwin.data.wording import counted
from papertwin.pages.journal import ANSWERS, Answer, Journal
from papertwin.pages.refit import Refitted
from papertwin.pages.refits import Refits
from papertwin.pages.scored import Scored
from papertwin.pages.shown import JSON


class Session:
    """The served review."""

    def __init__(self, scored: Scored, order: str, journal: Journal, refits: Refits, note: Note = quiet) -> None:
        self._scored, self._order, self._journal, self._refits = scored, order, journal, refits
        self._beginning = scored
        self._lock = RLock()
        self._rows = {key: row for row, key in enumerate(scored.pairs.keys)}
        self._version = 0  # of the order
        known = (entry for entry in journal.entries if entry.key in self._rows)
        self._log: list[tuple[int, Answer]] = [(self._rows[entry.key], entry.answer) for entry in known]
        if others := len({entry.key for entry in journal.entries} - self._rows.keys()):
            are = "is" if others == 1 else "are"
            note(f"{journal.path}: {counted(others, 'pair')} of it {are} not in {scored.pairs.name}: left alone")
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
