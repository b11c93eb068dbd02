"""FORMATS: which tag, column or path of each format is which field of a record; the one table of every format.

Beside the fields of a record a table names parts of them (data/values/parts.py). The names of a field or part stand in
order: the first known value counts, and in formats that are written too the first name is the one that is written.
The paths of JSON are in interface_names, columns of CSV in field_names.OTHER_NAMES.

A table also says which convention those who use the format count by. What databases and reference managers export to
reviewers is counted by record, their tables (tables.TABLES) too; all else, other tables and JSON among it, by work.
"""

import re

from papertwin.data.conventions import RECORD
from papertwin.data.exports.interface_names import INTERFACES
from papertwin.data.exports.names import Names
from papertwin.data.values.parts import DOI_SHAPE

RIS = Names(
    "RIS",
    {
        "id": ("ID", "AN"),
        "authors": ("AU", "A1"),
        "title": ("TI", "T1", "CT"),
        "year": ("PY", "Y1"),
        "publication_date": ("DA",),
        "source": ("DB",),
        "journal": ("T2", "JF", "JO", "JA", "J1", "J2", "BT"),
        "volume": ("VL",),
        "number": ("IS", "CP"),
        "pages": (),
        "first_page": ("SP", "C7"),
        "last_page": ("EP",),
        "doi": ("DO", "DI", "L3"),
        "urls": ("UR", "LK", "L1", "L2"),
        "abstract": ("AB", "N2"),
    },
    written=True,
    carrier="U5",
    note="N1",
    convention=RECORD,
    slashed=True,
)
NBIB = Names(
    "NBIB",
    {
        "id": ("PMID",),
        "authors": ("FAU", "AU", "CN"),
        "title": ("TI", "BTI"),
        "publication_date": ("DP", "DEP"),
        "journal": ("JT", "TA"),
        "volume": ("VI",),
        "number": ("IP",),
        "pages": ("PG",),
        "doi": ("LID [doi]", "AID [doi]"),
        "pmid": ("PMID",),
        "pmcid": ("PMC",),
        "abstract": ("AB",),
    },
    source="PubMed",
    convention=RECORD,
)
ERIC = Names(
    "ERIC",
    {
        "id": ("OID",),
        "authors": ("AU",),
        "title": ("TI",),
        "publication_date": ("DP",),
        "journal": ("JT",),
        "volume": ("VI",),
        "number": ("IP",),
        "pages": ("PG",),
        "urls": ("LID", "AID"),
        "abstract": ("AB",),
    },
    source="ERIC",
    convention=RECORD,
)
WOS = Names(
    "Web of Science",
    {
        "id": ("UT",),
        "authors": ("AF", "AU"),
        "title": ("TI",),
        "year": ("PY",),
        "month": ("PD",),
        "journal": ("SO", "J9", "JI"),
        "volume": ("VL",),
        "number": ("IS",),
        "first_page": ("BP", "AR"),
        "last_page": ("EP",),
        "doi": ("DI",),
        "pmid": ("PM",),
        "abstract": ("AB",),
    },
    source="Web of Science",
    convention=RECORD,
)
OVID = Names(  # its tables, whose citation (SO) citations.py parts
    "Ovid table",
    {
        "id": ("UI", "AN"),
        "authors": ("AU",),
        "title": ("TI",),
        "year": ("YR",),
        "source": ("DB",),
        "journal": ("JN", "NJ", "SO [journal]"),
        "volume": ("VO", "SO [volume]"),
        "number": ("IP", "SO [issue]"),
        "pages": ("PG", "SO [pages]"),
        "doi": ("DO",),
        "pmid": ("PM [pubmed]", "UI [pubmed]"),
        "abstract": ("AB",),
    },
    convention=RECORD,
)
REFER = Names(
    "EndNote tagged",
    {
        "authors": ("%A",),
        "title": ("%T",),
        "year": ("%D",),
        "publication_date": ("%8",),
        "source": ("%~",),
        "journal": ("%J", "%B"),
        "volume": ("%V",),
        "number": ("%N",),
        "pages": ("%P",),
        "doi": ("%R",),
        "urls": ("%U",),
        "abstract": ("%X",),
    },
    convention=RECORD,
)
COCHRANE = Names(
    "Cochrane text",
    {
        "id": ("ID",),
        "authors": ("AU",),
        "title": ("TI",),
        "publication_date": ("YR",),
        "journal": ("SO",),
        "volume": ("VL",),
        "number": ("NO",),
        "pages": ("PG",),
        "doi": ("DOI",),
        "urls": ("US",),
        "pmid": ("PM",),
        "abstract": ("AB",),
    },
    source="Cochrane Library",
    convention=RECORD,
)
# Names of a field under which other things stand, too, and how its values begin.
GUARDED = {
    ("doi", "L3"): DOI_SHAPE,
    ("number", "CP"): re.compile(r".*(?:\d|suppl|spec)", re.IGNORECASE),  # LILACS has the country there
    ("pages", "eid"): re.compile(r"(?!2-s2\.0-)"),  # Scopus's own id
}
BIBTEX = Names(
    "BibTeX",
    {
        "id": ("ID",),
        "authors": ("author",),
        "title": ("title",),
        "year": ("year",),
        "month": ("month",),
        "day": ("day",),
        "publication_date": ("date",),
        "source": ("source",),
        "journal": ("journal", "booktitle", "journaltitle"),
        "volume": ("volume",),
        "number": ("number", "issue"),
        "pages": ("pages", "articleno", "eid", "art_number"),
        "doi": ("doi",),
        "urls": ("url",),
        "pmid": ("pmid",),
        "pmcid": ("pmcid", "pmc"),
        "arxiv_id": ("eprint",),
        "abstract": ("abstract",),
    },
    written=True,
    carrier="papertwin",
    note="annote",  # which no style of a bibliography prints
)
ENDNOTE_XML = Names(
    "EndNote XML",
    {
        "id": ("rec-number",),
        "authors": ("contributors/authors/author",),
        "title": ("titles/title",),
        "year": ("dates/year",),
        "month": ("dates/pub-dates/date",),
        "source": ("remote-database-name",),
        "journal": (
            "titles/secondary-title",
            "periodical/full-title",
            "alt-periodical/full-title",
            "periodical/abbr-1",
            "titles/alt-title",
        ),
        "volume": ("volume",),
        "number": ("number",),
        "pages": ("pages",),
        "doi": ("electronic-resource-num",),
        "urls": ("urls/related-urls/url", "urls/web-urls/url", "urls/text-urls/url", "urls/pdf-urls/url"),
        "abstract": ("abstract",),
    },
    convention=RECORD,
)
_ARTICLE = "MedlineCitation/Article"
_ISSUE = f"{_ARTICLE}/Journal/JournalIssue"
_CHAPTER = "BookDocument"  # or a whole book, which has no title but the book's
_BOOK = f"{_CHAPTER}/Book"
PUBMED_XML = Names(
    "PubMed XML",
    {
        "id": ("MedlineCitation/PMID", f"{_CHAPTER}/PMID"),
        "authors": (f"{_ARTICLE}/AuthorList/Author", f"{_CHAPTER}/AuthorList/Author", f"{_BOOK}/AuthorList/Author"),
        "title": (
            f"{_ARTICLE}/ArticleTitle",
            f"{_ARTICLE}/VernacularTitle",
            f"{_CHAPTER}/ArticleTitle",
            f"{_BOOK}/BookTitle",
        ),
        "year": (f"{_ISSUE}/PubDate/Year", f"{_ISSUE}/PubDate/MedlineDate", f"{_BOOK}/PubDate/Year"),
        "month": (f"{_ISSUE}/PubDate/Month", f"{_BOOK}/PubDate/Month"),
        "day": (f"{_ISSUE}/PubDate/Day", f"{_BOOK}/PubDate/Day"),
        "journal": (f"{_ARTICLE}/Journal/Title", f"{_ARTICLE}/Journal/ISOAbbreviation"),
        "volume": (f"{_ISSUE}/Volume",),
        "number": (f"{_ISSUE}/Issue",),
        "pages": (f"{_ARTICLE}/Pagination/MedlinePgn",),
        "first_page": (f"{_ARTICLE}/Pagination/StartPage",),
        "last_page": (f"{_ARTICLE}/Pagination/EndPage",),
        "doi": (
            f"{_ARTICLE}/ELocationID[doi]",
            "PubmedData/ArticleIdList/ArticleId[doi]",
            f"{_CHAPTER}/ArticleIdList/ArticleId[doi]",
        ),
        "pmid": ("MedlineCitation/PMID", f"{_CHAPTER}/PMID"),
        "pmcid": ("PubmedData/ArticleIdList/ArticleId[pmc]",),
        "abstract": (f"{_ARTICLE}/Abstract/AbstractText", f"{_CHAPTER}/Abstract/AbstractText"),
    },
    source="PubMed",
    convention=RECORD,
)
ATOM = Names(
    "arXiv",
    {
        "id": ("id",),
        "authors": ("author/name",),
        "title": ("title",),
        "publication_date": ("published",),
        "doi": ("doi",),
        "urls": ("id", "link"),
        "abstract": ("summary",),
    },
    source="arXiv",
)
ICTRP_XML = Names(
    "WHO ICTRP XML",
    {
        "id": ("TrialID",),
        "title": ("Public_title", "Scientific_title"),
        "publication_date": ("Date_registration3", "Date_registration"),
        "urls": ("web_address",),
    },
    convention=RECORD,
)
FORMATS = (
    RIS,
    NBIB,
    ERIC,
    WOS,
    OVID,
    REFER,
    COCHRANE,
    BIBTEX,
    ENDNOTE_XML,
    PUBMED_XML,
    ATOM,
    ICTRP_XML,
    *INTERFACES,
)
