"""Which rows trained a PyTorch network: those of real steps, whatever way the network is called in."""

import copy
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from torch import nn

from autograder.probe import feeds, rows_pytorch

TRAIN, OTHER = torch.randn(2, 40, 11, generator=torch.Generator().manual_seed(0)).unbind()
Y = torch.full((40, 1), 5.6)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    rows_pytorch.forget()
    yield
    rows_pytorch.forget()


def net() -> nn.Sequential:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(11, 8), nn.ReLU(), nn.Linear(8, 2))
    rows_pytorch.watch({"model": model})
    return model


def loss(model: Any, x: torch.Tensor) -> torch.Tensor:
    return ((model(x) - Y[: len(x)]) ** 2).mean()


def sgd(model: nn.Module) -> torch.optim.Optimizer:
    return torch.optim.SGD(model.parameters(), lr=0.01)


def step(model: nn.Module, x: torch.Tensor, called: Any = None) -> None:
    optimizer = sgd(model)
    loss(called or model, x).backward()
    optimizer.step()


def count(model: nn.Module) -> int:
    return sum(len(rows.keys) for rows in rows_pytorch.fed(model))


def test_rows_of_a_step_are_counted_once() -> None:
    model = net()
    for x in (TRAIN[:10], TRAIN[5:15], TRAIN[:10]):
        step(model, x)
    assert count(model) == 15


def test_rows_of_a_closure_are_counted() -> None:
    model = net()
    optimizer = torch.optim.LBFGS(model.parameters(), max_iter=2)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        value = loss(model, TRAIN)
        value.backward()
        return value

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    assert count(model) == 40


def no_grad(model: nn.Module) -> None:
    with torch.no_grad():
        model(OTHER)


def no_backward(model: nn.Module) -> None:
    loss(model, OTHER).item()


def gradients_of_the_input(model: nn.Module) -> None:
    x = OTHER.clone().requires_grad_()
    torch.autograd.grad(loss(model, x), x)


def gradients_thrown_away(model: nn.Module) -> None:
    loss(model, OTHER).backward()
    model.zero_grad()


@pytest.mark.parametrize("look", [no_grad, no_backward, gradients_of_the_input, gradients_thrown_away])
def test_looking_is_no_training(look: Callable[[nn.Module], None]) -> None:
    model = net()
    for _ in range(3):
        look(model)
        step(model, TRAIN)
        look(model)
    assert count(model) == 40


def test_looking_between_the_gradient_and_the_step_is_no_training() -> None:
    model = net()
    loss(model, TRAIN).backward()
    no_grad(model)
    no_backward(model)
    sgd(model).step()
    found = {key for rows in rows_pytorch.fed(model) for key in rows.keys}
    step(model, TRAIN)
    assert count(model) == len(found) == 40


def test_an_optimizer_of_other_weights_trains_another_network() -> None:
    model, other = net(), nn.Linear(11, 1)
    loss(model, OTHER).backward()
    sgd(other).step()
    assert count(model) == 0


def test_a_copy_is_another_network() -> None:
    model = net()
    step(copy.deepcopy(model), TRAIN)
    assert count(model) == 0
    step(model, TRAIN)
    assert count(copy.deepcopy(model)) == 0


def test_nothing_is_noted_while_the_probe_works() -> None:
    model = net()
    with feeds.paused():
        step(model, TRAIN)
    assert count(model) == 0


def test_a_network_may_be_compiled_without_a_break() -> None:
    model = net()
    step(model, TRAIN, torch.compile(model, backend="eager", fullgraph=True))


def test_a_network_may_be_traced_scripted_and_saved() -> None:
    model = net()
    torch.save(model, io.BytesIO())
    with pytest.warns(DeprecationWarning, match="deprecated"):
        torch.jit.trace(model, TRAIN)  # type: ignore[no-untyped-call]
    with pytest.warns(DeprecationWarning, match="deprecated"):
        torch.jit.script(model)
    torch.fx.symbolic_trace(model)
    torch.export.export(model, (TRAIN,))


def test_functional_calls_and_vmap_go_on() -> None:
    model = net()
    weights = dict(model.named_parameters())

    def value(weights: Any, x: torch.Tensor) -> torch.Tensor:
        return (torch.func.functional_call(model, weights, (x[None],)) ** 2).mean()

    found = torch.func.vmap(torch.func.grad(value), in_dims=(None, 0))(weights, TRAIN)
    assert found["0.weight"].shape == (40, 8, 11)
    sgd(model).step()
    assert count(model) == 0


def test_what_a_training_computes_stays_the_same() -> None:
    def run() -> list[torch.Tensor]:
        model = net()
        for _ in range(5):
            step(model, TRAIN)
        return list(model.parameters())

    watched = run()
    with feeds.paused():
        other = run()
    assert all(torch.equal(one, two) for one, two in zip(watched, other, strict=True))
