"""What the analysis needs of a recorded network, whichever framework made it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.evidence.records import Recording
from autograder.exceptions import ReplayError

Values = npt.NDArray[Any]
Weights = Mapping[str, Values]


@dataclass(frozen=True)
class Node:
    """One value in a recorded network and the names of what it is computed from."""

    ref: str
    op: str
    reads: tuple[str, ...]


class Network(ABC):
    """A recorded network that can be run again.

    `refs` name values: the input, a parameter, or what an operation made. Everything takes and returns numpy arrays.
    """

    def __init__(self, recording: Recording) -> None:
        if recording.x.ndim == 0 or not recording.x.size:
            raise ReplayError("the recorded input has no rows")
        if len({p.name for p in recording.parameters}) < len(recording.parameters):
            raise ReplayError("the recorded network holds two parameters of one name")
        self.recording = recording
        self.weights: dict[str, Values] = {p.name: p.value for p in recording.parameters}
        self.rows: int = recording.x.shape[0]

    @property
    @abstractmethod
    def nodes(self) -> Sequence[Node]:
        """Every computed value, in the order in which they are computed."""

    @abstractmethod
    def run(
        self,
        x: Values,
        weights: Weights | None = None,
        want: Sequence[str] | None = None,
        override: Mapping[str, Values] | None = None,
    ) -> list[Values]:
        """Run on `x` of shape (recorded rows, features) and return the values of `want`, default the outputs.

        `weights` replaces some parameters by name; `override` replaces computed values by reference.
        """

    @abstractmethod
    def gradients(
        self, x: Values, ref: str, seeds: Iterable[Values], weights: Weights | None = None
    ) -> Iterator[dict[str, Values | None]]:
        """Yield for each of `seeds`, by parameter name, the gradient of the sum of (seed * value of `ref`).

        None where no gradient flows. Every seed has as many numbers as the value; one forward pass serves them all.
        """

    def by_row(self, x: Values, ref: str) -> dict[str, Values | None]:
        """Return for each parameter (rows, ...) the gradient of each row of `ref`, which has one number a row.

        None where no gradient flows.
        """
        found: dict[str, list[Values]] = {}
        for one in self.gradients(x, ref, np.eye(self.rows)):
            for name, gradient in one.items():
                found.setdefault(name, []).extend([] if gradient is None else [gradient])
        return {name: np.stack(parts) if parts else None for name, parts in found.items()}

    def outputs(self, x: Values, weights: Weights | None = None) -> list[Values]:
        """Run on any number of rows, in blocks of the recorded size; each output as (rows, width)."""
        blocks: list[list[Values]] = []
        for start in range(0, len(x), self.rows):
            block = x[start : start + self.rows]
            missing = self.rows - len(block)
            padded = np.concatenate([block, np.repeat(block[-1:], missing, axis=0)]) if missing else block
            blocks.append([self._rows(value)[: len(block)] for value in self.run(padded, weights)])
        return [np.concatenate(parts) for parts in zip(*blocks, strict=True)]

    def _rows(self, value: Values) -> Values:
        if value.size % self.rows:
            raise ReplayError(f"an output of shape {value.shape} has no row for each of {self.rows} rows of the input")
        return np.asarray(value, dtype=np.float64).reshape(self.rows, -1)

    @property
    def output_refs(self) -> tuple[str, ...]:
        """The references of the outputs, in the order of the heads."""
        return tuple(output.ref for output in self.recording.outputs)

    def ancestors(self, ref: str) -> frozenset[str]:
        """Everything that a value is computed from, itself included."""
        reads = {node.ref: node.reads for node in self.nodes}
        seen: set[str] = set()
        todo = [ref]
        while todo:
            current = todo.pop()
            if current not in seen:
                seen.add(current)
                todo.extend(reads.get(current, ()))
        return frozenset(seen)
