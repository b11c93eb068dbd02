"""How accurate the models are on the labelled sets, and the peers on the same pairs: `make bench-accuracy SETS=DIR`.

    python benchmarks/accuracy.py DIR [--out benchmarks/out] [--peers NAME ... | --no-peers] [--jobs N]

DIR holds the sets (data/labelled/sets.py lists them); one that is absent is left out and named. Everything is seeded.
The report and the plots go to the output folder; with all sets and all peers they also become docs/accuracy.md,
docs/accuracy-*.png and the table between the accuracy marks of README.md. What took long is kept in the output folder
until the vectors, the code that fits, or a peer change.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import accuracy_peers
import accuracy_plots
import accuracy_report
import judged
import public_splits
from accuracy_headline import headline
from accuracy_results import Results
from challenge import challenge_vectors
from keep import digest, kept
from leave_out import shipped_recipe
from marked import fill
from material import read_material
from papertwin.data.conventions import CONVENTIONS
from papertwin.data.errors import InputError
from papertwin.rebuild import tell
from peers import PEERS
from scored import BySet

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
REPORT = "accuracy.md"


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("sets", type=Path, metavar="DIR", help="the folder of the labelled sets")
    made.add_argument("--out", type=Path, default=HERE / "out", metavar="DIR", help="default: benchmarks/out")
    made.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS), metavar="NAME", help="default: all")
    made.add_argument("--no-peers", action="store_true", help="ask no peer, whatever it said before")
    made.add_argument("--jobs", type=int, default=-1, metavar="N", help="processes (default: one for each core)")
    made.add_argument("--seed", type=int, default=0, metavar="N", help="of everything drawn by chance (default: 0)")
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit code 2 if there is nothing to run it on."""
    options = parser().parse_args(argv)
    names = [] if options.no_peers else options.peers
    started = time.monotonic()
    try:
        results = measured(options.sets, options.out, options.seed, options.jobs, started)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    asked = accuracy_peers.ask(results, names, options.out, options.jobs, started) if names else {}
    report(results, asked, options.out)
    if set(names) == set(PEERS) and not results.material.absent:
        publish(options.out, headline(results, asked))
    tell("done", started)
    return 0


def measured(sets: Path, out: Path, seed: int, jobs: int, started: float) -> Results:
    """Everything about our own models. Raises InputError where there is nothing to learn from."""
    material = read_material(sets, accuracy_peers.SETS, seed, jobs)
    for name in material.absent:
        print(f"{sets / name} is not there: its pairs are left out of this run", file=sys.stderr)
    tell(f"{len(material.training):,} labelled pairs", started)
    if not any(judged.learnable(material.training.labels(convention)) for convention in CONVENTIONS):
        raise InputError(
            f"{sets} has no set with duplicates and distinct pairs, so that nothing can be learned from it"
        )
    training, taught, titles = material.training, material.taught, material.titles
    recipe, asked = shipped_recipe(), challenge_vectors()
    key = digest(training, recipe, seed, taught.tobytes(), titles.tobytes(), asked.tobytes())

    def step(name: str, make: Callable[[], BySet]) -> BySet:
        made = kept(out / "kept", name, key, make)
        tell(name.replace("_", " "), started)
        return made

    return Results(
        material,
        step("cross_validated", lambda: judged.cross_validated(training, taught, asked, recipe, seed, jobs)),
        step("left_out", lambda: judged.left_out_by_set(training, taught, recipe, seed, jobs)),
        splits=step("public_splits", lambda: public_splits.trained_on_splits(training, taught, recipe, seed, jobs)),
        strict=step(
            "left_out_with_kin", lambda: judged.left_out_with_kin(training, taught, titles, recipe, seed, jobs)
        ),
        otherwise=step(
            "left_out_otherwise", lambda: judged.left_out_by_set(training, taught, recipe, seed, jobs, otherwise=True)
        ),
    )


def report(results: Results, asked: accuracy_peers.Asked, out: Path) -> None:
    """Write the report and its plots to the output folder and print the headline."""
    out.mkdir(parents=True, exist_ok=True)
    drawn = accuracy_plots.draw(results, out)
    (out / REPORT).write_text(accuracy_report.report(results, asked, drawn), encoding="utf-8")
    print(headline(results, asked))


def publish(out: Path, table: str) -> None:
    """Make the output the project's documentation."""
    DOCS.mkdir(exist_ok=True)
    for path in (out / REPORT, *out.glob("accuracy-*.png")):
        shutil.copyfile(path, DOCS / path.name)
    fill("accuracy", table)


if __name__ == "__main__":
    raise SystemExit(main())
