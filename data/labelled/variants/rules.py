"""RULES: which rules there are and how many pairs each makes; and the pairs."""

from collections.abc import Callable, Sequence

import numpy as np

from papertwin.data.fields import is_empty
from papertwin.data.labelled.variants import books, companions, copies, headed, preprints, series, versions
from papertwin.data.labelled.variants.catalogued import catalogued
from papertwin.data.labelled.variants.damaged import damaged_titles
from papertwin.data.labelled.variants.registered import registrations
from papertwin.data.labelled.variants.varied import Pair, Record, Rng, authors_of, text_of
from papertwin.data.labelled.variants.working_papers import working_papers

RULES: tuple[tuple[Callable[[Record, Record, Rng], Pair], int], ...] = (
    (series.parts, 700),
    (series.sequels, 500),
    (series.years, 400),
    (companions.notices, 700),
    (companions.exchanged, 900),
    (headed.headings, 400),
    (headed.namesakes, 500),
    (copies.copies, 700),
    (copies.sparse, 600),
    (copies.untitled, 300),
    (preprints.preprints, 300),
    (companions.subtitles, 250),
    (copies.translations, 600),
    (preprints.retitled, 250),
    (registrations, 450),
    (versions.reprints, 350),
    (series.periodicals, 250),
    (companions.data_deposits, 350),
    (books.book_parts, 300),
    (companions.swaps, 300),
    (companions.twins, 300),
    (companions.theses, 250),
    (series.templates, 250),
    (books.book_reviews, 300),
    (preprints.revised, 300),
    (preprints.posted, 250),
    (preprints.renamed, 500),
    (versions.updates, 150),
    (versions.presented, 300),
    (headed.columns, 500),
    (versions.extended, 450),
    (copies.citations, 500),
    (copies.online_first, 250),
    (copies.reworded, 500),
    (copies.deposited, 300),
    (copies.scanned, 300),
    (catalogued, 600),
    (preprints.referenced, 250),
    (working_papers, 300),
    (damaged_titles, 600),
)


def made_pairs(records: Sequence[Record], rng: Rng) -> list[Pair]:
    """Pairs by every rule, as many as RULES says, from records with a telling title and authors.

    Each rule draws for itself, so that a change of one leaves the pairs of the others as they were.
    """
    usable = [record for record in records if len(text_of(record, "title").split()) > 4 and authors_of(record)]
    seed = int(rng.integers(1 << 32))
    pairs = []
    for rule, count in RULES:
        own = np.random.default_rng([seed, *rule.__name__.encode()])
        for a, b in own.choice(len(usable), (count, 2)):
            if a != b:
                pair = rule(dict(usable[int(a)]), dict(usable[int(b)]), own)
                if not is_empty(pair[0]) and not is_empty(pair[1]):
                    pairs.append(pair)
    return pairs
