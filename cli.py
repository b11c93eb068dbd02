"""The papertwin command, and how each of its commands runs: its notes, its errors as sentences, its exit code.

Nothing heavy is imported here: `papertwin --help` answers at once.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from papertwin.data.errors import PapertwinError
from papertwin.data.files import closed_streams

if TYPE_CHECKING:
    from papertwin.data.files.streams import Note

COMMANDS = {  # command: what it does; each is the main() of a module of that name
    "predict": "pairs in, the probability that they are duplicates out",
    "dedupe": "record files in, works with their versions out",
    "explain": "pairs in, side by side with the reasons for their answers out",
    "train": "labelled cases in, a model folder out",
    "review": "doubtful pairs in, a page for a person, labelled cases out",
    "evaluate": "how well one or two models answer labelled cases, with intervals",
    "check": "labels that are likely wrong, contradictions, repeats and leaks",
    "model": "a stored model's card, and whether it holds what the card says",
    "importances": "how much each feature and each kind of evidence matters to a model",
    "report": "all that is known of a model as one HTML page",
}
REJECTS, INTERRUPTED, TERMINATED = 3, 130, 143  # exit codes; the first where rows could not be read
EXIT_CODES = (
    f"exit codes: 0 done, 1 failure, 2 wrong use, unreadable or refused input, {REJECTS} done with rejects, "
    f"{INTERRUPTED} interrupted,\n{TERMINATED} terminated"
)
# Those of commands that read nothing but a model.
MODEL_EXIT_CODES = (
    f"exit codes: 0 done, 1 failure, 2 wrong use or no such model, {INTERRUPTED} interrupted, {TERMINATED} terminated"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run `papertwin COMMAND ...` and return its exit code."""
    closed_streams.stand_in()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:2], "--help"]
    width = max(map(len, COMMANDS))
    parser = argparse.ArgumentParser(
        prog="papertwin",
        usage="papertwin COMMAND ...",
        description="papertwin predict cases.json\n\nTells whether two publication records describe the same work.",
        epilog="commands:\n"
        + "".join(f"  {name:<{width}}  {what}\n" for name, what in COMMANDS.items())
        + "\npapertwin COMMAND --help says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.add_argument("command", nargs="?", choices=COMMANDS, metavar="COMMAND", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments[:1])
    if options.version:
        from importlib.metadata import version

        print(f"papertwin {version('papertwin')}")
        return 0
    if options.command is None:
        parser.error("say which command: " + ", ".join(COMMANDS))
    # Importing a command takes a second, in which it can be interrupted as well.
    return run(lambda: int(import_module(f"papertwin.{options.command}").main(arguments[1:])))


def note_of(options: argparse.Namespace) -> "Note":
    """What the notes of a run are given to: `tell`, or under --quiet nobody."""
    from papertwin.data.files.streams import quiet

    return quiet if options.quiet else tell


def tell(text: str) -> None:
    """Say something on standard error, on one line; that nobody can hear it ends no run."""
    with suppress(OSError):
        print("papertwin:", " ".join(text.split()), file=sys.stderr, flush=True)


@contextmanager
def held_back() -> "Iterator[Callable[[Note], Note]]":
    """Lets notes wait for the end of the block, so that the model, which is chosen inside, is named before them.

    It gives a function that turns what notes are given to into what keeps them back.
    """
    waiting: list[tuple[Note, str]] = []
    over = False

    def later(say: "Note") -> "Note":
        return lambda text: say(text) if over else waiting.append((say, text))

    try:
        yield later
    finally:
        over = True
        for say, text in waiting:
            say(text)


def run(command: Callable[[], int]) -> int:
    """The command's exit code; what goes wrong is told in a sentence, without a traceback.

    2 for wrong use and unreadable input, 1 for other failures, 130 when interrupted, 143 when terminated; a reader of
    standard output that has seen enough ends the command quietly.
    """
    closed_streams.stand_in()
    with suppress(ValueError):  # outside the main thread there are no signals
        signal.signal(signal.SIGTERM, _terminate)  # so that temporary files go
    try:
        return command()
    except PapertwinError as error:
        tell(str(error))
        return error.exit_code
    except (KeyboardInterrupt, SystemExit) as end:
        return _stopped(end)
    except BrokenPipeError:
        return 0
    except MemoryError:
        tell("out of memory: try --jobs 1, or split the file")
        return 1
    except OSError as error:
        tell(f"{error.filename or 'the system'}: {error.strerror or error}: check the disk and try again")
        return 1
    finally:
        try:
            sys.stdout.flush()
        except OSError:  # Python would try again at its end, and fail with a message of its own
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stopped(by: KeyboardInterrupt | SystemExit) -> int:
    """The exit code of a command that a signal has stopped, which is told; argparse raises SystemExit, too."""
    if isinstance(by, SystemExit) and by.code != TERMINATED:
        raise by
    code, told = (TERMINATED, "terminated") if isinstance(by, SystemExit) else (INTERRUPTED, "interrupted")
    tell(told)
    return code


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(TERMINATED)


if __name__ == "__main__":
    raise SystemExit(main())
