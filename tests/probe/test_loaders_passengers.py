"""The probe reads loaders of several inputs and one label, in whatever containers they come."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from other_problems import DIABETES, PASSENGERS
from torch.utils.data import DataLoader, TensorDataset

from autograder.evidence.records import Batches, Failure, LoadersEvidence
from autograder.probe.loaders import first_batch, loaders

RNG = np.random.default_rng(0)
STRUCTURED = RNG.normal(size=(50, 9)).astype("float32")
NAMES = RNG.integers(0, 300, size=(50, 12))
SURVIVED = RNG.integers(0, 2, size=50).astype("float32")
MISSING = Failure(kind="missing", name="test_data")


def read(data: Any, problem: Any = PASSENGERS) -> Batches:
    found = LoadersEvidence.from_wire(loaders(data, MISSING, problem).to_wire()).train
    assert isinstance(found, Batches), found
    return found


def holds_everything(found: Batches) -> bool:
    rows = np.column_stack([found.x, *found.labels])
    expected = np.column_stack([STRUCTURED, NAMES, SURVIVED])
    return bool(np.array_equal(rows[np.lexsort(rows.T)], expected[np.lexsort(expected.T)]))


FORMS: dict[str, Any] = {
    "pair": lambda s, n, y: ((s, n), y),
    "list in a list": lambda s, n, y: [[s, n], y],
    "flat": lambda s, n, y: (s, n, y),
    "flat list": lambda s, n, y: [s, n, y],
    "label in a tuple": lambda s, n, y: ((s, n), (y,)),
    "label by name": lambda s, n, y: ((s, n), {"survived": y}),
    "label by another name": lambda s, n, y: ((s, n), {"y": y}),
    "inputs by name": lambda s, n, y: ({"structured": s, "names": n}, y),
    "inputs in another order": lambda s, n, y: ({"names": n, "structured": s}, y),
    "inputs by longer names": lambda s, n, y: ({"x_names": n, "x_structured": s}, y),
    "one known name": lambda s, n, y: ({"names": n, "tabular": s}, y),
    "other names": lambda s, n, y: ({"tabular": s, "text": n}, y),
    "all by name": lambda s, n, y: {"structured": s, "names": n, "survived": y},
    "another name for the label": lambda s, n, y: {"label": y, "structured": s, "names": n},
    "inputs in one entry": lambda s, n, y: {"inputs": {"structured": s, "names": n}, "survived": y},
    "with weights": lambda s, n, y: ((s, n), y, np.ones(len(y))),
    "columns": lambda s, n, y: ((s, n), np.reshape(y, (-1, 1))),
    "frames": lambda s, n, y: (pd.DataFrame(s), pd.DataFrame(n), pd.Series(y)),
    "lists": lambda s, n, y: ((s.tolist(), n.tolist()), y.tolist()),
    "tensors": lambda s, n, y: ((torch.tensor(s), torch.tensor(n)), torch.tensor(y)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", [2, 3, 16])
def test_every_form_of_batch_is_read(form: str, size: int) -> None:
    parts = [slice(start, start + size) for start in range(0, 50, size)]
    found = read([FORMS[form](STRUCTURED[part], NAMES[part], SURVIVED[part]) for part in parts])
    assert found.kind == "loader"
    assert holds_everything(found)
    assert found.widths == (9, 12)
    assert np.array_equal(found.second_order, np.arange(50))


@pytest.mark.parametrize("form", FORMS)
def test_plain_arrays_are_read_in_every_form(form: str) -> None:
    found = read(FORMS[form](STRUCTURED, NAMES, SURVIVED))
    assert found.kind == "arrays"
    assert holds_everything(found)


def test_each_input_keeps_its_shape_and_dtype() -> None:
    data = TensorDataset(torch.tensor(STRUCTURED), torch.tensor(NAMES), torch.tensor(SURVIVED))
    found = read(DataLoader(data, batch_size=16, shuffle=True))
    assert found.shapes == ((16, 9), (16, 12), (16,))
    assert found.dtypes == ("float32", "int64", "float32")
    assert found.x.dtype == np.float64
    assert holds_everything(found)
    assert not np.array_equal(found.second_order, np.arange(50))


def test_inputs_of_one_dtype_keep_it() -> None:
    assert read(((STRUCTURED, NAMES.astype("float32")), SURVIVED)).x.dtype == np.float32


def test_the_first_batch_is_the_students_own() -> None:
    inputs, labels = first_batch([((STRUCTURED, NAMES), SURVIVED)], PASSENGERS)
    assert inputs[0] is STRUCTURED
    assert inputs[1] is NAMES
    assert labels[0] is SURVIVED


@pytest.mark.parametrize(
    "batch",
    [
        (STRUCTURED, SURVIVED),
        ((STRUCTURED,), SURVIVED),
        (STRUCTURED, NAMES, SURVIVED, SURVIVED, SURVIVED),
        {"a": STRUCTURED},
    ],
)
def test_what_lacks_an_input_is_unsupported(batch: Any) -> None:
    found = loaders([batch], MISSING, PASSENGERS).train
    assert isinstance(found, Failure)
    assert found.kind == "unsupported"


def test_inputs_of_unequal_lengths_are_reported_with_their_shapes() -> None:
    found = loaders([((STRUCTURED, NAMES[:-1]), SURVIVED)], MISSING, PASSENGERS).train
    assert isinstance(found, Failure)
    assert found.detail.startswith("vormen: (50, 9), (49, 12)")


LABELS = [RNG.normal(size=50), SURVIVED, SURVIVED[::-1].copy()]

OF_THREE: dict[str, Any] = {
    "flat": lambda x, a, b, c: (x, a, b, c),
    "tuple": lambda x, a, b, c: (x, (a, b, c)),
    "dict": lambda x, a, b, c: (x, {"sex": c, "high": b, "progression": a}),
    "table": lambda x, a, b, c: (x, np.stack([a, b, c], axis=1)),
    "frame": lambda x, a, b, c: (x, pd.DataFrame({"sex": c, "high": b, "progression": a})),
    "one dict": lambda x, a, b, c: {"progression": a, "high": b, "sex": c, "features": x},
    "with weights": lambda x, a, b, c: (x, (a, b, c), (np.ones(len(a)),) * 3),
}


@pytest.mark.parametrize("form", OF_THREE)
@pytest.mark.parametrize("size", [2, 3, 4, 50])
def test_three_labels_are_read(form: str, size: int) -> None:
    parts = [slice(start, start + size) for start in range(0, 50, size)]
    found = read([OF_THREE[form](STRUCTURED[part], *(label[part] for label in LABELS)) for part in parts], DIABETES)
    assert np.array_equal(found.x, STRUCTURED)
    assert all(np.array_equal(*pair) for pair in zip(found.labels, LABELS, strict=True))


def test_two_labels_of_three_are_unsupported() -> None:
    found = loaders([(STRUCTURED, LABELS[0], LABELS[1])], MISSING, DIABETES).train
    assert isinstance(found, Failure)
    assert "een tuple van 3" in found.detail
