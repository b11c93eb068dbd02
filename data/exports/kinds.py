"""What RIS and BibTeX say of a record beside its fields: what kind it is, its publisher, keywords, ISSN and the like.

Each other format says so under names of its own, and a record that came from one is written under those that reference
managers know.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from papertwin.data.files.rows import Record
from papertwin.data.values.isbns import ISBN
from papertwin.data.values.stated import (
    BOOK,
    POSTED,
    PREPRINT,
    REF_TYPE,
    REPORT,
    THESIS,
    WORDS,
    stated,
    stated_notice,
    told,
)
from papertwin.data.values.text import without_signs


class Kind(NamedTuple):
    """What a record is: in RIS, in BibTeX, and as interfaces, databases and reference managers call it."""

    ris: str
    bibtex: str
    others: frozenset[str] = frozenset()


KINDS = (  # the last is for what is not known
    Kind("JOUR", "article", frozenset({"EJOUR", "article-journal", "journal-article", "article in press"})),
    Kind(
        "CONF",
        "inproceedings",
        frozenset(
            {
                "CPAPER",
                "conference",
                "paper-conference",
                "proceedings-article",
                "conference paper",
                "proceedings paper",
                "conference proceedings article",
            }
        ),
    ),
    Kind("BOOK", "book", frozenset({*WORDS[BOOK], "EDBOOK"})),
    Kind("CHAP", "incollection", frozenset({"ECHAP", "inbook", "chapter", "book-chapter", "book section"})),
    Kind("THES", "phdthesis", frozenset(WORDS[THESIS])),
    Kind("RPRT", "techreport", frozenset({*WORDS[REPORT], "report"})),
    Kind("UNPB", "unpublished", frozenset({*WORDS[PREPRINT], *WORDS[POSTED], "unpublished work"})),
    Kind("GEN", "misc"),
)
# Of the names under which a record says what it is (stated.NAMES), those whose word chooses one of these.
_SAID_IN = frozenset(
    map(without_signs, ("TY", "ENTRYTYPE", "type", "Item Type", "Document Type", "DT", "Publication Type", "PT"))
)


class Alike(NamedTuple):
    """What RIS, BibTeX and others call the same; without a name in one of them it is not written there."""

    ris: str
    bibtex: str
    others: tuple[str, ...]
    parted: bool = False  # a text of several, with semicolons between them, or with what BibTeX has there
    between: str = ","  # what stands between several in BibTeX
    joined: bool = False  # several are written as one such text
    book: bool | None = None  # whether it is the number of a book, under SN, where a journal's may stand as well


# LA, SN and PU mean the same in RIS and in the tagged texts of PubMed and Web of Science, which CY and PL do not. IS is
# a field of its own in RIS and Web of Science, the issue, and PubMed's and Ovid's ISSN.
ALIKE = (
    Alike("PB", "publisher", ("Publisher", "Book Publisher", "PU", "school", "institution")),
    Alike("SN", "issn", ("ISSN", "SN", "isbn", "IS"), book=False),  # EndNote has either number under isbn
    Alike("SN", "isbn", ("ISBN", "BN", "SN"), book=True),
    Alike(
        "KW",
        "keywords",
        ("Author Keywords", "Index Keywords", "Manual Tags", "keywords/keyword", "DE", "OT", "MH"),
        parted=True,
    ),
    Alike("LA", "language", ("Language of Original Document", "Language of Article", "Article Language", "LA")),
    Alike("ET", "edition", ()),
    Alike("CY", "address", ("Place", "pub-location")),
    # So that letters, errata and registry entries can be told; Web of Science's PT says "J" of all of them.
    Alike("M3", "", ("DT", "Document Type", "Publication Type", "PT", "type", "Item Type"), joined=True),
    Alike("", "editor", ("ED",), parted=True, between=" and "),  # RIS's own, which goes back as it came
    Alike("A2", "editor", ("BE", "contributors/secondary-authors/author"), parted=True, between=" and "),
    # What people write themselves, into EndNote's fields; notes are in versions.NOTES.
    Alike("RN", "", ("research-notes",)),
    Alike("LB", "", ("label",)),
    *(Alike(f"C{number}", "", (f"custom{number}",)) for number in range(1, 9)),
)

_ISSN = re.compile(r"(?<![\d-])\d{4}-?\d{3}[\dXx](?![\w-])")
_NAMED = re.compile(r"\s*\((?:ISSN|ISBN)\)")  # Scopus's "03029743 (ISSN); 9783030491079 (ISBN)"
_RANKED = (*KINDS[1:-1], KINDS[0], KINDS[-1])  # of several kinds the first is meant
_WORDS = {
    without_signs(word): kind for kind in reversed(KINDS) for word in (kind.ris, kind.bibtex, *kind.others)
}  # the first kind that has a word stays
_NAMES = {
    own: [
        (entry, getattr(entry, own), [*map(without_signs, filter(None, (entry.ris, entry.bibtex, *entry.others)))])
        for entry in ALIKE
        if getattr(entry, own)
    ]
    for own in ("ris", "bibtex")
}


def kind_of(record: Record) -> Kind | None:
    """What the record says that it is, in whatever words, or None: an article only where it says nothing else.

    PubMed calls each preprint a journal article too. A merged record is what the first of its versions says that it is.
    """
    sources = record.get("sources")
    said: dict[object, list[Kind]] = {}  # by the version that says so
    for name, value in record.items():
        if without_signs(name) in _SAID_IN:
            words = texts_of(value)
        elif name.startswith(REF_TYPE):
            words = [name.removeprefix(REF_TYPE).removesuffix("]")]
        else:
            continue
        if found := [kind for word in words if (kind := _WORDS.get(without_signs(word)))]:
            source = sources.get(name) if isinstance(sources, dict) else None
            said.setdefault(source if isinstance(source, str) else None, []).extend(found)
    return min(next(iter(said.values()), []), key=_RANKED.index, default=None)


def kind_told(record: Record) -> str:
    """The same in the record's own words, as people read it: "Meeting Abstract"; codes of one letter say too little."""
    words = [text.strip() for _, text in told(record)]
    return "; ".join(dict.fromkeys(word for word in words if len(word) > 1))


def same_kind(one: Record, other: Record) -> bool | None:
    """Whether two records say that they are of one kind, in whatever words; None where one says nothing understood."""
    said = [(kind_of(record), stated(record)) for record in (one, other)]
    if not all(kind or meant for kind, meant in said):
        return None
    (kind, meant), (other_kind, other_meant) = said
    if stated_notice(meant or "") != stated_notice(other_meant or ""):
        return False
    if kind and other_kind:
        return kind is other_kind
    return True if meant == other_meant else None


def alike(record: Record, word: str) -> Iterator[tuple[str, list[str]]]:
    """What the record says under other names than those of "ris" or "bibtex": the name there, and its texts there."""
    given = {without_signs(name): value for name, value in record.items()}
    first = "TY" not in record  # RIS's own names are those of a record that came from it
    for entry, own, names in _NAMES[word]:
        said = [texts for name in names[first:] if (texts := _said(entry, name, given.get(name)))]
        if said:
            texts = said[0]
            if entry.parted:  # PubMed has the authors' keywords under one name and its own under another
                several: dict[str, str] = {}
                for text in chain.from_iterable(said):
                    several.setdefault(text.casefold(), text)
                texts = list(several.values())
            yield own, texts if word == "ris" else [f"{entry.between.rstrip()} ".join(texts)]


def _said(entry: Alike, name: str, value: object) -> list[str]:
    """The texts of a value that stands under this name."""
    texts = [text.strip() for text in texts_of(value) if text.strip()]
    if name == "sn" and entry.book is not None:
        numbers = [_NAMED.sub("", number).strip() for text in texts for number in text.split(";")]
        texts = [number for number in numbers if number and (ISBN.search(number) is not None) == entry.book]
    elif name == "is":  # PubMed has one number as that of print, of the web and of linking
        texts = list(dict.fromkeys(number for text in texts for number in _ISSN.findall(text)))
    elif name == "isbn":
        texts = [text for text in texts if is_issn(text) != entry.book]
    if entry.joined:
        return [text] if len(text := "; ".join(texts)) > 1 else []
    if entry.parted and len(texts) == 1:
        sign = entry.between if name == entry.bibtex and ";" not in texts[0] else ";"
        return [text for part in texts[0].split(sign) if (text := part.strip())]
    return texts


def is_issn(text: str) -> bool:
    """Whether a text has the number of a journal in it, and none of a book."""
    return _ISSN.search(text) is not None and ISBN.search(text) is None


def texts_of(value: object) -> list[str]:
    """A text or a list of texts as a list; nothing else is written under a name."""
    if isinstance(value, str):
        return [value]
    return value if isinstance(value, list) and all(isinstance(item, str) for item in value) else []
