"""Scores of the peers on the pairs of a folder, each peer in its own environment.

A folder holds `records.jsonl` (one record a line) and `pairs.csv` (`id_1, id_2, label, split` with
split `train`, `valid` or `test`); without train rows the peers run zero-shot. Each peer's scores of
the test rows go to `scores_<peer>.csv` in the folder: a score from 0 to 1, blank where the peer has
none, and a decision: 1, 0, maybe or blank. The peers are listed in `peer_workers/peers.toml`.

Left out: metrics, and choosing a threshold. Needs a POSIX system, for the CPU time of a process.

    python benchmarks/peers.py FOLDER --environment DIR [--peers splink dedupe]
"""

import argparse
import json
import os
import subprocess
import sys
import time
import tomllib
import venv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import pandas as pd

WORKERS = Path(__file__).resolve().parent / "peer_workers"
RECORDS, PAIRS = "records.jsonl", "pairs.csv"


class PeerError(Exception):
    """A peer could not be asked; the message says why in one sentence."""


@dataclass(frozen=True)
class Peer:
    """One entry of `peers.toml`."""

    worker: str
    note: str
    environment: str = ""
    requirements: Sequence[str] = ()
    options: Sequence[str] = ()
    needs_training: bool = False


PEERS = {
    name: Peer(**entry) for name, entry in tomllib.loads((WORKERS / "peers.toml").read_text(encoding="utf-8")).items()
}


@dataclass
class PeerResult:
    """What one peer said about the test pairs, and at what cost.

    `scores` has the columns id_1, id_2, score (float, NaN where there is none) and decision
    ("1", "0", "maybe" or "") in the order of the test rows. Seconds are those of the worker: user
    CPU of it and its children, and wall; starting Python and reading the folder included,
    installing left out. `stages` splits the CPU seconds into prepare, train and score, without the
    imports. `failure` is empty, or one sentence saying why all scores are blank.
    """

    scores: pd.DataFrame
    note: str
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    stages: dict[str, float] = field(default_factory=dict)
    failure: str = ""


def score_with_peers(folder: Path, peers: Sequence[str], environment: Path, log: TextIO) -> dict[str, PeerResult]:
    """Let each peer score the test pairs of the folder, one after the other.

    Environments are made below `environment` the first time. A peer that cannot be installed or
    stops with an error has blank scores and says so in `failure`; the others still run. A folder
    that cannot be read or an unknown peer raises ValueError before anything runs.
    """
    unknown = [name for name in peers if name not in PEERS]
    if unknown:
        raise ValueError(f"There is no peer {unknown[0]!r}; there are {', '.join(PEERS)}.")
    pairs = _read_pairs(folder)
    can_train = bool((pairs["split"] == "train").any())
    results: dict[str, PeerResult] = {}
    for name in peers:
        try:
            results[name] = _run(name, folder, environment, log, can_train=can_train)
        except PeerError as error:
            blank = pairs.loc[pairs["split"] == "test", ["id_1", "id_2"]].reset_index(drop=True)
            blank = blank.assign(score=float("nan"), decision="")
            blank.to_csv(folder / f"scores_{name}.csv", index=False)
            results[name] = PeerResult(blank, PEERS[name].note, failure=str(error))
            print(error, file=log, flush=True)
    return results


def _read_pairs(folder: Path) -> pd.DataFrame:
    """Read the pairs as text; complain of what the workers would stumble over."""
    for name in (RECORDS, PAIRS):
        if not (folder / name).is_file():
            raise ValueError(f"{folder} has no {name}.")
    pairs = pd.read_csv(folder / PAIRS, dtype=str, keep_default_na=False)
    absent = {"id_1", "id_2", "label", "split"}.difference(pairs.columns)
    if absent:
        raise ValueError(f"{folder / PAIRS} has no column {min(absent)!r}.")
    if not (pairs["split"] == "test").any():
        raise ValueError(f"{folder / PAIRS} has no row whose split is test.")
    with (folder / RECORDS).open(encoding="utf-8") as lines:
        known = {str(json.loads(line)["id"]) for line in lines}
    missing = (set(pairs["id_1"]) | set(pairs["id_2"])) - known
    if missing:
        raise ValueError(f"{folder / PAIRS} names {min(missing)!r}, which {RECORDS} lacks.")
    return pairs


def _run(name: str, folder: Path, environment: Path, log: TextIO, *, can_train: bool) -> PeerResult:
    """Run the peer's worker and read what it wrote."""
    peer = PEERS[name]
    if peer.needs_training and not can_train:
        raise PeerError(f"{name} needs train pairs, and {folder} has none.")
    python = python_of(peer, environment, log)
    path = folder / f"scores_{name}.csv"
    path.unlink(missing_ok=True)  # never take an earlier run's scores for this one's
    command = [python, str(WORKERS / peer.worker), str(folder), str(path), *peer.options]
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    variables["PYTHONHASHSEED"] = "0"  # some peers walk through sets, and runs should repeat
    start = time.perf_counter()
    code, cpu_seconds = call(command, log, variables)
    wall_seconds = time.perf_counter() - start
    if code or not path.is_file():
        raise PeerError(f"{name} stopped with exit code {code}; the log has its own words.")
    stages = path.with_suffix(".stages.json")
    seconds: dict[str, float] = json.loads(stages.read_text(encoding="utf-8"))
    stages.unlink()
    return PeerResult(read_scores(path), peer.note, cpu_seconds, wall_seconds, seconds)


def read_scores(path: Path) -> pd.DataFrame:
    """The scores that a worker wrote, NaN where it has none."""
    scores = pd.read_csv(path, dtype=str, keep_default_na=False)
    return scores.assign(score=pd.to_numeric(scores["score"].replace("", None)))


def python_of(peer: Peer, environment: Path, log: TextIO) -> str:
    """Return the interpreter of the peer's environment, made anew when its pins have changed."""
    if not peer.requirements:
        return sys.executable
    home = environment / peer.environment
    python, marker = str(home / "bin" / "python"), home / "installed.txt"
    pins = "\n".join(peer.requirements)
    if marker.is_file() and marker.read_text(encoding="utf-8") == pins:
        return python
    print(f"Installing {', '.join(peer.requirements)} ...", file=log, flush=True)
    venv.create(home, clear=True, with_pip=True)
    code, _ = call([python, "-m", "pip", "install", "--quiet", *peer.requirements], log)
    if code:
        raise PeerError(f"{peer.requirements[0]} could not be installed; the log has pip's words.")
    marker.write_text(pins, encoding="utf-8")
    return python


def call(command: list[str], log: TextIO, variables: dict[str, str] | None = None) -> tuple[int, float]:
    """Run a command, its output to the log; return its exit code and user CPU seconds."""
    process = subprocess.Popen(
        command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if process.stdout is not None:
        with process.stdout:
            log.writelines(process.stdout)
    # wait4 tells the usage of this process and its children alone, whatever else runs here.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime


def main() -> int:
    """Score a folder with the named peers and print what each took."""
    parser = argparse.ArgumentParser(description="Score the test pairs of a folder with the peers.")
    parser.add_argument("folder", type=Path, help=f"a folder with {RECORDS} and {PAIRS}")
    parser.add_argument("--environment", type=Path, required=True, help="where peers are installed")
    parser.add_argument("--peers", nargs="+", default=list(PEERS), help="default: all")
    given = parser.parse_args()
    try:
        results = score_with_peers(given.folder, given.peers, given.environment, sys.stderr)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    for name, result in results.items():
        print(f"{name}: {result.cpu_seconds:.1f} CPU seconds. {result.failure or result.note}")
    return 1 if any(result.failure for result in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
