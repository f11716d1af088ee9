"""Warm kernels: as if they had been started afresh, only sooner."""

import json
from pathlib import Path

import pytest
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell
from running import ENVIRONMENT, kernel, until

from autograder.kernel.preload import modules_for

pytestmark = pytest.mark.usefixtures("sandbox")

RANDOM = """
import json, os, random, secrets, tempfile, uuid
from multiprocessing import current_process
import numpy as np
states = {
    "random": random.random(), "numpy": np.random.rand(), "generator": np.random.default_rng().random(),
    "file": tempfile.mktemp(), "uuid": str(uuid.uuid4()), "key": bytes(current_process().authkey).hex(),
}
"""
RANDOM_IN = {
    "pytorch": "import torch\nstates['torch'] = torch.rand(1).item(); states['order'] = torch.randperm(1000).tolist()",
    "keras": "import tensorflow as tf, keras\nstates['tf'] = float(tf.random.uniform(()))\n"
    "states['keras'] = float(keras.random.uniform(()))\n"
    "states['layer'] = keras.layers.Dense(3)(np.ones((1, 2))).numpy().tolist()",
}

TRAINING = {
    "pytorch": """
import torch
torch.manual_seed(3)
x, y = torch.randn(64, 5), torch.randn(64, 1)
model = torch.nn.Sequential(torch.nn.Linear(5, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
optimizer = torch.optim.Adam(model.parameters(), 0.01)
for _ in range(20):
    optimizer.zero_grad()
    loss = torch.nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
print(loss.item().hex())""",
    "keras": """
import keras, numpy as np
keras.utils.set_random_seed(3)
x, y = np.random.randn(64, 5), np.random.randn(64, 1)
model = keras.Sequential([keras.layers.Input((5,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
print(model.fit(x, y, epochs=3, verbose=0).history["loss"][-1].hex())""",
}

WORKERS = """
import torch
from torch.utils.data import DataLoader, TensorDataset
data = TensorDataset(torch.arange(64.0))
print(sum(batch.sum().item() for (batch,) in DataLoader(data, batch_size=8, shuffle=True, num_workers=2)))
"""

PIPELINE = """
import tensorflow as tf
data = tf.data.Dataset.range(64).map(lambda n: n * 2, num_parallel_calls=2).shuffle(64).batch(8).prefetch(2)
print(sum(int(tf.reduce_sum(batch)) for batch in data))
"""

PRIVATE = """
print(sum(int(line.split()[1]) for line in open("/proc/self/smaps_rollup") if line.startswith("Private")) // 1024)
"""


@pytest.fixture(scope="module", params=["pytorch", "keras"])
def framework(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_framework_is_there_before_it_is_imported(framework: str) -> None:
    module = {"pytorch": "torch", "keras": "keras"}[framework]
    with kernel(framework) as one:
        assert one.run(f"import sys; print({module!r} in sys.modules)") == "True"


def test_messages_of_one_kernel_do_not_interrupt_another() -> None:
    with kernel("pytorch") as one:
        assert one.run("import os; print(os.sched_getscheduler(0) == os.SCHED_BATCH)") == "True"


def test_a_cold_kernel_has_nothing() -> None:
    with kernel() as one:
        assert one.run("import sys; print([m for m in ('numpy', 'torch', 'keras') if m in sys.modules])") == "[]"


def test_a_forgotten_import_is_an_error_all_the_same(framework: str) -> None:
    with kernel(framework) as one:
        cell = new_code_cell("torch, keras, np, nn, tf")
        one.client.execute_cell(cell, 0)
        assert cell.outputs[0].ename == "NameError"
        assert one.run("print([name for name in dir() if name in ('torch', 'keras', 'numpy', 'pandas')])") == "[]"


def test_every_kernel_has_random_states_of_its_own(framework: str) -> None:
    states = []
    for _ in range(2):
        with kernel(framework) as one:
            states.append(json.loads(one.run(f"{RANDOM}\n{RANDOM_IN[framework]}\nprint(json.dumps(states))")))
    assert [name for name in states[0] if states[0][name] == states[1][name]] == []


def test_seeded_results_are_those_of_a_cold_kernel(framework: str) -> None:
    with kernel(framework) as warm, kernel() as cold:
        assert warm.run(TRAINING[framework]) == cold.run(TRAINING[framework])


@pytest.mark.parametrize(
    ("name", "source", "expected"), [("pytorch", WORKERS, "2016.0"), ("keras", PIPELINE, "4032")], ids=["torch", "tf"]
)
def test_helpers_of_the_data_pipeline_work(name: str, source: str, expected: str) -> None:
    with kernel(name) as one:
        assert one.run(source) == expected


def test_memory_is_shared(framework: str) -> None:
    with kernel(framework) as one:
        assert int(one.run(PRIVATE)) < 100


def test_figures_are_shown(framework: str) -> None:
    with kernel(framework) as one:
        cell = new_code_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
        one.client.execute_cell(cell, 0)
        assert ["image/png" in output.data for output in cell.outputs if output.output_type == "display_data"] == [True]


@pytest.mark.parametrize("safe", [True, False], ids=["sandbox", "none"])
class TestLife:
    """What jupyter_client asks of a kernel."""

    def test_an_interrupt_stops_a_cell_and_nothing_else(self, safe: bool) -> None:
        with kernel("pytorch", sandbox=safe, seconds=2) as one:
            one.run("kept = 41")
            one.client.interrupt_on_timeout = True
            cell = new_code_cell("while True: pass")
            one.client.execute_cell(cell, 0)
            assert cell.outputs[-1].ename == "KeyboardInterrupt"
            one.client.timeout = 60
            assert one.run("print(kept + 1)") == "42"

    def test_an_end_from_within_is_noticed(self, safe: bool) -> None:
        with kernel("pytorch", sandbox=safe) as one, pytest.raises(DeadKernelError):
            one.run("import os; os._exit(3)")

    def test_a_crash_is_noticed(self, safe: bool) -> None:
        with kernel("pytorch", sandbox=safe) as one, pytest.raises(DeadKernelError):
            one.run("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")

    def test_a_restarted_kernel_starts_with_nothing(self, safe: bool) -> None:
        with kernel("pytorch", sandbox=safe) as one:
            one.run("kept = 41")
            _restart(one.client)
            assert one.run("print('kept' in globals())") == "False"

    def test_errors_do_not_end_it(self, safe: bool) -> None:
        with kernel("pytorch", sandbox=safe) as one:
            one.client.execute_cell(new_code_cell("1 / 0"), 0)
            assert one.run("print('alive')") == "alive"


def _restart(client: NotebookClient) -> None:
    run_sync(client.km.restart_kernel)(now=True)
    run_sync(client.kc.wait_for_ready)(timeout=60)


PLACES = """
from pathlib import Path
places = [Path(folder, "left") for folder in (".", "/tmp", "/dev/shm", Path.home())]
"""

AROUND = """
import autograder, json, os
print(json.dumps(os.listdir(os.path.dirname(os.path.dirname(autograder.__file__)))))
"""


class TestSurroundings:
    """The working folder and the environment."""

    def test_the_files_are_there_and_stay_as_they_were(self, tmp_path: Path) -> None:
        (tmp_path / "inner").mkdir()
        (tmp_path / "inner" / "data.csv").write_text("1", encoding="utf-8")
        with kernel(folder=tmp_path) as one:
            assert one.run("print(open('inner/data.csv').read())") == "1"
            one.run("open('inner/data.csv', 'w').write('2'); open('new', 'w').close()")
        assert (tmp_path / "inner" / "data.csv").read_text(encoding="utf-8") == "1"
        assert not (tmp_path / "new").exists()

    def test_the_next_kernel_sees_nothing_of_the_one_before(self) -> None:
        with kernel() as one:
            one.run(f"{PLACES}\n[place.touch() for place in places]")
        with kernel() as one:
            assert one.run(f"{PLACES}\nprint([place for place in places if place.exists()])") == "[]"

    def test_without_a_sandbox_the_folder_is_the_one_outside(self, tmp_path: Path) -> None:
        with kernel("pytorch", folder=tmp_path, sandbox=False) as one:
            assert one.run("import os; print(os.getcwd())") == str(tmp_path)

    def test_modules_next_to_the_notebook_can_be_imported(self, tmp_path: Path) -> None:
        (tmp_path / "of_mine.py").write_text("value = 5", encoding="utf-8")
        with kernel("pytorch", folder=tmp_path) as one:
            assert one.run("import of_mine; print(of_mine.value)") == "5"

    def test_a_folder_that_does_not_fit_is_cut_short(self, tmp_path: Path) -> None:
        for name in ("a", "b"):
            (tmp_path / name).write_bytes(b"x" * 1_500_000)
        with kernel(folder=tmp_path, limits={"disk_megabytes": 4}) as one:
            assert one.run("import os; print(os.listdir())") == "['a']"

    def test_secrets_of_the_grader_stay_outside(self) -> None:
        with kernel(environment={**ENVIRONMENT, "A_TOKEN": "secret", "PYTHONHASHSEED": "7"}) as one:
            assert one.run("import os; print(os.environ.get('A_TOKEN'), os.environ['PYTHONHASHSEED'])") == "None 7"

    def test_without_a_sandbox_the_environment_is_the_graders(self) -> None:
        with kernel("pytorch", environment={**ENVIRONMENT, "A_TOKEN": "secret"}, sandbox=False) as one:
            assert one.run("import os; print(os.environ['A_TOKEN'], 'JPY_PARENT_PID' in os.environ)") == "secret False"

    def test_the_package_is_there_and_what_lies_around_it_is_not(self) -> None:
        with kernel() as one:
            assert set(json.loads(one.run(AROUND))) <= {"autograder", ".venv"}


@pytest.mark.parametrize(("said", "off"), [("{}", "True"), ('{"disable_meta_optimizer": False}', "False")])
def test_graphs_run_as_they_were_traced_unless_a_notebook_says_otherwise(said: str, off: str) -> None:
    source = f"import tensorflow as tf\noptimizer = tf.config.optimizer\noptimizer.set_experimental_options({said})\n"
    with kernel("keras") as one:
        assert one.run(source + "print(optimizer.get_experimental_options()['disable_meta_optimizer'])") == off


def test_frameworks_that_are_not_known_are_named() -> None:
    with pytest.raises(ValueError, match="no framework 'jax'"):
        modules_for("jax")


def test_nothing_of_a_kernel_is_left_in_the_shared_folder() -> None:
    with kernel() as one:
        folder = one.sockets
        assert folder.exists()
    assert until(lambda: not folder.exists())


def test_what_cannot_be_imported_is_the_notebooks_own_error() -> None:
    with kernel("pytorch", modules=["no_such_module", "torch.no_such_part"], linger_seconds=0.2) as one:
        assert one.run("import sys; print('torch' in sys.modules)") == "True"
