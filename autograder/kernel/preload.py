"""What a zygote imports for each framework: all that a first cell, a first plot and a first epoch import."""

import importlib
import traceback
from collections.abc import Iterable

KERNEL = (
    "IPython",
    "IPython.core.pylabtools",
    "comm",
    "debugpy",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "pygments.formatters.terminal256",  # this and the next for the first error
    "stack_data",
)
"""Not matplotlib_inline, which connects itself to the kernel that imports it: only the fork may."""

DATA = (
    "numpy",
    "pandas",
    "pandas.io.formats.html",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "tqdm.auto",
)

FRAMEWORKS: dict[str, tuple[str, ...]] = {
    "pytorch": ("torch", "torch._dynamo", "torch.nn", "torch.optim", "torch.utils.data", "torchinfo"),
    "keras": ("tensorflow", "keras", "tqdm.keras"),
}


def modules_for(framework: str) -> tuple[str, ...]:
    """Return what is imported for a framework; nothing for the empty name, which means cold kernels.

    Raises ValueError for a framework that is not known.
    """
    if not framework:
        return ()
    if framework not in FRAMEWORKS:
        raise ValueError(f"no framework {framework!r} to start kernels with; there are: {', '.join(FRAMEWORKS)}")
    return (*KERNEL, *DATA, *FRAMEWORKS[framework])


def load(modules: Iterable[str]) -> None:
    """Import what can be imported of `modules`; what cannot, a notebook will find out by itself, and say so."""
    for name in modules:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        except Exception:
            traceback.print_exc()
