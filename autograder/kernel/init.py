"""The first process of a kernel's sandbox: seals it, reaps what ends in it, and takes it all along when it ends."""

import os
import signal
from pathlib import Path
from typing import NoReturn

from autograder.kernel import linux, syscalls

_SIGNALLED = 128
"""Added to the number of a signal that ended a process, as shells do."""

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


def supervise(kernel: int, seal: Seal) -> NoReturn:
    """Be the first process until the kernel ends; the system then ends everything else in the namespace."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    seal.close()
    os._exit(wait_for(kernel))


def wait_for(child: int) -> int:
    """Reap whatever ends until `child` does, and return its exit code."""
    while True:
        ended, status = os.wait()
        if ended == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else _SIGNALLED - code
