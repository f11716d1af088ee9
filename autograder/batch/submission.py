"""Which submissions there are, and what each needs to be graded: its tasks, made without changing anything."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde
from traitlets.config import Config

from autograder.batch.converting import CourseFolder
from autograder.batch.task import Task, code_digest, travelling, travelling_name
from autograder.course import Course, from_config
from autograder.exceptions import CourseError
from autograder.notebook import files
from autograder.notebook.submitted import digest_of, small_files


@dataclass(frozen=True)
class Submission:
    """One student's folder for an assignment."""

    student: str
    folder: Path
    graded: Path
    """Where nbgrader puts what it has graded."""
    digests: Mapping[str, str]
    """Of every notebook of the assignment that the folder holds."""
    absent: tuple[str, ...]
    """The notebooks of the assignment that it does not hold."""


@dataclass(frozen=True)
class ClassOf:
    """All submissions of one assignment."""

    course: CourseFolder
    assignment: str
    sandbox: bool = True
    """False grades without a sandbox whatever the course says."""

    def students(self) -> list[str]:
        """Everyone with a folder for the assignment, sorted.  Raises CourseError when there is nobody."""
        directory = self.course.directory(self.assignment, "*")
        pattern = Path(directory.format_path(directory.submitted_directory, "*", self.assignment))
        found = pattern.parent.parent.glob(f"*/{pattern.name}")
        left_out = set(directory.student_id_exclude.split(","))
        students = sorted({path.parent.name for path in found if path.is_dir()} - left_out)
        if not students:
            raise CourseError(
                f"{pattern.parent.parent}: no submissions of {self.assignment}; expected "
                f"submitted/<student>/{self.assignment}/<notebook>.ipynb (nbgrader zip_collect makes these folders)"
            )
        return students

    def submission(self, student: str) -> Submission:
        """Read what a student has handed in."""
        folder = self._path("submitted", student)
        present = [name for name in self.notebooks if (folder / f"{name}.ipynb").is_file()]
        return Submission(
            student=student,
            folder=folder,
            graded=self._path("autograded", student),
            digests={name: digest_of(folder, name, self._ignore) for name in present},
            absent=tuple(name for name in self.notebooks if name not in present),
        )

    def tasks(self, submission: Submission) -> dict[str, Task]:
        """Sanitise a submission's notebooks with nbgrader's own steps and return them as tasks, by notebook.

        Raises CourseError or DataError when the course is not fit for grading.
        """
        found = self._files(submission.folder)
        attached = {travelling_name(name): b64encode(path.read_bytes()).decode() for name, path in found.items()}
        return {
            name: Task(
                code=code_digest(),
                student=submission.student,
                assignment=self.assignment,
                notebook=name,
                text=self._sanitised(submission.folder / f"{name}.ipynb"),
                files=attached,
                course=self.settings,
                **self._material,
            )
            for name in submission.digests
        }

    @cached_property
    def notebooks(self) -> list[str]:
        """The assignment's notebooks.  Raises CourseError when it has not been built."""
        with self.course.inside(), Gradebook(self.database) as gradebook:
            try:
                return sorted(str(notebook.name) for notebook in gradebook.find_assignment(self.assignment).notebooks)
            except MissingEntry:
                root = self.course.root
                raise CourseError(f"{root}: {self.assignment} is not built yet; run `autograder build`") from None

    @cached_property
    def database(self) -> str:
        """The gradebook's address."""
        return str(self.course.directory(self.assignment, "*").db_url)

    @cached_property
    def settings(self) -> Course:
        """The part of the course's settings that a worker needs."""
        course = from_config(self.course.config)
        kept = {self.assignment: course.assignment(self.assignment)}
        return course.model_copy(update={"assignments": kept, "sandbox": course.sandbox and self.sandbox})

    @cached_property
    def _material(self) -> dict[str, Any]:
        # All assignments: a table of another one's problem is handed out without what is hidden there.
        return travelling(files.material(self.course.root, from_config(self.course.config), self.assignment))

    @cached_property
    def _ignore(self) -> list[str]:
        return list(self.course.directory(self.assignment, "*").ignore)

    @cached_property
    def _reader(self) -> Any:
        settings = Config({"SubmissionExporter": {"reads_only": True}})
        converter = self.course.converter(Autograde, self.assignment, "*", settings)
        exporter = converter.exporter_class(parent=converter, config=converter.config)
        for preprocessor in converter.sanitize_preprocessors:
            exporter.register_preprocessor(preprocessor)
        return converter, exporter

    def _sanitised(self, notebook: Path) -> str:
        converter, exporter = self._reader
        with self.course.inside():
            resources = converter.init_single_notebook_resources(str(notebook))
            text, _ = exporter.from_filename(str(notebook), resources=resources)
        return str(text)

    def _files(self, folder: Path) -> dict[str, Path]:
        """The files that the graded folder will hold: the student's own, and over them those of the source."""
        source = self._path("source", ".")
        kept = self.course.converter(Autograde, self.assignment, "*").exclude_overwriting.get(self.assignment, [])
        ours = {name: path for name, path in small_files(source, self._ignore).items() if name not in kept}
        return {**small_files(folder, self._ignore), **ours}

    def _path(self, step: str, student: str) -> Path:
        directory = self.course.directory(self.assignment, "*")
        name = getattr(directory, f"{step}_directory")
        return Path(directory.format_path(name, student, self.assignment))
