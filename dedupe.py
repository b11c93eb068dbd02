"""Record files in, works out: `papertwin dedupe`, or `python dedupe.py`."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from papertwin import arguments, cli
from papertwin.data.errors import InputError
from papertwin.data.files.atomic import Output
from papertwin.data.files.rows import encode
from papertwin.data.files.streams import STANDARD
from papertwin.data.forms import suffix_of
from papertwin.data.output import (
    CITATION_FORMS,
    FORMS,
    RECORD_FORMS,
    Planned,
    RecordOutput,
    RejectOutput,
    RowOutput,
    check_files,
    refusal,
    rejects_path,
)
from papertwin.data.wording import counted
from papertwin.works.merging import KEEP, TIES

if TYPE_CHECKING:
    from papertwin.models import Model
    from papertwin.works.counts import Counts
    from papertwin.works.outcome import Outcome


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: split(options) if options.split else dedupe(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin dedupe",
        usage="papertwin dedupe FILES... [-o WORKS] [options]",
        description=(
            "papertwin dedupe scopus.csv openalex.jsonl -o works.jsonl --removed removed.csv --review doubtful.json\n"
            "papertwin dedupe --split works.jsonl -o records.jsonl\n\n"
            "Reads files of records and writes each work once: the fields of the kept record, filled from the others,\n"
            "with every record of the work under versions. Nothing is lost, and --split undoes it.\n"
            "Pairs are merged at a probability of 0.6 or more, 0.7 where the records contradict each other, and in\n"
            "files of 100 records or more 0.2 where neither has another candidate. A record without a title is merged\n"
            "only where something else names the work: an identifier or address, the abstract, or journal and volume\n"
            "with the first page, or with issue and authors. --review lists the merged pairs that are doubtful, and\n"
            "the doubtful pairs that were kept apart."
        ),
    )
    made.add_argument("files", nargs="+", metavar="FILES", help="files of records; - is standard input")
    arguments.add_output_option(made, "works", RECORD_FORMS)
    made.add_argument(
        "--keep",
        choices=tuple(KEEP),
        default=next(iter(KEEP)),
        help="which record of a work is kept (default: %(default)s): "
        + "; ".join(f"{rule}, {what}" for rule, what in KEEP.items())
        + f"; {TIES}",
    )
    made.add_argument(
        "--labels",
        action="append",
        metavar="FILE",
        help="labelled cases, as review writes them, or pairs of ids, which are followed; give it once for each file",
    )
    made.add_argument("--review", metavar="FILE", help="where the doubtful pairs go, as cases for review")
    made.add_argument(
        "--removed", metavar="FILE", help="where the removed records are listed, each with the kept one and the reasons"
    )
    made.add_argument("--counts", metavar="FILE", help="where the counts go, as JSON")
    made.add_argument("--report", metavar="FILE", help="where the counts go, as a table in Markdown")
    made.add_argument(
        "--against",
        metavar="WORKS",
        help="a file of works that the records are added to, by its convention; its works are not compared among "
        "themselves, and only labels make two of them one, or take a record out of one",
    )
    made.add_argument(
        "--new", metavar="FILE", help="with --against: where the new works go alone, in any form that -o may have"
    )
    made.add_argument(
        "--plain",
        action="store_true",
        help="RIS and BibTeX without the versions, which reference managers show as a note on every item: such a file "
        "cannot be split again, and --against knows nothing but the kept records from it",
    )
    made.add_argument("--split", action="store_true", help="FILES are works: write the records that they are made of")
    arguments.add_rejects_options(made)
    arguments.add_common_options(
        made,
        "that of the works of --against, else record where RIS or another export for reviewers is read, else work: "
        "docs/formats.md",
    )
    return made


def dedupe(options: argparse.Namespace) -> int:
    """Find the works of the files; 0, or 3 where rows were rejected. Raises PapertwinError."""
    note = cli.note_of(options)
    reject_path = check(options)
    from papertwin.works.choice import chosen_model
    from papertwin.works.finding import Request, find_works, shelf_beside
    from papertwin.works.outcome import Outcome
    from papertwin.works.remarks import remarks

    request = Request(
        options.files,
        lambda taken: chosen_model(options.model, options.threshold, taken, options.against, note, cli.tell),
        options.jobs,
        options.against,
        options.labels or (),
    )
    with shelf_beside(options.output, request, cli.tell) as shelf, ExitStack() as outputs:
        with cli.held_back() as later:
            found = find_works(request, shelf, later(note))
        rejected = [(name, reject) for name, rejects in found.taken.rejects.items() for reject in rejects]
        if options.strict and rejected:
            name, first = rejected[0]
            raise refusal(first, name, found.taken.unit(name))
        outcome = Outcome(shelf, found, options.keep)
        for remark in remarks(found, outcome):
            (cli.tell if remark.warns else note)(remark.text)
        counts = outcome.counts(options.against is not None)
        rejects = outputs.enter_context(RejectOutput(reject_path, cli.tell))
        for name, those in found.taken.rejects.items():
            rejects.write(those, name, found.taken.unit(name))
        write_works(outputs, outcome, options)
        write_counts(outputs, counts, found.comparer.model, options)
    if not options.quiet:
        print(*counts.lines(), sep="\n", file=sys.stderr)
    if counts.doubtful and not options.review:
        note("add --review FILE to have the doubtful pairs written, for a person to label, and --labels to follow that")
    if rejected:
        cli.tell(f"{counted(len(rejected), 'row')} could not be read{rejects.beside}")
    return cli.REJECTS if rejected else 0


def check(options: argparse.Namespace) -> Path | None:
    """Whatever can be wrong with the outputs, before anything that takes time; where rejects go. Raises InputError."""
    if options.new is not None and options.against is None:
        raise InputError("--new: without --against all works are new: leave it out, or name the existing works")
    works = [options.output, options.new]
    if options.plain and not any(path is not None and suffix_of(path) in CITATION_FORMS for path in works):
        raise InputError("--plain is for works in RIS or BibTeX, and these go elsewhere: leave it out")
    if options.removed is not None and suffix_of(options.removed) in CITATION_FORMS:
        raise InputError(f"{options.removed}: ids and reasons go there, not references: give the file the suffix .csv")
    reject_path = rejects_path(options.output, options.rejects)
    outputs: list[Planned] = [
        (options.output or STANDARD, RECORD_FORMS),
        (options.new, RECORD_FORMS),
        (options.review, FORMS),
        (options.removed, {suffix: form for suffix, form in RECORD_FORMS.items() if suffix not in CITATION_FORMS}),
        (options.counts, None),
        (options.report, None),
        (reject_path, None),
    ]
    check_files(outputs, [*options.files, options.against, *(options.labels or ())], options.force)
    for path, form, suffixes in ((options.counts, "JSON", (".json",)), (options.report, "Markdown", (".md", ".txt"))):
        if path is not None and suffix_of(path) not in {"", *suffixes}:
            raise InputError(f"{path}: {form} goes there: give the file the suffix {suffixes[0]}")
    return reject_path


def write_works(outputs: ExitStack, outcome: "Outcome", options: argparse.Namespace) -> None:
    """The works, the new ones, the doubtful pairs and the removed records, where they are asked for."""
    from papertwin.works.doubtful import COLUMNS
    from papertwin.works.outcome import REMOVED

    against = options.against is not None
    columns = outcome.columns(against)
    output = RecordOutput(options.output, options.force, columns, options.plain)
    write_rows(outputs, output, outcome.works(against))
    if options.new:
        output = RecordOutput(options.new, options.force, columns, options.plain)
        write_rows(outputs, output, outcome.works(against, only_new=True))
    if options.review:
        write_rows(outputs, RowOutput(options.review, options.force, columns=COLUMNS), outcome.doubtful())
    if options.removed:
        write_rows(outputs, RecordOutput(options.removed, options.force, REMOVED), outcome.removed())


def write_rows(outputs: ExitStack, output: RowOutput, rows: Iterable[bytes]) -> None:
    """These rows to an output, which appears with all others when `outputs` is closed."""
    outputs.enter_context(output)
    output.write(rows)
    output.finish()


def write_counts(outputs: ExitStack, counts: "Counts", model: "Model", options: argparse.Namespace) -> None:
    """The counts as JSON and as Markdown, where they are asked for; `model` has decided."""
    from importlib.metadata import version

    decided = f"Papertwin {version('papertwin')}, model {model.signature}, convention {model.convention}"
    if options.counts:
        outputs.enter_context(Output(options.counts, options.force)).stream.write(encode(asdict(counts)) + b"\n")
    if options.report:
        outputs.enter_context(Output(options.report, options.force)).stream.write(counts.report(decided).encode())


def split(options: argparse.Namespace) -> int:
    """Write the records that the works of the files are made of. Raises PapertwinError."""
    note = cli.note_of(options)
    arguments.check_used(options, parser(), {"split", "files", "output", "force", "quiet"}, "--split")
    from papertwin.works.splitting import records_of

    check_files([(options.output or STANDARD, RECORD_FORMS)], options.files, options.force)
    records = records_of(options.files, note)
    with ExitStack() as outputs:
        write_rows(outputs, RecordOutput(options.output, options.force), (version.raw for version in records))
    note(counted(len(records), "record"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
