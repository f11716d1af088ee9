"""What a zygote imports for each framework: all that a first cell, a first plot and a first epoch import."""

import importlib
import traceback
from collections.abc import Callable, Iterable
from typing import Any

KERNEL = (
    "IPython",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "IPython.utils.wildcard",
    "comm",
    "debugpy",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "pygments.formatters.terminal256",  # this and the next for the first error
    "sqlite3",  # of IPython's history, also when that is only in memory
    "stack_data",
    "tornado.platform.asyncio",
)
"""Not matplotlib_inline, which connects itself to the kernel that imports it: only the fork may."""

DATA = (
    "PIL.BmpImagePlugin",  # this and the next three for the first figure
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PpmImagePlugin",
    "narwhals._pandas_like.dataframe",  # this and the next for the first table in scikit-learn
    "narwhals._pandas_like.namespace",
    "numpy",
    "pandas",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "tqdm.auto",
)

FRAMEWORKS: dict[str, tuple[str, ...]] = {
    "pytorch": ("torch", "torch._dynamo", "torch.nn", "torch.optim", "torch.utils.data", "torchinfo"),
    "keras": (
        *("tensorflow", "keras", "tqdm.keras", "rich._emoji_codes"),
        *("tensorflow.python.data.ops.flat_map_op", "tensorflow.python.data.ops.from_tensors_op"),
        *("tensorflow.python.data.ops.range_op", "tensorflow.python.data.ops.zip_op"),
    ),
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


def _run_graphs_as_they_are(tensorflow: Any) -> None:
    """Let TensorFlow not rearrange the graphs that it traced: in small networks that takes longer than it ever saves.

    It makes nothing start: no thread, no device.
    """
    tensorflow.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})


PREPARED: dict[str, Callable[[Any], None]] = {"tensorflow": _run_graphs_as_they_are}
"""What is done with a module when it has been imported."""


def load(modules: Iterable[str]) -> None:
    """Import what can be imported of `modules`; what cannot, a notebook will find out by itself, and say so."""
    for name in modules:
        try:
            module = importlib.import_module(name)
            if name in PREPARED:
                PREPARED[name](module)
        except ModuleNotFoundError:
            continue
        except Exception:
            traceback.print_exc()
