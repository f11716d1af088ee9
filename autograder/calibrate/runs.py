"""Many runs of many recipes, over processes; what is done is kept line by line, so that a second start goes on."""

import os
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from autograder.calibrate.recipes import CONSTANT, IN_KERAS, RECIPES, Recipe
from autograder.calibrate.sample import Predictions, Sample, draw
from autograder.course import load_course
from autograder.evidence.problem import Problem
from autograder.exceptions import CourseError
from autograder.notebook.files import table

Framework = Literal["pytorch", "keras", "none"]

Plan = dict[tuple[Framework, Recipe], int]
"""How many runs each recipe gets in each framework."""

FILE: Final = "calibration.jsonl"

GROUP: Final[dict[Framework, int]] = {"pytorch": 50, "keras": 5, "none": 500}
"""Runs of one task: what PyTorch trains at once."""

SHARE: Final[dict[str, float]] = {"reference": 1.0, "reasonable": 0.03, "weak": 0.03, "wrong": 0.02}
"""Runs in PyTorch of a recipe of each kind, as a part of those of the reference recipe."""

KERAS: Final = {"reference": 0.015, "other": 0.002}
"""The same in Keras, where a run takes twenty times as long."""


class Run(BaseModel):
    """What one trained network reached."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    framework: Framework
    recipe: str
    digest: str
    """Of the recipe as it was when it ran."""
    number: int
    test_mae: float
    """On the student's own test part, as the visible check sees it."""
    test_accuracy: float
    hidden_mae: float
    hidden_accuracy: float


@dataclass(frozen=True)
class Task:
    """Runs of one recipe that are trained together."""

    framework: Framework
    recipe: Recipe
    numbers: tuple[int, ...]
    course: Path
    assignment: str


def plan(runs: int, only: str = "*") -> Plan:
    """How many runs each recipe gets when the reference recipe gets `runs` in PyTorch; at least two."""
    counts: Plan = {}
    for recipe in RECIPES:
        share = KERAS["reference" if recipe.kind == "reference" else "other"]
        counts["pytorch", recipe] = max(2, round(runs * SHARE[recipe.kind]))
        if recipe.name in IN_KERAS:
            counts["keras", recipe] = max(2, round(runs * share))
    counts["none", CONSTANT] = max(2, round(runs * SHARE["wrong"]))
    return {key: count for key, count in counts.items() if fnmatchcase(f"{key[0]}/{key[1].name}", only)}


def read(folder: Path) -> list[Run]:
    """Return the finished runs; a line that was being written when its process died does not count."""
    digests = {recipe.name: recipe.digest for recipe in (*RECIPES, CONSTANT)}
    found = [Run.model_validate_json(line) for line in _whole(folder).splitlines()]
    return [run for run in found if digests.get(run.recipe) == run.digest]


def _whole(folder: Path) -> bytes:
    path = folder / FILE
    return b"".join(path.read_bytes().rpartition(b"\n")[:2]) if path.exists() else b""


def chosen(found: Sequence[Run], counts: Plan) -> list[Run]:
    """Return the runs of a plan, in its order, whatever else was made before."""
    by_key = {(run.framework, run.recipe, run.number): run for run in found}
    keys = [(framework, recipe.name, n) for (framework, recipe), count in counts.items() for n in range(count)]
    return [by_key[key] for key in keys if key in by_key]


def run(folder: Path, course: tuple[Path, str], counts: Plan, workers: int) -> Iterator[int]:
    """Do the runs of the plan that are not in `folder` yet, and yield how many each finished task added.

    `course` is the course's folder and the name of the assignment.
    """
    done = {(one.framework, one.recipe, one.number) for one in read(folder)}
    tasks = [
        Task(framework, recipe, numbers, *course)
        for (framework, recipe), count in counts.items()
        for numbers in _groups(framework, [n for n in range(count) if (framework, recipe.name, n) not in done])
    ]
    if not tasks:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / FILE).open("ab") as lines,
        ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_single_threaded) as pool,
    ):
        lines.truncate(len(_whole(folder)))
        for future in as_completed([pool.submit(train, task) for task in tasks]):
            finished = future.result()
            lines.write("".join(f"{one.model_dump_json()}\n" for one in finished).encode())
            lines.flush()
            yield len(finished)


def _groups(framework: Framework, numbers: list[int]) -> Iterator[tuple[int, ...]]:
    for start in range(0, len(numbers), GROUP[framework]):
        yield tuple(numbers[start : start + GROUP[framework]])


def _single_threaded() -> None:
    # Before a framework is loaded: small networks train many times slower on more threads.
    for name in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[name] = "1"
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", CUDA_VISIBLE_DEVICES="-1")


def train(task: Task) -> list[Run]:
    """Do the runs of a task; each has splits and a start of its own."""
    table, problem = _asked(task.course, task.assignment)
    samples = [draw(table, problem, task.recipe, _seeds(task, number)) for number in task.numbers]
    same_size = defaultdict(list)
    for number, sample in zip(task.numbers, samples, strict=True):
        same_size[len(sample.train.x)].append((number, sample))
    done = []
    for group in same_size.values():
        predicted = _predictions(task, [sample for _, sample in group])
        for (number, sample), (test, hidden) in zip(group, predicted, strict=True):
            done.append(_scored(task, number, sample, test, hidden))
    return done


def _predictions(task: Task, samples: Sequence[Sample]) -> list[tuple[Predictions, Predictions]]:
    if task.framework == "pytorch":
        from autograder.calibrate import pytorch

        return pytorch.train(task.recipe, samples)
    if task.framework == "keras":
        from autograder.calibrate import keras

        return keras.train(task.recipe, samples)
    return [(_constant(sample, len(sample.test.x)), _constant(sample, len(sample.hidden.x))) for sample in samples]


def _constant(sample: Sample, rows: int) -> Predictions:
    return np.full(rows, sample.train.quality.mean()), np.full(rows, sample.train.good.mean() > 0.5)


def _scored(task: Task, number: int, sample: Sample, test: Predictions, hidden: Predictions) -> Run:
    scores = [round(score, 6) for score in (*sample.test.scores(test), *sample.hidden.scores(hidden))]
    return Run(
        framework=task.framework,
        recipe=task.recipe.name,
        digest=task.recipe.digest,
        number=number,
        test_mae=scores[0],
        test_accuracy=scores[1],
        hidden_mae=scores[2],
        hidden_accuracy=scores[3],
    )


def _seeds(task: Task, number: int) -> tuple[int, int, int]:
    name = zlib.crc32(f"{task.framework}/{task.recipe.name}".encode())
    hidden, own, training = np.random.SeedSequence((name, number)).generate_state(3)
    return int(hidden), int(own), int(training) % 2**31


@lru_cache
def _asked(root: Path, assignment: str) -> tuple[pd.DataFrame, Problem]:
    course = load_course(root)
    problem = course.assignment(assignment).problem
    if problem is None:
        raise CourseError(f"course_config.py: {assignment} has no problem to calibrate")
    return table(root, course, problem.table), problem
