"""A demonstration class made from answer files: some right in different styles, most wrong in different ways."""

import shutil
from pathlib import Path

from autograder.answers.answer import read_answer
from autograder.answers.course import copy_course, hand_in
from autograder.exceptions import CourseError

ASSIGNMENT = "multitask"

SEED = 2026
"""Of the demonstration's own hidden wines; a real course keeps its seed out of the repository."""

BROKEN = "zoe"
"""The student whose PyTorch notebook is cut off in the middle, as by a full disk."""

CLASS: dict[str, tuple[str, str]] = {}
"""Each student's PyTorch and Keras answer."""


def make_class(root: Path, target: Path) -> list[str]:
    """Make the demonstration course in `target`, anew, and return its students.

    Raises CourseError when `target` is something else than a demonstration course.
    """
    _clear(target)
    copy_course(root, target, ASSIGNMENT, SEED)
    answers = root / "tests" / "answers" / ASSIGNMENT
    for student, names in CLASS.items():
        for framework, name in zip(("pytorch", "keras"), names, strict=True):
            hand_in(target, ASSIGNMENT, student, read_answer(answers / framework / f"{name}.py"))
    _cut_off(target / "submitted" / BROKEN / ASSIGNMENT / "multitask_pytorch.ipynb")
    return sorted(CLASS)


def _clear(target: Path) -> None:
    if target.exists():
        if any(target.iterdir()) and not (target / "nbgrader_config.py").exists():
            raise CourseError(f"{target}: is not an earlier demonstration; give another folder with --folder")
        shutil.rmtree(target)


def _cut_off(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")
