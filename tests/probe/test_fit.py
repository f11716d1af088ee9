"""On which rows Keras' `fit` trained: arrays, data sets, without what it keeps to validate."""

import math
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers
from problems import MULTITASK

from autograder.evidence.records import Batches, Failure, UsedTestRows
from autograder.probe import feeds, fit
from autograder.probe.trained import Rows, used_test_rows

X = np.random.default_rng(0).normal(size=(100, 11)).astype("float32")
Y = np.full((100, 1), 5.6, dtype="float32")


class Indexed(keras.utils.PyDataset):  # type: ignore[misc]
    """Batches by number."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def __len__(self) -> int:
        return math.ceil(self.rows / 16)

    def __getitem__(self, number: int) -> Any:
        chosen = slice(16 * number, min(16 * number + 16, self.rows))
        return X[chosen], Y[chosen]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    fit.watch()
    fit.forget()
    yield
    fit.forget()


def net() -> keras.Model:
    model = keras.Sequential([keras.Input((11,)), layers.Dense(4, "relu"), layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


def trained(model: keras.Model, but: Any = None) -> int:
    return len(set().union(*(rows.keys for rows in fit.fed(model, but, MULTITASK))))


def dataset(rows: int) -> Any:
    return tf.data.Dataset.from_tensor_slices((X[:rows], Y[:rows]))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"x": X, "y": Y}, 100),
        ({"x": X, "y": Y, "validation_split": 0.25}, 75),
        ({"x": X, "y": Y, "validation_split": 0.25, "validation_data": (X, Y)}, 100),
        ({"x": X[:60], "y": Y[:60], "validation_data": (X, Y)}, 60),
        ({"x": X, "y": Y, "sample_weight": (np.arange(100) < 30).astype("float32")}, 30),
        ({"x": X, "y": Y, "steps_per_epoch": 1, "batch_size": 10}, 0),
        ({"x": X, "y": Y, "epochs": 0}, 0),
        ({"x": dataset(70).shuffle(70).batch(16), "validation_data": dataset(100).batch(16)}, 70),
        ({"x": dataset(70).repeat().batch(10), "steps_per_epoch": 2, "epochs": 2}, 40),
        ({"x": dataset(70).map(lambda x, y: (x, (y,), y)).batch(16)}, 0),
        ({"x": Indexed(50)}, 50),
    ],
)
def test_rows_that_fit_trained_on(given: dict[str, Any], expected: int) -> None:
    model = net()
    model.fit(**given, shuffle=False, verbose=0)
    assert trained(model) == expected
    assert trained(net()) == 0


def test_rows_of_several_calls_come_together() -> None:
    model = net()
    first, second = dataset(30).batch(16), dataset(40).batch(16)
    for data in (first, second, first):
        model.fit(data, shuffle=False, verbose=0)
    model.fit(X[50:], Y[50:], verbose=0)
    assert trained(model, but=second) == 80
    assert trained(model) == 80


def test_a_model_around_another_one_trains_that_too() -> None:
    model = net()
    inputs = keras.Input((11,))
    around = keras.Model(inputs, model(inputs))
    around.compile("sgd", "mse")
    around.fit(X, Y, verbose=0)
    assert trained(model) == 100


def test_fit_while_the_probe_works_is_not_noted() -> None:
    model = net()
    with feeds.paused():
        model.fit(X, Y, verbose=0)
    assert trained(model) == 0


def batches(x: np.ndarray) -> Batches:
    return Batches(
        kind="loader",
        x=x,
        widths=(x.shape[1],),
        labels=(np.zeros(len(x)), np.zeros(len(x))),
        shapes=((len(x), 11), (len(x),), (len(x),)),
        dtypes=("float32",) * 3,
        sizes=(len(x),),
        second_order=np.zeros(0),
    )


def test_wines_that_are_in_both_parts_say_nothing() -> None:
    fed = Rows()
    fed.add(X[:90].astype("float64"))
    train, test = batches(X[:60]), batches(np.concatenate([X[40:], X[90:]]))
    assert used_test_rows([fed], train, test) == UsedTestRows(held=40, trained=30)
    assert used_test_rows([], train, test) is None
    assert used_test_rows([fed], train, Failure(kind="missing", name="test_data")) is None
