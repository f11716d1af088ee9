"""The judge on `split` and `prepare` with three heads, of which one is a quantity."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from other_problems import DIABETES, patients
from sklearn.model_selection import train_test_split

from autograder.evidence.frames import to_frame, to_table
from autograder.evidence.records import DataEvidence, NotebookEvidence
from autograder.evidence.requests import DataChallenge, Frame
from autograder.judge.case import Case, Context
from autograder.judge.data import CRITERIA, judge
from autograder.judge.data_challenge import make_challenge
from autograder.judge.verdicts import Verdict
from autograder.probe.data import data

F = list(DIABETES.inputs[0].columns)


@cache
def students() -> Frame:
    return to_frame(patients())


@cache
def challenge() -> DataChallenge:
    return make_challenge(students(), DIABETES, 5)


def verdicts(split: Any, prepare: Any) -> dict[str, Verdict]:
    evidence = DataEvidence.from_wire(data(split, prepare, challenge(), DIABETES).to_wire())
    context = Context(seed=5, students=students(), data=challenge(), problem=DIABETES)
    case = Case(NotebookEvidence(framework="keras", data=evidence), context)
    judge(case)
    assert set(case.verdicts) == set(CRITERIA)
    return case.verdicts


def outcome(found: dict[str, Verdict]) -> dict[str, str]:
    return {name: v.fault or v.status for name, v in found.items() if v.status != "pass"}


def split(patients: pd.DataFrame) -> Any:
    return train_test_split(patients, test_size=0.2, random_state=3)


def x(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return (rows[F] - train[F].mean()) / train[F].std()


def labels(rows: pd.DataFrame) -> tuple[Any, Any, Any]:
    return rows["progression"], rows["progression"] >= 150, rows["sex"] >= 2


Labels = Callable[[pd.DataFrame], Any]


def prepares(labels: Labels = labels) -> Any:
    return lambda train, rows: (x(train, rows), *labels(rows))


def test_three_heads_are_right() -> None:
    found = verdicts(split, prepares())
    assert outcome(found) == {}
    assert found["labels"].message == "De labels horen bij hun rijen en de grenzen liggen op 150 en 2."


def test_three_heads_may_have_names() -> None:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        progression, high, sex = labels(rows)
        return {"X": x(train, rows), "high": high, "sex": sex, "progression": progression}

    assert outcome(verdicts(split, prepare)) == {}


WRONG: dict[str, tuple[Any, dict[str, str]]] = {
    "scaled": (prepares(lambda rows: (rows["progression"] / 100, *labels(rows)[1:])), {"labels": "not_quality"}),
    "another bound": (
        prepares(lambda rows: (rows["progression"], rows["progression"] > 151, rows["sex"] >= 2)),
        {"labels": "wrong_threshold"},
    ),
    "codes of the file": (
        prepares(lambda rows: (*labels(rows)[:2], rows["sex"])),
        {"labels": "not_good"},
    ),
    "inverted": (prepares(lambda rows: (*labels(rows)[:2], rows["sex"] < 2)), {"labels": "inverted"}),
    "another order": (
        prepares(lambda rows: (*labels(rows)[:2], (rows["sex"] >= 2).to_numpy()[::-1])),
        {"labels": "misaligned"},
    ),
    "two heads": (prepares(lambda rows: labels(rows)[:2]), {"labels": "not_three"}),
    "a label in X": (
        lambda train, rows: (np.column_stack([x(train, rows), rows["sex"]]), *labels(rows)),
        {"leakage": "target_in_features"},
    ),
    "own statistics": (lambda train, rows: (x(rows, rows), *labels(rows)), {"normalisation": "own_statistics"}),
    "raw": (lambda train, rows: (rows[F], *labels(rows)), {"normalisation": "not_normalised"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_prepare_gets_its_name(name: str) -> None:
    prepare, expected = WRONG[name]
    found = outcome(verdicts(split, prepare))
    assert {criterion: found.pop(criterion, None) for criterion in expected} == expected
    assert set(found.values()) <= {"not_judged"}


def test_patients_in_order_get_their_name() -> None:
    def by_label(patients: pd.DataFrame) -> Any:
        return train_test_split(patients.sort_values("progression"), test_size=0.2, shuffle=False)

    found = verdicts(by_label, prepares())
    assert outcome(found) == {"split": "sorted_parts"}
    assert "patiënten" in found["split"].message


def test_the_challenge_repeats_no_quantity() -> None:
    table = to_table(challenge().rows)
    assert len(table) == len(patients())
    assert not table[F].duplicated().any()
