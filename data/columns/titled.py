"""Derived fields of titles.

Most titles are plain and announce nothing: how a title begins and ends, and which words it has, proves that the costly
patterns of values/ would find nothing in it. What is not plain is given to them unseen.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from papertwin.data.arrays import Mask
from papertwin.data.columns.bulk import BRACKET, DIGIT, FOREIGN, PARTING, QUOTE, ROMAN, Joined, folded, signs
from papertwin.data.columns.column import Column, Given, Prepared, as_sets, texts
from papertwin.data.columns.given import Derive
from papertwin.data.columns.languages import compared_script, languages
from papertwin.data.columns.tokens import Lexicon, Tokens, tokens
from papertwin.data.values import covid, numbering, things, titles, volumes
from papertwin.data.values.headings import PAGE_LETTERS, is_heading, without_numbers
from papertwin.data.values.notices import notice
from papertwin.data.values.stated import stated_notice
from papertwin.data.values.text import fold

_UNPLAIN = FOREIGN | QUOTE  # folded words of other titles are those that \b finds
_MAYBE_DIGITS = FOREIGN | DIGIT
# The first five folded letters, or three, of whatever begins as these patterns of values/titles.py ask for.
_FURNITURE = frozenset({
    "journ", "copyr", "all r", "downl", "resea", "origi", "revie", "speci", "mis a", "mis n", "mis p", "mis q",
    "http ", "https", "doi", "untit", "micro", "artic", "page ", "vol", "iss", "title", "no ti", "not a",
})  # fmt: skip
_MARKED = frozenset({
    "retra", "withd", "remov", "tempo", "artic", "repri", "prepr", "wip", "draft", "origi", "regul", "full ", "short",
    "brief", "rapid", "resea", "case ", "techn", "abstr", "chapt", "kapit", "capit", "arxiv",
})  # fmt: skip
_MARKED_END = (
    *titles.SITES, "retracted article", "retracted paper", " ed", " edn", "edition", "auflage", " aufl", "edicion",
    "edizione", "edicao", " druk", " uppl", "1", "1 2",
)  # fmt: skip
_BEGINNING = _FURNITURE | _MARKED
_PAGE_ENDS = (*PAGE_LETTERS, *"0123456789")  # a roman numeral is folded into figures
_PART, _NUMBER, _BESIDE, _LETTERED = 1, 2, 3, 4
_LONGEST = 2000  # characters: what is longer is a whole text, and letters are compared at the cost of their square
_LEXICON = Lexicon(
    dict.fromkeys(numbering.LETTERED, _LETTERED)
    | dict.fromkeys(numbering.PART_WORDS, _PART)
    | dict.fromkeys(numbering.NUMBER_NAMES, _NUMBER)
    | dict.fromkeys(numbering.BESIDE_PARTS, _BESIDE)
)
_THINGS = Lexicon(things.NUMBERS)
_ORDINAL, _COUNT, _ROMAN = 1, 2, 4  # what a word may be, several of them at once
_FIGURES = Lexicon(
    Counter(dict.fromkeys(" ".join(numbering.ORDINALS_FROM_TEN).split(), _ORDINAL))
    + Counter(dict.fromkeys(numbering.COUNTS, _COUNT))
    + Counter(dict.fromkeys(numbering.NUMERALS, _ROMAN))
)
_CENTURY_BEGINS = np.isin(np.arange(256), list(b"0123456789x"))  # how a century's number may begin, ordinals aside
_NUMERAL = np.isin(np.arange(256), list(b"0123456789ivx"))  # whether a word that begins so may be one
_ROMAN_APART = re.compile(r"[IVX](?![a-z])")


class _Titles(NamedTuple):
    """The titles of a batch as they stand, what each holds (signs of bulk.py), and the whole of it folded."""

    texts: list[str | None]
    signs: list[int]
    folded: list[str]

    def beside(self, column: list[Any]) -> Iterator[tuple[Any, str | None, int, str]]:
        """The values of a column, each with its title."""
        return zip(column, *self, strict=True)


def _titles(prepared: Prepared) -> _Titles:
    given = [None if text is None else text[:_LONGEST] for text in prepared.listed("title")]
    return _Titles(given, signs(given).tolist(), folded([text or "" for text in given]))


def bare_title(records: Given, prepared: Prepared) -> Column:
    return texts(
        [
            _bare(text, sign, whole)
            if text is not None
            and (
                sign & (_UNPLAIN | BRACKET)
                or whole[:5] in _BEGINNING
                or whole[:3] in _BEGINNING
                or whole[1:2] == " "
                or (sign & DIGIT and " " in whole[2:4])
                or whole.endswith(_MARKED_END)
                or " / " in text
                or " | " in text
            )
            else text
            for text, sign, whole in zip(*prepared.once(_titles), strict=True)
        ]
    )


def _bare(text: str, sign: int, whole: str) -> str | None:
    unplain, starts = sign & _UNPLAIN, {whole[:5], whole[:3]}
    if (unplain or not starts.isdisjoint(_FURNITURE) or whole[1:2] == " ") and titles.is_furniture(text):
        return None
    torn = sign & DIGIT and " " in whole[1:4]
    marked = unplain or not starts.isdisjoint(_MARKED) or sign & BRACKET or torn or whole.endswith(_MARKED_END)
    return titles.strip_marks(text) if marked or " / " in text or " | " in text else text


def folded_title(records: Given, prepared: Prepared) -> Column:
    return texts(
        _in_figures(
            [
                "" if bare is None else (whole if bare is text else fold(bare))
                for bare, text, _, whole in prepared.once(_titles).beside(prepared.listed("bare_title"))
            ]
        )
    )


def _in_figures(folded: list[str]) -> list[str | None]:
    """The folded titles with centuries, counts, roman numerals and COVID-19 in one spelling, None for empty ones.

    Only those are looked through that have a word of the kind, or letters beyond ASCII, which may end a word.
    """
    joined = Joined(folded)
    for row in {row for sign in covid.SIGNS for row in joined.rows(sign)}:
        folded[row] = covid.in_one_spelling(folded[row])
    words = tokens([text.encode() for text in folded])
    found = _FIGURES.find(words.keys)
    foreign = [row for row, text in enumerate(folded) if not text.isascii()]
    for spelt, told in (
        (numbering.centuries, (found > 0) | _CENTURY_BEGINS[words.first]),
        (numbering.counts, found & _COUNT > 0),
        (numbering.numerals, found & _ROMAN > 0),
    ):
        for row in {*words.rows[told].tolist(), *foreign}:
            folded[row] = spelt(folded[row])
    return [text or None for text in folded]


def compact_title(records: Given, prepared: Prepared) -> Column:
    given = prepared.listed("folded_title")
    compact = "\n".join([text or "" for text in given]).replace(" ", "").split("\n")
    return texts([text or None for text in compact[: len(given)]])


# --- words ----------------------------------------------------------------------------------------------------------


def _words(prepared: Prepared) -> Tokens:
    return tokens([b"" if text is None else text.encode() for text in prepared.listed("folded_title")])


def title_words(records: Given, prepared: Prepared) -> Column:
    words = prepared.once(_words)
    return as_sets(words.keys, words.rows, prepared.absent("folded_title"))


def title_things(records: Given, prepared: Prepared) -> Column:
    words = prepared.once(_words)
    found = _THINGS.find(words.keys)
    return as_sets(found[found > 0].view(np.uint64), words.rows[found > 0], prepared.absent("folded_title"))


def title_length(records: Given, prepared: Prepared) -> Column:
    length = np.bincount(prepared.once(_words).rows, minlength=len(records)).astype(np.float64)
    length[prepared.absent("folded_title")] = np.nan
    return length


def _telling(prepared: Prepared) -> tuple[list[bool], list[bool]]:
    """The titles that have a word such as "part" beside a number, and those that have "March" or "group B"."""
    words = prepared.once(_words)
    found = _LEXICON.find(words.keys)
    numeral = (found == _BESIDE) | (words.length == 1) | _NUMERAL[words.first]
    parts = (found == _PART).nonzero()[0]
    numbered = parts[numeral.take([parts - 1, parts + 1], mode="clip").any(axis=0)]
    lettered = (found == _LETTERED).nonzero()[0]
    telling = np.concatenate(
        ((found == _NUMBER).nonzero()[0], lettered[words.length.take(lettered + 1, mode="clip") == 1])
    )
    masks: list[Mask] = [np.zeros(len(prepared), dtype=bool) for _ in range(2)]
    for mask, places in zip(masks, (numbered, telling), strict=True):
        mask[words.rows[places]] = True
    return masks[0].tolist(), masks[1].tolist()


def title_parts(records: Given, prepared: Prepared) -> Column:
    """What a title numbers; where it numbers nothing, the edition that the record states in a field of its own.

    Of a book in several volumes it is the volume, for each of them has editions of its own.
    """
    given, named = prepared.once(_titles).beside(prepared.listed("bare_title")), prepared.once(_telling)[0]
    column: list[str | None] = []
    stated = map(prepared.listed, ("edition", "volume", "journal"))
    for (bare, text, sign, _), name, edition, volume, journal in zip(given, named, *stated, strict=True):
        silent = bare is text and not (name or sign & (_UNPLAIN | DIGIT))
        if bare is None or (silent and not (sign & ROMAN and _ROMAN_APART.search(bare))):
            found = bare and ""
        else:
            found = numbering.parts(bare, name or (None if sign & _UNPLAIN else False))
        if found == "" and edition:
            found = (volume and not journal and volumes.first_number(volume)) or edition
        column.append(found)
    return texts(column)


def title_years(records: Given, prepared: Prepared) -> Column:
    return texts(
        [
            None if bare is None else numbering.years(bare) if sign & _MAYBE_DIGITS else ""
            for bare, _, sign, _ in prepared.once(_titles).beside(prepared.listed("bare_title"))
        ]
    )


def title_numbers(records: Given, prepared: Prepared) -> Column:
    given, named = prepared.once(_titles).beside(prepared.listed("folded_title")), prepared.once(_telling)[1]
    return texts(
        [
            None
            if text is None
            else numbering.numbers(text, parts)
            if name or parts or sign & _MAYBE_DIGITS or text is not whole  # a century in words
            else ""
            for (text, _, sign, whole), name, parts in zip(given, named, prepared.listed("title_parts"), strict=True)
        ]
    )


# --- kinds ----------------------------------------------------------------------------------------------------------


def title_notice(records: Given, prepared: Prepared) -> Column:
    """The notice that a title announces; where it announces none, the one that the record says that it is."""
    titled = prepared.once(_titles)
    given = zip(titled.texts, titled.folded, prepared.listed("type"), strict=True)
    return texts(
        [
            None if text is None else notice(text, whole) or (said and stated_notice(said, whole)) or ""
            for text, whole, said in given
        ]
    )


def announces(announcement: titles.Announcement) -> Derive:
    """A flag: 1 where the title announces this, 0 where it does not."""

    def derive(records: Given, prepared: Prepared) -> Column:
        whole = prepared.once(_titles).folded
        joined = Joined(whole)
        flags = np.zeros(len(whole))
        for row in {row for sign in announcement.signs for row in joined.rows(sign)}:
            flags[row] = announcement.pattern.search(whole[row]) is not None
        flags[prepared.absent("title")] = np.nan
        return flags

    return derive


def title_script(records: Given, prepared: Prepared) -> Column:
    return texts([None if text is None else compared_script(text) for text in prepared.listed("title")])


def title_language(records: Given, prepared: Prepared) -> Column:
    return texts(languages(prepared.listed("title")))


def _halves(prepared: Prepared) -> list[tuple[str, str] | None]:
    """Main title and subtitle, folded."""
    halves: list[tuple[str, str] | None] = []
    parted: list[tuple[int, str, str]] = []
    given = prepared.once(_titles).beside(prepared.listed("bare_title"))
    for (bare, text, sign, _), whole in zip(given, prepared.listed("folded_title"), strict=True):
        halves.append(None if bare is None else (whole or "", ""))
        if bare is not None and (sign & (PARTING | FOREIGN) or " - " in bare or bare is not text):
            main, sub = titles.split_subtitle(bare)
            if sub:
                parted.append((len(halves) - 1, main, sub))
    mains = _in_figures(folded([main for _, main, _ in parted]))
    subs = _in_figures(folded([sub for *_, sub in parted]))
    for (row, *_), *both in zip(parted, mains, subs, strict=True):
        halves[row] = both[0] or "", both[1] or ""
    return halves


def main_title(records: Given, prepared: Prepared) -> Column:
    return texts([None if halves is None else halves[0] or None for halves in prepared.once(_halves)])


def subtitle(records: Given, prepared: Prepared) -> Column:
    return texts([None if halves is None else halves[1] or None for halves in prepared.once(_halves)])


def title_heading(records: Given, prepared: Prepared) -> Column:
    return np.array(
        [
            None
            if halves is None
            else is_heading(*map(without_numbers, halves))
            if sign & _MAYBE_DIGITS or halves[0].endswith(_PAGE_ENDS) or halves[1].endswith(_PAGE_ENDS)
            else is_heading(*halves)
            for halves, sign in zip(prepared.once(_halves), prepared.once(_titles).signs, strict=True)
        ],
        dtype=np.float64,
    )
