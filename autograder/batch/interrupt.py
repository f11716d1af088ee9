"""Ctrl-C at any moment, without half-written submissions."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """Within its context, Ctrl-C and SIGTERM raise KeyboardInterrupt; within `held` only once that has ended.

    A second one does not wait.  Elsewhere than in a main thread, it changes nothing.
    """

    def __init__(self) -> None:
        self._holding = False
        self._asked = False

    def __enter__(self) -> "Interrupts":
        self._before = (
            {kind: signal.signal(kind, self._handle) for kind in _SIGNALS}
            if threading.current_thread() is threading.main_thread()
            else {}
        )
        return self

    def __exit__(self, *_: object) -> None:
        for kind, handler in self._before.items():
            signal.signal(kind, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Put off an interruption until this ends."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
        if self._asked:
            raise KeyboardInterrupt

    def _handle(self, _kind: int, _frame: FrameType | None) -> None:
        if self._holding and not self._asked:
            self._asked = True
        else:
            raise KeyboardInterrupt
