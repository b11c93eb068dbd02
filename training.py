"""Labelled cases to training vectors, with the checks that keep a model from learning nonsense, and the report."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from papertwin.data.cases import Case, Judged, read_cases
from papertwin.data.errors import InputError
from papertwin.data.fields import RECORD_FIELDS, prepare
from papertwin.data.files import Note, quiet
from papertwin.data.rows import encode
from papertwin.data.sets import components
from papertwin.features import conflicting, vectors
from papertwin.models import Model, save
from papertwin.models.build import build, order
from papertwin.models.card import CROSS_VALIDATION, YOURS, Card, Given
from papertwin.models.training import TrainingVectors, joined, read_vectors

NO_BASE, RECORD = "none", "record"
FEWEST_ALONE, FEWEST_ADDED = 20, 2  # labelled cases without and with a base
FEWEST_OF_A_CLASS = 5  # without a base
LISTED = 10  # contradictions that are spelled out


def train(
    cases: Sequence[Case],
    base: str = "work",
    output: str | os.PathLike[str] = "papertwin-model",
    seed: int = 0,
    description: str = "",
) -> Model:
    """Train a model on labelled cases, alone (`base="none"`) or added to the shipped pairs, and store it in `output`.

    The returned model's `card` holds the cross-validated metrics; an existing model in the folder is replaced.
    Raises InputError for cases that cannot be learned from, OutputError where the folder cannot be written.
    """
    return train_and_judge(cases, base, output, seed, description)[0]


def train_and_judge(
    cases: Sequence[Case],
    base: str = "work",
    output: str | os.PathLike[str] = "papertwin-model",
    seed: int = 0,
    description: str = "",
) -> tuple[Model, list[Judged]]:
    """The same, with the out-of-fold answer to every labelled case: what forests say that saw neither of its works."""
    labelled = [case for case in cases if case.label is not None]
    check(labelled, alone=base == NO_BASE)
    own = labelled_vectors(labelled, YOURS)
    training = own if base == NO_BASE else joined([read_vectors(), own])
    given = Given(Path(output).resolve().name, RECORD if base == RECORD else "work", description)
    built = build(training, given, seed=seed)
    model = save(output, built.forest, built.calibration, built.card, built.selftest)
    likely = np.empty(len(own))
    likely[order(own)] = built.probabilities[built.training.sets == YOURS]
    decisions = model.thresholds.decide(likely, conflicting(own.vectors))
    return model, list(map(Judged, labelled, likely.tolist(), decisions))


def read_all(paths: Sequence[str], records: str | None, convention: str, note: Note = quiet) -> list[Case]:
    """The labelled cases of all files, in order; what was read is told by `note`. Raises InputError."""
    labelled: list[Case] = []
    for path in paths:
        cases = read_cases(path, records, convention, note)
        found = [case for case in cases if case.label is not None]
        duplicates = sum(case.label is True for case in found)
        note(
            f"{cases.name}: {duplicates:,} duplicates, {len(found) - duplicates:,} distinct, "
            f"{len(cases) - len(found):,} without a decision"
            + (f", {len(cases.rejects):,} that cannot be read" if cases.rejects else "")
        )
        for reject in cases.rejects[:LISTED]:
            note(f"{cases.name}, {cases.unit} {reject.place:,}: {reject.reason}")
        labelled += found
    return labelled


def check(cases: Sequence[Case], alone: bool = False) -> None:
    """Refuse cases that cannot be learned from; `alone` means without a base. Raises InputError, one sentence."""
    duplicates = sum(case.label is True for case in cases)
    distinct = len(cases) - duplicates
    if not cases:
        raise InputError("there is no case with a decision: write DUPLICATES or NOT DUPLICATES as the decision of some")
    fewest = FEWEST_ALONE if alone else FEWEST_ADDED
    if min(duplicates, distinct) == 0:
        only = "duplicates" if duplicates else "distinct"
        raise InputError(f"all {len(cases):,} labelled cases are {only}: a model needs cases of both kinds")
    if len(cases) < fewest or (alone and min(duplicates, distinct) < FEWEST_OF_A_CLASS):
        raise InputError(
            f"{duplicates:,} duplicates and {distinct:,} distinct cases are too few: "
            + (f"{FEWEST_ALONE} in all and {FEWEST_OF_A_CLASS} of each kind are needed without --base" if alone
               else f"{FEWEST_ADDED} are needed")
        )  # fmt: skip
    if pairs := contradictions(cases):
        listed = "; ".join(f"{a.place} and {b.place}" for a, b in pairs[:LISTED])
        more = f" and {len(pairs) - LISTED:,} more" if len(pairs) > LISTED else ""
        raise InputError(f"the same pair is decided both ways in {listed}{more}: correct or empty one decision of each")


def contradictions(cases: Sequence[Case]) -> list[tuple[Case, Case]]:
    """Cases of the same two records, either way round, with two decisions: (the first, the one that contradicts it)."""
    first: dict[tuple[bytes, bytes], Case] = {}
    found = []
    for case in cases:
        pair = _key(case)
        before = first.setdefault(pair, case)
        if before.label != case.label:
            found.append((before, case))
    return found


def _record_key(record: dict[str, object]) -> bytes:
    """What makes two records the same: all that is compared, ids aside."""
    return encode([record.get(name) or None for name in RECORD_FIELDS if name not in {"id", "versions"}])


def _key(case: Case) -> tuple[bytes, bytes]:
    a, b = sorted((_record_key(case.doc_1), _record_key(case.doc_2)))
    return a, b


def labelled_vectors(cases: Sequence[Case], name: str) -> TrainingVectors:
    """The labelled cases as vectors; a record that several cases show is one record of one work.

    Records are numbered in an order of their own, so that neither the order of the cases nor that of the two records
    of a case changes the model.
    """
    sides = [(_record_key(case.doc_1), _record_key(case.doc_2)) for case in cases]
    by_key = {key: record for case, keys in zip(cases, sides, strict=True)
              for key, record in zip(keys, (case.doc_1, case.doc_2), strict=True)}  # fmt: skip
    rows = {key: row for row, key in enumerate(sorted(by_key))}
    records = [by_key[key] for key in rows]
    left, right = np.array([sorted((rows[a], rows[b])) for a, b in sides], dtype=np.int64).reshape(-1, 2).T
    labels = np.array([float(bool(case.label)) for case in cases])
    works = components(len(records), left[labels == 1], right[labels == 1])
    return TrainingVectors(
        vectors(prepare(records), left, right),
        labels,
        labels,
        np.full(len(cases), name, dtype=object),
        np.full(len(cases), "", dtype=object),
        works[left],
        works[right],
    )


def report(card: Card) -> str:
    """The cross-validated metrics of a trained model as text, of the user's own cases first."""
    measured = card.measured
    table = measured.metrics[CROSS_VALIDATION]
    columns = ("pairs", "duplicates", "precision", "recall", "f1", "average_precision", "brier")
    lines = [
        f"{'cross-validated, no work in two folds':<38}"
        + "".join(f"{column.replace('_', ' '):>19}" for column in columns)
    ]
    for row in (YOURS, *(key for key in table if key != YOURS and "/" not in key)):
        if row in table:
            values = (table[row].get(column) for column in columns)
            lines.append(f"{row:<38}" + "".join(f"{_number(value):>19}" for value in values))
    limits = measured.thresholds
    lines.append(
        f"DUPLICATES from {limits.duplicate:.4f}, NOT DUPLICATES below {limits.distinct:.4f}, REVIEW between "
        f"(where {measured.prevalence:.0%} of the pairs are duplicates)"
    )
    return "\n".join(lines)


def _number(value: float | int | None) -> str:
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.4f}"
