"""How fast predict is, from files to files, beside yardsticks and peers: `make bench-speed SETS=DIR`.

    python benchmarks/speed.py DIR [--out benchmarks/out] [--pairs N] [--runs N] [--no-peers] [--chart [--largest N]]

DIR holds search_results/records.jsonl.gz, from which the inputs are made in the output folder; they are removed in the
end. A run with peers and enough pairs also becomes docs/speed.md, docs/speed.png and the table between the speed marks
of README.md. Needs a POSIX system.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import speed_peers
from marked import fill
from speed_chart import CHART, draw
from speed_goals import MANY_RECORDS
from speed_inputs import ID_PAIRS, TITLES, WITH_ABSTRACTS, NoRecordsError, Source, pairs_of
from speed_measure import by_size, measured, start_up
from speed_report import Run, headline, report
from speed_usage import FailedError

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
REPORT = "speed.md"
PEER_PAIRS = 5000  # the peers get at most so many: they are slower
STARTS = 7  # runs of a start, which is short


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("sets", type=Path, metavar="DIR", help="the folder of the labelled sets")
    made.add_argument("--out", type=Path, default=HERE / "out", metavar="DIR", help="default: benchmarks/out")
    made.add_argument("--pairs", type=int, default=40_000, metavar="N", help="of each input (default: %(default)s)")
    made.add_argument("--runs", type=int, default=3, metavar="N", help="of which the least counts (default: 3)")
    made.add_argument("--no-peers", action="store_true", help="leave recordlinkage and dedupe out")
    made.add_argument("--chart", action="store_true", help="measure by size too, from 1,000 pairs on, and draw it")
    made.add_argument(
        "--largest",
        type=int,
        default=200_000,
        metavar="N",
        help="pairs of the chart's last size (default: %(default)s); with a million, ids of a million records, too",
    )
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit code 2 without records to run it on, 1 where something measured stops."""
    options = parser().parse_args(argv)
    try:
        run = measure(options)
    except NoRecordsError as error:
        print(error, file=sys.stderr)
        return 2
    except FailedError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        for path in (options.out / "speed").glob("*.jsonl"):
            path.unlink()
    publish(run, options.out)
    return 0


def measure(options: argparse.Namespace) -> Run:
    """Everything, one thing after the other."""
    folder, started = options.out / "speed", time.monotonic()

    def log(text: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {text}", file=sys.stderr, flush=True)

    loads = [os.getloadavg()[0]]
    source = Source(options.sets)
    log("start-up")
    start = start_up(source.write(folder, WITH_ABSTRACTS, 1), STARTS)
    found = []
    for kind in TITLES:
        given = source.write(folder, kind, options.pairs)
        found.append(measured(given, start, options.runs, log))
    run = Run(source.name, len(source.records), options.runs, start, found)
    if not options.no_peers:
        run.peers = speed_peers.ask(source, list(TITLES), min(options.pairs, PEER_PAIRS), options.out, log)
    if options.chart:
        run.sizes = by_size(
            (source.write(folder, kind, size) for kind in TITLES for size in sizes(kind, options.largest)), start, log
        )
    run.loads = [*loads, os.getloadavg()[0]]
    return run


def sizes(kind: str, largest: int) -> list[int]:
    """1,000, 3,000, 10,000, 30,000 ... and the largest, in pairs; of many ids also as many as a goal is set for."""
    steps = [step * 10**power for power in range(3, 10) for step in (1, 3)]
    found = [*(step for step in steps if step < largest), largest]
    many = pairs_of(MANY_RECORDS)
    return [*found, many] if kind == ID_PAIRS and MANY_RECORDS <= largest < many else found


def publish(run: Run, out: Path) -> None:
    """Write the report and its chart to the output folder; a complete run becomes the project's documentation."""
    if run.sizes:
        draw(run.sizes, out / CHART)
    pictures = [folder / CHART for folder in (out, DOCS)] if run.complete else [out / CHART]
    (out / REPORT).write_text(report(run, any(path.is_file() for path in pictures)), encoding="utf-8")
    print(headline(run))
    if not run.complete:
        print(f"this run is not complete: its report is {out / REPORT} alone", file=sys.stderr)
        return
    DOCS.mkdir(exist_ok=True)
    for name in (REPORT, CHART):
        if (out / name).is_file():
            shutil.copyfile(out / name, DOCS / name)
    fill("speed", headline(run))


if __name__ == "__main__":
    raise SystemExit(main())
