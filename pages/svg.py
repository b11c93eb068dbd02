"""Plots as inline SVG: drawn in the page's own colours, light or dark, and read aloud by a title and a description.

The classes of the shapes are coloured by report/report.css. Numbers are rounded to a tenth of a unit, so that the same
values give the same text everywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from markupsafe import Markup

Point = tuple[float, float]
Tick = tuple[float, str]
RADIUS = "3.5"  # of a dot


@dataclass(frozen=True, slots=True)
class Axis:
    """The values from `low` to `high`, the places that are marked, and what is measured."""

    low: float
    high: float
    ticks: Sequence[Tick]
    label: str = ""


class Plot:
    """A plot area with two axes; what is drawn is in the values of the axes, and cut off at its borders.

    `name` is unique in a page; `title` says what is shown and `description` what is to be seen in it.
    """

    def __init__(
        self, name: str, title: str, description: str, x: Axis, y: Axis, size: tuple[int, int] = (360, 260)
    ) -> None:
        self.x, self.y, self._size = x, y, size
        self._left, self._right = (46 if y.label else 30), 12
        self._top, self._bottom = 10, (38 if x.label else 20)
        width, height = size
        self._root = ET.Element(
            "svg",
            {
                "viewBox": f"0 0 {width} {height}",
                "role": "img",
                "aria-labelledby": f"{name}-title {name}-description",
                "xmlns": "http://www.w3.org/2000/svg",
            },
        )
        ET.SubElement(self._root, "title", {"id": f"{name}-title"}).text = title
        ET.SubElement(self._root, "desc", {"id": f"{name}-description"}).text = description
        clip = ET.SubElement(ET.SubElement(self._root, "defs"), "clipPath", {"id": f"{name}-area"})
        area = {
            "x": _text(self._left),
            "y": _text(self._top),
            "width": _text(width - self._left - self._right),
            "height": _text(height - self._top - self._bottom),
        }
        ET.SubElement(clip, "rect", area)
        self._axes = ET.SubElement(self._root, "g", {"class": "axes"})
        self._inside = ET.SubElement(self._root, "g", {"clip-path": f"url(#{name}-area)"})
        self._draw_axes()

    def markup(self) -> "Markup":
        """The plot as it stands in a page."""
        from markupsafe import Markup

        return Markup(ET.tostring(self._root, encoding="unicode"))

    def line(self, points: Iterable[Point], kind: str) -> None:
        """A line through the points."""
        listed = " ".join(f"{_text(self._across(x))},{_text(self._down(y))}" for x, y in points)
        ET.SubElement(self._inside, "polyline", {"points": listed, "class": kind})

    def dot(self, x: float, y: float, kind: str, tip: str) -> None:
        """A dot, with what a mouse over it tells."""
        where = {"cx": _text(self._across(x)), "cy": _text(self._down(y)), "r": RADIUS, "class": kind}
        dot = ET.SubElement(self._root, "circle", where)  # not cut off: half a dot is no dot
        ET.SubElement(dot, "title").text = tip

    def box(self, x: tuple[float, float], y: tuple[float, float], kind: str, tip: str = "", gap: float = 0) -> None:
        """A box between two values on either axis, narrower by `gap` units."""
        left, right = sorted(map(self._across, x))
        top, bottom = sorted(map(self._down, y))
        size = {"width": _text(max(right - left - gap, 0.5)), "height": _text(bottom - top)}
        box = ET.SubElement(self._inside, "rect", {"x": _text(left + gap / 2), "y": _text(top), **size, "class": kind})
        if tip:
            ET.SubElement(box, "title").text = tip

    def words(self, x: float, y: float, text: str, kind: str, off: Point) -> None:
        """Words around a point, moved `off` by so many units."""
        where = {"x": _text(self._across(x) + off[0]), "y": _text(self._down(y) + off[1]), "text-anchor": "middle"}
        ET.SubElement(self._root, "text", where | {"class": kind}).text = text

    def _across(self, value: float) -> float:
        return self._left + (value - self.x.low) / (self.x.high - self.x.low) * (
            self._size[0] - self._left - self._right
        )

    def _down(self, value: float) -> float:
        return self._top + (self.y.high - value) / (self.y.high - self.y.low) * (
            self._size[1] - self._top - self._bottom
        )

    def _draw_axes(self) -> None:
        width, height = self._size
        foot = height - self._bottom
        for value, text in self.y.ticks:
            down = _text(self._down(value))
            ET.SubElement(self._axes, "path", {"d": f"M{self._left} {down}H{width - self._right}", "class": "grid"})
            place = {"x": _text(self._left - 5), "y": _text(self._down(value) + 3.5), "text-anchor": "end"}
            ET.SubElement(self._axes, "text", place).text = text
        for value, text in self.x.ticks:
            across = _text(self._across(value))
            ET.SubElement(self._axes, "path", {"d": f"M{across} {foot}v4", "class": "tick"})
            place = {"x": across, "y": _text(foot + 14), "text-anchor": "middle"}
            ET.SubElement(self._axes, "text", place).text = text
        ET.SubElement(self._axes, "path", {"d": f"M{self._left} {foot}H{width - self._right}", "class": "tick"})
        if self.x.label:
            place = {"x": _text((self._left + width - self._right) / 2), "y": _text(height - 6)}
            ET.SubElement(self._axes, "text", place | {"text-anchor": "middle", "class": "label"}).text = self.x.label
        if self.y.label:
            middle = _text((self._top + foot) / 2)
            place = {"transform": f"translate(11 {middle}) rotate(-90)", "text-anchor": "middle", "class": "label"}
            ET.SubElement(self._axes, "text", place).text = self.y.label


def _text(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
