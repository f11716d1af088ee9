"""The one list of every fault that the judge can name."""

from autograder.judge.catalogue import (
    architecture,
    comparison,
    data,
    fusion,
    inspection,
    loaders,
    loss,
    reading,
    results,
    training,
)
from autograder.judge.catalogue.fault import Fault

__all__ = ["BY_TOPIC", "FAULTS", "Fault"]

BY_TOPIC: dict[str, tuple[Fault, ...]] = {
    module.__name__.rpartition(".")[2]: module.FAULTS
    for module in (inspection, data, loaders, architecture, fusion, loss, training, results, comparison, reading)
}
"""In the order in which a student meets them."""

FAULTS: dict[tuple[str, str], Fault] = {
    (fault.criterion, fault.identifier): fault for faults in BY_TOPIC.values() for fault in faults
}
"""By criterion and identifier."""
