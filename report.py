"""All that is known of a model as one HTML page: `papertwin report`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from papertwin import cli
from papertwin.data.cases import Judged
from papertwin.data.files import Output, check_output
from papertwin.models import Model, load


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: report(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(
        prog="papertwin report",
        usage="papertwin report [work|record|DIR] [--output FILE.html]",
        description=(
            "papertwin report my_model --output report.html\n\n"
            "Writes what is known of a model as one page that needs no network: what it learned from, curves,\n"
            "thresholds and what they cost, importances, metrics by set, the hard cases that it gets wrong, versions.\n"
            "(papertwin train --report shows your own cases, too.) Needs the extra report."
        ),
        epilog="exit codes: 0 done, 1 failure, 2 wrong use or no such model, 130 interrupted",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "model", nargs="?", default="work", metavar="work|record|DIR", help="the model (default: %(default)s)"
    )
    made.add_argument(
        "--output", "-o", default="report.html", metavar="FILE", help="the page, or - (default: %(default)s)"
    )
    made.add_argument("--force", action="store_true", help="replace an existing page")
    made.add_argument("--quiet", action="store_true", help="no notes on standard error")
    return made


def report(options: argparse.Namespace) -> int:
    """Load the model and write its page. Raises PapertwinError."""
    check(options.output, options.force)
    write(options.output, load(options.model), (), options.force)
    if not options.quiet:
        cli.tell(f"{options.output}: the report is written, open it in a browser")
    return 0


def check(path: str | Path, force: bool, made_later: bool = False) -> None:
    """Raises InputError where a page cannot be made, or not be written to `path`; its folder may be `made_later`."""
    from papertwin.pages import render

    render.check()
    if not made_later or Path(path).exists():
        check_output(path, force)


def write(path: str | Path, model: Model, judged: Sequence[Judged], force: bool) -> None:
    """Write a model's page, with the user's cases where there are some. Raises PapertwinError."""
    from papertwin.pages.contents import page

    content = page(model, judged).encode()
    with Output(path, force) as output:
        output.stream.write(content)


if __name__ == "__main__":
    raise SystemExit(main())
