"""Workers of a Dask scheduler grade as processes of this machine do, and may die while they do."""

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from thin import hand_in, solved

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="needs the extra [dask]"),
    pytest.mark.usefixtures("no_orphans"),
]


@dataclass
class Cluster:
    """A scheduler and two workers, on loopback."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def _cluster(folder: Path, environment: dict[str, str], *options: str) -> Iterator[Cluster]:
    """Start them, each a process of its own, in a folder that is no course."""
    found = folder / "scheduler.json"
    environment = {**environment, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}

    with ExitStack() as stack:

        def start(kind: str, *arguments: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", "distributed.cli.dask_" + kind, "--no-dashboard", *arguments]
            log = stack.enter_context((folder / f"{kind}.log").open("ab"))
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            return process

        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(found))
        until(lambda: found.exists() and found.stat().st_size > 0)
        address = json.loads(found.read_text(encoding="utf-8"))["address"]
        workers = [start("worker", address, "--nthreads", "1", *options) for _ in range(2)]
        until(lambda: _count(address) == 2)
        yield Cluster(address, scheduler, workers)


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.2)  # until it is so; nothing depends on how long that takes


def _count(address: str) -> int:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        return len(client.nthreads())


def _marks(course: Path) -> dict[str, tuple[float, bool]]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            str(one.student_id): (float(one.score), bool(one.needs_manual_grade))
            for one in gradebook.assignment_submissions("multitask")
        }


def test_a_killed_worker_costs_no_result(
    course: Path, tmp_path: Path, program: Path, environment: dict[str, str]
) -> None:
    students = ["an", "bo", "cy", "dirk", "els"]
    for student in students:
        hand_in(course, student, solved(course))
    with _cluster(tmp_path, {**environment}, "--no-nanny") as cluster:
        command = [str(program), "grade", "multitask", "--scheduler", cluster.address]
        running = subprocess.Popen(
            command, cwd=course, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        first = next(line for line in running.stdout if line.startswith("["))
        cluster.workers[0].kill()
        said, complained = running.communicate()
    assert running.returncode == 0, complained
    assert first.endswith(": graded\n")
    assert "5 of 5 submissions" in said
    assert _marks(course) == dict.fromkeys(students, (5.0, False))


def test_a_notebook_that_kills_workers_takes_nobody_along(
    course: Path, tmp_path: Path, environment: dict[str, str], grade: Callable[..., Any], killer: str
) -> None:
    hand_in(course, "killer", solved(course, model=killer))
    for student in ("an", "bo"):
        hand_in(course, student, solved(course))
    with _cluster(tmp_path, environment) as cluster:
        said = grade(course, "--scheduler", cluster.address, "--unsafe-no-sandbox").stdout
    assert "killer: needs a person" in said
    assert _marks(course) == {"an": (5.0, False), "bo": (5.0, False), "killer": (0.0, True)}


def test_a_scheduler_that_goes_away_stops_the_class_and_loses_nothing(
    course: Path, tmp_path: Path, program: Path, environment: dict[str, str], grade: Callable[..., Any]
) -> None:
    students = ["an", "bo", "cy", "dirk", "els"]
    for student in students:
        hand_in(course, student, solved(course))
    with _cluster(tmp_path, environment) as cluster:
        command = [str(program), "grade", "multitask", "--scheduler", cluster.address]
        running = subprocess.Popen(
            command, cwd=course, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        next(line for line in running.stdout if line.startswith("["))
        cluster.scheduler.kill()
        said, complained = running.communicate()
    assert running.returncode == 2, complained
    assert "the scheduler is gone" in complained.splitlines()[-1]
    assert "The same command grades the others." in said

    assert "by an earlier run" in grade(course).stdout
    assert _marks(course) == dict.fromkeys(students, (5.0, False))


def test_a_scheduler_that_is_not_there_is_one_line(course: Path, grade: Callable[..., Any]) -> None:
    hand_in(course, "an", solved(course))
    done = grade(course, "--scheduler", "tcp://127.0.0.1:9", status=2)
    assert done.stderr.count("\n") == 1
    assert "no Dask scheduler answers" in done.stderr
