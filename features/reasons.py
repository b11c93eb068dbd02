"""Reasons: which facts of a pair are said of a score, the most telling first.

A fact leans to a duplicate, against one, or to neither; of a group those are said that lean the way in which it moved
the score, else a neutral one, so that no sentence seems to speak against its number.
"""

from papertwin.data.arrays import Floats, Mask, Rows
from papertwin.data.columns.column import Records
from papertwin.data.fields import Prepared
from papertwin.data.wording import listed
from papertwin.features.evidence import AGAINST, EVIDENCE, FOR, NEUTRAL, Fact, Pair, Values, lacking, noun
from papertwin.features.facts import facts_of
from papertwin.features.table import GROUPS

SILENT = 0.05  # a group that moved the log-odds by less is no reason: about one per cent of the probability at most


def reasons(
    records: Records, prepared: Prepared, left: Rows, right: Rows, added: Floats, doubted: Mask
) -> list[tuple[str, ...]]:
    """Sentences on the pairs (record left[i], record right[i]), the most telling first, in the records' own words.

    `added` says how much each of GROUPS moved the log-odds, (pairs, groups). A group that moved nothing is not spoken
    of, but for a last sentence on what neither record has. Of pairs that are `doubted`, because nothing but a
    contradiction keeps them from being duplicates, that is said first.
    """
    values = Values(prepared, records)
    return [
        _sentences(Pair(values, *rows), numbers, doubt)
        for *rows, numbers, doubt in zip(left.tolist(), right.tolist(), added.tolist(), doubted.tolist(), strict=True)
    ]


def _sentences(pair: Pair, added: list[float], doubted: bool) -> tuple[str, ...]:
    said = []
    if doubted:
        conflicts = [fact.text for group in GROUPS for fact in facts_of(pair, group) if fact.conflict]
        said.append(f"doubtful, because they contradict each other: {'; '.join(conflicts)}")
    # Rounded, so that the last bit of a sum does not decide on an order.
    for group, value in sorted(zip(GROUPS, added, strict=True), key=lambda item: -round(abs(item[1]), 6)):
        if abs(value) >= SILENT and (facts := list(facts_of(pair, group))):
            said.append(_sentence(facts, value))
    if absent := [noun(pair, group) for group in EVIDENCE if lacking(pair, group) == 2]:
        said.append(f"neither has {listed(absent, 'or')}")
    return tuple(said)


def _sentence(facts: list[Fact], added: float) -> str:
    way = FOR if added > 0 else AGAINST
    if leaning := [fact.text for fact in facts if fact.leaning == way]:
        return "; ".join(leaning[:2])
    if neutral := [fact.text for fact in facts if fact.leaning == NEUTRAL]:
        return neutral[0]
    return f"{facts[0].text}, which counts {'for' if way == FOR else 'against'} a duplicate here"
