"""Rules for works of one series: parts, sequels, years, numbers and reports, beside copies of one of them."""

from collections.abc import Callable

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

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_WORD = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_EDITIONS = ("Asian", "International", "Global", "Revised", "Student", "Indian", "Abridged", "European")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "October")
_PERIODICALS = (
    "quarterly progress report", "semiannual technical report", "Annual report", "Monthly progress report",
    "Quarterly technical report", "technical progress report", "Interim report", "Semi-annual progress report",
    "Quarterly report", "newsletter",
)  # fmt: skip
_LISTED = ("title", "authors", "publication_date")
_SOURCES = ("Crossref", "OpenAlex", "PubMed", "Scopus", "Web of Science")


def parts(record: Record, other: Record, rng: Rng) -> Pair:
    """Part I and part II of one series, or two copies of the same part."""
    title = text_of(record, "title").rstrip(".")
    first, second = (int(n) for n in rng.choice(8, 2, replace=False))
    forms: tuple[Callable[[int], str], ...] = (
        lambda n: f"{title}. Part {_ROMAN[n]}",
        lambda n: f"{title}: Part {n + 1}",
        lambda n: f"{title} {_ROMAN[n]}",
        lambda n: f"{title}, {_ROMAN[n]}. {text_of(other if n == first else record, 'title')[:40]}",
        lambda n: f"{title} (part {_WORD[n]})",
        lambda n: f"{title}, Volume {n + 1}",
        lambda n: f"{title} (supplement {n + 1})",
        lambda n: f"{title} - {n + 1}",
        lambda n: f"{title}, {n + 2}th edition" if n > 1 else f"{title}. {('First', 'Second')[n]} edition",
        lambda n: f"{title} ({_EDITIONS[n]} edition)",
        lambda n: f"Additional file {n + 1} of {title}",
    )
    form = int(rng.integers(0, len(forms)))
    named: Record = {**record, "title": forms[form](first)}
    if rng.random() < 0.35:
        twin = copied(named, rng)
        if form in {0, 1, 4} and rng.random() < 0.4:
            twin["title"] = forms[0 if form else 1](first)
        return named, twin, 1, 1
    sister = sister_of(named, other, rng)
    sister["title"] = forms[form](second) if rng.random() < 0.85 else title
    if rng.random() < 0.15:  # one text stands before each of them
        sister["abstract"] = record.get("abstract")
    return named, sister, 0, 0


def sequels(record: Record, other: Record, rng: Rng) -> Pair:
    """A work and its sequel, which alone has a number; or copies of a first part, which one of them calls so."""
    title, year = text_of(record, "title").rstrip("."), year_of(record) or 2005
    forms: tuple[Callable[[int], str], ...] = (
        lambda n: f"{title} {_ROMAN[n]}",
        lambda n: f"{title}, {_ROMAN[n]}",
        lambda n: f"{title}. Part {_ROMAN[n]}",
        lambda n: f"{title}: Part {n + 1}",
        lambda n: f"{title} {n + 1}",
        lambda n: f"{title} (part {_WORD[n]})",
    )
    form = forms[int(rng.integers(0, len(forms)))]
    if rng.random() < 0.25:
        twin = copied(record, rng)
        twin["title"] = form(0)
        return record, twin, 1, 1
    first = {**record, "title": title, "publication_date": str(year)}
    sequel = sister_of(first, other, rng)
    sequel["title"] = form(1 if rng.random() < 0.7 else 2)
    sequel["publication_date"] = str(year + int(rng.choice([0, 0, 1, 1, 2, 4])))
    if rng.random() < 0.5:  # as bibliographies list them
        first, sequel = ({name: work.get(name) for name in _LISTED} for work in (first, sequel))
    return first, sequel, 0, 0


def years(record: Record, other: Record, rng: Rng) -> Pair:
    """Two years, months or quarters of one series, or two copies of one of them."""
    title = text_of(record, "title").rstrip(".")
    year = year_of(record) or 2010
    step = int(rng.integers(1, 4))
    form = int(rng.integers(0, 4))
    month = int(rng.integers(0, 4))
    forms: tuple[Callable[[int], str], ...] = (
        lambda n: f"{title} {year + n}",
        lambda n: f"{title}: annual report {year + n}",
        lambda n: f"{title}. Quarterly progress report, {_MONTHS[month + (n > 0) * 3]} {year}",
        lambda n: f"{title}, {year + n - 1}-{year + n}",
    )
    named: Record = {**record, "title": forms[form](0)}
    if rng.random() < 0.35:
        return named, copied(named, rng), 1, 1
    sister = sister_of(named, other, rng)
    sister["title"] = forms[form](step)
    return named, sister, 0, 0


def periodicals(record: Record, other: Record, rng: Rng) -> Pair:
    """Two reports of one series under one title, each of its own day and often of its own number; or copies of one."""
    title, year = text_of(record, "title").rstrip("."), year_of(record) or 1990
    name = str(rng.choice(_PERIODICALS))
    registrant = str(rng.choice(["10.2172", "10.2172", "10.21236", f"10.{rng.integers(1100, 9999)}"]))
    month, step = int(rng.integers(1, 13)), int(rng.choice([1, 3, 3, 6, 6, 12]))
    numbered = rng.random() < 0.7

    def report(month: int) -> Record:
        day = f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}-{rng.integers(1, 29):02d}"
        number = int(rng.integers(100_000, 9_999_999))
        return {
            "title": f"{title}{rng.choice([': ', '. '])}{name}",
            "authors": authors_of(record),
            "publication_date": day,
            "journal": "Office of Scientific and Technical Information (OSTI)" if numbered else record.get("journal"),
            "doi": f"{registrant}/{number}" if numbered else None,
            "urls": [f"https://www.osti.gov/biblio/{number}"] if numbered and rng.random() < 0.4 else [],
        }

    first = report(month)
    if rng.random() < 0.3:
        twin = copied(first, rng, keep=0.8)
        twin.update(title=first["title"], authors=authors_of(record), publication_date=first["publication_date"])
        return first, twin, 1, 1
    return first, report(month + step), 0, 0


def templates(record: Record, other: Record, rng: Rng) -> Pair:
    """Two works of a series whose titles are of one mould, in one place, as two databases have them; or copies of one.

    As an authority's opinions on one substance after the other, or the structures of a crystallographer.
    """
    words, foreign = text_of(record, "title").rstrip(".").split(), text_of(other, "title").rstrip(".").split()
    mould = words[: int(rng.integers(4, 9))]
    one, two = (max(some, key=len) for some in (words[len(mould) :] or words, foreign))
    place = len(mould) if rng.random() < 0.6 else int(rng.integers(0, len(mould)))
    page, year = int(rng.integers(1, 9000)), year_of(record) or 2015
    first_source, second_source = (str(name) for name in rng.choice(_SOURCES, 2))

    def issued(word: str, page: int) -> Record:
        number = f"e{page:05d}" if page % 2 else str(page)
        return {
            "title": " ".join([*mould[:place], word, *mould[place:]]),
            "authors": authors_of(record),
            "publication_date": str(year),
            "journal": text_of(record, "journal") or f"Journal of {mould[0]}",
            "volume": str(year - 1980),
            "number": str(1 + page % 12) if year % 2 else None,
            "pages": number if rng.random() < 0.7 else None,
            "doi": f"10.2900/x.{year}.{page}" if rng.random() < 0.6 else None,
            "abstract": record.get("abstract") if rng.random() < 0.3 else None,
        }

    named = {**issued(one, page), "source": first_source}
    if rng.random() < 0.4:
        twin = copied(named, rng, keep=0.8)
        twin.update(title=named["title"], source=second_source)
        return named, twin, 1, 1
    sister: Record = {**issued(two, page + 12 * int(rng.integers(1, 4))), "source": second_source}
    if rng.random() < 0.3:
        sister["authors"] = authors_of(record)[:1]
    return named, sister, 0, 0
