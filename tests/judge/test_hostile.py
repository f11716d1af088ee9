"""Evidence is untrusted bytes: whatever a kernel answers, every criterion gets one verdict and nothing else happens."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hostile
import numpy as np
import pytest
from problems import MULTITASK, RUBRIC

from autograder.evidence.records import HiddenEvidence, NotebookEvidence, Output, ReadingEvidence, Recording
from autograder.evidence.requests import Frame, Reply, Request
from autograder.exceptions import EvidenceError, JudgeError, ReplayError
from autograder.judge.case import Context
from autograder.judge.process import ENVIRONMENT, JudgeProcess
from autograder.wines import COLUMNS

FRAMEWORKS = ("pytorch", "keras")

NO_ROWS = Frame(columns=COLUMNS, values=tuple(np.zeros(0) for _ in COLUMNS))
CONTEXT = Context(seed=1, problem=MULTITASK, rubric=RUBRIC, students=NO_ROWS)

CASES = sum(sum(groups.values()) for groups in hostile.CASES.values())


def test_there_are_enough_cases() -> None:
    assert CASES >= 5000


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_whatever_a_kernel_answers_ends_in_verdicts_and_in_nothing_else(framework: str) -> None:
    """In a process of its own, with the judge's memory limit and an audit hook: see `hostile.main`."""
    done = subprocess.run(
        [sys.executable, hostile.__file__, framework], capture_output=True, text=True, check=False, env=environment()
    )
    assert done.returncode == 0, done.stderr[-4000:]
    counted = json.loads(done.stdout.splitlines()[-1])
    assert counted["apart"] == sum(hostile.APART.values())
    assert counted["cases"] == sum(hostile.CASES[framework].values())
    # Refused, judged and even right where the change did not matter: the generator reaches all of them.
    assert min(counted[what] for what in ("refused", "pass", "fail", "unsure", "not_judged")) >= 5, counted


def environment() -> dict[str, str]:
    """The judge's own environment, with this checkout and what tests share."""
    paths = (hostile.ROOT, hostile.ROOT / "tests" / "notebook")
    return {**os.environ, **ENVIRONMENT, "MPLBACKEND": "agg", "PYTHONPATH": os.pathsep.join(map(str, paths))}


@pytest.mark.parametrize("dtype", [[], {}, None, 3, ["<f4"]])
def test_a_dtype_of_any_type_is_refused_in_one_line(dtype: Any) -> None:
    wire = {"x": {"dtype": dtype, "shape": [0, 0], "data": ""}}
    with pytest.raises(EvidenceError, match="x"):
        HiddenEvidence.from_wire(json.dumps(wire))


@pytest.mark.parametrize("text", ["a\nb\x1b[2J\u2028c\ud800d", "x" * 10_000_000])
def test_what_a_kernel_says_of_its_own_error_is_one_short_line(text: str) -> None:
    request = Request(nonce="n", kind="results", framework="pytorch")
    with pytest.raises(EvidenceError) as caught:
        Reply(nonce="n", kind="results", error=text.encode("utf-8", "replace").decode()).evidence_for(request)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) <= 600


@pytest.mark.parametrize(
    "text", ['{"values":{"a":"\\ud800"}}', '{"values":{"a":"\ud800"}}', '{"values":{"\\uD800":1}}']
)
def test_half_of_a_character_is_refused_before_it_can_stop_what_comes_after(text: str) -> None:
    with pytest.raises(EvidenceError, match="surrogates"):
        ReadingEvidence.from_wire(text)


def test_evidence_too_long_for_the_judge_waits_for_a_person() -> None:
    topic = ReadingEvidence(values={"a": "x" * 33_000_000})
    with pytest.raises(JudgeError, match="te groot"):
        JudgeProcess(timeout=60, gigabytes=4).judge(NotebookEvidence(framework="pytorch", reading=topic), CONTEXT)


# ---------------------------------------- every operation of the frameworks


def refused(framework: str, program: str) -> bool:
    """Whether a recording of this program is not even prepared to run."""
    from autograder.judge.replay import load

    x = np.ones((8, 2), dtype="float32")
    recording = Recording(
        framework=framework,  # type: ignore[arg-type]
        program=program,
        input_ref="x:0",
        x=x,
        parameters=(),
        outputs=(Output(name="quality", ref="y:0", value=x),),
        container="tuple",
        named=False,
    )
    try:
        load(recording)
    except ReplayError as error:
        return "is not one that the judge runs" in str(error)
    return False


TORCH_TYPES = {
    *("Tensor", "Optional[Tensor]", "List[Tensor]", "List[Optional[Tensor]]", "number", "Optional[number]"),
    *("int", "Optional[int]", "List[int]", "Optional[List[int]]", "float", "Optional[float]", "Optional[List[float]]"),
    *("bool", "Optional[bool]", "List[bool]", "Device", "Optional[Device]"),
}
"""Nothing of these names a file, a process or a random generator."""

TORCH_WORDS = {"padding", "equation", "approximate", "ord", "reduce", "rounding_mode", "side", "assert_msg"}
"""The only arguments that are text: they choose between ways to compute."""


def test_no_pytorch_operation_that_does_more_than_compute_is_run() -> None:
    """Every operation that this PyTorch has, not a sample."""
    import torch

    accepted = 0
    for name in hostile.torch_operations():
        entry = {"op": name, "args": [], "kwargs": {}, "grad": True, "after": [], "makes": ["y:0"]}
        if refused("pytorch", json.dumps([entry])):
            continue
        accepted += 1
        base, _, overload = name.partition(".")
        assert base.startswith("aten::"), name
        function = getattr(getattr(torch.ops.aten, base.removeprefix("aten::")), overload or "default")
        for argument in function._schema.arguments:
            kind = str(argument.type)
            assert kind in TORCH_TYPES or (argument.name in TORCH_WORDS and "str" in kind), (name, kind)
        words = ("file", "save", "load", "print", "set_", "resize", "storage", "rand", "seed", "cuda", "record", "rpc")
        assert not any(word in base for word in words) or base == "aten::sym_storage_offset", name
    assert accepted > 500


HARMLESS = {
    *("StatefulPartitionedCall", "While", "If", "Case"),  # bodies are checked like everything else
    *("ReadVariableOp", "ResourceGather", "ResourceGatherNd", "VariableShape"),  # run on the parameter's value
    *("Assert", "PrintV2", "StringFormat"),  # never run
    "CheckNumerics",  # raises, and does nothing else
}
"""Operations marked as stateful, or that take text or handles, that may stand in a graph."""


def test_no_tensorflow_operation_that_does_more_than_compute_is_run() -> None:
    """Every operation that this TensorFlow has, not a sample."""
    import base64

    import tensorflow as tf
    from tensorflow.python.framework import op_def_registry

    handles = (tf.string.as_datatype_enum, tf.resource.as_datatype_enum)
    words = ("File", "Save", "Restore", "Py", "Dataset", "Summary", "Decode", "Random", "Queue")
    accepted, suspects = set(), set()
    for name in hostile.keras_operations():
        definition = op_def_registry.get(name)
        if definition.is_stateful or any(
            end.type in handles for end in (*definition.input_arg, *definition.output_arg)
        ):
            suspects.add(name)
        graph = tf.compat.v1.GraphDef()
        graph.node.add(name="y", op=name)
        if not refused("keras", base64.b64encode(graph.SerializeToString()).decode()):
            accepted.add(name)
            assert not any(word in name for word in words), name
    assert accepted & suspects == HARMLESS
    assert len(accepted) > 200
    assert len(suspects) > 300


# ---------------------------------------- the package itself

NO_IMPORTS = {"pickle", "cPickle", "_pickle", "shelve", "marshal", "dill", "cloudpickle", "joblib"}

NO_CALLS = {"eval", "exec"}


def modules() -> Iterator[tuple[Path, ast.AST]]:
    """Every module of the package, parsed."""
    for path in sorted((hostile.ROOT / "autograder").rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """The top names of what a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.split(".")[0]


def called(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """What a module calls, as it is written, and the names of the arguments given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), {word.arg for word in node.keywords if word.arg}


def test_nothing_is_unpickled_or_evaluated_anywhere() -> None:
    seen = 0
    for path, tree in modules():
        assert not NO_IMPORTS & set(imported(tree)), path
        for name, words in called(tree):
            seen += 1
            assert name not in NO_CALLS, path
            assert "allow_pickle" not in words, path
            assert name not in ("torch.load", "np.load", "numpy.load", "pd.read_pickle"), path
    assert seen > 1000
