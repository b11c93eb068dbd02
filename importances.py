"""How much each feature and each kind of evidence matters to a model: `papertwin importances`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from papertwin import arguments, cli
from papertwin.data.errors import InputError
from papertwin.data.files.streams import STANDARD
from papertwin.data.output import check_files
from papertwin.data.wording import listed
from papertwin.models import load
from papertwin.pages.importances import plot, table

PLOTS = (".png", ".svg", ".pdf")  # the suffixes of plots


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: importances(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin importances",
        usage="papertwin importances [--model work|record|DIR] [--plot FILE.png]",
        description=(
            "papertwin importances --model record --plot importances.png\n\n"
            "By how much a model's log loss on held-out pairs grows when a feature, or all features of a group, are\n"
            "shuffled. A feature looks unimportant where others say the same: see the groups."
        ),
        epilog=cli.MODEL_EXIT_CODES,
    )
    arguments.add_model_option(made)
    made.add_argument("--plot", metavar="FILE", help=f"draw them too: {listed(PLOTS, 'or')} (needs the extra plot)")
    arguments.add_force_option(made, "plot")
    return made


def importances(options: argparse.Namespace) -> int:
    """Print the table and draw the plot. Raises PapertwinError."""
    check_files([(STANDARD, None), (options.plot, None)], (), options.force)  # the table goes to standard output
    if options.plot and Path(options.plot).suffix.lower() not in PLOTS:
        raise InputError(f"{options.plot}: a plot is a {listed(PLOTS, 'or')}: end its name in one of them")
    model = load(options.model)
    print(table(model))
    if options.plot:
        plot(model, Path(options.plot))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
