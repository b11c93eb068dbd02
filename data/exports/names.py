"""NAMES: which tag, column or path of each format is which field of a record; the one table of every format.

Beside the fields of a record a table names parts of them: the first and the last page, the year, the month and the
day, and numbers that become addresses. The names of a part stand in order: the first known value counts, and in
formats that are written too the first name is the one that is written. Columns of CSV are in sides.OTHER_NAMES.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

ADDRESSES: Mapping[str, str] = {  # a number that some formats give: the address that it stands for
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
    "arxiv_id": "https://arxiv.org/abs/{}",
    "corpus_id": "https://api.semanticscholar.org/CorpusID:{}",
    "core_id": "https://core.ac.uk/works/{}",
}
PARTS: Mapping[str, str] = {  # part: the field that it is a part of
    "year": "publication_date",
    "month": "publication_date",
    "day": "publication_date",
    "first_page": "pages",
    "last_page": "pages",
    **dict.fromkeys(ADDRESSES, "urls"),
}


@dataclass(frozen=True)
class Names:
    """The names of one format: field or part -> its names there, the preferred one first."""

    form: str
    names: Mapping[str, tuple[str, ...]]
    written: bool = False  # there is a writer: only what it would write the same is not kept beside the fields
    slashed: bool = False  # dates are written 2019/03/05
    source: str | None = None  # the source of a record that names none
    parts: Mapping[str, str] = field(init=False)  # name: the field or part

    def __post_init__(self) -> None:
        parts = {name: part for part, names in self.names.items() for name in names}
        object.__setattr__(self, "parts", parts)

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """Name: the field that it is, or is a part of."""
        return {name: PARTS.get(part, part) for name, part in self.parts.items()}


RIS = Names(
    "RIS",
    {
        "id": ("ID",),
        "authors": ("AU", "A1"),
        "title": ("TI", "T1", "CT"),
        "year": ("PY", "Y1"),
        "publication_date": ("DA",),
        "source": ("DB",),
        "journal": ("T2", "JF", "JO", "JA", "J1", "J2", "BT"),
        "volume": ("VL",),
        "number": ("IS", "CP"),
        "pages": (),
        "first_page": ("SP",),
        "last_page": ("EP",),
        "doi": ("DO", "DI"),
        "urls": ("UR", "LK", "L1", "L2"),
        "abstract": ("AB", "N2"),
    },
    written=True,
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
)
