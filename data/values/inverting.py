"""Inverting: "Surname GM", as PubMed and the Cochrane Library have names, to "Surname, GM", as reference managers do.

Without the comma they take all of it for the surname.
"""

import re
from collections.abc import Sequence

from papertwin.data.values.groups import is_group
from papertwin.data.values.text import fold

_INITIALS = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž]\.?[ -]?){0,2}[A-ZÀ-ÖØ-ÞĀ-Ž]\.?"
_INVERTED = re.compile(rf"([^,;()\d]*[^\W\d_]{{2}}[^,;()\d]*?) ({_INITIALS})")
_PARTICLES = frozenset(
    {"al", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "los", "mac"}
    | {"san", "st", "ten", "ter", "van", "von", "zu", "zur"}
)
# What stands behind the name of a firm or a country's branch, or may be a surname in capitals: "Cancer UK", "Wei LI".
_NO_INITIALS = frozenset({"EU", "GB", "UK", "UN", "US", "USA"})
_SURNAMES = re.compile(r"[B-DF-HJ-NP-TV-XZY]{1,2}[AEIOU]{1,2}|[AEO][HN]|NG|[A-Z][AEIOU][A-Z]")
_VOWEL = re.compile(r"[AEIOUY]|[^\x00-\x7f]")


def inverted(names: Sequence[str]) -> list[str]:
    """The names, those with a comma between surname and initials that had none and are surely of that form.

    Sure is one surname, with "van der" or not, before initials that are no surname in capitals; other names are where
    all beside them are of the form and one of these is sure. Groups and all else stay as they are.
    """
    found = [_INVERTED.fullmatch(name.strip()) for name in names]
    parted = [None if match is None or _is_other(match[1], match[2]) else (match[1], match[2]) for match in found]
    sure = [parts is not None and _is_sure(*parts) for parts in parted]
    others = [name for name, parts in zip(names, parted, strict=True) if parts is None and "," not in name]
    in_style = any(sure) and all(is_group(fold(name).split()) for name in others)
    return [
        name if parts is None or not (is_sure or in_style) else ", ".join(parts)
        for name, parts, is_sure in zip(names, parted, sure, strict=True)
    ]


def _is_other(surname: str, initials: str) -> bool:
    """Whether it is a group, or begins with an initial, as names do that are not inverted."""
    words = surname.split()
    return initials in _NO_INITIALS or is_group(fold(surname).split()) or len(words[0].strip(".")) < 2


def _is_sure(surname: str, initials: str) -> bool:
    *before, last = surname.split()
    if not all(word.casefold() in _PARTICLES for word in before) or _SURNAMES.fullmatch(initials):
        return False
    return not last.isupper() or (len(last) > 3 and _VOWEL.search(last) is not None)
