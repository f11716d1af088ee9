"""What can go wrong before a kernel runs."""


class SandboxError(Exception):
    """The sandbox cannot run here; the message is one line that says why and how grading goes on without."""

    ALLOW = "to grade without a sandbox: --unsafe-no-sandbox, or c.Course.sandbox = False"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"students' code cannot be run in a sandbox: {' '.join(reason.split())} ({self.ALLOW})")


class NoKernelError(Exception):
    """A warm kernel could not be started, for a reason that has nothing to do with the sandbox."""


class ZygoteGoneError(Exception):
    """The zygote ended between being found and being asked; another one has to be started."""
