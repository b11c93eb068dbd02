"""Scoring batches of rows: rows in, the same rows with their answers out, on any number of processes.

The answers do not depend on the number of processes or on the size of the batches: each pair is scored by itself. A
row travels as the bytes it came as, and the answers are put in before its last brace.
"""

from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np

from papertwin.data.arrays import Vectors
from papertwin.data.fields import is_empty, prepare_pairs
from papertwin.data.files.layouts import ADDED, DOCUMENTS, REASONS, Layout
from papertwin.data.files.rows import Batch, Reject, RowError, decode, encode, one_line
from papertwin.data.garbage import uncollected
from papertwin.data.named import NamedRecords
from papertwin.data.processes import CAN_FORK, in_processes
from papertwin.data.shapes import Pair, Shape
from papertwin.features import vectors

if TYPE_CHECKING:
    from papertwin.models.model import Model


@dataclass(slots=True)
class AnsweredBatch:
    """A batch with its answers, and what of it the user is told at the end."""

    lines: list[bytes] = field(default_factory=list)  # the answered rows as JSON, in order
    rejects: list[Reject] = field(default_factory=list)  # the rows that could not be read, in order
    decisions: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)  # values that could not be read, by field
    replaced: set[str] = field(default_factory=set)  # columns that the rows had already and that are answered anew


class Scorer:
    """Scores batches of rows of one shape with one model, and lays them out for the output; explains them if asked.

    `named` are the records, where rows name theirs by ids.
    """

    def __init__(
        self, model: "Model", shape: Shape, layout: Layout, named: NamedRecords | None = None, explains: bool = False
    ) -> None:
        self.model, self.shape, self.layout, self.named, self.explains = model, shape, layout, named, explains
        self._signature = model.signature
        self._keys = [b", %s: " % encode(name) for name in ADDED]
        self._tails: dict[str, bytes] = {}  # what stands behind the probability, by decision

    @uncollected()
    def __call__(self, batch: Batch) -> AnsweredBatch:
        answers = AnsweredBatch(rejects=list(batch.rejects))
        pairs: list[Pair] = []
        laid_out: list[bytes] = []
        for row in batch.rows:
            try:
                pair = self._pair(row.raw)
                laid_out.append(self._lay_out(row.raw, pair))
            except RowError as reason:
                answers.rejects.append(row.rejected(reason))
            else:
                pairs.append(pair)
        answers.rejects.sort(key=lambda reject: reject.place)
        if not pairs:
            return answers
        if self.explains:
            self._explain(answers, pairs, laid_out)
            return answers
        probabilities, decisions = self.model.answers(self._vectors(pairs, answers.unreadable))
        answers.decisions.update(decisions)
        for raw, pair, probability, decision in zip(laid_out, pairs, probabilities.tolist(), decisions, strict=True):
            answers.lines.append(self._answered(raw, pair.has, probability, decision))
            answers.replaced.update(pair.has)
        return answers

    def _pair(self, raw: bytes) -> Pair:
        pair = self.shape.pair(raw)
        if self.named is not None:
            return Pair(self.named.row(pair.doc_1, 0), self.named.row(pair.doc_2, 1), pair.has)
        for name, record in zip(DOCUMENTS, (pair.doc_1, pair.doc_2), strict=True):
            if is_empty(record):
                raise RowError(f"its {name} has no content")
        return pair

    def _lay_out(self, raw: bytes, pair: Pair) -> bytes:
        if self.named is None or self.layout != "nested":
            return one_line(self.shape.lay_out(raw, self.layout)).strip()
        documents = (self.named.file.raw[row] for row in (pair.doc_1, pair.doc_2))
        return b"{%s, %s" % (
            b", ".join(
                b'"%s": %s' % (name.encode(), document) for name, document in zip(DOCUMENTS, documents, strict=True)
            ),
            one_line(raw).lstrip()[1:],
        )

    def _vectors(self, pairs: list[Pair], unreadable: Counter[str]) -> Vectors:
        if self.named is not None:
            given = [row for pair in pairs for row in (pair.doc_1, pair.doc_2)]
            rows, places = np.unique(np.array(given, dtype=np.int64), return_inverse=True)
            return vectors(self.named.take(rows), places[::2], places[1::2])
        prepared, left, right = prepare_pairs([pair.doc_1 for pair in pairs], [pair.doc_2 for pair in pairs])
        unreadable.update(prepared.unreadable)
        return vectors(prepared, left, right)

    def _explain(self, answers: AnsweredBatch, pairs: list[Pair], laid_out: list[bytes]) -> None:
        """Add the answers with their reasons; records that are named by id are prepared anew, with all their fields."""
        from papertwin.models.explanation import BATCH, explain_prepared

        for start in range(0, len(pairs), BATCH):
            part = pairs[start : start + BATCH]
            first, second = [pair.doc_1 for pair in part], [pair.doc_2 for pair in part]
            if self.named is not None:
                first, second = (list(map(self.named.record, side)) for side in (first, second))
            prepared, left, right = prepare_pairs(first, second)
            if self.named is None:
                answers.unreadable.update(prepared.unreadable)
            explanations = explain_prepared(self.model, [*first, *second], prepared, left, right)
            for raw, pair, one in zip(laid_out[start : start + BATCH], part, explanations, strict=True):
                line = self._answered(raw, pair.has, one.probability, one.decision)
                reasons = dict(zip_longest(REASONS, one.reasons[: len(REASONS)]))
                if b'"reason_' in line:
                    row = decode(line)
                    answers.replaced.update(reasons.keys() & row.keys())
                    line = encode(row | reasons)
                else:
                    said = (b", %s: %s" % (encode(name), encode(reason)) for name, reason in reasons.items())
                    line = b"".join((line[:-1], *said, b"}"))
                answers.lines.append(line)
                answers.decisions[one.decision] += 1
                answers.replaced.update(pair.has)

    def _answered(self, raw: bytes, has: tuple[str, ...], probability: float, decision: str) -> bytes:
        if has:
            values = (probability, decision, self._signature)
            return encode(decode(raw) | dict(zip(ADDED, values, strict=True)))
        first, second, third = self._keys
        if decision not in self._tails:
            self._tails[decision] = b"".join((second, encode(decision), third, encode(self._signature), b"}"))
        return b"".join((raw[:-1], first, repr(probability).encode(), self._tails[decision]))


def score_batches(batches: Iterator[Batch], scorer: Scorer, jobs: int) -> Generator[AnsweredBatch, None, None]:
    """The batches' answers in their order, by `jobs` processes (1 or more). Raises as `in_processes` does."""
    if scorer.named is not None and not CAN_FORK:
        jobs = 1  # the records wait in files without names
    with closing(in_processes(scorer, batches, jobs)) as done:
        for _, answers in done:
            yield answers
