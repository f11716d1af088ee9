"""The probe reads every kind of loader to the end, twice, and leaves it as it was."""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from problems import MULTITASK
from torch.utils.data import DataLoader, TensorDataset

from autograder.evidence.records import Batches, Failure, LoadersEvidence
from autograder.probe.loaders import MAX_ROWS, loaders, unpack
from autograder.probe.quiet import quiet

RNG = np.random.default_rng(0)
X = RNG.normal(size=(50, 11)).astype("float32")
QUALITY = RNG.integers(3, 9, size=50).astype("float32")
GOOD = (QUALITY >= 6).astype("float32")
MISSING = Failure(kind="missing", name="test_data")


def read(data: Any) -> Batches:
    found = LoadersEvidence.from_wire(loaders(data, MISSING, MULTITASK).to_wire()).train
    assert isinstance(found, Batches), found
    return found


def fails(data: Any) -> Failure:
    found = loaders(data, MISSING, MULTITASK).train
    assert isinstance(found, Failure)
    return found


def holds_everything(found: Batches) -> bool:
    rows = np.column_stack([found.x, *found.labels])
    expected = np.column_stack([X, QUALITY, GOOD])
    return bool(np.array_equal(rows[np.lexsort(rows.T)], expected[np.lexsort(expected.T)]))


def in_order(found: Batches) -> bool:
    return bool(np.array_equal(found.second_order, np.arange(len(found.x))))


def tensors() -> TensorDataset:
    return TensorDataset(torch.tensor(X), torch.tensor(QUALITY), torch.tensor(GOOD))


FORMS: dict[str, Any] = {
    "three": lambda x, q, g: (x, q, g),
    "list": lambda x, q, g: [x, q, g],
    "pair": lambda x, q, g: (x, (q, g)),
    "list pair": lambda x, q, g: [x, [q, g]],
    "dict of labels": lambda x, q, g: (x, {"quality": q, "good": g}),
    "dict in another order": lambda x, q, g: (x, {"good": g, "quality": q}),
    "one dict": lambda x, q, g: {"X": x, "quality": q, "good": g},
    "two columns": lambda x, q, g: (x, np.stack([q, g], axis=1)),
    "frame": lambda x, q, g: (pd.DataFrame(x), pd.DataFrame({"good": g, "quality": q})),
    "named inputs": lambda x, q, g: ({"wijn": x}, {"quality": q, "good": g}),
    "with weights": lambda x, q, g: (x, (q, g), (np.ones(len(q)), np.ones(len(q)))),
    "columns of one": lambda x, q, g: (x, q[:, None], g[:, None]),
    "lists": lambda x, q, g: (x.tolist(), q.tolist(), g.tolist()),
    "tensors": lambda x, q, g: tuple(torch.tensor(part) for part in (x, q, g)),
}


class Reiterable:
    """Gives its batches anew each time."""

    def __init__(self, form: str, size: int, *, shuffle: bool = False) -> None:
        self.form, self.size, self.shuffle = form, size, shuffle

    def __iter__(self) -> Iterator[Any]:
        order = np.random.permutation(len(X)) if self.shuffle else np.arange(len(X))
        for start in range(0, len(X), self.size):
            part = order[start : start + self.size]
            yield FORMS[self.form](X[part], QUALITY[part], GOOD[part])


@settings(max_examples=60, deadline=None)
@given(form=st.sampled_from(sorted(FORMS)), size=st.integers(2, 60), shuffle=st.booleans())
def test_every_form_of_batch_and_size_is_read(form: str, size: int, shuffle: bool) -> None:
    found = read(Reiterable(form, size, shuffle=shuffle))
    assert holds_everything(found)
    assert in_order(found) is not shuffle
    assert found.kind == "loader"
    assert sum(found.sizes) == 50


@pytest.mark.parametrize("form", FORMS)
def test_plain_arrays_are_read_in_every_form(form: str) -> None:
    found = read(FORMS[form](X, QUALITY, GOOD))
    assert found.kind == "arrays"
    assert holds_everything(found)
    assert found.sizes == (50,)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_a_list_of_batches_is_a_loader(count: int) -> None:
    parts = np.array_split(np.arange(50), count)
    found = read([(X[part], QUALITY[part], GOOD[part]) for part in parts])
    assert found.kind == "loader"
    assert holds_everything(found)
    assert in_order(found)


def test_a_data_loader_is_read_with_its_shapes_and_dtypes() -> None:
    found = read(DataLoader(tensors(), batch_size=16))
    assert found.shapes == ((16, 11), (16,), (16,))
    assert found.dtypes == ("float32", "float32", "float32")
    assert found.sizes == (16, 16, 16, 2)
    assert in_order(found)


def test_a_shuffling_data_loader_has_another_order() -> None:
    found = read(DataLoader(tensors(), batch_size=16, shuffle=True))
    assert holds_everything(found)
    assert sorted(found.second_order) == list(range(50))
    assert not in_order(found)


def test_identical_rows_are_told_apart_by_their_turn() -> None:
    twice = TensorDataset(*(torch.tensor(np.repeat(part, 2, axis=0)) for part in (X, QUALITY, GOOD)))
    assert in_order(read(DataLoader(twice, batch_size=7)))


def test_reading_leaves_random_states_alone() -> None:
    generator = torch.Generator().manual_seed(3)
    loader = DataLoader(tensors(), batch_size=8, shuffle=True, generator=generator)
    before = generator.get_state(), torch.get_rng_state(), np.random.get_state()[1].copy(), random.getstate()
    read(loader)
    read(Reiterable("three", 8, shuffle=True))
    assert torch.equal(before[0], generator.get_state())
    assert torch.equal(before[1], torch.get_rng_state())
    assert np.array_equal(before[2], np.random.get_state()[1])
    assert before[3] == random.getstate()


def test_reading_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    class Loud(Reiterable):
        def __iter__(self) -> Iterator[Any]:
            print("batches")  # noqa: T201 - must be swallowed
            return super().__iter__()

    read(Loud("three", 10))
    assert capsys.readouterr() == ("", "")


class ByNumber:
    """A PyDataset by another name."""

    def __init__(self, *, shuffle: bool = False) -> None:
        self.order = np.arange(50)
        self.shuffle = shuffle
        self.num_batches = 5

    def __getitem__(self, number: int) -> Any:
        part = self.order[10 * number : 10 * number + 10]
        return X[part], (QUALITY[part], GOOD[part])

    def on_epoch_end(self) -> None:
        if self.shuffle:
            np.random.shuffle(self.order)


@pytest.mark.parametrize("shuffle", [True, False])
def test_batches_by_number_are_read_and_left_in_order(shuffle: bool) -> None:
    data = ByNumber(shuffle=shuffle)
    found = read(data)
    assert found.kind == "indexed"
    assert holds_everything(found)
    assert in_order(found) is not shuffle
    assert np.array_equal(data.order, np.arange(50))


class AtTheStart(ByNumber):
    """Draws its order when an epoch starts."""

    def on_epoch_begin(self) -> None:
        super().on_epoch_end()

    def on_epoch_end(self) -> None:
        pass


@pytest.mark.parametrize("shuffle", [True, False])
def test_an_order_may_be_drawn_at_the_start_of_an_epoch(shuffle: bool) -> None:
    found = read(AtTheStart(shuffle=shuffle))
    assert holds_everything(found)
    assert in_order(found) is not shuffle


def test_an_iterator_gives_what_it_has_and_no_second_order() -> None:
    found = read(iter([(X, QUALITY, GOOD)]))
    assert holds_everything(found)
    assert len(found.second_order) == 0


def test_an_exhausted_iterator_is_empty() -> None:
    assert fails(iter([])).detail == "leeg"


def test_an_endless_loader_is_given_up() -> None:
    class Endless:
        def __iter__(self) -> Iterator[Any]:
            while True:
                yield X, QUALITY, GOOD

    assert str(MAX_ROWS) in fails(Endless()).detail


def test_endless_empty_batches_are_given_up() -> None:
    class Endless:
        def __iter__(self) -> Iterator[Any]:
            while True:
                yield X[:0], QUALITY[:0], GOOD[:0]

    assert fails(Endless()).kind == "unsupported"


def test_a_dataset_of_single_wines_keeps_its_shapes() -> None:
    found = read(tensors())
    assert found.shapes == ((11,), (), ())
    assert holds_everything(found)


def test_batches_of_unequal_lengths_are_reported_with_their_shapes() -> None:
    assert fails([(X, QUALITY[:-1], GOOD)]).detail.startswith("vormen: (50, 11)")


@pytest.mark.parametrize("value", [None, ...])
def test_a_placeholder_is_missing(value: Any) -> None:
    assert fails(value).kind == "missing"


def test_a_loader_that_raises_is_a_failure_with_its_error() -> None:
    class Broken:
        def __iter__(self) -> Iterator[Any]:
            raise RuntimeError("no\nwines")

    found = fails(Broken())
    assert (found.kind, found.detail) == ("raised", "RuntimeError: no wines")


@pytest.mark.parametrize("value", [3, "train", object(), [(X, QUALITY)], [(X, object(), GOOD)], [X]])
def test_what_is_no_loader_is_unsupported(value: Any) -> None:
    assert fails(value).kind in {"unsupported", "raised"}


def test_an_unknown_form_says_what_it_is() -> None:
    with pytest.raises(TypeError, match="een tuple van 4"):
        unpack((X, X, X, X), MULTITASK)


@pytest.fixture(scope="module")
def tf() -> Any:
    return pytest.importorskip("tensorflow")


@pytest.mark.parametrize("form", ["three", "pair", "dict of labels", "one dict"])
@pytest.mark.parametrize("shuffle", [True, False])
@pytest.mark.filterwarnings("ignore")
def test_a_tf_dataset_is_read(tf: Any, form: str, shuffle: bool) -> None:
    data = tf.data.Dataset.from_tensor_slices(FORMS[form](X, QUALITY, GOOD))
    data = data.shuffle(50).batch(8) if shuffle else data.batch(8)
    found = read(data)
    assert found.kind == "loader"
    assert holds_everything(found)
    assert in_order(found) is not shuffle


@pytest.mark.filterwarnings("ignore")
def test_random_states_of_keras_and_tensorflow_are_given_back(tf: Any) -> None:
    import keras

    def draw() -> list[float]:
        return [float(tf.random.normal(())), float(keras.random.normal(()))]

    keras.utils.set_random_seed(1)
    draw()
    expected = [draw(), draw()]
    keras.utils.set_random_seed(1)
    draw()
    with quiet():
        draw()
    assert [draw(), draw()] == expected


@pytest.mark.filterwarnings("ignore")
def test_a_py_dataset_is_read_by_number(tf: Any) -> None:
    import keras

    class Wines(keras.utils.PyDataset):  # type: ignore[misc]
        def __len__(self) -> int:
            return 5

        def __getitem__(self, number: int) -> Any:
            part = slice(10 * number, 10 * number + 10)
            return X[part], {"quality": QUALITY[part], "good": GOOD[part]}

    found = read(Wines())
    assert found.kind == "indexed"
    assert holds_everything(found)
