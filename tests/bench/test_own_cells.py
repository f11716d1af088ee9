"""What students' own cells take, measured in a real kernel."""

from pathlib import Path

import nbformat
import pytest

from autograder.bench.own_cells import _cpu

WORK = """\
import time
until = time.process_time() + 0.3
while time.process_time() < until:
    pass
"""


@pytest.mark.parametrize("last", ["'shown'", "'not shown';", "raise NotImplementedError", "# nothing"])
def test_the_work_of_cells_is_counted_whatever_the_last_one_shows(tmp_path: Path, last: str) -> None:
    path = tmp_path / "notebook.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in (WORK, last)]), path)
    assert _cpu(path, tmp_path, "pytorch") >= 0.3
