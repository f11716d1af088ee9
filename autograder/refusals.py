"""One line that says which data is not fit, why, and what to do."""

import os
from pathlib import Path

from autograder.exceptions import DataError


def refusal(where: str, problem: str, remedy: str) -> DataError:
    """Return the error to raise, one line whatever its parts hold."""
    return DataError(" ".join(f"{where}: {problem}; {remedy}".splitlines()))


def unwritable(path: Path, error: OSError) -> DataError:
    """Return the error to raise when a file cannot be written."""
    problem = f"cannot be written ({error.strerror or said(error)})"
    return refusal(str(path), problem, f"make sure that {path.parent} is a folder in which you may write")


def said(error: BaseException) -> str:
    """Return the first line of what `error` says, or its name when it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def expand(path: str | Path) -> str:
    """Return `path` with a home folder in the place of its `~`."""
    # Not Path.expanduser: that one raises RuntimeError for a "~" it does not know, this one leaves it be.
    return os.path.expanduser(path)  # noqa: PTH111
