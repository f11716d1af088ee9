"""The package can be read by the later Pythons that are at hand, and grades with another release of this one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

PARSE = "import ast, sys; [ast.parse(open(name, encoding='utf-8').read(), name) for name in sys.argv[1:]]"

GRADES = ("tests/kernel/test_parcel.py", "tests/batch/test_workers.py::test_a_worker_needs_nothing_but_the_task")
"""A kernel starts in its sandbox, is asked, and a judge gives marks."""


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_every_module_parses(root: Path, version: str) -> None:
    program = shutil.which(f"python{version}")
    if program is None or subprocess.run([program, "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"Python {version} is not at hand")
    files = [str(path) for path in sorted((root / "autograder").rglob("*.py"))]
    assert len(files) > 50
    done = subprocess.run([program, "-W", "error", "-c", PARSE, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_another_release_of_this_python_grades(root: Path, tmp_path: Path) -> None:
    """A release that mends may bring functions too: what ran with 3.11.7 started no kernel with Debian's 3.11.2."""
    system = Path(f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}")
    if not system.exists() or _version(system) == _version(Path(sys.executable)):
        pytest.skip("the system has no other release of this Python")
    environment = tmp_path / "environment"
    subprocess.run([system, "-m", "venv", "--without-pip", environment], check=True)
    packages = Path(np.__file__).parents[1]  # they are compiled for every release of this Python
    (own,) = environment.glob("lib/python*/site-packages")
    (own / "others.pth").write_text(f"import site; site.addsitedir({str(packages)!r})\n", encoding="utf-8")
    python = [environment / "bin" / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *GRADES]
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(python, cwd=root, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "4 passed" in done.stdout


def _version(python: Path) -> str:
    return subprocess.run([python, "--version"], capture_output=True, text=True, check=True).stdout
