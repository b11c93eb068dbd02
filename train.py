"""Labelled cases in, a model folder out: `papertwin train`, or `python train.py`."""

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from papertwin import arguments, cli
from papertwin.data.cases import once
from papertwin.data.conventions import NO_BASE, convention_of_base
from papertwin.data.files.streams import STANDARD
from papertwin.data.output import check_apart
from papertwin.data.wording import counted

PAGE = "report.html"  # in the model folder, unless --report names another file


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: train(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin train",
        usage="papertwin train CASES... [--base work|record|none] [--output DIR] [--report [FILE]] [options]",
        description=(
            "papertwin train my_cases.json --output my_model\n"
            "papertwin predict pairs.csv --model my_model\n\n"
            "Learns from your labelled cases together with the pairs that the shipped models learned from (--base\n"
            "work or record, by what you call a duplicate), or from yours alone (--base none). How much a case of\n"
            "yours counts beside a base is chosen by cross-validation, and one whose label may be wrong, as papertwin\n"
            "check has it, counts less there; the verdict says whether the new model is better than the old one, on\n"
            "your cases, without such labels and with them, and on the base's, and what both leave for review."
        ),
    )
    arguments.add_case_arguments(made)
    arguments.add_base_option(made, "your cases are added to")
    made.add_argument(
        "--output", "-o", default="papertwin-model", metavar="DIR", help="the model folder (default: %(default)s)"
    )
    made.add_argument(
        "--report",
        nargs="?",
        const="",
        metavar="FILE",
        help="also write what is known of the model as an HTML page, with the cases of yours that it gets wrong "
        "(default: report.html in the model folder; needs the extra report)",
    )
    arguments.add_seed_option(made)
    arguments.add_jobs_option(made, "fit; the model does not depend on it")
    arguments.add_force_option(made, "model folder")
    arguments.add_quiet_option(made)
    return made


def train(options: argparse.Namespace) -> int:
    """Read, check, fit, report, store. Raises PapertwinError."""
    note = cli.note_of(options)
    folder = Path(options.output)
    page = None if options.report is None else Path(options.report or folder / PAGE)
    check_outputs(options, folder, page)
    # After the arguments are known to be good: these imports take seconds.
    from papertwin import training
    from papertwin.models.training_text import report_beside, report_of, verdict
    from papertwin.pages import report_file

    note(training.base_told(options.base))
    convention = convention_of_base(options.base)
    read, rejected = training.read_all(options.cases, options.records, convention, note, cli.tell)
    cases = once(read)
    if again := len(read) - len(cases):
        note(f"{counted(again, 'case')} left out: others say the same of the same two records")
    training.check_learnable(cases, options.base)  # nothing is announced that is then refused
    if turned := training.turned_round(cases, convention):
        cli.tell(turned)
    if options.base != NO_BASE:
        note("learning from them and the shipped pairs, which takes a minute or two")
    description = described(options) + (f" {turned}." if turned else "")
    trained = training.train_and_judge(read, options.base, folder, options.seed, description, options.jobs)
    model, retrained = trained.model, trained.retrained
    if turned:
        print(turned)
    print(report_beside(retrained) if retrained else report_of(model.card))
    if page is not None:
        report_file.write(page, model, options.force, trained.judged, trained.doubted)
        print(f"the report is in {page}")
    print(f"stored in {folder} as {model.signature}: use it with --model {options.output}")
    if retrained:
        print(("If your labels are right: " if turned else "") + verdict(retrained))
    if trained.doubted:
        note(how_to_check(options, len(trained.doubted)))
    return cli.REJECTS if rejected else 0


def check_outputs(options: argparse.Namespace, folder: Path, page: Path | None) -> None:
    """Raises InputError where the model or its page cannot be written, before anything that takes time."""
    from papertwin.models.store import check_folder

    check_folder(options.output, options.force)
    if page is not None:
        from papertwin.pages import report_file

        check_apart([STANDARD, page], arguments.cases_read(options))  # the figures go to standard output
        report_file.check(page, options.force, page.parent == folder)


def how_to_check(options: argparse.Namespace, doubted: int) -> str:
    """That some labels are doubted, and the command that lists them."""
    it = "it" if doubted == 1 else "them"
    seed = f" --seed {options.seed}" if options.seed else ""
    files = shlex.join([*options.cases, *(part for file in options.records or () for part in ("--records", file))])
    return (
        f"{counted(doubted, 'label')} of yours may be wrong: papertwin check {files} --base {options.base}{seed} "
        f"lists {it}; correct what is wrong and train again"
    )


def described(options: argparse.Namespace) -> str:
    """What the card says of where the model comes from."""
    names = ", ".join(Path(case).name for case in options.cases)
    return f"Trained on {names}" + ("." if options.base == NO_BASE else f" and the shipped {options.base} pairs.")


if __name__ == "__main__":
    raise SystemExit(main())
