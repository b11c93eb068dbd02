# mypy: disable-error-code="import-not-found, import-untyped"
"""dedupe: its distances and its cross-validated logistic regression, trained on the train pairs.

Left out: its console labelling and its blocking, since the pairs and labels are given. The named
file would shadow the package it imports, hence `run_`.
"""

from dataclasses import asdict
from typing import Any

import numpy as np
from exchange import Pair, Scores, arguments, read_folder, stage, write_stages
from fields import Fields, fields_of

import dedupe
from dedupe import variables

Row = dict[str, Any]
FARTHEST_YEARS = 5


def year_gap(left: int, right: int) -> float:
    """Return the years between two records over five, at most 1.

    dedupe's numeric variable, Price, compares logarithms, in which 2001 and 2010 are alike.
    """
    return min(abs(left - right), FARTHEST_YEARS) / FARTHEST_YEARS


def definition(rows: list[Row]) -> list[Any]:
    """Return its variables, one or two a field, for the fields that the records have at all."""
    wanted = [
        variables.String("title", has_missing=True),
        variables.Text("title", corpus=_column(rows, "title"), name="title words"),
        variables.String("authors", has_missing=True),
        variables.Set("surnames", corpus=_column(rows, "surnames"), has_missing=True),
        variables.ShortString("first_author", has_missing=True),
        variables.Exact("year", has_missing=True),
        variables.Custom("year", comparator=year_gap),
        variables.String("journal", has_missing=True),
        variables.Exact("volume", has_missing=True),
        variables.Exact("number", has_missing=True),
        variables.Exact("first_page", has_missing=True),
        variables.Exact("doi", has_missing=True),
        variables.Text("abstract", corpus=_column(rows, "abstract"), has_missing=True),
    ]
    return [variable for variable in wanted if _column(rows, variable.field)]


def _column(rows: list[Row], name: str) -> list[Any]:
    return [row[name] for row in rows if row[name] is not None]


def row_of(fields: Fields) -> Row:
    """Return the record in the form that dedupe asks for: a dictionary, None where missing."""
    return asdict(fields)


def main() -> None:
    """Train on the train pairs and score the test pairs."""
    folder_path, out, _ = arguments()
    folder = read_folder(folder_path)
    with stage("prepare"):
        rows = {key: row_of(fields_of(record)) for key, record in folder.records.items()}
        matcher = dedupe.Dedupe(definition(list(rows.values())), num_cores=0)

    def distances(pairs: list[Pair]) -> Any:
        return matcher.data_model.distances([(rows[left], rows[right]) for left, right in pairs])

    with stage("train"):
        # One process: the time of joblib's workers, which outlive the fit, would not be counted.
        matcher.classifier.n_jobs = 1
        labels = np.array([int(label) for _, label in folder.train])
        matcher.classifier.fit(distances([pair for pair, _ in folder.train]), labels)
    with stage("score"):
        scores = matcher.classifier.predict_proba(distances(folder.test))[:, 1]
    Scores(folder.test, scores.tolist()).write(out)
    write_stages(out)


if __name__ == "__main__":
    main()
