"""One notebook on the judge's desk: its evidence, what the judge knows besides, and what it has measured so far."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from pydantic import Field

from autograder.evidence.encoding import Array, Record
from autograder.evidence.records import ModelEvidence, NotebookEvidence, Recording
from autograder.evidence.requests import DataChallenge, Frame, LossChallenge
from autograder.exceptions import ReplayError
from autograder.expected import Expected
from autograder.judge.replay import Network, load
from autograder.judge.structure import Structure, measure
from autograder.judge.verdicts import Verdict


class Context(Record):
    """What the grader tells the judge and never the student's kernel."""

    seed: int
    thresholds: dict[str, float]
    """`mae` (below) and `accuracy` (above)."""
    answers: dict[str, Expected] = Field(default_factory=dict)
    """Of every criterion that is a question with one right answer."""
    students: Frame
    """The students' own wines, all columns."""
    data: DataChallenge | None = None
    """As sent to the kernel."""
    loss: LossChallenge | None = None
    """As sent to the kernel."""
    hidden_quality: Array | None = None
    """(hidden rows,) true labels, in the order in which the hidden wines were sent; None without hidden wines."""


@dataclass
class Case:
    """The evidence of one notebook with lazily measured facts; topic modules read it and add their verdicts."""

    evidence: NotebookEvidence
    context: Context
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    logit: bool | None = None
    """Whether the loss treats the output `good` as a logit; set by the loss topic, None when it could not tell."""

    def add(self, *verdicts: Verdict) -> None:
        """Record verdicts; each criterion once."""
        for verdict in verdicts:
            self.verdicts[verdict.criterion] = verdict

    @cached_property
    def initial(self) -> Network | ReplayError | None:
        """The network before training; the error when it cannot be run again; None when there is no recording."""
        return _network(self.evidence.architecture)

    @cached_property
    def trained(self) -> Network | ReplayError | None:
        """The network after training, likewise."""
        return _network(self.evidence.training.model if self.evidence.training else None)

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
        """How the network before training is wired; None when it has not exactly two outputs."""
        network = self.initial
        if not isinstance(network, Network):
            return network
        if len(network.recording.outputs) != 2:
            return None
        try:
            return measure(network, self.context.seed)
        except ReplayError as error:
            return error


def _network(evidence: ModelEvidence | None) -> Network | ReplayError | None:
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
