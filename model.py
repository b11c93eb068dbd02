"""A stored model's card to read, and whether the model is what its card says: `papertwin model`."""

import argparse
from collections.abc import Sequence

from papertwin import cli
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
    made = cli.Parser(
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
    cli.add_model_argument(made)
    made.add_argument("--json", action="store_true", help="print the card as the JSON that it is")
    return made


def model(options: argparse.Namespace) -> int:
    """Print the card, and whether it is true. Raises PapertwinError where it is not, or cannot be read."""
    try:
        loaded = load(options.model)
    except ModelError:
        card = read_unchecked(options.model)
        if card is not None:
            print(card.json() if options.json else card.markdown())
        raise
    card = loaded.card
    print(card.json() if options.json else f"{card.markdown()}\n{_made(card)}", end="" if options.json else "\n")
    cli.tell(
        f"{loaded.signature} is verified: model.onnx has the sha256 of its card, the features their "
        f"fingerprint, and {_tests(card)} self-test pairs the probabilities that they had"
    )
    return 0


def _made(card: Card) -> str:
    """How the model was made: seed, versions, hashes."""
    computed = card.computed
    assert computed is not None  # a stored card has it
    versions = ", ".join(f"{name} {version}" for name, version in sorted(computed.versions.items()))
    sets = "\n".join(f"| {one.name} | `{one.sha256}` |" for one in card.measured.training)
    return (
        f"## How it was made\n\nSeed {computed.seed}, with {versions}.\n\n"
        f"model.onnx has the sha256 `{computed.model_sha256}`,\n"
        f"the features have the fingerprint `{computed.fingerprint}`.\n\n"
        f"| set | sha256 of its vectors and labels |\n| --- | --- |\n{sets}"
    )


def _tests(card: Card) -> int:
    return len(card.computed.selftest.probabilities) if card.computed else 0


if __name__ == "__main__":
    raise SystemExit(main())
