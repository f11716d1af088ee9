"""A kernel in another process, asked for and watched over a connection: what jupyter_client needs of a Popen."""

import json
import select
import signal
import socket
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from autograder.kernel import starter
from autograder.kernel.errors import NoKernelError, SandboxError, ZygoteGoneError
from autograder.kernel.lease import LINE_BYTES, lines
from autograder.kernel.settings import Program, Settings

_ANSWER_SECONDS = starter.START_SECONDS + 120.0
"""The zygote may still be importing when it is asked."""
_ATTEMPTS = 3


class RefusedError(Exception):
    """The zygote does not fork, for the reason in the message."""


class WarmProcess:
    """The kernel's process; it is killed when this object's connection is closed, or this process ends."""

    stdin = stdout = stderr = None

    def __init__(
        self, connection: socket.socket, kernel: str, given: int, program: Program | None = None
    ) -> None:
        """Have a kernel forked, which is given the descriptor of a parcel, or a program, which is given a socket's.

        Raises ZygoteGoneError, RefusedError, SandboxError, or NoKernelError when it does not start.
        """
        self._connection = connection
        self._rest = b""
        self._messages: list[dict[str, Any]] = []
        self.returncode: int | None = None
        try:
            self.pid = self._start({"kernel": kernel, **({"program": asdict(program)} if program else {})}, given)
        except BaseException:
            connection.close()
            raise

    def _start(self, asked: Mapping[str, Any], given: int) -> int:
        line = json.dumps(asked).encode() + b"\n"
        try:
            socket.send_fds(self._connection, [line], [given])
            answer = self._next(_ANSWER_SECONDS)
        except OSError as error:
            raise ZygoteGoneError(str(error)) from error
        if answer is None:
            raise NoKernelError(f"no kernel within {_ANSWER_SECONDS:.0f} seconds")
        if "refused" in answer:
            raise RefusedError(str(answer["refused"]))
        if "sandbox" in answer:
            raise SandboxError(str(answer["sandbox"]))
        if "started" not in answer:
            raise NoKernelError(str(answer.get("failed", answer)))
        return int(answer["started"])

    def _next(self, seconds: float | None) -> dict[str, Any] | None:
        """Return the next message, or None when there is none in time.  Raises ConnectionError at the end."""
        while not self._messages:
            if not select.select([self._connection], [], [], seconds)[0]:
                return None
            data = self._connection.recv(LINE_BYTES)
            if not data:
                raise ConnectionResetError("the zygote has ended")
            self._messages, self._rest = lines(self._rest + data)
        return self._messages.pop(0)

    def poll(self) -> int | None:
        """Return the exit code, or None while the kernel runs."""
        return self._wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the kernel's end and return the exit code, None when the time is over first."""
        return self._wait(timeout)

    def _wait(self, seconds: float | None) -> int | None:
        if self.returncode is None:
            try:
                message = self._next(seconds)
            except OSError:
                message = {"ended": -signal.SIGKILL}  # with the zygote, every kernel ends
            if message is not None and "ended" in message:
                self.returncode = int(message["ended"])
                self.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Signal the kernel and what is in its process group."""
        if self.poll() is None:
            self._connection.sendall(json.dumps({"signal": int(number)}).encode() + b"\n")

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """Give up the lease, which ends the kernel if it still runs."""
        self._connection.close()


def start(
    settings: Settings, variables: Mapping[str, str], kernel: str, given: int, program: Program | None = None
) -> WarmProcess:
    """Return a running kernel or program of the zygote for `settings`; a zygote that just ended is replaced.

    Raises RefusedError, SandboxError or NoKernelError.
    """
    for _ in range(_ATTEMPTS):
        try:
            return WarmProcess(starter.connect(settings, variables), kernel, given, program)
        except ZygoteGoneError as gone:
            last = gone
    raise NoKernelError(f"{_ATTEMPTS} processes ended before they started a kernel: {last}")
