# mypy: disable-error-code="import-not-found, import-untyped"
"""Baseline: two records are duplicates when their normalised titles are equal."""

from exchange import Scores, arguments, read_folder, stage, write_stages
from fields import clean


def main() -> None:
    """Score the test pairs 1 or 0; a pair with a missing title gets 0."""
    folder_path, out, _ = arguments()
    folder = read_folder(folder_path)
    with stage("score"):
        records = folder.records_of(folder.test)
        titles = {record["id"]: clean(record.get("title")) for record in records}
        scores = [float(titles[left] is not None and titles[left] == titles[right]) for left, right in folder.test]
    Scores(folder.test, scores).write(out)
    write_stages(out)


if __name__ == "__main__":
    main()
