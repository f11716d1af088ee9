"""System calls that no notebook needs and that sandboxes have been left through."""

import errno
import socket
from typing import Any

from autograder.kernel import linux

FORBIDDEN = (
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise"),
    *("mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount", "fsopen", "fsconfig", "fsmount", "fspick"),
    *("mount_setattr", "unshare", "setns", "open_by_handle_at", "name_to_handle_at", "fanotify_init", "quotactl"),
    *("keyctl", "add_key", "request_key", "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter"),
    *("io_uring_register", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot"),
    *("swapon", "swapoff", "acct", "personality", "syslog", "lookup_dcookie", "settimeofday", "clock_settime"),
    *("adjtimex", "clock_adjtime", "sethostname", "setdomainname", "iopl", "ioperm", "modify_ldt", "vhangup"),
    *("nfsservctl", "move_pages", "migrate_pages"),
)

MEMORY_WITHOUT_LIMIT = ("memfd_create", "memfd_secret", "shmget", "shmat", "shmctl", "msgget", "semget", "mq_open")
"""These make memory that belongs to no process and to no file system, so that no limit holds."""

NAMESPACES = (
    linux.NEW_MOUNTS,
    linux.NEW_CGROUP,
    linux.NEW_HOSTNAME,
    linux.NEW_IPC,
    linux.NEW_USER,
    linux.NEW_PROCESSES,
    linux.NEW_NETWORK,
)

FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, 16)
"""Of sockets: those that a network namespace holds; 16 is AF_NETLINK, by which programs list network interfaces."""

LAST_FAMILY = 63
TERMINAL_INPUT, TERMINAL_SELECTION = 0x5412, 0x541C
"""ioctls that type into the terminal that a process was started from."""
WHOLE_WORD = 0xFFFF_FFFF


def forbid() -> None:
    """Refuse these system calls to this thread and all that it starts.  Raises OSError, RuntimeError or ImportError."""
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    refused = seccomp.ERRNO(errno.EPERM)
    missing = seccomp.ERRNO(errno.ENOSYS)
    for name in FORBIDDEN:
        if _known(seccomp, name):
            rules.add_rule(refused, name)
    for name in MEMORY_WITHOUT_LIMIT:
        if _known(seccomp, name):
            rules.add_rule(missing, name)
    rules.add_rule(missing, "clone3")  # its flags lie in memory, where no filter sees them; libraries then use clone
    for flag in NAMESPACES:
        rules.add_rule(refused, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    unsupported = seccomp.ERRNO(errno.EAFNOSUPPORT)
    for family in range(LAST_FAMILY + 1):
        if family not in FAMILIES:
            rules.add_rule(unsupported, "socket", seccomp.Arg(0, seccomp.EQ, family))
    rules.add_rule(unsupported, "socket", seccomp.Arg(0, seccomp.GT, LAST_FAMILY))
    for request in (TERMINAL_INPUT, TERMINAL_SELECTION):
        rules.add_rule(refused, "ioctl", seccomp.Arg(1, seccomp.MASKED_EQ, WHOLE_WORD, request))
    rules.load()


def _known(seccomp: Any, name: str) -> bool:
    """Whether the library knows a call: an old library knows fewer, and this processor may lack some."""
    return bool(seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) > 0)
