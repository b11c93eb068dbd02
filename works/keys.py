"""KEYS: what two records may have in common so that they are worth comparing; the one list of blocking keys.

A key is a number made of prepared columns of one record. Records that share keys are candidates, the rarer the keys
the sooner. No key is looked for in text here: what the words and identifiers of a record are is said by FIELDS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats, Keys, Mask, Rows
from papertwin.data.columns.column import Prepared
from papertwin.data.columns.tokens import tokens
from papertwin.data.values.rarity import rarity

Made = tuple[Rows, Keys]  # the row of each key, and the key
Make = Callable[[Prepared], Made]

_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_LAST = np.uint64(0xFFFFFFFFFFFFFFFF)
SHINGLE = 12  # letters, 8 to 16
MOST = 40  # tokens of a set: a record whose title is a whole text is not to be like all others


@dataclass(frozen=True, slots=True)
class Key:
    """One kind of keys: how they are made, and how much one tells beside another of the same rarity.

    Records that crowd under one that `sorts` are still compared, each with its next neighbours.
    """

    name: str
    make: Make
    weight: float = 1.0
    sorts: bool = False


def mixed(*columns: Keys) -> Keys:
    """One number of several, a row each, in which every one of them counts."""
    made = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        made = (made ^ column) * _ODD
        made ^= made >> _SHIFT
    return made


@cache
def numbers(name: str) -> Callable[[Prepared], tuple[Keys, Mask]]:
    """A column of text or numbers as a number a row, and where it says something."""

    def make(prepared: Prepared) -> tuple[Keys, Mask]:
        column = prepared.values(name)
        if column.dtype != object:
            known = ~np.isnan(column)
            return np.where(known, column, 0).astype(np.int64).astype(np.uint64), known
        keys = np.zeros(len(column), dtype=np.uint64)
        known = np.zeros(len(column), dtype=bool)
        there = np.flatnonzero(column)
        # spaces and line ends part words, and here a whole text is one
        words = tokens([value.replace(" ", "").replace("\n", "").encode() for value in column[there].tolist()])
        keys[there[words.rows]] = words.keys
        known[there[words.rows]] = True
        return keys, known

    return make


def whole(*names: str) -> Make:
    """The columns together, where the record has them all."""

    def make(prepared: Prepared) -> Made:
        columns = [prepared.once(numbers(name)) for name in names]
        rows = np.flatnonzero(np.all([known for _, known in columns], axis=0))
        return rows, mixed(*(keys[rows] for keys, _ in columns))

    return make


def untold(make: Make) -> Make:
    """The same keys of those records only that have no title, or a heading such as Editorial."""

    def of_untold(prepared: Prepared) -> Made:
        heading = np.asarray(prepared.columns["title_heading"], dtype=np.float64)
        silent = prepared.absent("compact_title") | (heading == 1)
        rows, keys = make(prepared)
        return rows[silent[rows]], keys[silent[rows]]

    return of_untold


def each(name: str, *beside: str) -> Make:
    """Each token of a set (of a very large one the rarest), with the other columns where there are any."""

    def make(prepared: Prepared) -> Made:
        rows, keys, _ = prepared.once(by_rarity(name))
        columns = [prepared.once(numbers(other)) for other in beside]
        if not columns:
            return rows, keys
        known = np.all([known for _, known in columns], axis=0)[rows]
        rows, keys = rows[known], keys[known]
        return rows, mixed(keys, *(other[rows] for other, _ in columns))

    return make


def rarest(name: str, most: int) -> Make:
    """The rarest tokens of a set, at most so many."""

    def make(prepared: Prepared) -> Made:
        rows, keys, ranks = prepared.once(by_rarity(name))
        return rows[ranks < most], keys[ranks < most]

    return make


def rare_pairs(name: str, most: int) -> Make:
    """Every two of the rarest tokens: what is common alone may be rare together."""

    def make(prepared: Prepared) -> Made:
        rows, keys, ranks = prepared.once(by_rarity(name))
        kept = ranks < most
        rows, keys, ranks = rows[kept], keys[kept], ranks[kept]
        table = np.zeros((len(prepared), most), dtype=np.uint64)
        there = np.zeros((len(prepared), most), dtype=bool)
        table[rows, ranks], there[rows, ranks] = keys, True
        found = []
        for first, second in combinations(range(most), 2):
            both = np.flatnonzero(there[:, first] & there[:, second])
            sides = table[both, first], table[both, second]
            found.append((both, mixed(np.minimum(*sides), np.maximum(*sides))))
        return np.concatenate([both for both, _ in found]), np.concatenate([made for _, made in found])

    return make


def shingles(name: str, most: int) -> Make:
    """The runs of SHINGLE letters whose hashes are smallest, at most so many: near texts have some in common.

    (The bottom-k sketch of Broder 1997.) Words run together or torn, and titles with authors in them, share no words.
    """

    def make(prepared: Prepared) -> Made:
        texts = [(value or "").replace(" ", "").encode() for value in prepared.values(name)]
        ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
        buffer = np.frombuffer(b"".join(texts) + bytes(SHINGLE), dtype=np.uint8)
        starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
        rows = np.flatnonzero(ends - starts >= SHINGLE)
        if not len(rows):
            return rows, np.empty(0, dtype=np.uint64)
        counts = (ends - starts)[rows] - SHINGLE + 1
        first = np.concatenate(([0], np.cumsum(counts)[:-1]))
        places = np.arange(counts.sum()) + np.repeat(starts[rows] - first, counts)
        letters = buffer.astype(np.uint64)
        for reach in (1, 2, 4):  # the 2, 4 and 8 letters from each place on as one number
            letters = letters[:-reach] | (letters[reach:] << np.uint64(8 * reach))
        hashes = mixed(letters[: 8 - SHINGLE], letters[SHINGLE - 8 :])[places]
        found = []
        for _ in range(most):
            smallest = np.minimum.reduceat(hashes, first)
            there = smallest < _LAST
            found.append((rows[there], smallest[there]))
            hashes[hashes == np.repeat(smallest, counts)] = _LAST
        return np.concatenate([row for row, _ in found]), np.concatenate([key for _, key in found])

    return make


@cache
def by_rarity(name: str) -> Callable[[Prepared], tuple[Rows, Keys, Rows]]:
    """The tokens of a set, of a very large one the MOST rarest: row, key and rank of each, the rarest of a row first.

    How rare a token is says the shipped table.
    """

    def make(prepared: Prepared) -> tuple[Rows, Keys, Rows]:
        tokens = prepared.sets(name)
        rows = tokens.rows()
        order = in_order(rows, 1 - rarity(tokens.keys))
        ranks = np.arange(len(rows)) - tokens.starts[:-1][rows]  # rows are in order, before and after
        kept = ranks < MOST
        return rows[kept], tokens.keys[order][kept], ranks[kept]

    return make


def in_order(rows: Rows, values: Floats) -> Rows:
    """The places in the order of rows, then of the values (0 and more), then of places.

    Values count as exactly as 64 bits allow (of a million records' keys in 260,000 steps): all three are sorted as one
    number, ten times as fast as apart.
    """
    place_bits, row_bits = len(rows).bit_length(), int(rows.max(initial=0)).bit_length()
    rank_bits = min(63 - place_bits - row_bits, 52)  # more than 52 a float has not
    steps = (1 << rank_bits) - 1
    joint: Rows = (values * (steps / max(values.max(initial=0), 1e-9))).astype(np.int64)
    joint <<= place_bits
    joint |= rows << (place_bits + rank_bits)
    joint |= np.arange(len(rows))
    joint.sort()
    joint &= (1 << place_bits) - 1
    return joint


KEYS: tuple[Key, ...] = (
    # identifiers
    Key("doi", whole("work_doi"), 2, sorts=True),
    Key("preprint", whole("preprint_id"), 2, sorts=True),
    Key("pubmed", whole("pubmed"), 2, sorts=True),
    Key("pmc", whole("pmc"), 2, sorts=True),
    Key("registration", each("registration_set")),
    Key("listing", each("listings"), 2),
    # titles
    Key("title", whole("compact_title")),
    Key("main title", whole("main_title")),
    Key("title words", each("title_words")),
    Key("title pairs", rare_pairs("title_words", 5), 0.5),
    Key("title shingles", shingles("compact_title", 4), 0.7),
    # retitled: the same persons, the same rare words of the abstract
    Key("authors", whole("name_sequence")),
    Key("surnames", each("surnames"), 0.5),
    Key("surname pairs", rare_pairs("surnames", 3)),
    Key("surname and year", each("surnames", "year"), 0.5),
    Key("abstract words", rarest("abstract_words", 10), 0.5),
    Key("abstract pairs", rare_pairs("abstract_words", 5), 0.5),
    # without a telling title: where it stands
    Key("volume and page", whole("volume_number", "first_page")),
    Key("year and page", whole("year", "first_page")),
    Key("pages", whole("first_page", "last_page")),
    Key("place", whole("venue_initials", "volume_number", "first_page")),
    Key("issue", whole("venue_initials", "volume_number", "issue_number"), 0.5),
    Key("issue of untold", untold(whole("venue_initials", "volume_number", "issue_number")), 1.6),
    Key("issue and surname", each("surnames", "venue_initials", "volume_number", "issue_number"), 0.5),
    # crowded titles, such as Editorial, parted by what else is known
    *(
        Key(f"title and {name}", whole("compact_title", name), 0.5, sorts=name == "first_author")
        for name in ("year", "first_author", "venue", "volume_number", "first_page")
    ),
)


def keys_of(prepared: Prepared) -> tuple[Rows, Keys, NDArray[np.uint8]]:
    """All keys of the records, row by row: the row of each, the key, and its kind (a place in KEYS)."""
    rows, keys, kinds = [], [], []
    for kind, entry in enumerate(KEYS):
        row, key = entry.make(prepared)
        salt = np.uint64(int.from_bytes(blake2b(entry.name.encode(), digest_size=8).digest()))
        rows.append(row)
        keys.append(mixed(key, np.full(len(key), salt)))
        kinds.append(np.full(len(key), kind, dtype=np.uint8))
    of_row = np.concatenate(rows)
    order = np.argsort(of_row, kind="stable")
    return of_row[order], np.concatenate(keys)[order], np.concatenate(kinds)[order]


def sketches(count: int, rows: Rows, keys: Keys, kinds: NDArray[np.uint8]) -> Keys:
    """A number for each record that those with near titles often have in common; 0 for one without a title.

    It is the first of the title's shingles. `rows`, `keys` and `kinds` are those of keys_of.
    """
    shingled = kinds == next(kind for kind, entry in enumerate(KEYS) if entry.name == "title shingles")
    found = np.zeros(count, dtype=np.uint64)
    first = np.diff(rows[shingled], prepend=-1) != 0
    found[rows[shingled][first]] = keys[shingled][first]
    return found
