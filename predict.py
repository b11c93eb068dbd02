"""Pairs in, the probability that they are duplicates out: `papertwin predict`, or `python predict.py`."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial

from papertwin import arguments, cli
from papertwin.data.files.layouts import ADDED, REASONS
from papertwin.data.files.streams import STANDARD, Note
from papertwin.data.garbage import settle
from papertwin.data.named import NamedRecords
from papertwin.data.output import FORMS, RejectOutput, RowOutput, check_files, refusal, rejects_path
from papertwin.data.pairs import PairFile
from papertwin.data.wording import counted, unreadable
from papertwin.features import COMPARED
from papertwin.scoring import AnsweredBatch, Scorer, score_batches


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: predict(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin predict",
        usage="papertwin predict PAIRS [--records FILE] [-o FILE] [options]",
        description=(
            "papertwin predict cases.json -o scored.json\n"
            "papertwin predict pairs.csv --records records.jsonl -o scored.csv\n\n"
            "Adds to every pair duplicate_probability, predicted_decision and model. PAIRS is a case file (JSON, JSON\n"
            "lines, or the HTML or tab-separated table of cases), a table with title_1, title_2, ... (CSV, TSV,\n"
            "Excel, Parquet), or id pairs beside --records; gzipped or not; - is standard input."
        ),
    )
    made.add_argument("pairs", metavar="PAIRS", help="the file of pairs")
    arguments.add_records_option(made)
    arguments.add_output_option(made, "answers", FORMS)
    arguments.add_rejects_options(made)
    made.add_argument(
        "--explain", action="store_true", help="add reason_1, reason_2 and reason_3: what moved the probability most"
    )
    arguments.add_common_options(made, "by the convention that PAIRS names, as dedupe writes it, else work")
    return made


def predict(options: argparse.Namespace) -> int:
    """Score the pairs of a file; 0, or 3 where rows were rejected. Raises PapertwinError."""
    note = cli.note_of(options)
    reject_path = rejects_path(options.output, options.rejects)
    outputs = [(options.output or STANDARD, FORMS), (reject_path, None)]
    check_files(outputs, arguments.pairs_read(options), options.force)
    pairs, model = arguments.pairs_and_model(options, note, partial(NamedRecords, COMPARED, options.jobs))
    settle()
    named = pairs.records if isinstance(pairs.records, NamedRecords) else None
    totals = Totals(named.unreadable if named else Counter())
    added = (*ADDED, *REASONS) if options.explain else ADDED
    like = options.pairs if pairs.columns else None
    with (
        RowOutput(
            options.output, options.force, options.strict, pairs.table, added, pairs.columns, like=like
        ) as output,
        RejectOutput(reject_path, cli.tell) as rejects,
    ):
        scorer = Scorer(model, pairs.shape, output.writer.layout, named, options.explain)
        with closing(score_batches(pairs.batches(), scorer, options.jobs)) as answers:
            for answered in progress(answers, not options.quiet):
                if options.strict and answered.rejects:
                    raise refusal(answered.rejects[0], pairs.name, pairs.unit)
                output.write(answered.lines, answered.rejects)
                rejects.write(answered.rejects, pairs.name, pairs.unit)
                totals.add(answered)
        output.finish()
    totals.tell(pairs, rejects, note)
    return cli.REJECTS if rejects.count else 0


class Totals:
    """What a run comes to, told at its end."""

    def __init__(self, unreadable: Counter[str]) -> None:
        self._unreadable = Counter(unreadable)
        self._decisions: Counter[str] = Counter()
        self._replaced: set[str] = set()

    def add(self, answers: AnsweredBatch) -> None:
        """Count a batch."""
        self._decisions += answers.decisions
        self._unreadable += answers.unreadable
        self._replaced |= answers.replaced

    def tell(self, pairs: PairFile, rejects: RejectOutput, note: Note) -> None:
        """The notes at the end; the last counts pairs scored and rejected."""
        if self._replaced:
            note(f"{pairs.name}: columns of its own were replaced: {', '.join(sorted(self._replaced))}")
        if self._unreadable:
            note(unreadable(self._unreadable))
        scored = self._decisions.total()
        pairs_scored = f"{counted(scored, 'pair')} scored"
        if not scored and not rejects.count:
            note(f"{pairs.name}: there are no pairs in it")
        decisions = ", ".join(f"{count:,} {name}" for name, count in sorted(self._decisions.items()))
        # Where rows were rejected the last line is said under --quiet too, as errors are.
        last: Note = cli.tell if rejects.count else note
        last(f"{pairs_scored}{f' ({decisions})' if decisions else ''}, {rejects.count:,} rejected{rejects.beside}")


def progress(answers: Iterator[AnsweredBatch], wanted: bool) -> Iterator[AnsweredBatch]:
    """The answers, counted by a bar on standard error where that is a terminal."""
    if not wanted or not sys.stderr.isatty():
        yield from answers
        return
    from tqdm import tqdm

    with tqdm(unit=" pairs", unit_scale=True, leave=False) as bar:
        for answered in answers:
            yield answered
            bar.update(len(answered.lines))


if __name__ == "__main__":
    raise SystemExit(main())
