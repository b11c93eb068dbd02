"""Cells: lists and objects that a table holds as text, as JSON, Python or numpy write them."""

import ast
import re
from typing import Any

from papertwin.data.files.rows import Record, RowError, decode

LIST_FIELDS = frozenset({"authors", "urls", "versions"})  # a cell of these that begins with "[" may be a list
_OBJECTS = ('{"', "{'", "[{", "[[")  # how the text of an object or of a list of more than texts begins
_BETWEEN_ITEMS = re.compile(r"(?<=['\"])\s+(?=['\"])")


def unpacked(record: Record) -> Record:
    """The record with the lists that its cells hold as text as lists, or the same object where there is none.

    What only looks like a list stays text.
    """
    lists = {field: items for field in LIST_FIELDS & record.keys() if (items := list_in(record[field])) is not None}
    return record | lists if lists else record


def list_in(cell: object) -> list[Any] | None:
    """The list that a cell holds as text, or None."""
    items = written_value(cell, "[")
    return items if isinstance(items, list) else None


class _Known(ast.NodeTransformer):
    """Nothing in place of `nan`, which pandas has where nothing is known and which is no literal of Python."""

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Constant(None) if node.id == "nan" else node


def written_value(cell: object, opening: str) -> Any:
    """The list ("[") or object ("{") that a cell holds as text, in JSON or as Python or numpy write it, or None.

    A frame of lists that is saved as CSV has them as "['Ann Lee', 'Bo Ek']", one of arrays without the commas.
    """
    if not isinstance(cell, str) or not cell.lstrip().startswith(opening):
        return None
    try:
        return decode(cell.encode("utf-8", "replace"))
    except RowError:
        pass
    try:
        written = ast.parse(_BETWEEN_ITEMS.sub(", ", cell.strip()), mode="eval")
        return ast.literal_eval(_Known().visit(written) if "nan" in cell else written)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def may_hold_objects(cell: object) -> bool:
    """Whether a cell is an object or a list of more than texts, or a text that begins as such a one does."""
    if isinstance(cell, str):
        return cell.startswith(_OBJECTS)
    return isinstance(cell, dict) or (isinstance(cell, list) and not all(isinstance(item, str) for item in cell))


def unwritten(cell: object) -> object:
    """The object or the list that a cell holds as text, any other cell as it is."""
    found = written_value(cell, cell[0]) if isinstance(cell, str) and cell.startswith(("[", "{")) else None
    return cell if found is None else found
