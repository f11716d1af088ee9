"""The process that forks: shared, refusing when a fork could hang, and gone when nobody needs it."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from running import kernel, processes, until

from autograder.kernel import places, starter
from autograder.kernel.environment import for_import
from autograder.kernel.settings import Limits, Settings

pytestmark = pytest.mark.usefixtures("sandbox")

GRADER = """
import sys, time
from running import kernel
with kernel({framework!r}, sandbox={sandbox}, linger_seconds=0.5, limits={limits}) as one:
    one.run("import subprocess; subprocess.Popen(['sleep', '{sleep}'], start_new_session={sandbox})")
    print("running", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def seconds() -> int:
    """A limit that no other test has, by which the processes of this test are known."""
    return 100_000 + int.from_bytes(os.urandom(3))


def _grader(framework: str, seconds: int, *, sandbox: bool) -> subprocess.Popen[str]:
    source = GRADER.format(framework=framework, sandbox=sandbox, limits={"cpu_seconds": seconds}, sleep=seconds)
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-c", source]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


@pytest.mark.parametrize("safe", [True, False], ids=["sandbox", "none"])
def test_nothing_is_left_when_the_grader_is_killed(seconds: int, safe: bool) -> None:
    with _grader("pytorch", seconds, sandbox=safe) as grader:
        assert grader.stdout is not None
        assert grader.stdout.readline() == "running\n"
        assert processes(str(seconds))
        grader.send_signal(signal.SIGKILL)
    assert until(lambda: not processes(str(seconds)))


def test_a_zygote_without_kernels_ends_by_itself(seconds: int) -> None:
    with kernel(linger_seconds=0.2, limits={"cpu_seconds": seconds}):
        assert processes(str(seconds))
    assert until(lambda: not processes(str(seconds)), 20)


def test_a_killed_zygote_takes_its_kernels_along_and_is_replaced(seconds: int) -> None:
    limits = {"cpu_seconds": seconds}
    with kernel(limits=limits) as one:
        for process in processes(str(seconds)):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue  # it ended with another
        assert until(lambda: not processes(str(seconds)), 20)
        with kernel(limits=limits, linger_seconds=0.2) as other:
            assert other.run("print('alive')") == "alive"
        assert one.client.km is not None
    assert until(lambda: not processes(str(seconds)))


def test_no_zombies() -> None:
    for _ in range(3):
        with kernel(linger_seconds=0.2) as one:
            one.run("import os; os.fork() or os._exit(0)")
    assert until(lambda: not _zombies()), _zombies()


def _zombies() -> list[str]:
    """Return the command names of processes that ended, of this user, whose parents are ours."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text(encoding="utf-8").rpartition(")")
            state, parent = rest.split()[:2]
            if state == "Z" and ("python" in name or "bwrap" in name) and _is_ours(int(parent)):
                found.append(name)
        except OSError:
            continue
    return found


def _is_ours(process: int) -> bool:
    return process == os.getpid() or process in processes("autograder.kernel.zygote")


def test_graders_that_start_together_share_one(seconds: int) -> None:
    settings = Settings(sandbox=True, limits=Limits(cpu_seconds=seconds), linger_seconds=0.5)
    connections: list[object] = []
    variables = for_import(os.environ)
    starts = [
        threading.Thread(target=lambda: connections.append(starter.connect(settings, variables))) for _ in range(4)
    ]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(connections) == 4
    own = [p for p in processes(str(seconds)) if Path(f"/proc/{p}/cmdline").read_bytes().count(b"bwrap") == 0]
    assert len(own) == 1
    for connection in connections:
        connection.close()  # type: ignore[attr-defined]


THREAD = """
import threading
threading.Thread(target=threading.Event().wait, daemon=True).start()
"""


def test_with_a_second_thread_kernels_are_cold_and_that_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "starts_a_thread.py").write_text(THREAD, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    for _ in range(2):
        with kernel("pytorch", sandbox=False, modules=["starts_a_thread"], linger_seconds=0.2) as one:
            assert one.run("import sys; print('torch' in sys.modules)") == "False"
    said = [record.getMessage() for record in caplog.records if "start cold" in record.getMessage()]
    assert said == ["kernels of pytorch start cold: the warm process says it has 2 threads"]


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="numpy starts threads for several processors only")
def test_cold_kernels_are_in_the_sandbox_as_well() -> None:
    threads = {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}
    with kernel("pytorch", environment=threads, linger_seconds=0.2) as one:
        assert one.run("import os, sys; print(os.getcwd(), 'torch' in sys.modules)") == "/notebook False"


STOCK = """
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config
nb = new_notebook(cells=[new_code_cell("import os, sys; print(os.getcwd(), 'torch' in sys.modules)")])
NotebookClient(nb, kernel_name="python3", config=Config({"WarmProvisioner": {"preload": "pytorch"}})).execute()
print(nb.cells[0].outputs[0].text)
"""


def test_stock_nbclient_takes_them_by_a_variable() -> None:
    environment = {**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": "autograder-warm"}
    done = subprocess.run(
        [sys.executable, "-c", STOCK], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "/notebook True"


def test_what_an_ended_zygote_left_is_swept_away(seconds: int) -> None:
    before = set(places.runtime_folder().iterdir())
    with kernel(linger_seconds=0.1, limits={"cpu_seconds": seconds}):
        left = set(places.runtime_folder().iterdir()) - before
        assert left
    assert until(lambda: not processes(str(seconds)))
    with kernel(linger_seconds=0.1, limits={"cpu_seconds": seconds + 1}):
        assert not left & set(places.runtime_folder().iterdir())
