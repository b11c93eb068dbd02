"""The rule for entries of trial registries."""

from collections.abc import Callable

from papertwin.data.labelled.variants.varied import Pair, Record, Rng, authors_of, copied, text_of, year_of


def registrations(record: Record, other: Record, rng: Rng) -> Pair:
    """Entries of trial registries: one number under two titles, or two under one; and beside the trial's article."""
    first_form, second_form = (_REGISTRIES[int(n)] for n in rng.integers(len(_REGISTRIES), size=2))
    number, wrong = (f"NCT{int(n):08d}" for n in rng.integers(10_000, 9_999_999, 2))
    title, words = text_of(record, "title"), text_of(record, "title").split()
    year = year_of(record) or 2015
    abstract = text_of(record, "abstract")
    first: Record = {"title": title, "publication_date": str(year), "abstract": abstract or None, **first_form(number)}
    way = rng.random()
    if way < 0.15:  # an article that names its trial's number
        article = copied(record, rng, keep=0.8)
        article.update(authors=authors_of(record), publication_date=str(year + int(rng.integers(0, 5))))
        if rng.random() < 0.6:
            article["title"] = title
        article["abstract"] = f"{abstract} Trial registration: {number}." if rng.random() < 0.7 else abstract or None
        return first, article, 0, 0
    later = str(year + int(rng.integers(0, 3)))
    if way < 0.55:
        other_words = text_of(other, "title").split()
        titles = (title, " ".join(words[::2]), " ".join([*other_words[:3], *words[:3]]), " ".join(other_words))
        second: Record = {
            "title": str(rng.choice(titles, p=(0.3, 0.3, 0.3, 0.1))),
            "publication_date": later,
            **second_form(number),
        }
        second["abstract"] = other.get("abstract") if rng.random() < 0.3 else None
        return first, second, 1, 1
    second = {"title": title, "publication_date": later, "abstract": abstract or None, **second_form(wrong)}
    return first, second, 0, 0


# How databases show the entry of a trial registry.
_REGISTRIES: tuple[Callable[[str], Record], ...] = (
    lambda number: {"authors": [number], "journal": f"https://clinicaltrials.gov/show/{number}"},
    lambda number: {"authors": [], "journal": "ClinicalTrials.gov", "pages": number},
    lambda number: {
        "authors": [],
        "journal": "ClinicalTrials.gov",
        "urls": [f"https://clinicaltrials.gov/ct2/show/{number}"],
    },
    lambda number: {
        "authors": [],
        "urls": [f"https://clinicaltrials.gov/study/{number}"],
        "source": "ClinicalTrials.gov",
    },
    lambda number: {"authors": [number], "journal": f"https://trialsearch.who.int/Trial2.aspx?TrialID={number}"},
)
