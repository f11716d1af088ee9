"""The kernel provisioner `autograder-warm`: kernels from a process that has the framework imported, in a sandbox.

Use it from a kernelspec (`metadata.kernel_provisioner`), or for every kernel with the environment variable
JUPYTER_DEFAULT_PROVISIONER_NAME=autograder-warm; then its settings are `c.WarmProvisioner.…` of any application.
"""

import os
import secrets
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool, Dict, Float, List, Unicode

from autograder.kernel import bubblewrap
from autograder.kernel.errors import SandboxError
from autograder.kernel.parcel import Letter, pack
from autograder.kernel.preload import modules_for
from autograder.kernel.settings import MEGABYTE, Limits, Settings

if TYPE_CHECKING:
    from autograder.kernel.process import WarmProcess

_LAUNCHER = "ipykernel_launcher"
_warned: set[str] = set()
"""What was said once already by this process."""


class WarmProvisioner(LocalProvisioner):
    """Takes kernels from a zygote where there is `fork`; elsewhere starts them as jupyter_client does."""

    preload = Unicode("", help="Framework that kernels start with: pytorch, keras, or empty for none.").tag(config=True)
    modules = List(Unicode(), help="Modules to import besides those of the framework.").tag(config=True)
    sandbox = Bool(True, help="Whether kernels run in a sandbox; if they cannot, none is started.").tag(config=True)
    limits = Dict(help="Limits in the sandbox, by the names of autograder.kernel.settings.Limits.").tag(config=True)
    linger_seconds = Float(10.0, help="How long a zygote without kernels waits for the next.").tag(config=True)

    process: Any  # a Popen, or what takes its place

    _variables: dict[str, str]
    _kernel: str

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Check what was asked for and choose the kernel's sockets.  Raises SandboxError."""
        if self.sandbox:
            bubblewrap.check_system()
        if self._forked and self.parent is not None:
            from autograder.kernel import places

            folder = Path(self.parent.ip).parent
            if folder.parent != places.kernels_folder():  # a kernel that is restarted keeps its connection
                folder = places.kernels_folder() / secrets.token_hex(5)
                self.parent.transport, self.parent.ip = "ipc", str(folder / "s")
            self._kernel = folder.name
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel.  Raises SandboxError when it has to be in a sandbox and cannot."""
        if not self._forked:
            return await super().launch_kernel(cmd, **kwargs)
        self._variables = dict(kwargs.get("env") or os.environ)
        folder = Path(kwargs.get("cwd") or Path.cwd())
        letter = Letter(
            arguments=tuple(cmd[cmd.index(_LAUNCHER) + 3 :]),
            connection=self._connection_file().read_text(encoding="utf-8"),
            environment={} if self.sandbox else self._own_environment(),
            folder="" if self.sandbox else str(folder.resolve()),
        )
        settings = self._settings()
        parcel = pack(letter, folder if self.sandbox else None, settings.limits.disk_megabytes * MEGABYTE)
        try:
            self.process = self._start(settings, parcel)
        finally:
            os.close(parcel)
        self.pid, self.pgid, self.cwd = self.process.pid, None, folder
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        """Give up what is left of the kernel."""
        if self.process is not None and self._forked:
            self.process.close()
        await super().cleanup(restart)

    @property
    def _forked(self) -> bool:
        """Whether the kernel is a fork; without a sandbox and without a framework there is no reason for it."""
        return sys.platform == "linux" and (self.sandbox or bool(self.preload or self.modules)) and self._is_ours()

    def _is_ours(self) -> bool:
        """Whether the kernel is ipykernel in this very Python.  Raises SandboxError when it is not but has to be."""
        argv = self.kernel_spec.argv
        same = Path(argv[0]).name.startswith("python") and (
            not Path(argv[0]).is_absolute() or Path(argv[0]).parent == Path(sys.executable).parent
        )
        if same and argv[1:4] == ["-m", _LAUNCHER, "-f"]:
            return True
        if self.sandbox:
            raise SandboxError(f"kernel {self.kernel_spec.display_name!r} does not run in the Python of the grader")
        return False

    def _settings(self) -> Settings:
        modules = (*modules_for(self.preload), *self.modules)
        return Settings(modules, self.sandbox, Limits(**self.limits), self.linger_seconds)

    def _own_environment(self) -> dict[str, str]:
        return {name: value for name, value in self._variables.items() if name != "JPY_PARENT_PID"}

    def _connection_file(self) -> Path:
        if self.parent is None:
            raise ValueError("a provisioner without a kernel manager has no connection to give to a kernel")
        return Path(self.parent.connection_file)

    def _start(self, settings: Settings, parcel: int) -> "WarmProcess":
        from autograder.kernel import process  # there is nothing to import it for where there is no fork

        try:
            return process.start(settings, self._variables, self._kernel, parcel)
        except process.RefusedError as refused:
            self._warn_once(f"kernels of {self.preload or 'no framework'} start cold: the warm process says {refused}")
        os.lseek(parcel, 0, os.SEEK_SET)
        return process.start(replace(settings, modules=()), self._variables, self._kernel, parcel)

    def _warn_once(self, message: str) -> None:
        if message not in _warned:
            _warned.add(message)
            self.log.warning(message)
