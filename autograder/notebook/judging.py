"""The judge of a notebook: forked where its framework is imported already, and in the same kind of sandbox."""

import logging
import sys
from functools import partial
from typing import IO

from autograder.course import Course
from autograder.evidence.records import Framework
from autograder.judge.process import JudgeProcess, Running, cold, judge_for
from autograder.kernel.errors import NoKernelError, SandboxError
from autograder.kernel.preload import modules_for
from autograder.kernel.settings import Limits, Program, Settings
from autograder.notebook.evidence import kernel_environment
from autograder.notebook.session import MODULES

_LOG = logging.getLogger(__name__)
_JUDGE = "autograder.judge.__main__:main"


def judge_of(framework: Framework, course: Course) -> JudgeProcess:
    """Return the judge of this process for a framework."""
    limits = course.limits
    warm = sys.platform == "linux" and course.sandbox
    start = partial(_warm, framework, course) if warm else cold
    return judge_for(framework, limits.judge_seconds, limits.judge_gigabytes, start)


def _warm(framework: Framework, course: Course, gigabytes: float, errors: IO[str]) -> Running:
    """Fork a judge from the process that forks the framework's kernels; with one that cannot, start it cold."""
    from autograder.kernel.process import RefusedError
    from autograder.kernel.program import WarmProgram

    settings = Settings((*modules_for(framework), *MODULES[framework]), limits=Limits(**course.limits.kernel))
    program = Program(_JUDGE, (str(gigabytes),), int(gigabytes * 1024))
    try:
        return WarmProgram(settings, kernel_environment(), program)
    except (NoKernelError, SandboxError, RefusedError) as error:
        _LOG.warning("the judge of %s starts cold: %s", framework, error)
        return cold(gigabytes, errors)
