"""Note how Keras' `fit` was called: whether it shuffled, and in which structure it was given the labels."""

import contextlib
import functools
import inspect
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

LabelStructure = Literal["tuple", "dict"]


@dataclass(frozen=True)
class FitCall:
    """The last call of `fit`."""

    shuffle: bool | None
    """The argument `shuffle` when `fit` was given plain arrays; None for data sets, which shuffle themselves."""
    labels: LabelStructure | None
    """How the labels were given, None when that cannot be told."""


_CALLS: list[FitCall] = []


def last_fit() -> FitCall | None:
    """Return the last call of `fit` in this notebook, None when there was none."""
    return _CALLS[-1] if _CALLS else None


def forget() -> None:
    """Start a new notebook."""
    _CALLS.clear()


def watch() -> None:
    """Note calls of `keras.Model.fit` from now on; does nothing before the notebook has imported Keras."""
    keras = sys.modules.get("keras")
    if keras is None or hasattr(keras.Model.fit, "_noted"):
        return
    original = keras.Model.fit
    signature = inspect.signature(original)

    @functools.wraps(original)
    def fit(self: Any, *args: Any, **kwargs: Any) -> Any:
        with contextlib.suppress(TypeError):  # a wrong call: Keras itself says so below
            _CALLS.append(_read(signature.bind(self, *args, **kwargs).arguments))
        return original(self, *args, **kwargs)

    fit._noted = True  # type: ignore[attr-defined]
    keras.Model.fit = fit


def _read(arguments: Mapping[str, Any]) -> FitCall:
    labels = arguments.get("y")
    if labels is None:
        return FitCall(None, _structure(_element(arguments.get("x"))))
    return FitCall(bool(arguments.get("shuffle", True)), _structure(labels))


def _element(data: Any) -> Any:
    """Return the labels' place in what a data set yields, without drawing from it where it says so itself."""
    spec = getattr(data, "element_spec", None)
    return spec[1] if isinstance(spec, tuple) and len(spec) > 1 else None


def _structure(labels: Any) -> LabelStructure | None:
    if isinstance(labels, Mapping):
        return "dict"
    return "tuple" if isinstance(labels, (tuple, list)) else None
