"""What a worker does with a task, on this machine or another: run the notebook, have it judged, send it back."""

import errno
import os
import shutil
import signal
import tempfile
import threading
import time
from base64 import b64decode
from contextlib import AbstractContextManager, nullcontext
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath

import nbformat
import psutil  # type: ignore[import-untyped]

from autograder.batch.task import Result, Task, arrived_name, code_digest, digest, seal, unseal
from autograder.batch.turns import turn
from autograder.exceptions import AutograderError, BatchError
from autograder.kernel import scheduling
from autograder.notebook.execute import Job, execute_and_judge
from autograder.notebook.exporter import cannot_process

_ONE_AT_A_TIME = threading.Lock()  # a worker of Dask may have several threads; a judge answers one question at a time

_EXHAUSTED = {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EROFS}
"""Errors of the operating system that say that the machine is not fit, whatever the notebook."""


def run_task(sealed: str) -> str:
    """Return the sealed result of a sealed task; running one twice gives equal marks.

    Reads and writes nothing but a temporary folder.  Raises BatchError for text that is not a task.
    """
    task = unseal(Task, sealed)
    name = sealed.partition("\n")[0]
    with _ONE_AT_A_TIME:
        wall, cpu = time.monotonic(), time.process_time()
        result = _run(task, name)
        spent = {"wall_seconds": time.monotonic() - wall, "grader_cpu_seconds": time.process_time() - cpu}
        return seal(result.model_copy(update=spent))


def _run(task: Task, name: str) -> Result:
    if task.code != code_digest():
        where = os.uname().nodename if hasattr(os, "uname") else "a worker"
        return Result(task=name, stop=f"{where} has another version of the autograder; install the same everywhere")
    try:
        nb = nbformat.reads(task.text, as_version=4)
        with tempfile.TemporaryDirectory(prefix="autograde-task-", ignore_cleanup_errors=True) as folder:
            _unpack(task, Path(folder))
            job = Job(task.course, task.assignment, task.notebook, task.material(), _turn)
            execute_and_judge(nb, Path(folder), job)
        text = nbformat.writes(nb)
        digest(text)  # lone surrogates cannot travel
    except MemoryError:
        raise  # of this process: the task is tried again
    except Exception as error:  # one bad notebook must not cost the class its marks
        if isinstance(error, AutograderError) and error.stops_grading:
            return Result(task=name, stop=str(error))
        if isinstance(error, OSError) and error.errno in _EXHAUSTED:
            return Result(task=name, stop=f"a worker cannot go on: {error}")
        return Result(task=name, trouble=cannot_process(f"{task.notebook}.ipynb", error))
    return Result(task=name, text=text)


def _unpack(task: Task, folder: Path) -> None:
    for name, content in task.files.items():
        path = PurePosixPath(arrived_name(name))
        if path.is_absolute() or ".." in path.parts:
            raise BatchError(f"a task holds a file outside its folder: {name}")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b64decode(content, validate=True))


_writer: Connection | None = None
"""Gives turns; who is not started by a writer of this machine runs cells whenever it likes."""


def _turn() -> AbstractContextManager[None]:
    return nullcontext() if _writer is None else turn(_writer)


def begin(scratch: str, writer: Connection) -> None:
    """Make this process a worker of the process that started it: it never outlives it, nor do its kernels.

    Temporary files go to the folder `scratch`, which the writer removes; turns to run cells come from `writer`.
    """
    global _writer  # noqa: PLW0603
    _writer = writer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the writer decides what to do
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    scheduling.yield_less()
    tempfile.tempdir = scratch
    threading.Thread(target=_end_with_parent, args=(scratch,), daemon=True).start()


def _end_with_parent(scratch: str) -> None:
    parent = parent_process()
    if parent is None:
        return
    parent.join()
    end_tree(psutil.Process(), itself=False)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(1)


def end_tree(process: psutil.Process, *, itself: bool = True) -> None:
    """Kill the processes that a worker started: kernels, judges, whatever students' code started; and the worker.

    The worker is stopped first where it is another process, so that it starts nothing meanwhile.
    """
    try:
        if itself:
            process.suspend()
        family = [*process.children(recursive=True), *([process] if itself else [])]
    except psutil.NoSuchProcess:
        return
    for one in family:
        try:
            one.kill()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
