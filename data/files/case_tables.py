"""The case table that the source system shows, as rows: the HTML of json2html, and its copy as tab-separated text.

Both hold text only: a number comes back as its digits, a null as "None". An HTML table is read whole.
"""

import io
from collections.abc import Iterator
from typing import Any, cast

import lxml.etree
import lxml.html

from papertwin.data.errors import InputError
from papertwin.data.files.field_names import means_field
from papertwin.data.files.layouts import DOCUMENTS
from papertwin.data.files.rows import Record, Reject, Row, encode
from papertwin.data.files.sides import pairing_of

_WORKBOOK = b"urn:schemas-microsoft-com:office:excel"  # which Excel names in its web pages
_LAST_FIELD = "versions"  # the source system writes it last, whatever a record lacks


def html_rows(stream: io.BufferedReader, name: str) -> Iterator[Row]:
    """The cases of every table in the page; raises InputError where no table holds cases."""
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    text = stream.read()
    try:
        page = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        raise InputError(f"{name}: the HTML cannot be read ({error}): save the page again") from error
    tables = [
        cast(lxml.html.HtmlElement, table)
        for table in page.iter("table")
        if next(table.iterancestors("table", "ul"), None) is None
    ]
    lists = [cases for table in tables if (cases := _cases(_value_of_table(table))) is not None]
    if not lists:
        if _WORKBOOK in text or any(map(_is_sheet, tables)):
            raise InputError(
                f"{name}: this is a table that was saved as a web page: open it in a spreadsheet and save it as CSV"
            )
        raise InputError(
            f"{name}: this is a web page and no export (a login page, perhaps): download the export again; and it "
            "holds no table of cases, which would begin with a row named cases, or hold doc_1 and doc_2"
        )
    for place, case in enumerate((case for cases in lists for case in cases), 1):
        yield Row(place, encode(case))


def _is_sheet(table: lxml.html.HtmlElement) -> bool:
    """Whether the first row of a table names columns of pairs or of records, in more than one cell."""
    row = next(table.iter("tr"), None)
    cells = [] if row is None else [cell.text_content().strip() for cell in row if cell.tag in {"th", "td"}]
    return len(cells) > 1 and (pairing_of(cells) is not None or sum(map(means_field, cells)) > 1)


def _cases(value: object) -> list[Any] | None:
    if isinstance(value, dict):
        if "cases" in value:
            return value["cases"] if isinstance(value["cases"], list) else []  # an empty list is rendered as nothing
        return [value] if all(document in value for document in DOCUMENTS) else None
    if isinstance(value, list) and value and all(document in value[0] for document in DOCUMENTS):
        return value
    return None


def _value(element: lxml.html.HtmlElement) -> Any:
    """What the inside of a cell or of a list's item stands for: a table, a list, or text."""
    for child in element:
        if child.tag == "table":
            return _value_of_table(child)
        if child.tag == "ul":
            return [_value(item) for item in child if item.tag == "li"]
    return element.text_content()


def _value_of_table(table: lxml.html.HtmlElement) -> Any:
    """An object has a row for each key; a list of like objects has their keys in its first row."""
    rows = [
        row
        for part in table
        for row in ([part] if part.tag == "tr" else part if part.tag in {"thead", "tbody"} else [])
    ]
    cells = [[cell for cell in row if cell.tag in {"th", "td"}] for row in rows]
    if cells and len(cells) > 1 and all(cell.tag == "th" for cell in cells[0]):
        keys = [cell.text_content() for cell in cells[0]]
        return [dict(zip(keys, map(_value, row), strict=False)) for row in cells[1:]]
    return {row[0].text_content(): _value(row[1]) for row in cells if len(row) == 2}


def is_case_table(head: bytes) -> bool:
    """Whether tab-separated text is a copied case table, by its first line with content."""
    first = next((line for line in head.splitlines() if line.strip()), b"")
    cells = [cell.strip() for cell in first.split(b"\t")]
    return cells[:1] == [b"cases"] and b"doc_1" in cells and b"doc_2" in cells


class _Case:
    """A case of a copied table while its lines come in."""

    def __init__(self, place: int, own: dict[str, str]) -> None:
        self.place = place
        self.own = own
        self.records: list[Record] = []
        self.lines: list[str] = []
        self._depth = 0  # how many tabs stand before the record's fields
        self._field = ""
        self._closed = True

    def add(self, line: str) -> None:
        """A line of the case: a field of a record, or of a record within its versions, or a value going on."""
        self.lines.append(line)
        cells = line.split("\t")
        depth = next((number for number, cell in enumerate(cells) if cell.strip()), len(cells))
        if depth == 0:  # a line break within a value
            if self.records:
                self._go_on(line.strip())
            return
        name = cells[depth].strip()
        value = _cell_value(cells[depth + 1]) if depth + 1 < len(cells) else ""
        if self.records and depth > self._depth:
            self._add_version(name, value)
            return
        if self._closed or name in self.records[-1]:
            self.records.append({})
            self._depth = depth
        self.records[-1][name] = value
        self._field = name
        self._closed = name == _LAST_FIELD

    def _go_on(self, text: str) -> None:
        value = self.records[-1].get(self._field)
        if isinstance(value, str):
            self.records[-1][self._field] = f"{value} {text}".strip()

    def _add_version(self, name: str, value: Any) -> None:
        versions = self.records[-1].get(self._field)
        if not isinstance(versions, list):
            versions = self.records[-1][self._field] = [{}]
        if name in versions[-1]:
            versions.append({})
        versions[-1][name] = value

    def row(self) -> Row | Reject:
        """The finished case."""
        if len(self.records) != 2:
            return Reject(self.place, f"it shows {len(self.records)} records, not two", "\n".join(self.lines))
        return Row(self.place, encode(dict(zip(DOCUMENTS, self.records, strict=True)) | self.own))


def case_table_rows(stream: io.BufferedReader) -> Iterator[Row | Reject]:
    """The cases of a copied table.

    A line with nothing in front of the decision's column begins a case; below it stand the fields of both records, a
    field a line, each behind its tabs. A record ends behind its versions, or where a field comes again.
    """
    header: list[str] = []
    case: _Case | None = None
    place = 0
    for line in io.TextIOWrapper(stream, "utf-8"):
        cells = [cell.strip() for cell in line.split("\t")]
        if not header:
            header = cells if any(cells) else []
            own = {number: cell for number, cell in enumerate(header) if cell and cell not in {"cases", *DOCUMENTS}}
            begins = min(own, default=len(header))
        elif len(cells) > 1 and not any(cells[:begins]):
            if case is not None:
                yield case.row()
            place += 1
            case = _Case(place, {cell: cells[number] for number, cell in own.items() if number < len(cells)})
            case.lines.append(line.rstrip("\n"))
        elif any(cells):
            if case is None:
                place += 1
                case = _Case(place, {})
            case.add(line.rstrip("\n"))
    if case is not None:
        yield case.row()


def _cell_value(cell: str) -> Any:
    cell = cell.strip()
    if not cell.startswith("<ul"):
        return cell
    return [item.text_content() for item in lxml.html.fragment_fromstring(cell).iter("li")]
