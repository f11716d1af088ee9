"""Topic `results`: the network's scores on rows that the student never had, and the student's own figures."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from autograder.dutch import number, plain
from autograder.evidence.problem import Metric, Problem
from autograder.evidence.records import Batches, Failure, ResultsEvidence
from autograder.exceptions import ReplayError
from autograder.judge import figures, inputs_used
from autograder.judge.case import Case
from autograder.judge.figures import SHARES, Array, Figures, called
from autograder.judge.replay import Network
from autograder.judge.verdicts import Verdict, failed, first_cause, not_judged, passed, unsure

TOLERANCE = 0.03
"""How far a reported figure may be off; a mean of batch means is within it."""

PREPARATION = ("split", "labels", "batches")
"""Criteria whose failure leaves no hidden rows to predict."""

CAUSES = (
    *("labels", "modalities", "missing_values", "normalisation", "leakage", "batches"),
    *("outputs", "encoders", "fusion", "shared_trunk", "non_linear"),
)
"""Criteria whose failure may explain a bad score, in the order in which a student meets them, before the loss."""

NO_CAUSE = "Geen ander onderdeel verklaart dat."

EXACT = 0.005
"""How near a figure has to be to what a known mistake gives before it is put down to that mistake."""

THE_SAME = 1e-4
"""The same for a figure within the tolerance: nothing but the mistake itself gives it to so many decimals."""


def criteria(problem: Problem) -> tuple[str, ...]:
    """Every metric, whether all inputs are used, and the reported figures."""
    used = ("modalities_used",) if len(problem.inputs) > 1 else ()
    return (*(metric.name for metric in problem.metrics), *used, "reported")


def judge(case: Case) -> None:
    """Add the verdicts on the criteria; none on a metric without a threshold, which is only reported."""
    no_network = next(_without_network(case), None)
    for metric in case.problem.metrics:
        if metric.name in case.context.thresholds:
            case.add(_for(metric.name, no_network) or next(_hidden_rules(metric, case)))
    if len(case.problem.inputs) > 1:
        case.add(_for("modalities_used", no_network) or next(_used_rules(case)))
    case.add(next(_reported_rules(case, no_network)))


def _for(criterion: str, verdict: Verdict | None) -> Verdict | None:
    return verdict.model_copy(update={"criterion": criterion}) if verdict else None


def _without_network(case: Case) -> Iterator[Verdict]:
    """Yield a verdict for any criterion when there is no trained network with an output for each head."""
    trained = case.trained
    if trained is None and case.unrecorded is not None:
        yield unsure("reported", case.unrecorded)
    if trained is None:
        yield not_judged("reported", "er kwam geen getraind netwerk uit de notebook.")
    elif isinstance(trained, ReplayError):
        yield unsure("reported", str(trained))
    elif len(trained.output_refs) != len(case.problem.heads) or any(
        value.shape[1] != 1 for value in trained.outputs(trained.recording.x)
    ):
        yield not_judged("reported", "eerst moet `outputs` in orde zijn.")


# ---------------------------------------- hidden rows


def _without_hidden_rows(criterion: str, case: Case) -> Iterator[Verdict]:
    hidden, truths, problem = case.evidence.hidden, case.context.hidden_labels, case.problem
    if hidden is None or truths is None:
        yield not_judged(criterion, f"de verborgen {problem.rows} zijn niet voorspeld.")
        return
    failure = hidden.failure
    if failure is not None and failure.kind == "unsupported":
        reason = f"`prepare` kon de verborgen {problem.rows} niet omzetten: {failure.detail}"
        yield _undecided(criterion, reason, case)
    if failure is not None:
        found = (
            "`prepare` bestaat niet"
            if failure.kind == "missing"
            else f"een fout op nieuwe {problem.rows} ({failure.detail})"
        )
        yield not_judged(criterion, f"`{failure.name}` is niet te gebruiken: {found}.")
    if hidden.x is None or len(hidden.x) != len(truths[0]):
        yield _undecided(criterion, f"er kwam niet één rij per verborgen {problem.row} terug.", case)


def _hidden_rules(metric: Metric, case: Case) -> Iterator[Verdict]:
    yield from _without_hidden_rows(metric.name, case)
    hidden, truths = case.evidence.hidden, case.context.hidden_labels
    assert hidden is not None
    assert hidden.x is not None
    assert truths is not None
    try:
        scores = figures.of_trained(case, hidden.x, truths)[metric.name]
    except (ReplayError, ValueError, RuntimeError) as error:
        yield unsure(metric.name, f"het netwerk rekent niet op de verborgen {case.problem.rows}: {error}")
        return
    yield from _threshold_rules(metric, scores[0], case, hidden.train_found)


def _undecided(criterion: str, reason: str, case: Case) -> Verdict:
    """Not judged where a named fault in the preparation explains it, else for a person."""
    failures = {name: verdict for name, verdict in case.verdicts.items() if verdict.status == "fail"}
    cause = first_cause(failures, *PREPARATION)
    return not_judged(criterion, cause) if cause else unsure(criterion, reason)


def _threshold_rules(metric: Metric, score: float, case: Case, train_found: bool) -> Iterator[Verdict]:
    limit, rows = case.context.thresholds[metric.name], case.problem.rows
    shown = number(score, _decimals(score, limit))
    if score < limit if metric.lower_is_better else score > limit:
        yield passed(metric.name, f"{shown} op de verborgen {rows}.", remark=_remark(metric, score, train_found, rows))
    if not train_found:
        found = f"{shown} op de verborgen {rows}, maar je trainingsdeel om ze te schalen is niet gevonden."
        yield _undecided(metric.name, found, case)
    yield failed(
        metric.name,
        "above_threshold" if metric.lower_is_better else "below_threshold",
        filed=metric.kind,
        of=figures.of_head(metric, case.problem),
        rows=rows,
        score=shown,
        limit=number(limit),
        gap=number(abs(score - limit), _decimals(score, limit)),
        cause=_cause(metric, case),
    )


def _cause(metric: Metric, case: Case) -> str:
    """Say what most likely explains a bad score: a fault that has its name, else the distance to the own test part."""
    causes = (*CAUSES, *(head.term for head in case.problem.heads), "weights", "learns")
    named = next((name for name in causes if name in case.verdicts and case.verdicts[name].status == "fail"), None)
    if named is not None:
        return f"De waarschijnlijkste oorzaak staat bij `{named}`: {case.verdicts[named].message}"
    loader = case.evidence.loaders.test if case.evidence.loaders else None
    own = figures.on_loader(case, loader) if isinstance(loader, Batches) else ""
    if isinstance(own, str):
        return NO_CAUSE
    return f"Geen ander onderdeel verklaart dat; op je eigen `test_data` is het {number(own[metric.name][0])}."


def _decimals(score: float, limit: float) -> int:
    """As many decimals as it takes to see on which side of the limit a score lies."""
    if not np.isfinite(score):
        return 2
    return next((decimals for decimals in (2, 3, 4) if round(score, decimals) != round(limit, decimals)), 5)


def _remark(metric: Metric, score: float, train_found: bool, rows: str) -> str:
    limit = metric.implausible
    if limit is not None and (score < limit if metric.lower_is_better else score > limit):
        return (
            f"Beter dan een eerlijk netwerk op deze {rows} kan: kijk na waar de gewichten en de kenmerken vandaan "
            "komen."
        )
    return "" if train_found else "Het trainingsdeel is niet gevonden; een nieuwe splitsing bepaalde de schaal."


def _used_rules(case: Case) -> Iterator[Verdict]:
    yield from _without_hidden_rows("modalities_used", case)
    hidden, truths = case.evidence.hidden, case.context.hidden_labels
    assert hidden is not None
    assert hidden.x is not None
    assert truths is not None
    if len(hidden.widths) != len(case.problem.inputs) or sum(hidden.widths) != hidden.x.shape[1]:
        yield _undecided("modalities_used", "de verborgen rijen hebben niet elke modaliteit.", case)
        return
    try:
        yield from inputs_used.rules(case, hidden.x, hidden.widths, truths)
    except (ReplayError, ValueError, RuntimeError) as error:
        yield unsure("modalities_used", f"het netwerk rekent niet op de verborgen {case.problem.rows}: {error}")


# ---------------------------------------- the student's own figures


def _reported_rules(case: Case, no_network: Verdict | None) -> Iterator[Verdict]:
    evidence = case.evidence.results
    if evidence is None:
        names = _listed([f"`{metric.name}`" for metric in case.problem.metrics])
        yield not_judged("reported", f"{names} zijn niet gelezen.")
        return
    for name, value in evidence.figures.items():
        if isinstance(value, Failure):
            fault = "missing" if value.kind == "missing" else "not_a_number"
            yield failed("reported", fault, name=name, found=value.detail)
    if no_network is not None:
        yield no_network.model_copy(update={"criterion": "reported"})
    yield from _compared(case, evidence)


def _listed(parts: Sequence[str], between: str = " en ") -> str:
    return between.join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def _compared(case: Case, evidence: ResultsEvidence) -> Iterator[Verdict]:
    loader = case.evidence.loaders.test if case.evidence.loaders else None
    if not isinstance(loader, Batches):
        yield not_judged("reported", "eerst moet `batches` in orde zijn.")
        return
    own = figures.on_loader(case, loader)
    if isinstance(own, str):
        yield unsure("reported", f"het netwerk rekent niet op `test_data`: {own}")
        return
    reported = _Reported(case.problem, evidence, own)
    mistakes = _Mistakes(case, reported, loader)
    yield from mistakes.found() if reported.off else mistakes.hidden()
    yield from reported.rules()


class _Reported:
    """The student's figures beside those that the judge computes on the student's own test part."""

    def __init__(self, problem: Problem, evidence: ResultsEvidence, own: Figures) -> None:
        self.metrics = [metric for metric in problem.metrics if metric.name in evidence.figures]
        self.training_layers = evidence.training_layers
        self.own = own
        self.percentages: list[str] = []
        self.values = {metric.name: self._value(metric, evidence.figures[metric.name]) for metric in self.metrics}
        # Written so that NaN disagrees.
        self.off = [metric for metric in self.metrics if not self.agrees(metric)]

    def _value(self, metric: Metric, value: float | Failure) -> float:
        assert isinstance(value, float)
        own = self.own[metric.name]
        if metric.kind in SHARES and _within(value / 100, own) and not _within(value, own):
            self.percentages.append(metric.name)
            return value / 100
        return value

    def agrees(self, metric: Metric) -> bool:
        """Whether a reported figure is the network's own, in one of the ways in which its output may be meant."""
        return _within(self.values[metric.name], self.own[metric.name])

    def share(self, metric: Metric) -> float:
        """Return a figure between 0 and 1 as such, however the student wrote it."""
        value = self.values[metric.name]
        return value / 100 if metric.kind in SHARES and value > 1 else value

    def rules(self) -> Iterator[Verdict]:
        """Yield the verdict when no known mistake explains what disagrees."""
        for metric in self.off:
            expected = self.own[metric.name][0]
            if metric.kind == "auc" and np.isnan(expected):
                yield unsure("reported", "op je `test_data` komt geen of maar één soort label voor, of NaN.")
            shown = {"found": number(self.values[metric.name], 3), "expected": number(expected, 3)}
            yield failed("reported", "disagrees", name=metric.name, **shown)
        names = _listed([f"`{name}`" for name in self.percentages])
        verb = "is een percentage" if len(self.percentages) == 1 else "zijn percentages"
        remark = f"{names} {verb}; gevraagd is een getal tussen 0 en 1." if names else ""
        yield passed("reported", "Je cijfers kloppen met wat de beoordeling zelf berekent.", remark=remark)


def _within(value: float, own: Sequence[float]) -> bool:
    return any(abs(value - one) <= TOLERANCE for one in own)


class _Mistakes:
    """Puts figures that disagree down to a known mistake, when they are just what that mistake gives."""

    def __init__(self, case: Case, reported: _Reported, test: Batches) -> None:
        assert isinstance(case.trained, Network)
        self.case, self.reported, self.test = case, reported, test
        self.outputs = [output[:, 0] for output in case.trained.outputs(test.x)]

    def found(self) -> Iterator[Verdict]:
        """Yield the first mistake that gives the figures."""
        shares = {metric.name: self.reported.share(metric) for metric in self.reported.metrics}
        yield from self._on_training_rows(shares)
        for metric in self.reported.off:
            yield from self._of_predictions(metric, shares[metric.name])
            yield from self._other_measures(metric, shares[metric.name])
        if len(self.reported.off) == 1:  # a share is soon that of something else by chance, when more is off
            yield from self._from_regression(self.reported.off[0], shares[self.reported.off[0].name])
        if self.reported.training_layers:
            yield failed(
                "reported",
                "training_mode",
                found=self._all(shares, " en "),
                expected=self._all(_first(self.reported.own), " en "),
                layers=", ".join(self.reported.training_layers),
            )

    def hidden(self) -> Iterator[Verdict]:
        """Yield the mistake that gives just what is within the tolerance, but not the network's own figure."""
        shares = {metric.name: self.reported.share(metric) for metric in self.reported.metrics}
        others = [one for one in self.reported.metrics if not self._is_own(one, shares[one.name])]
        if others and len(shares) > 1:  # one figure alone may be so by chance
            yield from self._on_training_rows(shares, THE_SAME)
        for metric in others:
            yield from self._of_predictions(metric, shares[metric.name], THE_SAME)
            yield from self._other_measures(metric, shares[metric.name], THE_SAME)

    def _is_own(self, metric: Metric, share: float) -> bool:
        return any(_near(share, one) for one in self.reported.own[metric.name])

    def _on_training_rows(self, shares: Mapping[str, float], tolerance: float = EXACT) -> Iterator[Verdict]:
        train = self.case.evidence.loaders.train if self.case.evidence.loaders else None
        of_train = figures.on_loader(self.case, train) if isinstance(train, Batches) else ""
        if not isinstance(of_train, str) and all(
            any(_near(share, one, tolerance) for one in of_train[name]) for name, share in shares.items()
        ):
            found, expected = self._all(shares, ", "), self._all(_first(self.reported.own), " en ")
            yield failed("reported", "on_training_rows", found=found, expected=expected)

    def _all(self, values: Mapping[str, float], between: str) -> str:
        return _listed(
            [f"{called(metric)} {number(values[metric.name], 3)}" for metric in self.reported.metrics], between
        )

    def _shown(self, metric: Metric, share: float) -> dict[str, str]:
        expected = number(self.reported.own[metric.name][0], 3)
        return {"name": metric.name, "found": number(share, 3), "expected": expected}

    def _labels(self, metric: Metric) -> Array:
        return np.asarray(self.test.labels[self.case.problem.place(metric.head)], dtype=np.float64)

    def _from_regression(self, metric: Metric, share: float) -> Iterator[Verdict]:
        """The share of rows that a regression head puts on the right side, by how it is cut."""
        problem = self.case.problem
        head = problem.heads[problem.place(metric.head)]
        other = figures.regression_of(head, problem)
        if metric.kind != "accuracy" or other is None or head.at_least is None:
            return
        output, label = self.outputs[problem.place(other.name)], self._labels(metric) > 0.5
        levels = len(other.values) > 2
        cuts = {
            **({"af te ronden": np.rint(output) >= head.at_least} if levels else {}),
            f"met {plain(head.at_least)} te vergelijken": output >= head.at_least,
        }
        names = {"regression": other.name, "head": head.name}
        for how, cut in cuts.items():
            if _near(share, float((cut == label).mean())):
                yield failed("reported", "from_regression", how=how, **names, **self._shown(metric, share))

    def _of_predictions(self, metric: Metric, share: float, tolerance: float = EXACT) -> Iterator[Verdict]:
        if metric.kind != "auc":
            return
        place, label = self.case.problem.place(metric.head), self._labels(metric)
        output = self.outputs[place]
        for cut in figures.cuts_of(self.case, place, output):
            if _near(share, figures.auc((output > cut).astype(np.float64), label), tolerance):
                rows = self.case.problem.rows
                yield failed("reported", "hard_predictions", rows=rows, **self._shown(metric, share))
        if _near(share, 1 - figures.auc(output, label)):
            yield failed("reported", "inverted", **self._shown(metric, share))

    def _other_measures(self, metric: Metric, value: float, tolerance: float = EXACT) -> Iterator[Verdict]:
        if metric.kind != "mae":
            return
        output = self.outputs[self.case.problem.place(metric.head)]
        squared = float(np.mean((output - self._labels(metric)) ** 2))
        for what, one in {"de MSE": squared, "de wortel van de MSE (RMSE)": squared**0.5}.items():
            if _near(value, one, tolerance):
                yield failed("reported", "other_measure", what=what, **self._shown(metric, value))


def _first(found: Figures) -> dict[str, float]:
    return {name: values[0] for name, values in found.items()}


def _near(found: float, value: float, tolerance: float = EXACT) -> bool:
    return abs(found - value) <= tolerance
