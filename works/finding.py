"""Finding the works of record files, stage by stage: read, find candidates, compare them, cluster.

Each stage is noted on the shelf, so that the same command goes on from there when a run was killed.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import msgspec
import numpy as np

from papertwin import features
from papertwin.data.arrays import Floats, Keys, Mask, Rows
from papertwin.data.files.rows import RowFile, encode
from papertwin.data.files.streams import STANDARD, Note, quiet
from papertwin.models.model import Model
from papertwin.works.candidates import candidate_pairs
from papertwin.works.clusters import clusters
from papertwin.works.comparing import Answered, Comparer
from papertwin.works.constraints import Constraints
from papertwin.works.intake import Source, Taken, take_in
from papertwin.works.labels import Labels, read_labels
from papertwin.works.linkage import Links
from papertwin.works.shelf import ARRAYS, Shelf

PART = 200_000  # pairs that are compared between two notes of how far it is: half a minute's work


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: the files, a file of works that they are compared with, files of labelled cases, processes.

    `model` gives the model for what was read.
    """

    files: Sequence[Source]
    model: Callable[[Taken], Model]
    jobs: int = 1
    against: Source | None = None
    labels: Sequence[Source] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The works: for each row of the shelf the number of its work; the pairs that were answered, as rows.

    `groups` is the existing work of each row, -1 for a new record and for one that a label took out of its work;
    `order` is the place of each row among all contents, `contradictions` the labels that were not followed, `seconds`
    what each stage took, by the clock and of processors.
    """

    taken: Taken
    comparer: Comparer
    works: Rows
    groups: Rows
    left: Rows
    right: Rows
    answered: Answered
    order: Rows
    labels: Labels
    contradictions: list[tuple[int, int]]
    seconds: dict[str, tuple[float, float]]


class Clock:
    """What each stage takes: seconds by the clock, and of the processors, processes that have ended included."""

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        self._begun = self._now()

    @staticmethod
    def _now() -> tuple[float, float]:
        return perf_counter(), sum(os.times()[:4])

    def finish(self, stage: str) -> None:
        """The stage that has gone on since the last call is done."""
        now = self._now()
        self.seconds[stage] = now[0] - self._begun[0], now[1] - self._begun[1]
        self._begun = now


def fingerprint(request: Request) -> str:
    """What the stages depend on: the files as they are now, how records are prepared and how they are kept."""
    given = [*request.files, *([] if request.against is None else [request.against])]
    paths = [path for path in given if not isinstance(path, RowFile)]
    stats = [Path(path).stat() for path in paths if Path(path).exists()]
    said = [list(map(str, paths)), [(stat.st_size, stat.st_mtime_ns) for stat in stats], request.against is None]
    return hashlib.sha256(encode([said, features.fingerprint(), ARRAYS, Answered._fields])).hexdigest()


@contextmanager
def shelf_beside(output: str | None, request: Request, tell: Note) -> Iterator[Shelf]:
    """A shelf to work on: beside the output, where a killed run finds it again, else in a temporary folder.

    `tell` is told where a run that was killed has left it.
    """
    direct = output is None or (Path(output).exists() and not Path(output).is_file())  # a pipe or a device
    if direct or output == STANDARD or STANDARD in request.files:
        with tempfile.TemporaryDirectory(prefix="papertwin-") as folder:
            yield Shelf(Path(folder))
        return
    shelf = Shelf(Path(f"{output}.work"), fingerprint(request))
    try:
        yield shelf
    except (KeyboardInterrupt, SystemExit):  # the second is what a kill becomes
        if shelf.stages:
            tell(f"{shelf.folder} holds what was done: the same command goes on from there")
        else:
            shelf.remove()
        raise
    except BaseException:
        shelf.remove()
        raise
    shelf.remove()


def find_works(request: Request, shelf: Shelf, note: Note = quiet) -> Found:
    """Read, find candidates, compare them, and cluster. Raises InputError for files that cannot be read."""
    clock = Clock()
    taken = _read(request, shelf, note)
    comparer = Comparer(request.model(taken), shelf.prepared, request.jobs)
    labels = read_labels(request.labels, shelf, taken.files, comparer.model.convention, note)
    clock.finish("read")

    count, rows = len(shelf), shelf.in_order()
    order = np.empty(count, dtype=np.int64)
    order[rows] = np.arange(count)
    groups = shelf.array("groups")[rows]
    left, right = _candidates(shelf, order, groups, request.jobs)
    clock.finish("candidates")

    answered = _compare(shelf, comparer, rows[left], rows[right])
    clock.finish("compare")

    def answer(a: Rows, b: Rows) -> Floats:
        nonlocal left, right, answered
        further = comparer.answers(rows[a], rows[b])
        left, right = np.concatenate([left, a]), np.concatenate([right, b])
        answered = answered.joined(further)
        return comparer.margins(further)

    held = _held(labels, shelf.array("groups"), shelf.array("kept"), order)
    links = Links(left, right, comparer.margins(answered))
    constraints = _constraints(labels, held, shelf, order, links)
    leeway = comparer.leeway(count, answered.unnamed)
    works, contradictions = clusters(count, links, answer, constraints, leeway)
    clock.finish("cluster")
    return Found(
        taken, comparer, works[order], held, rows[left], rows[right], answered, order, labels,
        [(int(rows[x]), int(rows[y])) for x, y in contradictions], clock.seconds,
    )  # fmt: skip


def _read(request: Request, shelf: Shelf, note: Note) -> Taken:
    """Take the files in, unless an earlier run has."""
    if "read" in shelf.stages:
        note(f"an earlier run was stopped: going on with what it left in {shelf.folder}")
    else:
        taken = take_in(request.files, shelf, request.jobs, request.against, note)
        shelf.done("read", msgspec.to_builtins(taken))
    return msgspec.convert(shelf.stages["read"], Taken)


def _candidates(shelf: Shelf, order: Rows, groups: Rows, jobs: int) -> tuple[Rows, Rows]:
    """The candidate pairs, as places in the order of contents, but for those of two existing works."""
    if "candidates" not in shelf.stages:
        of_key = np.repeat(order, shelf.array("key_counts"))
        left, right = candidate_pairs(len(order), of_key, shelf.array("keys"), shelf.array("kinds"), jobs)
        new = (groups[left] < 0) | (groups[right] < 0)
        shelf.save("left", left[new])
        shelf.save("right", right[new])
        shelf.done("candidates")
    return shelf.saved("left"), shelf.saved("right")


def _compare(shelf: Shelf, comparer: Comparer, left: Rows, right: Rows) -> Answered:
    """The answers to all pairs; what is answered is kept after each part, so that a killed run goes on from there."""
    model = comparer.model.short_hash
    by, done = shelf.stages.get("comparing", (model, 0))
    kept = done = done if by == model else 0
    answered = Answered.blank(len(left))

    def keep() -> None:
        for name, values in answered._asdict().items():
            shelf.save(name, values)
        shelf.done("comparing", (model, done))

    if done:
        for name, values in answered._asdict().items():
            values[:done] = shelf.saved(name)[:done]
    for done in comparer.answering(left, right, answered, kept):
        if done - kept >= max(PART, kept // 8):  # all is written each time, so less and less often
            keep()
            kept = done
    if done > kept:
        keep()
    return answered


def _held(labels: Labels, groups: Rows, kept: Mask, order: Rows) -> Rows:
    """The existing work of each row, -1 also for the records that labels take out of theirs.

    Where a label says that two records of a work are not one, the kept record stays in it, and the other goes.
    """
    held, removed = groups.copy(), set(labels.removed)
    pairs = [sorted(pair, key=lambda row: (kept[row], row not in removed, -order[row])) for pair in labels.cannot]
    for out, other in sorted(pairs, key=lambda pair: (not kept[pair[1]], *order[pair])):
        if held[out] == held[other]:
            held[out] = -1
    return held


def _constraints(labels: Labels, held: Rows, shelf: Shelf, order: Rows, links: Links) -> Constraints:
    """What labels and existing works, as labels leave them, say of the records in the order of their contents."""
    removed = np.union1d(np.array(labels.removed, dtype=np.int64), np.flatnonzero(held != shelf.array("groups")))
    rows = np.argsort(order)
    must, cannot = ([(int(order[a]), int(order[b])) for a, b in pairs] for pairs in (labels.must, labels.cannot))
    labelled = {row for pair in must + cannot for row in pair}
    must += _copies(shelf.array("digests")[rows], held[rows], labelled, links)
    return Constraints(must, cannot, held[rows], order[removed].tolist())


def _copies(digests: Keys, groups: Rows, labelled: set[int], links: Links) -> list[tuple[int, int]]:
    """Pairs of a copy and its original, which must be one work: (the copy, the original).

    Both say the very same, but only of the original it is known, by a label or an existing work, where it belongs. So
    the copy goes there as well, even where the model would not have put it. A copy of several originals that belong to
    different works is left to the model.
    """
    said = groups >= 0
    said[list(labelled)] = True
    places = np.where(groups >= 0, groups, -1 - np.arange(len(groups)))
    same = (
        (digests[links.left] == digests[links.right]) & (links.margins >= 0) & (said[links.left] != said[links.right])
    )
    found: dict[int, dict[int, int]] = {}
    for a, b in zip(links.left[same].tolist(), links.right[same].tolist(), strict=True):
        new, old = (b, a) if said[a] else (a, b)
        found.setdefault(new, {}).setdefault(int(places[old]), old)
    return [(new, old) for new, olds in found.items() if len(olds) == 1 for old in olds.values()]
