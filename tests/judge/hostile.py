"""Real evidence of the reference solutions, made hostile in every way that a student's kernel could think of.

`python hostile.py FRAMEWORK` judges thousands of such replies under the judge's limits and an audit hook, and prints
what it counted; the first thing that no reply may bring about ends it with an error.
"""

import ast
import base64
import copy
import json
import math
import os
import sys
import time
import typing
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from problems import MULTITASK

from autograder.answers.submission import without_markers
from autograder.course import Assignment, Course, load_course
from autograder.data import split_hidden
from autograder.evidence.encoding import DTYPES, Record
from autograder.evidence.records import Framework, NotebookEvidence
from autograder.evidence.requests import Kind, Reply, Request
from autograder.judge.verdicts import Verdict
from autograder.notebook import cells as mine
from autograder.notebook import execute
from autograder.notebook.challenge import Challenge
from autograder.notebook.evidence import AT_THE_END, Collector, at_once
from autograder.notebook.render import outputs
from autograder.wines import load_wines

ROOT = Path(__file__).resolve().parent.parent.parent

CASES: dict[str, dict[str, int]] = {
    "pytorch": {"wire": 1500, "light": 2200, "network": 600, "loss": 130},
    "keras": {"wire": 150, "light": 180, "network": 260, "loss": 30},
}
"""How many replies of each sort are judged in one process."""

APART = {"light": 60, "network": 60, "loss": 15}
"""How many replies per framework go through a real judge's process as well."""

KINDS: dict[str, dict[str, tuple[Kind, ...]]] = {
    "pytorch": {"loss": ("loss",)},
    "keras": {"loss": ("step",)},
}
for _kinds in KINDS.values():
    _kinds["light"] = (*("data", "loaders", "inspection") * 3, *("hidden", "hidden", "results", "reading"))
    _kinds["network"] = ("architecture", "training")

BESIDE: dict[str, tuple[str, ...]] = {
    "inspection": (),
    "data": ("loaders",),
    "reading": (),
    "loaders": ("data", "training", "results"),
    "results": ("loaders", "training"),
    "hidden": ("data", "training"),
    "architecture": ("loaders",),
    "training": ("architecture", "loaders", "results", "hidden"),
    "loss": ("architecture",),
    "step": ("architecture",),
}
"""The intact evidence that is judged along with a hostile reply: that of the topics that read it too."""

CPU_SECONDS = 20
"""Most processor time that one reply may take."""

MOST_CHARACTERS = 1000
"""Of anything that a person reads about a reply."""

# ---------------------------------------- real evidence


@dataclass(frozen=True)
class Real:
    """What the kernel of a reference solution sends, as text by kind."""

    framework: Framework
    course: Course
    assignment: Assignment
    challenge: Challenge
    texts: dict[Kind, str]

    @property
    def criteria(self) -> dict[str, float]:
        """Points by criterion."""
        return {name: points for topic in self.assignment.rubric.values() for name, points in topic.items()}


def real(framework: Framework) -> Real:
    """Run the reference solution in this process and ask everything that grading asks."""
    course = load_course(ROOT)
    assignment = course.assignment("multitask").model_copy(update={"answers": {}})
    wines = split_hidden(load_wines(), MULTITASK, seed=7)
    challenge = Challenge.fresh(wines, assignment, 1)
    nb = nbformat.read(ROOT / "source" / "multitask" / f"multitask_{framework}.ipynb", as_version=4)
    namespace: dict[str, Any] = {}
    texts: dict[Kind, str] = {}

    def ask(*kinds: Kind, **content: Any) -> None:
        from autograder.probe.answer import answer

        for kind in kinds:
            request = Request(nonce="real", kind=kind, framework=framework, **{**challenge.content(kind), **content})
            bundle = answer(request.to_wire(), namespace)._repr_mimebundle_()
            texts[kind] = Reply.from_wire(next(iter(bundle.values()))).evidence_for(request)

    here = Path.cwd()
    with TemporaryDirectory() as folder, redirect_stdout(sys.stderr):
        os.chdir(folder)
        wines.students.to_csv("red_wines.csv", index=False)
        ask("start")
        topics = []
        for cell in nb.cells:
            name = mine.grade_id(cell)
            if mine.is_test(cell):
                found = mine.declared_topics(cell.source)
                topics += found
                ask(*(kind for topic in found for kind in at_once(topic)))
            elif cell.cell_type == "code" and name is not None:
                exec(without_markers(cell.source), namespace)
                ask("capture", cell=name)
        ask(*(kind for topic in topics for kind in AT_THE_END[framework].get(topic, ())))
        os.chdir(here)
    texts["reading"] = '{"values":{"a":1.5,"b":"C","c":{"kind":"missing","name":"c"}}}'
    return Real(framework, course, assignment, challenge, {kind: text for kind, text in texts.items() if text})


# ---------------------------------------- any JSON

DEEP = "\N{BLACK SQUARE}deep"
"""Stands for ten thousand levels, which json itself refuses to write."""

TEXTS = (
    *("", "model", "quality", "NaN", "\x00\r\n\x1b[2J", "\ud800", "\u2028\u202e", "<script>`{0}`", "x" * 1_000_000),
    *("__import__('os').system('id')", "../../etc/passwd", "cos\nsystem\n(S'id'\ntR.", DEEP),
)
NUMBERS = (
    *(0, -1, 1, 2, 3, 8, 255, 2**31, 2**63, -(2**63), 2**64, 10**30, 10**400, -(10**12)),
    *(0.5, -0.0, 1e-320, 1e38, 1e39, 1e308, -1e308, float("nan"), float("inf"), float("-inf")),
)
LEAVES = st.sampled_from([*TEXTS, *NUMBERS, None, True, False, [], {}, [[]], {"": {}}])
INSIDE = st.sampled_from(TEXTS[:4])
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(INSIDE, inner, max_size=3), max_leaves=6
)


def written(value: Any) -> str:
    """Return JSON text, with the deep places in it."""
    text = json.dumps(value)
    return text.replace(json.dumps(DEEP), "[" * 10_000 + "]" * 10_000).replace(json.dumps(DEEP)[1:-1], "")


LIES: tuple[dict[str, Any], ...] = (
    *({"dtype": name} for name in ("|O", "<U9", ">f4", "<M8", "<c8", "V8", ["<f4"], {}, None)),
    *({"shape": shape} for shape in ([10**9, 10**9], [-1], [2**63], [1] * 40, [True], 3, ["4"], [1.0], None)),
    *({"data": data} for data in ("!", "", "gASVCwAAAAAAAACMAm9zlC4=", "\u00e9", 7, None)),
    {"extra": 1},
)
"""Ways in which an array may contradict itself or be none; one of them is a pickle."""


@st.composite
def arrays(draw: st.DrawFn, like: Any) -> Any:
    """An array in the place of another: of the same form with other numbers, of another form, or one that lies."""
    shape = like["shape"]
    rows, rest = (shape[0], shape[1:]) if shape else (1, [])
    same_rank = [shape, shape, [0, *rest], [1, *rest], [2, *rest], [2 * rows, *rest], [max(rows - 1, 0), *rest]]
    same_rank += [shape[::-1], [*shape[:-1], 0], [rows, *(1 for _ in rest)], [*shape[:-1], 2 * (rest or [rows])[-1]]]
    others = [rest, [*shape, 1], [1, *shape], [], [3, 0, 5]]
    chosen = draw(st.sampled_from(same_rank * 3 + others))
    dtype = draw(st.sampled_from([like["dtype"]] * 12 + sorted(DTYPES)))
    count, size = math.prod(chosen), int(dtype[-1])
    numbers = [
        b"\0",
        b"\xff",
        b"\0\x80",
        b"\x80\x7f",
        b"\xf0\x7f",
        b"\x80\xff",
        b"\x80\x3f",
        b"\x7f\x7f",
        b"\1" + b"\0" * 7,
    ]
    fill = draw(st.one_of(st.sampled_from(numbers), st.binary(min_size=8, max_size=8))).rjust(8, b"\0")[-size:]
    raw = bytearray(fill * count)
    if dtype == like["dtype"] and draw(st.integers(0, 3)):  # the old numbers, some of them replaced
        old = base64.b64decode(like["data"])
        raw[: len(old)] = old[: len(raw)]
        for place in draw(st.lists(st.integers(0, max(count - 1, 0)), max_size=3)):
            raw[place * size : (place + 1) * size] = fill[: len(raw)]
    made = {"dtype": dtype, "shape": chosen, "data": base64.b64encode(bytes(raw)).decode()}
    return made | (draw(st.sampled_from(LIES)) if draw(st.integers(0, 9)) == 0 else {})


def paths(value: Any, depth: int = 0) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value; arrays are leaves, and of long lists some places are enough."""
    yield ()
    if is_array(value) or depth > 8:
        return
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for number, (key, inner) in enumerate(items):
        if number < 12 or number % 7 == 0:
            yield from ((key, *rest) for rest in paths(inner, depth + 1))


def is_array(value: Any) -> bool:
    """Whether a JSON value describes an array."""
    return isinstance(value, dict) and set(value) == {"dtype", "shape", "data"}


def get(value: Any, path: tuple[Any, ...]) -> Any:
    """What stands in a place."""
    for key in path:
        value = value[key]
    return value


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The value with something else in a place, the rest shared."""
    if not path:
        return new
    made = copy.copy(value)
    made[path[0]] = put(value[path[0]], path[1:], new)
    return made


@st.composite
def changed(draw: st.DrawFn, value: Any, places: tuple[tuple[Any, ...], ...], times: int = 2) -> Any:
    """A JSON value with up to `times` places made hostile."""
    intact = value
    leaves = [path for path in places if is_array(get(value, path)) or not isinstance(get(value, path), (list, dict))]
    for _ in range(draw(st.integers(1, times))):
        path = draw(st.sampled_from(leaves if leaves and draw(st.integers(0, 3)) else places))
        try:
            old = get(value, path)
        except (KeyError, IndexError, TypeError):  # a change before this one took the place away
            continue
        if old is get(intact, path):
            value = put(value, path, draw(replacement(old, intact, places)))
    return value


@st.composite
def replacement(draw: st.DrawFn, old: Any, whole: Any, places: tuple[tuple[Any, ...], ...]) -> Any:
    """Something else than `old`, of the same kind, of any other, or from elsewhere in the same evidence."""
    if is_array(old) and draw(st.integers(0, 9)):
        return draw(arrays(old))
    how = draw(st.sampled_from(("alike", "alike", "alike", "any", "elsewhere", "less", "more", "twice", "many")))
    if how == "elsewhere":
        return get(whole, draw(st.sampled_from(places)))
    if how == "alike" and not isinstance(old, (list, dict)):
        kinds = [value for value in (*TEXTS, *NUMBERS, True, False) if type(value) is type(old)]
        return draw(st.sampled_from(kinds)) if kinds else None
    if isinstance(old, list) and how in ("less", "more", "twice", "many"):
        return {"less": old[:-1], "more": [*old, draw(JSON)], "twice": old + old, "many": (old * 3000)[:3000]}[how]
    if isinstance(old, list) and len(old) > 1 and how == "alike":
        return draw(st.permutations(old[:8])) + old[8:]
    if isinstance(old, dict) and how == "less" and old:
        gone = draw(st.sampled_from(sorted(old)))
        return {key: inner for key, inner in old.items() if key != gone}
    if isinstance(old, dict) and how in ("more", "twice"):
        return {**old, draw(st.sampled_from(TEXTS)): draw(JSON)}
    return draw(JSON)


# ---------------------------------------- programs


def torch_operations() -> list[str]:
    """Every operation that this PyTorch has."""
    import torch

    return sorted(torch._C._dispatch_get_all_op_names())


def keras_operations() -> list[str]:
    """Every operation that this TensorFlow has."""
    from tensorflow.core.framework import op_def_pb2
    from tensorflow.python.client import pywrap_tf_session

    with_all = op_def_pb2.OpList()
    with_all.ParseFromString(pywrap_tf_session.TF_GetBuffer(pywrap_tf_session.TF_GetAllOpList()))
    return sorted(operation.name for operation in with_all.op)


SIZES = (10**4, 10**7, 10**9, 2**31 - 1, 2**40, 2**62, -1, 0, 1)

ALLOCATING = tuple(
    {"op": name, "args": args, "kwargs": kwargs}
    for size in SIZES
    for name, args, kwargs in (
        ("aten::zeros", [[size, size]], {}),
        ("aten::full", [[size], {"float": "1"}], {}),
        ("aten::full", [], {"size": [size], "fill_value": 1}),
        ("aten::arange", [size], {}),
        ("aten::arange", [{"float": repr(float(size))}], {}),
        ("aten::arange.start_step", [0, {"float": "1"}, {"float": repr(1.0 / (abs(size) + 1))}], {}),
        ("aten::linspace", [0, 1, size], {}),
        ("aten::eye", [size], {}),
        ("aten::repeat", [{"tensor": "?"}, [size, 1]], {}),
        ("aten::repeat_interleave.self_int", [{"tensor": "?"}, size], {}),
        ("aten::expand", [{"tensor": "?"}, [size, -1, -1]], {}),
        ("aten::constant_pad_nd", [{"tensor": "?"}, [size, size], 0], {}),
        ("aten::new_zeros", [{"tensor": "?"}, [size]], {}),
        ("aten::one_hot", [{"tensor": "?"}, size], {}),
        ("aten::as_strided", [{"tensor": "?"}, [64], [size], size], {}),
        ("aten::_reshape_alias", [{"tensor": "?"}, [64, 1000], [size, 1]], {}),
        ("aten::unfold", [{"tensor": "?"}, 0, size, 1], {}),
        ("aten::split.Tensor", [{"tensor": "?"}, size], {}),
        ("aten::index_select", [{"tensor": "?"}, size, {"tensor": "?"}], {}),
        ("aten::cumsum", [{"tensor": "?"}, size], {}),
        ("aten::kthvalue", [{"tensor": "?"}, size], {}),
        ("aten::topk", [{"tensor": "?"}, size], {}),
    )
)

DANGEROUS = (
    *(
        "aten::from_file",
        "aten::set_.source_Storage",
        "aten::save",
        "aten::resize_",
        "prim::Print",
        "aten::manual_seed",
    ),
    *("profiler::_record_function_enter", "c10d::send", "quantized::linear", "aten::rand", "aten::__class__", "aten::"),
    *(
        "os.system",
        "aten::relu.__init__",
        "aten::_print",
        "aten::\ud800",
        "aten::add.\x00",
        "inductor::_alloc_from_pool",
    ),
    "aten::_to_cpu",
)


@st.composite
def torch_programs(draw: st.DrawFn, text: str) -> str:
    """A list of operations made hostile."""
    program = json.loads(text)
    names = [name for entry in program for name in entry["makes"]]
    place = draw(st.integers(0, len(program) - 1))
    entry = dict(program[place])
    how = draw(
        st.sampled_from(("op", "danger", "known", "allocate", "cycle", "twice", "order", "long", "any", "any", "any"))
    )
    if how == "any":
        return written(draw(changed(program, tuple(paths(program)))))
    if how == "op":
        entry["op"] = draw(st.sampled_from(torch_operations()))
    if how == "danger":
        entry["op"] = draw(st.sampled_from(DANGEROUS))
    if how == "known":
        entry["op"] = draw(st.sampled_from(allowed_torch_operations()))
        values = [{"tensor": name} for name in names[:place]] + [1, 0, -1, True, [0], [1, -1], {"float": "nan"}, None]
        entry["args"] = draw(st.lists(st.sampled_from(values), max_size=5))
    if how == "allocate":
        chosen = draw(st.sampled_from(ALLOCATING))
        read = entry["args"][0] if entry["args"] and isinstance(entry["args"][0], dict) else {"tensor": names[0]}
        entry |= {**chosen, "args": [read if arg == {"tensor": "?"} else arg for arg in chosen["args"]]}
    if how == "cycle":
        entry["args"] = [{"tensor": draw(st.sampled_from(names[place:]))}, *entry["args"][1:]]
    if how == "twice":
        entry["makes"] = [draw(st.sampled_from([*names, "input", "trunk.0.weight", None, "", 0, [], False]))]
    if how == "long":
        return json.dumps((program * 4000)[: draw(st.sampled_from((200, 25_000)))])
    program[place] = entry
    if how == "order":
        program = draw(st.permutations(program))
    return json.dumps(program)


@cache
def allowed_torch_operations() -> list[str]:
    """The operations of PyTorch that the judge runs."""
    from autograder.exceptions import ReplayError
    from autograder.judge.replay.pytorch import _resolve

    found = []
    for name in torch_operations():
        try:
            _resolve(name)
        except ReplayError:
            continue
        found.append(name)
    return found


@st.composite
def keras_programs(draw: st.DrawFn, text: str) -> str:
    """A graph made hostile."""
    import tensorflow as tf

    graph = tf.compat.v1.GraphDef.FromString(base64.b64decode(text))
    bodies = [graph.node, *(function.node_def for function in graph.library.function)]
    nodes = draw(st.sampled_from([body for body in bodies if len(body)]))
    node = nodes[draw(st.integers(0, len(nodes) - 1))]
    change = draw(st.sampled_from((_other_operation, _known, _known, _changed_attribute, _constant, _cycle, _recursion,
                                   _twice, _many, _nothing)))  # fmt: skip
    change(draw, graph, nodes, node)
    raw = bytearray(graph.SerializeToString())
    if change is _nothing:
        for place in draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=8)):
            raw[place] = draw(st.integers(0, 255))
    return base64.b64encode(bytes(raw)).decode()


def _other_operation(draw: st.DrawFn, graph: Any, nodes: Any, node: Any) -> None:
    node.op = draw(st.sampled_from(keras_operations()))


def _known(draw: st.DrawFn, graph: Any, nodes: Any, node: Any) -> None:
    from autograder.judge.replay.keras import ALLOWED

    _any_operation(draw, nodes.add(), node, draw(st.sampled_from(sorted(ALLOWED))), nodes)


def _changed_attribute(draw: st.DrawFn, graph: Any, nodes: Any, node: Any) -> None:
    if len(node.attr):
        _attribute(draw, node.attr[draw(st.sampled_from(sorted(node.attr)))])


def _constant(draw: st.DrawFn, graph: Any, nodes: Any, node: Any) -> None:
    one = next((one for one in nodes if one.op == "Const"), None)
    if one is None:
        one = nodes.add(name="made", op="Const")
    tensor = one.attr["value"].tensor
    tensor.dtype = draw(st.sampled_from((tensor.dtype, *range(25))))
    for size in draw(st.lists(st.sampled_from(SIZES), max_size=3)):
        tensor.tensor_shape.dim.add().size = size
    if draw(st.booleans()):
        tensor.tensor_content = draw(st.binary(max_size=16))


def _cycle(draw: st.DrawFn, graph: Any, nodes: Any, node: Any) -> None:
    names = [one.name for one in nodes]
    others = [*(f"{name}:0" for name in names), *names, "^x", "gone:7", ":", "a:b:c:d", node.name]
    del node.input[draw(st.integers(0, max(len(node.input) - 1, 0))) :]
    node.input.extend(draw(st.lists(st.sampled_from(others), max_size=4)))


def _twice(draw: st.DrawFn, graph: Any, nodes: Any, node: Any) -> None:
    nodes.add().CopyFrom(node)


def _many(draw: st.DrawFn, graph: Any, nodes: Any, node: Any) -> None:
    for _ in range(draw(st.sampled_from((300, 21_000)))):
        graph.node.add().op = "NoOp"


def _nothing(draw: st.DrawFn, graph: Any, nodes: Any, node: Any) -> None:
    """Leave the graph; its bytes are changed instead."""


def _attribute(draw: st.DrawFn, value: Any) -> None:
    which = draw(st.sampled_from(("i", "f", "b", "s", "type", "shape", "list", "func", "empty")))
    if which == "i":
        value.i = draw(st.sampled_from(SIZES))
    elif which == "f":
        value.f = draw(st.sampled_from((float("nan"), float("inf"), -1.0, 0.0)))
    elif which == "b":
        value.b = draw(st.booleans())
    elif which == "s":
        value.s = draw(st.binary(max_size=9))
    elif which == "type":
        value.type = draw(st.integers(0, 130))
    elif which == "shape":
        value.shape.dim.add().size = draw(st.sampled_from(SIZES))
    elif which == "list":
        value.list.i.extend(draw(st.lists(st.sampled_from(SIZES), max_size=4)))
    elif which == "func":
        value.func.name = "gone"
    else:
        value.Clear()


def _any_operation(draw: st.DrawFn, new: Any, old: Any, kind: str, nodes: Any) -> None:
    """Put an allowed operation with any attributes in the place of another, which then reads it."""
    from tensorflow.python.framework import op_def_registry

    definition = op_def_registry.get(kind)
    new.CopyFrom(old)
    old.name, old.op = f"{new.name}_before", new.op
    new.op = kind
    for key in list(new.attr):
        del new.attr[key]
    del new.input[:]
    readable = [
        f"{one.name}" for one in nodes if one.op in ("Const", "MatMul", "BiasAdd", "Relu", "Placeholder", "AddV2")
    ] or [old.name]
    for argument in definition.input_arg:
        for _ in range(2 if argument.number_attr or argument.type_list_attr else 1):
            new.input.append(draw(st.sampled_from([*readable, old.name])))
    for attribute in definition.attr:
        if attribute.type == "type":
            new.attr[attribute.name].type = draw(st.sampled_from((1, 1, 3, 9)))
        elif attribute.type == "int":
            new.attr[attribute.name].i = draw(st.sampled_from((2, 1, 0, -1, *SIZES)))
        elif attribute.type.startswith("list("):
            new.attr[attribute.name].list.i.extend(draw(st.lists(st.sampled_from((0, 1, 2, -1, 10**9)), max_size=4)))
        elif attribute.HasField("default_value"):
            new.attr[attribute.name].CopyFrom(attribute.default_value)
        else:
            _attribute(draw, new.attr[attribute.name])


def _recursion(draw: st.DrawFn, graph: Any, nodes: Any, node: Any) -> None:
    """A function that calls itself, two that call each other, or a chain that doubles at every step."""
    how = draw(st.sampled_from(("itself", "each other", "doubling", "loop", "wide")))
    count = {"itself": 1, "each other": 2, "doubling": 30, "loop": 1, "wide": 2}[how]
    for number in range(count):
        function = graph.library.function.add()
        function.signature.name = f"f{number}"
        function.signature.input_arg.add(name="x", type=1)
        for output in range(20_000 if how == "wide" else 1):
            function.signature.output_arg.add(name=f"y{output}", type=1)
            function.ret[f"y{output}"] = "x"
        for twice in range({"doubling": 2, "wide": 15_000 * (number == 0)}.get(how, 1)):
            called = (number + 1) % count if how != "doubling" else min(number + 1, count - 1)
            inner = function.node_def.add(
                name=f"call{twice}", op="StatelessWhile" if how == "loop" else "PartitionedCall"
            )
            inner.input.append("x")
            for key in ("f", "cond", "body"):
                inner.attr[key].func.name = f"f{called}"
    call = graph.node.add(name="hostile", op="StatelessWhile" if how == "loop" else "PartitionedCall")
    call.input.append(graph.node[0].name)
    for key in ("f", "cond", "body"):
        call.attr[key].func.name = "f0"


# ---------------------------------------- hostile replies


@st.composite
def replies(
    draw: st.DrawFn, kind: Kind, evidence: Any, places: tuple[tuple[Any, ...], ...], real: Real
) -> Callable[[Request], str]:
    """What a kernel answers to a request: mostly hostile evidence of the right kind, now and then a wrong reply."""
    programs = [place for place in places if place and place[-1] == "program"]
    if programs and draw(st.integers(0, 9)) < 6:
        program = torch_programs if real.framework == "pytorch" else keras_programs
        path = programs[0]
        text = written(put(evidence, path, draw(program(get(evidence, path)))))
    else:
        text = written(draw(changed(evidence, places)))
    how = draw(st.sampled_from(["right"] * 24 + ["nonce", "kind", "error", "other"]))
    if how == "other":
        text = real.texts[draw(st.sampled_from(sorted(real.texts)))]
    wrong = {"nonce": {"nonce": "another"}, "kind": {"kind": "start"}, "error": {"error": draw(st.sampled_from(TEXTS))}}
    return lambda request: json.dumps(
        {"nonce": request.nonce, "kind": request.kind, "evidence": text, **wrong.get(how, {})}
    )


def wires(real: Real) -> st.SearchStrategy[str]:
    """Text that is no reply at all, or one only in part."""
    whole = json.dumps({"nonce": "n", "kind": "reading", "evidence": real.texts["reading"]})
    cut = st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)), st.text(max_size=6))
    return st.one_of(
        st.text(max_size=60),
        st.binary(max_size=60).map(lambda raw: raw.decode("latin-1")),
        JSON.map(written),
        cut.map(lambda place: whole[: min(place[:2])] + place[2] + whole[max(place[:2]) :]),
        changed(json.loads(whole), tuple(paths(json.loads(whole))), 3).map(written),
    )


class Kernel:
    """A student's kernel that answers each question as it likes; what it says is read as `Session` reads it."""

    def __init__(self, reply: Callable[[Request], str], framework: Framework) -> None:
        self.reply = reply
        self.framework = framework

    def ask(self, kind: Kind, **content: Any) -> str:
        """Return the evidence of a reply.  Raises EvidenceError like Session.ask."""
        request = Request(nonce="n", kind=kind, framework=self.framework)
        return Reply.from_wire(self.reply(request)).evidence_for(request)


@dataclass
class Bench:
    """Judges hostile replies the way grading does, and watches what comes of them."""

    real: Real
    judge: Callable[[NotebookEvidence], Any]
    watch: "Watch"
    intact: dict[str, Record] = field(default_factory=dict)
    counted: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0

    def __post_init__(self) -> None:
        self.intact = self.collected(None, None).found

    def collected(self, kind: Kind | None, reply: Callable[[Request], str] | None) -> Collector:
        """Ask for one kind of evidence, beside what is intact; without one, ask for everything as it really is."""

        def honest(request: Request) -> str:
            return Reply(nonce="n", kind=request.kind, evidence=self.real.texts[request.kind]).to_wire()

        found = {name: self.intact[name] for name in BESIDE[kind] if name in self.intact} if kind else {}
        kernel = Kernel(reply or honest, self.real.framework)
        collector = Collector(kernel, self.real.challenge.content, found)  # type: ignore[arg-type]
        collector._ask_all([kind] if kind else list(self.real.texts))
        return collector

    def case(self, kind: Kind, reply: Callable[[Request], str]) -> None:
        """One reply, from the wire to the verdicts that a student reads.  Raises AssertionError."""
        started = time.process_time()
        with self.watch:
            collector = self.collected(kind, reply)
            evidence = NotebookEvidence(framework=self.real.framework, **collector.found)  # type: ignore[arg-type]
            verdicts = self.judge(evidence)
        assert not self.watch.forbidden, self.watch.forbidden
        self.longest = max(self.longest, time.process_time() - started)
        assert self.longest < CPU_SECONDS, "a reply took too long"
        by_criterion = {verdict.criterion: verdict for verdict in verdicts}
        assert len(by_criterion) == len(verdicts), "a criterion got two verdicts"
        final = [execute._verdict(criterion, by_criterion) for criterion in self.real.criteria]
        self._check(kind, final, collector)
        self.counted["cases"] += 1
        self.counted["refused"] += kind not in collector.found
        self.counted.update(verdict.status for verdict in final)

    def _check(self, kind: Kind, final: list[Verdict], collector: Collector) -> None:
        for verdict in final:
            for text in (verdict.message, verdict.hint, verdict.remark):
                _assert_one_line(text)
            assert verdict.message, verdict
            assert "interne fout" not in verdict.message, verdict
        for remark in collector.remarks:
            _assert_one_line(remark)
        if kind not in collector.found:
            assert collector.remarks, "evidence was refused without a word"
            topic = OWNERS.get(kind, kind)
            own = self.real.assignment.rubric.get(topic, {})
            assert not any(verdict.status == "pass" for verdict in final if verdict.criterion in own), final
        shown = outputs(final, self.real.criteria, collector.remarks)
        assert 0 <= float(shown[1]["data"]["text/plain"]) <= 20


OWNERS = {"step": "loss", "hidden": "nothing", "results": "nothing"}
"""The topic whose criteria rest on a kind of evidence alone, where it has another name."""


def _assert_one_line(text: str) -> None:
    assert len(text) <= MOST_CHARACTERS, text[:2000]
    assert text.isprintable(), repr(text)
    text.encode("utf-8")


# ---------------------------------------- what may not happen


class Watch:
    """An audit hook that is awake while evidence is read and judged."""

    FORBIDDEN = (
        *("socket.", "subprocess.", "os.", "pickle.", "marshal.", "ctypes.", "shutil.", "tempfile.", "urllib."),
        *("ftplib.", "http.", "smtplib.", "ssl.", "webbrowser.", "pty.", "fcntl.", "mmap.", "syslog."),
    )

    def __init__(self, *, hears: bool = True) -> None:
        self.awake = False
        self.seen: Counter[str] = Counter()
        self.forbidden: list[str] = []
        own = [ROOT / "autograder", Path(sys.prefix), Path(sys.base_prefix)]
        self.readable = tuple(str(path.resolve()) for path in own) + tuple(str(path) for path in own)
        if hears:  # there is no way to take a hook away
            sys.addaudithook(self._hear)

    def __enter__(self) -> None:
        self.awake = True

    def __exit__(self, *_: object) -> None:
        self.awake = False

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.awake:
            return
        if event == "open":
            path, _, flags = args
            allowed = str(path).startswith(self.readable) and not (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        elif event in ("compile", "exec"):
            place = str(args[1] if event == "compile" else args[0].co_filename)
            # For a traceback and for type hints: not to be run, which would be heard as well.
            parsed = event == "compile" and sys._getframe(1).f_code.co_filename in (ast.__file__, typing.__file__)
            allowed = parsed or place.startswith((*self.readable, "<frozen"))
        elif event.startswith("marshal."):
            allowed = sys._getframe(1).f_code.co_filename.startswith("<frozen importlib")
        else:
            allowed = not event.startswith(self.FORBIDDEN) or event == "os.listdir"
        self.seen[event] += 1
        if not allowed:
            self.forbidden.append(f"{event} {str(args)[:300]}")
            raise PermissionError(f"the judge does not {event}")


@contextmanager
def limited() -> Iterator[None]:
    """Under the memory limit of the judge's process, without the right to write to a file."""
    import resource

    from autograder.judge.__main__ import _limit_memory

    _limit_memory(4)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    yield


def profile(cases: int) -> settings:
    """Deterministic, without a database or a deadline."""
    return settings(max_examples=cases, derandomize=True, deadline=None, database=None,
                    suppress_health_check=list(HealthCheck), phases=[Phase.generate])  # fmt: skip


def run(bench: Bench, group: str, cases: int) -> None:
    """Judge `cases` hostile replies of a group."""
    kinds = KINDS[bench.real.framework][group]
    trees = {kind: json.loads(bench.real.texts[kind]) for kind in kinds}
    places = {kind: tuple(paths(tree)) for kind, tree in trees.items()}
    strategies = st.sampled_from(kinds).flatmap(
        lambda kind: replies(kind, trees[kind], places[kind], bench.real).map(lambda reply: (kind, reply))
    )

    @profile(cases)
    @given(strategies)
    def judge_one(case: tuple[Kind, Callable[[Request], str]]) -> None:
        bench.case(*case)

    judge_one()


def run_wires(bench: Bench, cases: int) -> None:
    """Read `cases` texts that are hardly replies."""

    @profile(cases)
    @given(wires(bench.real))
    def read_one(text: str) -> None:
        bench.case("reading", lambda request: text)

    read_one()


def main(framework: Framework) -> None:
    """Judge everything in this process and print the counts."""
    import faulthandler

    from autograder.judge import catalogue  # noqa: F401  (imported where the first fault is named)
    from autograder.judge.notebook import judge_notebook

    faulthandler.enable()
    found = real(framework)
    if framework == "pytorch":
        import torch

        repr(torch.zeros(1))  # so that what PyTorch imports for its first message with a tensor is there already
    context = found.challenge.context()
    watch = Watch()
    bench = Bench(found, lambda evidence: judge_notebook(evidence, context).verdicts, watch)
    whole = judge_notebook(NotebookEvidence(framework=framework, **bench.intact), context).verdicts  # type: ignore[arg-type]
    assert all(verdict.status == "pass" for verdict in whole), whole
    course = found.course.model_copy(update={"sandbox": False})
    apart = Bench(found, lambda evidence: execute._judge(evidence, found.challenge, course), Watch(hears=False))
    for group, cases in APART.items():
        run(apart, group, cases)
    with limited():
        for group, cases in CASES[framework].items():
            before = time.process_time()
            if group == "wire":
                run_wires(bench, cases)
            else:
                run(bench, group, cases)
            sys.stderr.write(f"{group}: {cases} in {time.process_time() - before:.1f} s\n")
    sys.stdout.write(json.dumps({**bench.counted, "apart": apart.counted["cases"], "longest": bench.longest}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])  # type: ignore[arg-type]
