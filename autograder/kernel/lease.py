"""One connection to a zygote, as the zygote sees it, and the kernel that was forked for it."""

import json
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LINE_BYTES = 65536
"""The most that is read at once; messages are far shorter."""


def lines(received: bytes) -> tuple[list[dict[str, Any]], bytes]:
    """Return the whole messages in what was received, one JSON object a line, and the rest."""
    *whole, rest = received.split(b"\n")
    return [json.loads(line) for line in whole], rest


@dataclass(eq=False)
class Lease:
    """What a zygote keeps of one client."""

    connection: socket.socket
    sockets: Path | None = None
    """The folder of the kernel's sockets."""
    process: int | None = None
    """Until it has been reaped."""
    ended: int | None = None
    """A descriptor that can be read when the process has ended."""
    status: int | None = None
    """The read end of the pipe on which the kernel says how its start went."""
    _rest: bytes = b""

    def messages(self, data: bytes) -> Iterator[dict[str, Any]]:
        """Return the messages that `data` completes."""
        found, self._rest = lines(self._rest + data)
        yield from found

    def tell(self, **message: Any) -> None:
        """Send a message; that a client is gone is noticed when its connection is read."""
        try:
            self.connection.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            return

    def signal(self, number: int) -> None:
        """Signal the kernel and what is in its process group."""
        if self.process is not None:
            try:
                os.killpg(self.process, number)
            except ProcessLookupError:
                return
