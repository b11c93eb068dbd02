"""Stated: what a record says that it is, under whatever name and in whatever words.

The names stay what they are in a record, and are looked up where records are compared. Words that databases give to
ordinary works, each in its own way (Letter, Comment, Editorial, Note, Review), say nothing, and neither does a word
that is not known.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from papertwin.data.values.identifiers import doi
from papertwin.data.values.notices import notice
from papertwin.data.values.parts import ORIGINAL
from papertwin.data.values.text import without_signs
from papertwin.data.values.venues import is_thesis

# Names under which records say it: ours, those of the formats, and those of databases and interfaces.
NAMES = (
    "type", "TY", "ENTRYTYPE", "Item Type", "Document Type", "DT", "Publication Type", "Publication Types", "PT", "M3",
    "genre", "doc type", "doc types", "pub type", "pub types", "type_crossref", "resourceTypeGeneral", "%0", "%9",
    "work-type", "thesisType", "subtypeDescription",
    "MedlineCitation/Article/PublicationTypeList/PublicationType",
)  # fmt: skip
REF_TYPE = "ref-type["  # EndNote's XML says it within the brackets of a name: ref-type[Book]
# Where Europe PMC, DataCite and Zenodo have it, in an object of this name.
PATHS: Mapping[str, tuple[str, ...]] = {
    "pubTypeList": ("pubType",),
    "attributes": ("types", "resourceTypeGeneral"),
    "resource_type": ("title",),
}
THESIS, PREPRINT, POSTED, DATASET, REGISTRY = "thesis", "preprint", "posted", "dataset", "registry"
BOOK, PART, REPORT = "book", "part", "report"
# What it is: words for it, beside those by which a thesis is known in the journal's place, and a notice by its title.
WORDS: Mapping[str, tuple[str, ...]] = {
    THESIS: (
        *("THES", "phdthesis", "mastersthesis", "thesis", "dissertation", "academic dissertation"),
        *("doctoralThesis", "masterThesis", "bachelorThesis", "Thesis or Dissertation", "THESE"),
    ),
    PREPRINT: ("preprint", "preprints", "working paper", "working papers", "discussion paper", "discussion papers"),
    REPORT: ("techreport", "technical report", "technical reports", "technical memorandum"),
    POSTED: ("posted-content",),  # a preprint by the word of Crossref, who gave the DOI
    BOOK: (
        *("book", "books", "EBOOK", "EDBOOK", "edited-book", "authored book", "book, whole", "monograph"),
        *("Buch", "livre", "libro"),
    ),
    PART: (  # of a book
        *("CHAP", "ECHAP", "CPAPER", "ENCYC", "DICT", "inbook", "incollection", "inproceedings", "bookSection"),
        *("chapter", "book chapter", "book part", "conferencePaper", "proceedings article", "paper-conference"),
        *("reference entry", "encyclopediaArticle", "entry-encyclopedia", "dictionaryEntry", "entry-dictionary"),
    ),
    DATASET: ("DATA", "dataset", "software", "COMP", "computerProgram", "software package"),  # or a program
    REGISTRY: ("trial registry record", "trial registration", "registration", "preregistration"),
    "erratum": ("published erratum",),
    "retraction": ("retraction of publication",),  # not "retracted publication", which is the work itself
    "comment": ("peer-review", "case note", "case comment"),
    "review": ("book review", "review-book"),
    "protocol": ("protocol",),  # of a Cochrane review; PubMed's "Clinical Trial Protocol" is the article itself
}
_NOTICES = frozenset({"erratum", "retraction", "concern", "comment", "review", "protocol"})
_AS_TITLED = frozenset({"erratum", "retraction", "concern"})  # a title "Comment" is one, a type "Comment" need not be
_MEANT = {without_signs(word): meaning for meaning, words in WORDS.items() for word in words}
_NAMES = frozenset(map(without_signs, NAMES))
_VOID = frozenset({"dois", "misc", "gen", "other", "online"})  # DataCite's, BibTeX's and RIS's words for any record
_LONGEST = 200  # characters: what is longer is a text under a name that means another thing elsewhere
_BETWEEN = re.compile(r"[;|,/\[\]]+")  # "Article; Retraction", "Dissertation/Thesis", a list as text
_AROUND = " \t\"'"


@lru_cache(maxsize=4096)
def says_type(name: str) -> bool:
    """Whether what stands under a name says what the record is."""
    return without_signs(name) in _NAMES or name.startswith(REF_TYPE) or name in PATHS


def may_say_type(name: str) -> bool:
    """Whether something under a name may say what the record is, be it in what was kept of an export."""
    return says_type(name) or name == ORIGINAL


def told(record: Mapping[str, object]) -> list[tuple[str, str]]:
    """All that a record says of what it is: the name and the text, as they stand there, but for DOIs in M3."""
    found = _told_in(record)
    original = record.get(ORIGINAL)
    for kept in original.values() if isinstance(original, Mapping) else ():
        if isinstance(kept, Mapping):
            found += [(ORIGINAL, text) for _, text in _told_in(kept)]
    return found


@lru_cache(maxsize=4096)
def _telling(names: tuple[object, ...]) -> tuple[str, ...]:
    """Those of a record's names; the records of a file share few sets of names."""
    return tuple([name for name in names if isinstance(name, str) and says_type(name)])


def _told_in(record: Mapping[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name in _telling(tuple(record)):
        value = record[name]
        if name.startswith(REF_TYPE):
            value = name.removeprefix(REF_TYPE).removesuffix("]")
        for step in PATHS.get(name, ()):
            value = value.get(step) if isinstance(value, Mapping) else None
        texts = value if isinstance(value, (list, tuple)) else [value]
        found += [(name, text) for text in texts if isinstance(text, str) and not doi(text)]
    return found


def stated(record: Mapping[str, object]) -> str | None:
    """What a record is by its own words, as far as these leave no doubt: meanings of WORDS, or None.

    A merged record is what the first of its versions that says anything says.
    """
    said = told(record)
    if isinstance(sources := record.get("sources"), Mapping):
        of = [sources.get(name) for name, text in said]
        said = [one for one, source in zip(said, of, strict=True) if source == of[0]]
    return _meant(tuple([text for _, text in said if len(text) <= _LONGEST])) if said else None


def stated_notice(said: str, title: str = "") -> str:
    """The one kind of notice among what is stated, or "". A title, folded, that names a protocol is told by itself."""
    found = _NOTICES.intersection(said.split())
    if len(found) != 1 or (found == {"protocol"} and "protocol" in title):
        return ""
    return next(iter(found))


@lru_cache(maxsize=4096)
def _meant(texts: tuple[str, ...]) -> str | None:
    """What texts mean, each once; codes of one letter mean nothing.

    Data are meant only where nothing else is said: PubMed calls articles with data both "Journal Article" and
    "Dataset".
    """
    words = [word for text in texts for part in _BETWEEN.split(text) if len(word := part.strip(_AROUND)) > 1]
    meant = dict.fromkeys([_meaning(word) for word in words if without_signs(word) not in _VOID])
    if len(meant) > 1:
        meant.pop(DATASET, None)
    return " ".join(filter(None, meant)) or None


def _meaning(word: str) -> str:
    if found := _MEANT.get(without_signs(word)):
        return found
    if is_thesis(word):
        return THESIS
    announced = notice(word)
    return announced if announced in _AS_TITLED else ""
