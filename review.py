"""Doubtful pairs in, a page for a person, labelled cases out: `papertwin review`, or `python review.py`."""

import argparse
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from papertwin import arguments, cli
from papertwin.data.cases import read_cases
from papertwin.data.conventions import BASES, NO_BASE, WORK, check_convention, convention_told
from papertwin.data.errors import InputError
from papertwin.data.files.atomic import Output
from papertwin.data.files.streams import STANDARD, Note
from papertwin.data.output import check_apart, check_files
from papertwin.data.wording import counted
from papertwin.models import load
from papertwin.pages.journal import Journal
from papertwin.pages.pairs import asked_by, pairs_of
from papertwin.pages.queue import ORDERS
from papertwin.pages.refits import Refits
from papertwin.pages.render import check_name
from papertwin.pages.scored import Scored
from papertwin.pages.session import Session

EVERY = 25  # decisions between refits
EXIT_CODES = (
    "exit codes: 0 done, as when Ctrl-C or a signal ends the server, 1 failure, 2 wrong use, unreadable or refused\n"
    f"input, {cli.REJECTS} done with rejects; before the page is served, {cli.INTERRUPTED} interrupted, "
    f"{cli.TERMINATED} terminated"
)
MANY = 3000  # pairs of a page in one file, which has some 4 kB for each


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: review(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin review",
        usage="papertwin review SCORED [--labels FILE.jsonl] [--order doubtful|suspects|file] [options]",
        description=(
            "papertwin review scored.json --labels labels.jsonl\n"
            "papertwin review scored.json --static review.html\n\n"
            "Serves a page on this machine, for this machine alone, where a person decides pair by pair, and prints\n"
            "its address. Each decision is on disk before the page says that it is saved, in a case file that\n"
            "papertwin train reads. SCORED is any form that predict reads or writes."
        ),
        epilog=EXIT_CODES,
    )
    made.add_argument("pairs", metavar="SCORED", help="the file of pairs, scored or not")
    arguments.add_records_option(made)
    made.add_argument(
        "--labels",
        metavar="FILE.jsonl",
        help="where decisions are added; what is there already counts (default: SCORED.labels.jsonl beside SCORED)",
    )
    made.add_argument("--labeller", default="", metavar="NAME", help="who decides, written with every decision")
    made.add_argument(
        "--order",
        choices=ORDERS,
        default=ORDERS[0],
        help="doubtful: closest to the threshold first, unlike ones mixed (default); suspects: labels that are "
        "probably wrong first, in a file made by papertwin check; file: as they come",
    )
    made.add_argument("--most", type=arguments.positive, metavar="N", help="show only the first N pairs of that order")
    made.add_argument(
        "--refit",
        type=int,
        default=EVERY,
        metavar="N",
        help="after every N decisions let the model learn from them, in the background, and reorder what is left "
        "(default: %(default)s; 0: only when asked on the page)",
    )
    made.add_argument(
        "--base",
        choices=BASES,
        help="the shipped pairs that a refit adds your decisions to (default: by the model's convention)",
    )
    made.add_argument(
        "--port", type=arguments.port, default=0, metavar="N", help="where to listen (default: any free port)"
    )
    made.add_argument(
        "--static", metavar="OUT.html", help="write the page as one file instead, to use without a server"
    )
    arguments.add_common_options(
        made, "by the convention that SCORED names, as dedupe and predict write it, else work", replaces="OUT.html"
    )
    return made


def review(options: argparse.Namespace) -> int:
    """Read, score, and serve the page or write it. Raises PapertwinError."""
    note = cli.note_of(options)
    if options.static:
        arguments.check_used(options, parser(), vars(options).keys() - {"refit", "base", "port"}, "--static")
    check_files([(options.static, None)], arguments.pairs_read(options), options.force)
    check_apart(filter(None, [options.static]), filter(None, [options.labels]))
    if options.static:
        check_name(options.static)
    path = Path(options.pairs)
    empty = path.is_file() and not path.stat().st_size
    with cli.held_back() as later:
        found = None if empty else read_cases(options.pairs, options.records, note=later(note), tell=later(cli.tell))
        if found is None or not (len(found) or found.rejects):  # what dedupe writes where nothing was doubtful
            cli.tell(f"{options.pairs}: there is nothing to decide: it has no pairs")
            return 0
        asked = asked_by(found)
        options.model = options.model or asked or WORK
        model = load(options.model).at(options.threshold)
        note(f"model {model.signature}: you decide by {convention_told(model.convention)}")
    if asked not in {None, model.convention}:
        theirs = convention_told(str(asked))
        cli.tell(f"{found.name}: its pairs come from {theirs}, and are asked by the other because of --model")
    if options.base not in {None, NO_BASE, model.convention}:
        raise InputError(f"--base {options.base}: you decide by {convention_told(model.convention)}: leave --base out")
    for sentence in found.rejections():
        cli.tell(sentence)
    pairs = pairs_of(found, model, note, options.jobs)
    scored = Scored(pairs, model, options.order)
    if options.most and options.most < len(pairs):
        note(f"{pairs.name}: the first {options.most:,} of {len(pairs):,} pairs are shown, because of --most")
        scored = Scored(pairs.at(np.sort(scored.order[: options.most])), model, options.order)
    labels = Path(options.labels or labels_beside(options.pairs))
    code = (write if options.static else serve)(scored, options, labels, note)
    return code or (cli.REJECTS if found.rejects else 0)


def labels_beside(pairs: str) -> str:
    """Where decisions on a file are added if nobody says: scored.json -> scored.labels.jsonl."""
    path = Path(pairs)
    if pairs == STANDARD:
        return "labels.jsonl"
    return str(path.with_name(path.name.removesuffix(".gz").rsplit(".", 1)[0] + ".labels.jsonl"))


def write(scored: Scored, options: argparse.Namespace, labels: Path, note: Note) -> int:
    """Write the page as one file."""
    from papertwin.pages.static import page

    many = counted(len(scored.pairs), "pair")
    if len(scored.pairs) > MANY:
        note(f"{options.static}: {many} make a page that is slow to write and to open: --most N keeps the first N")
    # Decisions on the page do not go there: it is opened for reading alone.
    journal = read_journal(labels, scored, options, note, adding=False) if labels.exists() else None
    if journal:
        decided = len(journal.latest().keys() & set(scored.pairs.keys))
        note(f"{labels}: its decisions count, on {decided:,} of {many}")
    with Output(options.static, options.force) as output:
        output.stream.write(page(scored, labels.name, options.labeller, journal, options.jobs).encode())
    note(f"{options.static}: {many}; open it in a browser, and save the case file from there")
    return 0


def read_journal(labels: Path, scored: Scored, options: argparse.Namespace, note: Note, *, adding: bool) -> Journal:
    """The file of decisions. Raises InputError as Journal does, and for labels of the other convention."""
    journal = Journal(labels, options.labeller, note, adding=adding)
    for decided in journal.labelled():
        check_convention(
            str(labels), decided, scored.model.convention, "name another file by --labels, or give --model {}"
        )
    return journal


def serve(scored: Scored, options: argparse.Namespace, labels: Path, note: Note) -> int:
    """Serve the page until interrupted."""
    from papertwin.pages.server import Server

    if options.refit < 0:
        raise InputError(f"--refit {options.refit}: give a number of decisions, or 0 for no automatic refit")
    journal = read_journal(labels, scored, options, note, adding=True)
    refits = Refits(options.model, options.base or scored.model.convention, options.refit, options.threshold)
    session = Session(scored, options.order, journal, refits, note)
    try:
        server = Server(session, options.port)
        many = counted(len(scored.pairs), "pair")
        note(f"{many} to decide, decisions go to {labels}; open this address, and press Ctrl-C to end:")
        with suppress(KeyboardInterrupt, SystemExit):  # so a person ends it, the server as the moment before it
            print(server.address, flush=True)
            server.run()
    finally:
        session.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
