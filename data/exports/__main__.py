"""Prints the table of docs/formats.md: python -m papertwin.data.exports."""

from papertwin.data.conventions import RECORD
from papertwin.data.exports.formats import FORMATS
from papertwin.data.exports.names import Names
from papertwin.data.exports.tables import TABLES
from papertwin.data.files.field_names import FULLER_NAMES, OTHER_NAMES, PART_NAMES
from papertwin.data.values.editions import NAMES as EDITION_NAMES
from papertwin.data.values.isbns import NAMES as ISBN_NAMES
from papertwin.data.values.stated import NAMES, PATHS, REF_TYPE


def table() -> str:
    """The names of every format, a row a format, in Markdown."""
    formats = [(_named(value), value.convention, value.names) for value in FORMATS]
    columns = {field: (*FULLER_NAMES.get(field, ()), *others) for field, others in OTHER_NAMES.items()} | dict(
        PART_NAMES
    )
    known = ", ".join(dict.fromkeys(form.removesuffix(" table") for form, _ in TABLES))
    telling = tuple(dict.fromkeys("` and `".join(columns) for _, columns in TABLES))
    formats.append((f"tables of {known}", RECORD, {"told by the columns": telling}))
    formats.append(("columns of CSV, TSV, Excel, Parquet; keys of JSON", Names.convention, columns))
    paths = (".".join((name, *steps)) for name, steps in PATHS.items())
    types = (*NAMES, f"{REF_TYPE}Thesis]", *paths)
    formats.append(("in each of them", "", {"type": types, "edition": EDITION_NAMES, "ISBN": ISBN_NAMES}))
    rows = [
        f"| {form} | {convention} | {'; '.join(_told(part, named) for part, named in names.items() if named)} |"
        for form, convention, names in formats
    ]
    return "\n".join(
        ["| format | counted by | field: its names there, the preferred one first |", "|---|---|---|", *rows]
    )


def _named(names: Names) -> str:
    return f"{names.form}, also within `{'` and `'.join(names.within)}`" if names.within else names.form


def _told(part: str, names: tuple[str, ...]) -> str:
    return f"{part}: " + ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    print(table())
