"""All that is known of a model as one HTML page: `papertwin report`."""

import argparse
from collections.abc import Sequence

from papertwin import arguments, cli
from papertwin.data.files.streams import STANDARD
from papertwin.models import load


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: report(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin report",
        usage="papertwin report [work|record|DIR] [--output FILE.html]",
        description=(
            "papertwin report my_model --output report.html\n\n"
            "Writes what is known of a model as one page that needs no network: what it learned from, curves,\n"
            "thresholds and what they cost, importances, metrics by set, the hard cases that it gets wrong, versions.\n"
            "(papertwin train --report shows your own cases, too.) Needs the extra report."
        ),
        epilog=cli.MODEL_EXIT_CODES,
    )
    arguments.add_model_argument(made)
    made.add_argument(
        "--output", "-o", default="report.html", metavar="FILE", help="the page, or - (default: %(default)s)"
    )
    arguments.add_force_option(made, "page")
    arguments.add_quiet_option(made)
    return made


def report(options: argparse.Namespace) -> int:
    """Load the model and write its page. Raises PapertwinError."""
    from papertwin.pages import report_file

    report_file.check(options.output, options.force)
    report_file.write(options.output, load(options.model), options.force)
    if options.output != STANDARD:
        cli.note_of(options)(f"{options.output}: the report is written, open it in a browser")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
