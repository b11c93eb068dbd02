"""Standard output and standard error where they are closed, and Python has None: what stands in for them."""

import io
import os
import sys
from pathlib import Path
from typing import Any, NoReturn, cast

from papertwin.data.errors import InputError

_LAST_STREAM = 2  # the number of standard error, behind those of standard input and output


class _Closed(io.RawIOBase):
    """Stands for standard output where that is closed: whoever writes to it is told."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> NoReturn:
        raise InputError("standard output is closed: name a file for the output")


def stand_in() -> None:
    """Put something that can be written to in place of each of the two that is closed.

    Otherwise print would write what is meant for standard error to standard output, among the answers, and a file that
    the run opens would get the number of the closed stream, to which libraries write.
    """
    if sys.stdout is None or sys.stderr is None:
        while (number := os.open(os.devnull, os.O_RDWR)) <= _LAST_STREAM:
            pass
        os.close(number)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  it stays open to the end
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(cast(Any, _Closed()), encoding="utf-8", write_through=True)
