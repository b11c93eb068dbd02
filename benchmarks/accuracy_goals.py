"""What accuracy was to reach, what was measured of it, and what is known of the gap that is left."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from challenge import ByKind
from markdown import Cell, number
from material import CASES
from papertwin.data.labelled.sets import SETS

NOISE = {one.name: one.noise for one in SETS}  # what is known to be wrong with the labels, or hard
LEFT_OUT = {  # the least F1 of each set left out
    CASES: 0.992, "rathbone_cytology": 0.99, "rathbone_respiratory": 0.99, "wagner_digital_work": 0.99,
    "asysd_diabetes": 0.997, "colrev_misq": 0.995, "colrev_jmis": 0.995, "colrev_isr": 0.995,
}  # fmt: skip
SPLITS = {
    "magellan_dblp_acm": (0.993, 0.975),
    "magellan_dblp_scholar": (0.965, 0.93),
}  # on the train split, and zero-shot
WRONG_AMONG = 15  # distinct search cases, of which one may be merged
CALIBRATION = 0.02  # expected calibration error at the training mix, at most
REVIEW, PRECISION, DISMISSED = (
    0.05,
    0.99,
    0.01,
)  # of the pairs at most, of DUPLICATES at least, of the duplicates at most
KIND = 0.9  # of the challenge cases of each kind, at least
HEAD = ("goal", "wanted", "measured", "wrong merges / misses", "best other tool", "met", "what is known of the gap")


class Reached(NamedTuple):
    """The F1 of a set with its errors, and the best F1 of another tool, where one was asked."""

    f1: float
    wrong: int
    missed: int
    peer: float | None = None


class Automatic(NamedTuple):
    """What two thresholds decide: the share sent to review, the precision of DUPLICATES, the duplicates dismissed."""

    review: float
    precision: float
    dismissed: float


class Measured(NamedTuple):
    """All that goals are set for; `left_out`, `trained` and `zero_shot` by set, the others by what they are of."""

    left_out: Mapping[str, Reached]
    trained: Mapping[str, Reached]
    zero_shot: Mapping[str, Reached]
    distinct_cases: int
    calibration: Mapping[str, float]
    automatic: Mapping[str, Automatic]
    challenge: Mapping[str, Sequence[ByKind]]


def goals(measured: Measured) -> Iterator[list[Cell]]:
    """A row for each goal of what was measured."""
    for name, least in LEFT_OUT.items():
        if one := measured.left_out.get(name):
            yield _f1(name, f"F1 of {name}, left out", least, one)
            if name == CASES:
                yield _wrong_merges(one, measured.distinct_cases)
    for name, (trained, zero) in SPLITS.items():
        for told, least, found in (
            ("its train split", trained, measured.trained),
            ("neither DBLP set (zero-shot)", zero, measured.zero_shot),
        ):
            if one := found.get(name):
                yield _f1(name, f"F1 of {name}, trained on {told}", least, one)
    for name, error in measured.calibration.items():
        known = error <= CALIBRATION
        yield _row(f"calibration error at the training mix, {name}", f"at most {CALIBRATION}", error, known)
    for name, auto in measured.automatic.items():
        reached = auto.review < REVIEW and auto.precision >= PRECISION and auto.dismissed <= DISMISSED
        told = f"{auto.review:.1%} at {auto.precision:.2%} and {1 - auto.dismissed:.1%}"
        wanted = f"under {REVIEW:.0%} at {PRECISION:.0%} precision, and {1 - DISMISSED:.0%} not dismissed"
        yield _row(f"sent to review, {name}", wanted, told, reached, "noisy sets hold the thresholds up")
    for name, kinds in measured.challenge.items():
        low = [kind for kind in kinds if kind.kind != "all" and kind.right <= KIND * kind.cases]
        told = ", ".join(f"{kind.kind} {kind.right}/{kind.cases}" for kind in low)
        kinds_reached = f"{len(kinds) - 1 - len(low)} of {len(kinds) - 1} kinds"
        yield _row(f"challenge cases, {name}", f"over {KIND:.0%} of each kind", kinds_reached, not low, told)


def _f1(name: str, title: str, least: float, one: Reached) -> list[Cell]:
    known = one.f1 >= least
    errors = f"{one.wrong:,} / {one.missed:,}"
    return [title, str(least), one.f1, errors, one.peer, _met(known), "-" if known else NOISE.get(name) or "-"]


def _wrong_merges(one: Reached, distinct: int) -> list[Cell]:
    told = f"{one.wrong} in {distinct}"
    met = one.wrong * WRONG_AMONG <= distinct
    return _row("wrong merges of search cases", f"at most 1 in {WRONG_AMONG}", told, met, NOISE[CASES])


def _row(title: str, wanted: str, told: Cell, reached: bool, gap: str = "-") -> list[Cell]:
    return [title, wanted, number(told), None, None, _met(reached), "-" if reached else gap]


def _met(reached: bool) -> str:
    return "yes" if reached else "no"
