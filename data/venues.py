"""Where a work appeared: the journal or proceedings, its volume and pages, and what kind of place it is."""

import re
from functools import lru_cache
from typing import NamedTuple

from papertwin.data.text import fold

_SMALL_WORDS = frozenset("the of and for in on de la le et und der die das fur a an to del y e i des du".split())
_PREPRINT = re.compile(
    r"arxiv|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|engrxiv|eartharxiv|edarxiv|techrxiv|\bssrn\b|research square|preprints?\b|"
    r"\bosf\b|authorea|cogprints|working paper|discussion paper|cern document|e print"
)
_PROCEEDINGS = re.compile(
    r"proceedings|\bproc\b|conference|\bconf\b|symposium|\bsymp\b|workshop|congress|meeting|\bconference on|lecture notes|"
    r"\b(?:vldb|sigmod|icde|neurips|nips|icml|cvpr|iccv|acl|emnlp|kdd|chi|iclr|aaai|ijcai|soda|stoc|focs|icassp)\b"
)
_REPOSITORY = re.compile(r"zenodo|figshare|dataverse|repository|dryad|core discovery|archive ouverte|\bhal\b|escholarship|dspace|eprints")
_PUBLISHER = re.compile(
    r"^(?:springer|elsevier|wiley|de gruyter|ieee$|oxford university press|cambridge university press|birkhauser|world scientific|"
    r"taylor (?:and )?francis|informa|sage publications|american mathematical society|hindawi|mdpi|academic press|acm$|"
    r"association for computing machinery|institute of electrical|wolters kluwer|ovid|project muse|crc press|mit press|"
    r"princeton university press|siam$|society for industrial|american chemical society|american physical society|iop publishing)"
)
_PAGES = re.compile(r"([a-z]{0,3}\d+[a-z]?)(?:\s*(?:--?|–|—|‐|−|to)\s*([a-z]{0,3}\d+[a-z]?))?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_SUPPLEMENT = re.compile(r"suppl|\bs\d|\bpt\b|special", re.IGNORECASE)


def journal(text: str) -> str | None:
    """The folded name of the journal or proceedings; None for a bare publisher or an address."""
    folded = fold(re.sub(r"\(.*?\)|\[.*?\]|=.*$", " ", text)) or fold(text)
    if not folded or folded.startswith("https") or _PUBLISHER.match(folded):
        return None
    return folded


@lru_cache(maxsize=16384)
def journal_stems(folded: str) -> str:
    """The first four letters of each word that matters, so that "J Clin Oncol" meets "Journal of Clinical Oncology"."""
    return " ".join(word[:4] for word in folded.split() if word not in _SMALL_WORDS and not word.isdigit())


@lru_cache(maxsize=16384)
def journal_initials(folded: str) -> str:
    """The first letters of the words that matter, "jco"; a one-word name is its own initials."""
    words = [word for word in folded.split() if word not in _SMALL_WORDS and not word.isdigit()]
    return "".join(word[0] for word in words) if len(words) > 1 else (words[0] if words else "")


def is_preprint(folded_journal: str) -> bool:
    """Whether the venue is a preprint server."""
    return _PREPRINT.search(folded_journal) is not None


def is_repository(folded_journal: str) -> bool:
    """Whether the venue is a repository of copies or of data."""
    return _REPOSITORY.search(folded_journal) is not None


def is_proceedings(folded_journal: str) -> bool:
    """Whether the venue is a conference."""
    return _PROCEEDINGS.search(folded_journal) is not None


def first_number(text: str) -> str | None:
    """The first number of a volume or issue field without leading zeros ("12 Suppl 1" -> "12"), else its folded text."""
    match = _NUMBER.search(text)
    return match[0].lstrip("0") or "0" if match else (fold(text) or None)


def is_supplement(text: str) -> bool:
    """Whether an issue or a page belongs to a supplement."""
    return _SUPPLEMENT.search(text) is not None


class Pages(NamedTuple):
    """First and last page as written, lower case ("s12", "e1003"); last is None where only one is given."""

    first: str
    last: str | None

    @property
    def start(self) -> int:
        """The digits of the first page."""
        return int(re.sub(r"\D", "", self.first)[-9:])

    @property
    def end(self) -> int:
        """The digits of the last page, of the first where there is no last."""
        return int(re.sub(r"\D", "", self.last or self.first)[-9:])


@lru_cache(maxsize=16384)
def pages(text: str) -> Pages | None:
    """The page range in a text; a short last page is completed ("244-58" ends on 258)."""
    match = _PAGES.search(text)
    if match is None:
        return None
    first, last = match[1].lower().lstrip("0") or "0", match[2]
    if last is None:
        return Pages(first, None)
    last = last.lower().lstrip("0") or "0"
    digits_first, digits_last = re.sub(r"\D", "", first), re.sub(r"\D", "", last)
    if digits_first and len(digits_last) < len(digits_first):
        last = digits_first[: len(digits_first) - len(digits_last)] + digits_last
    return Pages(first, last)
