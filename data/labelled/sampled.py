"""Pairs drawn from records: of labelled clusters with their look-alikes, by chance, and varied by rule."""

import itertools
from collections import defaultdict

import numpy as np

from papertwin.data.files.rows import Record
from papertwin.data.graphs import components
from papertwin.data.labelled.pairs import LabelledPairs, labelled
from papertwin.data.labelled.sets import LabelledSet
from papertwin.data.labelled.variants.rules import made_pairs
from papertwin.data.values.text import fold, known

Pair = tuple[int, int]  # the rows of two records
NEIGHBOURS = 12  # records with the most alike titles that each is held against
STRANGERS = 3000  # pairs drawn by chance: without them a model trained on look-alikes misjudges strangers


def of_clusters(
    entry: LabelledSet, records: list[Record], cluster: dict[int, str], rng: np.random.Generator
) -> LabelledPairs:
    """Pairs within clusters, and look-alikes of two clusters; `cluster` is the one that each row is in."""
    members = defaultdict(list)
    for record_row, name in cluster.items():
        members[name].append(record_row)
    positives: list[Pair] = []
    for rows in members.values():
        positives += _drawn(list(itertools.combinations(sorted(rows), 2)), entry.per_cluster, rng)
    positives = _drawn(positives, entry.most_positives, rng)
    near = [(a, b) for a, b in look_alikes(records, sorted(cluster)) if cluster[a] != cluster[b]]
    wanted = int(entry.negatives * len(positives))
    # The nearest half as they come (they are the hard ones), the rest by chance.
    near = near[: wanted // 2] + _drawn(near[wanted // 2 :], wanted - wanted // 2, rng)
    pairs = positives + near
    label = [1.0] * len(positives) + [0.0] * len(near)
    made = labelled(entry, records, [a for a, _ in pairs], [b for _, b in pairs], label, [""] * len(pairs))
    if entry.article_ids:
        article = np.array([str(record["id"]).startswith(entry.article_ids) for record in records])
        works = made.work == 1
        made.record[works] = (article[made.left] == article[made.right])[works]
    return made


def _drawn(pairs: list[Pair], most: int, rng: np.random.Generator) -> list[Pair]:
    """At most so many of the pairs, by chance, in their order."""
    if len(pairs) <= most:
        return pairs
    return [pairs[place] for place in sorted(rng.choice(len(pairs), most, replace=False))]


def look_alikes(records: list[Record], rows: list[int]) -> list[Pair]:
    """Pairs of records that look alike, the most alike first: by rare words of titles, the same DOI, the same pages."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    titles = [fold(str(records[row].get("title") or "")) for row in rows]
    matrix = TfidfVectorizer(token_pattern=r"\S+", dtype=np.float32).fit_transform(titles)
    scored: dict[Pair, float] = {}
    for start in range(0, len(rows), 512):
        likeness = (matrix[start : start + 512] @ matrix.T).toarray()
        best = np.argpartition(-likeness, min(NEIGHBOURS, likeness.shape[1] - 1), axis=1)[:, : NEIGHBOURS + 1]
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


def by_rule(records: list[Record], rng: np.random.Generator) -> LabelledPairs:
    """Records beside what a rule makes of them, which says whether that is the same work and the same record."""
    pairs = made_pairs([dict(record) for record in records], rng)
    used: list[Record] = [record for a, b, _, _ in pairs for record in (a, b)]
    rows = np.arange(len(pairs), dtype=np.int64)
    work, record = np.array([pair[2] for pair in pairs]), np.array([pair[3] for pair in pairs])
    works = components(len(used), 2 * rows[work == 1], 2 * rows[work == 1] + 1)
    return LabelledPairs(used, 2 * rows, 2 * rows + 1, work, record, works, [""] * len(pairs))


def by_chance(records: list[Record], rng: np.random.Generator) -> LabelledPairs:
    """Random pairs of search results, half of them stripped of authors and abstracts: strangers, all distinct."""
    left = rng.integers(0, len(records), STRANGERS)
    right = rng.integers(0, len(records), STRANGERS)
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
    return LabelledPairs(
        used, 2 * rows, 2 * rows + 1, zeros, zeros.copy(), np.arange(len(used), dtype=np.int64), [""] * len(left)
    )
