"""Derived fields of titles.

Most titles are plain and announce nothing: how a title begins and ends, and which words it has, proves that the costly
patterns of titles.py would find nothing in it. What is not plain is given to them unseen.
"""

import re
from typing import NamedTuple

import numpy as np

from papertwin.data import titles
from papertwin.data.bulk import DIGIT, FOREIGN, QUOTE, signs
from papertwin.data.columns import Column, Mask, Prepared, Records, as_sets, is_none, texts
from papertwin.data.languages import compared_script, languages
from papertwin.data.text import fold
from papertwin.data.tokens import Lexicon, Tokens, tokens

_UNPLAIN = FOREIGN | QUOTE  # folded words of other titles are those that \b finds
_MAYBE_DIGITS = FOREIGN | DIGIT
# The first three folded letters of whatever begins as these patterns of titles.py ask for.
_FURNITURE = frozenset({
    "jou", "cop", "all", "dow", "res", "ori", "rev", "spe", "mis", "htt", "doi", "unt", "mic", "art", "pag", "vol",
    "iss", "tit", "no ",
})  # fmt: skip
_MARKED = frozenset({
    "ret", "wit", "rem", "tem", "art", "rep", "pre", "wip", "dra",
})  # fmt: skip
_NOTICE = frozenset({
    "ret", "not", "edi", "exp", "err", "era", "cor", "aut", "pub", "add", "ame", "the", "our", "rep", "res", "rej",
    "com", "re", "dis", "let", "inv", "ref", "int", "rem", "pee", "boo", "rev", "sup", "dat", "in ", "a r", "re ",
})  # fmt: skip
_MARKED_END = (
    "retracted article", "retracted paper", " ed", " edn", "edition", "auflage", " aufl", "edicion", "edizione",
)  # fmt: skip
_NOTICE_END = (
    "erratum", "corrigendum", "correction", "retraction", "notice", "reply", "response", "rejoinder", "comment",
    "review", "discussion", "material",
)  # fmt: skip
_PART, _NUMBER = 1, 2
_LONGEST = 2000  # characters: what is longer is a whole text, and letters are compared at the cost of their square
_LEXICON = Lexicon(dict.fromkeys(titles.PART_WORDS, _PART) | dict.fromkeys(titles.NUMBER_NAMES, _NUMBER))
_ROMAN_APART = re.compile(r"[IVX](?![a-z])")


class _Title(NamedTuple):
    """A title as it stands, what it holds (signs of bulk.py), and the whole of it folded."""

    text: str
    signs: int
    folded: str
    plain: bool


def _whole(prepared: Prepared) -> list[_Title | None]:
    given = [None if text is None else text[:_LONGEST] for text in prepared.values("title").tolist()]
    return [
        None if text is None else _Title(text, sign, fold(text), not sign & _UNPLAIN)
        for text, sign in zip(given, signs(given).tolist(), strict=True)
    ]


def bare_title(records: Records, prepared: Prepared) -> Column:
    return texts([None if title is None else _bare(title) for title in prepared.once(_whole)])


def _bare(title: _Title) -> str | None:
    text, _, folded, plain = title
    start = folded[:3]
    if (not plain or start in _FURNITURE or folded[1:2] == " ") and titles.is_furniture(text):
        return None
    marked = not plain or start in _MARKED or "[" in text or "(" in text or folded.endswith(_MARKED_END)
    return titles.strip_marks(text) if marked else text


def folded_title(records: Records, prepared: Prepared) -> Column:
    return texts(
        [
            None if bare is None or title is None else (title.folded if bare is title.text else fold(bare)) or None
            for bare, title in zip(prepared.values("bare_title"), prepared.once(_whole), strict=True)
        ]
    )


# --- words ----------------------------------------------------------------------------------------------------------


def _words(prepared: Prepared) -> Tokens:
    return tokens([b"" if text is None else text.encode() for text in prepared.values("folded_title")])


def title_words(records: Records, prepared: Prepared) -> Column:
    words = prepared.once(_words)
    return as_sets(words.keys, words.rows, is_none(prepared.values("folded_title")))


def title_length(records: Records, prepared: Prepared) -> Column:
    length = np.bincount(prepared.once(_words).rows, minlength=len(records)).astype(np.float64)
    length[is_none(prepared.values("folded_title"))] = np.nan
    return length


def _telling(prepared: Prepared) -> tuple[list[bool], list[bool]]:
    """The titles that have a word such as "part", and those that have one such as "IV" or "March"."""
    words = prepared.once(_words)
    found = _LEXICON.find(words.keys)
    masks: list[Mask] = [np.zeros(len(prepared), dtype=bool) for _ in range(2)]
    for mask, kind in zip(masks, (_PART, _NUMBER), strict=True):
        mask[words.rows[found == kind]] = True
    return masks[0].tolist(), masks[1].tolist()


def title_parts(records: Records, prepared: Prepared) -> Column:
    column: list[str | None] = []
    bares, named = prepared.values("bare_title"), prepared.once(_telling)[0]
    for bare, title, name in zip(bares, prepared.once(_whole), named, strict=True):
        if bare is None or title is None:
            column.append(None)
        elif bare is title.text and title.plain and not (name or title.signs & DIGIT or _ROMAN_APART.search(bare)):
            column.append("")
        else:
            column.append(titles.parts(bare))
    return texts(column)


def title_years(records: Records, prepared: Prepared) -> Column:
    return texts(
        [
            None if bare is None or title is None else titles.years(bare) if title.signs & _MAYBE_DIGITS else ""
            for bare, title in zip(prepared.values("bare_title"), prepared.once(_whole), strict=True)
        ]
    )


def title_numbers(records: Records, prepared: Prepared) -> Column:
    folded, named = prepared.values("folded_title"), prepared.once(_telling)[1]
    return texts(
        [
            None
            if text is None or title is None
            else titles.numbers(text)
            if name or title.signs & _MAYBE_DIGITS
            else ""
            for text, title, name in zip(folded, prepared.once(_whole), named, strict=True)
        ]
    )


# --- kinds ----------------------------------------------------------------------------------------------------------


def title_notice(records: Records, prepared: Prepared) -> Column:
    return texts([None if title is None else _notice(title) for title in prepared.once(_whole)])


def _notice(title: _Title) -> str:
    telling = not title.plain or title.folded[:3] in _NOTICE or title.folded.endswith(_NOTICE_END)
    return titles.notice(title.text) if telling else ""


def title_script(records: Records, prepared: Prepared) -> Column:
    return texts([None if text is None else compared_script(text) for text in prepared.values("title").tolist()])


def title_language(records: Records, prepared: Prepared) -> Column:
    return texts(languages(prepared.values("title").tolist()))


def _halves(prepared: Prepared) -> list[tuple[str, str] | None]:
    """Main title and subtitle, folded."""
    halves: list[tuple[str, str] | None] = []
    for bare, folded in zip(prepared.values("bare_title"), prepared.values("folded_title"), strict=True):
        if bare is None:
            halves.append(None)
            continue
        main, sub = titles.split_subtitle(bare)
        halves.append((fold(main), fold(sub)) if sub else (folded or "", ""))
    return halves


def main_title(records: Records, prepared: Prepared) -> Column:
    return texts([None if halves is None else halves[0] or None for halves in prepared.once(_halves)])


def subtitle(records: Records, prepared: Prepared) -> Column:
    return texts([None if halves is None else halves[1] or None for halves in prepared.once(_halves)])


def title_heading(records: Records, prepared: Prepared) -> Column:
    column = np.full(len(records), np.nan)
    for row, (halves, title) in enumerate(zip(prepared.once(_halves), prepared.once(_whole), strict=True)):
        if halves is not None and title is not None:
            column[row] = any(map(titles.is_heading, halves))
    return column
