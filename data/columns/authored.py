"""Derived fields of authors: the persons of all records in one row, then cut into records again."""

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Mask
from papertwin.data.columns.column import Column, Given, Prepared, as_sets, texts
from papertwin.data.columns.given import Derive
from papertwin.data.columns.tokens import Tokens, tokens
from papertwin.data.values.persons import Person

_TOGETHER = 4096  # names that are hashed as one text


@dataclass(frozen=True, slots=True)
class _Persons:
    """The persons of a batch: those of each record, missing where there are none, and all with their records' rows."""

    of: list[list[Person] | None]
    all: list[Person]
    rows: NDArray[np.int64]
    missing: Mask


def _persons(prepared: Prepared) -> _Persons:
    of = [None if found is None else found[0] for found in prepared.listed("authors")]
    rows = np.repeat(np.arange(len(of)), [len(people or ()) for people in of])
    return _Persons(of, list(chain.from_iterable(filter(None, of))), rows, prepared.absent("authors"))


def _with_initial(prepared: Prepared) -> Mask:
    """The persons whose given name or initial is known."""
    return np.array([who.initial != "" for who in prepared.once(_persons).all], dtype=bool)


def _surname_lines(prepared: Prepared) -> list[str | None]:
    of = prepared.once(_persons).of
    return [None if people is None else " ".join([who.surname for who in people]) for people in of]


def _surname_keys(prepared: Prepared) -> NDArray[np.uint64]:
    """The key of each person's surname, which is one word."""
    return tokens([(line or "").encode() for line in prepared.once(_surname_lines)]).keys


def _word_lines(prepared: Prepared) -> list[str | None]:
    of = prepared.once(_persons).of
    return [None if people is None else " ".join([who.words for who in people]) for people in of]


def _words(prepared: Prepared) -> Tokens:
    return tokens([(line or "").encode() for line in prepared.once(_word_lines)])


def surnames(records: Given, prepared: Prepared) -> Column:
    persons = prepared.once(_persons)
    return as_sets(prepared.once(_surname_keys), persons.rows, persons.missing)


def author_words(records: Given, prepared: Prepared) -> Column:
    words = prepared.once(_words)
    whole = words.length > 1
    return as_sets(words.keys[whole], words.rows[whole], prepared.once(_persons).missing)


def initialled(records: Given, prepared: Prepared) -> Column:
    persons = prepared.once(_persons)
    known = prepared.once(_with_initial)
    return as_sets(prepared.once(_surname_keys)[known], persons.rows[known], persons.missing)


def names(records: Given, prepared: Prepared) -> Column:
    persons = prepared.once(_persons)
    known = prepared.once(_with_initial)
    each = [f"{who.surname}_{who.initial}" for who in persons.all]
    parts = [" ".join(each[start : start + _TOGETHER]).encode() for start in range(0, len(each), _TOGETHER)]
    return as_sets(tokens(parts).keys[known], persons.rows[known], persons.missing)


def first_author_word(records: Given, prepared: Prepared) -> Column:
    persons = prepared.once(_persons)
    rows, first = np.unique(persons.rows, return_index=True)
    return as_sets(prepared.once(_surname_keys)[first], rows, persons.missing)


def sorted_names(records: Given, prepared: Prepared) -> Column:
    lines = prepared.once(_word_lines)
    return texts(
        [
            None if line is None else " ".join(sorted([word for word in line.split() if len(word) > 1]))[:600]
            for line in lines
        ]
    )


def name_sequence(records: Given, prepared: Prepared) -> Column:
    return texts([None if line is None else line[:400] for line in prepared.once(_surname_lines)])


def one_of(place: int) -> Derive:
    """The surname of the first (0) or the last (-1) author."""

    def derive(records: Given, prepared: Prepared) -> Column:
        return texts([None if people is None else people[place].surname for people in prepared.once(_persons).of])

    return derive


def group_authors(records: Given, prepared: Prepared) -> Column:
    persons = prepared.once(_persons)
    groups = np.fromiter((who.is_group for who in persons.all), dtype=bool, count=len(persons.all))
    of_all, of_groups = (np.bincount(rows, minlength=len(records)) for rows in (persons.rows, persons.rows[groups]))
    alike = (of_groups == 0) | (of_groups == of_all)
    return np.where(alike & ~persons.missing, of_groups > 0, np.nan)


def author_count(records: Given, prepared: Prepared) -> Column:
    persons = prepared.once(_persons)
    count = np.bincount(persons.rows, minlength=len(records)).astype(np.float64)
    count[persons.missing] = np.nan
    return count
