"""What the student reads, and what nbgrader reads."""

import ast

from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output
from nbgrader.utils import determine_grade

from autograder.judge.verdicts import Verdict
from autograder.notebook import cells as mine
from autograder.notebook.execute import write_verdicts
from autograder.notebook.render import outputs

RUBRIC = {"a": 1.0, "b": 2.5, "c": 0.5}


def _verdicts(*statuses: str, message: str = "Iets met `model`.") -> list[Verdict]:
    return [Verdict(criterion=c, status=s, message=message) for c, s in zip(RUBRIC, statuses, strict=True)]


def _html(verdicts: list[Verdict], *notes: str) -> str:
    return str(outputs(verdicts, RUBRIC, notes)[0]["data"]["text/html"])


@given(st.tuples(*[st.sampled_from(["pass", "fail", "unsure", "not_judged"])] * 3))
def test_nbgrader_reads_exactly_the_points_of_what_passes(statuses: tuple[str, ...]) -> None:
    metadata = {"nbgrader": {"grade": True, "solution": False, "points": 4, "grade_id": "x"}}
    cell = new_code_cell(outputs=outputs(_verdicts(*statuses), RUBRIC, []), metadata=metadata)
    expected = sum(p for p, status in zip(RUBRIC.values(), statuses, strict=True) if status == "pass")
    assert determine_grade(cell) == (expected, 4)
    assert isinstance(ast.literal_eval(cell.outputs[1]["data"]["text/plain"]), float)


def test_names_are_shown_as_code_and_students_text_is_escaped() -> None:
    html = _html(_verdicts("fail", "pass", "pass", message="`model` zegt <script>alert(1)</script>"))
    assert "<code>model</code>" in html
    assert "<script>" not in html


def test_why_a_person_looks_is_shown() -> None:
    assert "Je docent kijkt dit na: De kernel is gestopt." in _html(
        _verdicts("pass", "pass", "pass"), "De kernel is gestopt."
    )


def test_points_have_a_decimal_comma() -> None:
    assert "2,50 / 2,50" in _html(_verdicts("pass", "pass", "pass"))


@given(st.text())
def test_what_a_visible_check_raised_stays_as_one_line_that_can_be_written(said: str) -> None:
    error = new_output("error", ename="AssertionError", evalue=f"{said}\ud800", traceback=[])
    metadata = {"nbgrader": {"grade_id": "test_a", "grade": True, "points": 4}}
    nb = new_notebook(cells=[new_code_cell("", outputs=[error], metadata=metadata)])
    write_verdicts(nb, {}, {})
    kept = mine.own(nb.cells[0])["visible_error"]
    assert kept.startswith("AssertionError")
    assert kept.isprintable()
    assert kept.encode()
