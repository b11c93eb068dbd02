"""ISBNs: the numbers of a book, which its record has in a field of its own, under whatever name.

The names stay what they are in a record. A book has a number in each binding, so that two that differ say nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from papertwin.data.values.text import whole, without_signs

# Names under which records have them: those of most formats; RIS's and Web of Science's, which may hold an ISSN as
# well; Web of Science's for books, EndNote's.
NAMES = ("isbn", "ISBN-13", "ISBN-10", "eISBN", "SN", "BN", "%@", "BookDocument/Book/Isbn")
_NAMES = frozenset(map(without_signs, NAMES))
ISBN = re.compile(r"(?<![\d-])(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx](?![\d-])")
_WEIGHTS = {13: (1, 3) * 6 + (1,), 10: tuple(range(10, 0, -1))}
_MODULUS = {13: 10, 10: 11}


@lru_cache(maxsize=4096)
def says_isbn(name: str) -> bool:
    """Whether what stands under a name may be an ISBN."""
    return without_signs(name) in _NAMES


def told(record: Mapping[str, object], names: Iterable[str]) -> list[str]:
    """The ISBNs that a record has under some of these names, as `read` gives them, each once."""
    found: dict[str, None] = {}
    for name in names:
        value = record.get(name)
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(item, (str, int, float)):
                found |= dict.fromkeys(read(str(whole(item))))
    return list(found)


def read(text: str) -> Iterator[str]:
    """The ISBNs in a text: thirteen digits without the last one, which only tells of a slip; such numbers are left out.

    >>> [*read("3-16-148410-X (pbk.) 0-306-40615-2")]
    ['978316148410', '978030640615']
    """
    for found in ISBN.finditer(text):
        signs = [10 if sign in "Xx" else int(sign) for sign in found[0] if sign not in " -"]
        if sum(map(int.__mul__, signs, _WEIGHTS[len(signs)])) % _MODULUS[len(signs)] == 0:
            yield "".join(map(str, [9, 7, 8, *signs] if len(signs) == 10 else signs))[:12]
