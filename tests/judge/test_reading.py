"""Questions with one right answer: every way of writing it is right, and a known mistake gets its own word."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.evidence.records import Failure, NotebookEvidence, ReadingEvidence
from autograder.evidence.requests import Frame
from autograder.expected import Expected
from autograder.judge import reading as topic
from autograder.judge.case import Case, Context
from autograder.judge.verdicts import Verdict
from autograder.probe.reading import reading as probe

WIDTH = Expected(value=12, mistakes={"16": "Dat is de eerste laag; de vraag gaat over de laatste."})
NETWORK = Expected(value="B", mistakes={"A": "Volg de pijlen."})


def judged(value: object, expected: Expected = WIDTH) -> Verdict:
    namespace = {} if value is None else {"width": value}
    evidence = NotebookEvidence(framework="keras", reading=probe(["width"], namespace))
    students = Frame(columns=("a",), values=(np.zeros(1),))
    context = Context(seed=1, thresholds={}, students=students, answers={"width": expected})
    case = Case(NotebookEvidence.from_wire(evidence.to_wire()), context)
    topic.judge(case)
    assert set(case.verdicts) == {"width"}
    return case.verdicts["width"]


@pytest.mark.parametrize("value", [12, 12.0, np.int64(12), np.float32(12), np.array(12), "12", " 12 "])
def test_a_right_number_passes_however_it_is_written(value: object) -> None:
    assert judged(value).status == "pass"


@pytest.mark.parametrize("value", ["B", "b", " B ", "'B'"])
def test_a_right_word_passes_however_it_is_written(value: object) -> None:
    assert judged(value, NETWORK).status == "pass"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (None, "missing"),
        (..., "missing"),
        ([12], "not_one_value"),
        ({"width": 12}, "not_one_value"),
        (np.array([12]), "not_one_value"),
        (True, "not_one_value"),
        (print, "not_one_value"),
        (float("nan"), "wrong"),
        (float("inf"), "wrong"),
        (13, "wrong"),
        ("twaalf", "wrong"),
        ("", "wrong"),
        (16, "misread"),
        ("16", "misread"),
    ],
)
def test_a_wrong_answer_gets_its_own_name(value: object, fault: str) -> None:
    assert judged(value).fault == fault


def test_a_known_mistake_is_told_what_it_is() -> None:
    assert "Dat is de eerste laag" in judged(16).message
    assert "Volg de pijlen" in judged("a", NETWORK).message


@given(st.one_of(st.integers(-(10**9), 10**9), st.floats(), st.text(max_size=300), st.none(), st.lists(st.integers())))
def test_no_message_gives_the_answer_away(value: object) -> None:
    verdict = judged(value, Expected(value=4242))
    assert verdict.status == "fail" or str(value).strip(" \"'`") == "4242"
    if "4242" not in str(value):
        assert "4242" not in verdict.message + verdict.hint


def test_the_first_answer_counts() -> None:
    missing = Failure(kind="missing", name="b")
    first = ReadingEvidence(values={"a": 1.0, "b": missing})
    assert first.completed_by(ReadingEvidence(values={"a": 2.0, "b": "x"})).values == {"a": 1.0, "b": "x"}


def test_without_evidence_nothing_is_judged() -> None:
    students = Frame(columns=("a",), values=(np.zeros(1),))
    context = Context(seed=1, thresholds={}, students=students, answers={"a": WIDTH})
    case = Case(NotebookEvidence(framework="keras"), context)
    topic.judge(case)
    assert case.verdicts["a"].status == "not_judged"
