"""What the workers share: the folder they read and the scores they write.

Runs inside every peer's own environment, so it uses the standard library only.
"""

import csv
import json
import math
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Pair = tuple[str, str]
Record = dict[str, Any]


@dataclass(frozen=True)
class Folder:
    """Records by id, the labelled pairs to train on, and the pairs to score.

    Only `train` rows bring their labels; those of `valid` and `test` are never read, so that
    no peer can see them.
    """

    records: dict[str, Record]
    train: list[tuple[Pair, bool]]
    test: list[Pair]

    def records_of(self, pairs: Sequence[Pair]) -> list[Record]:
        """Return the records that occur in the pairs, each once, in the order of the file."""
        wanted = {key for pair in pairs for key in pair}
        return [record for key, record in self.records.items() if key in wanted]


def read_folder(folder: Path) -> Folder:
    """Read `records.jsonl` and `pairs.csv`; ids are compared as text."""
    records: dict[str, Record] = {}
    with (folder / "records.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record: Record = json.loads(line)
            record["id"] = str(record["id"])
            records[record["id"]] = record
    train: list[tuple[Pair, bool]] = []
    test: list[Pair] = []
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            pair = (row["id_1"], row["id_2"])
            if row["split"] == "train":
                train.append((pair, row["label"] == "1"))
            elif row["split"] == "test":
                test.append(pair)
    return Folder(records, train, test)


@dataclass
class Scores:
    """A score (0 to 1, or None) and a decision ("1", "0", "maybe" or "") for each test pair.

    NaN, as some peers return, becomes None.
    """

    pairs: Sequence[Pair]
    scores: Sequence[float | None]
    decisions: Sequence[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Decide at one half where the peer gives scores but no decisions of its own."""
        self.scores = [None if s is None or math.isnan(s) else s for s in self.scores]
        if not self.decisions:
            self.decisions = ["" if s is None else str(int(s >= 0.5)) for s in self.scores]

    def write(self, path: Path) -> None:
        """Write one row per test pair, in the order of `pairs.csv`."""
        rows = zip(self.pairs, self.scores, self.decisions, strict=True)
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["id_1", "id_2", "score", "decision"])
            for (left, right), score, decision in rows:
                writer.writerow([left, right, "" if score is None else repr(score), decision])


_stages: dict[str, float] = {}


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Add the CPU seconds (user, this process and its finished children) to a stage."""
    before = _user_seconds()
    yield
    _stages[name] = _stages.get(name, 0.0) + _user_seconds() - before


def _user_seconds() -> float:
    times = os.times()
    return times.user + times.children_user


def arguments() -> tuple[Path, Path, list[str]]:
    """Return the folder, the path of the scores, and whatever follows on the command line."""
    if len(sys.argv) < 3:
        sys.exit(f"{Path(sys.argv[0]).name} needs a folder and the path of the scores to write.")
    return Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]


def write_stages(scores: Path) -> None:
    """Write the stages' CPU seconds beside the scores: `scores_x.csv` -> `scores_x.stages.json`."""
    rounded = {name: round(seconds, 3) for name, seconds in _stages.items()}
    scores.with_suffix(".stages.json").write_text(json.dumps(rounded), encoding="utf-8")
