# mypy: disable-error-code="import-not-found, import-untyped"
"""splink on a whole file: its blocking rules, EM without labels, and its connected components at one half.

Blocked are pairs of one title, of one first author and year, of one DOI, and of one journal, volume and first page.
"""

from exchange import Folder, arguments, stage, write_stages
from fields import fields_of
from run_splink import linker_with_prior, table_of, train
from splink import DuckDBAPI, block_on
from whole import read_whole, write_clusters

HALF = 0.5
RULES = [
    block_on("title"),
    block_on("first_author", "year"),
    block_on("doi"),
    block_on("journal", "volume", "first_page"),
]


def main() -> None:
    """Deduplicate the records of the folder."""
    folder, out, _ = arguments()
    records = read_whole(folder)
    with stage("prepare"):
        table = table_of([fields_of(record) for record in records])
        api = DuckDBAPI()
    with stage("train"):
        linker = linker_with_prior(table, api, RULES)
        train(linker, api, Folder({}, [], []))
    with stage("score"):
        predictions = linker.inference.predict(threshold_match_probability=HALF)
        clustered = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, HALF)
        groups: dict[object, list[str]] = {}
        for row in clustered.as_record_list():
            groups.setdefault(row["cluster_id"], []).append(row["unique_id"])
    write_clusters(out, [record["id"] for record in records], list(groups.values()))
    write_stages(out)


if __name__ == "__main__":
    main()
