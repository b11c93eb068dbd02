"""One name as its source has it, to the person behind it: surname, given names, or a group.

It is not decided which of two bare words is the surname when a source puts the surname first without a comma;
comparing sets of words copes with that.
"""

import re
from functools import lru_cache

from papertwin.data.values.groups import GROUP_WORDS, group_key, is_group
from papertwin.data.values.persons import NOBODY, Person, as_spelt
from papertwin.data.values.text import fold, is_garbled, repair

LONGEST = 300  # characters of a name; the rest of a longer one tells nothing
_BEHALF = re.compile(r"\b(?:on behalf of|for the|representing)\b", re.IGNORECASE)
_INITIALS = re.compile(r"^(?:[A-ZÀ-ÞĀ-ŽΑ-ΩЀ-Я]\.?[\s-]*){1,4}$|^[a-z]\.?(?:[\s-]+[a-z]\.?){0,3}$")
SUFFIX = re.compile(r"(?:,?\s+(?:jr|sr|ii|iii|iv|md|phd|ph\.d|m\.d|msc|bsc|dr|prof)\.?)+$", re.IGNORECASE)
# Chinese, Japanese and Korean names: the surname is the first sign. (Longer surnames are rare.)
SURNAME_FIRST = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_TITLE = re.compile(
    r"^(?:(?:dr|prof|professor|mr|mrs|sir|dame|rev|reverend|assoc|doç|(?:dipl|dr)\.?-ing|univ\.?-prof)\b\.?\s+)+(?=\S)",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"https?://\S+|[^\s@]{1,64}@\S+|\d{4}-\d{4}-\d{4}-\d{3}[\dX]|\b\d(?:nd|rd|th)\b|[\d*†‡§¶]+|"
    r"\([^()]*\)|\[[^\[\]]*\]"
)
_COUNTRY = re.compile(r"^([^\s,]+) ([^,]+?)\s*\[[A-Z]{2}\]$")  # Espacenet's "BERG ANNA [DE]" has the surname first
# Surnames of three letters that stand before given names in capitals; other three capitals are initials.
_SHORT_SURNAMES = frozenset({
    "BAI", "BAO", "BIE", "CAI", "CAO", "CHO", "CUI", "DAI", "DAO", "FAN", "GAN", "GAO", "GUO", "HAN", "HOU", "HUO",
    "JIA", "KIM", "LAI", "LAM", "LAN", "LAU", "LEE", "LEI", "LIM", "LIN", "LIU", "LUO", "MAO", "MIN", "NAM", "NIE",
    "NIU", "PAN", "PEI", "QIN", "QIU", "REN", "SHI", "SUN", "TAN", "TAO", "WEI", "XIA", "XIE", "XUE", "YAN", "YAO",
    "YIN", "YOO", "YUE", "ZOU", "ZHU",
})  # fmt: skip
# "LI Guo-qing", as Chinese journals write names: before such a given name two capitals are a surname, too.
_TWO_CAPITALS = re.compile(r"[B-DF-HJ-NP-TV-Z][AEIOUVÜ] [A-Z][a-z]+-[a-z]+")
_VOWEL = re.compile(r"[AEIOUY]|[^\x00-\x7f]")
_ARTICLE = re.compile(r"(?<=\S) ((?:abd )?[ae]l|abd[ae]l)$", re.IGNORECASE)  # of "Salem Al Harbi", but not of Al Gore
# "Al-Harbi" is "Alharbi". "Abdul" goes with the next word where a hyphen says so: Karim, Md. Abdul is Karim MA, too.
_ARABIC = re.compile(r"\b(abd [aeu]l|abd[ae]l|[ae]l) (?=\w{2})")
_ABDUL = re.compile(r"\b(abdul)-(?=\w)", re.IGNORECASE)
# The commonest Korean surnames as they are mostly written in Latin letters.
_KOREAN = {
    "김": "Kim", "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung", "강": "Kang", "조": "Cho", "윤": "Yoon",
    "장": "Jang", "임": "Lim", "오": "Oh", "신": "Shin", "서": "Seo", "권": "Kwon", "황": "Hwang", "안": "Ahn",
    "송": "Song", "류": "Ryu", "유": "Yoo", "홍": "Hong", "전": "Jeon", "고": "Ko", "문": "Moon", "손": "Son",
    "배": "Bae", "백": "Baek", "허": "Heo", "노": "Noh", "심": "Shim", "우": "Woo", "구": "Koo", "주": "Joo",
}  # fmt: skip


def looks_like_initials(text: str) -> bool:
    """Whether it is up to four initials and nothing else."""
    return len(text) <= 12 and _INITIALS.match(text) is not None


@lru_cache(maxsize=65536)
def person(name: str) -> Person | None:
    """The person behind a name as written, or None where it names nobody."""
    text = repair(name)[:LONGEST]
    if is_garbled(text):
        return None
    text, surname, given = parted(text)
    folded_given = latin(given)
    words = f"{folded_given} {latin(_KOREAN.get(surname, surname))}".split()
    whole = " ".join(words)
    if not whole or whole in NOBODY:
        return None
    if is_group(words):
        return _group(text)
    return as_spelt(Person(words[-1], folded_given[:1], whole))


def _group(text: str) -> Person | None:
    """The group of this name, or the person who writes for it: "Anna Berg on behalf of the Carbon Study Group"."""
    before = _BEHALF.split(text, 1)[0].strip(" ,")
    if before != text and " " in before and GROUP_WORDS.isdisjoint(fold(before).split()):
        return person(before)
    key = group_key(fold(text).split())
    return Person(key, "", key, is_group=True)


def parted(text: str) -> tuple[str, str, str]:
    """A repaired name without what is no name: the whole, the surname and the given name."""
    if text.endswith("]"):
        text = _COUNTRY.sub(r"\1, \2", text)
    if any(sign in text for sign in "@/0123456789*([†‡§"):
        text = _NOISE.sub(" ", text)
    text = _TITLE.sub("", SUFFIX.sub("", text.strip(" ,.;")))
    surname, comma, given = text.partition(",")
    surname = SUFFIX.sub("", surname)
    if comma and not fold(surname):
        surname, comma, given = given, "", ""
    if not comma:
        surname, given = _halves(text)
    elif SURNAME_FIRST.match(surname) and SURNAME_FIRST.match(given.strip()):
        surname, given = _halves(surname + given)  # as without the comma: "夏目, 漱石" is "夏目漱石"
    if given.endswith(("l", "L")) and (article := _ARTICLE.search(given)):
        given, surname = given[: article.start()], f"{article[1]} {surname}"
    return text, surname, given


def _halves(text: str) -> tuple[str, str]:
    """Surname and given names of a name without a comma."""
    words = text.replace(".-", ". ").replace(".", ". ").split()
    if SURNAME_FIRST.match(text):
        whole = "".join(words)
        return whole[:1], whole[1:]
    end = 1 if _TWO_CAPITALS.fullmatch(text) else _capitals(words)
    if not end:
        end = len(words)  # initials behind the surname: "Berg A B"
        while end > 1 and looks_like_initials(words[end - 1]) and len(words[end - 1].strip(".")) <= 3:
            end -= 1
        if end == len(words) or looks_like_initials(words[0]):
            end = len(words) - 1
            return words[end] if words else "", " ".join(words[:end])
    return " ".join(words[:end]), " ".join(words[end:])


def _capitals(words: list[str]) -> int:
    """How many words in capitals are a surname before given names that are not, "VAN DIJK Anna"; 0 for initials."""
    count, long = 0, False
    while count < len(words) and words[count].isupper():
        long |= len(words[count]) > 2
        count += 1
    if not long or count == len(words) or not words[count][0].isupper():
        return 0
    parts = "-".join(words[:count]).split("-")
    return count if any(part in _SHORT_SURNAMES or (len(part) > 3 and _VOWEL.search(part)) for part in parts) else 0


def latin(name: str) -> str:
    """A part of a name folded and in Latin letters, an Arabic article joined to its word."""
    folded = fold(_ABDUL.sub(r"\1", name) if "-" in name else name)
    if folded.isascii():
        return _ARABIC.sub(lambda article: article[1].replace(" ", ""), folded) if "l " in folded else folded
    from anyascii import anyascii

    # Chinese and Japanese signs are words of their own when folded; the reading of a name is one word.
    return fold(anyascii(folded if ord(folded[0]) < 0x2E80 else folded.replace(" ", "")))
