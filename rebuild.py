"""Labelled sets in, the shipped training vectors and models out: `make models SETS=DIR`, for maintainers.

Everything is seeded: the same sets, code and library versions give the same files. Users retrain with train.py, which
needs the vectors only.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import joblib
import numpy as np
from numpy.typing import NDArray

from papertwin import arguments, cli
from papertwin.data.conventions import CONVENTIONS
from papertwin.data.fields import prepare
from papertwin.data.labelled.pairs import LabelledPairs
from papertwin.data.labelled.set_files import read_set
from papertwin.data.labelled.sets import SETS, LabelledSet
from papertwin.data.values import rarity
from papertwin.features import vectors
from papertwin.models import save
from papertwin.models.build import build
from papertwin.models.card import Given
from papertwin.models.select import CANDIDATES
from papertwin.models.training_vectors import SHIPPED_VECTORS, TrainingVectors, joined, read_vectors, write_vectors

MODELS = Path(__file__).parent / "models"
DESCRIPTION = "Says whether two records are duplicates, with a probability."
INTENDED_USE = (
    "Cleaning search results of titles, authors, dates, identifiers and abstracts from bibliographic databases; pairs "
    "between the two thresholds are for a person. Not made for authors, patents, or records without any text."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, metavar="DIR", help="the folder that holds the labelled sets")
    arguments.add_seed_option(parser)
    options = parser.parse_args(argv)
    return cli.run(lambda: rebuild(options.sets, options.seed))


def rebuild(folder: Path, seed: int) -> int:
    """Rarity table, vectors, models, in this order, because each is made with the one before."""
    started = time.monotonic()
    np.save(rarity.TABLE, word_rarity(folder))
    rarity.forget()
    write_vectors(SHIPPED_VECTORS, training_vectors(folder, seed))
    training = read_vectors()
    tell(f"{len(training):,} training pairs", started)
    made = joblib.Parallel(n_jobs=len(CONVENTIONS), return_as="generator")(
        joblib.delayed(shipped_model)(training, convention, seed) for convention in CONVENTIONS
    )
    for model in made:
        tell(f"model {model}", started)
    return 0


def shipped_model(training: TrainingVectors, convention: str, seed: int) -> str:
    """Build and store the shipped model of a convention; its name and hash."""
    given = Given(convention, convention, DESCRIPTION, INTENDED_USE)
    built = build(training, given, CANDIDATES, seed)
    model = save(MODELS / convention, built.forest, built.calibration, built.card, built.selftest)
    return model.signature


def word_rarity(folder: Path) -> NDArray[np.uint8]:
    """The rarity table from the titles' words and the surnames of all sets' records."""
    keys, count = [], 0
    for entry in SETS:
        if entry.folders != (entry.name,):  # no records of its own that were found
            continue
        pairs = read_set(folder, entry)
        prepared = prepare([{name: record.get(name) for name in ("title", "authors")} for record in pairs.records])
        keys += [prepared.sets("title_words").keys, prepared.sets("surnames").keys]
        count += len(pairs.records)
    return rarity.build(np.concatenate(keys), count)


def training_vectors(folder: Path, seed: int) -> TrainingVectors:
    """The vectors of the sets' pairs, of each as many as it says at most."""
    made = joblib.Parallel(n_jobs=-1)(joblib.delayed(set_vectors)(folder, entry, seed) for entry in SETS)
    return joined([part.capped(entry.most_pairs, seed) for entry, part in zip(SETS, made, strict=True)])


def set_vectors(folder: Path, entry: LabelledSet, seed: int) -> TrainingVectors:
    """The vectors of one set's pairs."""
    return of_pairs(entry.name, read_set(folder, entry, seed))


def of_pairs(name: str, pairs: LabelledPairs) -> TrainingVectors:
    """Labelled pairs as vectors."""
    return TrainingVectors(
        vectors(prepare(pairs.records), pairs.left, pairs.right),
        pairs.work,
        pairs.record,
        np.full(len(pairs.left), name, dtype=object),
        np.array(pairs.part, dtype=object),
        pairs.works[pairs.left],
        pairs.works[pairs.right],
    )


def tell(text: str, started: float) -> None:
    """Say how far it is."""
    print(f"{time.monotonic() - started:7.1f} s  {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
