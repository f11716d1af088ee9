"""Turns to run cells: never more than there are, and none is lost with the process that had it."""

import os
import signal
import subprocess
import sys

import pytest

from autograder.batch.turns import Turns, turn

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills a process as Linux does when memory runs out")


KILLED = """
import os, signal, sys
from multiprocessing.connection import Connection
from autograder.batch.turns import turn

with turn(Connection(int(sys.argv[1]))):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_who_is_killed_gives_the_turn_back() -> None:
    turns = Turns(1)
    with turns.for_one() as writer:
        number = writer.fileno()
        killed = subprocess.run([sys.executable, "-c", KILLED, str(number)], pass_fds=[number], check=False)
    assert killed.returncode == -signal.SIGKILL
    with turns.for_one() as other:
        other.send_bytes(b"")
        assert other.poll(60)


def test_the_next_waits_until_the_turn_is_given_back() -> None:
    turns = Turns(1)
    with turns.for_one() as one, turns.for_one() as other:
        with turn(one):
            other.send_bytes(b"")
            assert not other.poll(0.2)
        assert other.poll(60)
