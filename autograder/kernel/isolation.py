"""The sandbox around one kernel, entered by a fork of the zygote while it has one thread.

Three processes come of it: one that waits outside the new process namespace, the first process inside (`init`), and the
kernel.  Mounts are made by the first process inside; the kernel never has a capability.
"""

import os
import resource
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.kernel import linux, syscalls
from autograder.kernel.environment import HOME, WORKING_FOLDER
from autograder.kernel.init import Seal, supervise, wait_for
from autograder.kernel.settings import MEGABYTE, Limits

NAMESPACES = (
    linux.NEW_USER | linux.NEW_MOUNTS | linux.NEW_IPC | linux.NEW_HOSTNAME | linux.NEW_PROCESSES | linux.NEW_NETWORK
)

_MOST_FILES = 20_000
"""Files of one place: each takes memory even when it is empty."""

_STACK_BYTES = 2 << 20
"""Of a thread.  All of it counts as memory, used or not: with the usual 8 MiB, 400 threads that wait would be 3 GB."""

_HARMLESS = linux.NO_SETUID | linux.NO_DEVICES


def enter(sockets: Path, limits: Limits) -> Seal:
    """Continue as the kernel in a sandbox in which of the shared folders only `sockets` is left.

    The kernel calls the result when its sockets exist.  Raises OSError when the system refuses a part of the sandbox,
    in any of the three processes.
    """
    user, group = os.getuid(), os.getgid()
    linux.unshare(NAMESPACES)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    first = os.fork()
    if first:
        _be_outside(first)
    linux.die_with_parent(signal.SIGKILL)
    _mount(sockets, limits)
    seal = Seal(sockets)
    kernel = os.fork()
    if kernel:
        supervise(kernel, seal, limits.memory_megabytes * MEGABYTE)
    limit(limits)
    linux.drop_capabilities()
    syscalls.forbid()
    return seal


def _be_outside(first: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the kernel, which is in the same group
    linux.close_all_but(set())
    os._exit(wait_for(first))


def _mount(sockets: Path, limits: Limits) -> None:
    linux.mount("none", "/", flags=linux.RECURSIVE | linux.PRIVATE)
    linux.mount("proc", "/proc", "proc", _HARMLESS | linux.NO_PROGRAMS)
    private = ("/tmp", "/dev/shm", WORKING_FOLDER, str(sockets.parent))  # noqa: S108  (these are made private)
    readable = _readable_in(private[:2])
    links = list(_links_in(private[0], {*readable, str(sockets.parent)}))
    kept = {place: os.open(place, os.O_PATH) for place in (*readable, str(sockets))}
    space = f"size={limits.disk_megabytes * MEGABYTE},nr_inodes={_MOST_FILES},mode=0700"
    for place in private:
        os.makedirs(place, exist_ok=True)  # noqa: PTH103  (the last lies in /tmp, which is empty now)
        linux.mount("tmpfs", place, "tmpfs", _HARMLESS, space)
    for place, descriptor in kept.items():
        os.makedirs(place)  # noqa: PTH103
        # With what is mounted inside it: the system does not let that be uncovered.
        linux.mount(f"/proc/self/fd/{descriptor}", place, flags=linux.BIND | linux.RECURSIVE)
        os.close(descriptor)
    for place, target in links:
        os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120
        os.symlink(target, place)  # noqa: PTH211
    Path(HOME).mkdir(parents=True)
    Path("/proc/sys/user/max_user_namespaces").write_text("0", encoding="ascii")


def _readable_in(places: Sequence[str]) -> list[str]:
    """The read-only mounts below `places`, the outer ones: of Python and its packages, where a course lies in /tmp."""
    found: list[str] = []
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        place = fields[4].encode("latin-1", "backslashreplace").decode("unicode_escape")  # a blank is written \040
        if place.startswith(tuple(f"{folder}/" for folder in places)) and "ro" in fields[5].split(","):
            found.append(place)
    return [place for place in found if not any(place.startswith(f"{other}/") for other in found)]


def _links_in(place: str, mounts: set[str]) -> Iterator[tuple[str, str]]:
    """The links below `place`, outside `mounts`, with where they point: some may be on the way to Python."""
    for folder, inner, files in os.walk(place):
        for name in (*inner, *files):
            path = f"{folder}/{name}"
            if os.path.islink(path):  # noqa: PTH114
                yield path, os.readlink(path)  # noqa: PTH115
        inner[:] = [name for name in inner if f"{folder}/{name}" not in mounts]


def limit(limits: Limits) -> None:
    """Bound what this process and all that it starts may take, memory beyond what it has already."""
    linux.set_stacks(_STACK_BYTES)
    memory = limits.memory_megabytes * MEGABYTE
    space, data = _taken()
    for name, value in (
        (resource.RLIMIT_DATA, data + memory),
        (resource.RLIMIT_AS, space + 2 * memory),  # shared memory counts here only
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_megabytes * MEGABYTE),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        most = resource.getrlimit(name)[1]
        allowed = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(name, (allowed, allowed))


def _taken() -> tuple[int, int]:
    """Return the bytes of this process' address space, and of what in it can be written by this process only."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(pages[0]) * resource.getpagesize(), int(pages[5]) * resource.getpagesize()
