"""The outcome of a training as text: the figures of the model, or of the old model beside the new one."""

from collections.abc import Iterator

from papertwin.models.card import CROSS_VALIDATION, YOURS, Card
from papertwin.models.compare import ERRORS, MARGIN, SAME, Difference
from papertwin.models.retrain import Beside, Retrained
from papertwin.models.slices import SLICES


def report_of(card: Card) -> str:
    """The cross-validated metrics of a trained model as text, of the user's own cases first."""
    measured = card.measured
    table = measured.metrics[CROSS_VALIDATION]
    columns = ("pairs", "duplicates", "precision", "recall", "f1", "average_precision", "brier", "review")
    lines = [
        f"{'cross-validated, no work in two folds':<38}"
        + "".join(f"{column.replace('_', ' '):>19}" for column in columns)
    ]
    for row in (YOURS, *(key for key in table if key != YOURS and "/" not in key)):
        if row in table:
            values = (table[row].get(column) for column in columns)
            lines.append(f"{row:<38}" + "".join(f"{_number(value):>19}" for value in values))
    lines.append(thresholds_told(card))
    return "\n".join(lines)


def thresholds_told(card: Card) -> str:
    """Where the answers part, in a line."""
    limits = card.measured.thresholds
    return (
        f"DUPLICATES from {limits.duplicate:.4f}, NOT DUPLICATES below {limits.distinct:.4f}, REVIEW between "
        f"(where {card.measured.prevalence:.0%} of the pairs are duplicates)"
    )


def report_beside(made: Retrained) -> str:
    """The old model beside the new one as text, on pairs that neither has seen: the user's, the base's, its parts'."""
    lines = [
        f"{'held out, no work in two folds':<34}{'pairs':>8}{'duplicates':>12}"
        + "".join(f"{f'{name}, old, new':>24}" for name in ("F1", "wrong merges", "misses", "for review", "log loss"))
    ]
    for name, beside in _parts(made):
        if not len(beside.labels):
            continue
        old, new = beside.metrics
        change = beside.difference
        both = [(old[key], new[key]) for key in ("f1", "wrong_merges", "misses", "review")]
        both.append((change.loss, change.loss + change.mean))
        lines.append(
            f"{name:<34}{old['pairs']:>8,}{old['duplicates']:>12,}"
            + "".join(f"{_number(a):>14}{_number(b):>10}" for a, b in both)
        )
    lines += [thresholds_told(made.built.card), weight_told(made)]
    if made.known:
        lines.append(
            f"{made.known:,} of your cases are among the shipped pairs: they count once, as yours; the old model has "
            "seen them, which flatters it"
        )
    return "\n".join(lines)


def _parts(made: Retrained) -> Iterator[tuple[str, Beside]]:
    """What is compared, by name."""
    yield YOURS, made.own
    if made.doubted:
        yield "  without those that may be wrong", made.trusted
    yield "the base, each set as it weighs", made.base
    for name, of in SLICES.items():
        yield f"  {name}", made.base.at(of(made.base.pairs.vectors))
    for name in sorted(set(made.base.pairs.sets)):
        yield f"  {name}", made.base.at(made.base.pairs.sets == name)


def weight_told(made: Retrained) -> str:
    """How much the user's cases count, in a sentence."""
    weighed = made.weighed
    if not weighed.say:
        return "Your cases harmed the shipped pairs at every weight, and count for nothing: the model is the base's."
    if not weighed.weight:
        return "No weight of your cases made held-out ones better, so the forest is the base's, calibrated with them."
    less = ", and less where its label may be wrong" if made.doubted else ""
    return f"Each of your cases weighs as much as {weighed.worth:,.3g} base pairs, which cross-validation chose{less}."


def verdict(made: Retrained) -> str:
    """Whether the new model is better, and what it leaves to a person, in plain sentences.

    Errors that it has learned make it better by the labels that have them: where some are doubted, it is judged without
    these first.
    """
    own, base = _judged(made.own.difference), _judged(made.base.difference)
    on_own = f"{own} on your cases and"
    if made.doubted:
        labels = "label" if made.doubted == 1 else "labels"
        on_own = (
            f"{_judged(made.trusted.difference)} on your cases without the {made.doubted:,} whose {labels} may be "
            f"wrong, {own} with them, and"
        )
    old, new = (f"{one['review']:.1%}" for one in made.own.metrics)
    return (
        f"By log loss on held-out pairs, the new model is {on_own} {base} on the base. "
        f"It leaves {new} of your cases for review, the old one {old}."
    )


def _judged(change: Difference) -> str:
    losses = f"{change.loss:.4f} to {change.loss + change.mean:.4f}"
    if change.verdict != SAME:
        return f"{change.verdict} ({losses})"
    small = abs(change.mean) <= MARGIN * change.loss
    least = f"{MARGIN:.0%}" if small else f"{ERRORS:g} standard errors"
    return f"about as good ({losses}, where less than {least} decides nothing)"


def _number(value: float | int | None) -> str:
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.4f}"
