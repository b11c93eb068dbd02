"""Records varied as databases vary them: copies with lost and shortened fields, sisters of the same authors.

What the rules are made of.
"""

import re

import numpy as np

from papertwin.data.values.text import known

Record = dict[str, object]
Rng = np.random.Generator
Pair = tuple[Record, Record, float, float]  # two records, labels under `work` and `record` (NaN: experts differ)


def text_of(record: Record, name: str) -> str:
    """The field as text, empty where it is missing."""
    return known(record.get(name)) or ""


def authors_of(record: Record) -> list[str]:
    """The authors as a list of names."""
    value = record.get("authors")
    return [str(name) for name in value if known(name)] if isinstance(value, list) else []


def year_of(record: Record) -> int | None:
    """The year of the record's date."""
    found = re.match(r"\d{4}", text_of(record, "publication_date"))
    return int(found[0]) if found else None


def _initials(name: str) -> str:
    surname, comma, given = name.partition(",")
    if not comma:
        words = name.split()
        surname, given = words[-1], " ".join(words[:-1])
    return f"{surname.strip()} {''.join(word[0] for word in given.replace('-', ' ').split())}".strip()


def _typo(text: str, rng: Rng) -> str:
    place = int(rng.integers(1, max(len(text) - 1, 2)))
    return text[:place] + text[place + 1 :] if rng.random() < 0.5 else text[:place] + text[place - 1] + text[place:]


def _misplaced(record: Record, rng: Rng) -> Record:
    """A place as careless exports give it: the issue is a number of the file's own, the volume is the year ..."""
    way = rng.random()
    if way < 0.5:
        return {"number": str(rng.integers(1, 3000))}
    if way < 0.65:
        return {"volume": text_of(record, "publication_date")[:4] or None}
    if way < 0.8:
        return {"number": None, "pages": f"e{rng.integers(1, 90000)}"}
    return {"volume": None} if way < 0.9 else {"pages": None}


def copied(record: Record, rng: Rng, keep: float = 0.5) -> Record:
    """The record as another database would show it: fields lost, names shortened, letters changed in case.

    `keep` is the chance of each identifier, abstract and place to survive.
    """
    copy = dict(record)
    for name in ("doi", "abstract", "journal"):
        if rng.random() > keep:
            copy[name] = None
    if rng.random() > keep:
        copy["urls"] = []
    if rng.random() > keep:
        copy.update(volume=None, number=None, pages=None)
    elif rng.random() < 0.25:
        copy.update(_misplaced(copy, rng))
    names = authors_of(record)
    way = rng.random()
    if way < 0.2:
        names = [_initials(name) for name in names]
    elif way < 0.3 and len(names) > 1:
        names = names[:1]
    elif way < 0.4 and len(names) > 3:
        names = [*names[:3], "et al."]
    elif way < 0.48:
        names = []
    copy["authors"] = names
    title = text_of(record, "title")
    way = rng.random()
    if way < 0.12:
        title = title.upper()
    elif way < 0.2:
        title = title.rstrip(".") + "."
    elif way < 0.25 and len(title) > 30:
        title = _typo(title, rng)
    elif way < 0.3 and len(title) > 30:
        title = title.replace("-", " ")
    copy["title"] = title
    year = year_of(record)
    if year is not None and rng.random() < 0.5:
        copy["publication_date"] = str(year + int(rng.random() < 0.1))
    elif rng.random() < 0.15:
        copy["publication_date"] = None
    copy["source"] = None
    copy["id"] = None
    return copy


def sister_of(record: Record, other: Record, rng: Rng) -> Record:
    """A sister of the record: same authors, identifiers and place of its own, an abstract that is partly another's."""
    sister = copied(record, rng)
    sister.update(doi=None, urls=[], pages=None)
    if rng.random() < 0.4:
        sister["doi"], sister["urls"] = other.get("doi"), other.get("urls")
    if rng.random() < 0.3:
        sister["pages"] = other.get("pages")
    year = year_of(record)
    sister["publication_date"] = None if year is None or rng.random() < 0.2 else str(year + int(rng.integers(0, 3)))
    sister["abstract"] = _rewritten(text_of(record, "abstract"), text_of(other, "abstract"), rng)
    if rng.random() < 0.35:  # both are preprints, each under its own number
        year = year or 2015
        record.update(urls=[f"http://arxiv.org/abs/{arxiv_number(year, rng)}v1"], doi=None)
        sister.update(urls=[f"http://arxiv.org/abs/{arxiv_number(year, rng)}v1"], doi=None)
    return sister


def _rewritten(abstract: str, other: str, rng: Rng) -> str | None:
    """An abstract in the same mould: words exchanged throughout, or some of its sentences with some of another's."""
    if not abstract or rng.random() < 0.3:
        return None
    if other and rng.random() < 0.4:
        words, foreign = abstract.split(), other.split()
        for place in np.flatnonzero(rng.random(len(words)) < rng.uniform(0.15, 0.4)):
            words[int(place)] = foreign[int(rng.integers(len(foreign)))]
        return " ".join(words)
    sentences, others = (re.split(r"(?<=[.!?]) ", text) for text in (abstract, other))
    share = len(sentences) // 2 if rng.random() < 0.7 else len(sentences)
    return " ".join(sentences[:share] + others[: len(sentences) - share])


def misread(text: str, rng: Rng) -> str:
    """The text as a machine reads it off a page: some letters wrong or lost, some spaces lost."""
    letters = [
        letter if way > 0.012 else "" if way < 0.004 else str(rng.choice(list("aceilnorstu-")))
        for letter, way in zip(text, rng.random(len(text)), strict=True)
    ]
    read = "".join(letters)
    if rng.random() < 0.2:
        spaces = [place for place, letter in enumerate(read) if letter == " "]
        lost = set(rng.choice(spaces, len(spaces) // 2, replace=False).tolist()) if spaces else set()
        read = "".join(letter for place, letter in enumerate(read) if place not in lost)
    return read


def misread_title(title: str, rng: Rng) -> str:
    """A title cut out of a reference: misread, with its end or beginning lost, or with a neighbour's words."""
    words = title.split()
    way = rng.random()
    if way < 0.2 and len(words) > 5:
        words = words[: -int(rng.integers(1, len(words) // 2))]
    elif way < 0.3 and len(words) > 6:
        words = words[int(rng.integers(1, 4)) :]
    elif way < 0.4:
        words = [str(rng.choice(["and", "et al.", "In:", "J.", "1999.", "[J]", "Kim and Li,"])), *words]
    elif way < 0.5:
        words = [
            *words,
            str(rng.choice(["Technical report,", "extended version", "(demo)", "In Proc.", "Ph.D. thesis"])),
        ]
    return misread(" ".join(words), rng)


def misread_authors(names: list[str], rng: Rng) -> list[str]:
    """Authors cut out of a reference: initials, misread, glued together, names in the wrong order, the rest lost."""
    read = [misread(name, rng) for name in map(_initials, names)]
    way = rng.random()
    if way < 0.25:
        read = read[:1]
    elif way < 0.35:
        read = [f"{read[0].split()[0]}â€¦"] if read[0].split() else read
    elif way < 0.45:  # given names taken for surnames
        read = [" ".join(reversed(name.replace(",", "").split())) for name in names]
    elif way < 0.55:
        read = ["".join(read[0].split()), *read[2:]]
    elif way < 0.6:
        read = []
    return [name for name in read if name.strip()]


def arxiv_number(year: int, rng: Rng) -> str:
    """An arXiv id of that year which may or may not exist."""
    return f"{year % 100:02d}{int(rng.integers(1, 13)):02d}.{int(rng.integers(100, 18000)):05d}"


def neighbour_of(record: Record, rng: Rng, nearest: int = 1) -> Record:
    """Another record in the same place, without abstract: `nearest` pages behind, or more; 0 is the same page."""
    page = re.search(r"\d+", text_of(record, "pages"))
    first = int(page[0]) if page else int(rng.integers(10, 900))
    record["pages"] = str(first)
    record.setdefault("volume", str(rng.integers(1, 90)))
    sister: Record = {
        **record,
        "pages": str(first + int(rng.integers(nearest, 3))),
        "abstract": None,
        "urls": [],
        "id": None,
    }
    if rng.random() < 0.5:
        sister["doi"] = None
    return sister
