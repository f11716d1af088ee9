"""Topic `loss`: a weighted sum of a mean squared error on quality and a binary cross-entropy on good."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.dutch import number
from autograder.evidence.records import Failure, LossEvidence, ModelEvidence, Recording, StepEvidence
from autograder.exceptions import ReplayError
from autograder.judge.case import Case
from autograder.judge.loss_forms import GOOD, QUALITY, THRESHOLD, Measure, Soft, Values
from autograder.judge.loss_formula import OUTPUTS, describe, formula
from autograder.judge.loss_samples import Observed, from_steps, from_values
from autograder.judge.loss_terms import Analysis, Finding, Term, is_weighted, steady_signs, threshold_of
from autograder.judge.replay import Network, load
from autograder.judge.structure import Structure
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

CRITERIA = ("regression_term", "classification_term", "weights")

LEARNED = 0.9
"""Part of a constant prediction's loss below which a network has learned something from its labels."""

USUAL_BATCH = 32

FIRST = "eerst moet `{}` in orde zijn."


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA`."""
    case.add(*(_keras(case) if case.evidence.framework == "keras" else _pytorch(case)))


def _none_judged(cause: str) -> tuple[Verdict, ...]:
    return tuple(not_judged(criterion, cause) for criterion in CRITERIA)


def _all_unsure(reason: str) -> tuple[Verdict, ...]:
    return tuple(unsure(criterion, reason) for criterion in CRITERIA)


def _no_loss(first: Verdict) -> tuple[Verdict, ...]:
    return (first, *(not_judged(criterion, FIRST.format("regression_term")) for criterion in CRITERIA[1:]))


def _pytorch(case: Case) -> tuple[Verdict, ...]:
    evidence, challenge = case.evidence.loss, case.context.loss
    if evidence is None or challenge is None:
        return _none_judged("er kwam geen loss uit de notebook.")
    facts = Facts(case)
    if evidence.failure is not None:
        return _unusable(evidence.failure, facts)
    if evidence.refused and facts.trained is False:
        # A loop may well cast or reshape its labels first, but not one that never took a step.
        return _unusable(Failure(kind="raised", name="multitask_loss", detail=evidence.refused), facts)
    observed = _clearest(evidence, facts)
    if observed is None and facts.outputs_swapped:
        return _none_judged(FIRST.format("outputs"))
    if observed is None:
        return _all_unsure("`multitask_loss` gaf op te weinig batches een eindig getal.")
    return _verdicts(observed, facts)


def _unusable(failure: Failure, facts: "Facts") -> tuple[Verdict, ...]:
    if facts.outputs_swapped and failure.name in ("batch", "multitask_loss") and failure.kind != "missing":
        return _none_judged(FIRST.format("outputs"))
    if failure.name == "batch":
        return _all_unsure(f"`multitask_loss` werkt op je eigen batch, maar niet op andere: {failure.detail}")
    if failure.name != "multitask_loss":
        return _none_judged(f"met `{failure.name}` kan de loss niet uitgerekend worden.")
    if failure.kind == "missing":
        found = "de naam `multitask_loss` bestaat niet na de cel `loss`"
        return _no_loss(failed("regression_term", "missing", found=found))
    if failure.kind == "raised":
        return _no_loss(failed("regression_term", "raised", what="`multitask_loss`", error=failure.detail))
    return _no_loss(failed("regression_term", "not_scalar", found=failure.detail))


def _clearest(evidence: LossEvidence, facts: "Facts") -> Observed | None:
    """The set of probes that is like the model's own outputs, unless only the other one can be read."""
    challenge = facts.case.context.loss
    assert challenge is not None
    usable: list[Observed] = []
    for probabilities in (True, False) if facts.bounded else (False, True):
        observed = from_values(evidence, challenge, probabilities=probabilities)
        if observed is not None and _is_clear(observed.analysis):
            return observed
        usable += [observed] if observed is not None else []
    return usable[0] if usable else None


def _is_clear(analysis: Analysis) -> bool:
    states = (analysis.quality.state, analysis.good.state)
    return "unknown" not in states and analysis.link != "contradiction"


def _keras(case: Case) -> tuple[Verdict, ...]:
    evidence = case.evidence.step
    if evidence is None:
        return _none_judged("er kwam geen trainingsstap uit de notebook.")
    facts = Facts(case)
    if evidence.failure is not None:
        return _no_step(evidence.failure, facts)
    try:
        observed = from_steps(evidence, _replayed(evidence))
    except ReplayError as error:
        return _all_unsure(str(error))
    return _verdicts(observed, facts)


def _no_step(failure: Failure, facts: "Facts") -> tuple[Verdict, ...]:
    if failure.kind == "unrecorded" and facts.case.unrecorded is not None:
        return _all_unsure(facts.case.unrecorded)
    if failure.name != "loss":
        return _none_judged(f"met `{failure.name}` kan geen trainingsstap gezet worden.")
    if facts.trained is not False:
        return _all_unsure(f"er is geen trainingsstap van `model` die de beoordelaar kan herhalen: {failure.detail}")
    if failure.kind == "missing":
        return _no_loss(failed("regression_term", "missing", found="`model` is niet gecompileerd en is niet getraind"))
    if failure.kind == "raised":
        what = "Een trainingsstap van je gecompileerde `model`"
        return _no_loss(failed("regression_term", "raised", what=what, error=failure.detail))
    return _all_unsure(failure.detail)


def _replayed(evidence: StepEvidence) -> Network:
    if evidence.recording is None:
        raise ReplayError("bij de trainingsstappen hoort geen netwerk.")
    network = load(evidence.recording)
    for output, value in zip(evidence.recording.outputs, network.run(evidence.recording.x), strict=True):
        if not np.allclose(value, output.value, rtol=1e-3, atol=1e-4):
            raise ReplayError("het netwerk van de trainingsstappen geeft hier andere uitvoeren.")
    return network


@dataclass
class Facts:
    """What the loss topic needs to know of the rest of the notebook."""

    case: Case

    @cached_property
    def structure(self) -> Structure | None:
        """The network's structure, None when it could not be measured."""
        structure = self.case.structure
        return structure if isinstance(structure, Structure) else None

    @cached_property
    def recorded_good(self) -> Values | None:
        """The outputs `good` of the network before training, None when there are not two."""
        recording = _recording(self.case.evidence.architecture)
        if recording is None or len(recording.outputs) != 2:
            return None
        return np.asarray(recording.outputs[GOOD].value, dtype=np.float64).reshape(-1)

    @cached_property
    def bounded(self) -> bool | None:
        """Whether the output `good` always lies between 0 and 1; None when that is not known."""
        if self.structure is not None:
            return self._between(GOOD)
        if self.recorded_good is None or not _is_probability(self.recorded_good):
            return None if self.recorded_good is None else False
        return None

    @cached_property
    def farthest(self) -> float:
        """A value of the output `good` that no probability can have, the student's own if there is one."""
        values = [] if self.recorded_good is None else list(self.recorded_good)
        if self.structure is not None and _is_probability(np.array(values)):
            values = [self.structure.low[GOOD], self.structure.high[GOOD]]
        return float(max(values, key=lambda value: abs(value - 0.5), default=np.nan))

    @cached_property
    def bounded_in_training(self) -> bool:
        """Whether it does so in training mode too, as far as was seen."""
        evidence = self.case.evidence.loss
        seen = evidence.good_in_training if evidence is not None else None
        return seen is None or _is_probability(np.asarray(seen, dtype=np.float64))

    @cached_property
    def outputs_swapped(self) -> bool:
        """Whether the first output is a probability and the second is not: a fault of the network."""
        return self.structure is not None and self._between(QUALITY) and not self._between(GOOD)

    def _between(self, head: int) -> bool:
        assert self.structure is not None
        return _is_probability(np.array([self.structure.low[head], self.structure.high[head]]))

    @cached_property
    def trained(self) -> bool | None:
        """Whether the weights after the cell `train` are other ones than before; None when that is not known."""
        training = self.case.evidence.training
        before = _recording(self.case.evidence.architecture)
        after = _recording(training.model if training else None)
        if before is None or after is None:
            return None
        old = {p.name: p.value for p in before.parameters}
        return any(p.name not in old or not np.array_equal(old[p.name], p.value) for p in after.parameters)

    @cached_property
    def batch(self) -> int:
        """Rows in the student's first training batch."""
        loaders = self.case.evidence.loaders
        if loaders is None or isinstance(loaders.train, Failure) or not loaders.train.sizes:
            return USUAL_BATCH
        return max(loaders.train.sizes[0], 1)

    def learned(self, head: int, measure: Measure) -> bool:
        """Whether the trained network does better on the training rows than any constant prediction."""
        loaders, network = self.case.evidence.loaders, self.case.trained
        if loaders is None or isinstance(loaders.train, Failure) or not isinstance(network, Network):
            return False
        labels = np.asarray((loaders.train.quality, loaders.train.good)[head], dtype=np.float64)
        try:
            outputs = network.outputs(loaders.train.x)[head][:, 0]
        except (ReplayError, ValueError, IndexError):
            return False
        if outputs.shape != labels.shape:
            return False
        constant = float(labels.var()) if head == QUALITY else _entropy(float(labels.mean()))
        return bool(np.mean(measure.value(outputs, labels)) < LEARNED * constant)


def _entropy(share: float) -> float:
    return float(-sum(p * np.log(p) for p in (share, 1 - share) if p > 0))


def _recording(evidence: ModelEvidence | None) -> Recording | None:
    return evidence.recording if evidence is not None else None


def _is_probability(values: Values) -> bool:
    return bool(np.all(np.isfinite(values) & (values >= -1e-6) & (values <= 1 + 1e-6)))


def _verdicts(observed: Observed, facts: Facts) -> tuple[Verdict, ...]:
    analysis = observed.analysis
    facts.case.logit = _reads_logit(analysis.good)
    verdicts = (next(_regression(analysis, facts)), next(_classification(analysis, facts)), next(_weights(analysis)))
    if facts.outputs_swapped and any(verdict.status != "pass" for verdict in verdicts):
        # Which label was meant for which output cannot be told any more: one mistake, one accusation.
        return _none_judged(FIRST.format("outputs"))
    return verdicts


def _reads_logit(finding: Finding) -> bool | None:
    reading = finding.term.form.measure.reading if finding.term is not None else "raw"
    return None if reading == "raw" else reading != "probability"


def _is_other(finding: Finding) -> bool:
    return finding.term is not None and finding.term.form.target.name == "other"


def _regression(analysis: Analysis, facts: Facts) -> Iterator[Verdict]:
    """The rules for the regression term; the first one that speaks decides."""
    criterion, finding = "regression_term", analysis.quality
    yield from _absent(criterion, analysis, QUALITY, facts)
    term, text = finding.term, formula(analysis)
    assert term is not None
    measure, target = term.form.measure, term.form.target
    if target.name == "other":
        if _is_other(analysis.good):
            yield failed(criterion, "swapped", formula=text)
        yield failed(criterion, "wrong_target", target="het label `good`", formula=text)
    if target.name in ("mixed", "constant"):
        yield from _mixed(term, text)
    if measure.name in ("mae", "rmse"):
        yield failed(criterion, measure.name, formula=text)
    if measure.name in ("huber", "log_cosh"):
        yield failed(criterion, "huber", which=measure.label, formula=text)
    if measure.name == "bce":
        yield failed(criterion, "cross_entropy", formula=text)
    yield from _over_rows(criterion, term, QUALITY, facts, text)
    if is_weighted(term) and not steady_signs(term):
        yield unsure(criterion, f"niet alle wijnen tellen met hetzelfde teken mee (jouw loss ≈ {text}).")
    yield passed(criterion, f"De MSE op de kwaliteit; jouw loss ≈ {text}.")


def _classification(analysis: Analysis, facts: Facts) -> Iterator[Verdict]:
    """The rules for the classification term; the first one that speaks decides."""
    criterion, finding = "classification_term", analysis.good
    yield from _absent(criterion, analysis, GOOD, facts)
    term, text = finding.term, formula(analysis)
    assert term is not None
    yield from _good_target(term, analysis, text)
    if term.form.measure.name == "brier":
        yield failed(criterion, "squared_error", formula=text)
    yield from _sigmoids(term, facts)
    yield from _over_rows(criterion, term, GOOD, facts, text)
    yield passed(criterion, f"De BCE op goed of slecht; jouw loss ≈ {text}.")


def _absent(criterion: str, analysis: Analysis, head: int, facts: Facts) -> Iterator[Verdict]:
    finding, output, text = (analysis.quality, analysis.good)[head], OUTPUTS[head], formula(analysis)
    if finding.state == "missing":
        found = f"je loss hangt niet af van de uitvoer `{output}`"
        yield failed(criterion, "missing", found=f"{found} (jouw loss ≈ {text})" if text else found)
    if finding.state == "detached":
        yield failed(criterion, "detached", formula=text)
    if finding.state == "zero":
        yield not_judged(criterion, f"deze term heeft gewicht nul (jouw loss ≈ {text}).")
    if finding.state == "unknown" and facts.structure is not None and facts.structure.constant[head]:
        yield not_judged(criterion, FIRST.format("outputs"))
    if finding.state == "unknown":
        yield unsure(criterion, f"wat je loss met de uitvoer `{output}` doet, is niet herkend.")
    if analysis.link == "contradiction":
        yield unsure(criterion, "de waarde en de gradiënt van je loss spreken elkaar tegen.")


def _mixed(term: Term, text: str) -> Iterator[Verdict]:
    """A squared error against something that is computed from the labels.

    A target close to the score may come from a regulariser on the output, which is allowed: that is for a person.
    """
    target = term.form.target
    quality, good, constant = target.mixture
    near = 0.8 < quality < 1.25 and abs(good) < 0.5 and abs(constant) < 0.5
    if near or not np.isfinite([quality, good, constant]).all():
        yield unsure("regression_term", f"je loss vergelijkt met {describe(target)}, dat is bijna de score.")
    yield failed("regression_term", "wrong_target", target=describe(target), formula=text)


def _good_target(term: Term, analysis: Analysis, text: str) -> Iterator[Verdict]:
    criterion, target = "classification_term", term.form.target
    if target.name == "other":
        if _is_other(analysis.quality):
            yield failed(criterion, "swapped", formula=text)
        yield failed(criterion, "wrong_target", target="het label `quality`", formula=text)
    if target.name == "inverted":
        yield failed(criterion, "wrong_target", target="het omgekeerde, `1 - good`", formula=text)
    if isinstance(term.form, Soft):
        yield from _soft_target(term, text)
    if target.name == "threshold" and target.level != THRESHOLD:
        yield failed(criterion, "wrong_threshold", level=target.level, formula=text)


def _soft_target(term: Term, text: str) -> Iterator[Verdict]:
    """Weights and smoothed labels by class, or labels made from the score."""
    criterion, targets = "classification_term", term.soft_targets()
    if not steady_signs(term) or not np.all((targets > -0.01) & (targets < 1.01)):
        yield unsure(criterion, f"niet alle wijnen tellen als een kruisentropie mee (jouw loss ≈ {text}).")
    if term.form.target.name == "classes" and targets[1] < targets[0]:
        yield failed(criterion, "wrong_target", target="het omgekeerde, `1 - good`", formula=text)
    if term.form.target.name == "levels":
        level = threshold_of(term)
        if level is None:
            yield unsure(criterion, f"het label waarmee de BCE vergelijkt, is niet herkend (jouw loss ≈ {text}).")
        elif level != THRESHOLD:
            yield failed(criterion, "wrong_threshold", level=level, formula=text)


def _sigmoids(term: Term, facts: Facts) -> Iterator[Verdict]:
    criterion, reading = "classification_term", term.form.measure.reading
    if reading == "twice":
        yield failed(criterion, "double_sigmoid", where="twee keer in de loss")
    if reading == "logit" and facts.bounded and facts.bounded_in_training:
        yield failed(criterion, "double_sigmoid", where="een keer in het model en een keer in de loss")
    if reading == "logit" and facts.bounded is None:
        yield unsure(criterion, "niet vast te stellen of de uitvoer `good` een logit of een kans is.")
    if reading == "probability" and facts.bounded is False:
        yield failed(criterion, "bce_on_logits", value=number(facts.farthest))


def _over_rows(criterion: str, term: Term, head: int, facts: Facts, text: str) -> Iterator[Verdict]:
    if term.form.pairwise:
        if facts.learned(head, term.form.measure):
            yield unsure(
                criterion,
                "met de labels zoals `train_data` ze geeft, vergelijkt je loss elke uitvoer met elk label, maar je "
                "netwerk leerde toch.",
            )
        yield failed(criterion, "broadcasting", formula=text)
    if term.summed:
        if abs(term.weight) * facts.batch <= 2:
            yield unsure(criterion, f"de som over de batch wordt door een vast getal gedeeld (jouw loss ≈ {text}).")
        yield failed(criterion, "sum", formula=text)


def _weights(analysis: Analysis) -> Iterator[Verdict]:
    """The rules for the weights; the first one that speaks decides."""
    criterion, text = "weights", formula(analysis)
    findings = (analysis.quality, analysis.good)
    for name, finding in zip(CRITERIA, findings, strict=False):
        if finding.state in ("missing", "detached"):
            yield not_judged(criterion, FIRST.format(name))
    if any(finding.state == "unknown" for finding in findings) or analysis.link == "contradiction":
        yield unsure(criterion, "niet alle termen van je loss zijn herkend.")
    if any(finding.state == "zero" for finding in findings):
        yield failed(criterion, "zero", formula=text)
    if analysis.link == "product":
        yield failed(criterion, "product", formula=text)
    if analysis.link in ("maximum", "minimum"):
        which = "grootste" if analysis.link == "maximum" else "kleinste"
        yield failed(criterion, "maximum", which=which, formula=text)
    if analysis.link == "varying":
        yield unsure(criterion, "de gewichten zijn niet in elke batch dezelfde.")
    terms = [finding.term for finding in findings if finding.term is not None]
    if not all(steady_signs(term) for term in terms):
        yield unsure(criterion, f"niet alle wijnen tellen met hetzelfde teken mee (jouw loss ≈ {text}).")
    if any(term.weight < 0 for term in terms):
        yield failed(criterion, "negative", formula=text)
    yield passed(criterion, f"Een som met gewichten groter dan nul: jouw loss ≈ {text}.")
