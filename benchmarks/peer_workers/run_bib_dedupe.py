# mypy: disable-error-code="import-not-found, import-untyped"
"""bib-dedupe: its rules on the records of the test pairs.

Its own order, prep, block and match, with its label for each test pair; a pair that its blocking
misses or its rules do not return is no duplicate. `--pairs` gives the test pairs to its rules past
its blocking, which the rules count on to stop wrong pairs. `--clusters` adds its last step: two
records in one cluster are duplicates.

There is no probability and nothing to train. Left out: `search_set` (which tells it that two
records of one source are never duplicates; the folder does not say so) and `ENTRYTYPE` (its
default, article).
"""

import re

import pandas as pd
from bib_dedupe import verbose_print
from bib_dedupe.bib_dedupe import block, match, prep
from bib_dedupe.cluster import get_connected_components
from exchange import Pair, Record, Scores, arguments, read_folder, stage, write_stages

DECISIONS = {"duplicate": "1", "maybe": "maybe"}


def frame_of(records: list[Record]) -> pd.DataFrame:
    """Return the records in the columns of bib-dedupe; it cleans them for itself."""
    rows = []
    for record in records:
        authors = record.get("authors") or []
        year = re.search(r"(?<!\d)\d{4}(?!\d)", str(record.get("publication_date") or ""))
        row = {
            "ID": record["id"],
            "author": " and ".join(authors) if isinstance(authors, list) else str(authors),
            "year": year.group() if year else "",
        }
        for name in ("title", "journal", "volume", "number", "pages", "abstract", "doi"):
            row[name] = str(record.get(name) or "")
        rows.append(row)
    return pd.DataFrame(rows, dtype=str)


def pairs_frame(prepared: pd.DataFrame, pairs: list[Pair]) -> pd.DataFrame:
    """Return the given pairs as its `block` would hand them to its `match`."""
    frame = pd.DataFrame(sorted(set(pairs)), columns=["ID_1", "ID_2"], dtype=str)
    frame["block_rule"] = ""
    frame = frame.merge(prepared.add_suffix("_1"), on="ID_1", how="left")
    return frame.merge(prepared.add_suffix("_2"), on="ID_2", how="left")


def labels_of(matched: pd.DataFrame) -> dict[frozenset[str], str]:
    """Return its label of each pair; `duplicate` wins where a pair has both."""
    found: dict[frozenset[str], str] = {}
    for left, right, label in matched[["ID_1", "ID_2", "duplicate_label"]].itertuples(index=False):
        key = frozenset((left, right))
        if found.get(key) != "1":
            found[key] = DECISIONS[label]
    return found


def main() -> None:
    """Decide the test pairs."""
    folder_path, out, options = arguments()
    verbose_print.verbosity_level = 0
    folder = read_folder(folder_path)
    with stage("prepare"):
        prepared = prep(frame_of(folder.records_of(folder.test)))
    with stage("score"):
        given = "--pairs" in options
        matched = match(pairs_frame(prepared, folder.test) if given else block(prepared))
        labels = labels_of(matched)
        groups = get_connected_components(matched) if "--clusters" in options else []
    group_of = {key: number for number, group in enumerate(groups) for key in group}
    decisions = []
    for left, right in folder.test:
        together = left in group_of and group_of[left] == group_of.get(right)
        decisions.append("1" if together else labels.get(frozenset((left, right)), "0"))
    Scores(folder.test, [None] * len(folder.test), decisions).write(out)
    write_stages(out)


if __name__ == "__main__":
    main()
