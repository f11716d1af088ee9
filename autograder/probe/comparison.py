"""Record the student's network that uses one input only, and read what the student says of it."""

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.evidence.problem import Problem
from autograder.evidence.records import BaselineEvidence, Batches, Failure, Framework, ModelEvidence
from autograder.probe.inputs import bounds
from autograder.probe.loaders import absent
from autograder.probe.results import results

NAME = "baseline"

MAX_NAME = 100
"""Characters that the name of an input may have."""

Array = npt.NDArray[Any]


def variables(problem: Problem) -> tuple[str, str, str]:
    """Return the names of the network, of its input's name, and of its figure."""
    return NAME, "baseline_input", f"baseline_{problem.compared.name}"


def comparison(  # noqa: PLR0913, PLR0917 - each is another thing of the notebook
    network: Any, named: Any, figure: Any, model: Any, rows: Batches | Failure, problem: Problem, framework: Framework
) -> BaselineEvidence:
    """Record a network on the columns of its own input.

    `network`, `named` and `figure` are the student's objects, or the Failure that says that one is missing; `model` is
    the trained network; `rows` are those of `train_data`.
    """
    _, second, third = variables(problem)
    which = _input(named, second)
    recorder = importlib.import_module(f"autograder.probe.{framework}").record
    attempts = _Attempts(network, rows, problem, recorder)
    evidence = attempts.on(which)
    raised = evidence.failure is not None and evidence.failure.kind == "raised" and evidence.failure.name == NAME
    return BaselineEvidence(
        model=evidence,
        input=which,
        figure=results({third: figure}).figures[third],
        runs_on=attempts.elsewhere(which) if raised else (),
        shared=bool(_weights(network) & _weights(model)),
    )


def _input(value: Any, name: str) -> str | Failure:
    missing = absent(value, name)
    if missing is not None:
        return missing
    if not isinstance(value, str):
        return Failure(kind="unsupported", name=name, detail=type(value).__name__)
    return " ".join(value.split())[:MAX_NAME]


class _Attempts:
    """Recordings of one network on the columns of one input or of all."""

    def __init__(
        self, network: Any, rows: Batches | Failure, problem: Problem, record: Callable[..., ModelEvidence]
    ) -> None:
        self._network, self._rows, self._problem, self._record = network, rows, problem, record

    def on(self, which: str | Failure) -> ModelEvidence:
        """Record on the input of a name, or on the first when there is none of that name."""
        missing = absent(self._network, NAME)
        if missing is not None:
            return ModelEvidence(failure=missing)
        if isinstance(self._rows, Failure):
            return ModelEvidence(failure=self._rows)
        names = [one.name for one in self._problem.inputs]
        found = self._record(self._network, self._columns(names.index(which) if which in names else 0), self._problem)
        if found.failure is None:
            return found
        return ModelEvidence(failure=found.failure.model_copy(update={"name": NAME}))

    def elsewhere(self, which: str | Failure) -> tuple[str, ...]:
        """Return the other inputs on which the network does run: one, or all together; nothing for none."""
        assert isinstance(self._rows, Batches)
        names = tuple(one.name for one in self._problem.inputs)
        for place, name in enumerate(names):
            if name != which and self._runs(self._columns(place)):
                return (name,)
        return names if self._runs(self._rows.x, self._rows.widths, self._dtypes()) else ()

    def _runs(self, x: Array, *cut: tuple[Any, ...]) -> bool:
        return self._record(self._network, x, self._problem, *cut).failure is None

    def _dtypes(self) -> tuple[str, ...]:
        assert isinstance(self._rows, Batches)
        return self._rows.dtypes[: len(self._rows.widths)]

    def _columns(self, place: int) -> Array:
        assert isinstance(self._rows, Batches)
        if place >= len(self._rows.widths):
            return self._rows.x
        start, end = bounds(self._rows.widths)[place]
        return np.ascontiguousarray(self._rows.x[:, start:end].astype(self._dtypes()[place]))


def _weights(model: Any) -> set[int]:
    """Which objects a network's weights are."""
    try:
        found = model.parameters() if hasattr(model, "parameters") else getattr(model, "weights", ())
        return {id(weight) for weight in found}
    except Exception:  # the student's object may raise anything
        return set()
