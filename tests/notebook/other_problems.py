"""Problems of other shapes than the course's first one: two inputs of which one is text, and three heads."""

from functools import cache

import pandas as pd
from sklearn.datasets import load_diabetes

from autograder.evidence.problem import Head, Input, Metric, Problem
from autograder.tables import titanic

PASSENGERS = Problem(
    table="passengers.csv",
    row="passagier",
    rows="passagiers",
    inputs=(
        Input(name="structured", columns=("pclass", "sex", "age", "sibsp", "parch", "fare", "embarked")),
        Input(name="names", columns=("name",)),
    ),
    heads=(Head(name="survived", kind="binary", column="survived", term="classification_term"),),
    metrics=(
        Metric(name="auc", head="survived", kind="auc"),
        Metric(name="accuracy", head="survived", kind="accuracy"),
    ),
    cells={"prepare": ("split", "prepare"), "loaders": ("train_data", "test_data"), "model": ("model", "fusion")},
)

DIABETES = Problem(
    table="diabetes.csv",
    row="patiënt",
    rows="patiënten",
    inputs=(Input(name="X", columns=("age", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")),),
    heads=(
        Head(name="progression", kind="regression", column="progression", values=(25, 346), term="progression_term"),
        Head(name="high", kind="binary", column="progression", at_least=150, term="high_term"),
        Head(name="sex", kind="binary", column="sex", at_least=2, term="sex_term"),
    ),
    cells={"prepare": ("split", "prepare"), "loaders": ("train_data", "test_data")},
)


@cache
def passengers() -> pd.DataFrame:
    """The table of `PASSENGERS`: every column of its inputs and its label."""
    return titanic()[["pclass", "sex", "age", "sibsp", "parch", "fare", "embarked", "name", "survived"]].sample(
        frac=0.8, random_state=2, ignore_index=True
    )


@cache
def patients() -> pd.DataFrame:
    """The table of `DIABETES`."""
    table: pd.DataFrame = load_diabetes(as_frame=True, scaled=False).frame
    return table.rename(columns={"target": "progression"})
