"""The environment of a kernel: in the sandbox, a few variables that are known to hold no secret."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import autograder

INHERITED = (
    "CUDA_VISIBLE_DEVICES",
    "KERAS_BACKEND",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "MKL_NUM_THREADS",
    "MPLBACKEND",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "PYTHONHASHSEED",
    "PYTHONWARNINGS",
    "TF_CPP_MIN_LOG_LEVEL",
    "TF_DETERMINISTIC_OPS",
    "TF_ENABLE_ONEDNN_OPTS",
    "TF_NUM_INTEROP_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TZ",
)
"""What frameworks read when they are imported, and what language and clock depend on."""

WORKING_FOLDER = "/notebook"
"""Where a sandboxed kernel finds its files."""

HOME = "/tmp/home"  # noqa: S108  (in the sandbox, where /tmp is the kernel's own)

DEFAULTS = {
    "LANG": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # read when matplotlib is imported: before ipykernel can
    "OMP_NUM_THREADS": "1",  # with more, numpy starts threads when it is imported, and then nothing can be forked
}

INSIDE = {
    "HOME": HOME,
    "USER": "student",
    "LOGNAME": "student",
    "TMPDIR": "/tmp",  # noqa: S108  (the same)
    "PYTHONNOUSERSITE": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MALLOC_ARENA_MAX": "2",  # glibc would reserve address space for each thread, which the memory limit counts
}


def package_folder() -> Path:
    """Return where this package lies; of the folder around it, which may be a course, a kernel sees nothing."""
    return Path(autograder.__file__).resolve().parent


def for_import(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that matter before a kernel exists, while modules are imported."""
    kept = {name: environment[name] for name in INHERITED if name in environment}
    return {**DEFAULTS, **kept, "PATH": environment.get("PATH", os.defpath)}


def sandboxed(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment of kernels in the sandbox."""
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"])
    return {**for_import(environment), **INSIDE, "PATH": path, "PYTHONPATH": str(package_folder().parent)}


def unsandboxed(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a zygote outside the sandbox; each kernel gets its own whole one when it is forked."""
    kept = {name: environment[name] for name in ("HOME", "PYTHONPATH", "TMPDIR", "USER") if name in environment}
    return {**for_import(environment), **kept}
