"""Wording: counts and lists as sentences tell them."""

from collections.abc import Mapping, Sequence

NAMED = 12  # columns that a message names


def counted(count: int, what: str, several: str = "") -> str:
    """A count with what is counted: "1 word", "2,000 words"; `several` is the plural, where it has not just an s."""
    return f"{count:,} {what if count == 1 else several or f'{what}s'}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """The items with commas, and `last` before the last of them: "title, venue and authors"."""
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def some(names: Sequence[str], most: int = NAMED) -> str:
    """The first of the names with commas, and dots where there are more."""
    return ", ".join(names[:most]) + (" ..." if len(names) > most else "")


def first_of(items: Sequence[str], most: int, between: str) -> str:
    """The first of the items, and how many more there are: "case 1; case 4 and 7 more"."""
    more = f" and {len(items) - most:,} more" if len(items) > most else ""
    return between.join(items[:most]) + more


def unreadable(counts: Mapping[str, int]) -> str:
    """What is told of values that could not be read, counted by field."""
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    fields = ", ".join(f"{name} {count:,}" for name, count in most)
    return f"values that could not be read and count as text or as missing: {fields}"
