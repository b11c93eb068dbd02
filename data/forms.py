"""Forms: which form a file has, told by what it holds and then by its suffix, and its rows."""

import io
from collections.abc import Collection
from pathlib import Path

from papertwin.data.errors import InputError
from papertwin.data.files import CHUNK, STANDARD, Note, as_text, open_bytes, quiet, shown
from papertwin.data.json_rows import LIST_KEYS, is_lines, json_documents, json_lines
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
    return rows_of(open_bytes(path), path, note)


def is_parquet(source: io.BufferedReader) -> bool:
    """Whether the bytes are those of a Parquet file."""
    return source.peek(4)[:4] == b"PAR1"


def rows_of(source: io.BufferedReader, path: str | Path, note: Note = quiet) -> RowFile:
    """The same for a file that is open already."""
    name = shown(path)
    if is_parquet(source):
        if str(path) != STANDARD and isinstance(source.raw, io.FileIO):
            source.close()  # Arrow reads a file best by itself
            schema, rows = parquet_rows(path, name)
        else:
            schema, rows = parquet_rows(io.BytesIO(source.read()), name)
        return RowFile(name, "row", rows, schema.names, schema, "Parquet")
    return text_rows(as_text(source, name, note), path, note)


def text_rows(
    stream: io.BufferedReader, path: str | Path, note: Note = quiet, keys: Collection[str] = LIST_KEYS
) -> RowFile:
    """The rows of a text; under one of `keys` a JSON document holds them."""
    name = shown(path)
    head = stream.peek(CHUNK)
    text = head.lstrip()
    if not text:
        raise InputError(f"{name}: the file is empty: is it the right one?")
    if text[:1] == b"<":
        from papertwin.data.rendered import html_rows  # lxml is only needed here

        return RowFile(name, "case", html_rows(stream, name), form="HTML")
    suffix = suffix_of(path)
    if text[:1] in {b"{", b"["} or suffix in JSON_LINES:
        if is_lines(text, suffix in JSON_LINES, keys):
            return RowFile(name, "line", json_lines(stream), form="JSON lines")
        return RowFile(name, "case", json_documents(stream, name, note, keys), form="JSON")
    if suffix == ".json":
        raise InputError(
            f"{name}: this is no JSON, it begins with {text[:20].decode('utf-8', 'replace')!r}: rename or repair it"
        )
    if text.startswith(b"cases\t"):
        from papertwin.data.rendered import case_table_rows, is_case_table

        if is_case_table(text):
            return RowFile(name, "case", case_table_rows(stream), form="copied table")
    columns, lines = csv_rows(stream, name, note)
    return RowFile(name, "line", lines, columns, form="CSV")
