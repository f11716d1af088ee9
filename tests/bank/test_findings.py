"""The figures of a verification."""

from dataclasses import replace

from autograder.answers.answer import Answer
from autograder.answers.findings import Findings
from autograder.answers.verify import Checked
from autograder.judge.catalogue import FAULTS
from autograder.judge.verdicts import Verdict, failed, passed, unsure
from autograder.report.results import NotebookResult


def example(criterion: str, fault: str) -> Verdict:
    return failed(criterion, fault, **FAULTS[criterion, fault].example)


RUBRIC = ("shared_trunk", "mae", "accuracy")


def _checked(name: str, *verdicts: Verdict, expected: dict[str, str] | None = None, seed: int = 1) -> Checked:
    given = {verdict.criterion: verdict for verdict in verdicts}
    all_of_them = tuple(given.get(criterion, passed(criterion)) for criterion in RUBRIC)
    points = float(sum(verdict.status == "pass" for verdict in all_of_them))
    result = NotebookResult("a", "n", points, 3.0, needs_person=False, verdicts=all_of_them, remarks=())
    answer = Answer(f"pytorch/x/{name}", "pytorch", name, expected or {}, frozenset())
    return Checked(answer, seed, result)


TWO = example("shared_trunk", "two_networks")
FROZEN = example("shared_trunk", "frozen_trunk")
TOO_HIGH = example("mae", "above_threshold")


def test_all_as_expected_is_fair() -> None:
    found = Findings([_checked("right"), _checked("two", TWO, expected={"shared_trunk": "two_networks"})])
    assert found.fair
    assert found.deviations() == []
    assert found.exact == (1, 1)
    assert found.reached == (1, 1)


def test_a_right_answer_that_loses_a_point_is_a_false_rejection() -> None:
    found = Findings([_checked("right", TOO_HIGH)], frozenset({"mae", "accuracy"}))
    assert not found.fair
    assert found.reached == (0, 1)
    assert found.deviations()[0].startswith("false rejections: pytorch/x/right (hidden part 1): mae above_threshold: ")


def test_a_wrong_answer_that_keeps_its_point_is_a_false_acceptance() -> None:
    assert not Findings([_checked("two", expected={"shared_trunk": "two_networks"})]).fair


def test_another_name_is_fair_but_not_exact() -> None:
    found = Findings([_checked("two", FROZEN, expected={"shared_trunk": "two_networks"})])
    assert found.fair
    assert found.exact == (0, 1)
    assert "misnamed faults: 1" in found.figures()


def test_doubt_about_right_work_is_counted_with_its_reason() -> None:
    found = Findings([_checked("right", unsure("shared_trunk", "geen replay")), _checked("other")])
    assert found.fair
    assert found.doubted == 1
    assert "geen replay" in found.deviations()[0]


def test_doubt_about_a_consequence_of_the_mistake_is_as_expected() -> None:
    two = _checked("two", TWO, unsure("mae", "geen replay"), expected={"shared_trunk": "two_networks"})
    assert Findings([two]).deviations()
    allowed = replace(two, answer=replace(two.answer, may_fail=frozenset({"mae"})))
    assert Findings([allowed]).deviations() == []


def test_a_visible_check_that_refuses_right_work_is_shown() -> None:
    right = _checked("right")
    refused = replace(right, result=replace(right.result, visible_errors=("test_loss: AssertionError: nee",)))
    found = Findings([refused])
    assert "visible checks that right answers fail: 1" in found.figures()
    assert found.deviations() == ["visible check: pytorch/x/right (hidden part 1): test_loss: AssertionError: nee"]


def test_the_page_has_one_line_for_an_answer_and_all_that_it_got() -> None:
    found = Findings([_checked("right"), _checked("right", TOO_HIGH, seed=2)])
    assert "| pytorch/x/right | full marks | full marks / mae above_threshold | 2-3/3 |" in found.page("multitask")


def test_a_page_of_nothing_says_so() -> None:
    page = Findings([]).page("multitask")
    assert "answers: 0" in page
    assert "Nothing." in page
