"""The catalogue of faults is complete: it can be said, it has a rule, and a known wrong answer shows it."""

import string
from pathlib import Path

import pytest

from autograder.answers.answer import read_answers
from autograder.course import load_course
from autograder.judge.catalogue import FAULTS, Fault
from autograder.judge.catalogue.page import PAGE, page
from autograder.judge.reading import ENTRY

NOT_EXPRESSIBLE: dict[tuple[str, str], frozenset[str]] = {
    ("outputs", "few_outputs"): frozenset({"pytorch", "keras"}),  # no assignment of the course asks for three
    ("regression_term", "not_scalar"): frozenset({"keras"}),  # Keras itself reduces every loss to one number
    ("learns", "zero_grad"): frozenset({"keras"}),  # a tape and a training step make new gradients every time
    ("learns", "other_network_trained"): frozenset({"keras"}),  # only the steps of PyTorch's optimizers are watched
    ("learns", "other_loss"): frozenset({"keras"}),  # there, what trained is what is judged
    ("reported", "training_mode"): frozenset({"keras"}),  # a Keras model keeps no mode that could be forgotten
}
"""By fault: the frameworks in which no answer can show it."""


@pytest.fixture(scope="module")
def shown(root: Path) -> dict[str, set[tuple[str, str]]]:
    """By framework, the faults that the known wrong answers expect; those of questions under their one entry."""
    found: dict[str, set[tuple[str, str]]] = {"pytorch": set(), "keras": set()}
    for name, assignment in load_course(root).assignments.items():
        for answer in read_answers(root / "tests" / "answers" / name) if assignment.rubric else ():
            found[answer.framework] |= {
                (ENTRY if criterion in assignment.answers else criterion, fault)
                for criterion, fault in answer.expected.items()
            }
    return found


@pytest.mark.parametrize("key", sorted(FAULTS), ids=".".join)
@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_every_fault_has_a_known_wrong_answer(
    shown: dict[str, set[tuple[str, str]]], framework: str, key: tuple[str, str]
) -> None:
    if framework in NOT_EXPRESSIBLE.get(key, frozenset()):
        assert key not in shown[framework]
    else:
        assert key in shown[framework]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: f"{fault.criterion}.{fault.identifier}")
def test_every_fault_has_an_example_and_says_what_tells_it(fault: Fault) -> None:
    parts = (part for text in (fault.message, fault.hint) for part in string.Formatter().parse(text))
    assert {name for _, name, _, _ in parts if name} == set(fault.example)
    assert fault.told_by[0].isupper() or fault.told_by[0] == "`"
    assert fault.told_by.endswith(".")


def test_no_two_faults_of_a_criterion_are_told_by_the_same() -> None:
    told = [(fault.criterion, fault.told_by) for fault in FAULTS.values()]
    assert len(set(told)) == len(told)


def test_the_page_is_fresh(root: Path) -> None:
    assert (root / PAGE).read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_at_least_four_answers_with_two_faults(root: Path, framework: str) -> None:
    answers = read_answers(root / "tests" / "answers" / "multitask")
    assert sum(answer.framework == framework and len(answer.expected) > 1 for answer in answers) >= 4


def test_every_criterion_of_the_rubric_has_faults_and_no_other(root: Path) -> None:
    assignments = load_course(root).assignments.values()
    criteria = {criterion for one in assignments for topic in one.rubric.values() for criterion in topic}
    questions = {criterion for one in assignments for criterion in one.answers}
    assert criteria - questions == {criterion for criterion, _ in FAULTS} - {ENTRY}


@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_at_least_ten_right_answers(root: Path, framework: str) -> None:
    answers = read_answers(root / "tests" / "answers" / "multitask")
    assert sum(answer.framework == framework and not answer.expected for answer in answers) >= 10


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: f"{fault.criterion}.{fault.identifier}")
def test_messages_are_sentences_and_hints_give_no_code(fault: Fault) -> None:
    for text in (fault.message, fault.hint):
        assert text[0].isupper() or text[0] in "`{"
        assert text.rstrip()[-1] in ".?!}"
    assert "(" not in "".join(part for part in fault.hint.split("`")[1::2] if "=" in part)
    assert list(string.Formatter().parse(fault.message))
