"""Every probe in a real kernel, on both reference solutions: all evidence arrives, and nothing is disturbed."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode
from problems import MULTITASK

from autograder.course import load_course
from autograder.data import Parts
from autograder.evidence.records import Failure, Framework, NotebookEvidence
from autograder.notebook import cells as mine
from autograder.notebook import files
from autograder.notebook.challenge import Challenge
from autograder.notebook.evidence import Collector, kernel_environment
from autograder.notebook.session import Session

FRAMEWORKS: tuple[Framework, ...] = ("pytorch", "keras")


def _solution(root: Path, framework: Framework) -> NotebookNode:
    nb = nbformat.read(root / "source" / "multitask" / f"multitask_{framework}.ipynb", as_version=4)
    for cell in mine.tests(nb):
        mine.own(cell)["topics"] = mine.declared_topics(cell.source)
        cell["source"] = mine.without_hidden(cell.source)
    return nb


@pytest.fixture(scope="module")
def wines(root: Path) -> Parts:
    parts = files.example_material(root, load_course(root), "multitask").parts(MULTITASK)
    assert parts is not None
    return parts


@pytest.fixture(scope="module", params=FRAMEWORKS)
def run(
    request: pytest.FixtureRequest, root: Path, wines: Parts, tmp_path_factory: pytest.TempPathFactory
) -> tuple[NotebookNode, NotebookEvidence]:
    """A solution that was run while the probe asked everything that it can ask."""
    nb = _solution(root, request.param)
    challenge = Challenge.fresh(wines, load_course(root).assignment("multitask"), seed=11)
    with files.working_folder(tmp_path_factory.mktemp("nothing"), {MULTITASK.table: wines.students}) as folder:
        session = Session(nb, folder, request.param, cell_seconds=300)
        return nb, Collector(session, challenge.content).run(nb)


def test_every_topic_sends_its_evidence(run: tuple[NotebookNode, NotebookEvidence]) -> None:
    _, evidence = run
    kinds = set(NotebookEvidence.model_fields) - {"framework", "remarks"}
    absent = {kind for kind in kinds if getattr(evidence, kind) is None}
    assert absent == {"step" if evidence.framework == "pytorch" else "loss", "reading", "comparison"}
    assert evidence.remarks == ()


def test_nothing_failed(run: tuple[NotebookNode, NotebookEvidence]) -> None:
    _, evidence = run
    assert '"kind":"raised"' not in evidence.to_wire()
    assert '"kind":"missing"' not in evidence.to_wire()
    assert '"kind":"unsupported"' not in evidence.to_wire()


def test_the_hidden_wines_are_scaled_as_in_training(
    run: tuple[NotebookNode, NotebookEvidence], wines: Parts
) -> None:
    hidden = run[1].hidden
    assert hidden is not None
    assert hidden.train_found
    assert hidden.x is not None
    assert hidden.x.shape == (len(wines.hidden), 11)


def test_the_bars_are_read(run: tuple[NotebookNode, NotebookEvidence], wines: Parts) -> None:
    inspection = run[1].inspection
    assert inspection is not None
    assert not isinstance(inspection.figures[0], Failure)
    counts = wines.students["quality"].value_counts()
    assert sorted(h for h in inspection.figures[0].heights if h) == sorted(counts)


def test_the_probe_disturbs_nothing(
    run: tuple[NotebookNode, NotebookEvidence], root: Path, wines: Parts, tmp_path: Path
) -> None:
    probed, evidence = run
    plain = _solution(root, evidence.framework)
    if evidence.framework == "keras":
        _read_as_the_probe_does(plain)
    with files.working_folder(tmp_path, {MULTITASK.table: wines.students}) as folder:
        resources = {"metadata": {"path": str(folder)}}
        client = NotebookClient(plain, timeout=300, kernel_name="python3", resources=resources)
        client.execute(env=kernel_environment())
    assert _printed(plain, "evaluate") == _printed(probed, "evaluate")
    assert "MAE" in _printed(plain, "evaluate")


def _read_as_the_probe_does(nb: NotebookNode) -> None:
    """A tf.data pipeline that shuffles keeps count of how often it was read, and nothing can set that back."""
    reads = {"test_loaders": "list(train_data)\nlist(train_data)", "test_architecture": "next(iter(train_data))"}
    for cell in nb.cells:
        if mine.grade_id(cell) in reads:
            cell["source"] += "\n" + reads[str(mine.grade_id(cell))] + ";"


def _printed(nb: NotebookNode, name: str) -> str:
    cell = next(cell for cell in nb.cells if mine.grade_id(cell) == name)
    return "".join(output.get("text", "") for output in cell.outputs)
