"""Rules for works that look alike: parts, years, notices and companions, beside copies of one of them."""

from collections.abc import Callable

import numpy as np

from papertwin.data.labelled.variants.varied import (
    Pair,
    Record,
    Rng,
    authors_of,
    copied,
    neighbour_of,
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
_DATA = (
    ("Dryad Digital Repository", "10.5061/dryad.{:x}"), ("PANGAEA", "10.1594/PANGAEA.{}"),
    ("Mendeley Data", "10.17632/{:x}.1"), ("Figshare", "10.6084/m9.figshare.{}"),
    ("figshare", "10.6084/m9.figshare.{}.v1"),
)  # fmt: skip
_DATA_TITLES = (
    "Data from: {}", "Additional file 1 of {}", "MOESM1 of {}", "Supplementary material for: {}", "Dataset for: {}",
    "Table_1_{}.docx", "Data_Sheet_1_{}.pdf", "Code and data for: {}",
)  # fmt: skip
_THESES = (
    "PhD thesis", "Doctoral dissertation", "Dissertation Abstracts International", "Thesis", "Master's thesis",
    "ProQuest Dissertations and Theses", "PhD thesis, University of Leeds",
    "Dissertation Abstracts International: Section B: The Sciences and Engineering",
)  # fmt: skip
_LISTED = ("title", "authors", "publication_date")
_SOURCES = ("Crossref", "OpenAlex", "PubMed", "Scopus", "Web of Science")
_SWAPS = (
    ("men", "women"), ("boys", "girls"), ("male rats", "female rats"), ("the left eye", "the right eye"),
    ("type 1 diabetes", "type 2 diabetes"), ("BRCA1 carriers", "BRCA2 carriers"), ("influenza A", "influenza B"),
    ("hypertension", "hypotension"), ("mice", "rats"), ("children", "adults"), ("2-chlorophenol", "3-chlorophenol"),
    ("maternal smoking", "paternal smoking"), ("low doses", "high doses"), ("hyperkalaemia", "hypokalaemia"),
    ("the north", "the south"), ("hepatitis B", "hepatitis C"), ("CD4 cells", "CD8 cells"), ("winter", "summer"),
    ("pp collisions at 7 TeV", "pp collisions at 8 TeV"), ("PM2.5", "PM10"), ("early stages", "late stages"),
)  # fmt: skip


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


def theses(record: Record, other: Record, rng: Rng) -> Pair:
    """A thesis beside the article that was made of it under its title, or another catalogue's record of it."""
    year = year_of(record) or 2010
    named: Record = {
        "title": record.get("title"),
        "authors": authors_of(record)[:1],
        "publication_date": str(year),
        "journal": str(rng.choice(_THESES)),
        "abstract": record.get("abstract"),
    }
    if rng.random() < 0.5:
        twin = copied(named, rng, keep=0.8)
        twin.update(authors=authors_of(record)[:1], journal=None if rng.random() < 0.2 else str(rng.choice(_THESES)))
        return named, twin, 1, 1
    article = sister_of(dict(named), other, rng)
    article.update(
        title=record.get("title"),
        authors=authors_of(record),
        publication_date=str(year + int(rng.choice([-1, 0, 0, 1, 1, 2, 3]))),
        journal=record.get("journal") or f"Journal of {text_of(other, 'title').split()[0]}",
        doi=record.get("doi"),
        urls=[],
    )
    if rng.random() < 0.3:
        article["abstract"] = record.get("abstract")
    return named, article, 0, 0


def data_deposits(record: Record, other: Record, rng: Rng) -> Pair:
    """An article beside the data deposited under its title, or under one like it; or the deposit twice.

    Some of what lies in figshare is the article itself.
    """
    year, number = year_of(record) or 2015, int(rng.integers(100_000, 9_999_999))
    venue, doi = _DATA[int(rng.integers(len(_DATA)))]
    title, abstract = text_of(record, "title"), text_of(record, "abstract")
    deposit: Record = {
        "title": str(rng.choice(_DATA_TITLES)).format(title) if rng.random() < 0.4 else title,
        "authors": authors_of(record),
        "publication_date": f"{year + int(rng.random() < 0.3)}-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}",
        "journal": venue if rng.random() < 0.8 else None,
        "doi": doi.format(number),
        "abstract": str(rng.choice(["", "", "Data set, CSV.", abstract])) or None,
    }
    way = rng.random()
    if way < 0.15:
        return deposit, {**copied(deposit, rng, keep=0.9), "title": deposit["title"]}, 1, 1
    article = {**copied(record, rng, keep=0.8), "authors": authors_of(record)}
    if rng.random() < 0.7 and not text_of(article, "doi"):
        article["doi"] = f"10.1{rng.integers(100, 999)}/{rng.integers(100, 999)}.{number}"
    if "figshare" in doi and way < 0.3:
        return article, {**deposit, "title": title, "abstract": abstract or None}, 1, 1
    return article, deposit, 0, 0


def notices(record: Record, other: Record, rng: Rng) -> Pair:
    """A notice, reply, review or supplement beside its work; or a retracted work beside itself."""
    title = text_of(record, "title").rstrip(".")
    if rng.random() < 0.25:
        twin = copied(record, rng)
        twin["title"] = str(rng.choice(["RETRACTED: ", "Retracted Article: ", "WITHDRAWN: "])) + text_of(twin, "title")
        return record, twin, 1, 1
    sister = sister_of(record, other, rng)
    own = [
        "Erratum to: {}", "Erratum: {}", 'Corrigendum to "{}"', "Correction: {}", "Correction to: {}", "{} (Erratum)",
        "Reply to comments on {}", "Author's reply: {}", "Additional file 1 of {}", "Supplementary material for: {}",
        "Retraction: {}", 'Retraction notice to "{}"', "Response to letter: {}", "Data from: {}", "Addendum to: {}",
    ]  # fmt: skip
    foreign = [
        'Comment on "{}"', "Re: {}", "Book review: {}", 'Review of "{}"', "Letter to the editor: {}",
        "Commentary on {}", 'Discussion of "{}"', "Comments on {}",
    ]  # fmt: skip
    if rng.random() < 0.65:
        sister["title"] = str(rng.choice(own)).format(title)
    else:
        sister["title"] = str(rng.choice(foreign)).format(title)
        sister["authors"] = authors_of(other)
    sister["abstract"] = None
    if rng.random() < 0.2:
        sister["doi"] = record.get("doi")
    return record, sister, 0, 0


def exchanged(record: Record, other: Record, rng: Rng) -> Pair:
    """Companion papers: one or two words of a long title exchanged, the same authors."""
    words = text_of(record, "title").split()
    foreign = [word for word in text_of(other, "title").split() if len(word) > 4] or ["stochastic"]
    places = [n for n, word in enumerate(words) if len(word) > 4] or [0]
    chosen = rng.choice(places, min(len(places), int(rng.integers(1, 3))), replace=False)
    if rng.random() < 0.4:
        chosen = np.array(places[-2:])
    for place in chosen:
        words[int(place)] = str(rng.choice(foreign))
    # a neighbour in one supplement may share even the DOI
    sister = neighbour_of(record, rng) if rng.random() < 0.25 else sister_of(record, other, rng)
    sister["title"] = " ".join(words)
    if rng.random() < 0.2:
        keep = ("title", "authors", "publication_date")[: int(rng.integers(2, 4))]
        return {name: record.get(name) for name in keep}, {name: sister.get(name) for name in keep}, 0, 0
    return record, sister, 0, 0


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


def swaps(record: Record, other: Record, rng: Rng) -> Pair:
    """One study of men and one of women: titles that differ in a few letters, or in nothing, then copies."""
    one, two = rng.permutation(_SWAPS[int(rng.integers(len(_SWAPS)))])
    title = text_of(record, "title").rstrip(".")
    form = str(rng.choice(["{title} in {studied}", "{title}: {studied}", "Effects of {studied} on {title}"]))
    named: Record = {**record, "title": form.format(title=title, studied=one)}
    if rng.random() < 0.35:
        return named, copied(named, rng), 1, 1
    sister = neighbour_of(named, rng) if rng.random() < 0.3 else sister_of(named, other, rng)
    if rng.random() < 0.4:  # nothing but title, authors and year
        named, sister = ({**side, "doi": None, "urls": [], "abstract": None} for side in (named, sister))
        sister["publication_date"] = named.get("publication_date")
    sister["title"] = form.format(title=title, studied=two)
    return named, sister, 0, 0


def subtitles(record: Record, other: Record, rng: Rng) -> Pair:
    """One main title with two subtitles, or with and without its subtitle."""
    main = " ".join(text_of(record, "title").rstrip(".").split()[:5])
    named: Record = {**record, "title": f"{main}: {' '.join(text_of(record, 'title').split()[2:])}"}
    if rng.random() < 0.4:
        return named, {**copied(record, rng), "title": main}, 1, 1
    sister = sister_of(named, other, rng)
    sister["title"] = f"{main}: {text_of(other, 'title')}"
    return named, sister, 0, 0
