"""Labelled cases in, how well one or two models answer them out: `papertwin evaluate`."""

import argparse
import json
from collections.abc import Sequence

from papertwin import arguments, cli
from papertwin.data.conventions import WORK, agreed_convention
from papertwin.data.errors import InputError
from papertwin.data.files.streams import STANDARD
from papertwin.data.output import FORMS, RowOutput, check_files


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: evaluate(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin evaluate",
        usage="papertwin evaluate CASES... [--model A [--model B]] [-o FILE] [options]",
        description=(
            "papertwin evaluate my_cases.json --model work --model my_model -o disagreements.json\n\n"
            "Judges one or two models by labelled cases: each figure with its interval of 95 %, from 1,000 bootstrap\n"
            "draws of whole works (a pair of two works goes with one of them), and for two models the interval of the\n"
            "difference, and on how many pairs their decisions disagree."
        ),
    )
    arguments.add_case_arguments(made)
    made.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="a case file, in the form of its suffix, of the pairs on which two models disagree, or on which one "
        "disagrees with the label",
    )
    made.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments.add_seed_option(made)
    arguments.add_common_options(made, compares=True)
    return made


def evaluate(options: argparse.Namespace) -> int:
    """Read, score, judge, print; write the disagreements. Raises PapertwinError."""
    note = cli.note_of(options)
    names = options.model or [WORK]
    if len(names) > 2:
        raise InputError("--model: one or two models are judged at a time: leave the others out")
    # The figures go to standard output.
    check_files([(STANDARD, None), (options.output, FORMS)], arguments.cases_read(options), options.force)
    from papertwin import evaluating
    from papertwin.models import load
    from papertwin.training import read_all, turned_round

    models = [load(name).at(options.threshold) for name in names]
    note("; ".join(model.told for model in models))
    cases, rejected = read_all(options.cases, options.records, models[0].convention, note, cli.tell)
    agreed_convention(cases, models[0].convention, "give --model {} first")
    if contradiction := evaluating.contradicting(cases):
        cli.tell(contradiction)
    if turned := turned_round(cases, models[0].convention, options.jobs):
        cli.tell(turned)
    if len({model.convention for model in models}) == 2:
        note("the models count by two conventions; the labels are the same for both")
    for model in models:
        if evaluating.has_learned(model, cases):
            cli.tell(
                f"model {model.signature} has learned from these very cases: judge it by others, or it looks too good"
            )
    judged = evaluating.judge(cases, models, options.seed, options.jobs)
    print(json.dumps(evaluating.as_json(judged), indent=2) if options.json else evaluating.as_table(judged))
    if options.output is not None:
        with RowOutput(options.output, options.force) as output:
            output.write(evaluating.disagreements(judged, output.writer.layout))
            output.finish()
    return cli.REJECTS if rejected else 0


if __name__ == "__main__":
    raise SystemExit(main())
