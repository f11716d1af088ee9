"""A student who tries to get out of the sandbox, in every way we know; each way works without it."""

import json
import os
import platform
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attempts
import pytest
from running import Kernel, kernel, processes, until

import autograder
from autograder.kernel import places

pytestmark = [
    pytest.mark.usefixtures("sandbox"),
    pytest.mark.skipif(platform.machine() != "x86_64", reason="the numbers of system calls are those of x86-64"),
]

Outcome = tuple[bool, str]

SECRET = "what-another-student-handed-in"
CONTROLLED = {"everyone", "root", "owner"}


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What there is to be reached: a course, files of the grader, listeners of every kind, another kernel."""
    course = tmp_path_factory.mktemp("course")
    (course / "solution.txt").write_text("the solution", encoding="utf-8")
    (course / "gradebook.db").write_text("grades", encoding="utf-8")
    (course / "submitted" / "other" / "multitask").mkdir(parents=True)
    (course / "submitted" / "other" / "multitask" / "answer.txt").write_text(SECRET, encoding="utf-8")
    temporary, shared = Path(f"/tmp/canary-{os.getpid()}"), Path(f"/dev/shm/canary-{os.getpid()}")
    temporary.write_text("of the grader", encoding="utf-8")
    shared.write_text("of the grader", encoding="utf-8")
    with (
        tempfile.NamedTemporaryFile(dir=Path.home(), prefix="canary-"),  # a home may be empty
        socket.create_server(("", 0)) as port,
        socket.socket(socket.AF_UNIX) as abstract,
        socket.socket(socket.AF_UNIX) as named,
        kernel(folder=course / "submitted" / "other" / "multitask") as other,
    ):
        name = f"canary-{os.getpid()}"
        abstract.bind(f"\0{name}")
        named.bind(f"/tmp/{name}.socket")
        for listener in (abstract, named):
            listener.listen()
        assert other.run("print(open('answer.txt').read())") == SECRET
        yield {
            "course": str(course),
            "home": str(Path.home()),
            "temporary": str(temporary),
            "shared": str(shared),
            "kernels": str(places.kernels_folder()),
            "other_sockets": str(other.sockets),
            "other": _process(other),
            "grader": os.getpid(),
            "port": port.getsockname()[1],
            "address": _address(),
            "abstract": name,
            "socket": f"/tmp/{name}.socket",
            "zygote": _zygote(),
            "given_to_other_reversed": SECRET[::-1],
        }
        assert other.run("print('alive')") == "alive"
    for path in (temporary, shared, Path(f"/tmp/{name}.socket")):
        path.unlink()


def _process(one: Kernel) -> int:
    """Return the number that the machine knows a sandboxed kernel by."""
    marker = f"marker_{os.urandom(4).hex()}"
    one.run(f"import subprocess; child = subprocess.Popen(['sleep', '1000', ], env={{'M': '{marker}'}})")
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if marker.encode() in path.read_bytes():
                return int((path.parent / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    raise AssertionError("the kernel is not to be found")


def _address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        try:
            one.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return "127.0.0.1"
        return str(one.getsockname()[0])


def _zygote() -> str:
    """Return the address of a zygote that runs."""
    for path in places.runtime_folder().iterdir():
        if path.is_socket():
            try:
                with socket.socket(socket.AF_UNIX) as one:
                    one.connect(str(path))
                return str(path)
            except ConnectionRefusedError:
                continue
    raise AssertionError("no zygote")


def _try_all(one: Kernel, surroundings: dict[str, Any], names: list[str], sandboxed: bool) -> dict[str, Outcome]:
    one.run(Path(attempts.__file__).read_text(encoding="utf-8"))
    known = {**surroundings, "own_sockets": str(one.sockets), "sandboxed": sandboxed}
    one.run(f"W.update({known!r})")
    outcomes = {name: tuple(json.loads(one.run(f"print(outcome({name!r}))").splitlines()[-1])) for name in names}
    assert one.run("print('alive')") == "alive"
    return outcomes


@pytest.fixture(scope="module")
def inside(surroundings: dict[str, Any]) -> dict[str, Outcome]:
    """What came of each attempt in the sandbox."""
    with kernel() as one:
        return _try_all(one, surroundings, list(attempts.ATTEMPTS), sandboxed=True)


@pytest.fixture(scope="module")
def outside(surroundings: dict[str, Any]) -> dict[str, Outcome]:
    """What came of each harmless attempt in a kernel without sandbox."""
    names = [name for name, (_, who) in attempts.ATTEMPTS.items() if who in _able()]
    with kernel(sandbox=False) as one:
        return _try_all(one, surroundings, names, sandboxed=False)


def _able() -> set[str]:
    owner = all(os.access(file, os.W_OK) for file in (json.__file__, autograder.__file__))
    return {"everyone", *(["owner"] if owner else []), *(["root"] if os.getuid() == 0 else [])}


@pytest.mark.parametrize("name", attempts.ATTEMPTS)
def test_is_stopped(inside: dict[str, Outcome], name: str) -> None:
    stopped, what = inside[name]
    assert stopped, what


@pytest.mark.parametrize("name", [name for name, (_, who) in attempts.ATTEMPTS.items() if who in CONTROLLED])
def test_works_without_a_sandbox(outside: dict[str, Outcome], name: str) -> None:
    if name not in outside:
        pytest.skip(f"{attempts.ATTEMPTS[name][1]} can do it, this user cannot")
    stopped, what = outside[name]
    if "Address family not supported" in what:
        pytest.skip("this machine has no sockets of that kind")
    if "Key has been revoked" in what:
        pytest.skip("this session has no keys any more")
    assert not stopped, what


def test_there_are_enough() -> None:
    assert len(attempts.ATTEMPTS) >= 40


@pytest.mark.parametrize(
    ("what", "lines"),
    [
        ("a little memory", "allocate(200)"),
        ("a few files", "fill('.', 50)"),
        ("a few processes", "[forked(int) for _ in range(5)]"),
        (
            "the threads of a generator in Keras",
            "[threading.Thread(target=time.sleep, args=(1,)).start() for _ in range(300)]",
        ),
        ("a large file", "Path('f').write_bytes(b'x' * 60 * MEGABYTE)"),
    ],
)
def test_a_fair_share_can_be_had(what: str, lines: str) -> None:
    with kernel() as one:
        one.run(Path(attempts.__file__).read_text(encoding="utf-8"))
        assert one.run(f"print({lines})")


DAEMON = """
import os, signal, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        os.execvp("sleep", ["sleep", "{seconds}"])
    os._exit(0)
"""


def test_no_daemon_outlives_its_kernel() -> None:
    seconds = f"{3_000_000 + os.getpid()}"
    with kernel() as one:
        one.run(DAEMON.format(seconds=seconds))
        assert until(lambda: bool(processes(seconds)))
    assert until(lambda: not processes(seconds))


BUSY = """
import os
child = os.fork()
while child == 0:
    pass
print(os.waitstatus_to_exitcode(os.wait()[1]))
"""


def test_processor_time_is_limited() -> None:
    with kernel(limits={"cpu_seconds": 2}) as one:
        assert one.run(BUSY) == "-9"


TOO_MUCH = """
try:
    more = bytearray(b"x") * 400_000_000
except MemoryError:
    print("MemoryError")
"""

TOGETHER = """
import os, signal, time
children = []
for _ in range(8):
    child = os.fork()
    if child == 0:
        held = bytearray(b"x") * 300_000_000
        time.sleep(120)
        os._exit(0)
    children.append(child)
ended = [os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(4)]
[os.kill(child, signal.SIGTERM) for child in children if os.path.exists(f"/proc/{child}")]
print(ended)
"""


THREADS = """
import threading
threads = [threading.Thread(target=threading.Event().wait, args=(3,)) for _ in range(400)]
[thread.start() for thread in threads]
print(len(threads))
"""


def test_threads_that_wait_take_next_to_no_memory() -> None:
    with kernel(limits={"memory_megabytes": 1000}) as one:
        assert one.run(THREADS) == "400"


@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_a_framework_takes_no_memory_of_the_notebooks_own(framework: str) -> None:
    with kernel(framework, limits={"memory_megabytes": 300}) as one:
        assert one.run("held = bytearray(b'x') * 150_000_000; print(len(held))") == "150000000"
        assert one.run(TOO_MUCH) == "MemoryError"


def test_memory_is_limited_for_all_processes_together() -> None:
    with kernel("pytorch", limits={"memory_megabytes": 1000}) as one:
        assert one.run(TOGETHER) == "[-9, -9, -9, -9]"
        assert one.run("print('alive')") == "alive"


def test_no_host_process_of_a_student_is_root(surroundings: dict[str, Any]) -> None:
    status = Path(f"/proc/{surroundings['other']}/status").read_text(encoding="ascii")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    assert set(fields["Uid"].split()) == {str(places.sandbox_user())}
    assert set(fields["Gid"].split()) & {"0"} == set()
    assert int(fields["CapPrm"], 16) == int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) == 0
    assert fields["NoNewPrivs"].strip() == "1"
    assert fields["Seccomp"].strip() == "2"
