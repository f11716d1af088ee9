"""Ask the judge from the grader's side: a process of its own with limits, started when first needed and kept."""

import atexit
import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from typing import IO, Protocol

from autograder.evidence.encoding import MAX_TEXT
from autograder.evidence.records import Framework, NotebookEvidence
from autograder.exceptions import EvidenceError, JudgeError
from autograder.judge.case import Context
from autograder.judge.verdicts import Verdict

ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
}
"""Of a judge that starts by itself; a forked one has the kernels'."""


class Running(Protocol):
    """A judge that runs: what is used of a subprocess with pipes."""

    stdin: IO[str] | None
    stdout: IO[str] | None

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self) -> int | None:
        """Wait for its end and return the exit code."""


Start = Callable[[float, IO[str]], Running]
"""Starts a judge with so many gigabytes of memory; what it says on its way goes to the file."""


def cold(gigabytes: float, errors: IO[str]) -> Running:
    """Start a judge that imports everything itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "autograder.judge", str(gigabytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        encoding="utf-8",
        env={**os.environ, **ENVIRONMENT},
    )


class JudgeProcess:
    """One judge; it is started again after it crashed or was stopped for taking too long."""

    def __init__(self, timeout: float, gigabytes: float, start: Start = cold) -> None:
        self.timeout = timeout
        self.gigabytes = gigabytes
        self._start = start
        self._child: Running | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._errors: IO[str] | None = None
        self._reader: threading.Thread | None = None

    def judge(self, evidence: NotebookEvidence, context: Context) -> tuple[Verdict, ...]:
        """Return the verdicts on one notebook.

        Raises JudgeError when the evidence is too long, or when the judge's process cannot read it, dies, takes longer
        than `timeout` seconds, or answers nonsense.
        """
        from autograder.judge.notebook import Verdicts

        line = f'{{"evidence":{evidence.to_wire()},"context":{context.to_wire()}}}\n'
        if len(line) > MAX_TEXT:
            raise JudgeError(f"het bewijs is met {len(line)} tekens te groot om te beoordelen")
        child = self._running()
        try:
            assert child.stdin is not None
            child.stdin.write(line)
            child.stdin.flush()
            answer = self._lines.get(timeout=self.timeout)
        except queue.Empty:
            self.close()
            raise JudgeError(f"de beoordelaar had meer dan {self.timeout:.0f} seconden nodig") from None
        except OSError:
            answer = ""
        if not answer:
            raise JudgeError(f"de beoordelaar is gestopt ({self._last_words()})")
        try:
            verdicts = Verdicts.from_wire(answer).verdicts
        except EvidenceError as error:
            raise JudgeError(f"de beoordelaar gaf een onleesbaar antwoord: {error}") from None
        if not verdicts:
            raise JudgeError("de beoordelaar kon het bewijs niet lezen")
        return verdicts

    def close(self) -> None:
        """Stop the process; the next question starts a new one."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            assert child.stdin is not None
            with contextlib.suppress(OSError):  # what was not sent any more
                child.stdin.close()
            if self._reader is not None:
                self._reader.join()
            assert child.stdout is not None
            child.stdout.close()
        if self._errors is not None:
            self._errors.close()
            self._errors = None

    def _running(self) -> Running:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._lines = queue.Queue()
        self._child = self._start(self.gigabytes, self._errors)
        self._reader = threading.Thread(target=_read, args=(self._child.stdout, self._lines), daemon=True)
        self._reader.start()
        return self._child

    def _last_words(self) -> str:
        status = self._child.wait() if self._child is not None else None
        assert self._errors is not None
        self._errors.seek(0)
        lines = self._errors.read().strip().splitlines()
        self.close()
        return f"exitcode {status}: {lines[-1][:200] if lines else 'zonder uitleg'}"


def _read(stream: IO[str], lines: "queue.Queue[str]") -> None:
    with contextlib.suppress(OSError):  # the end of a socket may be an error
        for line in stream:
            lines.put(line)
    lines.put("")


_JUDGES: dict[tuple[Framework, float, float], JudgeProcess] = {}


def judge_for(framework: Framework, timeout: float, gigabytes: float, start: Start = cold) -> JudgeProcess:
    """Return the one judge of this process for a framework; the first to ask for it says how it is started."""
    key = (framework, timeout, gigabytes)
    if key not in _JUDGES:
        _JUDGES[key] = JudgeProcess(timeout, gigabytes, start)
        atexit.register(_JUDGES[key].close)
    return _JUDGES[key]
