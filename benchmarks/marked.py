"""Filling a marked place of a page: what stands between two comments is replaced, all else is left alone."""

from pathlib import Path


def fill(page: Path, marks: tuple[str, str], content: str) -> None:
    """Put `content` between the marks of a page; nothing happens where the page or a mark is missing."""
    if not page.is_file():
        return
    before, found, rest = page.read_text(encoding="utf-8").partition(marks[0])
    _, closed, after = rest.partition(marks[1])
    if found and closed:
        page.write_text(f"{before}{marks[0]}\n{content}\n{marks[1]}{after}", encoding="utf-8")
