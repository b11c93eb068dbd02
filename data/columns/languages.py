"""The script and, by a guess, the language that texts are written in."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

import numpy as np

from papertwin.data.columns.column import Lines
from papertwin.data.columns.tokens import Lexicon, token_chunks
from papertwin.data.values.text import LATINISED

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())
_OFTEN = {
    "en": "the of and for with on by from using between an its their is are how what study effects analysis do no "
    "per i",
    "de": "der die das und für von zur zum bei mit im ein eine einer über aus des dem den nach durch beim sind zu",
    "fr": "le les du et des une aux pour dans sur par chez au est avec l d étude traitement de la en",
    "es": "el los las y del con para por una en un al sobre estudio como entre de la",
    "pt": "o os das dos em uma um na no nas nos com para por pelo estudo ao à e de",
    "it": "il gli della delle dei nel nella con per di una e un studio degli sul la",
    "nl": "het een van voor met bij op en door naar tussen de",
    "pl": "w z i u na po do przez oraz dla przy ocena się",
    "tr": "ve ile bir için olarak üzerine etkisi",
    "vi": "và của các trong cho tại ở một những",
}
# Words that one language alone uses often in titles; a word of two languages counts for none.
_FUNCTION_WORDS = {
    word: code
    for code, words in _OFTEN.items()
    for word in words.split()
    if sum(word in others.split() for others in _OFTEN.values()) == 1
}
_CODES = sorted(_OFTEN)
_ENGLISH = _CODES.index("en")
_LEXICON = Lexicon({word: _CODES.index(code) + 1 for word, code in _FUNCTION_WORDS.items()})


def script(text: str) -> str | None:
    """The script of most of the letters: "LATIN", "CYRILLIC", "CJK", "ARABIC" ...; None without letters."""
    if text.isascii():
        return "LATIN" if any(map(str.isalpha, text)) else None
    head = text[:200]
    plain = head.encode("ascii", "ignore")
    latin = len(plain.translate(None, _NO_LETTERS))
    if latin > len(head) - len(plain):
        return "LATIN"
    foreign = [char for char in _FOREIGN.findall(head) if char.isalpha()]
    if latin > len(foreign):
        return "LATIN"
    counts = Counter(map(_script_of, foreign))
    if latin:
        counts["LATIN"] += latin
    return max(counts, key=lambda name: (counts[name], name)) if counts else None


def compared_script(text: str) -> str | None:
    """The script that a text has when it is compared: LATIN for all that folding reads in Latin letters."""
    if text.isascii():
        return "LATIN"
    written_in = script(text)
    return "LATIN" if written_in in LATINISED else written_in


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    name = unicodedata.name(char, "OTHER").split()[0]
    return "CJK" if name in {"CJK", "HIRAGANA", "KATAKANA"} else name


def languages(texts: Lines) -> list[str | None]:
    """A guess at the language of each text, from function words: "en", "de" ..., or the script where it is not Latin.

    None where the words do not say; a guess is only ever used to see that two titles are NOT in one language. Words
    are parted by blanks, as repair leaves them.
    """
    ballots = []
    for words in token_chunks([b"" if text is None else text.lower().encode("utf-8", "replace") for text in texts]):
        codes = _LEXICON.find(words.keys)
        told = codes.nonzero()[0]
        ballots.append(words.rows[told] * len(_CODES) + codes[told] - 1)
    votes = np.bincount(np.concatenate(ballots), minlength=len(texts) * len(_CODES)).reshape(len(texts), len(_CODES))
    best = len(_CODES) - 1 - votes[:, ::-1].argmax(axis=1)  # of two with as many votes the last
    rows = np.arange(len(texts))
    first = votes[rows, best]
    votes[rows, best] = 0
    second = votes.max(axis=1)
    clear = (first >= 2 + second) | ((best == _ENGLISH) & (second == 0) & (first > 0))
    found: list[str | None] = [
        _CODES[code] if sure else None for code, sure in zip(best.tolist(), clear.tolist(), strict=True)
    ]
    for row, text in enumerate(texts):
        if text is not None and not text.isascii() and (written_in := script(text)) != "LATIN":
            found[row] = written_in
    return found
