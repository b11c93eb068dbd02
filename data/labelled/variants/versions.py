"""Rules for versions of one work: one work but, most of them, two records; beside versions of another work."""

import numpy as np

from papertwin.data.labelled.variants.varied import (
    Pair,
    Record,
    Rng,
    authors_of,
    copied,
    sister_of,
    text_of,
    year_of,
)


def extended(record: Record, other: Record, rng: Rng) -> Pair:
    """A conference paper beside its journal article under the same title (one work, two records), or a copy of it."""
    field = " ".join(text_of(other, "title").split()[:3]).rstrip(".,:;").title()
    year, edition = year_of(record) or 2005, int(rng.integers(2, 40))
    conferences = (
        f"Proceedings of the International Conference on {field}",
        f"Proc. {edition}th Int. Conf. {field}",
        f"{field} Conference",
        f"{edition}th Symposium on {field}, {year}",
        f"Proceedings of the {edition}th International Conference on {field}",
    )
    first, second = (str(name) for name in rng.choice(conferences, 2, replace=False))
    bare = rng.random() < 0.4  # citations seldom say more
    paper: Record = {
        "title": record.get("title"),
        "authors": authors_of(record),
        "journal": first,
        "publication_date": str(year),
        "abstract": None if bare else record.get("abstract"),
        "pages": None if bare else f"{edition * 7}-{edition * 7 + 9}",
    }
    if rng.random() < 0.5:
        copy = copied(paper, rng, keep=0.95)
        copy.update(title=paper["title"], journal=second, publication_date=str(year))
        return paper, copy, 1, 1
    article = copied(paper, rng, keep=0.95)
    if rng.random() < 0.6:  # it was written anew
        article["abstract"] = sister_of(dict(paper), other, rng)["abstract"] or article["abstract"]
    article.update(
        title=paper["title"],
        authors=authors_of(record),
        journal=f"{rng.choice(['Journal of', 'Transactions on', 'International Journal of', 'Annals of'])} {field}",
        publication_date=str(year + int(rng.choice([0, 1, 1, 2, 2, 3]))),
        pages=None if bare else str(rng.integers(400, 900)),
        volume=None if bare else str(rng.integers(1, 60)),
    )
    return paper, article, 1, 0


def presented(record: Record, other: Record, rng: Rng) -> Pair:
    """One abstract at two congresses of a year (two records; experts differ on works), or a copy of one.

    They stand in supplements of two journals, with some authors more or less and a word changed here and there.
    """
    year, field = year_of(record) or 2012, " ".join(text_of(other, "title").split()[:2]).rstrip(".,:;").title()
    journals = [f"{field} Research", f"European Journal of {field}", f"Annals of {field}", field, f"{field} Today"]

    def shown(journal: str) -> Record:
        page, letter = int(rng.integers(10, 900)), str(rng.choice(["S", "A", "P", ""]))
        supplement, known = str(rng.choice(["SUPPL. 1", "Suppl 2", "S1", "1"])), rng.random()
        return {
            "journal": journal,
            "volume": "1)" if known < 0.2 else str(rng.integers(20, 90)),
            "number": supplement if known < 0.7 else None,
            "pages": f"{letter}{page}-{letter}{page + int(rng.integers(0, 2))}",
            "doi": f"10.5555/s.{year}.{rng.integers(10, 99)}.{supplement[-1]}" if rng.random() < 0.4 else None,
        }

    one, another = (str(name) for name in rng.choice(journals, 2, replace=False))
    title, authors, words = text_of(record, "title"), authors_of(record), text_of(record, "abstract").split()
    first: Record = {"title": title, "authors": authors, "publication_date": str(year), **shown(one)}
    first["abstract"] = " ".join(words) or None
    if rng.random() < 0.5:
        again = shown(one)
        copy = {**copied(first, rng, keep=0.9), "title": title, "publication_date": str(year), "pages": first["pages"]}
        return first, {**copy, "volume": again["volume"] if rng.random() < 0.3 else first["volume"], "doi": None}, 1, 1
    kept = [name for name in authors if rng.random() > 0.15] or authors
    if rng.random() < 0.3:
        kept = [*kept[1:], kept[0]]
    edited = [word for word in words if rng.random() > 0.03]
    later: Record = {
        **first,
        **shown(another),
        "authors": kept,
        "abstract": " ".join(edited[int(rng.integers(4)) :]) or None,
    }
    later["title"] = title.title() if rng.random() < 0.3 else title
    return first, later, np.nan, 0


def updates(record: Record, other: Record, rng: Rng) -> Pair:
    """A Cochrane review beside its update (two records; experts differ on works), or a copy.

    Experts keep updates apart where their DOIs do; where a side has none, they differ on records, too.
    """
    number, update = f"CD{rng.integers(1, 16_000):06d}", int(rng.integers(1, 5))
    review: Record = {
        "title": record.get("title"),
        "authors": authors_of(record),
        "journal": "Cochrane Database of Systematic Reviews",
        "abstract": record.get("abstract"),
    }

    def issued(update: int, year: int) -> Record:
        name = number if update == 1 else f"{number}.pub{update}"
        doi = None if copy and rng.random() < 0.5 else f"10.1002/14651858.{name}"
        pages = None if rng.random() < 0.4 else number
        return {"publication_date": str(year), "number": str(rng.integers(1, 13)), "pages": pages, "doi": doi}

    year = year_of(record) or 2008
    copy = rng.random() < 0.5
    first = {**review, **issued(update, year)}
    if copy:
        twin = copied(first, rng, keep=0.9)
        twin.update(title=first["title"], journal="Cochrane Database Syst Rev")
        return first, twin, 1, 1
    later = {**sister_of(dict(review), other, rng), **issued(update + 1, year + int(rng.integers(1, 9)))}
    later.update(title=first["title"], journal=review["journal"], urls=[], authors=authors_of(record))
    if rng.random() < 0.4:
        later["authors"] = [*authors_of(record)[: int(rng.integers(1, 4))], *authors_of(other)[:1]]
    return first, later, np.nan, 0


def reprints(record: Record, other: Record, rng: Rng) -> Pair:
    """One text in two journals: one work, two records."""
    twin = {**copied(record, rng, keep=0.9), "authors": authors_of(record), "abstract": record.get("abstract")}
    twin.update(
        journal=other.get("journal") or "Collected papers",
        doi=other.get("doi"),
        urls=[],
        volume=str(rng.integers(1, 90)),
        pages=str(rng.integers(1, 900)),
    )
    year = year_of(record)
    if year is not None:
        twin["publication_date"] = str(year + int(rng.choice([0, 0, 0, 1, 5, 12, 20, 35, 50])))
    if rng.random() < 0.4:
        twin["abstract"] = None
    if rng.random() < 0.35:
        said = (
            f"reprinted from {text_of(record, 'journal') or 'the journal'}, vol {rng.integers(1, 90)}, {year or 1990}"
        )
        twin["title"] = f"{text_of(record, 'title').rstrip('.')} ({said})"
    named = {
        **record,
        "volume": text_of(record, "volume") or str(rng.integers(90, 180)),
        "pages": text_of(record, "pages") or str(rng.integers(900, 1800)),
    }
    return named, twin, 1, 0
