"""Collect a notebook's evidence while it runs: which question is asked when."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from nbformat.notebooknode import NotebookNode

from autograder.evidence.encoding import Record
from autograder.evidence.records import (
    BaselineEvidence,
    DataEvidence,
    Framework,
    HiddenEvidence,
    InspectionEvidence,
    LoadersEvidence,
    LossEvidence,
    ModelEvidence,
    NotebookEvidence,
    ReadingEvidence,
    ResultsEvidence,
    StepEvidence,
    TrainingEvidence,
)
from autograder.evidence.requests import Kind
from autograder.exceptions import EvidenceError
from autograder.notebook import cells as mine
from autograder.notebook.session import KERNEL_ENVIRONMENT, KernelGoneError, Session

RECORDS: dict[Kind, type[Record]] = {
    "inspection": InspectionEvidence,
    "data": DataEvidence,
    "loaders": LoadersEvidence,
    "architecture": ModelEvidence,
    "loss": LossEvidence,
    "step": StepEvidence,
    "training": TrainingEvidence,
    "results": ResultsEvidence,
    "hidden": HiddenEvidence,
    "comparison": BaselineEvidence,
    "reading": ReadingEvidence,
}
"""What the answer to each question is; NotebookEvidence has a field of the same name."""

AT_ONCE: dict[str, tuple[Kind, ...]] = {
    "inspection": ("inspection",),
    "loaders": ("loaders",),
    "architecture": ("architecture",),
    "fusion": ("architecture",),
    "training": ("training",),
    "results": ("results",),
    "comparison": ("comparison",),
}
"""Questions asked right after the test cell of a topic; they disturb nothing."""

KNOWN = frozenset({*AT_ONCE, "data", "loss"})
"""Topics about a network; every other topic is one of questions with one right answer each."""


def at_once(topic: str) -> tuple[Kind, ...]:
    """Return what is asked right after the test cell of a topic."""
    return AT_ONCE.get(topic, () if topic in KNOWN else ("reading",))

AT_THE_END: dict[Framework, dict[str, tuple[Kind, ...]]] = {
    "pytorch": {"data": ("data",), "loss": ("loss",), "results": ("hidden",)},
    "keras": {"data": ("data",), "loss": ("step",), "results": ("hidden",)},
}
"""Questions that call the student's functions or take training steps, asked after the last cell."""


@dataclass
class Collector:
    """Runs every cell of a notebook and gathers what the probe sends."""

    session: Session
    content: Callable[[Kind], dict[str, Any]]
    """The challenge that goes with a question."""
    turn: Callable[[], AbstractContextManager[None]] = nullcontext
    """Entered when the kernel has started, left before it shuts down."""
    found: dict[str, Record] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def run(self, nb: NotebookNode) -> NotebookEvidence:
        """Run the notebook in a kernel and return all evidence; a dead kernel leaves what came before."""
        try:
            with self.session.client.setup_kernel(env=kernel_environment()), self.turn():
                self._run_cells(nb.cells)
        except KernelGoneError as gone:
            self.remarks.append(str(gone))
        except RuntimeError as error:
            self.remarks.append(f"De kernel kon niet starten: {str(error)[:200]}")
        self.remarks.extend(self.session.flags)
        return NotebookEvidence(framework=self.session.framework, remarks=tuple(self.remarks), **self.found)  # type: ignore[arg-type]

    def _run_cells(self, cells: Sequence[NotebookNode]) -> None:
        self._tell("start")
        topics: list[str] = []
        for place, cell in enumerate(cells):
            self.session.run_cell(cell, place)
            name = mine.grade_id(cell)
            if mine.is_test(cell):
                here = cell.metadata.get(mine.KEY, {}).get("topics", [])
                topics.extend(here)
                self._ask_all(kind for topic in here for kind in at_once(topic))
            elif name is not None:
                self._tell("capture", cell=name, **self.content("capture"))
        self._ask_all(kind for topic in topics for kind in AT_THE_END[self.session.framework].get(topic, ()))

    def _tell(self, kind: Kind, **content: Any) -> None:
        try:
            self.session.ask(kind, **content)
        except EvidenceError as error:
            where = f"Na de cel `{content['cell']}`" if "cell" in content else "Bij het begin"
            self.remarks.append(f"{where} kwam geen geldig antwoord uit de kernel: {error}")

    def _ask_all(self, kinds: Iterable[Kind]) -> None:
        for kind in kinds:
            try:
                found = RECORDS[kind].from_wire(self.session.ask(kind, **self.content(kind)))
                before = self.found.get(kind)
                if isinstance(found, ReadingEvidence) and isinstance(before, ReadingEvidence):
                    found = before.completed_by(found)
                self.found[kind] = found
            except EvidenceError as error:
                self.remarks.append(f"Geen bruikbaar bewijs voor `{kind}`: {error}")


def kernel_environment() -> dict[str, str]:
    """Return the variables that a student's kernel gets: the grader's own settings are not among them."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("AUTOGRADER_", "NBGRADER_"))}
    return {**kept, **KERNEL_ENVIRONMENT}
