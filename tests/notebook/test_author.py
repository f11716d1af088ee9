"""`judged` in a source notebook: shows verdicts to an author, and does nothing where notebooks are merely run."""

from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel
from thin import LOAD, LOADERS, MODEL, make

from autograder.batch import grading
from autograder.course import Course
from autograder.exceptions import CourseError
from autograder.notebook import in_place

CALL = 'from autograder.author import judged\njudged("architecture")'


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Any:
    """A kernel in the folder of a source notebook whose solution cells have been run."""
    course = tmp_path_factory.mktemp("author")
    make(root, course)
    grading.release(course, "multitask")
    folder = course / "source" / "multitask"
    (folder / "red_wines.csv").write_bytes((course / "release" / "multitask" / "red_wines.csv").read_bytes())
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(folder))
    for source in (LOAD, LOADERS, MODEL):
        assert client.execute_interactive(source, timeout=120)["content"]["status"] == "ok"
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def _shown(client: Any, *, person: bool) -> str:
    message = client.execute(CALL, allow_stdin=person)
    assert client.get_shell_msg(timeout=120)["content"]["status"] == "ok"
    text = ""
    while True:
        try:
            reply = client.get_iopub_msg(timeout=5)
        except Empty:
            return text
        if reply["parent_header"].get("msg_id") == message and reply["msg_type"] in ("display_data", "stream"):
            text += str(reply["content"])


def test_an_author_sees_the_verdicts(kernel: Any) -> None:
    shown = _shown(kernel, person=True)
    assert "shared_trunk" in shown
    assert "in orde" in shown


def test_nothing_happens_where_a_notebook_is_merely_run(kernel: Any) -> None:
    assert _shown(kernel, person=False) == ""


def test_of_two_assignments_with_a_topic_the_one_in_whose_folder_the_notebook_is_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = {"notebooks": {"n": "pytorch"}, "rubric": {"data": {"split": 1}}}
    course = Course.model_validate({"assignments": {"first": one, "second": one}})
    for name in ("first", "second"):
        folder = tmp_path / "source" / name
        folder.mkdir(parents=True)
        monkeypatch.chdir(folder)
        assert in_place._assignment(tmp_path, course, "data") == name
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match="first, second have the topic 'data'"):
        in_place._assignment(tmp_path, course, "data")
    with pytest.raises(CourseError, match=r"no assignment .* has the topic 'fusion'"):
        in_place._assignment(tmp_path, course, "fusion")
