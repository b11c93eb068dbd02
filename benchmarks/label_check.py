"""How many wrong labels `papertwin check` finds: `make bench-retraining`, or python benchmarks/label_check.py.

Shipped sets are played as a user's cases: one in twenty labels is flipped, and the cases are checked beside a base that
has neither the set nor what shares its records. Printed and written to docs/label_check.md: the precision at the number
flipped, that is how many of the first suspects are flipped labels. No records are needed, so that contradictions
between cases, which give some of them away, do not help here.
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from leave_out import CONVENTION, shipped_recipe, without
from markdown import table
from papertwin.models.doubt import suspicion
from papertwin.models.retrain import held_out_probabilities
from papertwin.models.training_vectors import TrainingVectors, read_vectors

DOCS = Path(__file__).resolve().parent.parent / "docs"
REPORT = "label_check.md"
USERS = (
    "search_cases",
    "asysd_diabetes",
    "cora_1295",
    "magellan_dblp_scholar",
    "rathbone_respiratory",
    "s2apler_test",
    "medrxiv_gold_cabanac",
)
CASES, FLIPPED = 1000, 0.05


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--out", type=Path, default=DOCS, metavar="DIR", help="where the report goes (default: docs)")
    options = made.parse_args(argv)
    training = read_vectors()
    rows = []
    for user in USERS:
        rows.append(measured(training, user))
        print(*rows[-1], flush=True)
    mean = float(np.mean([row[5] for row in rows if isinstance(row[5], float)]))
    head = ["set", "convention", "cases", "flipped", "among the first suspects", "precision", "named by the model"]
    text = "\n\n".join(
        [
            "# Finding wrong labels",
            f"One in {1 / FLIPPED:.0f} labels of sets that are played as a user's cases is flipped, and `papertwin "
            "check` is asked, with a base that has not seen the set.\n`precision` is the share of flipped labels among "
            f"as many first suspects as were flipped: {mean:.3f} on average. The rest are the sets' own errors and "
            "the model's.\n`named by the model` are the flipped ones among the labels that it contradicts.",
            table(head, rows),
        ]
    )
    (options.out / REPORT).write_text(text + "\n", encoding="utf-8")
    return 0


def measured(training: TrainingVectors, user: str) -> list[str | float | int]:
    """A row of the table for one set."""
    convention = CONVENTION[user]
    cases = training.at(training.sets == user).known(convention).capped(CASES)
    labels = cases.labels(convention).copy()
    flipped = np.random.default_rng(0).choice(len(labels), round(FLIPPED * len(labels)), replace=False)
    labels[flipped] = 1 - labels[flipped]
    probabilities = held_out_probabilities(
        without(training, user), replace(cases, work=labels, record=labels), convention, shipped_recipe()
    )
    first = np.argsort(-suspicion(labels == 1, probabilities), kind="stable")[: len(flipped)]
    found = int(np.isin(first, flipped).sum())
    named = (probabilities >= 0.5) != (labels == 1)
    told = f"{int(named[flipped].sum())} of {int(named.sum())}"
    return [user, convention, len(labels), len(flipped), found, found / len(flipped), told]


if __name__ == "__main__":
    raise SystemExit(main())
