"""A real Jupyter server in a course's folder, as the formgrader runs in."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATIENCE = 120.0
"""Seconds until the server has to listen."""


@contextmanager
def formgrader(course: Path) -> Iterator[Callable[..., Any]]:
    """Serve `course`; gives a function that calls the formgrader's API and returns what it says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.token=t"]
    server = subprocess.Popen([*command, f"--port={port}", f"--ServerApp.root_dir={course}"], cwd=course)

    def call(path: str, method: str = "GET") -> Any:
        address = f"http://127.0.0.1:{port}/formgrader/api/{path}"
        request = urllib.request.Request(address, method=method, headers={"Authorization": "token t"})
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=300) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError:
                raise
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)  # until the server listens; nothing depends on how long that takes

    try:
        yield call
    finally:
        server.terminate()
        server.wait()
