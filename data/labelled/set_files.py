"""Labelled sets from their folders: records, and the pairs that models learn from."""

import csv
import gzip
import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papertwin.data.conventions import CONVENTIONS
from papertwin.data.errors import InputError
from papertwin.data.files.layouts import DOCUMENTS
from papertwin.data.files.rows import Record
from papertwin.data.graphs import components
from papertwin.data.labelled.pairs import LabelledPairs, labelled
from papertwin.data.labelled.sampled import by_chance, by_rule, of_clusters
from papertwin.data.labelled.sets import READ, WRITTEN, LabelledSet
from papertwin.data.labels import label_of
from papertwin.data.values.text import fold


def read_set(folder: Path, entry: LabelledSet, seed: int = 0) -> LabelledPairs:
    """The labelled pairs of one set below `folder`; raises InputError where it is not there."""
    if entry.pairs_from == "written":
        return _written(entry)
    here = folder / entry.folders[0]
    if not here.is_dir():
        raise InputError(f"{here}: the set is not there; give the folder that holds the labelled sets")
    rng = np.random.default_rng([seed, *entry.name.encode()])
    if entry.pairs_from == "cases":
        return _from_cases(entry, here)
    records = [record for name in entry.folders for record in read_records(folder / name)]
    if entry.pairs_from == "chance":
        return by_chance(records, rng)
    if entry.pairs_from == "rules":
        return by_rule(records, rng)
    return _with_answers(entry, here, records, rng)


def _with_answers(entry: LabelledSet, here: Path, records: list[Record], rng: np.random.Generator) -> LabelledPairs:
    """Records whose ids are in a table of pairs or of clusters."""
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
    cases, part = [], []
    for path in sorted(here.glob("*.json.gz")):
        decided = [case for case in json.loads(gzip.decompress(path.read_bytes()))["cases"] if case["decision"]]
        cases += decided
        part += [path.name.partition(".")[0]] * len(decided)
    records, left, right = _sides(cases)
    return labelled(entry, records, left, right, [float(case["decision"] == "DUPLICATES") for case in cases], part)


def _written(entry: LabelledSet) -> LabelledPairs:
    """Cases that are labelled by both conventions, some by one alone, and bring their records."""
    cases = [json.loads(line) for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
    said = {None: math.nan, True: 1.0, False: 0.0}
    work, record = ([said[label_of(case, convention)] for case in cases] for convention in CONVENTIONS)
    pairs = labelled(entry, *_sides(cases), work, [""] * len(cases))
    return replace(pairs, record=np.array(record), works=_by_title(pairs))


def _by_title(pairs: LabelledPairs) -> NDArray[np.int64]:
    """The works of records, those of one title as one: an invented work may be in several pairs, in other words."""
    titles = np.unique(
        [fold(str(record.get("title") or n)) for n, record in enumerate(pairs.records)], return_inverse=True
    )[1]
    first = np.unique(titles, return_index=True)[1][titles]
    left = np.concatenate([first, pairs.left[pairs.work == 1]])
    right = np.concatenate([np.arange(len(titles)), pairs.right[pairs.work == 1]])
    return components(len(titles), left, right)


def _sides(cases: list[dict[str, Any]]) -> tuple[list[Record], list[int], list[int]]:
    """The records of cases, and the rows of both sides; a record that several cases show is one record."""
    rows: dict[str, int] = {}
    documents = [case[side] for case in cases for side in DOCUMENTS]
    told = [rows.setdefault(json.dumps(document, sort_keys=True), len(rows)) for document in documents]
    first = np.unique(told, return_index=True)[1]
    return [documents[place] for place in first], told[::2], told[1::2]


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
