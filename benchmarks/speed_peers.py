"""recordlinkage and dedupe on the pairs of an input, in their environments."""

from dataclasses import dataclass
from pathlib import Path

from peers import score_with_peers
from speed_inputs import Source
from speed_measure import Log

NAMES = ("recordlinkage", "dedupe")
COUNTED = ("prepare", "score")
WHAT = """\
recordlinkage and dedupe compare titles, authors, year, journal, volume, issue, first page, DOI and abstract
(`benchmarks/peer_workers`), in memory and on one process, and are charged only for cleaning the records and scoring the
pairs (user CPU): their start, reading, training and writing are left out."""


@dataclass(frozen=True, slots=True)
class PeerSpeed:
    """A peer on an input: CPU seconds of preparing the records and of scoring the pairs; or why there are none."""

    name: str
    kind: str
    pairs: int
    prepare: float = 0.0
    score: float = 0.0
    failure: str = ""

    @property
    def rate(self) -> float | None:
        """Pairs per CPU second."""
        return None if self.failure else self.pairs / max(self.prepare + self.score, 1e-6)


def ask(source: Source, kinds: list[str], pairs: int, out: Path, log: Log) -> list[PeerSpeed]:
    """Both peers on so many pairs of each kind; what they print goes to a log beside their files."""
    found = []
    for kind in kinds:
        folder = out / "speed" / f"peers-{kind}"
        source.write_for_peers(folder, kind, pairs)
        log(f"{', '.join(NAMES)}: {kind}, {pairs:,} pairs")
        with (folder / "log.txt").open("w", encoding="utf-8") as words:
            for name, said in score_with_peers(folder, NAMES, out / "environments", words).items():
                prepare, score = (said.stages.get(stage, 0.0) for stage in COUNTED)
                found.append(PeerSpeed(name, kind, len(said.scores), prepare, score, said.failure))
    return found
