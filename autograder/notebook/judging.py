"""The judge of a notebook: forked where its framework is imported already, and in the same kind of sandbox."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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

    settings = _settings(framework, course)
    program = Program(_JUDGE, (str(gigabytes),), int(gigabytes * 1024))
    try:
        return WarmProgram(settings, kernel_environment(), program)
    except (NoKernelError, SandboxError, RefusedError) as error:
        _LOG.warning("the judge of %s starts cold: %s", framework, error)
        return cold(gigabytes, errors)


@contextmanager
def kept_warm(framework: Framework, course: Course, temporary: str) -> Iterator[None]:
    """Keep the process running that forks a framework's kernels and judges, for those whose temporary files are there.

    What keeps it from running is for them to say; on systems that cannot fork there is none.
    """
    if sys.platform != "linux":
        yield
        return
    from autograder.kernel import starter

    try:
        lease = starter.connect(_settings(framework, course), kernel_environment(), temporary)
    except (OSError, NoKernelError, SandboxError) as error:
        _LOG.debug("nothing warm for %s yet: %s", framework, error)
        yield
        return
    with lease:
        yield


def _settings(framework: Framework, course: Course) -> Settings:
    """What `WarmProvisioner` makes of the same course: kernels and judges come from one process."""
    modules = (*modules_for(framework), *MODULES[framework])
    return Settings(modules, course.sandbox, Limits(**course.limits.kernel))
