"""Chances against what can be worked out by hand."""

import numpy as np
import pytest

from autograder.calibrate.chances import at_most, interval, tail


def test_nothing_seen_in_3000_runs_is_below_one_in_a_thousand() -> None:
    assert at_most(0, 3000) == pytest.approx(1 - 0.05 ** (1 / 3000))
    assert at_most(0, 3000) < 0.001 < at_most(0, 2900)


def test_the_interval_is_clopper_and_pearsons() -> None:
    """Table value for 4 of 10: 12.2 % to 73.8 %."""
    assert interval(4, 10) == pytest.approx((0.1216, 0.7376), abs=1e-4)


@pytest.mark.parametrize("runs", [1, 20])
def test_the_ends_of_an_interval(runs: int) -> None:
    assert interval(0, runs)[0] == 0.0
    assert interval(runs, runs)[1] == at_most(runs, runs) == 1.0


def test_the_tail_of_a_normal_distribution() -> None:
    losses = np.random.default_rng(1).normal(0.5, 0.02, 5000)
    found = tail(losses, 0.56)
    assert found.low < 3.0 < found.high
    assert found.normal == pytest.approx(0.00135, rel=0.3)
    assert 0.0004 < found.pareto < 0.003 < found.pareto_high * 3


def test_a_heavy_tail_is_seen_by_the_one_model_that_can() -> None:
    losses = np.random.default_rng(1).standard_t(4, 5000)
    truth = 0.0018  # of a t distribution with 4 degrees of freedom beyond 6, one in 550
    found = tail(losses, 6.0)
    assert found.normal < truth / 10
    assert truth / 3 < found.pareto < truth * 3
    assert found.pareto_high > truth
