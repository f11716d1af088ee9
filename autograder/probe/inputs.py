"""Call a model on its inputs, and tell one that cannot take them from one that fails somewhere inside."""

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from autograder.probe.arrays import FloatArray

MAX_WIDTHS = 8
"""Numbers of an error message that are tried as the width a model might expect."""

MAX_WIDTH = 10_000

COUNT = re.compile(
    r"forward\(\) missing \d+ required positional|call\(\) missing \d+ required positional|"
    r"is missing value for argument|takes \d+ positional arguments? but \d+ were given|"
    r"expects \d+ input\(s\)|structure of `inputs` doesn't match"
)
"""How PyTorch, TorchScript, Python and Keras say that a model wants another number of inputs."""

Way = Callable[..., Any]
"""Calls a model with a list of its inputs; keywords are the model's own."""


class Caller:
    """Calls a model of several inputs on their columns side by side, in the first way in which it runs."""

    def __init__(self, cut: Callable[[Any], list[Any]], ways: Sequence[Way]) -> None:
        self._cut = cut
        self._ways = ways
        self._found: Way | None = None

    def as_found_by(self, other: "Caller") -> "Caller":
        """Call as another one found that a model of the same kind takes it."""
        if other._found is not None:
            self._found = self._ways[other._ways.index(other._found)]
        return self

    def __call__(self, x: Any, **keywords: Any) -> Any:
        """Return what the model returns for `x`, (rows, columns).  Raises what the model raises."""
        parts = self._cut(x)
        if self._found is not None:
            return self._found(parts, **keywords)
        errors: list[Exception] = []
        for way in self._ways:
            try:
                outputs = way(parts, **keywords)
            except Exception as error:  # the student's model may raise anything
                errors.append(error)
            else:
                self._found = way
                return outputs
        # A model that was called in the wrong way raises early; in the right one it got farther.
        raise max(errors, key=lambda error: len(traceback.extract_tb(error.__traceback__)))


def bounds(widths: Sequence[int]) -> list[tuple[int, int]]:
    """Return where the columns of each input begin and end."""
    return list(pairwise(accumulate(widths, initial=0)))


def one_by_one(model: Any) -> Way:
    """Every input is an argument."""
    return lambda parts, **keywords: model(*parts, **keywords)


def by_keyword(model: Any, names: Sequence[str]) -> Way:
    """Every input is an argument of its name."""
    return lambda parts, **keywords: model(**dict(zip(names, parts, strict=True)), **keywords)


def together(model: Any, container: type[list[Any]] | type[tuple[Any, ...]]) -> Way:
    """One argument holds all inputs."""
    return lambda parts, **keywords: model(container(parts), **keywords)


def by_name(model: Any, names: Sequence[str]) -> Way:
    """One argument is a dict of all inputs."""
    return lambda parts, **keywords: model(dict(zip(names, parts, strict=True)), **keywords)


def wanted(parameters: Mapping[str, Any], special: Sequence[str] = ()) -> int | None:
    """How many arguments a function needs, None for one that takes any number."""
    needed = [
        p for p in parameters.values() if p.default is p.empty and p.kind < p.VAR_POSITIONAL and p.name not in special
    ]
    return len(needed) if needed else None


def refusal(
    x: FloatArray,
    error: BaseException,
    call: Callable[[FloatArray, Sequence[int]], Any],
    wanted: int | None,
    widths: Sequence[int] = (),
) -> str:
    """Return the mark `inputs:<widths>:` when a model cannot take `x`, (rows, columns), as its inputs of these widths.

    `call` runs the model on rows cut into inputs of the widths given with them, `wanted` is the number of inputs that
    it asks for, None when unknown. An error about widths counts only when the model does run on some other width that
    the error names; otherwise it failed inside and the mark is empty.
    """
    widths = tuple(widths) or (x.shape[1] if x.ndim > 1 else 1,)
    text = " ".join(str(error).split())
    known = wanted in (1, len(widths), None)
    whole = len(widths) > 1 and _runs(call, x, (sum(widths),))
    if not known or (wanted is None and COUNT.search(text)) or whole or _takes_another(x, text, widths, call):
        return f"inputs:{','.join(map(str, widths))}:"
    return ""


def _takes_another(
    x: FloatArray, text: str, widths: Sequence[int], call: Callable[[FloatArray, Sequence[int]], Any]
) -> bool:
    numbers = list(dict.fromkeys(int(number) for number in re.findall(r"(?<![\w.])\d{1,5}|(?<=\dx)\d{1,5}", text)))
    return any(
        _runs(call, _resized(x, widths, place, number), (*widths[:place], number, *widths[place + 1 :]))
        for place, width in enumerate(widths)
        if width in numbers
        for number in [number for number in numbers if number != width and 0 < number <= MAX_WIDTH][:MAX_WIDTHS]
    )


def _resized(x: FloatArray, widths: Sequence[int], place: int, width: int) -> FloatArray:
    if len(widths) == 1:
        return np.resize(x, (len(x), width))
    parts = [x[:, start:end] for start, end in bounds(widths)]
    parts[place] = np.resize(parts[place], (len(x), width))
    return np.concatenate(parts, axis=1)


def _runs(call: Callable[[FloatArray, Sequence[int]], Any], x: FloatArray, widths: Sequence[int]) -> bool:
    try:
        call(x, widths)
    except Exception:  # the student's model may raise anything
        return False
    return True
