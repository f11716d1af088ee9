"""What a fork of the zygote does to be as a kernel that was started afresh, and then to be that kernel."""

import atexit
import gc
import importlib
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import current_process
from pathlib import Path

from autograder.kernel import frames, isolation, linux
from autograder.kernel.environment import WORKING_FOLDER
from autograder.kernel.errors import SandboxError
from autograder.kernel.parcel import Letter, unpack
from autograder.kernel.settings import Limits, Program, Settings

_CONNECTION_FILE = "connection.json"
_CONTROL_SECONDS = 1.0
"""How long ipykernel's control thread may take to end after the kernel was asked to."""
_AS_LONG_AS_IT_TAKES = 10**9
"""Seconds of CPU time of a program that serves a whole class; whoever asked for it watches how long an answer takes."""
STARTED = b"started"
"""What a kernel says when all is ready for its first cell; anything else is what went wrong."""


def become_kernel(settings: Settings, sockets: Path, parcel: int, status: int) -> None:
    """Run a kernel in this process until it is shut down.

    Raises SandboxError when the sandbox cannot be had; whatever happens after `STARTED` is the kernel's own affair.
    """
    _leave_the_zygote({parcel, status})
    sockets.mkdir(mode=0o700, exist_ok=True)
    seal: Callable[[], None] | None = None
    folder = None
    if settings.sandbox:
        seal, folder = _sandbox(sockets, settings.limits), Path(WORKING_FOLDER)
    else:
        linux.die_with_parent(signal.SIGKILL)
    letter = unpack(parcel, folder)
    if not settings.sandbox:
        os.environ.clear()
        os.environ.update(letter.environment)
    os.chdir(folder or letter.folder)
    start_afresh()
    _run(letter, sockets, seal, status)


def become_program(settings: Settings, sockets: Path, channel: int, status: int, program: Program) -> None:
    """Run a program in this process until it returns, with `channel` as its standard input and output.

    Raises SandboxError when the sandbox cannot be had.
    """
    _leave_the_zygote({channel, status})
    sockets.mkdir(mode=0o700, exist_ok=True)
    if settings.sandbox:
        limits = replace(settings.limits, memory_megabytes=program.memory_megabytes, cpu_seconds=_AS_LONG_AS_IT_TAKES)
        _sandbox(sockets, limits)()
        os.chdir(WORKING_FOLDER)
    else:
        linux.die_with_parent(signal.SIGKILL)
    for standard in (0, 1):
        os.dup2(channel, standard)
    os.close(channel)
    start_afresh()
    module, _, name = program.function.partition(":")
    sys.argv = [module, *program.arguments]
    run = getattr(importlib.import_module(module), name)
    os.write(status, STARTED)
    os.close(status)
    frames.with_room(run)


def _sandbox(sockets: Path, limits: Limits) -> Callable[[], None]:
    try:
        return isolation.enter(sockets, limits)
    except (OSError, RuntimeError, ImportError) as error:  # pyseccomp raises each of them without its library
        raise SandboxError(str(error)) from error


def _leave_the_zygote(kept: set[int]) -> None:
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    linux.close_all_but(kept)


def start_afresh() -> None:
    """Give this process random states and names of its own, as if every module had been imported in it."""
    random.seed()
    current_process().authkey = os.urandom(32)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "torch" in sys.modules:
        sys.modules["torch"].seed()
    tempfile.tempdir = None
    tempfile._name_sequence = None  # type: ignore[attr-defined]  # it is made again, with a state of its own
    importlib.invalidate_caches()
    gc.enable()


def _run(letter: Letter, sockets: Path, seal: Callable[[], None] | None, status: int) -> None:
    from ipykernel.kernelapp import IPKernelApp

    connection = sockets / _CONNECTION_FILE
    connection.write_text(letter.connection, encoding="utf-8")
    sys.argv = ["ipykernel_launcher.py", "-f", str(connection), *letter.arguments]
    app = IPKernelApp.instance()
    app.initialize(sys.argv[1:])  # type: ignore[no-untyped-call]
    if seal is not None:
        seal()
    os.write(status, STARTED)
    os.close(status)
    frames.with_room(app.start)
    if app.control_thread is not None:
        # ipykernel ends its output thread first; the control thread may still wait for that one, and then both hang.
        app.control_thread.join(_CONTROL_SECONDS)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
