"""Ways out of the sandbox: each function returns something when it got out, and raises when it was stopped.

This file is sent to a kernel as it stands, so it imports nothing of the tests.  The dictionary `W` tells where the
things are that must not be reached.  What is said of a function is how it is shown to be a real attempt: `everyone` and
`root` can do it in a kernel without sandbox; any other text says why it is not tried there.
"""

import ctypes
import errno
import fcntl
import json
import mmap
import os
import resource
import signal
import socket
import stat
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path

W = {}
ATTEMPTS = {}
libc = ctypes.CDLL(None, use_errno=True)
MEGABYTE = 1 << 20
CANARY = "canary"


def attempt(who):
    def keep(function):
        ATTEMPTS[function.__name__] = (function, who)
        return function

    return keep


def outcome(name):
    """Run one attempt and return whether it was stopped, and what it returned or raised, as JSON."""
    try:
        return json.dumps([False, repr(ATTEMPTS[name][0]())[:200]])
    except BaseException as error:
        return json.dumps([True, f"{type(error).__name__}: {error}"[:200]])


def call(number, *arguments, library=libc):
    """Make a system call by its number on x86-64."""
    result = library.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def reached(number, *arguments):
    """Whether a system call is looked at at all: one that is refused fails with EPERM or ENOSYS."""
    try:
        return call(number, *arguments)
    except OSError as error:
        if error.errno in (errno.EPERM, errno.ENOSYS):
            raise
        return f"got as far as {error}"


def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def forked(function):
    """Return what a function returns in a fork, so that it may change or end the process; raises what it raises."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            answer = ["returned", str(function())]
        except BaseException as error:
            answer = ["raised", f"{type(error).__name__}: {error}"]
        os.write(write, json.dumps(answer).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answers:
        text = answers.read()
    _, status = os.waitpid(child, 0)
    if not text:
        raise PermissionError(f"the fork ended with {status}")
    kind, said = json.loads(text)
    if kind == "raised":
        raise PermissionError(said)
    return said


def host_only(path):
    """Read a file that is there outside."""
    return Path(path).read_bytes()[:20]


# Files


@attempt("everyone")
def read_the_course():
    return host_only(W["course"] + "/solution.txt")


@attempt("everyone")
def list_the_course():
    return os.listdir(W["course"])


@attempt("everyone")
def read_the_gradebook():
    return host_only(W["course"] + "/gradebook.db")


@attempt("everyone")
def write_the_gradebook():
    with open(W["course"] + "/gradebook.db", "r+b") as file:
        return file.write(b"g")


@attempt("everyone")
def read_another_submission():
    return host_only(W["course"] + "/submitted/other/multitask/answer.txt")


@attempt("everyone")
def climb_from_the_working_folder():
    return host_only("../" * 20 + W["course"] + "/solution.txt")


@attempt("everyone")
def follow_a_link_of_ones_own():
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(W["course"] + "/solution.txt", folder + "/link")
        return host_only(folder + "/link")


@attempt("everyone")
def make_a_hard_link():
    target = f"/tmp/link-{os.getpid()}"
    os.link(W["temporary"], target)
    os.unlink(target)
    return target


@attempt("everyone")
def read_the_home():
    found = [path for path in Path(W["home"]).iterdir() if path.is_file()]
    return host_only(found[0]), len(found)


@attempt("everyone")
def read_the_accounts():
    return host_only("/etc/passwd")


@attempt("root")
def read_the_passwords():
    return host_only("/etc/shadow")


@attempt("everyone")
def read_the_temporary_folder():
    return host_only(W["temporary"])


@attempt("everyone")
def read_the_shared_memory():
    return host_only(W["shared"])


@attempt("owner")
def write_the_packages():
    with open(json.__file__, "r+b"):
        return "open"


@attempt("owner")
def write_the_probes():
    import autograder

    with open(autograder.__file__, "r+b"):
        return "open"


@attempt("owner")
def compile_into_the_packages():
    folder = Path(json.__file__).parent / "__pycache__" / "escaped.pyc"
    folder.write_bytes(b"")
    folder.unlink()
    return folder


@attempt("root")
def write_the_system():
    with open("/usr/lib/os-release", "r+b"):
        return "open"


@attempt("root")
def write_settings_of_the_system():
    with open("/etc/ld.so.cache", "r+b"):
        return "open"


@attempt("root")
def write_the_root_folder():
    os.mkdir("/escaped")
    os.rmdir("/escaped")
    return "made"


@attempt("root")
def write_among_the_devices():
    Path("/dev/escaped").touch()
    os.unlink("/dev/escaped")
    return "made"


@attempt("everyone")
def write_next_to_the_sockets():
    path = Path(W["own_sockets"]) / "escaped"
    path.write_text("x")
    path.unlink()
    return path


@attempt("it would cut off the kernel that is asked")
def remove_the_sockets():
    return os.unlink(next(path for path in Path(W["own_sockets"]).iterdir() if path.name.startswith("s-")))


@attempt("everyone")
def see_other_kernels():
    others = set(os.listdir(W["kernels"])) - {Path(W["own_sockets"]).name}
    if not others:
        raise FileNotFoundError("no other kernels")
    return others


@attempt("everyone")
def read_the_key_of_another_kernel():
    return host_only(W["other_sockets"] + "/connection.json")


@attempt("everyone")
def see_files_through_the_root_of_the_grader():
    return os.listdir(f"/proc/{W['grader']}/root{W['course']}")


@attempt("not even root may, on every machine")
def see_files_through_the_root_of_the_first_process():
    return os.listdir("/proc/1/root" + W["course"])


@attempt("root")
def open_a_disk():
    for name in os.listdir("/dev"):
        if stat.S_ISBLK(os.stat("/dev/" + name).st_mode):
            with open("/dev/" + name, "rb"):
                return name
    raise FileNotFoundError("no disk")


@attempt("root")
def make_a_disk():
    path = f"/tmp/disk-{os.getpid()}"
    os.mknod(path, stat.S_IFBLK | 0o600, os.makedev(7, 0))
    os.unlink(path)
    return path


@attempt("root")
def open_the_log_of_the_system():
    with open("/dev/kmsg", "rb"):
        return "open"


@attempt("everyone")
def look_at_the_hardware():
    return os.listdir("/sys/kernel")


# Processes


@attempt("everyone")
def see_another_kernel():
    return host_only(f"/proc/{W['other']}/cmdline") or "seen"


@attempt("everyone")
def read_the_environment_of_another_kernel():
    return host_only(f"/proc/{W['other']}/environ")


@attempt("everyone")
def signal_another_kernel():
    os.kill(W["other"], 0)
    return "signalled"


@attempt("everyone")
def signal_the_grader():
    os.kill(W["grader"], 0)
    return "signalled"


@attempt("it would end the machine")
def end_the_first_process():
    os.kill(1, signal.SIGKILL)
    raise PermissionError("still here")


@attempt("everyone")
def read_the_environment_of_the_grader():
    return host_only(f"/proc/{W['grader']}/environ")


@attempt("everyone")
def write_the_memory_of_the_grader():
    with open(f"/proc/{W['grader']}/mem", "r+b"):
        return "open"


@attempt("not even root may, on every machine")
def read_the_environment_of_the_first_process():
    return host_only("/proc/1/environ") or "read"


@attempt("not even root may, on every machine")
def write_the_memory_of_the_first_process():
    with open("/proc/1/mem", "r+b"):
        return "open"


@attempt("root")
def list_the_descriptors_of_the_first_process():
    return os.listdir("/proc/1/fd")


@attempt("everyone")
def trace_a_process():
    child = os.fork()
    if child == 0:
        time.sleep(30)
        os._exit(0)
    try:
        return call(101, 16, child, 0, 0)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@attempt("everyone")
def read_the_memory_of_a_process():
    value = ctypes.create_string_buffer(b"secret")
    copy = ctypes.create_string_buffer(6)
    from_ = struct.pack("PN", ctypes.addressof(value), 6)
    to = struct.pack("PN", ctypes.addressof(copy), 6)
    return call(310, os.getpid(), to, 1, from_, 1, 0)


@attempt("everyone")
def take_a_descriptor_of_a_process():
    return call(438, os.pidfd_open(os.getpid()), 0, 0)


@attempt("everyone")
def find_what_another_kernel_was_given():
    """The zygote forked both: what it had read, both would have.  The whole is never put together in here."""
    start, rest = W["given_to_other_reversed"][-12:][::-1].encode(), W["given_to_other_reversed"][:-12].encode()
    held = None if W["sandboxed"] else start + rest[::-1]  # without a zygote it has to be findable all the same
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            if " rw" in line and "[v" not in line:
                first, last = (int(part, 16) for part in line.split()[0].split("-"))
                memory.seek(first)
                content = memory.read(last - first)
                place = content.find(start)
                while place >= 0:
                    if content[place + len(start) : place + len(start) + len(rest)][::-1] == rest:
                        return hex(first + place), held is None
                    place = content.find(start, place + 1)
    raise LookupError("nowhere in memory")


@attempt("root")
def change_the_name_of_the_machine():
    name = Path("/proc/sys/kernel/hostname").read_text()
    return Path("/proc/sys/kernel/hostname").write_text(name)


@attempt("not every machine has them")
def open_the_emergency_keys():
    with open("/proc/sysrq-trigger", "w"):
        return "open"


@attempt("it is the machine's own setting")
def allow_namespaces_again():
    return Path("/proc/sys/user/max_user_namespaces").write_text("100")


@attempt("root")
def become_root():
    os.setuid(0)
    return os.getuid()


@attempt("root")
def become_root_by_a_program():
    return subprocess.run(["su", "-c", "id -u"], capture_output=True, check=True, stdin=subprocess.DEVNULL).stdout


@attempt("root")
def raise_the_priority():
    return os.nice(-1)


@attempt("root")
def run_before_everything():
    return forked(lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))


@attempt("everyone")
def have_files_open_that_lie_outside():
    held = [] if W["sandboxed"] else [open(W["temporary"])]
    paths = [f"/proc/self/fd/{number}" for number in os.listdir("/proc/self/fd")]
    links = {os.readlink(path) for path in paths if os.path.exists(path)}
    outside = {link for link in links if link.startswith("/") and not link.startswith(("/dev/", "/proc/"))}
    if not outside - {"/"}:
        raise LookupError(f"none among {len(links)}")
    return outside, held


# The network


def connect(family, address):
    with socket.socket(family) as one:
        one.settimeout(5)
        one.connect(address)
    return "connected"


@attempt("everyone")
def connect_to_a_port():
    return connect(socket.AF_INET, ("127.0.0.1", W["port"]))


@attempt("everyone")
def connect_to_a_port_of_the_machines_address():
    return connect(socket.AF_INET, (W["address"], W["port"]))


@attempt("tests reach for no other machine")
def connect_to_another_machine():
    return connect(socket.AF_INET, ("192.0.2.1", 53))


@attempt("tests reach for no other machine")
def ask_a_name_server():
    return socket.getaddrinfo("example.org", 80)


@attempt("everyone")
def send_a_datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        return one.sendto(b"x", (W["address"], 9))


@attempt("everyone")
def connect_to_an_abstract_socket():
    return connect(socket.AF_UNIX, "\0" + W["abstract"])


@attempt("everyone")
def connect_to_a_socket_of_the_machine():
    return connect(socket.AF_UNIX, W["socket"])


@attempt("everyone")
def ask_for_a_kernel_of_ones_own():
    return connect(socket.AF_UNIX, W["zygote"])


@attempt("everyone")
def connect_to_another_kernel():
    path = next(path for path in Path(W["other_sockets"]).iterdir() if path.name.startswith("s-"))
    return connect(socket.AF_UNIX, str(path))


@attempt("everyone")
def find_a_network():
    found = [name for _, name in socket.if_nameindex() if name != "lo"]
    if not found:
        raise OSError("no network")
    return found


@attempt("root")
def change_a_network():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = fcntl.ioctl(one, 0x8913, request)
        up = struct.unpack("16sh14x", flags)[1] | 1
        return fcntl.ioctl(one, 0x8914, struct.pack("16sh14x", b"lo", up))


@attempt("root")
def listen_to_all_packets():
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW):
        return "made"


@attempt("root")
def make_raw_packets():
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP):
        return "made"


@attempt("everyone")
def reach_the_host_of_a_virtual_machine():
    with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM):
        return "made"


@attempt("everyone")
def use_the_kernels_cryptography():
    with socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET):
        return "made"


@attempt("everyone")
def make_a_socket_of_any_other_family():
    made = []
    for family in range(256):
        if family not in (1, 2, 10, 16):
            for kind in (1, 2, 3, 5):
                number = libc.socket(family, kind, 0)
                if number >= 0:
                    os.close(number)
                    made.append(family)
    if not made:
        raise OSError("none")
    return made


@attempt("root")
def hide_the_family_in_the_upper_half():
    return call(41, socket.AF_PACKET | 1 << 32, 3, 0)


# Namespaces and what only programs of the system need


@attempt("everyone")
def take_a_user_namespace():
    return forked(lambda: checked(libc.unshare(0x1000_0000)))


@attempt("root")
def take_a_mount_namespace():
    return forked(lambda: checked(libc.unshare(0x2_0000)))


@attempt("everyone")
def take_a_namespace_by_a_program():
    return subprocess.run(["unshare", "-Ur", "id"], capture_output=True, check=True).stdout


@attempt("everyone")
def make_a_sandbox_of_ones_own():
    return subprocess.run(["bwrap", "--ro-bind", "/", "/", "true"], capture_output=True, check=True).stdout


def cloned(number, *arguments):
    """Clone behind Python's back, and keep its lock: a thread that had it would not exist in the clone."""
    child = call(number, *arguments, library=ctypes.PyDLL(None, use_errno=True))
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


@attempt("everyone")
def clone_into_a_user_namespace():
    return cloned(56, 0x1000_0000 | signal.SIGCHLD, 0, 0, 0, 0)


@attempt("everyone")
def clone_with_flags_out_of_sight():
    flags = struct.pack("11Q", 0x1000_0000, 0, 0, 0, signal.SIGCHLD, 0, 0, 0, 0, 0, 0)
    return cloned(435, ctypes.create_string_buffer(flags, 88), 88)


@attempt("root")
def enter_a_namespace():
    return forked(lambda: checked(libc.setns(os.open("/proc/self/ns/uts", os.O_RDONLY), 0)))


@attempt("root")
def mount_something():
    with tempfile.TemporaryDirectory() as folder:
        checked(libc.mount(b"tmpfs", folder.encode(), b"tmpfs", 0, None))
        return libc.umount2(folder.encode(), 0)


@attempt("it would take the machine's own /tmp away")
def unmount_something():
    return checked(libc.umount2(b"/tmp", 2))


@attempt("it would change the machine's own root folder")
def make_the_system_writable():
    return checked(libc.mount(b"none", b"/", None, 32 | 4096, None))


@attempt("root")
def change_the_root_folder():
    return forked(lambda: os.chroot("/tmp"))


@attempt("root")
def open_a_file_by_its_handle():
    return reached(304, 0, ctypes.create_string_buffer(8), 0)


@attempt("everyone")
def use_rings():
    return reached(425, 1, ctypes.create_string_buffer(120))


@attempt("everyone")
def load_a_program_into_the_system():
    return reached(321, 99, 0, 0) if not os.getuid() else reached(321, 0, ctypes.create_string_buffer(120), 0)


@attempt("root")
def measure_the_processor():
    return reached(298, ctypes.create_string_buffer(struct.pack("II", 1, 0), 112), 0, -1, -1, 0)


@attempt("root")
def handle_page_faults():
    return reached(323, 0)


@attempt("everyone")
def use_the_keys_of_the_system():
    return call(250, 0, -3, 1)


@attempt("root")
def type_into_a_terminal():
    first, second = os.openpty()
    try:
        return fcntl.ioctl(second, 0x5412, b"x")
    finally:
        os.close(first)
        os.close(second)


# More than a share


def allocate(megabytes):
    def fill():
        held = [bytearray(100 * MEGABYTE) for _ in range(megabytes // 100)]
        return len(held)

    return forked(fill)


def fill(folder, megabytes):
    paths = [Path(folder) / f"fill-{os.getpid()}-{number}" for number in range(megabytes // 10)]
    try:
        for path in paths:
            path.write_bytes(b"x" * (10 * MEGABYTE))
        return megabytes
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


@attempt("6 GB are not there on every machine; a_little_memory can be had")
def take_memory():
    return allocate(6000)


@attempt("everyone")
def take_shared_memory():
    mmap.mmap(-1, 20 << 30, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | 0x4000).close()
    return "mapped"


@attempt("everyone")
def take_memory_of_no_process():
    os.close(os.memfd_create("escaped"))
    return "made"


@attempt("everyone")
def take_memory_of_the_system():
    segment = checked(libc.shmget(0, 4096, 0o600))
    return libc.shmctl(segment, 0, None)


@attempt("everyone")
def start_many_processes():
    children = []
    try:
        for _ in range(600):
            child = os.fork()
            if child == 0:
                time.sleep(60)
                os._exit(0)
            children.append(child)
        return len(children)
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


@attempt("everyone")
def start_many_threads():
    stop = threading.Event()
    try:
        for _ in range(600):
            threading.Thread(target=stop.wait, args=(60,), daemon=True).start()
        return "started"
    finally:
        stop.set()


@attempt("everyone")
def open_many_files():
    held = []
    try:
        for _ in range(300):
            held.append(os.open("/dev/null", os.O_RDONLY))
        return len(held)
    finally:
        for descriptor in held:
            os.close(descriptor)


@attempt("everyone")
def write_a_large_file():
    with tempfile.TemporaryFile() as file:
        return file.write(b"x" * (65 * MEGABYTE))


@attempt("everyone")
def fill_the_working_folder():
    return fill(".", 200)


@attempt("everyone")
def fill_the_temporary_folder():
    return fill("/tmp", 200)


@attempt("everyone")
def fill_the_shared_memory():
    return fill("/dev/shm", 200)


@attempt("everyone")
def make_many_files():
    with tempfile.TemporaryDirectory(dir=".") as folder:
        for number in range(30_000):
            os.close(os.open(f"{folder}/{number}", os.O_CREAT))
    return "made"


@attempt("everyone")
def raise_ones_limits():
    def higher():
        resource.setrlimit(resource.RLIMIT_NOFILE, (2048, max(2048, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
        return resource.getrlimit(resource.RLIMIT_NOFILE)

    return forked(higher)
