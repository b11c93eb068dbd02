"""The rule for working papers, of which one may come out in two series."""

from papertwin.data.labelled.variants.varied import Pair, Record, Rng, authors_of, copied, text_of, year_of

# Their names, and where a number of theirs is found.
_SERIES = (
    (("NBER Working Papers", "NBER Working Paper Series", "National Bureau of Economic Research Working Paper Series",
      "Working Paper Series, National Bureau of Economic Research", "NBER"), "https://www.nber.org/papers/w{}"),
    (("CEPR Discussion Papers", "CEPR Discussion Paper Series", "C.E.P.R. Discussion Papers"), ""),
    (("IZA Discussion Papers", "IZA Discussion Paper Series", "IZA DP"), "https://docs.iza.org/dp{}.pdf"),
    (("CESifo Working Paper Series", "CESifo Working Papers", "CESifo Working Paper"), ""),
    (("Policy Research Working Paper Series", "World Bank Policy Research Working Papers"), ""),
    (("IMF Working Papers", "IMF Working Paper", "International Monetary Fund Working Papers"), ""),
    (("SSRN Electronic Journal", "SSRN", "SSRN Scholarly Paper"), "https://papers.ssrn.com/sol3/papers.cfm?abstract_id={}"),
    (("Working Paper Series, European Central Bank", "ECB Working Paper Series", "ECB Working Paper"), ""),
    (("Tinbergen Institute Discussion Papers", "Tinbergen Institute Discussion Paper"), ""),
    (("MPRA Paper", "Munich Personal RePEc Archive"), "https://mpra.ub.uni-muenchen.de/{}/"),
    (("Discussion Papers of DIW Berlin", "DIW Discussion Papers", "Discussion Paper, DIW Berlin"), ""),
    (("Finance and Economics Discussion Series", "FEDS Working Paper"), ""),
)  # fmt: skip
_INDEXES = ("RePEc", "EconLit", "SSRN", "OpenAlex", "EconPapers")


def working_papers(record: Record, other: Record, rng: Rng) -> Pair:
    """One paper in two series of working papers; or its number in one series as two indexes have it."""
    year = year_of(record) or 2010
    one, another = rng.choice(len(_SERIES), 2, replace=False)
    twice = rng.random() < 0.5

    def issued(series: int, number: int, later: int) -> Record:
        names, address = _SERIES[series]
        addressed = bool(address) and rng.random() < 0.6
        named, dated = not addressed or rng.random() < 0.7, "" if rng.random() < 0.6 else f"-{rng.integers(1, 13):02d}"
        sign = rng.choice(["{}", "No. {}", "w{}"] if series == 0 else ["{}", "{}", "No. {}"])
        return {
            "title": text_of(record, "title"),
            "authors": authors_of(record),
            "publication_date": f"{year + later}{dated}",
            "source": str(rng.choice(_INDEXES)) if rng.random() < 0.5 else None,
            "journal": str(rng.choice(names)) if named else None,
            "number": None if named and rng.random() < 0.2 else str(sign).format(number),  # one of them tells
            "urls": [address.format(number)] if addressed else [],
            "abstract": record.get("abstract") if rng.random() < 0.6 else None,
        }

    number, second = (int(n) for n in rng.integers(100, 29_999, 2))
    first, later = issued(int(one), number, 0), int(rng.choice([0, 0, 0, 1, 1, 2]))
    if twice:
        twin = issued(int(one), number, int(rng.random() < 0.1))
        if rng.random() < 0.3:
            twin["authors"] = copied(record, rng)["authors"]
        return first, twin, 1, 1
    return first, issued(int(another), second, later), 1, 0
