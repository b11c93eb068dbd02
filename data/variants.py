"""Made pairs: real records varied by rules that every librarian would sign.

The labelled sets hold few of the kinds that hurt most (parts of a series, notices, generic titles, sparse copies), so
a model that learns from them alone has hardly seen one. Each rule takes a record and gives a pair with its decision
under both conventions.
"""

from collections.abc import Callable, Sequence

import numpy as np

from papertwin.data.fields import is_empty
from papertwin.data.varied import (
    Record,
    Rng,
    arxiv_number,
    authors_of,
    copied,
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


def sparse(record: Record, other: Record, rng: Rng) -> Pair:
    """Title and first author or less on both sides."""
    bare: Record = {"title": record.get("title"), "authors": authors_of(record)[:1] if rng.random() < 0.7 else []}
    if rng.random() < 0.4:
        bare["publication_date"] = record.get("publication_date")
    twin = dict(bare) if rng.random() < 0.5 else copied(bare, rng)
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
    (sparse, 300),
    (untitled, 300),
    (preprints, 300),
    (subtitles, 250),
    (translations, 450),
    (retitled, 250),
    (registrations, 300),
    (reprints, 200),
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
