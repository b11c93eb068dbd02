"""Editions: which edition a record states in a field of its own, under whatever name and in whatever words.

The names stay what they are in a record. A first edition says nothing, since most records of one name none; neither do
dates, which reference managers have in this place for articles, and whatever else is not known.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from papertwin.data.values.numbering import NAMED_EDITIONS, NUMBER_WORDS, ORDINAL_WORDS, ORDINALS_FROM_TEN, REVISIONS
from papertwin.data.values.text import fold, known, whole, without_signs

# Names under which records state it: ours, BibTeX's and those of tables; RIS's, Crossref's, EndNote's and PubMed's.
NAMES = ("edition", "ET", "edition-number", "%7", "BookDocument/Book/Edition")
_NAMES = frozenset(map(without_signs, NAMES))
_LONGEST = 60  # characters
_ORDINALS = {fold(word): NUMBER_WORDS[word] for word in ORDINAL_WORDS} | ORDINALS_FROM_TEN
_NAMED = {fold(name): name for name in NAMED_EDITIONS.replace("'?", "'").split("|")}
_NAMED |= {"students": "student", "pupils": "student"}
_REVISED = frozenset(REVISIONS.split("|"))
# All of it folded. What may stand beside the number: the word for an edition, that it was revised, an ordinal's end;
# and beside whom it is for, that it is a book, with the answers.
_BESIDE = re.compile(
    r"\b(?:edn?|edi[tcz]\w*|aufl\w*|ausg\w*|druk|uppl\w*|udg\w*|utg\w*|izd\w*|wyd\w*|vyd\w*|kiad\w*|painos|baski|第|版|"
    r"(?:rev|enl|exp|upd|corr|uberarb|erw|verb|neubearb|vollig|vollst|aktual|korr|durchges|augm|aum|ampl|ispr|pererab|"
    rf"dop|ster)\w*|{REVISIONS}|book|with (?:key|answers)|and|und|et|y|e|i|u|a|o|eme)\b"
)
_STATED = re.compile(
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th|a|o|e|eme|er|re|ere)?|({'|'.join(_ORDINALS)}))?\s*({'|'.join(_NAMED)})?"
)


@lru_cache(maxsize=4096)
def says_edition(name: str) -> bool:
    """Whether what stands under a name is an edition."""
    return without_signs(name) in _NAMES


def told(record: Mapping[str, object], names: Iterable[str] | None = None) -> str:
    """The text in which a record states its edition, or ""; `names` are those that may say it, where they are known."""
    for name in sorted(filter(says_edition, record)) if names is None else names:
        value = record.get(name)
        if isinstance(value, (list, tuple)) and len(value) == 1:
            (value,) = value
        if isinstance(value, (str, int, float)) and read(text := known(whole(value)) or ""):
            return text
    return ""


@lru_cache(maxsize=4096)
def read(text: str) -> str:
    """The edition that a text means, as `numbering.parts` has those of titles; "" for a first one and any other text.

    >>> read("2., überarb. Auflage"), read("Third international ed."), read("First edition"), read("2019/05/12")
    ('2', '3 international', '', '')
    """
    if len(text) > _LONGEST:
        return ""
    folded = fold(text)
    found = _STATED.fullmatch(" ".join(_BESIDE.sub(" ", folded).split()))
    if found is None:
        return ""
    digits, ordinal, named = found.groups()
    number = int(digits) if digits else _ORDINALS.get(ordinal, 0)
    said = [str(number)] if number > 1 else []
    if named:
        said.append(_NAMED[named])
    revised = [word for word in folded.split() if word in _REVISED]
    return " ".join(said or ([] if number else revised[-1:]))
