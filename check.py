"""Labelled cases in, the likely wrong labels among them out: `papertwin check`."""

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from papertwin import arguments, cli
from papertwin.data.conventions import CONVENTION, NO_BASE, agreed_convention, convention_of_base
from papertwin.data.files.layouts import PROBLEM, SUSPICION
from papertwin.data.files.streams import STANDARD
from papertwin.data.output import FORMS, RowOutput, check_files
from papertwin.data.wording import counted

if TYPE_CHECKING:
    from papertwin.data.files.layouts import Layout
    from papertwin.findings import Finding


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: check(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin check",
        usage="papertwin check CASES... [-o FILE] [options]",
        description=(
            "papertwin check my_cases.json -o suspects.json\n"
            "papertwin check train.json test.json -o suspects.csv\n\n"
            "Finds labels that are likely wrong, by models that have not seen the case's works; cases that contradict\n"
            "each other; cases that are there twice; and pairs or records that two of the files share. They are\n"
            "written as a case file, the most suspicious first, with suspicion (0 to 1, the probability that the\n"
            "label is wrong) and problem (why), to be reviewed and corrected."
        ),
    )
    arguments.add_case_arguments(made)
    arguments.add_base_option(made, "the models learn from beside your cases")
    arguments.add_output_option(made, "suspects", FORMS)
    made.add_argument("--all", action="store_true", help="write the cases without a problem too, behind the others")
    arguments.add_seed_option(made)
    arguments.add_jobs_option(made, "fit")
    arguments.add_force_option(made)
    arguments.add_quiet_option(made)
    return made


def check(options: argparse.Namespace) -> int:
    """Read, judge, write, sum up. Raises PapertwinError."""
    note = cli.note_of(options)
    check_files([(options.output or STANDARD, FORMS)], arguments.cases_read(options), options.force)
    # After the arguments are known to be good: these imports take seconds.
    from papertwin import checking
    from papertwin.training import base_told, read_all, turned_round

    note(base_told(options.base))
    convention = convention_of_base(options.base)
    cases, rejected = read_all(options.cases, options.records, convention, note, cli.tell)
    agreed_convention(cases, None if options.base == NO_BASE else convention, "add --base {}")
    if turned := turned_round(cases, convention):
        cli.tell(turned)
    findings = checking.check(cases, options.base, options.seed, options.jobs)
    with RowOutput(options.output, options.force) as output:
        output.write(_rows(findings, options.base, options.all, output.writer.layout))
        output.finish()
    note(summary(findings))
    return cli.REJECTS if rejected else 0


def _rows(findings: "Sequence[Finding]", base: str, everything: bool, layout: "Layout") -> "Iterator[bytes]":
    """The cases with a problem, by the convention by which they have it, and where it is asked for the others."""
    for finding in findings:
        if everything or finding.problems:
            added = {SUSPICION: round(finding.suspicion, 6), PROBLEM: finding.problem}
            named = {CONVENTION: base} if finding.problems and base != NO_BASE else {}
            yield finding.case.laid_out(layout, added | named)


def summary(findings: "Sequence[Finding]") -> str:
    """How many cases have a problem, and of which kinds."""
    from papertwin.findings import KINDS

    counts = {kind: sum(kind in finding.kinds for finding in findings) for kind in KINDS}
    told = ", ".join(f"{count:,} {KINDS[kind]}" for kind, count in counts.items() if count)
    suspects = sum(bool(finding.problems) for finding in findings)
    have = "has" if suspects == 1 else "have"
    return f"{suspects:,} of {counted(len(findings), 'case')} {have} a problem" + (f": {told}" if told else "")


if __name__ == "__main__":
    raise SystemExit(main())
