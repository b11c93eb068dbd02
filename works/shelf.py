"""Shelf: the folder in which a run keeps what it has read and found, so that memory stays flat and a run can go on.

Every array is a file of its own, appended to while it is made and mapped when it is read. How far a stage has come is
noted in `stages.json`, with what it found; the notes hold for one fingerprint of files, features and arrays.
"""

import json
import os
import shutil
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from papertwin.data.errors import InputError
from papertwin.data.files.atomic import working_in
from papertwin.data.kept import Runs, Stored, mapped
from papertwin.data.packed import PackedRecords, Packing
from papertwin.features import COMPARED

ARRAYS = {  # a row a record, but for the keys, of which `key_counts` says how many each has
    "row_ends": "int64",  # of the raw rows in rows.jsonl
    "packed_ends": "int64",  # of the prepared records in packed.bin
    "files": "int32",  # which of the files it comes from
    "places": "int64",  # the place in its file, as its reader counts
    "positions": "int64",  # the number in its file, from 1
    "sketches": "uint64",  # alike where titles are
    "digests": "uint64",  # of all that the record says
    "ids": "uint64",  # of the record's own id, 0 where it has none
    "published": "int8",  # 1 a published work, 0 unknown, -1 a preprint
    "filled": "int16",  # fields that say something
    "fullness": "int64",  # how much those say that some sources shorten
    "groups": "int64",  # the work of an existing file, -1 for a new record
    "kept": "bool",  # the kept record of such a work
    "key_counts": "int32",
    "keys": "uint64",
    "kinds": "uint8",
}
_STAGES, _LOCK = "stages.json", "lock"
_OTHER_DISK = "-o, or TMPDIR where the works go to standard output"  # what names one


class Shelf:
    """The folder of a run; `fingerprint` tells whether what lies in it is of the same run.

    Raises InputError for a folder that holds anything but what a run left, and for one that another process works in.
    """

    def __init__(self, folder: Path, fingerprint: str = "") -> None:
        self.folder = folder
        self._fingerprint = fingerprint
        ours = any((folder / name).is_file() for name in (_STAGES, _LOCK))
        if folder.exists() and not ours and (not folder.is_dir() or any(folder.iterdir())):
            raise InputError(
                f"{folder}: dedupe needs this name for its own folder, and something else is there: move it away"
            )
        self._lock = _claim(folder)
        finalize(self, self._lock.close)  # at the end of the run, if it leaves the folder for another
        found: dict[str, Any] = {}
        if (folder / _STAGES).is_file():
            found = json.loads((folder / _STAGES).read_text(encoding="utf-8"))
        if found.get("fingerprint") != fingerprint:
            self._clear()
            found = {}
        self.stages: dict[str, Any] = found.get("stages", {})
        self._note()

    def done(self, stage: str, found: Any = None) -> None:
        """Note how far a stage has come: what it found, anything that JSON has."""
        self.stages[stage] = found
        self._note()

    def _note(self) -> None:
        part = self.folder / (_STAGES + ".part")
        with working_in(self.folder, _OTHER_DISK):
            part.write_text(json.dumps({"fingerprint": self._fingerprint, "stages": self.stages}), encoding="utf-8")
            part.replace(self.folder / _STAGES)

    def remove(self) -> None:
        """The folder and all that is in it; the lock goes last, so that nobody begins in what is being removed."""
        self._clear()
        with suppress(OSError):
            (self.folder / _LOCK).unlink()
            self.folder.rmdir()
        self._lock.close()

    def _clear(self) -> None:
        for path in self.folder.iterdir():
            if path.name != _LOCK:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def array(self, name: str) -> NDArray[Any]:
        """One of ARRAYS, mapped; empty where nothing was written."""
        return mapped(self.folder / f"{name}.bin", ARRAYS[name])

    def save(self, name: str, array: NDArray[Any]) -> None:
        """Any other array, whole."""
        part = self.folder / f".{name}.npy"
        with working_in(self.folder, _OTHER_DISK):
            np.save(part, array)
            part.replace(self.folder / f"{name}.npy")

    def saved(self, name: str) -> NDArray[Any]:
        """What `save` was given."""
        array: NDArray[Any] = np.load(self.folder / f"{name}.npy", mmap_mode="r")
        return array

    def __len__(self) -> int:
        return len(self.array("row_ends"))

    def in_order(self) -> NDArray[np.int64]:
        """The rows in the order of what they say, whatever the order of the input; near titles stand together."""
        order: NDArray[np.int64] = np.lexsort((self.array("digests"), self.array("sketches")))
        return order

    @cached_property
    def prepared(self) -> PackedRecords:
        """The prepared records."""
        return PackedRecords(Packing(COMPARED), Stored(self.folder / "packed.bin", self.folder / "packed_ends.bin"))

    @cached_property
    def rows(self) -> Runs:
        """The records as they came, JSON on one line, line ends behind it."""
        return Stored(self.folder / "rows.jsonl", self.folder / "row_ends.bin")

    def raw(self, row: int) -> bytes:
        """The record as it came, JSON on one line."""
        return self.rows[row][:-1]


def _claim(folder: Path) -> IO[str]:
    """The folder's lock, which this process keeps until it is closed; another may have removed the folder meanwhile."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock = (folder / _LOCK).open("a+", encoding="utf-8")
        except FileNotFoundError:
            continue
        _hold(lock, folder)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(lock.fileno()), (folder / _LOCK).stat()):
                lock.truncate(0)
                lock.write(str(os.getpid()))
                lock.flush()
                return lock
        lock.close()


def _hold(lock: IO[str], folder: Path) -> None:
    """Lock the file for this process alone: what it forks, and may outlive it when it is killed, holds nothing.

    So lockf, whose locks are not inherited, as those of flock are.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        lock.seek(0)
        holder = lock.read() or "another"
        lock.close()
        raise InputError(
            f"{folder}: another papertwin dedupe (process {holder}) is writing this output: wait for it, or give -o "
            "another name"
        ) from None
    except OSError:
        pass  # a file system without locks


class Filling:
    """Appends to the arrays of a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._folder = shelf.folder
        self._stack = ExitStack()
        self._files = {
            name: self._stack.enter_context((shelf.folder / name).open("wb"))
            for name in ("rows.jsonl", "packed.bin", *(f"{array}.bin" for array in ARRAYS))
        }
        self._ends = {"row_ends": 0, "packed_ends": 0}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with working_in(self._folder, _OTHER_DISK):
            self._stack.__exit__(kind, error, trace)

    def add(self, raw: list[bytes], packed: list[bytes], arrays: dict[str, NDArray[Any]]) -> None:
        """The next records: the raw rows, the prepared records, and the other arrays by name, but for the ends."""
        ends = {
            "row_ends": self._added("row_ends", [len(row) + 1 for row in raw]),
            "packed_ends": self._added("packed_ends", list(map(len, packed))),
        }
        with working_in(self._folder, _OTHER_DISK):
            self._files["rows.jsonl"].write(b"".join([row + b"\n" for row in raw]))
            self._files["packed.bin"].write(b"".join(packed))
            for name, array in (arrays | ends).items():
                self._files[f"{name}.bin"].write(np.asarray(array, dtype=ARRAYS[name]).tobytes())

    def _added(self, name: str, sizes: list[int]) -> NDArray[np.int64]:
        ends: NDArray[np.int64] = np.cumsum(sizes, dtype=np.int64) + self._ends[name]
        if len(ends):
            self._ends[name] = int(ends[-1])
        return ends
