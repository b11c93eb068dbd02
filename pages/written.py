"""The report's page as a file: whether it can be made and written, asked before there is a model; and written."""

from collections.abc import Sequence
from pathlib import Path

from papertwin.data.cases import Judged
from papertwin.data.files.atomic import Output, check_output
from papertwin.models import Model
from papertwin.pages import render
from papertwin.pages.contents import page


def check(path: str | Path, force: bool, made_later: bool = False) -> None:
    """Raises InputError where a page cannot be made, or not be written to `path`; its folder may be `made_later`."""
    render.check()
    if not made_later or Path(path).exists():
        check_output(path, force)


def write(path: str | Path, model: Model, judged: Sequence[Judged], force: bool) -> None:
    """Write a model's page, with the user's cases where there are some. Raises PapertwinError."""
    content = page(model, judged).encode()
    with Output(path, force) as output:
        output.stream.write(content)
