"""Topic `training`: the loss of every head falls, and the trunk and all heads move."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.dutch import number
from autograder.evidence.problem import Head
from autograder.evidence.records import Batches, Recording, TrainingSteps, UsedTestRows
from autograder.exceptions import ReplayError
from autograder.judge.case import Case
from autograder.judge.modalities import Joining
from autograder.judge.replay import Network
from autograder.judge.steps import FEWEST, evaluated, other_weights, piled_up, unmoved_averages
from autograder.judge.structure import Structure
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

CRITERIA = ("learns",)

BETTER = 0.98
"""A loss below this part of a constant prediction's is better than that prediction."""

FALLS = 0.9
"""A loss above this part of what it was before training has not fallen."""

MOST_TRAINED, FEWEST_HELD = 0.6, 20
"""Part of the rows of `test_data` only that may have trained, where there are so many; validation rows that come in at
the end have equals among them, all the more when features are coarse."""

MOVED = 1e-6
"""Change of a weight, as a part of its layer's largest, from which it was trained; averaging in float32 gives less."""

RUNS_AWAY = 3.0
"""A loss of more than this many times what it was before training has run away."""

NOT_FINITE = "in de {} van je netwerk staat NaN of oneindig"

LOSSES = {"regression": "MSE", "binary": "BCE"}
"""By the kind of a head."""

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Progress:
    """The loss of one head on the training rows."""

    head: Head
    before: float | None
    """None when the network before training is not there."""
    after: float
    constant: float
    """Of the best prediction that is the same for every row."""
    shifted: tuple[float, float] | None = None
    """BCE before and after when one number is added to all logits: weighted classes only shift what is learned."""

    @property
    def loss(self) -> str:
        """What messages call it."""
        return LOSSES[self.head.kind]

    @property
    def better(self) -> bool:
        """Whether the head does better than a constant, and no worse than before training."""
        fell = self.before is None or self.after < self.before
        if fell and self.after < BETTER * self.constant:
            return True
        return self.shifted is not None and self.shifted[1] < FALLS * min(self.shifted[0], self.constant)

    @property
    def ran_away(self) -> bool:
        """Whether the loss is far above both what it was before training and a constant's."""
        return self.before is not None and self.after > RUNS_AWAY * max(self.before, self.constant)

    @property
    def stuck(self) -> bool:
        """Whether the loss is about what it was before training."""
        return self.before is not None and self.after > FALLS * self.before

    @property
    def numbers(self) -> dict[str, str]:
        """What messages say of it."""
        return {
            "name": self.head.name,
            "loss": self.loss,
            "after": number(self.after),
            "constant": number(self.constant),
        }


def judge(case: Case) -> None:
    """Add the verdict on `CRITERIA`."""
    case.add(next(_rules(case)))


def _rules(case: Case) -> Iterator[Verdict]:
    yield from _unusable(case)
    network, loader = case.trained, case.evidence.loaders.train if case.evidence.loaders else None
    heads = len(case.problem.heads)
    assert isinstance(network, Network)
    if not isinstance(loader, Batches):
        yield not_judged("learns", "eerst moet `batches` in orde zijn.")
        return
    if case.verdicts.get("batches") is not None and case.verdicts["batches"].fault == "labels_swapped":
        yield not_judged("learns", "eerst moet `batches` in orde zijn.")
    if _has_nan(network.recording):
        yield failed("learns", "diverged", what=NOT_FINITE.format("gewichten"))
    try:
        outputs = network.outputs(loader.x)
        initial = case.initial
        comparable = isinstance(initial, Network) and len(initial.output_refs) == heads
        before = initial.outputs(loader.x) if comparable and isinstance(initial, Network) else None
    except (ReplayError, ValueError, RuntimeError) as error:
        yield unsure("learns", f"het getrainde netwerk rekent niet op de rijen van `train_data`: {error}")
        return
    if any(value.shape[1] != 1 for value in outputs) or (before and any(value.shape[1] != 1 for value in before)):
        yield not_judged("learns", "eerst moet `outputs` in orde zijn.")
    if not all(np.isfinite(value).all() for value in outputs):
        yield failed("learns", "diverged", what=NOT_FINITE.format("voorspellingen"))
    still = _still(case)
    progress = [
        progress_of(
            head,
            loader.labels[place],
            outputs[place][:, 0],
            before[place][:, 0] if before else None,
            logit=case.logit(place),
        )
        for place, head in enumerate(case.problem.heads)
    ]
    if still is not None and not still.moved:
        # What is already trained when its cell is done was trained there, or elsewhere.
        if _learned_before(progress):
            yield unsure("learns", "na de cel `model` was het netwerk al getraind, en daarna veranderde er niets meer.")
        yield failed("learns", "not_trained")
    steps = case.evidence.training.steps if case.evidence.training else None
    changed = still is not None and bool(still.moved)
    yield from _step_rules(case, steps, progress, changed=changed)
    yield from _movement_rules(case, still, progress)
    yield from _loss_rules(case, progress)
    yield from _row_rules(case.evidence.training.test_rows if case.evidence.training else None)
    other = other_weights(case, steps, loader) if steps is not None else None
    if other is not None:
        times, how = (other.times, "zwaar") if other.times > 1 else (1 / other.times, "licht")
        names = {"one": case.problem.names[other.one], "against": case.problem.names[other.against]}
        yield failed("learns", "other_loss", loss=case.problem.loss, times=number(times, 1), how=how, **names)
    yield passed("learns", _fallen(progress))


def _learned_before(progress: Sequence[Progress]) -> bool:
    """Whether a network that did not move does well: chance alone may bring binary heads just below a constant."""
    part = BETTER if any(one.head.kind == "regression" for one in progress) else FALLS
    return all(one.after < part * one.constant for one in progress)


def _fallen(progress: Sequence[Progress]) -> str:
    found = [f"{one.loss} {number(one.after)} (constante voorspelling {number(one.constant)})" for one in progress]
    if len(found) == 1:
        return f"De loss is gedaald: {found[0]}."
    which = "Beide" if len(found) == 2 else "Alle"
    return f"{which} losses zijn gedaald: {', '.join(found[:-1])} en {found[-1]}."


def _step_rules(
    case: Case, steps: TrainingSteps | None, progress: Sequence[Progress], *, changed: bool
) -> Iterator[Verdict]:
    pile = piled_up(steps) if steps is not None else None
    if pile is not None:
        yield failed("learns", "zero_grad", times=number(pile.times, 1), steps=pile.steps)
    if steps is not None and evaluated(steps):
        seen = f"bij {steps.evaluating} van de {steps.watched} stappen"
        what = f"{seen} werkte {_listed(steps.layers)} niet zoals bij trainen"
        yield failed("learns", "evaluation_mode", what=what)
    averages = unmoved_averages(case)
    if averages:
        what = f"de lopende gemiddelden ({_listed(averages)}) hebben nog hun beginwaarden"
        yield failed("learns", "evaluation_mode", what=what)
    undrawn = case.evidence.training.undrawn if case.evidence.training else ()
    if undrawn and changed:
        yield failed("learns", "evaluation_mode", what=f"{_listed(undrawn)} liet nooit een waarde weg")
    if steps is not None and steps.elsewhere >= FEWEST and not any(one.better for one in progress):
        yield failed("learns", "other_network_trained", steps=steps.elsewhere)


def _row_rules(rows: UsedTestRows | None) -> Iterator[Verdict]:
    if rows is not None and rows.held >= FEWEST_HELD and rows.trained > MOST_TRAINED * rows.held:
        yield failed("learns", "test_rows", trained=rows.trained, held=rows.held)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _unusable(case: Case) -> Iterator[Verdict]:
    """Yield the verdict when there is no trained network with an output for each head to run."""
    evidence = case.evidence.training.model if case.evidence.training else None
    if evidence is None:
        yield not_judged("learns", "er kwam geen getraind netwerk uit de notebook.")
        return
    failure = evidence.failure
    if failure is not None:
        if failure.kind == "missing" and failure.name == "model":
            yield failed("learns", "missing")
        if failure.kind == "unrecorded" and case.unrecorded is not None:
            yield unsure("learns", case.unrecorded)
        if failure.name != "model":
            yield not_judged("learns", "eerst moet `batches` in orde zijn.")
        yield not_judged("learns", f"het getrainde netwerk is niet te gebruiken: {failure.detail}")
    if isinstance(case.trained, ReplayError):
        recording = evidence.recording
        if recording is not None and _has_nan(recording):
            yield failed("learns", "diverged", what=NOT_FINITE.format("gewichten"))
        yield unsure("learns", str(case.trained))
    if case.trained is None:
        yield not_judged("learns", "er kwam geen getraind netwerk uit de notebook.")
    elif isinstance(case.trained, Network) and len(case.trained.output_refs) != len(case.problem.heads):
        yield not_judged("learns", "eerst moet `outputs` in orde zijn.")


def _has_nan(recording: Recording) -> bool:
    return any(
        p.value.dtype.kind == "f" and not np.isfinite(p.value).all() for p in recording.parameters if p.trainable
    )


# ---------------------------------------- what moved


@dataclass(frozen=True)
class Movement:
    """Which weights training changed; only for a network that is still the one that was recorded before."""

    weights: frozenset[str]
    """Names of the trainable weights that both recordings hold."""
    moved: frozenset[str]

    def none_of(self, names: Sequence[str]) -> bool:
        """Whether there are such weights and not one of them moved."""
        known = self.weights & set(names)
        return bool(known) and not known & self.moved


def _still(case: Case) -> Movement | None:
    initial, trained = case.initial, case.trained
    if not isinstance(initial, Network) or not isinstance(trained, Network):
        return None
    before = {p.name: p.value for p in initial.recording.parameters if p.trainable}
    after = {p.name: p.value for p in trained.recording.parameters}
    both = {name for name, value in before.items() if name in after and after[name].shape == value.shape}
    if not both or len(both) < len(before):
        return None
    return Movement(frozenset(both), frozenset(name for name in both if _moved(before[name], after[name])))


def _moved(before: Array, after: Array) -> bool:
    scale = float(np.abs(before).max(initial=0.0)) + 1e-6
    return float(np.abs(after.astype(np.float64) - before).max(initial=0.0)) > MOVED * scale


def _movement_rules(case: Case, movement: Movement | None, progress: Sequence[Progress]) -> Iterator[Verdict]:
    structure = case.structure
    if movement is None or not isinstance(structure, Structure):
        return
    yield from _encoder_rules(case, movement)
    trainable = set(structure.trainable)
    heads = [movement.none_of([name for name in only if name in trainable]) for only in structure.only]
    if movement.none_of([name for name in structure.shared if name in trainable]):
        trunk = case.verdicts.get("shared_trunk")
        if trunk is not None and trunk.fault in ("detached", "frozen_trunk", "dead_trunk"):
            yield not_judged("learns", "eerst moet `shared_trunk` in orde zijn.")
        yield failed("learns", "trunk_not_moved")
    still = [one for one, stays in zip(progress, heads, strict=True) if stays]
    if still and len(still) == len(progress):
        yield _not_moved(still)
    for one in still:
        yield from _explained(case, one.head)
        if one.stuck:
            yield failed("learns", "one_task_only", which=_learned(progress), **one.numbers)
        yield _not_moved([one])


def _encoder_rules(case: Case, movement: Movement) -> Iterator[Verdict]:
    """What acts on one of several inputs only has to move too."""
    joining = case.joining
    if not isinstance(joining, Joining):
        return
    own = [[name for name in weights if name in joining.trainable] for weights in joining.own]
    still = [f"`{one.name}`" for one, names in zip(case.problem.inputs, own, strict=True) if movement.none_of(names)]
    if still:
        encoders = case.verdicts.get("encoders")
        if encoders is not None and encoders.status == "fail":
            yield not_judged("learns", "eerst moet `encoders` in orde zijn.")
        yield failed("learns", "encoders_not_moved", names=" en ".join(still))


def _not_moved(still: Sequence[Progress]) -> Verdict:
    names = [f"`{one.head.name}`" for one in still]
    listed = " en ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
    return failed("learns", "heads_not_moved", names=f"{listed} {'is' if len(still) == 1 else 'zijn'}")


def _explained(case: Case, head: Head) -> Iterator[Verdict]:
    """Yield not judged when a fault in the loss already explains that a head is not learned."""
    for criterion in (head.term, "weights"):
        verdict = case.verdicts.get(criterion)
        if verdict is not None and verdict.status == "fail":
            yield not_judged("learns", f"eerst moet `{criterion}` in orde zijn.")


# ---------------------------------------- what was learned


def _loss_rules(case: Case, progress: Sequence[Progress]) -> Iterator[Verdict]:
    bad = [one for one in progress if not one.better]
    for one in bad:
        yield from _explained(case, one.head)
    for one in bad:
        if one.ran_away:
            what = f"de {one.loss} voor `{one.head.name}` steeg tot {number(one.after)}"
            yield failed("learns", "diverged", what=what)
    if len(bad) < len(progress) and bad and all(one.stuck for one in bad):
        yield failed("learns", "one_task_only", which=_learned(progress), **bad[0].numbers)
    for one in bad:
        yield failed("learns", "too_few_epochs", **one.numbers)


def _learned(progress: Sequence[Progress]) -> str:
    return "Alleen één taak is" if len(progress) == 2 else "Niet elke taak is"


def progress_of(
    head: Head, labels: Array, after: Array, before: Array | None = None, *, logit: bool | None = None
) -> Progress:
    """Return a head's losses for its outputs, (rows,), after and before training.

    `logit`: whether the outputs are logits; None for what their range tells.
    """
    labels = np.asarray(labels, dtype=np.float64)
    outputs = [after if before is None else before, after]
    if head.kind == "regression":
        mse = [float(np.mean((output - labels) ** 2)) for output in outputs]
        return Progress(head, None if before is None else mse[0], mse[1], float(labels.var()))
    if logit is None:
        logit = is_logit(*outputs)
    logits = [_logits(output, logit) for output in outputs]
    bce = [_cross_entropy(values, labels) for values in logits]
    shifted = [_cross_entropy(_best_shift(values, labels), labels) for values in logits]
    return Progress(
        head,
        None if before is None else bce[0],
        bce[1],
        _cross_entropy(_best_shift(np.zeros_like(labels), labels), labels),
        (float("inf") if before is None else shifted[0], shifted[1]),
    )


def is_logit(*outputs: Array) -> bool:
    """Whether outputs leave the range from 0 to 1 and so cannot be probabilities."""
    return any(bool((values < -1e-6).any() or (values > 1 + 1e-6).any()) for values in outputs)


def _logits(values: Array, logit: bool) -> Array:
    if logit:
        return values
    chance = np.clip(values, 1e-7, 1 - 1e-7)
    logits: Array = np.log(chance) - np.log1p(-chance)
    return logits


def _cross_entropy(logits: Array, labels: Array) -> float:
    # log(1 + exp(z)) - z * label, without overflow
    return float(np.mean(np.maximum(logits, 0) - logits * labels + np.log1p(np.exp(-np.abs(logits)))))


def _best_shift(logits: Array, labels: Array) -> Array:
    """Return the logits, shifted so that their mean chance is the share of ones (by bisection)."""
    low, high = -50.0, 50.0
    for _ in range(40):
        middle = (low + high) / 2
        chance = 1 / (1 + np.exp(-np.clip(logits + middle, -60, 60)))
        low, high = (middle, high) if chance.mean() < labels.mean() else (low, middle)
    return logits + (low + high) / 2
