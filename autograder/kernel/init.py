"""The first process of a kernel's sandbox: seals it, reaps what ends in it, and takes it all along when it ends."""

import os
import signal
from pathlib import Path
from typing import NoReturn

from autograder.kernel import linux, memory, syscalls

_SIGNALLED = 128
"""Added to the number of a signal that ended a process, as shells do."""

_LOOK_SECONDS = 0.5
"""How often memory is looked at: filling what a machine has takes longer."""

_DONE = b"!"
_MOST = 4096


class Seal:
    """How the kernel tells the first process that its sockets exist, and waits until their folder is read-only."""

    def __init__(self, sockets: Path) -> None:
        self.sockets = sockets
        self._bound = os.pipe()
        self._sealed = os.pipe()

    def __call__(self) -> None:
        """In the kernel: have the folder sealed.  Raises OSError when that failed."""
        os.write(self._bound[1], _DONE)
        os.close(self._sealed[1])
        answer = os.read(self._sealed[0], _MOST)
        if answer != _DONE:
            raise OSError(answer.decode() or "the sandbox ended before it was closed")
        for descriptor in (*self._bound, self._sealed[0]):
            os.close(descriptor)

    def close(self) -> None:
        """In the first process: wait for the kernel's sockets, and let nothing be written next to them."""
        linux.close_all_but({self._bound[0], self._sealed[1]})
        try:
            self._close()
        except (OSError, RuntimeError, ImportError) as error:
            os.write(self._sealed[1], str(error).encode()[:_MOST])
        else:
            os.write(self._sealed[1], _DONE)
        os.close(self._bound[0])
        os.close(self._sealed[1])

    def _close(self) -> None:
        if os.read(self._bound[0], 1):
            flags = linux.REMOUNT | linux.BIND | linux.READ_ONLY | linux.NO_SETUID | linux.NO_DEVICES
            linux.mount("none", str(self.sockets), flags=flags)
        linux.drop_capabilities()
        linux.hide_memory()
        syscalls.forbid()
        linux.die_with_parent(signal.SIGKILL)


def supervise(kernel: int, seal: Seal, most: int) -> NoReturn:
    """Be the first process until the kernel ends; the system then ends everything else in the namespace.

    Meanwhile nothing in it may take more than `most` bytes of memory together, beyond what it was forked with: limits
    of the system hold for one process each.
    """
    most += memory.resident(os.getpid())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    seal.close()
    while (code := _reaped(kernel)) is None:
        if signal.sigtimedwait({signal.SIGCHLD}, _LOOK_SECONDS) is None:
            memory.hold(most)
    os._exit(code)


def wait_for(child: int) -> int:
    """Wait until `child` ends, and return its exit code."""
    return _code(os.waitpid(child, 0)[1])


def _reaped(kernel: int) -> int | None:
    """Reap whatever has ended; return the kernel's exit code if it has."""
    while True:
        ended, status = os.waitpid(-1, os.WNOHANG)
        if ended == 0:
            return None
        if ended == kernel:
            return _code(status)


def _code(status: int) -> int:
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else _SIGNALLED - code
