"""Turns to run cells: more processes than cores may grade, but only so many run students' cells at a time."""

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection


class Turns:
    """What the writer has to give."""

    def __init__(self, count: int) -> None:
        self._free = threading.Semaphore(count)

    def for_one(self) -> Connection:
        """Return a pipe through which one process asks for turns; close it here when the process has it."""
        here, there = Pipe()
        threading.Thread(target=self._give, args=(here,), daemon=True).start()
        return there

    def _give(self, process: Connection) -> None:
        """Answer whenever there is a turn; it is free again when it is given back or the process ends, however."""
        with process, contextlib.suppress(EOFError, OSError):
            while True:
                process.recv_bytes()
                with self._free:
                    process.send_bytes(b"")
                    process.recv_bytes()


@contextmanager
def turn(writer: Connection) -> Iterator[None]:
    """Wait for a turn, and give it back afterwards.  Raises EOFError or OSError when the writer has ended."""
    writer.send_bytes(b"")
    writer.recv_bytes()
    try:
        yield
    finally:
        writer.send_bytes(b"")
