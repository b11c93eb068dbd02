"""Names: which name of one format is which field of a record, and what else sets the format apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from papertwin.data.conventions import WORK
from papertwin.data.values.parts import PARTS

Values = Mapping[str, list[Any]]  # a name of a format: what stands under it, in order


@dataclass(frozen=True)
class Names:
    """The names of one format: field or part -> its names there, the preferred one first."""

    form: str
    names: Mapping[str, tuple[str, ...]]
    written: bool = False  # there is a writer: only what it would write the same is not kept beside the fields
    carrier: str | None = None  # where the writer puts what the format cannot hold
    note: str | None = None  # where it tells a reader what a merged record was made of
    convention: str = WORK  # what those who use such files call a duplicate
    slashed: bool = False  # dates are written 2019/03/05
    source: str | None = None  # the source of a record that names none
    keys: frozenset[str] = frozenset()  # an object of JSON with any of these is one of the format's
    within: tuple[str, ...] = ()  # an object of JSON may have its record in another, under one of these
    flat: bool = False  # an object of JSON holds texts alone, so that a row of text may be one
    composed: tuple[str, ...] = ()  # columns that say what counts under names of its own, as "SO [volume]"

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """Name: the field or part that it is."""
        return {name: part for part, names in self.names.items() for name in names}

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """Name: the field that it is, or is a part of."""
        return {name: PARTS.get(part, part) for name, part in self.parts.items()}
