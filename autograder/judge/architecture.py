"""Topic `architecture`: two outputs from two separate heads on one shared, non-linear trunk."""

from collections.abc import Iterable, Iterator

import numpy as np

from autograder.dutch import number
from autograder.evidence.records import ModelEvidence
from autograder.judge.case import Case
from autograder.judge.structure import HEADS, Structure
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

CRITERIA = ("outputs", "shared_trunk", "two_heads", "non_linear")

LOWEST_SCORE, HIGHEST_SCORE = 3.0, 8.0

NOMINAL_SHARE = 0.15
"""Below this part of a head's variation the trunk is shared in name only."""


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA`."""
    case.add(*_verdicts(case))


def _verdicts(case: Case) -> Iterable[Verdict]:
    evidence = case.evidence.architecture
    if evidence is None:
        return (not_judged(criterion, "er kwam geen netwerk uit de notebook.") for criterion in CRITERIA)
    if case.unrecorded is not None:
        reason = case.unrecorded
        return (unsure(criterion, reason) for criterion in CRITERIA)
    early = _unusable(evidence) or _wrong_count(evidence)
    if early is not None:
        return early, *_rest("eerst moet `outputs` in orde zijn.")
    structure = case.structure
    if not isinstance(structure, Structure):
        return (unsure(criterion, str(structure)) for criterion in CRITERIA)
    return _from_structure(structure, named=evidence.recording is not None and evidence.recording.named)


def _from_structure(structure: Structure, *, named: bool) -> Iterable[Verdict]:
    outputs = next(_output_faults(structure, named=named), None)
    trunk = next(_trunk_faults(structure), None)
    if trunk is not None and trunk.fault == "dead_trunk":
        outputs = not_judged("outputs", "de romp laat niets van de invoer door.")
    if any(structure.constant) and not all(structure.constant):
        cause = "een uitvoer die niet van de invoer afhangt, zegt niets over de romp."
        return outputs or passed("outputs"), *_rest(cause)
    return (
        outputs or passed("outputs", "Twee uitvoeren, elk met één getal per wijn."),
        trunk or passed("shared_trunk", "Beide koppen rekenen op dezelfde trainbare romp."),
        _heads(structure, trunk),
        _non_linear(structure, trunk),
    )


def _rest(cause: str) -> Iterator[Verdict]:
    return (not_judged(criterion, cause) for criterion in CRITERIA[1:])


def _unusable(evidence: ModelEvidence) -> Verdict | None:
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
        features, _, error = failure.detail.removeprefix("inputs:").partition(":")
        return failed("outputs", "wrong_inputs", features=features, error=error)
    return failed("outputs", "raised", error=failure.detail)


def _wrong_count(evidence: ModelEvidence) -> Verdict | None:
    outputs = evidence.recording.outputs if evidence.recording is not None else ()
    if len(outputs) == 1:
        value = outputs[0].value
        return failed("outputs", "one_output", width=value.shape[1] if value.ndim > 1 else 1)
    if len(outputs) > 2:
        return failed("outputs", "extra_outputs", count=len(outputs))
    return None


def _output_faults(structure: Structure, *, named: bool) -> Iterator[Verdict]:
    for name, width in zip(HEADS, structure.widths, strict=True):
        if width != 1:
            yield failed("outputs", "two_wide_output", name=name, width=width)
    for name, constant, value in zip(HEADS, structure.constant, structure.constant_values, strict=True):
        if constant:
            yield failed("outputs", "constant_output", name=name, value=number(value))
    if _bounded(structure, 0) and not _covers_scores(structure):
        probability = structure.low[0] >= -1e-6 and structure.high[0] <= 1 + 1e-6
        if probability and not _bounded(structure, 1) and not named:
            yield failed("outputs", "swapped_outputs")
        yield failed("outputs", "squashed_quality", low=number(structure.low[0]), high=number(structure.high[0]))


def _bounded(structure: Structure, head: int) -> bool:
    return bool(np.isfinite([structure.low[head], structure.high[head]]).all()) and (
        structure.high[head] - structure.low[head] < 50
    )


def _covers_scores(structure: Structure) -> bool:
    margin = 0.01
    return structure.low[0] <= LOWEST_SCORE + margin and structure.high[0] >= HIGHEST_SCORE - margin


def _trunk_faults(structure: Structure) -> Iterator[Verdict]:
    if all(structure.constant):
        yield failed("shared_trunk", "dead_trunk")
    elif not structure.shared:
        yield from _nothing_shared(structure)
    for name, lost, disputed in zip(HEADS, structure.lost, structure.disputed, strict=True):
        if structure.shared and set(lost) == set(structure.shared) & set(structure.trainable) and lost:
            if disputed:
                yield unsure("shared_trunk", f"of de kop `{name}` een gradiënt doorgeeft aan de romp, is niet zeker.")
            yield failed("shared_trunk", "detached", name=name)
    if structure.shared and not set(structure.shared) & set(structure.trainable):
        yield failed("shared_trunk", "frozen_trunk")
    for name, share in zip(HEADS, structure.trunk_share, strict=True):
        if structure.shared and share < NOMINAL_SHARE:
            yield failed("shared_trunk", "nominal_sharing", name=name, percent=number(100 * share, 0))


def _nothing_shared(structure: Structure) -> Iterator[Verdict]:
    if structure.shared_by_gradient:
        yield unsure("shared_trunk", "de waarden en de gradiënten spreken elkaar tegen over wat gedeeld is.")
    quality, good = structure.affine_head
    if quality and good:
        yield failed("shared_trunk", "no_trunk")
    if quality or good:
        yield failed("shared_trunk", "bypass", name=HEADS[0] if quality else HEADS[1])
    yield failed("shared_trunk", "two_networks")


def _heads(structure: Structure, trunk: Verdict | None) -> Verdict:
    if structure.fused:
        return failed("two_heads", "fused_head")
    for head, chained in enumerate(structure.chained):
        if chained:
            return failed("two_heads", "chained_heads", name=HEADS[head], other=HEADS[1 - head])
    if trunk is not None and trunk.fault == "dead_trunk":
        return not_judged("two_heads", "de romp laat niets van de invoer door.")
    without = [name for name, only in zip(HEADS, structure.only, strict=True) if not only]
    if structure.split:
        without = []
    if len(without) == 2:
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


_NO_TRUNK = frozenset({"dead_trunk", "two_networks", "no_trunk", "bypass"})
