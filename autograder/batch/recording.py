"""The one writer: takes what workers send back through nbgrader's own converter, into its gradebook and folders."""


from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import nbformat
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from traitlets.config import Config

from autograder.batch import ledger
from autograder.batch.outcome import Outcome, failed, outcome
from autograder.batch.submission import ClassOf, Submission
from autograder.exceptions import AutograderError
from autograder.notebook.absent import record_absent
from autograder.notebook.stand_in import stand_in


@dataclass(frozen=True)
class Graded:
    """What is known of a submission when all its tasks have come back."""

    sanitised: Mapping[str, str]
    """Every notebook that it holds, as it went to the workers."""
    executed: Mapping[str, str]
    """The notebooks that ran and were judged."""
    troubles: Mapping[str, str]
    """For the others, why not: in Dutch, for the student."""


@dataclass(frozen=True)
class Writer:
    """Writes one submission after the other.  Nothing else opens the gradebook for writing while it works."""

    of: ClassOf

    def record(self, submission: Submission, graded: Graded) -> Outcome:
        """Let nbgrader do all that it does for a submission, but run it; return what came of it.

        Nothing of an earlier grading survives but points given by hand, as in nbgrader itself.
        """
        with self.of.course.inside():
            try:
                self._convert(submission, graded)
            except (NbGraderException, AutograderError) as error:
                if submission.digests:
                    return failed(submission.student, error)
            if not submission.digests:  # nbgrader passes over it, before its hook is called
                record_absent(self.of.assignment, submission.student, [])
        known = ledger.read(self.of.database, self.of.assignment, submission.student)
        ended = self.ended(submission, known)
        return ended or failed(submission.student, "nbgrader ended, but what it left is not complete")

    def ended(self, submission: Submission, known: ledger.Ledger, *, earlier: bool = False) -> Outcome | None:
        """Return how a submission ended by what is `known` from the gradebook; None when it has not."""
        return outcome(submission, known.get(submission.student, {}), self._permissions, earlier=earlier)

    def _convert(self, submission: Submission, graded: Graded) -> None:
        instead = {
            name: nbformat.writes(stand_in(self.of.database, name, self.of.assignment, reason))
            for name, reason in graded.troubles.items()
        }
        settings = Config()
        settings.SubmissionExporter.sanitised = {**graded.sanitised, **instead}
        settings.ExecuteAndJudge.executed = dict(graded.executed)
        settings.ExecuteAndJudge.digests = dict(submission.digests)
        self.of.course.convert(Autograde, self.of.assignment, submission.student, force=True, settings=settings)

    @cached_property
    def _permissions(self) -> int:
        return int(str(self.of.course.converter(Autograde, self.of.assignment, "*").permissions), 8)
