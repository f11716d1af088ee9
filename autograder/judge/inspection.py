"""Topic `inspection`: statistics and histograms that agree with the students' rows."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.evidence.problem import Head, Problem
from autograder.evidence.records import Bars, Failure, InspectionEvidence, Table
from autograder.evidence.requests import Frame
from autograder.judge.case import Case
from autograder.judge.verdicts import Verdict, failed, failed_in, not_judged, passed, unsure

CRITERIA = ("statistics", "histograms")

STATISTICS = ("het gemiddelde", "de standaardafwijking", "het minimum", "het maximum")
"""In the order of `_expected`."""

FEWEST_DECIMALS = 2
"""A table may be rounded to this many decimals."""

ROUNDED_SHARE = 0.006
"""How far the shares that bars show may be off when they are rounded shares; counts may not be off at all."""

Array = npt.NDArray[Any]


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA`."""
    evidence = case.evidence.inspection
    if evidence is None:
        case.add(*(not_judged(criterion, "de tabel en de figuren zijn niet bekeken.") for criterion in CRITERIA))
        return
    students = case.context.students
    statistics = _statistics(evidence.statistics, students)
    if len(evidence.figures) != len(case.problem.heads):
        reason = "het bewijs is beschadigd: het heeft niet één figuur voor elke uitvoer."
        case.add(statistics, unsure("histograms", reason))
        return
    case.add(statistics, next(_histogram_rules(evidence, students, case.problem)))


# ---------------------------------------- statistics


def _statistics(table: Table | Failure, students: Frame) -> Verdict:
    if isinstance(table, Failure):
        if table.kind == "missing":
            return failed("statistics", "missing")
        return unsure("statistics", f"`statistics` is geen leesbare tabel: {table.detail}")
    values = np.asarray(table.values, dtype=np.float64)
    lacking = min(
        (_lacking(lines, students) for lines in (values.T, values)), key=lambda found: sum(map(len, found.values()))
    )
    if not lacking:
        return passed("statistics", "De tabel bevat de vier statistieken van elke kolom.")
    kinds = sorted({kind for kinds in lacking.values() for kind in kinds})
    return failed(
        "statistics",
        "incomplete",
        what=" en ".join(filter(None, (", ".join(STATISTICS[kind] for kind in kinds[:-1]), STATISTICS[kinds[-1]]))),
        count=len(lacking),
        columns=", ".join(f"`{name}`" for name in lacking),
    )


def _lacking(lines: Array, students: Frame) -> dict[str, list[int]]:
    """Return, for each column of numbers, which statistics the best of the table's lines does not hold."""
    tolerance = _tolerance(lines)
    lacking = {}
    for name in (name for name in students.columns if not students.holds_text(name)):
        values = students.column(name)
        expected = _expected(values[~np.isnan(values)])
        found = [[_holds(line, options, tolerance) for options in expected] for line in lines]
        best = max(found, key=sum, default=[False] * len(expected))
        if not all(best):
            lacking[name] = [kind for kind, held in enumerate(best) if not held]
    return lacking


def _expected(values: Array) -> tuple[tuple[float, ...], ...]:
    """Mean, standard deviation (both ways of counting), minimum and maximum."""
    return ((values.mean(),), (values.std(), values.std(ddof=1)), (values.min(),), (values.max(),))


def _tolerance(values: Array) -> float:
    """Half of the last decimal when the whole table is rounded, else next to nothing."""
    finite = values[np.isfinite(values)]
    for decimals in range(FEWEST_DECIMALS, 7):
        if np.allclose(finite, np.round(finite, decimals), rtol=1e-7, atol=1e-9):
            return float(0.501 * 10.0**-decimals)
    return 0.0


def _holds(line: Array, options: tuple[float, ...], tolerance: float) -> bool:
    return any(bool((np.abs(line - value) <= tolerance + 1e-5 * abs(value) + 1e-9).any()) for value in options)


# ---------------------------------------- histograms


def _histogram_rules(evidence: InspectionEvidence, students: Frame, problem: Problem) -> Iterator[Verdict]:
    names = _figure_names(problem)
    for name, figure in zip(names, evidence.figures, strict=True):
        if isinstance(figure, Failure) and figure.kind == "missing":
            yield failed("histograms", "missing", name=name)
    # What can be decided is decided first: one wrong figure outweighs one that cannot be read.
    verdicts = [
        _figure(name, head, figure, head.labels(students.column(head.column)), problem)
        for name, head, figure in zip(names, problem.heads, evidence.figures, strict=True)
    ]
    for status in ("fail", "unsure"):
        yield from (verdict for verdict in verdicts if verdict.status == status)
    yield passed("histograms", "De staven passen bij de tellingen.")


def _figure_names(problem: Problem) -> list[str]:
    """The names of the figures in the contract, in the order of the heads."""
    names = [name for name in problem.cells.get("inspect", ()) if name != "statistics"]
    return names if len(names) == len(problem.heads) else [f"figure_{head.name}" for head in problem.heads]


def _figure(name: str, head: Head, figure: Bars | Failure, labels: Array, problem: Problem) -> Verdict:
    if isinstance(figure, Failure):
        return unsure("histograms", f"`{name}` is geen figuur die te lezen is: {figure.detail}")
    if not len(figure.heights):
        if figure.other_artists:
            return unsure("histograms", f"`{name}` toont iets anders dan staven.")
        return failed("histograms", "empty", name=name)
    counts = np.unique(labels, return_counts=True)[1].astype(np.float64)
    readings = [reading for reading in _readings(figure) if len(reading)]
    rounded = not np.allclose(figure.heights, np.round(figure.heights), rtol=0.0, atol=1e-9)
    if any(_agrees(reading, counts, ROUNDED_SHARE if rounded else 0.0) for reading in readings):
        return passed("histograms")
    if any(_agrees(reading, counts, ROUNDED_SHARE) for reading in readings):
        return unsure("histograms", f"de staven van `{name}` benaderen de tellingen, maar zijn er niet gelijk aan.")
    shown = np.abs(figure.heights[figure.heights != 0])
    return failed_in(
        problem,
        "histograms",
        "wrong_counts",
        name=name,
        head=head.name,
        bars=len(shown),
        heights=", ".join(f"{height:.4g}".replace(".", ",") for height in shown[:8])
        + (" ..." if len(shown) > 8 else ""),
        classes=len(counts),
    )


def _readings(bars: Bars) -> Iterator[Array]:
    """Every way to read the bars of a figure as extents: its axes or one drawing call, as they stand or stacked."""
    heights, places = np.nan_to_num(np.abs(bars.heights)), np.nan_to_num(bars.places)
    widths = np.nan_to_num(np.abs(bars.widths))
    groups = [bars.axes == ax for ax in np.unique(bars.axes)]
    groups += [bars.containers == container for container in np.unique(bars.containers)]
    groups += [group & (bars.containers >= 0) for group in groups]
    for group, extents in product(groups, (heights, heights * widths)):
        for stacks in (None, np.round(places, 6), np.round(places)):
            reading = extents[group] if stacks is None else _stacked(extents[group], stacks[group])
            yield reading[reading > 1e-12]


def _stacked(extents: Array, places: Array) -> Array:
    _, stack = np.unique(places, return_inverse=True)
    return np.bincount(stack.ravel(), weights=extents)


def _agrees(extents: Array, counts: Array, margin: float = 0.0) -> bool:
    """Whether extents are the counts up to a common factor, in any order; shares may be `margin` off."""
    if len(extents) != len(counts):
        return False
    shares, expected = np.sort(extents) / extents.sum(), np.sort(counts) / counts.sum()
    return bool((np.abs(shares - expected) <= 1e-6 * expected + margin).all())
