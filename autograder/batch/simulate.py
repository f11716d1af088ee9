"""How many machines and hours a class takes: what one submission costs, and a small simulation of many.

`python -m autograder.batch.simulate` writes docs/scale.md anew; a test holds that it is fresh.
"""

import heapq
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Costs:
    """What one submission costs, as `autograder.batch.measure` prints it."""

    notebooks: int
    """Of one submission; each is a task."""
    worker_seconds: float
    """Processor time of one notebook on a worker: kernel, judge and the worker itself."""
    writer_seconds: float
    """Time of one submission in the one writer: sanitising, nbgrader's conversion, gradebook."""
    worker_gigabytes: float
    """Memory of one worker with its judges and its share of the warm processes, at its peak."""
    spread: float = 0.5
    """Standard deviation of a notebook's time, as a part of its mean."""


@dataclass(frozen=True)
class Machine:
    """A machine that workers run on."""

    cores: int
    gigabytes: float

    def workers(self, costs: Costs) -> int:
        """How many workers fit: one for each core, as far as memory goes."""
        return max(1, min(self.cores, int(self.gigabytes / costs.worker_gigabytes)))


MEASURED = Costs(notebooks=2, worker_seconds=2.2, writer_seconds=0.18, worker_gigabytes=0.8)
"""As `autograder.batch.measure` printed them for the class of `autograder bench`, 16 students with two notebooks each,
graded by two workers on 2 cores that did nothing else (AMD EPYC of 2025); older, shared ones took two to three times as
long.  The start of the warm processes, some 8 s, is in the time of a notebook."""

MACHINE = Machine(cores=8, gigabytes=32)
"""An ordinary machine of a school or a cloud; the page counts in these."""

SIZES = (10_000, 1_000_000)

MACHINES = (1, 2, 4, 8, 16)

SIMULATED = 10_000
"""Submissions that are played through one by one."""

READING = 0.33
"""The part of the writer's time that goes before a submission's tasks: reading and sanitising it (profiled)."""


@dataclass(frozen=True)
class Forecast:
    """How grading a class goes."""

    submissions: int
    machines: int
    workers: int
    seconds: float
    writer_busy: float
    """Part of the time in which the writer works: near 1, more workers are of no use."""

    @property
    def per_minute(self) -> float:
        """Submissions by the minute."""
        return 60 * self.submissions / self.seconds


def forecast(costs: Costs, machine: Machine, machines: int, submissions: int) -> Forecast:
    """Work out a class of any size.

    By simulating up to `SIMULATED` submissions, or 20 for each worker; from there on time grows in proportion.
    """
    workers = machines * machine.workers(costs)
    small = min(submissions, max(SIMULATED, 20 * workers))
    seconds, busy = simulate(costs, workers, small)
    if submissions > small:
        start, _ = simulate(costs, workers, small // 2)
        seconds += (submissions - small) * (seconds - start) / (small - small // 2)
    return Forecast(submissions, machines, workers, seconds, busy)


def simulate(costs: Costs, workers: int, submissions: int, seed: int = 0) -> tuple[float, float]:
    """Play a run through, event by event, and return its seconds and the part in which the writer was busy.

    As in `autograder.batch.run`: the writer sanitises a submission, its notebooks wait for free workers, no more of
    them than two for each worker are under way, and a submission whose notebooks are all back is written.
    """
    rng = np.random.default_rng(seed)
    sigma = np.sqrt(np.log1p(costs.spread**2))
    drawn = rng.lognormal(np.log(costs.worker_seconds) - sigma**2 / 2, sigma, (submissions, costs.notebooks))
    free = [0.0] * workers
    under_way: list[tuple[float, int]] = []
    left = np.full(submissions, costs.notebooks)
    ready: deque[int] = deque()
    sent, clock, working = 0, 0.0, 0.0
    while sent < submissions or under_way or ready:
        while under_way and under_way[0][0] <= clock:
            _, number = heapq.heappop(under_way)
            left[number] -= 1
            if not left[number]:
                ready.append(number)
        if ready:
            ready.popleft()
            step = (1 - READING) * costs.writer_seconds
        elif sent < submissions and len(under_way) < 2 * workers:
            step = READING * costs.writer_seconds
            for seconds in drawn[sent]:
                begin = max(heapq.heappop(free), clock + step)
                heapq.heappush(free, begin + seconds)
                heapq.heappush(under_way, (begin + seconds, sent))
            sent += 1
        else:
            clock = under_way[0][0]
            continue
        clock += step
        working += step
    return clock, working / clock


def limit(costs: Costs) -> float:
    """Submissions by the minute that one writer can take in, however many workers there are."""
    return 60 / costs.writer_seconds


def main() -> None:
    """Write the page."""
    from autograder.batch.scale_page import page

    path = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/scale.md")
    path.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
