"""The short table of the README, with the peers beside our own models, and the peers in full."""

from collections.abc import Iterator
from dataclasses import dataclass

from accuracy_peers import SETS, Answers, Asked, peer_figures
from accuracy_results import Results
from leave_out import CONVENTION
from markdown import Cell, number, table
from material import CASES
from papertwin.models.metrics import precision_recall_f1
from peers import PEERS
from public_splits import ALONE, SPLIT_SETS, judged
from scored import Figures

TITLES = {
    CASES: "search cases, one request left out",
    "magellan_dblp_acm": "DBLP-ACM, public split",
    "magellan_dblp_scholar": "DBLP-Scholar, public split",
}
# The columns of the short table; where a peer can be asked in several ways, the best of them on each set.
COLUMNS = {
    "bib-dedupe": ("bib_dedupe", "bib_dedupe_pairs", "bib_dedupe_clusters"),
    "dedupe": ("dedupe",),
    "splink": ("splink",),
    "recordlinkage": ("recordlinkage",),
    "equal titles": ("baseline",),
}
OWN = ("f1", "precision", "recall", "wrong_merges", "misses")  # the first columns of the full table
LEGEND = """\
F1 of the pairs, and in brackets our wrong merges / misses; the best F1 of a row is bold. All columns answer the same
pairs. Left-out sets: our models saw nothing of the set, nor pairs of other sets with its titles, if there are more
than a few; the peers were not trained, but bib-dedupe's rules were written with these systematic reviews at hand.
Search cases: trained on the other requests, ours on the other sets too. Public splits: trained on the train split,
ours on nothing else, with the threshold that is best on the valid split wherever there is a score. "-": the peer
cannot answer, for dedupe needs labelled pairs. bib-dedupe has no training and no probability; of its three ways of
being asked, and of *maybe* as duplicate or not, the best on each set is shown."""


@dataclass(frozen=True, slots=True)
class Ours:
    """What our models make of a set in the short table."""

    f1: float
    wrong: int
    missed: int


def headline(results: Results, asked: Asked) -> str:
    """The short table; without peers our own columns only."""
    columns = COLUMNS if asked else {}
    rows = []
    for name in SETS:
        ours = our_answer(results, name)
        if ours is None:
            continue
        others = {column: _best(results, asked, name, peers) for column, peers in columns.items()}
        if name == CASES:
            others["the system's own rules"] = _rules(results)
        elif CASES in results.left_out:
            others["the system's own rules"] = None
        best = max([ours.f1, *(value for value in others.values() if value is not None)])
        own = _marked(ours.f1, best, f" ({ours.wrong} / {ours.missed})")
        rows.append([TITLES.get(name, f"{name}, left out"), own, *(_marked(value, best) for value in others.values())])
    rules = ["the system's own rules"] if CASES in results.left_out else []
    return table(["pairs", "Papertwin (wrong / missed)", *columns, *rules], rows)


def best_peer(results: Results, asked: Asked, name: str) -> float | None:
    """The highest F1 of any peer on a set; None where none was asked or could answer."""
    return _best(results, asked, name, tuple(peer for peers in COLUMNS.values() for peer in peers))


def our_answer(results: Results, name: str) -> Ours | None:
    """Our figures of a set: trained on the train split at the valid split's threshold, else left out at 0.5.

    Where pairs of other sets share its titles, the model saw none of those either.
    """
    if name in SPLIT_SETS:
        splits = judged(results.material.training, results.splits, results.left_out)
        found = [one.at_valid for one in splits if one.name == name and one.trained_on == ALONE]
        return _ours(found[0]) if found else None
    scored = results.strict.get(name, results.left_out.get(name))
    return None if scored is None else _ours(results.figures(scored, CONVENTION[name]))


def _ours(found: Figures) -> Ours:
    return Ours(float(found["f1"] or 0), int(found["wrong_merges"] or 0), int(found["misses"] or 0))


def _rules(results: Results) -> float | None:
    scored = results.left_out[CASES]
    said = results.material.evidence["rules"][scored.rows] == 1
    return precision_recall_f1(results.labels("work")[scored.rows], said)["f1"]


def _marked(value: float | None, best: float, more: str = "") -> str:
    text = number(value)
    return (f"**{text}**" if text == number(best) else text) + (more if value is not None else "")


def _figures(results: Results, name: str, answers: Answers) -> Figures:
    pairs = results.material.pairs[name]
    return peer_figures(pairs.work if CONVENTION[name] == "work" else pairs.record, answers)


def _best(results: Results, asked: Asked, name: str, peers: tuple[str, ...]) -> float | None:
    """The highest F1 of a peer's ways on a set; None where none of them answers."""
    found = []
    for peer in peers:
        answers = asked.get(name, {}).get(peer)
        if answers is not None and not answers.failure:
            measured = _figures(results, name, answers)
            found += [measured["f1"] if measured["f1_valid"] is None else measured["f1_valid"], measured["f1_maybe"]]
    return max((value for value in found if value is not None), default=None)


def in_full(results: Results, asked: Asked) -> Iterator[str]:
    """Every peer on every set that it was asked about, and what it cannot do."""
    if not asked:
        return
    yield (
        "## Peers in full\n\nEach in an environment of its own, with its documented settings (benchmarks/peer_workers)."
    )
    notes = ([f"{name} ({_version(name)})", peer.note.strip()] for name, peer in PEERS.items())
    yield table(["peer", "what to know"], notes)
    yield (
        "By its own decisions, or at 0.5, where *maybe* is no duplicate; F1 with *maybe* as duplicates; at the "
        "threshold that is best on the valid split; at the one that is best on these very pairs, which nobody can "
        "know. *No answer* counts as distinct. CPU seconds are those of the peer, Python's start included."
    )
    head = ["F1", "precision", "recall", "wrong merges", "misses", "F1 with maybe", "F1, valid", "F1 at best",
            "average precision", "maybe", "no answer", "CPU s"]  # fmt: skip
    for name in SETS:
        if name in asked:
            theirs = (_peer_row(results, name, peer, one) for peer, one in asked[name].items())
            rows = [*_our_rows(results, name), *theirs]
            yield f"### {TITLES.get(name, name)}"
            yield table(["answers", *head], rows)


def _version(name: str) -> str:
    required = PEERS[name].requirements
    return required[0].replace("==", " ") if required else "ours"


def _our_rows(results: Results, name: str) -> Iterator[list[Cell]]:
    if name in SPLIT_SETS:
        for one in judged(results.material.training, results.splits, results.left_out):
            if one.name == name:
                row = _our_row(f"Papertwin, {one.trained_on}", one.at_half)
                yield [*row[:7], one.at_valid["f1"], *row[8:]]
    elif name in results.left_out:
        yield _our_row("Papertwin, left out", results.figures(results.left_out[name], CONVENTION[name]))
        if name in results.strict:
            about = "Papertwin, left out with all that shares titles"
            yield _our_row(about, results.figures(results.strict[name], CONVENTION[name]))


def _our_row(title: str, found: Figures) -> list[Cell]:
    own = (found[one] for one in OWN)
    return [f"**{title}**", *own, None, None, None, found["average_precision"], None, None, None]


def _peer_row(results: Results, name: str, peer: str, answers: Answers) -> list[Cell]:
    if answers.failure:
        return [f"{peer}: {answers.failure}", *[None] * 12]
    found = _figures(results, name, answers)
    own = (*OWN, "f1_maybe", "f1_valid", "f1_best", "average_precision")
    shares = (number(found[one], percent=True) for one in ("review", "blank"))
    return [peer, *(found[one] for one in own), *shares, f"{answers.seconds:.1f}"]
