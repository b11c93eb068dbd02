"""Labelled sets from their folders: records, and the pairs that models learn from."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from papertwin.data.errors import InputError
from papertwin.data.files.rows import Record
from papertwin.data.labelled.pairs import LabelledPairs, labelled
from papertwin.data.labelled.sampled import by_chance, by_rule, of_clusters
from papertwin.data.labelled.sets import READ, LabelledSet


def read_set(folder: Path, entry: LabelledSet, seed: int = 0) -> LabelledPairs:
    """The labelled pairs of one set below `folder`; raises InputError where it is not there."""
    here = folder / (entry.records_of[0] if entry.records_of else entry.name)
    if not here.is_dir():
        raise InputError(f"{here}: the set is not there; give the folder that holds the labelled sets")
    rng = np.random.default_rng([seed, *entry.name.encode()])
    if entry.pairs_from == "cases":
        return _from_cases(entry, here)
    records = [record for name in entry.records_of or (entry.name,) for record in read_records(folder / name)]
    if entry.pairs_from == "chance":
        return by_chance(records, rng)
    if entry.pairs_from == "rules":
        return by_rule(records, rng)
    row = {str(record["id"]): n for n, record in enumerate(records)}
    if entry.pairs_from == "read":
        return _read_one_by_one(entry, records, row)
    if (here / "pairs.csv.gz").exists():
        return _from_pairs(entry, records, list(_rows(here / "pairs.csv.gz")), row)
    clusters = {row[line["id"]]: line["cluster"] for line in _rows(here / "clusters.csv.gz")}
    return of_clusters(entry, records, clusters, rng)


def read_records(here: Path) -> list[Record]:
    """The records of one set."""
    with gzip.open(here / "records.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _from_cases(entry: LabelledSet, here: Path) -> LabelledPairs:
    """The founding system's case files; a record that several cases show is one record."""
    rows: dict[str, int] = {}
    records: list[Record] = []
    left, right, label, part = [], [], [], []
    for path in sorted(here.glob("*.json.gz")):
        for case in json.loads(gzip.decompress(path.read_bytes()))["cases"]:
            if case["decision"] is None:
                continue
            sides = []
            for document in (case["doc_1"], case["doc_2"]):
                key = json.dumps(document, sort_keys=True)
                if key not in rows:
                    rows[key] = len(records)
                    records.append(document)
                sides.append(rows[key])
            left.append(sides[0])
            right.append(sides[1])
            label.append(float(case["decision"] == "DUPLICATES"))
            part.append(path.name.partition(".")[0])
    return labelled(entry, records, left, right, label, part)


def _read_one_by_one(entry: LabelledSet, records: list[Record], row: dict[str, int]) -> LabelledPairs:
    """Pairs that are labelled by both conventions; what `record` says is not known of all."""
    with READ.open(encoding="utf-8", newline="") as lines:
        pairs = [{**line, "label": line["work"]} for line in csv.DictReader(lines)]
    own = np.array([float(pair["record"] or "nan") for pair in pairs])
    return replace(_from_pairs(entry, records, pairs, row), record=own)


def _from_pairs(
    entry: LabelledSet, records: list[Record], pairs: list[dict[str, str]], row: dict[str, int]
) -> LabelledPairs:
    return labelled(
        entry,
        records,
        [row[pair["id_1"]] for pair in pairs],
        [row[pair["id_2"]] for pair in pairs],
        [float(pair["label"]) for pair in pairs],
        [pair.get("split", "") for pair in pairs],
    )
