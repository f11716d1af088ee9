"""A process that has a framework imported and forks kernels: `python -m autograder.kernel.zygote`.

Each connection is a lease on one kernel, or on one program of the grader's own: it is asked for with what it is to be
given, signalled through the connection, and killed when the connection ends, however the other side ended.  Without
leases the zygote ends by itself.  It forks only while it has one thread: a lock that another thread holds at that
moment is never released in the fork.
"""

import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from autograder.kernel import child, linux, preload, scheduling
from autograder.kernel.errors import SandboxError
from autograder.kernel.lease import LINE_BYTES, Lease
from autograder.kernel.settings import Program, Settings

READY = b"ready\n"
"""Said on standard output when kernels can be asked for."""


class Zygote:
    """Forks kernels and looks after them."""

    def __init__(self, settings: Settings, listener: socket.socket, kernels: Path) -> None:
        self._settings = settings
        self._listener = listener
        self._kernels = kernels
        self._leases: set[Lease] = set()
        self._selector = selectors.DefaultSelector()
        self._watch(listener.fileno(), self._accept)

    def serve(self) -> None:
        """Serve until nobody has asked for a kernel for a while."""
        idle_since = time.monotonic()
        while True:
            left = idle_since + self._settings.linger_seconds - time.monotonic()
            if not self._leases and left <= 0:
                return
            for key, _ in self._selector.select(None if self._leases else left):
                if key.fd in self._selector.get_map():  # what came before in this round may have closed it
                    key.data()
                idle_since = time.monotonic()

    def _watch(self, descriptor: int, react: Callable[[], None]) -> None:
        self._selector.register(descriptor, selectors.EVENT_READ, react)

    def _accept(self) -> None:
        lease = Lease(self._listener.accept()[0])
        self._leases.add(lease)
        self._watch(lease.connection.fileno(), lambda: self._read(lease))

    def _read(self, lease: Lease) -> None:
        try:
            data, descriptors, _, _ = socket.recv_fds(lease.connection, LINE_BYTES, 1)
        except OSError:
            data, descriptors = b"", []
        if not data:
            self._hang_up(lease)
        for message in lease.messages(data):
            if "signal" in message:
                lease.signal(message["signal"])
            elif "kernel" in message and descriptors and lease.process is None:
                self._fork(lease, str(message["kernel"]), descriptors.pop(), message.get("program"))
        for descriptor in descriptors:
            os.close(descriptor)

    def _fork(self, lease: Lease, name: str, given: int, program: dict[str, Any] | None) -> None:
        threads = linux.threads()
        if threads != 1:
            os.close(given)
            lease.tell(refused=f"it has {threads} threads")
            return
        lease.sockets = self._kernels / Path(name).name
        status, told = os.pipe()
        process = os.fork()
        if process == 0:
            self._be(lambda sockets: self._child(sockets, given, told, program), lease.sockets, told)
        os.close(given)
        os.close(told)
        lease.process, lease.status, lease.ended = process, status, os.pidfd_open(process)
        self._watch(status, lambda: self._started(lease))
        self._watch(lease.ended, lambda: self._ended(lease))

    def _child(self, sockets: Path, given: int, told: int, program: dict[str, Any] | None) -> None:
        if program is None:
            child.become_kernel(self._settings, sockets, given, told)
        else:
            child.become_program(self._settings, sockets, given, told, Program(**program))

    def _be(self, become: Callable[[Path], None], sockets: Path, told: int) -> NoReturn:
        code = 1
        try:
            become(sockets)
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        except BaseException as error:  # whatever it is, it is this fork's end and nothing else's
            if isinstance(error, SandboxError):
                kind, reason = "sandbox", error.reason
            else:
                kind, reason = "failed", traceback.format_exception_only(error)[-1].strip()
            os.write(told, json.dumps({kind: reason}).encode()[:LINE_BYTES])
        finally:
            os._exit(code)

    def _started(self, lease: Lease) -> None:
        """Tell the client how the start went, and close the pipe that said it."""
        status = lease.status
        if status is None:
            return
        said = os.read(status, LINE_BYTES)
        self._forget(status)
        lease.status = None
        if said == child.STARTED:
            lease.tell(started=lease.process)
        elif said:
            lease.tell(**json.loads(said))
        else:
            lease.tell(failed="it ended while it was starting")

    def _ended(self, lease: Lease) -> None:
        if lease.process is None or lease.ended is None:
            return
        if lease.status is not None:
            self._started(lease)
        lease.signal(signal.SIGKILL)  # what the kernel left in its process group; its own number is still taken
        code = os.waitstatus_to_exitcode(os.waitpid(lease.process, 0)[1])
        self._forget(lease.ended)
        lease.process = None
        if lease.sockets not in {other.sockets for other in self._leases - {lease}} and lease.sockets is not None:
            shutil.rmtree(lease.sockets, ignore_errors=True)
        lease.tell(ended=code)
        self._hang_up(lease)

    def _hang_up(self, lease: Lease) -> None:
        """End a lease; while its kernel lives, the kernel first."""
        if lease.connection.fileno() >= 0:
            self._selector.unregister(lease.connection)
            lease.connection.close()
        if lease.process is None:
            self._leases.discard(lease)
        else:
            lease.signal(signal.SIGKILL)

    def _forget(self, descriptor: int) -> None:
        self._selector.unregister(descriptor)
        os.close(descriptor)


def main() -> None:
    """Run with the settings, the listening socket's descriptor and the folder of kernels from the command line."""
    if sys.path[0] == os.getcwd():  # noqa: PTH109  (what lies there is not to be imported by accident)
        del sys.path[0]
    settings, listener, kernels = Settings.from_json(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    gc.disable()  # collections while a framework is imported take a third of the time and find next to nothing
    preload.load(settings.modules)
    if settings.sandbox:
        preload.load(("pyseccomp",))
    gc.freeze()  # a collection in a fork would write to, and so copy, all that is shared
    gc.enable()
    linux.use_large_pages()
    scheduling.yield_less()
    zygote = Zygote(settings, socket.socket(fileno=listener), kernels)
    os.write(sys.stdout.fileno(), READY)
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), sys.stdout.fileno())
    zygote.serve()


if __name__ == "__main__":
    main()
