"""Persons: what is compared of an author, and how names of the usual forms are read, many at a time."""

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec
import numpy as np

from papertwin.data.values.groups import GROUP_WORDS
from papertwin.data.values.text import NULL_SPELLINGS, fold, is_garbled, mended


class Person(msgspec.Struct, frozen=True, gc=False):
    """One author: folded surname (its last word), first letter of the given name or "", all folded words.

    A group's surname and words are one word made of those of its name, which groups either share or do not.
    """

    surname: str
    initial: str
    words: str
    is_group: bool = False


NOBODY = frozenset({
    "anonymous", "anon", "unknown", "unknown author", "no author", "not available", "author", "authors", "nn", "others",
    "jr", "sr", "ii", "iii", "corporate", "et al", "group author", "guest editors", "editors",
})  # fmt: skip
_LONGEST = 40  # characters of a name of the usual forms
_ALONE = -1
# "Anna M. van den Berg", "A Berg", "Berg, Anna M.", "van den Berg, Anna", "van den Berg, A. M." and "Berg AM": most
# names are of these forms, and all that they may hold.
_UPPER, _LOWER = "A-ZÀ-ÖØ-ÞČŁŘŚŠŽ", "a-zß-öø-ÿăąćčďđęěğłńňőřśşšťůźżž"
_WORD = rf"(?>(?:[A-Z]['’])?[{_UPPER}][{_LOWER}]*[a-z][{_LOWER}{_UPPER}]*)"  # never tried twice
_NAME, _INITIAL = rf"{_WORD}(?:-(?:{_WORD}|[a-z]++))?", r"(?:(?:[A-Z]\.)+|[A-Z]{1,3})"
_SMALL = r"[a-z]++(?:\.(?! [a-z]))?"  # "u. a." says that there are more
_GIVEN = rf"(?>(?:(?:{_NAME}|[A-Z]++)\.?|{_SMALL}|{_INITIAL}(?:-(?:{_INITIAL}|{_SMALL}))?)(?= |$))"
_PLAIN = re.compile(
    # "ZHANG Wei" and "LI Guo-qing" are told by their letters
    rf"(?!(?:[A-Z.]+[ -])*[A-Z]{{3,}}[ .-]|[A-Z]{{2}} [A-Z][a-z]+-[a-z])(?:{_GIVEN} )*{_NAME}"
    rf"|({_NAME}|[{_UPPER}]++|[a-z]++), {_GIVEN}(?: {_GIVEN})*"
    rf"|((?:(?:{_NAME}|[a-z]++) )+{_NAME}), (?:{_GIVEN}|(?=.{{4,12}}$)[A-Z]\.?(?: [A-Z]\.?){{1,3}})"
    rf"|({_NAME}(?: {_NAME})*)(?: {_INITIAL})+"
)
# Words of a name that are read in another way than names.
_TELLING = frozenset({
    "and", "und", "et", "etal", "others", "dr", "prof", "professor", "mr", "mrs", "sir", "dame", "jr", "sr",
    "ii", "iii", "iv", "md", "phd", "msc", "bsc", "rev", "reverend", "assoc", "doç", "dipl", "univ", "ing",
    *(word for nobody in NOBODY for word in nobody.split()),
    "abd", "abdal", "abdel", "abdul", "al", "el",
    "editor", "translator", "compiler", "illustrator", "contributor", "auteur", "director", "herausgeber", "hrsg",
} | GROUP_WORDS)  # fmt: skip
_PARTING = str.maketrans(dict.fromkeys("-.,'’", " "))
# The e of "Mueller", who is "Müller"; "Xue" is not "Xu", and Israel, Samuel and the OECD have no umlaut.
_UMLAUT = re.compile(r"e(?<=[aou]e)(?<![aeiouqxy][aou]e)(?=[b-df-hj-np-tv-xz])(?!(?:l|cd)\b)")
# The end of "Dostoevskij", however it is brought into Latin letters.
_SKI = re.compile(r"(?<=sk)(?:[iy][ijy]|y)$")
_MAYBE_UMLAUT = bytes(
    97 if b in b"aouAOU" else 101 if b in b"eE" else 98 if 97 <= b | 32 <= 122 and b not in b"iI" else 32
    for b in range(256)
)
# Of each byte: which kind of letter it is, "M" and "D" aside; and the letter in lower case, a blank for what parts
# words.
_FORM = bytes(97 if 97 <= b <= 122 else 65 if 65 <= b <= 90 and b not in b"MD" else b for b in range(256))
_LOWERED = bytes(32 if b in b"-.," else b + 32 if 65 <= b <= 90 else b for b in range(256))


def plain_persons(names: Sequence[str]) -> list[Person | None]:
    """The persons behind names in one of a few usual forms, as `names.person` reads them; None for any other name."""
    if not names:
        return []
    joined = "\n".join(names)
    if joined.count("\n") >= len(names):  # a name of several lines is of no usual form
        joined = "\n".join([name.replace("\n", "?") for name in names])
    ascii_only = joined.encode("ascii", "replace")
    form = np.frombuffer(ascii_only.translate(_FORM), dtype=np.uint8)
    lower = form == ord("a")
    told = np.ones(len(form), dtype=bool)
    told[1:] = ~(lower[1:] & lower[:-1])  # how long a word is tells nothing
    forms: bytes = form[told].tobytes()
    lines = ascii_only.translate(_LOWERED).replace(b"  ", b" ").replace(b" \n", b"\n").decode().rstrip(" ")
    surnames_first = map(_surname_first, forms.split(b"\n"))
    persons: list[Person | None] = []
    respelt = _maybe_umlauts(ascii_only)
    for row, (name, line, length) in enumerate(zip(names, lines.split("\n"), surnames_first, strict=True)):
        words = line.split(" ")
        if "sk" in line:
            respelt.append(row)
        if length is None or len(name) > _LONGEST or not _TELLING.isdisjoint(words):
            persons.append(_plain(name))
        elif length == _ALONE:
            persons.append(None if line in NULL_SPELLINGS else Person(words[-1], "", line))
        elif length:
            persons.append(Person(words[length - 1], words[length][0], " ".join(words[length:] + words[:length])))
        else:
            persons.append(Person(words[-1], line[0], line))
    for row in respelt:
        if who := persons[row]:
            persons[row] = as_spelt(who)
    return persons


def _maybe_umlauts(lines: bytes) -> list[int]:
    """The lines that hold a vowel, an e and a consonant in a row."""
    kinds = np.frombuffer(lines.translate(_MAYBE_UMLAUT), dtype=np.uint8)
    found = (kinds[:-2] == ord("a")) & (kinds[1:-1] == ord("e")) & (kinds[2:] == ord("b"))
    ends = (np.frombuffer(lines, dtype=np.uint8) == ord("\n")).nonzero()[0]
    rows: list[int] = np.unique(np.searchsorted(ends, found.nonzero()[0])).tolist()
    return rows


def one_spelling(surname: str) -> str:
    """A folded surname with a, o and u for ae, oe and ue where they may stand for an umlaut, and one -ski of many."""
    return _SKI.sub("i", _UMLAUT.sub("", surname))


def as_spelt(who: Person) -> Person:
    """The person with such a surname."""
    surname = one_spelling(who.surname)
    if surname == who.surname:
        return who
    return Person(surname, who.initial, who.words.removesuffix(who.surname) + surname)


@lru_cache(maxsize=4096)
def _surname_first(form: bytes) -> int | None:
    """How many words of the surname a name of this form begins with, 0 where it begins with a given name.

    _ALONE for a name without blanks; None for a form that is not usual, and for names with apostrophes.
    """
    if b"'" in form or b"M.D" in form:
        return None
    match = _PLAIN.fullmatch(form.decode())
    if match is None:
        return None
    return _words_of(match[1] or match[2] or match[3]) if b" " in form else _ALONE


def _words_of(surname: str | None) -> int:
    return 0 if surname is None else 1 + surname.count(" ") + surname.count("-")


def _plain(name: str) -> Person | None:
    """The same for any name, by itself."""
    match = _PLAIN.fullmatch(name) if len(name) <= _LONGEST else None
    if match is None or name.lower() in NULL_SPELLINGS or "M.D" in name:
        return None
    if not name.isascii() and (mended(name) != name or is_garbled(name)):
        return None
    if not _TELLING.isdisjoint(name.lower().translate(_PARTING).split()):
        return None
    words = fold(name).split()
    whole = " ".join(words)
    if whole in NOBODY or not _TELLING.isdisjoint(words):
        return None
    length = _words_of(match[1] or match[2] or match[3])
    initial = words[length][0] if " " in name else ""
    return as_spelt(Person(words[length - 1], initial, " ".join(words[length:] + words[:length])))
