"""SETS: the labelled sets that the shipped models learn from, and the pairs made of them.

Each set is a folder with `records.jsonl.gz` and `pairs.csv.gz` or `clusters.csv.gz`, or with case files. The records
stay where they are: what travels with the code are the similarity vectors of these pairs.
"""

import csv
import gzip
import itertools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from papertwin.data.errors import InputError
from papertwin.data.fields import prepare
from papertwin.data.graphs import components
from papertwin.data.names import persons
from papertwin.data.text import fold, known
from papertwin.data.variants.rules import made_pairs

Record = Mapping[str, object]


MOST_PAIRS = 3000  # of a set that models learn from: more add to the time of every retraining and teach nothing


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """A labelled set: where it comes from, which convention its labels follow, and how many of its pairs are used."""

    name: str
    source: str
    licence: str
    convention: str  # "work" or "record": what its labels call a duplicate
    noise: str
    # Whether records that it calls distinct are distinct works too, however alike they look.
    neutral: bool = False
    # For a set of works: its duplicates are copies and citations of one publication, so duplicate records too.
    copies: bool = False
    most_positives: int = 4000
    most_pairs: int = MOST_PAIRS
    per_cluster: int = 30  # pairs of one cluster; a cluster of 200 records has 20,000
    negatives: float = 2.0  # distinct pairs for each duplicate pair
    made_from: tuple[str, ...] = ()  # for made pairs: the sets whose records are varied


SETS: tuple[TrainingSet, ...] = (
    TrainingSet("search_cases", "alcatraz-rm/scientific-knowledge-distiller", "none stated", "work", "a few families repeat: 30 pairs of one lecture-notes title"),
    TrainingSet("search_results", "alcatraz-rm/scientific-knowledge-distiller", "none stated", "work", "unlabelled: random pairs are taken as distinct", neutral=True),
    TrainingSet("made_pairs", "records of other sets, varied by rule", "none stated", "work", "made, not found", neutral=True, most_pairs=12_000, made_from=("search_results", "asysd_diabetes", "wagner_digital_work", "sra_copper")),
    TrainingSet("asysd_diabetes", "camaradesuk/ASySD (Hair and others 2023)", "GPL-3", "record", "the same abstract at two congresses is two records"),
    TrainingSet("sra_copper", "IEBH/dedupe-sweep", "MIT", "record", "", neutral=True, negatives=6),
    TrainingSet("rathbone_cytology", "CoLRev-Environment/bib-dedupe (Rathbone and others 2015)", "MIT", "record", "often the first author only", neutral=True, negatives=4),
    TrainingSet("rathbone_respiratory", "CoLRev-Environment/bib-dedupe (Rathbone and others 2015)", "MIT", "record", "translated titles", neutral=True, negatives=6),
    TrainingSet("wagner_digital_work", "CoLRev-Environment/bib-dedupe (Wagner 2021)", "MIT", "record", "443 distinct pairs of one title", neutral=True, negatives=8),
    TrainingSet("colrev_misq", "CoLRev curations", "MIT", "record", "some titles are page furniture", neutral=True, most_positives=2500),
    TrainingSet("colrev_jmis", "CoLRev curations", "MIT", "record", "some titles are page furniture", neutral=True, most_positives=2500),
    TrainingSet("colrev_isr", "CoLRev curations", "none stated", "record", "some titles are page furniture", neutral=True, most_positives=2500),
    TrainingSet("medrxiv_gold_cabanac", "gcabanac/preprint-publication-linker", "GPL-3", "work", "distinct pairs are as good as the declared links", neutral=True),
    TrainingSet("s2apler_test", "allenai/S2APLER", "Apache-2.0", "work", "", neutral=True, copies=True, negatives=6),
    TrainingSet("docconflation_citeseerx", "lamps-lab/docconflation", "none stated", "work", "abstracts with recognition errors; no distinct pairs", copies=True),
    TrainingSet("cora_1295", "AI-team-UoA/pyJedAI", "Apache-2.0", "work", "known label noise", copies=True, per_cluster=12),
    TrainingSet("magellan_dblp_acm", "Leipzig and Magellan benchmarks", "none in the copy", "record", "", neutral=True, negatives=3),
    TrainingSet("magellan_dblp_scholar", "Leipzig and Magellan benchmarks", "none in the copy", "record", "truncated records, some missed matches", neutral=True, negatives=3),
    TrainingSet("colandr_v1", "datakind/permanent-colandr-back", "none stated", "record", "picked near the border"),
    TrainingSet("kt_citation_dedupe", "knowledgetranslation/citation-dedupe", "none stated", "record", "picked near the border"),
)

EASY_PAIRS = 3000  # random pairs of search results: without them a model trained on look-alikes misjudges strangers


@dataclass(slots=True)
class LabelledPairs:
    """Pairs of row numbers into `records`; labels 1, 0 or NaN (the convention does not say) for each convention.

    `works` numbers the work of each record: records joined by labelled duplicates. `part` is the set's own division
    (a benchmark's split, a search request) or "".
    """

    records: list[Record]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    work: NDArray[np.float64]
    record: NDArray[np.float64]
    works: NDArray[np.int64]
    part: list[str] = field(default_factory=list)


def read_set(folder: Path, entry: TrainingSet, seed: int = 0) -> LabelledPairs:
    """The labelled pairs of one set below `folder`; raises InputError where it is not there."""
    here = folder / (entry.made_from[0] if entry.made_from else entry.name)
    if not here.is_dir():
        raise InputError(f"{here}: the set is not there; give the folder that holds the labelled sets")
    rng = np.random.default_rng([seed, *entry.name.encode()])
    if entry.name == "search_cases":
        return _from_cases(here)
    records = [record for name in entry.made_from or (entry.name,) for record in read_records(folder / name)]
    if entry.name == "search_results":
        return _easy(records, rng)
    if entry.name == "made_pairs":
        return _made(records, rng)
    row = {str(record["id"]): n for n, record in enumerate(records)}
    if (here / "pairs.csv.gz").exists():
        return _from_pairs(entry, records, list(_rows(here / "pairs.csv.gz")), row)
    clusters = {row[line["id"]]: line["cluster"] for line in _rows(here / "clusters.csv.gz")}
    return _from_clusters(entry, records, clusters, rng)


def read_records(here: Path) -> list[Record]:
    """The records of one set."""
    with gzip.open(here / "records.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _labelled(
    entry: TrainingSet, records: list[Record], left: list[int], right: list[int], label: list[float], part: list[str]
) -> LabelledPairs:
    """Both conventions' labels from the set's own; what the set cannot say is NaN."""
    a, b, own = np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), np.array(label)
    other = own.copy()
    if entry.convention == "work" and not entry.copies:
        # A version or a copy? The set does not say, but two catalogues' records of a preprint are copies.
        other[(own == 1) & ~_preprints(records, a, b)] = np.nan
    elif entry.convention == "record" and not entry.neutral:
        other[(own == 0) & _alike(records, a, b)] = np.nan  # perhaps two records of one work
    work, record = (own, other) if entry.convention == "work" else (other, own)
    return LabelledPairs(records, a, b, work, record, components(len(records), a[own == 1], b[own == 1]), part)


def _preprints(records: list[Record], left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Pairs of two preprints."""
    preprint: NDArray[np.bool_] = prepare(records).columns["preprint"] == 1  # type: ignore[assignment]
    return preprint[left] & preprint[right]


def _alike(records: list[Record], left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Pairs with nearly the same title and a common author: perhaps versions of one work."""
    from rapidfuzz.distance import Indel

    def look_alike(a: Record, b: Record) -> bool:
        titles = [fold(str(record.get("title") or "")) for record in (a, b)]
        people = [{who.surname for who in (persons(record.get("authors")) or ([], False))[0]} for record in (a, b)]
        return Indel.normalized_similarity(*titles) > 0.85 and bool(people[0] & people[1] or not all(people))

    return np.array([look_alike(records[a], records[b]) for a, b in zip(left, right, strict=True)], dtype=bool)


def _from_cases(here: Path) -> LabelledPairs:
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
    return _labelled(SETS[0], records, left, right, label, part)


def _from_pairs(entry: TrainingSet, records: list[Record], pairs: list[dict[str, str]], row: dict[str, int]) -> LabelledPairs:
    return _labelled(
        entry,
        records,
        [row[pair["id_1"]] for pair in pairs],
        [row[pair["id_2"]] for pair in pairs],
        [float(pair["label"]) for pair in pairs],
        [pair.get("split", "") for pair in pairs],
    )


def _from_clusters(entry: TrainingSet, records: list[Record], cluster: dict[int, str], rng: np.random.Generator) -> LabelledPairs:
    members = defaultdict(list)
    for record_row, name in cluster.items():
        members[name].append(record_row)
    positives: list[tuple[int, int]] = []
    for rows in members.values():
        found = list(itertools.combinations(sorted(rows), 2))
        if len(found) > entry.per_cluster:
            found = [found[n] for n in sorted(rng.choice(len(found), entry.per_cluster, replace=False))]
        positives += found
    if len(positives) > entry.most_positives:
        positives = [positives[n] for n in sorted(rng.choice(len(positives), entry.most_positives, replace=False))]
    near = [(a, b) for a, b in look_alikes(records, sorted(cluster)) if cluster[a] != cluster[b]]
    wanted = int(entry.negatives * len(positives))
    if len(near) > wanted:
        # the nearest half as they come (they are the hard ones), the rest by chance
        rest = near[wanted // 2 :]
        near = near[: wanted // 2] + [rest[n] for n in sorted(rng.choice(len(rest), wanted - wanted // 2, replace=False))]
    pairs = positives + near
    label = [1.0] * len(positives) + [0.0] * len(near)
    made = _labelled(entry, records, [a for a, _ in pairs], [b for _, b in pairs], label, [""] * len(pairs))
    if entry.name == "medrxiv_gold_cabanac":
        # Versions of a preprint, and Crossref's entry of it, are one record; a preprint and its article are two.
        article = np.array([str(record["id"]).startswith("pub:") for record in records])
        kinds_differ = article[made.left] != article[made.right]
        made.record[made.work == 1] = np.where(kinds_differ, 0.0, 1.0)[made.work == 1]
    return made


def look_alikes(records: list[Record], rows: list[int], neighbours: int = 12) -> list[tuple[int, int]]:
    """Pairs of records that look alike, the most alike first: nearest titles by rare words, the same DOI, the same pages."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    titles = [fold(str(records[row].get("title") or "")) for row in rows]
    matrix = TfidfVectorizer(token_pattern=r"\S+", dtype=np.float32).fit_transform(titles)
    scored: dict[tuple[int, int], float] = {}
    for start in range(0, len(rows), 512):
        likeness = (matrix[start : start + 512] @ matrix.T).toarray()
        best = np.argpartition(-likeness, min(neighbours, likeness.shape[1] - 1), axis=1)[:, : neighbours + 1]
        for offset, columns in enumerate(best):
            for column in columns:
                if column != start + offset and likeness[offset, column] > 0.2:
                    pair = rows[min(start + offset, column)], rows[max(start + offset, column)]
                    scored[pair] = float(likeness[offset, column])
    blocks: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for row in rows:
        if doi := known(records[row].get("doi")):
            blocks["doi", doi.lower()].append(row)
        if (journal := known(records[row].get("journal"))) and (page := known(records[row].get("pages"))):
            blocks["page", fold(journal), known(records[row].get("volume")), page].append(row)
    for block in blocks.values():
        for pair in itertools.islice(itertools.combinations(block, 2), 50):
            scored.setdefault(pair, 0.5)
    return [pair for pair, _ in sorted(scored.items(), key=lambda item: (-item[1], item[0]))]


def _made(records: list[Record], rng: np.random.Generator) -> LabelledPairs:
    pairs = made_pairs([dict(record) for record in records], rng)
    used: list[Record] = [record for a, b, _, _ in pairs for record in (a, b)]
    rows = np.arange(len(pairs), dtype=np.int64)
    work, record = np.array([pair[2] for pair in pairs]), np.array([pair[3] for pair in pairs])
    works = components(len(used), 2 * rows[work == 1], 2 * rows[work == 1] + 1)
    return LabelledPairs(used, 2 * rows, 2 * rows + 1, work, record, works, [""] * len(pairs))


def _easy(records: list[Record], rng: np.random.Generator) -> LabelledPairs:
    """Random pairs of search results, half of them stripped of authors and abstracts: strangers, all distinct."""
    left = rng.integers(0, len(records), EASY_PAIRS)
    right = rng.integers(0, len(records), EASY_PAIRS)
    titles = [fold(str(record.get("title") or "")) for record in records]
    keep = np.array([titles[a] != titles[b] for a, b in zip(left, right, strict=True)])
    left, right = left[keep], right[keep]
    stripped: Record = {"authors": [], "abstract": None}
    used: list[Record] = [
        {**records[row], **stripped} if number % 2 else records[row]
        for number, pair in enumerate(zip(left, right, strict=True))
        for row in pair
    ]
    rows = np.arange(len(left), dtype=np.int64)
    zeros = np.zeros(len(left))
    return LabelledPairs(used, 2 * rows, 2 * rows + 1, zeros, zeros.copy(), np.arange(len(used), dtype=np.int64), [""] * len(left))


__all__ = ["SETS", "LabelledPairs", "TrainingSet", "look_alikes", "read_set"]
