"""What is true of two lists of authors, in words: who is in both, who comes first, whose initials differ."""

import itertools
from collections.abc import Iterator

from papertwin.data.values.author_lists import word_written, written
from papertwin.data.values.persons import Person
from papertwin.data.wording import listed
from papertwin.features.evidence import AGAINST, FOR, NEUTRAL, Fact, Facts, Pair, cut


def authors(pair: Pair) -> Facts:
    """Who is among the authors of both."""
    people_a, people_b = (people for people, _ in pair.both("authors"))
    if pair.differ("group_authors"):
        side = [people[0].is_group for people in (people_a, people_b)].index(True)
        yield Fact(f"a group, {_name(pair, side, (people_a, people_b)[side][0])}, beside persons as authors")
        return
    a, b = ({who.surname: who for who in people} for people in (people_a, people_b))
    if not a.keys() & b.keys():
        if shared := {word for word in _words(people_a) if word in set(_words(people_b))}:
            whose = {word: who for who in people_a for word in who.words.split()}
            names = [_word(pair, whose[word], word) for word in sorted(shared)[:3]]
            yield Fact(f"no surname in common, but {listed(names)} among the names")
        else:
            yield Fact("no author in common", AGAINST)
        return
    both = [(a[name], b[name]) for name in a if name in b]
    other = next(((one, two) for one, two in both if one.initial and two.initial and one.initial != two.initial), None)
    alike = all(itertools.starmap(_compatible, both))
    if a.keys() == b.keys():
        yield Fact(_all_agree(pair, people_a[0], both, alike), FOR)
    else:
        told = _some_agree(len(both), len(a), len(b))
        yield Fact(told, FOR if 2 * len(both) >= min(len(a), len(b)) else NEUTRAL)
        if people_a[0].surname != people_b[0].surname:
            yield Fact(
                f"different first authors, {_name(pair, 0, people_a[0])} and {_name(pair, 1, people_b[0])}", AGAINST
            )
        yield Fact(told)
    if other:
        yield Fact(
            f"same surname with other initials, {_name(pair, 0, other[0])} and {_name(pair, 1, other[1])}", AGAINST
        )


def _all_agree(pair: Pair, first: Person, both: list[tuple[Person, Person]], alike: bool) -> str:
    if len(both) == 1:
        return (
            f"same author, {_name(pair, 0, first)}" if alike else f"same surname, {_word(pair, first, first.surname)}"
        )
    what = "authors" if alike else "surnames"
    return f"both {what} agree" if len(both) == 2 else f"all {len(both)} {what} agree"


def _some_agree(common: int, a: int, b: int) -> str:
    fewer, more = sorted((a, b))
    if common < fewer:
        many = "author" if common == 1 else "authors"
        return f"{common} of {a} authors agree" if a == b else f"{common} {many} in common, of {fewer} and {more}"
    who = {1: "the author", 2: "both authors"}.get(fewer, f"all {fewer} authors")
    return f"{who} of one {'is' if fewer == 1 else 'are'} among the {more} of the other"


def _compatible(one: Person, two: Person) -> bool:
    """Whether two names of one surname may be one person's: one given name, or its initial, begins the other's."""
    given = [who.words.removesuffix(who.surname).split() for who in (one, two)]
    if not all(given):
        return True
    joined = ["".join(words) for words in given]
    if min(len(words[0]) for words in given) > 1:
        return joined[0].startswith(joined[1]) or joined[1].startswith(joined[0]) or given[0][0] == given[1][0]
    return joined[0][0] == joined[1][0]


def _words(people: list[Person]) -> Iterator[str]:
    return (word for who in people for word in who.words.split() if len(word) > 1)


def _name(pair: Pair, side: int, who: Person) -> str:
    return cut(written(pair.given("authors")[side], who))


def _word(pair: Pair, who: Person, word: str) -> str:
    """A word of the name of a person in the first record."""
    return cut(word_written(pair.given("authors")[0], who, word))
