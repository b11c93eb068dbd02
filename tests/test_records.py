"""Record files of every form become the same records; what cannot be read is set aside with its place, and no more."""

import gzip
import io
import itertools
import json
import re
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papertwin.data.errors import InputError
from papertwin.data.exports import formats, interface_names
from papertwin.data.exports.names import Names
from papertwin.data.exports.tables import convention_of
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.field_names import OTHER_NAMES, PART_NAMES, field_of, part_of
from papertwin.data.files.rows import Reject, RowError, decode
from papertwin.data.frames import as_pairs
from papertwin.data.lookup import read_records
from papertwin.data.records import RECORD_KEYS, open_records
from papertwin.data.values.parts import ADDRESSES, PARTS
from papertwin.predict import main as predict

FOX = {
    "title": "Foxes of the lower valley: a census",
    "authors": ["Marsh, Io", "Otter, Bo"],
    "publication_date": "2019-03-05",
    "journal": "Journal of Foxes",
    "volume": "3",
    "number": "2",
    "pages": "17-29",
    "doi": "10.5555/fox.19",
    "abstract": "We count foxes. There are 40.",
}
WORDS = {"We": [0], "count": [1], "foxes.": [2], "There": [3], "are": [4], "40.": [5]}
PUBMED, PMC = "https://pubmed.ncbi.nlm.nih.gov/31234567/", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7654321/"

RIS = """TY  - JOUR
AU  - Marsh, Io
AU  - Otter, Bo
TI  - Foxes of the lower valley: a census
PY  - 2019
DA  - 2019/03/05
T2  - Journal of Foxes
VL  - 3
IS  - 2
SP  - 17
EP  - 29
DO  - 10.5555/fox.19
AB  - We count foxes. There are 40.
ER  -

""".replace("ER  -", "ER  - ")
NBIB = """PMID- 31234567
OWN - NLM
DP  - 2019 Mar 5
TI  - Foxes of the lower
      valley: a census
PG  - 17-29
LID - 10.5555/fox.19 [doi]
LID - S0000-1 [pii]
AB  - We count foxes.
      There are 40.
FAU - Marsh, Io
AU  - Marsh I
FAU - Otter, Bo
AU  - Otter B
JT  - Journal of Foxes
TA  - J Fox
VI  - 3
IP  - 2
PMC - PMC7654321

"""
WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Marsh, I
   Otter, B
AF Marsh, Io
   Otter, Bo
TI Foxes of the lower
   valley: a census
SO Journal of Foxes
PD MAR 5
PY 2019
VL 3
IS 2
BP 17
EP 29
DI 10.5555/fox.19
AB We count foxes. There are 40.
UT WOS:000000000000001
ER

EF
"""
WOS_TABLE = (
    "PT\tAU\tTI\tSO\tPD\tPY\tVL\tIS\tBP\tEP\tDI\tAB\n"
    "J\tMarsh, Io; Otter, Bo\tFoxes of the lower valley: a census\tJournal of Foxes\tMAR 5\t2019\t3\t2\t17\t29\t"
    "10.5555/fox.19\tWe count foxes. There are 40.\n"
)
REFER = """%0 Journal Article
%A Marsh, Io
%A Otter, Bo
%T Foxes of the lower valley: a census
%J Journal of Foxes
%D 2019
%8 March 5
%V 3
%N 2
%P 17-29
%R 10.5555/fox.19
%X We count foxes. There are 40.
"""
BIBTEX = """@article{marsh2019,
  author = {Marsh, Io and Otter, Bo},
  title = {{F}oxes of the lower valley: a census},
  journal = {Journal of Foxes},
  year = 2019, month = mar, day = 5,
  volume = "3",
  number = {2},
  pages = {17--29},
  doi = {10.5555/fox.19},
  abstract = {We count foxes. There are 40.}
}
"""
ENDNOTE = """<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><rec-number>7</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal" font="default" size="100%">Marsh, Io</style></author><author>Otter, Bo</author></authors>
</contributors><titles><title><style face="normal">Foxes of the </style><style face="italic">lower</style><style
face="normal"> valley: a census</style></title><secondary-title>Journal of Foxes</secondary-title></titles>
<pages>17-29</pages><volume>3</volume><number>2</number><dates><year>2019</year><pub-dates><date>Mar 5</date>
</pub-dates></dates><electronic-resource-num>10.5555/fox.19</electronic-resource-num>
<abstract>We count foxes. There are 40.</abstract></record></records></xml>"""
PUBMED_XML = """<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle" "https://x.invalid/x.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">31234567</PMID><Article><Journal><JournalIssue>
<Volume>3</Volume><Issue>2</Issue><PubDate><Year>2019</Year><Month>Mar</Month><Day>05</Day></PubDate></JournalIssue>
<Title>Journal of Foxes</Title></Journal><ArticleTitle>Foxes of the <i>lower</i> valley: a census</ArticleTitle>
<Pagination><StartPage>17</StartPage><EndPage>29</EndPage></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/fox.19</ELocationID>
<Abstract><AbstractText>We count foxes. There are 40.</AbstractText></Abstract><AuthorList>
<Author><LastName>Marsh</LastName><ForeName>Io</ForeName></Author><Author><LastName>Otter</LastName><ForeName>Bo</ForeName>
</Author></AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
COCHRANE = """Record #1 of 1
ID: CN-00012345
AU: Marsh, Io
AU: Otter, Bo
TI: Foxes of the lower valley: a census
SO: Journal of Foxes
YR: 2019
VL: 3
NO: 2
PG: 17-29
PM: PUBMED 31234567
XR: EMBASE 621234567
DOI: 10.5555/fox.19
AB: We count foxes. There are 40.
US: https://www.cochranelibrary.com/central/doi/10.1002/central/CN-00012345/full


"""
EMBASE = """"TITLE","Foxes of the lower valley: a census"
"AUTHOR NAMES","Marsh, Io","Otter, Bo"
"AUTHOR ADDRESSES","(Marsh, Io) The valley","(Otter, Bo) The hill"
"AiP/IP ENTRY DATE","2019-03-06"
"SOURCE","Journal of Foxes (2019) 3:2 (17-29). Date of Publication: 5 Mar 2019"
"PUBLICATION YEAR","2019"
"VOLUME","3"
"ISSUE","2"
"FIRST PAGE","17"
"LAST PAGE","29"
"DATE OF PUBLICATION","5 Mar 2019"
"ABSTRACT","We count foxes.","There are 40."
"MEDLINE PMID","31234567","http://www.ncbi.nlm.nih.gov/pubmed/31234567"
"PUI","L621234567"
"DOI","10.5555/fox.19"

"""
ATOM = """<?xml version='1.0'?><feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1903.00001v2</id>
<published>2019-03-05T18:00:00Z</published><title>Foxes of the lower
  valley: a census</title><summary> We count foxes. There are 40. </summary><author><name>Io Marsh</name></author>
<author><name>Bo Otter</name></author><arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.5555/fox.19</arxiv:doi>
<link href="http://arxiv.org/pdf/1903.00001v2" title="pdf"/></entry></feed>"""
OPENALEX = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.5555/fox.19",
    "title": FOX["title"],
    "publication_year": 2019,
    "publication_date": "2019-03-05",
    "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/31234567"},
    "authorships": [{"author": {"display_name": "Marsh, Io"}}, {"author": {"display_name": "Otter, Bo"}}],
    "primary_location": {"source": {"display_name": "Journal of Foxes"}, "landing_page_url": "https://fox.example/19"},
    "biblio": {"volume": "3", "issue": "2", "first_page": "17", "last_page": "29"},
    "abstract_inverted_index": WORDS,
    "cited_by_count": 4,
}
CSL = {
    "id": "m1",
    "type": "article-journal",
    "title": FOX["title"],
    "container-title": "Journal of Foxes",
    "author": [{"given": "Io", "family": "Marsh"}, {"given": "Bo", "family": "Otter"}],
    "issued": {"date-parts": [["2019", 3, 5]]},
    "volume": "3",
    "issue": "2",
    "page": "17-29",
    "DOI": "10.5555/fox.19",
    "abstract": FOX["abstract"],
}
CROSSREF = CSL | {
    "title": [FOX["title"]],
    "container-title": ["Journal of Foxes"],
    "issued": {"date-parts": [[2019, 3, 5]]},
    "is-referenced-by-count": 2,
}
S2 = {
    "paperId": "0f" * 20,
    "externalIds": {"DOI": "10.5555/fox.19", "PubMedCentral": "7654321", "CorpusId": 5},
    "title": FOX["title"],
    "year": 2019,
    "publicationDate": "2019-03-05",
    "authors": [{"authorId": "1", "name": "Marsh, Io"}, {"authorId": None, "name": "Otter, Bo"}],
    "journal": {"name": "Journal of Foxes", "volume": "3", "pages": "17-29"},
    "abstract": FOX["abstract"],
}
KAGGLE = {
    "id": "1903.00001",
    "submitter": "Io Marsh",
    "authors": "Io Marsh, Bo Otter",
    "authors_parsed": [["Marsh", "Io", ""], ["Otter", "Bo", ""]],
    "title": FOX["title"],
    "doi": "10.5555/fox.19",
    "abstract": FOX["abstract"],
    "versions": [{"version": "v1", "created": "Tue, 5 Mar 2019 18:00:00 GMT"}, {"version": "v2", "created": "2020"}],
    "update_date": "2020-01-01",
}
CORE = {
    "id": 12345,
    "title": FOX["title"],
    "authors": [{"name": "Marsh, Io"}, {"name": "Otter, Bo"}],
    "yearPublished": 2019,
    "publishedDate": "2019-03-05T00:00:00",
    "journals": [{"title": "Journal of Foxes", "identifiers": ["0000-0001"]}],
    "doi": "10.5555/fox.19",
    "abstract": FOX["abstract"],
    "downloadUrl": "https://core.ac.uk/download/12345.pdf",
}

EUROPE_PMC = {
    "id": "31234567",
    "source": "MED",
    "pmid": "31234567",
    "pmcid": "PMC7654321",
    "doi": "10.5555/fox.19",
    "title": FOX["title"],
    "authorString": "Marsh I, Otter B.",
    "authorList": {"author": [{"fullName": "Marsh I", "firstName": "Io", "lastName": "Marsh"}, {"name": "Otter, Bo"}]},
    "journalInfo": {"volume": "3", "issue": "2", "monthOfPublication": 3, "journal": {"title": "Journal of Foxes"}},
    "pubYear": "2019",
    "pageInfo": "17-29",
    "abstractText": FOX["abstract"],
    "inEPMC": "Y",
    "firstPublicationDate": "2019-03-05",
}
DATACITE = {
    "id": "10.5555/fox.19",
    "type": "dois",
    "attributes": {
        "doi": "10.5555/fox.19",
        "titles": [{"title": FOX["title"]}, {"title": "Füchse", "titleType": "TranslatedTitle"}],
        "creators": [{"name": "M. Io", "givenName": "Io", "familyName": "Marsh"}, {"name": "Otter, Bo"}],
        "container": {"title": "Journal of Foxes", "volume": "3", "issue": "2", "firstPage": "17", "lastPage": "29"},
        "publicationYear": 2019,
        "dates": [{"date": "2018-01-02", "dateType": "Created"}, {"date": "2019-03-05", "dateType": "Issued"}],
        "descriptions": [
            {"description": FOX["abstract"], "descriptionType": "Abstract"},
            {"description": "Paid for by the Fox Fund", "descriptionType": "Other"},
        ],
    },
}
DBLP = {
    "@score": "1",
    "@id": "5",
    "info": {
        "authors": {"author": [{"@pid": "1/2", "text": "Marsh, Io"}, {"@pid": "3/4", "text": "Otter, Bo"}]},
        "title": FOX["title"],
        "venue": "Journal of Foxes",
        "volume": "3",
        "number": "2",
        "pages": "17-29",
        "year": "2019",
        "doi": "10.5555/fox.19",
        "key": "journals/foxes/MarshO19",
    },
}


def row_of(columns, cells):
    """A CSV file of one row, its columns and cells given with | between them."""
    return "\n".join(",".join(f'"{cell.strip()}"' for cell in line.split(" | ")) for line in (columns, cells)) + "\n"


TITLE, ABSTRACT = FOX["title"], FOX["abstract"]
TABLES = {
    "Scopus": row_of(
        "Authors | Title | Year | Source title | Volume | Issue | Art. No. | Page start | Page end | Cited by | DOI | "
        "Abstract | Source | EID",
        f"Marsh, Io; Otter, Bo | {TITLE} | 2019 | Journal of Foxes | 3 | 2 |  | 17 | 29 | 4 | 10.5555/fox.19 | "
        f"{ABSTRACT} | Scopus | 2-s2.0-1",
    ),
    "Web of Science": row_of(
        "Publication Type | Authors | Article Title | Source Title | Publication Year | Volume | Issue | Start Page | "
        "End Page | DOI | Abstract | UT (Unique WOS ID)",
        f"J | Marsh, Io; Otter, Bo | {TITLE} | Journal of Foxes | 2019 | 3 | 2 | 17 | 29 | 10.5555/fox.19 | "
        f"{ABSTRACT} | WOS:1",
    ),
    "Zotero": row_of(
        "Key | Item Type | Publication Year | Author | Title | Publication Title | DOI | Url | Abstract Note | Date | "
        "Pages | Issue | Volume | Library Catalog",
        f"ABC | journalArticle | 2019 | Marsh, Io; Otter, Bo | {TITLE} | Journal of Foxes | 10.5555/fox.19 |  | "
        f"{ABSTRACT} | 2019-03-05 | 17-29 | 2 | 3 | PubMed",
    ),
    "OpenAlex": row_of(
        "id | doi | title | publication_year | publication_date | authorships.author.display_name | "
        "primary_location.source.display_name | biblio.volume | biblio.issue | biblio.first_page | biblio.last_page | "
        "abstract",
        f"https://openalex.org/W1 | https://doi.org/10.5555/fox.19 | {TITLE} | 2019 | 2019-03-05 | Marsh, Io|Otter, Bo"
        f" | Journal of Foxes | 3 | 2 | 17 | 29 | {ABSTRACT}",
    ),
    "Dimensions": '"About the data: Exported on Jun 24, 2019. Criteria: foxes"\n'
    + row_of(
        "Publication ID | DOI | PMID | Title | Abstract | Source title | PubYear | Publication date | Volume | Issue | "
        "Pagination | Authors",
        f"pub.1 | 10.5555/fox.19 | 31234567 | {TITLE} | {ABSTRACT} | Journal of Foxes | 2019 | 2019-03-05 | 3 | 2 | "
        "17-29 | Marsh, Io; Otter, Bo",
    ),
    "Lens": row_of(
        "Lens ID | Title | Date Published | Publication Year | Source Title | Author/s | Abstract | Volume | "
        "Issue Number | Start Page | End Page | PMID | DOI",
        f"001-1 | {TITLE} | 2019-03-05 | 2019 | Journal of Foxes | Marsh, Io; Otter, Bo | {ABSTRACT} | 3 | 2 | 17 | "
        "29 | 31234567 | 10.5555/fox.19",
    ),
    "pybliometrics": row_of(
        "eid | doi | pubmed_id | title | creator | author_names | coverDate | coverDisplayDate | publicationName | "
        "volume | issueIdentifier | pageRange | description",
        f"2-s2.0-1 | 10.5555/fox.19 | 31234567 | {TITLE} | Marsh I. | Marsh, Io;Otter, Bo | 2019-03-05 | "
        f"5 March 2019 | Journal of Foxes | 3 | 2 | 17-29 | {ABSTRACT}",
    ),
    "Rayyan": row_of(
        "key | title | year | month | day | journal | volume | issue | pages | authors | abstract | doi | pubmed_id",
        f"rayyan-1 | {TITLE} | 2019 | 3 | 5 | Journal of Foxes | 3 | 2 | 17-29 | Marsh, Io and Otter, Bo | "
        f"{ABSTRACT} | 10.5555/fox.19 | 31234567",
    ),
    "ASySD": row_of(
        "author | year | journal | doi | title | pages | volume | number | abstract | label | source | record_id",
        f"Marsh, Io and Otter, Bo | 2019 | Journal of Foxes | 10.5555/fox.19 | {TITLE} | 17-29 | 3 | 2 | {ABSTRACT} | "
        "new | PubMed | 7",
    ),
    "PubMed": row_of(
        "PMID | Title | Authors | Journal/Book | Publication Year | PMCID | DOI",
        f"31234567 | {TITLE} | Marsh I, Otter B | Journal of Foxes | 2019 | PMC7654321 | 10.5555/fox.19",
    ),
    "Europe PMC": row_of(
        "SOURCE | ID | PMID | DOI | TITLE | AUTHOR_STRING | JOURNAL_TITLE | ISSUE | JOURNAL_VOLUME | PUB_YEAR | "
        "PAGE_INFO | FIRST_PUBLICATION_DATE | ABSTRACT_TEXT",
        f"MED | 31234567 | 31234567 | 10.5555/fox.19 | {TITLE} | Marsh I, Otter B. | Journal of Foxes | 2 | 3 | 2019 | "
        f"17-29 | 2019-03-05 | {ABSTRACT}",
    ),
}
ZOTERO = {
    "key": "FOX19",
    "itemType": "journalArticle",
    "title": FOX["title"],
    "creators": [
        {"creatorType": "translator", "firstName": "Al", "lastName": "Hare"},
        {"creatorType": "author", "firstName": "Io", "lastName": "Marsh"},
        {"creatorType": "author", "name": "Otter, Bo"},
    ],
    "publicationTitle": "Journal of Foxes",
    "date": "2019-03-05",
    "volume": "3",
    "issue": "2",
    "pages": "17-29",
    "DOI": "10.5555/fox.19",
    "abstractNote": FOX["abstract"],
    "uri": "http://zotero.org/users/1/items/FOX19",
    "attachments": [{"itemType": "attachment", "title": "Full Text PDF"}],
}

ZOTERO_WEB = {
    "key": "FOX19",
    "version": 7,
    "library": {"type": "user", "id": 1, "name": "Io"},
    "links": {"alternate": {"href": "https://www.zotero.org/io/items/FOX19", "type": "text/html"}},
    "meta": {"creatorSummary": "Marsh and Otter", "parsedDate": "2019-03-05"},
    "data": {name: value for name, value in ZOTERO.items() if name not in {"uri", "attachments"}} | {"version": 7},
}
DOAJ = {
    "id": "0f" * 16,
    "created_date": "2019-04-01T00:00:00Z",
    "bibjson": {
        "title": FOX["title"],
        "author": [{"name": "Marsh, Io", "affiliation": "Fox House"}, {"name": "Otter, Bo"}],
        "year": "2019",
        "month": "3",
        "journal": {"title": "Journal of Foxes", "volume": "3", "number": "2", "country": "GB"},
        "start_page": "17",
        "end_page": "29",
        "identifier": [{"id": "0000-0001", "type": "eissn"}, {"id": "10.5555/fox.19", "type": "doi"}],
        "link": [{"type": "fulltext", "url": "https://fox.example/19"}],
        "abstract": FOX["abstract"],
    },
}
SCOPUS = {
    "@_fa": "true",
    "link": [
        {"@_fa": "true", "@ref": "self", "@href": "https://api.elsevier.com/content/abstract/scopus_id/1"},
        {"@_fa": "true", "@ref": "scopus", "@href": "https://www.scopus.com/inward/record.uri?scp=1"},
    ],
    "dc:identifier": "SCOPUS_ID:1",
    "eid": "2-s2.0-1",
    "dc:title": FOX["title"],
    "dc:creator": "Marsh I.",
    "prism:publicationName": "Journal of Foxes",
    "prism:volume": "3",
    "prism:issueIdentifier": "2",
    "prism:pageRange": "17-29",
    "prism:coverDate": "2019-03-05",
    "prism:doi": "10.5555/fox.19",
    "dc:description": FOX["abstract"],
    "citedby-count": "4",
    "pubmed-id": "31234567",
    "subtypeDescription": "Article",
    "author": [
        {"@seq": "1", "authname": "Marsh I.", "surname": "Marsh", "given-name": "Io", "initials": "I."},
        {"@seq": "2", "authname": "Otter B.", "surname": "Otter", "given-name": "Bo", "initials": "B."},
    ],
}
PUBMED_SUMMARY = {
    "uid": "31234567",
    "pubdate": "2019 Mar 5",
    "epubdate": "2018 Dec 30",
    "source": "J Foxes",
    "authors": [
        {"name": "Marsh, Io", "authtype": "Author", "clusterid": ""},
        {"name": "Otter, Bo", "authtype": "Author", "clusterid": ""},
    ],
    "title": FOX["title"],
    "volume": "3",
    "issue": "2",
    "pages": "17-29",
    "pubtype": ["Journal Article"],
    "articleids": [
        {"idtype": "pubmed", "idtypen": 1, "value": "31234567"},
        {"idtype": "doi", "idtypen": 3, "value": "10.5555/fox.19"},
        {"idtype": "pmc", "idtypen": 8, "value": "PMC7654321"},
    ],
    "fulljournalname": "Journal of Foxes",
    "sortpubdate": "2019/03/05 00:00",
}
INSPIRE = {
    "id": "1234",
    "created": "2019-04-01T00:00:00+00:00",
    "links": {"json": "https://inspirehep.net/api/literature/1234?format=json"},
    "metadata": {
        "control_number": 1234,
        "document_type": ["article"],
        "titles": [{"title": FOX["title"], "source": "arXiv"}, {"title": "Foxes, again"}],
        "authors": [
            {"full_name": "Marsh, Io", "first_name": "Io", "last_name": "Marsh"},
            {"full_name": "Otter, Bo", "affiliations": [{"value": "Fox House"}]},
        ],
        "abstracts": [{"value": FOX["abstract"], "source": "arXiv"}, {"value": "We count them."}],
        "dois": [{"value": "10.5555/fox.19"}],
        "arxiv_eprints": [{"value": "1903.00001", "categories": ["hep-ex"]}],
        "publication_info": [
            {
                "journal_title": "Journal of Foxes",
                "journal_volume": "3",
                "journal_issue": "2",
                "page_start": "17",
                "page_end": "29",
                "year": 2019,
            }
        ],
        "imprints": [{"date": "2019-03-05"}],
        "preprint_date": "2018-12-30",
    },
}
ADS = {
    "bibcode": "2019JFox....3...17M",
    "author": ["Marsh, Io", "Otter, Bo"],
    "title": [FOX["title"]],
    "pub": "Journal of Foxes",
    "pubdate": "2019-03-00",
    "year": "2019",
    "volume": "3",
    "issue": "2",
    "page": ["17"],
    "page_range": "17-29",
    "doi": ["10.5555/fox.19"],
    "identifier": ["2019JFox....3...17M", "arXiv:1903.00001"],
    "abstract": FOX["abstract"],
}
HAL = {
    "docid": "1234567",
    "halId_s": "hal-01234567",
    "uri_s": "https://hal.science/hal-01234567v1",
    "docType_s": "ART",
    "title_s": ["Foxes of the lower valley"],
    "subTitle_s": ["a census"],
    "authFullName_s": ["Marsh, Io", "Otter, Bo"],
    "publicationDate_s": "2019-03-05",
    "producedDateY_i": 2019,
    "journalTitle_s": "Journal of Foxes",
    "volume_s": "3",
    "issue_s": ["2"],
    "page_s": "17-29",
    "doiId_s": "10.5555/fox.19",
    "abstract_s": [FOX["abstract"]],
}
ZENODO = {
    "id": 1234567,
    "conceptrecid": "1234566",
    "doi": "10.5555/fox.19",
    "title": FOX["title"],
    "links": {"self": "https://zenodo.org/api/records/1234567", "self_html": "https://zenodo.org/records/1234567"},
    "metadata": {
        "title": FOX["title"],
        "doi": "10.5555/fox.19",
        "publication_date": "2019-03-05",
        "creators": [{"name": "Marsh, Io", "affiliation": "Fox House"}, {"name": "Otter, Bo", "affiliation": None}],
        "description": FOX["abstract"],
        "resource_type": {"title": "Journal article", "type": "publication", "subtype": "article"},
        "journal": {"title": "Journal of Foxes", "volume": "3", "issue": "2", "pages": "17-29"},
    },
}
SPRINGER = {
    "contentType": "Article",
    "identifier": "doi:10.5555/fox.19",
    "url": [{"format": "html", "platform": "web", "value": "https://fox.example/19"}],
    "title": FOX["title"],
    "creators": [{"creator": "Marsh, Io", "ORCID": "0000"}, {"creator": "Otter, Bo"}],
    "publicationName": "Journal of Foxes",
    "doi": "10.5555/fox.19",
    "publicationDate": "2019-03-05",
    "volume": "3",
    "number": "2",
    "startingPage": "17",
    "endingPage": "29",
    "abstract": {"h1": "Abstract", "p": FOX["abstract"]},
}
UNPAYWALL = {
    "doi": "10.5555/fox.19",
    "doi_url": "https://doi.org/10.5555/fox.19",
    "title": FOX["title"],
    "genre": "journal-article",
    "is_oa": True,
    "journal_name": "Journal of Foxes",
    "published_date": "2019-03-05",
    "year": 2019,
    "best_oa_location": {"url": "https://fox.example/19.pdf", "url_for_pdf": "https://fox.example/19.pdf"},
    "oa_locations": [{"url_for_pdf": "https://fox.example/19.pdf"}, {"url_for_landing_page": "https://owl.example/1"}],
    "z_authors": [
        {"given": "Io", "family": "Marsh", "sequence": "first"},
        {"raw_author_name": "Otter, Bo", "author_position": "last"},
    ],
}
OPENAIRE = {
    "id": "doi_dedup___::0f",
    "type": "publication",
    "mainTitle": "Foxes of the lower valley",
    "subTitle": "a census",
    "authors": [
        {"fullName": "Marsh, Io", "name": "Io", "surname": "Marsh", "rank": 1, "pid": None},
        {"fullName": "Otter, Bo", "name": "Bo", "surname": "Otter", "rank": 2},
    ],
    "descriptions": [FOX["abstract"], "We count them."],
    "publicationDate": "2019-03-05",
    "container": {"name": "Journal of Foxes", "vol": "3", "iss": "2", "sp": "17", "ep": "29"},
    "bestAccessRight": {"code": "c_abf2", "label": "OPEN"},
    "originalIds": ["50|doi_dedup___::0f"],
    "pids": [{"scheme": "pmid", "value": "31234567"}, {"scheme": "doi", "value": "10.5555/fox.19"}],
    "instances": [{"type": "Article", "urls": ["https://fox.example/19"]}],
    "sources": ["Crossref"],
}
LENS = {
    "lens_id": "001-002-003-004-005",
    "title": FOX["title"],
    "publication_type": "journal article",
    "year_published": 2019,
    "date_published": "2019-03-05T00:00:00.000000+00:00",
    "date_published_parts": [2019, 3, 5],
    "external_ids": [{"type": "pmid", "value": "31234567"}, {"type": "doi", "value": "10.5555/fox.19"}],
    "authors": [
        {"first_name": "Io", "last_name": "Marsh", "initials": "I", "affiliations": [{"name": "Fox House"}]},
        {"collective_name": "Otter, Bo", "first_name": None, "last_name": None},
    ],
    "source": {"title": "Journal of Foxes", "type": "Journal"},
    "volume": "3",
    "issue": "2",
    "start_page": "17",
    "end_page": "29",
    "source_urls": [{"type": "html", "url": "https://fox.example/19"}],
    "abstract": FOX["abstract"],
}
DIMENSIONS = {
    "id": "pub.1234567890",
    "type": "article",
    "title": FOX["title"],
    "authors": [
        {"first_name": "Io", "last_name": "Marsh", "initials": "", "researcher_id": "ur.1"},
        {"first_name": "Bo", "last_name": "Otter", "affiliations": [{"name": "Fox House"}]},
    ],
    "date": "2019-03-05",
    "year": 2019,
    "journal": {"id": "jour.1", "title": "Journal of Foxes"},
    "volume": "3",
    "issue": "2",
    "pages": "17-29",
    "doi": "10.5555/fox.19",
    "abstract": FOX["abstract"],
}
ARXIV_FEED = {
    "id": "http://arxiv.org/abs/1903.00001v1",
    "updated": "2019-03-06T00:00:00Z",
    "published": "2019-03-05T00:00:00Z",
    "title": FOX["title"],
    "summary": FOX["abstract"],
    "author": [{"name": "Marsh, Io"}, {"name": "Otter, Bo"}],
    "arxiv:doi": {"@xmlns:arxiv": "http://arxiv.org/schemas/atom", "#text": "10.5555/fox.19"},
    "arxiv:journal_ref": {"#text": "J Fox 3 (2019) 17-29"},
    "link": [{"@href": "http://arxiv.org/abs/1903.00001v1", "@rel": "alternate"}],
}
PREPRINT = {
    "doi": "10.5555/fox.19",
    "title": FOX["title"],
    "authors": "Marsh, Io; Otter, Bo",
    "date": "2019-03-05",
    "version": "1",
    "category": "ecology",
    "abstract": FOX["abstract"],
    "published": "10.5555/fox.20",
    "server": "bioRxiv",
}
EPPI = {
    "ItemId": 12,
    "Title": FOX["title"],
    "Authors": "Marsh, Io ; Otter, Bo ; ",
    "Year": "2019",
    "Month": "Mar",
    "ParentTitle": "Journal of Foxes",
    "ParentAuthors": "",
    "ShortTitle": "Marsh (2019)",
    "Volume": "3",
    "Issue": "2",
    "Pages": "17-29",
    "Abstract": FOX["abstract"],
    "DOI": "10.5555/fox.19",
    "URL": "",
    "StandardNumber": "1234-5679",
    "TypeName": "Journal, Article",
}
WOS_STARTER = {
    "uid": "WOS:000123456700008",
    "title": FOX["title"],
    "types": ["Article"],
    "source": {
        "sourceTitle": "Journal of Foxes",
        "publishYear": 2019,
        "publishMonth": "MAR 5",
        "volume": "3",
        "issue": "2",
        "pages": {"range": "17-29", "begin": "17", "end": "29", "count": 13},
    },
    "names": {
        "authors": [
            {"displayName": "Marsh, Io", "wosStandard": "Marsh, I", "researcherId": "A-1-2019"},
            {"displayName": "Otter, Bo", "wosStandard": "Otter, B"},
        ]
    },
    "links": {"record": "https://www.webofscience.com/api/gateway?KeyUT=WOS:000123456700008"},
    "identifiers": {"doi": "10.5555/fox.19", "issn": "1234-5679", "pmid": "31234567"},
    "keywords": {"authorKeywords": ["foxes"]},
}
IEEE = {
    "article_number": "9300017",
    "title": FOX["title"],
    "authors": {
        "authors": [
            {"full_name": "Marsh, Io", "author_order": 1, "affiliation": "Fox House"},
            {"full_name": "Otter, Bo", "author_order": 2},
        ]
    },
    "publication_title": "Journal of Foxes",
    "publication_year": 2019,
    "publication_date": "5 March 2019",
    "content_type": "Journals",
    "volume": "3",
    "issue": "2",
    "start_page": "17",
    "end_page": "29",
    "doi": "10.5555/fox.19",
    "abstract": FOX["abstract"],
    "abstract_url": "https://fox.example/document/9300017/",
}
SCIENCEDIRECT = {
    "pii": "S0000000019000178",
    "authors": [{"order": 1, "name": "Marsh, Io"}, {"order": 2, "name": "Otter, Bo"}],
    "title": FOX["title"],
    "publicationDate": "2019-03-05",
    "loadDate": "2019-02-01T00:00:00.000Z",
    "sourceTitle": "Journal of Foxes",
    "volumeIssue": "Volume 3, Issue 2",
    "pages": {"first": "17", "last": "29"},
    "doi": "10.5555/fox.19",
    "uri": "https://fox.example/S0000000019000178",
    "openAccess": False,
}
CITATION = {"contexts": ["as foxes do"], "isInfluential": False, "citingPaper": S2}
OBJECTS = {  # the name of the form: an object of it
    "OpenAlex": OPENALEX,
    "CSL-JSON": CSL,
    "Crossref": CROSSREF,
    "Semantic Scholar": S2,
    "CORE": CORE,
    "Europe PMC": EUROPE_PMC,
    "DataCite": DATACITE,
    "DBLP": DBLP,
    "Zotero JSON": ZOTERO,
    "DOAJ": DOAJ,
    "Scopus": SCOPUS,
    "PubMed summary": PUBMED_SUMMARY,
    "INSPIRE": INSPIRE,
    "NASA ADS": ADS,
    "HAL": HAL,
    "Zenodo": ZENODO,
    "Springer Nature": SPRINGER,
    "Unpaywall": UNPAYWALL,
    "OpenAIRE": OPENAIRE,
    "Lens": LENS,
    "Dimensions": DIMENSIONS,
    "arXiv feed": ARXIV_FEED,
    "bioRxiv and medRxiv": PREPRINT,
    "EPPI-Reviewer": EPPI,
    "Web of Science Starter": WOS_STARTER,
    "IEEE Xplore": IEEE,
    "ScienceDirect": SCIENCEDIRECT,
}

FORMS = {  # the name of the form: a file of one record, and the fields that it cannot say
    "RIS": (RIS, {}),
    "NBIB": (NBIB, {}),
    "Web of Science": (WOS, {}),
    "EndNote tagged": (REFER, {}),
    "Cochrane text": (COCHRANE, {"publication_date"}),
    "Embase table": (EMBASE, {}),
    "BibTeX": (BIBTEX, {}),
    "EndNote XML": (ENDNOTE, {}),
    "PubMed XML": (PUBMED_XML, {}),
    "arXiv": (ATOM, {"journal", "volume", "number", "pages", "authors"}),
    "OpenAlex": (json.dumps({"meta": {}, "results": [OPENALEX]}), {}),
    "Crossref": (json.dumps({"status": "ok", "message": {"items": [CROSSREF]}}), {}),
    "CSL-JSON": (json.dumps([CSL]), {}),
    "Semantic Scholar": (json.dumps({"total": 1, "data": [S2]}), {"number"}),
    "CORE": (json.dumps({"totalHits": 1, "results": [CORE]}), {"volume", "number", "pages"}),
    "Europe PMC": (json.dumps({"hitCount": 1, "request": {"x": 1}, "resultList": {"result": [EUROPE_PMC]}}), {}),
    "DataCite": (json.dumps({"data": [DATACITE], "meta": {"total": 1}}), {}),
    "DBLP": (
        json.dumps({"result": {"status": {}, "hits": {"@total": "1", "hit": [DBLP]}}}, indent=1),
        {"publication_date", "abstract"},
    ),
    "Zotero JSON": (json.dumps({"config": {}, "items": [ZOTERO]}), {}),
    "DOAJ": (json.dumps({"total": 1, "page": 1, "results": [DOAJ]}), {"publication_date"}),
    "Scopus": (json.dumps({"search-results": {"opensearch:totalResults": "1", "entry": [SCOPUS]}}), {}),
    "PubMed summary": (
        json.dumps({"header": {"type": "esummary"}, "result": {"uids": ["31234567"], "31234567": PUBMED_SUMMARY}}),
        {"abstract"},
    ),
    "INSPIRE": (json.dumps({"hits": {"hits": [INSPIRE], "total": 1}, "links": {"self": "https://inspire"}}), {}),
    "NASA ADS": (
        json.dumps({"responseHeader": {"status": 0}, "response": {"numFound": 1, "docs": [ADS]}}),
        {"publication_date"},
    ),
    "HAL": (json.dumps({"response": {"numFound": 1, "start": 0, "docs": [HAL]}}), {}),
    "Zenodo": (json.dumps({"hits": {"hits": [ZENODO], "total": 1}, "aggregations": {}}), {}),
    "Springer Nature": (
        json.dumps({"query": "fox", "result": [{"total": "1", "recordsDisplayed": "1"}], "records": [SPRINGER]}),
        {},
    ),
    "Unpaywall": (
        json.dumps({"results": [{"response": UNPAYWALL, "score": 1.5}], "elapsed_seconds": 0.1}),
        {"volume", "number", "pages", "abstract"},
    ),
    "OpenAIRE": (json.dumps({"header": {"numFound": 1}, "results": [OPENAIRE]}), {}),
    "Lens": (json.dumps({"total": 1, "max_score": 1.5, "data": [LENS], "results": 1}), {}),
    "Dimensions": (json.dumps({"_stats": {"total_count": 1}, "publications": [DIMENSIONS]}), {}),
    "arXiv feed": (
        json.dumps({"feed": {"title": "ArXiv Query", "opensearch:totalResults": "1", "entry": [ARXIV_FEED]}}),
        {"journal", "volume", "number", "pages"},
    ),
    "bioRxiv and medRxiv": (
        json.dumps({"messages": [{"status": "ok"}], "collection": [PREPRINT]}),
        {"journal", "volume", "number", "pages"},
    ),
    "EPPI-Reviewer": (json.dumps({"CodeSets": [], "References": [EPPI]}), {"publication_date"}),
    "Web of Science Starter": (
        json.dumps({"metadata": {"total": 1, "page": 1, "limit": 10}, "hits": [WOS_STARTER]}),
        {"abstract"},
    ),
    "IEEE Xplore": (json.dumps({"total_records": 1, "articles": [IEEE]}), {}),
    "ScienceDirect": (json.dumps({"resultsFound": 1, "results": [SCIENCEDIRECT]}), {"abstract"}),
}


@pytest.fixture
def opened(tmp_path):
    """Opens a file of this content; gives its form, its records, its rejects, and the notes."""
    pytest.importorskip("bibtexparser")

    def run(content, name="export.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        notes = []
        file = open_records(path, notes.append)
        rows = list(file.rows)
        assert [row.place for row in rows] == sorted(row.place for row in rows)
        records = [decode(row.raw) for row in rows if not isinstance(row, Reject)]
        return file.form, records, [row for row in rows if isinstance(row, Reject)], notes

    return run


def texts_in(value):
    """All texts in an object or a list, and in those within."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value] if isinstance(value, str) else [text for one in inner for text in texts_in(one)]


def titles(records):
    return [record.get("title") for record in records]


def probabilities(written):
    """The column of a table, as text."""
    return pd.read_csv(written, dtype=str)["duplicate_probability"].tolist()


# Every form


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same_record(opened, form):
    content, unsaid = FORMS[form]
    found, records, rejects, _ = opened(content)

    assert (found, len(records), rejects) == (form, 1, [])
    assert {name: records[0].get(name) for name in FOX if name not in unsaid} == {
        name: value for name, value in FOX.items() if name not in unsaid
    }


@pytest.mark.parametrize("form", [form for form in OBJECTS if form != "CSL-JSON"])
def test_a_list_of_pages_holds_the_records_of_each(opened, form):
    """Who asks an interface page by page puts the answers into one list; the last of them may be empty or null.

    What an answer says of itself is nothing to tell of; what people have coded is.
    """
    page = json.loads(FORMS[form][0])
    whole = opened(json.dumps([page]))[1]

    found, records, rejects, notes = opened(json.dumps([page, page, None]), "pages.json")

    assert (found, records) == (form, whole * 2)
    assert rejects == []
    codes = ["beside its rows the file holds CodeSets: left out"] if form == "EPPI-Reviewer" else []
    assert [note.partition(": ")[2] for note in notes] == [*codes, "1 null left out"]


@pytest.mark.parametrize("form", OBJECTS)
def test_all_that_an_interface_says_stays_with_the_record(opened, form):
    """In its fields, under its own name, or under `original`."""
    _, (record,), _, _ = opened(json.dumps([OBJECTS[form]]))

    assert [text for text in texts_in(OBJECTS[form]) if text not in json.dumps(record, ensure_ascii=False)] == []


def test_objects_of_several_interfaces_in_one_list_are_each_its_own(opened):
    """Zotero's own items are no pages, though the record stands under "data" as whole pages do elsewhere."""
    objects = [ZOTERO_WEB, CITATION, *OBJECTS.values()]
    _, records, rejects, notes = opened(json.dumps(objects))

    assert records == [opened(json.dumps([one]))[1][0] for one in objects]
    assert titles(records) == [TITLE] * len(objects)
    assert (rejects, notes) == ([], [])


def test_rows_of_several_interfaces_with_the_keys_of_all_are_each_its_own(opened):
    """As pandas writes a frame of them: the keys that an object does not have are null, and tell nothing of it."""
    objects = [*OBJECTS.values(), ZOTERO_WEB, CITATION]
    keys = dict.fromkeys(key for one in objects for key in one)

    _, records, _, _ = opened("\n".join(json.dumps(keys | one) for one in objects))

    assert records == [opened(json.dumps([one]))[1][0] for one in objects]


@pytest.mark.parametrize("framed", [pd.DataFrame, pd.json_normalize])
@pytest.mark.parametrize("form", [form for form in OBJECTS if form != "CSL-JSON"])
def test_objects_of_interfaces_that_pandas_has_stored_are_read_as_they_are(opened, form, framed):
    """Hard because a table's columns say what they are, and nobody is an author by "authorships", nor by a dot.

    CSV has the objects in its cells as Python writes them, and those of HAL and NASA ADS hold nothing but texts.
    """
    one = OBJECTS[form]
    frame, stored = framed([one]), io.BytesIO()
    frame.to_parquet(stored)
    (told,) = opened(json.dumps([one]))[1]

    for content in (stored.getvalue(), frame.to_json(orient="records", lines=True), frame.to_csv(index=False)):
        _, (record,), _, notes = opened(content)
        assert {name: record.get(name) for name in RECORD_FIELDS} == {name: told.get(name) for name in RECORD_FIELDS}
        assert not notes


@pytest.mark.parametrize("form", [*OBJECTS, "mixed"])
def test_the_table_that_predict_writes_of_interfaces_it_reads_back(form, tmp_path):
    """Of the pairs of one interface, and of those of any two, in whose rows the columns of all others are empty.

    Hard for HAL, the names of which end in _s, as in title_s_1, and where a record stands in an object of another.
    """
    objects = list(OBJECTS.values()) if form == "mixed" else [OBJECTS[form]] * 2
    pairs = [{"doc_1": one, "doc_2": other} for one, other in itertools.pairwise(objects)]
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, pairs)))

    assert predict([str(tmp_path / "pairs.jsonl"), "-o", str(first), "--jobs", "1"]) == 0
    assert predict([str(first), "-o", str(second), "--jobs", "1"]) == 0

    assert len(probabilities(first)) == len(pairs)
    assert probabilities(second) == probabilities(first)


def test_the_names_of_hal_are_no_marks_of_pairs(tmp_path, capsys):
    """Of title_s_1 and title_s_2 the mark is _1 and _2, and all that HAL says is compared."""
    names = ("halId_s", "title_s", "authFullName_s", "producedDate_s", "doiId_s")
    cells = {name: HAL.get(name, "2019-03-05") for name in names}
    row = {
        f"{name}_{side}": cell[0] if isinstance(cell, list) else cell for side in (1, 2) for name, cell in cells.items()
    }
    pd.DataFrame([row]).to_csv(tmp_path / "wide.csv", index=False)

    assert predict([str(tmp_path / "wide.csv"), "-o", str(tmp_path / "out.csv"), "--jobs", "1"]) == 0

    assert "not compared" not in capsys.readouterr().err
    assert pd.read_csv(tmp_path / "out.csv")["predicted_decision"].tolist() == ["DUPLICATES"]


def test_rows_without_a_title_in_a_table_of_several_interfaces_are_each_its_own(opened):
    """HAL's have nothing but text in their cells, and its title is not under that name; others have one."""
    objects = [HAL, OPENALEX, OPENAIRE, KAGGLE]
    frame = pd.DataFrame([{key: json.dumps(value) if isinstance(value, (dict, list)) else value
                           for key, value in one.items()} for one in objects])  # fmt: skip

    _, records, rejects, _ = opened(frame.to_csv(index=False), "all.csv")

    assert rejects == []
    for record, one in zip(records, objects, strict=True):
        (told,) = opened(json.dumps([one]))[1]
        assert {name: record.get(name) for name in RECORD_FIELDS} == {name: told.get(name) for name in RECORD_FIELDS}


SAID = {"title": TITLE, "authors": ["Io Marsh"], "summary": "Foxes."}


@pytest.mark.parametrize(
    "content",
    [
        [SAID | {"entry_id": "http://arxiv.org/abs/1903.00001v2", "doi": "10.5555/fox.19"}],
        {"bozo": 0, "entries": [SAID | {"id": "http://arxiv.org/abs/1903.00001v2", "arxiv_doi": "10.5555/fox.19"}]},
    ],
)
def test_what_libraries_of_python_make_of_arxiv_keeps_its_numbers(opened, content):
    """The packages arxiv and feedparser call the address and the DOI in their own ways."""
    _, (record,), _, _ = opened(json.dumps(content))

    assert record["doi"] == "10.5555/fox.19"
    assert "1903.00001" in f"{record.get('id')} {record.get('urls')}"


@pytest.mark.parametrize(
    ("feed", "count"), [({"entry": ARXIV_FEED}, 1), ({}, 0), ({"entry": [ARXIV_FEED, ARXIV_FEED]}, 2)]
)
def test_a_feed_of_arxiv_has_as_many_records_as_entries(opened, feed, count):
    """The only one is in no list, as xmltodict has it, and a search that finds none has a title all the same."""
    head = {"title": "ArXiv Query", "id": "http://arxiv.org/api/1", "opensearch:totalResults": str(count)}
    _, records, rejects, _ = opened(json.dumps({"feed": head | feed}), "arxiv.json")

    assert (titles(records), rejects) == ([TITLE] * count, [])


def test_objects_in_the_cells_of_a_table_are_read_as_json_too(opened):
    """Rows of several interfaces have empty cells for the keys of the others; a table that has none stays a table."""
    objects = [OPENALEX, S2, DBLP, CITATION]
    cells = [{key: json.dumps(value) if isinstance(value, (dict, list)) else value for key, value in one.items()}
             for one in objects]  # fmt: skip
    table = {"title": [TITLE], "authors": ['["Io Marsh", "Bo Otter"]'], "paperId": ["x1"], "Art. No.": ["e1"]}

    _, records, rejects, notes = opened(pd.DataFrame(cells).to_csv(index=False), "a.csv")
    _, (plain,), _, _ = opened(pd.DataFrame(table).to_csv(index=False), "b.csv")

    assert (rejects, notes) == ([], [])
    for read, one in zip(records, objects, strict=True):
        (told,) = opened(json.dumps([one]))[1]
        assert {name: read.get(name) for name in RECORD_FIELDS} == {name: told.get(name) for name in RECORD_FIELDS}
    assert (plain["authors"], plain["pages"], plain["paperId"]) == (["Io Marsh", "Bo Otter"], "e1", "x1")


def test_lists_in_a_list_are_pages_of_records(opened):
    """What an interface has under "results", put into a list page by page."""
    _, records, rejects, _ = opened(json.dumps([[], [OPENALEX, OPENALEX], [], [OPENALEX]]))

    assert titles(records) == [TITLE] * 3
    assert not rejects


@pytest.mark.parametrize("form", FORMS)
def test_a_record_that_was_read_is_read_again_as_it_is(opened, form):
    """Works are read again by --against: what an interface says beside its fields must not make them look like its own.

    Hard for Crossref, whose records keep "indexed" under its name, while the DOI and the authors are under ours.
    """
    _, records, _, _ = opened(FORMS[form][0])
    merged = records[0] | {"sources": {}, "versions": [{"file": "a", "position": 1, "record": records[0]}]}
    _, again, _, _ = opened(json.dumps({"records": [*records, merged]}), "again.json")

    assert again == [records[0], merged]


@pytest.mark.parametrize(
    "given", [{"DOI": "10.5555/fox.19", "indexed": "2019"}, {"id": 5, "title": "A", "oaiIds": "b"}]
)
def test_a_bare_record_of_an_interface_is_read_again_as_it_is(opened, given):
    _, records, _, _ = opened(json.dumps([given]))

    assert opened(json.dumps(records), "again.json")[1] == records


def test_a_record_with_an_object_of_its_own_is_no_wrapper(opened):
    """Interfaces put rows under "data" and "result"; a record that is titled in any way has such a field."""
    records = [{"display_name": TITLE, "data": {"pages": 7}}, {"Article Title": TITLE, "result": {"hit": 3}}]
    _, found, rejects, _ = opened("\n".join(map(json.dumps, records)), "a.jsonl")

    assert (titles(found), rejects) == ([TITLE, TITLE], [])
    assert titles(opened(json.dumps(records[:1]))[1]) == [TITLE]


def test_a_date_without_a_year_is_kept_as_it_came(opened):
    """CSL-JSON knows seasons; what becomes no field of a record is kept beside them."""
    _, (read,), _, _ = opened(json.dumps([{"title": TITLE, "citation-key": "m19", "issued": {"season": 2}}]))

    assert read["original"]["CSL-JSON"]["issued"] == {"season": 2}


@pytest.mark.parametrize(
    "record",
    [
        {"data": {"pages": 7}, "title": TITLE},  # the title stands behind
        {"result": {"title": "Inner"}, "title": TITLE},
        {"data": {"pages": 7}, "id": "1", "doi": "10.5555/fox.19"},  # no title at all
    ],
)
def test_what_stands_behind_an_object_tells_whether_it_is_a_wrapper(opened, record):
    """Alone, on lines and in a list; only where nothing of a record stands beside it is the object unwrapped."""
    for written in (json.dumps(record, indent=1), "\n".join([json.dumps(record)] * 2), json.dumps([record])):
        _, found, rejects, _ = opened(written)
        assert ({tuple(one) for one in found}, rejects) == ({tuple(record)}, [])


@pytest.mark.parametrize(
    "key",
    [
        "indexed", "deposited", "paperId", "corpusid", "coreId", "oaiIds", "externalIds", "primary_location",
        "citation-key", "title-short", "inEPMC", "@score", "journalInfo", "authorships",
    ],
)  # fmt: skip
def test_a_record_of_ours_with_a_key_of_an_interface_loses_nothing(opened, key):
    """A table from a reference manager may have a column "paperId"; read again from works it is as it was, too."""
    ours = {
        "id": "a7", "title": TITLE, "authors": ["Io Marsh", "Jo Hare"], "publication_date": "2019-03",
        "journal": "J Fox", "doi": "10.5555/fox.19", "abstract": "We counted foxes.", "pages": "3-9",
    }  # fmt: skip
    _, (read,), _, _ = opened(json.dumps([ours | {key: "x1"}]))

    assert {name: read.get(name) for name in ours} == ours
    assert opened(json.dumps([read]), "again.json")[1] == [read]


def test_one_record_alone_is_read_as_a_list_of_them_is(opened):
    """Interfaces that are asked for one DOI give the object in place of the list."""
    assert opened(json.dumps({"data": DATACITE}))[:2] == opened(json.dumps({"data": [DATACITE]}))[:2]


def test_what_stands_in_the_attributes_of_datacite_is_read_alone_as_well(opened):
    """Whoever collects them leaves out what is around them; the id is that of the whole object, the DOI."""
    whole, alone = (opened(json.dumps([given])) for given in (DATACITE, DATACITE["attributes"]))

    assert {name: value for name, value in whole[1][0].items() if name != "type"} == alone[1][0]
    assert whole[0] == alone[0] == "DataCite"


def test_the_tags_of_pubmed_as_biopython_reads_them_are_those_of_the_file(opened):
    """It has lists of authors, and one text of all lines of LID."""
    medline = {
        "PMID": "31234567",
        "OWN": "NLM",
        "DP": "2019 Mar 5",
        "TI": "Foxes of the lower valley: a census",
        "PG": "17-29",
        "LID": "10.5555/fox.19 [doi] S0000-1 [pii]",
        "AB": "We count foxes. There are 40.",
        "FAU": ["Marsh, Io", "Otter, Bo"],
        "AU": ["Marsh I", "Otter B"],
        "JT": "Journal of Foxes",
        "TA": "J Fox",
        "VI": "3",
        "IP": "2",
        "PMC": "PMC7654321",
    }
    (of_file,) = opened(NBIB)[1]
    form, (of_object,), _, _ = opened(json.dumps([medline]), "medline.json")

    assert of_object | {"abstract": of_file["abstract"]} == of_file
    assert form == "NBIB"
    assert as_pairs([(medline, medline)])[0] == [of_object]


@pytest.mark.parametrize("tag", ["TI", "AB", "JT", "FAU"])
def test_brackets_behind_a_text_of_pubmed_are_its_own(opened, tag):
    """A title that ends in "[corrected]" was none, for only of identifiers they say what kind they are."""
    field = {"TI": "title", "AB": "abstract", "JT": "journal", "FAU": "authors"}[tag]
    _, (record,), _, _ = opened(f"PMID- 31234567\nOWN - NLM\n{tag:<4}- Foxes [corrected]\nLID - 10.5555/fox.19 [doi]\n")

    assert record[field] in ("Foxes [corrected]", ["Foxes [corrected]"])
    assert record["doi"] == "10.5555/fox.19"


def test_an_author_whom_openalex_does_not_know_is_named_as_printed(opened):
    unknown = {"author": {"id": None, "display_name": None}, "raw_author_name": "Hare, Al"}
    _, (record,), _, _ = opened(json.dumps([OPENALEX | {"authorships": [*OPENALEX["authorships"], unknown]}]))

    assert record["authors"] == ["Marsh, Io", "Otter, Bo", "Hare, Al"]


def test_blanks_around_what_an_interface_says_are_no_part_of_it(opened):
    """Semantic Scholar has line breaks around its pages."""
    _, (record,), _, _ = opened(json.dumps([S2 | {"journal": {"name": "Journal of Foxes", "pages": "\n   17-29\n  "}}]))

    assert record["pages"] == "17-29"


def test_of_zotero_the_item_is_read_and_nothing_around_it(opened):
    """Editors are the authors of a book that has no others, and where Zotero keeps an item is no address of the work.

    Notes and attachments that belong to no item are no records: they are left out, but not in silence.
    """
    book = {"itemType": "book", "title": "Foxes", "creators": [{"creatorType": "editor", "name": "Io Marsh"}]}
    beside = [{"itemType": "note", "note": "<p>!</p>"}, *[{"itemType": "attachment", "title": "PubMed entry"}] * 2]
    _, records, rejects, notes = opened(json.dumps([ZOTERO, *beside, book]))

    assert [record["authors"] for record in records] == [["Marsh, Io", "Otter, Bo"], ["Io Marsh"]]
    assert "urls" not in records[0]
    assert records[0]["original"]["Zotero JSON"]["creators"] == ZOTERO["creators"]
    assert rejects == []
    assert [note.partition(": ")[2] for note in notes] == ["1 note and 2 attachments left out"]


def test_columns_of_other_names_beside_those_of_an_interface_are_read_too(opened):
    """Somebody's table may have a key of an interface, a column of objects, and for the rest names of its own."""
    table = pd.DataFrame(
        {"Title": [TITLE], "Authors": ["Io Marsh; Bo Otter"], "Journal": ["Journal of Foxes"], "Year": [2019],
         "bibcode": ["2019JFox....3...17M"], "topics": ['[{"name": "foxes"}]']},
    )  # fmt: skip
    _, (record,), _, notes = opened(table.to_csv(index=False), "a.csv")
    _, (other,), _, _ = opened(table.drop(columns="topics").to_csv(index=False), "b.csv")
    wide = pd.concat([table.add_suffix("_1"), table.add_suffix("_2")], axis=1)

    assert notes == []
    assert record["topics"] == [{"name": "foxes"}]
    for name in ("title", "authors", "journal", "publication_date"):
        assert record[name] == other[name]
    assert as_pairs(wide)[0][0]["title"] == TITLE


@pytest.mark.parametrize("names", [["source.title", "source"], ["source", "source.title"]])
def test_a_key_that_is_the_beginning_of_another_loses_neither(opened, names):
    """Somebody has added a column to a frame of json_normalize; in which order they stand changes nothing."""
    cells = {"source": "my search", "source.title": "Journal of Foxes"}
    row = {"lens_id": "1", "title": TITLE, "authors": LENS["authors"]} | {name: cells[name] for name in names}
    _, (record,), _, _ = opened(pd.DataFrame([row]).to_csv(index=False), "a.csv")
    _, (told,), _, _ = opened(json.dumps(row), "a.jsonl")

    assert (record["authors"], record["journal"]) == (["Marsh, Io", "Otter, Bo"], "Journal of Foxes")
    assert set(cells.values()) <= set(texts_in(told))


def test_a_key_of_many_dots_is_no_object(opened):
    """Thousands of objects in each other can be neither written nor compared."""
    row = OPENALEX | {"a" + ".a" * 5000: "1"}
    _, (record,), rejects, _ = opened(json.dumps(row), "a.jsonl")

    assert (record["title"], rejects) == (TITLE, [])


def test_a_title_that_begins_as_an_object_does_is_text(opened):
    """Chemists set clusters in such brackets; a key of an interface in the table makes no object of it."""
    table = pd.DataFrame({"title": ["[{Fe}] clusters"], "Journal": ["Journal of Foxes"], "paperId": ["x1"]})
    _, (record,), _, _ = opened(table.to_csv(index=False), "a.csv")

    assert record == {"title": "[{Fe}] clusters", "journal": "Journal of Foxes", "paperId": "x1"}


@pytest.mark.parametrize(
    "written", [json.dumps([ZOTERO_WEB]), json.dumps(ZOTERO_WEB, indent=1), json.dumps(ZOTERO_WEB)]
)
def test_zotero_has_an_item_of_its_web_interface_under_data(opened, written):
    """It is the item of a library's export, and which library has it, and where, stays with it; notes are left out."""
    form, (record,), _, notes = opened(written)
    _, (exported,), _, _ = opened(json.dumps([ZOTERO]))

    assert (form, notes) == ("Zotero JSON", [])
    assert {name: record.get(name) for name in FOX} == {name: exported.get(name) for name in FOX}
    assert (record["library"], record["meta"]) == (ZOTERO_WEB["library"], ZOTERO_WEB["meta"])
    assert record["original"]["Zotero JSON"]["links"] == ZOTERO_WEB["links"]
    assert opened(json.dumps([record]), "again.json")[1] == [record]

    note = {"key": "N", "data": {"itemType": "note", "note": "<p>!</p>"}}
    _, records, _, notes = opened(json.dumps([note, ZOTERO_WEB]))
    assert (records, [note.partition(": ")[2] for note in notes]) == ([record], ["1 note left out"])


@pytest.mark.parametrize(
    "page",
    [
        {"offset": 0, "data": [CITATION, CITATION]},
        {"offset": 0, "next": 2, "data": [{"citedPaper": S2}, {"citedPaper": S2}]},
        {"recommendedPapers": [S2, S2]},
    ],
)
def test_citing_cited_and_recommended_papers_of_semantic_scholar_are_its_papers(opened, page):
    """How a paper is cited stays with it."""
    _, (paper,), _, _ = opened(json.dumps([S2]))
    form, records, _, _ = opened(json.dumps(page))

    assert form == "Semantic Scholar"
    assert [{name: value for name, value in one.items() if name in paper} for one in records] == [paper, paper]
    assert [one.get("contexts") for one in records] == [one.get("contexts") for one in page.get("data", [{}, {}])]


def test_of_scopus_the_first_author_stands_where_the_others_are_not_told(opened):
    """Who has no right to the complete view gets the first author alone; pybliometrics has names of its own."""
    short = {name: value for name, value in SCOPUS.items() if name != "author"}
    of_python = {
        "eid": "2-s2.0-1", "doi": "10.5555/fox.19", "pubmed_id": "31234567", "subtypeDescription": "Article",
        "title": TITLE, "creator": "Marsh I.", "author_names": "Marsh, Io;Otter, Bo", "coverDate": "2019-03-05",
        "publicationName": "Journal of Foxes", "volume": "3", "issueIdentifier": "2", "pageRange": "17-29",
        "description": ABSTRACT,
    }  # fmt: skip
    form, (one, other), _, _ = opened(json.dumps([short, of_python]))

    assert form == "Scopus"
    assert one["authors"] == ["Marsh I."]
    assert {name: other.get(name) for name in FOX} == FOX


def test_the_summaries_of_pubmed_are_in_the_order_of_their_numbers(opened):
    """Each stands under its number; one of PubMed Central has another number, and a page may have none."""
    numbers = [{"idtype": "pmid", "value": "31234567"}, {"idtype": "pmcid", "value": "PMC7654321"}]
    central = PUBMED_SUMMARY | {"uid": "7654321", "articleids": numbers}
    page = {"uids": ["7654321", "31234567"], "31234567": PUBMED_SUMMARY, "7654321": central}
    _, records, rejects, _ = opened(json.dumps({"header": {}, "result": page}, indent=1))

    assert [record["id"] for record in records] == ["7654321", "31234567"]
    assert records[0]["urls"] == records[1]["urls"]
    assert rejects == []
    assert opened(json.dumps([{"header": {}, "result": {"uids": []}}]))[1:3] == ([], [])


TRIAL = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT01234567", "briefTitle": TITLE, "officialTitle": f"{TITLE} of 2018"},
        "statusModule": {
            "studyFirstSubmitDate": "2018-12-30",
            "studyFirstPostDateStruct": {"date": "2019-03-05", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Fox Club", "class": "OTHER"}},
        "descriptionModule": {"briefSummary": "We count foxes."},
    },
    "hasResults": False,
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([TRIAL]),
        json.dumps(TRIAL),
        json.dumps({"nextPageToken": "x", "studies": [TRIAL], "totalCount": 1}),
    ],
    ids=["download", "one", "page"],
)
def test_a_trial_in_json_is_that_of_the_table(opened, text):
    """ClinicalTrials.gov's JSON, by itself or as its interface gives it, and its CSV say the same of a trial."""
    form, (record,), rejects, notes = opened(text, "a.json")
    columns = "NCT Number,Study Title,Study URL,Brief Summary,Sponsor,First Posted"
    row = f'NCT01234567,"{TITLE}",https://clinicaltrials.gov/study/NCT01234567,We count foxes.,Fox Club,2019-03-05'
    _, (trial,), _, _ = opened(f"{columns}\n{row}\n", "a.csv")

    assert (form, rejects, notes) == ("ClinicalTrials.gov", [], [])
    assert convention_of(form) == "record"
    fields = ("id", "title", "publication_date", "urls", "abstract")
    assert [record[field] for field in fields] == [trial[field] for field in fields]
    assert record["original"] == {"ClinicalTrials.gov": {"protocolSection": TRIAL["protocolSection"]}}


def test_unknown_records_in_an_answer_are_counted_and_no_rejects(opened):
    """Semantic Scholar's answer for a batch of ids has null for each that it does not know."""
    _, records, rejects, notes = opened(json.dumps([None, S2, None]))

    assert (titles(records), rejects) == ([TITLE], [])
    assert [note.partition(": ")[2] for note in notes] == ["2 nulls left out"]


@pytest.mark.parametrize(
    "page",
    [
        {"meta": {"count": 1}, "group_by": [], "results": [OPENALEX]},
        {"status": "ok", "message-type": "w", "message": {"facets": {}, "total-results": 1, "items": [OPENALEX]}},
        {"feed": {"title": "ArXiv Query", "opensearch:totalResults": "1", "entry": [ARXIV_FEED]}},
    ],
    ids=["OpenAlex", "Crossref", "arXiv"],
)
def test_what_an_interface_says_of_its_answer_is_no_loss(opened, page):
    """How many records there are and what was asked is nothing to tell of; what a person has put there is."""
    _, _, rejects, notes = opened(json.dumps(page))
    *_, others = opened(json.dumps(page | {"shelf": "upper"}))

    assert (rejects, notes) == ([], [])
    assert [note.partition(": ")[2] for note in others] == ["beside its rows the file holds shelf: left out"]


def test_what_a_feed_says_of_itself_is_no_loss(opened):
    """Before its records arXiv's Atom has the query, also where two feeds are joined."""
    head = '<link href="http://arxiv.org/"/><title>ArXiv Query: search_query=all:fox</title><id>http://arxiv.org/a</id>'
    feed = ATOM.replace("<entry>", f"{head}<entry>", 1)
    _, records, rejects, notes = opened(feed + feed)

    assert (titles(records), rejects, notes) == ([TITLE, TITLE], [], [])


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize(
    "page",
    [
        {"meta": {"count": 0}, "results": []},
        {"result": {"query": "x", "status": {"@code": "200"}, "hits": {"@total": "0", "@sent": "0", "@first": "0"}}},
        {"apiMessage": "x", "query": "x", "result": [{"total": "0"}], "records": [], "facets": []},
        {"total": 0, "offset": 0, "next": 0},
        {"version": "6.9", "hitCount": 0, "request": {"queryString": "x"}},
        {"total_records": 0},
        {"articles": []},
    ],
    ids=["OpenAlex", "DBLP", "Springer Nature", "Semantic Scholar", "Europe PMC", "IEEE Xplore", "IEEE's list"],
)
def test_an_answer_without_hits_has_no_records(opened, page, indent):
    """In whatever way it says so: some interfaces leave out the list, others have nothing in it."""
    assert opened(json.dumps(page, indent=indent), "page.json")[1:] == ([], [], [])


def test_an_answer_that_counts_none_among_pages_costs_no_other(opened):
    pages = [{"total": 2, "offset": 0, "data": [S2, S2]}, {"total": 0, "offset": 0, "next": 0}]

    assert titles(opened(json.dumps(pages))[1]) == [TITLE, TITLE]


def test_what_an_interface_says_went_wrong_is_no_record(opened):
    """Scopus has it where the records would be, PubMed where one would be; it is left out, but not in silence."""
    nothing = {"search-results": {"entry": [{"@_fa": "true", "error": "Result set was empty"}]}}
    wrong = {"uid": "1", "error": "cannot get document summary"}
    page = {"result": {"uids": ["1", "31234567"], "1": wrong, "31234567": PUBMED_SUMMARY}}
    _, records, rejects, notes = opened(json.dumps(page))

    assert (titles(records), rejects) == ([TITLE], [])
    assert [note.partition(": ")[2] for note in notes] == ["1 error message left out"]
    assert opened(json.dumps(nothing))[1:] == ([], [], [])


ARXIV_ERROR = {
    "id": "http://arxiv.org/api/errors#incorrect_id_format_for_fox",
    "title": "Error",
    "summary": "incorrect id format for fox",
    "updated": "2019-03-05T00:00:00Z",
    "author": {"name": "arXiv api core"},
}
ARXIV_ERROR_ENTRY = (
    f"<entry><id>{ARXIV_ERROR['id']}</id><title>Error</title><summary>incorrect id format\n for fox</summary>"
    "<author><name>arXiv api core</name></author></entry>"
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"error": "Unauthorized"}', "Unauthorized"),
        ('{\n"error": "Invalid query", "message": "per_page is too large"}', "Invalid query: per_page is too large"),
        ('{"HTTP_status_code": 404, "error": true, "message": "10.5555 is no DOI"}', "10.5555 is no DOI"),
        ('{"result": {"uids": ["1"], "1": {"uid": "1", "error": "cannot get it"}}}', "cannot get it"),
        ('{"errors": [{"status": "404", "title": "There is no such DOI"}]}', "There is no such DOI"),
        ('{"message": "Too Many Requests", "code": "429"}', "Too Many Requests"),
        ('{"service-error": {"status": {"statusCode": "ERROR", "statusText": "Invalid key"}}}', "Invalid key"),
        ('{"status": "failed", "message": [{"type": "x", "value": "fox", "message": "no sort"}]}', "no sort"),
        ('{"esummaryresult": ["Invalid uid fox"]}', "Invalid uid fox"),
        ('{"detail": "Not found."}', "Not found."),
        (json.dumps({"feed": {"opensearch:totalResults": "1", "entry": ARXIV_ERROR}}), "incorrect id format for fox"),
        (f'<feed xmlns="http://www.w3.org/2005/Atom">{ARXIV_ERROR_ENTRY}</feed>', "incorrect id format for fox"),
    ],
    ids=[
        *("NASA ADS", "OpenAlex", "Unpaywall", "PubMed", "DataCite", "Semantic Scholar", "Scopus", "Crossref"),
        *("PubMed summaries", "CORE", "arXiv feed", "arXiv"),
    ],
)
def test_a_file_of_nothing_but_an_error_message_is_refused_with_its_words(opened, content, said):
    """Who took it for a search without hits would report none."""
    with pytest.raises(InputError, match=re.escape(f'what an interface says went wrong: "{said}": ask it again')):
        opened(content)


def test_an_error_of_arxiv_among_its_entries_is_no_record(opened):
    """It has a title and an author, as records do, and is counted as what it is."""
    record = json.dumps([ARXIV_ERROR, ARXIV_FEED])
    for content in (ATOM.replace("<entry>", f"{ARXIV_ERROR_ENTRY}<entry>", 1), record):
        _, records, rejects, notes = opened(content)

        assert (titles(records), rejects) == ([TITLE], [])
        assert [note.partition(": ")[2] for note in notes] == ["1 error message left out"]


def test_the_starter_interface_of_web_of_science_gives_records_of_other_databases(opened):
    """Its `uid` says which: a search of all databases has all of them."""
    uids = ["MEDLINE:31234567", "KJD:ART001", "WOS:1"]
    form, records, _, _ = opened(json.dumps([WOS_STARTER | {"uid": uid} for uid in uids]))

    assert form == "Web of Science Starter"
    assert [(record["id"], len(record["authors"])) for record in records] == [(uid, 2) for uid in uids]


def test_an_article_in_press_at_sciencedirect_has_a_volume_alone_or_none(opened):
    """What is not said of an issue is not made up, and the form is told without it."""
    bare = {key: value for key, value in SCIENCEDIRECT.items() if key != "volumeIssue"}
    form, records, _, _ = opened(json.dumps([bare, bare | {"volumeIssue": "Volume 40, Part B"}]))

    assert form == "ScienceDirect"
    assert [(record.get("volume"), record.get("number"), record["pages"]) for record in records] == [
        (None, None, "17-29"),
        ("40", None, "17-29"),
    ]


def test_the_short_records_of_europe_pmc_name_all_authors_in_one_text(opened):
    """A committee with an "and" in its name is one author where the interface names each by itself."""
    short = {name: value for name, value in EUROPE_PMC.items() if name not in {"authorList", "journalInfo"}}
    people = {"authorString": "Fox Group, Marsh I, Otter BJ, Hare JR.", "journalTitle": "J Fox", "journalVolume": "3"}
    _, (record,), _, _ = opened(json.dumps({"resultList": {"result": [short | people]}}))
    _, (group,), _, _ = opened(json.dumps([CROSSREF | {"author": [{"name": "Committee on Foxes and Owls"}]}]))

    assert record["authors"] == ["Fox Group", "Marsh I", "Otter BJ", "Hare JR"]
    assert (record["journal"], record["volume"]) == ("J Fox", "3")
    assert group["authors"] == ["Committee on Foxes and Owls"]


@pytest.mark.parametrize("source", TABLES)
def test_the_tables_of_databases_say_the_same_record(opened, source):
    """A date is as exact as the table says it: a year stays a year."""
    _, (record,), rejects, _ = opened(TABLES[source], "export.csv")

    assert rejects == []
    assert FOX["publication_date"].startswith(record["publication_date"])
    assert len(record["authors"]) == 2
    of_source = {"PubMed": {"abstract", "volume", "number", "pages"}, "pybliometrics": {"abstract"}}
    unsaid = {"publication_date", "authors"} | of_source.get(source, set())
    assert {name: record.get(name) for name in FOX if name not in unsaid} == {
        name: value for name, value in FOX.items() if name not in unsaid
    }


def test_the_tags_of_web_of_science_are_columns_of_its_table(opened):
    """Its tab-delimited export has PT, AU, TI in the header, and a byte-order mark before them."""
    form, (record,), _, _ = opened(b"\xef\xbb\xbf" + WOS_TABLE.encode(), "savedrecs.txt")

    assert form == "Web of Science"
    assert {name: record[name] for name in FOX} == FOX


def test_parquet_is_a_table_too(opened):
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{"Article Title": TITLE, "Year": 2019, "Authors": ["Marsh, Io"]}]), sink)

    form, (record,), _, _ = opened(sink.getvalue())
    assert (form, record["title"], record["publication_date"]) == ("Parquet", TITLE, "2019")
    assert record["authors"] == ["Marsh, Io"]


def test_the_metadata_of_arxiv_are_dated_by_their_first_version(opened):
    """Its "versions" are no versions in our sense: they are kept, but not under that name."""
    form, (record,), _, _ = opened(json.dumps(KAGGLE) + "\n", "arxiv-metadata.json")

    assert form == "arXiv"
    assert (record["publication_date"], record["authors"]) == ("2019-03-05", FOX["authors"])
    assert "versions" not in record
    assert record["original"]["arXiv"]["versions"] == KAGGLE["versions"]
    assert record["urls"] == ["https://arxiv.org/abs/1903.00001"]


def test_an_affiliation_behind_a_parsed_name_is_no_part_of_it(opened):
    """Of arXiv's parsed names three entries are the name: surname, given names and suffix."""
    parsed = [["da Silva", "João", "", "USP"], ["Marsh", "Io", "Jr."], ["Otter", "Bo", "", "Fox House", "Owl House"]]
    _, (record,), _, _ = opened(json.dumps(KAGGLE | {"authors_parsed": parsed}))

    assert record["authors"] == ["da Silva, João", "Marsh, Io, Jr.", "Otter, Bo"]
    assert record["original"]["arXiv"]["authors_parsed"] == parsed


@pytest.mark.parametrize("keys", ["title", "title author issued", "container-title", "title issued page type volume"])
def test_whatever_is_selected_of_crossref_is_named_by_its_doi(opened, keys):
    """An answer to `select` has none of the keys that only Crossref has, in its envelope or in lines of its own."""
    selected = {"DOI": FOX["doi"]} | {key: CROSSREF[key] for key in keys.split()}
    answer = {"status": "ok", "message-type": "work-list", "message": {"total-results": 1, "items": [selected] * 2}}
    whole = {name: value for name, value in CROSSREF.items() if name != "id"}

    for content in (json.dumps(answer), "\n".join(map(json.dumps, [selected, whole, selected]))):
        form, records, _, _ = opened(content)
        assert form == "Crossref"
        assert {(record["id"], record["doi"], record["source"]) for record in records} == {
            (FOX["doi"], FOX["doi"], "Crossref")
        }


def test_a_citation_without_an_id_is_named_by_its_doi(opened):
    """As resolvers of DOIs give it; in a library every item has an id."""
    bare = {name: value for name, value in CSL.items() if name != "id"}
    _, records, _, _ = opened(json.dumps([bare, CSL]))

    assert [record["id"] for record in records] == [FOX["doi"], "m1"]


def test_a_record_of_ours_with_its_title_in_a_list_is_not_crossref(opened):
    """It has names for fields that Crossref has not, and these would not be read."""
    _, (record,), _, _ = opened(
        json.dumps([{"DOI": FOX["doi"], "title": [TITLE], "authors": "Io Marsh", "year": 2019}])
    )

    assert (record["authors"], record["publication_date"]) == (["Io Marsh"], "2019")


def test_a_hit_of_dblp_is_read_without_its_wrapper(opened):
    """Scripts keep what stands under "info" alone; a single author is in no list."""
    links = {"ee": ["https://doi.org/10.5555/fox.19", "https://fox.example/19"], "url": "https://dblp.org/rec/j/f/M19"}
    one = {"authors": {"author": {"@pid": "1/2", "text": "Marsh, Io"}}}
    hits = [DBLP | {"info": DBLP["info"] | links}, DBLP | {"info": DBLP["info"] | links | one}]

    whole = opened(json.dumps(hits))[1]
    form, bare, _, _ = opened("\n".join(json.dumps(hit["info"]) for hit in hits))

    assert form == "DBLP"
    assert bare == [{name: value for name, value in record.items() if name[0] != "@"} for record in whole]
    assert [record["authors"] for record in bare] == [FOX["authors"], ["Marsh, Io"]]
    assert bare[0]["urls"] == [*links["ee"], links["url"]]


@pytest.mark.parametrize(
    "tell", [{"key": "j/f/M19", "url": "https://dblp.org/rec/j/f/M19"}, {"preprint_title": "Foxes"}]
)
def test_names_that_an_interface_has_not_make_a_record_another_s(opened, tell):
    """A bibliography may have DBLP's keys and addresses, and a list of articles the titles of their preprints."""
    own = {"title": TITLE, "author": ["Io Marsh"], "year": 2019, "journal": "Foxes", "summary": "We count foxes."}
    _, (record,), _, _ = opened(json.dumps([own | tell]))

    assert (record["authors"], record["publication_date"]) == (["Io Marsh"], "2019")
    assert "source" not in record


@pytest.mark.parametrize("column", ["container-title", "coreId", "authorships", "citation-key", "doiId_s"])
def test_a_row_without_a_title_is_read_as_those_around_it(column, opened):
    """A table may have a column that is called as an interface's key is, and a row of it may lack its title."""
    rows = f"title,author,year,journal,{column}\nFoxes,Io Marsh,2019,Fox Journal,x\n,Bo Otter,2020,Fox Journal,x\n"
    form, (whole, untitled), _, _ = opened(rows, "table.csv")

    assert whole.keys() - untitled.keys() == {"title"}
    assert (untitled["authors"], untitled["publication_date"]) == (["Bo Otter"], "2020")
    assert (form, untitled["journal"]) == ("CSV", whole["journal"])


def test_a_table_below_the_name_of_its_database_is_no_text_of_ovid(opened):
    """Hard because a line within a cell may begin as a record of Ovid's text does."""
    table = 'Database: Fox Index\nid,title,authors,abstract\nf1,Foxes,"Marsh, Io","Mean:\n<5 foxes."\n'
    _, (record,), _, _ = opened(table, "table.csv")

    assert record["abstract"] == "Mean:\n<5 foxes."


def test_preprints_that_were_published_are_read(opened):
    """The list of them has other words than the list of all; the DOI of a record is the preprint's."""
    words = {"doi": "biorxiv_doi", "published": "published_doi", "server": "preprint_platform"}
    named = {words.get(name, f"preprint_{name}"): value for name, value in PREPRINT.items() if name != "version"}
    form, (record,), _, _ = opened(json.dumps({"messages": [{"status": "ok"}], "collection": [named]}))
    _, (told,), _, _ = opened(json.dumps([PREPRINT]))

    assert form == "bioRxiv and medRxiv"
    assert {name: record.get(name) for name in RECORD_FIELDS} == {name: told.get(name) for name in RECORD_FIELDS}
    assert record["published_doi"] == PREPRINT["published"]


@pytest.mark.parametrize("stored", ["parquet", "lines", "translated"])
def test_an_id_of_0_is_an_id(opened, stored):
    """A frame's records are numbered from 0, and stay so where a record is rewritten, for its year or its authors."""
    rows = [{"id": number, "title": f"{TITLE} {number}", "authors": "Io Marsh", "volume": 0} for number in range(2)]
    if stored == "parquet":
        content = io.BytesIO()
        pd.DataFrame(rows).to_parquet(content)
        content = content.getvalue()
    else:
        content = "\n".join(json.dumps(row | ({"year": 2019} if stored == "translated" else {})) for row in rows)
    _, records, _, _ = opened(content)

    assert [(record["id"], record["volume"]) for record in records] == [(0, 0), (1, 0)]


def test_our_own_records_are_taken_over_to_the_letter(opened):
    lines = ['{"id": 5,  "title": "A", "shelf": {"a": [1]}, "versions": [{"id": 4}]}', '{"title": null}']
    _, records, _, _ = opened("\n".join(lines), "own.jsonl")

    assert records == [json.loads(line) for line in lines]


def test_numbers_of_catalogues_become_addresses(opened):
    assert opened(NBIB)[1][0]["urls"] == [PUBMED, PMC]
    assert PMC in opened(json.dumps(S2))[1][0]["urls"]
    assert "https://pubmed.ncbi.nlm.nih.gov/31234567" in opened(json.dumps(OPENALEX))[1][0]["urls"]


def test_a_packed_file_and_standard_input_are_read_alike(opened, monkeypatch):
    expected = opened(RIS)[1]

    assert opened(gzip.compress(RIS.encode()), "a.ris.gz")[1] == expected
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(RIS.encode()))))
    assert [decode(row.raw) for row in open_records("-").rows] == expected


def test_id_pairs_are_answered_beside_an_export(opened, tmp_path, capsys):
    (tmp_path / "library.ris").write_text(RIS.replace("TY  - JOUR\n", "TY  - JOUR\nID  - f1\n") + RIS)
    (tmp_path / "ids.csv").write_text("id_1,id_2\nf1,library.ris:2\n")
    out = tmp_path / "out.jsonl"

    code = predict(
        [str(tmp_path / "ids.csv"), "--records", str(tmp_path / "library.ris"), "-o", str(out), "--jobs", "1"]
    )
    assert code == 0, capsys.readouterr().err
    assert json.loads(out.read_text())["predicted_decision"] == "DUPLICATES"


@pytest.mark.parametrize(
    "pair",
    [
        "title_1,title_2\na,b\n",
        "id,title_1,title_2\n1,a,b\n",
        '{"title_1": "a", "title_2": "b"}\n',
        '{"id": 1, "left": {"title": "a"}, "right": {"title": "b"}}\n',
    ],
)
def test_a_table_of_pairs_is_told_to_be_one(tmp_path, pair):
    """Also where the pairs have ids of their own, which would be those of records."""
    (tmp_path / "pairs").write_text(pair)

    with pytest.raises(InputError, match="these are pairs, where records are expected: papertwin predict scores them"):
        read_records([tmp_path / "pairs"])


def test_a_file_of_pairs_is_no_file_of_records(opened):
    with pytest.raises(InputError, match="this is a pair"):
        opened(json.dumps({"cases": [{"doc_1": FOX, "doc_2": FOX}]}))


def test_without_bibtexparser_the_way_to_it_is_told(tmp_path, monkeypatch):
    path = tmp_path / "a.bib"
    path.write_text(BIBTEX)
    monkeypatch.setitem(sys.modules, "bibtexparser", None)

    with pytest.raises(InputError, match=r'pip install "\.\[formats\]"'):
        open_records(path)


# The tables of names


def test_no_format_is_forgotten():
    """One that is not in FORMATS would be read, but be in no list of them, and count by the default convention."""
    tables = [value for module in (formats, interface_names) for value in vars(module).values()]

    assert [value for value in tables if isinstance(value, Names) and value not in formats.FORMATS] == []


def test_every_name_of_a_format_leads_to_a_field():
    for value in formats.FORMATS:
        assert set(value.fields.values()) <= set(RECORD_FIELDS)
        assert set(value.names) <= set(RECORD_FIELDS) | set(PARTS)


def test_a_subtitle_is_part_of_the_title(opened):
    """Crossref and some tables have it apart, where it may be all that parts two works; once is enough."""
    both = "Guidelines for foxes: Part I. Cubs"
    for title in ("Guidelines for foxes", both):
        given = {"DOI": "10.5555/fox.1", "indexed": {}, "title": [title], "subtitle": ["Part I. Cubs"]}
        for text in (json.dumps(given), f"Title,Subtitle,Year\n{title},Part I. Cubs,2019\n"):
            _, (record,), _, _ = opened(text)
            assert record["title"] == both


def test_every_column_name_means_one_field_or_part():
    for part, names in PART_NAMES.items():
        assert part in PARTS
        assert part in ADDRESSES or part_of(part) == (part, 0) or field_of(part)
        for name in names:
            assert part_of(name)[0] == part
            assert (
                field_of(name) is None or field_of(name)[0] == PARTS[part]
            )  # a year is a date where there is no other
    years = {"year", *PART_NAMES["year"]}
    assert all(part_of(name) is None for names in OTHER_NAMES.values() for name in names if name not in years)


# Dirt, a case each: what it is, why it is hard, and what is read of it


def test_er_begins_a_line_of_an_abstract(opened):
    """A receptor is called ER; a line that begins with it is taken for the end of the record by simple readers."""
    text = RIS.replace("AB  - We", "AB  - Of all tumours\nER  - positive ones grow.\nER-positive, that is.\nWe")
    _, (record,), rejects, _ = opened(text)

    assert rejects == []
    assert record["abstract"].splitlines()[1:3] == ["ER  - positive ones grow.", "ER-positive, that is."]
    assert record["title"] == TITLE


def test_a_line_of_an_abstract_is_an_end_mark_to_the_letter(opened):
    """A wrapped line was "ER  -" and nothing else. Only what follows tells that the record went on."""
    text = RIS.replace("AB  - We", "KW  - tumours\nAB  - Tumours were\nER  -\npositive.\nWe").replace(
        "ER  - \n", "UR  - https://fox.example\nER  - \n"
    )
    _, (record, other), rejects, _ = opened(text + RIS)

    assert rejects == []
    assert record["abstract"].splitlines()[:3] == ["Tumours were", "ER  -", "positive."]
    assert record["urls"] == ["https://fox.example"]
    assert other["title"] == TITLE


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("form", ["RIS", "NBIB", "Web of Science", "EndNote tagged", "BibTeX", "EndNote XML"])
def test_lines_end_as_on_any_system(opened, form, end):
    """A carriage return left on a line becomes part of a value, or hides the end of a record."""
    content = FORMS[form][0]
    _, (record,), rejects, _ = opened(content.replace("\n", end))

    assert (record["title"], record["abstract"], rejects) == (TITLE, ABSTRACT, [])


@pytest.mark.parametrize("form", FORMS)
def test_a_byte_order_mark_hides_no_first_record(opened, form):
    """It stands before the first tag, which then begins with another character; libraries read nothing at all then."""
    found, (record,), rejects, _ = opened(b"\xef\xbb\xbf" + FORMS[form][0].encode())

    assert (found, record["title"], rejects) == (form, TITLE, [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_its_mark(opened, encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    _, (record,), _, _ = opened(mark + RIS.replace("Marsh", "Márquez").encode(encoding))

    assert record["authors"][0] == "Márquez, Io"


def test_files_joined_to_one_keep_all_their_records(opened):
    """A mark stands in the middle then, and the last line of a file may lack its end."""
    _, records, rejects, _ = opened(b"\xef\xbb\xbf" + RIS.rstrip().encode() + b"\n\xef\xbb\xbf" + RIS.encode())

    assert (titles(records), rejects) == ([TITLE, TITLE], [])


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (RIS.rstrip(), RIS),
        (RIS.rstrip() + " ", RIS),
        (RIS.rstrip().replace("  - ", " - "), RIS.replace("  - ", " - ")),
        (WOS.rstrip(), WOS),
        (WOS.removesuffix("\nEF\n").rstrip(), WOS[WOS.index("PT J") :]),
    ],
)
def test_files_joined_without_a_line_break_keep_all_their_records(opened, first, second, mark):
    """The end mark of one file and the first tag of the next, or what stands before it, are on one line then."""
    _, records, rejects, _ = opened(first + mark + second.replace("Foxes of", "Hares of"))

    assert (titles(records), rejects) == ([TITLE, TITLE.replace("Foxes", "Hares")], [])


TAGGED = ["RIS", "NBIB", "Web of Science", "EndNote tagged", "Cochrane text"]


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(TAGGED, 2)))
def test_files_of_two_formats_joined_to_one_are_read_each_as_its_own(opened, first, second):
    """Of the second all was taken for lines of the first one's last record, without a word."""
    parts = [FORMS[first][0], FORMS[second][0]]
    form, records, rejects, notes = opened("".join(parts))

    assert (form, records, rejects, notes) == (first, [opened(part)[1][0] for part in parts], [], [])


@pytest.mark.parametrize("form", ["BibTeX", "EndNote XML", "arXiv", "Embase table"])
def test_another_file_joined_to_one_of_pubmed_is_no_part_of_its_last_record(opened, form):
    """No end mark tells, but lines that go on stand in there."""
    _, records, rejects, _ = opened(NBIB + FORMS[form][0] + "\n" + NBIB)

    assert records == [opened(NBIB)[1][0]] * 2
    assert rejects[0].place == NBIB.count("\n") + 1
    assert rejects[0].reason == "the text stands outside of a record"


def test_a_paragraph_of_pubmed_that_does_not_stand_in_is_part_of_the_record_whose_tags_follow(opened):
    """Editors of text do that to abstracts; authors and journal stand behind it."""
    _, records, rejects, _ = opened(NBIB.replace("AU  -", "OAB - We saw foxes.\n\nThere were many.\nAU  -", 1) + NBIB)

    assert ([record.pop("OAB", None) for record in records], rejects) == (["We saw foxes. There were many.", None], [])
    assert records == [opened(NBIB)[1][0]] * 2


def test_a_line_of_an_abstract_with_both_tags_stays_one(opened):
    """Codes of cells and of plasmids are written so; a tag has a space behind its dash."""
    _, records, rejects, _ = opened(RIS.replace("ER  -", "AB  - The line\nER-TY-1 grew.\nER  -"))

    assert ([record["abstract"].splitlines()[-1] for record in records], rejects) == (["ER-TY-1 grew."], [])


def test_two_encodings_in_one_file(opened):
    """Two databases, one library: what is no UTF-8 is Windows-1252, a character at a time."""
    windows = RIS.replace("Marsh", "Márquez").encode("cp1252")
    _, records, _, notes = opened(windows + RIS.replace("Otter", "Őrsi").encode())

    assert [record["authors"] for record in records] == [["Márquez, Io", "Otter, Bo"], ["Marsh, Io", "Őrsi, Bo"]]
    assert len(notes) == 1


def test_missing_end_marks(opened):
    """The next record begins all the same; readers that wait for the mark mix two records into one."""
    text = RIS.replace("ER  - \n", "")
    _, records, rejects, _ = opened(text + text.replace("Foxes of", "Hares of"))

    assert (titles(records), rejects) == ([TITLE, TITLE.replace("Foxes", "Hares")], [])
    assert [record["authors"] for record in records] == [FOX["authors"]] * 2


def test_tags_with_one_space(opened):
    """Hand-made and converted files; such a tag inside of a well-formed record's abstract is text, though."""
    loose = RIS.replace("  - ", " - ")
    strict = RIS.replace("AB  - We", "AB  - Results:\nTI - the time index - grew.\nWe")
    _, records, rejects, _ = opened(loose + strict)

    assert (titles(records), rejects) == ([TITLE, TITLE], [])
    assert {name: records[0][name] for name in FOX} == FOX
    assert records[1]["abstract"].splitlines()[1] == "TI - the time index - grew."


def test_values_go_on_over_lines(opened):
    """A title is joined, an abstract keeps its paragraphs, and EndNote writes keywords a line each under one tag."""
    text = RIS.replace("lower valley", "lower\nvalley").replace("foxes. There", "foxes.\n\nThere")
    _, (record,), _, _ = opened(text.replace("ER  - ", "KW  - red\nfur\n\nER  - "))

    assert record["title"] == TITLE
    assert record["abstract"] == "We count foxes.\n\nThere are 40."
    assert record["KW"] == ["red", "fur"]


def test_text_around_the_records_is_told(opened):
    """Providers write a header, which is no record that was lost; text between records may be one."""
    _, records, rejects, notes = opened(f"Provider: Foxes Ltd\nDatabase: Valley\n\n{RIS}what is this\n\n{RIS}")

    assert titles(records) == [TITLE, TITLE]
    assert [(reject.place, reject.text.strip()) for reject in rejects] == [(19, "what is this")]
    assert len(notes) == 1
    assert "Foxes Ltd" in notes[0]


def test_a_record_without_its_first_tag_is_one_if_it_has_a_title(opened):
    _, records, rejects, _ = opened(RIS + RIS.removeprefix("TY  - JOUR\n") + RIS)

    assert (titles(records), rejects) == ([TITLE] * 3, [])


@pytest.mark.parametrize("comment", ["<!-- made by <ann@example.org> -->", "<!-- <html>\n<rec> -->\n<!---->"])
def test_a_comment_before_the_first_element_does_not_hide_it(opened, comment):
    form, records, rejects, _ = opened(ENDNOTE.replace("<xml>", f"{comment}<xml>"))

    assert (form, titles(records), rejects) == ("EndNote XML", [TITLE], [])


def test_a_record_of_no_kind_is_a_record(opened):
    """Programs write the tag of the kind without a value where they do not know it."""
    form, records, rejects, _ = opened(RIS.replace("JOUR", "") * 2)

    assert (form, titles(records), rejects) == ("RIS", [TITLE] * 2, [])


def test_an_end_mark_that_is_set_twice_is_no_record(opened):
    _, records, rejects, _ = opened(RIS + "ER  - \n\n" + RIS)

    assert (len(records), rejects) == (2, [])


def test_a_broken_entry_spoils_no_other(opened):
    """A brace that is never closed swallows the rest of the file in simple readers."""
    broken = "@article{b,\n  title = {never closed,\n  year = 2001\n\n"
    _, records, (reject,), _ = opened(BIBTEX + broken + BIBTEX.replace("marsh2019", "other"))

    assert [record["id"] for record in records] == ["marsh2019", "other"]
    assert (reject.place, reject.text.strip()) == (12, broken.strip())
    assert "BibTeX" in reject.reason


def test_bibtex_is_more_than_braces(opened):
    """Macros, joined strings, an accent, a corporate author whose name holds "and", a key and a field set twice."""
    text = r"""% made by hand
@string{jf = "Journal of"}
@comment{jabref-meta: x}
@article{a, author = {M{\"u}ller, J. and {Foxes and Hares Society}}, title = {50\% of {DNA} \& more},
  journal = jf # { Foxes}, year = {in press}, keywords = {red, fur}, keywords = {tail}}
@ARTICLE (a, title = "The ""same"" key",)
"""
    _, records, rejects, notes = opened(text)

    assert [record["id"] for record in records] == ["a", "a"]
    assert records[0]["authors"] == ["Müller, J.", "Foxes and Hares Society"]
    assert (records[0]["title"], records[0]["journal"]) == ("50% of DNA & more", "Journal of Foxes")
    assert records[0]["publication_date"] == "in press"
    assert records[0]["keywords"] == ["red, fur", "tail"]
    assert (rejects, len(notes)) == ([], 2)


def test_names_whose_parts_biblatex_names_are_names(opened):
    """Better BibTeX writes those with a particle or a suffix so."""
    text = r"""@article{a, title = {Foxes}, author = {Marsh, Io and family=Berg, given=Jan, given-i=J, prefix=van der,
  useprefix=true and given=Bo, family=Otter, suffix=Jr. and family={M{\"u}ller, AG} and {given=up}}}
"""
    _, (record,), rejects, _ = opened(text)

    assert record["authors"] == ["Marsh, Io", "van der Berg, Jan", "Otter, Jr., Bo", "Müller, AG", "given=up"]
    assert rejects == []


def test_a_citation_of_csl_that_names_no_author_is_one(opened):
    """A page of the web has neither author nor container; a date in words is kept as these words."""
    given = [
        {"id": "a", "type": "webpage", "title": "Foxes", "issued": {"literal": "n.d."}, "URL": "https://a.example"}
    ]
    _, (record,), _, _ = opened(json.dumps(given), "a.json")

    assert (record["publication_date"], record["urls"]) == ("n.d.", ["https://a.example"])
    assert record["original"] == {"CSL-JSON": {"issued": {"literal": "n.d."}}}


def test_a_comma_too_many_breaks_no_entry_and_another_mistake_counts_once(opened):
    """What is behind the mistake belongs to the entry; an entry that is whole keeps its text to the letter."""
    text = """@article{a, title = {Foxes,, note = all}, year = "2020",, volume = 3,,
}
@article{b, title = {Hares}, year 2020, volume = 4}
"""
    _, (record,), (reject,), _ = opened(text)

    assert {name: record[name] for name in ("title", "publication_date", "volume")} == {
        "title": "Foxes,, note = all", "publication_date": "2020", "volume": "3",
    }  # fmt: skip
    assert (reject.place, "volume = 4" in reject.text) == (3, True)


@pytest.mark.parametrize("comment", ["@Comment by hand, without braces", "@comment\nover two lines", "% by hand"])
def test_a_comment_between_entries_of_bibtex_is_told_and_left_out(opened, comment):
    """BibTeX reads nothing until the next entry begins."""
    _, records, rejects, notes = opened(f"{BIBTEX}\n{comment}\n{BIBTEX}")

    assert (titles(records), rejects) == ([FOX["title"]] * 2, [])
    assert [note.partition("left out: ")[2] for note in notes] == [" ".join(comment.split())]


def test_a_sign_that_bibtex_has_by_its_name_is_the_sign(opened):
    """Mendeley names the signs that LaTeX would set as others; a tilde in an address is one."""
    text = r"""@article{a, title = {{\textless}i{\textgreater}Vulpes{\textless}/i{\textgreater} in fog},
  abstract = {Few (p{\textless}0.05)}, url = {https://example.org/\~{}marsh}}
"""
    _, (record,), rejects, _ = opened(text)

    assert (record["title"], record["abstract"]) == ("<i>Vulpes</i> in fog", "Few (p<0.05)")
    assert (record["urls"], rejects) == (["https://example.org/~marsh"], [])


def test_pubmed_has_chapters_and_books_among_its_articles(opened):
    """A chapter has a title of its own, a book that of the book; editors have written neither."""
    book = """<PubmedBookArticle><BookDocument><PMID Version="1">{}</PMID><Book><BookTitle>Fox lore</BookTitle>
<PubDate><Year>2023</Year><Month>01</Month></PubDate><AuthorList Type="{}"><Author><LastName>Hare</LastName></Author>
</AuthorList></Book>{}</BookDocument></PubmedBookArticle>"""
    chapter = """<ArticleTitle>Dens</ArticleTitle><AuthorList Type="authors"><Author><LastName>Marsh</LastName>
<ForeName>Io</ForeName></Author></AuthorList><Abstract><AbstractText>They dig.</AbstractText></Abstract>"""
    parts = [book.format(1234567, "editors", chapter), book.format(2345678, "authors", ""), "</PubmedArticleSet>"]
    form, records, rejects, _ = opened(PUBMED_XML.replace("</PubmedArticleSet>", "".join(parts)))

    assert (form, titles(records), rejects) == ("PubMed XML", [FOX["title"], "Dens", "Fox lore"], [])
    assert [record["id"] for record in records[1:]] == ["1234567", "2345678"]
    assert [record["authors"] for record in records[1:]] == [["Marsh, Io"], ["Hare"]]
    assert [record["publication_date"] for record in records[1:]] == ["2023-01", "2023-01"]
    assert records[1]["abstract"] == "They dig."
    assert titles(opened(f"<PubmedArticleSet>{parts[1]}</PubmedArticleSet>")[1]) == ["Fox lore"]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("<record><titles><title>a</titel></titles></record>", "a tag that another closes"),
        ("<record><titles><title>a</title></titles>", "an end that is missing"),
        ("<record><titles><title>a &bomb;</title></titles><a></record>", "an entity that nobody declared, and more"),
    ],
)
def test_a_broken_element_spoils_no_other(opened, broken, why):
    text = ENDNOTE.replace("<records>", f"<records>{broken}\n").replace("</records>", f"{broken}</records>")
    _, records, rejects, _ = opened(text)

    assert titles(records) == [TITLE], why
    assert len(rejects) == 2
    assert all("not valid XML" in reject.reason for reject in rejects)


def test_what_endnote_lets_through_is_mended(opened):
    """Control characters, HTML's entities and bare ampersands are not XML, and EndNote writes them all the same."""
    _, (record,), rejects, _ = opened(ENDNOTE.replace("lower", "lo\x0bw&#x1F;er").replace("40.", "40 &eacute; & more."))

    assert (record["title"], rejects) == (TITLE, [])
    assert record["abstract"].endswith("40 é & more.")


def test_no_entity_is_expanded_and_nothing_is_loaded(opened, tmp_path):
    """A record cannot read a file of the reader's, nor grow to gigabytes."""
    (tmp_path / "secret").write_text("secret text")
    head = f'<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY s SYSTEM "{tmp_path}/secret">]>'
    for entity in ("&a;", "&s;"):
        text = ENDNOTE.replace("<xml>", head + "<xml>").replace("lower", f"lower{entity}")
        _, records, rejects, _ = opened(text)
        said = json.dumps(records) + "".join(reject.text for reject in rejects)
        assert "secret text" not in said
        assert "aaaa" not in json.dumps(records)
        assert entity in said


def test_damaged_lines_of_json_are_set_aside(opened):
    _, records, rejects, _ = opened(f'{json.dumps(S2)}\n{{"paperId": \n[1]\n{json.dumps(S2)}\n', "a.jsonl")

    assert titles(records) == [TITLE, TITLE]
    assert [reject.place for reject in rejects] == [2, 3]


def test_a_row_with_too_few_cells_is_set_aside(opened):
    _, records, rejects, _ = opened(TABLES["Scopus"] + '"only","two"\n' + TABLES["Scopus"].splitlines()[1], "a.csv")

    assert (titles(records), [reject.place for reject in rejects]) == ([TITLE, TITLE], [3])


# Dates, pages, persons: as far as they are said


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PY  - 2019", "2019"),
        ("PY  - 2019///", "2019"),
        ("Y1  - 2019/03/05/", "2019-03-05"),
        ("Y1  - 2019/3//Spring", "2019-03"),
        ("PY  - 2019\nDA  - MAR 5", "2019-03-05"),
        ("PY  - 2019\nDA  - 2018/12/24", "2019"),  # online the year before: the year of the issue counts
        ("DA  - 03/05/2019", "03/05/2019"),  # March or May
        ("PY  - 2019\nDA  - 03/05/2019", "2019"),
        ("DA  - 25/05/2019", "2019-05-25"),
        ("PY  - in press", "in press"),
    ],
)
def test_dates_are_iso_as_far_as_they_are_said(opened, lines, date):
    _, (record,), _, _ = opened(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n")

    assert record["publication_date"] == date


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        ("SP  - 17\nEP  - 29", "17-29"),
        ("SP  - 17-29", "17-29"),
        ("SP  - 17-29\nEP  - 29", "17-29"),
        ("SP  - e17", "e17"),
        ("SP  - 17\nEP  - 17", "17"),
        ("EP  - 29", "29"),
    ],
)
def test_pages_are_joined(opened, lines, pages):
    assert opened(f"TY  - JOUR\nTI  - A\n{lines}\nER  - \n")[1][0]["pages"] == pages


@pytest.mark.parametrize("key", ["References", "collection"])
def test_a_record_that_holds_other_records_is_one_record(opened, key):
    """What it cites is not read in its place, in a list or a line each."""
    record = {"title": "A", key: [{"title": "B"}, {"title": "C"}]}

    for text in (json.dumps([record, record]), f"{json.dumps(record)}\n" * 2):
        assert [one["title"] for one in opened(text)[1]] == ["A", "A"]


@pytest.mark.parametrize(
    "record",
    [
        {"id": "http://arxiv.org/abs/1903.00001", "title": "A", "authors": [{"given": "Io", "family": "Marsh"}]},
        {"id": "7", "title": "A", "doi": "10.5555/a", "server": "bioRxiv", "publication_date": "2019", "source": "B"},
    ],
)
def test_records_under_our_names_are_none_of_an_interface(opened, record):
    """An address of arXiv's as an id, and the name of a server, are no sign that the other names are an interface's."""
    assert opened(json.dumps(record))[1] == [record]


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Marsh, Io; Otter, Bo", ["Marsh, Io", "Otter, Bo"]),
        ("van der Marsh, Io Maria; Otter, Bo", ["van der Marsh, Io Maria", "Otter, Bo"]),
        ("Io Marsh|Bo Otter", ["Io Marsh", "Bo Otter"]),
        ("Marsh I., Otter B.", ["Marsh I.", "Otter B."]),
        ("van der Marsh I, O'Neil-Otter AB.", ["van der Marsh I", "O'Neil-Otter AB"]),
        ("Marsh, Io; Otter, Bo M.", ["Marsh, Io", "Otter, Bo M."]),
        ("Marsh, Io M.", ["Marsh, Io M."]),
        ("Marsh I, Valley Study Group.", ["Marsh I", "Valley Study Group"]),
        ("Valley Study Group.", ["Valley Study Group."]),
        ("Marsh, Io", ["Marsh, Io"]),
        ('[""Marsh, Io""]', ["Marsh, Io"]),
    ],
)
def test_persons_in_one_cell_are_parted(opened, cell, authors):
    assert opened(f'title,authors\nA,"{cell}"\n', "a.csv")[1][0]["authors"] == authors


def test_nothing_that_persons_do_not_say_is_lost(opened):
    _, (record,), _, _ = opened('title,authors\nA,"Marsh I., Otter B., et al."\n', "a.csv")

    assert record["original"]["CSV"]["authors"].endswith("et al.")


# Whatever comes: no crash, no loss, order kept


LINE = st.sampled_from([
    "TY  - JOUR", "ER  - ", "ER  -", "ER  - {}", "TI  - {}", "TI - {}", "AB  - {}", "AU  - {}", "T1  - {}", "ZZ  - {}",
    "", "{}", "   {}", "PY  - {}", "KW  - {}", "\ufeffTY  - CONF", "PMID- 123", "FAU - {}", "LID - {} [doi]",
    "PG  - {}", "PT J", "ER", "AF {}", "%0 Book", "%T {}", "%A {}", "U5  - papertwin {}", "@article{{k,",
    "title = {{{}}},", "}}", "@x{{", "  url = \"{}\",", "<record>", "</record>", "<title>{}</title>", "<author>{}",
    "</entry>", "\x85{}", "\u2028{}", "é{}",
])  # fmt: skip
HEADS = ["TY  - JOUR\n", "PMID- 1\n", "PT J\n", "%0 Book\n", "@article{{k,\n", "<xml><records>\n", "title,authors\n"]


@pytest.mark.parametrize("whole", [RIS + RIS, RIS, "FN Clarivate\nPT J\nTI Bees\nER\n\nPT J\nTI Foxes\nER\n\nEF\n"])
def test_a_file_that_ends_within_a_record_is_told(whole, tmp_path):
    """A download that broke off is read without a word; a program that writes no end marks at all is another thing."""
    told = []
    path = tmp_path / "a.txt"
    for text in (whole, whole[: whole.rindex("ER")], whole[: whole.rindex("TI")], re.sub(r"(?m)^ER.*$", "", whole)):
        notes = []
        path.write_text(text, encoding="utf-8")
        assert all(not isinstance(row, Reject) for row in open_records(path, notes.append).rows)
        told.append([note for note in notes if "has no end (ER): is the file complete?" in note])

    assert list(map(len, told[:3])) == [0, 1, 1]
    assert len(told[3]) == (whole == RIS)  # of one record nobody knows


@settings(max_examples=150)
@given(st.sampled_from(HEADS), st.lists(LINE, max_size=25))
def test_every_word_is_in_a_record_in_a_reject_or_in_a_note(tmp_path_factory, head, lines):
    """Each line holds a word of its own, and every word turns up again, whatever the lines make of each other."""
    pytest.importorskip("bibtexparser")
    numbered = [line.format(f"word{number}x") for number, line in enumerate(lines)]
    path = tmp_path_factory.mktemp("fuzz") / "a.txt"
    path.write_text(head.format() + "\n".join(numbered), encoding="utf-8", newline="")
    told = []
    try:
        rows = open_records(path, told.append).rows
        told.extend(row.text if isinstance(row, Reject) else row.raw.decode() for row in rows)
    except InputError:
        return
    words = {word for line in numbered for word in re.findall(r"word\d+x", line)}
    assert {word for word in words if word not in "".join(told)} == set()


@settings(max_examples=100)
@given(
    st.sampled_from([b"", *(head.format().encode() for head in HEADS), b'{"title": ', b"[{"]), st.binary(max_size=300)
)
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path_factory, head, content):
    pytest.importorskip("bibtexparser")
    path = tmp_path_factory.mktemp("fuzz") / "a.txt"
    path.write_bytes(head + content)
    refused = ""
    try:
        list(open_records(path).rows)
    except InputError as error:
        refused = str(error)
    assert refused == "" or refused.startswith(str(path))


@pytest.mark.parametrize(
    "form", ["RIS", "NBIB", "Web of Science", "EndNote tagged", "BibTeX", "EndNote XML", "PubMed XML"]
)
def test_order_and_count_are_kept_in_a_file_of_many_pieces(opened, form):
    """More than a chunk: a record that is cut by the end of a chunk is whole."""
    content = FORMS[form][0]
    begin, end = {"EndNote XML": ("<record>", "</record>"), "PubMed XML": ("<PubmedArticle>", "</PubmedArticle>")}.get(
        form, ("", "")
    )
    head, tail = (content.index(begin), content.index(end) + len(end)) if begin else (0, len(content))
    one = content[head:tail] + "\n"
    many = "".join(one.replace("We count", f"We count {n}:{' long' * 500}") for n in range(600))
    _, records, rejects, _ = opened(content[:head] + many + content[tail:])

    assert rejects == []
    assert [int(re.search(r"count (\d+):", record["abstract"])[1]) for record in records] == list(range(600))


FLOATS = """id,Title,Volume,Issue,Year,PMID,Start Page,Score
1.0,Foxes,109.0,3.0,2014.0,24890441.0,17.0,1.0
,Hares,,,,,,
2.0,Owls,12.0,,2015.0,,,2.0
"""


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_whole_numbers_that_pandas_wrote_as_floats_are_whole(form, opened, tmp_path):
    """It does where a column has gaps; columns that are no field stay as they are."""
    if form == "csv":
        _, records, _, _ = opened(FLOATS, "floats.csv")
    else:
        pd.read_csv(io.StringIO(FLOATS)).to_parquet(tmp_path / "made")
        _, records, _, _ = opened((tmp_path / "made").read_bytes(), "floats.parquet")
    fox = {name: str(records[0][name]) for name in ("id", "volume", "number", "publication_date", "pages", "Score")}

    assert fox == {
        "id": "1", "volume": "109", "number": "3", "publication_date": "2014", "pages": "17", "Score": "1.0"
    }  # fmt: skip
    assert records[0]["urls"] == ["https://pubmed.ncbi.nlm.nih.gov/24890441/"]
    assert str(records[2]["volume"]) == "12"
    assert not any("original" in record for record in records)


@pytest.mark.parametrize("ids", [["1.0", "1.1"], ["1.0", "1"], ["v1.0", "v2.0"]])
def test_an_id_with_a_point_is_no_float_where_others_in_its_column_are_none(ids, opened):
    _, records, _, _ = opened("id,title\n" + "".join(f"{name},Foxes {name}\n" for name in ids), "ids.csv")

    assert [record["id"] for record in records] == ids


def test_dates_that_a_spreadsheet_made_of_pages_are_told(opened):
    """The record keeps them, for they are compared as the pages that they were."""
    table = "title,authors,pages\nFoxes,Io Marsh,2024-10-14 00:00:00\nHares,Io Marsh,14-Oct\nOwls,Io Marsh,7-9\n"
    _, records, _, notes = opened(table, "excel.csv")

    assert records[0]["pages"] == "2024-10-14 00:00:00"
    assert [note.partition(": ")[2] for note in notes] == [
        "2 records have dates for pages, which a spreadsheet has made of them: RIS and BibTeX are written without"
    ]


def test_read_records_names_the_place_of_what_it_leaves_out(tmp_path):
    """So that whoever misses the record finds it; numbers count it, so that those behind it keep theirs."""
    path = tmp_path / "a.ris"
    path.write_text(RIS + "lost text\n" + RIS)
    notes = []
    records = read_records([path], notes.append)

    assert notes == [f"{path}, line 16: the text stands outside of a record: pairs that name it are rejected"]
    assert (records.row("a.ris:1"), records.row("a.ris:3")) == (0, 1)
    with pytest.raises(RowError, match=r"a\.ris, line 16: the text stands outside of a record"):
        records.row("a.ris:2")


@pytest.mark.parametrize("key", RECORD_KEYS)
@pytest.mark.parametrize("value", [["moss", "fern"], [["moss"], 3], [], [{"count": 3}], {"count": 3}])
def test_a_record_may_have_a_field_that_is_named_like_a_list_of_records(opened, key, value):
    """Wherever it stands, and where no suffix says that a line is a record.

    Objects (or nothing) under such a name before the title, in an object over several lines, are the one thing that
    cannot be told while reading: that is how a document of records begins.
    """
    plain = isinstance(value, list) and value and not isinstance(value[0], dict)
    for place, indent in [(0, None), (1, None), (2, None), (1, 1), (2, 1), *([(0, 1)] if plain else [])]:
        fields = [("title", "Foxes of the lower valley"), ("authors", ["Io Marsh"])]
        fields.insert(place, (key, value))
        rows = [dict(fields), {"title": "Kelp forests after the storm"}]
        _, records, rejects, notes = opened("\n".join(json.dumps(row, indent=indent) for row in rows), "a.json")

        assert (records, rejects, notes) == (rows, [], [])


@pytest.mark.parametrize("rows", [1, 3, 600])
def test_a_frame_that_pandas_wrote_as_json_is_its_rows(opened, rows):
    """Its to_json writes an object of columns, each an object by the number of the row, which need not begin at 0."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"title": [f"{TITLE} {n}" for n in range(rows)], "abstract": "long " * 500, "year": 2019})
    _, records, rejects, notes = opened(frame.iloc[int(rows > 1) :].to_json(), "a.json")

    assert titles(records) == list(frame["title"][int(rows > 1) :])
    assert (records[0]["publication_date"], rejects, notes) == ("2019", [], [])


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("form", ["OpenAlex", "Crossref", "Semantic Scholar", "Lens", "ours"])
def test_records_under_their_ids_are_records(opened, form, indent):
    """As programs keep what they have asked for, by DOI or by number."""
    one = (OBJECTS | {"ours": FOX}).get(form)
    page = {"10.5555/fox.19": one, "31234567": one, "3": one}
    whole = opened(json.dumps([one] * 3))[1]

    found = opened(json.dumps(page, indent=indent), "page.json")[1:]

    fields = [name for name in RECORD_FIELDS if name != "id"]
    assert [[record.get(name) for name in fields] for record in found[0]] == [
        [record.get(name) for name in fields] for record in whole
    ]
    assert found[1:] == ([], [])


def test_a_record_without_an_id_has_the_key_under_which_it_stands(opened):
    page = {"fox-1": {"title": "Foxes"}, "fox-2": {"title": "Bees", "id": 7}, "fox-3": {"doi": "10.5555/1"}}

    assert [record.get("id") for record in opened(json.dumps(page))[1]] == ["fox-1", 7, None]


@pytest.mark.parametrize("page", [{"W1": None, "W2": FOX}, {"W1": FOX, "W2": None}, {"W1": None, "W2": FOX, "W3": FOX}])
def test_null_under_an_id_is_a_record_that_was_not_found(opened, page):
    _, records, rejects, notes = opened(json.dumps(page))

    assert (titles(records), rejects) == ([TITLE] * (len(page) - 1), [])
    assert [note.partition(": ")[2] for note in notes] == ["1 null left out"]


@pytest.mark.parametrize("key", ["papers", "articles", "found today"])
@pytest.mark.parametrize("beside", [{"query": "fox", "date": "2019-03-05"}, {"n": 2}])
def test_a_list_of_records_with_single_values_beside_it_is_one_under_any_key(opened, key, beside):
    """The date is that of the search, and no record's."""
    for page in ({**beside, key: [S2, FOX]}, {key: [S2, FOX], **beside}):
        _, records, rejects, notes = opened(json.dumps(page), "page.json")

        assert (titles(records), rejects) == ([TITLE, TITLE], [])
        left = [f"page.json: beside its rows the file holds {name}: left out" for name in beside if name == "date"]
        assert [note.rpartition("/")[2] for note in notes] == left


@pytest.mark.parametrize(
    "record",
    [
        {"doi": "10.5555/fox.19", "cites": [{"title": "Bees"}]},
        {"title": "Foxes", "cites": [{"title": "Bees"}]},
        {"authors": [{"name": "Io Marsh", "title": "Dr"}], "year": 2019},
        {"title": "Foxes", "2019": {"title": "Bees"}},
    ],
)
def test_a_record_with_a_list_of_its_own_is_one_record(opened, record):
    """What it cites is no record of the file, and who wrote it is none at all."""
    assert len(opened(json.dumps(record))[1]) == 1


def test_a_record_whose_fields_are_objects_is_no_frame(opened):
    """Some interfaces have titles and abstracts by language, whose names are no numbers of rows."""
    _, records, _, _ = opened(json.dumps({"title": {"en": "Foxes"}, "abstract": {"en": "We count."}}), "a.json")

    assert [record["title"] for record in records] == [{"en": "Foxes"}]


def test_a_titled_document_still_holds_its_records(opened):
    document = {"title": "My library", "records": [{"title": "Foxes"}, {"title": "Kelp"}]}

    assert titles(opened(json.dumps(document), "a.json")[1]) == ["Foxes", "Kelp"]
