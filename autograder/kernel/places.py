"""The folder through which graders and zygotes of one user find each other, and who runs students' code."""

import os
import stat
import tempfile
from pathlib import Path

from autograder.kernel.errors import SandboxError

SANDBOX_USER = 60999
"""Who runs students' code when the grader is root: no account, no service of systemd and no container has this id."""

LONGEST = 50
"""Characters of a temporary folder in which socket names stay under the system's 108."""


def sandbox_user() -> int:
    """Return the user id under which sandboxed code runs: the grader's own, unless that is root."""
    return SANDBOX_USER if os.getuid() == 0 else os.getuid()


def runtime_folder(temporary: str = "") -> Path:
    """Return the folder in `temporary`, by default in this process's folder for temporary files; made when missing.

    Raises SandboxError when another user could write in it.
    """
    base = Path(temporary or tempfile.gettempdir()).resolve()
    if len(str(base)) > LONGEST:
        base = Path("/tmp")  # noqa: S108  (checked below)
    folder = base / f"autograder-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise SandboxError(f"{folder} is not a folder of this user alone; remove it")
    return folder


def kernels_folder(temporary: str = "") -> Path:
    """Return the folder that holds one folder of sockets for each running kernel; those who run kernels own it."""
    folder = runtime_folder(temporary) / "k"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != sandbox_user():
        os.chown(folder, sandbox_user(), sandbox_user())
    return folder
