"""Calls of any depth find room for their frames, here and in a warm kernel."""

import subprocess
import sys

import pytest
from running import kernel

BORDERS = """\
import resource

CALLS = 2000

def leaf():
    return 0

def at(depth):
    if depth:
        return at(depth - 1)
    for _ in range(CALLS):
        leaf()

def borders():
    found = 0
    for depth in range(400):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        at(depth)
        found += resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before >= CALLS
    print("borders:", found)
"""
"""A call that asks the system for memory has a page fault, when it writes there."""


def _run(last: str) -> str:
    command = [sys.executable, "-c", f"{BORDERS}\n{last}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def test_calls_at_a_border_ask_the_system_for_memory_every_time() -> None:
    assert int(_run("borders()").removeprefix("borders: ")) > 0


def test_with_room_there_is_no_border() -> None:
    assert _run("from autograder.kernel.frames import with_room\nwith_room(borders)") == "borders: 0"


@pytest.mark.usefixtures("sandbox")
def test_a_warm_kernel_has_room() -> None:
    with kernel("pytorch") as warm:
        assert warm.run(f"{BORDERS}\nborders()") == "borders: 0"
