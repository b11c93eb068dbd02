"""How a pair is shown: its fields side by side as segments of text, its links, and what the model makes of it.

All of it is text and numbers; the page makes text nodes of them, and links of addresses that are http or https.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from papertwin.data.cases import Case
from papertwin.data.conventions import CONVENTION
from papertwin.data.differences import Segment, Side, differences, field_text, sides
from papertwin.data.exports.kinds import kind_told, same_kind
from papertwin.data.fields import RECORD_FIELDS
from papertwin.data.files.layouts import ADDED, DOCUMENTS, NOTE, PROBLEM, REASONS, SUSPICION
from papertwin.data.files.rows import Record, decode
from papertwin.data.labels import BY_CONVENTION, label_columns
from papertwin.data.values import editions, identifiers, isbns
from papertwin.data.values.text import known
from papertwin.models import Model
from papertwin.models.card import DISTINCT, DUPLICATES
from papertwin.models.explanation import Explanation, explain
from papertwin.pages.pairs import comparable, suspicion

JSON = dict[str, Any]
SEARCHED = 300  # characters of each text that can be searched
HIDDEN = frozenset({"versions"})  # whole records, which are not compared
LONGEST, MOST = 1000, 200  # letters of a value, and values of a record, that are shown of what is not compared
# The columns of a case that the page tells in words of its own, or that say nothing of the two records.
_TOLD = frozenset({*DOCUMENTS, *REASONS, *ADDED, BY_CONVENTION, CONVENTION, SUSPICION, PROBLEM, NOTE, "id"})


def views(cases: Sequence[Case], rows: Sequence[int], model: Model) -> list[JSON]:
    """Pairs as the page shows them; `rows` are their numbers there."""
    left, right = [comparable(case.doc_1) for case in cases], [comparable(case.doc_2) for case in cases]
    explanations = explain(model, left, right)
    return [view(case, row, why) for case, row, why in zip(cases, rows, explanations, strict=True)]


def view(case: Case, row: int, explanation: Explanation) -> JSON:
    """A pair as the page shows it, with what the model makes of it and why."""
    return {
        "row": row,
        "id": case.id,
        "titles": [title_of(case.doc_1), title_of(case.doc_2)],
        "probability": explanation.probability,
        "decision": explanation.decision,
        "label": None if case.label is None else DUPLICATES if case.label else DISTINCT,
        "suspicion": suspicion(case),
        "problem": known(case.row.get(PROBLEM)),
        "note": known(case.row.get(NOTE)),
        "reasons": list(explanation.reasons),
        "groups": [[name, weight] for name, weight in explanation.groups.items()],
        "fields": [_field(side, case) for side in _in_order([*sides(case.doc_1, case.doc_2), *_stated(case)])],
        "others": _others(case.doc_1, case.doc_2),
        "columns": [[name, text] for name, text in _texts(_columns(case)).items()],
    }


def index_of(case: Case) -> list[str]:
    """What can be searched of a pair: both titles first, then ids and authors."""
    rest = [
        text
        for record in (case.doc_1, case.doc_2)
        for name in ("id", "authors", "doi")
        if (text := _text_of(record, name))
    ]
    return [title_of(case.doc_1), title_of(case.doc_2), " ".join([case.id or "", *rest])]


def title_of(record: Record) -> str:
    """The title, or as much of it as names a record."""
    return _text_of(record, "title")


def _in_order(fields: Sequence[Side]) -> list[Side]:
    """The fields that are shown: title, kind and authors first, ids last, which say the least."""
    first = ("title", "kind", "authors")

    def place(side: Side) -> int:
        return first.index(side.field) if side.field in first else len(first) + (side.field == "id")

    return sorted((side for side in fields if side.field not in HIDDEN), key=place)


def _stated(case: Case) -> Iterator[Side]:
    """What the records state under names of many formats, as fields beside the others: kind, edition, ISBNs."""
    for name, told in (("kind", kind_told), ("edition", editions.told), ("ISBN", isbns.written)):
        texts = told(case.doc_1), told(case.doc_2)
        if any(texts):
            yield Side(name, *texts)


def _others(doc_1: Record, doc_2: Record) -> list[list[str]]:
    """What the records say beside the fields, each as its name and the text of either, "" where it has none."""
    left, right = (
        _texts({name: value for name, value in record.items() if name not in RECORD_FIELDS})
        for record in (doc_1, doc_2)
    )
    return [[name, left.get(name, ""), right.get(name, "")] for name in dict.fromkeys([*left, *right])]


def _columns(case: Case) -> Record:
    """The further columns of a case, which its user has put there."""
    row = decode(case.laid_out("nested", {}))
    told = _TOLD.union(label_columns(row))
    return {name: value for name, value in row.items() if name not in told}


def _texts(values: Record, within: str = "") -> dict[str, str]:
    """Values as texts, what is in each other under a name of its own; no more than a person would look at."""
    texts: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            texts |= _texts(value, f"{within}{name}, ")
        elif text := field_text(value):
            texts[f"{within}{name}"] = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return dict(list(texts.items())[:MOST])


def _text_of(record: Record, name: str) -> str:
    value = record.get(name)
    items = value if isinstance(value, (list, tuple)) else [value]
    return "; ".join(text for item in items if (text := known(item)))[:SEARCHED]


def _field(side: Side, case: Case) -> JSON:
    """A field of both records; addresses are links, and a DOI has one."""
    texts = (side.left, side.right)
    relation = _relation(*texts)
    if relation == "differs" and side.field == "kind":  # in words that each database has of its own
        relation = {True: "same", False: "differs", None: ""}[same_kind(case.doc_1, case.doc_2)]
    if side.field == "urls":
        parts = [_part([], _addresses(record.get("urls"))) for record in (case.doc_1, case.doc_2)]
    else:
        parts = [
            _part(segments, _doi_link(text) if side.field == "doi" else [])
            for segments, text in zip(_marked(texts, relation), texts, strict=True)
        ]
    return {"name": side.field.replace("_", " "), "relation": relation, "sides": parts}


def _marked(texts: tuple[str, str], relation: str) -> Sequence[Sequence[Segment]]:
    """Both texts in segments: where they are the same, or not compared, nothing of them differs."""
    if relation in {"same", ""}:
        return [[Segment(text, True)] for text in texts]
    return differences(*texts, cased=False)


def _part(segments: Sequence[Segment], links: list[list[str]]) -> JSON:
    return {"segments": [[segment.text, segment.same] for segment in segments], "links": links}


def _addresses(value: object) -> list[list[str]]:
    """Each address once, as its text and where it leads."""
    items = value if isinstance(value, (list, tuple)) else [value]
    return [[text, text] for text in dict.fromkeys(filter(None, map(known, items)))]


def _relation(left: str, right: str) -> str:
    if not left or not right:
        return "only second" if right else "only first"
    return "same" if left.casefold() == right.casefold() else "differs"


def _doi_link(text: str) -> list[list[str]]:
    doi = identifiers.doi(text)
    return [["open", f"https://doi.org/{doi}"]] if doi else []
