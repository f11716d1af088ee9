"""What one zygote and its kernels are like; kernels with other settings come from another zygote."""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What one sandboxed kernel and everything that it starts may take."""

    memory_megabytes: int = 3072
    """Memory of the kernel beyond what it was forked with."""
    processes: int = 512
    """Processes and threads together."""
    cpu_seconds: int = 1800
    """Processor time of each process."""
    file_megabytes: int = 64
    """Size of one file."""
    open_files: int = 256
    disk_megabytes: int = 128
    """Size of each of the three places that can be written: the working folder, /tmp and /dev/shm."""


@dataclass(frozen=True)
class Program:
    """A program of the grader's own, forked where the framework is imported already."""

    function: str
    """`module:name`, called without arguments; standard input and output are a socket to whoever asked."""
    arguments: tuple[str, ...]
    """What it finds in `sys.argv` after its own name."""
    memory_megabytes: int


@dataclass(frozen=True)
class Settings:
    """What a zygote imports before it forks, and what surrounds its kernels."""

    modules: tuple[str, ...] = ()
    """Imported before forking, as far as they are installed; empty for cold kernels."""
    sandbox: bool = True
    limits: Limits = field(default_factory=Limits)
    linger_seconds: float = 10.0
    """How long a zygote without kernels waits for the next one."""

    def to_json(self) -> str:
        """Return the settings as the zygote is given them."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Settings":
        """Read what `to_json` wrote."""
        found: dict[str, Any] = json.loads(text)
        return cls(**{**found, "modules": tuple(found["modules"]), "limits": Limits(**found["limits"])})

    def key(self, environment: Mapping[str, str]) -> str:
        """Name the zygote with these settings: a framework reads its environment once, when it is imported."""
        parts = [self.to_json(), json.dumps(dict(environment), sort_keys=True), sys.executable, __file__]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
