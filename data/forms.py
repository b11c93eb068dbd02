"""Forms: which form a file has, told by what it holds and then by its suffix, and its rows."""

import io
from pathlib import Path

from papertwin.data.errors import InputError
from papertwin.data.files import CHUNK, STANDARD, Note, as_text, open_bytes, quiet, shown
from papertwin.data.json_rows import is_lines, json_documents, json_lines
from papertwin.data.rows import RowFile
from papertwin.data.table_rows import csv_rows, parquet_rows

JSON_LINES = frozenset({".jsonl", ".ndjson"})


def suffix_of(path: str | Path) -> str:
    """The suffix in lower case, that of the packed file where it ends in .gz: ".jsonl" for "a.jsonl.gz"."""
    name = Path(path).name.lower()
    return Path(name.removesuffix(".gz")).suffix


def open_rows(path: str | Path, note: Note = quiet) -> RowFile:
    """The rows of a file, or of standard input ("-"), in any form: JSON, CSV, Parquet, a rendered table; gzip or not.

    Rows are read as they are asked for. Raises InputError, here or while reading, for a file that is missing, empty,
    damaged, or in no form that is known.
    """
    name = shown(path)
    source = open_bytes(path)
    if source.peek(4)[:4] == b"PAR1":
        if str(path) != STANDARD and isinstance(source.raw, io.FileIO):
            source.close()  # Arrow reads a file best by itself
            schema, rows = parquet_rows(path, name)
        else:
            schema, rows = parquet_rows(io.BytesIO(source.read()), name)
        return RowFile(name, "row", rows, schema.names, schema)
    stream = as_text(source, name, note)
    head = stream.peek(CHUNK)
    text = head.lstrip()
    if not text:
        raise InputError(f"{name}: the file is empty: is it the right one?")
    if text[:1] == b"<":
        from papertwin.data.rendered import html_rows  # lxml is only needed here

        return RowFile(name, "case", html_rows(stream, name))
    suffix = suffix_of(path)
    if text[:1] in {b"{", b"["} or suffix in JSON_LINES:
        if is_lines(text, suffix in JSON_LINES):
            return RowFile(name, "line", json_lines(stream))
        return RowFile(name, "case", json_documents(stream, name, note))
    if suffix == ".json":
        raise InputError(
            f"{name}: this is no JSON, it begins with {text[:20].decode('utf-8', 'replace')!r}: rename or repair it"
        )
    if text.startswith(b"cases\t"):
        from papertwin.data.rendered import case_table_rows, is_case_table

        if is_case_table(text):
            return RowFile(name, "case", case_table_rows(stream))
    columns, lines = csv_rows(stream, name)
    return RowFile(name, "line", lines, columns)
