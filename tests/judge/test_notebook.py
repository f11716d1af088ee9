"""All topics on one notebook."""

import numpy as np
import pytest

from autograder.data import COLUMNS
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
from autograder.judge.case import Context
from autograder.judge.notebook import judge_notebook

STUDENTS = Frame(columns=tuple(COLUMNS), values=np.ones((4, len(COLUMNS))))
CONTEXT = Context(seed=1, thresholds={"mae": 0.6, "accuracy": 0.67}, students=STUDENTS, hidden_quality=np.ones(4))
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
        results=ResultsEvidence(mae=0.5, accuracy=0.7),
    )
    verdicts = {verdict.criterion: verdict for verdict in judge_notebook(evidence, CONTEXT).verdicts}
    assert {criterion for criterion, verdict in verdicts.items() if verdict.status == "unsure"} == doubtful
    assert all("iets bijzonders" in verdicts[criterion].message for criterion in doubtful)
