# mypy: disable-error-code="import-not-found, import-untyped"
"""dedupe on a whole file: trained on labelled pairs of the file itself, which favours it; then its own partition.

Left out: blocking by text indexes, because that library ends the process. The folder's `pairs.csv` holds the train
pairs: half of the duplicates that the file has, and as many distinct pairs.
"""

import random

import numpy as np
from dedupe.predicates import IndexPredicate
from exchange import arguments, read_folder, stage, write_stages
from fields import fields_of
from run_dedupe import definition, row_of
from whole import read_whole, write_clusters

import dedupe

HALF = 0.5


def main() -> None:
    """Train, find blocks and partition."""
    folder_path, out, _ = arguments()
    folder, records = read_folder(folder_path), read_whole(folder_path)
    random.seed(0)
    np.random.seed(0)
    with stage("prepare"):
        rows = {record["id"]: row_of(fields_of(record)) for record in records}
        chosen = definition(list(rows.values()))
        for variable in chosen:
            variable.predicates = [one for one in variable.predicates if not isinstance(one, IndexPredicate)]
        matcher = dedupe.Dedupe(chosen, num_cores=0)
        matcher.prepare_training(rows, sample_size=1500)
    with stage("train"):
        matcher.classifier.n_jobs = 1
        sides = {
            same: [(rows[a], rows[b]) for (a, b), label in folder.train if label == same] for same in (True, False)
        }
        matcher.mark_pairs({"match": sides[True], "distinct": sides[False]})
        matcher.train()
    with stage("score"):
        groups = [ids for ids, _ in matcher.partition(rows, HALF)]
    write_clusters(out, list(rows), groups)
    write_stages(out)


if __name__ == "__main__":
    main()
