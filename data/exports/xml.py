"""XML of EndNote, PubMed, arXiv and the WHO, a record at a time, so that a damaged record spoils no other."""

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from papertwin.data.exports.assemble import assemble
from papertwin.data.exports.complaints import OF_ARXIV, complaint, nothing_else
from papertwin.data.exports.formats import ATOM, ENDNOTE_XML, ICTRP_XML, PUBMED_XML
from papertwin.data.exports.names import Names
from papertwin.data.exports.tagged import LONGEST_HEADER
from papertwin.data.files.rows import Reject, Row, decode, encode
from papertwin.data.files.streams import CHUNK, Note
from papertwin.data.wording import counted


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """One format: how the first element of a file begins, and the pattern of the elements that hold a record.

    `headed` is whether it says of itself, before the records, what was asked and when.
    """

    names: Names
    first: re.Pattern[str]
    element: str
    headed: bool = False


FORMATS = (
    XmlFormat(ENDNOTE_XML, re.compile(r"<(?:xml|record|records(?!>\s*<rec\b))\b"), "record"),  # that is EBSCO's
    XmlFormat(PUBMED_XML, re.compile(r"<Pubmed(?:Book)?Article(?:Set)?\b"), "Pubmed(?:Book)?Article"),
    XmlFormat(ATOM, re.compile(r"<feed\b"), "entry", headed=True),
    XmlFormat(ICTRP_XML, re.compile(r"<Trials_downloaded_from_ICTRP\b"), "Trial"),
)
_ELEMENT = re.compile(r"<([A-Za-z_][\w:.-]*)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LOOKED_AT = 20_000  # characters in which the first element is looked for
_INLINE = frozenset({"style", "i", "b", "u", "em", "sub", "sup", "strong", "math"})  # marks inside of running text
_QUALIFIERS = ("IdType", "EIdType", "name")  # an attribute that says what an element holds: ArticleId[doi]
_LINK = ("href", "term")  # attributes that hold what an element without text says
_MARKUP = re.compile(r"<!DOCTYPE[^\[>]*(?:\[[^\]]*\])?\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+);")
_BARE_AND = re.compile(r"&(?!#?\w+;)")
_NAMESPACED = re.compile(r"<[^<>]*?[\w.-]:[\w.-][^<>]*>")
_NAMESPACE = re.compile(
    r"\sxmlns(?::[\w.-]+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')|(?<=<)[\w.-]+:|(?<=</)[\w.-]+:|(?<=\s)[\w.-]+:(?=[\w.-]+\s*=)"
)


def format_of(head: str) -> XmlFormat | None:
    """The format of an XML text, by its beginning; None where it is another."""
    first = _first(head)
    return next((form for form in FORMATS if first and form.first.match(first.string, first.start())), None)


def first_element(head: str) -> str | None:
    """The name of the first element of a text that says of itself that it is XML, None for another and for a page."""
    first = _first(head)
    return first[1] if first and head.startswith("<?xml") and first[1].lower() not in {"html", "table"} else None


def _first(head: str) -> re.Match[str] | None:
    return _ELEMENT.search(_COMMENT.sub("", head[:_LOOKED_AT]))


def xml_rows(stream: io.BufferedReader, form: XmlFormat, name: str, note: Note) -> Iterator[Row | Reject]:
    """The records, each under the number of its first line.

    No entity but XML's own and HTML's is replaced, nothing is loaded from elsewhere, and libxml2's limits on size and
    depth stay: a record that breaks them is a Reject. Raises InputError where arXiv's Atom has no entry but an error.
    """
    begun = read = False
    complaints: list[str] = []
    for piece in _pieces(stream, form.element):
        if piece.record:
            begun, row = True, _row(piece, form)
            if OF_ARXIV in piece.text and isinstance(row, Row) and (said := complaint(decode(row.raw))):
                complaints.append(said)
                continue
            read = True
            yield row
        elif form.headed and form.first.search(piece.text):
            continue
        elif text := " ".join(_MARKUP.sub(" ", piece.text).split()):
            if begun or len(text) > LONGEST_HEADER:
                yield Reject(piece.line, "the text stands outside of a record", piece.text)
            else:
                note(f"{name}: the text before the first record is left out: {text}")
    if complaints and not read:
        raise nothing_else(name, complaints[0])
    if complaints:
        note(f"{name}: {counted(len(complaints), 'error message')} left out")


class _Piece(NamedTuple):
    line: int
    text: str
    record: bool  # else what stands between two records


def _pieces(stream: io.BufferedReader, element: str) -> Iterator[_Piece]:
    """The text in pieces, each a record's element or what is between two; none is lost."""
    begin = re.compile(rf"<{element}(?=[\s>/])")
    close = re.compile(rf"</{element}\s*>|<{element}\s*/>|(?<!^)(?=<{element}[\s>])")
    text = io.TextIOWrapper(stream, "utf-8", "replace")
    buffer, line, ended = "", 1, False
    while buffer or not ended:
        found = begin.match(buffer)
        match = close.search(buffer, 1 if found else 0) if found else begin.search(buffer)
        if match is None and not ended:
            more = text.read(CHUNK)
            ended = not more
            buffer += more
            continue
        end = len(buffer) if match is None else match.end() if found else match.start()
        if end:
            yield _Piece(line, buffer[:end], bool(found))
        line += buffer.count("\n", 0, end)
        buffer = buffer[end:]


def _row(piece: _Piece, form: XmlFormat) -> Row | Reject:
    import lxml.etree

    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    # A record alone does not declare its prefixes, and no format here needs them.
    text = _NAMESPACED.sub(lambda tag: _NAMESPACE.sub("", tag[0]), piece.text)
    try:
        try:
            root = lxml.etree.fromstring(text, parser)
        except lxml.etree.XMLSyntaxError:
            root = lxml.etree.fromstring(_mended(text), parser)
    except lxml.etree.XMLSyntaxError as error:
        return Reject(piece.line, f"the record is not valid XML: {error.msg}", piece.text)
    values: dict[str, list[Any]] = {}
    _collect_below(root, "", values)
    return Row(piece.line, encode(assemble(values, form.names)))


def _mended(text: str) -> str:
    """The text without what exporting programs let through: control characters, HTML's entities, bare ampersands."""
    text = _ENTITY.sub(lambda entity: html.escape(html.unescape(entity[0]), quote=False), _CONTROL.sub("", text))
    return _BARE_AND.sub("&amp;", text)


def _collect(element: Any, above: str, values: dict[str, list[Any]]) -> None:
    """The texts of an element and of all below it, each under its path."""
    qualifier = next((f"[{element.get(key)}]" for key in _QUALIFIERS if element.get(key)), "")
    if element.get("Type") == "editors":  # PubMed's lists of authors, which are those of editors as well
        qualifier = "[editors]"
    path = f"{above}{element.tag}{qualifier}"
    if element.tag == "Author" and len(element):
        text = _person(element)
    elif all(child.tag in _INLINE for child in element):
        text = "".join(element.itertext()).strip()
        text = text or next((element.get(key) for key in _LINK if element.get(key)), "")
        if label := element.get("Label"):
            text = f"{label}: {text}"
    else:
        _collect_below(element, path, values)
        return
    if text:
        keeps_lines = element.tag.lower().startswith("abstract")
        values.setdefault(path, []).append(text if keeps_lines else " ".join(text.split()))


def _collect_below(element: Any, path: str, values: dict[str, list[Any]]) -> None:
    """The same for all in an element; text between its children stands under its own path."""
    for child in element:
        _collect(child, f"{path}/" if path else "", values)
    if between := " ".join(" ".join(filter(None, (element.text, *(child.tail for child in element)))).split()):
        values.setdefault(path or str(element.tag), []).append(between)


def _person(element: Any) -> str:
    """PubMed's author: "Surname, Given", or the name of a group."""
    names = {child.tag: "".join(child.itertext()).strip() for child in element}
    given = names.get("ForeName") or names.get("Initials", "")
    return ", ".join(filter(None, (names.get("LastName"), given, names.get("Suffix")))) or names.get(
        "CollectiveName", ""
    )
