"""The package can be read by the later Pythons that are at hand; its dependencies are pinned and tested on 3.11."""

import shutil
import subprocess
from pathlib import Path

import pytest

PARSE = "import ast, sys; [ast.parse(open(name, encoding='utf-8').read(), name) for name in sys.argv[1:]]"


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_every_module_parses(root: Path, version: str) -> None:
    program = shutil.which(f"python{version}")
    if program is None or subprocess.run([program, "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"Python {version} is not at hand")
    files = [str(path) for path in sorted((root / "autograder").rglob("*.py"))]
    assert len(files) > 50
    done = subprocess.run([program, "-W", "error", "-c", PARSE, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
