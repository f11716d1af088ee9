"""Kernels for these tests: real ones, asked to run a few lines and to print what came of it."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder.kernel.manager import kernel_manager

ENVIRONMENT = {"OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
LINGER_SECONDS = 20.0
"""Long enough for the zygote of one test to serve the next."""


class Kernel:
    """A running kernel."""

    def __init__(self, client: NotebookClient) -> None:
        self.client = client

    def run(self, source: str) -> str:
        """Return what the lines print.  An error in them is one of the test."""
        cell = new_code_cell(source)
        self.client.execute_cell(cell, 0)
        for output in cell.outputs:
            assert output.output_type != "error", "\n".join(output.traceback)
        return "".join(o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stdout").strip()

    @property
    def sockets(self) -> Path:
        """The folder of this kernel's sockets."""
        return Path(self.client.km.ip).parent


@contextmanager
def kernel(
    preload: str = "",
    *,
    folder: Path | None = None,
    seconds: int = 120,
    environment: Mapping[str, str] = ENVIRONMENT,
    **settings: Any,
) -> Iterator[Kernel]:
    """Run a kernel among the files of `folder`."""
    with tempfile.TemporaryDirectory() as empty:
        client = NotebookClient(
            new_notebook(cells=[new_code_cell()]),
            timeout=seconds,
            allow_errors=True,
            record_timing=False,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder or empty)}},
            kernel_manager_class=kernel_manager(preload=preload, **{"linger_seconds": LINGER_SECONDS, **settings}),
        )
        with client.setup_kernel(env={**os.environ, **environment}):
            yield Kernel(client)


def processes(marker: str) -> list[int]:
    """Return the processes of this machine with `marker` in their command line, this one excepted."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if marker.encode() in path.read_bytes() and int(path.parent.name) != os.getpid():
                found.append(int(path.parent.name))
        except OSError:
            continue  # it has ended
    return found


def until(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Wait until a condition holds; False when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
