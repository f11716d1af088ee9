"""Topic `results`: the network's scores on wines that the student never had, and the student's own figures."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.data import GOOD_FROM
from autograder.dutch import number
from autograder.evidence.records import Batches, Failure, ResultsEvidence
from autograder.exceptions import ReplayError
from autograder.judge.case import Case
from autograder.judge.replay import Network
from autograder.judge.training import is_logit
from autograder.judge.verdicts import Verdict, failed, first_cause, not_judged, passed, unsure

CRITERIA = ("mae", "accuracy", "reported")

TOLERANCE = 0.03
"""How far a reported figure may be off; a mean of batch means is within it."""

IMPLAUSIBLE = {"mae": 0.36, "accuracy": 0.88}
"""Better than this no honest network does on hidden wines; a random forest reaches 0.41 and 0.81."""

PREPARATION = ("split", "labels", "batches")
"""Criteria whose failure leaves no hidden wines to predict."""

CAUSES = (
    *("labels", "normalisation", "batches", "outputs", "shared_trunk", "non_linear"),
    *("regression_term", "classification_term", "weights", "learns"),
)
"""Criteria whose failure may explain a bad score, in the order in which a student meets them."""

Array = npt.NDArray[Any]


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA`."""
    no_network = next(_without_network(case), None)
    for criterion in ("mae", "accuracy"):
        case.add(_for(criterion, no_network) or next(_hidden_rules(criterion, case)))
    case.add(next(_reported_rules(case, no_network)))


def _for(criterion: str, verdict: Verdict | None) -> Verdict | None:
    return verdict.model_copy(update={"criterion": criterion}) if verdict else None


def _without_network(case: Case) -> Iterator[Verdict]:
    trained = case.trained
    if trained is None and case.unrecorded is not None:
        yield unsure("mae", case.unrecorded)
    if trained is None:
        yield not_judged("mae", "er kwam geen getraind netwerk uit de notebook.")
    elif isinstance(trained, ReplayError):
        yield unsure("mae", str(trained))
    elif len(trained.output_refs) != 2 or any(value.shape[1] != 1 for value in trained.outputs(trained.recording.x)):
        yield not_judged("mae", "eerst moet `outputs` in orde zijn.")


def _scores(case: Case, x: Array, quality: Array, good: Array) -> list[dict[str, float]]:
    """Return the trained network's figures, one set for each way in which its output `good` may be meant.

    There are two ways when the loss does not tell logits from probabilities, or takes the one for the other: that
    fault is named already.
    Raises ReplayError, ValueError or RuntimeError when X does not fit the network.
    """
    assert isinstance(case.trained, Network)
    outputs = case.trained.outputs(x)
    mae = float(np.abs(outputs[0][:, 0] - quality).mean())
    predicted = [outputs[1][:, 0] > (0.0 if logit else 0.5) for logit in _readings(case, outputs[1])]
    return [{"mae": mae, "accuracy": float((one == (np.asarray(good) > 0.5)).mean())} for one in predicted]


def _readings(case: Case, good: Array) -> tuple[bool, ...]:
    assert isinstance(case.trained, Network)
    term = case.verdicts.get("classification_term")
    mixed_up = term is not None and term.fault in ("double_sigmoid", "bce_on_logits")
    if case.logit is not None and not mixed_up:
        return (case.logit,)
    # Outside 0 to 1 it cannot be a probability; inside, it may still be a logit.
    return (True,) if is_logit(good, case.trained.recording.outputs[1].value) else (False, True)


# ---------------------------------------- hidden wines


def _hidden_rules(criterion: str, case: Case) -> Iterator[Verdict]:
    hidden, truth = case.evidence.hidden, case.context.hidden_quality
    if hidden is None or truth is None:
        yield not_judged(criterion, "de verborgen wijnen zijn niet voorspeld.")
        return
    failure = hidden.failure
    if failure is not None and failure.kind == "unsupported":
        yield _undecided(criterion, f"`prepare` kon de verborgen wijnen niet omzetten: {failure.detail}", case)
    if failure is not None:
        found = (
            "`prepare` bestaat niet" if failure.kind == "missing" else f"een fout op nieuwe wijnen ({failure.detail})"
        )
        yield not_judged(criterion, f"`{failure.name}` is niet te gebruiken: {found}.")
    if hidden.x is None or len(hidden.x) != len(truth):
        yield _undecided(criterion, "er kwam niet één rij per verborgen wijn terug.", case)
        return
    try:
        scores = [one[criterion] for one in _scores(case, hidden.x, truth, truth >= GOOD_FROM)]
    except (ReplayError, ValueError, RuntimeError) as error:
        yield unsure(criterion, f"het netwerk rekent niet op de verborgen wijnen: {error}")
        return
    # Read as logits, numbers between 0 and 1 would call every wine good: the first reading is the sensible one.
    yield from _threshold_rules(criterion, scores[0], case, hidden.train_found)


def _undecided(criterion: str, reason: str, case: Case) -> Verdict:
    """Not judged where a named fault in the preparation explains it, else for a person."""
    failures = {name: verdict for name, verdict in case.verdicts.items() if verdict.status == "fail"}
    cause = first_cause(failures, *PREPARATION)
    return not_judged(criterion, cause) if cause else unsure(criterion, reason)


def _threshold_rules(criterion: str, score: float, case: Case, train_found: bool) -> Iterator[Verdict]:
    limit = case.context.thresholds[criterion]
    lower_is_better = criterion == "mae"
    met = score < limit if lower_is_better else score > limit
    shown = number(score, _decimals(score, limit))
    if met:
        yield passed(criterion, f"{shown} op de verborgen wijnen.", remark=_remark(criterion, score, train_found))
    if not train_found:
        found = f"{shown} op de verborgen wijnen, maar je trainingsdeel om ze te schalen is niet gevonden."
        yield _undecided(criterion, found, case)
    fault = "above_threshold" if lower_is_better else "below_threshold"
    verdict = failed(
        criterion, fault, score=shown, limit=number(limit), gap=number(abs(score - limit), _decimals(score, limit))
    )
    cause = first_cause({name: v for name, v in case.verdicts.items() if v.status == "fail"}, *CAUSES)
    yield verdict.model_copy(update={"remark": f"Waarschijnlijke oorzaak: {cause}" if cause else ""})


def _decimals(score: float, limit: float) -> int:
    """As many decimals as it takes to see on which side of the limit a score lies."""
    if not np.isfinite(score):
        return 2
    return next((decimals for decimals in (2, 3, 4) if round(score, decimals) != round(limit, decimals)), 5)


def _remark(criterion: str, score: float, train_found: bool) -> str:
    limit = IMPLAUSIBLE[criterion]
    if score < limit if criterion == "mae" else score > limit:
        return (
            "Beter dan een eerlijk netwerk op deze wijnen kan: kijk na waar de gewichten en de kenmerken vandaan komen."
        )
    return "" if train_found else "Het trainingsdeel is niet gevonden; een nieuwe splitsing bepaalde de schaal."


# ---------------------------------------- the student's own figures


def _reported_rules(case: Case, no_network: Verdict | None) -> Iterator[Verdict]:
    evidence = case.evidence.results
    if evidence is None:
        yield not_judged("reported", "`mae` en `accuracy` zijn niet gelezen.")
        return
    figures = (("mae", evidence.mae), ("accuracy", evidence.accuracy))
    for name, value in figures:
        if isinstance(value, Failure):
            fault = "missing" if value.kind == "missing" else "not_a_number"
            yield failed("reported", fault, name=name, found=value.detail)
    if no_network is not None:
        yield no_network.model_copy(update={"criterion": "reported"})
    yield from _compared(case, evidence)


def _compared(case: Case, evidence: ResultsEvidence) -> Iterator[Verdict]:
    loader = case.evidence.loaders.test if case.evidence.loaders else None
    if not isinstance(loader, Batches):
        yield not_judged("reported", "eerst moet `batches` in orde zijn.")
        return
    try:
        own = _scores(case, loader.x, np.asarray(loader.quality, dtype=np.float64), loader.good)
    except (ReplayError, ValueError, RuntimeError) as error:
        yield unsure("reported", f"het netwerk rekent niet op `test_data`: {error}")
        return
    yield min((_comparison(evidence, one) for one in own), key=lambda verdict: verdict.status != "pass")


def _comparison(evidence: ResultsEvidence, own: dict[str, float]) -> Verdict:
    assert isinstance(evidence.mae, float)
    assert isinstance(evidence.accuracy, float)
    percentage = abs(evidence.accuracy / 100 - own["accuracy"]) <= TOLERANCE < abs(evidence.accuracy - own["accuracy"])
    accuracy = evidence.accuracy / 100 if percentage else evidence.accuracy
    for name, value in (("mae", evidence.mae), ("accuracy", accuracy)):
        # Written so that NaN disagrees.
        if not abs(value - own[name]) <= TOLERANCE:
            return failed("reported", "disagrees", name=name, found=number(value, 3), expected=number(own[name], 3))
    remark = "`accuracy` is een percentage; gevraagd is een getal tussen 0 en 1." if percentage else ""
    return passed("reported", "Je cijfers kloppen met wat de beoordeling zelf berekent.", remark=remark)
