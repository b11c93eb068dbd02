"""Reasons: what the two records say in each group of evidence, in sentences that a librarian understands.

`SENTENCES` is the one place of them: for each of GROUPS a function that yields what is true of a pair. Each fact
leans to a duplicate, against one, or to neither; of a group those are said that lean the way in which the group moved
the score, else neutral ones, so that a sentence never seems to speak against its number.
"""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from papertwin.data import identifiers, venues
from papertwin.data.derived import ABSTRACT_END
from papertwin.data.differences import differences
from papertwin.data.fields import Prepared
from papertwin.data.names import Person
from papertwin.data.text import fold
from papertwin.features.table import GROUPS

Rows = NDArray[np.int64]
AGAINST, NEUTRAL, FOR = -1, 0, 1
SILENT = 0.05  # a group that moved the log-odds by less is no reason: about one per cent of the probability at most
SHOWN = 60  # characters of a value that is quoted
_CHANGES = 3  # places in which two titles differ "only"


class Fact(NamedTuple):
    """What is true of a pair, and which way it leans."""

    text: str
    leaning: int = NEUTRAL


Facts = Iterator[Fact]


class Pair:
    """Two rows of prepared records."""

    def __init__(self, prepared: Prepared, left: int, right: int) -> None:
        self._prepared, self._rows = prepared, (left, right)

    def both(self, field: str) -> tuple[Any, Any]:
        """The field's values in both records: text, number or other value; None where missing."""
        column = self._prepared.values(field)
        left, right = (column[row] for row in self._rows)
        return _value(left), _value(right)

    def lacking(self, *fields: str) -> int:
        """How many of the two records have none of the fields."""
        return sum(all(value is None for value in side) for side in zip(*map(self.both, fields), strict=True))


def _value(value: Any) -> Any:
    return None if isinstance(value, float) and np.isnan(value) else value


def reasons(prepared: Prepared, left: Rows, right: Rows, added: NDArray[np.float64]) -> list[tuple[str, ...]]:
    """Sentences on the pairs (record left[i], record right[i]), the most telling first.

    `added` says how much each of GROUPS moved the log-odds, (pairs, groups); a group that moved nothing is not spoken
    of, but for one last sentence on what neither record has.
    """
    return [
        _sentences(Pair(prepared, a, b), values)
        for a, b, values in zip(left.tolist(), right.tolist(), added.tolist(), strict=True)
    ]


def _sentences(pair: Pair, added: list[float]) -> tuple[str, ...]:
    # Rounded, so that the last bit of a sum does not decide on an order.
    order = sorted(range(len(GROUPS)), key=lambda place: -round(abs(added[place]), 6))
    said = [
        _sentence(list(SENTENCES[GROUPS[place]](pair)), added[place]) for place in order if abs(added[place]) >= SILENT
    ]
    absent = [name for name, fields in _EVIDENCE.items() if pair.lacking(*fields) == 2]
    return (*filter(None, said), *([f"neither has {_listed(absent, 'or')}"] if absent else []))


def _sentence(facts: list[Fact], added: float) -> str:
    way = FOR if added > 0 else AGAINST
    for leaning in (way, NEUTRAL):
        if told := [fact.text for fact in facts if fact.leaning == leaning]:
            return "; ".join(told[: 3 if leaning == way else 1])
    return f"{facts[0].text}, which counts {'for' if way == FOR else 'against'} a duplicate here" if facts else ""


# What a record may lack, and the fields in which it stands.
_IDENTIFIERS = ("work_doi", "preprint_id", "pubmed", "pmc", "registrations", "catalogues", "urls")
_VENUE = ("venue", "volume_number", "issue_number", "first_page")
_EVIDENCE = {
    "a title": ("folded_title",),
    "authors": ("authors",),
    "a date": ("publication_date",),
    "an identifier": _IDENTIFIERS,
    "an abstract": ("abstract_folded",),
    "a journal, volume or pages": _VENUE,
}


def _missing(pair: Pair, what: str) -> Fact | None:
    lacking = pair.lacking(*_EVIDENCE[what])
    return Fact(f"{'only one' if lacking == 1 else 'neither'} has {what}") if lacking else None


# --- title ----------------------------------------------------------------------------------------------------------


def _title(pair: Pair) -> Facts:
    if gone := _missing(pair, "a title"):
        yield gone
        return
    a, b = pair.both("title")
    folded_a, folded_b = pair.both("folded_title")
    words_a, words_b = folded_a.split(), folded_b.split()
    if folded_a == folded_b:
        aside = _aside(a, b)
        yield Fact(f"same title{aside}", FOR)
        if any(pair.both("title_heading")):
            yield Fact(f"same title{aside}, one that many works have: {_quoted(a)}")
        else:
            yield Fact(f"same title{aside}, of {_number(len(words_a), 'word')}: {_quoted(a)}")
        return
    language_a, language_b = pair.both("title_language")
    if language_a and language_b and language_a != language_b:
        yield Fact("the titles are in different languages or scripts")
        return
    if folded_a.replace(" ", "") == folded_b.replace(" ", ""):
        yield Fact("same title but for spaces and hyphens", FOR)
        return
    if sorted(words_a) == sorted(words_b):
        yield Fact("the titles have the same words in another order", FOR)
        return
    common = len(set(words_a) & set(words_b))
    if not common:
        yield Fact("the titles have no word in common", AGAINST)
        return
    yield Fact(
        _difference(*pair.both("bare_title"))
        or f"the titles share {common} of {len(set(words_a) | set(words_b))} words"
    )


def _aside(a: str, b: str) -> str:
    """What two titles that are compared as the same differ in."""
    if a.casefold() == b.casefold():
        return ""
    return " but for accents and punctuation" if fold(a) == fold(b) else " but for marks that catalogues add"


def _difference(a: str, b: str) -> str | None:
    """The words in which two titles differ, where these are few; case, accents and punctuation do not count."""
    changed: tuple[list[str], list[str]] = ([], [])
    for whole, segments, found in zip((a, b), differences(_plain(a), _plain(b), letters=False), changed, strict=True):
        start = 0
        for text, same in segments:
            words = whole[start : start + len(text)].strip(" .,:;-–—")
            if not same and fold(words):
                found.append(words)
            start += len(text)
    left, right = (" ... ".join(found) for found in changed)
    if (not left and not right) or max(map(len, changed)) > _CHANGES or max(len(left), len(right)) > SHOWN:
        return None
    if left and right:
        return f"the titles differ only in {_quoted(left)} / {_quoted(right)}"
    return f"only one title has {_quoted(left or right)}"


def _plain(text: str) -> str:
    """The text letter for letter without case and accents."""
    letters = (unicodedata.normalize("NFD", char)[0].lower() for char in text)
    return "".join(letter if len(letter) == 1 else char for char, letter in zip(text, letters, strict=True))


# --- authors --------------------------------------------------------------------------------------------------------


def _authors(pair: Pair) -> Facts:
    if gone := _missing(pair, "authors"):
        yield gone
        return
    people_a, people_b = (people for people, _ in pair.both("authors"))
    a, b = ({who.surname: who for who in people} for people in (people_a, people_b))
    common = a.keys() & b.keys()
    if not common:
        shared = set(_words(people_a)) & set(_words(people_b))
        if shared:
            yield Fact(f"no surname in common, but {_listed(sorted(map(_name, shared))[:3])} among the names")
        else:
            yield Fact("no author in common", AGAINST)
        return
    if differing := [
        name
        for name in a
        if name in common and a[name].initial and b[name].initial and a[name].initial != b[name].initial
    ]:
        yield Fact(f"same surname but other initials: {_both_initials(a[differing[0]], b[differing[0]])}", AGAINST)
    if a.keys() == b.keys():
        if len(a) == 1:
            yield Fact(
                f"same author, {_name(people_a[0].surname)}"
                if not differing
                else f"same surname, {_name(people_a[0].surname)}",
                FOR,
            )
        else:
            order = ", in the same order" if list(a) == list(b) else ""
            yield Fact(
                f"all {len(a)} authors agree{order}" if not differing else f"all {len(a)} surnames agree{order}", FOR
            )
        return
    fewer, most = sorted((len(a), len(b)))
    if len(common) == fewer:
        told = (
            f"the author of one is among the {most} of the other"
            if fewer == 1
            else f"all {fewer} authors of one are among the {most} of the other"
        )
    elif fewer == most:
        told = f"{len(common)} of {fewer} authors agree"
    else:
        told = f"{_number(len(common), 'author')} in common, of {fewer} and {most}"
    yield Fact(told, FOR if 2 * len(common) >= fewer else NEUTRAL)
    if people_a[0].surname != people_b[0].surname:
        yield Fact(f"different first authors, {_name(people_a[0].surname)} and {_name(people_b[0].surname)}", AGAINST)
    yield Fact(told)


def _words(people: list[Person]) -> Iterator[str]:
    return (word for who in people for word in who.words.split() if len(word) > 1)


def _name(folded: str) -> str:
    return folded.title()


def _both_initials(a: Person, b: Person) -> str:
    return f"{_name(a.surname)} {a.initial.upper()} and {_name(b.surname)} {b.initial.upper()}"


# --- date -----------------------------------------------------------------------------------------------------------


def _date(pair: Pair) -> Facts:
    a, b = pair.both("publication_date")
    if a is None or b is None:
        yield Fact(f"{'neither has' if a is b else 'only one has'} a date")
        return
    day_a, day_b = pair.both("day")
    preprint_a, preprint_b = pair.both("preprint")
    gap = abs(a.year - b.year)
    if day_a is not None and day_b is not None and day_a == day_b:
        yield Fact(f"same day, {a.year}-{a.month:02}-{a.day:02}", FOR)
        return
    if gap == 0:
        yield Fact(f"same year, {a.year}", FOR)
    apart = f"{_number(gap, 'year')} apart, {a.year} and {b.year}" if gap else None
    if day_a is not None and day_b is not None and (not gap or abs(day_a - day_b) < 300):
        apart = f"{_number(round(abs(day_a - day_b)), 'day')} apart"
    if apart and preprint_a is not None and preprint_b is not None and preprint_a != preprint_b:
        yield Fact(f"preprint and publication {apart}")
    if apart:
        yield Fact(f"published {apart}", AGAINST if gap > 1 else NEUTRAL)
    else:
        yield Fact(f"both of {a.year}")


# --- identifiers ----------------------------------------------------------------------------------------------------

_ONE = {
    "work_doi": "DOI",
    "preprint_id": "preprint identifier",
    "pubmed": "PubMed number",
    "pmc": "PubMed Central number",
}


def _identifiers(pair: Pair) -> Facts:
    lacking = pair.lacking(*_IDENTIFIERS)
    if lacking:
        yield Fact(f"{'only one' if lacking == 1 else 'neither'} has an identifier")
        return
    told = set()
    for field, name in _ONE.items():
        a, b = pair.both(field)
        if a is None or b is None or (a, b) in told:
            continue
        told.add((a, b))
        if a == b:
            yield Fact(f"same {name} {_cut(a)}", FOR)
        else:
            yield Fact(f"different {name}s {_cut(a)} and {_cut(b)}", AGAINST)
            yield Fact(f"their {name}s are {_cut(a)} and {_cut(b)}")
    for field, name in (("registrations", "trial registration"), ("catalogues", "catalogue number")):
        a, b = (set((value or "").split()) for value in pair.both(field))
        if a & b:
            yield Fact(f"same {name} {_cut(min(a & b))}", FOR)
        elif (
            a
            and b
            and (
                field == "registrations" or {one.partition(":")[0] for one in a} & {one.partition(":")[0] for one in b}
            )
        ):
            yield Fact(f"different {name}s {_cut(min(a))} and {_cut(min(b))}", AGAINST)
    a, b = ({identifiers.canonical_url(url) for url in urls or ()} for urls in pair.both("urls"))
    if a & b:
        yield Fact(f"same address {_cut(min(a & b))}", FOR)
    elif a and b:
        yield Fact("no address in common")
    if not told:
        yield Fact("no identifier of a kind that both have")


# --- abstract -------------------------------------------------------------------------------------------------------


def _abstract(pair: Pair) -> Facts:
    lacking = pair.lacking("abstract_folded")
    if lacking:
        yield Fact("no abstract on one side" if lacking == 1 else "neither has an abstract")
        return
    folded_a, folded_b = (text.decode("utf-8", "ignore").split() for text in pair.both("abstract_folded"))
    if folded_a == folded_b:
        whole = max(len(text) for text in pair.both("abstract")) <= ABSTRACT_END
        yield Fact("same abstract" if whole else f"same abstract in its first {ABSTRACT_END:,} characters", FOR)
        yield Fact(f"same abstract, of {_number(len(folded_a), 'word')}")
        return
    shorter, longer = sorted((folded_a, folded_b), key=len)
    if longer[: len(shorter)] == shorter:
        yield Fact("one abstract is the beginning of the other", FOR)
    language_a, language_b = pair.both("abstract_language")
    if language_a and language_b and language_a != language_b:
        yield Fact("the abstracts are in different languages or scripts")
        return
    words_a, words_b = set(folded_a), set(folded_b)
    share = len(words_a & words_b) / len(words_a | words_b)
    yield Fact(
        f"the abstracts share {share:.0%} of their words"
        if 0 < share < 0.995
        else "the abstracts have the same words"
        if share
        else "the abstracts have no word in common",
        FOR if share > 0.7 else AGAINST if share < 0.25 else NEUTRAL,
    )


# --- venue ----------------------------------------------------------------------------------------------------------

_PLACES = (
    ("volume_number", "volume"), ("issue_number", "issue"), ("first_page", "first page"), ("last_page", "last page"),
)  # fmt: skip


def _venue(pair: Pair) -> Facts:
    if gone := _missing(pair, "a journal, volume or pages"):
        yield gone
        return
    a, b = pair.both("venue")
    if a is not None and a == b:
        yield Fact("same journal", FOR)
    for field, name in _PLACES:
        one, other = pair.both(field)
        if one is None or other is None:
            continue
        if one == other:
            yield Fact(f"same {name} {_cut(one)}", FOR)
        else:
            yield Fact(f"different {name}s {_cut(one)} and {_cut(other)}", AGAINST)
    if a is None or b is None:
        yield Fact("no journal on one side" if (a is None) != (b is None) else "neither names a journal")
        return
    if a != b:
        if Indel.normalized_similarity(a, b) < 0.5 and not _abbreviates(a, b):
            yield Fact(f"different journals, {_journal(pair, 0)} and {_journal(pair, 1)}", AGAINST)
        yield Fact(f"the journals are {_journal(pair, 0)} and {_journal(pair, 1)}")
    else:
        yield Fact(f"both in {_journal(pair, 0)}")


def _journal(pair: Pair, side: int) -> str:
    return _quoted(pair.both("journal")[side])


def _abbreviates(a: str, b: str) -> bool:
    """Whether two folded names may be short and long forms of one: initials, or words that begin alike."""
    initials = [venues.journal_initials(name) for name in (a, b)]
    stems = [set(venues.journal_stems(name).split()) for name in (a, b)]
    return (
        initials[0] == initials[1]
        or a.replace(" ", "") == initials[1]
        or b.replace(" ", "") == initials[0]
        or any(any(one.startswith(other) or other.startswith(one) for other in stems[1]) for one in stems[0])
    )


# --- kind -----------------------------------------------------------------------------------------------------------

_NOTICES = {
    "retraction": "a retraction", "concern": "an expression of concern", "erratum": "an erratum", "reply": "a reply",
    "comment": "a comment", "review": "a review", "supplement": "a supplement",
}  # fmt: skip


def _kind(pair: Pair) -> Facts:
    notice_a, notice_b = (_NOTICES.get(value or "", "") for value in pair.both("title_notice"))
    if notice_a != notice_b:
        told = f"one is {notice_a or notice_b}" + (f", the other {notice_b}" if notice_a and notice_b else "")
        yield Fact(told, AGAINST)
    elif notice_a:
        yield Fact(f"both are {notice_a.removeprefix('an ').removeprefix('a ')} notices" if notice_a else "")
    for field, name in (("title_parts", "part or number"), ("title_years", "year")):
        a, b = pair.both(field)
        if a and b:
            yield (
                Fact(f"same {name} in the titles, {a}", FOR)
                if a == b
                else Fact(f"different {name}s in the titles, {a} and {b}", AGAINST)
            )
        elif a or b:
            yield Fact(f"only one title has a {name}, {a or b}")
    preprint_a, preprint_b = pair.both("preprint")
    if preprint_a is not None and preprint_b is not None:
        yield Fact(
            ("neither is a preprint", "one is a preprint, the other published", "both are preprints")[
                int(preprint_a + preprint_b)
            ]
        )
    source_a, source_b = pair.both("origin")
    if source_a and source_b:
        yield Fact(
            f"both from {source_a}" if source_a == source_b else f"from different sources, {source_a} and {source_b}"
        )


SENTENCES: dict[str, Callable[[Pair], Facts]] = {
    "title": _title,
    "authors": _authors,
    "date": _date,
    "identifiers": _identifiers,
    "abstract": _abstract,
    "venue": _venue,
    "kind": _kind,
}


# --- words ----------------------------------------------------------------------------------------------------------


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _listed(items: list[str], last: str = "and") -> str:
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), items[-1])))


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _quoted(text: str) -> str:
    return f"'{_cut(text)}'"
