"""Topic `fusion`: a trainable encoder for every modality, and where their ways come together named as what it is."""

import re
from collections.abc import Iterable, Iterator, Sequence

from autograder.evidence.records import Failure
from autograder.judge.architecture import listed, measured, outputs_verdict
from autograder.judge.case import Case
from autograder.judge.modalities import Joining
from autograder.judge.replay import Network
from autograder.judge.verdicts import Verdict, failed, not_judged, passed, unsure

CRITERIA = ("outputs", "encoders", "fusion")

KINDS = {
    "early": "komen de modaliteiten samen vóór de eerste niet-lineaire laag",
    "intermediate": "krijgt elke modaliteit eerst eigen lagen en komen hun kenmerken daarna samen",
    "late": "geeft elke modaliteit een eigen score en komen alleen die scores samen",
}
"""What each kind of fusion is, in the words of a message."""

WORDS = {
    **dict.fromkeys(("early", "vroeg", "vroege"), "early"),
    **dict.fromkeys(("intermediate", "intermediaire", "intermediair", "halverwege", "midden"), "intermediate"),
    **dict.fromkeys(("tussenliggende", "tussenliggend", "middle", "mid"), "intermediate"),
    **dict.fromkeys(("late", "laat"), "late"),
}
"""What students may call them."""

EARLIER = frozenset({"ignored", "shared_encoder", "sees_other", "no_encoder"})
"""Faults of the encoders that leave nothing to say of the fusion."""


def judge(case: Case) -> None:
    """Add the verdicts on `CRITERIA` for a problem of several inputs."""
    if len(case.problem.inputs) > 1:
        case.add(*_verdicts(case))


def _verdicts(case: Case) -> Iterable[Verdict]:
    structure, early = measured(case, CRITERIA)
    network = case.initial
    if structure is None or not isinstance(network, Network):
        return early
    outputs = outputs_verdict(case, structure)
    if any(structure.constant):
        cause = "een uitvoer die niet van de invoer afhangt, zegt niets over de modaliteiten."
        return outputs, *(not_judged(criterion, cause) for criterion in CRITERIA[1:])
    joining = case.joining
    if not isinstance(joining, Joining):
        return outputs, *(unsure(criterion, str(joining)) for criterion in CRITERIA[1:])
    said = _said(case)
    encoders = next(_encoder_faults(case, joining), None)
    what = "Elke modaliteit heeft een eigen trainbare encoder."
    if encoders is None and not all(joining.own):
        what = "Vroege fusie: de eerste lagen lezen alle modaliteiten en zijn trainbaar."
    return outputs, encoders or passed("encoders", what), _fusion(case, joining, said, encoders)


def accepted(joining: Joining) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that fit what the network does, and those that a person has to weigh."""
    if all(joining.scores) and all(joining.own):
        tail = set() if joining.affine_tail else {"intermediate"} if joining.joint else set()
        return frozenset({"late"} | tail), frozenset()
    kinds = {"early"} if all(joining.linear) else {"intermediate"}
    if all(joining.own):
        kinds |= {"intermediate"}
        kinds |= {"late"} if joining.affine_tail else set()
    if all(joining.linear) and not joining.linear_side_by_side:
        kinds |= {"intermediate"}
    doubtful = {"late"} if all(joining.among_scores) else set()
    doubtful |= {"early"} if any(joining.linear) else set()
    return frozenset(kinds), frozenset(doubtful - kinds)


def _said(case: Case) -> str | None:
    """The kind that the student names, None when there is no such name."""
    evidence = case.evidence.architecture
    text = evidence.fusion if evidence is not None else None
    if not isinstance(text, str):
        return None
    words = [word for word in re.findall(r"[a-zà-ÿ]+", text.casefold()) if word not in ("fusion", "fusie")]
    found = {WORDS.get(word, "") for word in words}
    return found.pop() or None if len(found) == 1 else None


def _encoder_faults(case: Case, joining: Joining) -> Iterator[Verdict]:
    names = [one.name for one in case.problem.inputs]
    for i, name in enumerate(names):
        if not any(i in used for used in joining.used):
            yield failed("encoders", "ignored", name=name)
    together = "early" in accepted(joining)[0]
    network = case.initial
    assert isinstance(network, Network)
    for i in [i for i, own in enumerate(joining.own) if not own]:
        yield from _without_encoder(i, names, joining, network, early=together)
    for name, own in zip(names, joining.own, strict=True):
        if own and all(network.weights[one].ndim < 2 for one in own) and not together:
            yield unsure("encoders", f"of wat `{name}` alleen herschaalt, een encoder is, moet een mens beslissen.")
    for name, own in zip(names, joining.own, strict=True):
        yield from _untrained(joining, own or joining.joint, f"`{name}`")


def _without_encoder(
    i: int, names: Sequence[str], joining: Joining, network: Network, *, early: bool
) -> Iterator[Verdict]:
    """Why a modality has no weights that act on it only, unless its first layer is a joint one by intent."""
    shared = {one for one in joining.common[i] if network.weights[one].ndim > 1}
    other = next((j for j in range(len(names)) if j != i and shared & set(joining.common[j])), None)
    if other is not None:
        yield failed("encoders", "shared_encoder", name=names[i], other=names[other])
    seen = sorted(joining.met[i])
    if not early and seen:
        yield failed("encoders", "sees_other", name=names[i], other=names[seen[0]])
    if not early:
        yield failed("encoders", "no_encoder", name=names[i])


def _untrained(joining: Joining, weights: Sequence[str], name: str) -> Iterator[Verdict]:
    trainable = set(weights) & joining.trainable
    if not trainable:
        yield failed("encoders", "frozen", name=name)
    elif not trainable & joining.reached:
        if trainable & joining.disputed:
            yield unsure("encoders", f"of de encoder van {name} een gradiënt krijgt, is niet zeker.")
        yield failed("encoders", "detached", name=name)


def _fusion(case: Case, joining: Joining, said: str | None, encoders: Verdict | None) -> Verdict:
    if encoders is not None and encoders.fault in EARLIER:
        return not_judged("fusion", "eerst moet `encoders` in orde zijn.")
    names = [one.name for one in case.problem.inputs]
    for head, used in zip(case.problem.heads, joining.used, strict=True):
        if len(used) < len(names):
            missing = listed([f"`{name}`" for i, name in enumerate(names) if i not in used])
            return failed("fusion", "not_fused", what=f"de uitvoer `{head.name}` hangt niet af van {missing}")
    if not joining.joint and not all(joining.scores):
        if not joining.affine_tail:
            return unsure("fusion", "na het samenvoegen komt geen trainbare laag meer.")
        return failed("fusion", "not_fused", what="geen enkele trainbare laag leest de kenmerken van alle modaliteiten")
    if said is None:
        return _not_named(case)
    kinds, doubtful = accepted(joining)
    if said in kinds:
        return passed("fusion", f"In je netwerk {KINDS[said]}: `fusion` klopt.")
    if said in doubtful:
        return unsure("fusion", f"`fusion` noemt {said}; het netwerk lijkt eerder {listed(sorted(kinds))}.")
    found = next(kind for kind in KINDS if kind in kinds)
    return failed("fusion", "misnamed", said=said, found=KINDS[found])


def _not_named(case: Case) -> Verdict:
    evidence = case.evidence.architecture
    found = evidence.fusion if evidence is not None else None
    if isinstance(found, str):
        return failed("fusion", "not_named", what=f"`fusion` is `{found[:40]}`")
    if isinstance(found, Failure) and found.kind != "missing":
        return failed("fusion", "not_named", what=f"`fusion` is {found.detail}")
    return failed("fusion", "not_named", what="de naam `fusion` bestaat niet na de cel `model`")
