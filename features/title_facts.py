"""What is true of two titles, in words: how far they are the same, and in which words they differ."""

import re
import unicodedata
from collections.abc import Iterator

from papertwin.data.columns.languages import script
from papertwin.data.differences import Segment, differences
from papertwin.data.values.text import ELLIPSES, fold
from papertwin.data.values.titles import edition_as_written
from papertwin.data.wording import counted
from papertwin.features.evidence import AGAINST, FOR, SHOWN, Fact, Facts, Pair, quoted
from papertwin.features.table import TITLE

CHANGES = 2  # places in which two titles differ "only"


def title(pair: Pair) -> Facts:
    """How far the two titles are the same."""
    a, b = pair.both("title")
    folded_a, folded_b = pair.both("folded_title")
    words_a, words_b = folded_a.split(), folded_b.split()
    if folded_a == folded_b:
        same = f"same title{_aside(pair)}"
        yield Fact(same, FOR)
        size = "one that many works have" if any(pair.both("title_heading")) else f"of {counted(len(words_a), 'word')}"
        yield Fact(f"{same}, {size}: {quoted(a)}")
    elif folded_a.replace(" ", "") == folded_b.replace(" ", ""):
        yield Fact("same title but for spaces and hyphens", FOR)
    elif any(map(pair.differ, TITLE)):
        yield Fact("the titles are in different languages or scripts")
    elif sorted(words_a) == sorted(words_b):
        yield Fact("the titles have the same words in another order", FOR)
    elif common := len(set(words_a) & set(words_b)):
        every = len(set(words_a) | set(words_b))
        begins = "one title is the beginning of the other" if _begins(folded_a, folded_b) else None
        difference = _difference(pair) if 4 * common > every and not (begins and _is_cut(min(a, b, key=len))) else None
        yield Fact(difference or begins or f"the titles share {common} of {every} words")
    else:
        yield Fact("the titles have no word in common", AGAINST)


def _begins(one: str, other: str) -> bool:
    """Whether the longer of two folded titles begins with the other, which may end within a word."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short)


def _is_cut(title: str) -> bool:
    """Whether a title says that it goes on, as Google Scholar's do: "Falls among ol …"."""
    return title.endswith(ELLIPSES)


def _aside(pair: Pair) -> str:
    """What two titles that are compared as the same differ in."""
    a, b = pair.both("title")
    if a.casefold() == b.casefold():
        return ""
    if script(a) != script(b):
        return " in other letters"
    if fold(a) == fold(b):
        return " but for accents and punctuation"
    bare_a, bare_b = map(fold, pair.both("bare_title"))
    return " but for marks that catalogues add" if bare_a == bare_b else " but for how numbers are written"


def _difference(pair: Pair) -> str | None:
    """The words in which two titles differ, where these are few; case, accents and punctuation do not count."""
    a, b = pair.both("bare_title")
    changed = [
        list(_changed(whole, side))
        for whole, side in zip((a, b), differences(_plain(a), _plain(b), letters=False), strict=True)
    ]
    left, right = (" ... ".join(found) for found in changed)
    if (
        not (left or right)
        or max(map(len, changed)) > CHANGES
        or max(len(left), len(right)) > SHOWN
        or len(left) + len(right) > (len(a) + len(b)) / 2
    ):
        return None
    left, right = map(edition_as_written, (left, right), pair.both("title"))
    if left and right:
        return f"the titles differ only in {quoted(left)} / {quoted(right)}"
    return f"only one title has {quoted(left or right)}"


def _changed(whole: str, segments: list[Segment]) -> Iterator[str]:
    """The pieces of a text that are not in the other; a mere number, numeral or letter with the word before it."""
    start = 0
    for text, same in segments:
        if not same and fold(text):
            before = _LAST_WORD.search(whole, 0, start) if _NUMBER.fullmatch(text) else None
            yield whole[before.start() if before else start : start + len(text)].strip(_SIGNS)
        start += len(text)


_NUMBER = re.compile(r"\W*(?:\d[\w.]*|[ivxlcdm]+|\w)\W*", re.IGNORECASE)
_LAST_WORD = re.compile(r"\w+\W*$")
_SIGNS = " .,:;/-–—'\"“”‘’"


def _plain(text: str) -> str:
    """The text without case and accents, letter for letter."""
    if text.isascii():
        return text.lower()
    letters = (unicodedata.normalize("NFD", char)[0].lower() for char in text)
    return "".join(letter if len(letter) == 1 else char for char, letter in zip(text, letters, strict=True))
