"""Identity: which records, and which pairs of records, are the same, whatever file or case shows them."""

from collections.abc import Mapping

from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.rows import encode
from papertwin.data.values.editions import read, told
from papertwin.data.values.numbering import numbers, parts
from papertwin.data.values.stated import stated
from papertwin.data.values.text import fold, repair, whole

ALIKE = 0.9  # of the letters of two titles, where one of them was mended
_COMPARED = [name for name in RECORD_FIELDS if name not in {"id", "versions"}]


def record_key(record: Mapping[str, object]) -> bytes:
    """What makes two records the same: all that is compared, ids aside."""
    compared = (record.get(name) or None for name in _COMPARED)
    return encode([*compared, stated(record), read(told(record)) or None])


def pair_key(doc_1: Mapping[str, object], doc_2: Mapping[str, object]) -> tuple[bytes, bytes]:
    """The two records of a pair, either way round."""
    a, b = sorted((record_key(doc_1), record_key(doc_2)))
    return a, b


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of a text stand in a name in their order, as those of an abbreviation do."""
    letters = iter(fold(name))
    return all(letter in letters for letter in fold(short) if letter != " ")


def same_title(one: str, other: str) -> bool:
    """Whether two texts are one title, however it is written, mended or misspelt; another number makes another title.

    >>> same_title("Mosses of the Alps: I", "MOSSES OF THE ALPS. I"), same_title("Mosses: Part I", "Mosses: Part II")
    (True, False)
    """
    from rapidfuzz.distance import Indel

    one, other = repair(one), repair(other)
    a, b = fold(one), fold(other)
    alike = Indel.normalized_similarity(a.replace(" ", ""), b.replace(" ", "")) >= ALIKE
    return a == b or (alike and numbers(a) == numbers(b) and parts(one) == parts(other))


def id_text(value: object) -> str:
    """An id as it is compared: as text; 5.0, as tables write a 5 in a column with gaps, is "5"."""
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else str(whole(value))


def id_spellings(name: str) -> tuple[str, ...]:
    """An id as it stands there, and how else it may be written where there is none of that name: 1 and "1.0" are one.

    Tables write the numbers of a column with gaps so, as text too.
    """
    number = name.removesuffix(".0")
    return (name, number, f"{number}.0") if number.isdecimal() else (name,)
