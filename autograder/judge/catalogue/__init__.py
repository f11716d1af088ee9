"""The one list of every fault that the judge can name."""

from autograder.judge.catalogue import architecture, data, inspection, loaders, loss, reading, results, training
from autograder.judge.catalogue.fault import Fault

__all__ = ["FAULTS", "Fault"]

FAULTS: dict[tuple[str, str], Fault] = {
    (fault.criterion, fault.identifier): fault
    for module in (inspection, data, loaders, architecture, loss, training, results, reading)
    for fault in module.FAULTS
}
"""By criterion and identifier."""
