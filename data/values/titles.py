"""What is title and what is not: marks that systems add, page furniture, the subtitle, what a title announces."""

import re
from dataclasses import dataclass
from functools import lru_cache

from papertwin.data.values.notices import CITED, notice
from papertwin.data.values.numbering import ORDINALS, PART_ALONE, numeral_value
from papertwin.data.values.text import repair

# Web pages that end a title with their own name.
SITES = (
    "sciencedirect", "pubmed", "pmc", "jstor", "springerlink", "request pdf", "wiley online library", "researchgate",
    "semantic scholar",
)  # fmt: skip
# Marks that systems add to the title of the same article.
_MARKS = re.compile(
    # arXiv's stamp in the margin of the first page, "arXiv:1305.2897v2 [math.CO] 14 May 2013"
    r"^arxiv:\s?(?:\d|[a-z-]+/\d)\S+(?:\s\[[\w.-]+\])?(?:\s\d{1,2}\s[a-z]{3,9}\s\d{4})?\s+(?=\w)|"
    r"^\W*(?:retracted(?: article| paper)?|withdrawn|removed|temporary removal|article in press|"
    r"reprint(?:ed)?(?: article| of)?|"
    r"(?:original|regular|full|short|brief|rapid|research|case|technical)(?: (?:research|clinical|length))? "
    r"(?:article|paper|communication|report|note|investigation)|abstract|"
    r"preprint|wip|draft)(?:\s*[:\])]|\s+[-–—]|\s*[-–—]\s)+\s*|"
    r"[\[(](?:retracted(?: article)?|withdrawn|erratum appears|see comments?|published erratum|comment|letter|abstract|"
    r"review|editorial|microform|electronic resource|in process citation|reprint(?:ed)?|republi(?:shed|cation)|"
    r"translat(?:ed|ion) (?:from|of|by)|structured abstract|provisional abstract|brief record|project record|\d+ refs?|"
    r"preprint|in:)(?:\b|(?<=:))[^\])]*[\])]?\s*\.?\s*$|"
    r"[\[(](?:(?:article )?in )?(?:english|french|german|chinese|japanese|russian|spanish|portuguese|italian|"
    r"polish|korean|"
    r"turkish|dutch|danish|swedish|norwegian|finnish|czech|hungarian|ukrainian|croatian|serbian|hebrew|persian)"
    r"(?: translation)?[\])]\s*\.?$|(?<=\])\s*TO: .*$|"
    r"(?<=\w\w)[.,]\s+in:\s\S.*$|"  # the book of a chapter
    r"\(authors?['’]?s? transl(?:ation)?\.?\)\.?$|retracted (?:article|paper)\.?$|"
    rf"\s[-–—]\s(?:{'|'.join(SITES)})$",
    re.IGNORECASE,
)
# The end of arXiv's stamp, as a machine read it before a title: "M F ] 1 8 M ar 2 01 9", "Fe b 20 20". A date that is
# not torn is the title's own.
_MONTHS = "|".join(r"\s?".join(month) for month in (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
))  # fmt: skip
_TORN_STAMP = re.compile(
    rf"^(?:(?:[A-Z]\s?){{1,3}}\]\s?)?(?:\d\s?){{0,2}}(?:{_MONTHS})\s(?!\d{{4}})(?:1\s?9|2\s?0)\s?\d\s?\d\s+(?=\w)"
)
# What Google Scholar writes before a title, and catalogues between it and its subtitle.
_MEDIUM = re.compile(
    r"^(?:\[(?:pdf|html|e?books?|citation|b|c)\]\s*)+|\s*\[(?:electronic resource|texte? (?:imprim[ée]|électronique)|"
    r"printed text|text|book|e-?book|microform|online|internet|recurso electr[oó]nico|ressource [ée]lectronique|"
    r"elektronische ressource|videorecording|sound recording)\](?=\W|$)",
    re.IGNORECASE,
)
# "CO(2)", "Ca(2+)", "vitamin B(12)", as PubMed wrote what is below and above the line.
_SUBSCRIPT = re.compile(r"\b((?:[A-Z][a-z]?\d{0,2}){1,4}|HbA)\((\d[\d.]{0,3}[a-z]?[+-]?|[+-])\)")
_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩЀ-Я]"
# Who made it, as library catalogues write behind the title: "Peat / by A. Berg ; with maps", "Peat / Anna Berg".
_RESPONSIBLE = re.compile(
    r"^(\S+\s+\S.*?)\s/\s(?:(?:by|edited|eds?\.|von|par|por|hrsg|herausgegeben|sous la dir|compiled|translated)\b.*|"
    r"[^/]*\s;\s[^/]*|"
    rf"(?:{_CAPITAL}[\w.'’\ufe20\ufe21-]*\s){{1,3}}{_CAPITAL}[\w'’\ufe20\ufe21-]+\s*\.?)$"  # the halves of a bow: "I︠U︡"
)
# Where it stands, as repositories write behind a title, "Seed rain. Restoration Ecology 8: 33-41 (2000)"; but not
# "Diaries. Volume 5, 1936-1941 (2001)" nor "Commentaries. The Acts 2:1-13 (2003)".
_PAGES_BEHIND = r"(?:pp?\.?\s?)?(?!(?:1[5-9]|20)\d\d\s?[-–]\s?(?:1[5-9]|20)\d\d)\d{1,5}\s?[-–]\s?\d{1,5}"
_PLACE = re.compile(
    r"(?<=\w\w)[.,]\s+(?!(?i:vol|band|book|part|phase|art|act|chapter|section|report)\w*\b)"
    r"(?:[A-Z][^.,;:\d]{2,60}?[.,]?|(?:[A-Z][a-z]{0,6}\.\s?){2,6})\s?(?:"
    r"(?:(?:19|20)\d\d;)?(?:vol(?:ume|\.)?\s?)?\d{1,4}(?:\s?\(\d+\)|,\s?(?:no|issue|iss)\.?\s?\d+)\s?[,:]\s?"
    rf"{_PAGES_BEHIND}(?:[,.]?\s\(?(?:19|20)\d\d\)?)?|"
    rf"(?:vol(?:ume|\.)?\s?)?\d{{1,4}}\s?(?:,\s?|:\s){_PAGES_BEHIND}[,.]?\s\(?(?:19|20)\d\d\)?|"
    r"(?:19|20)\d\d;\d{1,4}:\d{1,5}\s?[-–]\s?\d{1,5})\.?$"
)
_RANGE = re.compile(r"\d\s?[-–]\s?\d")
_LAST_WORD = 60  # characters
_FOOTNOTE = re.compile(
    r"\b([A-Z][\w-]*[a-z](?:[a-z]{3}|[?!]))1(?:, ?2)?$"
)  # its mark, "A Field Study1", and not "notch1"
_CHAPTER = re.compile(
    r"^\W*(?:chapter|kapitel|chapitre|cap[ií]tulo)\s+(\d{1,3}|[ivxl]+)\b(?![.:])\W*(?=\w)", re.IGNORECASE
)
_SITE = re.compile(r"\s\|\s[^|()]{3,60}$")  # "... | Nature", and not "P(x | y)"
# "Third edition", "(2nd rev. ed.)", "3., erw. Auflage" at the end: every catalogue writes it in its own way.
_REVISED = r"(?:rev|enl|exp|upd|corr|überarb|erw|verb|neubearb|völlig|vollst)[^\W\d]*\.?|and|und|&"
_EDITION = re.compile(
    r"(?<![\s.,:;–—-])[\s.,:;–—-]*+[\[(]?\s*\b"
    rf"(?:(\d{{1,2}})(?:st|nd|rd|th|[aªeè]|[èe]me|-?[ео]е?|\.|(?=\s+(?:ed[i.]|aufl)))|({'|'.join(ORDINALS)}))[\s,]\s*"
    rf"(?:(?:{_REVISED}),?\s+){{0,4}}"
    r"(?:[ée]d(?:ition|n)?|auflage|aufl|edici[óo]n|edi[cç][ãa]o|edizione|druk|uppl|изд)\b\.?"
    r"(?:,?\s+(?:испр|перераб|доп|стер|и)\b\.?){0,4}\s*[\])]?\s*\.?\s*$",
    re.IGNORECASE,
)
_EDITION_SIGNS = ("ed", "éd", "aufl", "druk", "uppl", "изд", "испр", "доп", "стер")  # one of them is in its last word
# Every mark or notice of one has such a word.
_RETRACTION = re.compile(r"\bretract(?:ed|ion)\b|\bwithdraw|\bremov(?:ed\b|al:)", re.IGNORECASE)
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
    r"page \d+\W*$|vol(?:ume)?\.? \d+[\d\W]*$|issn\b|title not available|not available\W*$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def strip_marks(title: str) -> str:
    """The title without what systems add to it: "RETRACTED:", "[Erratum appears in ...]", "[Article in French]".

    An edition at the end is written in one way: ", edition 3".
    """
    bare = _TORN_STAMP.sub("", _APPENDED_NOTE.sub("", title) if "[" in title else title)
    if "[" in bare or "(" in bare:
        bare = _SUBSCRIPT.sub(r"\1\2", _MEDIUM.sub("", _REVIEW_STATE.sub("", CITED.sub("", bare))))
    if " / " in bare or " | " in bare:
        bare = _SITE.sub("", _RESPONSIBLE.sub(r"\1", bare))
    if bare[-1:] in "0123456789)." and _RANGE.search(bare[-22:]):
        shorter = _PLACE.sub("", bare)
        bare = shorter if shorter.count(" ") > 1 else bare  # two words are hardly a whole title
    previous = None
    while bare != previous:
        previous, bare = bare, _MARKS.sub("", bare).strip()
    if bare[-1:] in ("1", "2"):
        bare = bare[:-_LAST_WORD] + _FOOTNOTE.sub(r"\1", bare[-_LAST_WORD:])
    bare = _CHAPTER.sub(r"Chapter \1. ", bare)  # "Chapter 7 Peat": what split_subtitle parts
    if _BRACKETED.fullmatch(bare):  # PubMed's sign of a translated title
        bare = bare.strip("[]. ")
    end = bare.rstrip(" .])")[-9:].lower()
    if any(map(end.__contains__, _EDITION_SIGNS)) and (edition := _EDITION.search(bare)) and edition.start():
        bare = f"{bare[: edition.start()]}, {_edition(edition)}"
    return bare or title


def _edition(match: re.Match[str]) -> str:
    return f"edition {numeral_value(match[1] or match[2])}"


def edition_as_written(words: str, title: str) -> str:
    """Words of a title without marks, an edition among them as the whole title writes it: "3rd rev. ed"."""
    match = _EDITION.search(title)
    return words.replace(_edition(match), match[0].strip(" .,:;–—-[]()")) if match else words


def is_furniture(title: str) -> bool:
    """Whether the text is a page's running head or a placeholder, and no title at all."""
    return _FURNITURE.match(title) is not None


def is_retracted(title: str) -> bool:
    """Whether a mark on a title as it came, or a notice that it is, says that the work is retracted or withdrawn."""
    if not _RETRACTION.search(title):
        return False
    title = repair(title)
    marks = len(_RETRACTION.findall(title)) - len(_RETRACTION.findall(strip_marks(title)))
    return marks > 0 or notice(title) == "retraction"


def split_subtitle(title: str) -> tuple[str, str]:
    """(main title, subtitle) at the first colon, dash, question mark or full stop that leaves both sides standing.

    What stands before it as a mere part ("Chapter Four. Bark cloth") is the subtitle.
    """
    for sign in (": ", " - ", " – ", " — ", "? ", "! ", ". ", " : ", ":", "; "):
        if sign in title:
            main, _, sub = title.partition(sign)
            if len(sub) > 4 and len(main) < 20 and PART_ALONE.fullmatch(main):
                return sub, main
            if len(main) > 8 and len(sub) > 4:
                return main, sub
    return title, ""
