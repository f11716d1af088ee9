"""Figures: well-formed, described, drawn within their panel, and the same in every run."""

from xml.etree import ElementTree as ET

import pytest

from autograder.figures import FIGURES
from autograder.figures.diagram import COLOURS, HEIGHT, INK, WIDTH, Box, Diagram, svg
from autograder.notebook.embed import image

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=sorted(FIGURES))
def diagram(request: pytest.FixtureRequest) -> Diagram:
    return FIGURES[request.param]


def test_is_an_svg_with_a_title_and_a_description(diagram: Diagram) -> None:
    root = ET.fromstring(svg(diagram))
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == diagram.title
    assert root.findtext(f"{SVG}desc") == diagram.description
    assert len(diagram.description.split()) >= 12


def test_every_box_is_drawn_inside_and_none_over_another(diagram: Diagram) -> None:
    root = ET.fromstring(svg(diagram))
    places = [(float(box.get("x", 0)), float(box.get("y", 0))) for box in root.findall(f"{SVG}rect") if box.get("x")]
    assert len(places) == len(diagram.boxes)
    for x, y in places:
        assert 0 <= x <= diagram.width - WIDTH
        assert 0 <= y <= diagram.height - HEIGHT
        assert sum(abs(x - other) < WIDTH and abs(y - second) < HEIGHT for other, second in places) == 1


def test_text_fits_its_box(diagram: Diagram) -> None:
    for box in diagram.boxes:
        lines = box.text.split("\n")
        assert len(lines) <= 3, box.name
        assert max(len(line) for line in lines) <= 22, box.name


def test_every_box_is_on_an_arrow_or_says_why_not(diagram: Diagram) -> None:
    on_arrows = {name for arrow in diagram.arrows for name in arrow}
    names = [box.name for box in diagram.boxes]
    assert len(names) == len(set(names))
    assert on_arrows <= set(names)
    alone = [box for box in diagram.boxes if box.name not in on_arrows]
    assert all(box.kind == "note" or "krijgt niets" in box.text for box in alone)


def test_the_picture_says_what_it_shows_to_who_cannot_see_it(diagram: Diagram) -> None:
    element = ET.fromstring(image(diagram).replace(">", "/>"))
    assert element.get("alt") == diagram.description
    assert element.get("src", "").startswith("data:image/svg+xml,")


def test_is_the_same_every_time(diagram: Diagram) -> None:
    assert svg(diagram) == svg(diagram)


def test_an_arrow_to_nowhere_is_an_error() -> None:
    with pytest.raises(KeyError):
        svg(Diagram("x", "y", (Box("a", "a", 0, 0, "data"),), (("a", "b"),)))


def test_text_can_be_read_on_every_fill() -> None:
    for fill, _ in COLOURS.values():
        assert _contrast(fill, INK) > 12


def _contrast(first: str, second: str) -> float:
    low, high = sorted(_luminance(colour) for colour in (first, second))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    # https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
