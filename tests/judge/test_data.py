"""The judge on `split` and `prepare`: every right way passes, every wrong way gets its own name."""

import time
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from problems import MULTITASK
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MaxAbsScaler,
    MinMaxScaler,
    PolynomialFeatures,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
)

from autograder.data import split_hidden
from autograder.evidence.frames import to_frame, to_table
from autograder.evidence.records import (
    Batches,
    DataEvidence,
    Failure,
    HiddenEvidence,
    LoadersEvidence,
    NotebookEvidence,
    Part,
    Prepared,
)
from autograder.evidence.requests import DataChallenge, Frame
from autograder.judge.case import Case, Context
from autograder.judge.data import CRITERIA, judge
from autograder.judge.data_challenge import make_challenge
from autograder.judge.verdicts import Verdict
from autograder.probe.data import data
from autograder.wines import FEATURES, load_wines

F = list(FEATURES)
Prepare = Callable[[pd.DataFrame, pd.DataFrame], Any]
Split = Callable[[pd.DataFrame], Any]


@cache
def students() -> Frame:
    table = split_hidden(load_wines(), MULTITASK, seed=7).students
    return to_frame(table)


@cache
def challenge(seed: int = 5) -> DataChallenge:
    return make_challenge(students(), MULTITASK, seed)


def verdicts(split: Any, prepare: Any, seed: int = 5, **more: Any) -> dict[str, Verdict]:
    evidence = DataEvidence.from_wire(data(split, prepare, challenge(seed), MULTITASK).to_wire())
    return judged(evidence, seed, **more)


def judged(evidence: DataEvidence | None, seed: int = 5, **more: Any) -> dict[str, Verdict]:
    hidden_labels = more.pop("hidden_labels", None)
    context = Context(
        seed=seed, students=students(), data=challenge(seed), hidden_labels=hidden_labels, problem=MULTITASK
    )
    case = Case(NotebookEvidence(framework="pytorch", data=evidence, **more), context)
    judge(case)
    assert set(case.verdicts) == set(CRITERIA)
    return case.verdicts


def outcome(found: dict[str, Verdict]) -> dict[str, str]:
    return {name: v.fault or v.status for name, v in found.items() if v.status != "pass"}


# ---------------------------------------- right ways


def stratified(wines: pd.DataFrame) -> Any:
    return train_test_split(wines, test_size=0.2, random_state=3, stratify=wines["quality"])


def labels(rows: pd.DataFrame) -> tuple[Any, Any]:
    return rows["quality"].to_numpy(dtype="float32"), (rows["quality"] >= 6).to_numpy(dtype="float32")


def standard(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return StandardScaler().fit(train[F]).transform(rows[F]), *labels(rows)


def scaled_by(make: Callable[[], Any]) -> Prepare:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        return make().fit(train[F]).transform(rows[F]).astype("float32"), *labels(rows)

    return prepare


SCALERS: dict[str, Callable[[], Any]] = {
    "standard": StandardScaler,
    "minmax": MinMaxScaler,
    "symmetric": lambda: MinMaxScaler((-1, 1)),
    "robust": RobustScaler,
    "maxabs": MaxAbsScaler,
    "quantile": lambda: QuantileTransformer(n_quantiles=200),
    "normal quantile": lambda: QuantileTransformer(n_quantiles=100, output_distribution="normal"),
    "power": PowerTransformer,
    "pca": lambda: make_pipeline(StandardScaler(), PCA(6)),
    "whitened pca": lambda: make_pipeline(StandardScaler(), PCA(whiten=True)),
    "squares": lambda: make_pipeline(PolynomialFeatures(2, include_bias=False), StandardScaler()),
    "squares with a one": lambda: make_pipeline(StandardScaler(), PolynomialFeatures(2)),
    "cubes": lambda: make_pipeline(StandardScaler(), PolynomialFeatures(3, include_bias=False)),
    "one-hot bins": lambda: KBinsDiscretizer(5, strategy="quantile", quantile_method="averaged_inverted_cdf"),
    "bins beside numbers": lambda: ColumnTransformer(
        [
            ("numbers", StandardScaler(), F[1:]),
            (
                "bins",
                KBinsDiscretizer(4, encode="onehot-dense", quantile_method="averaged_inverted_cdf"),
                F[:1],
            ),
        ]
    ),
    "some columns": lambda: ColumnTransformer([("numbers", StandardScaler(), F[:7])]),
    "log first": lambda: make_pipeline(_Log(), StandardScaler()),
}


class _Log:
    def fit(self, x: Any, y: Any = None) -> "_Log":
        return self

    def transform(self, x: Any) -> Any:
        return np.log1p(x)

    def fit_transform(self, x: Any, y: Any = None) -> Any:
        return np.log1p(x)

    def __sklearn_is_fitted__(self) -> bool:
        return True


@pytest.mark.parametrize("name", SCALERS)
def test_any_scaler_is_right(name: str) -> None:
    if name == "one-hot bins":

        def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
            return SCALERS[name]().fit(train[F]).transform(rows[F]), *labels(rows)  # a sparse matrix

        assert outcome(verdicts(stratified, prepare)) == {}
    else:
        assert outcome(verdicts(stratified, scaled_by(SCALERS[name]))) == {}


def _by_hand(ddof: int) -> Prepare:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        x = (rows[F] - train[F].mean()) / train[F].std(ddof=ddof)
        return x, rows["quality"], rows["quality"] >= 6

    return prepare


CONTAINERS: dict[str, Callable[[Any], Any]] = {
    "array": np.asarray,
    "column": lambda value: np.asarray(value).reshape(-1, 1) if np.ndim(value) == 1 else np.asarray(value),
    "tensor": lambda value: torch.tensor(np.asarray(value, dtype="float32")),
    "long tensor": lambda value: torch.tensor(np.asarray(value)).float(),
    "list": lambda value: np.asarray(value).tolist(),
    "frame": lambda value: pd.DataFrame(np.asarray(value)),
}


@settings(max_examples=15, deadline=None)
@given(
    ddof=st.sampled_from([0, 1]),
    container=st.sampled_from(sorted(CONTAINERS)),
    seed=st.integers(0, 1000),
    size=st.floats(0.11, 0.4),
    stratify=st.booleans(),
    good_type=st.sampled_from(["bool", "int64", "float32"]),
)
def test_any_container_seed_and_size_is_right(
    ddof: int, container: str, seed: int, size: float, stratify: bool, good_type: str
) -> None:
    wrap = CONTAINERS[container]

    def split(wines: pd.DataFrame) -> Any:
        by = wines["quality"] if stratify else None
        return train_test_split(wines, test_size=size, random_state=seed, stratify=by)

    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        x, quality, good = _by_hand(ddof)(train, rows)
        return wrap(x), wrap(quality), wrap(good.astype(good_type))

    assert outcome(verdicts(split, prepare)) == {}


def _first_part(wines: pd.DataFrame) -> Any:
    edge = int(0.8 * len(wines))
    return wines.iloc[:edge], wines.iloc[edge:]


def _masked(wines: pd.DataFrame) -> Any:
    mask = np.random.default_rng().random(len(wines)) < 0.8
    return wines[mask], wines[~mask]


def _without_twins(wines: pd.DataFrame) -> Any:
    return train_test_split(wines.drop_duplicates(), test_size=0.2)


def _without_outliers(wines: pd.DataFrame) -> Any:
    z = ((wines[F] - wines[F].mean()) / wines[F].std()).abs()
    return train_test_split(wines[(z < 4).all(axis=1)].reset_index(drop=True), test_size=0.25)


def _with_columns(wines: pd.DataFrame) -> Any:
    wines = wines.assign(good=(wines["quality"] >= 6).astype(int), ratio=wines["alcohol"] / wines["density"])
    return train_test_split(wines, test_size=0.2, stratify=wines["good"])


def _reindexed(wines: pd.DataFrame) -> Any:
    train, test = train_test_split(wines, test_size=0.2)
    return train.reset_index(drop=True), test.reset_index(drop=True)


def _as_float32(wines: pd.DataFrame) -> Any:
    return [part.astype("float32") for part in train_test_split(wines, test_size=0.2)]


def _by_sample(wines: pd.DataFrame) -> Any:
    train = wines.sample(frac=0.8, random_state=1)
    return train, wines.drop(train.index)


SPLITS = [_first_part, _masked, _without_twins, _without_outliers, _with_columns, _reindexed, _as_float32, _by_sample]


@pytest.mark.parametrize("split", SPLITS)
def test_any_honest_split_is_right(split: Split) -> None:
    assert outcome(verdicts(split, standard)) == {}


def _with_added_columns(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    columns = [*F, "ratio"]
    return (rows[columns] - train[columns].mean()) / train[columns].std(), rows["quality"], rows["good"]


def test_a_split_may_add_columns_that_prepare_uses() -> None:
    assert outcome(verdicts(_with_columns, _with_added_columns)) == {}


def test_a_scaler_in_a_global_that_is_fitted_on_the_training_rows_is_right() -> None:
    scaler = StandardScaler()

    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        x = scaler.fit_transform(rows[F]) if rows is train else scaler.transform(rows[F])
        return x, *labels(rows)

    assert outcome(verdicts(stratified, prepare)) == {}


def test_a_feature_learned_from_the_labels_of_train_is_right() -> None:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        edges = train["alcohol"].quantile([0.25, 0.5, 0.75]).to_numpy()
        means = train.groupby(np.searchsorted(edges, train["alcohol"]))["quality"].mean()
        encoded = means.reindex(np.searchsorted(edges, rows["alcohol"])).to_numpy()
        x = (rows[F] - train[F].mean()) / train[F].std()
        return np.column_stack([x, encoded - means.mean()]), *labels(rows)

    assert outcome(verdicts(stratified, prepare)) == {}


def test_a_forest_that_was_fitted_on_train_is_a_right_feature() -> None:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        forest = RandomForestRegressor(20, random_state=0).fit(train[F].to_numpy(), train["quality"])
        x = (rows[F] - train[F].mean()) / train[F].std()
        return np.column_stack([x, forest.predict(rows[F].to_numpy()) - 5.6]), *labels(rows)

    assert outcome(verdicts(stratified, prepare)) == {}


def test_clipping_by_the_quantiles_of_train_is_right() -> None:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        low, high = train[F].quantile(0.01), train[F].quantile(0.99)
        kept, train = rows[F].clip(low, high, axis=1), train[F].clip(low, high, axis=1)
        return (kept - train.mean()) / train.std(), *labels(rows)

    assert outcome(verdicts(stratified, prepare)) == {}


def test_prepare_may_change_its_arguments() -> None:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        quality = rows.pop("quality")
        if "quality" in train:
            train.pop("quality")
        return (rows - train.mean()) / train.std(), quality, quality >= 6

    assert outcome(verdicts(stratified, prepare)) == {}


@pytest.mark.parametrize("seed", range(4))
def test_no_seed_of_the_challenge_accuses_right_work(seed: int) -> None:
    assert outcome(verdicts(stratified, scaled_by(RobustScaler), seed=seed)) == {}


# ---------------------------------------- wrong splits


def _overlap(wines: pd.DataFrame) -> Any:
    return wines.sample(frac=0.8), wines.sample(frac=0.2)


def _all_of_it(wines: pd.DataFrame) -> Any:
    return wines, wines.sample(frac=0.2)


def _half_lost(wines: pd.DataFrame) -> Any:
    return train_test_split(wines.sample(frac=0.5), test_size=0.2)


def _tiny(wines: pd.DataFrame) -> Any:
    return train_test_split(wines, test_size=0.05)


def _swapped(wines: pd.DataFrame) -> Any:
    return tuple(reversed(train_test_split(wines, test_size=0.2)))


def _three(wines: pd.DataFrame) -> Any:
    return wines.iloc[:900], wines.iloc[900:1100], wines.iloc[1100:]


def _nothing(wines: pd.DataFrame) -> Any:
    return None


def _raises(wines: pd.DataFrame) -> Any:
    raise NotImplementedError


def _sorted(wines: pd.DataFrame) -> Any:
    return train_test_split(wines.sort_values("quality"), test_size=0.2, shuffle=False)


def _sorted_backwards(wines: pd.DataFrame) -> Any:
    wines = wines.sort_values("quality", ascending=False)
    return wines.iloc[:900], wines.iloc[900:]


def _good_apart(wines: pd.DataFrame) -> Any:
    good = wines["quality"] >= 6
    return pd.concat([wines[~good], wines[good].iloc[:300]]), wines[good].iloc[300:]


def _leaves(wines: pd.DataFrame) -> Any:
    raise SystemExit


@pytest.mark.parametrize(
    ("split", "fault"),
    [
        (_overlap, "overlap"),
        (_all_of_it, "overlap"),
        (_half_lost, "rows_lost"),
        (_tiny, "test_too_small"),
        (_swapped, "swapped_parts"),
        (_sorted, "sorted_parts"),
        (_sorted_backwards, "sorted_parts"),
        (_good_apart, "sorted_parts"),
        (_three, "not_two_frames"),
        (_nothing, "not_two_frames"),
        (_raises, "raised"),
        (_leaves, "raised"),
        (Failure(kind="missing", name="split"), "missing"),
        (None, "missing"),
    ],
)
def test_a_wrong_split_gets_its_name(split: Any, fault: str) -> None:
    found = outcome(verdicts(split, standard))
    assert found.pop("split") == fault
    assert set(found.values()) <= {"not_judged"}


def _loader(quality: Any) -> Batches:
    quality = np.asarray(quality, dtype=np.float64)
    return Batches(
        kind="loader",
        x=np.zeros((len(quality), 11)),
        widths=(11,),
        labels=(quality, quality >= 6),
        shapes=((32, 11), (32,), (32,)),
        dtypes=("float32",) * 3,
        sizes=(len(quality),),
        second_order=np.zeros(0),
    )


@pytest.mark.parametrize(
    ("train", "test", "fault"),
    [
        ([3, 4, 5, 6] * 50, [6, 7, 8] * 20, "sorted_parts"),
        ([8, 7, 6, 5] * 50, [5, 4, 3] * 20, "sorted_parts"),
        ([5, 6] * 50, [5, 6, 7] * 20, None),
        ([5, 6] * 50, [7] * 8, None),  # too few to say
        ([0, 1] * 50, [0, 1] * 20, None),  # the labels are swapped, which is another fault
        ([0, 1, 2, 3] * 50, [0, 1, 2, 3] * 20, None),  # rescaled scores
    ],
)
def test_wines_that_were_sorted_before_the_split_are_seen_in_the_loaders(
    train: list[int], test: list[int], fault: str | None
) -> None:
    loaders = LoadersEvidence(train=_loader(train), test=_loader(test))
    assert verdicts(_first_part, standard, loaders=loaders)["split"].fault == fault


def test_a_split_that_fails_on_other_wines_only_is_unsure() -> None:
    def split(wines: pd.DataFrame) -> Any:
        assert len(wines) == len(students())
        return stratified(wines)

    assert outcome(verdicts(split, standard))["split"] == "unsure"


def test_a_split_that_scales_its_rows_is_unsure() -> None:
    def split(wines: pd.DataFrame) -> Any:
        train, test = stratified(wines)
        scaler = StandardScaler().fit(train[F])
        return tuple(part.assign(**dict(zip(F, scaler.transform(part[F]).T, strict=True))) for part in (train, test))

    assert outcome(verdicts(split, standard))["split"] == "unsure"


# ---------------------------------------- wrong labels


def _labelled(change: Callable[[pd.DataFrame], tuple[Any, Any]]) -> Prepare:
    return lambda train, rows: (standard(train, rows)[0], *change(rows))


def _shuffled(rows: pd.DataFrame) -> tuple[Any, Any]:
    quality = rows["quality"].sample(frac=1, random_state=0).to_numpy()
    return quality, quality >= 6


WRONG_LABELS: dict[str, tuple[Prepare, str]] = {
    "above six": (_labelled(lambda rows: (rows["quality"], rows["quality"] > 6)), "wrong_threshold"),
    "from five": (_labelled(lambda rows: (rows["quality"], rows["quality"] >= 5)), "wrong_threshold"),
    "from the mean, rounded up": (
        _labelled(lambda rows: (rows["quality"], rows["quality"] >= 7)),
        "wrong_threshold",
    ),
    "bad instead of good": (_labelled(lambda rows: (rows["quality"], rows["quality"] < 6)), "inverted"),
    "quality over ten": (_labelled(lambda rows: (rows["quality"] / 10, rows["quality"] >= 6)), "not_quality"),
    "classes from nought": (_labelled(lambda rows: (rows["quality"] - 3, rows["quality"] >= 6)), "not_quality"),
    "standardised": (
        _labelled(
            lambda rows: ((rows["quality"] - rows["quality"].mean()) / rows["quality"].std(), rows["quality"] >= 6)
        ),
        "not_quality",
    ),
    "shuffled": (_labelled(_shuffled), "misaligned"),
    "sorted": (
        _labelled(lambda rows: (rows["quality"].sort_values(), rows["quality"].sort_values() >= 6)),
        "misaligned",
    ),
    "good twice quality": (_labelled(lambda rows: (rows["quality"], rows["quality"])), "not_good"),
    "labels of train": (
        lambda train, rows: (standard(train, rows)[0], train["quality"], train["quality"] >= 6),
        "row_count",
    ),
    "rows dropped": (lambda train, rows: standard(train, rows[rows["alcohol"] < 12]), "row_count"),
    "two only": (lambda train, rows: standard(train, rows)[:2], "not_three"),
    "nothing": (lambda train, rows: None, "not_three"),
    "an error": (lambda train, rows: rows["no such column"], "raised"),
    "missing": (Failure(kind="missing", name="prepare"), "missing"),  # type: ignore[dict-item]
}


@pytest.mark.parametrize("name", WRONG_LABELS)
def test_wrong_labels_get_their_name(name: str) -> None:
    prepare, fault = WRONG_LABELS[name]
    found = outcome(verdicts(stratified, prepare))
    assert found.pop("labels") == fault
    assert set(found.values()) <= {"not_judged"}


def _reordered(order: Callable[[pd.DataFrame], pd.DataFrame]) -> Prepare:
    return lambda train, rows: (standard(train, order(rows))[0], *labels(rows))


@pytest.mark.parametrize(
    "order",
    [
        lambda rows: rows.sort_index(),
        lambda rows: rows.sort_values("alcohol"),
        lambda rows: rows.iloc[::-1],
        lambda rows: rows.sample(frac=1),
        lambda rows: rows.sample(frac=1, random_state=np.random.default_rng()),
    ],
)
def test_features_in_another_order_than_their_labels_get_their_name(
    order: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    found = outcome(verdicts(_with_an_even_test_part, _reordered(order)))
    assert found == {"labels": "misaligned", **dict.fromkeys(CRITERIA[2:], "not_judged")}


def _with_an_even_test_part(wines: pd.DataFrame) -> Any:
    """Backwards, an odd number of rows keeps changed rows in odd places."""
    return train_test_split(wines, test_size=200, random_state=3)


def test_the_message_carries_the_numbers_of_the_student() -> None:
    prepare, _ = WRONG_LABELS["above six"]
    assert "7" in verdicts(stratified, prepare)["labels"].message


def test_a_prepare_that_fails_on_other_wines_only_is_unsure() -> None:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        assert float(train["alcohol"].iloc[0] * 1000) == round(train["alcohol"].iloc[0] * 1000, 6)
        return standard(train, rows)

    found = outcome(verdicts(stratified, prepare))
    assert found == {"labels": "unsure", **dict.fromkeys(CRITERIA[2:], "not_judged")}


# ---------------------------------------- wrong normalisation


def _together(make: Callable[[], Any]) -> Prepare:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        return make().fit(pd.concat([train[F], rows[F]])).transform(rows[F]), *labels(rows)

    return prepare


def _own(make: Callable[[], Any]) -> Prepare:
    return lambda train, rows: (make().fit_transform(rows[F]), *labels(rows))


def _global(make: Callable[[], Any], part: str) -> Prepare:
    wines = to_table(students())
    fitted = make().fit((wines if part == "all" else stratified(wines)[0])[F])
    return lambda train, rows: (fitted.transform(rows[F]), *labels(rows))


EXACT_SCALERS = [
    "bins beside numbers",
    "standard",
    "minmax",
    "robust",
    "quantile",
    "power",
    "pca",
    "squares",
    "log first",
]


@pytest.mark.parametrize("name", EXACT_SCALERS)
@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (_together, "all_rows"),
        (_own, "own_statistics"),
        (lambda make: _global(make, "train"), "ignores_train"),
    ],
)
def test_wrong_statistics_get_their_name_whatever_the_scaler(
    name: str, wrong: Callable[[Callable[[], Any]], Prepare], fault: str
) -> None:
    assert outcome(verdicts(stratified, wrong(SCALERS[name]))) == {"normalisation": fault}


@pytest.mark.parametrize("name", ["standard", "minmax", "robust", "pca"])
def test_statistics_of_all_wines_in_a_global_are_statistics_of_all_rows(name: str) -> None:
    assert outcome(verdicts(stratified, _global(SCALERS[name], "all"))) == {"normalisation": "all_rows"}


@settings(max_examples=8, deadline=None)
@given(ddof=st.sampled_from([0, 1]), seed=st.integers(0, 1000))
def test_own_statistics_are_found_for_any_split(ddof: int, seed: int) -> None:
    def split(wines: pd.DataFrame) -> Any:
        return train_test_split(wines, test_size=0.2, random_state=seed)

    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        return _by_hand(ddof)(rows, rows)

    assert outcome(verdicts(split, prepare)) == {"normalisation": "own_statistics"}


@pytest.mark.parametrize(
    "change",
    [
        lambda train, rows: rows[F],
        lambda train, rows: rows[F].to_numpy(dtype="float32"),
        lambda train, rows: np.log1p(rows[F]),
        lambda train, rows: rows[F] - train[F].mean(),
        lambda train, rows: np.column_stack([standard(train, rows)[0][:, :9], rows[F[9:]]]),
    ],
)
def test_raw_features_are_not_normalised(change: Callable[[pd.DataFrame, pd.DataFrame], Any]) -> None:
    found = outcome(verdicts(stratified, lambda train, rows: (change(train, rows), *labels(rows))))
    assert found == {"normalisation": "not_normalised"}


def test_fixed_intervals_leave_the_judge_unsure() -> None:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        bins = [np.digitize(rows[name], edges) for name, edges in (("alcohol", [9, 10, 11, 12]), ("pH", [3.2, 3.4]))]
        return np.column_stack(bins).astype("float32"), *labels(rows)

    assert outcome(verdicts(stratified, prepare)) == {"normalisation": "unsure"}


def test_noise_in_prepare_leaves_the_judge_unsure() -> None:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        x, *rest = standard(train, rows)
        return x + np.random.default_rng().normal(size=x.shape) * 0.1, *rest

    assert outcome(verdicts(stratified, prepare)) == {"normalisation": "unsure", "leakage": "unsure"}


def test_noise_from_the_global_generators_does_not_matter() -> None:
    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        x, *rest = standard(train, rows)
        return x + np.random.normal(size=x.shape) * 0.01, *rest

    assert outcome(verdicts(stratified, prepare)) == {}


# ---------------------------------------- leakage


def _with_all_columns(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return StandardScaler().fit(train).transform(rows), *labels(rows)


def _with_good(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return np.column_stack([standard(train, rows)[0], rows["quality"] >= 6]), *labels(rows)


def _without_quality_only(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    x, known = rows.drop(columns="quality"), train.drop(columns="quality")
    return (x - known.mean()) / known.std(), rows["quality"], rows["good"]


def _encoded_by_own_labels(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    bins = (rows["alcohol"] > 10).astype(int)
    encoded = rows.groupby(bins)["quality"].transform("mean")
    return np.column_stack([standard(train, rows)[0], encoded]), *labels(rows)


@pytest.mark.parametrize("prepare", [_with_all_columns, _with_good])
def test_a_target_among_the_features_is_leakage(prepare: Prepare) -> None:
    assert outcome(verdicts(stratified, prepare)) == {"leakage": "target_in_features"}


def test_a_column_that_split_made_of_the_target_is_leakage() -> None:
    assert outcome(verdicts(_with_columns, _without_quality_only)) == {"leakage": "target_in_features"}


def test_encoding_by_the_labels_of_the_rows_themselves_is_leakage() -> None:
    assert outcome(verdicts(stratified, _encoded_by_own_labels))["leakage"] == "target_in_features"


def test_the_same_encoding_learned_from_the_table_of_wines_is_leakage() -> None:
    known = to_table(students()).drop_duplicates().round(6).set_index(F)["quality"]

    def prepare(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
        found = known.reindex(pd.MultiIndex.from_frame(rows[F].round(6))).fillna(5).to_numpy()
        return np.column_stack([standard(train, rows)[0], found]), *labels(rows)

    assert outcome(verdicts(stratified, prepare)) == {"leakage": "target_in_features"}


def _hidden(x: Any) -> dict[str, Any]:
    truth = split_hidden(load_wines(), MULTITASK, seed=7).hidden["quality"].to_numpy()
    return {"hidden": HiddenEvidence(x=np.asarray(x), train_found=True), "hidden_labels": (truth, truth >= 6)}


def test_hidden_features_that_know_the_hidden_labels_are_leakage() -> None:
    hidden = split_hidden(load_wines(), MULTITASK, seed=7).hidden
    looked_up = np.column_stack([hidden[F], hidden["quality"] + np.random.default_rng(0).normal(0, 0.2, len(hidden))])
    assert outcome(verdicts(stratified, standard, **_hidden(looked_up))) == {"leakage": "lookup"}


def test_hidden_labels_spread_over_columns_are_leakage() -> None:
    hidden = split_hidden(load_wines(), MULTITASK, seed=7).hidden
    noise = np.random.default_rng(0).normal(0, 3, len(hidden))
    parts = np.column_stack([hidden[F], hidden["quality"] + noise, hidden["quality"] - noise])
    assert outcome(verdicts(stratified, standard, **_hidden(parts))) == {"leakage": "lookup"}


def test_honest_hidden_features_are_no_leakage() -> None:
    hidden = split_hidden(load_wines(), MULTITASK, seed=7).hidden
    assert outcome(verdicts(stratified, standard, **_hidden(hidden[F]))) == {}


# ---------------------------------------- evidence that falls short


def test_without_evidence_nothing_is_judged() -> None:
    assert set(outcome(judged(None)).values()) == {"not_judged"}


def _evidence(**changes: Any) -> DataEvidence:
    return data(stratified, standard, challenge(), MULTITASK).model_copy(update=changes)


@pytest.mark.parametrize("call", ["other_rows", "other_train"])
def test_a_failing_call_on_other_values_is_unsure(call: str) -> None:
    raised = Failure(kind="raised", name="prepare", detail="ValueError: x")
    assert outcome(judged(_evidence(**{call: raised}))) == {"normalisation": "unsure"}


def test_a_failing_call_with_other_labels_is_unsure() -> None:
    raised = Failure(kind="raised", name="prepare", detail="ValueError: x")
    assert outcome(judged(_evidence(other_labels=raised))) == {"leakage": "unsure"}


def test_malformed_evidence_never_passes() -> None:
    short = Prepared(x=np.zeros((3, 2)), widths=(2,), labels=(np.zeros(3), np.zeros(3)))
    found = judged(_evidence(base=short, base_train=short, other_rows=short, other_train=short))
    assert found["labels"].status == "fail"
    assert {found["normalisation"].status, found["leakage"].status} == {"not_judged"}


def test_one_notebook_takes_less_than_a_second() -> None:
    began = time.process_time()
    verdicts(stratified, scaled_by(SCALERS["squares"]))
    assert time.process_time() - began < 1.0


def test_the_challenge_keeps_every_score_and_tells_all_rows_apart() -> None:
    wines = to_table(make_challenge(students(), MULTITASK, 11).rows)
    assert (wines["quality"].value_counts() >= 10).all()
    assert sorted(wines["quality"].unique()) == [3, 4, 5, 6, 7, 8]
    assert not wines[F].duplicated().any()
    assert list(wines.columns) == [*F, "quality"]
    assert wines.index.is_unique


@pytest.mark.parametrize("row", [-2, -(10**9), 10**6, 2**62])
def test_rows_that_were_never_sent_wait_for_a_person(row: int) -> None:
    honest = data(stratified, standard, challenge(), MULTITASK)
    assert isinstance(honest.test, Part)
    forged = honest.model_copy(update={"test": Part(rows=np.append(honest.test.rows[1:].astype(np.int64), row))})
    found = judged(forged)
    assert outcome(found) == dict.fromkeys(CRITERIA, "unsure")
    assert "beschadigd" in found["split"].message
