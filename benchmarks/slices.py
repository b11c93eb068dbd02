"""SLICES: the kinds of pairs that are looked at by themselves, and those that must not be merged in silence."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from material import Evidence, Material
from papertwin import features
from papertwin.data.arrays import Floats, Mask
from papertwin.features import FEATURES
from scored import Figures, Scored, figures

FEWEST_OF_SOURCES = 10  # pairs; rarer pairs of sources are put together


# By what is known of both sides.
SLICES: dict[str, Callable[[Evidence], Mask]] = {
    "abstracts on both sides": lambda e: e["abstracts"] == 2,
    "no abstract on a side": lambda e: e["abstracts"] < 2,
    "identifiers on both sides": lambda e: e["identifiers"] == 2,
    "no identifier on a side": lambda e: e["identifiers"] == 1,
    "no identifiers at all": lambda e: e["identifiers"] == 0,
    "a side names one author only": lambda e: e["single"] > 0,
    "no authors on a side": lambda e: e["authors"] < 2,
    "neither abstracts nor identifiers on both sides": lambda e: (e["abstracts"] < 2) & (e["identifiers"] < 2),
    "same year": lambda e: e["years"] == 0,
    "1 year": lambda e: e["years"] == 1,
    "2 or 3 years": lambda e: (e["years"] >= 2) & (e["years"] <= 3),
    "4 years or more": lambda e: e["years"] >= 4,
    "no year on a side": lambda e: np.isnan(e["years"]),
}


class Conflicting(NamedTuple):
    """A row of the table of conflicts: pairs, the duplicates among them, those `called` so, and rightly."""

    kind: str
    pairs: int
    duplicates: int
    called: int
    right: int


def sliced(material: Material, scored: Scored, labels: Floats) -> Iterator[tuple[str, Figures]]:
    """The figures of each slice of the scored pairs that has any."""
    evidence = {name: values[scored.rows] for name, values in material.evidence.items()}
    for name, chosen_by in SLICES.items():
        chosen = chosen_by(evidence)
        if chosen.any():
            part = scored.at(chosen)
            yield name, figures(labels[part.rows], part)


def by_sources(material: Material, scored: Scored, labels: Floats) -> Iterator[tuple[str, Figures]]:
    """The figures by the two records' sources, the most frequent first."""
    names, counts = np.unique(material.sources[scored.rows].astype(str), return_counts=True)
    rare = set(names[counts < FEWEST_OF_SOURCES])
    group_of = np.array(["rarer sources" if name in rare else name for name in material.sources[scored.rows]])
    for name in [*names[np.argsort(-counts, kind="stable")], "rarer sources"]:
        part = scored.at(group_of == name)
        if len(part):
            yield str(name), figures(labels[part.rows], part)


def conflicting(material: Material, scored: Scored, labels: Floats) -> Iterator[Conflicting]:
    """How often pairs whose identifiers or numbers in the titles conflict are called DUPLICATES, how rightly."""
    vectors, own, called = material.training.vectors[scored.rows], labels[scored.rows], scored.called
    found = {
        f"{feature.name} is {feature.conflict:g}": feature.contradicts(vectors[:, place])
        for place, feature in enumerate(FEATURES)
        if feature.conflict is not None
    }
    found["any of them"] = features.conflicting(vectors)
    for kind, chosen in found.items():
        merged = chosen & called
        counts = (chosen, chosen & (own == 1), merged, merged & (own == 1))
        yield Conflicting(kind, *(int(mask.sum()) for mask in counts))
