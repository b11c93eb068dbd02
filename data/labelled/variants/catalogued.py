"""The rule for records that a catalogue numbers: copies have one number, however they are titled, all else has two."""

from papertwin.data.labelled.variants import companions, copies, headed, preprints, series, versions
from papertwin.data.labelled.variants.varied import Pair, Record, Rng, authors_of, copied, text_of

_CATALOGUES = (
    ("https://pubmed.ncbi.nlm.nih.gov/{}/", 40_000_000),
    ("pmid:{}", 40_000_000),
    ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{}/", 12_000_000),
)


def catalogued(record: Record, other: Record, rng: Rng) -> Pair:
    """PubMed's or PubMed Central's number of both records.

    One for copies, however altered; two for two works, and for a work's preprint and article or two journals.
    """
    address, largest = _CATALOGUES[int(rng.integers(len(_CATALOGUES)))]
    number, wrong = (address.format(int(value)) for value in rng.integers(100_000, largest, 2))
    labels, makers = _KINDS[int(rng.choice(len(_KINDS), p=(0.4, 0.3, 0.15, 0.15)))]
    make = makers[int(rng.integers(len(makers)))]
    pair = make(dict(record), dict(other), rng)
    while pair[2:] != labels:  # most rules make pairs of several kinds
        pair = make(dict(record), dict(other), rng)
    one_record = labels[1] == 1
    sides = zip(pair[:2], (number, number if one_record else wrong), strict=True)
    first, second = ({**side, "urls": [*_preprint_addresses(side), at], "id": None} for side, at in sides)
    return first, second, *labels


def _preprint_addresses(record: Record) -> list[str]:
    urls = record.get("urls")
    return [url for url in urls if "arxiv.org" in url] if isinstance(urls, list) else []


def instalments(record: Record, other: Record, rng: Rng) -> Pair:
    """A telling title again, by the same authors in another place of the same journal: letters, instalments.

    Or a copy whose pages are wrong: the numbers tell which, and nothing else does.
    """
    page = int(rng.integers(1, 900))
    journal = text_of(record, "journal") or text_of(other, "journal") or "Quarterly Bulletin"
    named: Record = {**record, "journal": journal, "pages": f"{page}-{page + int(rng.integers(0, 9))}", "doi": None}
    sister = {**copied(named, rng), "authors": authors_of(record), "journal": journal, "abstract": None}
    apart = int(rng.choice([1, 3, 20, 150]))
    sister.update(
        pages=f"{page + apart}-{page + apart + int(rng.integers(0, 9))}",
        publication_date=record.get("publication_date"),
    )
    if rng.random() < 0.4:
        named.update(volume=None, number=None)
    alike = int(rng.random() < 0.5)
    return named, sister, alike, alike


_COPIES = (copies.copies, instalments, copies.copies, copies.citations, copies.reworded, copies.translations)
_LOOK_ALIKES = (companions.exchanged, headed.headings, companions.notices, series.parts, headed.columns)
_VERSIONS = (preprints.preprints, versions.reprints)
_KINDS = (((1, 1), _COPIES), ((0, 0), _LOOK_ALIKES), ((0, 0), (instalments,)), ((1, 0), _VERSIONS))
