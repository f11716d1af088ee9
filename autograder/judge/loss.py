"""Topic `loss`: a weighted sum of a term for each head, a mean squared error or a binary cross-entropy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from autograder.dutch import number, plain
from autograder.evidence.problem import Head, Problem
from autograder.evidence.records import Failure, LossEvidence, ModelEvidence, Recording, StepEvidence
from autograder.exceptions import ReplayError
from autograder.judge.case import Case
from autograder.judge.loss_challenge import has_levels, span
from autograder.judge.loss_forms import Measure, Plain, Soft, Values
from autograder.judge.loss_formula import describe, formula
from autograder.judge.loss_samples import Observed, from_steps, from_values
from autograder.judge.loss_terms import Analysis, Finding, Term, is_weighted, steady_signs, threshold_of
from autograder.judge.replay import Network, load
from autograder.judge.structure import Structure
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

WEIGHTS = "weights"
"""The criterion of the weights, where there are several terms."""

FILED = {"regression": "regression_term", "binary": "classification_term"}
"""Under which criterion the catalogue has the faults of a term, by kind of head."""

LEARNED = 0.9
"""Part of a constant prediction's loss below which a network has learned something from its labels."""

USUAL_BATCH = 32

FIRST = "eerst moet `{}` in orde zijn."


def criteria(problem: Problem) -> tuple[str, ...]:
    """Return what this topic judges: the term of each head, and their weights where there are several."""
    terms = tuple(dict.fromkeys(head.term for head in problem.heads))
    return (*terms, WEIGHTS) if len(problem.heads) > 1 else terms


def judge(case: Case) -> None:
    """Add the verdicts on `criteria`."""
    facts = Facts(case)
    case.add(*(_keras(facts) if case.evidence.framework == "keras" else _pytorch(facts)))


def _none_judged(facts: "Facts", cause: str) -> tuple[Verdict, ...]:
    return tuple(not_judged(criterion, cause) for criterion in criteria(facts.problem))


def _all_unsure(facts: "Facts", reason: str) -> tuple[Verdict, ...]:
    return tuple(unsure(criterion, reason) for criterion in criteria(facts.problem))


def _no_loss(facts: "Facts", fault: str, **numbers: object) -> tuple[Verdict, ...]:
    """One accusation, of the first term, when there is no loss at all."""
    first, *others = criteria(facts.problem)
    # How a loss can be missing is said for each kind of term; the other faults are filed once.
    filed = FILED[facts.heads[0].kind] if fault == "missing" else FILED["regression"]
    verdict = failed(first, fault, filed=filed, **facts.words(0), **numbers)
    return (verdict, *(not_judged(criterion, FIRST.format(first)) for criterion in others))


def _pytorch(facts: "Facts") -> tuple[Verdict, ...]:
    evidence, challenge, name = facts.case.evidence.loss, facts.case.context.loss, facts.problem.loss
    if evidence is None or challenge is None:
        return _none_judged(facts, "er kwam geen loss uit de notebook.")
    if evidence.failure is not None:
        return _unusable(evidence.failure, facts)
    if evidence.refused and facts.trained is False:
        # A loop may well cast or reshape its labels first, but not one that never took a step.
        return _unusable(Failure(kind="raised", name=name, detail=evidence.refused), facts)
    observed = _clearest(evidence, facts)
    if observed is None and facts.outputs_swapped:
        return _none_judged(facts, FIRST.format("outputs"))
    if observed is None:
        return _all_unsure(facts, f"`{name}` gaf op te weinig batches een eindig getal.")
    return _verdicts(observed, facts)


def _unusable(failure: Failure, facts: "Facts") -> tuple[Verdict, ...]:
    name = facts.problem.loss
    if facts.outputs_swapped and failure.name in ("batch", name) and failure.kind != "missing":
        return _none_judged(facts, FIRST.format("outputs"))
    if failure.name == "batch":
        return _all_unsure(facts, f"`{name}` werkt op je eigen batch, maar niet op andere: {failure.detail}")
    if failure.name != name:
        return _none_judged(facts, f"met `{failure.name}` kan de loss niet uitgerekend worden.")
    if failure.kind == "missing":
        return _no_loss(facts, "missing", found=f"de naam `{name}` bestaat niet na de cel `loss`")
    if failure.kind == "raised":
        return _no_loss(facts, "raised", what=f"`{name}`", error=failure.detail)
    return _no_loss(facts, "not_scalar", found=failure.detail)


def _clearest(evidence: LossEvidence, facts: "Facts") -> Observed | None:
    """The set of probes that is like the model's own outputs, unless only the other one can be read."""
    challenge = facts.case.context.loss
    assert challenge is not None
    binaries = [place for place, head in enumerate(facts.heads) if head.kind == "binary"]
    bounded = [facts.bounded(place) is True for place in binaries]
    usable: list[Observed] = []
    for probabilities in (True, False) if any(bounded) else (False, True):
        observed = from_values(evidence, challenge, facts.heads, probabilities=probabilities)
        if observed is not None and _is_clear(observed.analysis) and len(set(bounded)) < 2:
            return observed
        usable += [observed] if observed is not None else []
    if len(set(bounded)) < 2 or len(usable) < 2:
        return next((one for one in usable if _is_clear(one.analysis)), usable[0] if usable else None)
    return _each_on_its_own(usable[0], usable[1], facts)


def _each_on_its_own(probabilities: Observed, logits: Observed, facts: "Facts") -> Observed:
    """Of each head what was seen on outputs like the model's own, where that is clear."""
    pairs = zip(probabilities.analysis.findings, logits.analysis.findings, strict=True)
    order = [pair if facts.bounded(place) else pair[::-1] for place, pair in enumerate(pairs)]
    findings = tuple(next((one for one in pair if not _is_guessed(one)), pair[0]) for pair in order)
    whole = next((one for one in (probabilities, logits) if _is_clear(one.analysis)), probabilities)
    return replace(whole, analysis=replace(whole.analysis, findings=findings))


def _is_clear(analysis: Analysis) -> bool:
    return not any(map(_is_guessed, analysis.findings)) and analysis.link != "contradiction"


def _is_guessed(finding: Finding) -> bool:
    return finding.state == "unknown" or (finding.state == "detached" and finding.term is None)


def _keras(facts: "Facts") -> tuple[Verdict, ...]:
    evidence = facts.case.evidence.step
    if evidence is None:
        return _none_judged(facts, "er kwam geen trainingsstap uit de notebook.")
    if evidence.failure is not None:
        return _no_step(evidence.failure, facts)
    try:
        observed = from_steps(evidence, _replayed(evidence), facts.heads)
    except ReplayError as error:
        return _all_unsure(facts, str(error))
    return _verdicts(observed, facts)


def _no_step(failure: Failure, facts: "Facts") -> tuple[Verdict, ...]:
    if failure.kind == "unrecorded" and facts.case.unrecorded is not None:
        return _all_unsure(facts, facts.case.unrecorded)
    if failure.name != "loss":
        return _none_judged(facts, f"met `{failure.name}` kan geen trainingsstap gezet worden.")
    if facts.trained is not False:
        reason = f"er is geen trainingsstap van `model` die de beoordelaar kan herhalen: {failure.detail}"
        return _all_unsure(facts, reason)
    if failure.kind == "missing":
        return _no_loss(facts, "missing", found="`model` is niet gecompileerd en is niet getraind")
    if failure.kind == "raised":
        return _no_loss(
            facts, "raised", what="Een trainingsstap van je gecompileerde `model`", error=failure.detail
        )
    return _all_unsure(facts, failure.detail)


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

    @property
    def problem(self) -> Problem:
        """What the assignment asks."""
        return self.case.problem

    @property
    def heads(self) -> tuple[Head, ...]:
        """Of the network."""
        return self.problem.heads

    def words(self, head: int) -> dict[str, str]:
        """What messages about a head's term call things."""
        one, problem = self.heads[head], self.problem
        return {
            "head": one.name,
            "column": one.column,
            "row": problem.row,
            "rows": problem.rows,
            "loss": problem.loss,
        }

    @cached_property
    def structure(self) -> Structure | None:
        """The network's structure, None when it could not be measured."""
        structure = self.case.structure
        known = isinstance(structure, Structure) and len(structure.low) == len(self.heads)
        return structure if known else None  # type: ignore[return-value]

    @cached_property
    def recorded(self) -> tuple[Values, ...] | None:
        """The outputs of the network before training, (rows,) each, None when there is not one for each head."""
        recording = _recording(self.case.evidence.architecture)
        if recording is None or len(recording.outputs) != len(self.heads):
            return None
        return tuple(np.asarray(output.value, dtype=np.float64).reshape(-1) for output in recording.outputs)

    def levels(self, head: int) -> Sequence[float]:
        """The labels of a head that the loss was seen with, or all that there are."""
        if has_levels(self.heads[head]):
            return self.heads[head].values
        challenge, step = self.case.context.loss, self.case.evidence.step
        seen = [one.labels[head] for one in step.steps] if step is not None else []
        seen += [challenge.labels[head]] if not seen and challenge is not None else []
        return [float(label) for label in np.unique(np.concatenate(seen))] if seen else []

    def bounded(self, head: int) -> bool | None:
        """Whether an output always lies between 0 and 1; None when that is not known."""
        if self.structure is not None:
            return self._between(head)
        if self.recorded is None or _is_probability(self.recorded[head]):
            return None
        return False

    def farthest(self, head: int) -> float:
        """A value of an output that no probability can have, the student's own if there is one."""
        values = [] if self.recorded is None else list(self.recorded[head])
        if self.structure is not None and _is_probability(np.array(values)):
            values = [self.structure.low[head], self.structure.high[head]]
        return float(max(values, key=lambda value: abs(value - 0.5), default=np.nan))

    def bounded_in_training(self, head: int) -> bool:
        """Whether it does so in training mode too, as far as was seen."""
        evidence = self.case.evidence.loss
        seen = evidence.in_training if evidence is not None else None
        if seen is None or len(seen) <= head:
            return True
        return _is_probability(np.asarray(seen[head], dtype=np.float64))

    @cached_property
    def outputs_swapped(self) -> bool:
        """Whether, of one regression and one binary head, only the first is a probability: a fault of the network."""
        kinds = [head.kind for head in self.heads]
        if self.structure is None or sorted(kinds) != ["binary", "regression"]:
            return False
        return self._between(kinds.index("regression")) and not self._between(kinds.index("binary"))

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
        if len(loaders.train.labels) <= head:
            return False
        labels = np.asarray(loaders.train.labels[head], dtype=np.float64)
        try:
            outputs = network.outputs(loaders.train.x)[head][:, 0]
        except (ReplayError, ValueError, IndexError):
            return False
        if outputs.shape != labels.shape:
            return False
        constant = float(labels.var()) if self.heads[head].kind == "regression" else _entropy(float(labels.mean()))
        return bool(np.mean(measure.value(outputs, labels)) < LEARNED * constant)


def _entropy(share: float) -> float:
    return float(-sum(p * np.log(p) for p in (share, 1 - share) if p > 0))


def _recording(evidence: ModelEvidence | None) -> Recording | None:
    return evidence.recording if evidence is not None else None


def _is_probability(values: Values) -> bool:
    return bool(np.all(np.isfinite(values) & (values >= -1e-6) & (values <= 1 + 1e-6)))


def _verdicts(observed: Observed, facts: Facts) -> tuple[Verdict, ...]:
    analysis = observed.analysis
    facts.case.logits = tuple(map(_reads_logit, analysis.findings))
    rules = {"regression": _regression, "binary": _classification}
    verdicts = tuple(
        next(rules[head.kind](_Term(place, analysis, facts))) for place, head in enumerate(facts.heads)
    )
    if len(facts.heads) > 1:
        verdicts += (next(_weights(analysis, facts)),)
    if all(verdict.status == "pass" for verdict in verdicts):
        facts.case.loss_weights = _plain_weights(analysis)
    if facts.outputs_swapped and any(verdict.status != "pass" for verdict in verdicts):
        # Which label was meant for which output cannot be told any more: one mistake, one accusation.
        return _none_judged(facts, FIRST.format("outputs"))
    return verdicts


def _plain_weights(analysis: Analysis) -> tuple[float, ...] | None:
    known = [term for term in analysis.terms if term is not None and isinstance(term.form, Plain)]
    return tuple(term.weight for term in known) if len(known) == len(analysis.terms) else None


def _reads_logit(finding: Finding) -> bool | None:
    reading = finding.term.form.measure.reading if finding.term is not None else "raw"
    return None if reading == "raw" else reading != "probability"


@dataclass(frozen=True)
class _Term:
    """The term of one head, on its way to a verdict."""

    place: int
    analysis: Analysis
    facts: Facts

    @property
    def head(self) -> Head:
        return self.facts.heads[self.place]

    @property
    def criterion(self) -> str:
        return self.head.term

    @property
    def finding(self) -> Finding:
        return self.analysis.findings[self.place]

    @property
    def text(self) -> str:
        return formula(self.analysis, self.facts.heads)

    @property
    def found(self) -> Term:
        """The term; `_absent` has spoken where there is none."""
        assert self.finding.term is not None
        return self.finding.term

    @property
    def alone(self) -> bool:
        """Whether it is the only one, so that nothing else is asked of its weight."""
        return len(self.facts.heads) == 1

    def failed(self, fault: str, filed: str = "", **numbers: object) -> Verdict:
        """The catalogue's fault of a term of this kind."""
        filed = filed or FILED[self.head.kind]
        return failed(self.criterion, fault, filed=filed, **self.facts.words(self.place), formula=self.text, **numbers)

    def unsure(self, reason: str) -> Verdict:
        return unsure(self.criterion, reason)


def _regression(term: _Term) -> Iterator[Verdict]:
    """The rules for a regression term; the first one that speaks decides."""
    yield from _absent(term)
    found, text = term.found, term.text
    measure, target = found.form.measure, found.form.target
    yield from _other_label(term)
    if target.name in ("mixed", "constant"):
        yield from _mixed(term)
    if measure.name in ("mae", "rmse"):
        yield term.failed(measure.name)
    if measure.name in ("huber", "log_cosh"):
        yield term.failed("huber", which=measure.label)
    if measure.name == "msle":
        yield term.failed("log_error")
    if measure.name == "bce":
        yield term.failed("cross_entropy")
    yield from _over_rows(term)
    if is_weighted(found) and not steady_signs(found):
        yield term.unsure(f"niet alle {term.facts.problem.rows} tellen met hetzelfde teken mee (jouw loss ≈ {text}).")
    yield from _weight_alone(term)
    yield passed(term.criterion, f"De MSE op `{term.head.name}`; jouw loss ≈ {text}.")


def _classification(term: _Term) -> Iterator[Verdict]:
    """The rules for a classification term; the first one that speaks decides."""
    yield from _absent(term)
    yield from _binary_target(term)
    if term.found.form.measure.name == "brier":
        yield term.failed("squared_error")
    if term.found.form.measure.name == "hinge":
        yield term.failed("hinge")
    yield from _sigmoids(term)
    yield from _over_rows(term)
    yield from _weight_alone(term)
    yield passed(term.criterion, f"De BCE op `{term.head.name}`; jouw loss ≈ {term.text}.")


def _absent(term: _Term) -> Iterator[Verdict]:
    finding, name, text, facts = term.finding, term.head.name, term.text, term.facts
    if finding.state == "missing":
        found = f"je loss hangt niet af van de uitvoer `{name}`"
        yield term.failed("missing", found=f"{found} (jouw loss ≈ {text})" if text else found)
    if finding.state == "detached":
        if term.head.kind == "regression" and finding.term is not None and finding.term.form.measure.name == "bce":
            # Of labels above 1, a cross-entropy of probabilities gives no gradient: that is its own doing.
            yield term.failed("cross_entropy")
        yield term.failed("detached")
    if finding.state == "zero" and term.alone:
        yield term.failed("zero", filed=WEIGHTS)
    if finding.state == "zero":
        yield not_judged(term.criterion, f"deze term heeft gewicht nul (jouw loss ≈ {text}).")
    if finding.state == "unknown" and facts.structure is not None and facts.structure.constant[term.place]:
        yield not_judged(term.criterion, FIRST.format("outputs"))
    if finding.state == "unknown":
        yield term.unsure(f"wat je loss met de uitvoer `{name}` doet, is niet herkend.")
    if term.analysis.link == "contradiction":
        yield term.unsure("de waarde en de gradiënt van je loss spreken elkaar tegen.")


def _other_label(term: _Term) -> Iterator[Verdict]:
    """A term on another head's label; the tasks are swapped when that head's term is not on its own either."""
    target = term.found.form.target
    if target.name != "other":
        return
    other = term.facts.heads[target.head].name
    if _is_other(term.analysis.findings[target.head]):
        yield term.failed("swapped", other=other)
    yield term.failed("wrong_target", target=f"het label `{other}`")


def _is_other(finding: Finding) -> bool:
    return finding.term is not None and finding.term.form.target.name == "other"


def _mixed(term: _Term) -> Iterator[Verdict]:
    """A squared error against something that is computed from the labels.

    A target close to the label may come from a regulariser on the output, which is allowed: that is for a person.
    """
    target = term.found.form.target
    *factors, constant = target.mixture
    own, reach = factors.pop(term.place), span(term.head) / 10
    near = 0.8 < own < 1.25 and all(abs(factor) < 0.5 for factor in factors) and abs(constant) < reach
    described = describe(target, term.facts.heads)
    if near or not np.isfinite(target.mixture).all():
        yield term.unsure(f"je loss vergelijkt met {described}, dat is bijna het label.")
    yield term.failed("wrong_target", target=described)


def _binary_target(term: _Term) -> Iterator[Verdict]:
    target = term.found.form.target
    yield from _other_label(term)
    if target.name == "inverted":
        yield term.failed("wrong_target", target=f"het omgekeerde, `1 - {term.head.name}`")
    if isinstance(term.found.form, Soft):
        yield from _soft_target(term)
    if target.name == "threshold":
        yield from _threshold(term, target.head, target.level)


def _soft_target(term: _Term) -> Iterator[Verdict]:
    """Weights and smoothed labels by class, or labels made from another head's label."""
    found, targets, rows = term.found, term.found.soft_targets(), term.facts.problem.rows
    if not steady_signs(found) or not np.all((targets > -0.01) & (targets < 1.01)):
        yield term.unsure(f"niet alle {rows} tellen als een kruisentropie mee (jouw loss ≈ {term.text}).")
    if found.form.target.name == "classes" and targets[1] < targets[0]:
        yield term.failed("wrong_target", target=f"het omgekeerde, `1 - {term.head.name}`")
    if found.form.target.name == "levels":
        level = threshold_of(found)
        if level is None:
            yield term.unsure(f"het label waarmee de BCE vergelijkt, is niet herkend (jouw loss ≈ {term.text}).")
        else:
            yield from _threshold(term, found.form.target.head, level)


def _threshold(term: _Term, source: int, level: float) -> Iterator[Verdict]:
    """A label made from the label of another head: `level` is the lowest of those seen that it calls 1."""
    levels, at_least = term.facts.levels(source), term.head.at_least
    below = max((one for one in levels if one < level), default=-np.inf)
    if at_least is None or not below < at_least <= level:
        what = plain(level)
        if not has_levels(term.facts.heads[source]) and np.isfinite(below):
            what = f"ergens tussen {plain(below)} en {plain(level)}"
        yield term.failed("wrong_threshold", level=what)


def _sigmoids(term: _Term) -> Iterator[Verdict]:
    reading, bounded = term.found.form.measure.reading, term.facts.bounded(term.place)
    if reading == "twice":
        yield term.failed("double_sigmoid", where="twee keer in de loss")
    if reading == "logit" and bounded and term.facts.bounded_in_training(term.place):
        yield term.failed("double_sigmoid", where="een keer in het model en een keer in de loss")
    if reading == "logit" and bounded is None:
        yield term.unsure(f"niet vast te stellen of de uitvoer `{term.head.name}` een logit of een kans is.")
    if reading == "probability" and bounded is False:
        yield term.failed("bce_on_logits", value=number(term.facts.farthest(term.place)))


def _over_rows(term: _Term) -> Iterator[Verdict]:
    found = term.found
    if found.form.pairwise:
        if term.facts.learned(term.place, found.form.measure):
            yield term.unsure(
                "met de labels zoals `train_data` ze geeft, vergelijkt je loss elke uitvoer met elk label, maar je "
                "netwerk leerde toch."
            )
        yield term.failed("broadcasting")
    if found.summed:
        if abs(found.weight) * term.facts.batch <= 2:
            yield term.unsure(f"de som over de batch wordt door een vast getal gedeeld (jouw loss ≈ {term.text}).")
        yield term.failed("sum")


def _weight_alone(term: _Term) -> Iterator[Verdict]:
    """Of the only term, whose weight is no criterion: it is the same in every batch, and greater than nil."""
    if not term.alone:
        return
    if term.analysis.link != "sum":
        yield term.unsure("de loss is niet in elke batch evenveel keer deze term.")
    if not steady_signs(term.found):
        rows = term.facts.problem.rows
        yield term.unsure(f"niet alle {rows} tellen met hetzelfde teken mee (jouw loss ≈ {term.text}).")
    if term.found.weight < 0:
        yield term.failed("negative", filed=WEIGHTS)


def _weights(analysis: Analysis, facts: Facts) -> Iterator[Verdict]:
    """The rules for the weights; the first one that speaks decides."""
    text, rows = formula(analysis, facts.heads), facts.problem.rows
    for head, finding in zip(facts.heads, analysis.findings, strict=True):
        if finding.state in ("missing", "detached"):
            yield not_judged(WEIGHTS, FIRST.format(head.term))
    if any(finding.state == "unknown" for finding in analysis.findings) or analysis.link == "contradiction":
        yield unsure(WEIGHTS, "niet alle termen van je loss zijn herkend.")
    if any(finding.state == "zero" for finding in analysis.findings):
        yield failed(WEIGHTS, "zero", formula=text)
    if analysis.link == "product":
        yield failed(WEIGHTS, "product", formula=text)
    if analysis.link in ("maximum", "minimum"):
        which = "grootste" if analysis.link == "maximum" else "kleinste"
        yield failed(WEIGHTS, "maximum", which=which, formula=text)
    if analysis.link == "varying":
        yield unsure(WEIGHTS, "de gewichten zijn niet in elke batch dezelfde.")
    terms = [term for term in analysis.terms if term is not None]
    if not all(steady_signs(term) for term in terms):
        yield unsure(WEIGHTS, f"niet alle {rows} tellen met hetzelfde teken mee (jouw loss ≈ {text}).")
    if any(term.weight < 0 for term in terms):
        yield failed(WEIGHTS, "negative", formula=text)
    yield passed(WEIGHTS, f"Een som met gewichten groter dan nul: jouw loss ≈ {text}.")
