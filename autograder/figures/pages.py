"""The figures that the README shows, as files in `docs/figures/`."""

from pathlib import Path
from typing import Final

from autograder.figures import FIGURES
from autograder.figures.diagram import svg

SHOWN: Final = ("intermediate_fusion", "shared_trunk")
"""Names of the figures that stand on a page outside the notebooks."""

MADE: Final = "<!-- Made by `autograder build` from autograder/figures; do not edit. -->\n"


def write_figures(root: Path) -> list[Path]:
    """Write the figures of `SHOWN` to `docs/figures/` and return their paths; nothing where there is no `docs/`."""
    if not (root / "docs").is_dir():
        return []
    folder = root / "docs" / "figures"
    folder.mkdir(exist_ok=True)
    written = []
    for name in SHOWN:
        path = folder / f"{name}.svg"
        path.write_text(f"{MADE}{svg(FIGURES[name])}\n", encoding="utf-8")
        written.append(path)
    return written
