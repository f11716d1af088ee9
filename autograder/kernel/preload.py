"""What a zygote imports for each framework: all that a first cell, a first plot and a first epoch import."""

import importlib
import importlib.util
from collections.abc import Iterable

KERNEL = (
    "IPython",
    "comm",
    "debugpy",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
)
"""Not matplotlib_inline, which connects itself to the kernel that imports it: only the fork may."""

DATA = (
    "numpy",
    "pandas",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "tqdm.auto",
)

FRAMEWORKS: dict[str, tuple[str, ...]] = {
    "pytorch": ("torch", "torch._dynamo", "torch.nn", "torch.optim", "torch.utils.data", "torchinfo"),
    "keras": ("tensorflow", "keras"),
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
    """Import what is installed of `modules`; what is not, a notebook will find missing by itself."""
    for name in modules:
        if importlib.util.find_spec(name.partition(".")[0]) is not None:
            importlib.import_module(name)
