"""How a pair is shown: its fields side by side as segments of text, its links, and what the model makes of it.

All of it is text and numbers; the page makes text nodes of them, and links of addresses that are http or https.
"""

from typing import Any

from papertwin.data import identifiers
from papertwin.data.cases import Case
from papertwin.data.differences import Side, differences, sides
from papertwin.data.rows import Record
from papertwin.data.text import known
from papertwin.explaining import explain
from papertwin.models import Model
from papertwin.models.card import DISTINCT, DUPLICATES

JSON = dict[str, Any]
SEARCHED = 300  # characters of each text that can be searched
HIDDEN = frozenset({"versions"})  # whole records, which are not compared


def view(case: Case, row: int, model: Model, probability: float, decision: str) -> JSON:
    """A pair as the page shows it; `row` is its number there."""
    (explanation,) = explain(model, [case.doc_1], [case.doc_2])
    return {
        "row": row,
        "id": case.id,
        "titles": [title_of(case.doc_1), title_of(case.doc_2)],
        "probability": probability,
        "decision": decision,
        "label": None if case.label is None else DUPLICATES if case.label else DISTINCT,
        "suspicion": suspicion if isinstance(suspicion := case.row.get("suspicion"), (int, float)) else None,
        "problem": known(case.row.get("problem")),
        "reasons": list(explanation.reasons),
        "groups": [[name, weight] for name, weight in explanation.groups.items()],
        "fields": [_field(side, case) for side in sides(case.doc_1, case.doc_2) if side.field not in HIDDEN],
    }


def index_of(case: Case) -> list[str]:
    """What can be searched of a pair: both titles first, then ids and authors."""
    rest = [
        text
        for record in (case.doc_1, case.doc_2)
        for name in ("id", "authors", "doi")
        if (text := _plain(record, name))
    ]
    return [title_of(case.doc_1), title_of(case.doc_2), " ".join([case.id or "", *rest])]


def title_of(record: Record) -> str:
    """The title, or as much of it as names a record."""
    return _plain(record, "title")


def _plain(record: Record, name: str) -> str:
    value = record.get(name)
    items = value if isinstance(value, (list, tuple)) else [value]
    return "; ".join(text for item in items if (text := known(item)))[:SEARCHED]


def _field(side: Side, case: Case) -> JSON:
    """A field of both records; addresses are links, and a DOI has one."""
    texts = (side.left, side.right)
    if side.field == "urls":
        parts = [{"segments": [], "links": _addresses(record.get("urls"))} for record in (case.doc_1, case.doc_2)]
    else:
        parts = [
            {"segments": [[text, same] for text, same in segments], "links": []} for segments in differences(*texts)
        ]
    if side.field == "doi":
        for part, text in zip(parts, texts, strict=True):
            part["links"] = _doi_link(text)
    return {"name": side.field.replace("_", " "), "relation": _relation(*texts), "sides": parts}


def _addresses(value: object) -> list[list[str]]:
    """Each address once, as its text and where it leads."""
    items = value if isinstance(value, (list, tuple)) else [value]
    return [[text, text] for text in dict.fromkeys(filter(None, map(known, items)))]


def _relation(left: str, right: str) -> str:
    if not left or not right:
        return "only second" if right else "only first"
    return "same" if left == right else "differs"


def _doi_link(text: str) -> list[list[str]]:
    doi = identifiers.doi(text)
    return [["open", f"https://doi.org/{doi}"]] if doi else []
