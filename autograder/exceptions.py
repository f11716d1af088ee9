"""Every error this package raises on purpose, with one line that says what to do."""

from autograder.dutch import one_line

REMEDY = "is memory left, and does c.Course.limits leave enough of everything?"
"""What to look at when a process of the grader's own does not start."""


class AutograderError(Exception):
    """Base class: the message is one line that says what happened, where, and what to do."""

    stops_grading = True
    """Whether it concerns the course or the machine, so that grading on would only give everyone the same reason."""


class CourseError(AutograderError):
    """`course_config.py` or the course folder is not usable as it stands."""


class DataError(AutograderError):
    """A data set could not be found, read or trusted."""


class EvidenceError(AutograderError):
    """What came out of a student's kernel is not evidence."""

    stops_grading = False

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


class ReplayError(AutograderError):
    """A recorded network cannot be run again here."""

    stops_grading = False


class JudgeError(AutograderError):
    """The judge's process crashed, hung or ran out of memory."""

    stops_grading = False


class AnswerError(AutograderError):
    """An answer file is not of the documented form."""


class BatchError(AutograderError):
    """A class cannot be graded on: the workers are not fit for it, or the scheduler is gone."""


class SandboxUnavailableError(AutograderError):
    """Students' code cannot be run in a sandbox here, so that nothing can be graded."""


class NoKernelsError(AutograderError):
    """Kernels do not start on this machine, whatever the notebook."""


class NoJudgeError(AutograderError):
    """The judge does not work on this machine, whatever the notebook."""
