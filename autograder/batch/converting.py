"""Run nbgrader's own converters as its commands would, in the course's folder."""

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.apps.nbgraderapp import NbGraderApp
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

from autograder.batch.thrift import thrifty
from autograder.course import load_config


@dataclass(frozen=True)
class CourseFolder:
    """A course folder with its configuration, read once."""

    root: Path

    @cached_property
    def config(self) -> Config:
        """What nbgrader's commands would be configured with.  Raises CourseError when the folder is not a course."""
        config = NbGraderApp().config.copy()
        config.merge(load_config(self.root))
        return config

    def directory(self, assignment: str, students: str) -> CourseDirectory:
        """Return nbgrader's view of the folder, for the students whose names fit a pattern (`*`: all of them)."""
        coursedir = CourseDirectory(config=self.config)
        coursedir.root = str(self.root)
        coursedir.assignment_id = assignment
        coursedir.student_id = students
        return coursedir

    def converter(self, kind: Any, assignment: str, students: str, settings: Config | None = None) -> Any:
        """Return one of nbgrader's converters, ready to start; `settings` go on top of the course's own."""
        config = deepcopy(self.config)
        config.merge(settings or {})
        converter = kind(coursedir=self.directory(assignment, students), config=config)
        converter.log = logging.Logger("autograder.nbgrader", logging.ERROR)  # nbgrader warns of every restored cell
        converter.log.addHandler(logging.NullHandler())  # what there is to say is in the notebook or in the error
        return converter

    def convert(
        self, kind: Any, assignment: str, students: str, *, force: bool, settings: Config | None = None
    ) -> None:
        """Run a converter.  Raises AutograderError, or NbGraderException with the cause instead of where to look."""
        with self.inside():
            converter = self.converter(kind, assignment, students, settings)
            converter.force = force
            said = _Said()
            converter.log.addHandler(said)
            try:
                converter.start()
            except NbGraderException as error:
                raise NbGraderException(said.cause or str(error)) from error

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be in the course's folder, where nbgrader's hooks look for it."""
        before = Path.cwd()
        os.chdir(self.root)
        try:
            with warnings.catch_warnings(), thrifty():
                warnings.simplefilter("ignore", SAWarning)  # nbgrader's gradebook, at every submission
                yield
        finally:
            os.chdir(before)


class _Said(logging.Handler):
    """Keeps the last line of the last traceback that nbgrader logged: it says what its exception does not."""

    cause = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Look at one message."""
        lines = record.getMessage().strip().splitlines()
        if lines and lines[0].startswith("Traceback"):
            self.cause = lines[-1]
