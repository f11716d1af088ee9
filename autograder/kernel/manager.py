"""A kernel manager whose kernels come from the warm provisioner, whatever the kernelspec and the environment say."""

from queue import Empty
from typing import Any, ClassVar

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type

_ANSWER_SECONDS, _OUTPUT_SECONDS = 1.0, 0.2
"""How long the first answer and the first output may take before jupyter_client's own way is taken."""


class _Client(AsyncKernelClient):
    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its output arrives; the stock one then waits for a fifth of a second more.

        In that time it drops late answers to its own questions, which nbclient passes over anyway.
        Raises RuntimeError when the kernel ends first, or does not answer in `timeout` seconds.
        """
        try:
            answer = await self.kernel_info(reply=True, timeout=_ANSWER_SECONDS)
            await self.get_iopub_msg(timeout=_OUTPUT_SECONDS)
        except (Empty, TimeoutError):
            await super().wait_for_ready(timeout)
        else:
            self._handle_kernel_info_reply(answer)


class _WarmKernelManager(AsyncKernelManager):
    settings: ClassVar[dict[str, Any]] = {}
    client_factory = Type(_Client, klass=AsyncKernelClient)

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The kernelspec, with the warm provisioner as its provisioner."""
        spec = super().kernel_spec
        if spec is not None:
            spec.metadata["kernel_provisioner"] = {"provisioner_name": "autograder-warm", "config": self.settings}
        return spec


def kernel_manager(**settings: Any) -> type[AsyncKernelManager]:
    """Return a kernel manager class for nbclient; `settings` are traits of the provisioner."""
    return type("WarmKernelManager", (_WarmKernelManager,), {"settings": settings})
