"""The formgrader's button grades as the command does: in a forked kernel, in its sandbox."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from server import formgrader
from thin import LOADERS, NAME, hand_in, make, solved

from autograder.kernel.environment import WORKING_FOLDER

SHOWS_WHERE = f"{LOADERS}\nimport os\nprint('I am in', os.getcwd())"


def test_the_button_grades_in_the_sandbox(tmp_path: Path, root: Path) -> None:
    make(root, tmp_path)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    release = [sys.executable, "-m", "nbgrader", "generate_assignment", "multitask", "--create"]
    subprocess.run(release, cwd=tmp_path, env=environment, check=True, capture_output=True)
    hand_in(tmp_path, "an", solved(tmp_path, loaders=SHOWS_WHERE))
    with formgrader(tmp_path) as call:
        said = call("submission/multitask/an/autograde", "POST")
        shown = call("submissions/multitask")
    assert said["success"], said
    assert [(one["student"], one["score"]) for one in shown] == [("an", 5.0)]
    graded = nbformat.read(tmp_path / "autograded" / "an" / "multitask" / f"{NAME}.ipynb", as_version=4)
    printed = "".join(output.text for cell in graded.cells for output in cell.get("outputs", []) if "text" in output)
    assert f"I am in {WORKING_FOLDER}" in printed
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission("multitask", "an").score == 5
