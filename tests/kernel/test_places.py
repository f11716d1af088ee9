"""Where Python lies makes no difference to the sandbox."""

import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest

RUN = """
import nbformat
from nbclient import NotebookClient
from autograder.kernel.manager import kernel_manager

cell = nbformat.v4.new_code_cell("import os, sys; print(os.path.isfile(sys.executable), sys.prefix)")
nb = nbformat.v4.new_notebook(cells=[cell])
NotebookClient(nb, kernel_name="python3", kernel_manager_class=kernel_manager(linger_seconds=0.1)).execute()
print(cell.outputs[0]["text"])
"""


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("linked", [False, True])
def test_an_environment_in_the_temporary_folder_is_seen_by_kernels(root: Path, tmp_path: Path, linked: bool) -> None:
    """A course that somebody tries in /tmp, with a Python that is reached over a link in a third place."""
    environment = tmp_path / "course" / ".venv"
    venv.create(environment, symlinks=True)
    python = environment / "bin" / "python"
    if linked:
        link = tmp_path / "bin" / "python3"
        link.parent.mkdir()
        link.symlink_to(python.resolve())
        python.unlink()
        python.symlink_to(link)
    folders = f"{sysconfig.get_path('purelib')}\n{root}\n"
    (next(environment.glob("lib/python*/site-packages")) / "here.pth").write_text(folders)
    done = subprocess.run([python, "-c", RUN], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"True {environment}"
