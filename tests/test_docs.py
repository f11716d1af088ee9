"""What the documentation says of the notebooks is so."""

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\|[^|]*\| `(?P<notebook>[\w/]+)` \| (?P<heading>[^|]+) \|$", re.MULTILINE)
ROWS = [match.groups() for match in ROW.finditer((ROOT / "docs" / "lesson.md").read_text(encoding="utf-8"))]


def headings(notebook: str) -> set[str]:
    nb = nbformat.read(ROOT / "source" / f"{notebook}.ipynb", as_version=4)
    prose = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    return set(re.findall(r"^#{1,4} (.+)$", prose, re.MULTILINE))


@pytest.mark.parametrize(("notebook", "heading"), ROWS)
def test_every_heading_of_the_lessons_table_exists(notebook: str, heading: str) -> None:
    assert heading in headings(notebook)


def test_every_notebook_is_in_the_table() -> None:
    made = {f"{path.parent.name}/{path.stem}" for path in (ROOT / "source").glob("*/*.ipynb")}
    assert {notebook for notebook, _ in ROWS} == made


@pytest.mark.parametrize("page", ["README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))])
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), target
