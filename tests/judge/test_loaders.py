"""The judge on `train_data` and `test_data`: honest loaders pass, every fault gets its own name."""

from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from problems import MULTITASK
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from autograder.data import split_hidden
from autograder.evidence.frames import to_frame
from autograder.evidence.records import (
    Batches,
    DataEvidence,
    Failure,
    LoadersEvidence,
    ModelEvidence,
    NotebookEvidence,
    Part,
    Prepared,
    TrainingEvidence,
)
from autograder.judge.case import Case, Context
from autograder.judge.data_challenge import make_challenge
from autograder.judge.loaders import CRITERIA, judge
from autograder.judge.verdicts import Verdict, failed
from autograder.wines import FEATURES, load_wines

Array = npt.NDArray[Any]
F = list(FEATURES)


@cache
def wines() -> pd.DataFrame:
    return split_hidden(load_wines(), MULTITASK, seed=7).students


@cache
def parts(seed: int = 1) -> tuple[pd.DataFrame, pd.DataFrame]:
    train, test = train_test_split(wines(), test_size=0.2, random_state=seed)
    return train, test


@cache
def prepared(seed: int = 1) -> tuple[Array, Array]:
    train, test = parts(seed)
    scaler = StandardScaler().fit(train[F])
    return scaler.transform(train[F]).astype("float32"), scaler.transform(test[F]).astype("float32")


def batches(x: Array, quality: Any, *, size: int = 32, order: Any = None, **changes: Any) -> Batches:
    quality = np.asarray(quality, dtype="float32")
    rows = min(size, len(x))
    record = Batches(
        kind="loader",
        x=x,
        widths=(x.shape[1],),
        labels=(quality, (quality >= 6).astype("float32")),
        shapes=((rows, x.shape[1]), (rows,), (rows,)),
        dtypes=(str(x.dtype), "float32", "float32"),
        sizes=(len(x),),
        second_order=np.arange(len(x)) if order is None else order,
    )
    return record.model_copy(update=changes)


def shuffled(rows: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).permutation(rows)


def train(**changes: Any) -> Batches:
    order = changes.pop("order", shuffled(len(prepared()[0])))
    return batches(prepared()[0], parts()[0]["quality"], order=order).model_copy(update=changes)


def test(**changes: Any) -> Batches:
    return batches(prepared()[1], parts()[1]["quality"]).model_copy(update=changes)


test.__test__ = False  # type: ignore[attr-defined]


def data_evidence(**changes: Any) -> DataEvidence:
    sizes = (len(parts()[0]), len(parts()[1]))
    everything = np.concatenate(prepared())
    quality = pd.concat(parts())["quality"].to_numpy()
    evidence = DataEvidence(
        train=Part(rows=np.arange(sizes[0])),
        test=Part(rows=np.arange(sizes[0], sum(sizes))),
        public=Prepared(x=everything, widths=(everything.shape[1],), labels=(quality, quality >= 6)),
        public_sizes=(sizes, sizes),
    )
    return evidence.model_copy(update=changes)


def judged(
    train_data: Batches | Failure,
    test_data: Batches | Failure,
    *,
    framework: Literal["pytorch", "keras"] = "pytorch",
    data: DataEvidence | None = None,
    fit_shuffle: bool | None = None,
    fed_shuffled: bool | None = None,
    architecture: ModelEvidence | None = None,
    earlier: tuple[Verdict, ...] = (),
) -> dict[str, Verdict]:
    table = wines()
    students = to_frame(table)
    evidence = NotebookEvidence(
        framework=framework,
        data=data,
        architecture=architecture,
        loaders=LoadersEvidence(train=train_data, test=test_data),
        training=TrainingEvidence(model=ModelEvidence(), fit_shuffle=fit_shuffle, fed_shuffled=fed_shuffled),
    )
    challenge = make_challenge(students, MULTITASK, 3)
    case = Case(evidence, Context(seed=1, problem=MULTITASK, students=students, data=challenge))
    case.add(*earlier)
    judge(case)
    return {name: case.verdicts[name] for name in CRITERIA}


def good_above_six() -> Batches:
    labels = train().labels[0]
    return train(labels=(labels, (labels > 6).astype("float32")))


def outcome(*loaders: Any, **more: Any) -> dict[str, str]:
    found = judged(*loaders, **more)
    return {name: v.fault or v.status for name, v in found.items() if v.status != "pass"}


@pytest.fixture(params=["known sizes", "fractions only", "nothing known"])
def data(request: pytest.FixtureRequest) -> DataEvidence | None:
    known = {"known sizes": data_evidence(), "fractions only": data_evidence(public_sizes=(), public=None)}
    return known.get(request.param)


def test_honest_loaders_pass(data: DataEvidence | None) -> None:
    assert outcome(train(), test(), data=data) == {}


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 50),
    size=st.integers(8, 128),
    drop_last=st.booleans(),
    columns=st.booleans(),
    label=st.sampled_from(["float32", "int64", "float64", "bool"]),
    x=st.sampled_from(["float32", "float64", "float16"]),
)
def test_any_size_dtype_and_seed_passes(
    seed: int, size: int, drop_last: bool, columns: bool, label: str, x: str
) -> None:
    (x_train, x_test), (train_rows, test_rows) = prepared(seed), parts(seed)
    kept = len(x_train) // size * size if drop_last else len(x_train)
    order = shuffled(kept, seed)
    shapes = ((size, 11), (size, 1), (size, 1)) if columns else ((size, 11), (size,), (size,))
    like = {"shapes": shapes, "dtypes": (x, label, label)}
    found = outcome(
        batches(x_train[:kept].astype(x), train_rows["quality"][:kept], order=order, **like),
        batches(x_test.astype(x), test_rows["quality"], **like),
        data=data_evidence(),
    )
    assert found == {}


def test_validation_rows_may_be_taken_from_the_training_part(data: DataEvidence | None) -> None:
    x, quality = prepared()[0], parts()[0]["quality"]
    kept = int(0.75 * len(x))
    assert outcome(batches(x[:kept], quality[:kept], order=shuffled(kept)), test(), data=data) == {}


def test_sizes_that_change_from_call_to_call_get_room() -> None:
    sizes = ((1030, 260), (1010, 280))
    assert outcome(train(), test(), data=data_evidence(public_sizes=sizes)) == {}


def test_a_training_part_without_duplicates_passes() -> None:
    rows = wines().drop_duplicates()
    first, second = train_test_split(rows, test_size=0.2, random_state=0)
    x, y = (part[F].to_numpy() / 10 for part in (first, second))
    loaders = batches(x, first["quality"], order=shuffled(len(x))), batches(y, second["quality"])
    sizes = (len(first), len(second))
    for data in (data_evidence(public_sizes=(sizes, sizes), public=None), data_evidence(public_sizes=(), public=None)):
        assert outcome(*loaders, data=data) == {}


# ---------------------------------------- batches


def _part(loader: Batches, rows: int) -> Batches:
    return loader.model_copy(
        update={
            "x": loader.x[:rows],
            "labels": tuple(one[:rows] for one in loader.labels),
            "second_order": shuffled(rows),
        }
    )


WRONG: dict[str, tuple[Any, Any, str]] = {
    "whole numbers": (train(dtypes=("int64", "float32", "float32")), test(), "wrong_dtype"),
    "single wines": (train(shapes=((11,), (), ())), test(), "wrong_shape"),
    "labels lying down": (train(shapes=((32, 11), (1, 32), (32,))), test(), "wrong_shape"),
    "an axis too many": (train(), test(shapes=((32, 1, 11), (32,), (32,))), "wrong_shape"),
    "other columns in test": (train(), batches(prepared()[1][:, :9], parts()[1]["quality"]), "wrong_shape"),
    "half of the rows": (_part(train(), 500), test(), "rows_lost"),
    "one batch of test": (train(), _part(test(), 32).model_copy(update={"second_order": np.arange(32)}), "rows_lost"),
    "swapped": (train(labels=train().labels[::-1]), test(), "labels_swapped"),
    "good above six": (good_above_six(), test(), "labels_wrong"),
    "good shuffled": (train(), test(labels=(test().labels[0], test().labels[1][::-1])), "labels_wrong"),
    "labels of other wines": (
        batches(prepared()[0], parts()[0]["quality"][::-1], order=shuffled(1023)),
        test(),
        "misaligned",
    ),
    "missing": (Failure(kind="missing", name="train_data"), test(), "missing"),
    "missing test": (train(), Failure(kind="missing", name="test_data"), "missing"),
    "raises": (train(), Failure(kind="raised", name="test_data", detail="ValueError: no"), "raised"),
    "empty": (Failure(kind="unsupported", name="train_data", detail="leeg"), test(), "empty"),
    "ragged": (
        Failure(kind="unsupported", name="train_data", detail="vormen: (3, 11), (2,), (3,)"),
        test(),
        "wrong_shape",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_batches_get_their_name(name: str) -> None:
    first, second, fault = WRONG[name]
    found = outcome(first, second, data=data_evidence())
    assert found.pop("batches") == fault
    assert set(found.values()) <= {"not_judged"}


def test_rows_of_the_test_part_in_training_get_their_name(data: DataEvidence | None) -> None:
    x = np.concatenate(prepared())
    everything = batches(x, pd.concat(parts())["quality"], order=shuffled(len(x)))
    assert outcome(everything, test(), data=data)["batches"] == "test_rows_in_training"


def test_the_training_part_as_test_data_gets_its_name(data: DataEvidence | None) -> None:
    as_test = train(order=np.arange(len(prepared()[0])))
    assert outcome(train(), as_test, data=data)["batches"] == "test_rows_in_training"


def test_the_overlap_of_a_wrong_split_is_no_second_accusation() -> None:
    x = np.concatenate(prepared())
    everything = batches(x, pd.concat(parts())["quality"], order=shuffled(len(x)))
    split = failed("split", "overlap", count=256, test=256)
    assert outcome(everything, test(), data=data_evidence(), earlier=(split,))["batches"] == "not_judged"


def test_labels_that_prepare_got_wrong_are_no_second_accusation() -> None:
    labels = failed("labels", "wrong_threshold", name="good", column="quality", found=7, wrong=3, total=9)
    wrong = good_above_six()
    assert outcome(wrong, test(), data=data_evidence(), earlier=(labels,)) == {"batches": "not_judged"}
    assert outcome(train(), test(), data=data_evidence(), earlier=(labels,)) == {}


def test_an_unreadable_loader_is_unsure_for_both() -> None:
    odd = Failure(kind="unsupported", name="train_data", detail="in een batch: een Wine")
    assert outcome(odd, test()) == {"batches": "unsure", "shuffle": "unsure"}


# ---------------------------------------- shuffle


def test_a_training_order_that_stays_gets_its_name() -> None:
    fixed = train(order=np.arange(len(prepared()[0])))
    assert outcome(fixed, test(), data=data_evidence()) == {"shuffle": "train_not_shuffled"}


def test_a_test_order_that_changes_gets_its_name() -> None:
    found = outcome(train(), test(second_order=shuffled(len(prepared()[1]))), data=data_evidence())
    assert found == {"shuffle": "test_shuffled"}


def test_drawing_with_replacement_is_shuffling() -> None:
    order = np.where(np.arange(len(prepared()[0])) % 3 == 0, -1, shuffled(len(prepared()[0])))
    assert outcome(train(order=order), test(), data=data_evidence()) == {}


def test_rows_drawn_with_replacement_are_not_all_rows() -> None:
    x, quality = prepared()[0], parts()[0]["quality"].to_numpy()
    drawn = np.random.default_rng(0).integers(len(x), size=len(x))
    loader = batches(x[drawn], quality[drawn], order=shuffled(len(x)))
    assert outcome(loader, test(), data=data_evidence()) == {"batches": "rows_lost"}
    assert "bevat 6" in judged(loader, test(), data=data_evidence())["batches"].message  # 63 % of 1023 rows


def test_features_that_make_wines_alike_are_no_repeated_rows() -> None:
    coarse = [np.round(part[:, :2]) for part in prepared()]
    x, quality = np.concatenate(coarse), pd.concat(parts())["quality"].to_numpy()
    public = Prepared(x=x, widths=(x.shape[1],), labels=(quality, quality >= 6))
    loaders = [
        batches(x, part["quality"], order=order)
        for x, part, order in zip(coarse, parts(), (shuffled(len(coarse[0])), None), strict=True)
    ]
    found = outcome(*loaders, data=data_evidence(public=public))
    assert found.get("batches") != "rows_lost"


def test_features_that_make_wines_alike_are_no_rows_of_the_test_part() -> None:
    coarse = [np.round(x[:, :2]) for x in prepared()]
    both, labels = np.concatenate(coarse), pd.concat(parts())["quality"]
    public = Prepared(x=both, widths=(both.shape[1],), labels=(labels.to_numpy(float), (labels >= 6).to_numpy(float)))
    orders = shuffled(len(coarse[0])), np.arange(len(coarse[1]))
    loaders = [
        batches(x, part["quality"], order=order) for x, part, order in zip(coarse, parts(), orders, strict=True)
    ]
    assert outcome(*loaders, data=data_evidence(public=public)) == {}


def test_rows_that_the_split_repeats_are_the_splits_affair() -> None:
    x, quality = prepared()[0], parts()[0]["quality"].to_numpy()
    twice = np.concatenate([np.arange(len(x)), np.arange(len(x))])
    sizes = (len(twice), len(parts()[1]))
    loader = batches(x[twice], quality[twice], order=shuffled(len(twice)))
    assert outcome(loader, test(), data=data_evidence(public_sizes=(sizes, sizes))) == {}


def test_an_order_that_cannot_be_compared_is_unsure() -> None:
    noisy = np.full(len(prepared()[0]), -1)
    assert outcome(train(order=noisy), test(), data=data_evidence()) == {"shuffle": "unsure"}


def test_a_loader_that_one_pass_exhausts_gets_its_name_and_no_second_one() -> None:
    once = train(order=np.zeros(0, dtype=int))
    assert outcome(once, test(), data=data_evidence()) == {"batches": "empty", "shuffle": "unsure"}


@pytest.mark.parametrize(("dtype", "fault"), [("float64", "wrong_dtype"), ("float32", None)])
def test_a_dtype_that_the_network_refuses_gets_its_name(dtype: str, fault: str | None) -> None:
    detail = "RuntimeError: mat1 and mat2 must have the same dtype, but got Double and Float"
    raised = ModelEvidence(failure=Failure(kind="raised", name="model", detail=detail))
    odd = train(dtypes=(dtype, "float32", "float32"))
    assert outcome(odd, test(), data=data_evidence(), architecture=raised).get("batches") == fault


def _fixed(kind: str) -> Batches:
    return train(kind=kind, order=np.arange(len(prepared()[0])))


@pytest.mark.parametrize(
    ("fit", "expected"), [(True, {}), (False, {"shuffle": "train_not_shuffled"}), (None, {"shuffle": "unsure"})]
)
@pytest.mark.parametrize("kind", ["arrays", "indexed"])
def test_fit_decides_where_the_loader_cannot(fit: bool | None, expected: dict[str, str], kind: str) -> None:
    found = outcome(_fixed(kind), test(kind=kind), framework="keras", fit_shuffle=fit, data=data_evidence())
    assert found == expected


@pytest.mark.parametrize(
    ("fed", "expected"), [(True, {}), (False, {"shuffle": "train_not_shuffled"}), (None, {"shuffle": "unsure"})]
)
@pytest.mark.parametrize("kind", ["arrays", "indexed"])
def test_so_does_what_an_own_loop_fed(fed: bool | None, expected: dict[str, str], kind: str) -> None:
    found = outcome(_fixed(kind), test(kind=kind), framework="keras", fed_shuffled=fed, data=data_evidence())
    assert found == expected


@pytest.mark.parametrize("fed", [True, False])
def test_a_loader_that_can_tell_is_not_overruled_by_what_was_fed(fed: bool) -> None:
    fixed = train(order=np.arange(len(prepared()[0])))
    assert outcome(train(), test(), framework="keras", fed_shuffled=fed, data=data_evidence()) == {}
    found = outcome(fixed, test(), framework="keras", fed_shuffled=fed, data=data_evidence())
    assert found == {"shuffle": "train_not_shuffled"}


def test_a_py_dataset_that_shuffles_itself_passes() -> None:
    assert outcome(train(kind="indexed"), test(kind="indexed"), framework="keras", data=data_evidence()) == {}


def test_arrays_are_no_loader_in_pytorch() -> None:
    found = outcome(_fixed("arrays"), test(kind="arrays"), data=data_evidence())
    assert found == {"batches": "unsure", "shuffle": "unsure"}


def test_without_evidence_nothing_is_judged() -> None:
    table = wines()
    students = to_frame(table)
    case = Case(NotebookEvidence(framework="keras"), Context(seed=1, problem=MULTITASK, students=students))
    judge(case)
    assert {case.verdicts[name].status for name in CRITERIA} == {"not_judged"}
