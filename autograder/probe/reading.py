"""Read answers that are one number or one word each."""

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.evidence.records import Failure, ReadingEvidence
from autograder.probe.arrays import one_line, to_numpy
from autograder.probe.loaders import absent
from autograder.probe.quiet import quiet

MAX_CHARACTERS = 200
"""Of an answer in words that travel."""


def reading(names: Sequence[str], namespace: Mapping[str, Any]) -> ReadingEvidence:
    """Return what each of `names` holds: a number, a text, or a Failure that says what it is instead."""
    with quiet():
        return ReadingEvidence(values={name: _value(namespace.get(name), name) for name in names})


def _value(value: Any, name: str) -> float | str | Failure:
    missing = absent(value, name)
    if missing is not None:
        return missing
    if isinstance(value, str):
        return value[:MAX_CHARACTERS]
    found = type(value).__name__
    try:
        array = to_numpy(value)
    except Exception as error:  # there is no limit to what a student calls an answer
        return Failure(kind="unsupported", name=name, detail=f"een {found} ({one_line(error)})"[:300])
    if array.shape != () or array.dtype.kind not in "fiu":
        return Failure(kind="unsupported", name=name, detail=f"een {found}")
    return float(array)
