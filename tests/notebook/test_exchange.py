"""Work comes in and marks go out through nbgrader's own commands, as the README tells an instructor."""

import csv
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
from thin import hand_in, make, solved

NAMES = {
    "janssens_attempt1_multitask_pytorch.ipynb": ("janssens", "multitask_pytorch"),
    "el-amrani_multitask_keras.ipynb": ("el-amrani", "multitask_keras"),
    "Peeters_4711_attempt_2026_multitask_keras (1).ipynb": ("Peeters", "multitask_keras"),
}
"""File names as a learning platform makes them: the student and the notebook that they stand for."""


def _nbgrader(course: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments], cwd=course, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_archive_of_a_learning_platform_becomes_submissions(root: Path, tmp_path: Path) -> None:
    for name in ("nbgrader_config.py", "course_config.py"):
        shutil.copyfile(root / name, tmp_path / name)
    archive = tmp_path / "downloaded" / "multitask" / "archive"
    archive.mkdir(parents=True)
    with zipfile.ZipFile(archive / "work.zip", "w") as bundle:
        for name in NAMES:
            bundle.writestr(f"folder/{name}", nbformat.writes(nbformat.v4.new_notebook()))
    _nbgrader(tmp_path, "zip_collect", "multitask")
    made = {path.relative_to(tmp_path / "submitted").parts for path in tmp_path.glob("submitted/*/*/*.ipynb")}
    assert made == {(student, "multitask", f"{notebook}.ipynb") for student, notebook in NAMES.values()}


def test_the_marks_of_a_class_become_a_table(root: Path, tmp_path: Path) -> None:
    make(root, tmp_path)
    _nbgrader(tmp_path, "generate_assignment", "multitask", "--create")
    hand_in(tmp_path, "amber", solved(tmp_path))
    _nbgrader(tmp_path, "autograde", "multitask")
    _nbgrader(tmp_path, "export")
    with (tmp_path / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["student_id"], float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)]
    assert rows == [("amber", 5.0, 5.0)]
