"""The probe calls `split` and `prepare` as the judge expects, and leaves the student's kernel as it was."""

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from problems import MULTITASK

from autograder.data import split_hidden
from autograder.evidence.frames import to_frame, to_table
from autograder.evidence.narrow import MAX_COLUMNS
from autograder.evidence.records import DataEvidence, Failure, Part, Prepared
from autograder.evidence.requests import DataChallenge
from autograder.judge.data_challenge import make_challenge
from autograder.probe.data import call_prepare, data, positions
from autograder.probe.quiet import preserved, quiet
from autograder.wines import FEATURES, load_wines

F = list(FEATURES)
WINES = split_hidden(load_wines(), MULTITASK, seed=7).students
CHALLENGE: DataChallenge = make_challenge(
    to_frame(WINES), MULTITASK, 3
)


def split(wines: pd.DataFrame) -> Any:
    edge = int(0.8 * len(wines))
    return wines.iloc[:edge], wines.iloc[edge:]


def raw(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return rows[F].to_numpy(), rows["quality"].to_numpy(), rows["quality"].to_numpy() >= 6


def trial(split: Any = split, prepare: Any = raw) -> DataEvidence:
    return DataEvidence.from_wire(data(split, prepare, CHALLENGE, MULTITASK).to_wire())


def prepared(part: Prepared | Failure | None) -> Prepared:
    assert isinstance(part, Prepared), part
    return part


def test_the_frame_has_whole_scores_and_a_unique_index() -> None:
    frame = to_table(CHALLENGE.rows)
    assert frame["quality"].dtype == np.int64
    assert frame.index.equals(pd.RangeIndex(len(frame)))
    assert list(frame.columns) == [*F, "quality"]


def test_the_parts_are_numbered_by_their_rows() -> None:
    found = trial()
    assert isinstance(found.train, Part)
    assert isinstance(found.test, Part)
    together = [*found.train.rows, *found.test.rows]
    assert together == list(range(len(CHALLENGE.rows)))
    assert found.public_sizes == ((len(WINES) * 8 // 10, len(WINES) - len(WINES) * 8 // 10),) * 2


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 999), dtype=st.sampled_from(["float32", "float64"]), reset=st.booleans())
def test_rows_are_found_whatever_their_order_dtype_and_index(seed: int, dtype: str, reset: bool) -> None:
    wines = to_table(CHALLENGE.rows)
    part = wines.sample(frac=0.5, random_state=seed)
    changed = part.astype(dtype)
    changed = changed.reset_index(drop=True) if reset else changed
    assert np.array_equal(positions(changed, wines, F), part.index)


def test_rows_that_are_not_there_are_not_found() -> None:
    wines = to_table(CHALLENGE.rows)
    assert set(positions(wines * 1.001, wines, F)) == {-1}
    assert set(positions(wines[F[:5]], wines, F)) == {-1}
    assert set(positions(wines.assign(alcohol=np.nan), wines, F)) == {-1}
    assert set(positions(wines.assign(alcohol="veel"), wines, F)) == {-1}


def test_every_second_row_is_changed_and_no_other() -> None:
    found = trial()
    base, other = prepared(found.base).x, prepared(found.other_rows).x
    assert np.array_equal(base[0::2], other[0::2])
    changed = base[1::2] != other[1::2]
    assert changed[base[1::2] != 0].all()


def test_the_labels_are_permuted_with_all_that_split_made_of_them() -> None:
    def adding(wines: pd.DataFrame) -> Any:
        return split(wines.assign(good=wines["quality"] >= 6, ratio=wines["alcohol"] / wines["density"]))

    def showing(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        assert ((rows["quality"] >= 6) == rows["good"]).all()
        return rows[[*F, "ratio"]], rows["quality"], rows["good"]

    found = trial(adding, showing)
    base, other = prepared(found.base), prepared(found.other_labels)
    assert np.array_equal(base.x, other.x)
    assert not np.array_equal(base.labels[0], other.labels[0])
    assert np.array_equal(np.sort(base.labels[0]), np.sort(other.labels[0]))


def test_every_feature_of_train_is_changed_and_its_labels_are_not() -> None:
    def of_train(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        summary = train[F].mean().to_numpy(), train["quality"].mean()
        return np.tile([*summary[0], summary[1]], (len(rows), 1)), rows["quality"], rows["quality"] >= 6

    found = trial(prepare=of_train)
    base, other = prepared(found.base).x[0], prepared(found.other_train).x[0]
    assert (other[:11] > 1.2 * base[:11]).all()
    assert other[11] == base[11]


def test_a_wide_x_travels_in_part() -> None:
    def wide(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        return np.tile(np.arange(700.0), (len(rows), 1)), rows["quality"], rows["quality"] >= 6

    x = prepared(trial(prepare=wide).base).x
    assert x.shape[1] == MAX_COLUMNS
    assert (x[0, 0], x[0, -1]) == (0, 699)


def test_equal_arguments_stay_equal() -> None:
    def asking(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        return np.full((len(rows), 1), float(rows is train)), rows["quality"], rows["quality"]

    found = trial(prepare=asking)
    assert prepared(found.base_train).x.all()
    assert not prepared(found.base).x.any()


def test_a_missing_function_is_passed_on() -> None:
    missing = Failure(kind="missing", name="split")
    assert data(missing, raw, CHALLENGE, MULTITASK).train == missing
    missing = Failure(kind="missing", name="prepare")
    assert data(split, missing, CHALLENGE, MULTITASK).base == missing


def test_a_function_that_raises_is_a_failure_in_one_line() -> None:
    def raising(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        raise ValueError("a\nb")

    assert trial(prepare=raising).base == Failure(kind="raised", name="prepare", detail="ValueError: a b")


@pytest.mark.parametrize(
    "arrays",
    [lambda wines: [part.to_numpy() for part in split(wines)], lambda wines: (split(wines)[0], wines["quality"])],
)
def test_parts_that_are_not_frames_are_unsupported(arrays: Any) -> None:
    found = trial(arrays)
    assert isinstance(found.train, Failure)
    assert found.train.kind == "unsupported"


@pytest.mark.parametrize(
    "result",
    [
        object(),
        ("x", "y", "z"),
        (None, None, None),
        3,
        (np.ones((3, 11)), np.ones((3, 2))),
        (np.ones((3, 11)), (np.ones(3), np.ones(3))),
        (np.ones((3, 11)), {"quality": np.ones(3), "good": np.ones(3)}),
        (np.ones((3, 11)), np.ones(3), np.ones(3), np.ones(3)),
    ],
)
def test_anything_else_is_unsupported(result: Any) -> None:
    found = call_prepare(lambda train, rows: result, WINES, WINES, MULTITASK)
    assert isinstance(found, Failure)
    assert found.kind == "unsupported"


# ---------------------------------------- no trace

SCALED: dict[str, Any] = {}
COUNT = 0


def remembering(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    global COUNT  # noqa: PLW0603 - what a student may do
    COUNT += 1
    SCALED["mean"] = train.mean()
    print("preparing", np.random.rand(), random.random(), torch.rand(1))  # noqa: T201 - must be swallowed
    np.log(np.zeros(1))
    return raw(train, rows)


@pytest.mark.filterwarnings("default")
def test_no_output_random_number_or_global_changes(capsys: pytest.CaptureFixture[str]) -> None:
    states = np.random.get_state()[1].copy(), random.getstate(), torch.get_rng_state()
    trial(prepare=remembering)
    assert (COUNT, SCALED) == (0, {})
    assert np.array_equal(states[0], np.random.get_state()[1])
    assert states[1] == random.getstate()
    assert torch.equal(states[2], torch.get_rng_state())
    assert capsys.readouterr() == ("", "")


def test_a_name_that_a_function_makes_is_taken_away_again() -> None:
    namespace: dict[str, Any] = {}
    exec("def f():\n    global made\n    made = 1\n", namespace)
    with preserved(namespace["f"]):
        namespace["f"]()
        assert namespace["made"] == 1
    assert "made" not in namespace


def test_what_a_helper_of_the_function_changes_is_given_back() -> None:
    namespace: dict[str, Any] = {"kept": [1], "rng": np.random.default_rng(1), "a": np.zeros(2), "s": {1}}
    exec("def g():\n    kept.append(rng.random()); a[0] = 1; s.add(2)\ndef f():\n    g()\n", namespace)
    state = namespace["rng"].bit_generator.state
    with preserved(namespace["f"]):
        namespace["f"]()
    assert namespace["kept"] == [1]
    assert namespace["rng"].bit_generator.state == state
    assert namespace["a"].tolist() == [0, 0]
    assert namespace["s"] == {1}


def test_quiet_gives_states_back_after_an_error() -> None:
    state = np.random.get_state()[1].copy()
    with pytest.raises(ZeroDivisionError), quiet():
        np.random.seed(1 // 0 if np.random.rand() < 2 else 0)
    assert np.array_equal(state, np.random.get_state()[1])


def test_anything_can_be_preserved() -> None:
    with preserved(print, object(), None, Failure(kind="missing", name="x"), np.mean):
        pass
