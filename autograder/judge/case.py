"""One notebook on the judge's desk: its evidence, what the judge knows besides, and what it has measured so far."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from pydantic import Field

from autograder.evidence.encoding import Array, Record
from autograder.evidence.problem import Problem
from autograder.evidence.records import ModelEvidence, NotebookEvidence, Recording
from autograder.evidence.requests import DataChallenge, Frame, LossChallenge
from autograder.exceptions import ReplayError
from autograder.expected import Expected
from autograder.judge.modalities import Joining, measure_joining
from autograder.judge.replay import Network, load
from autograder.judge.structure import Structure, measure
from autograder.judge.verdicts import Verdict


class Context(Record):
    """What the grader tells the judge and never the student's kernel."""

    seed: int
    problem: Problem | None = None
    """What the assignment asks; None for one that only asks questions with one right answer each."""
    rubric: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """The criteria of every topic that is judged."""
    thresholds: dict[str, float] = Field(default_factory=dict)
    """Of every metric."""
    answers: dict[str, Expected] = Field(default_factory=dict)
    """Of every criterion that is a question with one right answer."""
    students: Frame = Frame(columns=(), values=())
    """The students' own rows, all columns."""
    data: DataChallenge | None = None
    """As sent to the kernel."""
    loss: LossChallenge | None = None
    """As sent to the kernel."""
    hidden_labels: tuple[Array, ...] | None = None
    """(hidden rows,) true labels for each head, in the order in which the hidden rows were sent; None without them."""


@dataclass
class Case:
    """The evidence of one notebook with lazily measured facts; topic modules read it and add their verdicts."""

    evidence: NotebookEvidence
    context: Context
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    logits: tuple[bool | None, ...] = ()
    """By head, whether the loss treats its output as a logit; set by the loss topic, None where it could not tell."""

    loss_weights: tuple[float, ...] | None = None
    """By head, of the terms of a loss that is in order and weighs every row alike; set by the loss topic."""

    @property
    def problem(self) -> Problem:
        """What the assignment asks.  Raises ValueError for one that asks for no network."""
        if self.context.problem is None:
            raise ValueError("this assignment asks for no network")
        return self.context.problem

    def logit(self, head: int) -> bool | None:
        """Whether the loss treats a head's output as a logit; None when that is not known."""
        return self.logits[head] if head < len(self.logits) else None

    def add(self, *verdicts: Verdict) -> None:
        """Record verdicts; each criterion once."""
        for verdict in verdicts:
            self.verdicts[verdict.criterion] = verdict

    @cached_property
    def initial(self) -> Network | ReplayError | None:
        """The network before training; the error when it cannot be run again; None when there is no recording."""
        return network_of(self.evidence.architecture)

    @cached_property
    def trained(self) -> Network | ReplayError | None:
        """The network after training, likewise."""
        return network_of(self.evidence.training.model if self.evidence.training else None)

    @cached_property
    def unrecorded(self) -> str | None:
        """Why the network could not be recorded though it runs, for whoever looks at it; None otherwise."""
        training = self.evidence.training
        for evidence in (self.evidence.architecture, training.model if training else None):
            failure = evidence.failure if evidence else None
            if failure is not None and failure.kind == "unrecorded":
                return f"je netwerk loopt, maar laat zich niet opnemen ({failure.detail})."
        return None

    @cached_property
    def structure(self) -> Structure | ReplayError | None:
        """How the network before training is wired; None when it has not exactly one output for each head."""
        network = self.initial
        if not isinstance(network, Network):
            return network
        if len(network.recording.outputs) != len(self.problem.heads):
            return None
        try:
            return measure(network, self.context.seed)
        except ReplayError as error:
            return error

    @cached_property
    def joining(self) -> Joining | ReplayError | None:
        """How its inputs come together; None for a network of one input."""
        network, inputs = self.initial, len(self.problem.inputs)
        if not isinstance(network, Network) or inputs < 2:
            return network if isinstance(network, ReplayError) else None
        if len(network.recording.widths) != inputs:
            return ReplayError("de invoeren van je netwerk zijn niet van elkaar te onderscheiden.")
        try:
            return measure_joining(network, self.context.seed)
        except ReplayError as error:
            return error


def network_of(evidence: ModelEvidence | None) -> Network | ReplayError | None:
    """Return a recorded network; the error when it cannot be run again; None when there is no recording."""
    recording = evidence.recording if evidence else None
    if recording is None:
        return None
    try:
        network = load(recording)
        _check(network, recording)
    except ReplayError as error:
        return error
    return network


def _check(network: Network, recording: Recording) -> None:
    """Raise ReplayError unless the replay agrees with the student's own model on the recorded input."""
    for output, value in zip(recording.outputs, network.run(recording.x), strict=True):
        same = value.shape == output.value.shape
        if not same or not np.allclose(value, output.value, rtol=1e-3, atol=1e-4, equal_nan=True):
            raise ReplayError(f"the replay of output {output.name} does not agree with the model's own output")
