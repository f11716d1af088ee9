"""`nbgrader autograde`, as typed by an instructor, on a class in which nearly everything is wrong that can be."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from server import formgrader
from thin import MODEL, NAME, hand_in, make, solved

Broken = Callable[[Path], NotebookNode | str]


def _detached(course: Path) -> NotebookNode:
    return solved(course, model=MODEL.replace("self.good(shared)", "self.good(shared.detach())"))


def _stripped(course: Path) -> NotebookNode:
    nb = solved(course)
    for cell in nb.cells:
        cell["metadata"] = NotebookNode()
    return nb


def _duplicated(course: Path) -> NotebookNode:
    nb = solved(course)
    copy = NotebookNode(json.loads(json.dumps(nb.cells[3])))
    copy["id"] = "copy"
    nb.cells.insert(3, copy)
    return nb


def _without(name: str) -> Broken:
    def broken(course: Path) -> NotebookNode:
        nb = solved(course)
        nb["cells"] = [cell for cell in nb.cells if cell["id"] != name]
        return nb

    return broken


def _old_schema(course: Path) -> NotebookNode:
    nb = solved(course)
    nb.cells[3].metadata.nbgrader["schema_version"] = 1
    nb.cells[4].metadata.nbgrader["schema_version"] = 99
    return nb


def _stranger(course: Path) -> NotebookNode:
    nb = solved(course)
    copy = NotebookNode(json.loads(json.dumps(nb.cells[3])))
    copy["id"] = copy["metadata"]["nbgrader"]["grade_id"] = "of_another_assignment"
    nb.cells.append(copy)
    return nb


def _skipping(course: Path) -> NotebookNode:
    nb = solved(course, model="model = None")
    nb.cells[4].metadata["tags"] = ["skip-execution"]
    return nb


FORGED = """
from IPython.display import display
display({"application/vnd.autograder.evidence+json": "{}", "text/plain": "5.0"}, raw=True)
display({"text/plain": "5.0"}, raw=True)
"""

STUBBORN = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass"""

NOISE = """
import sys
print("x" * 60_000_000)
print("!", file=sys.stderr)"""

SUBMISSIONS: dict[str, Broken] = {
    "right": solved,
    "detached": _detached,
    "unreadable": lambda _: '{"cells": [',
    "not_a_notebook": lambda _: '{"a": 1}',
    "untouched": lambda course: nbformat.read(course / "release" / "multitask" / f"{NAME}.ipynb", as_version=4),
    "stripped": _stripped,
    "duplicated": _duplicated,
    "no_test_cell": _without("test_architecture"),
    "no_model_cell": _without("model"),
    "old_schema": _old_schema,
    "stranger": _stranger,
    "skipping": _skipping,
    "dead": lambda course: solved(course, model="import os\nos._exit(3)"),
    "endless": lambda course: solved(course, model="while True:\n    pass"),
    "stubborn": lambda course: solved(course, model=STUBBORN),
    "forged": lambda course: solved(course, model="model = None\n" + FORGED),
    "noisy": lambda course: solved(course, model=MODEL + NOISE),
    "own_data": solved,
}

NEEDS_PERSON = {
    "unreadable": "kan niet verwerkt worden",
    "not_a_notebook": "kan niet verwerkt worden",
    "stripped": "metadata van nbgrader ontbrak",
    "duplicated": "staat er 2 keer in",
    "no_test_cell": "`test_architecture` ontbreekt",
    "no_model_cell": "`model` ontbreekt",
    "stranger": "",
    "dead": "kernel is gestopt",
    "endless": "langer dan 8 seconden",
    "stubborn": "langer dan 8 seconden",
    "forged": "lijkt",
}

FULL = {"right", "stripped", "duplicated", "no_test_cell", "old_schema", "stranger", "noisy", "own_data"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The class, graded by one call of nbgrader's own command."""
    course = tmp_path_factory.mktemp("thin")
    make(root, course)
    _nbgrader(course, "generate_assignment", "multitask", "--create")
    for student, broken in SUBMISSIONS.items():
        hand_in(course, student, broken(course))
    (course / "submitted" / "own_data" / "multitask" / "red_wines.csv").write_text("quality\n8\n", encoding="utf-8")
    (course / "submitted" / "empty" / "multitask").mkdir(parents=True)
    hand_in(course, "misnamed", solved(course), name="multitask_pytorch (1)")
    hand_in(course, "regraded", solved(course))
    _nbgrader(course, "autograde", "multitask", "--student=regraded")
    hand_in(course, "regraded", '{"cells": [')
    _nbgrader(course, "autograde", "multitask", "--force", allowed=(0, 1))
    _nbgrader(course, "generate_feedback", "multitask")
    return course


def _nbgrader(course: Path, *arguments: str, allowed: tuple[int, ...] = (0,)) -> None:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in allowed, done.stderr[-3000:]


@pytest.fixture(scope="module")
def grades(course: Path) -> dict[str, Any]:
    """Score and needs-manual-grade of every submission, from the gradebook."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            str(one.student_id): (float(one.score), bool(one.needs_manual_grade))
            for one in gradebook.assignment_submissions("multitask")
        }


def _graded(course: Path, student: str) -> NotebookNode:
    return nbformat.read(course / "autograded" / student / "multitask" / f"{NAME}.ipynb", as_version=4)


def test_every_submission_has_a_mark(grades: dict[str, Any]) -> None:
    assert set(grades) == {*SUBMISSIONS, "empty", "misnamed", "regraded"}


@pytest.mark.parametrize("student", sorted(FULL))
def test_right_work_keeps_its_points_however_it_was_handed_in(grades: dict[str, Any], student: str) -> None:
    assert grades[student][0] == 5


@pytest.mark.parametrize("student", sorted(set(SUBMISSIONS) - FULL - {"detached"}))
def test_what_cannot_be_judged_earns_nothing(grades: dict[str, Any], student: str) -> None:
    assert grades[student][0] == 0


def test_a_detached_head_loses_the_trunk_only(grades: dict[str, Any]) -> None:
    assert grades["detached"] == (3, False)


@pytest.mark.parametrize("student", sorted(NEEDS_PERSON.keys() - {"stranger"}))
def test_every_irregularity_waits_for_a_person(grades: dict[str, Any], student: str) -> None:
    assert grades[student][1]


@pytest.mark.parametrize("student", ["right", "detached", "untouched", "old_schema", "noisy", "own_data"])
def test_nothing_else_waits_for_a_person(grades: dict[str, Any], student: str) -> None:
    assert not grades[student][1]


@pytest.mark.parametrize(("student", "reason"), sorted(item for item in NEEDS_PERSON.items() if item[1]))
def test_the_reason_is_in_the_graded_notebook(course: Path, student: str, reason: str) -> None:
    assert reason in nbformat.writes(_graded(course, student))


def test_absent_notebooks_are_recorded(grades: dict[str, Any]) -> None:
    assert grades["empty"] == (0, True)
    assert grades["misnamed"] == (0, True)


def test_the_formgrader_shows_the_marks(course: Path, grades: dict[str, Any]) -> None:
    with formgrader(course) as call:
        shown = call("submissions/multitask")
    marks = {one["student"]: (one["score"], one["needs_manual_grade"]) for one in shown}
    for student in ("right", "detached", "unreadable", "dead"):
        assert marks[student] == grades[student]


def test_old_marks_do_not_survive_a_failed_regrade(grades: dict[str, Any]) -> None:
    assert grades["regraded"] == (0, True)


def test_feedback_shows_the_verdict_and_no_hidden_test(course: Path) -> None:
    page = (course / "feedback" / "detached" / "multitask" / f"{NAME}.html").read_text(encoding="utf-8")
    assert "de romp is losgekoppeld" in page
    assert "judged" not in page
    assert "HIDDEN" not in page


def test_nothing_hidden_is_left_in_the_graded_notebooks(course: Path) -> None:
    for path in (course / "autograded").rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert "HIDDEN TESTS" not in text, path
        assert "judged(" not in text, path


def test_the_data_file_never_reaches_the_graded_folders(course: Path) -> None:
    assert (course / "release" / "multitask" / "red_wines.csv").exists()
    for folder in ("autograded", "feedback"):
        assert not list((course / folder).rglob("*.csv"))


def test_outputs_are_bounded(course: Path) -> None:
    path = course / "autograded" / "noisy" / "multitask" / f"{NAME}.ipynb"
    assert path.stat().st_size < 1_000_000


def test_a_second_run_gives_the_same_marks(course: Path, grades: dict[str, Any]) -> None:
    _nbgrader(course, "autograde", "multitask", "--force", "--student=right")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission("multitask", "right").score == grades["right"][0]
