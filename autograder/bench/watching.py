"""Run a command and measure all that it starts, also what outlives it: wall and CPU seconds, memory."""

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from autograder.exceptions import AutograderError

ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): orphans of descendants become children, so that their CPU time is known."""

SAMPLE_SECONDS = 1.0
"""Between two looks at the memory, at least."""

SPARING = 50.0
"""How many times as long as a look takes there is none: the kernel counts every page of every process for it."""

WARM = "autograder.kernel.zygote"
"""On the command line of a process that forks kernels, and of its forks, which keep it."""


class BenchError(AutograderError):
    """A measured command failed, or this system cannot measure."""


@dataclass(frozen=True)
class Look:
    """The memory of a command and of all that it started, at one moment."""

    seconds: float
    """Since the start of the command."""
    megabytes: float
    """Proportional set size."""
    anonymous_megabytes: float
    """The part of it that is not of files: what others on the machine map does not change it."""


@dataclass(frozen=True)
class Cost:
    """What one command cost."""

    wall_seconds: float
    """Until the command itself ended."""
    cpu_seconds: float
    """Of the command and of everything that it started."""
    notebook_megabytes: float
    """Memory of its own that the largest running notebook had, with the processes around it; 0 without warm kernels."""
    last_words: str
    """The last line that the command wrote."""
    memory: tuple[Look, ...]
    """One look after the other, as long as anything of the command was left."""

    @property
    def peak_megabytes(self) -> float:
        """The most memory that was in use at once."""
        return max((look.megabytes for look in self.memory), default=0.0)


def measured(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run `command` in `folder` to its end and until nothing of it is left.

    Raises BenchError when it fails, with the last line that it said, and on systems that cannot adopt orphans.
    """
    _adopt_orphans()
    log = folder / "bench.log"
    started = time.monotonic()
    with log.open("wb") as said:
        child = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
    memory = _Memory(started)
    cpu, wall, code = 0.0, 0.0, 0
    try:
        while True:
            try:
                pid, status, usage = os.wait4(-1, 0)
            except ChildProcessError:
                break
            cpu += usage.ru_utime + usage.ru_stime
            if pid == child.pid:
                wall = time.monotonic() - started
                code = child.returncode = os.waitstatus_to_exitcode(status)
    finally:
        memory.stop()
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    words = lines[-1] if lines else ""
    if code:
        raise BenchError(f"{' '.join(command[-4:])} ended with {code}: {words or 'no word'}; see {log}")
    return Cost(wall, cpu, memory.notebook / 2**20, words, tuple(memory.looks))


def _adopt_orphans() -> None:
    if sys.platform != "linux":
        raise BenchError("measuring needs Linux: elsewhere the CPU time of what outlives a command is not known")
    if ctypes.CDLL(None, use_errno=True).prctl(ADOPT_ORPHANS, 1, 0, 0, 0) != 0:
        raise BenchError(f"measuring is not possible here: {os.strerror(ctypes.get_errno())}")


class _Memory:
    """Samples the memory of all descendants of this process in a thread of its own."""

    notebook = 0

    def __init__(self, started: float) -> None:
        self.looks: list[Look] = []
        self._started = started
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the sampling."""
        self._ended.set()
        self._thread.join()

    def _sample(self) -> None:
        pause = SAMPLE_SECONDS
        while not self._ended.wait(pause):
            started = time.monotonic()
            total, anonymous, own, forker = 0, 0, {}, {}
            for process in psutil.Process().children(recursive=True):
                try:
                    memory = _memory(process.pid)
                    forker[process.pid] = process.ppid() if _is_warm(process.cmdline()) else 0
                except (psutil.Error, OSError):
                    continue
                total += memory["Pss"]
                anonymous += memory["Pss_Anon"] + memory["Pss_Shmem"]
                own[process.pid] = sum(size for name, size in memory.items() if name.startswith("Private_"))
            self.looks.append(Look(started - self._started, total / 2**20, anonymous / 2**20))
            for memory_of in _notebooks(own, forker).values():
                self.notebook = max(self.notebook, memory_of)
            pause = max(SAMPLE_SECONDS, SPARING * (time.monotonic() - started))


def _memory(pid: int) -> dict[str, int]:
    """What Linux counts of a process' memory, in bytes, by its name for it; all are 0 of one that is ending."""
    counted = dict.fromkeys(("Pss", "Pss_Anon", "Pss_Shmem"), 0)
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, size, _ = line.split()
        counted[name.rstrip(":")] = int(size) * 1024
    return counted


def _is_warm(command: Sequence[str]) -> bool:
    """Whether a process forks kernels or is a fork of it; the programs around it have the same words behind theirs."""
    return WARM in command and Path(command[0]).name.startswith("python")


def _notebooks(own: Mapping[int, int], forker: Mapping[int, int]) -> dict[int, int]:
    """Sum the private memory of each fork of a forking process, with what it forked itself.

    `forker` gives, of every process, its parent if it is a forking process or a fork, else 0.
    """
    warm = {pid for pid, parent in forker.items() if parent}
    found: dict[int, int] = {}
    for pid in warm:
        line = [pid]
        while forker.get(line[-1], 0) in warm:
            line.append(forker[line[-1]])
        if len(line) > 1:  # the last one is the forking process itself, the one before it a notebook's first process
            found[line[-2]] = found.get(line[-2], 0) + own[pid]
    return found
