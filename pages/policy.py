"""The files that the review page is made of, and its Content-Security-Policy, which says what they may do."""

from pathlib import Path

from papertwin.pages.render import COLOURS

PAGE = "review.html"
POLICY = {
    "default-src": "'none'",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",  # no text of a record can become markup, even by a mistake of ours
}


def policy(**sources: str) -> str:
    """The policy as a header's value, with the sources of scripts and styles added: script_src="'self'"."""
    added = {name.replace("_", "-"): value for name, value in sources.items()}
    return "; ".join(f"{name} {value}" for name, value in (POLICY | added).items())


def page_files() -> dict[str, bytes]:
    """The files of the page by their names: its own, and the colours that it shares with all pages."""
    here = Path(__file__).parent
    return {path.name: path.read_bytes() for path in (*sorted((here / "review").iterdir()), here / COLOURS)}
