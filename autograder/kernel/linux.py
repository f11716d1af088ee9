"""The few system calls that Python 3.11 has no function for."""

import ctypes
import os
from collections.abc import Iterator

NEW_MOUNTS, NEW_CGROUP, NEW_HOSTNAME = 0x0002_0000, 0x0200_0000, 0x0400_0000
NEW_IPC, NEW_USER, NEW_PROCESSES, NEW_NETWORK = 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000
"""Namespaces, from linux/sched.h."""

READ_ONLY, NO_SETUID, NO_DEVICES, NO_PROGRAMS = 1, 2, 4, 8
REMOUNT, BIND, RECURSIVE, PRIVATE = 32, 4096, 16384, 1 << 18
"""Of mount, from linux/mount.h."""

_DIE_WITH_PARENT, _DUMPABLE, _DROP_BOUNDING, _NO_NEW_PRIVILEGES, _AMBIENT = 1, 4, 24, 38, 47
"""Of prctl, from linux/prctl.h."""
_AMBIENT_CLEAR_ALL = 4
_CAPABILITY_VERSION = 0x2008_0522

_COLLAPSE = 25
"""Of madvise, from asm-generic/mman-common.h."""
_LARGE_PAGE = 2 << 20

_THREAD_ATTRIBUTES_BYTES = 128
"""More than glibc's pthread_attr_t takes on any processor."""

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(namespaces: int) -> None:
    """Leave the given namespaces for new ones."""
    _checked(_libc.unshare(namespaces), "unshare")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount `source` on `target`."""
    result = _libc.mount(
        source.encode(), target.encode(), kind.encode() or None, ctypes.c_ulong(flags), options.encode() or None
    )
    _checked(result, f"mount {target}")


def prctl(option: int, value: int) -> None:
    """Change an attribute of this process."""
    _checked(_libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0), f"prctl {option}")


def die_with_parent(signal: int) -> None:
    """Get `signal` when the parent ends.  A change of privileges forgets it: call this last."""
    prctl(_DIE_WITH_PARENT, signal)


def hide_memory() -> None:
    """Let no process of the same user read this one's memory or descriptors."""
    prctl(_DUMPABLE, 0)


def drop_capabilities() -> None:
    """Give up every capability for good, and with them all that a set-uid program could give back."""
    for capability in range(_last_capability() + 1):
        prctl(_DROP_BOUNDING, capability)
    prctl(_AMBIENT, _AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    _checked(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")
    prctl(_NO_NEW_PRIVILEGES, 1)


def _last_capability() -> int:
    with open("/proc/sys/kernel/cap_last_cap", encoding="ascii") as file:  # noqa: PTH123  (few imports before a fork)
        return int(file.read())


def threads() -> int:
    """Return how many threads this process has."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208  (the same)


def set_stacks(size: int) -> None:
    """Give threads that start from now on a stack of `size` bytes, where the C library can (glibc)."""
    if hasattr(_libc, "pthread_setattr_default_np"):
        attributes = ctypes.create_string_buffer(_THREAD_ATTRIBUTES_BYTES)
        _libc.pthread_attr_init(attributes)
        _libc.pthread_attr_setstacksize(attributes, ctypes.c_size_t(size))
        _libc.pthread_setattr_default_np(attributes)


def close_all_but(kept: set[int]) -> None:
    """Close every descriptor beyond the three standard ones that is not in `kept`."""
    after = 3
    for descriptor in [*sorted(kept), os.sysconf("SC_OPEN_MAX")]:
        os.closerange(after, descriptor)
        after = max(after, descriptor + 1)


def use_large_pages() -> None:
    """Put this process' own memory in large pages as far as it can be: a fork then copies a page table a third as long.

    Linux before 6.1 cannot, and some systems never do; everything works without.
    """
    for start, end in list(_own_memory()):
        first, after = -(-start // _LARGE_PAGE) * _LARGE_PAGE, end // _LARGE_PAGE * _LARGE_PAGE
        if first < after:
            _libc.madvise(ctypes.c_void_p(first), ctypes.c_size_t(after - first), _COLLAPSE)


def _own_memory() -> Iterator[tuple[int, int]]:
    """Yield the first and last addresses of memory that can be written and comes from no file."""
    with open("/proc/self/maps", encoding="utf-8") as file:  # noqa: PTH123  (the same)
        for line in file:
            addresses, rights, _, _, inode, *_ = line.split()
            if rights.startswith("rw") and inode == "0" and "[stack" not in line:
                start, _, end = addresses.partition("-")
                yield int(start, 16), int(end, 16)
