"""Labelled cases to training vectors to a stored model, with the checks that keep it from learning nonsense."""

import os
import warnings
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from papertwin.data.arrays import Rows, Vectors
from papertwin.data.cases import (
    Case,
    Cases,
    Judged,
    contradictions,
    likely_labels,
    once,
    read_cases,
    settled,
)
from papertwin.data.conventions import BASES, NO_BASE, agreed_convention, convention_of_base
from papertwin.data.errors import InputError
from papertwin.data.fields import prepare
from papertwin.data.files.rows import Record
from papertwin.data.files.streams import Note
from papertwin.data.garbage import uncollected
from papertwin.data.graphs import components
from papertwin.data.identity import record_key
from papertwin.data.labels import LABEL_COLUMNS
from papertwin.data.processes import in_processes
from papertwin.data.wording import counted, first_of, listed
from papertwin.features import FEATURES, conflicting, vectors
from papertwin.findings import Finding, doubted
from papertwin.models import Model, load
from papertwin.models.card import DUPLICATES, REVIEW, YOURS, Given
from papertwin.models.store import as_stored, check_folder, write
from papertwin.models.training_vectors import TrainingVectors, read_vectors

if TYPE_CHECKING:
    from papertwin.models.build import Built
    from papertwin.models.retrain import Retrained

FEWEST, FEWEST_OF_A_KIND = 20, 5  # labelled cases that can be learned from: in all, and duplicates as well as distinct
TURNED = 0.9  # the share of labels that contradict the model from which on they are no errors: they mean the opposite
BATCH = 1000  # pairs that are compared at a time
LISTED = 10  # contradictions that are spelled out
UNSTORED = "trained"  # the name of a model without a folder


@dataclass(frozen=True, slots=True)
class Trained:
    """A model that was trained on labelled cases, and how good it is."""

    model: Model
    retrained: "Retrained | None"  # how it does beside the base that it was made from; None without a base
    judged: list[Judged]  # every labelled case with the answer of forests that saw neither of its works
    doubted: list[Finding]  # the cases whose labels may be wrong, as `papertwin check` lists them


def train(
    cases: Sequence[Case],
    base: str = "work",
    output: str | os.PathLike[str] | None = None,
    seed: int = 0,
    description: str = "",
    force: bool = False,
) -> Model:
    """Train a model on labelled cases, alone (`base="none"`) or added to the shipped pairs ("work" or "record").

    The returned model's `card` holds the cross-validated metrics. Cases that say the same of the same two records count
    once; labels that seem to mean the opposite are warned of. Nothing is written but to `output`, a folder, where one
    is given; `model.save(folder)` stores it as well. With `force` an existing model there is replaced. Raises
    InputError for another base, for cases that cannot be learned from, and for a folder that holds something, without
    `force`; OutputError where the folder cannot be written.
    """
    if base not in BASES:
        raise InputError(f"{base!r} is no base: give {listed(BASES, 'or')}")
    if not isinstance(cases, Sequence) or not all(isinstance(case, Case) for case in cases):
        given = type(cases).__name__
        if isinstance(cases, (list, tuple)):
            given += f" of {next(type(case).__name__ for case in cases if not isinstance(case, Case))}"
        raise InputError(
            f"cases are what papertwin.read_cases reads from a file or a frame, or a list of them, not {given}"
        )
    try:
        np.random.RandomState(seed)
    except ValueError as error:
        raise InputError(f"the seed {seed} cannot be used ({error}): give another, such as 0") from error
    if output is not None:
        check_folder(output, force)
    if turned := turned_round(cases, convention_of_base(base)):
        warnings.warn(turned, stacklevel=2)
    return train_and_judge(cases, base, output, seed, description).model


def train_and_judge(
    cases: Sequence[Case],
    base: str,
    output: str | os.PathLike[str] | None,
    seed: int = 0,
    description: str = "",
    jobs: int = 1,
) -> Trained:
    """Train as `train` does, on `jobs` processes, and judge the model: on held-out cases, and beside its base."""
    from papertwin.models.build import build
    from papertwin.models.fit import Recipe
    from papertwin.models.retrain import held_out_probabilities, retrain
    from papertwin.models.training_text import verdict, weight_told

    read = [case for case in cases if case.label is not None]
    if not read:
        raise _no_decision(cases)
    labelled = once(read)
    convention = check_learnable(labelled, base)
    own = labelled_vectors(labelled, YOURS)
    given = Given(UNSTORED if output is None else Path(output).resolve().name, convention, description)
    if base == NO_BASE:
        built, retrained = build(own, given, seed=seed), None
        checked = held_out_probabilities(None, own, convention, Recipe(), seed, jobs)
    else:
        retrained = retrain(read_vectors(), own, given, load(base), seed, jobs)
        checked = retrained.checked
        notes = f"{weight_told(retrained)} {verdict(retrained)}"
        built = replace(retrained.built, card=replace(retrained.built.card, given=replace(given, notes=notes)))
    model = as_stored(built.forest, built.calibration, built.card, built.selftest)
    if output is not None:
        write(model, output)
    return Trained(model, retrained, _judged(labelled, built, model), doubted(read, checked))


def _judged(labelled: Sequence[Case], built: "Built", model: Model) -> list[Judged]:
    """The cases with their out-of-fold answers, which `built` has in an order of its own."""
    own = built.training.sets == YOURS
    pairs, likely = built.training.at(own), built.probabilities[own]
    rows = np.argsort(pairs.parts.astype(np.int64))  # back in the order of the cases
    decisions = model.thresholds.decide(likely[rows], conflicting(pairs.vectors[rows]))
    return list(map(Judged, labelled, likely[rows].tolist(), decisions))


def base_told(base: str) -> str:
    """The first line of a run that learns from cases beside a base: its model, or that there is none."""
    return "no base model: your cases stand alone" if base == NO_BASE else f"{load(base).told}, is the base"


def read_all(
    paths: Sequence[str], records: Sequence[str] | None, convention: str, note: Note, tell: Note
) -> tuple[list[Case], int]:
    """The labelled cases of all files, in order, as later decisions leave them, and how many rows could not be read.

    What was read is told by `note`, rows that could not be read by `tell`. Raises InputError for a file that cannot be
    read, and where no case that could be read has a label.
    """
    files: list[Cases] = []
    for path in paths:
        cases = read_cases(path, records, convention, note, tell)
        files.append(cases)
        found = [case for case in cases if case.label is not None]
        duplicates = sum(case.label is True for case in found)
        note(
            f"{cases.name}: {counted(duplicates, 'duplicate')}, {len(found) - duplicates:,} distinct, "
            f"{len(cases) - len(found):,} without a decision"
        )
        for sentence in cases.rejections():
            tell(sentence)
    read = [case for cases in settled(files, note) for case in cases]
    labelled = [case for case in read if case.label is not None]
    rejected = [reject.told(cases.name, cases.unit) for cases in files for reject in cases.rejects]
    if not labelled:
        raise _no_decision(read, rejected)
    return labelled, len(rejected)


def check_learnable(cases: Sequence[Case], base: str) -> str:
    """The convention that labelled cases were decided by, if they can be learned from beside a base ("none": alone).

    Raises InputError, one sentence, for too few cases, for cases of one kind, and for cases that contradict each other
    or were decided by another convention than the base's.
    """
    alone = base == NO_BASE
    convention = agreed_convention(cases, None if alone else base, "add --base {0} (in Python base={0!r})")
    duplicates = sum(case.label is True for case in cases)
    distinct = len(cases) - duplicates
    if min(duplicates, distinct) == 0:
        only = "duplicates" if duplicates else "distinct"
        raise InputError(f"all {len(cases):,} labelled cases are {only}: a model needs cases of both kinds")
    if pairs := contradictions(cases):
        places = first_of([f"{a.place} and {b.place}" for a, b in pairs], LISTED, "; ")
        raise InputError(f"the same pair is decided both ways in {places}: correct or empty one decision of each")
    if lacking := too_few(duplicates, distinct):
        raise InputError(lacking)
    return convention


def _no_decision(cases: Sequence[Case], rejected: Sequence[str] = ()) -> InputError:
    if likely := likely_labels(cases):
        held = listed([f"column {name} holds {distinct} and {same}" for name, (distinct, same) in likely.items()])
        says = "it" if len(likely) == 1 else "one of them"
        way = f": {held}: if {says} says which pairs are duplicates, call it label"
    elif rejected:
        way = f" beside the {counted(len(rejected), 'row')} that cannot be read: {rejected[0]}"
    else:
        way = f": write DUPLICATES or NOT DUPLICATES under {listed(LABEL_COLUMNS, 'or')}"
    return InputError(f"there is no case with a decision{way}")


def too_few(duplicates: int, distinct: int) -> str | None:
    """Why so many cases of either kind are too few to learn from, in words; None where they suffice.

    Beside a base as without one: cross-validation chooses the weight of the cases, and by a handful it chooses badly.
    """
    if duplicates + distinct >= FEWEST and min(duplicates, distinct) >= FEWEST_OF_A_KIND:
        return None
    return (
        f"{counted(duplicates, 'duplicate')} and {counted(distinct, 'distinct case')} are too few: {FEWEST} in all and "
        f"{FEWEST_OF_A_KIND} of each kind are needed"
    )


def turned_round(cases: Sequence[Case], convention: str, jobs: int = 1) -> str | None:
    """That the labels of cases seem to mean the opposite, and the way out, in words; None where they do not.

    So it seems where nearly all contradict the shipped model of the convention, of those cases of which it is sure.
    This is a warning and no error: the cases may be just those that the model gets wrong.
    """
    labelled = once([case for case in cases if case.label is not None])
    pairs, model = labelled_vectors(labelled, YOURS, jobs), load(convention)
    said = np.array(model.answers(pairs.vectors)[1], dtype=object)
    sure = said != REVIEW
    duplicates = pairs.labels(convention)[sure] == 1
    contradicted = int((duplicates != (said[sure] == DUPLICATES)).sum())
    if too_few(int(duplicates.sum()), int((~duplicates).sum())) or contradicted <= TURNED * len(duplicates):
        return None
    return (
        f"{contradicted:,} of the {len(duplicates):,} cases that the shipped model {convention} is sure of are "
        "labelled the other way round: if 1 or yes means distinct in your files, exchange the labels"
    )


def labelled_vectors(cases: Sequence[Case], name: str, jobs: int = 1) -> TrainingVectors:
    """The labelled cases as vectors, their places as `parts`; a record of several cases is one record of one work.

    Records are numbered in an order of their own, so that neither the order of the cases nor that of the two records
    of a case changes the model. On `jobs` processes they are the same.
    """
    sides = [(record_key(case.doc_1), record_key(case.doc_2)) for case in cases]
    by_key = {key: record for case, keys in zip(cases, sides, strict=True)
              for key, record in zip(keys, (case.doc_1, case.doc_2), strict=True)}  # fmt: skip
    rows = {key: row for row, key in enumerate(sorted(by_key))}
    records = [by_key[key] for key in rows]
    left, right = np.array([sorted((rows[a], rows[b])) for a, b in sides], dtype=np.int64).reshape(-1, 2).T
    labels = np.array([float(bool(case.label)) for case in cases])
    works = components(len(records), left[labels == 1], right[labels == 1])
    return TrainingVectors(
        _compared(records, left, right, jobs),
        labels,
        labels,
        np.full(len(cases), name, dtype=object),
        np.arange(len(cases)).astype(object),
        works[left],
        works[right],
    )


def _compared(records: Sequence[Record], left: Rows, right: Rows, jobs: int) -> Vectors:
    """The vectors of the pairs (records[left[i]], records[right[i]]), a batch at a time on `jobs` processes."""
    batches = [(left[start : start + BATCH], right[start : start + BATCH]) for start in range(0, len(left), BATCH)]
    result = np.empty((len(left), len(FEATURES)), dtype=np.float32, order="F")  # as `vectors` makes them
    with closing(in_processes(partial(_compare, records), batches, jobs)) as done:
        for number, (_, made) in enumerate(done):
            result[number * BATCH : (number + 1) * BATCH] = made
    return result


@uncollected()
def _compare(records: Sequence[Record], pairs: tuple[Rows, Rows]) -> Vectors:
    rows, places = np.unique(np.concatenate(pairs), return_inverse=True)
    prepared = prepare([records[row] for row in rows.tolist()])
    return vectors(prepared, places[: len(pairs[0])], places[len(pairs[0]) :])
