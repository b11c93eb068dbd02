"""BibTeX, read by bibtexparser a piece at a time; LaTeX in values becomes text, and what was written is kept."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from papertwin.data.errors import lacking
from papertwin.data.exports.assemble import assemble
from papertwin.data.exports.formats import BIBTEX
from papertwin.data.exports.tagged import LONGEST_HEADER
from papertwin.data.files.rows import Reject, Row, encode
from papertwin.data.files.streams import CHUNK, Note
from papertwin.data.values.latex import latex_to_text

KIND = "ENTRYTYPE"  # the field that keeps an entry's type
_START = re.compile(r"[ \t]*@[ \t]*\w+[ \t]*[{(]")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_ESCAPED = {  # BibTeX counts braces, escaped or not
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_OF_SIGNS = {text: sign for sign, text in _ESCAPED.items()} | {r"\{": "{", r"\}": "}", r"\~{}": "~"}
_SIGNS = re.compile("|".join(map(re.escape, _OF_SIGNS)))
_PRIVATE = {0xE000 + ord(sign): sign for sign in _ESCAPED}  # what stands for a sign while LaTeX is undone
_GONE = {ord("{"): None, ord("}"): None, ord("~"): " "}
_VERBATIM = frozenset({"doi", "url", "eprint", "file"})  # whose signs stand for themselves, not set by LaTeX
_COMMAS = re.compile(r"((?:[\"}]|=\s*\w+)\s*,)((?:\s*,)+)(?=\s*(?:[\w-]+\s*=|[})]))")  # too many between fields
_DASHES = re.compile(r"\s*-{2,3}\s*")
# biblatex's "family=Berg, given=Jan, given-i=J, prefix=van der, useprefix=true", as Better BibTeX writes such names
_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix)(?:-i)?\s*=")
_PART_OF_NAME = re.compile(r"(?:^|,)\s*(family|given|prefix|suffix)\s*=\s*((?:\{(?:[^{}]|\{[^{}]*\})*\}|[^,{])*)")


def is_bibtex(head: str) -> bool:
    """Whether a line of the text begins an entry."""
    return any(_START.match(line) for line in head.splitlines())


def check_installed() -> None:
    """Raises InputError where bibtexparser is not installed."""
    try:
        import bibtexparser  # noqa: F401
    except ImportError as error:
        raise lacking("BibTeX needs bibtexparser", "formats") from error


def bibtex_rows(stream: io.BufferedReader, name: str, note: Note) -> Iterator[Row | Reject]:
    """The entries, each under the number of its first line; an entry that cannot be read is a Reject.

    Raises InputError, at once, where bibtexparser is not installed.
    """
    check_installed()
    return _rows(stream, name, note)


def _rows(stream: io.BufferedReader, name: str, note: Note) -> Iterator[Row | Reject]:
    from bibtexparser import model

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it warns of becomes a Reject
    macros: dict[str, str] = {}
    begun = left_out = False
    for first, text in _pieces(stream):
        for block, rest in _blocks(text):
            place = first + (block.start_line or 0)
            entry = getattr(block, "ignore_error_block", None) or block
            if isinstance(entry, model.Entry):
                begun = True
                yield _row(place, entry, macros)
            elif isinstance(entry, model.String):
                macros[entry.key.lower()] = " ".join(_resolved(entry.value, macros).split())
            elif isinstance(entry, (model.ExplicitComment, model.Preamble)):
                if not left_out:
                    note(f"{name}, line {place}: comments and preambles are left out")
                left_out = True
            elif isinstance(entry, model.ImplicitComment):
                said = " ".join(entry.comment.split())
                if len(said) > LONGEST_HEADER or (begun and not _is_remark(entry.comment)):
                    yield Reject(place, "the text stands outside of an entry", entry.comment)
                else:
                    note(f"{name}, line {place}: the text between entries is left out: {said}")
            else:
                begun = True
                reason = getattr(getattr(block, "error", None), "abort_reason", "") or "its end is missing"
                reason = f"the entry is not valid BibTeX: {' '.join(reason.split())}"
                yield Reject(place, reason, f"{block.raw or ''}{rest}")


def _blocks(text: str) -> list[tuple[Any, str]]:
    """The blocks of a text, and what is behind the mistake in one that is broken; a comma too many breaks none."""
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    blocks = parse_string(text, parse_stack=[]).blocks
    if any(isinstance(block, model.ParsingFailedBlock) for block in blocks) and _COMMAS.search(text):
        text = _COMMAS.sub(lambda found: found[1] + found[2].replace(",", ""), text)  # the lines stay where they are
        blocks = parse_string(text, parse_stack=[]).blocks
    found: list[tuple[Any, str]] = []
    for block in blocks:
        behind = found and isinstance(found[-1][0], model.ParsingFailedBlock) and not found[-1][0].ignore_error_block
        if behind and isinstance(block, model.ImplicitComment) and not _is_remark(block.comment):
            found[-1] = found[-1][0], f" {block.comment}"
        else:
            found.append((block, ""))
    return found


def _is_remark(comment: str) -> bool:
    """Whether a text between entries is meant to be none: lines that are commented out, or a comment without braces."""
    return comment.lower().startswith("@comment") or all(
        line.lstrip().startswith("%") for line in comment.splitlines() if line.strip()
    )


def _pieces(stream: io.BufferedReader) -> Iterator[tuple[int, str]]:
    """Pieces of about CHUNK, with the number of the first line; each but the first begins with an entry."""
    lines: list[str] = []
    first, size = 1, 0
    number = 0
    for number, line in enumerate(io.TextIOWrapper(stream, "utf-8", "replace"), 1):
        if size >= CHUNK and _START.match(line):
            yield first, "".join(lines)
            lines, first, size = [], number, 0
        lines.append(line.lstrip("\ufeff"))
        size += len(line)
    if lines:
        yield first, "".join(lines)


def _row(place: int, entry: Any, macros: dict[str, str]) -> Row:
    raw: dict[str, list[str]] = {}
    for field in entry.fields:
        name = field.key.lower()
        if text := _spaced(name, _resolved(str(field.value), macros)):
            raw.setdefault(name, []).append(text)
    values: dict[str, list[Any]] = {"ID": [entry.key]} if entry.key else {}
    values |= {name: [item for text in texts for item in decoded(name, text)] for name, texts in raw.items()}
    others = {KIND: entry.entry_type.lower()}
    verbatim = {name: texts[0] if len(texts) == 1 else texts for name, texts in raw.items()}
    changed = {name for name, text in verbatim.items() if encoded(name, values[name]) != text}
    return Row(place, encode(assemble(values, BIBTEX, others, verbatim, changed)))


def _resolved(value: str, macros: dict[str, str]) -> str:
    """A value without its braces or quotation marks, its macros replaced and its parts joined."""
    parts: list[str] = []
    depth, start, quoted = 0, 0, False
    for place, sign in enumerate(value):
        if sign == "\\":
            continue
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        elif sign == '"' and depth == 0:
            quoted = not quoted
        elif sign == "#" and depth == 0 and not quoted:
            parts.append(value[start:place])
            start = place + 1
    parts.append(value[start:])
    return "".join(_bare(part.strip(), macros) for part in parts)


def _spaced(name: str, text: str) -> str:
    """The text with single spaces; an abstract keeps its lines."""
    if name == BIBTEX.carrier:
        return text
    if name == "abstract":
        return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    return " ".join(text.split())


def _bare(part: str, macros: dict[str, str]) -> str:
    if len(part) > 1 and part[0] + part[-1] in {"{}", '""'}:
        return part[1:-1]
    return macros.get(part.lower(), part)


def decoded(name: str, raw: str) -> list[str]:
    """The values in a field as it is written: LaTeX as text, authors one by one."""
    if name == "author":
        return [_plain(_inverted(person)) for person in _persons(raw) if person]
    if name == BIBTEX.carrier:
        return [raw]
    if name in _VERBATIM:
        return [_SIGNS.sub(lambda found: _OF_SIGNS[found[0]], raw)]
    return [_DASHES.sub("-", raw) if name == "pages" else _plain(raw)]


def encoded(name: str, values: list[Any]) -> str:
    """The values as a field is written, so that LaTeX sets them and `decoded` gives them back."""
    if name == "author":
        return " and ".join(_braced(_escaped(str(value))) for value in values)
    text = str(values[0]) if values else ""
    if name == BIBTEX.carrier or (name in _VERBATIM and not any(sign in text for sign in "{}\\")):
        return text
    return _escaped(text)


def _plain(raw: str) -> str:
    """LaTeX as text, line by line."""
    if not any(sign in raw for sign in "\\{}$~"):
        return raw
    kept = _SIGNS.sub(lambda found: chr(0xE000 + ord(_OF_SIGNS[found[0]])), raw)
    text = latex_to_text(kept) if "\\" in kept or "$" in kept else kept.translate(_GONE)
    return "\n".join(" ".join(line.split()) for line in text.translate(_PRIVATE).split("\n"))


def _inverted(person: str) -> str:
    """A name whose parts are named as it is written elsewhere: van der Berg, Jan."""
    if not _EXTENDED.match(person):
        return person
    parts = {part: text.strip() for part, text in _PART_OF_NAME.findall(person)}
    surname = " ".join(filter(None, map(parts.get, ("prefix", "family"))))
    return ", ".join(filter(None, (surname, parts.get("suffix"), parts.get("given")))) or person


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(sign, sign) for sign in text)


def _braced(person: str) -> str:
    """A name that holds "and", or a comma too many, stays one name in braces."""
    return f"{{{person}}}" if _AND.search(f" {person} ") else person


def _persons(raw: str) -> list[str]:
    """The names between the "and"s outside of braces."""
    if "{" not in raw:
        return _AND.split(raw.strip())
    persons: list[str] = []
    start = 0
    for match in _AND.finditer(raw):
        before = raw[start : match.start()]
        if before.count("{") == before.count("}"):
            persons.append(before)
            start = match.end()
    return [*persons, raw[start:]]
