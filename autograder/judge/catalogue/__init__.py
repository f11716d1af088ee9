"""The one list of every fault that the judge can name."""

from autograder.judge.catalogue import architecture, loss
from autograder.judge.catalogue.fault import Fault

__all__ = ["FAULTS", "Fault"]

FAULTS: dict[tuple[str, str], Fault] = {
    (fault.criterion, fault.identifier): fault for module in (architecture, loss) for fault in module.FAULTS
}
"""By criterion and identifier."""
