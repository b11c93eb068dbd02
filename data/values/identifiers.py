"""Identifiers, wherever a record carries them: its doi, urls, pages, journal and id.

Every kind is read to one canonical spelling and compared exactly, never by likeness. The version of a DOI or an
arXiv id is dropped, because both conventions count versions of a preprint as one.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

LONGEST = 500  # characters of a DOI or an address; what is longer is none
# "(SICI)" begins the DOIs of the nineties, which hold "<" and ">" and tell nothing where they are cut there.
_DOI = re.compile(r"10\.(?<![\d.]10\.)\d{4,9}(?:\.\d+)*/(?:\(sici\)[^\s\"]+|[^\s\"<>|{}\\^`?#]+)", re.IGNORECASE)
_DOI_TAIL = re.compile(
    r"(?:\.pdf|\.full|\.abstract|\.html?|/full(?:text)?|/pdf|/abstract|/meta|/download|/epdf|"
    r"[.,;:)\]'\"/]+)+$"
)
_DOI_VERSION = re.compile(r"(?<=\d)(?:v\d{1,2}|/v\d{1,2}|\.v\d{1,2}|-v\d{1,2}|\.pub\d{1,2})$", re.IGNORECASE)
# Servers that number versions in other ways: F1000Research and eLife ".2", ChemRxiv "-v2", OSF "_v2".
_OWN_VERSION = re.compile(
    r"^(10\.(?:12688/\w+\.\d+|7554/elife\.\d+|26434/chemrxiv[\w-]+?|"
    r"31\d{3}/osf\.io/\w+?))(?:\.\d{1,2}|[-_]v\d{1,2})$"
)
_COCHRANE = re.compile(r"14651858\.((?:cd|mr)\d{6})(?:\.pub(\d{1,2}))?")
_OWN_VERSIONS = ("10.12688/", "10.7554/", "10.26434/", "10.31")
_ARXIV = re.compile(
    r"(?:arxiv(?:\.org)?(?:/(?:abs|pdf|html|ftp|format|e-print|ps|list)/|[:./]\s*|\s+(?:preprint\s+)?(?:arxiv:)?))"
    r"(?:arxiv[:.]|arxiv/papers/\d{4}/)?(\d\d(?:0\d|1[0-2])\.\d{4,5}|"
    r"[a-z-]+(?:\.[a-z]{2})?/(?:papers/\d{4}/)?\d{7})(?!\d)"
)
_ARXIV_ANY_CASE = re.compile(_ARXIV.pattern, re.IGNORECASE)
_ARXIV_BARE = re.compile(  # also as the volume of CoRR, which DBLP and Semantic Scholar give: "abs/1911.03090"
    r"^(?:arxiv:|(?:corr,? )?abs/)?(\d\d(?:0\d|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?$", re.IGNORECASE
)
_PUBMED = re.compile(
    r"(?:pubmed(?:\.ncbi\.nlm\.nih\.gov)?[/:]\s?|^pubmed\s+(?=\d{6})|pmid:?\s*|/pubmed/\?term=|"
    r"europepmc\.org/\w+/med/)(\d{4,9})\b",
    re.IGNORECASE,
)
_PMC = re.compile(r"\bPMC ?(\d{4,9})(?!\d)", re.IGNORECASE)
# What a text must hold one of, in lower case, before it is worth the search.
PUBMED_SIGNS, PMC_SIGNS = ("pubmed", "pmid", "europepmc"), ("pmc",)
REVIEW_SIGNS = ("14651858.",)
_REGISTRY = re.compile(
    r"\b(NCT\d{8}|ISRCTN\d{8}|ACTRN\d{14}|DRKS\d{8}|CRD4\d{7,11}|ChiCTR[\w-]{6,20}|CTRI/\d{4}/\d\d/\d+|"
    r"UMIN\d{9}|KCT\d{7}|JPRN-\w+)\b",
    re.IGNORECASE,
)
_EUDRACT = re.compile(r"(?:EUCTR|EudraCT)[ :a-z]{0,10}(\d{4}-\d{6}-\d\d)", re.IGNORECASE)
_REGISTRY_NAMED = re.compile(
    r"clinical ?trials?\.gov|\bisrctn|clinical ?trials? regist|\btrials? regist|\bictrp\b|\bprospero\b|"
    r"\beu(?:ctr|dract)\b",
    re.IGNORECASE,
)
# What a text must hold one of before it is worth the search, and two letters of each of them, which are found faster.
_REGISTRY_MARKS = (
    "NCT", "nct0", "ISRCTN", "isrctn", "ACTRN", "DRKS", "CRD4", "ChiCTR", "CTRI/", "EUCTR", "EudraCT", "UMIN", "KCT",
    "JPRN",
)  # fmt: skip
REGISTRY_SIGNS = [mark.encode() for mark in _REGISTRY_MARKS], [b"CT", b"DR", b"RD", b"UM", b"JP", b"t0", b"sr"]
# Kind, what a text must hold one of before it is worth the search, and the pattern; all in lower case, which Python
# searches ten times as fast as it ignores case.
Catalogue = tuple[str, tuple[str, ...], re.Pattern[str]]
CATALOGUES: tuple[Catalogue, ...] = (
    ("openalex", ("w",), re.compile(r"openalex(?:\.org/(?:works/)?|:)(w\d{5,})|^(w\d{8,11})$")),
    ("s2", ("semanticscholar.org/",), re.compile(r"semanticscholar\.org/(?:paper/(?:[^/\s]*/)?)?([0-9a-f]{40})")),
    (
        "core",
        ("core.ac.uk/",),
        re.compile(r"core\.ac\.uk/(?:download/)?(?:pdf/|works/|display/|outputs/|reader/)?(\d{5,})"),
    ),
    (
        "hal",
        ("hal-", "halshs-", "tel-", "inria-", "inserm-", "cea-", "pasteur-"),
        re.compile(r"\b((?:hal|halshs|tel|inria|inserm|cea|pasteur)-\d{7,9})"),
    ),
    ("zenodo", ("zenodo",), re.compile(r"10\.5281/zenodo\.(\d+)|zenodo\.org/records?/(\d+)")),
    (
        "figshare",
        ("figshare",),
        re.compile(
            r"10\.6084/m9\.figshare\.([\w.]+?)(?:\.v\d+)?$|"
            r"figshare\.com/articles/(?:[^/\s]+/)*(\d{5,})",
        ),
    ),
    ("ssrn", ("ssrn.",), re.compile(r"ssrn\.com/.*?abstract(?:_id)?=(\d{5,8})|10\.2139/ssrn\.(\d{5,8})")),
    ("citeseerx", ("10.1.1.",), re.compile(r"\b(10\.1\.1\.\d+\.\d+)")),
    ("openreview", ("openreview.net/",), re.compile(r"openreview\.net/(?:forum|pdf)\?id=([\w-]{6,})")),
    ("acl", ("aclanthology.org/",), re.compile(r"aclanthology\.org/([\w.-]+?\d)(?:\.pdf|/|$)")),
)
# The same for many texts, each behind a line end: OpenAlex's numbers have a name before them or begin a text, and what
# all of HAL's hold is found in one search.
_IN_HAL = re.compile(r"-\d{7}")
CATALOGUE_SIGNS: tuple[tuple[str | re.Pattern[str], int], ...] = tuple(
    (sign, place)
    for place, (kind, some, _) in enumerate(CATALOGUES)
    for sign in {"openalex": ("openalex", "\nw"), "hal": (_IN_HAL,)}.get(kind, some)
)
_SCHEMES = frozenset(["http", "https", "ftp"])
_OWN_FILE = re.compile(r"(?:file|internal-pdf):|[a-z]:[\\/]|\\\\")
_OF_PERSON = re.compile(r"mailto:|[^/]+@[^/]+$|(?:https?://)?(?:www\.)?(?:orcid\.org|researcherid\.com)/")
_URL_TAIL = re.compile(r"(?:\.pdf|/|#.*|\?(?:error|code|sid|utm)[^ ]*)+$")
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+(?:id_|if_)?/", re.IGNORECASE)
PREPRINT_REGISTRANTS = frozenset({
    "10.48550", "10.2139", "10.21203", "10.20944", "10.31219", "10.31234", "10.26434", "10.36227",
    "10.22541", "10.31223", "10.12688", "10.31235", "10.21467", "10.32388", "10.14293", "10.33774", "10.47649",
    "10.55458", "10.64898", "10.3386", "10.31220", "10.31222", "10.31224", "10.31730", "10.32942",
    "10.35542", "10.31124", "10.51094",
})  # fmt: skip
# Preprints of registrants that have journals, too: bioRxiv and medRxiv beside Genome Research, SciELO, PeerJ, ESSOAr,
# Nature Precedings, JMIR; and discussion papers of open-review journals ("cpd-9-123-2013" or
# "cp-2013-51" beside "cp-9-412-2013").
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101/\d|1590/scielopreprints|7287/peerj\.preprints|1002/essoar|1038/npre|2196/preprints|"
    r"5194/(?:[a-z]+d-\d|[a-z]+-(?:19|20)\d\d-\d+$|egusphere))"
)
# One paper of ACM's has a DOI in each volume that it is in, proceedings and SIGPLAN Notices, of the volume's number and
# its own, which no other article of any volume has.
_ACM = re.compile(r"(?<=^10\.1145/)\d{5,8}\.(?=\d{5,8}$)")
# A book's part that two houses offer has one ISBN, and with it one suffix, under two registrants: a university press's
# own and De Gruyter's, "10.14361/9783839459973-013".
_ISBN = re.compile(r"^10\.[\d.]+/(?=97[89]\d{10}(?!\d))")
# Archives that give an article a DOI beside its publisher's: JSTOR, Persée, OSTI, e-periodica, universities.
SECOND_REGISTRANTS = frozenset({
    "10.2307", "10.3406", "10.2172", "10.5169", "10.7916", "10.17863", "10.3929", "10.5167", "10.5075", "10.7907",
})  # fmt: skip
# Dryad, PANGAEA, Mendeley Data, Dataverse, ICPSR, GBIF, CCDC, UK Data Service, DANS, 4TU, UCI, IEEE, EDI, USGS.
DATA_REGISTRANTS = frozenset({
    "10.5061", "10.1594", "10.17632", "10.7910", "10.3886", "10.15468", "10.5517", "10.5255", "10.17026", "10.4121",
    "10.24432", "10.21227", "10.6073", "10.5066",
})  # fmt: skip
# What follows an ISBN or JSTOR's number of a book: "10.1002/9783527618859.ch10", "10.2307/j.ctv18zhdw5.4". Oxford, MIT
# and Chicago number a whole book "…001.0001", and others end its DOI in its medium.
_BOOK_PART = re.compile(r"97[89](?<!\d97\d)(?:-?\d){10}[._/:-]+(?!001\.0001$|(?:html|pdf|epub)$)\w|/j\.ct[tv]\w+\.\d")
# Archives that give every version of a deposit a DOI: two that differ say little, so they count as catalogue numbers.
ARCHIVE_REGISTRANTS = frozenset(["10.5281", "10.6084"])


@lru_cache(maxsize=4096)
def doi(text: str) -> str | None:
    """The DOI in a text: lower case, without resolver, version or trailing signs; None if there is none."""
    if "10." not in text:
        return None
    match = _DOI.search(unescape(unquote(text)) if "%" in text or "&" in text else text)
    if match is None:
        return None
    bare = match[0][:LONGEST].lower()
    if not bare[-1:].isdigit():
        bare = _DOI_TAIL.sub("", bare)
    if bare.startswith("10.1.1."):
        return None  # CiteSeerX numbers look like DOIs
    if "/" not in bare:
        return None
    if "v" in bare[-4:] or ".pub" in bare[-6:]:
        work = _DOI_VERSION.sub("", bare)
        bare = work if "/" in work else bare  # "10.1000/v1" is one without a version
    return _OWN_VERSION.sub(r"\1", bare) if bare.startswith(_OWN_VERSIONS) else bare


def review_update(text: str) -> str | None:
    """Which Cochrane review a DOI in the text is of, and which update: "cd000335.pub2", ".pub1" where it names none."""
    match = _COCHRANE.search(text.lower())
    return match and f"{match[1]}.pub{match[2] or 1}"


def is_preprint_doi(doi: str) -> bool:
    """Whether the DOI was given by a preprint server or to a discussion paper."""
    return doi.partition("/")[0] in PREPRINT_REGISTRANTS or _PREPRINT_DOI.match(doi) is not None


def of_work(doi: str) -> str:
    """One spelling for the DOIs that one work has from several volumes or houses.

    A paper of ACM's is without the volume's number, what is numbered by an ISBN without the registrant.
    """
    return _ACM.sub("", doi) if doi.startswith("10.1145/") else _ISBN.sub("", doi) if "/97" in doi else doi


def is_book_part(doi: str) -> bool:
    """Whether the DOI is that of a chapter, or of a paper in a volume of proceedings."""
    return _BOOK_PART.search(doi) is not None


def arxiv(text: str) -> str | None:
    """The arXiv id in a text, old or new style, without version and subject class; None if there is none."""
    lower = text.lower()
    if "rxiv" not in lower:
        return None
    match = _ARXIV.search(lower) if text.isascii() else _ARXIV_ANY_CASE.search(text)
    return _plain_arxiv(match[1]) if match else None


def bare_arxiv(text: str) -> str | None:
    """The arXiv id where the text is nothing else ("1911.03090v2", "math.DG/0309136", "abs/1911.03090")."""
    match = _ARXIV_BARE.match(text)
    return _plain_arxiv(match[1]) if match else None


def _plain_arxiv(number: str) -> str:
    head, slash, tail = number.lower().replace("papers/", "").partition("/")
    return f"{head.partition('.')[0]}/{tail[-7:]}" if slash else head


def pubmed(text: str) -> str | None:
    """The PubMed number in a text ("PMID: 123", a PubMed address); None if there is none."""
    match = _PUBMED.search(text)
    return match[1] if match else None


def pmc(text: str) -> str | None:
    """The PubMed Central number in a text; None if there is none."""
    match = _PMC.search(text)
    return match[1] if match else None


def registry(text: str) -> str | None:
    """The trial registration numbers in a text, sorted, at most four; None if there are none."""
    if not any(mark in text for mark in _REGISTRY_MARKS):
        return None
    found = {number.lower() for number in _REGISTRY.findall(text)}
    found.update(f"euctr{number}" for number in _EUDRACT.findall(text))
    return " ".join(sorted(found)[:4]) or None


def is_registry(journal: str) -> bool:
    """Whether a journal's name is that of a registry of trials."""
    return _REGISTRY_NAMED.search(journal) is not None


def catalogue(text: str, tried: Iterable[Catalogue] = CATALOGUES) -> str | None:
    """Catalogue and number, "core:123", for an address in OpenAlex, Semantic Scholar, CORE ...; None elsewhere."""
    lower = text[: 4 * LONGEST].lower()  # some patterns take the square of it
    for kind, some, pattern in tried:
        for sign in some:
            if sign in lower:
                if match := pattern.search(lower):
                    return f"{kind}:{match[match.lastindex or 1]}"
                break
    return None


def canonical_url(url: str, number: str | None = None) -> str:
    """The address without scheme, www, archive wrapper, arXiv version and trailing signs, lower case.

    "" for what names no page on a work that others find: a file of one's own, a site as a whole, a person. `number` is
    the arXiv number that `arxiv` finds in it, where that is known.
    """
    if number and len(url) <= LONGEST and url.isascii() and len(url.split()) == 1:
        return f"arxiv.org/{number}"
    return _canonical(url)


@lru_cache(maxsize=4096)
def _canonical(url: str) -> str:
    bare = "".join(url.lower().split())
    if "web.archive.org" in bare:
        bare = _ARCHIVE.sub("", bare)
    bare = bare[:LONGEST]
    if not bare.isascii():
        bare = bare.encode("utf-8", "replace").decode()
    if "rxiv" in bare and (number := arxiv(bare)):
        return f"arxiv.org/{number}"
    scheme, _, rest = bare.partition("://")
    if _OF_PERSON.match(bare):
        return ""
    if scheme in _SCHEMES:
        if "/" not in rest.strip("/") and "?" not in rest:
            return ""
        bare = rest.removeprefix("www.") if rest.startswith("www.") else rest.removeprefix("dx.")
    elif _OWN_FILE.match(bare):
        return ""
    if "#" in bare or "?" in bare:
        return _URL_TAIL.sub("", bare)
    while bare.endswith((".pdf", "/")):
        bare = bare.removesuffix(".pdf").removesuffix("/")
    return bare
