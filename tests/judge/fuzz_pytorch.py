"""Every PyTorch operation that the judge runs, on random arguments, each in a process of its own.

`python fuzz_pytorch.py TRIES [WORD...]` prints the operations whose name holds a word, and that ended their process.
"""

import json
import os
import random
import resource
import signal
import sys
from typing import Any

import hostile
import torch

from autograder.exceptions import ReplayError
from autograder.judge.replay import pytorch as replay

DTYPES = (torch.float32,) * 8 + (torch.float64, torch.int64, torch.int64, torch.int32, torch.bool, torch.bfloat16)

WORDS = ("none", "mean", "tanh", "i,i->", "ij,jk->ik", "left", "sum", "valid", "same")

SIZES = (-(2**40), -100, -2, -1, 0, 1, 2, 3, 4, 5, 64, 1000, 2**31, 2**62)

EIGHT = torch.randint(0, 5, (8,))

HONEST: dict[str, tuple[Any, ...]] = {
    "aten::_embedding_bag": (
        *(torch.randn(5, 4), EIGHT, torch.tensor([0, 3])),
        *(False, 0, False, torch.randn(8), False, -1),
    ),
    "aten::_embedding_bag_forward_only": (
        *(torch.randn(5, 4), EIGHT, torch.tensor([0, 3])),
        *(False, 2, False, None, True, 1),
    ),
    "aten::native_batch_norm": (torch.randn(3, 4), *torch.rand(4, 4), False, 0.1, 1e-5),
    "aten::_native_batch_norm_legit": (torch.randn(3, 4, 2), *torch.rand(4, 4), True, 0.1, 1e-5),
    "aten::_native_batch_norm_legit.no_stats": (torch.randn(3, 4), *torch.rand(2, 4), True, 0.1, 1e-5),
    "aten::_native_batch_norm_legit_no_training": (torch.randn(3, 4), *torch.rand(4, 4), 0.1, 1e-5),
    "aten::native_group_norm": (torch.randn(3, 4, 5), *torch.rand(2, 4), 3, 4, 5, 2, 1e-5),
    "aten::native_layer_norm": (torch.randn(3, 4), [4], *torch.rand(2, 4), 1e-5),
    "aten::_fused_rms_norm": (torch.randn(3, 4), [4], torch.rand(4), 1e-5),
    "aten::_weight_norm_interface": (torch.randn(3, 4), torch.rand(3, 1), 0),
    "aten::mkldnn_rnn_layer": (
        *(torch.randn(3, 2, 4), torch.randn(20, 4), torch.randn(20, 5), torch.randn(20), torch.randn(20)),
        *(torch.randn(2, 5), torch.randn(2, 5), False, [], 2, 5, 1, True, False, False, False),
    ),
    "aten::_scaled_dot_product_flash_attention_for_cpu": (*torch.randn(3, 2, 2, 3, 4), 0.0, False),
    "aten::_pdist_forward": (torch.randn(5, 4), 2.0),
    "aten::embedding": (torch.randn(5, 4), EIGHT, -1, False, False),
    "aten::view.dtype": (torch.randn(3, 4), torch.int32),
    "aten::as_strided": (torch.randn(8), [2, 3], [2, 1], 1),
    "aten::_reshape_alias": (torch.randn(8), [2, 3], [2, 1]),
    "aten::gather": (torch.randn(5, 4), 0, EIGHT.reshape(2, 4)),
    "aten::scatter_add": (torch.randn(5, 4), 0, EIGHT.reshape(2, 4), torch.randn(2, 4)),
    "aten::index_add": (torch.randn(5, 4), 0, EIGHT, torch.randn(8, 4)),
    "aten::index_select": (torch.randn(5, 4), 0, EIGHT),
    "aten::index.Tensor": (torch.randn(5, 4), [EIGHT]),
    "aten::_index_put_impl_": (torch.randn(5, 4), [EIGHT], torch.randn(8, 4), True, True),
    "aten::take": (torch.randn(5, 4), EIGHT),
    "aten::searchsorted.Tensor": (torch.rand(3, 8), torch.rand(3, 5)),
    "aten::_convolution": (
        *(torch.randn(2, 4, 8), torch.randn(6, 4, 3), torch.randn(6), [1], [1], [1], False, [0], 1),
        *(False, False, True, True),
    ),
    "aten::max_pool2d_with_indices": (torch.randn(2, 3, 8, 8), [2, 2], [2, 2], [0, 0], [1, 1], False),
    "aten::avg_pool2d": (torch.randn(2, 3, 8, 8), [2, 2], [2, 2], [0, 0], False, True, None),
    "aten::grid_sampler_2d": (torch.randn(2, 3, 4, 4), torch.randn(2, 5, 5, 2), 0, 0, False),
    "aten::col2im": (torch.randn(2, 12, 9), [4, 4], [2, 2], [1, 1], [0, 0], [1, 1]),
    "aten::_trilinear": (
        *(torch.randn(3, 4), torch.randn(2, 4, 5), torch.randn(3, 5)),
        *([1, 3], [0], [1, 2], [2, 3], 1),
    ),
    "aten::repeat_interleave.Tensor": (torch.tensor([1, 2, 3]),),
}
"""Arguments on which an operation runs, so that one of them can be a hostile one."""

CPU_SECONDS = 30
"""For one operation; then the system ends the process, which is no fault of PyTorch's checks."""


class Draw:
    """Arguments whose sizes often fit one another: what fits in nothing is refused before it can do harm."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.sizes: tuple[int, ...] = (1, 2, 3)
        self.rate = 0.0

    def arguments(self, schema: Any) -> tuple[list[Any], dict[str, Any]]:
        """Arguments of the types that a schema asks for."""
        self.sizes = tuple(self.random.choices((0, 1, 2, 3, 4, 8, 16), (1, 2, 4, 4, 4, 2, 1), k=2))
        plain = [a for a in schema.arguments if not a.kwarg_only]
        named = [a for a in schema.arguments if a.kwarg_only and self.random.random() < 0.3]
        honest = (*HONEST.get(schema.name + (f".{schema.overload_name}" if schema.overload_name else ""), ()),)
        kept = len(honest) if self.random.random() < 0.9 else 0
        self.rate = self.random.choice((0.0, 0.05, 0.1, 0.3))
        args = [
            self.changed(honest[place], a) if place < kept else self.value(str(a.real_type))
            for place, a in enumerate(plain)
        ]
        return args, {a.name: self.value(str(a.real_type)) for a in named}

    def changed(self, value: Any, argument: Any) -> Any:
        """Mostly the value itself; else one of its type, or its own numbers out of place."""
        how = self.random.choice(("other", "scaled", "short")) if self.random.random() < self.rate else "kept"
        if how == "other":
            return self.value(str(argument.real_type))
        if not isinstance(value, torch.Tensor):
            return value
        made = value.clone()
        if how == "scaled":
            made = (made * self.random.choice((-1, 2, 2**20)) + self.random.choice((-7, 0, 1))).to(value.dtype)
        if how == "short" and made.ndim:
            made = made.narrow(self.random.randrange(made.ndim), 0, 1)
        return made.requires_grad_() if made.is_floating_point() and self.random.random() < 0.5 else made

    def value(self, kind: str) -> Any:
        """One argument; none, a whole number where PyTorch's own constants stand, or of the right type."""
        if kind.startswith("Optional["):
            return None if self.random.random() < 0.4 else self.value(kind[9:-1])
        if kind.startswith("List["):
            return [self.value(kind[5:-1]) for _ in range(self.random.choice((0, 1, 1, 2, 2, 3, 4)))]
        if kind in ("int", "SymInt"):
            return self.random.choice(SIZES if self.random.random() < 0.3 else (*self.sizes, 0, 1, 2))
        if kind in ("float", "number"):
            return self.random.choice((0.0, 1.0, 0.5, -1.0, 1e30, float("nan"), float("inf"), 2))
        if kind in ("ScalarType", "Layout", "MemoryFormat"):
            return self.random.choice((*DTYPES, 7, -1, 2**40, torch.strided, torch.contiguous_format))
        made = {"Tensor": self.tensor, "bool": lambda: self.random.random() < 0.5, "str": self.word}.get(kind)
        return made() if made else torch.device("cpu") if kind == "Device" else None

    def word(self) -> str:
        """Text that an operation may know."""
        return self.random.choice(WORDS)

    def tensor(self) -> torch.Tensor:
        """Numbers or indices, now and then a view of fewer of them."""
        rank = self.random.choice((0, 1, 1, 2, 2, 3, 4))
        shape = [self.random.choice((*self.sizes, *self.sizes, 1)) for _ in range(rank)]
        dtype = self.random.choice(DTYPES)
        if dtype.is_floating_point:
            made = torch.randn(shape).to(dtype)
            return made.requires_grad_() if self.random.random() < 0.5 else made
        made = torch.randint(self.random.choice((0, 0, -3)), self.random.choice((1, 3, 9, 2**31)), shape).to(dtype)
        return made.expand(self.random.choice(self.sizes), *shape) if self.random.random() < 0.1 else made


def once(function: Any, draw: Draw) -> bool:
    """Run an operation as the judge does, and backward; whether it ran."""
    args, kwargs = draw.arguments(function._schema)
    if max(replay._largest(args), replay._largest(kwargs.values())) > replay.MAX_NUMEL:
        return False
    operation = {"op": function._schema.name, "args": args, "kwargs": kwargs}
    try:
        made = replay.TorchNetwork._apply(operation, function, {})
        learns = [value for value in made if isinstance(value, torch.Tensor) and value.requires_grad]
        if learns and sum(value.numel() for value in learns) <= replay.MAX_NUMEL:
            torch.stack([value.double().sum() for value in learns]).sum().backward()
    except (ReplayError, *replay.ERRORS):
        return False
    return True


def ended_by(name: str, tries: int) -> tuple[int, int]:
    """The signal that ended a process that tries an operation (0 for none), and how often the operation ran."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        resource.setrlimit(resource.RLIMIT_AS, (6 * 2**30,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        torch.manual_seed(1)
        draw, function = Draw(name), replay._resolve(name)
        os.write(writer, str(sum(once(function, draw) for _ in range(tries))).encode())
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    ran = os.read(reader, 20)
    os.close(reader)
    return (os.WTERMSIG(status) or os.WEXITSTATUS(status)), int(ran or 0)


def main(tries: int, words: list[str]) -> None:
    """Print the operations that ended their process, and how often each of the others ran."""
    torch.set_num_threads(1)
    found, ran = {}, {}
    for name in hostile.allowed_torch_operations():
        if not words or any(word in name for word in words):
            found[name], ran[name] = ended_by(name, tries)
            if found[name]:
                sys.stderr.write(f"{name} {found[name]}\n")
    crashed = {name: number for name, number in found.items() if number not in (0, signal.SIGXCPU)}
    sys.stdout.write(json.dumps({"crashed": crashed, "ran": ran}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
