"""Text as its source has it, to text as it is compared.

Two steps: `repair` undoes what systems did to a text (HTML, LaTeX, UTF-8 read as cp1252) and keeps it readable;
`fold` makes two spellings of one text equal (case, accents, punctuation). What is left out: no language is
detected and nothing is translated; scripts other than Latin and Greek are kept as they are.
"""

import codecs
import html
import re
import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

NULL_SPELLINGS = frozenset(
    {"", "none", "null", "nan", "na", "n/a", "n.a.", "<na>", "nil", "undefined", "-", "--", "?", "unknown", "[]", "{}"}
)
GREEK_NAMES = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon "
        "phi chi psi omega".split(),
        strict=True,
    )
)
DROPPED = "'`´’‘ʼ′\u00ad\u200b\u200c\u200d\u2060\ufeff"  # stand inside words: don't, soft hyphens, joiners

_TAG = re.compile(r"<(?:br|p|/p|li|/li|div|/div)\b[^<>]*>|</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_BREAKS = re.compile(r"<(?:br|/?p|/?li|/?div)\b")
_ENTITY = re.compile(r"&\s?(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8})\s?;")
# "mat & #237 ; n": a tokenizer pulled an accented letter out of its word
_PARTED_ENTITY = re.compile(r"\s?&\s?(#\d{3}|[aeiouncyszAEIOUNCYSZ](?:acute|grave|uml|circ|tilde|cedil|ring|lig))\s?;\s?")
_LOST_SIGNS = re.compile(r"\u00e2\s?\?\?|\ufffd+")  # a dash or quote that an encoding swallowed
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00c4\u00c5\u00ce\u00cf\u00d0\u00d1\u00e2][\u0080-\u00bf\u0152-\u2122]")
_GARBLED = re.compile("[\u00c0-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u200b\u2010-\u203a\u20ac\u2122]")
_LATEX_COMMAND = re.compile(r"\\[a-zA-Z\"'`^~=.]")
_LATEX_SIGNS = str.maketrans({sign: None for sign in "${}"} | {"_": " ", "^": " ", "~": " "})
_LOST_LETTER = re.compile(r"(?<=\w)\?(?=[a-z])")  # "fran?aise"
_SPACES = re.compile(r"\s+")


def known(value: object) -> str | None:
    """The value as stripped text, or None where it is missing or one of the spellings of nothing."""
    if value is None:
        return None
    text = value if isinstance(value, str) else str(value)
    text = text.strip()
    if len(text) < 10 and text.casefold() in NULL_SPELLINGS:
        return None
    return text or None


def repair(text: str) -> str:
    """The text with mojibake, HTML and LaTeX undone and its white space made single.

    Every costly step stands behind a cheap test, because most texts need none of them.
    """
    if not text.isascii() and _MOJIBAKE.search(text):
        import ftfy

        text = ftfy.fix_text(text)
    if not text.isascii() and _LOST_SIGNS.search(text):
        text = _LOST_SIGNS.sub(" ", text)
    if "?" in text:
        text = _LOST_LETTER.sub("", text)
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(html.unescape(_ENTITY.sub(_rejoin, _PARTED_ENTITY.sub(r"&\1;", text))))
    if "<" in text:
        text = _TAG.sub(lambda tag: " " if _BREAKS.match(tag[0]) else "", text)
    if "\\" in text and _LATEX_COMMAND.search(text):
        text = _latex_to_text(text)
    if "$" in text or "{" in text:
        text = text.translate(_LATEX_SIGNS)
    return _SPACES.sub(" ", text).strip()


def _rejoin(entity: re.Match[str]) -> str:
    return entity[0].replace(" ", "")


def is_garbled(text: str) -> bool:
    """Whether a text is still UTF-8 read as another encoding, beyond repair."""
    return not text.isascii() and len(_GARBLED.findall(text)) * 3 >= len(text)


@lru_cache(maxsize=4096)
def _latex_to_text(text: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text

    try:
        return str(LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text(text, tolerant_parsing=True))
    except (ValueError, IndexError, RecursionError):  # it is not LaTeX after all
        return text.replace("\\", " ")


class _Folding(dict[int, str]):
    """Non-ASCII code point -> what stands for it when texts are compared; filled as characters are met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        self[point] = folded = _fold_char(char)
        return folded


def _fold_char(char: str) -> str:
    if char in DROPPED:
        return ""
    if char in "ΩµΔ∆":
        char = {"Ω": "ω", "µ": "μ", "Δ": "δ", "∆": "δ"}[char]
    category = unicodedata.category(char)
    if category.startswith("M"):
        return ""  # accents that follow their letter
    if category[0] not in "LN":
        return " "
    name = unicodedata.name(char, "")
    if name.startswith("GREEK") and (letter := unicodedata.normalize("NFD", char.lower())[0]) in GREEK_NAMES:
        return GREEK_NAMES[letter]
    if name.startswith(("CJK", "HIRAGANA", "KATAKANA")):
        return f" {unicodedata.normalize('NFKC', char)} "  # written without spaces: every sign is a word
    plain = unicodedata.normalize("NFKC", char)
    if name.startswith(("LATIN", "FULLWIDTH")) or category == "No" or plain.isascii():
        from anyascii import anyascii

        return str(anyascii(plain)).lower()
    return plain.lower()


_folding = _Folding()


def _fold_error(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end]
    return run.translate(_folding).encode("utf-8", "replace"), error.end


codecs.register_error("papertwin-fold", _fold_error)

# ASCII letters to lower case, digits kept, all else a space; bytes above 127 are UTF-8 that _fold_error left on purpose.
_ASCII = bytes(
    ord(chr(b).lower()) if b > 127 or chr(b).isalnum() else 32 for b in range(128)
) + bytes(range(128, 256))
_APOSTROPHES = b"'`"


def fold_bytes(text: str) -> bytes:
    """UTF-8 of the text as it is compared: lower case, no accents, words parted by one or more spaces."""
    return text.encode("ascii", "papertwin-fold").translate(_ASCII, _APOSTROPHES)


def fold(text: str) -> str:
    """The text as it is compared: lower case, Latin letters without accents, Greek letters by name, words by spaces."""
    return " ".join(fold_bytes(text).decode("utf-8", "replace").split())


def script(text: str) -> str | None:
    """The script of most of the letters: "LATIN", "CYRILLIC", "CJK", "ARABIC" ...; None without letters."""
    if text.isascii():
        return "LATIN" if any(map(str.isalpha, text)) else None
    counts: dict[str, int] = {}
    for char in text[:200]:
        if char.isalpha():
            name = "LATIN" if char.isascii() else _script_of(char)
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: (counts[name], name)) if counts else None


# Words that one language alone uses often in titles; a title in two languages counts for none.
_FUNCTION_WORDS = {
    word: code
    for code, words in {
        "en": "the of and for with on by from using between an its their is are how what study effects analysis",
        "de": "der die das und für von zur zum bei mit im ein eine einer über aus des dem den nach durch beim sind",
        "fr": "le les du et des une aux pour dans sur par chez au est avec l d étude traitement",
        "es": "el los las y del con para por una en un al sobre estudio como entre",
        "pt": "o os das dos em uma um na no nas nos com para por pelo estudo ao à e",
        "it": "il gli della delle dei nel nella con per di una e un studio degli sul",
        "nl": "het een van voor met bij op en door naar tussen de",
        "pl": "w z i u na po do przez oraz dla przy ocena się",
        "tr": "ve ile bir için olarak üzerine etkisi",
        "vi": "và của các trong cho tại ở một những",
    }.items()
    for word in words.split()
}


def language(text: str) -> str | None:
    """A guess at the language, from function words: "en", "de" ..., or the script where it is not Latin.

    None where the words do not say; a guess is only ever used to see that two titles are NOT in one language.
    """
    written_in = script(text)
    if written_in != "LATIN":
        return written_in
    votes: dict[str, int] = {}
    for word in text.lower().split():
        if code := _FUNCTION_WORDS.get(word):
            votes[code] = votes.get(code, 0) + 1
    if not votes:
        return None
    best = max(votes, key=lambda code: (votes[code], code))
    rest = max((count for code, count in votes.items() if code != best), default=0)
    if votes[best] < 2 + rest:
        return "en" if best == "en" and not rest else None
    return best


@lru_cache(maxsize=4096)
def _script_of(char: str) -> str:
    name = unicodedata.name(char, "OTHER").split()[0]
    return "CJK" if name in {"CJK", "HIRAGANA", "KATAKANA"} else name


_TOKEN_BITS = 40
TOKEN_MASK = np.uint64((1 << _TOKEN_BITS) - 1)
_LONGEST = 48  # bytes of a word that count
_TABLE = np.random.Generator(np.random.PCG64(20191108)).integers(0, 2**63, size=(_LONGEST, 256), dtype=np.uint64)


def token_keys(texts: list[bytes]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The words of each text as 40-bit keys, in order: (keys of all words, row of each word).

    Tabulation hashing over one joined buffer (Zobrist 1970), so that no Python object is made per word; the table
    is fixed, so a word has the same key in every run and on every machine.
    """
    buffer = np.frombuffer(b"\n".join(texts) + b"\n", dtype=np.uint8)
    space = (buffer == 32) | (buffer == 10)
    inside = ~space
    starts = np.flatnonzero(inside & np.concatenate(([True], space[:-1])))
    if not len(starts):
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    rows = np.searchsorted(np.flatnonzero(buffer == 10), starts)
    letters = np.flatnonzero(inside)
    word_of_letter = np.cumsum(np.bincount(starts, minlength=len(buffer))[letters]) - 1
    place = np.minimum(letters - starts[word_of_letter], _LONGEST - 1)
    values = _TABLE[place, buffer[letters]]
    first_letter = np.searchsorted(letters, starts)
    keys = np.bitwise_xor.reduceat(values, first_letter) & TOKEN_MASK
    return keys, rows.astype(np.int64)
