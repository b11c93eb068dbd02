"""One refit: a model learns from the decisions so far in a process of its own, while the person goes on.

Here is the review's side of it; what that process runs is `papertwin.refitting`.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from papertwin.data.errors import PapertwinError
from papertwin.data.files.rows import encode
from papertwin.models import Model, load
from papertwin.models.card import Numbers

PROGRAM = ("-m", "papertwin.refitting")  # what Python runs
CASES_FILE, MODEL = "cases.jsonl", "refitted"
_PATHS = re.compile(r"(?<![\w/])/(?:[^/\s:]+/)+")  # no folder of this machine is shown on a page


@dataclass(frozen=True, slots=True)
class Refitted:
    """A new model, and how well the decided pairs are answered without and with what it has learned.

    `before` are the figures of the model that the review began with, which knows none of these pairs, `after` those of
    cross-validation, so that neither is judged by pairs that it has learned from.
    """

    model: Model
    cases: int
    before: Numbers
    after: Numbers


class Refit:
    """One refit under way: `done` is called from a thread of its own, with the new model or with what went wrong."""

    def __init__(
        self,
        cases: Sequence[Mapping[str, Any]],
        model: str,
        base: str,
        done: Callable[[Refitted | PapertwinError], None],
    ) -> None:
        self._folder = TemporaryDirectory(prefix="papertwin-review-")
        self._done, self._cases = done, len(cases)
        Path(self._folder.name, CASES_FILE).write_bytes(b"".join(encode(case) + b"\n" for case in cases))
        self._process = subprocess.Popen(
            [sys.executable, *PROGRAM, self._folder.name, model, base],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for the server, which then stops this
        )
        self._stopped = False
        self._thread = Thread(target=self._wait, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it, whatever it has come to; `done` is not called any more."""
        self._stopped = True
        with suppress(ProcessLookupError):
            self._process.terminate()
        self._thread.join()

    def _wait(self) -> None:
        out, err = self._process.communicate()
        try:
            if self._stopped:
                return
            result = self._result(out, err)
        finally:
            with suppress(OSError):
                self._folder.cleanup()
        self._done(result)

    def _result(self, out: str, err: str) -> Refitted | PapertwinError:
        if self._process.returncode:
            said = err.strip().splitlines() or ["it ended without a word"]
            return PapertwinError(_PATHS.sub("", said[-1].removeprefix("papertwin: ")))
        try:
            told = json.loads(out)
            return Refitted(load(Path(self._folder.name, MODEL)), self._cases, told["before"], told["after"])
        except (PapertwinError, ValueError, KeyError) as error:
            return PapertwinError(f"the new model cannot be used: {error}")
