"""No argument of an operation makes PyTorch leave its own memory, or end the judge's process."""

import json
import subprocess
import sys
from typing import Any

import fuzz_pytorch
import pytest
import torch
from test_hostile import environment

from autograder.exceptions import ReplayError
from autograder.judge.replay import careful
from autograder.judge.replay.pytorch import TorchNetwork, _resolve

HONEST = fuzz_pytorch.HONEST

TRIES = 50
"""For every operation: each has run on its honest arguments, and was refused or ran on hostile ones."""

LONG = torch.tensor([0, 3, 9])

BAG = "aten::_embedding_bag"

NORM = "aten::native_batch_norm"

STILL = "aten::_native_batch_norm_legit_no_training"

LSTM = "aten::mkldnn_rnn_layer"

ATTENTION = "aten::_scaled_dot_product_flash_attention_for_cpu"

LENGTHS = "aten::_weight_norm_interface"

HOSTILE: list[tuple[str, int, Any]] = [
    *((BAG, 0, table) for table in (torch.zeros(5), torch.zeros(5, 0), torch.zeros(0, 4))),
    *((BAG, 1, torch.full((8,), index)) for index in (5, -1, 0.0)),
    (BAG, 1, torch.zeros(2, 4).long()),
    *((BAG, 2, offsets) for offsets in (LONG, LONG.flip(0), LONG + 1, LONG[:0], LONG.float(), LONG[None])),
    *((BAG, 4, mode) for mode in (-1, 3)),
    *((BAG, 6, factors) for factors in (torch.zeros(1), torch.zeros(9), torch.zeros(8, 1), torch.zeros(8).double())),
    *((BAG, 8, padding) for padding in (-2, 5, 2**40)),
    *((NORM, 0, values) for values in (torch.zeros(4), torch.zeros(0, 4), torch.zeros(3, 0), torch.ones(3, 4).long())),
    *((name, place, torch.zeros(size)) for name in (NORM, STILL) for place in (1, 2, 3, 4) for size in (1, 3, (4, 1))),
    *((name, place, None) for name in (NORM, STILL) for place in (3, 4)),
    *((LENGTHS, 0, values) for values in (torch.zeros(0, 4), torch.zeros(()))),
    *((LENGTHS, 1, lengths) for lengths in (torch.zeros(1), torch.zeros(4, 1), torch.zeros(3, 1).double())),
    *((LENGTHS, 2, axis) for axis in (-1, 2)),
    *((LSTM, place, torch.zeros(2, 2)) for place in range(7)),
    *((LSTM, place, HONEST[LSTM][place].double()) for place in range(7)),
    *((LSTM, 8, sizes) for sizes in ([1], [2, 1])),
    *((LSTM, 9, mode) for mode in (0, 1, 3, -1)),
    *((LSTM, 10, hidden) for hidden in (0, -5, 4, 2**40)),
    *((LSTM, 11, layers) for layers in (0, -1, 2**31)),
    *((ATTENTION, place, torch.zeros(shape)) for place in (0, 1) for shape in ((2, 2, 3), (2, 1, 3, 4), (0, 2, 3, 4))),
    *((ATTENTION, place, torch.zeros(2, 2, 7, 4)) for place in (1, 2)),
    *(("aten::_pdist_forward", 0, torch.zeros(shape)) for shape in ((), (5,), (0, 4), (5, 0), (2, 5, 4))),
    ("aten::_pdist_forward", 1, -1.0),
    ("aten::_reshape_alias", 1, [5, 4]),
    ("aten::_reshape_alias", 2, [2**40, 1]),
    ("aten::_reshape_alias", 2, [-1, 1]),
    *(("aten::view.dtype", 1, kind) for kind in (7, -1)),
]


def applied(name: str, *args: Any, **kwargs: Any) -> Any:
    return TorchNetwork._apply({"op": name, "args": args, "kwargs": kwargs}, _resolve(name), {})


@pytest.mark.parametrize("name", HONEST)
def test_honest_arguments_give_what_pytorch_gives(name: str) -> None:
    function = _resolve(name)
    found, wanted = (torch.utils._pytree.tree_leaves(run()) for run in (
        lambda: applied(name, *(arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in HONEST[name])),
        lambda: function(*(arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in HONEST[name])),
    ))  # fmt: skip
    assert found
    torch.testing.assert_close(found[0], wanted[0], equal_nan=True)


@pytest.mark.parametrize(("name", "place", "value"), HOSTILE)
def test_an_argument_that_fits_in_nothing_is_refused(name: str, place: int, value: Any) -> None:
    args = list(HONEST[name])
    args[place] = value
    with pytest.raises(ReplayError, match=name.partition(".")[0]):
        applied(name, *args)


def test_a_mask_must_fit_the_queries() -> None:
    for shape in ((3,), (1, 2), (4, 3), (2, 2, 3, 2), (7, 2, 3, 3)):
        with pytest.raises(ReplayError, match="mask"):
            applied(ATTENTION, *HONEST[ATTENTION], attn_mask=torch.zeros(shape))
    assert applied(ATTENTION, *HONEST[ATTENTION], attn_mask=torch.zeros(1, 1, 3, 3))


def test_bags_that_name_their_end_have_one() -> None:
    bag = list(HONEST[BAG])
    bag[7] = True
    bag[2] = torch.tensor([0])
    with pytest.raises(ReplayError, match="offsets"):
        applied(BAG, *bag)


@pytest.mark.parametrize("word", ["dtype", "layout", "memory_format"])
@pytest.mark.parametrize("value", [0, 7, -1, True])
def test_a_whole_number_is_no_constant_of_pytorch(word: str, value: int) -> None:
    with pytest.raises(ReplayError, match=f"a {word} that is none"):
        applied("aten::_to_copy", torch.zeros(2), **{word: value})


@pytest.mark.parametrize(
    "op", ["_fft_r2c", "native_layer_norm_backward", "add.out", "sort.values", "max.dim_max", "convolution_backward"]
)
def test_what_no_forward_pass_records_is_not_run(op: str) -> None:
    with pytest.raises(ReplayError, match="is not one that the judge runs"):
        _resolve(f"aten::{op}")


def test_every_check_is_of_an_operation_that_is_run() -> None:
    for name in (*careful.CHECKS, *careful.INSTEAD):
        assert _resolve(name)


def test_random_arguments_end_no_process() -> None:
    """The checked operations, and the others that take indices or sizes; `fuzz_pytorch.py` tries all."""
    command = [sys.executable, fuzz_pytorch.__file__, str(TRIES), *HONEST, "aten::softmax", "aten::to.", "aten::topk"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["crashed"] == {}
    assert {name: ran for name, ran in found["ran"].items() if name in HONEST and not 0 < ran < TRIES} == {}
