"""Opening files: any text is read as UTF-8, whatever its encoding, and unpacked where it is gzip.

What the text says is not known here. Other archives (zip, xz, ...) are recognised and refused, not opened.
"""

import codecs
import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import cast

import numpy as np

from papertwin.data.errors import InputError

Note = Callable[[str], None]  # is told what the user should know although nothing is wrong

CHUNK = 1 << 20  # bytes read at first, by which the form of a file is told
PIECE = 1 << 18  # bytes read at a time then, and written at a time: they stay in the processor's cache
STANDARD = "-"  # the path that means standard input or output

_UNPACK = "unpack it, and name the file that is in it"
_EXPORT = "export the records as RIS or CSV where it was made"
_NOT_TEXT = (  # how a file begins, what it is, and the way out
    (rb"PK\x03\x04", "a ZIP archive", _UNPACK),
    (rb"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (rb"BZh", "a bzip2 archive", _UNPACK),
    (rb"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (rb"%PDF", "a PDF", _EXPORT),
    (rb"SQLite format 3\x00", "an SQLite database", _EXPORT),
)
_ODD = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b")  # control characters that text does without
_MARKS = {  # that of UTF-16 is how one of UTF-32 begins
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
MARKS = tuple(_MARKS)
# What the decoder's "surrogateescape" made of a byte that is no UTF-8 -> the character that Windows means by it.
_WINDOWS = {0xDC00 + byte: codecs.decode(bytes([byte]), "cp1252", "ignore") or chr(byte) for byte in range(128, 256)}


def text_of_bytes(given: bytes) -> str:
    """Bytes that are a text by themselves, as those of a file are read: in UTF-8, what is none in Windows-1252."""
    return given.decode("utf-8", "surrogateescape").translate(_WINDOWS)


def quiet(text: str) -> None:
    """A Note that tells nobody."""


def shown(path: str | os.PathLike[str]) -> str:
    """The path as messages and outputs name it, in characters that can be written whatever system it comes from."""
    return "standard input" if os.fspath(path) == STANDARD else os.fsencode(path).decode("utf-8", "replace")


def open_bytes(path: str | os.PathLike[str]) -> io.BufferedReader:
    """The bytes of a file or of standard input ("-"), unpacked where they are gzip, whatever the suffix.

    Raises InputError for a file that is missing, a directory, or not readable.
    """
    check_input(path)
    if os.fspath(path) == STANDARD and sys.stdin is None:
        raise InputError("standard input is closed: name a file")
    try:
        raw = sys.stdin.buffer if os.fspath(path) == STANDARD else Path(path).open("rb")  # noqa: SIM115  the caller closes it
        source = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw))
        if source.peek(2)[:2] == b"\x1f\x8b":
            return io.BufferedReader(cast(io.RawIOBase, _Gunzip(source, shown(path))), CHUNK)
    except OSError as error:
        raise InputError(f"{shown(path)}: cannot be read ({error.strerror}): check its permissions") from error
    return source


def check_input(path: str | os.PathLike[str]) -> None:
    """Raises InputError for a file that is not there, and for a folder."""
    if os.fspath(path) == STANDARD:
        return
    if not Path(path).exists():
        raise InputError(f"{path}: there is no such file: check the name and the folder")
    if Path(path).is_dir():
        raise InputError(f"{path}: this is a folder: name a file in it")


def as_utf8(source: io.BufferedReader, name: str, note: Note = quiet) -> io.BufferedReader:
    """Another stream's text as UTF-8 bytes without a byte-order mark; `name` is for messages.

    UTF-16 and UTF-32 are told by their marks; bytes that are no UTF-8 are read as Windows-1252 (which holds Latin-1),
    and NUL characters are left out, of both of which `note` is told. Reading raises InputError for a binary file and
    for a damaged or cut-off gzip file.
    """
    return io.BufferedReader(_Utf8(source, name, note), CHUNK)


class _Gunzip(gzip.GzipFile):
    """An unpacked gzip file that names itself when it is damaged, and closes what it reads from."""

    def __init__(self, source: io.BufferedReader, name: str) -> None:
        self._source, self._name = source, name
        super().__init__(fileobj=source)

    def read(self, size: int | None = -1) -> bytes:
        try:
            return super().read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"{self._name}: the gzip file is damaged or cut off: copy it again") from error

    def close(self) -> None:
        super().close()
        self._source.close()


class _Utf8(io.RawIOBase):
    """Another stream's text as UTF-8."""

    def __init__(self, source: io.BufferedReader, name: str, note: Note) -> None:
        self._source, self._name, self._note = source, name, note
        self._decoder: codecs.IncrementalDecoder | None = None
        self._ready = memoryview(b"")
        self._sound, self._begun = False, b""  # whether all so far was UTF-8, and of a character that goes on its bytes
        self._ended = False
        self._noted: set[str] = set()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer cannot be sliced
        while not self._ready and not self._ended:
            chunk = self._read()
            self._ended = not chunk
            self._ready = memoryview(self._without_nul(self._encode(chunk)))
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def close(self) -> None:
        if self._name != shown(STANDARD):
            self._source.close()
        super().close()

    def _read(self) -> bytes:
        """A whole chunk or piece, or less at the end; bit by bit, so that Ctrl-C is heard while a pipe is slow."""
        pieces, missing = [], CHUNK if self._decoder is None else min(CHUNK, PIECE)
        try:
            while missing and (piece := self._source.read1(missing)):
                pieces.append(piece)
                missing -= len(piece)
            return b"".join(pieces)
        except OSError as error:
            raise InputError(f"{self._name}: cannot be read to its end ({error.strerror}): copy it again") from error

    def _encode(self, chunk: bytes) -> bytes:
        if self._decoder is None:
            encoding = next((name for mark, name in _MARKS.items() if chunk.startswith(mark)), "utf-8")
            if encoding.startswith("utf-8"):
                self._refuse_binary(chunk)
            if encoding == "utf-8-sig":
                encoding, chunk = "utf-8", chunk.removeprefix(codecs.BOM_UTF8)
            self._decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
            self._sound = encoding == "utf-8"
        if self._sound:
            chunk = self._begun + chunk
            try:
                unfinished = _unfinished(chunk, final=self._ended)
            except UnicodeDecodeError:
                self._sound = False
            else:
                self._begun = chunk[len(chunk) - unfinished :]
                return chunk[: len(chunk) - unfinished]
        try:
            text = self._decoder.decode(chunk, final=self._ended)
        except UnicodeDecodeError as error:
            raise InputError(f"{self._name}: the {error.encoding.upper()} text is damaged: save it as UTF-8") from error
        try:
            return text.encode()
        except UnicodeEncodeError:
            self._note_once("not all of it is UTF-8; the rest is read as Windows-1252 (Latin-1)")
            return text.translate(_WINDOWS).encode()

    def _without_nul(self, text: bytes) -> bytes:
        if b"\0" not in text:
            return text
        self._note_once("NUL characters, which no text has, are left out")
        return text.replace(b"\0", b"")

    def _note_once(self, remark: str) -> None:
        if remark not in self._noted:
            self._note(f"{self._name}: {remark}")
            self._noted.add(remark)

    def _refuse_binary(self, chunk: bytes) -> None:
        for beginning, kind, way_out in _NOT_TEXT:
            if re.match(beginning, chunk):
                raise InputError(f"{self._name}: this is {kind}, not text: {way_out}")
        odd = len(chunk) - len(chunk.translate(None, _ODD))
        share = 1 / 100 if b"\0" in chunk and not _is_utf8(chunk) else 1 / 10
        if odd > 1 + len(chunk) * share:  # one may slip into any text
            raise InputError(f"{self._name}: this is a binary file, not text: {_EXPORT}")


def _is_utf8(beginning: bytes) -> bool:
    try:
        _unfinished(beginning, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _unfinished(text: bytes, final: bool) -> int:
    """How many bytes at the end begin a character of UTF-8 that goes on; raises UnicodeDecodeError for other bytes.

    Looks at what is not ASCII alone, and at the byte behind it: decoding all took as long as parsing the JSON.
    """
    if text.isascii():
        return 0
    looked_at = np.frombuffer(text, dtype=np.int8) < 0
    looked_at[1:] |= looked_at[:-1]
    foreign = np.frombuffer(text, dtype=np.uint8)[looked_at].tobytes()
    return len(foreign) - codecs.utf_8_decode(foreign, "strict", final)[1]
