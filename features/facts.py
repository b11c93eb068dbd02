"""Facts: what is true of a pair in each group of evidence, in words that a librarian understands.

`SENTENCES` is the one place of them: for each of GROUPS a function that yields what is true of a pair that has
something to compare in it.
"""

from collections.abc import Callable, Iterator

from rapidfuzz.distance import Indel

from papertwin.data.columns.derived import ABSTRACT_END
from papertwin.data.values import identifiers, isbns, venues
from papertwin.data.values.text import as_written
from papertwin.data.wording import counted
from papertwin.features.author_facts import authors
from papertwin.features.evidence import AGAINST, EVIDENCE, FOR, NEUTRAL, Fact, Facts, Pair, cut, lacking, noun, quoted
from papertwin.features.kind_facts import kind
from papertwin.features.title_facts import title

# --- date -----------------------------------------------------------------------------------------------------------


def _date(pair: Pair) -> Facts:
    a, b = pair.both("publication_date")
    day_a, day_b = pair.both("day")
    years = abs(a.year - b.year)
    days = None if day_a is None or day_b is None else round(abs(day_a - day_b))
    if days == 0:
        yield Fact(f"same day, {a.year}-{a.month:02}-{a.day:02}", FOR)
    elif years == 0:
        yield Fact(f"same year, {a.year}", FOR)
    apart = f"{counted(years, 'year')} apart, {a.year} and {b.year}"
    if days is not None and days < 300:
        apart = f"{counted(days, 'day')} apart"
    if years or days:
        preprint_a, preprint_b = pair.both("preprint")
        if preprint_a is not None and preprint_b is not None and preprint_a != preprint_b:
            yield Fact(f"preprint and publication are {apart}")
        yield Fact(f"published {apart}", AGAINST if years > 1 else NEUTRAL)
    yield Fact(f"both of {a.year}" if not years else f"published {apart}")


# --- identifiers ----------------------------------------------------------------------------------------------------

_IDENTIFIERS = {
    "work_doi": "DOI",
    "preprint_id": "preprint identifier",
    "pubmed": "PubMed number",
    "pmc": "PubMed Central number",
}


def _identifiers(pair: Pair) -> Facts:
    told = set()
    for field, name in _IDENTIFIERS.items():
        a, b = pair.both(field)
        if a is None or b is None or (a, b) in told:  # the DOI of a preprint is its identifier too
            continue
        told.add((a, b))
        if a == b:
            yield Fact(f"same {name} {cut(_written(pair) or a if field == 'work_doi' else a)}", FOR)
        elif field == "work_doi" and pair.differ("second_registrant"):
            given = "given by archives" if all(pair.both("second_registrant")) else "one of them given by an archive"
            yield Fact(f"DOIs {cut(a)} and {cut(b)}, {given}, not by the publisher")
        else:
            yield Fact(f"different {name}s {cut(a)} and {cut(b)}", AGAINST, conflict=True)
    (review_a, _, a), (review_b, _, b) = ((value or "").partition(".pub") for value in pair.both("review_update"))
    if a and b and a != b and review_a == review_b:
        first, second = sorted((a, b), key=int)
        yield Fact(f"two updates of a Cochrane review, {first} and {second}", AGAINST)
    yield from _registrations(pair)
    yield from _catalogues(pair)
    a, b = (set(map(identifiers.canonical_url, urls or ())) - {""} for urls in pair.both("urls"))
    if a & b:
        yield Fact(f"same address {cut(min(a & b))}", FOR)
    if not told:
        yield Fact("no DOI, preprint or PubMed number on both sides")


def _written(pair: Pair) -> str | None:
    """A DOI of the pair with the volume's number where ACM gave one, so that it can be looked up."""
    return min(filter(None, (text and identifiers.doi(text) for text in pair.both("doi"))), default=None)


def _registrations(pair: Pair) -> Facts:
    a, b = (set((value or "").upper().split()) for value in pair.both("registrations"))
    if a & b:
        yield Fact(f"same trial registration {min(a & b)}", FOR)
    elif a and b:
        yield Fact(f"different trial registrations {min(a)} and {min(b)}", AGAINST, conflict=True)


def _catalogues(pair: Pair) -> Facts:
    numbers = [{one.partition(":")[::2] for one in (value or "").split()} for value in pair.both("catalogues")]
    for name in sorted(set.intersection(*({name for name, _ in some} for some in numbers))):
        a, b = ({number for kind, number in some if kind == name} for some in numbers)
        if a & b:
            yield Fact(f"same number {cut(min(a & b))} in {name}", FOR)
        else:
            yield Fact(f"different numbers in {name}")
    one, other = (set((value or "").split()) for value in pair.both("isbns"))
    if one & other:
        yield Fact(f"same ISBN {isbns.whole_number(min(one & other).partition('/')[0])}", FOR)
    elif one and other:
        yield Fact("different ISBNs")


# --- abstract -------------------------------------------------------------------------------------------------------


def _abstract(pair: Pair) -> Facts:
    a, b = (text.decode("utf-8", "ignore").split() for text in pair.both("abstract_folded"))
    shorter, longer = sorted((a, b), key=len)
    if a == b:
        whole = max(map(len, pair.both("abstract"))) <= ABSTRACT_END
        same = "same abstract" if whole else f"same abstract in the first {ABSTRACT_END:,} characters"
        yield Fact(same, FOR)
        yield Fact(f"{same}, of {counted(len(a), 'word')}")
    elif longer[: len(shorter)] == shorter:
        yield Fact("one abstract is the beginning of the other", FOR)
        yield Fact(f"the abstracts have {len(shorter):,} and {len(longer):,} words")
    elif pair.differ("abstract_language"):
        yield Fact("the abstracts are in different languages or scripts")
    else:
        share = len({*a} & {*b}) / max(len({*a} | {*b}), 1)
        percent = f"{share:.0%}" if 0.01 <= share < 0.995 else "almost all" if share > 0.5 else "hardly any"
        yield Fact(
            f"the abstracts share {percent} of their words",
            FOR if share > 0.7 else AGAINST if share < 0.25 else NEUTRAL,
        )


# --- venue ----------------------------------------------------------------------------------------------------------


def _venue(pair: Pair) -> Facts:
    a, b = pair.both("venue")
    journal_a, journal_b = pair.both("journal")
    same, different = [], []
    if a is not None and a == b:
        same.append(f"journal {quoted(min(journal_a, journal_b))}")
    elif a is not None and b is not None and _unlike(a, b):
        different.append(f"journals {quoted(journal_a)} and {quoted(journal_b)}")
    for name, is_same, one, other in _places(pair):
        if is_same:
            same.append(f"{name} {cut(min(one, other))}")
        else:
            different.append(f"{name}s {cut(one)} and {cut(other)}")
    if same:
        yield Fact(f"same {', '.join(same)}", FOR)
    if different:
        yield Fact(f"different {', '.join(different[:3])}", AGAINST)
    if a is None or b is None:
        yield Fact(
            "only one has a journal" if journal_a is None or journal_b is None else "no usable journal on a side"
        )
    elif a != b:
        yield Fact(f"the journals are {quoted(journal_a)} and {quoted(journal_b)}")
    else:
        yield Fact(f"both in {quoted(min(journal_a, journal_b))}")


def _places(pair: Pair) -> Iterator[tuple[str, bool, str, str]]:
    """Volume, issue and pages as far as both have them: what it is, whether it is the same, and its value in both."""
    found: dict[str, tuple[bool, str, str]] = {}
    for field, given in _PLACES.items():
        folded = pair.both(field)
        if None not in folded:
            one, other = (as_written(value, said or "") for value, said in zip(folded, pair.both(given), strict=True))
            found[field] = folded[0] == folded[1], one, other
    for field, name in (("volume_number", "volume"), ("issue_number", "issue")):
        if field in found:
            yield name, *found[field]
    if "first_page" not in found:
        return
    same, a, b = found["first_page"]
    if not same or "last_page" not in found:
        yield "first page", same, a, b
        return
    same, last_a, last_b = found["last_page"]
    if same:
        yield "pages", True, f"{a}-{last_a}", f"{b}-{last_b}"
    else:
        yield "first page", True, a, b
        yield "last page", False, last_a, last_b


_PLACES = {"volume_number": "volume", "issue_number": "number", "first_page": "pages", "last_page": "pages"}


def _unlike(a: str, b: str) -> bool:
    """Whether two folded names are neither alike nor, by initials or beginnings of words, forms of one name."""
    initials = {venues.journal_initials(a), venues.journal_initials(b)}
    stems_a, stems_b = (venues.journal_stems(name).split() for name in (a, b))
    begins_alike = any(one.startswith(two) or two.startswith(one) for one in stems_a for two in stems_b)
    as_initials = len(initials) == 1 or initials & {a.replace(" ", ""), b.replace(" ", "")}
    return not begins_alike and not as_initials and Indel.normalized_similarity(a, b) < 0.5


SENTENCES: dict[str, Callable[[Pair], Facts]] = {
    "title": title,
    "authors": authors,
    "date": _date,
    "identifiers": _identifiers,
    "abstract": _abstract,
    "venue": _venue,
    "kind": kind,
}


def facts_of(pair: Pair, group: str) -> Facts:
    """What is true of a pair in one of GROUPS, or that nothing of it can be compared."""
    if group in EVIDENCE and (sides := lacking(pair, group)):
        yield Fact(f"{'only one' if sides == 1 else 'neither'} has {noun(pair, group)}")
    else:
        yield from SENTENCES[group](pair)
