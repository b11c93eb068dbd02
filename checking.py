"""Which labels are likely wrong, which cases contradict each other, and which are there twice or in two files.

Each case is scored by forests that learned from the shipped pairs and from cases of other works.
"""

from collections.abc import Sequence

from papertwin.data.cases import Case, once
from papertwin.data.conventions import NO_BASE, convention_of_base
from papertwin.findings import Finding, judged, of_each
from papertwin.models import load
from papertwin.models.card import YOURS
from papertwin.models.fit import Recipe
from papertwin.models.retrain import held_out_probabilities, recipe_of
from papertwin.models.training_vectors import read_vectors
from papertwin.training import labelled_vectors


def check(cases: Sequence[Case], base: str = "work", seed: int = 0, jobs: int = 1) -> list[Finding]:
    """A finding for each labelled case, the most suspicious first; those without a problem come last.

    `base` are the shipped pairs that teach the models beside the cases: "work", "record" or "none". Raises InputError
    where the shipped vectors cannot be read.
    """
    labelled = [case for case in cases if case.label is not None]
    if not labelled:
        return []
    own = labelled_vectors(once(labelled), YOURS)  # what is there twice counts once, as in training
    shipped, recipe = (None, Recipe()) if base == NO_BASE else (read_vectors(), recipe_of(load(base)))
    convention = convention_of_base(base)
    probabilities = held_out_probabilities(shipped, own, convention, recipe, seed, jobs)
    return judged(labelled, of_each(labelled, probabilities))
