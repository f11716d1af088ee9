"""release/ and solutions/ are what a build makes of source/, and give nothing away."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.notebooknode import NotebookNode

from autograder.answers.course import copy_course
from autograder.batch import grading
from autograder.course import load_course
from autograder.figures.pages import SHOWN, write_figures
from autograder.notebook import files
from autograder.report.results import read_results

ASSIGNMENTS = {
    folder.name: sorted(path.stem for path in folder.glob("*.ipynb"))
    for folder in sorted((Path(__file__).parent.parent / "source").iterdir())
}
GRADED = ("multitask", "visualisation")
every_notebook = pytest.mark.parametrize("name", [f"{a}/{name}" for a, names in ASSIGNMENTS.items() for name in names])
graded_notebook = pytest.mark.parametrize("name", [f"{a}/{name}" for a in GRADED for name in ASSIGNMENTS[a]])

WITHOUT_EXECUTION = """
c.GenerateSolution.preprocessors = [p for p in c.GenerateSolution.preprocessors if not p.endswith("ExecuteSolution")]
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A course built anew from source/; the solutions are not executed here, nbval does that."""
    course = tmp_path_factory.mktemp("built")
    for assignment in ASSIGNMENTS:
        copy_course(root, course, assignment, 5)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(WITHOUT_EXECUTION)
    for assignment in ASSIGNMENTS:
        grading.build(course, assignment)
    return course


def _read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def _without_outputs(nb: NotebookNode) -> NotebookNode:
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return nb


@every_notebook
def test_the_release_is_fresh(root: Path, built: Path, name: str) -> None:
    committed = (root / "release" / f"{name}.ipynb").read_text(encoding="utf-8")
    assert committed == (built / "release" / f"{name}.ipynb").read_text(encoding="utf-8")


@every_notebook
def test_the_solutions_are_fresh(root: Path, built: Path, name: str) -> None:
    committed = _without_outputs(_read(root / "solutions" / f"{name}.ipynb"))
    assert committed == _without_outputs(_read(built / "solutions" / f"{name}.ipynb"))


@pytest.mark.parametrize("name", SHOWN)
def test_the_figures_of_the_readme_are_fresh(root: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "docs").mkdir()
    write_figures(tmp_path)
    made = (tmp_path / "docs" / "figures" / f"{name}.svg").read_text(encoding="utf-8")
    assert (root / "docs" / "figures" / f"{name}.svg").read_text(encoding="utf-8") == made
    assert f"docs/figures/{name}.svg" in (root / "README.md").read_text(encoding="utf-8")


@every_notebook
def test_the_solutions_show_outputs_and_no_error(root: Path, name: str) -> None:
    nb = _read(root / "solutions" / f"{name}.ipynb")
    outputs = [output for cell in nb.cells for output in cell.get("outputs", [])]
    assert outputs
    assert all(cell.execution_count for cell in nb.cells if cell.cell_type == "code" and cell.source)
    assert not [output for output in outputs if output.output_type == "error"]


@every_notebook
def test_nothing_tells_on_which_machine_it_was_made(root: Path, name: str) -> None:
    for folder in ("release", "solutions"):
        text = (root / folder / f"{name}.ipynb").read_text(encoding="utf-8")
        assert not re.search(r"0x[0-9a-f]{6}|/tmp/\w|/home/\w|/root/\w|site-packages", text)


@every_notebook
def test_the_release_holds_no_solution_and_no_hidden_test(root: Path, name: str) -> None:
    text = (root / "release" / f"{name}.ipynb").read_text(encoding="utf-8")
    for word in ("BEGIN SOLUTION", "HIDDEN", "judged", "autograder"):
        assert word not in text
    source = _read(root / "source" / f"{name}.ipynb")
    for cell in source.cells:
        solved = cell.source.partition("### BEGIN SOLUTION\n")[2].partition("### END SOLUTION")[0]
        for line in solved.splitlines():
            if len(line.strip()) > 30 and not line.strip().startswith("#"):
                assert line.strip() not in text.replace('\\"', '"'), line


def test_the_release_holds_no_hidden_wine(built: Path) -> None:
    problem = load_course(built).assignment("multitask").problem
    assert problem is not None
    students = pd.read_csv(built / "release" / "multitask" / problem.table)
    hidden = files.material(built, load_course(built), "multitask").hidden
    assert hidden is not None
    assert len(hidden) > 200
    assert students.merge(hidden, on=list(problem.features)).empty


@pytest.mark.parametrize("assignment", GRADED)
def test_the_untouched_release_scores_nothing(built: Path, assignment: str) -> None:
    target = built / "submitted" / "nobody" / assignment
    shutil.copytree(built / "release" / assignment, target)
    assert [outcome.error for outcome in grading.grade(built, assignment, force=True)] == [""]
    results = read_results(built, assignment)
    assert [result.points for result in results] == [0, 0]
    assert not [verdict for result in results for verdict in result.verdicts if verdict.status in ("pass", "unsure")]


@graded_notebook
def test_validate_fails_on_the_release_and_passes_on_the_solution(built: Path, name: str) -> None:
    assert "FAILED" in _validate(built, built / "release" / f"{name}.ipynb")
    assert "Success" in _validate(built, built / "solutions" / f"{name}.ipynb")


def _validate(course: Path, notebook: Path) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "validate", str(notebook)],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr
