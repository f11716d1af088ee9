"""The simulation agrees with what can be worked out by hand, and the page with the simulation."""

from pathlib import Path

import pytest

from autograder.batch.scale_page import page
from autograder.batch.simulate import MACHINE, MEASURED, Costs, Machine, forecast, limit, simulate

EVEN = Costs(notebooks=1, worker_seconds=10, writer_seconds=1, worker_gigabytes=1, spread=0)


def test_one_worker_takes_as_long_as_its_notebooks() -> None:
    seconds, _ = simulate(EVEN, workers=1, submissions=100)
    assert seconds == pytest.approx(100 * 10, rel=0.01)


def test_workers_that_wait_for_nothing_share_the_work() -> None:
    seconds, busy = simulate(EVEN, workers=5, submissions=1000)
    assert seconds == pytest.approx(1000 * 10 / 5, rel=0.02)
    assert busy == pytest.approx(0.5, rel=0.02)


def test_with_too_many_workers_the_writer_sets_the_pace() -> None:
    seconds, busy = simulate(EVEN, workers=50, submissions=1000)
    assert seconds == pytest.approx(1000, rel=0.03)
    assert busy > 0.95


def test_a_submission_is_written_when_all_its_notebooks_are_back() -> None:
    two = Costs(notebooks=2, worker_seconds=10, writer_seconds=1, worker_gigabytes=1, spread=0)
    seconds, _ = simulate(two, workers=2, submissions=1)
    assert seconds == pytest.approx(1 + 10)


@pytest.mark.parametrize("machines", [1, 16])
def test_a_large_class_grows_in_proportion(machines: int) -> None:
    small = forecast(EVEN, MACHINE, machines, 20_000)
    large = forecast(EVEN, MACHINE, machines, 200_000)
    assert large.seconds == pytest.approx(10 * small.seconds, rel=0.02)


def test_no_machine_holds_more_workers_than_its_memory() -> None:
    assert Machine(cores=64, gigabytes=8).workers(EVEN) == 8
    assert Machine(cores=4, gigabytes=512).workers(EVEN) == 4


def test_nobody_is_faster_than_the_writer() -> None:
    assert forecast(MEASURED, MACHINE, 16, 1_000_000).per_minute <= limit(MEASURED)


def test_the_page_is_fresh(root: Path) -> None:
    assert (root / "docs" / "scale.md").read_text(encoding="utf-8") == page()
