"""The rule for records that a catalogue numbers: copies have one number, however they are titled, look-alikes two."""

from papertwin.data.variants import companions, copies
from papertwin.data.variants.varied import Pair, Record, Rng

_CATALOGUES = (
    ("https://pubmed.ncbi.nlm.nih.gov/{}/", 40_000_000),
    ("pmid:{}", 40_000_000),
    ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{}/", 12_000_000),
)
_COPIES = (copies.copies, copies.copies, copies.citations, copies.reworded, copies.translations)
_LOOK_ALIKES = (companions.exchanged, companions.headings, companions.notices, companions.parts)


def catalogued(record: Record, other: Record, rng: Rng) -> Pair:
    """PubMed's or PubMed Central's number of both records: one for copies, however altered, two for two works."""
    address, largest = _CATALOGUES[int(rng.integers(len(_CATALOGUES)))]
    number, wrong = (address.format(int(value)) for value in rng.integers(100_000, largest, 2))
    alike = int(rng.random() < 0.5)
    makers = _COPIES if alike else _LOOK_ALIKES
    make = makers[int(rng.integers(len(makers)))]
    pair = make(dict(record), dict(other), rng)
    while pair[2:] != (alike, alike):  # most rules make both kinds
        pair = make(dict(record), dict(other), rng)
    numbers = number, number if alike else wrong
    first, second = ({**side, "urls": [at], "id": None} for side, at in zip(pair[:2], numbers, strict=True))
    return first, second, alike, alike
