"""What a merged record was made of: for writers, which of its fields are of their format; for people, a note."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from papertwin.data.files.rows import Record
from papertwin.data.files.sides import as_record
from papertwin.data.identity import id_text
from papertwin.data.values.parts import ORIGINAL
from papertwin.data.values.text import known, single_spaced

OF_WORKS = ("sources", "versions")  # the fields that only a merged record has
NOTED = "Merged by Papertwin from "  # what begins the note that tells a reader of the versions, which the JSON holds


def of_kind(record: Record, kind: str) -> Collection[str]:
    """The fields that came from the format whose records have a field `kind`; the names of others mean other things.

    Those of a merged record came from the versions that `sources` names.
    """
    if kind not in record:
        return ()
    sources, versions = record.get("sources"), _versions(record)
    if not versions or not isinstance(sources, dict):
        return record
    # Two databases may call a record the same, as Ovid calls those of PubMed; a version may be a merged record itself.
    own = {(name, of) for version in versions for of in version.names for name in of_kind(version.record, kind)}
    return {name for name in record if (name, str(sources.get(name))) in own}


class _Version(NamedTuple):
    record: Record
    place: str  # <file>:<number>

    @property
    def names(self) -> tuple[str, str]:
        """What the record may be called in `sources`."""
        return id_text(self.record.get("id")), self.place


def _versions(record: Record) -> list[_Version]:
    """The versions of a merged record; none where they are anything else."""
    versions = record.get("versions")
    found = [
        _Version(as_record(version["record"]), f"{Path(str(version.get('file'))).name}:{version.get('position')}")
        for version in (versions if isinstance(versions, list) else ())
        if isinstance(version, dict) and isinstance(version.get("record"), dict)
    ]
    return found if isinstance(versions, list) and len(found) == len(versions) else []


def original_of(record: Record) -> Any:
    """What the record keeps of the texts that it had, or where a merged one kept none, the first version that does."""
    of_versions = (version.record.get(ORIGINAL) for version in _versions(record))
    return record.get(ORIGINAL) or next(filter(None, of_versions), None)


def merged_note(record: Record) -> str | None:
    """What a merged record was made of, for people: a line a version, the kept one first; None for a single record."""
    versions = _versions(record)
    if len(versions) < 2:
        return None
    lines = [f"{NOTED}{len(versions)} records:"]
    for number, version in enumerate(versions, 1):
        said = (known(version.record.get(name)) for name in ("source", "id", "doi"))
        lines.append(f"({number}) {', '.join(filter(None, (*said, version.place)))}")
    return "\n".join(lines)


def notes_of_people(notes: Collection[Any], record: Record, own: Collection[str] = ()) -> list[Any]:
    """What people wrote into the notes of a written record, without what is made anew.

    That is the one of `merged_note`, and before it the texts that the record has under another name, `own`.
    """
    made = [text for text in map(single_spaced, (*own, merged_note(record) or "")) if text]
    kept = []
    for note in notes:
        rest = text = single_spaced(str(note))
        for known_text in made:
            rest = rest.removeprefix(known_text).strip()
        if rest:
            kept.append(note if rest == text else rest)
    return kept
