"""A program of the grader's own in a fork of a zygote: what subprocess gives with pipes, without importing anything."""

import secrets
import socket
from collections.abc import Mapping
from typing import IO

from autograder.kernel import process
from autograder.kernel.settings import Program, Settings


class WarmProgram:
    """Runs until it returns, is killed, or this object is closed."""

    def __init__(self, settings: Settings, variables: Mapping[str, str], program: Program) -> None:
        """Have it forked.  Raises RefusedError, SandboxError or NoKernelError of `autograder.kernel`."""
        here, there = socket.socketpair()
        with here, there:
            self._process = process.start(settings, variables, secrets.token_hex(5), there.fileno(), program)
            self.stdin: IO[str] | None = here.makefile("w", encoding="utf-8")
            self.stdout: IO[str] | None = here.makefile("r", encoding="utf-8")

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def wait(self) -> int | None:
        """Wait for its end and return the exit code."""
        return self._process.wait()
