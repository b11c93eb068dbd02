"""Made record files of any size: real records, fresh works made of them, and copies with the noise of databases.

A set of search results has ten thousand records; a million are made of them as follows. Every record of the sets that
has a title is a work once; from the second time on it is made a fresh work: three words in ten of its title and two in
ten of its abstract are drawn from the words of all titles and abstracts (so that common words stay common), its authors
are drawn from all authors, its year moves by up to five, and it gets a DOI, a volume and pages of its own. A work in
four has one copy, one in twelve has two, one in fifty has four, made by data/labelled/variants/varied.py: fields lost,
names shortened, letters and years changed. Copies lie up to SPREAD records apart. Everything is seeded.
"""

import json
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np

from papertwin.data.labelled.set_files import read_records
from papertwin.data.labelled.variants.varied import Record, authors_of, copied, text_of, year_of

SOURCES = ("search_results", "wagner_digital_work", "asysd_diabetes", "sra_copper", "medrxiv_gold_cabanac")
SPREAD = 50_000  # records among which a copy and its work are shuffled
COPIES = ((0.02, 4), (0.083, 2), (0.25, 1))  # (share of the works, copies)


def made_records(sets: Path) -> Iterator[Record]:
    """Records without end; the id is w<work>c<copy>, so that the truth travels with them."""
    found = [dict(record) for name in SOURCES if (sets / name).is_dir() for record in read_records(sets / name)]
    base = [record for record in found if text_of(record, "title")]
    titles = [word for record in base for word in text_of(record, "title").split()]
    abstracts = [word for record in base for word in text_of(record, "abstract").split()]
    people = [name for record in base for name in authors_of(record)]
    rng, chance = np.random.default_rng(0), random.Random(0)
    for number in count():
        record = dict(base[number % len(base)])
        if number >= len(base):
            record = _fresh(record, number, (titles, abstracts, people), chance)
        yield record | {"id": f"w{number}c0"}
        lot = chance.random()
        for copy in range(next((copies for share, copies in COPIES if lot < share), 0)):
            yield copied(record, rng, keep=0.6) | {"id": f"w{number}c{copy + 1}"}


def write_records(sets: Path, path: Path, size: int) -> None:
    """A file of `size` made records, JSON lines."""
    chance = random.Random(0)
    records = made_records(sets)
    with path.open("w", encoding="utf-8") as out:
        for start in range(0, size, SPREAD):
            part = [next(records) for _ in range(min(SPREAD, size - start))]
            chance.shuffle(part)
            out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in part)


def _fresh(record: Record, number: int, pools: tuple[list[str], list[str], list[str]], chance: random.Random) -> Record:
    titles, abstracts, people = pools
    year = (year_of(record) or 2010) + chance.randint(-5, 5)
    page = chance.randint(1, 900)
    fresh = record | {
        "title": _exchanged(text_of(record, "title"), titles, 0.3, chance),
        "abstract": _exchanged(text_of(record, "abstract"), abstracts, 0.2, chance) or None,
        "authors": [chance.choice(people) for _ in authors_of(record) or [""]],
        "publication_date": str(year),
        "urls": [],
    }
    if text_of(record, "doi"):
        fresh["doi"] = f"10.{1000 + number % 97}/made.{number}"
    if text_of(record, "pages"):
        fresh |= {"volume": str(chance.randint(1, 60)), "pages": f"{page}-{page + chance.randint(2, 20)}"}
    return fresh


def _exchanged(text: str, pool: list[str], share: float, chance: random.Random) -> str:
    return " ".join(chance.choice(pool) if chance.random() < share else word for word in text.split())
