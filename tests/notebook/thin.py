"""A small course with one PyTorch notebook that is judged on its architecture only, so that grading it is quick."""

import shutil
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from problems import MULTITASK

NAME = "multitask_pytorch"

LOAD = """\
import pandas as pd
import torch
from torch import nn

wines = pd.read_csv("red_wines.csv")"""

LOADERS = """\
x = torch.tensor(wines.drop(columns="quality").to_numpy("float32"))
quality = torch.tensor(wines["quality"].to_numpy("float32"))
train_data = [(x[:64], quality[:64], (quality[:64] >= 6).float())]
test_data = train_data"""

MODEL = """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(11, 16), nn.ReLU())
        self.quality = nn.Linear(16, 1)
        self.good = nn.Linear(16, 1)

    def forward(self, x):
        shared = self.trunk(x)
        return self.quality(shared), self.good(shared)


model = Net()"""

TEST = """\
assert isinstance(model, nn.Module), "model is geen netwerk."
### BEGIN HIDDEN TESTS
from autograder.author import judged
judged("architecture")
### END HIDDEN TESTS"""

SETTINGS = """
c = get_config()
c.CourseDirectory.course_id = "dun"
c.Course.limits = {"cell_seconds": 8}
c.Course.assignments = {
    "multitask": {
        "notebooks": {"multitask_pytorch": "pytorch"},
        "rubric": {"architecture": {"outputs": 1, "shared_trunk": 2, "two_heads": 1, "non_linear": 1}},
        "problem": %PROBLEM%,
        "thresholds": {"mae": 0.60, "accuracy": 0.67},
    },
}
""".replace("%PROBLEM%", repr(MULTITASK.model_dump()))


def cell(name: str, source: str, **flags: object) -> NotebookNode:
    """A code cell with nbgrader's metadata; its cell id is its grade_id."""
    nbgrader = {"grade_id": name, "grade": False, "solution": False, "locked": False, "task": False}
    return new_code_cell(source, id=name, metadata={"nbgrader": {**nbgrader, "schema_version": 3, **flags}})


def source() -> NotebookNode:
    """The source notebook."""
    return new_notebook(
        cells=[
            new_markdown_cell("# Dun", id="intro"),
            cell("load", LOAD, locked=True),
            cell("loaders", f"### BEGIN SOLUTION\n{LOADERS}\n### END SOLUTION", solution=True),
            cell("model", f"### BEGIN SOLUTION\n{MODEL}\n### END SOLUTION", solution=True),
            cell("test_architecture", TEST, grade=True, locked=True, points=5),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


def make(root: Path, course: Path) -> None:
    """Make the course in `course` with the project's own wiring."""
    (course / "source" / "multitask").mkdir(parents=True)
    nbformat.write(source(), course / "source" / "multitask" / f"{NAME}.ipynb")
    shutil.copyfile(root / "nbgrader_config.py", course / "nbgrader_config.py")
    (course / "course_config.py").write_text(SETTINGS, encoding="utf-8")
    (course / "hidden_seed.txt").write_text("7\n", encoding="utf-8")


def solved(course: Path, **changes: str) -> NotebookNode:
    """The released notebook with its solution cells filled in; `changes` replace cells by grade_id."""
    nb = nbformat.read(course / "release" / "multitask" / f"{NAME}.ipynb", as_version=4)
    sources = {"loaders": LOADERS, "model": MODEL, **changes}
    for one in nb.cells:
        one["source"] = sources.get(one["id"], one["source"])
    return nb


def hand_in(course: Path, student: str, nb: NotebookNode | str, name: str = NAME) -> None:
    """Put a notebook, or any text in its place, in the submitted folder."""
    path = course / "submitted" / student / "multitask" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nb if isinstance(nb, str) else nbformat.writes(nb), encoding="utf-8")
