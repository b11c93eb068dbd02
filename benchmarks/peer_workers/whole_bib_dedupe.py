# mypy: disable-error-code="import-not-found, import-untyped"
"""bib-dedupe on a whole file, in its own order: prep, block, match, and connected components of its duplicates."""

from bib_dedupe import verbose_print
from bib_dedupe.bib_dedupe import block, match, prep
from bib_dedupe.cluster import get_connected_components
from exchange import arguments, stage, write_stages
from run_bib_dedupe import frame_of
from whole import read_whole, write_clusters


def main() -> None:
    """Deduplicate the records of the folder."""
    folder, out, _ = arguments()
    verbose_print.verbosity_level = 0
    records = read_whole(folder)
    with stage("prepare"):
        prepared = prep(frame_of(records))
    with stage("score"):
        groups = get_connected_components(match(block(prepared)))
    write_clusters(out, [record["id"] for record in records], groups)
    write_stages(out)


if __name__ == "__main__":
    main()
