"""Dialects of tagged text: how RIS, PubMed, ERIC, Web of Science, EndNote and the Cochrane Library write their tags."""

import re
from dataclasses import dataclass

from papertwin.data.exports.formats import COCHRANE, ERIC, NBIB, REFER, RIS, WOS
from papertwin.data.exports.names import Names


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one format writes its tags.

    `tag` matches a line with a tag (group 1) and its value (group 2); `loose` one as sloppy programs write it, which
    counts in a record that begins so, and outside of running text. A value of a tag in `free` keeps its lines, one in
    `lists` has a value a line, all others are joined by spaces.
    """

    names: Names
    start: str
    kind: re.Pattern[str]  # what stands behind the first tag of a record
    tag: re.Pattern[str]
    loose: re.Pattern[str] | None = None
    end: str | None = None
    free: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()  # tags that make a record of lines that have no start
    furniture: frozenset[str] = frozenset()  # tags around the records
    indented: bool = False  # a line that goes on behind an empty one stands in, or is no part unless tags follow
    between: re.Pattern[str] = re.compile(r"(?!)")  # lines before every record that say nothing of it


RIS_DIALECT = Dialect(
    RIS,
    "TY",
    re.compile(r"[\w ()/&.-]{0,40}"),
    re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|())$"),
    re.compile(r"\s*([A-Z][A-Z0-9])\s{0,4}[-–](?:\s+(.*)|())$"),
    end="ER",
    free=frozenset({"AB", "N2", "N1"}),
    lists=frozenset({"KW"}),
    titles=frozenset({"TI", "T1"}),
    # The Cochrane Library numbers its records and says who provides them, Ovid numbers them, Scopus says when.
    between=re.compile(
        r"\s*(?:Record #\d+ of \d+|Provider: .*|Content: text/plain.*|\d{1,7}\.|Scopus|EXPORT DATE: ?.*)\s*"
    ),
)
_NBIB_TAG = re.compile(r"(?=.{4}-)([A-Z]{2,4}) {0,2}-(?: (.*)|())$")
TAGGED = (
    RIS_DIALECT,
    Dialect(NBIB, "PMID", re.compile(r"\d{1,10}"), _NBIB_TAG, indented=True),
    Dialect(ERIC, "OWN", re.compile("ERIC"), _NBIB_TAG, indented=True),
    Dialect(
        WOS,
        "PT",
        re.compile(r"[A-Z]"),
        re.compile(r"([A-Z][A-Z0-9])(?: (.*)|())$"),
        end="ER",
        lists=frozenset({"AU", "AF", "BA", "BF", "BE", "GP", "C1", "C3", "CR"}),
        titles=frozenset({"TI"}),
        furniture=frozenset({"FN", "VR", "EF"}),
    ),
    Dialect(
        REFER,
        "%0",
        re.compile(r"[\w ()/&.-]{1,40}"),
        re.compile(r"(%[!-~])(?: (.*)|())$"),
        free=frozenset({"%X", "%Z"}),
        lists=frozenset({"%K"}),
    ),
    Dialect(
        COCHRANE,
        "ID",
        re.compile(r"C[A-Z]-?\d{5,9}.*"),
        re.compile(r"([A-Z]{2,3}):(?: (.*)|())$"),
        between=re.compile(r"\s*Record #\d+ of \d+\s*"),
    ),
)
# Two lines in one: the last of a file that ends without a line break, and the first of the one joined to it.
JOINT = re.compile(
    r"(\s*ER\s{0,4}[-–]\s*|ER ?|EF ?)\ufeff*(TY\s{0,4}[-–](?:\s[\w ()/&.-]{0,40})?|FN .*|PT [A-Z]|PMID- \d{1,10}|%0 .*)"
)
BY_START = {dialect.start[:2]: dialect for dialect in TAGGED}
BEFORE = re.compile("|".join(["(?:FN|VR) .*", r"\s*", *(dialect.between.pattern for dialect in TAGGED)]))


def dialect_of(head: str) -> Dialect | None:
    """The dialect whose first tag comes first in a text, within its first lines, or None."""
    for line in head.splitlines()[:200]:
        for dialect in TAGGED:
            if starts(dialect, line.lstrip("\ufeff")):
                return dialect
    return None


def matched(pattern: re.Pattern[str] | None, line: str) -> tuple[str, str] | None:
    """The tag of a line and its value, or None where the line has no tag of this form."""
    match = pattern.match(line) if pattern else None
    return (match[1], match[2] or "") if match else None


def starts(dialect: Dialect, line: str) -> str | None:
    """Whether a line is the first of a record: "strict" or "loose" as it is written, else None."""
    if dialect.start not in line[:8]:
        return None
    for manner, pattern in (("strict", dialect.tag), ("loose", dialect.loose)):
        found = matched(pattern, line)
        if found and found[0] == dialect.start and dialect.kind.fullmatch(found[1].strip()):
            return manner
    return None


def begun_by(line: str) -> Dialect | None:
    """The dialect of which a line is the first of a record to the letter."""
    dialect = BY_START.get(line[:2])
    return dialect if dialect and starts(dialect, line) == "strict" else None


def breaks(dialect: Dialect, text: str) -> bool:
    """Whether a line of a text, but for the first, would be read as a tag."""
    return any(
        matched(dialect.tag, line)
        or matched(dialect.loose, line)
        or line.startswith("\ufeff")
        or JOINT.fullmatch(line)
        or begun_by(line)
        for line in text.split("\n")[1:]
    )
