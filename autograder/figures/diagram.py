"""Draw boxes and arrows as SVG: readable in light and dark themes, the same on every machine."""

from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

Kind = Literal["data", "encoder", "fusion", "trunk", "head", "output", "loss", "note"]

COLOURS: dict[Kind, tuple[str, str]] = {
    "data": ("#e5e7eb", "#4b5563"),
    "encoder": ("#dbeafe", "#1d4ed8"),
    "fusion": ("#fef3c7", "#b45309"),
    "trunk": ("#dcfce7", "#15803d"),
    "head": ("#fae8ff", "#a21caf"),
    "output": ("#ffffff", "#111827"),
    "loss": ("#fee2e2", "#b91c1c"),
    "note": ("#f9fafb", "#f9fafb"),
}
"""Fill and border of each kind of box; the text is nearly black, a contrast of at least 14 to 1 with every fill."""

PANEL, INK = "#f9fafb", "#111827"
COLUMN, ROW = 190, 84
"""Distance between neighbouring boxes, in pixels."""
WIDTH, HEIGHT = 150, 56
MARGIN = 20
LINE = 17
FONT = "system-ui, sans-serif"


@dataclass(frozen=True)
class Box:
    """One part of a network."""

    name: str
    text: str
    """Lines are separated by a newline; the first one is bold."""
    column: float
    row: float
    kind: Kind


@dataclass(frozen=True)
class Diagram:
    """A figure: boxes in columns from left to right, and arrows between them."""

    title: str
    description: str
    """What the figure shows, in full sentences, for who cannot see it."""
    boxes: tuple[Box, ...]
    arrows: tuple[tuple[str, str], ...]
    """Names of boxes; data flows from the first to the second."""

    @property
    def width(self) -> int:
        """Width in pixels."""
        return round(max(box.column for box in self.boxes) * COLUMN) + WIDTH + 2 * MARGIN

    @property
    def height(self) -> int:
        """Height in pixels."""
        return round(max(box.row for box in self.boxes) * ROW) + HEIGHT + 2 * MARGIN


def svg(diagram: Diagram) -> str:
    """Return the figure as an SVG document.  Raises KeyError when an arrow names a box that is not there."""
    root = ET.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {diagram.width} {diagram.height}",
        width=str(diagram.width),
        height=str(diagram.height),
        role="img",
    )
    _add(root, "title", diagram.title)
    _add(root, "desc", diagram.description)
    _add(root, "rect", width=diagram.width, height=diagram.height, rx=10, fill=PANEL)
    tip = _add(
        _add(root, "defs"),
        "marker",
        id="tip",
        viewBox="0 0 8 8",
        refX=7,
        refY=4,
        markerWidth=8,
        markerHeight=8,
        orient="auto",
    )
    _add(tip, "path", d="M0 0 L8 4 L0 8 z", fill=INK)
    boxes = {box.name: box for box in diagram.boxes}
    for start, end in diagram.arrows:
        _arrow(root, boxes[start], boxes[end])
    for box in diagram.boxes:
        _box(root, box)
    return ET.tostring(root, encoding="unicode")


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: object) -> ET.Element:
    names = {name.replace("_", "-"): str(value) for name, value in attributes.items()}
    element = ET.SubElement(parent, tag, names)
    element.text = text or None
    return element


def _place(box: Box) -> tuple[float, float]:
    return MARGIN + box.column * COLUMN, MARGIN + box.row * ROW


def _arrow(root: ET.Element, start: Box, end: Box) -> None:
    """A curve from the side of one box to the facing side of the other."""
    (x0, y0), (x1, y1) = _place(start), _place(end)
    if start.column == end.column:
        down = y1 > y0
        x, y, stop = x0 + WIDTH / 2, y0 + (HEIGHT if down else 0), y1 + (0 if down else HEIGHT)
        path = f"M{x:g} {y:g} L{x:g} {stop + (-2 if down else 2):g}"
    else:
        x, y, stop_x, stop = x0 + WIDTH, y0 + HEIGHT / 2, x1 - 2, y1 + HEIGHT / 2
        half = (x + stop_x) / 2
        path = f"M{x:g} {y:g} C{half:g} {y:g} {half:g} {stop:g} {stop_x:g} {stop:g}"
    _add(root, "path", d=path, fill="none", stroke=INK, stroke_width=1.6, marker_end="url(#tip)")


def _box(root: ET.Element, box: Box) -> None:
    x, y = _place(box)
    fill, border = COLOURS[box.kind]
    _add(
        root,
        "rect",
        x=f"{x:g}",
        y=f"{y:g}",
        width=WIDTH,
        height=HEIGHT,
        rx=8,
        fill=fill,
        stroke=border,
        stroke_width=1.6,
    )
    lines = box.text.split("\n")
    first = y + HEIGHT / 2 - LINE * (len(lines) - 1) / 2 + 5
    for number, line in enumerate(lines):
        _add(
            root,
            "text",
            line,
            x=f"{x + WIDTH / 2:g}",
            y=f"{first + number * LINE:g}",
            text_anchor="middle",
            font_family=FONT,
            font_size=14 if number == 0 else 12.5,
            font_weight=600 if number == 0 else 400,
            fill=INK,
        )
