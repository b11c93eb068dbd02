# mypy: disable-error-code="import-not-found, import-untyped"
"""recordlinkage: its comparisons, then its logistic regression, or ECM where no labels exist.

A missing value compares as 0, its default, so that unknown and different look alike. ECM needs
features of two values, each 1 from 0.8 on, and takes them for independent: of the title and of the
authors it gets one each (of the sets tried, better on three, worse on DBLP-ACM).
Left out: its indexing, since the pairs are given.
"""

from dataclasses import asdict

import numpy as np
import pandas as pd
import recordlinkage
from exchange import Folder, Pair, Scores, arguments, read_folder, stage, write_stages
from fields import fields_of
from recordlinkage.compare import Exact, Numeric, String

AGREES_FROM = 0.8
REPEATS = ("title start", "title grams", "authors")  # of "title edits" and "name"
SMALLEST_PROBABILITY = 1e-4


def comparisons_for(records: pd.DataFrame) -> list[object]:
    """Return its comparisons of the columns that are not wholly missing."""
    wanted = [
        ("title", String("title", "title", method="jarowinkler", label="title start")),
        ("title", String("title", "title", method="levenshtein", label="title edits")),
        ("title", String("title", "title", method="cosine", label="title grams")),
        ("authors", String("authors", "authors", method="cosine", label="authors")),
        (
            "first_author",
            String("first_author", "first_author", method="jarowinkler", label="name"),
        ),
        ("year", Numeric("year", "year", method="linear", offset=0, scale=2.5, label="year")),
        ("journal", String("journal", "journal", method="jarowinkler", label="journal")),
        ("volume", Exact("volume", "volume", label="volume")),
        ("number", Exact("number", "number", label="number")),
        ("first_page", Exact("first_page", "first_page", label="first page")),
        ("doi", Exact("doi", "doi", label="doi")),
        ("abstract", String("abstract", "abstract", method="cosine", label="abstract")),
    ]
    return [comparison for column, comparison in wanted if records[column].notna().any()]


def records_frame(folder: Folder) -> pd.DataFrame:
    """Return all records, one row each, indexed by id."""
    frame = pd.DataFrame([asdict(fields_of(record)) for record in folder.records.values()])
    return frame.set_index("id").drop(columns="surnames")


def features_of(records: pd.DataFrame, pairs: list[Pair]) -> pd.DataFrame:
    """Compare the pairs: one row a pair, one column from 0 to 1 a comparison."""
    compare = recordlinkage.Compare(comparisons_for(records))
    index = pd.MultiIndex.from_tuples(pairs, names=["id_1", "id_2"])
    features: pd.DataFrame = compare.compute(index, records)
    return features


def main() -> None:
    """Train on the train pairs, or without labels on the test pairs; score the test pairs."""
    folder_path, out, _ = arguments()
    folder = read_folder(folder_path)
    with stage("prepare"):
        records = records_frame(folder)
    with stage("score"):
        test = features_of(records, folder.test)
    with stage("train"):
        if folder.train:
            model = recordlinkage.LogisticRegressionClassifier()
            train = features_of(records, [pair for pair, _ in folder.train])
            matches = train.index[[label for _, label in folder.train]]
            model.fit(train, matches)
        else:
            test = (test >= AGREES_FROM).astype(int).drop(columns=list(REPEATS), errors="ignore")
            # A column of one value has no second level, on which ECM's start fails.
            test = test.loc[:, test.min() < test.max()]
            model = recordlinkage.ECMClassifier()
            model.fit(test)
            # ECM does not smooth: a probability of exactly 0 makes its answers NaN.
            log_floor = np.log(SMALLEST_PROBABILITY)
            model.kernel.feature_log_prob_ = model.kernel.feature_log_prob_.clip(log_floor)
    with stage("score"):
        scores = model.prob(test)
    Scores(folder.test, scores.tolist()).write(out)
    write_stages(out)


if __name__ == "__main__":
    main()
