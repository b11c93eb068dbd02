"""What numbers a title: parts, volumes and editions, years, centuries, and words that tell like numbers."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise

from papertwin.data.values import contraries, covid
from papertwin.data.values.text import fold

_NUMERALS = "i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii|xiii|xiv|xv|xvi|xvii|xviii|xix|xx"
ROMAN = {numeral: value for value, numeral in enumerate(_NUMERALS.split("|"), start=1)}
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
]  # fmt: skip
_FOREIGN_ORDINALS = (
    "erste erster erstes première premier primera primero primeira primeiro prima primo первая первое",
    "zweite zweiter zweites deuxième seconde segunda segundo seconda secondo вторая второе",
    "dritte dritter drittes troisième tercera tercero terceira terceiro terza terzo третья третье",
    "vierte vierter viertes quatrième cuarta cuarto quarta quarto четвертая четвертое",
    "fünfte fünfter fünftes cinquième quinta quinto пятая пятое",
)
NUMBER_WORDS = {word: n for words in (_WORDS, ORDINALS) for n, word in enumerate(words, 1)}
NUMBER_WORDS |= {word: n for n, words in enumerate(_FOREIGN_ORDINALS, 1) for word in words.split()}
ORDINAL_WORDS = [word for word in NUMBER_WORDS if word not in _WORDS]

PART_WORDS = (
    "parts", "part", "pt", "volume", "vol", "number", "no", "nr", "chapter", "ch", "section", "book", "paper", "phase",
    "stage", "study", "report", "lecture", "session", "module", "unit", "episode", "tome", "teil", "partie", "parte",
    "issue", "edition", "version", "quarter", "q", "supplement", "installment", "series", "file", "table", "appendix",
    "ed", "edn", "quarterly", "partes", "teile", "mitteilung", "folge", "lieferung", "band", "kapitel",
    "chapitre", "capitulo", "deel", "tomo", "libro", "część", "часть", "сообщение", "статья", "выпуск", "том", "v",
)  # fmt: skip
# Editions of other contents: a paperback or an online edition has none.
NAMED_EDITIONS = (
    "abridged|african|american|asian|asia pacific|australian|brief|canadian|concise|european|global|indian|"
    "instructor'?s|international|pocket|student|teacher'?s"
)
REVISIONS = "enlarged|expanded|new|revised|updated"  # what a numbered edition is anyhow
# One of these or a numeral stands beside the word of PART_WORDS that it numbers.
BESIDE_PARTS = (*NUMBER_WORDS, *re.findall("[a-z]+", f"{NAMED_EDITIONS}|{REVISIONS}".replace("'?", "")))
_PART_WORD = "|".join(word for word in PART_WORDS if word not in {"quarterly", "v"})
_NUMERAL = r"\d{1,3}[a-h]?|[ivx]{1,5}[a-h]?|[a-h](?![a-z])|" + "|".join(NUMBER_WORDS)
_ORDINAL = "|".join(["\\d{1,3}(?:st|nd|rd|th)", *ORDINAL_WORDS])
# Tried in lower case: ignoring case takes Python several times as long.
_PARTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_PART_WORD})\b\.?\s*(?:no\.\s*|no\s+|#\s*)?({_NUMERAL})\b",
        rf"\b({_ORDINAL})\s+(?:(?:{NAMED_EDITIONS}|{REVISIONS})\s+)?"
        rf"(?:{_PART_WORD}|quarterly)\b",
        r"\bv\.\s?(\d{1,3})\b(?!\.\d)",
        rf"\b({NAMED_EDITIONS})\s+ed(?:ition|n)?\b",
        rf"[,.:;(\[–—-]\s*(?:(?:{REVISIONS})(?:,| and| &)?\s+)?({REVISIONS})\s+ed(?:ition|n)?\b",
    )
)
_WORD, _HAS_PART = re.compile(r"\w+"), frozenset(PART_WORDS)
PART_ALONE = re.compile(rf"\W*(?:{_PART_WORD})\b\.?\s*(?:no\.\s*|no\s+|#\s*)?(?:{_NUMERAL})\W*", re.IGNORECASE)
# These patterns begin with characters, which Python looks for quickly, and only then look behind.
# A roman or single arabic numeral that stands apart: at the end, or between signs ("... manifolds. IV. Survey"). None
# is a century, "im 19. Jahrhundert", or the issue in "84(1): 57-66".
_APART = re.compile(
    r"([IVX\d](?<![^\s.,:;(\[–—].)(?<!\d\(.)(?:(?<=[IVX])[IVX]{0,4}|(?<=\d)\d?))(?=\s*(?:[.:;,)\]–—]|\s-\s|$))"
    r"(?!:\s?\d|(?<=V)\.\s?\d|\. ?(?i:jahrh|jh|årh|stol|storo|száz|yüzy|vuosis|sajan))"
)
# Parts in Chinese and Japanese: "第2報", "その三", "(下)", and behind a blank "上", "下巻"; 中 stands before 下 where
# there are three, and is no number.
_HAN_DIGITS = {sign: str(n) for n, sign in enumerate("一二三四五六七八九十", start=1)} | {"上": "1", "下": "2"}
_HAN_PART = re.compile(
    r"第(\d{1,3}|[一二三四五六七八九十])[報部篇編巻卷章集回]|その(\d{1,3}|[一二三四五六七八九十])|"
    r"\(([一二三四五六七八九十上中下])\)\s*$|\s([上中下])[巻卷冊册編篇]?\s*$"
)
# The number of an abstract at a meeting, before its title: "P123", "SAT0123:", "1234P", "Abstract 3456:".
_ABSTRACT = re.compile(
    r"\W*(?:(?i:abstract)\s+(?:no\.?\s*)?([A-Za-z]{0,4}-?\d{1,5}[A-Z]?)|((?:A|AB|EP|FRI|LB|LBA|MON|O|OP|P|PCN|PD|PE|PO|PP|PS|S|SAT|"
    r"SUN|THU|TUE|WED)-?\d{3,4}|\d{3,4}(?:MO|O|P|PD|TiP)))(?=[\s.:])",
)
# "10,000" without its comma.
_THOUSANDS = re.compile(r"(?<!\S)(\d{1,3}) (\d{3})(?: (\d{3}))?(?!\S)")
_YEAR_ALONE = r"((?:1[89]|20)\d\d)(?<!\d{5})"
YEAR = re.compile(rf"{_YEAR_ALONE}(?!\d)")
# "2013/14", "2013-14", and the same folded: two years, the second one shortened.
_YEARS, _FOLDED_YEARS = (re.compile(rf"{_YEAR_ALONE}({sign})(\d\d)(?!\d)") for sign in (r"\s?[/–-]\s?", " "))
_HAS_DIGIT = re.compile(r"\d")
# The numbers in a word: "il6" is "il-6", and "2b" is not "2a", nor "3rd" "3".
_IN_WORD = re.compile(r"\d+(?:(?:st|nd|rd|th|[a-h])(?![a-z]))?")
_SEASONS = (
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
    "spring", "summer", "autumn", "winter",
)  # fmt: skip
# Roman numerals that hardly are words as well, and those that are, behind what is numbered.
_FIGURES = {numeral: str(value) for numeral, value in ROMAN.items() if numeral not in {"i", "v", "x"}}
_BEHIND = {"i": "1", "v": "5", "x": "10", "one": "1"}
# Words that count as numbers, and how each is written.
_NAMED = dict(_FIGURES)
_NAMED |= {season: season for season in _SEASONS}
NUMBER_NAMES = (*_NAMED, *contraries.NAMED, *contraries.BEGINNINGS)

# Words behind which a letter tells like a number, "hepatitis B", unless it may be an article: "the receptor: a ..."
LETTERED = (
    "arm", "category", "channel", "chain", "class", "coenzyme", "cohort", "complement", "cytochrome", "cyclosporin",
    "factor", "genotype", "group", "haemoglobin", "haemophilia", "hemoglobin", "hemophilia", "hepatitis", "influenza",
    "isoform", "kinase", "model", "protein", "receptor", "region", "regimen", "sample", "serogroup",
    "site", "species", "strain", "streptococci", "streptococcus", "subgroup", "subtype", "toxin", "type", "variant",
    "vitamin", "ward", "zone",
)  # fmt: skip
_HAS_LETTERED, _ARTICLES = frozenset(LETTERED), frozenset("aeoy")

_CENTURIES = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    "zehnten elften zwolften dreizehnten vierzehnten funfzehnten sechzehnten siebzehnten achtzehnten neunzehnten "
    "zwanzigsten",
)
ORDINALS_FROM_TEN = {word: n for words in _CENTURIES for n, word in enumerate(words.split(), 10)} | {"twenty first": 21}
_CENTURY = ("centur", "jahrhundert", "siecle", "siglo", "secol", "seculo")  # what a title holds that speaks of one
_CENTURY_NUMBER = re.compile(
    rf"\b(?:({'|'.join(ORDINALS_FROM_TEN)})|(\d\d?)(?:st|nd|rd|th|e|eme)?|(x[ivx]{{0,4}})(?:e|eme)?)\b"
)

# "twenty-five years" is "25 years", "threefold" "3-fold", "the third case" "the 3rd case". "One" may be nobody, and
# "second" the unit of time.
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_COUNTED = {word: n for n, word in enumerate((*_WORDS, *_TEENS), 1)} | {ten: 10 * n for n, ten in enumerate(_TENS, 2)}
_PLACED = {word: n for n, word in enumerate((*ORDINALS, *(f"{teen}th" for teen in _TEENS)), 1)}
_PLACED |= {f"{ten[:-1]}ieth": 10 * n for n, ten in enumerate(_TENS, 2)}
_UNITS = ("year", "month", "week", "day", "hour", "minute")
COUNTS = (*_COUNTED, *(f"{word}fold" for word in _COUNTED), *_PLACED, "hundred")  # words in which a title counts
_COUNT = re.compile(
    rf"\b(?:({'|'.join(_TENS)}) (?:({'|'.join(_WORDS[:9])})|({'|'.join(ORDINALS[:9])}))|"
    rf"({'|'.join(word for word in _COUNTED if word != 'one')})(fold)?|(one)(?= (?:{'|'.join(_UNITS)})))\b"
)
_ORDINAL_ALONE = re.compile(rf"\b(?<!\d )(?<!per )({'|'.join(_PLACED)})\b(?! hand\b)")
_HUNDRED = re.compile(r"\b(?:(\d|one|a) )?hundred\b(?:(?: and)? (\d\d?|one)(?!\S))?")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}

NUMERALS = (*_FIGURES, *_BEHIND)  # words of a title that may number something
_FOLDED_NUMERAL = re.compile(rf"(?<= )(?:{'|'.join(_FIGURES)})(?= |$)")
_BEHIND_WORD = re.compile(rf"\b(?!no one)({_PART_WORD}|{'|'.join(LETTERED)}) ({'|'.join(_BEHIND)})(?= |$)")


def numerals(folded: str) -> str:
    """A folded title, with roman numerals in figures: a first word is none, and i, v, x and one only in "type i"."""
    figures = _FOLDED_NUMERAL.sub(lambda numeral: _FIGURES[numeral[0]], folded)
    return _BEHIND_WORD.sub(lambda said: f"{said[1]} {_BEHIND[said[2]]}", figures)


def numeral_value(numeral: str) -> str:
    """An arabic or roman numeral, an ordinal or a number in words as arabic digits; a letter and a name as they are."""
    numeral = _HAN_DIGITS.get(numeral) or numeral.lower().replace("-", "")
    if numeral[0].isdigit():
        letter = numeral[-1] if numeral[-1] in "abcdefgh" and numeral[-2].isdigit() else ""  # "2b", not "2nd"
        return f"{int(''.join(filter(str.isdecimal, numeral)))}{letter}"  # of any script: "Part ٣"
    value = ROMAN.get(numeral) or NUMBER_WORDS.get(numeral)
    if value is None and (stem := ROMAN.get(numeral[:-1])):  # "IIa"
        return f"{stem}{numeral[-1]}"
    return str(value) if value else numeral


def parts(title: str, named: bool | None = None) -> str:
    """The numbers of a part, volume, report or edition in the title, as arabic numerals and in order; "" if none.

    `named` says whether one of PART_WORDS with a number beside it may be in it, where that is known.
    """
    title = unicodedata.normalize("NFKC", title).replace("’", "'")  # "Part Ⅱ", "（１）", "teacher’s"
    tried = title.replace("İ", "i").replace("ı", "i").lower()  # as ignoring case would, and as long as the title
    if named is None:
        named = not _HAS_PART.isdisjoint(_WORD.findall(tried))
    found = [match.span(1) for pattern in _PARTS for match in pattern.finditer(tried)] if named else []
    found += [match.span(1) for match in _APART.finditer(title) if match.start(1) > 0]
    if abstract := _ABSTRACT.match(title):
        found.append(abstract.span(abstract.lastindex or 1))
    if not title.isascii():
        found += [match.span(match.lastindex or 1) for match in _HAN_PART.finditer(title)]
    return " ".join(numeral_value(title[start:end]) for start, end in sorted(dict(found).items()))


def _year_written_out(match: re.Match[str]) -> str:
    first, sign, second = match.groups()
    following = str(int(first) + 1)
    return f"{first}{sign}{following}" if following.endswith(second) else match[0]


def years(title: str) -> str:
    """The years 1800 to 2099 named in the title, sorted, "2013/14" naming two; "" if none. A virus names none."""
    if not _HAS_DIGIT.search(title):
        return ""
    spans = _YEARS
    if "2019" in title and (spelled := covid.in_one_spelling(whole := fold(title))) != whole:
        title, spans = spelled, _FOLDED_YEARS
    return " ".join(sorted(set(YEAR.findall(spans.sub(_year_written_out, title)))))


def numbers(folded: str, parts: str = "") -> str:
    """All numbers in the words of the folded title, and words that tell like numbers: months, "b" in "group b".

    Those of its parts are among them, also where they are no such words, as in "I. Seeds"; but a first part is none,
    which is called so where a second one is out, nor is a one at the end, which may be the mark of a footnote, nor what
    names a disease. A number that comes again is another: 2,2-isomers are no 2,3-isomers.
    """
    if _HAS_DIGIT.search(folded):
        folded = _THOUSANDS.sub(r"\1\2\3", _FOLDED_YEARS.sub(_year_written_out, covid.without(folded)))
    words = folded.split()
    if words[-1:] == ["1"]:
        words.pop()
    named = {_NAMED[word] for word in words if word in _NAMED} | contraries.told(words)
    counted = Counter(number for word in words if not word.isalpha() for number in _IN_WORD.findall(word))
    named.update(
        word for noun, word in pairwise(words) if len(word) == 1 and noun in _HAS_LETTERED and word not in _ARTICLES
    )
    told = named | {f"{word}x{n}" if n else word for word in counted for n in range(counted[word])}
    if parts == "1":
        return " ".join(sorted(told - {"1"}))
    return " ".join(sorted(told.union(parts.split())))


def centuries(folded: str) -> str:
    """A folded title, with centuries in one spelling if it speaks of them: "eighteenth", "18", "xviiie" as "18th"."""
    if not any(sign in folded for sign in _CENTURY):
        return folded

    def spelled(match: re.Match[str]) -> str:
        word, digits, roman = match.groups()
        return f"{ORDINALS_FROM_TEN.get(word) or digits or ROMAN.get(roman) or 21}th"

    return _CENTURY_NUMBER.sub(spelled, folded)


def counts(folded: str) -> str:
    """A folded title, with its numbers from two to hundreds in figures, and one beside a unit of time.

    So are the first to the twentieth, and what is behind twenty: "3rd".
    """
    figures = _ORDINAL_ALONE.sub(lambda said: _placed(_PLACED[said[1]]), _COUNT.sub(_counted, folded))
    return _HUNDRED.sub(_hundreds, figures) if "hundred" in figures else figures


def _counted(said: re.Match[str]) -> str:
    tens, unit, place, alone, fold, one = said.groups()
    if place:
        return _placed(_COUNTED[tens] + _PLACED[place])
    value = _COUNTED[tens] + _COUNTED[unit] if tens else _COUNTED[alone or one]
    return f"{value} fold" if fold else str(value)


def _hundreds(said: re.Match[str]) -> str:
    hundreds, rest = (1 if figure in {"one", "a"} else figure and int(figure) for figure in said.groups())
    return str(100 * (hundreds or 1) + (rest or 0))


def _placed(value: int) -> str:
    return f"{value}{_ENDINGS.get(value % 10 if value > 20 else value, 'th')}"
