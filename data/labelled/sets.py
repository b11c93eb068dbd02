"""SETS: the labelled sets that the shipped models learn from, with all that is special about each.

Each set is a folder with `records.jsonl.gz` and `pairs.csv.gz` or `clusters.csv.gz`, or with case files. The records
stay where they are: what travels with the code are the similarity vectors of pairs, and the ids and labels of those
that were read one by one. Pairs written for Papertwin travel whole. How they are read: set_files.py.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

READ = Path(__file__).with_name("search_pairs.csv")  # ids and labels of pairs that were read one by one
WRITTEN = Path(__file__).with_name("written_pairs.jsonl")  # cases with a decision by each convention
MOST_PAIRS = 3000  # of a set that models learn from: more add to the time of every retraining and teach nothing


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A labelled set: where it comes from, which convention its labels follow, and how many of its pairs are used."""

    name: str
    source: str
    licence: str
    convention: str  # "work" or "record": what its labels call a duplicate
    noise: str
    # Of its table of pairs or of clusters; of case files; of records by chance; of records varied by rule; of READ; of WRITTEN.
    pairs_from: Literal["labels", "cases", "chance", "rules", "read", "written"] = "labels"
    # For a set of records: those that it calls distinct are distinct works too, but for one title in two journals.
    distinct_works: bool = False
    # For a set of works: its duplicates are copies and citations of one publication, so duplicate records too.
    copies: bool = False
    # How the ids of articles begin, in clusters of a preprint's copies, which are one record, and its article, another.
    article_ids: str = ""
    most_positives: int = 4000
    most_pairs: int = MOST_PAIRS
    per_cluster: int = 30  # pairs of one cluster; a cluster of 200 records has 20,000
    negatives: float = 2.0  # distinct pairs for each duplicate pair
    records_of: tuple[str, ...] = ()  # the sets whose records it has, where it has none of its own
    # Whether its pairs are as users meet theirs, and its labels sound: what a probability means is learned from these.
    as_met: bool = True

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that its records are in; none for a set that travels with the code."""
        return () if self.pairs_from == "written" else self.records_of or (self.name,)


SETS: tuple[LabelledSet, ...] = (
    LabelledSet("search_cases", "alcatraz-rm/scientific-knowledge-distiller", "none stated", "work", "a few families repeat: 30 pairs of one lecture-notes title", pairs_from="cases"),
    LabelledSet("search_results", "alcatraz-rm/scientific-knowledge-distiller", "none stated", "work", "unlabelled: random pairs are taken as distinct", pairs_from="chance", as_met=False),
    LabelledSet("search_pairs", "search_results, read for Papertwin", "none stated", "work", "picked near the border; none has a title of search_cases", pairs_from="read", records_of=("search_results",), as_met=False),
    LabelledSet("made_pairs", "records of other sets, varied by rule", "none stated", "work", "made, not found", pairs_from="rules", most_pairs=16_550, records_of=("search_results", "asysd_diabetes", "wagner_digital_work", "sra_copper"), as_met=False),
    LabelledSet("written_pairs", "written for Papertwin", "MIT", "work", "hard and ordinary pairs of publications, most of them invented", pairs_from="written", most_pairs=3_600, as_met=False),
    LabelledSet("asysd_diabetes", "camaradesuk/ASySD (Hair and others 2023)", "GPL-3", "record", "the same abstract at two congresses is two records"),
    LabelledSet("sra_copper", "IEBH/dedupe-sweep", "MIT", "record", "", distinct_works=True, negatives=6),
    LabelledSet("rathbone_cytology", "CoLRev-Environment/bib-dedupe (Rathbone and others 2015)", "MIT", "record", "often the first author only", distinct_works=True, negatives=4),
    LabelledSet("rathbone_respiratory", "CoLRev-Environment/bib-dedupe (Rathbone and others 2015)", "MIT", "record", "translated titles", distinct_works=True, negatives=6),
    LabelledSet("wagner_digital_work", "CoLRev-Environment/bib-dedupe (Wagner 2021)", "MIT", "record", "443 distinct pairs of one title", distinct_works=True, negatives=8),
    LabelledSet("colrev_misq", "CoLRev curations", "MIT", "record", "some titles are page furniture", distinct_works=True, most_positives=2500),
    LabelledSet("colrev_jmis", "CoLRev curations", "MIT", "record", "some titles are page furniture", distinct_works=True, most_positives=2500),
    LabelledSet("colrev_isr", "CoLRev curations", "none stated", "record", "some titles are page furniture", distinct_works=True, most_positives=2500),
    LabelledSet("medrxiv_gold_cabanac", "gcabanac/preprint-publication-linker", "GPL-3", "work", "distinct pairs are as good as the declared links", article_ids="pub:"),
    LabelledSet("s2apler_test", "allenai/S2APLER", "Apache-2.0", "work", "picked among look-alikes; some works of one general title are joined", copies=True, negatives=6, as_met=False),
    LabelledSet("docconflation_citeseerx", "lamps-lab/docconflation", "none stated", "work", "abstracts with recognition errors; no distinct pairs", copies=True),
    LabelledSet("cora_1295", "AI-team-UoA/pyJedAI", "Apache-2.0", "record", "known label noise; papers, reports and journal versions of one title are apart", distinct_works=True, per_cluster=12, as_met=False),
    LabelledSet("magellan_dblp_acm", "Leipzig and Magellan benchmarks", "none in the copy", "record", "", distinct_works=True, negatives=3),
    LabelledSet("magellan_dblp_scholar", "Leipzig and Magellan benchmarks", "none in the copy", "record", "truncated records, some missed matches", distinct_works=True, negatives=3),
    LabelledSet("colandr_v1", "datakind/permanent-colandr-back", "none stated", "record", "picked near the border", as_met=False),
    LabelledSet("kt_citation_dedupe", "knowledgetranslation/citation-dedupe", "none stated", "record", "picked near the border", as_met=False),
)
