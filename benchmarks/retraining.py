"""What retraining is worth: `make bench-retraining`, or python benchmarks/retraining.py [--draws N] [--full].

Some of the shipped sets are played as users. Each is left out of the base in turn (with those that share its records),
and 20, 100 and 500 of its cases, whole works of them, are given to the retraining; the model before and the one after
answer the set's other cases. A case whose two works lie on both sides is on neither. The vectors are those that are
shipped: no records are needed. Base and forests are smaller than the shipped ones, so that it takes an hour on a busy
machine; with --full they are of full size, which takes several.

The report and the plot go to the output folder and to docs/retraining.md.
"""

import argparse
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from drawing import pyplot, save
from keep import code, digest
from leave_out import CONVENTION, shipped_recipe, without
from markdown import Cell, table
from papertwin.models import compare, doubt, retrain, weighing
from papertwin.models.card import Given
from papertwin.models.metrics import losses, precision_recall_f1
from papertwin.models.model import Model
from papertwin.models.onnx_forest import to_onnx
from papertwin.models.scorer import Forest, probability
from papertwin.models.training_vectors import TrainingVectors, read_vectors
from papertwin.rebuild import tell
from unseen import model_of

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
REPORT, PLOT = "retraining.md", "retraining.png"
USERS = (
    "search_cases",
    "magellan_dblp_scholar",
    "s2apler_test",
    "docconflation_citeseerx",
    "rathbone_respiratory",
    "medrxiv_gold_cabanac",
)
SIZES = (20, 100, 500)
BASE_PAIRS = 500  # of each set of the base
TREES, LEAVES, FOLDS = 60, 31, 3
FEWEST = 50  # cases that are left to judge by
DRAWN_AGAIN = 50
MARKERS = "osD^vX"
AVERAGED = ("judged", "old_loss", "new_loss", "error", "old_f1", "new_f1", "old_errors", "new_errors")


@dataclass(frozen=True, slots=True)
class Point:
    """One retraining: how many cases it was given, the weight it chose, and both models on the set's other cases."""

    user: str
    size: int
    draw: int
    cases: int
    judged: int
    weight: float
    old_loss: float
    new_loss: float
    change: float
    error: float
    old_f1: float
    new_f1: float
    old_errors: int
    new_errors: int


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; what was measured before with the same code and vectors is not measured again."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--out", type=Path, default=HERE / "out", metavar="DIR", help="default: benchmarks/out")
    made.add_argument("--draws", type=int, default=2, metavar="N", help="draws of each size (default: 2)")
    made.add_argument("--full", action="store_true", help="with the whole base, and forests as they are shipped")
    options = made.parse_args(argv)
    options.out.mkdir(parents=True, exist_ok=True)
    points = measured(options.out / "retraining.jsonl", options.draws, options.full)
    (options.out / REPORT).write_text(report(points, options.full), encoding="utf-8")
    plot(points, options.out / PLOT)
    for name in (REPORT, PLOT):
        shutil.copyfile(options.out / name, DOCS / name)
    return 0


def measured(kept: Path, draws: int, full: bool) -> list[Point]:
    """All points, by draw, so that a run that is ended early has some of each user."""
    training, started = read_vectors(), time.monotonic()
    retrains = [code(Path(module.__file__ or "")) for module in (retrain, doubt, weighing, compare)]
    key = digest(training, shipped_recipe(), retrains, full)
    lines = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()] if kept.is_file() else []
    points = [Point(**line["point"]) for line in lines if line["key"] == key]
    done = {(point.user, point.size, point.draw) for point in points}
    before: dict[str, tuple[TrainingVectors, Model]] = {}
    with kept.open("a", encoding="utf-8") as file:
        for draw in range(draws):
            for user in USERS:
                for size in SIZES:
                    if (user, size, draw) in done:
                        continue
                    if user not in before:
                        before[user] = base_of(training, user, full)
                    point = measure(training, *before[user], user, (size, draw))
                    if point is None:
                        tell(f"{user} {size}: too few cases of both kinds", started)
                        continue
                    points.append(point)
                    file.write(json.dumps({"key": key, "point": asdict(point)}) + "\n")
                    file.flush()
                    tell(f"{user} {size}: log loss {point.old_loss:.4f} -> {point.new_loss:.4f}", started)
    return points


def base_of(training: TrainingVectors, user: str, full: bool) -> tuple[TrainingVectors, Model]:
    """The base without the user's set and its kin, and the model that is made of it."""
    convention, recipe = CONVENTION[user], shipped_recipe()
    base = without(training, user).known(convention)
    if not full:
        base, recipe = base.capped(BASE_PAIRS), replace(recipe, trees=TREES, leaves=LEAVES)
    return base, model_of(base, convention, recipe, FOLDS)


def measure(
    training: TrainingVectors, base: TrainingVectors, old: Model, user: str, drawn: tuple[int, int]
) -> Point | None:
    """Retrain with a draw of so many cases of the user; None where the set has too few."""
    size, draw = drawn
    everything = training.at(training.sets == user).known(old.convention)
    rng = np.random.default_rng([size, draw])
    for _ in range(DRAWN_AGAIN):  # until there are cases of both kinds: others are refused
        own, other = parted(everything, size, rng)
        labels = other.labels(old.convention)
        if min(len(np.unique(own.labels(old.convention))), len(np.unique(labels))) == 2 and len(other) >= FEWEST:
            break
    else:
        return None
    made = retrain.retrain(base, own, Given(user, old.convention), old, seed=draw)
    after = Forest(to_onnx(made.built.forest, made.built.calibration))
    answers = old.score_vectors(other.vectors), probability(after.log_odds(other.vectors))
    before, after_losses = (losses(labels, one) for one in answers)
    change = compare.difference(before, after_losses, other.groups())
    counts: list[dict[str, Any]] = [precision_recall_f1(labels, one >= 0.5) for one in answers]
    errors = [count["wrong_merges"] + count["misses"] for count in counts]
    return Point(
        user, size, draw, len(own), len(other), made.weighed.weight, change.loss, change.loss + change.mean,
        change.mean, change.error, counts[0]["f1"], counts[1]["f1"], errors[0], errors[1],
    )  # fmt: skip


def parted(pairs: TrainingVectors, size: int, rng: np.random.Generator) -> tuple[TrainingVectors, TrainingVectors]:
    """About `size` cases of some works, and the cases of the others; at least a third of the set stays."""
    works = np.unique(np.concatenate([pairs.work_1, pairs.work_2]))
    place = np.empty(works.max() + 1, dtype=np.int64)
    place[rng.permutation(works)] = np.arange(len(works))
    first, second = place[pairs.work_1], place[pairs.work_2]
    last = np.sort(np.maximum(first, second))[min(size, len(pairs) * 2 // 3) - 1]
    return pairs.at(np.maximum(first, second) <= last), pairs.at(np.minimum(first, second) > last)


def by_size(points: Sequence[Point]) -> Iterator[tuple[str, int, list[Point]]]:
    """The draws of each user and size."""
    for user in USERS:
        for size in SIZES:
            if found := [point for point in points if (point.user, point.size) == (user, size)]:
                yield user, size, found


def verdict(found: Sequence[Point]) -> str:
    """What the draws come to, as one: better, worse, or the same within noise."""
    loss, change = (float(np.mean([getattr(one, name) for one in found])) for name in ("old_loss", "change"))
    # The draws are judged by nearly the same cases, so that several are no surer than one.
    return compare.Difference(loss, change, float(np.mean([one.error for one in found]))).verdict


def report(points: Sequence[Point], full: bool) -> str:
    """The report as Markdown."""
    rows: list[list[Cell]] = []
    for user, size, found in by_size(points):
        mean = {name: float(np.mean([getattr(one, name) for one in found])) for name in AVERAGED}
        rows.append(
            [
                user, CONVENTION[user], size, round(mean["judged"]), ", ".join(f"{one.weight:g}" for one in found),
                mean["old_loss"], mean["new_loss"], mean["error"], mean["old_f1"], mean["new_f1"],
                f"{mean['old_errors']:.1f}", f"{mean['new_errors']:.1f}", verdict(found),
            ]
        )  # fmt: skip
    head = ["user", "convention", "cases", "judged by", "weights", "log loss before", "after", "error",
            "F1 before", "after", "errors before", "after", "the new model is"]  # fmt: skip
    single = [compare.Difference(one.old_loss, one.change, one.error).verdict for one in points]
    counts = {word: single.count(word) for word in (compare.BETTER, compare.SAME, compare.WORSE)}
    return "\n\n".join(
        [
            "# Retraining",
            "What is gained by giving one's own cases to `papertwin train`: `make bench-retraining` measures it.",
            "Sets that Papertwin learns from are played as users. Each is left out of the base, with the sets that "
            "share its records;\n20, 100 or 500 of its cases, all cases among some of its works, are given to the "
            "retraining, and both models answer its other cases.",
            f"Of {len(points)} retrainings, {counts[compare.BETTER]} gave a better model, {counts[compare.SAME]} one "
            f"that is the same within noise, and {counts[compare.WORSE]} a worse one.",
            table(head, rows),
            f"Means of the draws there were, {len(points)} in all. "
            "`weights` are those that the retraining chose by cross-validation, as multiples of what the balance of "
            "the sets gives;\nat 0 it found nothing in the cases that helped, and the forest learned anew from the "
            "base alone: what differs then is calibration and chance, which `error` does not hold.\n`error` is the "
            "standard error of the change of the log loss, works resampled;\na change is one beyond noise where "
            f"it exceeds {compare.ERRORS:g} of them and {compare.MARGIN:.0%} of the loss before. Errors are wrong "
            "merges and misses at 0.5.",
            ""
            if full
            else f"To save time the base has at most {BASE_PAIRS:,} pairs of each set here, and all forests "
            f"{TREES} trees of {LEAVES} leaves.\nSuch a base is weaker than the shipped one and easier to improve on: "
            "how much is gained beside that one, `benchmarks/retraining.py --full` measures.",
            f"![The log loss before and after, by the number of cases]({PLOT})",
        ]
    ) + "\n"  # fmt: skip


def plot(points: Sequence[Point], path: Path) -> None:
    """The log loss after retraining as a share of that before, by the number of cases."""
    plt = pyplot("plot")
    if plt is None:
        return
    figure, axes = plt.subplots(figsize=(9, 5.5), layout="constrained")
    axes.axhline(1, color="0.5", linewidth=1, label="the base alone")
    for user, marker in zip(USERS, MARKERS, strict=True):
        found = [(size, here) for name, size, here in by_size(points) if name == user]
        if not found:
            continue
        sizes = [0, *(size for size, _ in found)]
        shares = [np.array([one.new_loss / one.old_loss for one in here]) for _, here in found]
        (line,) = axes.plot(
            range(len(sizes)) if len(found) == len(SIZES) else [0, *(1 + SIZES.index(size) for size, _ in found)],
            [1.0, *(float(one.mean()) for one in shares)],
            marker=marker, label=f"{user} ({CONVENTION[user]})",
        )  # fmt: skip
        for (size, _), values in zip(found, shares, strict=True):
            axes.plot([1 + SIZES.index(size)] * len(values), values, marker=".", linestyle="", color=line.get_color())
    axes.set_xticks(range(1 + len(SIZES)), ["none", *map(str, SIZES)])
    axes.set(xlabel="the user's own cases", ylabel="log loss on the user's other cases, base = 1", ylim=(0, None))
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, fontsize=9)
    save(figure, path)


if __name__ == "__main__":
    raise SystemExit(main())
