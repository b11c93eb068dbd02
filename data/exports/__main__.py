"""Prints the table of docs/formats.md: python -m papertwin.data.exports."""

from papertwin.data.exports import names
from papertwin.data.sides import FULLER_NAMES, OTHER_NAMES, PART_NAMES


def table() -> str:
    """The names of every format, a row a format, in Markdown."""
    formats = [(value.form, value.names) for value in vars(names).values() if isinstance(value, names.Names)]
    columns = {field: (*FULLER_NAMES.get(field, ()), *others) for field, others in OTHER_NAMES.items()} | dict(
        PART_NAMES
    )
    formats.append(("columns of CSV, TSV, Parquet; keys of JSON", columns))
    rows = [
        f"| {form} | {'; '.join(_told(part, known) for part, known in of.items() if known)} |" for form, of in formats
    ]
    return "\n".join(["| format | field: its names there, the preferred one first |", "|---|---|", *rows])


def _told(part: str, known: tuple[str, ...]) -> str:
    return f"{part}: " + ", ".join(f"`{name}`" for name in known)


if __name__ == "__main__":
    print(table())
