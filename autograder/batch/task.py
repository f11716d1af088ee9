"""What crosses from the writer to a worker and back: one notebook to run, one that was run, both as checked text."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import quote, unquote_to_bytes

from pydantic import Field, ValidationError

import autograder
from autograder.course import Course
from autograder.data import Material
from autograder.evidence.encoding import Record
from autograder.evidence.frames import to_frame, to_table
from autograder.evidence.requests import Frame
from autograder.exceptions import BatchError


class Task(Record):
    """One sanitised notebook with all that a worker needs: no course folder, no gradebook, no seed, no pickle."""

    code: str
    """`code_digest` of the writer; a worker with other code would give other marks."""
    student: str
    assignment: str
    notebook: str
    text: str
    """The sanitised notebook, as JSON text."""
    files: dict[str, str]
    """The files that go with it, by `travelling_name` of their relative path, as base64 text."""
    course: Course
    tables: dict[str, Frame]
    """The data files of the assignment, as students have them, by name."""
    hidden: Frame | None = None
    """Hidden rows with their true labels: workers are trusted, kernels are not."""
    key: str = ""
    """Of the challenges, by which the same notebook gets the same one on every worker."""

    def material(self) -> Material:
        """The data as the course itself would split it."""
        tables = {name: to_table(table) for name, table in self.tables.items()}
        return Material(tables, None if self.hidden is None else to_table(self.hidden), self.key)


class Result(Record):
    """What came of a task; exactly one of `text`, `trouble` and `stop` is not empty."""

    task: str
    """Digest of the task that it answers."""
    text: str = ""
    """The executed and judged notebook, as JSON text."""
    trouble: str = ""
    """Why this notebook could not be processed, in Dutch, for the student."""
    stop: str = ""
    """Why no notebook can be processed on that machine, in English, for the instructor."""
    wall_seconds: Annotated[float, Field(ge=0)] = 0.0
    grader_cpu_seconds: Annotated[float, Field(ge=0)] = 0.0
    """Of the worker's own process: nbclient, encoding, checks."""


Sealed = TypeVar("Sealed", bound=Record)


def seal(record: Record) -> str:
    """Return a record as text that says when it was damaged on its way."""
    text = record.to_wire()
    return f"{digest(text)}\n{text}"


def unseal(kind: type[Sealed], sealed: str) -> Sealed:
    """Return the record in `sealed`.  Raises BatchError when it is not what was sealed."""
    head, _, text = sealed.partition("\n")
    if head != digest(text):
        raise BatchError(f"a {kind.__name__.lower()} was damaged on its way between processes")
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        raise BatchError(f"not a valid {kind.__name__.lower()}: {error.errors(include_url=False)[0]['msg']}") from None


def digest(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A digest of this package's own code, the same on every machine that has the same version of it."""
    root = Path(autograder.__file__).parent
    total = hashlib.sha256()
    for path in sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).as_posix()):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def travelling(material: Material) -> dict[str, Any]:
    """Return the fields `tables`, `hidden` and `key` of a task."""
    return {
        "tables": {name: to_frame(table) for name, table in material.tables.items()},
        "hidden": None if material.hidden is None else to_frame(material.hidden),
        "key": material.key,
    }


def travelling_name(path: str) -> str:
    """Return a path as text that can travel, whatever bytes it is made of on this machine."""
    return quote(os.fsencode(path))


def arrived_name(travelled: str) -> str:
    """Return the path that `travelling_name` was given."""
    return os.fsdecode(unquote_to_bytes(travelled))
