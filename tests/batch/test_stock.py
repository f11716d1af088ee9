"""A class graded by workers leaves what stock nbgrader leaves: gradebook, folders and feedback."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from thin import MODEL, hand_in, solved

HELPER = "from hulp import breedte\n"
SURROGATE = (
    '{"cells": [{"cell_type": "code", "source": "\\ud800", "metadata": {}, "outputs": [], "execution_count": null}],'
    ' "metadata": {}, "nbformat": 4, "nbformat_minor": 4}'
)
"""Half a character: JSON lets it pass, no file can hold it."""

DETACHED = MODEL.replace("self.good(shared)", "self.good(shared.detach())")


def _class(course: Path) -> None:
    """Everything that ends differently: right, wrong, helped by a file, broken, dead, late, missing."""
    hand_in(course, "right", solved(course))
    hand_in(course, "wrong", solved(course, model=DETACHED))
    hand_in(course, "helped", solved(course, model=HELPER + MODEL.replace("16", "breedte")))
    (course / "submitted" / "helped" / "multitask" / "hulp.py").write_text("breedte = 16\n", encoding="utf-8")
    hand_in(course, "unreadable", '{"cells": [')
    hand_in(course, "surrogate", SURROGATE)
    hand_in(course, "dead", solved(course, model="import os\nos._exit(3)"))
    hand_in(course, "endless", solved(course, model="while True:\n    pass"))
    hand_in(course, "late", solved(course, model="model = None"))
    stamp = course / "submitted" / "late" / "multitask" / "timestamp.txt"
    stamp.write_text("2026-02-03 15:05:02 UTC", encoding="utf-8")
    (course / "submitted" / "empty" / "multitask").mkdir(parents=True)
    hand_in(course, "misnamed", solved(course), name="multitask_pytorch (1)")


@pytest.fixture(scope="module")
def both(
    template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    grade: Callable[..., Any],
    nbgrader: Callable[..., Any],
) -> tuple[Path, Path]:
    """The class in two copies of the course: graded by nbgrader's own command, and by workers."""
    made = tmp_path_factory.mktemp("class") / "course"
    shutil.copytree(template, made)
    _class(made)
    stock, ours = made.parent / "stock", made.parent / "ours"
    shutil.copytree(made, stock)
    shutil.copytree(made, ours)
    nbgrader(stock, "autograde", "multitask", status=None)
    nbgrader(stock, "generate_feedback", "multitask")
    grade(ours)
    nbgrader(ours, "generate_feedback", "multitask")
    return stock, ours


@pytest.mark.parametrize("table", ["grades", "comments", "submissions"])
def test_the_gradebook_holds_the_same_rows(both: tuple[Path, Path], rows: Callable[[Path], Any], table: str) -> None:
    stock, ours = (rows(course)[table] for course in both)
    assert len(stock) >= 10
    assert ours == stock


def test_the_graded_folders_hold_the_same_files(both: tuple[Path, Path], files: Callable[[Path], Any]) -> None:
    stock, ours = (files(course) for course in both)
    assert ours.keys() == stock.keys()
    for name, (mode, content) in stock.items():
        assert ours[name][0] == mode, name
        assert _settled(ours[name][1]) == _settled(content), name


def test_the_feedback_is_the_same(both: tuple[Path, Path]) -> None:
    stock, ours = ({p.relative_to(c): p for p in (c / "feedback").rglob("*.*")} for c in both)
    assert ours.keys() == stock.keys()
    for name, page in stock.items():
        assert _settled(ours[name].read_text(encoding="utf-8")) == _settled(page.read_text(encoding="utf-8")), name


def _settled(content: Any) -> Any:
    """Without the number of the cell in which a kernel died: whether it was told before the end is chance."""
    if not isinstance(content, str):
        return content
    return re.sub(r'"execution_count": (?:null|3)\b|In.\[[^]]{1,6}\]:', "", content)


def test_what_stock_nbgrader_graded_is_not_graded_again(both: tuple[Path, Path], grade: Callable[..., Any]) -> None:
    stock, _ = both
    said = grade(stock).stdout
    assert "by an earlier run" in said
    assert "]" not in said.split("submissions in")[0], said
