"""The report of the accuracy benchmark, as Markdown. Numbers only: no text of any record."""

from collections.abc import Iterator, Sequence

import numpy as np

import public_splits
import slices
from accuracy_goals import HEAD as GOALS_HEAD
from accuracy_goals import Automatic, Measured, Reached, goals
from accuracy_headline import LEGEND, best_peer, headline, in_full, our_answer
from accuracy_peers import Asked
from accuracy_results import Results
from challenge import by_kind
from judged import CHALLENGE, FEWEST_KIN
from leave_out import CONVENTION, shipped_recipe
from markdown import AT_HALF, AUTOMATIC, CALIBRATION, COUNTS, ERRORS, REVIEW, Cell, Shown, figure_table, table
from material import CASES, TELLING
from papertwin.data.conventions import other
from papertwin.data.labelled.sets import MOST_PAIRS
from papertwin.features import fingerprint
from papertwin.models.fit import set_weights
from papertwin.models.metrics import calibration_error, precision_recall_f1
from scored import Figures, Scored

RANKED = (Shown("average precision", "average_precision"),)
ALL_FIGURES = (*COUNTS, *AT_HALF, *ERRORS, *RANKED, *CALIBRATION)
SLICE_FIGURES = (*COUNTS, *AT_HALF, *ERRORS, Shown("ECE", "ece"), *REVIEW)

INTRODUCTION = """\
# Accuracy

Made by `make bench-accuracy SETS=DIR` (benchmarks/accuracy.py); DIR is the folder of the labelled sets. With
`--no-peers` our own models alone. Everything is seeded, and what took long is kept in benchmarks/out, so that a second
run is short. The report goes to benchmarks/out; a run with all sets and all peers also writes this page and the
README's table.

There are two numbers for everything. *Cross-validated*: no work of a tested pair was in training, as its set numbers
works, but other pairs of the set were; judged are the pairs that the shipped models learn from, at most {most:,} of
a set. *Left out*: nothing of the set was in training, as with a new user's records, and all its pairs are judged;
search cases are left out one request at a time, the two DBLP sets together, because they share records. Each set is
judged by the model of its own convention, `work` or `record`. A left-out model is calibrated and gets its thresholds
as a shipped one, by out-of-fold scores of the sets that it was trained on (its calibration by those whose pairs are as
users meet them), never of the set it is judged on.

Wrong merges are distinct pairs called duplicates, misses the reverse. ECE is the expected calibration error over 15
bins of equal width; *corrected*: after the log-odds moved by the difference between the set's share of duplicates and
that of the training, which a user who knows his share can do. *Review* is the share of pairs between the two
thresholds, *dismissed* the share of duplicates called NOT DUPLICATES, *automatic* what the two thresholds decide by
themselves."""

GOALS = """\
## Goals

Of sets left out the stricter figure, at 0.5, where pairs of other sets share their titles; trained on a train split at
the threshold that is best on the valid split. The kinds of errors that are left: [errors.md](errors.md)."""


def report(results: Results, asked: Asked, drawn: Sequence[str]) -> str:
    """The whole page."""
    measured = (
        f"Measured with the features of fingerprint `{fingerprint()[:12]}` and this recipe: `{shipped_recipe()}`."
    )
    parts = [INTRODUCTION.format(most=MOST_PAIRS), measured, *_absent(results)]
    parts += [
        "## In short",
        headline(results, asked),
        LEGEND if asked else "No peer was asked in this run.",
    ]
    parts += [GOALS, table(GOALS_HEAD, goals(_measured(results, asked)))]
    parts += _left_out(results)
    parts += [f"![{name}]({name})" for name in drawn]
    parts += [*_validated(results), *_cases(results), *_slices(results), *_conflicts(results), *_splits(results)]
    parts += [*_challenge(results), *in_full(results, asked)]
    return "\n\n".join(parts) + "\n"


def _measured(results: Results, asked: Asked) -> Measured:
    """What goals are set for, of all that was measured."""
    names = [*results.left_out, *public_splits.SPLIT_SETS]
    answers = {name: (our_answer(results, name), best_peer(results, asked, name)) for name in names}
    reached = {name: Reached(one.f1, one.wrong, one.missed, peer) for name, (one, peer) in answers.items() if one}
    splits = public_splits.judged(results.material.training, results.splits, results.left_out)
    zero_shot = {
        one.name: Reached(
            float(one.at_half["f1"] or 0), int(one.at_half["wrong_merges"] or 0), int(one.at_half["misses"] or 0)
        )
        for one in splits
        if one.trained_on == public_splits.ZERO
    }
    cases = results.left_out.get(CASES)
    pools = {f"{name} model, cross-validated": (results.judged(name), name) for name in results.conventions}
    pools |= {
        f"{name} model, sets left out": (results.left_out_of(name), name)
        for name in results.conventions
        if name in map(CONVENTION.get, results.left_out)
    }
    automatic = {}
    for name, (scored, convention) in pools.items():
        found = results.figures(scored, convention)
        shares = (found[one] for one in ("review", "auto_precision", "dismissed"))
        automatic[name] = Automatic(*(float(one or 0) for one in shares))
    return Measured(
        {name: one for name, one in reached.items() if name not in public_splits.SPLIT_SETS},
        {name: one for name, one in reached.items() if name in public_splits.SPLIT_SETS},
        zero_shot,
        0 if cases is None else int((results.labels("work")[cases.rows] == 0).sum()),
        {f"{name} model": _at_the_mix(results, results.validated[name], name) for name in results.conventions},
        automatic,
        {
            f"{name} model": by_kind(results.validated[f"{CHALLENGE}/{name}"], name)
            for name in results.conventions
            if len(results.validated[f"{CHALLENGE}/{name}"])
        },
    )


def _absent(results: Results) -> Iterator[str]:
    if results.material.absent:
        yield f"**Not in this run**, because their folders were not there: {', '.join(results.material.absent)}."


def _rows(results: Results, found: dict[str, tuple[Scored, str]]) -> list[tuple[str, Figures]]:
    return [(name, results.figures(scored, convention)) for name, (scored, convention) in found.items()]


def _left_out(results: Results) -> Iterator[str]:
    own = {f"{name} ({CONVENTION[name]})": (scored, CONVENTION[name]) for name, scored in results.left_out.items()}
    pooled = {
        f"**all {convention} sets**": (results.left_out_of(convention), convention)
        for convention in results.conventions
        if convention in map(CONVENTION.get, results.left_out)
    }
    rows = _rows(results, own | pooled)
    yield "## Sets left out\n\nAt 0.5:"
    yield figure_table("set (model)", ALL_FIGURES, rows)
    yield "Automatic, at the thresholds of the models:"
    yield figure_table("set (model)", AUTOMATIC, rows)
    if results.strict:
        yield (
            f"Stricter: sets of which at least {FEWEST_KIN} training pairs of other sets have a title (of at least "
            f"{TELLING} words), left out together with all such pairs. Some sets have articles in common, and made "
            "pairs are varied records of other sets."
        )
        strict = {f"{name} ({CONVENTION[name]})": (one, CONVENTION[name]) for name, one in results.strict.items()}
        yield figure_table("set (model)", (*ALL_FIGURES, *REVIEW), _rows(results, strict))
    otherwise = {
        f"{name} ({other(CONVENTION[name])})": (scored, other(CONVENTION[name]))
        for name, scored in results.otherwise.items()
    }
    yield (
        "The same sets under the other convention, as far as their labels say what it decides; where that is the "
        "distinct pairs alone there is no recall."
    )
    yield figure_table("set (model)", (*ALL_FIGURES, *REVIEW), _rows(results, otherwise))


def _validated(results: Results) -> Iterator[str]:
    yield "## Cross-validated"
    yield (
        "Measured anew by this run, on pairs drawn anew and by the shipped recipe. The cards of the shipped models "
        "tell what was measured when they were made, with the recipe chosen in each fold: their thresholds and counts "
        "differ a little from these."
    )
    for convention in results.conventions:
        scored = results.validated[convention]
        names = np.unique(results.material.training.sets[scored.rows].astype(str))
        found = {str(name): (results.of_set(str(name), convention), convention) for name in names}
        rows = _rows(results, found | {"**all but aids to training**": (results.judged(convention), convention)})
        yield f"### The {convention} model"
        yield (
            f"DUPLICATES from {scored.upper.min():.4f}, from {scored.upper.max():.4f} where the two records contradict "
            f"each other, NOT DUPLICATES below {scored.lower[0]:.4f}; calibrated for "
            f"{scored.prevalence[0]:.1%} duplicates. ECE at the training mix, sets weighed as in training: "
            f"**{_at_the_mix(results, scored, convention):.4f}**. At 0.5:"
        )
        yield figure_table("set", ALL_FIGURES, rows)
        yield "Automatic:"
        yield figure_table("set", AUTOMATIC, rows)


def _at_the_mix(results: Results, scored: Scored, convention: str) -> float:
    """The calibration error with each set weighed as in training."""
    weights = set_weights(results.material.training.sets[scored.rows], shipped_recipe().balance)
    return calibration_error(results.labels(convention)[scored.rows], scored.probabilities, weights)


def _cases(results: Results) -> Iterator[str]:
    """The search cases request by request, with the founding system's old rules beside."""
    if CASES not in results.left_out:
        return
    whole, labels = results.left_out[CASES], results.labels("work")
    parts = results.material.training.parts[whole.rows].astype(str)
    rows: list[list[Cell]] = []
    for name in [*np.unique(parts), "all"]:
        scored = whole if name == "all" else whole.at(parts == name)
        own, rules = labels[scored.rows], results.material.evidence["rules"][scored.rows] == 1
        answers = {"at 0.5": scored.probabilities >= 0.5, "automatic": scored.called, "the old rules": rules}
        for about, called in answers.items():
            found = precision_recall_f1(own, called)
            numbers = (found[column] for column in ("precision", "recall", "f1", "wrong_merges", "misses"))
            rows.append([f"{name}, {about}", len(own), int(own.sum()), *numbers, float((called == own).mean())])
    yield "## Search cases, one request left out, beside the founding system's rules"
    head = ["request", *(one.head for one in (*COUNTS, *AT_HALF, *ERRORS)), "accuracy"]
    yield table(head, rows)


def _slices(results: Results) -> Iterator[str]:
    yield "## Slices\n\nOf left-out pairs, at 0.5."
    pools = {f"All {convention} sets": convention for convention in results.conventions}
    for title, convention in pools.items():
        if convention in map(CONVENTION.get, results.left_out):
            scored = results.left_out_of(convention)
            yield f"### {title}"
            found = slices.sliced(results.material, scored, results.labels(convention))
            yield figure_table("pairs with", SLICE_FIGURES, found)
    if CASES in results.left_out:
        scored, labels = results.left_out[CASES], results.labels("work")
        yield "### Search cases"
        found = slices.sliced(results.material, scored, labels)
        yield figure_table("pairs with", SLICE_FIGURES, found)
        yield f"By the two sources (fewer than {slices.FEWEST_OF_SOURCES} pairs put together):"
        found = slices.by_sources(results.material, scored, labels)
        yield figure_table("sources", SLICE_FIGURES, found)


def _conflicts(results: Results) -> Iterator[str]:
    yield (
        "## Never merged in silence\n\nPairs in which both sides give an identifier of the same kind, a part number or "
        "a year in the title, and they differ: how many are called DUPLICATES at the thresholds, without review, and "
        "how many of those are duplicates. Under `work` two DOIs may well be one work: a preprint and its article have "
        "two."
    )
    for convention in results.conventions:
        pools = {"cross-validated": results.judged(convention)}
        if convention in map(CONVENTION.get, results.left_out):
            pools["left out"] = results.left_out_of(convention)
        rows: list[list[Cell]] = []
        for about, scored in pools.items():
            for one in slices.conflicting(results.material, scored, results.labels(convention)):
                precision = one.right / one.called if one.called else None
                share = f"{one.called / one.pairs:.1%}" if one.pairs else None
                counts = (one.pairs, one.duplicates, one.called, share, one.called - one.right)
                rows.append([f"{one.kind}, {about}", *counts, precision])
        yield f"### The {convention} model"
        head = ["conflict", "pairs", "duplicates", "called DUPLICATES", "share", "of these wrong", "precision"]
        yield table(head, rows)


def _splits(results: Results) -> Iterator[str]:
    rows: list[list[Cell]] = []
    for one in public_splits.judged(results.material.training, results.splits, results.left_out):
        half, valid = one.at_half, one.at_valid
        rows.append([
            f"{one.name}, {one.trained_on}", half["f1"], half["precision"], half["recall"],
            valid["f1"], valid["precision"], valid["recall"], one.threshold, half["average_precision"], half["ece"],
        ])  # fmt: skip
    if not rows:
        return
    yield (
        "## Public splits\n\nOn the test split, by what the model was trained on: at 0.5, and at the threshold with "
        "the best F1 on the valid split. The other DBLP set is never in training. Zero-shot models had no pair of "
        "either; what they make of all pairs is in the table of left-out sets."
    )
    at = ("F1", "precision", "recall")
    head = ["set, trained on", *(f"{name} at 0.5" for name in at), *(f"{name}, valid" for name in at)]
    yield table([*head, "threshold", "average precision", "ECE"], rows)


def _challenge(results: Results) -> Iterator[str]:
    """The challenge cases by kind, both models side by side."""
    asked = {name: results.validated[f"{CHALLENGE}/{name}"] for name in results.conventions}
    if not all(len(scored) for scored in asked.values()):
        return
    found = {name: {one.kind: one for one in by_kind(scored, name)} for name, scored in asked.items()}
    rows: list[list[Cell]] = []
    for kind in dict.fromkeys(kind for kinds in found.values() for kind in kinds):
        cells: list[Cell] = [f"**{kind}**" if kind == "all" else kind]
        for name in results.conventions:
            one = found[name].get(kind)
            cells += [f"{one.right}/{one.cases}", one.wrong_merges, one.silent] if one else [None] * 3
        rows.append(cells)
    yield (
        "## Challenge cases by kind\n\nHard cases, written or found for the purpose, never trained on; models trained "
        "on all sets. Right at 0.5, wrong merges among the rest, and *silent*: wrong answers that the thresholds do "
        "not send to review."
    )
    columns = ("right", "wrong merges", "silent")
    yield table(["kind", *(f"{name}: {column}" for name in results.conventions for column in columns)], rows)
