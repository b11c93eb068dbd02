"""What the report of a model says: its card, its curves, what moves it, and the cases that it gets wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from papertwin.data.cases import CHALLENGE, Judged, read_cases
from papertwin.data.conventions import DEFINITIONS, NO_BASE
from papertwin.data.differences import Segment, Side, differences, sides
from papertwin.data.fields import prepare_pairs
from papertwin.data.labelled.sets import SETS
from papertwin.data.wording import listed
from papertwin.features import FEATURES, vectors
from papertwin.models.card import ALL, DISTINCT, DUPLICATES, REVIEW, YOURS, Card, Measured, Numbers
from papertwin.models.card_text import (
    CONFLICTS,
    DISTINCT_ANYHOW,
    contradicting,
    costs,
    evaluation_told,
    limits,
    number,
    of_this_model,
    weakest,
)
from papertwin.models.dependence import partial_dependence
from papertwin.models.model import Model
from papertwin.models.scores import choices, clear_cut, reliability
from papertwin.models.training_vectors import read_vectors
from papertwin.pages import charts
from papertwin.pages.render import render

if TYPE_CHECKING:
    from papertwin.findings import Finding

THRESHOLDS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999)  # of the table of alternatives
DEPENDENT = 12  # features whose partial dependence is drawn
IMPORTANT = 20  # features whose importance is drawn; the rest are folded away
WORST = 10  # cases that are shown side by side
SUSPECTS = 50  # labels that may be wrong, of which so many are listed
NOTHING = "–"  # where a measure is undefined
LONGEST = 1500  # letters of a field that are shown
_FEATURE = {feature.name: feature for feature in FEATURES}


def page(model: Model, judged: Sequence[Judged] = (), doubted: "Sequence[Finding]" = ()) -> str:
    """The report of a model as HTML, with what is known of the user's own cases.

    `judged` are all of these with their out-of-fold answers, `doubted` those whose labels may be wrong.
    The same model and cases give the same text. Raises InputError where jinja2 is not installed, or the shipped vectors
    that partial dependence is measured on are not there.
    """
    measured = model.card.measured
    rows = of_this_model(measured)
    values: dict[str, Any] = {
        "model": model,
        "card": model.card,
        "tiles": tiles(rows),
        "own": any(one.name == YOURS for one in measured.training),
        "base": base_of(model.card),
        "convention": DEFINITIONS[model.convention],
        "distinct_anyhow": DISTINCT_ANYHOW,
        "limits": limits(measured),
        "data": data(measured),
        "thresholds": thresholds(measured, rows),
        "curves": curves(measured),
        "importances": importances(measured),
        "dependence": dependences(model),
        "tables": [evaluation(evaluation_told(name), table) for name, table in measured.metrics.items()],
        "weakest": {"sets": weakest(rows, slices=False), "slices": weakest(rows, slices=True), "rows": rows},
        "challenge": errors(challenge(model)),
        "judged": errors(judged),
        "suspects": {"count": len(doubted), "shown": doubted[:SUSPECTS]},
    }  # fmt: skip
    filters = {
        "percent": share,
        "number": number,
        "thousands": "{:,}".format,
        "listed": listed,
        "digits": digits,
        "times": times,
    }
    return render("report/report.html", "report/report.css", values, filters)


def base_of(card: Card) -> str:
    """What `papertwin train --base` was given for a model of the user's own: it learned from shipped sets, or not."""
    alone = all(one.name == YOURS for one in card.measured.training)
    return NO_BASE if alone else card.given.convention


class Tile(NamedTuple):
    """A figure that is shown large, and what it is."""

    figure: str
    what: str


def tiles(rows: Mapping[str, Numbers]) -> list[Tile]:
    """The figures to begin with, cross-validated; those that are not known are left out."""
    whole = rows.get(ALL, {})
    found = (
        (digits(whole.get("f1")), "F1 at a probability of 0.5"),
        (share(whole.get("auto_precision")), "of its merges are right"),
        (share(whole.get("auto_missed")), "of the duplicates are missed"),
        (share(whole.get("review")), "of the pairs are left to you"),
        (digits(whole.get("ece")), "calibration error"),
    )
    return [Tile(figure, what) for figure, what in found if figure != NOTHING]


def data(measured: Measured) -> dict[str, Any]:
    """The sets that the model learned from, the user's first, with what is known of them."""
    known = {entry.name: entry for entry in SETS}
    sets = sorted(measured.training, key=lambda one: (one.name != YOURS, one.name))
    pairs, duplicates = sum(one.pairs for one in sets), sum(one.duplicates for one in sets)
    return {
        "sets": [(one, known.get(one.name)) for one in sets],
        "most": max((one.pairs for one in sets), default=1),
        "pairs": pairs,
        "share": duplicates / max(pairs, 1),
    }


def thresholds(measured: Measured, rows: Mapping[str, Numbers]) -> dict[str, Any]:
    """The model's thresholds and what they cost, beside single thresholds that `--threshold` could set instead."""
    scores = measured.scores.get(ALL)
    curve = choices(scores) if scores else []
    return {
        "at": measured.thresholds,
        "whole": rows.get(ALL, {}),
        "conflicts": rows.get(CONFLICTS, {}),
        "costs": costs(rows),
        "contradicting": contradicting(rows),
        "alternatives": [one for one in curve if one.threshold in THRESHOLDS],
        "half": next((one for one in curve if one.threshold == charts.HALF), None),
        "clear_cut": clear_cut(scores) if scores else None,
        "histogram": charts.histogram(scores, measured.thresholds) if scores else None,
    }


def curves(measured: Measured) -> dict[str, Any] | None:
    """The curves of all pairs, and of the user's own beside them; None for a card without."""
    if ALL not in measured.scores:
        return None
    drawn = {"all pairs": measured.scores[ALL]}
    if YOURS in measured.scores and len(measured.scores) > len((ALL, YOURS)):
        drawn[YOURS] = measured.scores[YOURS]
    return {
        "names": list(drawn),
        "precision_recall": charts.precision_recall(drawn),
        "reliable": charts.reliable(drawn),
        "bins": reliability(measured.scores[ALL]),
    }


def importances(measured: Measured) -> dict[str, Any]:
    """Groups and features by what they are worth, the most first."""
    groups, features = (
        sorted(values.items(), key=lambda item: (-item[1], item[0]))
        for values in (measured.group_importances, measured.feature_importances)
    )
    return {
        "groups": groups,
        "features": [(name, _FEATURE.get(name), value) for name, value in features],
        "shown": IMPORTANT,
        "most": [max((value for _, value in each), default=0) or 1.0 for each in (groups, features)],
    }


def dependences(model: Model) -> dict[str, Any]:
    """The partial dependence of the most important features, on the shipped pairs that the convention decides."""
    vectors = read_vectors().known(model.convention).vectors
    ranked = sorted(model.card.measured.feature_importances.items(), key=lambda item: (-item[1], item[0]))
    found = [partial_dependence(model.forest.log_odds, vectors, name) for name, _ in ranked[:DEPENDENT]]
    shown = [one for one in found if one is not None]
    furthest = charts.shared_doublings(shown)
    return {
        "plots": [(one, _FEATURE[one.feature], charts.dependence(one, furthest)) for one in shown],
        "widest": max(shown, key=lambda one: one.swing, default=None),
    }


def evaluation(name: str, table: Mapping[str, Numbers]) -> dict[str, Any]:
    """One table of metrics in its parts: the whole, the user's own, the sets by F1, the slices by F1."""

    def by_f1(names: Iterable[str]) -> list[str]:
        return sorted(names, key=lambda row: (table[row].get("f1") is None, table[row].get("f1") or 0, row))

    first = [row for row in (ALL, YOURS) if row in table]
    slices = [row for row in table if "/" in row]
    return {
        "name": name,
        "parts": [
            ("together", first),
            ("by set, the weakest first", by_f1(set(table) - set(first) - set(slices))),
            ("by kind of pair, the weakest first", by_f1(slices)),
        ],
        "rows": table,
    }


def challenge(model: Model) -> list[Judged]:
    """The shipped cases that the convention decides, as the model answers them now."""
    cases = [case for case in read_cases(CHALLENGE, convention=model.convention) if case.label is not None]
    pairs = prepare_pairs([case.doc_1 for case in cases], [case.doc_2 for case in cases])
    probabilities, decisions = model.answers(vectors(*pairs))
    return list(map(Judged, cases, probabilities.tolist(), decisions))


KINDS = {  # what an answer is: (label, decision)
    (True, DUPLICATES): "right",
    (False, DISTINCT): "right",
    (True, REVIEW): "review",
    (False, REVIEW): "review",
    (False, DUPLICATES): "merged",
    (True, DISTINCT): "missed",
}


def outcome(one: Judged) -> str:
    """How good the answer is: "right", "review" (left to a person), "merged" (wrongly) or "missed"."""
    return KINDS[bool(one.case.label), one.decision]


def errors(judged: Sequence[Judged]) -> dict[str, Any]:
    """How the cases came out, in all and by kind, and side by side those that are furthest from their labels."""
    far = sorted((one for one in judged if one.of_label < charts.HALF), key=lambda one: one.of_label)
    by_kind: dict[str, Counter[str]] = {}
    for one in judged:
        by_kind.setdefault(str(one.case.row.get("kind") or ""), Counter())[outcome(one)] += 1
    counts = Counter(map(outcome, judged))
    return {
        "cases": len(judged),
        "counts": counts,
        "wrong": counts["merged"] + counts["missed"],
        "kinds": sorted(
            ((kind, own) for kind, own in by_kind.items() if own.total() > own["right"]),
            key=lambda item: (-item[1]["merged"] - item[1]["missed"], -item[1]["review"], item[0]),
        ),
        "right_kinds": sorted(kind for kind, own in by_kind.items() if own.total() == own["right"]),
        "far": len(far),
        "worst": [shown(one) for one in far[:WORST]],
    }


def shown(one: Judged) -> dict[str, Any]:
    """A case with its fields side by side, their differences marked."""
    return {"judged": one, "fields": [_compared(side) for side in sides(one.case.doc_1, one.case.doc_2)]}


def _compared(side: Side) -> dict[str, Any]:
    """A field of both records in segments; a text that has none beside it differs from nothing, and ids always do."""
    left, right = _cut(side.left), _cut(side.right)
    if side.field == "id" or not (left and right):
        return {"name": side.field, "texts": [[Segment(text, True)] if text else [] for text in (left, right)]}
    return {"name": side.field, "texts": differences(left, right, cased=False)}


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} … ({len(text):,} letters)"


def digits(value: float | int | None) -> str:
    """A measure from 0 to 1 with three decimals; what is not quite 0 or 1 is not rounded to it."""
    return _rounded(value, ".3f")


def share(value: float | int | None) -> str:
    """A share as a percentage with one decimal, likewise."""
    return _rounded(value, ".1%")


def _rounded(value: float | int | None, form: str) -> str:
    if value is None or np.isnan(value):
        return NOTHING
    if 0 < value < 0.0005:
        return f"<{0.001:{form}}"
    return f">{0.999:{form}}" if 0.9995 <= value < 1 else f"{value:{form}}"


def times(factor: float) -> str:
    """A factor with two significant digits: 2.3 times, 49,000 times."""
    return f"{float(f'{factor:.2g}'):,.{0 if factor >= 10 else 1}f} times"
