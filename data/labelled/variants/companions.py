"""Rules for works that look alike: theses, data, notices and companions, beside copies of one of them."""

import numpy as np

from papertwin.data.labelled.variants.varied import (
    Pair,
    Record,
    Rng,
    authors_of,
    copied,
    misread_title,
    neighbour_of,
    sister_of,
    text_of,
    year_of,
)
from papertwin.data.values import things

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
_THESIS_TYPES = ("dissertation", "thesis", "doctoralThesis", "Thesis", "PhdThesis", "masterThesis", "THES")
_UNIVERSITIES = ("University of Leeds", "Universität Bremen", "Universidade de Coimbra", "Ohio State University")
_SWAPS = (
    ("men", "women"), ("boys", "girls"), ("male rats", "female rats"), ("the left eye", "the right eye"),
    ("type 1 diabetes", "type 2 diabetes"), ("BRCA1 carriers", "BRCA2 carriers"), ("influenza A", "influenza B"),
    ("hypertension", "hypotension"), ("mice", "rats"), ("children", "adults"), ("2-chlorophenol", "3-chlorophenol"),
    ("maternal smoking", "paternal smoking"), ("low doses", "high doses"), ("hyperkalaemia", "hypokalaemia"),
    ("the north", "the south"), ("hepatitis B", "hepatitis C"), ("CD4 cells", "CD8 cells"), ("winter", "summer"),
    ("pp collisions at 7 TeV", "pp collisions at 8 TeV"), ("PM2.5", "PM10"), ("early stages", "late stages"),
)  # fmt: skip

# Things that one team studies one after the other.
# Kinds of things that are in no list of data/values/things.py, so that the model learns of those, too.
_UNLISTED_THINGS = tuple(kind.split("|") for kind in (
    "violins|cellos|flutes|oboes", "castles|abbeys|bridges|mills", "turtles|penguins|otters|seals|walruses",
    "limestone|basalt|granite|slate|gneiss", "annuities|mortgages|warrants|debentures", "lattices|rings|groups|modules",
    "ballads|sonnets|elegies|odes", "kites|balloons|gliders|drones", "ferns|mosses|lichens|algae",
    "hip fracture|wrist fracture|ankle fracture|rib fracture", "lectures|seminars|tutorials|excursions",
    "quarks|gluons|axions|dyons", "bakers|tailors|weavers|brewers", "tablets|laptops|smartphones|watches",
    "dams|canals|tunnels|harbours", "opera|ballet|theatre|cinema", "the eyelid|the tongue|the palate|the earlobe",
    "tai chi|qigong|dancing|gardening", "Trondheim|Utrecht|Coimbra|Uppsala|Heidelberg",
    "the Loire|the Vistula|the Po|the Ebro",
))  # fmt: skip
_LISTED_THINGS = tuple([name.title() for name in names] for names in things.NAMES)
_TWIN_TITLES = (
    "{about} in {thing}", "{about} in {thing}: a cohort study", "{about}: evidence from {thing}", "{about} of {thing}",
    "{thing} and {about}", "Effects of {thing} on {about}", "The role of {thing} in {about}", "{about} with {thing}",
    "{about} for {thing}: a review", "A survey of {about} among {thing}",
)  # fmt: skip
_DATABASES = (
    "PubMed",
    "Scopus",
    "Embase",
    "Web of Science",
    "crossref",
    "openalex",
    "Semantic Scholar",
    "CORE",
    "ERIC",
)


def theses(record: Record, other: Record, rng: Rng) -> Pair:
    """A thesis beside the article that was made of it under its title, or another catalogue's record of it."""
    year = year_of(record) or 2010
    named: Record = {
        "title": record.get("title"),
        "authors": authors_of(record)[:1],
        "publication_date": str(year),
        "abstract": record.get("abstract"),
        **_said_to_be_a_thesis(rng),
    }
    if rng.random() < 0.5:
        twin = copied(named, rng, keep=0.8) | {"authors": authors_of(record)[:1], "journal": None, "type": None}
        if rng.random() < 0.8:
            twin.update(_said_to_be_a_thesis(rng))
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


def _said_to_be_a_thesis(rng: Rng) -> Record:
    """By what stands for the journal, or by the record's type."""
    if rng.random() < 0.5:
        return {"journal": str(rng.choice(_THESES))}
    return {"type": str(rng.choice(_THESIS_TYPES)), "publisher": str(rng.choice(_UNIVERSITIES))}


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


def twins(record: Record, other: Record, rng: Rng) -> Pair:
    """One team's studies of two countries, crops, organs ... in databases that say little else; or one, misread."""
    title = text_of(record, "title").rstrip(".").split()
    about = " ".join(title[: int(rng.integers(4, 10))])
    kinds = _UNLISTED_THINGS if rng.random() < 0.4 else _LISTED_THINGS
    one, two = rng.choice(kinds[int(rng.integers(len(kinds)))], 2, replace=False).tolist()
    form = str(rng.choice(_TWIN_TITLES))
    year = year_of(record) or 2012
    named: Record = {"authors": authors_of(record), "publication_date": str(year)}
    if rng.random() < 0.5:
        named["journal"] = record.get("journal")
    if rng.random() < 0.3:
        named["abstract"] = record.get("abstract")
    named["title"] = form.format(about=about, thing=one)
    is_copy = rng.random() < 0.5
    twin = copied(named, rng, keep=0.8) if is_copy else {**named, "abstract": None}
    if is_copy and rng.random() < 0.6:
        twin["title"] = misread_title(text_of(named, "title"), rng)
    if not is_copy:
        twin["title"] = form.format(about=about, thing=two)
        twin["publication_date"] = str(year + int(rng.choice([0, 0, 0, 1])))
        if rng.random() < 0.2:
            twin["journal"] = other.get("journal")
        if rng.random() < 0.3:
            named, twin = twin, named
    named["source"], twin["source"] = rng.choice(_DATABASES, 2, replace=bool(rng.random() < 0.2)).tolist()
    return named, twin, float(is_copy), float(is_copy)


def subtitles(record: Record, other: Record, rng: Rng) -> Pair:
    """One main title with two subtitles, or with and without its subtitle."""
    main = " ".join(text_of(record, "title").rstrip(".").split()[:5])
    named: Record = {**record, "title": f"{main}: {' '.join(text_of(record, 'title').split()[2:])}"}
    if rng.random() < 0.4:
        return named, {**copied(record, rng), "title": main}, 1, 1
    sister = sister_of(named, other, rng)
    sister["title"] = f"{main}: {text_of(other, 'title')}"
    return named, sister, 0, 0
