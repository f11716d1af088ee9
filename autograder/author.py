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
    return "keras" if "keras" in sys.modules else "pytorch"
