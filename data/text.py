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

NULL_SPELLINGS = frozenset({
    "", "none", "null", "nan", "na", "n/a", "n.a.", "<na>", "nil", "nat", "undefined", "-", "--", "?", "unknown",
    "[]", "{}",
})  # fmt: skip
GREEK_NAMES = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
DROPPED = "'`´’‘ʼ′\u00ad\u200b\u200c\u200d\u2060\ufeff"  # stand inside words: don't, soft hyphens, joiners

# A name, then attributes or nothing: "if a<b then c>d" holds no tag.
_TAG = re.compile(r"</?[a-zA-Z][\w:.-]*(?:\s[^<>]*=[^<>]*)?\s*/?>|<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
_BREAKS = re.compile(r"</?(?:\w+:)?(?:br|p|li|div|title|sec|h\d|t[dr])\b", re.IGNORECASE)
_ENTITY = re.compile(r"&\s?(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8})\s?;")
# "mat & #237 ; n": a tokenizer pulled an accented letter out of its word
_PARTED_ENTITY = re.compile(
    r"\s?&\s?(#\d{3}|[aeiouncyszAEIOUNCYSZ](?:acute|grave|uml|circ|tilde|cedil|ring|lig))\s?;\s?"
)
_LOST_SIGNS = re.compile(r"\u00e2\s?\?\?|\ufffd+")  # a dash or quote that an encoding swallowed
_MOJIBAKE = re.compile("[\u00c2\u00c3\u00c4\u00c5\u00ce\u00cf\u00d0\u00d1\u00e2][\u0080-\u00bf\u0152-\u2122]")
_GARBLED = re.compile(
    "[\u00c0-\u00f4]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u200b\u2010-\u203a\u20ac\u2122]"
)
_LATEX_COMMAND = re.compile(r"\\[a-zA-Z\"'`^~=.]")
_LATEX_WORD = re.compile(r"\\(?:[a-zA-Z]+\s?|[^a-zA-Z])")
_LATEX_SIGNS = str.maketrans(dict.fromkeys("${}_^") | {"~": " "})
_LOST_LETTER = re.compile(r"(?<=\w)\?(?=[a-z])")  # "fran?aise"


def known(value: object) -> str | None:
    """The value as stripped text, or None where it is missing or one of the spellings of nothing."""
    if value is None:
        return None
    text = value if isinstance(value, str) else str(value)
    text = text.strip()
    if len(text) < 10 and text.casefold() in NULL_SPELLINGS:
        return None
    return text or None


def repair(text: str, formulas: bool = True) -> str:
    """The text with mojibake, HTML and LaTeX undone and its white space made single.

    Every costly step stands behind a cheap test, because most texts need none of them. Without `formulas` LaTeX
    commands are dropped instead of converted: in an abstract a formula more or less changes nothing, and converting
    costs five milliseconds.
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
    marked = "$" in text or "{" in text
    if "\\" in text and _LATEX_COMMAND.search(text):
        text = latex_to_text(text) if formulas else _LATEX_WORD.sub(" ", text)
    if marked:
        text = text.translate(_LATEX_SIGNS)
    return " ".join(text.split())


def _rejoin(entity: re.Match[str]) -> str:
    return entity[0].replace(" ", "")


def is_garbled(text: str) -> bool:
    """Whether a text is still UTF-8 read as another encoding, beyond repair."""
    return not text.isascii() and len(_GARBLED.findall(text)) * 3 >= len(text)


@lru_cache(maxsize=4096)
def latex_to_text(text: str) -> str:
    """LaTeX as the text that it sets; what is not LaTeX after all loses its backslashes."""
    import logging

    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.ERROR)  # it warns of half a formula

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
    if char == "∆":
        char = "δ"
    category = unicodedata.category(char)
    if category.startswith("M"):  # accents that follow their letter go, vowels of Indian scripts stay
        stays = not unicodedata.combining(char) and category != "Me" and "VARIATION" not in unicodedata.name(char, "")
        return char if stays else ""
    return _fold_letter(char) if category[0] in "LN" else " "


def _fold_letter(char: str) -> str:
    """The same for a letter or a number."""
    name = unicodedata.name(char, "")
    if name.startswith("GREEK") and (letter := unicodedata.normalize("NFD", char.lower())[0]) in GREEK_NAMES:
        return GREEK_NAMES[letter]
    if name.startswith(("CJK", "HIRAGANA", "KATAKANA")):
        return f" {' '.join(unicodedata.normalize('NFKC', char))} "  # written without spaces: every sign is a word
    if (plain := unicodedata.normalize("NFKC", char)) != char:  # ligatures, superscripts, letters of formulas
        return "".join(map(_fold_char, plain))
    if name.startswith("LATIN") or unicodedata.category(char) == "No" or plain.isascii():
        from anyascii import anyascii

        return str(anyascii(plain.lower())).lower()
    return plain.lower()


_folding = _Folding()


def _fold_error(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = unicodedata.normalize("NFC", error.object[error.start : error.end])
    return run.translate(_folding).encode("utf-8", "replace"), error.end


codecs.register_error("papertwin-fold", _fold_error)

# ASCII letters to lower case, digits kept, all else a space; bytes above 127 are UTF-8 that _fold_error left.
_ASCII = bytes(ord(chr(b).lower()) if chr(b).isalnum() else 32 for b in range(128)) + bytes(range(128, 256))
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


_OFTEN = {
    "en": "the of and for with on by from using between an its their is are how what study effects analysis do no "
    "per i",
    "de": "der die das und für von zur zum bei mit im ein eine einer über aus des dem den nach durch beim sind",
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


TOKEN_MASK = np.uint64((1 << 40) - 1)
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that it has an inverse modulo 2^64
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
_MIX = np.uint64(0xD6E8FEB86659FD93)


@lru_cache(maxsize=8)
def _powers(length: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The powers 0 to `length` of the base and of its inverse, modulo 2^64."""
    return tuple(  # type: ignore[return-value]  # two of them
        np.multiply.accumulate(np.concatenate((np.ones(1, np.uint64), np.full(length, base))))
        for base in (_BASE, _INVERSE)
    )


def token_keys(texts: list[bytes]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The words of each text as 40-bit keys, in order: (keys of all words, row of each word).

    Polynomial hashing (Karp and Rabin 1987) by one running sum over the joined texts, so that no Python object is
    made per word; a word has the same key in every run and on every machine.
    """
    buffer = np.frombuffer(b"\n".join(texts) + b"\n", dtype=np.uint8)
    newline = buffer == 10
    space = newline | (buffer == 32)
    edges = np.flatnonzero(space[1:] != space[:-1]) + 1
    if not space[0]:
        edges = np.concatenate(([0], edges))
    starts, ends = edges[::2], edges[1::2]  # the last byte is a space, so every word ends
    powers, inverses = _powers(1 << max(len(buffer) - 1, 1).bit_length())
    sums = np.zeros(len(buffer) + 1, dtype=np.uint64)
    np.cumsum(powers[: len(buffer)] * (buffer + np.uint64(1)), out=sums[1:])
    keys = (sums[ends] - sums[starts]) * inverses[starts]
    keys = (keys ^ (keys >> np.uint64(32))) * _MIX
    rows = np.searchsorted(np.flatnonzero(newline), starts)
    return (keys >> np.uint64(20)) & TOKEN_MASK, rows.astype(np.int64)
