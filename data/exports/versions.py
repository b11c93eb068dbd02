"""What a merged record was made of: for writers, which of its fields are of their format; for people, a note."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from papertwin.data.exports.kinds import texts_of
from papertwin.data.files.field_names import as_record
from papertwin.data.files.rows import Record
from papertwin.data.identity import id_text
from papertwin.data.values.parts import ORIGINAL
from papertwin.data.values.text import known, single_spaced, without_signs

OF_WORKS = ("sources", "versions")  # the fields that only a merged record has
NOTES = {"N1": "TY", "annote": "ENTRYTYPE"}  # the notes of RIS and of BibTeX: the field that tells records of them
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


def notes_beside(record: Record, name: str) -> list[str]:
    """The notes of a record, or of the versions of a merged one, each once, but for those it has as `name` itself.

    `name` is that of the notes in the format that is written.
    """
    own = _own_notes(record, name)
    of = [version.record for version in _versions(record)] or [record]
    return list(dict.fromkeys(note for one in of for note in _notes(one) if note not in own))


def is_noted_twice(record: Record, name: str) -> bool:
    """Whether a record says one thing as `name` and in other notes: read again, it would pass for made of those."""
    own = _stripped(record.get(name))
    others = (value for other, value in record.items() if other != name and (other in NOTES or _is_of_notes(other)))
    return any(note in own for value in others for note in _stripped(value))


def _own_notes(record: Record, name: str) -> list[str]:
    """The notes that a record has under the name of the format itself: those of the version that `sources` names."""
    sources, versions = record.get("sources"), _versions(record)
    source = str(sources.get(name)) if isinstance(sources, dict) else ""
    of = [version.record for version in versions if source in version.names] if versions else [record]
    return next((texts for one in of if NOTES[name] in one and (texts := _stripped(one.get(name)))), [])


def _notes(record: Record) -> list[str]:
    """What people, or databases, wrote into the notes of a single record, under whatever name."""
    own = NOTES["annote"] in record  # in BibTeX these are fields like any other
    noted = (value for name, value in record.items() if NOTES.get(name) in record or (not own and _is_of_notes(name)))
    return [text for value in noted for text in _stripped(value)]


def _is_of_notes(name: str) -> bool:
    """Whether a table, or EndNote, has notes under a name; Covidence's Tags are its reviewers' own, "To discuss"."""
    return name == "Tags" or without_signs(name) == "notes"


def _stripped(value: object) -> list[str]:
    return [text for text in map(str.strip, texts_of(value)) if text]


def notes_of_people(notes: Collection[Any], record: Record, name: str) -> list[Any]:
    """What people wrote into the notes of a written record, without what is made anew.

    That is what `notes_beside` and `merged_note` say.
    """
    own = set(map(single_spaced, _own_notes(record, name)))
    made = list(map(single_spaced, [*notes_beside(record, name), *filter(None, [merged_note(record)])]))
    texts = [single_spaced(str(note)) for note in notes]
    changed = [note for note in made if note not in texts]
    kept = []
    for note, text in zip(notes, texts, strict=True):
        rest = text if text in own else "" if text in made else _without(text, changed)
        if rest:
            kept.append(note if rest == text else rest)
    return kept


def _without(text: str, made: Sequence[str]) -> str:
    """The text of a note without those that are made anew: all of them, if a program has one note, or the first."""
    if not made:
        return text
    before, *behind = re.split(_whole(" ".join(made)), text, maxsplit=1)
    for note in made:
        before = re.sub(f"^{_whole(note)}", "", before.strip())
    return " ".join(filter(None, map(str.strip, (before, *behind))))


def _whole(note: str) -> str:
    """The pattern of a note between spaces: "ok" is not in "look"."""
    return rf"(?<!\S){re.escape(note)}(?!\S)"
