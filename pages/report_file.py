"""The report of a model as a file: a check before there is a model, and the writing once there is one."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from papertwin.data.cases import Judged
from papertwin.data.files.atomic import Output, check_output
from papertwin.models import Model
from papertwin.pages import render
from papertwin.pages.report_contents import page

if TYPE_CHECKING:
    from papertwin.findings import Finding


def check(path: str | Path, force: bool, made_later: bool = False) -> None:
    """Raises InputError where a report cannot be made, or cannot be written to `path`.

    `made_later` says that the folder of the path is made by the command, and need not be there yet.
    """
    render.check()
    render.check_name(path)
    if not made_later or Path(path).exists():
        check_output(path, force)


def write(
    path: str | Path, model: Model, force: bool, judged: Sequence[Judged] = (), doubted: "Sequence[Finding]" = ()
) -> None:
    """Write the report of a model, with the user's cases where there are some. Raises PapertwinError."""
    content = page(model, judged, doubted).encode()
    with Output(path, force) as output:
        output.stream.write(content)
