"""Made pairs: real records varied by rules that every librarian would sign.

The labelled sets hold few of the kinds that hurt most (parts of a series, notices, generic titles, sparse copies), so
a model that learns from them alone has hardly seen one. Each rule takes a record and gives a pair with its decision
under both conventions.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np

from papertwin.data.fields import is_empty
from papertwin.data.varied import (
    Record,
    Rng,
    arxiv_number,
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

Pair = tuple[Record, Record, float, float]  # two records, label under `work`, label under `record`

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_WORD = ("one", "two", "three", "four", "five", "six", "seven", "eight")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "October")
_HEADINGS = (
    "Editorial", "Preface", "Introduction", "Foreword", "Book Reviews", "Contents", "Letters to the Editor", "Obituary",
    "Abstracts", "In this issue", "Guest Editorial", "Correspondence", "News", "Index", "Front Matter", "Commentary",
    "Editor's Comments", "Conclusion", "Acknowledgements", "Announcements",
)  # fmt: skip

_COLUMNS = (
    "Book review column", "From the editor", "News and notes", "Reflections on past papers", "Research in brief",
    "Questions and answers", "Letter from the chair", "Calendar of events", "Technology watch", "Guest column",
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
    return named, sister, 0, 0


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


def subtitles(record: Record, other: Record, rng: Rng) -> Pair:
    """One main title with two subtitles, or with and without its subtitle."""
    main = " ".join(text_of(record, "title").rstrip(".").split()[:5])
    named: Record = {**record, "title": f"{main}: {' '.join(text_of(record, 'title').split()[2:])}"}
    if rng.random() < 0.4:
        return named, {**copied(record, rng), "title": main}, 1, 1
    sister = sister_of(named, other, rng)
    sister["title"] = f"{main}: {text_of(other, 'title')}"
    return named, sister, 0, 0


_SCRIPTS = [
    str.maketrans("abcdefghijklmnopqrstuvwxyz", letters)
    for letters in ("абцдефгхийклмнопкрстуввкиз", "ابتدهفغحيجكلمنوثقرسطعذشخزص")
]


def translations(record: Record, other: Record, rng: Rng) -> Pair:
    """A title in another script: the rest of the record tells."""
    script = _SCRIPTS[int(rng.integers(len(_SCRIPTS)))]
    foreign = text_of(other, "title").lower().translate(script)
    if rng.random() < 0.55:
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


def revised(record: Record, other: Record, rng: Rng) -> Pair:
    """Two versions of a preprint under the DOI that its server gave, the later with another title and abstract."""
    year = year_of(record) or 2020
    day = f"{rng.integers(1, 13):02d}.{rng.integers(1, 28):02d}"
    forms: tuple[Callable[[int], str], ...] = (
        lambda n: f"10.1101/{year}.{day}.{20000000 + n}",
        lambda n: f"10.1101/{n:06d}",
        lambda n: f"10.21203/rs.3.rs-{n}",
        lambda n: f"10.2139/ssrn.{n + 1000000}",
        lambda n: f"10.26434/chemrxiv.{n + 7000000}",
        lambda n: f"10.20944/preprints{year}{rng.integers(1, 13):02d}.{n % 10000:04d}",
    )
    form = forms[int(rng.integers(len(forms)))]
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


def columns(record: Record, other: Record, rng: Rng) -> Pair:
    """A journal's recurring column, by the same editor under the same title in two issues; or copies of one."""
    words = text_of(record, "title").split()
    way = rng.random()
    title = " ".join(words[: int(rng.integers(2, 6))])
    if way < 0.5:
        title = str(rng.choice(_COLUMNS if way < 0.25 else _HEADINGS))
    elif way < 0.6:
        title = f"{title} - {rng.choice(_HEADINGS)}"
    year, authors = year_of(record) or 2010, authors_of(record)
    named: Record = {
        "title": title,
        "authors": authors if rng.random() < 0.7 else authors[:1],
        "journal": text_of(record, "journal") or "Quarterly Bulletin",
        "publication_date": str(year),
    }
    if rng.random() < 0.6:
        named.update(volume=str(rng.integers(1, 60)), number=str(rng.integers(1, 9)))
    if rng.random() < 0.35:
        twin = copied(named, rng, keep=0.9)
        twin["title"], twin["publication_date"] = title, str(year)
        return named, twin, 1, 1
    step = int(rng.choice([0, 1, 1, 2, 3, 4, 6]))
    sister: Record = {**named, "publication_date": str(year + step)}
    if rng.random() < 0.5:  # guests beside the editor
        sister["authors"] = [*authors[:1], *authors_of(other)[:2]]
    if step == 0 or "volume" in named:
        volume = int(text_of(named, "volume") or rng.integers(1, 60))
        issue = int(text_of(named, "number") or 1)
        named.update(volume=str(volume), number=str(issue))
        sister.update(volume=str(volume + step), number=str(issue % 8 + 1))
    return named, sister, 0, 0


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
    bare = rng.random() < 0.6  # citations seldom say more
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
    article.update(
        title=paper["title"],
        authors=authors_of(record),
        journal=f"{rng.choice(['Journal of', 'Transactions on', 'International Journal of', 'Annals of'])} {field}",
        publication_date=str(year + int(rng.choice([0, 1, 1, 2, 2, 3]))),
        pages=None if bare else str(rng.integers(400, 900)),
        volume=None if bare else str(rng.integers(1, 60)),
    )
    return paper, article, 1, 0


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


def registrations(record: Record, other: Record, rng: Rng) -> Pair:
    """Trial registrations: one number under two titles, or two numbers under one."""
    number, wrong = (f"NCT{int(n):08d}" for n in rng.integers(10_000, 9_999_999, 2))
    first: Record = {
        "title": record.get("title"),
        "authors": [number],
        "journal": f"https://clinicaltrials.gov/show/{number}",
        "publication_date": record.get("publication_date"),
        "abstract": record.get("abstract"),
    }
    second: Record = {
        "authors": [],
        "journal": "ClinicalTrials.gov",
        "publication_date": str((year_of(record) or 2015) + 1),
    }
    if rng.random() < 0.5:
        words = text_of(record, "title").split()
        second["title"] = (
            " ".join(words[::2]) if rng.random() < 0.5 else " ".join(text_of(other, "title").split()[:3] + words[:3])
        )
        second["pages"] = number
        return first, second, 1, 1
    second.update(title=record.get("title"), pages=wrong)
    return first, second, 0, 0


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
        twin["publication_date"] = str(year + int(rng.choice([0, 0, 0, 1, 5, 20])))
    named = {
        **record,
        "volume": text_of(record, "volume") or str(rng.integers(90, 180)),
        "pages": text_of(record, "pages") or str(rng.integers(900, 1800)),
    }
    return named, twin, 1, 0


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


_CATALOGUES = (
    ("https://pubmed.ncbi.nlm.nih.gov/{}/", 40_000_000),
    ("pmid:{}", 40_000_000),
    ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{}/", 12_000_000),
)


def catalogued(record: Record, other: Record, rng: Rng) -> Pair:
    """PubMed's or PubMed Central's number of both records: one for copies, however altered, two for two works."""
    address, largest = _CATALOGUES[int(rng.integers(len(_CATALOGUES)))]
    number, wrong = (address.format(int(value)) for value in rng.integers(100_000, largest, 2))
    alike, way = int(rng.random() < 0.5), rng.random()
    if alike:
        make = copies if way < 0.4 else citations if way < 0.55 else reworded if way < 0.7 else translations
    else:
        make = exchanged if way < 0.4 else headings if way < 0.7 else notices if way < 0.8 else parts
    pair = make(dict(record), dict(other), rng)
    while pair[2:] != (alike, alike):  # most rules make both kinds
        pair = make(dict(record), dict(other), rng)
    numbers = number, number if alike else wrong
    first, second = ({**side, "urls": [at], "id": None} for side, at in zip(pair[:2], numbers, strict=True))
    return first, second, alike, alike


def headings(record: Record, other: Record, rng: Rng) -> Pair:
    """Two works under one mere heading, or two copies of one such work."""
    heading = str(rng.choice(_HEADINGS))
    named: Record = {**record, "title": heading, "abstract": None}
    if rng.random() < 0.3:
        twin = copied(named, rng, keep=0.85)
        twin["authors"] = authors_of(record)
        return named, twin, 1, 1
    sister = {
        **copied(other, rng, keep=0.7),
        "title": heading.upper() if rng.random() < 0.3 else heading,
        "abstract": None,
    }
    if rng.random() < 0.5:
        sister["authors"] = [] if rng.random() < 0.5 else authors_of(record)
    if rng.random() < 0.4:
        sister["journal"] = record.get("journal")
    return named, sister, 0, 0


def namesakes(record: Record, other: Record, rng: Rng) -> Pair:
    """One title, short and general or long, for works by different people, who are not always named."""
    length = int(rng.integers(2, 6)) if rng.random() < 0.7 else 99
    title = " ".join(text_of(record, "title").split()[:length])
    named: Record = {**record, "title": title}
    sister = {**copied(other, rng, keep=0.6), "title": title.title() if rng.random() < 0.5 else title}
    if length < 99 and rng.random() < 0.5:
        sister.update(authors=[], abstract=None)
    elif not sister["authors"]:
        sister["authors"] = authors_of(other)
    return named, sister, 0, 0


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
    """A record beside what a machine read off the first page of the text, or of a companion's; authors are often lost."""
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


def preprints(record: Record, other: Record, rng: Rng) -> Pair:
    """A preprint beside its article: one work, two records."""
    year = year_of(record) or 2015
    number = arxiv_number(year, rng)
    article: Record = {**copied(record, rng, keep=0.8), "authors": authors_of(record)}
    if not text_of(article, "volume"):
        article.update(volume=str(rng.integers(1, 90)), pages=f"{rng.integers(1, 900)}")
    words = text_of(record, "title").split()
    if rng.random() < 0.3:  # the title was edited, an author joined
        article["title"] = (
            " ".join(words[: max(len(words) - 3, 4)]) if rng.random() < 0.5 else " ".join([words[0], *words[2:]])
        )
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


RULES: tuple[tuple[Callable[[Record, Record, Rng], Pair], int], ...] = (
    (parts, 700),
    (years, 400),
    (notices, 700),
    (exchanged, 900),
    (headings, 400),
    (namesakes, 500),
    (copies, 700),
    (sparse, 600),
    (untitled, 300),
    (preprints, 300),
    (subtitles, 250),
    (translations, 450),
    (retitled, 250),
    (registrations, 300),
    (reprints, 200),
    (revised, 300),
    (columns, 400),
    (extended, 300),
    (citations, 500),
    (online_first, 250),
    (reworded, 400),
    (deposited, 300),
    (scanned, 300),
    (catalogued, 400),
)


def made_pairs(records: Sequence[Record], rng: Rng) -> list[Pair]:
    """Pairs by every rule, as many as RULES says, from records with a telling title and authors."""
    usable = [record for record in records if len(text_of(record, "title").split()) > 4 and authors_of(record)]
    pairs = []
    for rule, count in RULES:
        for a, b in rng.choice(len(usable), (count, 2)):
            if a != b:
                pair = rule(dict(usable[int(a)]), dict(usable[int(b)]), rng)
                if not is_empty(pair[0]) and not is_empty(pair[1]):
                    pairs.append(pair)
    return pairs
