"""Fills a template: a page with everything in one file, in which no value is taken for markup."""

from pathlib import Path
from typing import Any

from papertwin.data.errors import InputError, lacking
from papertwin.data.files.streams import STANDARD
from papertwin.data.wording import listed

HERE = Path(__file__).parent
SUFFIXES = (".html", ".htm")
COLOURS = "colours.css"  # of all pages
BASE = "base.css"  # typography of the reports
# What neither HTML nor UTF-8 can hold, control characters and halves of characters; a reader sees that one was there.
_CODES = (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_UNPRINTABLE = dict.fromkeys(_CODES, "\ufffd")


def check() -> None:
    """Raises InputError, which says how to install it, where the library that fills templates is missing."""
    try:
        import jinja2  # noqa: F401  only whether it is there
    except ImportError as error:
        raise lacking("a report needs jinja2", "report") from error


def check_name(path: str | Path) -> None:
    """Raises InputError where a browser would not know the file as a page; "-" is standard output."""
    if str(path) != STANDARD and Path(path).suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: the page is HTML: name a file that ends in {listed(SUFFIXES, 'or')}")


def render(template: str, styles: str, values: dict[str, Any], filters: dict[str, Any]) -> str:
    """The page that a template below pages/ makes of the values, with the colours, base.css and its own styles in it.

    Whatever is not marked as markup is escaped. Raises InputError where jinja2 is not installed.
    """
    check()
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters
    style = Markup("\n".join(HERE.joinpath(name).read_text(encoding="utf-8") for name in (COLOURS, BASE, styles)))
    return environment.get_template(template).render(values, style=style)


def _printable(value: Any) -> Any:
    return value.translate(_UNPRINTABLE) if isinstance(value, str) else value
