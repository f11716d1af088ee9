"""release/ and solutions/ are what a build makes of source/, and give nothing away."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.notebooknode import NotebookNode

from autograder import data
from autograder.answers.course import copy_course
from autograder.batch import grading
from autograder.report.results import read_results

NAMES = ("multitask_pytorch", "multitask_keras")

WITHOUT_EXECUTION = """
c.GenerateSolution.preprocessors = [p for p in c.GenerateSolution.preprocessors if not p.endswith("ExecuteSolution")]
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A course built anew from source/; the solutions are not executed here, nbval does that."""
    course = tmp_path_factory.mktemp("built")
    copy_course(root, course, "multitask", 5)
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(WITHOUT_EXECUTION)
    grading.build(course, "multitask")
    return course


def _read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def _without_outputs(nb: NotebookNode) -> NotebookNode:
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return nb


@pytest.mark.parametrize("name", NAMES)
def test_the_release_is_fresh(root: Path, built: Path, name: str) -> None:
    committed = (root / "release" / "multitask" / f"{name}.ipynb").read_text(encoding="utf-8")
    assert committed == (built / "release" / "multitask" / f"{name}.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_solutions_are_fresh(root: Path, built: Path, name: str) -> None:
    committed = _without_outputs(_read(root / "solutions" / "multitask" / f"{name}.ipynb"))
    assert committed == _without_outputs(_read(built / "solutions" / "multitask" / f"{name}.ipynb"))


@pytest.mark.parametrize("name", NAMES)
def test_the_solutions_show_outputs_and_no_error(root: Path, name: str) -> None:
    nb = _read(root / "solutions" / "multitask" / f"{name}.ipynb")
    outputs = [output for cell in nb.cells for output in cell.get("outputs", [])]
    assert len(outputs) > 5
    assert not [output for output in outputs if output.output_type == "error"]


@pytest.mark.parametrize("name", NAMES)
def test_the_release_holds_no_solution_and_no_hidden_test(root: Path, name: str) -> None:
    text = (root / "release" / "multitask" / f"{name}.ipynb").read_text(encoding="utf-8")
    for word in ("BEGIN SOLUTION", "HIDDEN", "judged", "autograder"):
        assert word not in text
    source = _read(root / "source" / "multitask" / f"{name}.ipynb")
    for cell in source.cells:
        solved = cell.source.partition("### BEGIN SOLUTION\n")[2].partition("### END SOLUTION")[0]
        for line in solved.splitlines():
            if len(line.strip()) > 30 and not line.strip().startswith("#"):
                assert line.strip() not in text.replace('\\"', '"'), line


def test_the_release_holds_no_hidden_wine(built: Path) -> None:
    students = pd.read_csv(built / "release" / "multitask" / data.DATA_FILE)
    hidden = data.course_wines(built).hidden
    assert len(hidden) > 200
    assert students.merge(hidden, on=list(data.FEATURES)).empty


@pytest.fixture(scope="module")
def untouched(built: Path) -> Path:
    """The course with one student who handed in the release as it is."""
    for name in NAMES:
        target = built / "submitted" / "nobody" / "multitask" / f"{name}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((built / "release" / "multitask" / f"{name}.ipynb").read_bytes())
    assert [outcome.error for outcome in grading.grade(built, "multitask", force=True)] == [""]
    return built


def test_the_untouched_release_scores_nothing(untouched: Path) -> None:
    results = read_results(untouched, "multitask")
    assert [result.points for result in results] == [0, 0]
    assert not [verdict for result in results for verdict in result.verdicts if verdict.status in ("pass", "unsure")]


@pytest.mark.parametrize("name", NAMES)
def test_validate_fails_on_the_release_and_passes_on_the_solution(built: Path, name: str) -> None:
    assert "FAILED" in _validate(built, built / "release" / "multitask" / f"{name}.ipynb")
    assert "Success" in _validate(built, built / "solutions" / "multitask" / f"{name}.ipynb")


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
