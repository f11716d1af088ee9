"""What is measured of a real process."""

import subprocess
import sys
from pathlib import Path

from autograder.bench.watching import _memory

MEGABYTE = 2**20
HOLDS = """\
import mmap, sys
own = bytearray(b"x" * (64 << 20))
with open(sys.argv[1], "rb") as file:
    mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    seen = sum(mapped[place] for place in range(0, len(mapped), 4096))
print("ready", flush=True)
sys.stdin.read()
"""


def test_memory_of_its_own_is_told_from_files_that_are_mapped(tmp_path: Path) -> None:
    file = tmp_path / "mapped"
    file.write_bytes(b"y" * (96 << 20))
    command = [sys.executable, "-S", "-c", HOLDS, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        memory = _memory(process.pid)
        process.communicate()
    assert 64 <= memory["Pss_Anon"] / MEGABYTE < 80
    assert 160 <= memory["Pss"] / MEGABYTE < 190
    assert memory["Private_Dirty"] >= 64 * MEGABYTE


MEASURES = """\
import sys
from pathlib import Path
from autograder.bench.watching import BenchError, measured
try:
    print(measured([sys.executable, "-S", "-c", sys.argv[2]], Path(sys.argv[1]), {}).cpu_seconds)
except BenchError as error:
    print(error)
"""
"""In a process of its own: measuring waits for every child that the process has."""


def _measured(folder: Path, code: str) -> str:
    command = [sys.executable, "-c", MEASURES, str(folder), code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_a_command_that_fails_is_reported_with_its_last_words(tmp_path: Path) -> None:
    said = _measured(tmp_path, "print('it went wrong'); raise SystemExit(3)")
    assert said.endswith(f"ended with 3: it went wrong; see {tmp_path / 'bench.log'}\n")


def test_the_work_of_what_outlives_the_command_is_counted(tmp_path: Path) -> None:
    work = "import time\nwhile time.process_time() < 0.5: pass"
    start = f"import subprocess, sys; subprocess.Popen([sys.executable, '-S', '-c', {work!r}])"
    assert float(_measured(tmp_path, start)) >= 0.5
