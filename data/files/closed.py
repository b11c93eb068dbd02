"""Standard streams that are closed, which Python has as None."""

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
        raise InputError("standard output: it is closed: name a file for the output")


def stand_in() -> None:
    """Give those that are closed something that can be written to.

    Else print would write notes for standard error to standard output, among the answers, and a file of the run would
    get the number of such a stream, to which libraries write.
    """
    if sys.stdout is None or sys.stderr is None:
        while (number := os.open(os.devnull, os.O_RDWR)) <= _LAST_STREAM:
            pass
        os.close(number)
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  it stays open to the end
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(cast(Any, _Closed()), encoding="utf-8", write_through=True)
