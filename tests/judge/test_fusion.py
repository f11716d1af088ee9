"""Networks of several inputs: right ones pass under every name that fits, wrong ones by their fault."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import zoo_fusion_keras
import zoo_fusion_pytorch

from autograder.evidence.problem import Problem
from autograder.evidence.records import Failure, Framework, ModelEvidence, NotebookEvidence
from autograder.judge import architecture, fusion
from autograder.judge.case import Case, Context
from autograder.judge.catalogue import FAULTS
from autograder.judge.verdicts import Verdict

COLUMNS, WORDS, TOKENS = zoo_fusion_pytorch.COLUMNS, zoo_fusion_pytorch.WORDS, zoo_fusion_pytorch.TOKENS
INPUTS = [{"name": "structured", "columns": ("age", "fare")}, {"name": "names", "columns": ("name",)}]
SURVIVED = {"name": "survived", "kind": "binary", "column": "survived", "term": "classification_term"}
PASSES = dict.fromkeys(fusion.CRITERIA, "pass")


def problem(heads: int = 1) -> Problem:
    more = [{**SURVIVED, "name": f"head{place}"} for place in range(1, heads)]
    return Problem.model_validate(
        {"table": "p.csv", "row": "passagier", "rows": "passagiers", "inputs": INPUTS, "heads": [SURVIVED, *more],
         "cells": {"model": ("model", "fusion")}}
    )  # fmt: skip


def passengers(*, tokens: bool) -> np.ndarray:
    generator = np.random.default_rng(0)
    structured = generator.normal(size=(100, COLUMNS))
    if not tokens:
        return np.concatenate([structured, generator.poisson(0.5, (100, WORDS))], 1).astype("float32")
    ids = generator.integers(1, TOKENS, (100, WORDS))
    ids[np.arange(WORDS) >= generator.integers(2, WORDS + 1, 100)[:, None]] = 0
    return np.concatenate([structured, ids], 1).astype("float64")


def judged(
    record: Callable[..., ModelEvidence], framework: Framework, model: Any, said: Any, *, tokens: bool, heads: int = 1
) -> dict[str, Verdict]:
    dtypes = ("float32", "int64" if tokens else "float32")
    evidence = record(model, passengers(tokens=tokens), problem(heads), (COLUMNS, WORDS), dtypes)
    evidence = ModelEvidence.from_wire(evidence.model_copy(update={"fusion": said}).to_wire())
    case = Case(NotebookEvidence(framework=framework, architecture=evidence), Context(seed=1, problem=problem(heads)))
    fusion.judge(case)
    return case.verdicts


def pytorch(named: Any, **more: Any) -> dict[str, Verdict]:
    from autograder.probe.pytorch import record

    said = more.pop("said", named.fusion)
    return judged(record, "pytorch", named.build(), said, tokens=named.tokens, **more)


def with_keras(named: Any) -> dict[str, Verdict]:
    from autograder.probe.keras import record

    return judged(record, "keras", named.build(), named.fusion, tokens=named.tokens)


def said(verdicts: dict[str, Verdict]) -> dict[str, str]:
    return {
        criterion: verdict.fault or (verdict.status if verdict.status != "unsure" else verdict.message)
        for criterion, verdict in verdicts.items()
    }


def only(named: Any, verdicts: dict[str, Verdict]) -> bool:
    """Whether this is the one fault named, and everything else passes or is not judged."""
    others = {v.status for name, v in verdicts.items() if name != named.criterion}
    return verdicts[named.criterion].fault == named.fault and others <= {"pass", "not_judged"}


@pytest.mark.parametrize("style", zoo_fusion_pytorch.RIGHT)
def test_right_pytorch_passes(style: str) -> None:
    assert said(pytorch(zoo_fusion_pytorch.RIGHT[style])) == PASSES


@pytest.mark.parametrize("style", zoo_fusion_pytorch.WRONG)
def test_wrong_pytorch_is_named(style: str) -> None:
    verdicts = pytorch(zoo_fusion_pytorch.WRONG[style])
    assert only(zoo_fusion_pytorch.WRONG[style], verdicts), said(verdicts)


@pytest.mark.parametrize("style", zoo_fusion_keras.RIGHT)
def test_right_keras_passes(style: str) -> None:
    assert said(with_keras(zoo_fusion_keras.RIGHT[style])) == PASSES


@pytest.mark.parametrize("style", zoo_fusion_keras.WRONG)
def test_wrong_keras_is_named(style: str) -> None:
    verdicts = with_keras(zoo_fusion_keras.WRONG[style])
    assert only(zoo_fusion_keras.WRONG[style], verdicts), said(verdicts)


@pytest.mark.parametrize(
    "missing", [Failure(kind="missing", name="fusion"), Failure(kind="unsupported", name="fusion", detail="een list")]
)
def test_a_name_that_is_no_text_is_not_named(missing: Failure) -> None:
    assert said(pytorch(zoo_fusion_pytorch.RIGHT["gate"], said=missing)) == {**PASSES, "fusion": "not_named"}


def test_experts_called_late_are_for_a_person() -> None:
    assert pytorch(zoo_fusion_pytorch.RIGHT["experts"], said="late")["fusion"].status == "unsure"


def test_heads_that_each_read_one_modality_are_not_fused() -> None:
    verdicts = pytorch(zoo_fusion_pytorch.WRONG["two outputs"], heads=2)
    assert said(verdicts) == {**PASSES, "fusion": "not_fused"}


def test_every_fault_of_the_fusion_is_shown_by_some_network() -> None:
    shown = {(w.criterion, w.fault) for w in zoo_fusion_pytorch.WRONG.values()}
    assert {key for key in FAULTS if key[0] in ("encoders", "fusion")} <= shown


def test_one_input_is_no_fusion_and_one_head_no_trunk() -> None:
    one = problem().model_copy(update={"inputs": problem().inputs[:1]})
    case = Case(NotebookEvidence(framework="pytorch"), Context(seed=1, problem=one))
    fusion.judge(case)
    architecture.judge(case)
    assert case.verdicts == {}
