"""One file of records to a file of works, by the steps of the command, each with its time: JSON on standard output.

python benchmarks/dedupe_stages.py RECORDS WORKS JOBS
"""

import json
import sys
import tempfile
from pathlib import Path

from papertwin.models import load
from papertwin.works.finding import Clock, Request, find_works
from papertwin.works.outcome import Outcome
from papertwin.works.shelf import Shelf


def main() -> int:
    """Deduplicate and print the stages' seconds (by the clock, of processors), records, works, pairs and disk."""
    source, target, jobs = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        shelf, clock = Shelf(Path(folder)), Clock()
        found = find_works(Request([source], lambda _: load("work"), jobs), shelf)
        clock.finish("all")
        outcome = Outcome(shelf, found, "published")
        with target.open("wb") as out:
            out.writelines(work + b"\n" for work in outcome.works())
        clock.finish("merge and write")
        seconds = found.seconds | {"merge and write": clock.seconds["merge and write"]}
        pairs = len(shelf.saved("left"))
        disk = sum(path.stat().st_size for path in shelf.folder.iterdir())
        print(
            json.dumps(
                {
                    "seconds": seconds,
                    "records": len(shelf),
                    "works": len(outcome),
                    "pairs": pairs,
                    "disk_mb": disk / 1e6,
                }
            )
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
