"""Topic `training`: both losses fall, and the trunk and both heads move."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.dutch import number
from autograder.evidence.records import Batches, Recording
from autograder.exceptions import ReplayError
from autograder.judge.case import Case
from autograder.judge.replay import Network
from autograder.judge.structure import HEADS, Structure
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

CRITERIA = ("learns",)

BETTER = 0.98
"""A loss below this part of a constant prediction's is better than that prediction."""

FALLS = 0.9
"""A loss above this part of what it was before training has not fallen."""

MOVED = 1e-6
"""Change of a weight, as a part of its layer's largest, from which it was trained; averaging in float32 gives less."""

RUNS_AWAY = 3.0
"""A loss of more than this many times what it was before training has run away."""

NOT_FINITE = "in de {} van je netwerk staat NaN of oneindig"

LOSSES = ("MSE", "BCE")

LOSS_CRITERIA = (("regression_term", "weights"), ("classification_term", "weights"))
"""What explains, for each task, that it is not learned."""

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Progress:
    """The losses of the two tasks on the training rows, quality (MSE) first."""

    before: tuple[float, float] | None
    """None when the network before training is not there."""
    after: tuple[float, float]
    constant: tuple[float, float]
    """Of the best prediction that is the same for every wine."""
    shifted: tuple[float, float]
    """BCE before and after when one number is added to all logits: weighted classes only shift what is learned."""

    def better(self, task: int) -> bool:
        """Whether a task does better than a constant, and no worse than before training."""
        fell = self.before is None or self.after[task] < self.before[task]
        if fell and self.after[task] < BETTER * self.constant[task]:
            return True
        before, after = self.shifted
        return task == 1 and after < FALLS * min(before, self.constant[1])

    def ran_away(self, task: int) -> bool:
        """Whether a task's loss is far above both what it was before training and a constant's."""
        limit = None if self.before is None else RUNS_AWAY * max(self.before[task], self.constant[task])
        return limit is not None and self.after[task] > limit

    def stuck(self, task: int) -> bool:
        """Whether a task's loss is about what it was before training."""
        return self.before is not None and self.after[task] > FALLS * self.before[task]


def judge(case: Case) -> None:
    """Add the verdict on `CRITERIA`."""
    case.add(next(_rules(case)))


def _rules(case: Case) -> Iterator[Verdict]:
    yield from _unusable(case)
    network, loader = case.trained, case.evidence.loaders.train if case.evidence.loaders else None
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
        before = initial.outputs(loader.x) if isinstance(initial, Network) and len(initial.output_refs) == 2 else None
    except (ReplayError, ValueError, RuntimeError) as error:
        yield unsure("learns", f"het getrainde netwerk rekent niet op de rijen van `train_data`: {error}")
        return
    if any(value.shape[1] != 1 for value in outputs) or (before and any(value.shape[1] != 1 for value in before)):
        yield not_judged("learns", "eerst moet `outputs` in orde zijn.")
    if not all(np.isfinite(value).all() for value in outputs):
        yield failed("learns", "diverged", what=NOT_FINITE.format("voorspellingen"))
    still = _still(case)
    progress = _progress(outputs, before, loader, case.logit)
    if still is not None and not still.moved:
        # What is already trained when its cell is done was trained there, or elsewhere.
        if all(after < BETTER * constant for after, constant in zip(progress.after, progress.constant, strict=True)):
            yield unsure("learns", "na de cel `model` was het netwerk al getraind, en daarna veranderde er niets meer.")
        yield failed("learns", "not_trained")
    yield from _movement_rules(case, still, progress)
    yield from _loss_rules(case, progress)
    yield passed(
        "learns",
        "Beide losses zijn gedaald: "
        + " en ".join(
            f"{LOSSES[task]} {number(progress.after[task])} (constante voorspelling {number(progress.constant[task])})"
            for task in (0, 1)
        )
        + ".",
    )


def _unusable(case: Case) -> Iterator[Verdict]:
    """Yield the verdict when there is no trained network with two outputs to run."""
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
    elif isinstance(case.trained, Network) and len(case.trained.output_refs) != 2:
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


def _movement_rules(case: Case, movement: Movement | None, progress: Progress) -> Iterator[Verdict]:
    structure = case.structure
    if movement is None or not isinstance(structure, Structure):
        return
    trainable = set(structure.trainable)
    heads = [movement.none_of([name for name in only if name in trainable]) for only in structure.only]
    if movement.none_of([name for name in structure.shared if name in trainable]):
        trunk = case.verdicts.get("shared_trunk")
        if trunk is not None and trunk.fault in ("detached", "frozen_trunk", "dead_trunk"):
            yield not_judged("learns", "eerst moet `shared_trunk` in orde zijn.")
        yield failed("learns", "trunk_not_moved")
    if all(heads):
        yield failed("learns", "heads_not_moved", names="`quality` en `good` zijn")
    for task, still in enumerate(heads):
        if still:
            yield from _explained(case, task)
            if progress.stuck(task):
                yield failed("learns", "one_task_only", name=HEADS[task], **_numbers(progress, task))
            yield failed("learns", "heads_not_moved", names=f"`{HEADS[task]}` is")


def _explained(case: Case, task: int) -> Iterator[Verdict]:
    """Yield not judged when a fault in the loss already explains that a task is not learned."""
    for criterion in LOSS_CRITERIA[task]:
        verdict = case.verdicts.get(criterion)
        if verdict is not None and verdict.status == "fail":
            yield not_judged("learns", f"eerst moet `{criterion}` in orde zijn.")


# ---------------------------------------- what was learned


def _loss_rules(case: Case, progress: Progress) -> Iterator[Verdict]:
    bad = [task for task in (0, 1) if not progress.better(task)]
    for task in bad:
        yield from _explained(case, task)
    for task in bad:
        if progress.ran_away(task):
            what = f"de {LOSSES[task]} voor `{HEADS[task]}` steeg tot {number(progress.after[task])}"
            yield failed("learns", "diverged", what=what)
    if len(bad) == 1 and progress.stuck(bad[0]):
        yield failed("learns", "one_task_only", name=HEADS[bad[0]], **_numbers(progress, bad[0]))
    for task in bad:
        yield failed("learns", "too_few_epochs", name=HEADS[task], **_numbers(progress, task))


def _numbers(progress: Progress, task: int) -> dict[str, str]:
    return {
        "loss": LOSSES[task],
        "after": number(progress.after[task]),
        "constant": number(progress.constant[task]),
    }


def _progress(after: Sequence[Array], before: Sequence[Array] | None, loader: Batches, logit: bool | None) -> Progress:
    quality, good = (np.asarray(label, dtype=np.float64) for label in (loader.quality, loader.good))
    if logit is None:
        logit = is_logit(*(outputs[1] for outputs in (after, before or after)))
    logits = [_logits(outputs[1][:, 0], logit) for outputs in (before or after, after)]
    mse = [float(np.mean((outputs[0][:, 0] - quality) ** 2)) for outputs in (before or after, after)]
    bce = [_cross_entropy(values, good) for values in logits]
    return Progress(
        before=(mse[0], bce[0]) if before else None,
        after=(mse[1], bce[1]),
        constant=(float(quality.var()), _cross_entropy(_best_shift(np.zeros_like(good), good), good)),
        shifted=(
            _cross_entropy(_best_shift(logits[0], good), good) if before else float("inf"),
            _cross_entropy(_best_shift(logits[1], good), good),
        ),
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
    """Return the logits, shifted so that their mean chance is the share of good wines (by bisection)."""
    low, high = -50.0, 50.0
    for _ in range(40):
        middle = (low + high) / 2
        chance = 1 / (1 + np.exp(-np.clip(logits + middle, -60, 60)))
        low, high = (middle, high) if chance.mean() < labels.mean() else (low, middle)
    return logits + (low + high) / 2
