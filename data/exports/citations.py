"""What stands in one column of a table and is several parts of a record, or is one by what another column says.

The citation of Ovid's tables, of PubMed's and of the Virtual Health Library's, and the number in Europe PMC's. What
they say counts under names of its own, as "SO [volume]".
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from papertwin.data.exports.formats import OVID
from papertwin.data.exports.names import Names
from papertwin.data.exports.tables import BVS
from papertwin.data.values.text import whole, without_signs

# Columns, without signs, that tell a table of PubMed's, of the Virtual Health Library's and of Europe PMC's; the first
# of them is the one that is read.
_PUBMED_TABLE = ("citation", "pmid", "journal/book")
_EUROPE_PMC_TABLE = ("externalid", "source")
_BVS_TABLE = ("source", *map(without_signs, BVS))
_OF_CITATIONS = {"volume": "volume", "number": "issue", "pages": "pages"}  # part: the group that says it
_OF_NUMBERS = {"pmid": "MED", "pmcid": "PMC"}  # part: the source whose number it is

# "J Foxes. 64(4):501-510, 2023 Apr." of MEDLINE, "J Foxes. 64(4) (pp 501-510), 2023. Date of ..." of Embase
_OF_OVID = re.compile(
    r"(?P<journal>.+?)(?:\. Conference: .*)?\. (?P<volume>\d[^.:(,]{0,20})?(?:\((?P<issue>[^()]*)\))?"
    r"\s*(?:(?::|\(pp )(?P<pages>[^,)]+)\)?)?\s*, (?:1[89]|20)\d\d\b"
)
# "J Foxes. 2023 Apr;64(4):501-510. doi: 10.5555/a." of PubMed, "bioRxiv [Preprint]. 2023 Apr 1:2023.04.01.5555.", and
# "J Foxes. 1995;64 ( Pt 1)(Pt 1):1-9.", where the part stands in the volume, too
_OF_PUBMED = re.compile(
    r".+?\. (?:1[89]|20)\d\d\b[^;:.]*(?:;(?P<volume>[^;:.()]*(?:(?<= )\( [^()]*\))?)(?:\((?P<issue>[^()]*)\))?)?"
    r"(?::(?P<pages>\S(?:[^;]*?[^;.\s])?)(?=;|\.?$|\.\s))?"
)
# "J Foxes (Online);64(4): 501-510, jan.-mar. 2023. tab, graf" of the Virtual Health Library, most without months
_OF_BVS = re.compile(r".+?;[^;:]*: ?(?P<pages>[^;:,]+),[^;:,]*?\b(?:1[89]|20)\d\d")
_NUMBER = re.compile(r"(\d{3,9})(?: \[https?:|$)")


def composed(columns: Iterable[str]) -> dict[str, str]:
    """The parts of a record that such a column of these says, and the name of each."""
    alike = {without_signs(column): column for column in columns}
    return {
        part: f"{alike[table[0]]} [{said}]"
        for table, parts in (
            (_PUBMED_TABLE, _OF_CITATIONS),
            (_BVS_TABLE, {"pages": "pages"}),
            (_EUROPE_PMC_TABLE, _OF_NUMBERS),
        )
        if alike.keys() >= set(table)
        for part, said in parts.items()
    }


def implied(row: Mapping[str, Any], names: Names) -> dict[str, list[Any]]:
    """What such columns of a row say, under those names; `names` are those of its table."""
    if names is OVID:
        return _of_ovid(row)
    values: dict[str, list[Any]] = {}
    for column in names.composed:
        if (cell := row.get(column)) is None:
            continue
        if f"{column} [id]" in names.parts:
            values[f"{column} [id]"] = [whole(cell)]
        elif f"{column} [pages]" not in names.parts:
            sources = [said for other, said in row.items() if without_signs(other) == "source"]
            values |= {name: [cell] for said in sources if (name := f"{column} [{said}]") in names.parts}
        elif match := (_OF_PUBMED if f"{column} [issue]" in names.parts else _OF_BVS).match(str(cell)):
            values |= _parts(column, match.groupdict())
    return values


def _of_ovid(row: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What the citation and the number of a row of Ovid's say."""
    values: dict[str, list[Any]] = {}
    if citation := str(row.get("SO", "")):
        match = _OF_OVID.match(citation)
        values |= _parts("SO", match.groupdict() if match else {"journal": citation.partition(". ")[0]})
    own = "UI" if "MEDLINE" in str(row.get("DB", "")).upper() else "PM"  # MEDLINE's own number is PubMed's
    if number := _NUMBER.match(str(row.get(own, ""))):
        values[f"{own} [pubmed]"] = [number[1]]
    return values


def _parts(column: str, said: Mapping[str, str | None]) -> dict[str, list[Any]]:
    return {f"{column} [{part}]": [text.strip()] for part, text in said.items() if text and text.strip()}
