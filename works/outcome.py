"""Outcome: what is written of the found works: merged records, removed records, doubtful pairs, counts."""

from collections.abc import Iterator
from functools import cached_property, partial
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Mask, Rows
from papertwin.data.conventions import CONVENTION
from papertwin.data.exports.versions import OF_WORKS
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.field_names import as_record
from papertwin.data.files.layouts import PROBABILITY
from papertwin.data.files.rows import Record, decode, encode
from papertwin.data.identity import id_text
from papertwin.data.naming import short_names
from papertwin.data.processes import in_processes
from papertwin.data.values.text import known
from papertwin.works.counts import Counts
from papertwin.works.doubtful import Doubtful
from papertwin.works.existing import Existing
from papertwin.works.finding import Found
from papertwin.works.merging import Version, keep_order, merged
from papertwin.works.removal_reasons import BATCH, Ways, reasons, ways
from papertwin.works.shelf import Shelf

# The columns of a table of removed records, of one without any too.
_OF_EACH = ("id", "title", "file", "position")
REMOVED = (*_OF_EACH, *(f"kept_{name}" for name in _OF_EACH), PROBABILITY, CONVENTION, "reasons")
MERGED = 500  # works that are merged at a time


class Outcome:
    """The works of a run, each with its kept record chosen by a rule of merging.KEEP."""

    def __init__(self, shelf: Shelf, found: Found, rule: str) -> None:
        self._shelf, self._found = shelf, found
        count = len(shelf)
        self._files, self._positions = shelf.array("files"), shelf.array("positions")
        kept = shelf.array("kept").astype(np.int64)
        position = np.arange(count) if rule == "first" else found.order
        published, filled, fullness = map(shelf.array, ("published", "filled", "fullness"))
        by_rule = keep_order(rule, published, filled, fullness, position)
        place = np.empty(count, dtype=np.int64)
        place[by_rule] = np.arange(count)
        # Works in the order of their first record; in each the record kept before, then by the rule.
        first = np.full(count, count, dtype=np.int64)
        np.minimum.at(first, found.works, np.arange(count))
        first = first[found.works]
        self._rows = np.lexsort((place, -kept, first))
        self._starts = np.flatnonzero(np.diff(first[self._rows], prepend=-1))
        self._ends = np.append(self._starts, count)[1:]
        self._head = np.empty(count, dtype=np.int64)  # the kept record of each
        self._head[self._rows] = np.repeat(self._rows[self._starts], self._ends - self._starts)
        self._groups = shelf.array("groups")
        self._new = self._groups < 0
        self._gone = (self._head != np.arange(count)) & self._new  # new records under another one
        existing = np.bincount(found.works[~self._new], minlength=count) > 0
        self._new_works = np.flatnonzero(~existing[found.works[self._rows[self._starts]]])
        self._own_name = _only_of_their_works(shelf.array("ids"), found.works)

    def __len__(self) -> int:
        return len(self._starts)

    @property
    def shared_ids(self) -> int:
        """How many records have an id that records of other works have too."""
        return int(((np.asarray(self._shelf.array("ids")) != 0) & ~self._own_name).sum())

    @property
    def repeated(self) -> int:
        """How many new records say the very same as a record of the existing works."""
        digests = self._shelf.array("digests")
        return int(np.isin(digests[self._new], digests[~self._new]).sum())

    def name(self, row: int) -> str:
        """The record's id, or <file>:<number> where it has none of its own."""
        if self._own_name[row]:
            return id_text(self.record(row).get("id"))
        return self._place(row)

    def _place(self, row: int) -> str:
        return f"{self._file_names[int(self._files[row])]}:{int(self._positions[row])}"

    @cached_property
    def _file_names(self) -> list[str]:
        return short_names(self._found.taken.files)

    def record(self, row: int) -> Record:
        """The record under the fields' own names."""
        return as_record(decode(self._shelf.raw(row)))

    def _versions(self, rows: Rows) -> list[Version]:
        """The records of these rows, each as it came."""
        columns = (column[rows].tolist() for column in (self._files, self._positions, self._shelf.array("published")))
        files = self._found.taken.files
        return [
            Version(files[file], position, raw[:-1], published=published)
            for file, position, published, raw in zip(*columns, self._shelf.rows.take(rows), strict=True)
        ]

    def _told(self, row: int) -> tuple[str, str | None, str, int]:
        """What a table of removed records says of one."""
        file = self._found.taken.files[int(self._files[row])]
        return self.name(row), known(self.record(row).get("title")), file, int(self._positions[row])

    def columns(self, against: bool = False) -> list[str]:
        """The columns of a table without works: those of the files that are tables, or the fields of a record."""
        columns = self._found.taken.columns or [field for field in RECORD_FIELDS if field not in OF_WORKS]
        return list(dict.fromkeys(["id", *columns, *["new"] * against, CONVENTION, *OF_WORKS]))

    def works(self, against: bool = False, only_new: bool = False) -> Iterator[bytes]:
        """The merged records, in the order of their first record, each with the convention that it was made by.

        Existing works to which nothing came keep theirs. With `against`, `new` says which are new works; these alone
        where `only_new`.
        """
        chosen = self._new_works if only_new else np.arange(len(self))
        parts = (chosen[number : number + MERGED] for number in range(0, len(chosen), MERGED))
        for _, made in in_processes(partial(self._merged, against), parts, self._found.comparer.jobs):
            yield from made

    def _merged(self, against: bool, chosen: Rows) -> list[bytes]:
        """These works."""
        bounds = list(zip(self._starts[chosen].tolist(), self._ends[chosen].tolist(), strict=True))
        rows = np.concatenate([self._rows[start:end] for start, end in bounds])
        versions = iter(self._versions(rows))
        own = self._own_name[rows].tolist()
        names = iter([None if named else self._place(row) for row, named in zip(rows.tolist(), own, strict=True)])
        new = np.isin(chosen, self._new_works).tolist()
        made = []
        for is_new, (start, end) in zip(new, bounds, strict=True):
            added: Record = {"new": is_new} if against else {}
            size = end - start
            added[CONVENTION] = self._convention(self._rows[start:end])
            made.append(merged(list(islice(versions, size)), list(islice(names, size)), added))
        return made

    def _convention(self, rows: Rows) -> str:
        """By which the work of these rows was made: before, if it is an existing work as it was, else by this run."""
        groups, taken = np.unique(self._groups[rows]), self._found.taken
        untouched = len(groups) == 1 and groups[0] >= 0
        said = taken.conventions.get(int(groups[0]), taken.convention) if untouched else None
        return said or self._found.comparer.model.convention

    def removed(self) -> Iterator[bytes]:
        """A row for each new record that is a version of a work under another record, in the order of the input.

        It names the kept record, the probability that both are duplicates, and why; where that alone would not have
        merged them, also the record of the work that did, by its pair or by a label.
        """
        rows = np.flatnonzero(self._gone)
        comparer = self._found.comparer
        pairs = list(zip(rows.tolist(), self._head[rows].tolist(), strict=True))
        answered = comparer.answers(rows, self._head[rows])
        alone = comparer.margins(answered) >= 0
        by_way = self._ways(rows[~alone])
        raw = ((self._shelf.raw(row), self._shelf.raw(kept)) for row, kept in pairs)
        said = reasons(comparer.model, iter(lambda: list(islice(raw, BATCH)), []), comparer.jobs)
        labelled = {frozenset(pair) for pair in self._found.labels.must}
        for place, ((row, kept), why) in enumerate(zip(pairs, said, strict=True)):
            near, likely = (kept, 0.0) if alone[place] else by_way.get(row, (kept, 0.0))
            if frozenset((row, kept)) in labelled:
                told = ["labelled as duplicates"]
            elif frozenset((row, near)) in labelled:
                told = [f"labelled as a duplicate of {self.name(near)}", *why]
            elif near != kept:
                told = [f"merged by way of {self.name(near)}, with which it has probability {likely:.2f}", *why]
            else:
                told = list(why)
            likely_kept, convention = float(answered.probabilities[place]), comparer.model.convention
            values = *self._told(row), *self._told(kept), likely_kept, convention, "; ".join(told)
            yield encode(dict(zip(REMOVED, values, strict=True)))

    def _ways(self, rows: Rows) -> Ways:
        """By which record each of these came to its work: by a pair that merges by itself, or by what was given."""
        found = self._found
        merging = (found.comparer.margins(found.answered) >= 0) & (found.works[found.left] == found.works[found.right])
        pairs = np.flatnonzero(merging & np.isin(found.works[found.left], found.works[rows]))
        one, other = self.existing.given()
        left, right = np.concatenate([found.left[pairs], one]), np.concatenate([found.right[pairs], other])
        likely = np.concatenate([np.asarray(found.answered.probabilities)[pairs], np.ones(len(one))])
        return ways(left, right, likely, found.order, np.unique(self._head[rows]))

    @cached_property
    def existing(self) -> Existing:
        """The works that there were before."""
        return Existing(self._found, self._groups)

    def doubtful(self) -> list[bytes]:
        """Cases for a person, the most doubtful first."""
        return self._doubtful.cases(self._shelf)

    @cached_property
    def _doubtful(self) -> Doubtful:
        return Doubtful.of(self._found, self.existing.given())

    def counts(self, against: bool = False) -> Counts:
        """The count of everything."""
        taken = self._found.taken
        already = self._gone & ~self._new[self._head]
        removed = np.bincount(self._files[self._gone], minlength=len(taken.files)).tolist()
        return Counts(
            records=dict(taken.records),
            rejected={name: len(rejects) for name, rejects in taken.rejects.items()},
            sources=dict(sorted(taken.sources.items(), key=lambda item: (-item[1], item[0]))),
            removed={name: gone for name, gone in zip(taken.files, removed, strict=True) if name in taken.records},
            already=int(already.sum()) if against else None,
            works=len(self),
            doubtful=len(self._doubtful),
            doubtful_merged=len(self._doubtful.merged),
            new=len(self._new_works) if against else None,
        )


def _only_of_their_works(ids: NDArray[np.uint64], works: Rows) -> Mask:
    """For each record whether it has an id that no record of another work has."""
    order = np.lexsort((works, ids))
    new_work = (np.diff(ids[order], prepend=0) != 0) | (np.diff(works[order], prepend=-1) != 0)
    _, inverse = np.unique(ids[order], return_inverse=True)
    in_works = np.bincount(inverse, weights=new_work) if len(ids) else np.empty(0)
    own = np.zeros(len(ids), dtype=bool)
    own[order] = (in_works[inverse] == 1) & (ids[order] != 0)
    return own
