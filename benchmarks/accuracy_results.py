"""Results: what the steps of the accuracy benchmark hand to its tables and plots."""

from dataclasses import dataclass

import numpy as np

from leave_out import CONVENTION, NEVER
from material import Material
from papertwin.data.arrays import Floats
from papertwin.data.conventions import CONVENTIONS
from scored import BySet, Figures, Scored, figures


@dataclass(frozen=True, slots=True)
class Results:
    """The answers of all models.

    `validated` by convention (and challenge/<convention>); by set `left_out`, `strict` (left out with its kin) and
    `otherwise` (left out under the other convention); `splits` by "<set>/<what it was trained on>".
    """

    material: Material
    validated: BySet
    left_out: BySet
    strict: BySet
    otherwise: BySet
    splits: BySet

    def labels(self, convention: str) -> Floats:
        """The labels of all pairs, NaN where the convention does not decide."""
        return self.material.training.labels(convention)

    @property
    def conventions(self) -> list[str]:
        """The conventions that there are models of; with few sets not all."""
        return [convention for convention in CONVENTIONS if convention in self.validated]

    def judged(self, convention: str) -> Scored:
        """The cross-validated pairs of real labelled sets; aids to training are left away."""
        scored = self.validated[convention]
        return scored.at(~np.isin(self.material.training.sets[scored.rows].astype(str), NEVER))

    def of_set(self, name: str, convention: str) -> Scored:
        """The cross-validated pairs of one set."""
        scored = self.validated[convention]
        return scored.at(self.material.training.sets[scored.rows] == name)

    def left_out_of(self, convention: str) -> Scored:
        """The left-out pairs of all sets of the convention."""
        return Scored.joined([scored for name, scored in self.left_out.items() if CONVENTION[name] == convention])

    def figures(self, scored: Scored, convention: str) -> Figures:
        """The figures of some pairs by the convention's labels."""
        return figures(self.labels(convention)[scored.rows], scored)
