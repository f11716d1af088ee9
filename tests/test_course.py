"""course_config.py: a wrong setting gives one line that names it."""

from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.course import from_config, load_course
from autograder.exceptions import CourseError

RIGHT = {
    "a": {"notebooks": {"n": "keras"}, "rubric": {"t": {"c": 1}}, "thresholds": {"mae": 0.6}},
}


def _course(**settings: object) -> Config:
    return Config({"Course": {"assignments": RIGHT, **settings}})


def test_reads_the_projects_own_settings(root: Path) -> None:
    course = load_course(root)
    assert course.assignment("multitask").notebooks == {"multitask_pytorch": "pytorch", "multitask_keras": "keras"}
    assert course.limits.cell_seconds == 300


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"limits": {"cell_seconds": 0}}, "limits.cell_seconds"),
        ({"limits": {"cell_minutes": 5}}, "limits.cell_minutes"),
        ({"assignments": {"a": {**RIGHT["a"], "notebooks": {"n": "jax"}}}}, "assignments.a.notebooks.n"),
        ({"assignments": {"a": {**RIGHT["a"], "rubric": {"t": {"c": 1}, "u": {"c": 1}}}}}, "criterion c"),
        ({"tresholds": {}}, "tresholds"),
        ({"assignments": {"a": {**RIGHT["a"], "data": ("b.csv",)}}}, "a has no data file b.csv; there are red"),
        ({"tables": {"red_wines.csv": "tables:wines"}}, "red_wines.csv comes with this package"),
        ({"tables": {"../b.csv": "tables:b"}}, "must be the name of a CSV file"),
        ({"tables": {"b.txt": "tables:b"}}, "must be the name of a CSV file"),
    ],
)
def test_a_wrong_setting_is_named(settings: dict[str, object], place: str) -> None:
    with pytest.raises(CourseError, match=place) as caught:
        from_config(_course(**settings))
    assert "\n" not in str(caught.value)


def test_no_course_here(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="nbgrader_config"):
        load_course(tmp_path)


def test_commands_are_about_the_usual_assignment_or_the_first_with_a_problem(root: Path) -> None:
    course = load_course(root)
    assert course.chosen() == "multitask"
    assert course.chosen("lesson") == "lesson"
    assert course.model_copy(update={"usual": ""}).chosen() in course.assignments
    with pytest.raises(CourseError, match="no assignment 'nothing'"):
        course.chosen("nothing")
    with pytest.raises(CourseError, match="no assignment has a problem"):
        from_config(_course()).chosen()
