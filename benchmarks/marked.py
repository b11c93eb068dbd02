"""Filling a marked place of the README: what stands between two comments is replaced, all else is left alone."""

from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def fill(name: str, content: str) -> None:
    """Put `content` between <!-- name --> and <!-- /name -->; nothing happens where the page or a mark is missing."""
    if not README.is_file():
        return
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = README.read_text(encoding="utf-8").partition(opening)
    _, closed, after = rest.partition(closing)
    if found and closed:
        README.write_text(f"{before}{opening}\n{content}\n{closing}{after}", encoding="utf-8")
