"""All topics on one notebook."""

import numpy as np
import pytest
from problems import MULTITASK, RUBRIC

from autograder.evidence.records import (
    Failure,
    HiddenEvidence,
    LossEvidence,
    ModelEvidence,
    NotebookEvidence,
    ResultsEvidence,
    StepEvidence,
    TrainingEvidence,
)
from autograder.evidence.requests import Frame
from autograder.judge.case import Case, Context
from autograder.judge.notebook import TOPICS, judge_notebook
from autograder.wines import COLUMNS

STUDENTS = Frame(columns=tuple(COLUMNS), values=tuple(np.ones(4) for _ in COLUMNS))
CONTEXT = Context(
    seed=1,
    thresholds={"mae": 0.6, "accuracy": 0.67},
    students=STUDENTS,
    hidden_labels=(np.ones(4), np.zeros(4)),
    problem=MULTITASK,
    rubric=RUBRIC,
)
NETWORK = {"outputs", "shared_trunk", "two_heads", "non_linear", "learns", "mae", "accuracy", "reported"}
LOSS = {"regression_term", "classification_term", "weights"}


@pytest.mark.parametrize(("framework", "doubtful"), [("pytorch", NETWORK), ("keras", NETWORK | LOSS)])
def test_a_network_that_runs_but_cannot_be_recorded_costs_no_points_unseen(framework: str, doubtful: set[str]) -> None:
    unrecorded = Failure(kind="unrecorded", name="model", detail="iets bijzonders")
    evidence = NotebookEvidence(
        framework=framework,
        architecture=ModelEvidence(failure=unrecorded),
        training=TrainingEvidence(model=ModelEvidence(failure=unrecorded)),
        step=StepEvidence(failure=unrecorded) if framework == "keras" else None,
        loss=LossEvidence() if framework == "pytorch" else None,
        hidden=HiddenEvidence(x=np.ones((4, 11)), train_found=True),
        results=ResultsEvidence(figures={"mae": 0.5, "accuracy": 0.7}),
    )
    verdicts = {verdict.criterion: verdict for verdict in judge_notebook(evidence, CONTEXT).verdicts}
    assert {criterion for criterion, verdict in verdicts.items() if verdict.status == "unsure"} == doubtful
    assert all("iets bijzonders" in verdicts[criterion].message for criterion in doubtful)


def test_only_topics_of_the_rubric_are_judged() -> None:
    context = CONTEXT.model_copy(update={"rubric": {"loaders": ("batches", "shuffle")}})
    verdicts = judge_notebook(NotebookEvidence(framework="pytorch"), context).verdicts
    assert {verdict.criterion for verdict in verdicts} == {"batches", "shuffle"}


def test_a_topic_that_fails_on_its_own_account_doubts_the_criteria_of_the_rubric(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(case: Case) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(TOPICS, "loss", fails)
    context = CONTEXT.model_copy(update={"rubric": {"loss": ("one_term", "other_term")}})
    verdicts = judge_notebook(NotebookEvidence(framework="pytorch"), context).verdicts
    assert {(one.criterion, one.status) for one in verdicts} == {("one_term", "unsure"), ("other_term", "unsure")}
