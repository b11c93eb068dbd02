"""Remarks: what the user should know of a run over record files, beside its result."""

from collections.abc import Iterator
from typing import NamedTuple

from papertwin.data.conventions import convention_told
from papertwin.data.wording import counted, some, unreadable
from papertwin.models import Model
from papertwin.works.finding import Found
from papertwin.works.intake import Taken
from papertwin.works.outcome import Outcome

NAMED = 5  # labelled cases left out that are named


class Remark(NamedTuple):
    """A sentence, and whether it is said under --quiet too, for something was not done as asked."""

    text: str
    warns: bool


def remarks(found: Found, outcome: Outcome, option: str = "") -> Iterator[Remark]:
    """What was read as missing, renamed, left out, joined or not followed; existing works are given by `option`."""
    if found.taken.unreadable:
        yield Remark(unreadable(found.taken.unreadable), False)
    for name, works in found.taken.works.items():
        yield Remark(
            f"{name}: a work counts as one record here ({counted(works, 'work')} of an earlier run): to add new "
            f"records to works, give them by {option or f'--against {name}'}",
            True,
        )
    if outcome.repeated:
        records = counted(outcome.repeated, "new record")
        say, are = ("says", "is") if outcome.repeated == 1 else ("say", "are")
        yield Remark(
            f"{records} {say} the very same as records of the existing works, and {are} added once more: a file that "
            "was added before need not be given again",
            False,
        )
    yield from of_ids(outcome)
    yield from of_labels(found, outcome)
    for row in outcome.existing.taken_out():
        yield Remark(f"{outcome.name(row)} is taken out of its existing work, as a label says", True)
    for rows in outcome.existing.joined():
        yield Remark(f"the existing works {' and '.join(map(outcome.name, rows))} are one now, as labels say", True)
    for row, other, likely in outcome.existing.torn():
        yield Remark(
            f"{outcome.name(row)} went into another existing work by a label, though it is like {outcome.name(other)} "
            f"(probability {likely:.2f}): label these two as well, DUPLICATES if the existing works are one",
            True,
        )


def of_convention(taken: Taken, model: Model, works: str, option: str) -> Iterator[Remark]:
    """That the existing `works` were counted otherwise than by this model; `option` is before the name of another."""
    if taken.convention in {None, model.convention}:
        return
    before, now = convention_told(str(taken.convention)), convention_told(model.convention)
    yield Remark(
        f"{works}: its works were made by {before}, and stay as they are; new records are added by {now}: "
        f"{option}{taken.convention} counts as they do",
        True,
    )


def of_ids(outcome: Outcome) -> Iterator[Remark]:
    """Which records are not named by their ids."""
    if outcome.shared_ids:
        records = counted(outcome.shared_ids, "record")
        yield Remark(f"{records} share an id with other works: they are named <file>:<number>", False)


def of_labels(found: Found, outcome: Outcome) -> Iterator[Remark]:
    """How many labels are followed, and which are not."""
    labels = found.labels
    if labels.given:
        followed = len(labels.must) + len(labels.cannot) - len(found.contradictions)
        yield Remark(f"{followed:,} of {labels.given:,} labels are followed", False)
    for name in labels.silent:
        yield Remark(f"{name}: no case in it has a label", True)
    for reason, places in labels.left_out.items():
        yield Remark(f"{counted(len(places), 'labelled case')} left out, because {reason}: {some(places, NAMED)}", True)
    if labels.unreadable:
        yield Remark(f"{counted(labels.unreadable, 'row')} of the labels could not be read: left out", True)
    for left, right in found.contradictions:
        pair = f"{outcome.name(left)} and {outcome.name(right)}"
        places = labels.places.get(frozenset((left, right)), [])
        told = f" ({some(places, NAMED)})" if places else ""  # none for what copies of a record are taken to be
        yield Remark(
            f"the label of {pair}{told} contradicts other labels: not followed; correct or empty the wrong one", True
        )
