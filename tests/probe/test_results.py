"""The probe on the student's figures, and on finding the training part with which to prepare hidden wines."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from other_problems import PASSENGERS, passengers
from problems import MULTITASK
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from autograder.data import split_hidden
from autograder.evidence.frames import to_frame
from autograder.evidence.records import Batches, Failure, HiddenEvidence, ResultsEvidence
from autograder.evidence.requests import Frame
from autograder.probe.results import hidden, results
from autograder.wines import FEATURES, load_wines

F = list(FEATURES)


# ---------------------------------------- figures


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        np.float32(0.5),
        np.float64(0.5),
        np.array(0.5),
        np.array([0.5]),
        torch.tensor(0.5),
        torch.tensor([[0.5]]),
        [0.5],
    ],
)
def test_a_number_of_any_library_is_read(value: Any) -> None:
    found = ResultsEvidence.from_wire(results({"mae": value, "accuracy": 1}).to_wire())
    assert found.figures == {"mae": 0.5, "accuracy": 1.0}


def test_a_tensor_with_a_gradient_is_read() -> None:
    assert results({"mae": torch.tensor(0.5, requires_grad=True)}).figures["mae"] == 0.5


def test_nan_travels() -> None:
    assert np.isnan(ResultsEvidence.from_wire(results({"mae": float("nan")}).to_wire()).figures["mae"])


@pytest.mark.parametrize("value", ["0.5", print, [0.5, 0.6], object(), {"mae": 0.5}, b"0"])
def test_what_is_no_number_is_unsupported(value: Any) -> None:
    found = results({"mae": value}).figures["mae"]
    assert isinstance(found, Failure)
    assert found.kind == "unsupported"


@pytest.mark.parametrize("value", [None, ..., Failure(kind="missing", name="mae")])
def test_a_placeholder_is_missing(value: Any) -> None:
    assert results({"mae": value}).figures["mae"] == Failure(kind="missing", name="mae")


# ---------------------------------------- hidden wines


@cache
def wines() -> tuple[pd.DataFrame, pd.DataFrame]:
    both = split_hidden(load_wines(), MULTITASK, seed=7)
    return both.students, both.hidden


def frame(table: pd.DataFrame) -> Frame:
    return to_frame(table)


def split(table: pd.DataFrame) -> Any:
    """Another split each time, as an unseeded one gives."""
    return train_test_split(table, test_size=0.2, random_state=np.random.default_rng().integers(2**31))


def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    x = StandardScaler().fit(train[F]).transform(rows[F]).astype("float32")
    return x, rows["quality"], rows["quality"] >= 6


def loader_of(train: pd.DataFrame, prepare: Any = prepare, rows: slice = slice(None)) -> Batches:
    x = prepare(train, train)[0][rows]
    return Batches(
        kind="loader",
        x=np.asarray(x),
        widths=(x.shape[1],),
        labels=(np.zeros(len(x)), np.zeros(len(x))),
        shapes=((32, 11), (32,), (32,)),
        dtypes=("float32",) * 3,
        sizes=(len(x),),
        second_order=np.zeros(0),
    )


def prepared(
    train_batches: Any, frames: dict[str, pd.DataFrame], prepare: Any = prepare, split: Any = split
) -> HiddenEvidence:
    found = hidden(prepare, split, frame(wines()[0]), frame(wines()[1]), train_batches, frames, MULTITASK)
    return HiddenEvidence.from_wire(found.to_wire())


@cache
def train() -> pd.DataFrame:
    part: pd.DataFrame = train_test_split(wines()[0], test_size=0.2, random_state=5)[0]
    return part


def expected() -> Any:
    return prepare(train(), wines()[1])[0]


@pytest.mark.parametrize("name", ["train", "train_df", "deel1", "_7"])
def test_the_training_part_is_found_under_any_name(name: str) -> None:
    frames = {"wines": wines()[0], "test": wines()[0].drop(train().index), name: train(), "klein": train()[:5]}
    found = prepared(loader_of(train()), frames)
    assert found.train_found
    assert np.array_equal(found.x, expected())


def test_a_name_that_was_used_again_does_not_mislead() -> None:
    later = train_test_split(wines()[0], test_size=0.2, random_state=6)[0]
    found = prepared(loader_of(train()), {"train": later, "mijn_deel": train()})
    assert found.train_found
    assert np.array_equal(found.x, expected())


def test_validation_rows_that_were_taken_out_do_not_hide_it() -> None:
    found = prepared(loader_of(train(), rows=slice(0, 800)), {"train": train()})
    assert found.train_found


def test_a_seeded_split_is_found_without_a_frame() -> None:
    def seeded(table: pd.DataFrame) -> Any:
        return train_test_split(table, test_size=0.2, random_state=5)

    found = prepared(loader_of(train()), {}, split=seeded)
    assert found.train_found
    assert np.array_equal(found.x, expected())


def test_a_split_that_cannot_be_found_again_is_replaced_by_a_new_one() -> None:
    found = prepared(loader_of(train()), {"wines": wines()[0]})
    assert not found.train_found
    assert found.x is not None
    assert np.abs(found.x - expected()).mean() < 0.1


def test_without_a_loader_a_new_split_stands_in() -> None:
    found = prepared(Failure(kind="missing", name="train_data"), {"train": train()})
    assert not found.train_found
    assert found.x is not None


def test_without_split_the_frame_called_train_stands_in() -> None:
    missing = Failure(kind="missing", name="split")
    found = prepared(missing, {"train": train()}, split=missing)
    assert np.array_equal(found.x, expected())


def test_columns_that_split_adds_are_added_to_the_hidden_wines() -> None:
    def adding(table: pd.DataFrame) -> Any:
        return split(table.assign(ratio=table["alcohol"] / table["density"]))

    def using(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        columns = [*F, "ratio"]
        x = (rows[columns] - train[columns].mean()) / train[columns].std()
        return x.to_numpy(), rows["quality"], rows["quality"] >= 6

    part = adding(wines()[0])[0]
    found = prepared(loader_of(part, using), {"train": part}, using, adding)
    assert found.train_found
    rows = wines()[1].assign(ratio=wines()[1]["alcohol"] / wines()[1]["density"])
    assert np.allclose(found.x, using(part, rows)[0])


def test_a_scaler_that_is_fitted_on_train_in_a_global_serves_the_hidden_wines() -> None:
    scaler = StandardScaler()

    def remembering(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        x = scaler.fit_transform(rows[F]) if rows is train else scaler.transform(rows[F])
        return x.astype("float32"), rows["quality"], rows["quality"] >= 6

    batches = loader_of(train(), remembering)
    scaler.fit(wines()[0][F][:50])
    found = prepared(batches, {"train": train()}, remembering)
    assert np.allclose(found.x, expected(), atol=1e-5)
    assert scaler.n_samples_seen_ == 50


@pytest.mark.parametrize(
    ("broken", "kind"),
    [
        (Failure(kind="missing", name="prepare"), "missing"),
        (lambda train, rows: rows["good"], "raised"),
        (lambda train, rows: None, "unsupported"),
        (lambda train, rows: prepare(train, rows[:10]), "unsupported"),
    ],
)
def test_a_broken_prepare_is_a_failure(broken: Any, kind: str) -> None:
    found = prepared(loader_of(train()), {"train": train()}, broken)
    assert found.x is None
    assert found.failure is not None
    assert found.failure.kind == kind


def test_the_frames_of_the_student_are_left_alone() -> None:
    def spoiling(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        made = prepare(train, rows)
        train.drop(columns=F, inplace=True)
        rows["quality"] = 0
        return made

    frames = {"train": train().copy()}
    prepared(loader_of(train()), frames, spoiling)
    assert frames["train"].equals(train())


# ---------------------------------------- several inputs


def two_inputs(train: pd.DataFrame, rows: pd.DataFrame, *, filled: bool) -> Any:
    columns = ["pclass", "age", "fare"]
    numbers = (rows[columns] - train[columns].mean()) / train[columns].std()
    lengths = np.column_stack([rows["name"].str.len(), rows["name"].str.count(" ")])
    return (numbers.fillna(0.0) if filled else numbers).to_numpy(), lengths, rows["survived"].to_numpy()


@pytest.mark.parametrize("filled", [True, False])
def test_the_hidden_rows_of_several_inputs_stand_side_by_side(filled: bool) -> None:
    table = passengers()
    students, others = table[:700].reset_index(drop=True), table[700:].reset_index(drop=True)
    part = train_test_split(students, test_size=0.2, random_state=5)[0]

    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        return two_inputs(train, rows, filled=filled)

    numbers, lengths, survived = prepare(part, part)
    rows = Batches(
        kind="loader",
        x=np.hstack([numbers, lengths]),
        widths=(3, 2),
        labels=(survived,),
        shapes=((32, 3), (32, 2), (32,)),
        dtypes=("float64", "int64", "int64"),
        sizes=(len(survived),),
        second_order=np.zeros(0),
    )
    found = hidden(prepare, split, to_frame(students), to_frame(others), rows, {"mijn_deel": part}, PASSENGERS)
    assert found.train_found
    assert found.widths == (3, 2)
    assert np.allclose(found.x, np.hstack(prepare(part, others)[:2]), equal_nan=True)
