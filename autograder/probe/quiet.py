"""Leave no trace in the student's kernel: no output, no random numbers drawn, no globals changed."""

import contextlib
import copy
import io
import random
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Restore = Callable[[], object]


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Swallow output and warnings for a while, and give back every random state as it was."""
    sink = io.StringIO()
    with (
        contextlib.redirect_stdout(sink),
        contextlib.redirect_stderr(sink),
        _no_displays(),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        restores = [save() for save in (_python, _numpy, _torch, _keras, _tensorflow)]
        try:
            yield
        finally:
            for restore in restores:
                restore()


def seed_all(seed: int) -> None:
    """Make what the student's functions draw repeatable; only inside `quiet`, which undoes it."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.default_generator.manual_seed(seed % 2**32)  # torch.manual_seed notes down each call for a later GPU


@contextlib.contextmanager
def preserved(*functions: object) -> Iterator[None]:
    """Give back, afterwards, the globals that the student's functions read or assign.

    Names get their object back; dicts, lists, sets, arrays, generators and scikit-learn's objects their content too.
    """
    restores: list[Restore] = []
    seen: set[int] = set()
    for function in functions:
        restores.extend(_globals_of(function, seen))
    try:
        yield
    finally:
        for restore in restores:
            restore()


def _globals_of(function: object, seen: set[int]) -> Iterator[Restore]:
    function = getattr(function, "__func__", function)
    if id(function) in seen:
        return
    seen.add(id(function))
    if not isinstance(function, types.FunctionType):
        yield _content(function)
        return
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):  # an empty cell
            yield _content(cell.cell_contents)
    namespace = function.__globals__
    for name in sorted(_names(function.__code__)):
        if name not in namespace:
            yield lambda name=name: namespace.pop(name, None)  # type: ignore[misc]
            continue
        value = namespace[name]
        yield lambda name=name, value=value: namespace.__setitem__(name, value)  # type: ignore[misc]
        if isinstance(value, types.FunctionType):
            yield from _globals_of(value, seen) if value.__globals__ is namespace else ()
        else:
            yield _content(value)


def _names(code: types.CodeType) -> set[str]:
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _names(constant)
    return names


def _content(value: Any) -> Restore:
    """Return what puts the content of a mutable object back; nothing for objects that are not known to be small."""
    try:
        return _content_of(value)
    except Exception:  # copying a student's object may raise anything; then its content stays as the calls leave it
        return _nothing


def _content_of(value: Any) -> Restore:
    if isinstance(value, np.random.Generator):
        state = copy.deepcopy(value.bit_generator.state)
        return lambda: setattr(value.bit_generator, "state", state)
    if isinstance(value, np.ndarray):
        kept = value.copy()
        return lambda: np.copyto(value, kept) if value.flags.writeable else None
    if isinstance(value, (dict, set)):
        copied = copy.deepcopy(value)
        return lambda: (value.clear(), value.update(copied))
    if isinstance(value, list):
        items = copy.deepcopy(value)
        return lambda: value.__setitem__(slice(None), items)
    if hasattr(value, "get_params") and not isinstance(value, type):
        attributes = copy.deepcopy(vars(value))
        return lambda: (vars(value).clear(), vars(value).update(attributes))
    return _nothing


def _nothing() -> None:
    return None


def _python() -> Restore:
    state = random.getstate()
    return lambda: random.setstate(state)


def _numpy() -> Restore:
    state = np.random.get_state()
    return lambda: np.random.set_state(state)


def _torch() -> Restore:
    torch = sys.modules.get("torch")
    if torch is None:
        return _nothing
    state = torch.get_rng_state()
    return lambda: torch.set_rng_state(state)


def _keras() -> Restore:
    """Keras keeps one global seed generator, made on first use; there is no public way to read it."""
    module = sys.modules.get("keras.src.backend.common.global_state")
    generator = module.get_global_attribute("global_seed_generator") if module else None
    state = getattr(generator, "state", None)
    if state is None:
        return _nothing
    value = np.array(state)
    return lambda: state.assign(value)


def _tensorflow() -> Restore:
    """TensorFlow seeds each operation from a Python generator in its context; there is no public way to read it."""
    module = sys.modules.get("tensorflow.python.eager.context")
    context: Any = module.context() if module else None
    generator = getattr(context, "_rng", None)
    if not isinstance(generator, random.Random):
        return _nothing
    state = generator.getstate()

    def restore() -> None:
        if generator.getstate() != state:
            generator.setstate(state)
            # An operation of the same seed would go on where the probe's left off.
            context.clear_kernel_cache()

    return restore


def _no_displays() -> contextlib.AbstractContextManager[Any]:
    """Swallow what `display` shows in IPython, which does not go through stdout."""
    shell = sys.modules.get("IPython")
    if shell is None or shell.get_ipython() is None:
        return contextlib.nullcontext()
    from IPython.utils.capture import capture_output

    displays: contextlib.AbstractContextManager[Any] = capture_output(stdout=False, stderr=False, display=True)
    return displays
