"""Ovid's tables: what stands in one column of them and is several parts of a record."""

import re
from collections.abc import Mapping
from typing import Any

# "J Foxes. 64(4):501-510, 2023 Apr." of MEDLINE, "J Foxes. 64(4) (pp 501-510), 2023. Date of ..." of Embase
_CITATION = re.compile(
    r"(?P<journal>.+?)(?:\. Conference: .*)?\. (?P<volume>\d[^.:(,]{0,20})?(?:\((?P<issue>[^()]*)\))?"
    r"\s*(?:(?::|\(pp )(?P<pages>[^,)]+)\)?)?\s*, (?:1[89]|20)\d\d\b"
)
_NUMBER = re.compile(r"(\d{3,9})(?: \[https?:|$)")


def implied(row: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What the citation and the number of a row say, under names of their own, as "SO [volume]"."""
    values: dict[str, list[Any]] = {}
    if citation := str(row.get("SO", "")):
        match = _CITATION.match(citation)
        parts = match.groupdict() if match else {"journal": citation.partition(". ")[0]}
        values |= {f"SO [{part}]": [text.strip()] for part, text in parts.items() if text}
    own = "UI" if "MEDLINE" in str(row.get("DB", "")).upper() else "PM"  # MEDLINE's own number is PubMed's
    if number := _NUMBER.match(str(row.get(own, ""))):
        values[f"{own} [pubmed]"] = [number[1]]
    return values
