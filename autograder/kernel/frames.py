"""Room for Python's frames: a call at the border of it costs as much as a hundred others."""

from collections.abc import Callable

SLOTS = 40_000
"""Of 8 bytes, claimed by one frame: in its chunk, half a mebibyte, 190 KiB are left for a thousand frames and more."""


def with_room(call: Callable[[], object]) -> None:
    """Call something with room for the frames of all that it calls.

    CPython keeps the frames of a thread in chunks of 16 KiB.  It asks the system for one when a call does not fit any
    more, and gives it back when that call returns: a loop that happens to call at the border spends its time on that.
    A chunk is as large as its first frame needs, in powers of two; the frame of this function claims more than half of
    one.  It never writes there, so that it takes no memory.
    """
    call()


with_room.__code__ = with_room.__code__.replace(co_stacksize=SLOTS)
