"""The peers on the pairs that our own models were judged on, in the same run.

Of a set without splits all pairs are test pairs and the peers run as installed, as our model does that saw nothing of
it. Of search cases each request is a folder whose train pairs are those of the other requests. Of the public splits the
peers train on the train split; the valid pairs are scored along, to choose a threshold from, but not counted.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from accuracy_results import Results
from keep import code
from leave_out import CONVENTION
from material import CASES
from papertwin.data.arrays import Floats, Mask
from papertwin.data.labelled.pairs import LabelledPairs
from papertwin.models.metrics import average_precision, precision_recall_f1
from papertwin.rebuild import tell
from peers import PAIRS, PEERS, RECORDS, WORKERS, read_scores, score_with_peers
from public_splits import SPLIT_SETS
from scored import Figures, best_threshold

ZERO_SHOT = ("asysd_diabetes", "sra_copper", "rathbone_cytology", "rathbone_respiratory", "wagner_digital_work")
SETS = (CASES, *ZERO_SHOT, *SPLIT_SETS)
SHARED = ("exchange.py", "fields.py")  # what every worker uses
ANSWERS = "answers"  # the kept scores of a peer: answers-<peer>-<key>.csv and .json


@dataclass(frozen=True, slots=True)
class Answers:
    """What one peer says of the pairs of a set, in the order of our own; or `failure`, why it says nothing.

    `scores` are NaN and `decisions` "" where it has none; `judged` marks the pairs that count, `valid` those that a
    threshold may be chosen from. Seconds are CPU seconds of the peer alone, all folders together.
    """

    scores: Floats
    decisions: NDArray[np.object_]
    judged: Mask
    valid: Mask
    seconds: float
    failure: str = ""


Asked = Mapping[str, Mapping[str, Answers]]  # by set, by peer


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to be scored: `split` of each pair as the peers see it, `rows` the pairs' numbers within the set."""

    name: str
    rows: NDArray[np.int64]
    split: NDArray[np.object_]


def ask(results: Results, names: Sequence[str], out: Path, jobs: int, started: float) -> Asked:
    """The answers of the peers to the pairs of every set that is there."""
    there = [name for name in SETS if name in results.material.pairs]
    for name in there[:1]:  # environments are made one at a time
        for folder in folders(name, results.material.pairs[name]):
            _answers(folder, results.material.pairs[name], CONVENTION[name], names, out, started)
    made = joblib.Parallel(n_jobs=jobs, backend="threading")(
        joblib.delayed(_of_set)(name, results.material.pairs[name], names, out, started) for name in there
    )
    return dict(zip(there, made, strict=True))


def folders(name: str, pairs: LabelledPairs) -> Iterator[Folder]:
    """The folders of a set, each with the pairs that its peers are to see."""
    part, every = np.array(pairs.part, dtype=object), np.arange(len(pairs.left))
    if name == CASES:
        for request in sorted(set(pairs.part)):
            yield Folder(f"{name}-{request}", every, np.where(part == request, "test", "train").astype(object))
    elif name in SPLIT_SETS:
        yield Folder(name, every, np.where(part == "train", "train", "test").astype(object))
    else:
        yield Folder(name, every, np.full(len(every), "test", dtype=object))


def _of_set(name: str, pairs: LabelledPairs, names: Sequence[str], out: Path, started: float) -> dict[str, Answers]:
    """The peers' answers to a set, its folders put together."""
    part = np.array(pairs.part, dtype=object)
    judged = part == "test" if name in SPLIT_SETS else np.ones(len(part), dtype=bool)
    scores = {peer: np.full(len(part), np.nan) for peer in names}
    decisions = {peer: np.full(len(part), "", dtype=object) for peer in names}
    seconds, failure = dict.fromkeys(names, 0.0), dict.fromkeys(names, "")
    for folder in folders(name, pairs):
        rows = folder.rows[folder.split == "test"]
        for peer, (table, spent, why) in _answers(folder, pairs, CONVENTION[name], names, out, started).items():
            scores[peer][rows] = table["score"].to_numpy(dtype=np.float64)
            decisions[peer][rows] = table["decision"].to_numpy(dtype=object)
            seconds[peer] += spent
            failure[peer] = failure[peer] or why
    return {
        peer: Answers(scores[peer], decisions[peer], judged, part == "valid", seconds[peer], failure[peer])
        for peer in names
    }


def _answers(
    folder: Folder, pairs: LabelledPairs, convention: str, names: Sequence[str], out: Path, started: float
) -> dict[str, tuple[pd.DataFrame, float, str]]:
    """(scores of the test pairs, CPU seconds, failure) of each peer; kept answers are not asked for again."""
    here = out / "peers" / folder.name
    here.mkdir(parents=True, exist_ok=True)
    given = _written(folder, pairs, convention)
    content = hashlib.sha256("".join(given.values()).encode()).digest()
    kept = {peer: here / f"{ANSWERS}-{peer}-{_key(peer, content)}.csv" for peer in names}
    lacking = [peer for peer in names if not kept[peer].is_file()]
    failed: dict[str, tuple[pd.DataFrame, float, str]] = {}
    if lacking:
        for file, text in given.items():
            (here / file).write_text(text, encoding="utf-8")
        with (here / "log.txt").open("w", encoding="utf-8") as log:
            for peer, result in score_with_peers(here, lacking, out / "environments", log).items():
                if result.failure:
                    failed[peer] = result.scores, result.cpu_seconds, result.failure.replace(str(here), folder.name)
                    continue
                for old in here.glob(f"{ANSWERS}-{peer}-{'?' * 16}.*"):
                    old.unlink()
                kept[peer].with_suffix(".json").write_text(json.dumps({"cpu_seconds": result.cpu_seconds}))
                result.scores.to_csv(kept[peer], index=False)
        tell(f"{folder.name}: {', '.join(lacking)}", started)
    return failed | {peer: _read(path) for peer, path in kept.items() if peer not in failed}


def _key(peer: str, content: bytes) -> str:
    """A hash of all that a peer's answers depend on: the folder, its settings and its worker."""
    made = hashlib.sha256(content + repr(PEERS[peer]).encode())
    for name in (PEERS[peer].worker, *SHARED):
        made.update(code(WORKERS / name))
    return made.hexdigest()[:16]


def _read(path: Path) -> tuple[pd.DataFrame, float, str]:
    return read_scores(path), float(json.loads(path.with_suffix(".json").read_text())["cpu_seconds"]), ""


def _written(folder: Folder, pairs: LabelledPairs, convention: str) -> dict[str, str]:
    """The folder's files as text: the records of its pairs, numbered, and the pairs."""
    left, right = pairs.left[folder.rows], pairs.right[folder.rows]
    labels = (pairs.work if convention == "work" else pairs.record)[folder.rows]
    used = np.unique(np.concatenate([left, right]))
    records = [json.dumps({**pairs.records[row], "id": str(row)}, ensure_ascii=False, default=str) for row in used]
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["id_1", "id_2", "label", "split"])
    writer.writerows(zip(left.tolist(), right.tolist(), labels.astype(int).tolist(), folder.split, strict=True))
    return {RECORDS: "\n".join(records) + "\n", PAIRS: table.getvalue()}


def peer_figures(labels: Floats, answers: Answers) -> Figures:
    """What a peer gets right; `labels` are those of the set, pair by pair.

    `precision`, `recall`, `f1`, `wrong_merges`, `misses` by its own decisions, where maybe is not a duplicate;
    `f1_maybe` where it is one, `review` the share of maybes; `f1_valid` at the threshold chosen on the valid pairs;
    `f1_best` at the one that is best on these very pairs, which is more than anyone can know; `blank` the share of
    pairs without an answer, which count as not duplicates. None where the peer has nothing to compute it from.
    """
    own, given = labels[answers.judged], answers.decisions[answers.judged]
    result: Figures = dict(precision_recall_f1(own, given == "1"))
    maybe = given == "maybe"
    result["f1_maybe"] = precision_recall_f1(own, (given == "1") | maybe)["f1"] if maybe.any() else None
    result["review"] = float(maybe.mean())
    result["blank"] = float((given == "").mean())
    result |= dict.fromkeys(("average_precision", "f1_valid", "f1_best"))
    if np.isnan(answers.scores[answers.judged]).all():
        return result
    scores = np.nan_to_num(answers.scores, nan=0.0)
    result["average_precision"] = average_precision(own, scores[answers.judged])
    result["f1_best"] = _f1_from(best_threshold(own, scores[answers.judged]), own, scores[answers.judged])
    if answers.valid.any():
        limit = best_threshold(labels[answers.valid], scores[answers.valid])
        result["f1_valid"] = _f1_from(limit, own, scores[answers.judged])
    return result


def _f1_from(limit: float, labels: Floats, scores: Floats) -> float | int | None:
    return precision_recall_f1(labels, scores >= limit)["f1"]
