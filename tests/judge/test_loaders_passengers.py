"""The judge on loaders of two inputs, of which one is text, and of three heads."""

from functools import cache
from typing import Any

import numpy as np
import pytest
from other_problems import DIABETES, PASSENGERS, passengers, patients
from sklearn.model_selection import train_test_split
from torch import as_tensor
from torch.utils.data import DataLoader, TensorDataset

from autograder.evidence.frames import to_frame
from autograder.evidence.records import DataEvidence, LoadersEvidence, NotebookEvidence
from autograder.evidence.requests import DataChallenge
from autograder.judge.case import Case, Context
from autograder.judge.data_challenge import make_challenge
from autograder.judge.loaders import CRITERIA, judge
from autograder.judge.verdicts import Verdict
from autograder.probe.data import data
from autograder.probe.loaders import loaders

NUMBERS = ["age", "sibsp", "parch", "fare"]


def split(table: Any) -> Any:
    return train_test_split(table, test_size=0.2, random_state=1)


def prepare(train: Any, rows: Any) -> Any:
    """Names as more signs than the columns that travel."""
    x = ((rows[NUMBERS] - train[NUMBERS].mean()) / train[NUMBERS].std()).fillna(0)
    structured = np.column_stack([x, rows["sex"] == "male"]).astype("float32")
    names = np.array([[min(ord(sign), 255) for sign in name[:300].ljust(300)] for name in rows["name"]])
    return structured, names, rows["survived"].to_numpy("float32")


def narrow(train: Any, rows: Any) -> Any:
    """As many signs of the name as there are other columns."""
    structured, names, survived = prepare(train, rows)
    return structured, names[:, : structured.shape[1]].astype("float32"), survived


def of_one_width(change: Any) -> dict[str, Verdict]:
    students = to_frame(passengers())
    challenge = make_challenge(students, PASSENGERS, 2)
    train, test = split(passengers())
    both = batched(change(*narrow(train, train)), shuffle=True), batched(change(*narrow(train, test)))
    found = NotebookEvidence(
        framework="pytorch",
        loaders=loaders(*both, PASSENGERS),
        data=data(split, narrow, challenge, PASSENGERS),
    )
    case = Case(found, Context(seed=1, problem=PASSENGERS, students=students, data=challenge))
    judge(case)
    return {name: case.verdicts[name] for name in CRITERIA}


@cache
def evidence() -> tuple[DataEvidence, DataChallenge]:
    challenge = make_challenge(to_frame(passengers()), PASSENGERS, 2)
    return data(split, prepare, challenge, PASSENGERS), challenge


def verdicts(train: Any, test: Any) -> dict[str, Verdict]:
    found = LoadersEvidence.from_wire(loaders(train, test, PASSENGERS).to_wire())
    known, challenge = evidence()
    students = to_frame(passengers())
    context = Context(seed=1, problem=PASSENGERS, students=students, data=challenge)
    case = Case(NotebookEvidence(framework="pytorch", loaders=found, data=known), context)
    judge(case)
    return {name: case.verdicts[name] for name in CRITERIA}


def outcome(found: dict[str, Verdict]) -> dict[str, str]:
    return {name: v.fault or v.status for name, v in found.items() if v.status != "pass"}


@cache
def parts() -> tuple[Any, Any]:
    train, test = split(passengers())
    return prepare(train, train), prepare(train, test)


def batched(arrays: Any, *, shuffle: bool = False) -> Any:
    return DataLoader(TensorDataset(*map(as_tensor, arrays)), batch_size=32, shuffle=shuffle)


def test_honest_loaders_pass() -> None:
    train, test = parts()
    assert outcome(verdicts(batched(train, shuffle=True), batched(test))) == {}


def test_names_may_be_numbers_with_decimals() -> None:
    train, test = ((s, n.astype("float32"), y) for s, n, y in parts())
    assert outcome(verdicts(batched(train, shuffle=True), batched(test))) == {}


def _changed(place: int, change: Any) -> Any:
    train, test = ([*part] for part in parts())
    train[place] = change(train[place])
    return verdicts(batched(train, shuffle=True), batched(test))


def test_whole_numbers_are_wrong_for_what_is_no_text() -> None:
    found = _changed(0, lambda x: np.round(x).astype("int64"))
    assert outcome(found) == {"batches": "wrong_dtype"}
    assert "`structured`" in found["batches"].message


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_part_in_another_order_gets_its_name(place: int) -> None:
    found = _changed(place, lambda values: values[::-1].copy())
    assert outcome(found) == {"batches": "misaligned"}
    assert ("`structured` de `names`" in found["batches"].message) == (place < 2)


@pytest.mark.parametrize("place", [0, 1])
def test_nothing_is_said_of_rows_that_prepare_did_not_make(place: int) -> None:
    noise = np.random.default_rng(0)
    assert outcome(_changed(place, lambda x: (x[::-1] + noise.normal(size=x.shape)).astype("float32"))) == {}


def test_inputs_in_each_others_place_get_their_name() -> None:
    (s, n, y), (st, nt, yt) = parts()
    swapped, of_test = (n.astype("float32"), s, y), (nt.astype("float32"), st, yt)
    found = verdicts(batched(swapped, shuffle=True), batched(of_test))
    assert outcome(found) == {"batches": "inputs_swapped"}
    assert "`structured` en `names`" in found["batches"].message


def test_inputs_of_one_width_in_each_others_place_get_their_name() -> None:
    assert outcome(of_one_width(lambda s, n, y: (n, s, y))) == {"batches": "inputs_swapped"}
    assert outcome(of_one_width(lambda s, n, y: (s, n, y))) == {}


def test_labels_of_words_are_wrong() -> None:
    assert outcome(_changed(2, lambda y: 2 * y)) == {"batches": "labels_wrong"}


def test_orders_get_their_names() -> None:
    train, test = parts()
    assert outcome(verdicts(batched(train), batched(test))) == {"shuffle": "train_not_shuffled"}
    found = verdicts(batched(train, shuffle=True), batched(test, shuffle=True))
    assert outcome(found) == {"shuffle": "test_shuffled"}
    assert "passagiers" in found["shuffle"].message


def test_rows_of_the_test_part_in_training_get_their_name() -> None:
    train, test = parts()
    both = [np.concatenate(pair) for pair in zip(train, test, strict=True)]
    assert outcome(verdicts(batched(both, shuffle=True), batched(test)))["batches"] == "test_rows_in_training"


def test_rows_drawn_with_replacement_are_not_all_rows() -> None:
    train, test = parts()
    drawn = np.random.default_rng(0).integers(len(train[0]), size=len(train[0]))
    some = [part[drawn] for part in train]
    assert outcome(verdicts(batched(some, shuffle=True), batched(test))) == {"batches": "rows_lost"}


# ---------------------------------------- three heads


def of_patients(change: Any) -> dict[str, str]:
    train, test = split(patients())
    features = list(DIABETES.inputs[0].columns)

    def arrays(rows: Any) -> Any:
        x = np.array((rows[features] - train[features].mean()) / train[features].std(), "float32")
        labels = change(*(np.array(head.labels(rows[head.column]), "float32") for head in DIABETES.heads))
        return x, *labels

    found = loaders(batched(arrays(train), shuffle=True), batched(arrays(test)), DIABETES)
    context = Context(seed=1, problem=DIABETES, students=to_frame(patients()))
    case = Case(NotebookEvidence(framework="pytorch", loaders=found), context)
    judge(case)
    return outcome({name: case.verdicts[name] for name in CRITERIA})


def test_three_labels_pass_and_wrong_ones_get_their_name() -> None:
    assert of_patients(lambda a, b, c: (a, b, c)) == {}
    assert of_patients(lambda a, b, c: (a, 1 - b, c)) == {"batches": "labels_wrong"}
    assert of_patients(lambda a, b, c: (a, b, c + 1)) == {"batches": "labels_wrong"}
    assert of_patients(lambda a, b, c: (b, a, c)) == {"batches": "labels_swapped"}
