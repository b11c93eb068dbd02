"""Rules for preprints: beside their articles, their later versions, and preprints of other works."""

from collections.abc import Callable

import numpy as np

from papertwin.data.labelled.variants.varied import (
    Pair,
    Record,
    Rng,
    arxiv_number,
    authors_of,
    copied,
    sister_of,
    text_of,
    year_of,
)


def preprints(record: Record, other: Record, rng: Rng) -> Pair:
    """A preprint beside its article: one work, two records."""
    year = year_of(record) or 2015
    number = arxiv_number(year, rng)
    article: Record = {**copied(record, rng, keep=0.8), "authors": authors_of(record)}
    if not text_of(article, "volume"):
        article.update(volume=str(rng.integers(1, 90)), pages=f"{rng.integers(1, 900)}")
    words = text_of(record, "title").split()
    if rng.random() < 0.3:  # the title was edited or turned round, an author joined
        half = len(words) // 2
        edited = (words[: max(len(words) - 3, 4)], [words[0], *words[2:]], [*words[half:], "-", *words[:half]])
        article["title"] = " ".join(edited[int(rng.integers(3))])
        article["authors"] = [*authors_of(record), authors_of(other)[0]]
    preprint: Record = {
        **record,
        "source": "arxiv" if rng.random() < 0.5 else None,
        "doi": None,
        "urls": [f"http://arxiv.org/abs/{number}v{rng.integers(1, 4)}"],
        "journal": "arXiv" if rng.random() < 0.5 else None,
        "volume": None,
        "number": None,
        "pages": None,
        "publication_date": str(year - int(rng.choice([0, 0, 1, 1, 2, 2, 3, 5]))),
    }
    return preprint, article, 1, 0


def retitled(record: Record, other: Record, rng: Rng) -> Pair:
    """Two versions of a preprint under one number, the later with another title and a rewritten abstract."""
    year = year_of(record) or 2015
    number = arxiv_number(year, rng)
    words, foreign = text_of(record, "title").split(), text_of(other, "title").split()
    first: Record = {**record, "doi": None, "urls": [f"http://arxiv.org/abs/{number}v1"], "volume": None, "pages": None}
    later = sister_of(record, other, rng)
    later["title"] = " ".join(words[: len(words) // 2] + foreign[len(foreign) // 2 :])
    later["authors"] = authors_of(record)
    later["doi"] = None
    if rng.random() < 0.5:
        later["urls"] = [f"http://arxiv.org/pdf/{number}v{rng.integers(2, 5)}"]
        return first, later, 1, 1
    later["urls"] = [f"http://arxiv.org/abs/{arxiv_number(year + int(rng.integers(0, 2)), rng)}v1"]
    return first, later, 0, 0


def renamed(record: Record, other: Record, rng: Rng) -> Pair:
    """A preprint and its article under another title, the abstract nearly the same; or a companion's abstract."""
    year, alike = year_of(record) or 2016, rng.random() < 0.65
    given = record if text_of(record, "abstract") else other
    abstract, foreign = text_of(given, "abstract").split(), text_of(other, "title").split()
    title = text_of(record, "title").split()
    begin = int(rng.integers(0, max(len(abstract) - 12, 1)))
    kept = title[: int(rng.integers(0, len(title) // 2 + 1))]
    new = [*kept, *(abstract[begin : begin + int(rng.integers(5, 12))] or foreign)]
    number = f"10.1101/{year}.{rng.integers(1, 13):02d}.{rng.integers(1, 29):02d}.{rng.integers(10**5, 10**6)}"
    preprint: Record = {
        "title": " ".join(title),
        "authors": authors_of(record),
        "publication_date": str(year),
        "abstract": " ".join(abstract) or None,
        "doi": number if rng.random() < 0.5 else None,
    }
    if preprint["doi"] is None:
        preprint["urls"] = [f"http://arxiv.org/abs/{arxiv_number(year, rng)}v1"]
    article: Record = {**copied(record, rng, keep=0.9), "authors": authors_of(record), "title": " ".join(new)}
    article["publication_date"] = str(year + int(rng.choice([0, 1, 1, 2])))
    if rng.random() < 0.3:
        article["authors"] = [*authors_of(record), *authors_of(other)[:2]]
    if alike:
        edited = [word for word in abstract if rng.random() > 0.04]
        article["abstract"] = " ".join(edited[: len(edited) - int(rng.integers(0, len(edited) // 6 + 1))]) or None
        return preprint, article, 1, 0
    article["abstract"] = sister_of({**record, "abstract": " ".join(abstract)}, other, rng)["abstract"]
    article["doi"] = other.get("doi")
    return preprint, article, 0, 0


def revised(record: Record, other: Record, rng: Rng) -> Pair:
    """Two versions of a preprint under the DOI that its server gave, the later with another title and abstract."""
    year = year_of(record) or 2020
    servers = _servers(year, rng)
    form = servers[int(rng.integers(len(servers)))]
    number, sister_number = (int(n) for n in rng.integers(1, 900000, 2))
    words, foreign = text_of(record, "title").split(), text_of(other, "title").split()
    first: Record = {**record, "doi": form(number), "urls": [], "volume": None, "number": None, "pages": None}
    later = sister_of(dict(first), other, rng)
    kept = rng.random()
    later["title"] = " ".join(words[: int(len(words) * kept)] + foreign[int(len(foreign) * kept) :])
    later["authors"] = authors_of(record)
    later["urls"] = []
    later["publication_date"] = str(year + int(rng.random() < 0.3))
    if rng.random() < 0.6:
        later["doi"] = form(number) if rng.random() < 0.7 else f"https://doi.org/{form(number)}"
        return first, later, 1, 1
    later["doi"] = form(sister_number)
    return first, later, 0, 0


def posted(record: Record, other: Record, rng: Rng) -> Pair:
    """One paper on two preprint servers, within a year: one work, two records; or on one, as two indexes have it."""
    year = year_of(record) or 2020
    servers = _servers(year, rng)[1:]  # of the two of bioRxiv one
    one, another = (servers[int(place)] for place in rng.choice(len(servers), 2, replace=False))
    number, second = (int(n) for n in rng.integers(1, 900000, 2))
    abstract = record.get("abstract") if rng.random() < 0.6 else None
    on_arxiv: Record = {"urls": [f"http://arxiv.org/abs/{arxiv_number(year, rng)}v{rng.integers(1, 4)}"]}

    def on(server: Record, later: int) -> Record:
        dated = f"-{rng.integers(1, 13):02d}-{rng.integers(1, 28):02d}" if rng.random() < 0.6 else ""
        said = {"title": record.get("title"), "authors": authors_of(record), "abstract": abstract}
        return {**said, "publication_date": f"{year + later}{dated}", **server}

    first = on(on_arxiv if rng.random() < 0.4 else {"doi": one(number)}, 0)
    if rng.random() < 0.3:
        return first, {**copied(first, rng, keep=0.8), "authors": authors_of(record)}, 1, 1
    return first, on({"doi": another(second)}, int(rng.random() < 0.2)), 1, 0


def _servers(year: int, rng: Rng) -> tuple[Callable[[int], str], ...]:
    """The DOIs of preprint servers, each made of a number, for preprints of one day."""
    day = f"{rng.integers(1, 13):02d}.{rng.integers(1, 28):02d}"
    return (
        lambda n: f"10.1101/{year}.{day}.{20000000 + n}",
        lambda n: f"10.1101/{n:06d}",
        lambda n: f"10.21203/rs.3.rs-{n}",
        lambda n: f"10.2139/ssrn.{n + 1000000}",
        lambda n: f"10.26434/chemrxiv.{n + 7000000}",
        lambda n: f"10.20944/preprints{year}{rng.integers(1, 13):02d}.{n % 10000:04d}",
    )


def referenced(record: Record, other: Record, rng: Rng) -> Pair:
    """ArXiv's record of an article, which names its DOI or its place, beside the article or another of its journal.

    Titles and abstracts may be new. Experts differ on whether arXiv's record of an article is another record.
    """
    year, field = year_of(record) or 2014, text_of(other, "title").split()
    journal = f"{rng.choice(['Journal of', 'Annals of', 'Archive for', 'Letters in'])} {' '.join(field[:2]).title()}"
    volume, number, first = (int(rng.integers(1, most)) for most in (400, 13, 2000))
    last = first + int(rng.integers(4, 40))
    article: Record = {
        **copied(record, rng, keep=0.9),
        "authors": authors_of(record),
        "title": record.get("title"),
        "journal": journal,
        "volume": str(volume),
        "number": str(number) if rng.random() < 0.6 else None,
        "pages": f"{first}-{last}" if rng.random() < 0.8 else None,
        "doi": f"10.1016/j.x.{year}.{number:02d}.{rng.integers(1, 999):03d}",
        "publication_date": str(year),
    }
    short = " ".join(f"{word[:4]}." for word in journal.split())
    forms = (
        f"{short} {volume} ({year}), {first}-{last}",
        f"{short} {volume} ({year}), no. {number}, {first}--{last}",
        f"{journal}, vol. {volume}, {year}, pp. {first}-{last}",
        f"{short} {volume}, {first} ({year})",
    )
    named = rng.random()
    preprint: Record = {
        "title": record.get("title"),
        "authors": authors_of(record),
        "abstract": record.get("abstract"),
        "publication_date": str(year - int(rng.choice([0, 1, 1, 2, 3]))),
        "source": "arXiv",
        "urls": [f"http://arxiv.org/abs/{arxiv_number(year - 1, rng)}v{rng.integers(1, 4)}"],
        "journal": str(rng.choice(forms)) if named < 0.75 else None,
        "doi": article["doi"] if named > 0.4 else None,
    }
    words = text_of(record, "title").split()
    new = [*words[: int(rng.integers(0, len(words)))], *field[-int(rng.integers(1, 7)) :]]
    if rng.random() < 0.6:
        if preprint["journal"] and rng.random() < 0.6:  # the DOI alone may be the issue's
            article["title"] = " ".join(new)
            article["abstract"] = sister_of(dict(record), other, rng)["abstract"]
        return preprint, article, 1, np.nan
    sister = {**article, **sister_of(dict(record), other, rng), "authors": authors_of(record), "title": " ".join(new)}
    sister.update(journal=journal, volume=str(volume + int(rng.integers(0, 3))), urls=[])
    sister["pages"] = str(last + int(rng.integers(1, 400)))
    sister["doi"] = f"10.1016/j.x.{year}.{number:02d}.{rng.integers(1000, 9999)}"
    return preprint, sister, 0, 0
