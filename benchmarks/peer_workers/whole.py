"""Whole files: what the workers share that deduplicate one; they read `records.jsonl` and write `id,cluster`.

Standard library only.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from exchange import Record


def read_whole(folder: Path) -> list[Record]:
    """The records of the folder, their ids as text."""
    with (folder / "records.jsonl").open(encoding="utf-8") as lines:
        return [record | {"id": str(record["id"])} for record in map(json.loads, lines)]


def write_clusters(path: Path, ids: Iterable[str], groups: Iterable[Sequence[str]]) -> None:
    """A row for each id; one that no group has is a cluster of its own."""
    cluster = {one: f"g{number}" for number, group in enumerate(groups) for one in group}
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "cluster"])
        writer.writerows([one, cluster.get(one, f"s{number}")] for number, one in enumerate(ids))
