"""Tell a model that cannot take X as its only input from one that fails somewhere inside."""

import re
from collections.abc import Callable
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


def refusal(x: FloatArray, error: BaseException, call: Callable[[FloatArray], Any], wanted: int | None) -> str:
    """Return the mark `inputs:<features>:` when a model cannot take `x`, (rows, features), as its only input.

    `wanted` is the number of inputs that the model asks for, None when unknown. An error about widths counts only
    when the model does run on some other width that the error names; otherwise it failed inside and the mark is empty.
    """
    features = x.shape[1] if x.ndim > 1 else 1
    text = " ".join(str(error).split())
    if wanted not in (1, None) or (wanted is None and COUNT.search(text)) or _takes_another(x, text, features, call):
        return f"inputs:{features}:"
    return ""


def _takes_another(x: FloatArray, text: str, features: int, call: Callable[[FloatArray], Any]) -> bool:
    numbers = list(dict.fromkeys(int(number) for number in re.findall(r"(?<![\w.])\d{1,5}|(?<=\dx)\d{1,5}", text)))
    if features not in numbers:
        return False
    widths = [number for number in numbers if number != features and 0 < number <= MAX_WIDTH]
    return any(_runs(call, np.resize(x, (len(x), width))) for width in widths[:MAX_WIDTHS])


def _runs(call: Callable[[FloatArray], Any], x: FloatArray) -> bool:
    try:
        call(x)
    except Exception:  # the student's model may raise anything
        return False
    return True
