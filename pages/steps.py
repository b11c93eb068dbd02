"""Steps: what to do with the decisions of a review, by where its pairs come from."""

import shlex
from collections.abc import Iterable

from papertwin.data.cases import LABELLED_AT, Case
from papertwin.data.conventions import named_convention
from papertwin.pages.pairs import suspicion
from papertwin.training import FEWEST


def steps(cases: Iterable[Case], labels: str, convention: str) -> list[list[str]]:
    """The commands that make use of decisions in the file `labels`, each as what it does and how it is called."""
    cases, file = list(cases), shlex.quote(labels)
    train = f"--base {convention} --output my_model"
    if any(suspicion(case) is not None for case in cases):
        return [
            [
                "Train on the files that you have checked and on your decisions, which overrule the labels there:",
                f"papertwin train CHECKED_FILES {file} {train}",
            ]
        ]
    learn = [f"A model learns from {FEWEST} of them and more by:", f"papertwin train {file} {train}"]
    # Beside check, only dedupe names the convention of pairs that nobody has decided.
    if any(named_convention(case.row) and LABELLED_AT not in case.row for case in cases):
        follow = "Give them to the dedupe command that these pairs come from, and its works follow them:"
        return [[follow, f"papertwin dedupe FILES -o WORKS --model {convention} --labels {file} --force"], learn]
    return [learn]
