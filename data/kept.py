"""Texts that are needed again later and too many for memory: in a temporary file, read at their places."""

import os
import tempfile
import weakref
from array import array


class Kept:
    """Texts in the order they came; of each, memory holds where it ends. Processes made by fork may all read."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  as long as the texts are needed
        weakref.finalize(self, self._file.close)
        self._ends = array("q", [0])
        self._written = True

    def __len__(self) -> int:
        return len(self._ends) - 1

    def append(self, text: bytes) -> None:
        """Keep a text behind the others; raises OSError when the disk is full."""
        self._file.write(text)
        self._ends.append(self._ends[-1] + len(text))
        self._written = False

    def __getitem__(self, place: int) -> bytes:
        """The text at a place, from 0."""
        if not self._written:
            self._file.flush()
            self._written = True
        start, end = self._ends[place], self._ends[place + 1]
        if hasattr(os, "pread"):  # which moves no place that other processes share
            return os.pread(self._file.fileno(), end - start, start)
        self._file.seek(start)
        text = self._file.read(end - start)
        self._file.seek(0, os.SEEK_END)
        return text
