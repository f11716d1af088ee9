"""The source notebooks: stored so that their diffs can be read, and true to the rubric and the catalogue."""

import json
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode

from autograder.course import load_course
from autograder.dutch import number
from autograder.judge.catalogue import FAULTS
from autograder.judge.reading import ENTRY
from autograder.notebook import cells as mine
from autograder.notebook.embed import CALL
from autograder.notebook.rubric import check_rubric

SOURCE = Path(__file__).parent.parent / "source"
ALL = sorted(SOURCE.glob("*/*.ipynb"))
GRADED = {"multitask": ("multitask_pytorch", "multitask_keras")}
GRADED["multimodal"] = ("multimodal_pytorch", "multimodal_keras")
GRADED["multimodal"] = ("multimodal_pytorch", "multimodal_keras")
GRADED["visualisation"] = ("les_3_visualisatie_pytorch", "les_3_visualisatie_keras")
"""Notebooks by assignment, of the assignments that earn points."""

SOLUTION_CELLS = {
    "multitask": ["inspect", "prepare", "loaders", "model", "loss", "train", "evaluate"],
    "multimodal": ["prepare", "loaders", "model", "loss", "train", "evaluate", "baseline"],
}


@pytest.fixture(params=ALL, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def nb(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


@pytest.fixture(params=GRADED["multitask"])
def exercise(request: pytest.FixtureRequest) -> NotebookNode:
    """One of the notebooks of the wine exercise."""
    return nbformat.read(SOURCE / "multitask" / f"{request.param}.ipynb", as_version=4)


@pytest.fixture(params=GRADED["visualisation"])
def questions(request: pytest.FixtureRequest) -> NotebookNode:
    """One of the notebooks with questions about visualisations."""
    return nbformat.read(SOURCE / "visualisation" / f"{request.param}.ipynb", as_version=4)


def _prose(nb: NotebookNode) -> str:
    return "\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")


def test_is_stored_without_outputs(nb: NotebookNode) -> None:
    for cell in nb.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


def test_is_stored_as_nbformat_writes_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == nbformat.writes(nbformat.reads(text, as_version=4)) + "\n"


def test_cell_ids_are_stable_names(nb: NotebookNode) -> None:
    ids = [cell.id for cell in nb.cells]
    assert len(ids) == len(set(ids))
    for cell in nb.cells:
        assert cell.id.isidentifier(), f"{cell.id} looks like a random id"
        if mine.grade_id(cell):
            assert cell.id == mine.grade_id(cell)


def test_every_notebook_belongs_to_an_assignment(root: Path) -> None:
    assignments = load_course(root).assignments
    assert {(path.parent.name, path.stem) for path in ALL} == {
        (name, notebook) for name, assignment in assignments.items() for notebook in assignment.notebooks
    }


@pytest.mark.parametrize(("assignment", "name"), [(one, name) for one in SOLUTION_CELLS for name in GRADED[one]])
def test_defines_what_the_contract_says(assignment: str, name: str) -> None:
    nb = nbformat.read(SOURCE / assignment / f"{name}.ipynb", as_version=4)
    solutions = [mine.grade_id(cell) for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    assert solutions == SOLUTION_CELLS[assignment]


def test_each_check_comes_right_after_its_task(nb: NotebookNode) -> None:
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    for before, after in pairwise(code):
        if mine.is_test(after):
            assert before.metadata.nbgrader.solution


def test_every_check_says_something_to_the_student(nb: NotebookNode) -> None:
    for cell in mine.tests(nb):
        assert "assert " in mine.without_hidden(cell.source)


def test_students_need_nothing_of_ours(nb: NotebookNode) -> None:
    for cell in nb.cells:
        if not CALL.match(cell.source.strip()):  # a figure: the build puts the picture in its place
            assert "autograder" not in mine.without_hidden(cell.source)


def test_points_agree_with_the_rubric(nb: NotebookNode, path: Path, root: Path) -> None:
    check_rubric(nb, load_course(root).assignment(path.parent.name).rubric, path.stem)


@pytest.mark.parametrize("assignment", SOLUTION_CELLS)
def test_twenty_points(assignment: str, root: Path) -> None:
    assert load_course(root).assignment(assignment).points == 20


@pytest.mark.parametrize(("assignment", "name"), [(one, name) for one in SOLUTION_CELLS for name in GRADED[one]])
def test_the_numbers_to_reach_are_in_the_text(assignment: str, name: str, root: Path) -> None:
    settings = load_course(root).assignment(assignment)
    text = _prose(nbformat.read(SOURCE / assignment / f"{name}.ipynb", as_version=4))
    for value in (*settings.thresholds.values(), *settings.targets.values()):
        assert number(value) in text


def _rule(key: tuple[str, str]) -> str:
    rule = FAULTS[key].rule
    assert rule, f"{key} names no rule"
    return rule


SEVERAL_INPUTS = {("learns", "encoders_not_moved")}
WITH_AUC = {("reported", "hard_predictions"), ("reported", "inverted")}
"""Faults that a criterion of the wine exercise has in other assignments only."""


def _of_wines(key: tuple[str, str]) -> bool:
    topics = load_course(SOURCE.parent).assignment("multitask").rubric.values()
    return any(key[0] in criteria for criteria in topics) and key not in SEVERAL_INPUTS | WITH_AUC


@pytest.mark.parametrize("key", sorted(key for key in FAULTS if _of_wines(key)), ids=".".join)
def test_every_fault_traces_to_a_sentence_of_the_task_text(exercise: NotebookNode, key: tuple[str, str]) -> None:
    assert _rule(key) in _prose(exercise)


@pytest.mark.parametrize("notebook", GRADED["multimodal"])
@pytest.mark.parametrize("key", sorted(key for key in FAULTS if key[0] != ENTRY and not _of_wines(key)), ids=".".join)
def test_every_other_fault_traces_to_a_sentence_on_passengers(notebook: str, key: tuple[str, str]) -> None:
    assert _rule(key) in _prose(nbformat.read(SOURCE / "multimodal" / f"{notebook}.ipynb", as_version=4))


@pytest.mark.parametrize("key", sorted(key for key in FAULTS if key[0] == ENTRY), ids=".".join)
def test_every_fault_of_an_answer_traces_to_a_sentence(questions: NotebookNode, key: tuple[str, str]) -> None:
    assert _rule(key) in _prose(questions)


def test_the_questions_name_every_answer_and_give_none_away(questions: NotebookNode, root: Path) -> None:
    for name, expected in load_course(root).assignment("visualisation").answers.items():
        assert f"`{name}`" in _prose(questions)
        assert not re.search(rf"{name}`? *(=|is) *`?\"?{re.escape(str(expected.value))}\b", _prose(questions))


def test_metadata_is_only_what_is_needed(path: Path) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert set(raw["metadata"]) <= {"kernelspec", "language_info"}
    for cell in raw["cells"]:
        assert set(cell["metadata"]) <= {"nbgrader"}
