"""Hold the memory of all processes of a sandbox together below a limit, as a control group would where there is one."""

import os
import signal
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_KILOBYTE = 1024


def hold(most: int) -> None:
    """Kill the process that takes the most when all of them take more than `most` bytes; seen from their first one."""
    processes = [int(path.name) for path in Path("/proc").glob("[0-9]*") if path.name != "1"]
    if sum(map(resident, processes)) <= most:  # counts what is shared once for each: never too little, and quick
        return
    taken = {process: _share(process) for process in processes}
    if sum(taken.values()) > most:
        try:
            os.kill(max(taken, key=lambda process: taken[process]), signal.SIGKILL)
        except ProcessLookupError:
            return


def resident(process: int) -> int:
    """Return the bytes of a process that are in memory, shared ones included; 0 when it has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _share(process: int) -> int:
    """Return a process' memory with its share of what it has in common with others; all of it when it hides that."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return resident(process)
    return next((int(line.split()[1]) * _KILOBYTE for line in lines if line.startswith("Pss:")), 0)
