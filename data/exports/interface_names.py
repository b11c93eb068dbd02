"""INTERFACES: which path in the JSON of each interface, and of Zotero and CSL, is which field of a record.

A dot leads into an object, and into every object of a list; "key=value" leads into those that say so.
"""

from papertwin.data.exports.names import Names

OPENALEX = Names(
    "OpenAlex",
    {
        "id": ("id",),
        "authors": ("authors", "authorships", "authorships.author.display_name"),
        "title": ("title", "display_name"),
        "publication_date": ("publication_date", "publication_year"),
        "journal": ("primary_location.source.display_name", "host_venue.display_name"),
        "volume": ("biblio.volume",),
        "number": ("biblio.issue",),
        "first_page": ("biblio.first_page",),
        "last_page": ("biblio.last_page",),
        "doi": ("doi", "ids.doi"),
        "urls": (
            "primary_location.landing_page_url",
            "primary_location.pdf_url",
            "locations.landing_page_url",
            "locations.pdf_url",
            "open_access.oa_url",
        ),
        "pmid": ("ids.pmid",),
        "pmcid": ("ids.pmcid",),
        "abstract": ("abstract", "abstract_inverted_index"),
    },
    source="OpenAlex",
    keys=frozenset({"authorships", "abstract_inverted_index", "primary_location"}),
)
CSL = Names(
    "CSL-JSON",
    {
        "id": ("id",),
        "authors": ("author",),
        "title": ("title",),
        "publication_date": ("issued",),
        "source": ("source",),
        "journal": ("container-title", "container-title-short"),
        "volume": ("volume",),
        "number": ("issue",),
        "pages": ("page", "article-number"),
        "doi": ("DOI",),
        "urls": ("URL",),
        "pmid": ("PMID",),
        "pmcid": ("PMCID",),
        "abstract": ("abstract",),
    },
    keys=frozenset({"container-title", "container-title-short", "title-short", "citation-key"}),
)
CROSSREF = Names(
    "Crossref",
    {
        **CSL.names,
        "id": ("DOI",),
        "subtitle": ("subtitle",),
        "publication_date": ("issued", "published", "published-print", "published-online", "posted"),
        "urls": ("URL", "resource.primary.URL", "link.URL"),
    },
    source="Crossref",
    keys=frozenset({"reference-count", "is-referenced-by-count", "indexed", "deposited"}),
)
SEMANTIC_SCHOLAR = Names(
    "Semantic Scholar",
    {
        "id": ("paperId", "corpusid"),
        "authors": ("authors.name",),
        "title": ("title",),
        "publication_date": ("publicationDate", "publicationdate", "year"),
        "journal": ("journal.name", "venue", "publicationVenue.name"),
        "volume": ("journal.volume",),
        "pages": ("journal.pages",),
        "doi": ("externalIds.DOI", "externalids.DOI"),
        "urls": ("url", "openAccessPdf.url"),
        "pmid": ("externalIds.PubMed", "externalids.PubMed"),
        "pmcid": ("externalIds.PubMedCentral", "externalids.PubMedCentral"),
        "arxiv_id": ("externalIds.ArXiv", "externalids.ArXiv"),
        "corpus_id": ("externalIds.CorpusId", "corpusid"),
        "abstract": ("abstract",),
    },
    source="Semantic Scholar",
    keys=frozenset({"paperId", "externalIds", "corpusid"}),
)
ARXIV = Names(
    "arXiv",
    {
        "id": ("id",),
        "authors": ("authors_parsed", "authors"),
        "title": ("title",),
        "publication_date": ("versions.created", "update_date"),
        "doi": ("doi",),
        "arxiv_id": ("id",),
        "abstract": ("abstract",),
    },
    source="arXiv",
    keys=frozenset({"authors_parsed", "journal-ref"}),
)
CORE = Names(
    "CORE",
    {
        "id": ("id", "coreId"),
        "authors": ("authors.name", "authors"),
        "title": ("title",),
        "publication_date": ("publishedDate", "datePublished", "yearPublished", "year"),
        "journal": ("journals.title",),
        "doi": ("doi",),
        "urls": ("downloadUrl", "sourceFulltextUrls", "fullTextIdentifier", "links.url"),
        "pmid": ("pubmedId",),
        "arxiv_id": ("arxivId",),
        "core_id": ("id", "coreId"),
        "abstract": ("abstract",),
    },
    source="CORE",
    keys=frozenset({"yearPublished", "dataProviders", "oaiIds", "coreId", "sourceFulltextUrls"}),
)
EUROPE_PMC = Names(
    "Europe PMC",
    {
        "id": ("id",),
        "authors": ("authorList.author", "authorString"),
        "title": ("title",),
        "year": ("pubYear", "journalInfo.yearOfPublication"),
        "month": ("journalInfo.monthOfPublication",),
        "publication_date": ("firstPublicationDate",),
        "journal": ("journalInfo.journal.title", "journalTitle", "journalInfo.journal.medlineAbbreviation"),
        "volume": ("journalInfo.volume", "journalVolume"),
        "number": ("journalInfo.issue", "issue"),
        "pages": ("pageInfo",),
        "doi": ("doi",),
        "urls": ("fullTextUrlList.fullTextUrl.url",),
        "pmid": ("pmid",),
        "pmcid": ("pmcid",),
        "abstract": ("abstractText",),
    },
    source="Europe PMC",
    keys=frozenset({"inEPMC", "authorString", "journalInfo", "firstIndexDate"}),
)
DATACITE = Names(
    "DataCite",
    {
        "id": ("id",),
        "authors": ("attributes.creators",),
        "title": ("attributes.titles.title",),
        "year": ("attributes.publicationYear",),
        "publication_date": ("attributes.dates.date",),
        "journal": ("attributes.container.title",),
        "volume": ("attributes.container.volume",),
        "number": ("attributes.container.issue",),
        "first_page": ("attributes.container.firstPage",),
        "last_page": ("attributes.container.lastPage",),
        "doi": ("attributes.doi",),
        "urls": ("attributes.url",),
        "abstract": ("attributes.descriptions.description",),
    },
    source="DataCite",
)
DBLP = Names(
    "DBLP",
    {
        "id": ("info.key",),
        "authors": ("info.authors.author",),
        "title": ("info.title",),
        "publication_date": ("info.year",),
        "journal": ("info.venue",),
        "volume": ("info.volume",),
        "number": ("info.number",),
        "pages": ("info.pages",),
        "doi": ("info.doi",),
        "urls": ("info.ee", "info.url"),
    },
    source="DBLP",
    keys=frozenset({"@score"}),
)
ZOTERO = Names(
    "Zotero JSON",
    {
        "id": ("key",),
        "authors": ("creators.creatorType=author", "creators"),
        "title": ("title",),
        "publication_date": ("date",),
        "source": ("libraryCatalog",),
        "journal": ("publicationTitle", "bookTitle", "proceedingsTitle", "journalAbbreviation"),
        "volume": ("volume",),
        "number": ("issue",),
        "pages": ("pages",),
        "doi": ("DOI",),
        "urls": ("url",),
        "abstract": ("abstractNote",),
    },
    keys=frozenset({"itemType"}),
)
# An object is the first's that has a key of it; DataCite's have none of their own.
INTERFACES = (
    OPENALEX,
    CROSSREF,
    SEMANTIC_SCHOLAR,
    ARXIV,
    CORE,
    EUROPE_PMC,
    DATACITE,
    DBLP,
    ZOTERO,
    CSL,
)
