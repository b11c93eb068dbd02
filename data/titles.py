"""What a title says beside its words: its parts, its numbers, whether it is a notice, a heading or page furniture."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_NUMERALS = "i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii|xiii|xiv|xv|xvi|xvii|xviii|xix|xx"
ROMAN = {numeral: value for value, numeral in enumerate(_NUMERALS.split("|"), start=1)}
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
]  # fmt: skip
NUMBER_WORDS = {word: n for n, word in enumerate(_WORDS, 1)} | {word: n for n, word in enumerate(_ORDINALS, 1)}

PART_WORDS = (
    "parts", "part", "pt", "volume", "vol", "number", "no", "nr", "chapter", "ch", "section", "book", "paper", "phase",
    "stage", "study", "report", "lecture", "session", "module", "unit", "episode", "tome", "teil", "partie", "parte",
    "issue", "edition", "version", "quarter", "q", "supplement", "installment", "series", "file", "table", "appendix",
    "ed", "quarterly",
)  # fmt: skip
# Editions of other contents: a paperback or an online edition has none.
_NAMED_EDITIONS = (
    "abridged|african|american|asian|asia pacific|australian|brief|canadian|concise|custom|enlarged|european|expanded|"
    "global|indian|instructor'?s|international|new|pocket|revised|special|student|teacher'?s|updated"
)
_PART_WORD = "|".join(word for word in PART_WORDS if word != "quarterly")
_NUMERAL = r"\d{1,3}[a-h]?|[ivx]{1,5}[a-h]?|[a-h](?![a-z])|" + "|".join([*_WORDS, *_ORDINALS])
# Tried in lower case: ignoring case takes Python several times as long.
_PARTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_PART_WORD})\b\.?\s*(?:no\.?\s*|#\s*)?({_NUMERAL})\b",
        rf"\b(\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})\s+(?:{_PART_WORD}|quarterly)\b",
        rf"\b({_NAMED_EDITIONS})\s+ed(?:ition|n)?\b",
    )
)
_I = str.maketrans("İı", "ii")  # which ignoring case takes for one, and lower case does not
_PART_ALONE = re.compile(rf"\W*(?:{_PART_WORD})\b\.?\s*(?:no\.?\s*|#\s*)?(?:{_NUMERAL})\W*", re.IGNORECASE)
# These patterns begin with characters, which Python looks for quickly, and only then look behind.
# A roman or single arabic numeral that stands apart: at the end, or between signs ("... manifolds. IV. Survey").
_APART = re.compile(r"([IVX\d](?<![^\s.,:;(\[–—].)(?:(?<=[IVX])[IVX]{0,4}|(?<=\d)\d?))(?=\s*(?:[.:;,)\]–—]|\s-\s|$))")
_YEAR_ALONE = r"((?:1[89]|20)\d\d)(?<!\d{5})"
YEAR = re.compile(rf"{_YEAR_ALONE}(?!\d)")
# "2013/14", "2013-14", and the same folded: two years, the second one shortened.
_YEARS, _FOLDED_YEARS = (re.compile(rf"{_YEAR_ALONE}({sign})(\d\d)(?!\d)") for sign in (r"\s?[/–-]\s?", " "))
_HAS_DIGIT = re.compile(r"\d")
_SEASONS = (
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
    "spring", "summer", "autumn", "winter",
)  # fmt: skip
# Words that count as numbers, and how each is written.
_NAMED = {numeral: str(value) for numeral, value in ROMAN.items() if numeral not in {"i", "v", "x"}}
_NAMED |= {season: season for season in _SEASONS}
NUMBER_NAMES = tuple(_NAMED)

# What follows the word for a notice: a sign, not a hyphen ("review-based"), or nothing.
_END = r"(?:\s*[:.–—]|\s+-|\s*$)"
_QUOTED = r"\s*[:\"“‘«']"
_PEOPLE = (
    r"(?:comment|letter|author|editor|referee|discussion|discussant|critic|critique|criticism|reader|reviewer)s?\b|"
    r"(?:dr|prof|professor)\b"
)
_NOTICES = (
    (
        "retraction",
        rf"retraction(?: notice| note)?(?:{_END}|\s+of(?:{_QUOTED}|\s+the (?:article|paper|publication))|"
        rf"\s+to\b)|notice of retraction",
    ),
    ("concern", r"(?:editorial )?expression of concern|notice of (?:concern|redundant)"),
    (
        "erratum",
        rf"err?at(?:um|a)\b|corrigend(?:um|a)\b|corrections?(?:{_END}| notice| (?:to|for){_QUOTED})|correction to\b|"
        rf"author correction|"
        rf"publisher(?:'s)? correction|publisher(?:'s)? (?:note|erratum)|addend(?:um|a)\b|amendment(?:{_END}|"
        rf" to{_QUOTED})",
    ),
    (
        "reply",
        rf"(?:(?:the )?authors?['’]?s?|in|a|our)\s+reply\b|(?:the )?authors?['’]?s?\s+respon[sd]e?\b|reply(?:{_END}|"
        rf"\s+(?:to|from|by)\b)|"
        rf"(?:(?:in|a|our)\s+)?response(?:\s*[:–—]|\s+-|\s+to (?:the )?(?:{_PEOPLE}))|rejoinder\b",
    ),
    (
        "comment",
        rf"comment(?:s|ary)?(?:{_END}|\s+(?:on|to|regarding)\b)|re\s*:|discussion(?:\s*[:–—]|\s+-|\s+of{_QUOTED})|"
        r"letter(?:s)? (?:to the editor|regarding|re\b)|(?:invited|editorial) (?:comment|discussion)|referee comment|"
        r"interactive comment|remarks? on the (?:paper|article)|peer review (?:of|report)|letter\s*:",
    ),
    ("review", rf"(?:book )?review(?:\s+of{_QUOTED}|\s*[:–—]|\s+-)|book reviews?\b|reviewed work|\[book review\]"),
    (
        "supplement",
        r"additional file\b|supplementary (?:materials?|files?|data|information|tables?|figures?|appendix)\b|"
        r"(?:electronic )?suppl?ementary material|supporting information|moesm ?\d|"
        r"(?:table|image|video|audio|presentation|data[ _]?sheet) ?_ ?\d+ ?_|"
        r"suppl?emental (?:material|file|data)|data (?:from|for)\s*[:–—]|dataset(?:\s+(?:for|of)\b|\s*[:–—])|"
        r"(?:replication|code and) (?:data|package|code)",
    ),
)
_NOTICE_START = [(kind, re.compile(rf"\W*(?:{pattern})", re.IGNORECASE)) for kind, pattern in _NOTICES]
_NOTICE_END = re.compile(
    r"(?:[\[(:]|\s[–—-])\s*(?:an? )?"  # no hyphen inside a word: "dose-response"
    r"(erratum|corrigendum|correction|retraction(?: notice)?|reply|authors?['’]?s? (?:reply|response)|rejoinder|"
    r"comment|response|"
    r"book review|discussion|supplementary material)\s*[\])]?\s*$",
    re.IGNORECASE,
)
_END_KINDS = {
    "erratum": "erratum",
    "corrigendum": "erratum",
    "correction": "erratum",
    "comment": "comment",
    "discussion": "comment",
    "book review": "review",
    "supplementary material": "supplement",
}
# Marks that systems add to the title of the same article.
_MARKS = re.compile(
    r"^\W*(?:retracted(?: article| paper)?|withdrawn|removed|temporary removal|article in press|"
    r"reprint(?:ed)?(?: article| of)?|"
    r"preprint|wip|draft)(?:\s*[:\])]|\s+[-–—]|\s*[-–—]\s)+\s*|"
    r"[\[(](?:retracted(?: article)?|withdrawn|erratum appears|see comments?|published erratum|comment|letter|abstract|"
    r"review|editorial|microform|electronic resource|in process citation|reprint(?:ed)?|republi(?:shed|cation)|"
    r"translat(?:ed|ion) (?:from|of|by)|in:)(?:\b|(?<=:))[^\])]*[\])]?\s*\.?\s*$|"
    r"[\[(](?:(?:article )?in )?(?:english|french|german|chinese|japanese|russian|spanish|portuguese|italian|"
    r"polish|korean|"
    r"turkish|dutch|danish|swedish|norwegian|finnish|czech|hungarian|ukrainian|croatian|serbian|hebrew|persian)"
    r"(?: translation)?[\])]\s*\.?$|(?<=\])\s*TO: .*$|"
    r"\(authors?['’]?s? transl(?:ation)?\.?\)\.?$|retracted (?:article|paper)\.?$",
    re.IGNORECASE,
)
# "Third edition", "(2nd rev. ed.)", "3., erw. Auflage" at the end: every catalogue writes it in its own way.
_REVISED = r"(?:rev|enl|exp|upd|corr|überarb|erw|verb|neubearb|völlig|vollst)[^\W\d]*\.?|and|und|&"
_EDITION = re.compile(
    r"(?<![\s.,:;–—-])[\s.,:;–—-]*+[\[(]?\s*\b"
    rf"(\d{{1,2}}(?:st|nd|rd|th|\.|(?=\s+(?:ed[i.]|aufl)))|{'|'.join(_ORDINALS)})[\s,]\s*(?:(?:{_REVISED}),?\s+){{0,4}}"
    r"(?:ed(?:ition|n)?|auflage|aufl|[ée]dition|edici[óo]n|edizione)\b\.?\s*[\])]?\s*\.?\s*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\[\]]+\][. ]*")
_REVIEW_STATE = re.compile(
    r"\s*\[version \d+;[^\]]*\]?\s*$|\s*\((?:v|version |release )\d+(?:\.\d+)*\)\s*$", re.IGNORECASE
)
_APPENDED_NOTE = re.compile(r"\.?\s*\[(?:erratum|comments?|retract\w*|see|published)\b[^\]]*\]?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a folded title may announce anywhere: a pattern, and what a title must hold one of before it is searched."""

    signs: tuple[str, ...]
    pattern: re.Pattern[str]


_PERIOD = (
    r"(?:bi |semi |bi|semi|half )?(?:weekly|monthly|quarterly|annual|yearly)|"
    r"(?:first|second|third|fourth) (?:quarter|half)|progress|status|interim|activity"
)
PERIODICAL = Announcement(
    ("report", "newsletter", "bulletin"),
    re.compile(
        rf"\b(?:{_PERIOD})(?: [a-z]+){{0,2}} (?:reports?|bulletin|newsletter)\b|\breports? (?:for|of) the (?:{_PERIOD}|"
        r"period|year|month)\b|\bnewsletter\b"
    ),
)
REPUBLISHED = Announcement(
    ("reprint", "republ", "translat", "originally"),
    re.compile(r"\b(?:reprint(?:ed)?|republi(?:shed|cation)|originally published|translat(?:ed|ion) (?:from|of))\b"),
)

# A page's running head, a licence line or a placeholder that took the title's place.
_FURNITURE = re.compile(
    r"^\W*(?:j ?ournal of [\w &-]{3,60}(?:vol|issue|[,;\d(]|:\s*(?:vol|\d))|(?:[A-Z]\s){4,}|"
    r"copyright\W*(?:\(c\)|©|\d|by\b|notice|information|$|of .* property)|all rights reserved|downloaded from|"
    r"(?:research|original|review|special issue|mis) (?:article|paper|note|quarterly)s?\W*$|research (?:article|"
    r"note|commentary|essay)\W*$|"
    r"https?://\S+$|doi:? ?10\.\S+$|untitled\W*$|no title(?: available)?\W*$|\[no title\]|microsoft word\b|"
    r"article in press\W*$|"
    r"page \d+\W*$|vol(?:ume)?\.? \d+[\d\W]*$|issn\b|title not available)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def strip_marks(title: str) -> str:
    """The title without what systems add to it: "RETRACTED:", "[Erratum appears in ...]", "[Article in French]".

    An edition at the end is written in one way: ", edition 3".
    """
    bare = _APPENDED_NOTE.sub("", title) if "[" in title else title
    if "[" in bare or "(" in bare:
        bare = _REVIEW_STATE.sub("", bare)
    previous = None
    while bare != previous:
        previous, bare = bare, _MARKS.sub("", bare).strip()
    if _BRACKETED.fullmatch(bare):  # PubMed's sign of a translated title
        bare = bare.strip("[]. ")
    if (edition := _EDITION.search(bare)) and edition.start():
        bare = f"{bare[: edition.start()]}, {_edition(edition)}"
    return bare or title


def _edition(match: re.Match[str]) -> str:
    return f"edition {_numeral_value(match[1].rstrip('.'))}"


def edition_as_written(words: str, title: str) -> str:
    """Words of a title without marks, an edition among them as the whole title writes it: "3rd rev. ed"."""
    match = _EDITION.search(title)
    return words.replace(_edition(match), match[0].strip(" .,:;–—-[]()")) if match else words


def is_furniture(title: str) -> bool:
    """Whether the text is a page's running head or a placeholder, and no title at all."""
    return _FURNITURE.match(title) is not None


def notice(title: str) -> str:
    """Which notice about another work the title announces ("erratum", "reply", "supplement" ...), or ""."""
    return notice_before(title) or notice_behind(title)


def notice_before(title: str) -> str:
    """The same where the title begins with it."""
    return next((kind for kind, pattern in _NOTICE_START if pattern.match(title)), "")


def notice_behind(title: str) -> str:
    """The same where the title ends with it: "Sleep and memory: reply"."""
    if end := _NOTICE_END.search(title):
        word = end[1].lower()
        return _END_KINDS.get(word, "retraction" if word.startswith("retraction") else "reply")
    return ""


def split_subtitle(title: str) -> tuple[str, str]:
    """(main title, subtitle) at the first colon, dash, question mark or full stop that leaves both sides standing.

    What stands before it as a mere part ("Chapter Four. Bark cloth") is the subtitle.
    """
    for sign in (": ", " - ", " – ", " — ", "? ", "! ", ". ", " : ", ":", "; "):
        if sign in title:
            main, _, sub = title.partition(sign)
            if len(sub) > 4 and len(main) < 20 and _PART_ALONE.fullmatch(main):
                return sub, main
            if len(main) > 8 and len(sub) > 4:
                return main, sub
    return title, ""


def _numeral_value(numeral: str) -> str:
    numeral = numeral.lower()
    if numeral[0].isdigit():
        letter = numeral[-1] if numeral[-1] in "abcdefgh" and numeral[-2].isdigit() else ""  # "2b", not "2nd"
        return f"{int(''.join(filter(str.isdecimal, numeral)))}{letter}"  # of any script: "Part ٣"
    value = ROMAN.get(numeral) or NUMBER_WORDS.get(numeral)
    if value is None and (stem := ROMAN.get(numeral[:-1])):  # "IIa"
        return f"{stem}{numeral[-1]}"
    return str(value) if value else numeral


def parts(title: str, named: bool = True) -> str:
    """The numbers of a part, volume, report or edition in the title, as arabic numerals and in order; "" if none.

    `named` is False where none of PART_WORDS is in it.
    """
    title = unicodedata.normalize("NFKC", title)  # "Part Ⅱ", "（１）"
    tried = (title if title.isascii() else title.translate(_I)).lower()  # as long as the title
    found = [match.span(1) for pattern in _PARTS for match in pattern.finditer(tried)] if named else []
    found += [match.span(1) for match in _APART.finditer(title) if match.start(1) > 0]
    return " ".join(_numeral_value(title[start:end]) for start, end in sorted(dict(found).items()))


def _year_written_out(match: re.Match[str]) -> str:
    first, sign, second = match.groups()
    following = str(int(first) + 1)
    return f"{first}{sign}{following}" if following.endswith(second) else match[0]


def years(title: str) -> str:
    """The years 1800 to 2099 named in the title, sorted, "2013/14" naming two; "" if none."""
    if not _HAS_DIGIT.search(title):
        return ""
    return " ".join(sorted(set(YEAR.findall(_YEARS.sub(_year_written_out, title)))))


def numbers(folded: str) -> str:
    """All words of the folded title that hold a digit, are roman numerals above one, or name a month or season."""
    words = (_FOLDED_YEARS.sub(_year_written_out, folded) if _HAS_DIGIT.search(folded) else folded).split()
    said = [_NAMED.get(word) or (word if not word.isalpha() and _HAS_DIGIT.search(word) else "") for word in words]
    return " ".join(sorted(filter(None, said)))
