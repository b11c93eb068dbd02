"""Where a work appeared: the journal or proceedings, and what kind of venue it is."""

import re
from functools import lru_cache

from papertwin.data.values.text import LINKS, fold

_SMALL_WORDS = LINKS | {"a", "e", "i", "y"}
_PREPRINT = re.compile(
    r"arxiv|^corr$|^computing research repository|"
    # arXiv's subject classes
    r"^(?:math|cs|stat|econ|eess|physics|cond mat|astro ph|nlin|q bio|q fin) [a-z]{2}$|"
    r"^(?:math ph|quant ph|hep (?:th|ph|ex|lat)|gr qc|nucl (?:th|ex)|astro ph)$|"
    r"biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|engrxiv|eartharxiv|edarxiv|techrxiv|\bssrn\b|research square|"
    r"preprints?\b|"
    r"\bosf\b|authorea|cogprints|working paper|discussion paper|cern document|e print|"
    r"^(?:nber|cepr|iza)$|^national bureau of economic research(?!.*(?:annual|book|chapter|conference))|"
    r"^centre for economic policy research|\bmpra\b|munich personal repec|"
    r"documents? de travail|documentos? de trabajo|textos? para discussao|(?:diskussions|arbeits)papier"
)
_PROCEEDINGS = re.compile(
    r"proceedings|\bproc\b|conference|\bconf\b|symposium|\bsymp\b|workshop|congress|meeting|lecture notes|"
    r"^(?!.*(?:\bj(?:ournal)?\b|\brec(?:ord)?\b|\btrans\b|transactions|newsletter|magazine)).*"
    r"\b(?:vldb|sigmod|icde|neurips|nips|icml|cvpr|iccv|acl|emnlp|kdd|chi|iclr|aaai|ijcai|soda|stoc|focs|icassp|"
    r"pvldb|eccv|podc|clef|naacl|eacl|coling|lrec|interspeech|icra|iros|icip|icpr|wsdm|cikm|ecir|recsys|aistats|uai|colt|"
    r"icdm|icdt|edbt|sigcomm|infocom|osdi|sosp|nsdi|asplos|pldi|popl|icse|fse|uist|cscw|miccai)\b"
)
_REPOSITORY = re.compile(
    r"zenodo|figshare|dataverse|repository|\bdryad\b|core discovery|archive ouverte|\bhal\b|"
    r"escholarship|dspace|eprints"
)
_DATA = re.compile(r"\bdryad\b|\bpangaea\b|mendeley data|dataverse|\bicpsr\b|\bgbif\b|ieee dataport|\bdata archive\b")
# Place and publisher, as library catalogues write them: "Chicago : University of Chicago Press".
_IMPRINT = re.compile(
    r"^[^:]{3,40}:\s*(?:printed (?:for|by)\b|[^:]*\b(?:press|verlag|publish(?:ers?|ing)|books|editions)\W*$)",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"^(?:springer(?!plus| proc| series| tracts)|elsevier|wiley(?! interdisc)|de gruyter|ieee$|"
    r"oxford university press|cambridge university press|birkhauser|world scientific|"
    r"taylor (?:and )?francis|informa(?:$| uk| plc| health| world)|sage publications|american mathematical society|"
    r"hindawi|mdpi|academic press|acm$|"
    r"association for computing machinery|institute of electrical|wolters kluwer|ovid(?:$| tech)|project muse|"
    r"crc press|mit press|"
    r"princeton university press|(?:\w+ ){1,3}university press$|university of \w+(?: \w+)? press$|"
    r"siam$|society for industrial|american chemical society|american physical society|"
    r"iop publishing)"
)
# Catalogues, platforms, universities and kinds of theses, which stand where the journal belongs: each says where a copy
# was found or a degree was taken. Platforms by whole names, then by words and what must stand around them.
_PLATFORM = re.compile(
    r"(?:doaj|directory of open access journals|pubmed|europe pmc|medline|embase|scopus|web of science|"
    r"jstor|research papers in economics|osti|osti oai.*|repec.*|la referencia.*|sciencedirect|science direct|"
    r"wiley online library|springerlink|ieee xplore|acm digital library|datacite(?: api)?|crossref|citeseer ?x?|"
    r"(?:books |scholar |patents )?google(?: books| scholar| patents)?(?: com)?|espacenet|semantic scholar|openalex|"
    r"core|researchgate|academia edu|internet archive|hathitrust.*|gallica|theses fr|ethos|opengrey|"
    r"hal(?: ccsd| open science| archives ouvertes| shs)?|psycextra dataset|research portal.*)$"
)
_OF_COPIES = frozenset({
    "ebooks", "eprints", "dspace", "escholarship", "repository", "online", "ouverte", "discovery",
})  # fmt: skip
_LONGEST = 500  # letters of a name in which they are looked for: it takes the square of them
_COPIES = re.compile(
    r"\bebooks$|^(?!.*\bjournal\b|sociological)(?:\w+ ){0,3}research online$|\brepository online$|\brepository$|"
    r"archive ouverte|core discovery|escholarship|dspace|eprints"
)
# One of these is in each name that the pattern matches.
_OF_THESES = ("these", "thesi", "tesi", "tese", "dissert", "arbeit", "schrift")
_THESIS = re.compile(
    r"^dissertation abstracts|\bproquest dissertations|^dissertations? and theses|"
    r"\b(?:ph ?d|doctoral|licentiate|master s?|masters|m ?sc|bachelor s?|honours|diploma)\b.*"
    r"\b(?:thes[ie]s|dissertations?)\b|^(?:thes[ie]s|dissertations?)$|"
    r"^(?:these de doctorat|tesis(?: doctoral| de maestria)?|tese(?: de doutorado)?|tesi di (?:laurea|dottorato)|"
    r"diplomarbeit|masterarbeit|doktorarbeit|habilitationsschrift)$"
)
# A university alone: "University of Leeds", "Universidad de Chile", "Ohio State University".
_UNIVERSITY = re.compile(
    r"^(?!.*\b(?:journal|j|jurnal|bulletin|bull|buletin|acta|annals?|annales|proceedings|transactions|review|press|law|"
    r"news|magazine|studies|series|reports?|letters|sciences?|vestnik|visnyk|herald|izvestiy?a|memoirs|records?|gazette|"
    r"quarterly|papers?|contributions|archives?|notes|publications?|revista|revue|rivista|anales|zeitschrift|"
    r"schriften|cuadernos|cahiers|boletin|trudy|zapiski|scientific|occasional|working|tr|legal|forum|sociedad|"
    r"psychologica|medica|scientiarum|humanistica|philosophica|monthly)\b)"
    r"(?:(?:the |\w+ )?university of \w.*|(?:\w+ ){1,3}university|"
    r"(?:\w+ ){0,2}universit(?:e|at|aet|a|as|y|eit|et)\b(?! of).*|universidade?\b.*|uniwersytet\b.*)$"
)
# Conferences that go by an acronym which is not made of the initials of their long name: it, words of which each names
# the conference wherever it stands (found faster than by the pattern), and the pattern of its other names.
_ACRONYMS = tuple(
    (acronym, frozenset(words.split()), re.compile(pattern))
    for acronym, words, pattern in (
        (
            "sigmod",
            "",
            r"sigmod (?:conference|intern)|(?:conf\w*|int\w*|acm|sigmod) on management of data|"
            r"^management of data|proc.*\bsigmod(?! rec)",
        ),
        ("sigmod record", "", r"sigmod rec"),
        ("vldb", "", r"^(?!.*\bj(?:ournal)?\b).*(?:very large data ?bases?|\bvldb\b(?! j| end))"),
        ("vldb journal", "", r"vldb j|journal on very large data ?bases"),
        ("pods", "pods", r"principles of database systems"),
        ("icde", "icde", r"conf\w* on data engineering"),
        ("kdd", "sigkdd kdd", r"knowledge discovery (?:and|in) data"),
        ("neurips", "nips neurips", r"neural information processing systems"),
        ("icml", "icml", r"conf\w* on machine learning"),
        ("cvpr", "cvpr", r"computer vision and pattern recognition"),
        ("iclr", "iclr", r"conf\w* on learning representations"),
        ("aaai", "aaai", r"association for the advancement of artificial intelligence"),
        ("acl", "", r"(?:meeting|conf\w*) of the association for computational linguistics|^acl(?:$| \d)"),
        ("emnlp", "emnlp", r"empirical methods in natural language"),
        ("sigir", "sigir", r"research and development in information retrieval"),
        ("www", "", r"\bworld wide web conf|conf\w* on world wide web|^www\b"),
        ("chi", "", r"human factors in computing|^(?:acm )?(?:sig)?chi(?:$| conf| \d)|proceedings of (?:the )?chi\b"),
        ("siggraph", "", r"siggraph|computer graphics and interactive techniques"),
        ("stoc", "stoc", r"theory of computing$"),
        ("focs", "focs", r"foundations of computer science"),
        ("soda", "", r"symposium on discrete algorithms|^soda\b"),
        ("icis", "", r"conf\w* on information systems|^icis\b"),
        ("hicss", "hicss", r"hawaii int\w* conf\w* on system"),
        ("amcis", "amcis", r"americas conf\w* on information systems"),
        ("ecis", "ecis", r"european conf\w* on information systems"),
        ("pnas", "", r"proc\w* (?:of the )?nat\w* acad\w* (?:of )?sci|^pnas\b|^p natl acad sci"),
        ("jama", "", r"^jama$|^journal of the american medical association"),
        ("bmj", "", r"^bmj\b(?: clinical research.*)?$|^british medical journal$|^br med j$"),
        ("nejm", "", r"^nejm$|^(?:the )?n(?:ew)? engl(?:and)? j(?:ournal)? (?:of )?med"),
    )
)
# What repositories write behind a journal's name, its ISSN, the volume that the copy is of; arXiv volume and pages,
# "Ann. Statist., Volume 49, Number 1 (2021), 614", "Phys. Rev. D 103, 063524 (2021)"; and before a book's
# the word "In" and its editors, as bibliographies do.
_NOT_NAME = re.compile(
    r"^in\s*:\s+[^()]{3,200}\(eds?\.?\)\s*[,:]?|"
    r"\([^()]*\)|\[[^\[\]]*\]|(?:=|\s\|\s).*$|"
    r"[,;]?(?<=[\w.,;])\s(?:vol(?:ume)?\.?\s?)?\d+\s?[,:;(].*$|"
    r"[,.;]\s*(?:[ep]?-?issn\b[^,;]*|(?:tome\.?\s*\d|\d{1,3}\w{1,3} ann[ée]e\b).*)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=16384)
def journal(text: str) -> str | None:
    """The folded name of the journal or proceedings; None for a publisher, a platform, a university or an address."""
    folded = fold(_NOT_NAME.sub(" ", text)) or fold(text)
    if not folded or folded.startswith("https") or _PUBLISHER.match(folded) or is_imprint(text):
        return None
    said = folded.split()
    elsewhere = (
        _PLATFORM.match(folded)
        or (not _OF_COPIES.isdisjoint(said) and _COPIES.search(folded[:_LONGEST]))
        or ("uni" in folded and _UNIVERSITY.match(folded))
        or _is_thesis(folded)
    )
    if elsewhere and not (is_preprint(folded) or holds_data(folded)):
        return None
    return next(
        (acronym for acronym, words, pattern in _ACRONYMS if not words.isdisjoint(said) or pattern.search(folded)),
        folded,
    )


def _is_thesis(folded: str) -> bool:
    return any(sign in folded for sign in _OF_THESES) and _THESIS.search(folded[:_LONGEST]) is not None


@lru_cache(maxsize=16384)
def is_thesis(text: str) -> bool:
    """Whether the text in a journal's place says that the work is a thesis: its kind, or an index of theses."""
    return _is_thesis(fold(_NOT_NAME.sub(" ", text)) or fold(text))


@lru_cache(maxsize=16384)
def is_imprint(text: str) -> bool:
    """Whether a place and a publisher stand where the journal belongs."""
    return ":" in text and _IMPRINT.search(text) is not None


@lru_cache(maxsize=16384)
def journal_stems(folded: str) -> str:
    """The first four letters of each word that matters, so that "J Clin Oncol" meets "Journal of Clinical Oncology"."""
    return " ".join(word[:4] for word in folded.split() if word not in _SMALL_WORDS and not word.isdigit())


@lru_cache(maxsize=16384)
def journal_initials(folded: str) -> str:
    """The first letters of the words that matter, "jco"; a one-word name is its own initials."""
    words = [word for word in folded.split() if word not in _SMALL_WORDS and not word.isdigit()]
    return "".join(word[0] for word in words) if len(words) > 1 else (words[0] if words else "")


@lru_cache(maxsize=16384)
def is_preprint(folded_journal: str) -> bool:
    """Whether the venue is a preprint server."""
    return _PREPRINT.search(folded_journal) is not None


@lru_cache(maxsize=16384)
def is_repository(folded_journal: str) -> bool:
    """Whether the venue is a repository of copies or of data."""
    return _REPOSITORY.search(folded_journal) is not None


@lru_cache(maxsize=16384)
def holds_data(folded_journal: str) -> float:
    """2 for an archive of data, 1 for figshare, which holds a few texts, too, 0 for every other venue."""
    return 2.0 if _DATA.search(folded_journal) else 1.0 if "figshare" in folded_journal else 0.0


@lru_cache(maxsize=16384)
def is_proceedings(folded_journal: str) -> bool:
    """Whether the venue is a conference."""
    return _PROCEEDINGS.search(folded_journal) is not None
