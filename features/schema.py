"""What a stored model must agree with: the list of features, and how they are computed."""

import hashlib
import json
from functools import cache

import numpy as np

from papertwin.data.fields import prepare
from papertwin.data.values.rarity import TABLE
from papertwin.features.table import FEATURES
from papertwin.features.vectors import vectors

# Awkward on purpose: between them these records touch every field, missing values and several scripts.
_RECORDS: tuple[dict[str, object], ...] = (
    {
        "authors": ["Ada Nyström", "Bao, W.", "Cruz C"],
        "title": "On <i>β</i>-decay in $^{14}$C, part II: a survey of 1998",
        "publication_date": "1999-03-17 07:05:20+00:00",
        "source": "SupportedSources.ARXIV",
        "journal": "Journal of Nuclear Notes",
        "volume": "12",
        "number": "3 Suppl",
        "pages": "244-58",
        "doi": "https://doi.org/10.1000/XYZ.123v2",
        "urls": ["http://arxiv.org/abs/math/9901001v2", "https://openalex.org/W123456"],
        "abstract": "We count 14 decays of carbon and find that the rate does not depend on the season of the year.",
    },
    {
        "authors": "Nystrom A.; Bao W; Cruz, Carla",
        "title": "ON BETA-DECAY IN 14C, PART I",
        "publication_date": "1998",
        "journal": "J. Nucl. Notes",
        "volume": 12,
        "pages": "S244",
        "doi": "10.1000/xyz.124",
        "urls": ["https://core.ac.uk/download/123456.pdf"],
        "abstract": "Abstract We count 21 decays of carbon. The rate depends on nothing that was measured in 1998.",
    },
    {
        "title": "Erratum: о распаде углерода",
        "authors": ["Б. Крылов"],
        "publication_date": "in press",
        "pages": "PMID: 12345",
    },
    {"title": None, "authors": ["Anonymous"], "journal": "arXiv", "doi": "10.1101/2020.01.02", "id": "NCT01234567"},
    {
        "authors": ["Nyström, A.", "Bao, Wei"],
        "title": "On beta decay of carbon: a second survey",
        "publication_date": "2000-05-20",
        "source": "Crossref",
        "journal": "Proceedings of the Nuclear Conference",
        "volume": "13",
        "number": "3",
        "pages": "250-259",
        "doi": "10.1000/xyz.125",
        "urls": ["https://pubmed.ncbi.nlm.nih.gov/12346", "https://openalex.org/W123457", "https://x.org/PMC55555"],
        "abstract": "Registered as NCT01234567, NCT01234568. We count 14 decays and 21 more of carbon in all seasons.",
    },
    {
        "authors": ["A Nystrom"],
        "title": "On beta decay of carbon: the last survey",
        "publication_date": "2001-06-21",
        "source": "crossref",
        "journal": "Proc Nucl Conf",
        "number": "4",
        "pages": "251-259",
        "urls": ["pubmed/12345", "https://openalex.org/W123456", "PMC55556"],
        "abstract": "Registered as NCT01234568. We count 22 decays of carbon in winter, which is the season of decay.",
    },
)


def schema() -> list[dict[str, object]]:
    """FEATURES as plain values, in order."""
    return [
        {
            "name": feature.name,
            "group": feature.group,
            "fields": list(feature.fields),
            "within": feature.within,
            "conflict": feature.conflict,
            "meaning": feature.meaning,
            "trend": feature.trend.name.lower(),
            "low": feature.low,
            "high": None if feature.high == float("inf") else feature.high,
        }
        for feature in FEATURES
    ]


@cache
def fingerprint() -> str:
    """Hex hash of the schema, of the rarity table and of the vectors of a few fixed records.

    It moves whenever a vector would: a measure, a normalisation or a library that changed. The vectors count with four
    significant digits, so that another platform's last bit does not move it.
    """
    prepared = prepare(_RECORDS)
    left, right = (side.ravel() for side in np.indices((len(_RECORDS), len(_RECORDS))))
    numbers = ["nan" if value != value else f"{value:.4g}" for value in vectors(prepared, left, right).ravel()]  # noqa: PLR0124  NaN
    digest = hashlib.sha256(json.dumps([schema(), numbers]).encode())
    digest.update(TABLE.read_bytes())
    return digest.hexdigest()
