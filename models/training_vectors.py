"""Labelled similarity vectors: what models are trained and judged on. They travel with the code, records do not."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from papertwin import features
from papertwin.data.arrays import Floats, Mask, Vectors
from papertwin.data.conventions import WORK
from papertwin.data.errors import InputError

SHIPPED_VECTORS = Path(__file__).parent.parent / "data" / "vectors.parquet"


@dataclass(frozen=True, slots=True)
class TrainingVectors:
    """Pairs as vectors, a row a pair.

    `vectors` is float32 (pairs, features); `work` and `record` are the labels of both conventions, 1, 0 or NaN where
    one does not say; `sets` names the set and `parts` its own division; `work_1` and `work_2` number the works of the
    two records, so that no work is torn between folds.
    """

    vectors: Vectors
    work: Floats
    record: Floats
    sets: NDArray[np.object_]
    parts: NDArray[np.object_]
    work_1: NDArray[np.int64]
    work_2: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.sets)

    def labels(self, convention: str) -> Floats:
        """The labels of "work" or "record"."""
        return self.work if convention == WORK else self.record

    def groups(self) -> NDArray[np.int64]:
        """A group for each pair, for standard errors: of its two works the one that is in more pairs.

        Pairs that share a work depend on each other (Aronow, Samii and Assenova 2015), so that a bootstrap draws groups
        whole. Groups of all pairs that share a work, directly or through others, would be nearly the whole of many
        sets. The standard errors by these groups come within a tenth of those that heed both works on all shipped sets
        but one, where they are 15 % too small. (Drawing both works, as Owen 2007 does, makes the standard errors of
        pairs that share nothing 1.7 times too large.)
        """
        works, ends = np.unique(np.concatenate([self.work_1, self.work_2]), return_inverse=True)
        first, second = ends[: len(self)], ends[len(self) :]
        apart = second[first != second]
        pairs = np.bincount(first, minlength=len(works)) + np.bincount(apart, minlength=len(works))
        return np.where(pairs[first] >= pairs[second], self.work_1, self.work_2)

    def at(self, rows: Mask | NDArray[np.int64]) -> "TrainingVectors":
        """Some of the pairs."""
        return TrainingVectors(*(getattr(self, field.name)[rows] for field in fields(self)))

    def capped(self, most: int, seed: int = 0) -> "TrainingVectors":
        """At most so many pairs of each set, chosen by chance; a set's weight does not grow with its size alone."""
        rng = np.random.default_rng(seed)
        keep = np.zeros(len(self), dtype=bool)
        for name in sorted(set(self.sets)):
            rows = np.flatnonzero(self.sets == name)
            keep[rows if len(rows) <= most else rng.choice(rows, most, replace=False)] = True
        return self.at(keep)

    def known(self, convention: str) -> "TrainingVectors":
        """The pairs that the convention decides."""
        return self.at(~np.isnan(self.labels(convention)))


def joined(parts: Sequence[TrainingVectors]) -> TrainingVectors:
    """Several sets as one; the works of each get numbers of their own."""
    columns = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts])
        for field in fields(TrainingVectors)
        if field.name not in {"work_1", "work_2"}
    }
    counts = [max(part.work_1.max(initial=-1), part.work_2.max(initial=-1)) + 1 for part in parts]
    offsets = np.cumsum([0, *counts])
    work_1 = np.concatenate([part.work_1 + offset for part, offset in zip(parts, offsets, strict=False)])
    work_2 = np.concatenate([part.work_2 + offset for part, offset in zip(parts, offsets, strict=False)])
    return TrainingVectors(**columns, work_1=work_1, work_2=work_2)


def write_vectors(path: Path, training: TrainingVectors) -> None:
    """Write vectors as Parquet, with the features' fingerprint in its metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {feature.name: training.vectors[:, place] for place, feature in enumerate(features.FEATURES)}
    rest = {field.name: getattr(training, field.name) for field in fields(training) if field.name != "vectors"}
    table = pa.table(columns | rest).replace_schema_metadata({"fingerprint": features.fingerprint()})
    pq.write_table(table, path, compression="zstd", compression_level=19, use_dictionary=True)


def read_vectors(path: Path = SHIPPED_VECTORS) -> TrainingVectors:
    """The vectors in a Parquet file; raises InputError where it is missing or was made by other features."""
    import pyarrow.parquet as pq

    if not path.is_file():
        raise InputError(f"{path}: the training vectors are not there: install Papertwin again, or use --base none")
    table = pq.read_table(path)
    if (table.schema.metadata or {}).get(b"fingerprint", b"").decode() != features.fingerprint():
        raise InputError(
            f"{path}: the training vectors were made by other features: rebuild them with make models, "
            "or use --base none"
        )
    vectors = np.column_stack([table[feature.name].to_numpy() for feature in features.FEATURES]).astype(np.float32)
    texts = {name: np.array(table[name].to_pylist(), dtype=object) for name in ("sets", "parts")}
    numbers = {name: table[name].to_numpy() for name in ("work", "record", "work_1", "work_2")}
    return TrainingVectors(vectors, **texts, **numbers)
