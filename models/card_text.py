"""A card as a page of Markdown: what a model is for, what it learned from, how well it does, where it fails."""

import math
from collections.abc import Mapping, Sequence

from papertwin.data.conventions import DEFINITIONS
from papertwin.data.labelled.sets import SETS
from papertwin.models.card import ALL, BEFORE, CROSS_VALIDATION, Card, Measured, Numbers
from papertwin.models.scores import reliability

CONFLICTS = f"{ALL}/any conflict"
WEAKEST = 3  # sets, and slices, that are named as known failures
FEWEST = 50  # duplicates of a set or slice whose F1 says something
IMPORTANT = 15  # features that are listed
SHOWN = {  # measure: its column's head
    "pairs": "pairs",
    "duplicates": "duplicates",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "average_precision": "average precision",
    "brier": "Brier",
    "ece": "ECE",
    "auto_precision": "precision of merges",
    "auto_missed": "missed",
    "review": "to review",
}
DISTINCT_ANYHOW = (
    "Distinct under either convention: part I and part II, companion papers, another year's report of a series, an "
    "erratum, comment, reply or retraction notice, the review of a book, another edition, and editorials of the same "
    "title by others."
)


def markdown(card: Card) -> str:
    """The card as Markdown, a line a paragraph."""
    given, measured = card.given, card.measured
    parts = [
        f"# {given.name}",
        given.description,
        *(["## Intended use", given.intended_use] if given.intended_use else []),
        "## What it calls a duplicate",
        f"Convention: `{given.convention}`. {DEFINITIONS[given.convention]}",
        DISTINCT_ANYHOW,
        "## Thresholds",
        *_thresholds(measured),
        "## Trained on",
        _training(measured),
        *(part for name, rows in measured.metrics.items() for part in _evaluation(name, rows)),
        *_calibration(measured),
        *_importances("group", measured.group_importances),
        *_importances("feature", measured.feature_importances),
        *(["## Known failures", *said] if any(said := [*failures(measured), given.notes]) else []),
        "## Limits",
        *limits(measured),
        "## Retraining",
        "`papertwin train CASES --output DIR` adds labelled cases to the shipped pairs of this convention "
        f"(`--base {given.convention}`), or learns from them alone (`--base none`), and stores a new model; this one "
        "is left as it is.",
        *_provenance(card),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _thresholds(measured: Measured) -> list[str]:
    at = measured.thresholds
    needed = f"{at.conflict:.4g}" if at.conflict > at.duplicate else "no more"
    said = [
        f"`DUPLICATES` from {at.duplicate:.4g}, `NOT DUPLICATES` below {at.distinct:.4g}, `REVIEW` between, "
        f"for input of which {measured.prevalence:.1%} are duplicates. "
        f"Pairs whose identifiers or numbers in the titles conflict need {needed}."
    ]
    rows = of_this_model(measured)
    return [*said, *(f"Cross-validation: {sentence}" for sentence in (costs(rows), contradicting(rows)) if sentence)]


def of_this_model(measured: Measured) -> Mapping[str, Numbers]:
    """The metrics of the model itself: after retraining the card has those of the one before as well."""
    return measured.metrics.get(CROSS_VALIDATION, {})


def costs(rows: Mapping[str, Numbers]) -> str:
    """What the thresholds cost, in a sentence; empty where nothing was measured of all pairs together."""
    whole = rows.get(ALL, {})
    if whole.get("auto_precision") is None or whole.get("auto_missed") is None:
        return ""
    return (
        f"{percent(whole['auto_precision'])} of what it calls DUPLICATES are, {percent(whole['auto_missed'])} of the "
        f"duplicates are called NOT DUPLICATES, and {percent(whole['review'])} of the pairs go to review."
    )


def contradicting(rows: Mapping[str, Numbers]) -> str:
    """How often pairs that contradict themselves are merged, and how rightly; empty where that was not measured."""
    against = rows.get(CONFLICTS, {})
    if not against.get("pairs"):
        return ""
    merged = against.get("auto_merged") or 0
    precision = against.get("auto_precision")
    rightly = f", {percent(precision)} of these rightly" if merged and precision is not None else ""
    return (
        f"of {against['pairs']:,} pairs whose identifiers or numbers in the titles conflict, {merged:,} are called "
        f"DUPLICATES{rightly}."
    )


def _training(measured: Measured) -> str:
    known = {entry.name: entry for entry in SETS}
    rows = []
    for one in measured.training:
        entry = known.get(one.name)
        about = (entry.source, entry.licence, entry.convention, entry.noise) if entry else ("", "", "", "")
        rows.append([one.name, f"{one.pairs:,}", f"{one.duplicates:,}", *about])
    table = _table(["set", "pairs", "duplicates", "source", "licence", "labels", "known noise"], rows, left=4)
    unheard = [one.name for one in measured.training if one.name in known and not known[one.name].as_met]
    if not unheard or len(unheard) == len(measured.training):
        return table
    why = "The calibration heeds no pairs that were made, drawn by chance, picked near the border or labelled badly"
    return f"{table}\n\n{why}: {', '.join(unheard)}."


def _evaluation(name: str, rows: Mapping[str, Numbers]) -> list[str]:
    measures = [key for key in SHOWN if any(key in row for row in rows.values())]
    cells = [[row, *(number(values.get(key)) for key in measures)] for row, values in rows.items()]
    return [f"## Measured: {evaluation_told(name)}", _table(["set", *(SHOWN[key] for key in measures)], cells)]


def evaluation_told(name: str) -> str:
    """What was measured, as the head of its table: the metrics of a card have short names."""
    return "the base model, before retraining" if name == BEFORE else name


def _calibration(measured: Measured) -> list[str]:
    if ALL not in measured.scores:
        return []
    rows = [
        [f"{one.pairs:,}", f"{one.given:.3f}", f"{one.true:.3f}", f"{one.low:.3f} to {one.high:.3f}"]
        for one in reliability(measured.scores[ALL])
    ]
    return [
        "## Calibration",
        "Cross-validated pairs by the probability they were given, and the share of them that are duplicates.",
        _table(["pairs", "mean probability", "duplicates", "95 % interval"], rows),
    ]


def _importances(title: str, values: dict[str, float]) -> list[str]:
    largest = sorted(values.items(), key=lambda item: (-item[1], item[0]))[:IMPORTANT]
    return [
        f"## Importance by {title}",
        "Growth of the log loss on held-out pairs when it is shuffled among them.",
        _table([title, "importance"], [[key, number(value)] for key, value in largest]),
    ]


def weakest(rows: Mapping[str, Numbers], slices: bool) -> list[str]:
    """The sets, or the slices, with the lowest F1 among those with enough duplicates to say so, the worst first."""

    def f1(name: str) -> float:
        return float(rows[name].get("f1") or 0)

    names = [name for name, row in rows.items() if ("/" in name) == slices and name != ALL
             and (row.get("duplicates") or 0) >= FEWEST]  # fmt: skip
    whole = f1(ALL) if ALL in rows else 1.0
    return [name for name in sorted(names, key=f1) if f1(name) < whole][:WEAKEST]


def failures(measured: Measured) -> list[str]:
    """Where the model does worse than on the whole, in sentences."""
    rows = of_this_model(measured)
    said = []
    for kind, slices in (("sets", False), ("kinds of pairs", True)):
        if found := weakest(rows, slices):
            listed = "; ".join(f"{row.partition('/')[2] or row}, F1 {number(rows[row]['f1'])}" for row in found)
            said.append(f"Cross-validation, the weakest {kind}: {listed}.")
    return said


def limits(measured: Measured) -> list[str]:
    """What the figures do not promise, in sentences."""
    return [
        f"Probabilities and thresholds hold for input of which about {measured.prevalence:.0%} are duplicates; where "
        "duplicates are rarer, more of what is called DUPLICATES is wrong.",
        "Cross-validated figures are of the sets above; input of another origin meets a model that has not learned "
        "from its like, and does worse. A hundred labelled cases of your own say how much.",
        "The records tell only what they hold: works retitled between versions, and companion papers with nearly one "
        "abstract and no identifiers, need a person with the texts.",
    ]


def _provenance(card: Card) -> list[str]:
    if card.computed is None:
        return []
    computed = card.computed
    rows = [
        ["model.onnx, sha256", f"`{computed.model_sha256}`"],
        ["features, fingerprint", f"`{computed.fingerprint}`"],
        ["seed", "-" if computed.seed is None else str(computed.seed)],
        *([name, version] for name, version in computed.versions.items()),
        *([f"recipe: {name}", number(value)] for name, value in card.measured.recipe.items()),
    ]
    sets = [[one.name, f"`{one.sha256}`"] for one in card.measured.training]
    return [
        "## Made with",
        _table(["what", "value"], rows, left=1),
        _table(["set", "sha256 of its vectors and labels"], sets, left=1),
    ]


def percent(value: float | int | None) -> str:
    """A share as a percentage with one decimal; a dash where it is undefined."""
    return "-" if value is None or math.isnan(value) else f"{value:.1%}"


def number(value: float | int | None) -> str:
    """A count with commas, a measure with four significant digits, a dash where it is undefined."""
    if value is None or math.isnan(value):
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 0) -> str:
    """A Markdown table; its numbers, all columns but the first and the last `left`, stand to the right."""
    marks = ["---", *["---:"] * (len(head) - 1 - left), *["---"] * left]
    lines = [head, marks, *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines
    )
