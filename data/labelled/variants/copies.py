"""Rules for records of one publication as databases, readers and machines give it, beside strangers like it."""

import re

from papertwin.data.labelled.variants.varied import (
    Pair,
    Record,
    Rng,
    authors_of,
    copied,
    misread,
    misread_authors,
    misread_title,
    neighbour_of,
    sister_of,
    text_of,
    year_of,
)

_SCRIPTS = [
    str.maketrans("abcdefghijklmnopqrstuvwxyz", letters)
    for letters in ("абцдефгхийклмнопкрстуввкиз", "ابتدهفغحيجكلمنوثقرسطعذشخزص")
]


def translations(record: Record, other: Record, rng: Rng) -> Pair:
    """A title in another script: the rest of the record tells, of neighbours in one issue the pages alone."""
    script = _SCRIPTS[int(rng.integers(len(_SCRIPTS)))]
    foreign = text_of(other, "title").lower().translate(script)
    way = rng.random()
    if way < 0.3:
        return _beside_a_translation(record, foreign, rng)
    if way < 0.65:
        twin = {**copied(record, rng, keep=0.85), "abstract": None, "title": foreign, "authors": authors_of(record)}
        if rng.random() < 0.4:
            twin["authors"] = [name.lower().translate(script).title() for name in authors_of(record)]
        return record, twin, 1, 1
    stranger = {**copied(other, rng, keep=0.85), "title": foreign}
    if rng.random() < 0.3:
        stranger["authors"] = authors_of(record)
    if rng.random() < 0.3:
        stranger["journal"] = record.get("journal")
    return record, stranger, 0, 0


def _beside_a_translation(record: Record, foreign: str, rng: Rng) -> Pair:
    """An article under a foreign title, in its journal or in one of translations, or the next article by its people."""
    first, length = int(rng.integers(1, 900)), int(rng.integers(2, 14))
    placed: Record = {
        "title": record.get("title"),
        "authors": authors_of(record)[: int(rng.integers(1, 7))],
        "publication_date": record.get("publication_date"),
        "journal": text_of(record, "journal") or "Archives of Medicine",
        "volume": text_of(record, "volume") or str(rng.integers(2, 90)),
        "number": str(rng.integers(1, 13)) if rng.random() < 0.8 else None,
        "pages": f"{first}-{first + length}",
    }
    twin: Record = {**placed, "title": foreign}
    if rng.random() < 0.12:
        start, year = int(rng.integers(1, 900)), year_of(record)
        twin.update(
            journal=f"Translated {placed['journal']}" if rng.random() < 0.5 else "Translations in the Sciences",
            volume=str(rng.integers(2, 90)),
            number=placed["number"] if rng.random() < 0.7 else None,
            pages=f"{start}-{start + length + int(rng.integers(-2, 2))}",
            publication_date=str(year + int(rng.random() < 0.3)) if year else None,
        )
        return placed, twin, 1, 0
    if same := rng.random() < 0.6:
        twin["pages"] = str(first) if rng.random() < 0.3 else placed["pages"]
    else:
        start = first + length + 1 + (0 if rng.random() < 0.6 else int(rng.integers(60)))
        twin["pages"] = f"{start}-{start + int(rng.integers(2, 14))}"
    if rng.random() < 0.2:
        twin["pages"] = None
    if rng.random() < 0.2:
        twin["number"] = None
    return placed, twin, int(same), int(same)


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
    first_page = int(rng.integers(1, 700))
    placed: Record = {
        **record,
        "doi": record.get("doi") if rng.random() < 0.3 else None,
        "abstract": record.get("abstract") if rng.random() < 0.3 else None,
        "urls": [],
        "journal": text_of(record, "journal") or "Archives of Medicine",
        "volume": text_of(record, "volume") or str(rng.integers(2, 90)),
        "number": str(rng.integers(1, 13)),
        "pages": text_of(record, "pages") or f"{first_page}-{first_page + rng.integers(2, 12)}",
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
    if rng.random() < 0.2:  # two abstracts of one team on a page
        return placed, {**neighbour_of(placed, rng, nearest=0), "title": other.get("title"), "doi": None}, 0, 0
    sister = neighbour_of(placed, rng)
    sister.update(title=translated, doi=None)
    if rng.random() < 0.3:
        sister["authors"] = authors_of(other)
    return placed, sister, 0, 0


def deposited(record: Record, other: Record, rng: Rng) -> Pair:
    """A publication beside a repository's copy of it, which is dated by the day on which it was uploaded."""
    year = year_of(record) or 2012
    published: Record = {**record, "authors": authors_of(record)}
    doi, abstract = text_of(record, "doi") or None, text_of(record, "abstract")
    if not doi and (not abstract or rng.random() < 0.3):
        published["doi"] = doi = f"10.1080/{rng.integers(1000, 99999)}.{year}.{rng.integers(1000, 99999)}"
    copy = copied(published, rng, keep=0.9)
    copy.update(
        authors=authors_of(record),
        publication_date=f"{year + int(rng.integers(1, 12))}-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}",
        doi=doi if not abstract or rng.random() < 0.5 else None,
        abstract=abstract[: int(len(abstract) * rng.choice([0.4, 0.7, 1, 1]))] or None,
        urls=[f"https://core.ac.uk/download/{rng.integers(1_000_000, 600_000_000)}.pdf"],
        volume=None,
        number=None,
        pages=None,
    )
    if rng.random() < 0.7:
        copy["journal"] = None
    return published, copy, 1, 1


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


def scanned(record: Record, other: Record, rng: Rng) -> Pair:
    """A record beside what a machine read off the first page of its text, or of a companion's; authors may be lost."""
    known_authors = authors_of(record) if rng.random() < 0.5 else []
    kept = {name: record.get(name) for name in ("title", "abstract", "publication_date", "journal", "doi")}
    listed: Record = {**kept, "authors": known_authors}
    same = rng.random() < 0.6
    text = record if same else sister_of(dict(record), other, rng)
    title = text_of(record if same else other, "title")
    if not same and rng.random() < 0.6:
        words, foreign = text_of(record, "title").split(), title.split()
        half = len(words) // 2
        title = " ".join(words[:half] + foreign[half:] if rng.random() < 0.5 else foreign[:half] + words[half:])
    abstract = text_of(text, "abstract")
    page: Record = {
        "title": misread_title(title, rng),
        "authors": misread_authors(authors_of(record), rng) if rng.random() < 0.5 else [],
        "abstract": misread(abstract[int(rng.integers(0, 40)) :], rng) if rng.random() < 0.8 else None,
        "publication_date": text_of(record, "publication_date")[:4] if rng.random() < 0.2 else None,
    }
    return listed, page, int(same), int(same)


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
