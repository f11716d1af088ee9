"""Find the zygote for some settings, or start it: one for all graders of a user on this machine."""

import fcntl
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from autograder.kernel import bubblewrap, environment, places
from autograder.kernel.errors import NoKernelError, SandboxError
from autograder.kernel.settings import Settings

START_SECONDS = 180.0
"""How long importing a framework may take on a busy machine."""

_LOG_CHARACTERS = 300


def connect(settings: Settings, variables: Mapping[str, str], temporary: str = "") -> socket.socket:
    """Return a connection to the zygote for `settings` and the environment `variables`, started if there is none.

    `temporary` is the folder for temporary files of those who are to find it, by default this process's own.
    Raises SandboxError when it cannot be had in a sandbox, NoKernelError when it cannot be had at all.
    """
    own = environment.sandboxed(variables) if settings.sandbox else environment.unsandboxed(variables)
    folder = places.runtime_folder(temporary)
    address = folder / settings.key(own)
    found = _connected(address)
    if found is not None:
        return found
    with _lock(folder):  # of those that wait here, the first starts it for all
        found = _connected(address)
        if found is not None:
            return found
        _sweep(folder)
        ready = _start(settings, own, address, places.kernels_folder(temporary))
        found = _connected(address)
    try:  # without the lock: another framework can be imported at the same time
        _wait(ready, address.with_suffix(".log"), SandboxError if settings.sandbox else NoKernelError)
    except BaseException:
        if found is not None:
            found.close()
        raise
    finally:
        os.close(ready)
    if found is None:
        raise NoKernelError(f"no process listens at {address}")
    return found


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sweep(folder: Path) -> None:
    """Remove what zygotes that have ended left behind; from inside their sandboxes they cannot."""
    for path in folder.iterdir():
        if path.is_socket() and (found := _connected(path)) is not None:
            found.close()
        elif path.is_socket():
            path.unlink(missing_ok=True)
            path.with_suffix(".log").unlink(missing_ok=True)


def _connected(address: Path) -> socket.socket | None:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(address))
    except (FileNotFoundError, ConnectionRefusedError):
        connection.close()
        return None
    return connection


def _start(settings: Settings, own: dict[str, str], address: Path, kernels: Path) -> int:
    """Start a zygote that outlives this process; return a descriptor on which it says when it can fork."""
    ready, told = os.pipe()
    try:
        _launch(settings, own, address, kernels, told)
    except BaseException:
        os.close(ready)
        raise
    finally:
        os.close(told)
    return ready


def _launch(settings: Settings, own: dict[str, str], address: Path, kernels: Path, told: int) -> None:
    with socket.socket(socket.AF_UNIX) as listener, address.with_suffix(".log").open("wb") as errors:
        listener.bind(str(address))
        listener.listen(64)
        python = [sys.executable, "-m", "autograder.kernel.zygote", settings.to_json()]
        command = [*python, str(listener.fileno()), str(kernels)]
        subprocess.run(
            # Forked once more, so that it is nobody's child here and leaves no zombie.
            ["setsid", "--fork", *(bubblewrap.wrapped(command, own, kernels) if settings.sandbox else command)],
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=errors,
            pass_fds=[listener.fileno()],
            env=own,
            cwd="/",
            check=True,
        )


def _wait(ready: int, log: Path, kind: type[SandboxError | NoKernelError]) -> None:
    if not select.select([ready], [], [], START_SECONDS)[0]:
        raise NoKernelError(f"importing took more than {START_SECONDS:.0f} seconds, see {log}")
    if not os.read(ready, 1):
        said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise kind(said[-1][:_LOG_CHARACTERS] if said else "it ended without a word")
