"""Names of records that have no id of their own: <file>:<number>, where the file is named so that no other is meant."""

from collections.abc import Sequence
from pathlib import PurePath


def short_names(files: Sequence[str]) -> list[str]:
    """For each of these paths its last parts, as many as it takes to tell it from the others.

    >>> short_names(["ovid.ris", "may/scopus.ris", "june/scopus.ris"])
    ['ovid.ris', 'may/scopus.ris', 'june/scopus.ris']
    >>> short_names(["reviews/may/scopus.ris", "reviews/june/ovid.ris"])
    ['scopus.ris', 'ovid.ris']
    """
    parts = [PurePath(file).parts for file in files]
    names = []
    for own in parts:
        count = 1
        while count < len(own) and sum(other[-count:] == own[-count:] for other in parts) > 1:
            count += 1
        names.append(PurePath(*own[-count:]).as_posix())
    return names


def new_name(file: str, files: Sequence[str]) -> str:
    """The path, with a number behind it where `files` have one of this name, which is another file.

    >>> new_name("scopus.ris", ["scopus.ris", "scopus.ris (2)"])
    'scopus.ris (3)'
    """
    name, number = file, 1
    while name in files:
        number += 1
        name = f"{file} ({number})"
    return name
