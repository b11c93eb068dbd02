"""Glued persons: Springer's table has nothing between two of them, "Io MarshBo Otter"."""

import re
from itertools import pairwise

GLUED = frozenset({"Item Title", "Publication Title", "Authors"})  # columns that tell such a table
# Behind these a capital goes on with a surname: never a surname themselves, and where only one word follows.
_PREFIX = re.compile(r"(?:^|.*[\s'’-])(?:Mc|Mac|Fitz)", re.DOTALL)
_PARTICLE = re.compile(
    r"(?:^|.*[\s'’-])(?:Da|De|Del|Della|Den|Der|Des|Di|Do|Dos|Du|El|La|Las|Le|Les|Lo|Los|San|St|Ten|Ter|Van|Ver|Von)",
    re.DOTALL,
)


def unglued(text: str) -> list[str]:
    """The persons in such a text: one ends where a small letter stands before a capital.

    Each has two words at least, so that neither "LeBlanc" nor "JoAnn Marsh" is torn; nor is a name such as "McDonald".
    """
    if ";" in text:
        return [name for part in text.split(";") if (name := part.strip())]
    joints = [
        place for place, (before, behind) in enumerate(pairwise(text), 1) if before.islower() and behind.isupper()
    ]
    people: list[str] = []
    begun = ""
    for begin, end in pairwise([0, *joints, len(text)]):
        part = text[begin:end]
        alone = len(part.split()) == 1
        last = people[-1] if people else ""
        if not begun and (_PREFIX.fullmatch(last) or (alone and _PARTICLE.fullmatch(last))):
            people[-1] += part
        elif alone and end < len(text):
            begun += part  # the beginning of a given name
        else:
            people.append(begun + part)
            begun = ""
    return [name for person in people if (name := person.strip())]
