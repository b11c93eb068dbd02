"""Counts: a PRISMA-style count of what came in, what was removed and what is left."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """A PRISMA-style count: what came in, by file and by source, what was removed, what is left.

    `removed` counts records that are versions of a work under another record, by file; `already` those new records that
    the existing works have; `doubtful_merged` those of the doubtful pairs that were merged; `new` the works of new
    records alone, beside existing ones.
    """

    records: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    already: int | None = None
    works: int = 0
    doubtful: int = 0
    doubtful_merged: int = 0
    new: int | None = None

    def rows(self) -> Iterator[tuple[str, int]]:
        """The count as lines of a table: what is counted, and how many there are."""
        yield "records read", sum(self.records.values())
        if len(self.records) > 1:
            yield from ((f"  from {name}", count) for name, count in self.records.items())
        if len(self.sources) > 1:
            yield from ((f"  source {name or '(none)'}", count) for name, count in self.sources.items())
        if rejected := sum(self.rejected.values()):
            yield "rows that could not be read", rejected
        yield "duplicates removed", sum(self.removed.values())
        if len(self.removed) > 1:
            yield from ((f"  from {name}", count) for name, count in self.removed.items())
        if self.already is not None:
            yield "  of them in existing works", self.already
        yield "works left", self.works
        if self.new is not None:
            yield "new works", self.new
        yield "doubtful pairs", self.doubtful
        if self.doubtful:
            yield "  merged", self.doubtful_merged
            yield "  kept apart", self.doubtful - self.doubtful_merged

    def lines(self) -> Iterator[str]:
        """The count as a table to read."""
        rows = list(self.rows())
        width = max(len(name) for name, _ in rows)
        yield from (f"{name:<{width}}  {count:>9,}" for name, count in rows)

    def report(self, model: str) -> str:
        """The count in Markdown, as a PRISMA flow diagram asks for it; `model` is who decided."""
        lines = ["# Deduplication", "", f"By {model}.", "", "| file | records identified | duplicates removed | left |"]
        lines.append("| --- | ---: | ---: | ---: |")
        for name, count in self.records.items():
            gone = self.removed.get(name, 0)
            lines.append(f"| {name.replace('|', chr(92) + '|')} | {count:,} | {gone:,} | {count - gone:,} |")
        total, removed = sum(self.records.values()), sum(self.removed.values())
        lines.append(f"| all | {total:,} | {removed:,} | {total - removed:,} |")
        lines += ["", "```text", *self.lines(), "```", ""]
        return "\n".join(lines)
