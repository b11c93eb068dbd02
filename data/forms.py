"""Forms: tells which form a file has, by what it holds and then by its suffix, and reads its rows."""

import io
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from papertwin.data.errors import InputError
from papertwin.data.exports.bibtex import bibtex_rows, is_bibtex
from papertwin.data.exports.dialects import dialect_of
from papertwin.data.exports.embase import FORM, embase_rows, is_embase
from papertwin.data.exports.formats import BIBTEX
from papertwin.data.exports.tagged import tagged_rows
from papertwin.data.exports.xml import first_element, format_of, xml_rows
from papertwin.data.files.json_objects import LIST_KEYS
from papertwin.data.files.json_rows import is_lines, json_documents, json_lines
from papertwin.data.files.parquet import ParquetTable
from papertwin.data.files.rows import Reject, Row, RowFile
from papertwin.data.files.streams import CHUNK, STANDARD, Note, as_utf8, open_bytes, quiet, shown
from papertwin.data.files.table_rows import csv_rows, is_table
from papertwin.data.files.workbooks import is_workbook, workbook_rows
from papertwin.data.shapes import no_pairs

Reader = Callable[[io.BufferedReader, str, Note], Iterator[Row | Reject]]  # of a stream, by name, with notes
_OVIDS_SEARCH = rb"(?:Databases?(?:\(s\))?: (?s:.){1,20000}?\n)?"  # what may stand before its records
_UNREAD = (  # how texts begin that are not read, most of them made for the eye, what they are, and what to export
    (_OVIDS_SEARCH + rb"<\d+[. ]*>\s*\n", "the text of Ovid, whose records begin with <1>", "as RIS"),
    (rb"VN {1,2}- Ovid ", "the text of Ovid", "as RIS"),
    (_OVIDS_SEARCH + rb"1\. ?\r?\n(?s:.){10,20000}?\nUI: \d", "the text of Ovid, made for the eye", "as RIS"),
    (rb"1: [^\n]*\bPMID: \d", "PubMed's Summary (text)", "in the format PubMed, which is .nbib"),
    (rb"1\. (?s:.){10,20000}?\nPMID: \d", "PubMed's Abstract (text)", "in the format PubMed, which is .nbib"),
    (rb"t[yY] {1,4}- ?", "RIS with small letters in its tags", "again, or write the tags in capitals"),
    (rb"RECORD 1\r?\nTITLE\r?\n", "the plain text of Embase", "as RIS or CSV"),
    (rb"_{20,}\s+(?:Document|Dokument|Documento) 1 ", "the plain text of ProQuest", "as RIS"),
    (rb"\d{5}[a-z]{2}[a-z ]{2}.22\d{5}", "MARC", "as RIS or CSV"),
    (rb"=LDR  ", "the text of MARC, as MarcEdit writes it", "as RIS or CSV"),
    (rb"RT [A-Z][^\n]*\r?\n[A-Z][A-Z\d] ", "the tagged text of RefWorks", "as RIS"),
    (rb"<rdf:RDF\b", "Zotero's RDF or the like", "as RIS"),
    (rb"\{\\rtf\d", "rich text (RTF)", "as RIS"),
    (
        rb"Reference Type: [^\n]*\nRecord Number: ",
        "EndNote's Show All Fields (text)",
        "in the style RefMan (RIS) or as XML",
    ),
    (rb"\{Reference Type\}:", "the text of NoteExpress", "as RIS or EndNote"),
    (rb"Scopus\r?\nEXPORT DATE[^\n]*\n\s*+[^\n]+\n[^\n]+\n\(\d{4}\)", "the plain text of Scopus", "as RIS or CSV"),
)
JSON_LINES = frozenset({".jsonl", ".ndjson"})


def suffix_of(path: str | Path) -> str:
    """The suffix in lower case, that of the packed file where it ends in .gz: ".jsonl" for "a.jsonl.gz"."""
    name = Path(path).name.lower()
    return Path(name.removesuffix(".gz")).suffix


def open_rows(path: str | Path, note: Note = quiet) -> RowFile:
    """The rows of a file or of standard input ("-"), in any form: JSON, CSV, Excel, Parquet, a rendered table; or gzip.

    Rows are read as they are asked for. Raises InputError, here or while reading, for a file that is missing, empty,
    damaged, or in no form that is known.
    """
    return rows_of(open_bytes(path), path, note)


def is_text(source: io.BufferedReader) -> bool:
    """Whether the bytes are read as text: not as Parquet, and not as a workbook."""
    return not _is_parquet(source) and not is_workbook(source)


def _is_parquet(source: io.BufferedReader) -> bool:
    return source.peek(4)[:4] == b"PAR1"


def rows_of(source: io.BufferedReader, path: str | Path, note: Note = quiet) -> RowFile:
    """The rows of a file that is open already, in any form; raises InputError as `open_rows` does."""
    name = shown(path)
    if _is_parquet(source):
        if str(path) != STANDARD and isinstance(source.raw, io.FileIO):
            source.close()  # Arrow reads a file best by itself
            table = ParquetTable(path, name)
        else:
            table = ParquetTable(io.BytesIO(source.read()), name)
        return RowFile(name, "row", table.rows(note), table.schema.names, table, "Parquet")
    if is_workbook(source):
        columns, given = workbook_rows(source, name, note)
        return RowFile(name, "row", given, columns, form="Excel")
    return text_rows(as_utf8(source, name, note), path, note)


def export_of(head: str) -> tuple[str, Reader] | None:
    """The form of records that a database or a reference manager has exported, and its reader, by its beginning.

    None for all that may hold pairs as well: JSON, tables, other XML.
    """
    if head[:1] == "<":
        form = format_of(head)
        return (form.names.form, lambda stream, name, note: xml_rows(stream, form, name, note)) if form else None
    if head[:1] in {"{", "["}:
        return None
    if dialect := dialect_of(head):
        return dialect.names.form, lambda stream, name, note: tagged_rows(stream, dialect, name, note)
    if is_embase(head):
        return FORM, embase_rows
    return (BIBTEX.form, bibtex_rows) if is_bibtex(head) else None


def _refuse_unread(text: bytes, name: str) -> None:
    for beginning, what, instead in _UNREAD:
        if re.match(beginning, text):
            raise InputError(f"{name}: this is {what}: export the records {instead}")


def text_rows(stream: io.BufferedReader, path: str | Path, note: Note, keys: Collection[str] = LIST_KEYS) -> RowFile:
    """The rows of a text, in any form but Parquet; a JSON document holds them under one of `keys`."""
    name = shown(path)
    head = stream.peek(CHUNK)
    text = head.lstrip()
    if not text:
        raise InputError(f"{name}: the file is empty: is it the right one?")
    export = export_of(text.decode("utf-8", "ignore"))
    if not export:
        _refuse_unread(text, name)
    if text[:1] == b"<":
        if export and b"<table" not in text:
            raise no_pairs(name, export[0])
        if element := first_element(text.decode("utf-8", "ignore")):
            raise InputError(
                f"{name}: this is XML of a kind that is not read, its first element is {element}: export the records "
                "as RIS, or in another form that docs/formats.md names"
            )
        from papertwin.data.files.case_tables import html_rows  # lxml is only needed here

        return RowFile(name, "case", html_rows(stream, name), form="HTML")
    suffix = suffix_of(path)
    if text[:1] in {b"{", b"["} or (suffix in JSON_LINES and not is_table(text)):
        if is_lines(text, suffix in JSON_LINES, keys):
            return RowFile(name, "line", json_lines(stream, keys), form="JSON lines")
        return RowFile(name, "case", json_documents(stream, name, note, keys), form="JSON")
    if text.startswith(b"cases\t"):
        from papertwin.data.files.case_tables import case_table_rows, is_case_table

        if is_case_table(text):
            return RowFile(name, "case", case_table_rows(stream), form="copied table")
    if suffix == ".json" and not export and not is_table(text):
        raise InputError(
            f"{name}: this is no JSON, it begins with {text[:20].decode('utf-8', 'replace')!r}: rename or repair it"
        )
    columns, lines = csv_rows(stream, name, note)
    return RowFile(name, "line", lines, columns, form="CSV", export=export[0] if export else "")
