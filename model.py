"""Shows a stored model's card, and whether the model is what its card says: `papertwin model`."""

import argparse
from collections.abc import Sequence

from papertwin import arguments, cli
from papertwin.data.errors import ModelError
from papertwin.models import load
from papertwin.models.card import Card
from papertwin.models.store import read_unchecked


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with these arguments and return its exit code."""
    options = parser().parse_args(argv)
    return cli.run(lambda: model(options))


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = arguments.Parser(
        prog="papertwin model",
        usage="papertwin model [work|record|DIR] [--json]",
        description=(
            "papertwin model my_model\n\n"
            "Shows the card of a stored model as Markdown, and verifies the model: that model.onnx is the file that\n"
            "the card describes, that its features are computed as they were in training, and that it answers as it\n"
            "did then."
        ),
        epilog="exit codes: 0 shown and verified, 1 the model does not hold what its card says, 2 there is none",
    )
    arguments.add_model_argument(made)
    made.add_argument("--json", action="store_true", help="print the card as the JSON that it is")
    return made


def model(options: argparse.Namespace) -> int:
    """Print the card, and whether it is true. Raises PapertwinError where it is not, or cannot be read."""
    try:
        loaded = load(options.model)
    except ModelError:
        card = read_unchecked(options.model)
        if card is not None:
            show(card, options.json)
        raise
    show(loaded.card, options.json)
    tests = len(loaded.card.computed.selftest.probabilities) if loaded.card.computed else 0
    cli.tell(
        f"{loaded.signature} is verified: model.onnx has the sha256 of its card, the features their "
        f"fingerprint, and {tests} self-test pairs the probabilities that they had"
    )
    return 0


def show(card: Card, as_json: bool) -> None:
    """Print a card, for people or as it is stored."""
    print(card.json() if as_json else card.markdown(), end="")


if __name__ == "__main__":
    raise SystemExit(main())
