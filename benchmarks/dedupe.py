"""Whole record files to works, beside other tools: `make bench-dedupe SETS=DIR`.

    python benchmarks/dedupe.py DIR [--out benchmarks/out] [--peers NAME ... | --no-peers] [--sets NAME ...]
                                    [--sizes N ...] [--jobs N]

Accuracy on every set of DIR with clusters: by the shipped model, which has learned from pairs of these sets, and by one
that has seen nothing of the set, also with limits of merging that were chosen on the other sets. Speed on made files of
the given sizes (dedupe_inputs.py says how they are made). What was measured is kept in the output folder, one file a
set and tool, and is not measured again until it is deleted there. The report is written to docs/dedupe.md and the table
between the dedupe marks of README.md.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import dedupe_limits
import dedupe_peers
import dedupe_report
import dedupe_sets
from dedupe_inputs import write_records
from leave_out import CONVENTION, shipped_recipe, without
from marked import fill
from papertwin.models import Model, load
from papertwin.models.training_vectors import read_vectors
from papertwin.rebuild import tell
from unseen import model_of

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
SIZES = (10_000, 100_000, 1_000_000)
HALF = 0.5
FOLDS = 2  # for a calibration: a line through so many scores does not need more


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("folder", type=Path, metavar="DIR", help="the folder of the labelled sets")
    made.add_argument("--out", type=Path, default=HERE / "out", metavar="DIR", help="default: benchmarks/out")
    made.add_argument("--sets", nargs="*", choices=dedupe_sets.CLUSTERED, default=dedupe_sets.CLUSTERED, metavar="NAME")
    made.add_argument(
        "--peers", nargs="+", choices=dedupe_peers.WHOLE, default=list(dedupe_peers.WHOLE), metavar="NAME"
    )
    made.add_argument("--shipped-only", action="store_true", help="fit no model without the set: minutes for each")
    made.add_argument("--no-peers", action="store_true", help="ask no peer; what was asked before is shown")
    made.add_argument("--sizes", nargs="*", type=int, default=SIZES, metavar="N", help="records of the made files")
    made.add_argument("--jobs", type=int, default=2, metavar="N", help="processes of ours (default: 2)")
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit code 2 if there is nothing to run it on."""
    options = parser().parse_args(argv)
    started = time.monotonic()
    here = options.out / "dedupe"
    here.mkdir(parents=True, exist_ok=True)
    there = [name for name in options.sets if (options.folder / name / "clusters.csv.gz").is_file()]
    if not there and not options.sizes:
        print(f"{options.folder} has none of the labelled sets with clusters", file=sys.stderr)
        return 2
    for name in there:
        kept(here / f"{name}.ours.json", partial(measured, options, name))
        tell(f"{name}: ours", started)
        if not options.shipped_only:
            kept(here / f"{name}.limits.json", partial(limited, options, name))
            tell(f"{name}: by other limits", started)
        for peer in [] if options.no_peers else options.peers:
            kept(here / f"{name}.{peer}.json", partial(asked, options, name, peer))
            tell(f"{name}: {peer}", started)
    for size in options.sizes:
        kept(here / f"{size}.speed.json", partial(timed, options, size))
        tell(f"{size:,} records", started)
    found = {path.name.removesuffix(".json"): json.loads(path.read_text("utf-8")) for path in here.glob("*.json")}
    (DOCS / "dedupe.md").write_text(dedupe_report.page(found), encoding="utf-8")
    fill("dedupe", dedupe_report.headline(found))
    return 0


def kept(path: Path, make: Callable[[], dict[str, Any]]) -> None:
    """What `make` returns goes to the file, unless it is there."""
    if not path.is_file():
        path.write_text(json.dumps(make(), indent=1), encoding="utf-8")


def measured(options: argparse.Namespace, name: str) -> dict[str, Any]:
    """Our figures of a set: with the shipped model, with one that has not seen the set, and that by other limits."""
    folder, models = options.folder / name, {"shipped": load(CONVENTION[name])}
    if not options.shipped_only:
        models["unseen"] = unseen(name)
    last = models["shipped" if options.shipped_only else "unseen"]
    models |= {"at 0.5": last.at(HALF), "when sure": last.at(last.thresholds.duplicate)}
    run = dedupe_sets.ours(folder, models, options.jobs)
    known = dedupe_sets.truth(folder)
    return {
        "candidates": run.candidates,
        "records": len(run.works["shipped"]),
        "duplicates": sum(1 for _ in dedupe_sets.duplicate_pairs(known)),
        "works": {model: dedupe_sets.figures(known, works) for model, works in run.works.items()},
    }


def limited(options: argparse.Namespace, name: str) -> dict[str, Any]:
    """Our figures of a set that the model has not seen, by every combination of limits."""
    return dedupe_limits.tried(options.folder / name, unseen(name), options.jobs)


@cache
def unseen(name: str) -> Model:
    """A model of the set's convention that has seen nothing of the set and of its kin."""
    known = without(read_vectors(), name).known(CONVENTION[name])
    return model_of(known, CONVENTION[name], shipped_recipe(), FOLDS)


def asked(options: argparse.Namespace, name: str, peer: str) -> dict[str, Any]:
    """A peer's figures of a set."""
    known, folder = dedupe_sets.truth(options.folder / name), options.out / "dedupe" / name
    dedupe_peers.write_folder(options.folder / name, known, folder)
    with (options.out / "dedupe" / "peers.log").open("a", encoding="utf-8") as log:
        run = dedupe_peers.ask(peer, folder, options.out / "environments", log)
    costs = {"cpu_seconds": run.cpu_seconds, "wall_seconds": run.wall_seconds, "failure": run.failure}
    return costs if run.failure else costs | dict(dedupe_sets.figures(known, run.works))


def timed(options: argparse.Namespace, size: int) -> dict[str, Any]:
    """What `papertwin dedupe` takes for a made file of so many records."""
    source, out = options.out / "dedupe" / f"made-{size}.jsonl", options.out / "dedupe" / f"works-{size}.jsonl"
    write_records(options.folder, source, size)
    command = [sys.executable, str(HERE / "dedupe_stages.py"), str(source), str(out), str(options.jobs)]
    load_before = os.getloadavg()[0]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    source.unlink()
    out.unlink()
    made: dict[str, Any] = json.loads(done.stdout)
    return made | {"largest_process_mb": used / 1000, "load": load_before, "jobs": options.jobs}


if __name__ == "__main__":
    raise SystemExit(main())
