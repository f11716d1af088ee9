"""Submissions that cannot be named or read everywhere are their students' affair and stop nobody else."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from thin import NAME, hand_in, solved

LATIN = os.fsdecode(b"Ren\xe9e")
"""As it comes out of an archive that was made on an old Windows: no UTF-8."""


def _marks(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {str(one.student_id): one.score for one in gradebook.assignment_submissions("multitask")}


def test_a_terminal_that_cannot_say_a_name_stops_nothing(
    course: Path, program: Path, environment: dict[str, str]
) -> None:
    hand_in(course, "Łukasz", solved(course))
    command = [str(program), "grade", "multitask", "--workers", "1"]
    plain = {**environment, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=course, env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "[1/1] \\u0141ukasz: graded" in done.stdout
    assert done.stderr == ""
    assert _marks(course) == {"Łukasz": 5}


def test_a_folder_whose_name_is_no_text_costs_nobody_else_anything(course: Path, grade: Callable[..., Any]) -> None:
    hand_in(course, "an", solved(course))
    for name in (LATIN, "*", "?o", "b[o]", "twee\nregels"):
        hand_in(course, name, solved(course, model="model = 1"))
    for options in ((), ("--force",)):
        done = grade(course, *options, status=1)
        told = [line.partition("] ")[2] for line in done.stdout.splitlines() if ": failed: " in line]
        assert sorted(line.partition(": the name of the folder ")[0] for line in told) == [
            "*: failed",
            "?o: failed",
            "Ren\\udce9e: failed",
            "b[o]: failed",
            "twee\\nregels: failed",
        ]
        assert done.stderr == ""
        assert _marks(course) == {"an": 5}


def test_a_file_whose_name_is_no_text_goes_along(course: Path, grade: Callable[..., Any]) -> None:
    reads = f"assert open({os.fsencode(LATIN)!r}).read() == 'rood'\n"
    nb = solved(course)
    nb.cells[3]["source"] = reads + nb.cells[3]["source"]
    hand_in(course, "an", nb)
    (course / "submitted" / "an" / "multitask" / LATIN).write_text("rood", encoding="utf-8")
    grade(course)
    assert _marks(course) == {"an": 5}
    assert "1 of 1 submissions" in grade(course).stdout
    (course / "submitted" / "an" / "multitask" / LATIN).write_text("wit", encoding="utf-8")
    grade(course)
    assert _marks(course) == {"an": 0}


def test_a_folder_in_the_place_of_a_notebook_is_one_students_affair(course: Path, grade: Callable[..., Any]) -> None:
    hand_in(course, "an", solved(course))
    (course / "submitted" / "bo" / "multitask" / f"{NAME}.ipynb").mkdir(parents=True)
    said = grade(course, status=None).stdout
    assert "an: graded" in said
    assert "bo: " in said
    assert _marks(course)["an"] == 5


def test_a_notebook_that_cannot_be_read_is_one_students_affair(course: Path, grade: Callable[..., Any]) -> None:
    hand_in(course, "an", solved(course))
    unreadable = course / "submitted" / "bo" / "multitask" / f"{NAME}.ipynb"
    unreadable.parent.mkdir(parents=True)
    unreadable.symlink_to("/proc/self/mem")  # not even root can
    for options in ((), ("--force",)):
        assert "bo: failed: [Errno 5]" in grade(course, *options, status=1).stdout
        assert _marks(course) == {"an": 5}
