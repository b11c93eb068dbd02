"""TABLES: the tables that databases and others make for reviewers, told by their columns; and what a form tells.

What the columns mean is in files.field_names.
"""

from collections.abc import Iterable

from papertwin.data.conventions import RECORD
from papertwin.data.exports.formats import FORMATS
from papertwin.data.exports.names import Names
from papertwin.data.values.text import without_signs

BVS = ("Descriptor(s)", "Publication Country")  # the Virtual Health Library: LILACS, IBECS, BDENF, MEDLINE ...
ENGINEERING_VILLAGE = ("Accession number", "Author affiliation", "Database")  # Compendex, Inspec, GEOBASE ...
# Who made a table for reviewers: columns that its tables have together and no other's; the tables are its "forms".
TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Scopus table", ("EID", "Source title")),
    ("Scopus table", ("EID", "Authors")),
    ("Web of Science table", ("UT (Unique WOS ID)",)),
    ("Web of Science table", ("UT (Unique ID)",)),
    ("Embase table", ("PUI", "Author Names")),
    ("Embase table", ("PUI", "AUTHOR NAMES")),
    ("Embase table", ("PUI", "Medline PMID")),
    ("Embase table", ("PUI", "MEDLINE PMID")),
    ("Embase table", ("PUI", "Source title")),
    ("Embase table", ("PUI", "SOURCE TITLE")),
    ("Embase table", ("Embase Link",)),
    ("Engineering Village table", ENGINEERING_VILLAGE),
    ("PubMed table", ("PMID", "Journal/Book")),
    ("Cochrane Library table", ("CENTRAL ID",)),
    ("EBSCO table", ("Accession Number", "PLink")),
    ("EBSCO table", ("longDBName", "plink")),
    ("ProQuest table", ("StoreId", "pubtitle")),
    ("BVS table", BVS),
    ("ClinicalTrials.gov table", ("NCT Number",)),
    ("WHO ICTRP table", ("TrialID", "Public title")),
    ("Covidence table", ("Covidence #",)),
    ("DistillerSR table", ("Refid", "Periodical")),
    ("Rayyan table", ("key", "pubmed_id", "pmc_id")),
)
_OF_REVIEWERS = ("Covidence table", "DistillerSR table", "Rayyan table")  # whose records come from any database
_SPELT = frozenset({"EID", "PUI"})  # rows with these count only as spelt: people call columns of their own "eid"


def table_of(columns: Iterable[str]) -> str | None:
    """The form of a table that a database made for reviewers, by its columns, or None."""
    given = set(columns)
    alike = set(map(without_signs, given))
    for form, telling in TABLES:
        if given.issuperset(telling) or (_SPELT.isdisjoint(telling) and alike.issuperset(map(without_signs, telling))):
            return form
    return None


def convention_of(form: str) -> str:
    """What those who use files of this form call a duplicate: "work" or "record"."""
    if any(form == table for table, _ in TABLES):
        return RECORD
    return next((names.convention for names in FORMATS if names.form == form), Names.convention)


def source_of(form: str) -> str:
    """The source of records in a table of this form that name none: the database that made it, or ""."""
    of_database = form not in _OF_REVIEWERS and any(form == table for table, _ in TABLES)
    return form.removesuffix(" table") if of_database else ""
