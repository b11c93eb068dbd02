"""Material: the labelled pairs of the sets as vectors, with what the slices and the peers need to know of them."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Mask
from papertwin.data.columns.column import missing
from papertwin.data.errors import InputError
from papertwin.data.fields import Prepared, prepare
from papertwin.data.labelled.pairs import LabelledPairs
from papertwin.data.labelled.set_files import read_set
from papertwin.data.labelled.sets import SETS, LabelledSet
from papertwin.features import FEATURES
from papertwin.models.training_vectors import TrainingVectors, joined
from papertwin.rebuild import of_pairs

CASES = "search_cases"  # the founding system's own, with the decisions of its rules
# Fields that name a work: those that must not differ. A catalogue gives several numbers to one work.
IDENTIFIERS = sorted({one.fields[0] for one in FEATURES if one.group == "identifiers" and one.conflict is not None})
TELLING = 5  # words of a title that two records share by more than chance
Evidence = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Material:
    """The columns have a row for each pair of `training`; `pairs` are the records, by set.

    `titles`: numbers that stand for the titles of both sides, 0 for none and for one of few words.
    `taught`: the pairs that the shipped models learn from, of each set as many as it says at most; all are judged.
    `evidence`: how many sides (0, 1, 2) have an abstract, an identifier, authors, one author only; the years between;
    what the old rules said (1, 0, NaN where they were not asked). `absent` are the folders that are not there.
    """

    training: TrainingVectors
    taught: Mask
    titles: NDArray[np.int64]
    evidence: Evidence
    sources: NDArray[np.object_]
    pairs: Mapping[str, LabelledPairs]
    absent: tuple[str, ...]


def read_material(folder: Path, wanted: tuple[str, ...], seed: int, jobs: int) -> Material:
    """All sets below `folder` that are there; the records of the `wanted` ones are kept. Raises InputError for none."""
    absent = sorted({name for entry in SETS for name in entry.folders if not (folder / name).is_dir()})
    there = [entry for entry in SETS if not set(entry.folders) & set(absent)]
    if not any(entry.folders for entry in there):
        raise InputError(f"{folder} has none of the labelled sets; expected are folders named {', '.join(absent)}")
    made = joblib.Parallel(n_jobs=jobs)(joblib.delayed(_read)(folder, entry, wanted, seed) for entry in there)
    return Material(
        joined([one[0] for one in made]),
        np.concatenate([_taught(one[0], entry.most_pairs, seed) for entry, one in zip(there, made, strict=True)]),
        np.concatenate([one[1] for one in made]),
        {name: np.concatenate([one[2][name] for one in made]) for name in made[0][2]},
        np.concatenate([one[3] for one in made]),
        {entry.name: one[4] for entry, one in zip(there, made, strict=True) if one[4] is not None},
        tuple(absent),
    )


def _taught(training: TrainingVectors, most: int, seed: int) -> Mask:
    """Which pairs of a set are kept when the shipped vectors are made."""
    numbered = replace(training, parts=np.arange(len(training)).astype(object))
    kept = np.zeros(len(training), dtype=bool)
    kept[numbered.capped(most, seed).parts.astype(np.int64)] = True
    return kept


def _read(
    folder: Path, entry: LabelledSet, wanted: tuple[str, ...], seed: int
) -> tuple[TrainingVectors, NDArray[np.int64], Evidence, NDArray[np.object_], LabelledPairs | None]:
    pairs = read_set(folder, entry, seed)
    prepared = prepare(pairs.records)
    rules = rule_decisions(folder / CASES) if entry.name == CASES else np.full(len(pairs.left), np.nan)
    evidence = {**_evidence(prepared, pairs), "rules": rules}
    columns = _titles(prepared, pairs), evidence, _sources(prepared, pairs)
    return of_pairs(entry.name, pairs), *columns, pairs if entry.name in wanted else None


def _evidence(prepared: Prepared, pairs: LabelledPairs) -> dict[str, Floats]:
    """What both sides say, as numbers: sides that have it, and years apart (NaN where one has none)."""
    has = {name: ~missing(prepared.columns[name]) for name in ("abstract_words", "surnames", *IDENTIFIERS)}
    count, year = (np.asarray(prepared.columns[name], dtype=np.float64) for name in ("author_count", "year"))
    identified = np.any([has[name] for name in IDENTIFIERS], axis=0)
    sides = {
        "abstracts": has["abstract_words"],
        "identifiers": identified,
        "authors": has["surnames"],
        "single": count == 1,
    }
    left, right = pairs.left, pairs.right
    found = {name: side[left].astype(np.float64) + side[right] for name, side in sides.items()}
    return found | {"years": np.abs(year[left] - year[right])}


def _titles(prepared: Prepared, pairs: LabelledPairs) -> NDArray[np.int64]:
    """Both sides' titles as numbers, (pairs, 2); titles of fewer than TELLING words are no sign of one record."""
    texts = [text if text and len(text.split()) >= TELLING else None for text in prepared.values("folded_title")]
    hashed = [0 if text is None else int.from_bytes(blake2b(text.encode(), digest_size=7).digest()) for text in texts]
    numbers = np.array(hashed, dtype=np.int64)
    return np.column_stack([numbers[pairs.left], numbers[pairs.right]])


def _sources(prepared: Prepared, pairs: LabelledPairs) -> NDArray[np.object_]:
    """The two sources of each pair, in the order of the alphabet."""
    names = [str(name or "unnamed") for name in prepared.values("origin")]
    sides = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    return np.array([" + ".join(sorted((names[a], names[b]))) for a, b in sides], dtype=object)


def rule_decisions(here: Path) -> Floats:
    """What the founding system's rules said of its cases, 1 or 0, in the order of the labelled pairs."""
    files = (json.loads(gzip.decompress(path.read_bytes())) for path in sorted(here.glob("*.json.gz")))
    cases = [case for file in files for case in file["cases"]]
    return np.array([float(case["rule_decision"] == "DUPLICATES") for case in cases if case["decision"] is not None])
