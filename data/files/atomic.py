"""Files that are written whole or not at all, however the writing ends."""

import errno
import gzip
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from papertwin.data.errors import InputError, OutputError
from papertwin.data.files.streams import PIECE, STANDARD

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})  # of a disk, or of one's share of it


class Output:
    """A file that appears under its name when it is complete, and not at all when an error ends the `with` block.

    A suffix .gz packs it. Standard output ("-"), devices and pipes are written to directly. Raises InputError for an
    existing file without `force`, for a missing folder and for one that cannot be written to; leaving the block raises
    OutputError when the disk is full or fails.
    """

    def __init__(self, path: str | os.PathLike[str], force: bool = False) -> None:
        self.path = Path(path)
        check_output(path, force)
        # Through a link to the file itself; beside it, because a rename does not cross disks.
        self._target = Path(os.path.realpath(path))
        self._standard = os.fspath(path) == STANDARD
        # Where /dev/stdout or /dev/fd/63 is a pipe, it is a link to what has no path.
        self._direct = self._standard or (self.path.exists() and not self.path.is_file())
        # A name that no other output has, of this process or another, and that is no longer than a disk takes.
        self._part = self._target.with_name(f".papertwin-{secrets.token_hex(8)}.part")
        self._nameless = False  # the file gets the name of the part when it is complete
        try:
            self._file = self._opened()
        except OSError as error:
            raise InputError(
                f"{path}: cannot be written there ({error.strerror}): choose another folder or change its permissions"
            ) from error
        packed = self.path.suffix.lower() == ".gz"
        # Neither name nor time inside, so that the same rows give the same bytes.
        self._gzip = gzip.GzipFile("", "wb", 6, self._file, mtime=0) if packed else None

    def _opened(self) -> IO[bytes]:
        if self._standard:
            return sys.stdout.buffer
        if self._direct:
            return self.path.open("wb", PIECE)
        unnamed = _unnamed(self._target.parent)
        self._nameless = unnamed is not None
        return self._part.open("xb", PIECE) if unnamed is None else os.fdopen(unnamed, "wb", PIECE)

    @property
    def stream(self) -> IO[bytes]:
        """Where the bytes go."""
        return cast(IO[bytes], self._gzip) if self._gzip else self._file

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        except OSError as failure:
            error = failure
        if error is not None:
            for file in (self._gzip, None if self._standard else self._file):
                if file is not None:
                    with suppress(OSError):  # what cannot be written cannot be flushed either
                        file.close()
            if not self._direct:
                with suppress(OSError):  # what failed is told below, not that nothing could be tidied up
                    self._part.unlink(missing_ok=True)
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise OutputError(f"{self.path}: {why_unwritten(error)}") from error

    def _finish(self) -> None:
        if self._gzip:
            self._gzip.close()
        self._file.flush()
        if not self._direct:
            os.fsync(self._file.fileno())
        if self._nameless:
            number = self._file.fileno()
            try:  # given for a folder, too, so that the link is followed to the file
                os.link(f"/proc/self/fd/{number}", self._part, src_dir_fd=number)
            except OSError:  # disks of a network may know no links
                with Path(f"/proc/self/fd/{number}").open("rb") as whole, self._part.open("xb") as copy:
                    shutil.copyfileobj(whole, copy, PIECE)
                    copy.flush()
                    os.fsync(copy.fileno())
        if not self._standard:
            self._file.close()
        if not self._direct:
            Path(self._part).replace(self._target)


def _unnamed(folder: Path) -> int | None:
    """A file without a name on a folder's disk, which leaves nothing behind when the process is killed (open(2)).

    None where there is none: on other systems than Linux, and on some disks.
    """
    try:
        number = os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o666)
    except (AttributeError, OSError):
        return None
    if Path(f"/proc/self/fd/{number}").exists():  # by which it gets its name
        return number
    os.close(number)
    return None


def check_output(path: str | os.PathLike[str], force: bool) -> None:
    """Raises InputError where an output cannot go: a folder, a file without `force`, a folder that is not there."""
    if os.fspath(path) == STANDARD:
        return
    target = Path(path)
    if target.is_dir():
        raise InputError(f"{path}: this is a folder: name a file in it for the output")
    if target.is_file() and not force:
        raise InputError(f"{path}: the file exists: choose another name, or add --force to replace it")
    if not target.parent.is_dir():
        raise InputError(f"{path}: the folder {target.parent} is not there: make it first")


def why_unwritten(error: OSError) -> str:
    """The second half of a sentence about an output that failed."""
    if error.errno in _FULL:
        return "the disk is full, nothing was written: free some space or name another disk"
    return f"writing failed ({error.strerror or error}), nothing was written: name another place"


@contextmanager
def working_in(folder: str | os.PathLike[str], by: str) -> Iterator[None]:
    """Raises OutputError where a write fails in a folder in which a run works; `by` names what chooses another disk."""
    try:
        yield
    except OSError as error:  # numpy gives no number to that of a full disk
        why = "the disk is full" if error.errno in {None, *_FULL} else f"writing failed ({error.strerror})"
        raise OutputError(
            f"{folder}, where the run works: {why}: free some space, or name another disk by {by}"
        ) from error
