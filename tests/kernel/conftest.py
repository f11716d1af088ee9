"""Where kernels of these tests can run."""

import sys

import pytest
from running import kernel

from autograder.kernel.errors import SandboxError


@pytest.fixture(scope="session")
def sandbox() -> None:
    """Skip where there is no sandbox, saying why."""
    try:
        with kernel() as one:
            assert one.run("print(1)") == "1"
    except SandboxError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session", autouse=True)
def _linux() -> None:
    if sys.platform != "linux":
        pytest.skip("kernels are forked on Linux only")
