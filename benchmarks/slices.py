"""SLICES: the kinds of pairs that are looked at by themselves, and those that must not be merged in silence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from material import Evidence, Material
from papertwin.features import FEATURES
from scored import Figures, Floats, Mask, Scored, figures

FEWEST_OF_SOURCES = 10  # pairs; rarer pairs of sources are put together


@dataclass(frozen=True, slots=True)
class Slice:
    """Some of the pairs, by what is known of both sides."""

    group: str
    name: str
    chosen: Callable[[Evidence], Mask]


SLICES = (
    Slice("evidence", "abstracts on both sides", lambda e: e["abstracts"] == 2),
    Slice("evidence", "no abstract on a side", lambda e: e["abstracts"] < 2),
    Slice("evidence", "identifiers on both sides", lambda e: e["identifiers"] == 2),
    Slice("evidence", "no identifier on a side", lambda e: e["identifiers"] == 1),
    Slice("evidence", "no identifiers at all", lambda e: e["identifiers"] == 0),
    Slice("evidence", "a side names one author only", lambda e: e["single"] > 0),
    Slice("evidence", "no authors on a side", lambda e: e["authors"] < 2),
    Slice(
        "evidence",
        "neither abstracts nor identifiers on both sides",
        lambda e: (e["abstracts"] < 2) & (e["identifiers"] < 2),
    ),
    Slice("years apart", "same year", lambda e: e["years"] == 0),
    Slice("years apart", "1 year", lambda e: e["years"] == 1),
    Slice("years apart", "2 or 3 years", lambda e: (e["years"] >= 2) & (e["years"] <= 3)),
    Slice("years apart", "4 years or more", lambda e: e["years"] >= 4),
    Slice("years apart", "no year on a side", lambda e: np.isnan(e["years"])),
)

# What must not be merged in silence: the feature's value where both sides say it and it differs.
CONFLICTS: Mapping[str, tuple[str, float]] = {
    "DOI": ("doi_same", 0),
    "arXiv id or preprint DOI": ("preprint_id_same", 0),
    "PubMed number": ("pubmed_same", 0),
    "PubMed Central number": ("pmc_same", 0),
    "trial registration": ("registration_same", 0),
    "catalogue number": ("catalogue_same", 0),
    "part number": ("part_conflict", 1),
    "year in the title": ("year_in_title_conflict", 1),
}


class Sliced(NamedTuple):
    """A row of the table of slices."""

    group: str
    name: str
    figures: Figures


class Conflicting(NamedTuple):
    """A row of the table of conflicts: pairs, the duplicates among them, those `called` so, and rightly."""

    kind: str
    pairs: int
    duplicates: int
    called: int
    right: int


def sliced(material: Material, scored: Scored, labels: Floats) -> Iterator[Sliced]:
    """The figures of each slice of the scored pairs that has any."""
    evidence = {name: values[scored.rows] for name, values in material.evidence.items()}
    for one in SLICES:
        chosen = one.chosen(evidence)
        if chosen.any():
            part = scored.at(chosen)
            yield Sliced(one.group, one.name, figures(labels[part.rows], part))


def by_sources(material: Material, scored: Scored, labels: Floats) -> Iterator[Sliced]:
    """The figures by the two records' sources, the most frequent first."""
    names, counts = np.unique(material.sources[scored.rows].astype(str), return_counts=True)
    rare = set(names[counts < FEWEST_OF_SOURCES])
    group_of = np.array(["rarer sources" if name in rare else name for name in material.sources[scored.rows]])
    for name in [*names[np.argsort(-counts, kind="stable")], "rarer sources"]:
        part = scored.at(group_of == name)
        if len(part):
            yield Sliced("sources", str(name), figures(labels[part.rows], part))


def conflicting(material: Material, scored: Scored, labels: Floats) -> Iterator[Conflicting]:
    """How often pairs whose identifiers, part numbers or title years conflict are called DUPLICATES, and how rightly."""
    place = {feature.name: number for number, feature in enumerate(FEATURES)}
    vectors, own, called = material.training.vectors[scored.rows], labels[scored.rows], scored.called
    found = {kind: vectors[:, place[name]] == value for kind, (name, value) in CONFLICTS.items() if name in place}
    found["any of them"] = np.any(list(found.values()), axis=0)
    for kind, chosen in found.items():
        merged = chosen & called
        counts = (chosen, chosen & (own == 1), merged, merged & (own == 1))
        yield Conflicting(kind, *(int(mask.sum()) for mask in counts))
