"""What speaks against labelled cases: labels that models contradict, contradictions, repeats, leaks to another file.

How likely a label is wrong, if a model that has not seen its works contradicts it, depends on how many labels are wrong
at all, which is estimated along the way.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from papertwin.data.arrays import Floats
from papertwin.data.cases import Case, once, said
from papertwin.data.graphs import UnionFind
from papertwin.data.identity import record_key
from papertwin.data.values.text import fold, known
from papertwin.data.wording import first_of
from papertwin.models.card import DISTINCT, DUPLICATES
from papertwin.models.doubt import contradicted, suspicion

LABEL, CONTRADICTION, REPEATED, LEAK = "label", "contradiction", "repeated", "leak"
KINDS = {  # of problems, and how a sum of the cases that have one names them
    LABEL: "with a label that the model contradicts",
    CONTRADICTION: "in contradictions",
    REPEATED: "there more than once",
    LEAK: "shared with another file",
}
LISTED = 3  # other places that are named in a sentence


@dataclass(slots=True)
class Finding:
    """A case with `suspicion`, the probability (0 to 1) that its label is wrong, and what speaks against it."""

    case: Case
    probability: float  # that the two records are duplicates, by models that have not seen them
    suspicion: float
    problems: list[tuple[str, str]] = field(default_factory=list)  # (one of KINDS, a plain sentence)

    @property
    def problem(self) -> str:
        """All that speaks against the case, in plain words; empty where nothing does."""
        return "; ".join(told for _, told in self.problems)

    @property
    def kinds(self) -> set[str]:
        """The kinds of its problems."""
        return {kind for kind, _ in self.problems}

    @property
    def order(self) -> tuple[bool, float]:
        """Sorts findings: those with a problem first, and the most suspicious first among these and among the rest."""
        return not self.problems, -self.suspicion


def doubted(cases: Sequence[Case], probabilities: Floats) -> list[Finding]:
    """The findings on labels that the models contradict, given what these say of the labelled cases once."""
    return [finding for finding in judged(cases, of_each(cases, probabilities)) if LABEL in finding.kinds]


def of_each(cases: Sequence[Case], probabilities: Floats) -> Floats:
    """The probability of each case, given those of the cases once."""
    places = {said(case): place for place, case in enumerate(once(cases))}
    return probabilities[[places[said(case)] for case in cases]]


def judged(cases: Sequence[Case], probabilities: Floats) -> list[Finding]:
    """The findings on labelled cases, given the probability of each that its records are duplicates."""
    labels = np.array([bool(case.label) for case in cases])
    suspicions = suspicion(labels, probabilities)
    findings = [Finding(*one) for one in zip(cases, probabilities.tolist(), suspicions.tolist(), strict=True)]
    records = _Records(cases)
    _contradictions(findings, records)
    for finding, against in zip(findings, contradicted(labels, probabilities).tolist(), strict=True):
        if against:
            named = DUPLICATES if finding.case.label else DISTINCT
            finding.problems.insert(0, (LABEL, f"labelled {named}, but the model gives {finding.probability:.2f}"))
    _repeated(findings, records)
    return sorted(findings, key=lambda finding: finding.order)


class _Records:
    """The record of each side of each case as a number: equal records, and those of one id and title, share it."""

    def __init__(self, cases: Sequence[Case]) -> None:
        numbers: dict[object, int] = {}
        groups = UnionFind()
        keys = []
        for case in cases:
            for record in (case.doc_1, case.doc_2):
                number = numbers.setdefault(record_key(record), len(numbers))
                if (own := known(record.get("id"))) and (title := known(record.get("title"))):
                    groups.join(number, numbers.setdefault((own, fold(title)), len(numbers)))
                keys.append(number)
        found = [groups.first(number) for number in keys]
        self.sides = list(zip(found[::2], found[1::2], strict=True))
        self.pairs = [(min(sides), max(sides)) for sides in self.sides]


def _contradictions(findings: Sequence[Finding], records: _Records) -> None:
    """Marks cases that cannot all be right: a distinct pair whose records duplicates join, directly or by others."""
    joins: dict[int, list[tuple[int, int]]] = defaultdict(list)  # record: (record, the case that joins them)
    for place, (finding, (a, b)) in enumerate(zip(findings, records.sides, strict=True)):
        if finding.case.label and a != b:
            joins[a].append((b, place))
            joins[b].append((a, place))
    for place, (finding, (a, b)) in enumerate(zip(findings, records.sides, strict=True)):
        if finding.case.label or (chain := _chain(joins, a, b)) is None:
            continue
        if not chain:
            finding.problems.append((CONTRADICTION, f"labelled {DISTINCT}, but the two records are the same"))
            finding.suspicion = max(finding.suspicion, 1 - finding.suspicion)
            continue
        involved = [place, *chain]
        _share(findings, involved)
        for one in involved:
            others = _places(findings, [other for other in involved if other != one])
            what = "the same two records decided otherwise" if len(chain) == 1 else "not all of them can be right"
            findings[one].problems.append((CONTRADICTION, f"contradicts {others}: {what}"))


def _chain(joins: Mapping[int, list[tuple[int, int]]], start: int, end: int) -> list[int] | None:
    """The fewest cases of duplicates that lead from one record to another; None where none do."""
    came: dict[int, tuple[int, int] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        here = waiting.popleft()
        for record, place in joins.get(here, ()):
            if record not in came:
                came[record] = (here, place)
                waiting.append(record)
    if end not in came:
        return None
    chain = []
    while (step := came[end]) is not None:
        end, place = step
        chain.append(place)
    return chain[::-1]


def _share(findings: Sequence[Finding], involved: Sequence[int]) -> None:
    """Raise the suspicion of cases of which at least one is wrong, by Bayes' rule, each against the others."""
    right = 1 - float(np.prod([1 - findings[one].suspicion for one in involved]))
    for one in involved:
        given = findings[one].suspicion / right if right > 0 else 1 / len(involved)
        findings[one].suspicion = max(findings[one].suspicion, min(given, 1.0))


def _repeated(findings: Sequence[Finding], records: _Records) -> None:
    """Marks pairs that are there more than once, and pairs and records of two files."""
    by_pair: dict[object, list[int]] = defaultdict(list)
    by_record: dict[int, list[int]] = defaultdict(list)
    files = [_file_of(finding.case) for finding in findings]
    for place, pair in enumerate(records.pairs):
        by_pair[pair].append(place)
        for record in set(pair):
            by_record[record].append(place)
    for place, (finding, pair) in enumerate(zip(findings, records.pairs, strict=True)):
        alike = [one for one in by_pair[pair] if one != place and findings[one].case.label == finding.case.label]
        within = [one for one in alike if files[one] == files[place]]
        leaked = [one for one in by_pair[pair] if files[one] != files[place]]
        shared = {one for record in set(pair) for one in by_record[record] if files[one] != files[place]}
        if within:
            told = f"the same two records, decided alike, are in {_places(findings, within)}"
            finding.problems.append((REPEATED, told))
        if leaked:
            told = f"the same two records are in another file, {_places(findings, leaked)}"
            finding.problems.append((LEAK, told))
        elif shared:
            told = f"a record of it is in another file, {_places(findings, sorted(shared))}"
            finding.problems.append((LEAK, told))


def _file_of(case: Case) -> str:
    return case.place.rpartition(", ")[0]


def _places(findings: Sequence[Finding], places: Iterable[int]) -> str:
    """The cases at these places, as a sentence names them: the first LISTED, and how many more there are."""
    return first_of([findings[place].case.place for place in places], LISTED, " and ")
