"""Leave-one-dataset-out: which pairs are left out together, so that a model meets a set as a new user's is met."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from papertwin.data.arrays import Mask
from papertwin.data.labelled.sets import SETS
from papertwin.models import load
from papertwin.models.fit import Recipe
from papertwin.models.retrain import recipe_of
from papertwin.models.training_vectors import TrainingVectors

CONVENTION = {entry.name: entry.convention for entry in SETS}
TOGETHER = (("magellan_dblp_acm", "magellan_dblp_scholar"),)  # they share DBLP's records
# Aids to training, not sets to be judged on: their pairs were drawn, made or written for it.
NEVER = tuple(entry.name for entry in SETS if entry.pairs_from not in {"labels", "cases"})
BY_PART = "search_cases"  # left out one request at a time


def shipped_recipe() -> Recipe:
    """The recipe that the shipped work model was fitted by; everything here is fitted by it."""
    return recipe_of(load("work"))


def kin(name: str) -> tuple[str, ...]:
    """The set and those that share its records."""
    return next((group for group in TOGETHER if name in group), (name,))


def without(training: TrainingVectors, name: str) -> TrainingVectors:
    """The pairs of all sets that share no record with this one."""
    return training.at(~np.isin(training.sets.astype(str), kin(name)))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is left out together: `name`, the convention it is judged by, and which pairs it is."""

    name: str
    convention: str
    rows: Mask


def left_out(training: TrainingVectors) -> Iterator[LeftOut]:
    """Every set, or request of the search cases, with the convention of its labels."""
    done: set[str] = set(NEVER)
    for entry in SETS:
        if entry.name in done:
            continue
        names = kin(entry.name)
        done |= set(names)
        rows = np.isin(training.sets.astype(str), names)
        if entry.name == BY_PART:
            for part in sorted(set(training.parts[rows])):
                yield LeftOut(f"{entry.name}/{part}", entry.convention, rows & (training.parts == part))
        else:
            yield LeftOut("+".join(names), entry.convention, rows)
