"""Run a notebook in a kernel and ask the probe there for evidence."""

import asyncio
import os
import queue
import secrets
import signal
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from jupyter_core.utils import ensure_async, run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_notebook
from traitlets.config import Config

from autograder.evidence.records import MIME, Framework
from autograder.evidence.requests import Kind, Reply, Request
from autograder.exceptions import REMEDY, EvidenceError, NoKernelsError, SandboxUnavailableError
from autograder.kernel.errors import NoKernelError, SandboxError
from autograder.kernel.manager import kernel_manager

KERNEL_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",  # two threads on two cores make small networks many times slower
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "KERAS_BACKEND": "tensorflow",
    "PYTHONHASHSEED": "0",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # the judge runs networks again: it has to round as the kernel does
    "TF_NUM_INTRAOP_THREADS": "1",  # as many as there are processors would not fit in the sandbox of a large machine
    "TF_NUM_INTEROP_THREADS": "1",
}

KERNEL_ARGUMENTS = ["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"]

ASK_SECONDS = 120.0
"""How long the probe may take for one request."""

RECOVER_SECONDS = 20.0
"""How long an interrupted kernel may take to answer again, or to stop what it does."""

MAX_OUTPUT_CHARACTERS = 200_000
"""What one cell may leave in the graded notebook."""

_ERROR_CHARACTERS = 2_000
"""What is kept of the name and of the text of an error that is too long to be kept whole."""

MAX_HELD_CHARACTERS = 2 * MAX_OUTPUT_CHARACTERS
"""What the grader keeps of one cell's output while it runs; the rest is read and forgotten."""

MAX_READ_CHARACTERS = 200_000_000
"""What the grader reads of one cell's output before it interrupts the cell.

Messages that a kernel sends faster than they are read pile up in the grader's memory.
"""

MODULES: dict[Framework, tuple[str, ...]] = {
    "pytorch": (
        *("autograder.probe.answer", "autograder.probe.pytorch", "autograder.probe.loss_pytorch"),
        "autograder.probe.steps",
        *("autograder.judge.notebook", "autograder.judge.replay.pytorch"),
    ),
    "keras": (
        *("autograder.probe.answer", "autograder.probe.keras", "autograder.probe.loss_keras"),
        *("autograder.judge.notebook", "autograder.judge.replay.keras"),
    ),
}
"""What the first question imports in a student's kernel, and what the judge imports, which is forked from there too."""


def transport() -> Config:
    """Return the settings by which a kernel talks through sockets of its own.

    Ports are chosen before a kernel takes them: of kernels that start at the same time, two may choose the same one.
    Windows has no such sockets.
    """
    config = Config()
    if os.name == "posix":
        config.KernelManager.transport = "ipc"
        config.KernelManager.ip = f"{tempfile.gettempdir()}/autograde-{secrets.token_hex(8)}"
    return config


class KernelGoneError(Exception):
    """The kernel died or does not answer any more; the message says so in Dutch."""


class _Client(NotebookClient):
    """Runs cells, and holds no more of their output than is needed."""

    _read = 0
    _stopping: asyncio.Task[None] | None = None

    @contextmanager
    def setup_kernel(self, **kwargs: Any) -> Iterator[None]:
        """Start a kernel and shut it down afterwards.

        Raises SandboxUnavailableError and NoKernelsError, which no notebook can cause, and KernelGoneError.
        """
        try:
            self.km = self.create_kernel_manager()
            self.start_new_kernel(**{name: value for name, value in kwargs.items() if name != "cleanup_kc"})
        except SandboxError as error:
            raise SandboxUnavailableError(str(error)) from error
        except NoKernelError as error:
            self._start_without_files(**kwargs)
            raise KernelGoneError(f"De kernel kon niet starten: {error}") from error
        with super().setup_kernel(**kwargs):
            yield

    def _start_without_files(self, **kwargs: Any) -> None:
        """See whether an empty notebook's kernel starts.  Raises NoKernelsError: no notebook is to blame when not."""
        with tempfile.TemporaryDirectory() as empty:
            bare = NotebookClient(
                new_notebook(),
                kernel_name=self.kernel_name,
                kernel_manager_class=self.kernel_manager_class,
                extra_arguments=self.extra_arguments,
                resources={"metadata": {"path": empty}},
                config=transport(),
            )
            try:
                with bare.setup_kernel(**kwargs):
                    return
            except (NoKernelError, SandboxError) as error:
                raise NoKernelsError(f"no kernel starts, not even for an empty notebook: {error}; {REMEDY}") from error

    def process_message(self, msg: dict[str, Any], cell: NotebookNode, cell_index: int) -> NotebookNode | None:
        """Take in a message of a cell, unless it adds to more output than is kept."""
        if msg["msg_type"] != "status":
            self._read += _size(msg)
            if self._read > MAX_READ_CHARACTERS and self._stopping is None:
                self._stopping = asyncio.ensure_future(self._stop())
            last = msg["msg_type"] == "error" and cell.outputs and cell.outputs[-1].output_type != "error"
            if self._read > MAX_HELD_CHARACTERS and cell.outputs and not last:
                return None
        return super().process_message(msg, cell, cell_index)

    def next_cell(self) -> bool:
        """Start counting anew; return whether the cell so far had to be stopped."""
        stopping, self._stopping, self._read = self._stopping, None, 0
        if stopping is not None:
            stopping.cancel()
        return stopping is not None

    async def _stop(self) -> None:
        """Interrupt the cell, and end the kernel when that does not help."""
        if self.km is not None:
            await ensure_async(self.km.interrupt_kernel())
            await asyncio.sleep(RECOVER_SECONDS)
            await ensure_async(self.km.signal_kernel(getattr(signal, "SIGKILL", signal.SIGTERM)))


def _size(msg: dict[str, Any]) -> int:
    content = msg["content"]
    return len(content.get("text") or str(content)) + sum(map(len, msg.get("buffers", ())))


def _shortened(error: NotebookNode) -> NotebookNode:
    name, value = error.ename[:_ERROR_CHARACTERS], error.evalue[:_ERROR_CHARACTERS]
    return NotebookNode(output_type="error", ename=name, evalue=value, traceback=[f"{name}: {value}"])


class Session:
    """One notebook in one kernel.  Use within `client.setup_kernel()`."""

    def __init__(
        self,
        nb: NotebookNode,
        folder: Path,
        framework: Framework,
        cell_seconds: int,
        kernel: Mapping[str, Any] | None = None,
    ) -> None:
        """Prepare to run `nb` among the files of `folder`.

        `kernel` are traits of the warm provisioner, see `Course.kernel`; without them there is a sandbox.
        """
        self.framework = framework
        self.cell_seconds = cell_seconds
        self.flags: list[str] = []
        """What a person should know about how the notebook ran, in Dutch."""
        self.client = _Client(
            nb,
            timeout=cell_seconds,
            allow_errors=True,
            raise_on_iopub_timeout=False,
            record_timing=False,
            kernel_name="python3",
            extra_arguments=KERNEL_ARGUMENTS,
            resources={"metadata": {"path": str(folder)}},
            config=transport(),
            kernel_manager_class=kernel_manager(preload=framework, modules=list(MODULES[framework]), **(kernel or {})),
        )

    def run_cell(self, cell: NotebookNode, place: int) -> None:
        """Run one cell and keep its outputs within bounds.  Raises KernelGoneError."""
        if cell.cell_type != "code" or not cell.source.strip():
            return
        try:
            self.client.execute_cell(cell, place, store_history=True)
        except DeadKernelError:
            raise KernelGoneError("De kernel is gestopt tijdens het uitvoeren van een cel.") from None
        except CellTimeoutError:
            self.flags.append(f"Een cel liep langer dan {self.cell_seconds} seconden en is onderbroken.")
            cell.outputs.append(NotebookNode(output_type="stream", name="stdout", text="[onderbroken: te lang]\n"))
            self._recover()
        finally:
            if self.client.next_cell():
                self.flags.append("Een cel gaf te veel uitvoer en is onderbroken.")
            self._bound_outputs(cell)

    def ask(self, kind: Kind, **content: Any) -> str:
        """Return the evidence that the probe sends for one request.

        Raises EvidenceError when the answer is not one to this request, KernelGoneError when there is none.
        """
        request = Request(nonce=secrets.token_hex(16), kind=kind, framework=self.framework, **content)
        call = f"__import__('autograder.probe.answer', fromlist=['answer']).answer({request.to_wire()!r}, globals())"
        return self._evaluate(call).evidence_for(request)

    def _evaluate(self, expression: str) -> Reply:
        client = self.client.kc
        if client is None:
            raise KernelGoneError("Er is geen kernel.")
        message = client.execute("", silent=True, store_history=False, user_expressions={"evidence": expression})
        content = self._reply_to(str(message), ASK_SECONDS)
        found = content.get("user_expressions", {}).get("evidence", {})
        text = found.get("data", {}).get(MIME) if found.get("status") == "ok" else None
        if not isinstance(text, str):
            raise EvidenceError(f"the kernel gave no evidence: {str(found.get('evalue', content.get('status')))[:200]}")
        return Reply.from_wire(text)

    def _reply_to(self, message: str, seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            reply = self._next_reply()
            if reply is not None and reply["parent_header"].get("msg_id") == message:
                return cast(dict[str, Any], reply["content"])
            if reply is None and not self._alive():
                raise KernelGoneError("De kernel is gestopt.")
        raise KernelGoneError(f"De kernel antwoordde niet binnen {seconds:.0f} seconden.")

    def _next_reply(self) -> dict[str, Any] | None:
        get = cast(Callable[..., Awaitable[dict[str, Any]]], self.client.kc.get_shell_msg)  # type: ignore[union-attr]
        try:
            return run_sync(get)(timeout=1)
        except queue.Empty:
            return None

    def _alive(self) -> bool:
        alive = cast(Callable[[], Awaitable[bool]], self.client.km.is_alive)  # type: ignore[union-attr]
        return run_sync(alive)()

    def _recover(self) -> None:
        client = self.client.kc
        if client is None:
            raise KernelGoneError("Er is geen kernel.")
        interrupt = cast(Callable[[], Awaitable[None]], self.client.km.interrupt_kernel)  # type: ignore[union-attr]
        run_sync(interrupt)()
        self._reply_to(str(client.kernel_info()), RECOVER_SECONDS)

    def _bound_outputs(self, cell: NotebookNode) -> None:
        left = MAX_OUTPUT_CHARACTERS
        kept = []
        errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                self.flags.append("Een cel toonde iets dat op bewijs voor de beoordelaar lijkt; het is genegeerd.")
                continue
            size = len(str(output.get("text", output.get("data", output))))
            if errors and output is errors[-1]:  # why the cell stopped is worth more than what it showed before
                kept.append(output if size < MAX_OUTPUT_CHARACTERS else _shortened(output))
                continue
            if left >= 0 > left - size:
                kept.append(NotebookNode(output_type="stream", name="stdout", text="[uitvoer ingekort]\n"))
            left -= size
            if left >= 0:
                kept.append(output)
        cell["outputs"] = kept
