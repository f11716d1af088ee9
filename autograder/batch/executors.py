"""Where tasks run: in this process, in processes of this machine, or on the workers of a Dask scheduler."""

import importlib
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.batch.starting import Starter
from autograder.batch.turns import Turns
from autograder.batch.worker import begin, run_task
from autograder.course import Course
from autograder.evidence.records import Framework
from autograder.exceptions import BatchError
from autograder.notebook.judging import kept_warm

START_ATTEMPTS = 3


class WorkerDiedError(Exception):
    """The worker that ran a task died with it: too little memory, or code that kills processes."""


class Executor(Protocol):
    """Runs sealed tasks and gives sealed results."""

    blames_exactly: bool
    """Whether WorkerDiedError tells of the one task that was running, not of all that shared a worker with it."""

    def window(self) -> int:
        """How many tasks to have under way: enough that no worker waits, no more than memory allows."""

    def prepare(self, course: Course) -> None:
        """Start what tasks of this course will need, while they are being made."""

    def submit(self, sealed: str) -> "Future[str]":
        """Run a task.  The future raises WorkerDiedError, or BatchError when no task can run any more."""

    def has_workers(self) -> bool:
        """Whether anyone is there to run a task."""

    def close(self, *, at_once: bool) -> None:
        """End the workers; `at_once` leaves no kernel and no judge running, whatever they are doing."""


class InProcess:
    """One task after the other, right here: for programs that have processes of their own."""

    blames_exactly = True

    def window(self) -> int:
        """One."""
        return 1

    def prepare(self, course: Course) -> None:
        """Nothing: what is needed starts with the first task."""

    def submit(self, sealed: str) -> "Future[str]":
        """Run a task before returning."""
        future: Future[str] = Future()
        future.set_result(run_task(sealed))
        return future

    def has_workers(self) -> bool:
        """Always: it is this process."""
        return True

    def close(self, *, at_once: bool) -> None:
        """Nothing to end: the judges end with this process."""


class LocalProcesses:
    """Processes of this machine, a few more than notebooks that run at once.

    Those that are over start kernels, judge and shut down while the others run cells; who runs cells has a turn.

    Each has a pool of its own: when one dies, concurrent.futures breaks the pool, and this way only the task that
    was running loses its worker, and it is known which one it was.
    """

    blames_exactly = True

    def __init__(self, workers: int) -> None:
        self._turns = Turns(workers)
        self._workers = workers
        self._scratch = tempfile.mkdtemp(prefix="autograde-")
        self._threads = ThreadPoolExecutor(workers + spare(workers), initializer=_block_interrupts)
        self._pools: list[ProcessPoolExecutor] = []
        self._own = threading.local()
        self._context = Starter()
        self._closing = threading.Event()

    def window(self) -> int:
        """Two tasks for each process: its next one is there when the first is done, also while the writer writes."""
        return 2 * (self._workers + spare(self._workers))

    def prepare(self, course: Course) -> None:
        """Let every framework be imported at once, in the processes from which kernels and judges are forked."""
        for framework in {one for assignment in course.assignments.values() for one in assignment.notebooks.values()}:
            threading.Thread(target=self._keep_warm, args=(framework, course), daemon=True).start()

    def _keep_warm(self, framework: Framework, course: Course) -> None:
        with kept_warm(framework, course, self._scratch):
            self._closing.wait()

    def submit(self, sealed: str) -> "Future[str]":
        """Run a task in the first process that is free."""
        return self._threads.submit(self._run, sealed)

    def has_workers(self) -> bool:
        """A process that has died is replaced."""
        return True

    def close(self, *, at_once: bool) -> None:
        """End the processes."""
        self._closing.set()
        if at_once:
            self._context.end()
        self._threads.shutdown(cancel_futures=True)
        for pool in self._pools:
            pool.shutdown()
        self._context.end()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _run(self, sealed: str) -> str:
        pool: ProcessPoolExecutor | None = getattr(self._own, "pool", None)
        if pool is None:
            pool = self._own.pool = self._started()
        try:
            return pool.submit(run_task, sealed).result()
        except BrokenProcessPool:
            self._own.pool = None
            self._pools.remove(pool)
            pool.shutdown(wait=False)
            raise WorkerDiedError("its process ended without a word") from None

    def _started(self) -> ProcessPoolExecutor:
        """Start a process; that one cannot start is no fault of the task that it is for."""
        for _ in range(START_ATTEMPTS):
            if self._closing.is_set():
                break
            with self._turns.for_one() as turns:
                given = (self._scratch, turns)
                pool = ProcessPoolExecutor(1, mp_context=self._context, initializer=begin, initargs=given)
                self._pools.append(pool)
                try:
                    pool.submit(os.getpid).result()
                except BrokenProcessPool:
                    self._pools.remove(pool)
                    pool.shutdown(wait=False)
                else:
                    return pool
        raise BatchError("a worker process ends as soon as it starts; what it says on its way is above")


def spare(workers: int) -> int:
    """How many processes to have besides those that run cells: about as many as do something else meanwhile."""
    return (workers + 1) // 2


class DaskWorkers:
    """The workers of a Dask scheduler, on any number of machines that have this package installed.

    The scheduler tries a task again when its worker dies, and gives up when several have: that may be the fault of
    another task on the same worker.
    """

    blames_exactly = False

    def __init__(self, address: str) -> None:
        try:
            client = importlib.import_module("distributed").Client
        except ImportError:
            remedy = "run `pip install autograder-course-kit[dask]`"
            raise BatchError(f"--scheduler needs dask.distributed; {remedy}") from None
        self._address = address
        try:
            self._client: Any = client(address, timeout=20, set_as_default=False)
        except (OSError, ValueError) as error:
            problem = f"no Dask scheduler answers ({type(error).__name__})"
            raise BatchError(f"{address}: {problem}; start one with `dask scheduler`") from None
        if not self._count():
            self._client.close(timeout=5)
            raise BatchError(f"{address}: no workers; start some with `dask worker {address} --nthreads 1`")
        self._executor: Any = self._client.get_executor(pure=False)

    def window(self) -> int:
        """Two tasks per thread of a worker; workers may come and go."""
        return 2 * max(1, self._count())

    def prepare(self, course: Course) -> None:
        """Nothing: the workers are not of this machine."""

    def has_workers(self) -> bool:
        """Whether the scheduler knows of any."""
        return self._count() > 0

    def _count(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except Exception as error:  # of Dask's client or of the network
            raise self._gone() from error

    def _gone(self) -> BatchError:
        return BatchError(f"{self._address}: the scheduler is gone; start it again, with workers, and run this again")

    def submit(self, sealed: str) -> "Future[str]":
        """Run a task on the worker that the scheduler chooses."""
        outer: Future[str] = Future()
        inner = self._executor.submit(run_task, sealed)
        inner.add_done_callback(lambda done: self._translate(done, outer))
        return outer

    def _translate(self, done: Any, outer: "Future[str]") -> None:
        if done.cancelled():
            outer.set_exception(self._gone())
            return
        error = done.exception()
        if isinstance(error, importlib.import_module("distributed.scheduler").KilledWorker):
            outer.set_exception(WorkerDiedError("the Dask workers that it ran on died"))
        elif error is not None:
            outer.set_exception(error)
        else:
            outer.set_result(done.result())

    def close(self, *, at_once: bool) -> None:  # noqa: ARG002  (the workers are not ours to end)
        """Leave the workers to their scheduler; what waits there is cancelled, what runs is of no use any more."""
        self._executor.shutdown(wait=False)
        self._client.close(timeout=5)


@dataclass(frozen=True)
class Workers:
    """Who runs students' notebooks, and behind what; by default this very process."""

    processes: int = 0
    """Of this machine."""
    scheduler: str = ""
    """Address of a Dask scheduler, which goes before processes of this machine."""
    sandbox: bool = True
    """False runs without a sandbox whatever the course says."""

    def executor(self) -> Executor:
        """Start them.  Raises BatchError when the scheduler cannot be reached."""
        if self.scheduler:
            return DaskWorkers(self.scheduler)
        return LocalProcesses(self.processes) if self.processes else InProcess()


HERE = Workers()


@contextmanager
def opened(workers: Workers) -> Iterator[Executor]:
    """An executor that ends in an orderly way, or at once when anything goes wrong."""
    executor = workers.executor()
    orderly = False
    try:
        yield executor
        orderly = True
    finally:
        executor.close(at_once=not orderly)


def _block_interrupts() -> None:
    """Let a process that this thread starts come up without a Ctrl-C meant for the writer."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
