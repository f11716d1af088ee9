"""A kernel of the grader's: its sockets are its own, and are gone with it."""

import os
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.notebook.session import Session


@pytest.mark.skipif(os.name != "posix", reason="kernels on Windows use ports")
def test_kernels_take_no_port_that_another_may_take_first(tmp_path: Path) -> None:
    nb = new_notebook(cells=[new_code_cell("1 + 1")])
    session = Session(nb, tmp_path, "pytorch", cell_seconds=60)
    with session.client.setup_kernel():
        info = session.client.km.get_connection_info()
        sockets = list(Path(info["ip"]).parent.glob(f"{Path(info['ip']).name}-*"))
        session.run_cell(nb.cells[0], 0)
    assert info["transport"] == "ipc"
    assert len(sockets) >= 5
    assert nb.cells[0].outputs[0]["data"]["text/plain"] == "2"
    assert not [socket for socket in sockets if socket.exists()]
