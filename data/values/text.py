"""Text as its source has it, to text as it is compared.

Two steps: `repair` undoes what systems did to a text (HTML, LaTeX, UTF-8 read as cp1252) and keeps it readable;
`fold` makes two spellings of one text equal (case, accents, punctuation, the script where letters have one reading).
What is left out: nothing is translated; scripts other than those of LATINISED are kept as they are.
"""

import codecs
import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from papertwin.data.values.latex import GREEK_NAMES, latex_to_text

NULL_SPELLINGS = frozenset({
    "", "none", "null", "nan", "na", "n/a", "n.a.", "<na>", "nil", "nat", "undefined", "-", "--", "?", "unknown",
    "[]", "{}", "#n/a", "#ref!", "#value!", "#name?", "#null!", "#num!", "#div/0!",
})  # fmt: skip
# Folded words that link others: "in" where another database has "among" or "of".
LINKS = frozenset({
    "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with", "among",
    "between", "de", "des", "du", "la", "le", "les", "et", "en", "der", "die", "das", "und", "von", "im", "fur", "zur",
    "del", "los", "el", "da", "do",
})  # fmt: skip
ELLIPSES = ("…", "...")  # where a source has cut a text
LATINISED = frozenset({"LATIN", "GREEK", "CYRILLIC"})  # scripts that are compared in Latin letters
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{4,}")  # no sign of a formula
DROPPED = "'`´’‘ʼ′\u00ad\u200b\u200c\u200d\u2060\ufeffʹʺ"  # stand inside words: don't, soft hyphens, joiners

# A name, then attributes or nothing: "if a<b then c>d" holds no tag.
_TAG = re.compile(r"</?[a-zA-Z][\w:.-]*(?:\s[^<>]*=[^<>]*)?\s*/?>|<!--(?:(?!<!--|-->).)*-->", re.DOTALL)
# Of tags that LaTeX wrote by their signs only those that set type: what else stands between signs may be words.
_SET = re.compile(r"</?(?:[ibu]|em|strong|su[bp]|s?cp?|span|nocase|italic|bold)(?:\s[^<>]*=[^<>]*)?/?>", re.IGNORECASE)
_BREAKS = re.compile(r"</?(?:\w+:)?(?:br|p|li|div|title|sec|h\d|t[dr])\b", re.IGNORECASE)
_ENTITY = re.compile(r"&\s?(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8})\s?;")
# "mat & #237 ; n": a tokenizer pulled an accented letter out of its word
_PARTED_ENTITY = re.compile(
    r"\s?(?=&\s|&[#\w]+\s)&\s?(#\d{3}|[aeiouncyszAEIOUNCYSZ](?:acute|grave|uml|circ|tilde|cedil|ring|lig))\s?;\s?"
)
_LOST_SIGNS = re.compile(r"\u00e2\s?\?\?|\ufffd+")  # a dash or quote that an encoding swallowed
_MOJIBAKE_STARTS = "\u00c2\u00c3\u00c4\u00c5\u00ce\u00cf\u00d0\u00d1\u00e2"
_MOJIBAKE = re.compile(f"[{_MOJIBAKE_STARTS}][\u0080-\u00bf\u0152-\u2122]")
_GARBLED = re.compile(
    "[\u00c0-\u00f4]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u200b\u2010-\u203a\u20ac\u2122]"
)
_LATEX_COMMAND = re.compile(r"\\[a-zA-Z\"'`^~=.]")
_LONGEST = 5000  # characters in which LaTeX is converted, which takes two microseconds each
_LATEX_WORD = re.compile(r"\\(?:[a-zA-Z]+\s?|[^a-zA-Z])")
_LATEX_SIGNS = (*((sign, "") for sign in "${}_^"), ("~", " "))
# Cyrillic letters that look like Latin ones, and words that hold both: somebody typed "СOVID" on two keyboards.
_LIKE_LATIN = dict(zip("АВЕКМНОРСТУХІЈЅаеорсухіјѕ", "ABEKMHOPCTYXIJSaeopcyxijs", strict=True))
_OF_TWO_SCRIPTS = re.compile(
    rf"\b(?=\w*[A-Za-z])[A-Za-z\d]*[{''.join(_LIKE_LATIN)}][A-Za-z\d{''.join(_LIKE_LATIN)}]*\b"
)
_IN_LATIN = str.maketrans(_LIKE_LATIN)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
# "fran?aise", "Dvo??k"; Python looks for what a pattern begins with
_LOST_LETTER = re.compile(r"\?(?<=\w\?)\??(?=[a-z])")
_SIGNS_IN_NAMES = re.compile(r"[\s_.\-]+")


def known(value: object) -> str | None:
    """The value as stripped text, or None where it is missing or one of the spellings of nothing."""
    if value is None:
        return None
    text = (value if isinstance(value, str) else str(value)).strip()
    if len(text) < 10 and text.casefold() in NULL_SPELLINGS:
        return None
    return text or None


@lru_cache(maxsize=4096)
def without_signs(name: str) -> str:
    """A column's name, or the word for a type, as it is compared: case, spaces and " -_." do not count."""
    return _SIGNS_IN_NAMES.sub("", name).casefold()


def whole(value: object) -> object:
    """The value, a whole number as an integer: tables write the 5 of a column with gaps as 5.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def repair(text: str, formulas: bool = True) -> str:
    """The text with mojibake, HTML, LaTeX and words of two scripts undone and its white space made single.

    Without `formulas` LaTeX commands are dropped instead of converted, and so they are in texts that are too long for
    a title: in an abstract a formula more or less changes nothing, and converting costs five milliseconds.
    """
    return single_spaced(mended(text, formulas))


def mended(text: str, formulas: bool = True) -> str:
    """The text repaired, its white space aside.

    Every costly step stands behind a cheap test, because most texts need none of them.
    """
    if not text.isascii():
        if any(map(text.__contains__, _MOJIBAKE_STARTS)) and _MOJIBAKE.search(text):
            import ftfy

            text = ftfy.fix_text(text)
        if "\ufffd" in text or "\u00e2" in text:
            text = _LOST_SIGNS.sub(" ", text)
        if _CYRILLIC.search(text):
            text = _OF_TWO_SCRIPTS.sub(lambda word: word[0].translate(_IN_LATIN), text)
    if "?" in text:
        text = _LOST_LETTER.sub("", text)
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(html.unescape(_ENTITY.sub(_rejoin, _PARTED_ENTITY.sub(r"&\1;", text))))
    if "<" in text:
        text = _without_tags(text)
    marked = "$" in text or "{" in text
    if "\\" in text and _LATEX_COMMAND.search(text):
        text = latex_to_text(text) if formulas and len(text) <= _LONGEST else _LATEX_WORD.sub(" ", text)
        if "<" in text:  # Mendeley writes the tags of HTML in LaTeX, {\textless}i{\textgreater}
            text = _SET.sub("", text)
    if marked:
        for sign, better in _LATEX_SIGNS:
            text = text.replace(sign, better)
    return text


def single_spaced(text: str) -> str:
    """The text with one blank for every run of white space, and none around it."""
    return " ".join(text.split())


def _without_tags(text: str) -> str:
    return _TAG.sub(lambda tag: " " if _BREAKS.match(tag[0]) else "", text)


def _rejoin(entity: re.Match[str]) -> str:
    return entity[0].replace(" ", "")


def is_garbled(text: str) -> bool:
    """Whether a text is still UTF-8 read as another encoding, beyond repair."""
    return not text.isascii() and len(_GARBLED.findall(text)) * 3 >= len(text)


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
    if name.startswith(("LATIN", "CYRILLIC")) or unicodedata.category(char) == "No" or plain.isascii():
        return _romanised(plain.lower())
    return plain.lower()


def _romanised(text: str) -> str:
    from anyascii import anyascii

    return str(anyascii(text)).lower().replace('"', "")  # the hard sign stands inside words


_folding = _Folding()


def _fold_error(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    run = error.object[error.start : error.end]
    fold_run = _fold_run if len(run) < 16 else _fold_run.__wrapped__  # most are an accented letter or a dash
    folded, has_greek = fold_run(run)
    if has_greek:
        end = error.object.find("\n", error.end)  # of the line, so that nothing depends on the lines around it
        line = error.object[error.object.rfind("\n", 0, error.start) + 1 : None if end < 0 else end]
        if _is_greek(line):
            folded, _ = fold_run(run, in_greek=True)
    return folded, error.end


@lru_cache(maxsize=4096)
def _fold_run(run: str, in_greek: bool = False) -> tuple[bytes, bool]:
    """What stands for characters beyond ASCII, in a line with Greek words or in another, and whether some are Greek."""
    run = unicodedata.normalize("NFC", run)
    has_greek = _GREEK.search(run) is not None
    if in_greek:
        run = _GREEK.sub(lambda word: _romanised(word[0]), run)
    return run.translate(_folding).encode("utf-8", "replace"), has_greek


@lru_cache(maxsize=16)
def _is_greek(line: str) -> bool:
    """Whether a line has words in Greek letters, and not only signs."""
    return _GREEK_WORD.search(unicodedata.normalize("NFC", line)) is not None


codecs.register_error("papertwin-fold", _fold_error)

# ASCII letters to lower case, digits kept, all else a space; bytes above 127 are UTF-8 that _fold_error left.
_ASCII = bytes(ord(chr(b).lower()) if chr(b).isalnum() else 32 for b in range(128)) + bytes(range(128, 256))
_ASCII_LINES = _ASCII[:10] + b"\n" + _ASCII[11:]
_APOSTROPHES = b"'`"


def fold_bytes(text: str) -> bytes:
    """UTF-8 of the text as it is compared: lower case, no accents, "and" for "&", spaces between words."""
    return text.replace("&", " and ").encode("ascii", "papertwin-fold").translate(_ASCII, _APOSTROPHES)


def fold_lines(lines: str) -> bytes:
    """The same for lines, which stay apart."""
    return lines.replace("&", " and ").encode("ascii", "papertwin-fold").translate(_ASCII_LINES, _APOSTROPHES)


def fold(text: str) -> str:
    """The text as it is compared: lower case, Latin letters without accents, words parted by spaces, "and" for "&".

    Cyrillic is read in Latin letters, and so is Greek in lines with Greek words; in others Greek letters are signs,
    which go by their names.
    """
    return " ".join(fold_bytes(text).decode("utf-8", "replace").split())


_WORD = re.compile(rf"[^\W_]+(?:[{DROPPED}]+[^\W_]+)*")


def as_written(folded: str, text: str, fold: Callable[[str], str] = fold) -> str:
    """Folded words as the text that they come from writes them; a word that it writes in another way stays folded."""
    found = {fold(word): word for word in reversed(_WORD.findall(unicodedata.normalize("NFC", text)))}
    return " ".join([found.get(word, word) for word in folded.split()])
