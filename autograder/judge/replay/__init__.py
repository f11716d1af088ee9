"""Run a recorded network again, with other inputs and weights; the only judge code that imports a framework."""

from autograder.evidence.records import Recording
from autograder.judge.replay.network import Network, Node

__all__ = ["Network", "Node", "load"]


def load(recording: Recording) -> Network:
    """Prepare a recording to be run again.  Raises ReplayError when it holds an operation that is not allowed."""
    if recording.framework == "pytorch":
        from autograder.judge.replay.pytorch import TorchNetwork

        return TorchNetwork(recording)
    from autograder.judge.replay.keras import KerasNetwork

    return KerasNetwork(recording)
