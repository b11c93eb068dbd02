"""The pairs that a person is to decide: those of a file, each once, as vectors that a model scores."""

from collections.abc import Hashable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from papertwin import features
from papertwin.data.arrays import Rows, Vectors
from papertwin.data.cases import Case, Cases
from papertwin.data.conventions import CONVENTION, CONVENTIONS, named_convention
from papertwin.data.errors import InputError
from papertwin.data.fields import is_empty, prepare_pairs
from papertwin.data.files.layouts import DOCUMENTS, MODEL, PROBABILITY, SUSPICION
from papertwin.data.files.rows import Record
from papertwin.data.files.streams import Note, quiet
from papertwin.data.garbage import uncollected
from papertwin.data.identity import pair_key
from papertwin.data.processes import in_processes
from papertwin.data.wording import counted
from papertwin.models import Model

Key = tuple[bytes, bytes]  # what tells a pair from others: the two records, ids aside, either way round
BATCH = 1000  # pairs that are prepared at a time
LONGEST = 4000  # characters of a title, or of anything else but an abstract, that are compared


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs in the order of their file.

    `keys` tell each pair from the others; `vectors` is (pairs, features). `families` (pairs, 2) numbers the titles of
    the two records; titles that differ in numbers alone, as those of a series do, are of one family.
    """

    name: str
    cases: Sequence[Case]
    keys: Sequence[Key]
    vectors: Vectors
    families: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.cases)

    def at(self, rows: NDArray[np.int64]) -> "Pairs":
        """Some of the pairs, in this order."""
        return Pairs(
            self.name,
            [self.cases[row] for row in rows],
            [self.keys[row] for row in rows],
            self.vectors[rows],
            self.families[rows],
        )


def asked_by(cases: Iterable[Case]) -> str | None:
    """The convention that pairs are to be decided by: what they say, or that of the shipped model that scored them.

    None where they do not say, or not all the same.
    """
    found = set()
    for case in cases:
        scored_by = str(case.row.get(MODEL) or "").partition(" ")[0]
        found.add(named_convention(case.row) or (scored_by if scored_by in CONVENTIONS else None))
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def pairs_of(found: Cases, model: Model, note: Note = quiet, jobs: int = 1) -> Pairs:
    """The pairs of a file of cases, for a review by this model; `jobs` processes compare the records.

    `note` is told of pairs that stand there twice and are asked once, and of a file that another model has scored.
    Raises InputError for a file that holds no pairs.
    """
    cases: dict[Key, Case] = {}
    empty = 0
    for case in found:
        if is_empty(case.doc_1) or is_empty(case.doc_2):
            empty += 1
        else:
            cases.setdefault(pair_key(case.doc_1, case.doc_2), case.by(model.convention))
    if empty:
        note(f"{found.name}: {counted(empty, 'pair')} left out, because one of its records has no content")
    if twice := len(found) - empty - len(cases):
        note(f"{found.name}: {counted(twice, 'pair')} {'is' if twice == 1 else 'are'} there more than once: asked once")
    if not cases:
        raise InputError(f"{found.name}: there are no pairs in it to review: is it the right file?")
    _tell_of_another_model(found.name, cases.values(), model, note)
    name = Path(found.name).name
    return Pairs(name, list(cases.values()), list(cases), *_prepared(list(cases.values()), jobs))


def comparable(record: Record) -> Record:
    """The record without the ends of texts that are longer than any title or name: comparing two takes their product.

    Abstracts stay whole, of which no more than a part is ever compared.
    """
    return {name: value if name == "abstract" else _cut(value) for name, value in record.items()}


def _cut(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_cut(item) for item in value[:LONGEST]]
    return value[:LONGEST] if isinstance(value, str) else value


def suspicion(case: Case) -> float | None:
    """The probability that the case's label is wrong, 0 to 1, where papertwin check has said so."""
    try:
        return float(case.row[SUSPICION])
    except (KeyError, TypeError, ValueError):
        return None


def as_case(case: Case, probability: float, model: Model) -> dict[str, Any]:
    """A pair as a line of a case file, with the probability that was shown and the model that gave it.

    The line says by which convention it is decided, too.
    """
    return {
        **({} if case.row.get("id") is None else {"id": case.row["id"]}),
        **dict(zip(DOCUMENTS, (case.doc_1, case.doc_2), strict=True)),
        PROBABILITY: probability,
        MODEL: model.signature,
        CONVENTION: model.convention,
    }


def _tell_of_another_model(name: str, cases: Iterable[Case], model: Model, note: Note) -> None:
    others = {str(case.row[MODEL]) for case in cases if case.row.get(MODEL)} - {model.signature}
    if others:
        note(
            f"{name}: scored by {min(others)}; its pairs are scored again by {model.signature}, "
            "from which the reasons come: give the other by --model"
        )


def _prepared(cases: Sequence[Case], jobs: int) -> tuple[Vectors, NDArray[np.int64]]:
    """The vectors of the cases and the families of their titles."""
    vectors = []
    numbers: dict[Hashable, int] = {}
    families: list[Rows] = []
    records = [(case.doc_1, case.doc_2) for case in cases]
    parts = (records[start : start + BATCH] for start in range(0, len(records), BATCH))
    with closing(in_processes(_prepare, parts, jobs)) as done:
        for number, (_, part) in enumerate(done):
            vectors.append(part.vectors)
            # Without a title a record is a family of its own.
            named = [numbers.setdefault(words or (number, row), len(numbers)) for row, words in enumerate(part.words)]
            families.append(np.array(named, dtype=np.int64)[part.rows])
    return np.concatenate(vectors), np.concatenate(families)


class _Part(NamedTuple):
    """Some pairs: their vectors, the words of each record's title without numbers, and the two records of each."""

    vectors: Vectors
    words: list[str]
    rows: Rows


@uncollected()
def _prepare(pairs: Sequence[tuple[Record, Record]]) -> _Part:
    prepared, left, right = prepare_pairs(*([comparable(pair[side]) for pair in pairs] for side in (0, 1)))
    words = [
        " ".join(word for word in (title or "").split() if not any(map(str.isdigit, word)))
        for title in prepared.values("folded_title")
    ]
    return _Part(features.vectors(prepared, left, right), words, np.column_stack([left, right]))
