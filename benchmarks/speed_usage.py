"""A command in a process of its own, and what it used: CPU and wall seconds, peak memory.

The command is started by a small process in between, because the peak memory that the system tells of a process counts
what its parent held when it was started. Needs a POSIX system. As a script: `python speed_usage.py COMMAND ...` prints
the measurements and what the command printed, as JSON.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes, of ru_maxrss


class FailedError(Exception):
    """A measured command stopped with an error; its own words are on standard error."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command used.

    `cpu`: seconds, user and system, of the process and of those that it started; `wall`: seconds; `peak`: bytes, of
    the largest of these processes. `printed` is its standard output.
    """

    cpu: float
    wall: float
    peak: int
    printed: str = ""

    def __sub__(self, start: "Usage") -> "Usage":
        """Without the time of a start; what is left of nothing counts as a microsecond."""
        return Usage(max(self.cpu - start.cpu, 1e-6), max(self.wall - start.wall, 1e-6), self.peak)


def used_by(command: Sequence[str]) -> Usage:
    """Run a command and say what it used. Raises FailedError where its exit code is not 0."""
    launched = subprocess.run(
        [sys.executable, "-I", "-S", __file__, *command], stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    answer = json.loads(launched.stdout)
    if answer["code"]:
        raise FailedError(
            f"{Path(command[0]).name} {' '.join(command[1:4])} ... stopped with exit code {answer['code']}"
        )
    return Usage(answer["cpu"], answer["wall"], answer["peak"], answer["printed"])


def least(usages: Iterable[Usage]) -> Usage:
    """The least of each, which other work on the machine has disturbed least; of memory the most."""
    made = list(usages)
    return Usage(min(one.cpu for one in made), min(one.wall for one in made), max(one.peak for one in made))


def _launch(command: Sequence[str]) -> dict[str, Any]:
    started = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    wall = time.perf_counter() - started
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "code": done.returncode,
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": wall,
        "peak": usage.ru_maxrss * PEAK_UNIT,
        "printed": done.stdout,
    }


if __name__ == "__main__":
    print(json.dumps(_launch(sys.argv[1:])))
