"""The inputs of the speed benchmark, made at run time from real records, the same in every run.

Pairs come in the order of the titles, so that neighbours are as alike as pairs that blocking finds: every other pair
is a record and a changed copy of it, the others are two neighbours. Where the records run out they come again with
other words in titles and abstracts and other letters in names, so that no record is there twice and nothing that was
seen before helps.
"""

import csv
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Case = tuple[Record, Record, bool]  # two records, and whether they are duplicates

SETS = ("search_results", "asysd_diabetes", "sra_copper")  # the first that is there; all have abstracts
OCCURRENCES = 10  # of a record among the id pairs: OCCURRENCES / 2 times on each side
TRAINING = 300  # labelled pairs for the peers
WORDS_EXCHANGED = (("title", 1), ("abstract", 3))
LETTERS = "aeiounrstl"  # exchanged within names
WITH_ABSTRACTS, WITHOUT_ABSTRACTS, ID_PAIRS = "abstracts", "no_abstracts", "id_pairs"
TITLES = {
    WITH_ABSTRACTS: "cases with both abstracts, all records distinct",
    WITHOUT_ABSTRACTS: "the same without abstracts",
    ID_PAIRS: f"pairs of ids, each record in {OCCURRENCES}",
}


class NoRecordsError(Exception):
    """The folder has no records to make inputs from; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file of JSON lines: its kind (a key of TITLES), how many pairs, and the file of records beside ids."""

    kind: str
    pairs: int
    path: Path
    records: Path | None = None

    @property
    def files(self) -> list[str]:
        """The paths of the file of pairs and, where there is one, of the file of records."""
        return [str(path) for path in (self.path, self.records) if path is not None]

    def remove(self) -> None:
        """Delete the files."""
        for path in self.files:
            Path(path).unlink()


class Source:
    """The records of the sets that have a title and an abstract, by title."""

    def __init__(self, sets: Path) -> None:
        found = [path for name in SETS if (path := sets / name / "records.jsonl.gz").is_file()]
        if not found:
            raise NoRecordsError(f"{sets} has no records: {SETS[0]}/records.jsonl.gz is expected in it")
        with gzip.open(found[0], "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
        self.name = found[0].parent.name
        self.records = sorted(
            (one for one in records if one["title"] and one["abstract"]), key=lambda one: one["title"]
        )
        self._words = sorted({word for record in self.records for word in record["title"].split() if word.isalpha()})

    def cases(self, abstracts: bool = True) -> Iterator[Case]:
        """Cases without end, numbered through in their ids: a pair of duplicates, then one of neighbours."""
        number = count()
        for cycle in count():
            for place in range(0, len(self.records) - 2, 3):
                first, *others = (self._fresh(self.records[place + step], cycle, next(number)) for step in range(3))
                copy = self._changed(first, random.Random(next(number))) | {"id": f"r{next(number)}", "doi": None}
                for left, right, same in ((first, copy, True), (others[0], others[1], False)):
                    if not abstracts:
                        left["abstract"] = right["abstract"] = None
                    yield left, right, same

    def write_cases(self, folder: Path, kind: str, pairs: int) -> Input:
        """A file of cases, with or without abstracts."""
        made = Input(kind, pairs, folder / f"{kind}-{pairs}.jsonl")
        with made.path.open("w", encoding="utf-8") as out:
            for number, (left, right, _) in enumerate(islice(self.cases(kind == WITH_ABSTRACTS), pairs)):
                case = {"id": number, "doc_1": left, "doc_2": right, "decision": None}
                out.write(json.dumps(case, ensure_ascii=False) + "\n")
        return made

    def write_ids(self, folder: Path, pairs: int) -> Input:
        """A file of records with abstracts, and one of pairs in which each of them occurs OCCURRENCES times."""
        stem = f"{ID_PAIRS}-{pairs}"
        made = Input(ID_PAIRS, pairs, folder / f"{stem}.jsonl", folder / f"{stem}-records.jsonl")
        assert made.records is not None
        names = []
        with made.records.open("w", encoding="utf-8") as out:
            for record in islice(chain.from_iterable(case[:2] for case in self.cases()), records_of(pairs)):
                names.append(record["id"])
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        with made.path.open("w", encoding="utf-8") as out:
            for left, right in islice(_each_with_the_next(names), pairs):
                out.write(json.dumps({"id_1": left, "id_2": right}) + "\n")
        return made

    def write(self, folder: Path, kind: str, pairs: int) -> Input:
        """The files of a kind of input."""
        folder.mkdir(parents=True, exist_ok=True)
        return self.write_ids(folder, pairs) if kind == ID_PAIRS else self.write_cases(folder, kind, pairs)

    def write_for_peers(self, folder: Path, kind: str, pairs: int) -> float:
        """The same pairs as records.jsonl and pairs.csv, and TRAINING labelled pairs of other records behind them.

        The share of the records that belong to the pairs to be scored is returned.
        """
        folder.mkdir(parents=True, exist_ok=True)
        tested = 2 * pairs if kind != ID_PAIRS else records_of(pairs)
        cases = list(islice(self.cases(kind != WITHOUT_ABSTRACTS), (tested + 1) // 2 + TRAINING))
        records = [record for case in cases for record in case[:2]]
        names = [record["id"] for record in records]
        asked = list(zip(names[:tested:2], names[1:tested:2], strict=False))
        if kind == ID_PAIRS:
            asked = list(islice(_each_with_the_next(names[:tested]), pairs))
        taught = [(left["id"], right["id"], int(same), "train") for left, right, same in cases[-TRAINING:]]
        with (folder / "records.jsonl").open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        with (folder / "pairs.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("id_1", "id_2", "label", "split"))
            writer.writerows((*pair, "", "test") for pair in asked)
            writer.writerows(taught)
        return tested / len(records)

    def _fresh(self, record: Record, cycle: int, number: int) -> Record:
        """The record under a new id; from the second time on with other words and names."""
        fresh = record | {"id": f"r{number}"}
        if not cycle:
            return fresh
        chance = random.Random(number)
        authors = record["authors"] or []
        names = [_other_letter(name, chance) for name in ([authors] if isinstance(authors, str) else authors)]
        return self._changed(fresh, chance) | {"authors": names}

    def _changed(self, record: Record, chance: random.Random) -> Record:
        """The record with a word of its title and three of its abstract exchanged."""
        return record | {name: self._other_words(record[name], often, chance) for name, often in WORDS_EXCHANGED}

    def _other_words(self, text: str, often: int, chance: random.Random) -> str:
        words = text.split()
        for _ in range(often):
            words[int(chance.random() * len(words))] = self._words[int(chance.random() * len(self._words))]
        return " ".join(words)


def records_of(pairs: int) -> int:
    """How many records make so many pairs of ids, when each occurs OCCURRENCES times."""
    return max(2 * pairs // OCCURRENCES, OCCURRENCES + 1)


def pairs_of(records: int) -> int:
    """How many pairs of ids so many records make."""
    return records * OCCURRENCES // 2


def _each_with_the_next(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each name beside the few that follow it, around the end: each occurs OCCURRENCES times."""
    for place, name in enumerate(names):
        for step in range(1, OCCURRENCES // 2 + 1):
            yield name, names[(place + step) % len(names)]


def _other_letter(name: str, chance: random.Random) -> str:
    """The name with another letter behind the first of its longest word."""
    longest = max(name.split(), key=len, default="")
    if len(longest) < 3:
        return name
    place = name.index(longest) + 1 + int(chance.random() * (len(longest) - 1))
    return name[:place] + LETTERS[int(chance.random() * len(LETTERS))] + name[place + 1 :]
