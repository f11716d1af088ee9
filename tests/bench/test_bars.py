"""The benchmark's bars, on figures that hold them and on figures that do not."""

import dataclasses

import pytest

from autograder.bench.comparing import Comparison, Measured
from autograder.bench.soaking import Soaked
from autograder.bench.watching import Cost, Look, _notebooks


def _cost(wall: float, notebook: float = 100.0, megabytes: tuple[float, ...] = ()) -> Cost:
    """The looks at the memory are a second apart."""
    return Cost(wall, 2 * wall, notebook, "", tuple(Look(at, size, size) for at, size in enumerate(megabytes)))


GOOD = Comparison(
    stock=Measured("stock", _cost(500)),
    stock_one_thread=Measured("stock, one thread", _cost(450)),
    own={1: Measured("1", _cost(150)), 2: Measured("2", _cost(80)), 4: Measured("4", _cost(80))},
    own_cells_seconds=(130.0, 110.0),
)


def test_good_figures_miss_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert GOOD.missed() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stock_one_thread": Measured("stock, one thread", _cost(300))}, "times faster than stock, one thread"),
        ({"own_cells_seconds": (50.0, 70.0)}, "times the limit"),
        ({"own": {**GOOD.own, 4: Measured("4", _cost(80, 300.0))}}, "a notebook had 300 MB"),
    ],
)
def test_each_bar_that_is_missed_is_named(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, object], said: str
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    (missed,) = dataclasses.replace(GOOD, **change).missed()  # type: ignore[arg-type]
    assert said in missed


def test_memory_that_grows_and_files_that_stay_are_named() -> None:
    flat, growing = (10.0,) * 40, tuple(float(second) for second in range(1, 41))
    assert Soaked(40, _cost(40, megabytes=flat), ()).missed() == []
    memory, files = Soaked(40, _cost(40, megabytes=growing), ("left.txt",)).missed()
    assert "memory grew" in memory
    assert "left.txt" in files


def test_what_lingers_after_the_run_is_no_memory_of_its_last_quarter() -> None:
    growing = tuple(float(second) for second in range(1, 41))
    soaked = Soaked(40, _cost(40, megabytes=(*growing, *(1.0,) * 40)), ())
    assert soaked.growth == Soaked(40, _cost(40, megabytes=growing), ()).growth > 2


def test_a_run_in_which_memory_was_not_looked_at_holds_no_bar() -> None:
    (said,) = Soaked(40, _cost(40, megabytes=(10.0,) * 20), ()).missed()
    assert "too short" in said


def test_a_notebook_is_all_that_its_first_fork_forked() -> None:
    forker = {10: 1, 20: 10, 21: 20, 22: 21, 30: 10, 31: 30, 99: 0}  # 10 forks the kernels 20 and 30
    own = {10: 500, 20: 1, 21: 2, 22: 40, 30: 1, 31: 60, 99: 7}
    assert _notebooks(own, forker) == {20: 43, 30: 61}
