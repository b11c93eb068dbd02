"""A refit as a program of its own, for the review page: decided cases in, a model and its figures out.

pages/refit.py starts it: `python -m papertwin.refitting FOLDER MODEL BASE`.
"""

import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from papertwin import cli
from papertwin.models import load
from papertwin.models.card import YOURS
from papertwin.pages.refit import CASES_FILE, MODEL

NICENESS = 5  # of 19: the page goes first, and on a busy machine the refit still ends
# What is told of the model before and after, from metrics().
TOLD = ("precision", "recall", "f1", "wrong_merges", "misses", "log_loss")


def main(argv: Sequence[str] | None = None) -> int:
    """FOLDER MODEL BASE: fit the cases in the folder, store the model there, print before and after as JSON."""
    folder, model, base = sys.argv[1:] if argv is None else argv
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    return cli.run(lambda: refit(Path(folder), model, base))


def refit(folder: Path, model: str, base: str) -> int:
    """The library's training on the decided cases, judged on them. Raises PapertwinError."""
    from papertwin import training
    from papertwin.data.cases import read_cases
    from papertwin.models.fit import Recipe
    from papertwin.models.metrics import log_loss, metrics
    from papertwin.models.retrain import held_out_probabilities

    cases = list(read_cases(folder / CASES_FILE))
    beginning = load(model)
    made = training.train_and_judge(cases, base, folder / MODEL, description="Fitted while its cases were reviewed.")
    if made.retrained is not None:
        pairs, after = made.retrained.own.pairs, made.retrained.own.new
    else:
        pairs = training.labelled_vectors(cases, YOURS)
        after = held_out_probabilities(None, pairs, beginning.convention, Recipe())
    labels = pairs.labels(beginning.convention)
    told = {}
    for name, probabilities in (("before", beginning.score_vectors(pairs.vectors)), ("after", after)):
        numbers = metrics(labels, probabilities) | {"log_loss": log_loss(labels, probabilities, np.ones(len(labels)))}
        told[name] = {measure: numbers[measure] for measure in TOLD}
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise SystemExit(main())
