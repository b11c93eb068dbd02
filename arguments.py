"""The arguments that commands share: what they mean everywhere, what their values may be, and what they name.

Nothing heavy is imported here: `papertwin COMMAND --help` answers at once.
"""

import argparse
import os
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast

from papertwin import cli
from papertwin.data.conventions import BASES, WORK
from papertwin.data.errors import InputError

if TYPE_CHECKING:
    from papertwin.data.files.streams import Note
    from papertwin.data.pairs import PairFile, ReadRecords
    from papertwin.models import Model

LAST_SEED = (1 << 32) - 1  # of those that numpy and scikit-learn take


class Parser(argparse.ArgumentParser):
    """The arguments of a command.

    An option that takes one value may be given only once: argparse would drop the first value in silence. --help prints
    the description as it is written, and the exit codes after the options, or else the `epilog`.
    """

    def __init__(self, epilog: str = cli.EXIT_CODES, **named: Any) -> None:
        super().__init__(epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter, **named)
        self.register("action", None, _Once)
        self.given: set[str] = set()  # the options and arguments that have a value by now

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.given = set()
        return super().parse_known_args(args, namespace)


class _Once(argparse.Action):
    """Stores a value, and refuses a second one."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        given = cast(Parser, parser).given
        if option is not None and self.dest in given:
            parser.error(f"{option} is given twice, and takes one value: leave one out")
        given.add(self.dest)
        setattr(namespace, self.dest, values)


def add_model_option(parser: argparse.ArgumentParser, by_input: str = "", compares: bool = False) -> None:
    """The option of every command that uses a model: --model; `by_input` says in words how the input chooses one.

    A command that `compares` models takes two.
    """
    if compares:
        parser.add_argument(
            "--model",
            action="append",
            metavar="work|record|DIR",
            help=f"a model to judge (default: {WORK}); twice, to compare two",
        )
        return
    parser.add_argument(
        "--model",
        default=None if by_input else WORK,
        metavar="work|record|DIR",
        help="the model: work counts versions of one work as duplicates, record does not; or a folder written by train "
        f"(default: {by_input or WORK})",
    )


def add_threshold_option(parser: argparse.ArgumentParser) -> None:
    """The option of every command that scores: --threshold."""
    parser.add_argument(
        "--threshold",
        type=probability,
        metavar="T",
        help="call a pair DUPLICATES from this probability on (0 to 1); nothing is left to REVIEW",
    )


def add_model_argument(parser: argparse.ArgumentParser) -> None:
    """The argument of every command that is about one model."""
    parser.add_argument(
        "model", nargs="?", default=WORK, metavar="work|record|DIR", help="the model (default: %(default)s)"
    )


def add_records_option(parser: argparse.ArgumentParser) -> None:
    """The option of every command that reads pairs: --records, once for each file."""
    parser.add_argument(
        "--records",
        action="append",
        metavar="FILE",
        help="a file of records that pairs of ids name: RIS, BibTeX, CSV, JSON ... (see README.md); once for each "
        "file; of two that share ids the first has the left records, the second the right ones",
    )


def add_case_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of every command that reads labelled cases."""
    parser.add_argument(
        "cases", nargs="+", metavar="CASES", help="files of labelled cases, in any form that predict reads"
    )
    add_records_option(parser)


def cases_read(options: argparse.Namespace) -> list[str]:
    """The files that those arguments name."""
    return [*options.cases, *(options.records or ())]


def pairs_read(options: argparse.Namespace) -> list[str]:
    """The files that PAIRS and --records name."""
    return [options.pairs, *(options.records or ())]


def pairs_and_model(options: argparse.Namespace, note: "Note", read: "ReadRecords") -> "tuple[PairFile, Model]":
    """The pairs of PAIRS, and the model of --model, or else of the convention that they name, at --threshold.

    `read` reads the files of --records. Notes on the pairs come after the one that names the model.
    """
    from papertwin.data.pairs import open_pairs
    from papertwin.models import load

    model = load(options.model) if options.model else None  # a wrong one is told before anything is read
    with cli.held_back() as later:
        pairs = open_pairs(options.pairs, options.records, later(note), read, later(cli.tell))
        said = None if model else pairs.convention()
        model = model or load(said or WORK)
        note(f"{model.told}, as in {pairs.name}" if said else model.told)
    return pairs, model.at(options.threshold)


def add_jobs_option(parser: argparse.ArgumentParser, what: str) -> None:
    """The option of every command that shares its work: --jobs; `what` the processes do."""
    parser.add_argument(
        "--jobs",
        type=positive,
        default=cores(),
        metavar="N",
        help=f"how many processes {what} (default: one for each core, here %(default)s)",
    )


def add_base_option(parser: argparse.ArgumentParser, what: str) -> None:
    """The option of every command that fits models: --base; `what` happens with the shipped pairs, in words."""
    parser.add_argument(
        "--base",
        choices=BASES,
        default=WORK,
        help=f"the shipped pairs that {what}, and what counts as a duplicate (default: %(default)s)",
    )


def add_seed_option(parser: argparse.ArgumentParser) -> None:
    """The option of every command that draws by chance: --seed."""
    parser.add_argument(
        "--seed",
        type=seed,
        default=0,
        metavar="N",
        help="the seed of everything drawn by chance (default: %(default)s)",
    )


def add_output_option(parser: argparse.ArgumentParser, what: str, forms: Collection[str]) -> None:
    """The option of every command that writes rows: --output; `what` goes there, in words, and in which `forms`."""
    readable = "; .txt is a table to read" if ".txt" in forms else ""
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=f"where the {what} go, in the form of the suffix: {', '.join(forms)}{readable} (default: standard output)",
    )


def add_rejects_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that writes rows: what becomes of those that cannot be read."""
    parser.add_argument(
        "--rejects", metavar="FILE", help="where the rows that cannot be read go (default: OUTPUT.rejected.jsonl)"
    )
    parser.add_argument(
        "--strict", action="store_true", help="write nothing if a row cannot be read, and name the first such row"
    )


def add_common_options(
    parser: argparse.ArgumentParser, by_input: str = "", compares: bool = False, replaces: str | None = "output"
) -> None:
    """The options of every command that scores: --model, --threshold, --jobs, --force, --quiet.

    `by_input` and `compares` are those of --model; without what it `replaces`, a command writes no file: no --force.
    """
    add_model_option(parser, by_input, compares)
    add_threshold_option(parser)
    add_jobs_option(parser, "score; the answers do not depend on it")
    if replaces is not None:
        add_force_option(parser, replaces)
    add_quiet_option(parser)


def add_force_option(parser: argparse.ArgumentParser, what: str = "output") -> None:
    """The option of every command that writes files: --force; `what` it replaces, in words."""
    parser.add_argument("--force", action="store_true", help=f"replace an existing {what}")


def add_quiet_option(parser: argparse.ArgumentParser) -> None:
    """The option of every command that tells notes: --quiet."""
    parser.add_argument(
        "--quiet",
        action="store_true",
        help="no notes and no progress on standard error; errors, warnings and rows that cannot be read are told",
    )


def probability(text: str) -> float:
    """An option's value from 0 to 1."""
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value


def positive(text: str) -> int:
    """An option's value, a whole number of 1 or more."""
    value = int(text) if text.isdecimal() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return value


def seed(text: str) -> int:
    """An option's value, a whole number up to LAST_SEED."""
    value = int(text) if text.isdecimal() else -1
    if not 0 <= value <= LAST_SEED:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to {LAST_SEED}")
    return value


def port(text: str) -> int:
    """The number of a port, 0 for any that is free."""
    value = int(text)
    if not 0 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 65535")
    return value


def check_used(options: argparse.Namespace, made: argparse.ArgumentParser, used: Collection[str], by: str) -> None:
    """Raises InputError for an option that is given but not among those `used`; `by` names what uses no others."""
    for name, value in vars(options).items():
        if name not in used and value != made.get_default(name):
            raise InputError(f"--{name}: {by} makes no use of it: leave it out")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
