"""Topic `comparison`: a network that uses one input only, trained honestly and measured honestly."""

from collections.abc import Iterator

import numpy as np

from autograder.dutch import number
from autograder.evidence.problem import Problem
from autograder.evidence.records import BaselineEvidence, Batches, Failure
from autograder.exceptions import ReplayError
from autograder.judge import figures
from autograder.judge.case import Case, network_of
from autograder.judge.figures import SHARES, Array, called
from autograder.judge.replay import Network
from autograder.judge.results import EXACT, TOLERANCE
from autograder.judge.training import is_logit, progress_of
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

GUESSING = 0.55
"""An area under the curve on hidden rows up to which a network guesses; honest ones on names alone reach 0.7."""

BROKEN = (ReplayError, ValueError, RuntimeError)
"""What running a network on rows that do not fit it raises."""


def criteria(problem: Problem) -> tuple[str, ...]:
    """Whether the network is one, and its figure is right; nothing for a network of one input."""
    return ("baseline", "comparison") if len(problem.inputs) > 1 and problem.metrics else ()


def judge(case: Case) -> None:
    """Add the verdicts on the criteria."""
    if not criteria(case.problem):
        return
    evidence = case.evidence.comparison
    if evidence is None:
        cause = "er kwam geen netwerk op één invoer uit de notebook."
        case.add(not_judged("baseline", cause), not_judged("comparison", cause))
        return
    baseline = next(_usable(case, evidence))
    if isinstance(baseline, Verdict):
        case.add(baseline, next(_without_baseline(case, evidence)))
        return
    case.add(next(_network_rules(case, evidence, baseline)), next(_figure_rules(case, evidence, baseline)))


class _Baseline:
    """The network on one input, on the columns of that input."""

    def __init__(self, case: Case, network: Network, place: int) -> None:
        self._network, self._place = network, place
        problem = case.problem
        self.metric = problem.compared
        self.head = problem.heads[problem.place(self.metric.head)]
        self._output = problem.place(self.metric.head)

    def fits(self) -> bool:
        """Whether there is one number per row for the head by which networks are compared."""
        outputs = self._network.outputs(self._network.recording.x)
        return self._output < max(len(outputs), 1) and self._chosen(outputs).shape[1] == 1

    def _chosen(self, outputs: list[Array]) -> Array:
        return outputs[0] if len(outputs) == 1 else outputs[self._output]

    def output(self, x: Array, widths: tuple[int, ...]) -> Array:
        """Return the output, (rows,), for rows of all inputs side by side.  Raises ValueError when they do not fit."""
        if self._place >= len(widths) or sum(widths) != x.shape[1]:
            raise ValueError("niet elke invoer is er")
        start = sum(widths[: self._place])
        return self._chosen(self._network.outputs(x[:, start : start + widths[self._place]]))[:, 0]

    def figures(self, output: Array, labels: Array) -> tuple[float, ...]:
        """Return its figure, for each way in which the output may be meant."""
        label = np.asarray(labels, dtype=np.float64)
        cuts = (0.0,) if is_logit(output) else (0.5, 0.0)
        return tuple(
            figures.figure(self.metric, output, label, cut)
            for cut in (cuts if self.metric.kind == "accuracy" else cuts[:1])
        )


# ---------------------------------------- the network


def _usable(case: Case, evidence: BaselineEvidence) -> Iterator[Verdict | _Baseline]:
    """Yield the network, or the verdict when there is none that can be run."""
    for failure in (evidence.model.failure, evidence.input):
        if isinstance(failure, Failure) and failure.kind == "missing" and failure.name != "train_data":
            yield failed("baseline", "missing", name=failure.name)
    yield from _wrong_input(case, evidence)
    failure = evidence.model.failure
    if failure is not None and failure.kind == "unsupported" and failure.name == "baseline":
        yield failed("baseline", "not_a_model", found=failure.detail)
    if failure is not None and failure.kind == "unrecorded":
        yield unsure("baseline", f"je netwerk loopt, maar laat zich niet opnemen ({failure.detail}).")
    if failure is not None:
        yield not_judged("baseline", "eerst moet `batches` in orde zijn.")
    network = network_of(evidence.model)
    if isinstance(network, ReplayError):
        yield unsure("baseline", str(network))
    if not isinstance(network, Network):
        yield not_judged("baseline", "er kwam geen netwerk op één invoer uit de notebook.")
        return
    names = [one.name for one in case.problem.inputs]
    baseline = _Baseline(case, network, names.index(str(evidence.input)))
    if not baseline.fits():
        yield unsure("baseline", "`baseline` geeft niet één getal per rij.")
    yield baseline


def _wrong_input(case: Case, evidence: BaselineEvidence) -> Iterator[Verdict]:
    names = [one.name for one in case.problem.inputs]
    allowed = " of ".join(f'"{name}"' for name in names)
    if isinstance(evidence.input, Failure):
        found = f"`baseline_input` is geen tekst, maar {evidence.input.detail}"
        yield failed("baseline", "wrong_input", found=found, allowed=allowed)
    if evidence.input not in names:
        found = f'`baseline_input` is "{evidence.input}"'
        yield failed("baseline", "wrong_input", found=found, allowed=allowed)
    failure = evidence.model.failure
    if failure is None or failure.kind != "raised" or failure.name != "baseline":
        return
    if len(evidence.runs_on) > 1:
        yield failed("baseline", "both_modalities", input=evidence.input)
    other = f"wel op `{evidence.runs_on[0]}`" if evidence.runs_on else failure.detail
    found = f"`baseline` loopt niet op `{evidence.input}` ({other})"
    yield failed("baseline", "wrong_input", found=found, allowed=allowed)


def _network_rules(case: Case, evidence: BaselineEvidence, baseline: _Baseline) -> Iterator[Verdict]:
    if evidence.shared:
        yield failed("baseline", "shares_weights")
    loader = case.evidence.loaders.train if case.evidence.loaders else None
    if not isinstance(loader, Batches):
        yield not_judged("baseline", "eerst moet `batches` in orde zijn.")
        return
    place = case.problem.place(baseline.metric.head)
    try:
        output = baseline.output(loader.x, loader.widths)
    except BROKEN as error:
        yield unsure("baseline", f"`baseline` rekent niet op de rijen van `train_data`: {error}")
        return
    if not np.isfinite(output).all():
        yield failed("baseline", "not_trained", what="er komt NaN of oneindig uit")
    progress = [progress_of(baseline.head, loader.labels[place], output, logit=logit) for logit in _readings(output)]
    if not any(one.better for one in progress):
        best = min(progress, key=lambda one: one.after)
        numbers = f"{best.loss} {number(best.after)} tegenover {number(best.constant)}"
        what = f"op de trainingsrijen doet hij het niet beter dan een constante voorspelling: {numbers}"
        yield failed("baseline", "not_trained", what=what)
    yield from _hidden_rules(case, baseline)
    yield passed("baseline", f"Een getraind netwerk dat enkel `{evidence.input}` leest.")


def _readings(output: Array) -> tuple[bool, ...]:
    return (True,) if is_logit(output) else (False, True)


def _hidden_rules(case: Case, baseline: _Baseline) -> Iterator[Verdict]:
    hidden, truths = case.evidence.hidden, case.context.hidden_labels
    if baseline.metric.kind != "auc" or hidden is None or hidden.x is None or truths is None:
        return
    labels = truths[case.problem.place(baseline.metric.head)]
    try:
        found = figures.auc(baseline.output(hidden.x, hidden.widths), labels)
    except BROKEN:  # rows that were prepared otherwise: the results say so
        return
    if found <= GUESSING:
        yield failed("baseline", "guesses", rows=case.problem.rows, found=number(found, 3))


# ---------------------------------------- its figure


def _variable(case: Case) -> str:
    return f"baseline_{case.problem.compared.name}"


def _without_figure(case: Case, evidence: BaselineEvidence) -> Iterator[Verdict]:
    figure = evidence.figure
    if isinstance(figure, Failure):
        fault = "missing" if figure.kind == "missing" else "not_a_number"
        numbers = {} if fault == "missing" else {"found": figure.detail}
        yield failed("comparison", fault, name=_variable(case), **numbers)


def _without_baseline(case: Case, evidence: BaselineEvidence) -> Iterator[Verdict]:
    yield from _without_figure(case, evidence)
    yield not_judged("comparison", "eerst moet `baseline` in orde zijn.")


def _figure_rules(case: Case, evidence: BaselineEvidence, baseline: _Baseline) -> Iterator[Verdict]:
    yield from _without_figure(case, evidence)
    loader = case.evidence.loaders.test if case.evidence.loaders else None
    if not isinstance(loader, Batches):
        yield not_judged("comparison", "eerst moet `batches` in orde zijn.")
        return
    place = case.problem.place(baseline.metric.head)
    try:
        own = baseline.figures(baseline.output(loader.x, loader.widths), loader.labels[place])
    except BROKEN as error:
        yield unsure("comparison", f"`baseline` rekent niet op `test_data`: {error}")
        return
    if baseline.metric.kind == "auc" and np.isnan(own[0]):
        yield unsure("comparison", "op je `test_data` is geen AUC te berekenen.")
    yield from _compared(case, evidence, baseline, own)


def _compared(case: Case, evidence: BaselineEvidence, baseline: _Baseline, own: tuple[float, ...]) -> Iterator[Verdict]:
    value, metric = evidence.figure, baseline.metric
    assert isinstance(value, float)
    percentage = metric.kind in SHARES and _near(value / 100, own, TOLERANCE) and not _near(value, own, TOLERANCE)
    value = value / 100 if percentage else value
    name, whole = _variable(case), _of_model(case)
    shown = {"name": name, "found": number(value, 3), "expected": number(own[0], 3)}
    if _near(value, own, TOLERANCE):
        against = f"; met alle invoer is dat {number(whole[0], 3)}" if whole else ""
        remark = f"`{name}` is een percentage; gevraagd is een getal tussen 0 en 1." if percentage else ""
        message = f"Enkel met `{evidence.input}` is de {called(metric)} op `test_data` {shown['expected']}{against}."
        yield passed("comparison", message, remark=remark)
    if _near(value, whole, EXACT):
        yield failed("comparison", "same_as_model", metric=called(metric), **shown)
    yield from _mistakes(case, baseline, value, shown)
    yield failed("comparison", "disagrees", **shown)


def _mistakes(case: Case, baseline: _Baseline, value: float, shown: dict[str, str]) -> Iterator[Verdict]:
    """Put a figure that disagrees down to a known mistake, when it is just what that mistake gives."""
    loaders, place = case.evidence.loaders, case.problem.place(baseline.metric.head)
    assert loaders is not None
    for loader in (loaders.train, loaders.test):
        try:
            output = baseline.output(loader.x, loader.widths) if isinstance(loader, Batches) else None
        except BROKEN:
            output = None
        if output is None or not isinstance(loader, Batches):
            continue
        if loader is loaders.train and _near(value, baseline.figures(output, loader.labels[place]), EXACT):
            yield failed("comparison", "on_training_rows", metric=called(baseline.metric), **shown)
        if loader is loaders.test and baseline.metric.kind == "auc":
            cuts = [(output > (0.0 if logit else 0.5)).astype(np.float64) for logit in _readings(output)]
            hard = tuple(figures.auc(cut, np.asarray(loader.labels[place])) for cut in cuts)
            if _near(value, hard, EXACT):
                yield failed("comparison", "hard_predictions", **shown)


def _near(value: float, own: tuple[float, ...], tolerance: float) -> bool:
    return any(abs(value - one) <= tolerance for one in own)


def _of_model(case: Case) -> tuple[float, ...]:
    """The whole network's own figure on `test_data`; nothing where it cannot be had."""
    loader = case.evidence.loaders.test if case.evidence.loaders else None
    trained = case.trained
    if not isinstance(loader, Batches) or not isinstance(trained, Network):
        return ()
    if len(trained.output_refs) != len(case.problem.heads):
        return ()
    found = figures.on_loader(case, loader)
    return () if isinstance(found, str) else found[case.problem.compared.name]
