"""How a process shares its cores with others."""

import contextlib
import os


def yield_less() -> None:
    """Let this process and its forks work on while others wake up, where the system has such a class of processes.

    A notebook is a conversation of two processes: with several on few cores, every message would interrupt another one.
    """
    if hasattr(os, "SCHED_BATCH"):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
