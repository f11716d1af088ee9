"""How worker processes are started: forked from one that has imported all they need, or spawned.

What forks them is a process of its own, without threads and without the writer's gradebook.
"""

import contextlib
import signal
import sys
from multiprocessing.process import BaseProcess
from typing import Any

import psutil  # type: ignore[import-untyped]

from autograder.batch.worker import end_tree

if sys.platform == "linux":
    from multiprocessing.context import ForkServerContext as Context
else:
    from multiprocessing.context import SpawnContext as Context

PRELOADED = "autograder.batch.preloaded"


class Starter(Context):
    """Starts processes as multiprocessing does, and knows which ones: also those that are still on their way up."""

    def __init__(self) -> None:
        super().__init__()
        self._started: list[BaseProcess] = []
        if sys.platform == "linux":
            self.set_forkserver_preload([PRELOADED])
            _start_server()

    def Process(self, *arguments: Any, **named: Any) -> BaseProcess:  # type: ignore[override]  # noqa: N802
        """Return a new process; multiprocessing's name for it."""
        process = super().Process(*arguments, **named)
        self._started = [one for one in self._started if one.pid is None or one.is_alive()]
        self._started.append(process)
        return process

    def end(self) -> None:
        """Kill every process that is left, with all that it started."""
        for process in self._started:
            if process.pid is not None and process.is_alive():
                with contextlib.suppress(psutil.NoSuchProcess):
                    end_tree(psutil.Process(process.pid))


def _start_server() -> None:
    """Start what forks workers, out of reach of a Ctrl-C that is meant for the writer."""
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # when the server starts it, it lets interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
