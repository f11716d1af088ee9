"""Where graphviz' program `dot` is missing, part 3 of the lesson says so in one line and goes on."""

import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

DRAWN_BY = {"les_3_visualisatie_pytorch": "figure_torchview", "les_3_visualisatie_keras": "figure_plot_model"}
"""The cell of each notebook that needs `dot`."""

DRAWN_ANYWAY = "figure_draw"
"""The later cell that draws the same network without it."""


@pytest.mark.parametrize("name", sorted(DRAWN_BY))
def test_the_notebook_says_so_and_draws_the_network_itself(root: Path, tmp_path: Path, name: str) -> None:
    nb = nbformat.read(root / "source" / "visualisation" / f"{name}.ipynb", as_version=4)
    ids = [cell.id for cell in nb.cells]
    nb.cells = [cell for cell in nb.cells[: ids.index(DRAWN_ANYWAY) + 1] if "autograder.author" not in cell.source]
    client = NotebookClient(nb, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}})
    client.execute(env={**os.environ, "PATH": str(Path(sys.executable).parent)})

    cells = {cell.id: cell for cell in nb.cells}
    (said,) = [output.text for output in cells[DRAWN_BY[name]].outputs if output.output_type == "stream"]
    assert "dot ontbreekt" in said
    assert said.count("\n") == 1
    assert [output for output in cells[DRAWN_ANYWAY].outputs if "image/png" in output.get("data", {})]
