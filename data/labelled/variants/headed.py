"""Rules for works under one title that many share: columns, headings, namesakes and chapters, beside copies of one."""

import datetime

from papertwin.data.labelled.variants.varied import (
    Pair,
    Record,
    Rng,
    arxiv_number,
    authors_of,
    copied,
    text_of,
    year_of,
)

_HEADINGS = (
    "Editorial", "Preface", "Introduction", "Foreword", "Book Reviews", "Contents", "Letters to the Editor", "Obituary",
    "Abstracts", "In this issue", "Guest Editorial", "Correspondence", "News", "Index", "Front Matter", "Commentary",
    "Editor's Comments", "Conclusion", "Acknowledgements", "Announcements", "President's Message", "Vorwort",
    "From the President", "Journal Club", "Research Highlights", "News in Brief",
)  # fmt: skip
_COLUMNS = (
    "Book review column", "From the editor", "News and notes", "Reflections on past papers", "Research in brief",
    "Questions and answers", "Letter from the chair", "Calendar of events", "Technology watch", "Guest column",
)  # fmt: skip
# A part's DOI, made of nine digits for the book and the number of the part.
_BOOK_PARTS = (
    "10.1007/978-3-{0:.5}-{0:.3}-1_{1}", "10.1002/978{0}0.ch{1}", "10.1017/cbo978{0}0.0{1:02d}", "10.2307/j.ctv{0}.{1}",
    "10.1016/b978-0-{0:.2}-{0:.6}-3.000{1:02d}-x", "10.1515/978{0}0-0{1:02d}", "10.4324/978{0}0-{1}",
    "10.1093/oso/978{0}0.003.00{1:02d}", "10.1201/978{0}0-{1}", "10.1142/978{0}0_00{1:02d}",
)  # fmt: skip


def columns(record: Record, other: Record, rng: Rng) -> Pair:
    """A journal's recurring column, by the same editor under the same title in two issues; or copies of one."""
    words, journal = text_of(record, "title").split(), text_of(record, "journal") or "Quarterly Bulletin"
    way = rng.random()
    title = " ".join(words[: int(rng.integers(2, 4))])  # a longer one is an article's
    if way < 0.6:
        title = str(rng.choice(_COLUMNS if way < 0.3 else _HEADINGS))
    elif way < 0.75:
        title = f"{title} - {rng.choice(_HEADINGS)}"
    elif way < 0.9:
        title = f"{rng.choice(['Remarks', 'News', 'Notes'])} from the {journal} {rng.choice(['editor', 'archive'])}"
    year, authors = year_of(record) or 2010, authors_of(record)
    named: Record = {
        "title": title,
        "authors": authors if rng.random() < 0.7 else authors[:1],
        "journal": journal,
        "publication_date": str(year),
    }
    dated = rng.random() < 0.25  # in a newspaper or a weekly
    day = datetime.date(year, int(rng.integers(1, 13)), int(rng.integers(1, 29)))
    if dated:
        named["publication_date"] = day.isoformat()
    elif rng.random() < 0.6:
        named.update(volume=str(rng.integers(1, 60)), number=str(rng.integers(1, 9)))
        if rng.random() < 0.5:  # it has a place of its own in each issue
            page = int(rng.integers(1, 12))
            named["pages"] = f"{page}-{page + int(rng.integers(1, 4))}" if rng.random() < 0.5 else str(page)
    if rng.random() < 0.35:
        twin = copied(named, rng, keep=0.9)
        twin["title"], twin["publication_date"] = title, named["publication_date"]
        return named, twin, 1, 1
    if dated:
        later = day + datetime.timedelta(days=int(rng.choice([1, 7, 7, 14, 30])))
        return named, {**copied(named, rng, keep=0.9), "title": title, "publication_date": later.isoformat()}, 0, 0
    step = int(rng.choice([0, 0, 1, 1, 2, 3, 6]))
    sister: Record = {**named, "publication_date": str(year + step)}
    if rng.random() < 0.5:  # guests beside the editor
        sister["authors"] = [*authors[:1], *authors_of(other)[:2]]
    if step == 0 or "volume" in named:
        volume = int(text_of(named, "volume") or rng.integers(1, 60))
        issue = int(text_of(named, "number") or 1)
        named.update(volume=str(volume), number=str(issue))
        sister.update(volume=str(volume + step), number=str(issue % 8 + 1))
    return named, sister, 0, 0


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
        if rng.random() < 0.5 and (year := year_of(record)):  # on the first page of the next volume, too
            named["pages"] = sister["pages"] = str(rng.choice(["1", "i", "iii", "1-2"]))
            sister["publication_date"] = str(year + int(rng.integers(1, 3)))
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


def book_parts(record: Record, other: Record, rng: Rng) -> Pair:
    """A chapter, whose record often names nobody, beside another's work under its general title; or its own copies."""
    words, year = text_of(record, "title").split(), year_of(record) or 2012
    abstract, authors = record.get("abstract"), authors_of(record)
    way = rng.random()
    title = " ".join(words[: int(rng.integers(2, 6))] if rng.random() < (0.4 if way < 0.5 else 0.8) else words)
    doi = str(rng.choice(_BOOK_PARTS)).format(str(rng.integers(10**8, 10**9)), int(rng.integers(1, 40)))
    first_page = int(rng.integers(1, 600))
    chapter: Record = {
        "title": title.upper() if rng.random() < 0.2 else title,
        "authors": authors if way < 0.5 or rng.random() < 0.3 else [],
        "publication_date": str(year) if rng.random() < 0.7 else None,
        "journal": f"{' '.join(text_of(other, 'title').split()[:4])} Handbook" if rng.random() < 0.4 else None,
        "pages": f"{first_page}-{first_page + int(rng.integers(5, 40))}" if rng.random() < 0.5 else None,
        "doi": doi,
        "abstract": abstract if rng.random() < 0.3 and way < 0.5 else None,
    }
    if way < 0.3:
        twin = copied(chapter, rng, keep=0.8)
        twin.update(title=title, authors=authors if rng.random() < 0.8 else twin["authors"])
        if rng.random() < 0.4:  # an entry of a reference work, which is dated anew with each of its issues
            twin.update(doi=doi, publication_date=str(year + int(rng.choice([1, 2, 2, 3, 5, 8]))))
        return chapter, twin, 1, 1
    before = year - int(rng.choice([0, 0, 1, 1, 2, 3]))
    preprint: Record = {
        "title": title,
        "authors": authors,
        "publication_date": f"{before}-{rng.integers(1, 13):02d}-{rng.integers(1, 29):02d}",
        "urls": [f"http://arxiv.org/abs/{arxiv_number(before, rng)}v1"],
        "abstract": abstract,
    }
    if way < 0.5:
        return chapter, preprint, 1, 0
    theirs = year_of(other) or 2015
    if rng.random() < 0.6:
        urls = [f"http://arxiv.org/abs/{arxiv_number(theirs, rng)}v1"]
        sister = {**preprint, "authors": authors_of(other), "publication_date": str(theirs), "urls": urls}
    else:
        sister = {**copied(other, rng, keep=0.8), "authors": authors_of(other), "title": title}
    return chapter, {**sister, "abstract": other.get("abstract")}, 0, 0
