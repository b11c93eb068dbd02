"""What is true of two records' kinds, in words: notices, parts, editions, theses, preprints, where they come from."""

from papertwin.data.values import editions, numbering, things
from papertwin.data.values.text import as_written, fold
from papertwin.features.evidence import AGAINST, FOR, Fact, Facts, Pair, cut
from papertwin.features.table import TITLE

_NOTICES = {
    "retraction": "a retraction",
    "concern": "an expression of concern",
    "protocol": "a protocol",
    "erratum": "an erratum",
    "reply": "a reply",
    "comment": "a comment",
    "review": "a review",
    "supplement": "a supplement",
    "companion": "a textbook's solutions or study guide",
}
_PREPRINTS = ("neither is a preprint", "one is a preprint, the other is published", "both are preprints")
_ANNOUNCED = {
    "title_periodical": "a report of a series, such as a quarterly one",
    "title_republished": "a reprint or a translation, as its title says",
    "registry_entry": "an entry of a trial registry",
    "book_part": "a part of a book, by its DOI",
    "thesis": "a thesis",
}


def kind(pair: Pair) -> Facts:
    """What both are, what they announce, and which part, year or edition of a thing."""
    yield from _notices(pair)
    yield from _editions(pair) if any(_stated(pair)) else _said(pair, "title_parts", "part number")
    yield from _said(pair, "title_years", "year")
    yield from _numbers(pair)
    yield from _things(pair)
    deposit_a, deposit_b = pair.both("data_deposit")
    if (deposit_a > 0) != (deposit_b > 0):
        yield Fact("only one is a deposit of data", AGAINST)
    if {*pair.both("book")} == {0, 1}:
        yield Fact("one is a book, the other stands in a book or a journal", AGAINST)
    for field, said in _ANNOUNCED.items():
        a, b = pair.both(field)
        if a or b:
            yield Fact(f"each is {said}" if a and b else f"only one is {said}")
    preprint_a, preprint_b = pair.both("preprint")
    if preprint_a is not None and preprint_b is not None:
        yield Fact(_PREPRINTS[int(preprint_a + preprint_b)])
    source_a, source_b = pair.both("origin")
    if source_a and source_b:
        a, b = map(cut, pair.both("source"))
        yield Fact(f"both from {min(a, b)}" if source_a == source_b else f"from {a} and {b}")


def _is_edition(part: str | None) -> bool:
    """Whether a part is called by a name, as in "asia pacific", and not by a number or a letter."""
    words = (part or "").split()
    return any(len(word) > 2 for word in words) and not any(map(str.isdigit, part or ""))


def _notices(pair: Pair) -> Facts:
    a, b = (_NOTICES.get(value or "", "") for value in pair.both("title_notice"))
    if a == b and a:
        yield Fact(f"each is {a}")
    elif a and b:
        yield Fact(f"one is {a}, the other {b}", AGAINST)
    elif a or b:
        yield Fact(f"only one is {a or b}", AGAINST)


def _stated(pair: Pair) -> tuple[bool, ...]:
    """Whether each record's part is the edition that it states in a field of its own, and not one of its title."""
    both = zip(pair.both("title_parts"), pair.both("edition"), pair.both("bare_title"), strict=True)
    return tuple([bool(part) and part == edition and not numbering.parts(bare) for part, edition, bare in both])


def _editions(pair: Pair) -> Facts:
    """What two records say of their editions, one of them at least in a field of its own."""
    stated, both = _stated(pair), pair.both("title_parts")
    texts = [
        editions.told(record) if own else title
        for own, record, title in zip(stated, pair.records(), pair.both("title"), strict=True)
    ]
    one, two = (part and cut(as_written(part, text)) for part, text in zip(both, texts, strict=True))
    name = "edition" if all(stated) or not all(both) else "edition or part number"
    if both[0] == both[1]:
        yield Fact(f"same {name}, {min(one, two)}", FOR)
    elif all(both):
        yield Fact(f"different {name.replace(' or', 's or')}s, {one} and {two}", AGAINST, conflict=True)
    elif None not in both:
        yield Fact(f"only one record states an edition, {one or two}", AGAINST)


def _said(pair: Pair, field: str, name: str) -> Facts:
    """What both titles, one or none of them name."""
    a, b = pair.both(field)
    if _is_edition(a) or _is_edition(b):
        name = "edition"
    one, two = (cut(as_written(*said)) if all(said) else "" for said in zip((a, b), pair.both("title"), strict=True))
    if a and a == b:
        yield Fact(f"same {name} in the titles, {min(one, two)}", FOR)
    elif a and b:
        yield Fact(f"different {name}s in the titles, {one} and {two}", AGAINST, conflict=True)
    elif a or b:
        yield Fact(f"only one title has {'an' if name == 'edition' else 'a'} {name}, {one or two}", AGAINST)


def _numbers(pair: Pair) -> Facts:
    """Numbers and contraries of which each title has its own, but for parts and years that are told already."""
    if any(map(pair.differ, TITLE)):
        return
    a, b = (set((numbers or "").split()) for numbers in pair.both("title_numbers"))
    own = [a - b, b - a]
    for field in ("title_parts", "title_years"):
        said = pair.both(field)
        if all(said) and said[0] != said[1]:
            own = [numbers - set(told.split()) for numbers, told in zip(own, said, strict=True)]
    if all(own):
        texts = zip(own, pair.both("title"), strict=True)
        one, two = (cut(as_written(" ".join(sorted(numbers)), text, _number)) for numbers, text in texts)
        yield Fact(f"one title says {one}, the other {two}", AGAINST, conflict=True)


def _things(pair: Pair) -> Facts:
    """Things of one kind of which each title names its own."""
    if any(map(pair.differ, TITLE)) or None in (titles := pair.both("folded_title")):
        return
    one, two = (things.named(title.split()) for title in titles)
    for kind in sorted({number // things.PER_KIND for number in one.keys() ^ two.keys()}):
        own = [
            [word for number, word in named.items() if number // things.PER_KIND == kind and number not in other]
            for named, other in ((one, two), (two, one))
        ]
        if all(own):
            a, b = (cut(as_written(" ".join(words), text)) for words, text in zip(own, pair.both("title"), strict=True))
            yield Fact(f"one title names {a}, the other {b}", AGAINST, conflict=True)


def _number(word: str) -> str:
    """A word of a title as title_numbers has it."""
    return numbering.numbers(numbering.counts(fold(word)))
