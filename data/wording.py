"""Wording: counts as sentences tell them."""


def counted(count: int, what: str, several: str = "") -> str:
    """A count with what is counted: "1 word", "2,000 words"; `several` is the plural, where it has not just an s."""
    return f"{count:,} {what if count == 1 else several or f'{what}s'}"
