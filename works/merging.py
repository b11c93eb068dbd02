"""Merging: the records of a work as one record with its versions, and back.

A merged record has the fields of the kept record; what that does not say is filled from the other records, in the
order of the rule, but for `original`, which tells how its own record had its fields, and for what a preprint says that
it is, where the kept record is a published work, or the other way round. A title or journal IN CAPITALS
gives way to another record's spelling of it, and a text or a list of authors that is cut to the whole of it. A title
that says that the work is retracted goes before all others: nobody may overlook that. `sources` names for each field
the record that it came from, `versions` holds every record of the work whole, with its file and its number there.
Nothing is lost, and `versions_of` gives it back.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeGuard

import msgspec
import numpy as np
from numpy.typing import NDArray

from papertwin.data.exports.tidied import is_nought
from papertwin.data.exports.versions import OF_WORKS
from papertwin.data.files.cells import unpacked, written_value
from papertwin.data.files.field_names import as_record
from papertwin.data.files.rows import Record, decode, decode_object, encode
from papertwin.data.identity import abbreviates, id_text
from papertwin.data.values.authors import persons
from papertwin.data.values.parts import ORIGINAL
from papertwin.data.values.stated import says_type
from papertwin.data.values.text import ELLIPSES, fold, known
from papertwin.data.values.titles import is_retracted

KEEP = {  # rule: what the kept record is
    "published": "a published work before a preprint, then the record with most fields",
    "preprint": "a preprint before a published work, then the record with most fields",
    "first": "the record that comes first in the input",
    "most-complete": "the record with most fields, then a published work before a preprint",
}
TIES = "ties go to the record with the fuller date, more authors, and the longer title and abstract"  # but for "first"
SPELT = ("title", "journal")  # fields that are taken from a record that does not write them in capitals
CUT = ("title", "journal", "abstract")  # and from one that has them whole
STAGES = frozenset({"subtype", "pubstate", "publication_stage"})  # names that say how far published a version is
LETTERS = 4  # of an abbreviation
_WORD = re.compile(r"[^\W\d_]+")


class Version(NamedTuple):
    """A record as it came: its file, its number in it from 1, its JSON, and whether it is the kept one.

    `published` is 1 for a published work, -1 for a preprint, 0 where nothing says which.
    """

    file: str
    position: int
    raw: bytes
    kept: bool = False
    published: int = 0


def keep_order(
    rule: str, published: NDArray[Any], filled: NDArray[Any], fullness: NDArray[Any], position: NDArray[Any]
) -> NDArray[np.int64]:
    """The records by the rule, the one to keep first; ties go to the smaller `position`."""
    by = {
        "published": (position, -fullness, -filled, -published),
        "preprint": (position, -fullness, -filled, published),
        "first": (position,),
        "most-complete": (position, -fullness, -published, -filled),
    }
    order: NDArray[np.int64] = np.lexsort(tuple(np.asarray(key, dtype=np.int64) for key in by[rule]))
    return order


def merged(versions: Sequence[Version], names: Sequence[str | None], added: Mapping[str, Any]) -> bytes:
    """The work of these records as JSON on one line: the first is the kept one.

    `names` are given to records whose id is not their own, None to the others; `added` are further fields of the work.
    """
    work: Record = {"id": names[0]}
    sources: dict[str, str] = {}
    records: list[tuple[str, Record]] = []
    left_out = {*OF_WORKS, *added}
    for version, name in zip(versions, names, strict=True):
        record = as_record(decode(version.raw))
        source = name or id_text(record["id"])
        records.append((source, record))
        if not sources:
            work["id"], sources["id"] = name or record["id"], source
        is_other = version.published * versions[0].published < 0
        for field, value in record.items():
            if field in sources or field in left_out or (is_other and (field in STAGES or says_type(field))):
                continue
            if says(value) and not is_nought(field, value):
                work[field], sources[field] = value, source
            else:
                work.setdefault(field, value)
        left_out.add(ORIGINAL)  # of all but the kept record
    said = ((record.get("title"), source) for source, record in records)
    retracted = (one for one in said if isinstance(one[0], str) and is_retracted(one[0]))
    if marked := next(retracted, None):
        work["title"], sources["title"] = marked
    for fields, lacks, is_better in _BETTER if len(records) > 1 else ():
        for field in fields:
            if lacks(value := work.get(field)):
                better = ((record[field], source) for source, record in records if is_better(record.get(field), value))
                work[field], sources[field] = next(better, (value, sources[field]))
    work |= added
    work["sources"] = sources
    held = b",".join(
        b'{"file":%s,"position":%d,"record":%s}' % (encode(version.file), version.position, version.raw)
        for version in versions
    )
    return encode(work)[:-1] + b',"versions":[' + held + b"]}"


class _Held(msgspec.Struct):
    file: str
    position: int
    record: msgspec.Raw


class _Work(msgspec.Struct):
    sources: dict[str, Any]
    versions: list[_Held]


_AS_WORK = msgspec.json.Decoder(_Work)


def versions_of(raw: bytes, file: str, position: int) -> list[Version]:
    """The records of a work, the kept one first, each as it came; what is no merged record is its own only version.

    Raises RowError for a row that is no record.
    """
    try:
        held = _AS_WORK.decode(raw).versions
    except (msgspec.DecodeError, RecursionError):
        given = decode_object(raw, "work")
        plain = unpacked(given)  # a table's lists and objects are text
        plain = plain | {"sources": sources} if (sources := written_value(plain.get("sources"), "{")) else plain
        if plain is not given:
            return versions_of(encode(plain), file, position)
        held = []
    held = [one for one in held if bytes(one.record).startswith(b"{")]
    if not held:
        return [Version(file, position, raw, True)]
    return [Version(one.file, one.position, bytes(one.record), not place) for place, one in enumerate(held)]


def in_capitals(value: object) -> TypeGuard[str]:
    """Whether a text is written in capitals, and is not an abbreviation, as JAMA and PLOS ONE are."""
    return isinstance(value, str) and value.isupper() and any(len(word) > LETTERS for word in _WORD.findall(value))


def _is_spelling(value: object, text: str) -> bool:
    """Whether a value is the same text in capitals and small letters."""
    if not isinstance(value, str) or value.isupper() or value.islower():
        return False
    return fold(value) == fold(text)


def is_cut(value: object) -> TypeGuard[str]:
    """Whether a text ends where its source has cut it, or begins there, as journals of Google Scholar do."""
    return isinstance(value, str) and (value.strip().startswith(ELLIPSES) or value.strip().endswith(ELLIPSES))


def _is_whole(value: object, text: str) -> bool:
    """Whether a value is the text that was cut, and more of it."""
    if not isinstance(value, str) or is_cut(value):
        return False
    whole, part = fold(value), fold(text)
    if whole == part or part not in whole:
        return False
    return whole.startswith(part) or text.strip().startswith(ELLIPSES)


def _is_short(value: object, text: str) -> bool:
    """Whether a value abbreviates the text that was cut: "J Fox Res" beside "Journal of Fox Resea\u2026"."""
    if not isinstance(value, str) or is_cut(value) or not (short := fold(value)):
        return False
    return fold(text).startswith(short[0]) and abbreviates(value, text)


def _names_some(value: object) -> bool:
    """Whether authors are cut: "and others", or as Google Scholar has the last one, "I Marsh\u2026"."""
    last = value[-1] if isinstance(value, list) and value else value
    return is_cut(last) or _named(value)[1]


def _names_all(value: object, some: object) -> bool:
    """Whether authors are all of those that were cut: more, and not cut themselves."""
    return not _names_some(value) and _named(value)[0] > _named(some)[0]


def _named(authors: object) -> tuple[int, bool]:
    """How many persons and groups authors are, and whether they say that there are more."""
    people, more = persons(authors) or ((), False)
    return len(people), more


# Fields, what one of them lacks, and how it is known that another record has it.
_BETTER: tuple[tuple[Sequence[str], Callable[[object], bool], Callable[[object, Any], bool]], ...] = (
    (SPELT, in_capitals, _is_spelling),
    (CUT, is_cut, _is_whole),
    (("journal",), is_cut, _is_short),
    (("authors",), _names_some, _names_all),
)


def says(value: object) -> bool:
    """Whether a value says anything: "None", empty lists and the like do not."""
    if isinstance(value, (list, tuple)):
        return any(map(says, value))
    return bool(value) if isinstance(value, dict) else known(value) is not None
