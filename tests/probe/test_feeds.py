"""What a Keras loop of the student's own feeds: whether it shuffles, and on which rows it trained."""

from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from autograder.probe import feeds

RNG = np.random.default_rng(0)
X = RNG.normal(size=(200, 11)).astype("float32")
Y = RNG.integers(3, 9, size=(200, 1)).astype("float32")

Step = Callable[[Any, Any], Any]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    feeds.watch()
    feeds.forget()
    yield
    feeds.forget()


def net() -> keras.Model:
    model = keras.Sequential([keras.Input((11,)), layers.Dense(4, "relu"), layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


def on_batch(model: keras.Model) -> Step:
    return lambda x, y: model.train_on_batch(x, y)


def tape(model: keras.Model) -> Step:
    def step(x: Any, y: Any) -> None:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(x, training=True) - y) ** 2)
        model.optimizer.apply_gradients(
            zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True)
        )

    return step


def traced(model: keras.Model) -> Step:
    return tf.function(tape(model))


def half_traced(model: keras.Model) -> Step:
    @tf.function
    def gradients(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(x, training=True) - y) ** 2)
        return tape.gradient(loss, model.trainable_variables)

    return lambda x, y: model.optimizer.apply(gradients(x, y), model.trainable_variables)


STEPS = {"train_on_batch": on_batch, "tape": tape, "tf.function": traced, "gradients only": half_traced}


def order(kind: str, epochs: int = 4, size: int = 16, rows: int = len(X)) -> Iterator[np.ndarray]:
    """The rows of each batch."""
    rng = np.random.default_rng(1)
    fixed = rng.permutation(rows)
    starts = np.arange(0, rows, size)
    for _ in range(epochs):
        every = rng.permutation(rows) if kind == "shuffled" else fixed
        for start in rng.permutation(starts) if kind == "batches only" else starts:
            yield every[start : start + size]


def loop(step: Step, kind: str, **more: Any) -> None:
    for rows in order(kind, **more):
        step(tf.constant(X[rows]), tf.constant(Y[rows]))


@pytest.mark.parametrize("how", STEPS)
@pytest.mark.parametrize(("kind", "expected"), [("shuffled", True), ("fixed", False), ("batches only", None)])
def test_a_loop_is_followed_whatever_takes_its_steps(how: str, kind: str, expected: bool | None) -> None:
    loop(STEPS[how](net()), kind)
    assert feeds.shuffled(X) is expected


@pytest.mark.parametrize("size", [1, 7, 40])
@pytest.mark.parametrize(("kind", "expected"), [("shuffled", True), ("fixed", False)])
def test_batches_may_have_any_size(size: int, kind: str, expected: bool) -> None:
    loop(traced(net()), kind, size=size, epochs=3)
    assert feeds.shuffled(X) is expected


@pytest.mark.parametrize("kind", ["shuffled", "fixed"])
def test_one_epoch_or_batches_of_everything_do_not_tell(kind: str) -> None:
    loop(tape(net()), kind, epochs=1)
    assert feeds.shuffled(X) is None
    feeds.forget()
    loop(tape(net()), kind, size=len(X))
    assert feeds.shuffled(X) is None


def test_a_trial_on_a_few_batches_does_not_tell() -> None:
    loop(tape(net()), "fixed", rows=48, epochs=40)
    assert feeds.shuffled(X) is None


@pytest.mark.parametrize(("kind", "expected"), [("shuffled", True), ("fixed", False)])
@pytest.mark.parametrize("how", ["tape", "tf.function"])
def test_looking_in_between_is_no_training(how: str, kind: str, expected: bool) -> None:
    model = net()
    step, looked = STEPS[how](model), tf.function(lambda x: model(x))
    for rows in order(kind):
        model(X[:50], training=False)
        step(tf.constant(X[rows]), tf.constant(Y[rows]))
        model(tf.constant(X), training=False)
        looked(tf.constant(X))
        model.test_on_batch(X[:20], Y[:20])
    assert feeds.shuffled(X) is expected


def test_other_rows_than_those_of_the_loader_do_not_tell() -> None:
    loop(tape(net()), "fixed")
    assert feeds.shuffled(X + 1) is None


def test_nothing_is_noted_while_the_probe_works() -> None:
    with feeds.paused():
        loop(tape(net()), "fixed")
    assert not feeds.any_noted()


def test_fit_and_predict_are_not_noted_as_steps() -> None:
    model = net()
    model.fit(X, Y, epochs=2, verbose=0)
    model.predict(X, verbose=0)
    assert not feeds.any_noted()


def test_what_the_loop_computes_stays_the_same() -> None:
    keras.utils.set_random_seed(1)
    watched = net()
    loop(traced(watched), "fixed")
    keras.utils.set_random_seed(1)
    other = net()
    with feeds.paused():
        loop(traced(other), "fixed")
    for one, two in zip(watched.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(one, two)


# ---------------------------------------- several inputs

WORDS = RNG.integers(0, 300, size=(200, 5)).astype("int64")


def two_inputs() -> keras.Model:
    first, second = keras.Input((11,)), keras.Input((5,), dtype="int64")
    words = layers.Flatten()(layers.Embedding(300, 2)(second))
    model = keras.Model([first, second], layers.Dense(1)(layers.Concatenate()([first, words])))
    model.compile("sgd", "mse")
    return model


def both(rows: Any) -> Any:
    return [X[rows], WORDS[rows]]


def turned(rows: Any) -> Any:
    return [WORDS[rows], X[rows]]


@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.parametrize("make", [on_batch, tape, traced])
def test_rows_of_two_inputs_are_recognised(make: Callable[[keras.Model], Step], shuffle: bool) -> None:
    step = make(two_inputs())
    rows, rng = np.arange(200), np.random.default_rng(1)
    for _ in range(3):
        order = rng.permutation(rows) if shuffle else rows
        for start in range(0, 200, 25):
            step(both(order[start : start + 25]), Y[order[start : start + 25]])
    assert feeds.shuffled(np.column_stack([X, WORDS]), (11, 5)) is shuffle
    assert feeds.shuffled(np.column_stack([X, WORDS + 1]), (11, 5)) is None


def test_inputs_are_recognised_in_any_order() -> None:
    fed = feeds.Fed(np.column_stack([X, WORDS]), widths=(11, 5))
    assert fed.places_in(turned(slice(3, 6))) == [3, 4, 5]
    assert fed.places_in([X[3:6]]) == []


# ---------------------------------------- rows that trained


def trained(model: keras.Model) -> int:
    """How many distinct rows are known to have trained a model."""
    return len(set().union(*(rows.keys for rows in feeds.fed(model))))


@pytest.mark.parametrize("how", ["train_on_batch", "tape", "tf.function"])
def test_rows_of_steps_are_those_that_trained(how: str) -> None:
    model = net()
    step = STEPS[how](model)
    for rows in order("shuffled", rows=100):
        step(tf.constant(X[rows]), tf.constant(Y[rows]))
        model(tf.constant(X), training=True)
        model.test_on_batch(X, Y)
    # Which optimizers there are is known after the first call of a traced function only, but the rows come again.
    assert trained(model) == 100
    assert trained(net()) == 0


def test_a_function_that_only_measures_on_some_calls_trains_on_the_others_only() -> None:
    model = net()

    @tf.function
    def run(x: Any, y: Any, learn: bool) -> None:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(x, training=learn) - y) ** 2)
        if learn:
            model.optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)

    for _ in range(3):
        run(tf.constant(X[:50]), tf.constant(Y[:50]), True)
        run(tf.constant(X[50:]), tf.constant(Y[50:]), False)
    assert trained(model) == 50


def test_what_a_whole_epoch_is_measured_on_is_not_what_it_was_trained_on() -> None:
    model = net()
    step = tape(model)

    @tf.function
    def epoch(batches: Any, x: Any) -> Any:
        for inputs, labels in batches:
            step(inputs, labels)
        return model(x)

    batches = tf.data.Dataset.from_tensor_slices((X[:100], Y[:100])).batch(20)
    for _ in range(3):
        epoch(batches, tf.constant(X[100:]))
    assert trained(model) == 0


def test_a_gradient_that_is_not_applied_trains_nothing() -> None:
    model = net()
    step = tape(model)
    for _ in range(3):
        with tf.GradientTape():
            model(X[100:])
        step(X[:100], Y[:100])  # two tables: which of them trained is not certain
        step(X[:50], Y[:50])
    assert trained(model) == 50
