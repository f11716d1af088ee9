"""What a source notebook's hidden block imports: a declaration that, for its author, also judges in place."""

import secrets
import sys
from typing import Any

from autograder.evidence.records import Framework


def judged(topic: str) -> None:
    """Declare that a test cell is judged on `topic`.

    When an author runs the source notebook by hand, the topic is judged at once and the verdicts are shown. Where
    notebooks are merely run, and while grading, nothing happens: grading never executes this line.
    """
    shell = _shell()
    if shell is None or not _interactive(shell):
        return
    from autograder.notebook.in_place import show

    show(topic, _framework(), shell.user_ns, secrets.randbits(32))


def figure(name: str) -> None:
    """Show one of `autograder.figures`; the build puts the picture itself in this call's place."""
    from IPython.display import HTML, display

    from autograder.figures import FIGURES
    from autograder.notebook.embed import image

    display(HTML(image(FIGURES[name])))  # type: ignore[no-untyped-call]


def _shell() -> Any:
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def _interactive(shell: Any) -> bool:
    """Whether a person is at the other end: programs that run notebooks do not allow input."""
    kernel = getattr(shell, "kernel", None)
    return bool(getattr(kernel, "_allow_stdin", False))


def _framework() -> Framework:
    # TensorBoard brings keras into a notebook on PyTorch; nothing brings torch into one on Keras.
    return "pytorch" if "torch" in sys.modules else "keras"
