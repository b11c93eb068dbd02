"""Writers of RIS and BibTeX: records as reference managers read them, and as `open_records` reads them back.

A record that came from the format is written under the names and with the texts that it had, wherever its fields are
unchanged. What the format cannot hold (versions, fields of other sources, a title of two lines) is carried in one
more field as JSON, so that a record that is written and read again is the same record. What a merged record was made of
stands in a note as well, a line a version, for people. A plain entry has neither, but the notes of all its versions.
"""

import io
import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from papertwin.data.exports import bibtex
from papertwin.data.exports.assemble import CARRIED, fields_of, written
from papertwin.data.exports.dialects import RIS_DIALECT, breaks
from papertwin.data.exports.formats import BIBTEX, RIS
from papertwin.data.exports.kinds import KINDS, alike, is_issn, kind_of, texts_of
from papertwin.data.exports.names import Names
from papertwin.data.exports.tagged import tagged_rows
from papertwin.data.exports.tidied import tidied
from papertwin.data.exports.versions import is_noted_twice, merged_note, notes_beside, of_kind, original_of
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.rows import Record, Reject, Row, decode, encode
from papertwin.data.files.streams import quiet
from papertwin.data.files.writers import Target, Writer
from papertwin.data.identity import id_text
from papertwin.data.values import dates
from papertwin.data.values.parts import ORIGINAL, PARTS
from papertwin.data.values.text import fold


class CitationWriter(Writer):
    """A format of one entry a record; a subclass says how texts are written and read there."""

    names: Names
    kind: str  # the field that keeps what a record is in this format
    word: str  # the field of KINDS and of ALIKE
    rest = ""  # what it has in place of the authors that are not named
    suffix = 2  # where "Jr." stands among the pieces of a name
    kinds: re.Pattern[str]  # which texts can stand as the kind

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._plain = target.plain

    def write(self, rows: Iterable[bytes]) -> None:
        self._stream.writelines(self.entry(decode(row)).encode("utf-8", "replace") for row in rows)

    def entry(self, record: Record) -> str:
        """The text of a record, which `open_records` reads as the same record, unless it is to be a plain one."""
        values = self._values(record, _of_old(record, self.names))
        back = self._back(values, record)
        if back is None:  # texts of old are damaged
            values = self._values(record, {})
            back = self._back(values, record) or {}
        lost = {
            name: value
            for name, value in record.items()
            if name != ORIGINAL and value is not None and back.get(name) != value
        }
        others = {name for name, _ in alike(record, self.word)}  # what is there under another name, too
        lost |= {name: None for name in back if name in {*RECORD_FIELDS, *others} and record.get(name) is None}
        name = str(self.names.note)
        if lost and is_noted_twice(record, name):
            lost[name] = record[name]
        notes = notes_beside(record, name)  # not before: people add to them, so `back` has none of them
        if lost and not self._plain:
            carrier = str(self.names.carrier)
            values[carrier] = [CARRIED + _JSON_TEXT.sub(_without_braces, encode(lost).decode())]
            notes += filter(None, [merged_note(record)])
        if notes:
            texts = [*values.get(name, ()), *(text for note in notes for text in self._encoded(name, [note]))]
            values[name] = texts if self.names is RIS else [" ".join(texts)]  # BibTeX has a field once
        return self._text(values, record)

    @abstractmethod
    def _text(self, values: Mapping[str, list[str]], record: Record) -> str:
        """The entry with these texts under their names."""

    @abstractmethod
    def _read(self, text: str) -> Iterator[Row | Reject]:
        """The text as it is read."""

    @abstractmethod
    def _encoded(self, name: str, values: list[str]) -> list[str]:
        """Values as the texts that are written."""

    @abstractmethod
    def _decoded(self, name: str, texts: list[str]) -> list[Any]:
        """Written texts as the values that are read."""

    @abstractmethod
    def _is_name(self, name: str) -> bool:
        """Whether a field of another name can be written under it."""

    def _name(self, part: str, record: Record) -> str:
        """The name under which a part is written."""
        return self.names.names[part][0]

    def _values(self, record: Record, old: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """The texts to write under each name: those of old where they say what the fields say, else new ones."""
        said = {name: self._decoded(name, texts) for name, texts in old.items()}
        plain = written(record, self.names)
        told = {self.names.fields.get(name) for name in said}
        beside = {  # an address, for one, tells whose export it is, and so which of two names has the journal
            names[0]: plain[part]
            for part, names in self.names.names.items()
            if names and part in plain and PARTS.get(part, part) not in told
        }
        before = fields_of(beside | said | {self.kind: [self._kind_of(record)]}, self.names)
        now = tidied(plain, self.rest, self.suffix)
        changed = {PARTS.get(part, part) for part in plain if now.get(part) != plain[part]}
        values: dict[str, list[str]] = {}
        for part, names in self.names.names.items():
            field = PARTS.get(part, part)
            same = [name for name in said if self.names.fields.get(name) == field]
            if same and before.get(field) == record.get(field) and field not in changed:
                values |= {name: old[name] for name in same}
            elif names and part in now:
                name = self._name(part, record)
                values[name] = self._encoded(name, now[part])
        others = of_kind(record, self.kind)
        for name, value in record.items():
            if (
                name not in others
                or name in RECORD_FIELDS
                or name in {ORIGINAL, self.kind, self.names.carrier}
                or not self._is_name(name)
            ):
                continue
            if name in self.names.fields:  # merged from another format, in which it is none: PubMed's IS is an ISSN
                continue
            texts = texts_of(value)
            if name == "subtitle" and fold(str(record.get("title"))).endswith(fold(" ".join(texts))):
                continue  # the title of a work has it
            if texts and not (name == "isbn" and any(map(is_issn, texts))):  # EndNote's, which has another name here
                values[name] = old[name] if said.get(name) == texts else self._encoded(name, texts)
        for name, texts in alike(record, self.word):
            if name not in values:
                values[name] = self._encoded(name, texts)
        return values

    def _back(self, values: Mapping[str, list[str]], record: Record) -> Record | None:
        """The record that these texts are read as, or None where they are not one."""
        rows = list(self._read(self._text(values, record)))
        return decode(rows[0].raw) if len(rows) == 1 and isinstance(rows[0], Row) else None

    def _kind_of(self, record: Record) -> str:
        """What the record is, in this format's word."""
        own = record.get(self.kind)
        if isinstance(own, str) and self.kinds.fullmatch(own):
            return own
        kind = kind_of(record) or KINDS[0 if record.get("journal") else -1]
        return str(getattr(kind, self.word))


class Ris(CitationWriter):
    """RIS, a tag a line."""

    names, kind, word = RIS, "TY", "ris"
    kinds = re.compile(r"[A-Za-z][\w ]{0,30}")

    def _text(self, values: Mapping[str, list[str]], record: Record) -> str:
        lines = [f"{name}  - {text}" for name, texts in values.items() for text in texts]
        return "\n".join([f"TY  - {self._kind_of(record)}", *lines, "ER  - ", "", ""])

    def _read(self, text: str) -> Iterator[Row | Reject]:
        return tagged_rows(_stream(text), RIS_DIALECT, "", quiet)

    def _encoded(self, name: str, values: list[str]) -> list[str]:
        texts = [_clean(value) for value in values]
        if name not in RIS_DIALECT.free:
            return [" ".join(text.split("\n")).strip() for text in texts]
        return [" ".join(text.split("\n")) if breaks(RIS_DIALECT, text) else text for text in texts]

    def _decoded(self, name: str, texts: list[str]) -> list[Any]:
        return texts

    def _is_name(self, name: str) -> bool:
        return _TAG.fullmatch(name) is not None


class Bibtex(CitationWriter):
    """BibTeX, a field a line."""

    names, kind, word, rest, suffix = BIBTEX, bibtex.KIND, "bibtex", "others", 1
    kinds = re.compile(r"(?!(?:comment|preamble|string)\Z)[A-Za-z]\w{0,30}", re.IGNORECASE)  # those are no entries

    def __init__(self, target: Target) -> None:
        bibtex.check_installed()
        super().__init__(target)
        self._keys: Counter[str] = Counter()
        self._key = ""

    def entry(self, record: Record) -> str:
        own = _NO_KEY.sub("", id_text(record.get("id"))) or "record"
        self._key = own
        while self._keys[self._key]:  # LaTeX wants each key once
            self._keys[own] += 1
            self._key = f"{own}-{self._keys[own]}"
        self._keys[self._key] += 1
        return super().entry(record)

    def _text(self, values: Mapping[str, list[str]], record: Record) -> str:
        fields = [
            f"  {name} = {text if name == 'month' and text in dates.MONTHS else f'{{{text}}}'},"
            for name, texts in values.items()
            for text in texts
            if name != "ID"
        ]
        return "\n".join([f"@{self._kind_of(record)}{{{self._key},", *fields, "}", "", ""])

    def _read(self, text: str) -> Iterator[Row | Reject]:
        return bibtex.bibtex_rows(_stream(text), "", quiet)

    def _encoded(self, name: str, values: list[str]) -> list[str]:
        text = _clean(bibtex.encoded(name, values))
        lines = text.split("\n") if name == "abstract" else [" ".join(text.split())]
        return [(" " if any(line.lstrip().startswith("@") for line in lines[1:]) else "\n").join(lines)]

    def _decoded(self, name: str, texts: list[str]) -> list[Any]:
        return [value for text in texts for value in bibtex.decoded(name, text)]

    def _is_name(self, name: str) -> bool:
        return _FIELD.fullmatch(name) is not None

    def _name(self, part: str, record: Record) -> str:
        return (
            "booktitle" if part == "journal" and self._kind_of(record).startswith("in") else super()._name(part, record)
        )


_CONTROL = {code: " " for code in [*range(32), 127, 0xFEFF] if chr(code) not in "\n\t"}
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # what no text file has
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_TAG = re.compile(r"[A-Z][A-Z0-9]")
_FIELD = re.compile(r"[a-z][a-z0-9_:+-]*")
_NO_KEY = re.compile(r"[^\w:./+-]", re.ASCII)
_JSON_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')


def _stream(text: str) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(text.encode("utf-8", "replace")))


def _without_braces(text: re.Match[str]) -> str:
    """JSON text in quotes without braces, of which BibTeX wants as many open as closed."""
    return text[0].replace("{", "\\u007b").replace("}", "\\u007d")


def _of_old(record: Record, names: Names) -> dict[str, list[str]]:
    """What the record keeps of the texts that it had in a format."""
    original = original_of(record)
    kept = original.get(names.form) if isinstance(original, dict) else None
    if not isinstance(kept, dict):
        return {}
    found = {name: texts_of(value) for name, value in kept.items()}
    return {name: texts for name, texts in found.items() if texts and not any(map(_BINARY.search, texts))}


def _clean(text: str) -> str:
    """The text with plain line breaks and without control characters, which make a file a binary one."""
    return _LINE_BREAKS.sub("\n", text).translate(_CONTROL)
