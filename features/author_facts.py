"""What is true of two lists of authors, in words: who is in both, who comes first, whose initials differ."""

from collections.abc import Iterator

from rapidfuzz.distance import Prefix

from papertwin.data.values.authors import word_written, written
from papertwin.data.values.persons import Person
from papertwin.data.wording import counted, listed
from papertwin.features.evidence import AGAINST, FOR, NEUTRAL, Fact, Facts, Pair, cut


def authors(pair: Pair) -> Facts:
    """Who is among the authors of both."""
    people_a, people_b = (people for people, _ in pair.both("authors"))
    if pair.differ("group_authors"):
        side = [people[0].is_group for people in (people_a, people_b)].index(True)
        yield Fact(f"a group, {_name(pair, side, (people_a, people_b)[side][0])}, beside persons as authors")
        return
    people_a, people_b = (list(dict.fromkeys(people)) for people in (people_a, people_b))
    both = _matched(people_a, people_b)
    if not both:
        if shared := set(_words(people_a)).intersection(_words(people_b)):
            whose = {word: who for who in people_a for word in who.words.split()}
            names = [_word(pair, whose[word], word) for word in sorted(shared)[:3]]
            yield Fact(f"no surname in common, but {listed(names)} among the names")
        else:
            yield Fact("no author in common", AGAINST)
        return
    same = sum(_compatible(one, two) for one, two in both)
    a, b = len(people_a), len(people_b)
    if len(both) == a == b:
        yield Fact(_all_agree(pair, people_a[0], len(both), same == len(both)), FOR)
    else:
        told = _some_agree(same or len(both), a, b, "author" if same else "surname")
        yield Fact(told, FOR if 2 * (same or len(both)) >= min(a, b) else NEUTRAL)
        if people_a[0].surname != people_b[0].surname:
            yield Fact(
                f"different first authors, {_name(pair, 0, people_a[0])} and {_name(pair, 1, people_b[0])}", AGAINST
            )
        yield Fact(told)
    other = next(((one, two) for one, two in both if one.initial and two.initial and one.initial != two.initial), None)
    if other:
        yield Fact(
            f"same surname with other initials, {_name(pair, 0, other[0])} and {_name(pair, 1, other[1])}", AGAINST
        )


def _matched(people_a: list[Person], people_b: list[Person]) -> list[tuple[Person, Person]]:
    """Each person with one of the same surname in the other record, as far as there are any, the likeliest first.

    Whoever may be one person goes before others, and of these whose given names have more letters in common.
    """
    by_surname: dict[str, list[int]] = {}
    for place, who in enumerate(people_b):
        by_surname.setdefault(who.surname, []).append(place)
    pairs = [(i, j) for i, one in enumerate(people_a) for j in by_surname.get(one.surname, ())]

    def unlikeness(places: tuple[int, int]) -> tuple[object, ...]:
        one, two = people_a[places[0]], people_b[places[1]]
        letters = Prefix.similarity(*map("".join, _given_names(one, two)))
        return not _compatible(one, two), -letters, sum(places), sorted((one.words, two.words))

    matched: dict[int, int] = {}
    taken: set[int] = set()
    for i, j in sorted(pairs, key=unlikeness):
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return [(people_a[i], people_b[j]) for i, j in matched.items()]


def _all_agree(pair: Pair, first: Person, count: int, alike: bool) -> str:
    if count == 1:
        return (
            f"same author, {_name(pair, 0, first)}" if alike else f"same surname, {_word(pair, first, first.surname)}"
        )
    what = "authors" if alike else "surnames"
    return f"both {what} agree" if count == 2 else f"all {count} {what} agree"


def _some_agree(common: int, a: int, b: int, what: str) -> str:
    fewer, more = sorted((a, b))
    if common < fewer:
        return (
            f"{common} of {a} {what}s agree" if a == b else f"{counted(common, what)} in common, of {fewer} and {more}"
        )
    who = {1: f"the {what}", 2: f"both {what}s"}.get(fewer, f"all {fewer} {what}s")
    return f"{who} of one {'is' if fewer == 1 else 'are'} among the {more} of the other"


def _compatible(one: Person, two: Person) -> bool:
    """Whether two names of one surname may be one person's: one given name, or its initial, begins the other's."""
    given = _given_names(one, two)
    if not all(given):
        return True
    joined = ["".join(words) for words in given]
    if min(len(words[0]) for words in given) > 1:
        return joined[0].startswith(joined[1]) or joined[1].startswith(joined[0]) or given[0][0] == given[1][0]
    return joined[0][0] == joined[1][0]


def _given_names(*people: Person) -> list[list[str]]:
    return [who.words.removesuffix(who.surname).split() for who in people]


def _words(people: list[Person]) -> Iterator[str]:
    return (word for who in people for word in who.words.split() if len(word) > 1)


def _name(pair: Pair, side: int, who: Person) -> str:
    return cut(written(pair.given("authors")[side], who))


def _word(pair: Pair, who: Person, word: str) -> str:
    """A word of the name of a person in the first record."""
    return cut(word_written(pair.given("authors")[0], who, word))
