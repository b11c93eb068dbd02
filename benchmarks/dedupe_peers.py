"""The peers on whole record files, each in its own environment, as `peers` makes them."""

import csv
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from dedupe_sets import duplicate_pairs
from papertwin.data.labelled.set_files import read_records
from peers import PAIRS, PEERS, RECORDS, WORKERS, PeerError, call, python_of

WHOLE = {name: f"whole_{name}.py" for name in ("bib_dedupe", "dedupe", "splink")}


@dataclass(frozen=True, slots=True)
class PeerRun:
    """The cluster of each id, the peer's user CPU seconds and wall seconds; or `failure`, why there are none."""

    works: Mapping[str, str]
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    failure: str = ""


def write_folder(source: Path, known: Mapping[str, object], folder: Path) -> None:
    """The records of a set and, for the peer that must learn, half of its duplicate pairs beside distinct ones."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / RECORDS).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in read_records(source))
    chance = random.Random(0)
    duplicates = [pair for pair in duplicate_pairs(known) if chance.random() < 0.5]
    duplicates = chance.sample(duplicates, min(len(duplicates), 500))
    ids = sorted(known)
    taught = [(a, b, 1) for a, b in duplicates]
    while len(taught) < 2 * len(duplicates):
        a, b = chance.sample(ids, 2)
        if known[a] != known[b]:
            taught.append((a, b, 0))
    with (folder / PAIRS).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("id_1", "id_2", "label", "split"))
        writer.writerows((*pair, "train") for pair in taught)


def ask(name: str, folder: Path, environment: Path, log: TextIO) -> PeerRun:
    """Let a peer deduplicate the folder."""
    out = folder / f"clusters_{name}.csv"
    out.unlink(missing_ok=True)
    try:
        python = python_of(PEERS[name], environment, log)
    except PeerError as error:
        return PeerRun({}, failure=str(error))
    begun = time.perf_counter()
    code, cpu_seconds = call([python, str(WORKERS / WHOLE[name]), str(folder), str(out)], log)
    wall_seconds = time.perf_counter() - begun
    if code or not out.is_file():
        return PeerRun({}, cpu_seconds, wall_seconds, f"{name} stopped with exit code {code}")
    with out.open(encoding="utf-8", newline="") as rows:
        return PeerRun({row["id"]: row["cluster"] for row in csv.DictReader(rows)}, cpu_seconds, wall_seconds)
