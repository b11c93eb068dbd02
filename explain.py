"""Pairs in, side by side with the reasons for their answers out: `papertwin explain`, or `python explain.py`."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice

from papertwin import arguments, cli
from papertwin.data.errors import InputError
from papertwin.data.fields import is_empty
from papertwin.data.files.rows import Record, Reject, Row, RowError
from papertwin.data.files.streams import STANDARD, Note
from papertwin.data.lookup import read_records
from papertwin.data.output import check_files
from papertwin.data.pairs import PairFile
from papertwin.data.processes import in_processes
from papertwin.data.wording import counted
from papertwin.models import Model
from papertwin.models.explanation import Explanation
from papertwin.models.explanation import explain as explained
from papertwin.pages.side_by_side import page

FIRST = 10  # pairs that are shown unless --case names others
BATCH = 100  # pairs that are explained at a time, which takes a tenth of a second
Placed = tuple[int, Record, Record]  # a pair and its place


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: explain(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin explain",
        usage="papertwin explain PAIRS [--records FILE] [--case N ...] [options]",
        description=(
            "papertwin explain cases.json --case 3 17\n\n"
            "Shows pairs side by side with their differences marked, how far each group of evidence moved the answer\n"
            "(in log-odds: exact Shapley values, which add up), and the reasons in words."
        ),
    )
    made.add_argument("pairs", metavar="PAIRS", help="the file of pairs, in any form that predict reads")
    arguments.add_records_option(made)
    made.add_argument(
        "--case",
        nargs="+",
        type=int,
        metavar="N",
        help=f"which pairs, by their number in the file, from 1 (default: the first {FIRST})",
    )
    made.add_argument("--full", action="store_true", help="show long abstracts whole")
    arguments.add_common_options(
        made, "by the convention that PAIRS names, as dedupe writes it, else work", replaces=None
    )
    return made


def explain(options: argparse.Namespace) -> int:
    """Show the pairs; 0, or 3 where one of them was rejected. Raises PapertwinError."""
    note = cli.note_of(options)
    check_files([(STANDARD, None)], arguments.pairs_read(options), force=False)
    pairs, model = arguments.pairs_and_model(options, note, read_records)
    chosen = Chosen(pairs, set(options.case or ()))
    columns = shutil.get_terminal_size((100, 24)).columns
    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    shown = iter(chosen)
    batches = iter(lambda: list(islice(shown, BATCH)), [])
    with closing(in_processes(partial(explanations, model), batches, options.jobs)) as done:
        for batch, answers in done:
            for (place, doc_1, doc_2), explanation in zip(batch, answers, strict=True):
                say(f"{pairs.place(place)}: {explanation.decision}, {explanation.probability:.4f}")
                say("")
                for line in page((doc_1, doc_2), explanation, columns, colour, options.full):
                    say(line)
                say("\n")
    chosen.tell(note)
    return cli.REJECTS if chosen.rejected else 0


def explanations(model: Model, pairs: Sequence[Placed]) -> list[Explanation]:
    """The explanations of a batch, in whichever process."""
    return explained(model, [doc_1 for _, doc_1, _ in pairs], [doc_2 for _, _, doc_2 in pairs])


def say(line: str) -> None:
    """A line on standard output, in UTF-8 as everything that is written."""
    sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "replace"))


@dataclass(slots=True)
class Chosen:
    """The pairs of a file that are shown: those of `numbers`, from 1, or the first ones.

    Each comes with its place, which is what a person finds it by: a line or a case. Rows that cannot be read are told.
    Behind the last pair that is wanted nothing is read until `tell` counts it.
    """

    pairs: PairFile
    numbers: set[int]
    shown: int = 0
    rejected: int = 0
    _last: int = 0

    def __iter__(self) -> Iterator[Placed]:
        for number, row in enumerate(islice(self.pairs.rows, max(0, *self.numbers) if self.numbers else FIRST), 1):
            self._last = number
            if self.numbers and number not in self.numbers:
                continue
            pair = row if isinstance(row, Reject) else self._documents(row)
            if isinstance(pair, Reject):
                self.rejected += 1
                cli.tell(pair.told(self.pairs.name, self.pairs.unit))
                continue
            self.shown += 1
            yield row.place, *pair

    def _documents(self, row: Row) -> tuple[Record, Record] | Reject:
        try:
            doc_1, doc_2 = self.pairs.documents(self.pairs.shape.pair(row.raw))
        except RowError as reason:
            return row.rejected(reason)
        if is_empty(doc_1) or is_empty(doc_2):
            return row.rejected("one of its records has no content")
        return doc_1, doc_2

    def tell(self, note: Note) -> None:
        """What was shown and what was left out. Raises InputError for a number that is not there."""
        others = sum(1 for _ in self.pairs.rows)
        self._last += others
        left = f"; {others:,} were left out: choose with --case N" if others and not self.numbers else ""
        note(f"{counted(self.shown, 'pair')} explained, {self.rejected:,} rejected{left}")
        if missing := sorted(number for number in self.numbers if not 1 <= number <= self._last):
            numbers = ", ".join(map(str, missing))
            raise InputError(f"{self.pairs.name}: there is no pair {numbers}: the last is {self._last:,}")


if __name__ == "__main__":
    raise SystemExit(main())
