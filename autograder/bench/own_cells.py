"""The CPU time that students' own cells take, which no grader can save.

`python -m autograder.bench.own_cells COURSE ASSIGNMENT` prints it in seconds.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

from autograder.course import load_course
from autograder.evidence.records import Framework
from autograder.kernel.manager import kernel_manager
from autograder.notebook import files
from autograder.notebook.evidence import kernel_environment

_USED = "print(sum(__import__('os').times()[:4]))"
"""In a kernel: the CPU seconds of it and of the processes that it waited for.  Not as the value of the cell, which
IPython does not show when the student's last cell ended with a semicolon."""


def own_cells_cpu(course: Path, assignment: str) -> float:
    """Return the CPU seconds of all cells of all submissions, in warm kernels that are asked nothing.

    Importing a framework is not part of it: that is the grader's to save.
    """
    settings = load_course(course)
    tables = files.material(course, settings, assignment).tables
    total = 0.0
    for path in sorted((course / "submitted").glob(f"*/{assignment}/*.ipynb")):
        framework = settings.assignment(assignment).notebooks[path.stem]
        with TemporaryDirectory(prefix="autograder-bench-") as name, files.working_folder(Path(name), tables) as folder:
            total += _cpu(path, folder, framework)
    return total


def _cpu(path: Path, folder: Path, framework: Framework) -> float:
    nb = nbformat.read(path, as_version=4)
    client = NotebookClient(
        nb,
        timeout=600,
        allow_errors=True,
        kernel_name="python3",
        kernel_manager_class=kernel_manager(preload=framework),
        resources={"metadata": {"path": str(folder)}},
    )
    with client.setup_kernel(env=kernel_environment()):
        cells = list(nb.cells)  # nbclient puts what it runs into the notebook, also what is not of it
        before = _used(client)
        for place, cell in enumerate(cells):
            client.execute_cell(cell, place)
        return _used(client) - before


def _used(client: Any) -> float:
    cell = nbformat.v4.new_code_cell(_USED)
    client.execute_cell(cell, 0, store_history=False)
    return float(cell.outputs[-1].text)


if __name__ == "__main__":
    print(own_cells_cpu(Path(sys.argv[1]), sys.argv[2]))  # noqa: T201
