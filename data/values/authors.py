"""The persons of author fields, and how a field writes them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from papertwin.data.values.author_lists import inverted_names, split, split_item, writers
from papertwin.data.values.groups import is_group
from papertwin.data.values.names import LONGEST, SURNAME_FIRST, latin, parted, person
from papertwin.data.values.persons import Person, one_spelling, plain_persons
from papertwin.data.values.text import as_written, fold, repair, single_spaced


def written(value: object, who: Person) -> str:
    """The name of one of the persons of an author field as it stands there, the given name before a comma."""
    name = _found_again(value, who)
    text, surname, given = parted(name)
    if "," in text and not is_group(fold(text).split()):
        point = "." if name.endswith(f"{given}.") else ""
        text = text.replace(",", " ") if SURNAME_FIRST.match(text) else f"{given}{point} {surname}"
    return single_spaced(text)


def word_written(value: object, who: Person, word: str) -> str:
    """One of a person's words as it stands there."""
    _, surname, given = parted(_found_again(value, who))
    found = as_written(word, f"{given} {surname}", latin)
    return found if found != word else as_written(word, surname, lambda name: one_spelling(latin(name)))


def _found_again(value: object, who: Person) -> str:
    """The repaired name of a person who was found in an author field."""
    if isinstance(value, (list, tuple)):  # a plain item is a name as it stands there, as in `_found`
        names = [*split(value)[0], *(item for item in value if isinstance(item, str))]
    else:
        names = split_item(value, False)[0]
    return next(repair(name)[:LONGEST] for name in names if person(name) == who)


def persons(value: object) -> tuple[list[Person], bool] | None:
    """The persons of an author field in order, and whether there are more; None where it names nobody."""
    return all_persons([value])[0]


def all_persons(values: Sequence[object]) -> list[tuple[list[Person], bool] | None]:
    """The same for many author fields at once."""
    listed = [item for value in values if isinstance(value, (list, tuple)) for item in value if isinstance(item, str)]
    plain = _plain(dict.fromkeys(listed))
    texts = [item for item, who in plain.items() if who is None]
    texts += [value for value in values if isinstance(value, str)]
    plain |= _plain({name: None for text in texts for name in _split_text(text, False)[0] if name not in plain})
    return [_found(value, plain) for value in values]


def _plain(names: Iterable[str]) -> dict[str, Person | None]:
    """The persons behind names, None behind those that are not plain."""
    names = list(names)
    return dict(zip(names, plain_persons(names), strict=True))


def _found(value: object, plain: Mapping[str, Person | None]) -> tuple[list[Person], bool] | None:
    """The persons of an author field, and whether there are more; `plain` has those of its names that are plain."""
    if not isinstance(value, (list, tuple)):
        people, truncated = _persons(value, False, plain)
        return (people, truncated) if people else None
    quick = [plain[item] if isinstance(item, str) else None for item in value]
    if all(quick):
        return (quick, False) if quick else None  # type: ignore[return-value]  # None is not in it
    value = writers(value)
    inverted = inverted_names(value)
    read = [
        ([who], False) if (who := plain[item] if isinstance(item, str) else None) else _persons(item, inverted, plain)
        for item in value
    ]
    found = [who for some, _ in read for who in some]
    return (found, any(more for _, more in read)) if found else None


def _persons(item: object, inverted: bool, plain: Mapping[str, Person | None]) -> tuple[list[Person], bool]:
    """The persons in an author field or in one item of it, and whether it says that there are more."""
    names, truncated = _split_text(item, inverted) if isinstance(item, str) else split_item(item, inverted)
    return [who for name in names if (who := plain.get(name) or person(name)) is not None], truncated


@lru_cache(maxsize=65536)
def _split_text(text: str, inverted: bool) -> tuple[list[str], bool]:
    return split_item(text, inverted)
