"""The probe on a training in PyTorch: what its optimizer's steps show, in every usual way of writing a loop."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from problems import MULTITASK
from torch import nn

from autograder.judge.steps import evaluated, piled_up
from autograder.probe import steps

X, Y = torch.linspace(-1, 1, 60 * 11).reshape(60, 11), torch.full((60, 1), 5.6)
CELL = "def multitask_loss(outputs, quality, good): ..."


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    steps.forget()
    yield
    steps.forget()


def net(dropout: float = 0.2, *, norm: bool = False) -> nn.Sequential:
    torch.manual_seed(0)
    extra = nn.BatchNorm1d(16) if norm else nn.Identity()
    return nn.Sequential(nn.Linear(11, 16), extra, nn.ReLU(), nn.Dropout(dropout), nn.Linear(16, 1))


def new(model: nn.Module, optimizer: Any) -> None:
    optimizer.zero_grad()


def in_place(model: nn.Module, optimizer: Any) -> None:
    optimizer.zero_grad(set_to_none=False)


def by_hand(model: nn.Module, optimizer: Any) -> None:
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad.data.zero_()


def never(model: nn.Module, optimizer: Any) -> None:
    """The mistake."""


def train(
    model: nn.Module,
    zero: Callable[[nn.Module, Any], None] = new,
    *,
    batches: int = 1,
    clip: float | None = None,
    before: Callable[[], Any] = lambda: None,
    kind: Any = torch.optim.Adam,
    count: int = 20,
    optimizer: Any = None,
) -> Any:
    cells = ["", CELL, "Zichtbare controle: multitask_loss", "a loop of its own"]
    steps.watch({"model": model, "In": cells}, MULTITASK.loss)
    optimizer = optimizer or kind(model.parameters(), lr=1e-3)
    for _ in range(count):
        zero(model, optimizer)
        before()
        for _ in range(batches):
            (((model(X) - Y) ** 2).mean() / batches).backward()
        if clip is not None:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
    return steps.noted(model)


@pytest.mark.parametrize("kind", [torch.optim.Adam, torch.optim.SGD, torch.optim.RMSprop])
@pytest.mark.parametrize("zero", [new, in_place, by_hand])
@pytest.mark.parametrize(("batches", "clip"), [(1, None), (4, None), (1, 1.0), (3, 0.5)])
def test_fresh_gradients_do_not_pile_up(zero: Any, batches: int, clip: float | None, kind: Any) -> None:
    found = train(net(), zero, batches=batches, clip=clip, kind=kind)
    assert found.watched == 20
    assert piled_up(found) is None


@pytest.mark.parametrize("kind", [torch.optim.Adam, torch.optim.AdamW, torch.optim.SGD])
def test_gradients_that_are_never_zeroed_pile_up(kind: Any) -> None:
    pile = piled_up(train(net(), never, kind=kind))
    assert pile is not None
    assert pile.times > 4


@pytest.mark.parametrize("every", [3, 4, 5, 11])
@pytest.mark.parametrize("zero", [new, in_place])
def test_zero_once_in_a_while_piles_up_as_well(zero: Any, every: int) -> None:
    calls = iter(range(1, 100))
    pile = piled_up(train(net(), lambda m, o: zero(m, o) if next(calls) % every == 0 else None))
    assert pile is not None
    assert pile.steps in (every - 1, every, 6)


def beside(change: Callable[[dict[str, Any], nn.Module], Any], count: int = 20, frozen: bool = False) -> Any:
    """What is noted when the optimizer holds another network than `model`; `change` is called after every step."""
    other, namespace = net(), {"model": net(), "In": []}
    for parameter in namespace["model"].parameters():
        parameter.requires_grad_(not frozen)
    steps.watch(namespace, MULTITASK.loss)
    optimizer = torch.optim.Adam(other.parameters(), lr=1e-3)
    for _ in range(count):
        optimizer.zero_grad()
        ((other(X) - Y) ** 2).mean().backward()
        optimizer.step()
        change(namespace, other)
    found = steps.noted(namespace.get("model", other))
    return found and found.elsewhere


def test_steps_of_another_network_are_counted() -> None:
    assert beside(lambda namespace, other: None) == 20
    assert beside(lambda namespace, other: None, frozen=True) == 20


def test_a_network_made_anew_starts_the_count_anew() -> None:
    assert beside(lambda namespace, other: None if len(namespace) > 2 else namespace.update(model=net(), new=1)) == 19


def _averaged(namespace: dict[str, Any], other: nn.Module) -> None:
    with torch.no_grad():
        for mean, value in zip(namespace["model"].parameters(), other.parameters(), strict=True):
            mean.lerp_(value, 0.1)


@pytest.mark.parametrize(
    "change",
    [
        lambda namespace, other: namespace["model"].load_state_dict(other.state_dict()),
        lambda namespace, other: namespace.update(model=other),
        lambda namespace, other: namespace.update(model=copy.deepcopy(other)),
        lambda namespace, other: namespace.pop("model", None),
        _averaged,
    ],
)
def test_a_network_that_takes_over_what_the_other_learns_is_not_beside_it(change: Any) -> None:
    assert not beside(change)


def test_the_networks_own_steps_are_not_elsewhere() -> None:
    assert train(net()).elsewhere == 0


def test_a_network_that_is_trained_after_another_one_is_not_beside_it() -> None:
    model, other = net(), net()
    steps.watch({"model": model, "In": []}, MULTITASK.loss)
    for trained in (other, model):
        optimizer = torch.optim.SGD(trained.parameters(), lr=1e-3)
        for _ in range(10):
            ((trained(X) - Y) ** 2).mean().backward()
            optimizer.step()
    assert steps.noted(model).elsewhere == 0


@pytest.mark.parametrize("norm", [False, True])
def test_training_mode_is_no_evaluation(norm: bool) -> None:
    found = train(net(0.0 if norm else 0.2, norm=norm))
    assert found.layers == (("BatchNorm1d",) if norm else ("Dropout",))
    assert not evaluated(found)


@pytest.mark.parametrize("norm", [False, True])
def test_evaluation_mode_is_seen(norm: bool) -> None:
    model = net(0.0 if norm else 0.2, norm=norm).eval()
    assert evaluated(train(model))


def test_a_network_without_such_layers_has_no_mode() -> None:
    found = train(net(0.0).eval())
    assert found.layers == ()
    assert not evaluated(found)


def test_layers_that_say_evaluation_but_draw_chance_prove_nothing() -> None:
    assert not evaluated(train(net().eval(), before=lambda: torch.randn(3)))


def test_curves_in_evaluation_mode_between_epochs_are_no_training_in_it() -> None:
    model = net()

    def look() -> None:
        model.eval()
        model(X)
        model.train()

    assert not evaluated(train(model, before=look))


def test_a_step_with_a_closure_is_not_looked_at() -> None:
    model = net()
    steps.watch({"model": model}, MULTITASK.loss)
    optimizer = torch.optim.LBFGS(model.parameters())

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss: torch.Tensor = ((model(X) - Y) ** 2).mean()
        loss.backward()
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    assert steps.noted(model) is None


def test_an_optimizer_with_other_weights_than_the_network_is_not_looked_at() -> None:
    model, weight = net(), nn.Parameter(torch.zeros(()))
    assert train(model, optimizer=torch.optim.Adam([*model.parameters(), weight])) is None
    assert train(model, optimizer=torch.optim.Adam(model[0].parameters())) is None


def test_another_network_is_not_taken_for_this_one() -> None:
    train(net())
    assert steps.noted(nn.Linear(11, 1)) is None


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ([CELL, "loss = mse + bce"], False),
        ([CELL, "loss = multitask_loss(model(X), quality, good)"], True),
        ([CELL + "\ndef step(): multitask_loss()", "step()"], True),
        ([CELL + "\n    return model.losses(outputs)", "model.fit()"], True),
        ([CELL, "# Zichtbare controle\nmultitask_loss()"], False),
        ([], True),
    ],
)
def test_gradients_travel_only_when_nothing_else_names_the_loss(cells: list[str], named: bool) -> None:
    model = net()
    train(model)
    steps.watch({"model": model, "In": cells}, MULTITASK.loss)
    found = steps.noted(model)
    assert found is not None
    assert found.loss_named is named
    assert bool(found.first[0].gradients) is not named


def test_the_hook_leaves_training_as_it_is() -> None:
    def run() -> list[torch.Tensor]:
        model = net()
        train(model)
        return [p.detach().clone() for p in model.parameters()]

    watched = run()
    steps.forget()
    model = net()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for _ in range(20):
        optimizer.zero_grad()
        ((model(X) - Y) ** 2).mean().backward()
        optimizer.step()
    assert all(torch.equal(one, other) for one, other in zip(watched, model.parameters(), strict=True))
