"""Rules for works under one title that many share: columns, headings and namesakes, beside copies of one."""

import datetime

from papertwin.data.labelled.variants.varied import (
    Pair,
    Record,
    Rng,
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
