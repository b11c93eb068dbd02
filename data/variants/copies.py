"""Rules for records of one publication as databases, readers and machines give it, beside strangers like it."""

import re

from papertwin.data.variants.varied import (
    Pair,
    Record,
    Rng,
    authors_of,
    copied,
    misread,
    misread_authors,
    misread_title,
    neighbour_of,
    text_of,
    year_of,
)

_CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстуввкиз")


def translations(record: Record, other: Record, rng: Rng) -> Pair:
    """A title in another script: the rest of the record tells."""
    foreign = text_of(other, "title").lower().translate(_CYRILLIC)
    if rng.random() < 0.55:
        twin = {**copied(record, rng, keep=0.85), "abstract": None, "title": foreign, "authors": authors_of(record)}
        if rng.random() < 0.4:
            twin["authors"] = [name.lower().translate(_CYRILLIC).title() for name in authors_of(record)]
        return record, twin, 1, 1
    stranger = {**copied(other, rng, keep=0.85), "title": foreign}
    if rng.random() < 0.3:
        stranger["authors"] = authors_of(record)
    if rng.random() < 0.3:
        stranger["journal"] = record.get("journal")
    return record, stranger, 0, 0


def online_first(record: Record, other: Record, rng: Rng) -> Pair:
    """An article as it was put online and as it was printed: a year later, with another or no volume and pages."""
    year = year_of(record) or 2012
    doi = text_of(record, "doi") or f"10.1016/j.x.{year}.{rng.integers(1, 13):02d}.{rng.integers(1, 999):03d}"
    printed: Record = {
        **record,
        "doi": doi,
        "journal": text_of(record, "journal") or f"Journal of {text_of(other, 'title').split()[0]}",
        "volume": text_of(record, "volume") or str(rng.integers(2, 90)),
        "number": str(rng.integers(1, 13)),
        "pages": f"{rng.integers(1, 700)}-{rng.integers(701, 900)}",
        "publication_date": str(year),
    }
    online = copied(printed, rng, keep=0.85)
    online.update(
        authors=authors_of(record),
        title=record.get("title"),
        doi=doi if rng.random() < 0.75 else None,
        publication_date=str(year - int(rng.random() < 0.7)),
        number=None,
        volume=str(int(re.sub(r"\D", "", text_of(printed, "volume"))[:4] or 9) - 1) if rng.random() < 0.3 else None,
        pages=f"e{rng.integers(1, 90000)}" if rng.random() < 0.3 else None,
    )
    return printed, online, 1, 1


def reworded(record: Record, other: Record, rng: Rng) -> Pair:
    """One article under two translations of its title, in one place; beside it the neighbours in that place."""
    placed: Record = {
        **record,
        "doi": record.get("doi") if rng.random() < 0.3 else None,
        "abstract": record.get("abstract") if rng.random() < 0.3 else None,
        "urls": [],
        "journal": text_of(record, "journal") or "Archives of Medicine",
        "volume": text_of(record, "volume") or str(rng.integers(2, 90)),
        "number": str(rng.integers(1, 13)),
        "pages": text_of(record, "pages") or f"{rng.integers(1, 700)}",
    }
    words, foreign = text_of(record, "title").split(), text_of(other, "title").split()
    share = rng.uniform(0.3, 0.8)
    kept = [word for word in words if rng.random() < share] + [word for word in foreign if rng.random() < 0.25]
    translated = " ".join(rng.permutation(kept) if rng.random() < 0.3 else kept) or str(foreign[0])
    if rng.random() < 0.5:
        twin = copied(placed, rng, keep=0.9)
        twin.update(
            title=f"[{translated}]" if rng.random() < 0.5 else translated,
            authors=authors_of(record) if rng.random() < 0.8 else authors_of(record)[:1],
            volume=placed["volume"],
            number=placed["number"] if rng.random() < 0.7 else str(rng.integers(1, 3000)),
            pages=placed["pages"],
            publication_date=record.get("publication_date"),
            doi=placed["doi"] if rng.random() < 0.5 else None,
            abstract=None,
        )
        return placed, twin, 1, 1
    sister = neighbour_of(placed, rng)
    sister.update(title=translated, doi=None)
    if rng.random() < 0.3:
        sister["authors"] = authors_of(other)
    return placed, sister, 0, 0


def copies(record: Record, other: Record, rng: Rng) -> Pair:
    """Two databases' records of one publication; an aggregator may have taken cited or wrong people for authors."""
    first, second = copied(record, rng, keep=0.8), copied(record, rng, keep=0.4)
    way = rng.random()
    if way < 0.2:
        cited = [name.partition(",")[0] for name in (authors_of(other) + text_of(other, "title").split())[:8]]
        second["authors"] = list(rng.permutation([name.partition(",")[0] for name in authors_of(record)] + cited * 2))
    elif way < 0.25:
        second["authors"] = authors_of(other)[:2]
        second["abstract"] = record.get("abstract")
    return first, second, 1, 1


def citations(record: Record, other: Record, rng: Rng) -> Pair:
    """A record beside a reference to it that a machine read from a page; or a reference to a companion paper."""
    year = text_of(record, "publication_date")[:4] or None
    cited: Record = {
        "title": record.get("title"),
        "authors": authors_of(record),
        "journal": record.get("journal") if rng.random() < 0.7 else None,
        "publication_date": year if rng.random() < 0.85 else None,
    }
    reference: Record = {
        "title": misread_title(text_of(record, "title"), rng),
        "authors": misread_authors(authors_of(record), rng),
        "journal": misread(text_of(record, "journal"), rng)[: int(rng.integers(8, 60))] if rng.random() < 0.6 else None,
        "publication_date": year if rng.random() < 0.4 else None,
    }
    if rng.random() < 0.65:
        return cited, reference, 1, 1
    words, foreign = text_of(record, "title").split(), text_of(other, "title").split()
    for place in rng.choice(len(words), min(len(words), int(rng.integers(1, 4))), replace=False):
        words[int(place)] = foreign[int(rng.integers(len(foreign)))]
    reference["title"] = misread_title(" ".join(words), rng)
    if rng.random() < 0.3:
        reference["authors"] = misread_authors(authors_of(other), rng)
    return cited, reference, 0, 0


def sparse(record: Record, other: Record, rng: Rng) -> Pair:
    """Title and first author, a short citation, or less, on both sides or beside a whole record."""
    bare: Record = {"title": record.get("title"), "authors": authors_of(record)[:1] if rng.random() < 0.7 else []}
    if rng.random() < 0.4:
        bare["publication_date"] = record.get("publication_date")
    if rng.random() < 0.5:  # a citation
        bare.update(authors=authors_of(record), publication_date=record.get("publication_date"))
        bare["journal"] = record.get("journal")
    twin = dict(bare) if rng.random() < 0.5 else copied(bare, rng, keep=0.7)
    if rng.random() < 0.3:  # one of the two is whole
        bare = copied(record, rng, keep=0.9)
    return bare, twin, 1, 1


def untitled(record: Record, other: Record, rng: Rng) -> Pair:
    """No title on a side; an identifier or the abstract tells."""
    bare: Record = {**copied(record, rng, keep=0.9), "title": None}
    if rng.random() < 0.5:
        return record, bare, 1, 1
    stranger: Record = {**copied(other, rng, keep=0.9), "title": None}
    return record, stranger, 0, 0
