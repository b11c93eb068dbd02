"""Leave-one-dataset-out: what a model answers on a set of which it has seen nothing, as a new user's is."""

from collections.abc import Iterator
from dataclasses import dataclass

import joblib
import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Mask
from papertwin.data.labelled.sets import SETS
from papertwin.models import load
from papertwin.models.fit import Recipe, fit_forest, raw_log_odds, set_weights
from papertwin.models.training import TrainingVectors

CONVENTION = {entry.name: entry.convention for entry in SETS}
TOGETHER = (("magellan_dblp_acm", "magellan_dblp_scholar"),)  # they share DBLP's records
NEVER = ("search_results", "made_pairs")  # aids to training, not sets to be judged on
BY_PART = "search_cases"  # left out one request at a time


def shipped_recipe() -> Recipe:
    """The recipe that the shipped work model was fitted by; everything here is fitted by it."""
    return Recipe(**load("work").card.measured.recipe)  # type: ignore[arg-type]  # it is what was written


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is left out together: `name`, the convention it is judged by, and which pairs it is."""

    name: str
    convention: str
    rows: Mask


def left_out(training: TrainingVectors, convention: str | None = None) -> Iterator[LeftOut]:
    """Every set, or request of the search cases, with the convention of its labels or the given one."""
    done: set[str] = set(NEVER)
    for entry in SETS:
        if entry.name in done:
            continue
        names = next((group for group in TOGETHER if entry.name in group), (entry.name,))
        done |= set(names)
        rows = np.isin(training.sets.astype(str), names)
        judged_by = convention or entry.convention
        if entry.name == BY_PART:
            for part in sorted(set(training.parts[rows])):
                yield LeftOut(f"{entry.name}/{part}", judged_by, rows & (training.parts == part))
        else:
            yield LeftOut("+".join(names), judged_by, rows)


def scores_without(
    training: TrainingVectors, out: LeftOut, recipe: Recipe, seed: int = 0
) -> tuple[NDArray[np.int64], Floats]:
    """(rows, raw log-odds) of the left-out pairs that the convention decides, by a forest that saw none of them."""
    labels = training.labels(out.convention)
    known = ~np.isnan(labels)
    train, test = np.flatnonzero(known & ~out.rows), np.flatnonzero(known & out.rows)
    if not len(test):
        return test, np.empty(0)
    forest = fit_forest(
        training.vectors[train], labels[train], set_weights(training.sets[train], recipe.balance), recipe, seed
    )
    return test, raw_log_odds(forest, training.vectors[test])


def leave_one_out(
    training: TrainingVectors, recipe: Recipe, seed: int = 0, convention: str | None = None
) -> dict[str, tuple[NDArray[np.int64], Floats]]:
    """For each set: its rows and their raw log-odds from models that have not seen it."""
    outs = list(left_out(training, convention))
    made = joblib.Parallel(n_jobs=-1)(joblib.delayed(scores_without)(training, out, recipe, seed) for out in outs)
    result: dict[str, list[tuple[NDArray[np.int64], Floats]]] = {}
    for rows, raw in made:
        for name in sorted(set(training.sets[rows])):
            inside = training.sets[rows] == name
            result.setdefault(str(name), []).append((rows[inside], raw[inside]))
    return {
        name: (np.concatenate([r for r, _ in parts]), np.concatenate([s for _, s in parts]))
        for name, parts in result.items()
    }
