"""ISBNs: the numbers of a book, which its record has in a field of its own, under whatever name.

The names stay what they are in a record. A book has a number in each binding, so that two that differ say nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from papertwin.data.values.text import whole, without_signs

# Names under which records have them: those of most formats; RIS's and Web of Science's, which may hold an ISSN as
# well; Web of Science's for books, EndNote's.
NAMES = (
    "isbn",
    "ISBN-13",
    "ISBN-10",
    "eISBN",
    "SN",
    "BN",
    "%@",
    "printIsbn",
    "electronicIsbn",
    "isbn_s",
    "prism:isbn",
    "BookDocument/Book/Isbn",
)
_NAMES = frozenset(map(without_signs, NAMES))
_BETWEEN = r"[ \xa0\u2010-\u2015-]"  # texts of a publisher have hyphens and blanks at which no line breaks
ISBN = re.compile(rf"(?<![\d-])(?:97[89]{_BETWEEN}?)?(?:\d{_BETWEEN}?){{9}}[\dXx](?![\d-])")
_NO_BOOKS = frozenset({"123456789", *(digit * 9 for digit in "0123456789")})  # filled in where a number must stand
_ROUNDED = "000000"
_WEIGHTS = {13: (1, 3) * 6 + (1,), 10: tuple(range(10, 0, -1))}
_MODULUS = {13: 10, 10: 11}


@lru_cache(maxsize=4096)
def says_isbn(name: str) -> bool:
    """Whether what stands under a name may be an ISBN."""
    return without_signs(name) in _NAMES


def told(record: Mapping[str, object], names: Iterable[str] | None = None) -> list[str]:
    """The ISBNs of a record, as `read` gives them, each once; `names` are those that may say them, where known."""
    found: dict[str, None] = {}
    for name in sorted(filter(says_isbn, record)) if names is None else names:
        value = record.get(name)
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(item, (str, int, float)):
                found |= dict.fromkeys(read(str(whole(item))))
    return list(found)


def written(record: Mapping[str, object]) -> str:
    """The ISBNs of a record as a person reads them: "9783161484100; 9780306406157"."""
    return "; ".join(map(whole_number, told(record)))


def whole_number(isbn: str) -> str:
    """An ISBN of `read` with its last digit, as a catalogue finds it.

    >>> whole_number("978316148410")
    '9783161484100'
    """
    return f"{isbn}{-sum(int(digit) * weight for digit, weight in zip(isbn, _WEIGHTS[13], strict=False)) % 10}"


def read(text: str) -> Iterator[str]:
    """The ISBNs in a text: thirteen digits without the last one, which only tells of a slip.

    Numbers with a slip are left out, and what many records have that share no book: 0000000000 and the like, and
    9.78017E+12, to which Excel rounds.

    >>> [*read("3-16-148410-X (pbk.) 0-306-40615-2")]
    ['978316148410', '978030640615']
    """
    for found in ISBN.finditer(text):
        signs = [10 if sign in "Xx" else int(sign) for sign in found[0] if sign.isalnum()]
        if sum(map(int.__mul__, signs, _WEIGHTS[len(signs)])) % _MODULUS[len(signs)] == 0:
            isbn = "".join(map(str, [9, 7, 8, *signs] if len(signs) == 10 else signs))[:12]
            if isbn[3:] not in _NO_BOOKS and not isbn.endswith(_ROUNDED):
                yield isbn
