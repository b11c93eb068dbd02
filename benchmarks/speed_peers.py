"""recordlinkage and dedupe on the pairs of an input, in their environments."""

from dataclasses import dataclass
from pathlib import Path

from peers import score_with_peers
from speed_inputs import Source
from speed_measure import Log

NAMES = ("recordlinkage", "dedupe")
WHAT = """\
recordlinkage and dedupe compare titles, authors, year, journal, volume, issue, first page, DOI and abstract
(`benchmarks/peer_workers`), in memory and on one process, and are charged only for cleaning the records and scoring the
pairs (user CPU): their start, reading, training and writing are left out. Papertwin in memory is charged likewise."""


@dataclass(frozen=True, slots=True)
class PeerSpeed:
    """A peer on an input: CPU seconds of cleaning the records and scoring the pairs; or why there are none."""

    name: str
    kind: str
    pairs: int
    cpu: float = 0.0
    failure: str = ""

    @property
    def rate(self) -> float | None:
        """Pairs per CPU second."""
        return None if self.failure else self.pairs / max(self.cpu, 1e-6)


def ask(source: Source, kinds: list[str], pairs: int, out: Path, log: Log) -> list[PeerSpeed]:
    """Both peers on so many pairs of each kind; what they print goes to a log beside their files."""
    found = []
    for kind in kinds:
        folder = out / "speed" / f"peers-{kind}"
        share = source.write_for_peers(folder, kind, pairs)
        log(f"{', '.join(NAMES)}: {kind}, {pairs:,} pairs")
        with (folder / "log.txt").open("w", encoding="utf-8") as words:
            for name, said in score_with_peers(folder, NAMES, out / "environments", words).items():
                spent = share * said.stages.get("prepare", 0.0) + said.stages.get("score", 0.0)
                found.append(PeerSpeed(name, kind, len(said.scores), spent, said.failure))
    return found
