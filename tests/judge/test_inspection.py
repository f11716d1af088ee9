"""The judge on `statistics` and the figures: any table and any bars that agree with the wines pass."""



from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from problems import MULTITASK

from autograder.data import split_hidden
from autograder.evidence.frames import to_frame
from autograder.evidence.records import Failure, InspectionEvidence, NotebookEvidence
from autograder.judge.case import Case, Context
from autograder.judge.inspection import CRITERIA, judge
from autograder.judge.verdicts import Verdict
from autograder.probe.inspection import inspection
from autograder.wines import FEATURES, load_wines

mpl.use("Agg")


@pytest.fixture(autouse=True)
def _closed_figures() -> Iterator[None]:
    yield
    plt.close("all")


@cache
def wines() -> pd.DataFrame:
    return split_hidden(load_wines(), MULTITASK, seed=7).students


def judged(evidence: InspectionEvidence | None) -> dict[str, Verdict]:
    table = wines()
    students = to_frame(table)
    case = Case(
        NotebookEvidence(framework="keras", inspection=evidence), Context(seed=1, students=students, problem=MULTITASK)
    )
    judge(case)
    assert set(case.verdicts) == set(CRITERIA)
    return case.verdicts


def verdicts(statistics: Any, quality: Any, good: Any) -> dict[str, Verdict]:
    found = inspection(statistics, {"figure_quality": quality, "figure_good": good})
    return judged(InspectionEvidence.from_wire(found.to_wire()))


def outcome(verdict: Verdict) -> str:
    return verdict.fault or verdict.status


def of_statistics(statistics: Any) -> str:
    missing = Failure(kind="missing", name="figure_quality")
    return outcome(verdicts(statistics, missing, missing)["statistics"])


# ---------------------------------------- statistics


def described() -> pd.DataFrame:
    return wines().describe()


TABLES: dict[str, Callable[[], Any]] = {
    "describe": described,
    "on its side": lambda: described().T,
    "agg": lambda: wines().agg(["mean", "std", "min", "max"]),
    "with good": lambda: wines().assign(good=wines()["quality"] >= 6).describe(),
    "two decimals": lambda: described().round(2),
    "four decimals": lambda: described().T.round(4),
    "Dutch labels": lambda: described().rename(index={"mean": "gemiddelde", "std": "spreiding"}),
    "own columns": lambda: pd.DataFrame(
        {"gem": wines().mean(), "sd": wines().std(ddof=0), "kleinste": wines().min(), "grootste": wines().max()}
    ),
    "a dict": lambda: {"mean": wines().mean(), "std": wines().std(), "min": wines().min(), "max": wines().max()},
    "an array": lambda: np.stack([wines().mean(), wines().std(), wines().min(), wines().max()]),
    "a list of dicts": lambda: [
        {"naam": name, "mean": c.mean(), "std": c.std(), "min": c.min(), "max": c.max()} for name, c in wines().items()
    ],
    "text with a comma": lambda: described().map(lambda value: f"{value:.2f}".replace(".", ",")),
    "a stacked series": lambda: described().stack(),
    "with an empty row": lambda: pd.concat([described(), pd.DataFrame({"alcohol": [np.nan]}, index=["leeg"])]),
}


@pytest.mark.parametrize("name", TABLES)
def test_any_table_of_the_four_statistics_is_right(name: str) -> None:
    assert of_statistics(TABLES[name]()) == "pass"


@settings(max_examples=30, deadline=None)
@given(
    order=st.permutations(["mean", "std", "min", "max", "median", "count"]),
    columns=st.permutations([*FEATURES, "quality"]),
    ddof=st.sampled_from([0, 1]),
    decimals=st.sampled_from([None, 2, 3, 5]),
    lying=st.booleans(),
)
def test_order_ddof_rounding_and_side_do_not_matter(
    order: list[str], columns: list[str], ddof: int, decimals: int | None, lying: bool
) -> None:
    table = wines()[columns].agg(["mean", "min", "max", "median", "count"])
    table.loc["std"] = wines()[columns].std(ddof=ddof)
    table = table.loc[order]
    table = table if decimals is None else table.round(decimals)
    assert of_statistics(table.T if lying else table) == "pass"


WRONG_TABLES: dict[str, Callable[[], Any]] = {
    "no spread": lambda: wines().agg(["mean", "min", "max", "median"]),
    "no maximum": lambda: described().drop(index="max"),
    "features only": lambda: wines()[list(FEATURES)].describe(),
    "three columns": lambda: described()[["alcohol", "pH", "quality"]],
    "of half of the wines": lambda: wines().iloc[:640].describe(),
    "of the training part, rounded": lambda: wines().sample(frac=0.8, random_state=1).describe().round(2),
    "standardised": lambda: ((wines() - wines().mean()) / wines().std()).describe(),
    "variance": lambda: wines().agg(["mean", "var", "min", "max"]),
    "the wines": wines,
    "one column": lambda: wines()["quality"].describe(),
    "whole numbers": lambda: described().round(0),
    "an empty table": pd.DataFrame,
}


@pytest.mark.parametrize("name", WRONG_TABLES)
def test_an_incomplete_or_wrong_table_gets_its_name(name: str) -> None:
    assert of_statistics(WRONG_TABLES[name]()) == "incomplete"


def test_the_message_says_what_lacks() -> None:
    missing = Failure(kind="missing", name="figure_quality")
    message = verdicts(wines().agg(["mean", "min", "max"]), missing, missing)["statistics"].message
    assert "de standaardafwijking" in message
    assert "het maximum" not in message
    assert "`alcohol`" in message


@pytest.mark.parametrize("value", [None, ..., Failure(kind="missing", name="statistics")])
def test_no_table_is_missing(value: Any) -> None:
    assert of_statistics(value) == "missing"


def test_something_else_than_a_table_is_unsure() -> None:
    assert of_statistics("mean 5.6") == "unsure"


# ---------------------------------------- histograms


def _drawn(draw: Callable[[Any], Any]) -> Any:
    figure, ax = plt.subplots()
    draw(ax)
    return figure


def counts(of: str) -> "pd.Series[int]":
    table = wines().assign(good=wines()["quality"] >= 6)
    return table[of].value_counts()


def labels(of: str) -> Any:
    return (wines()["quality"] if of == "quality" else wines()["quality"] >= 6).to_numpy()


RIGHT: dict[str, Callable[[Any, str], Any]] = {
    "bars": lambda ax, of: ax.bar(counts(of).index.astype(str), counts(of)),
    "lying bars": lambda ax, of: ax.barh(counts(of).index.astype(str), counts(of)),
    "bars in order": lambda ax, of: counts(of).sort_index().plot.bar(ax=ax),
    "lying bars of pandas": lambda ax, of: counts(of).plot.barh(ax=ax),
    "whole bins": lambda ax, of: ax.hist(labels(of).astype(int), bins=np.arange(-0.5, 9)),
    "ten bins": lambda ax, of: ax.hist(labels(of).astype(float)),
    "fine bins": lambda ax, of: ax.hist(labels(of).astype(float), bins=40),
    "density": lambda ax, of: ax.hist(labels(of).astype(float), bins=np.arange(-0.5, 9), density=True),
    "shares": lambda ax, of: ax.bar(range(len(counts(of))), counts(of) / counts(of).sum()),
    "rounded percentages": lambda ax, of: ax.bar(
        range(len(counts(of))), (100 * counts(of) / counts(of).sum()).round(1)
    ),
    "log axis": lambda ax, of: ax.hist(labels(of).astype(int), bins=np.arange(-0.5, 9), log=True),
    "stacked": lambda ax, of: ax.hist(
        [labels(of)[:500].astype(int), labels(of)[500:].astype(int)], bins=np.arange(-0.5, 9), stacked=True
    ),
    "stacked by alcohol": lambda ax, of: _tables(of).plot.bar(ax=ax, stacked=True),
    "beside each other": lambda ax, of: _tables(of).plot.bar(ax=ax),
    "with a line": lambda ax, of: (ax.bar(counts(of).index.astype(int), counts(of)), ax.axvline(5.5)),
    "on a span": lambda ax, of: (ax.bar(counts(of).index.astype(int), counts(of)), ax.axvspan(5.5, 8.5, alpha=0.1)),
    "lying histogram": lambda ax, of: ax.hist(
        labels(of).astype(int), bins=np.arange(-0.5, 9), orientation="horizontal"
    ),
}


def _tables(of: str) -> Any:
    return pd.crosstab(labels(of), wines()["alcohol"] > 10)


def of_figures(quality: Any, good: Any) -> str:
    return outcome(verdicts(None, quality, good)["histograms"])


@pytest.mark.parametrize("name", RIGHT)
def test_any_bars_that_agree_are_right(name: str) -> None:
    assert of_figures(*(_drawn(lambda ax, of=of: RIGHT[name](ax, of)) for of in ("quality", "good"))) == "pass"


@settings(max_examples=15, deadline=None)
@given(name=st.sampled_from(sorted(RIGHT)), other=st.sampled_from(sorted(RIGHT)), as_axes=st.booleans())
def test_figures_and_axes_of_any_kind_go_together(name: str, other: str, as_axes: bool) -> None:
    figures = [_drawn(lambda ax: RIGHT[name](ax, "quality")), _drawn(lambda ax: RIGHT[other](ax, "good"))]
    given_objects = [figure.axes[0] for figure in figures] if as_axes else figures
    found = of_figures(*given_objects)
    plt.close("all")
    assert found == "pass"


def test_twin_histograms_in_one_figure_are_right() -> None:
    figure, axes = plt.subplots(1, 2)
    axes[0].hist(labels("quality"), bins=np.arange(2.5, 9))
    axes[1].hist(labels("good").astype(int), bins=[-0.5, 0.5, 1.5])
    assert of_figures(figure, figure) == "pass"
    assert of_figures(axes[0], axes[1]) == "pass"
    assert of_figures(axes, axes) == "pass"


def test_two_histograms_in_the_same_axes_are_right() -> None:
    plt.figure()
    plt.hist(labels("quality"), bins=np.arange(2.5, 9))
    quality = plt.gcf()
    plt.hist(labels("good").astype(int), bins=[-0.5, 0.5, 1.5])
    assert of_figures(quality, plt.gcf()) == "pass"


def test_what_hist_and_bar_return_is_right_too() -> None:
    _, (first, second) = plt.subplots(1, 2)
    bars = second.bar([0, 1], counts("good"))
    assert of_figures(first.hist(labels("quality"), bins=np.arange(2.5, 9)), bars) == "pass"


def _quality(draw: Callable[[Any], Any]) -> str:
    return of_figures(_drawn(draw), _drawn(lambda ax: RIGHT["bars"](ax, "good")))


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: ax.hist(labels("quality"), bins=5),
        lambda ax: ax.hist(labels("quality"), bins=3),
        lambda ax: ax.hist(wines()["alcohol"]),
        lambda ax: ax.bar([3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6]),
        lambda ax: ax.bar(range(len(wines())), labels("quality")),
        lambda ax: RIGHT["bars"](ax, "good"),
    ],
)
def test_bars_that_do_not_agree_get_their_name(draw: Callable[[Any], Any]) -> None:
    assert _quality(draw) == "wrong_counts"


@pytest.mark.parametrize("start", [5, 7])
def test_good_from_another_score_gets_its_name(start: int) -> None:
    good = _drawn(lambda ax: ax.hist((labels("quality") >= start).astype(int), bins=2))
    assert of_figures(_drawn(lambda ax: RIGHT["bars"](ax, "quality")), good) == "wrong_counts"


def test_the_message_carries_the_bars_of_the_student() -> None:
    quality = _drawn(lambda ax: ax.bar([1, 2], [17, 4]))
    message = verdicts(None, quality, _drawn(lambda ax: RIGHT["bars"](ax, "good")))["histograms"].message
    assert "17" in message
    assert "`figure_quality`" in message


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: ax.plot([3, 4, 5], [10, 50, 600]),
        lambda ax: ax.pie([10, 50, 600]),
        lambda ax: ax.hist(labels("quality"), histtype="step"),
        lambda ax: ax.stairs([1, 2, 3]),
        lambda ax: ax.boxplot(labels("quality")),
    ],
)
def test_other_drawings_than_bars_are_unsure(draw: Callable[[Any], Any]) -> None:
    assert _quality(draw) == "unsure"


def test_a_training_part_that_has_the_same_shares_is_unsure() -> None:
    part = counts("quality").sort_index() * 0.8
    assert _quality(lambda ax: ax.bar(part.index, part.round())) == "unsure"


def test_an_empty_figure_gets_its_name() -> None:
    assert _quality(lambda ax: None) == "empty"
    assert of_figures(plt.figure(), _drawn(lambda ax: RIGHT["bars"](ax, "good"))) == "empty"


def test_no_figure_is_missing_whichever_it_is() -> None:
    figure = _drawn(lambda ax: RIGHT["bars"](ax, "quality"))
    assert of_figures(figure, None) == "missing"
    assert of_figures(Failure(kind="missing", name="figure_quality"), figure) == "missing"


def test_something_that_is_no_figure_is_unsure() -> None:
    assert of_figures("a figure", _drawn(lambda ax: RIGHT["bars"](ax, "good"))) == "unsure"


def test_without_evidence_nothing_is_judged() -> None:
    assert {verdict.status for verdict in judged(None).values()} == {"not_judged"}
