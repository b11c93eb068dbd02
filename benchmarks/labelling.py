"""How many labels a person has to give: the review page's order, with a refit every 25, beside labelling by chance.

A set that the base does not know is parted by works: two thirds are the pairs to be labelled, one third judges. After
every 25 labels a forest is fitted on the base and what is labelled so far, and the doubtful ones of the rest come
next, as on the page; or the next 25 are drawn. What is told is how many labels it takes until the F1 on the judging
third is that of the forest which knows every label, less a thousandth, and stays there to the end of what was tried.

    python benchmarks/labelling.py [--out docs/labelling.md]

One process, no records: the shipped vectors. Forests are small (half the trees, at most 150 pairs of each base set),
so that some hundred of them can be fitted; what is compared is two orders, under the same forests.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from leave_out import without
from markdown import table
from papertwin.data.arrays import Floats, Rows, Vectors
from papertwin.models.card import Thresholds
from papertwin.models.fit import Recipe, fit_forest, folds, raw_log_odds, set_weights
from papertwin.models.metrics import precision_recall_f1
from papertwin.models.scorer import probability
from papertwin.models.training_vectors import TrainingVectors, joined, read_vectors
from papertwin.pages import queue

SETS = ("colrev_jmis", "magellan_dblp_scholar", "medrxiv_gold_cabanac", "cora_1295")  # of the work convention
STEP = 25  # labels between refits, as on the page
MOST = 250  # labels that are tried, of what is to be labelled
DRAWS = 2  # repetitions of labelling by chance
OF_A_SET = 150  # base pairs of each set
NEAR = 0.001  # of the F1 of all labels
HALF = Thresholds(0.5, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Task:
    """What is labelled, what judges, and what is known before."""

    name: str
    base: TrainingVectors
    pool: TrainingVectors
    test: TrainingVectors
    recipe: Recipe

    def fitted(self, rows: Rows) -> Callable[[Vectors], Floats]:
        """The probabilities given by a forest that knows the base and these rows of the pool."""
        known = joined([self.base, self.pool.at(rows)]) if len(rows) else self.base
        weights = set_weights(known.sets, self.recipe.balance)
        forest = fit_forest(known.vectors, known.work, weights, self.recipe, seed=0)
        return lambda vectors: probability(raw_log_odds(forest, vectors))

    def f1(self, score: Callable[[Vectors], Floats]) -> float:
        """On the third that judges."""
        return float(precision_recall_f1(self.test.work, score(self.test.vectors) >= 0.5)["f1"] or 0)


def task(name: str, training: TrainingVectors) -> Task:
    """A set, left out of the base."""
    one = training.at(training.sets == name)
    pool, test = next(folds(one, 3, seed=0))
    base, recipe = without(training, name).capped(OF_A_SET), Recipe()
    return Task(name, base, one.at(pool), one.at(test), replace(recipe, trees=recipe.trees // 2, learning_rate=0.2))


def doubtful_first(task: Task, score: Callable[[Vectors], Floats], left: Rows) -> Rows:
    """What the page shows next; without titles every record is a family of its own."""
    vectors = task.pool.vectors[left]
    families = np.arange(2 * len(left)).reshape(-1, 2)
    return left[queue.doubtful(score(vectors), HALF, vectors, families)]


def curve(task: Task, start: Callable[[Vectors], Floats], draw: int | None) -> list[float]:
    """The F1 after 0, 25, 50 ... labels: the doubtful first, or drawn by chance with this seed."""
    score, labelled = start, np.empty(0, dtype=np.int64)
    drawn = None if draw is None else np.random.default_rng(draw).permutation(len(task.pool))
    found = [task.f1(score)]
    while len(labelled) < min(MOST, len(task.pool)):
        left = np.setdiff1d(np.arange(len(task.pool)), labelled)
        coming = doubtful_first(task, score, left)[:STEP] if drawn is None else drawn[len(labelled) :][:STEP]
        labelled = np.concatenate([labelled, coming])
        score = task.fitted(labelled)
        found.append(task.f1(score))
    return found


def needed(found: Sequence[float], goal: float) -> int | None:
    """The labels from which on the goal is reached and kept; None where it is not."""
    below = [step for step, f1 in enumerate(found) if f1 < goal]
    first = below[-1] + 1 if below else 0
    return None if first >= len(found) else first * STEP


def share(labels: int | None, by_chance: Sequence[int | None]) -> str:
    """The labels that the order takes, as a share of those by chance; "under" where chance did not get there."""
    if labels is None:
        return "-"
    mean = float(np.mean([MOST if drawn is None else drawn for drawn in by_chance]))
    return ("under " if None in by_chance else "") + f"{labels / mean:.2f}"


def measured(name: str, training: TrainingVectors) -> list[str | int | float]:
    """A row of the table: what it takes for one set."""
    began = time.process_time()
    one = task(name, training)
    start = one.fitted(np.empty(0, dtype=np.int64))
    full = one.f1(one.fitted(np.arange(len(one.pool))))
    goal = full - NEAR
    doubtful = curve(one, start, None)
    draws = [curve(one, start, draw) for draw in range(DRAWS)]
    by_chance = [needed(found, goal) for found in draws]
    print(f"{name}: doubtful {[round(f1, 4) for f1 in doubtful]}", flush=True)
    for found in draws:
        print(f"{name}: chance {[round(f1, 4) for f1 in found]}", flush=True)
    print(f"{name}: {time.process_time() - began:.0f} s of CPU", flush=True)
    at_100 = 100 // STEP
    return [
        name,
        len(one.pool),
        doubtful[0],
        full,
        _told(needed(doubtful, goal)),
        ", ".join(map(_told, by_chance)),
        share(needed(doubtful, goal), by_chance),
        doubtful[at_100],
        float(np.mean([found[at_100] for found in draws])),
    ]


def _told(labels: int | None) -> str:
    return f"over {MOST}" if labels is None else str(labels)


HEAD = (
    "set", "pairs to label", "F1 of the base", "F1 with all labels", "labels, doubtful first", "labels, by chance",
    "share", "F1 at 100, doubtful first", "F1 at 100, by chance",
)  # fmt: skip
PAGE = """# Labels needed

`python benchmarks/labelling.py` measures on the shipped vectors how many labels a person has to give: in the order of
`papertwin review`, the doubtful first with a refit after every 25, and by chance ({draws} draws). {about}

{table}

Labels are counted until the F1 on the judging third is that with all labels, less {near}, and stays there up to
{most} labels, which is as far as it was tried.
"""


def main() -> None:
    """Measure every set and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "docs" / "labelling.md")
    options = parser.parse_args()
    training = read_vectors().known("work")
    rows = [measured(name, training) for name in SETS]
    about = " ".join((__doc__ or "").split("\n\n")[1].split())
    text = PAGE.format(draws=DRAWS, about=about, table=table(HEAD, rows), near=NEAR, most=MOST)
    options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
