"""What can go wrong, as sentences for the user."""


class PapertwinError(Exception):
    """A failure that the user is told in one sentence; `exit_code` is the command's."""

    exit_code = 1


class InputError(PapertwinError):
    """Wrong use, an unreadable or empty file, refused training data, an existing output."""

    exit_code = 2


def lacking(what: str, extra: str) -> InputError:
    """The error where a library is not installed that `what` needs, and that an extra of Papertwin brings."""
    return InputError(f'{what}, which is not installed: pip install ".[{extra}]" in the checkout of Papertwin')


class ModelError(PapertwinError):
    """A stored model that is missing, damaged, or made for other features or another version."""


class OutputError(PapertwinError):
    """A file that could not be written to its end: a full disk, a lost drive."""


class RejectedError(PapertwinError):
    """A row that cannot be read, where the user asked to stop at the first."""
