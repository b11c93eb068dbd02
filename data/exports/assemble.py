"""From the values that an export has under its own names to a record under the names of the project.

Nothing is lost: a name that no field knows stays a field of its own, and where a field does not say letter for letter
what the export said (a date "2019 Mar-Apr", an abbreviated beside a full journal), the record keeps the values of all
the names that it was made from, under ORIGINAL and the name of the format.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from papertwin.data import dates
from papertwin.data.exports.names import ADDRESSES, PARTS, Names
from papertwin.data.identifiers import doi as canonical_doi
from papertwin.data.rows import Record
from papertwin.data.sides import field_of
from papertwin.data.text import known

ORIGINAL = "original"  # the field that keeps what the others do not say letter for letter
Values = Mapping[str, list[Any]]  # a name of the format: what stands under it, in order

_AMBIGUOUS = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ,]+\d{4}\b")
_WITHOUT_YEAR = re.compile(r"^(?!.*\d{4})")
_DOI_SHAPE = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/", re.IGNORECASE)
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def assemble(values: Values, names: Names, others: Mapping[str, Any] | None = None) -> Record:
    """The record of these values; `others` are fields that no name stands for, in any form."""
    record = fields_of(values, names)
    kept: dict[str, Any] = {}
    for field in dict.fromkeys(map(names.fields.get, values)):
        if field is not None and not _said(field, values, record, names):
            kept |= {name: _one(items) for name, items in values.items() if names.fields.get(name) == field}
    for name, value in [*((name, _one(items)) for name, items in values.items()), *(others or {}).items()]:
        if name not in names.parts:
            (kept if field_of(name) or name == ORIGINAL else record)[name] = value
    if kept:
        record[ORIGINAL] = {names.form: kept}
    return record


def fields_of(values: Values, names: Names) -> Record:
    """The fields of a record alone, in the order of the table of names."""
    parts = {part: found for part, tags in names.names.items() if (found := _first(values, tags))}
    record: Record = {}
    for part, found in parts.items():
        field = PARTS.get(part, part)
        if field in {"authors", "versions"}:
            record[field] = found
        elif field == "urls":
            if field not in record:
                addresses = [item for tag in names.names.get("urls", ()) for item in values.get(tag, ())]
                addresses += [
                    template.format(number.upper() if key == "pmcid" else number)
                    for key, template in ADDRESSES.items()
                    for number in parts.get(key, ())[:1]
                ]
                record[field] = list(dict.fromkeys(item for item in addresses if known(item)))
        elif field == "publication_date":
            if field not in record:
                record[field] = date_of(parts)
        elif field == "pages":
            if field not in record:
                record[field] = pages_of(parts)
        elif field == "doi":
            record[field] = bare_doi(found[0])
        else:
            record[field] = "\n".join(found) if field == "abstract" else found[0]
    if names.source is not None:
        record.setdefault("source", names.source)
    return record


def _first(values: Values, tags: Iterable[str]) -> list[Any]:
    """What stands under the first of these names that has a known value."""
    for tag in tags:
        if found := [item for item in values.get(tag, ()) if known(item)]:
            return found
    return []


def _one(items: list[Any]) -> Any:
    return items[0] if len(items) == 1 else items


def bare_doi(text: str) -> str:
    """A DOI without its resolver and prefix; any other text as it is."""
    return text[text.index("10.") :].strip() if _DOI_SHAPE.match(text) and canonical_doi(text) else text


def pages_of(parts: Mapping[str, list[Any]]) -> str:
    """The pages as given, or joined from the first and the last."""
    if whole := parts.get("pages"):
        return str(whole[0])
    first, last = (str(parts[part][0]) if part in parts else "" for part in ("first_page", "last_page"))
    return f"{first}-{last}" if first and last and first != last and not first.endswith(f"-{last}") else first or last


def date_of(parts: Mapping[str, list[Any]]) -> str:
    """The date as far as it is said, as ISO: year, year and month, or a day; what is no date stays as it is.

    The first value that is a date says the year, and the most exact of those of the same year the rest: publishers
    give the year of the issue, and beside it the day on which an article went online, a year before.
    """
    year = next((str(item) for part in ("year", "publication_date") for item in parts.get(part, ())[:1]), "")
    said = [str(item) for part in ("year", "publication_date") for item in parts.get(part, ())]
    month, day = (str(parts[part][0]) if part in parts else "" for part in ("month", "day"))
    if month:
        said.append(" ".join(filter(None, (day, _month_name(month), year))))
    found = [date for text in said if (date := _exact(text, year[:4])) is not None]
    if not found:
        return said[0] if said else day
    best = max((date for date in found if date.year == found[0].year), key=_exactness)
    if best.month is None and len(said) == 1 and _AMBIGUOUS.match(said[0]):
        return said[0]
    return iso(best)


def iso(date: dates.Date) -> str:
    """A date as ISO, as far as it is known."""
    month = "" if date.month is None else f"-{date.month:02}"
    return f"{date.year:04}{month}" + ("" if date.day is None else f"-{date.day:02}")


def _exactness(date: dates.Date) -> int:
    return (date.month is not None) + (date.day is not None)


def _month_name(month: str) -> str:
    """A month as dates.parse reads it beside a year: 3 is Mar."""
    if month.isdigit() and 1 <= int(month) <= 12:
        return list(dates.MONTHS)[int(month) - 1].title()
    return month


def _exact(text: str, year: str) -> dates.Date | None:
    """The date in a text; of 03/05/2019 only the year, because nobody knows which is the month."""
    if year and _WITHOUT_YEAR.match(text):
        text = f"{text} {year}"
    date = dates.parse(text.strip())
    if date is not None and (match := _AMBIGUOUS.match(text.strip())) and match[1] != match[2]:
        return date if max(int(match[1]), int(match[2])) > 12 else dates.Date(date.year)
    return date


def written(record: Mapping[str, Any], names: Names) -> dict[str, list[str]]:
    """Each part of the table of names as it is written for this record; a value that is no text is left out."""
    parts: dict[str, list[str]] = {}
    for part in names.names:
        field = PARTS.get(part, part)
        value = record.get(field)
        if value is None or (part in ADDRESSES):
            continue
        items = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        texts = [item for item in items if isinstance(item, str) and item]
        if field == "publication_date" and texts:
            texts = _date_part(texts[0], part, names)
        elif part in {"first_page", "last_page"} and texts:
            first, dash, last = texts[0].partition("-")
            texts = [first if part == "first_page" else last] if dash or part == "first_page" else []
        if texts:
            parts[part] = texts
    return parts


def _date_part(date: str, part: str, names: Names) -> list[str]:
    """What a part of a date says: the year alone under "year" where there is one, the whole where it is more."""
    is_iso = _ISO.fullmatch(date) is not None
    year, _, rest = date.partition("-")
    if part == "year":
        return [year] if is_iso else []
    if part == "publication_date":
        if "year" in names.names and is_iso and not rest:
            return []
        return [date.replace("-", "/") if names.slashed and is_iso else date]
    month, _, day = rest.partition("-")
    return [text for text in (month if part == "month" else day,) if is_iso and text]


def _said(field: str, values: Values, record: Record, names: Names) -> bool:
    """Whether a field says all that the values do that it was made from."""
    parts = written(record, names)
    for name, items in values.items():
        if names.fields.get(name) != field:
            continue
        part = names.parts[name]
        if names.written and names.names[part][0] != name:
            return False
        if part in ADDRESSES:
            continue
        if field == "publication_date" and not names.written:
            if not all(record[field].startswith(str(item)) for item in items):
                return False
        elif part == "urls":
            if not set(items) <= set(record.get("urls", ())):
                return False
        elif parts.get(part, []) != [str(item) for item in items]:
            return False
    return True
