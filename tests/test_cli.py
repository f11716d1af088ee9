"""The command line: what goes wrong is one line that says what to do."""

import subprocess
import sys
from pathlib import Path

import pytest


def _autograder(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "autograder"
    return subprocess.run([program, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("grade", "multitask"), "nbgrader_config.py"),
        (("report", "multitask"), "nbgrader_config.py"),
        (("build", "multitask"), "nbgrader_config.py"),
        (("verify", "multitask"), "nbgrader_config.py"),
    ],
)
def test_outside_a_course_there_is_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = _autograder(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("autograder: ")


def test_an_unknown_assignment_is_named(root: Path) -> None:
    answers = str(root / "tests" / "answers")
    done = _autograder("verify", "nonsense", "--answers", answers, "--only", "reference", cwd=root)
    assert done.returncode == 2
    assert "no assignment 'nonsense'" in done.stderr


def test_the_demonstration_never_deletes_something_else(root: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("irreplaceable", encoding="utf-8")
    done = _autograder("demo", "--folder", str(tmp_path), cwd=root)
    assert done.returncode == 2
    assert "another folder" in done.stderr
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "irreplaceable"


def test_grading_without_a_sandbox_warns_that_students_code_runs_as_you(root: Path, tmp_path: Path) -> None:
    for name in ("nbgrader_config.py", "course_config.py"):
        (tmp_path / name).write_text((root / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "submitted" / "an" / "multitask").mkdir(parents=True)
    done = _autograder("grade", "multitask", "--unsafe-no-sandbox", cwd=tmp_path)
    assert "runs as you" in done.stdout
