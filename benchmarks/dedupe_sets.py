"""Whole record files of the labelled sets through `papertwin dedupe`'s own stages, judged by the sets' clusters."""

import csv
import gzip
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from papertwin.data.files.rows import decode
from papertwin.data.graphs import UnionFind
from papertwin.data.labelled.set_files import read_records
from papertwin.models import Model
from papertwin.works.finding import Request, find_works
from papertwin.works.intake import Taken
from papertwin.works.shelf import Shelf

CLUSTERED = (
    "asysd_diabetes", "sra_copper", "rathbone_cytology", "rathbone_respiratory", "wagner_digital_work", "colrev_misq",
    "colrev_jmis", "colrev_isr", "medrxiv_gold_cabanac", "s2apler_test", "docconflation_citeseerx", "cora_1295",
)  # fmt: skip
Figures = Mapping[str, float]
Groups = Mapping[str, object]  # the work of each id


@dataclass(frozen=True, slots=True)
class Run:
    """Works of one set by several models over the same candidates, and what the candidates are worth."""

    works: Mapping[str, Groups]
    candidates: Figures


def truth(folder: Path) -> dict[str, str]:
    """The cluster of each labelled id."""
    with gzip.open(folder / "clusters.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        return {line["id"]: line["cluster"] for line in csv.DictReader(lines)}


def ours(folder: Path, models: Mapping[str, Model], jobs: int) -> Run:
    """Our works of a set, by name of the model; records are read and candidates found once."""
    known = truth(folder)
    works: dict[str, Groups] = {}
    with tempfile.TemporaryDirectory() as place:
        shelf = Shelf(Path(place))
        for name, model in models.items():
            found = find_works(Request([folder / "records.jsonl.gz"], chosen(model), jobs), shelf)
            ids = ids_of(shelf)
            works[name] = dict(zip(ids, found.works.tolist(), strict=True))
        order = shelf.in_order()
        pairs = {
            frozenset((ids[order[a]], ids[order[b]]))
            for a, b in zip(shelf.saved("left").tolist(), shelf.saved("right").tolist(), strict=True)
        }
    titled = {str(record["id"]) for record in read_records(folder) if str(record.get("title") or "").strip()}
    return Run(works, candidate_figures(known, pairs, titled, len(ids)))


def chosen(model: Model) -> Callable[[Taken], Model]:
    """The model, whatever was read."""
    return lambda _: model


def ids_of(shelf: Shelf) -> list[str]:
    """The ids of the records, by row."""
    return [str(decode(shelf.raw(row))["id"]) for row in range(len(shelf))]


def candidate_figures(known: Groups, pairs: set[frozenset[str]], titled: set[str], count: int) -> Figures:
    """Recall of the duplicate pairs, of those with a title on both sides, and of those joined through candidates."""
    duplicates = list(duplicate_pairs(known))
    asked = [pair for pair in duplicates if titled.issuperset(pair)]
    numbers, joined = {one: number for number, one in enumerate(known)}, UnionFind()
    for a, b in pairs:
        if a in numbers and b in numbers and known[a] == known[b]:
            joined.join(numbers[a], numbers[b])
    return {
        "recall": share(pair in pairs for pair in map(frozenset, duplicates)),
        "titled": share(frozenset(pair) in pairs for pair in asked),
        "joined": share(joined.first(numbers[a]) == joined.first(numbers[b]) for a, b in duplicates),
        "per_record": len(pairs) / max(count, 1),
    }


def duplicate_pairs(groups: Groups) -> Iterable[tuple[str, str]]:
    """All pairs of ids of one group."""
    members: dict[object, list[str]] = {}
    for one, group in groups.items():
        members.setdefault(group, []).append(one)
    for ids in members.values():
        yield from combinations(sorted(ids), 2)


def share(values: Iterable[bool]) -> float:
    """The share that is true; 1 where there is nothing."""
    found = list(values)
    return sum(found) / len(found) if found else 1.0


def figures(known: Groups, works: Groups) -> Figures:
    """Precision, recall and F1 of pairs and by B-cubed (Bagga and Baldwin 1998), over the labelled ids."""
    ids = [one for one in known if one in works]
    true, made = (numbered([groups[one] for one in ids]) for groups in (known, works))
    _, both, counts = np.unique(true * (made.max(initial=0) + 1) + made, return_inverse=True, return_counts=True)
    sizes = [np.bincount(numbers) for numbers in (made, true)]
    shared = counts[both]
    b_precision, b_recall = float((shared / sizes[0][made]).mean()), float((shared / sizes[1][true]).mean())
    hits, called, duplicates = (int((group * (group - 1) // 2).sum()) for group in (counts, *sizes))
    precision, recall = hits / max(called, 1), hits / max(duplicates, 1)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * hits / max(called + duplicates, 1),
        "b_precision": b_precision,
        "b_recall": b_recall,
        "b_f1": 2 * b_precision * b_recall / (b_precision + b_recall),
        "hits": hits,
        "wrong": called - hits,
        "missed": duplicates - hits,
    }


def numbered(values: Sequence[object]) -> NDArray[np.int64]:
    """The values as numbers from 0."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)
