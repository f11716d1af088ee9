"""Topic `architecture`: one output for each head, from separate heads on one shared, non-linear trunk."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from autograder.dutch import number, plain
from autograder.evidence.problem import Head, Problem
from autograder.evidence.records import ModelEvidence
from autograder.judge.case import Case
from autograder.judge.replay import Network
from autograder.judge.structure import Structure, passes_nothing
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

CRITERIA = ("outputs", "shared_trunk", "two_heads", "non_linear")

NOMINAL_SHARE = 0.15
"""Below this part of a head's variation the trunk is shared in name only."""

COUNTS = ("geen", "één", "twee", "drie", "vier", "vijf", "zes")


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA` for a problem of several heads."""
    if len(case.problem.heads) > 1:
        case.add(*_verdicts(case))


def _verdicts(case: Case) -> Iterable[Verdict]:
    structure, early = measured(case, CRITERIA)
    if structure is None:
        return early
    if _stays_dead(case, structure):
        return failed("shared_trunk", "dead_trunk", **_words(case.problem)), *_beside_dead()
    return _from_structure(case, structure)


def measured(case: Case, criteria: Sequence[str]) -> tuple[Structure | None, Sequence[Verdict]]:
    """Return how the network before training is wired; or None and a verdict on each of `criteria`."""
    evidence = case.evidence.architecture
    if evidence is None:
        return None, [not_judged(criterion, "er kwam geen netwerk uit de notebook.") for criterion in criteria]
    if case.unrecorded is not None:
        reason = case.unrecorded
        return None, [unsure(criterion, reason) for criterion in criteria]
    early = _unusable(evidence, case.problem) or _wrong_count(evidence, case.problem)
    if early is not None:
        return None, [early, *_rest(criteria, "eerst moet `outputs` in orde zijn.")]
    structure = case.structure
    if not isinstance(structure, Structure):
        return None, [unsure(criterion, str(structure)) for criterion in criteria]
    return structure, ()


def outputs_verdict(case: Case, structure: Structure) -> Verdict:
    """Return the verdict on `outputs`: one number a row for each head, which depends on the input."""
    recording = case.evidence.architecture.recording if case.evidence.architecture is not None else None
    fault = next(_output_faults(structure, case.problem, named=recording is not None and recording.named), None)
    count = len(case.problem.heads)
    what = "Eén uitvoer," if count == 1 else f"{_counted(count).capitalize()} uitvoeren, elk"
    return fault or passed("outputs", f"{what} met één getal per {case.problem.row}.")


def _from_structure(case: Case, structure: Structure) -> Iterable[Verdict]:
    outputs = outputs_verdict(case, structure)
    trunk = next(_trunk_faults(structure, case.problem), None)
    if trunk is not None and trunk.fault == "dead_trunk":
        outputs = not_judged("outputs", "de romp laat niets van de invoer door.")
    if any(structure.constant) and not all(structure.constant):
        cause = "een uitvoer die niet van de invoer afhangt, zegt niets over de romp."
        return outputs, *_rest(CRITERIA, cause)
    heads = "Beide koppen" if len(structure.widths) == 2 else "Alle koppen"
    return (
        outputs,
        trunk or passed("shared_trunk", f"{heads} rekenen op dezelfde trainbare romp."),
        _heads(structure, trunk, case.problem),
        _non_linear(structure, trunk),
    )


def _stays_dead(case: Case, structure: Structure) -> bool:
    """Whether the trunk passes nothing on at its own weights, and training left it so: only then it can never learn."""
    before, after = case.initial, case.trained
    if not isinstance(before, Network) or not isinstance(after, Network) or not structure.shared:
        return False
    shapes = [{name: value.shape for name, value in network.weights.items()} for network in (before, after)]
    if shapes[0] != shapes[1] or len(after.output_refs) != len(before.output_refs):
        return False
    if any(not np.array_equal(before.weights[name], after.weights[name]) for name in structure.shared):
        return False
    return all(passes_nothing(network, structure, case.context.seed) for network in (before, after))


def _beside_dead() -> Iterator[Verdict]:
    cause = "de romp laat niets van de invoer door."
    return (not_judged(criterion, cause) for criterion in CRITERIA if criterion != "shared_trunk")


def _rest(criteria: Sequence[str], cause: str) -> Iterator[Verdict]:
    return (not_judged(criterion, cause) for criterion in criteria[1:])


def _unusable(evidence: ModelEvidence, problem: Problem) -> Verdict | None:
    failure = evidence.failure
    if failure is None:
        return None
    if failure.name != "model":
        return not_judged("outputs", f"`{failure.name}` is niet te gebruiken; eerst moet `batches` in orde zijn.")
    if failure.kind == "missing":
        return failed("outputs", "missing")
    if failure.kind == "unsupported":
        return failed("outputs", "not_a_model", found=failure.detail)
    if failure.detail.startswith("inputs:"):
        widths, _, error = failure.detail.removeprefix("inputs:").partition(":")
        return failed("outputs", "wrong_inputs", error=error, **_inputs(problem, widths.split(",")))
    return failed("outputs", "raised", error=failure.detail)


def _inputs(problem: Problem, widths: Sequence[str]) -> dict[str, str]:
    """What to say of inputs of these widths, and what to call them."""
    if len(widths) != len(problem.inputs) or len(widths) < 2:
        name = problem.inputs[0].name
        return {"inputs": f"de {widths[0]} kenmerken van een rij van {name} niet als enige invoer", "names": name}
    told = [f"`{one.name}` ({width} kolommen)" for one, width in zip(problem.inputs, widths, strict=True)]
    return {
        "inputs": f"{listed(told)} niet als invoer",
        "names": listed([f"`{one.name}`" for one in problem.inputs]),
    }


def _wrong_count(evidence: ModelEvidence, problem: Problem) -> Verdict | None:
    outputs = evidence.recording.outputs if evidence.recording is not None else ()
    asked = len(problem.heads)
    words = {"asked": _counted(asked), "heads": _named(problem.heads)}
    if len(outputs) < asked and len(outputs) == 1:
        value = outputs[0].value
        return failed("outputs", "one_output", width=value.shape[1] if value.ndim > 1 else 1, **words)
    if len(outputs) > asked:
        return failed("outputs", "extra_outputs", count=len(outputs), **words)
    if len(outputs) < asked and evidence.recording is not None:
        return failed("outputs", "few_outputs", count=len(outputs), **words)
    return None


def _output_faults(structure: Structure, problem: Problem, *, named: bool) -> Iterator[Verdict]:
    names, words = problem.names, _words(problem)
    for name, width in zip(names, structure.widths, strict=True):
        if width != 1:
            yield failed("outputs", "two_wide_output", name=name, width=width, **words)
    for name, constant, value in zip(names, structure.constant, structure.constant_values, strict=True):
        if constant:
            yield failed("outputs", "constant_output", name=name, value=number(value), **words)
    for place, head in enumerate(problem.heads):
        if head.kind == "regression" and _bounded(structure, place) and not _covers(structure, place, head):
            other = None if named else _unbounded_binary(structure, problem, place)
            if other is not None:
                yield failed("outputs", "swapped_outputs", name=head.name, other=other)
            low, high = number(structure.low[place]), number(structure.high[place])
            first, last = (plain(end) for end in (min(head.values), max(head.values)))
            yield failed("outputs", "squashed_quality", name=head.name, low=low, high=high, first=first, last=last)


def _unbounded_binary(structure: Structure, problem: Problem, place: int) -> str | None:
    """The one binary head that may be any number while the head at `place` behaves as a probability."""
    if not (structure.low[place] >= -1e-6 and structure.high[place] <= 1 + 1e-6):
        return None
    binary = [other for other, head in enumerate(problem.heads) if head.kind == "binary"]
    unbounded = [problem.names[other] for other in binary if not _bounded(structure, other)]
    return unbounded[0] if len(unbounded) == 1 else None


def _bounded(structure: Structure, head: int) -> bool:
    """Whether no setting of the weights brings the output far: a linear one gets beyond every bound."""
    return bool(np.isfinite([structure.low[head], structure.high[head]]).all()) and (
        structure.high[head] - structure.low[head] < 50
    )


def _covers(structure: Structure, place: int, head: Head) -> bool:
    if not head.values:
        return True
    margin = 0.01
    return structure.low[place] <= min(head.values) + margin and structure.high[place] >= max(head.values) - margin


def _trunk_faults(structure: Structure, problem: Problem) -> Iterator[Verdict]:
    names = problem.names
    if all(structure.constant):
        yield failed("shared_trunk", "dead_trunk", **_words(problem))
    elif structure.apart:
        yield from _nothing_shared(structure, problem)
    for name, lost, disputed, shared in zip(
        names, structure.lost, structure.disputed, structure.of_head, strict=True
    ):
        if shared and set(lost) == set(shared) & set(structure.trainable) and lost:
            if disputed:
                yield unsure("shared_trunk", f"of de kop `{name}` een gradiënt doorgeeft aan de romp, is niet zeker.")
            yield failed("shared_trunk", "detached", name=name)
    if structure.shared and not set(structure.shared) & set(structure.trainable):
        yield failed("shared_trunk", "frozen_trunk")
    for name, share, shared in zip(names, structure.trunk_share, structure.of_head, strict=True):
        if shared and share < NOMINAL_SHARE:
            percent = number(100 * share, 0)
            yield failed("shared_trunk", "nominal_sharing", name=name, percent=percent, rows=problem.rows)


def _nothing_shared(structure: Structure, problem: Problem) -> Iterator[Verdict]:
    if structure.shared_by_gradient and not structure.shared:
        yield unsure("shared_trunk", "de waarden en de gradiënten spreken elkaar tegen over wat gedeeld is.")
    pair = structure.apart[0]
    names = [problem.names[head] for head in pair]
    affine = [structure.affine_head[head] for head in pair]
    both = "twee koppen" if len(problem.heads) == 2 else f"koppen {_named([problem.heads[head] for head in pair])}"
    if all(affine):
        yield failed("shared_trunk", "no_trunk", both="Beide koppen" if len(problem.heads) == 2 else f"De {both}")
    if any(affine):
        yield failed("shared_trunk", "bypass", name=names[affine.index(True)])
    yield failed("shared_trunk", "two_networks", both=both)


def _heads(structure: Structure, trunk: Verdict | None, problem: Problem) -> Verdict:
    names = problem.names
    if structure.fused is not None:
        units = [head for head, only in zip(problem.heads, structure.only, strict=True) if not only]
        return failed("two_heads", "fused_head", heads=_named(units), asked=_counted(len(units)))
    for head, other in enumerate(structure.chained):
        if other is not None:
            return failed("two_heads", "chained_heads", name=names[head], other=names[other])
    if trunk is not None and trunk.fault == "dead_trunk":
        return not_judged("two_heads", "de romp laat niets van de invoer door.")
    without = [name for name, only in zip(names, structure.only, strict=True) if not only]
    if structure.split:
        without = []
    if len(without) == len(names):
        return unsure("two_heads", "de gewichten van de koppen zijn niet van elkaar te onderscheiden.")
    if without:
        return failed("two_heads", "headless", name=without[0])
    return passed("two_heads", "Elke taak heeft een eigen kop.")


def _non_linear(structure: Structure, trunk: Verdict | None) -> Verdict:
    if trunk is not None and trunk.fault in _NO_TRUNK:
        return not_judged("non_linear", "er is geen gedeelde romp om te bekijken.")
    if structure.affine_trunk is None:
        return unsure("non_linear", "de grens tussen romp en koppen is niet gevonden.")
    if structure.affine_trunk:
        return failed("non_linear", "linear_trunk")
    return passed("non_linear", "De romp is niet-lineair.")


def _counted(count: int) -> str:
    return COUNTS[count] if count < len(COUNTS) else str(count)


def _named(heads: Sequence[Head]) -> str:
    return listed([f"`{head.name}`" for head in heads])


def listed(words: Sequence[str]) -> str:
    """Return words as in a sentence: a, b en c."""
    return " en ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _words(problem: Problem) -> dict[str, str]:
    return {"row": problem.row, "rows": problem.rows}


_NO_TRUNK = frozenset({"dead_trunk", "two_networks", "no_trunk", "bypass"})
