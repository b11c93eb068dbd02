"""Splitting: files of works back to the records that they are made of."""

from collections.abc import Iterable, Iterator, Sequence

from papertwin.data.errors import InputError
from papertwin.data.exports.assemble import damaged_carrier
from papertwin.data.files.rows import Reject, RowError
from papertwin.data.files.streams import Note
from papertwin.data.records import open_records
from papertwin.data.wording import counted
from papertwin.works.merging import Version, versions_of


def records_of(paths: Sequence[str], note: Note) -> list[Version]:
    """The records of all works in these files, by their own files and numbers.

    `note` is told of works that do not say what they are made of: they are records themselves. Raises InputError for
    what cannot be read.
    """
    try:
        return split(_works(paths, note))
    except RowError as error:
        raise InputError(f"{', '.join(paths)}: {error}: name files of works") from error


def split(works: Iterable[tuple[bytes, str, int]]) -> list[Version]:
    """The records of all works (each with its file and its number there), by their own files and numbers.

    Raises RowError for a row that is no work.
    """
    found = [version for raw, file, position in works for version in versions_of(raw, file, position)]
    files = {file: place for place, file in enumerate(dict.fromkeys(version.file for version in found))}
    return sorted(found, key=lambda version: (files[version.file], version.position))


def _works(paths: Sequence[str], note: Note) -> Iterator[tuple[bytes, str, int]]:
    for path in paths:
        file, plain = open_records(path, note), 0
        for position, row in enumerate(file.rows, 1):
            if isinstance(row, Reject):
                raise InputError(f"{file.at(row.place)}: {row.reason}: repair it or take it out")
            if carrier := damaged_carrier(row.raw):
                raise InputError(
                    f"{file.at(row.place)}: the records under its {carrier} cannot be read, another "
                    "program has changed them: give the file that dedupe wrote"
                )
            plain += b'"versions"' not in row.raw
            yield row.raw, file.name, position
        if plain:
            what = f"{counted(plain, 'record')} without records to split into, as after --plain"
            note(f"{file.name}: {what}, written as they are")
