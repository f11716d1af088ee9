"""What the judge says: one verdict per criterion."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from autograder.dutch import one_line
from autograder.evidence.encoding import Record
from autograder.evidence.problem import Problem

Line = Annotated[str, BeforeValidator(lambda text: one_line(text) if isinstance(text, str) else text)]
"""What a person reads: it may quote what a student's kernel sent, so it is made one plain line whatever it holds."""

Status = Literal["pass", "fail", "unsure", "not_judged"]


class Verdict(Record):
    """The judge's decision on one criterion."""

    criterion: str
    status: Status
    fault: str | None = None
    """The catalogue's identifier; only when status is fail."""
    message: Line = ""
    """What was found, in Dutch, for the student."""
    hint: Line = ""
    """Where to look, in Dutch; never the solution."""
    remark: Line = ""
    """Something a person should know that costs no points."""


def passed(criterion: str, message: str = "In orde.", *, remark: str = "") -> Verdict:
    """The criterion is met."""
    return Verdict(criterion=criterion, status="pass", message=message, remark=remark)


def failed(criterion: str, fault: str, *, filed: Any = "", **numbers: object) -> Verdict:
    """The criterion is not met, for a named reason from the catalogue.

    `filed`: the criterion under which the catalogue has the fault, for a criterion that an assignment named itself.
    `numbers` fill the message's placeholders.  Raises KeyError for a fault that the catalogue does not hold.
    """
    from autograder.judge.catalogue import FAULTS

    entry = FAULTS[filed or criterion, fault]
    return Verdict(
        criterion=criterion,
        status="fail",
        fault=fault,
        message=entry.message.format(**numbers),
        hint=entry.hint.format(**numbers),
    )


def failed_in(problem: Problem, criterion: str, fault: str, **numbers: object) -> Verdict:
    """The same, with what the problem calls a row and several for the placeholders `row` and `rows`."""
    return failed(criterion, fault, **{"row": problem.row, "rows": problem.rows, **numbers})


def unsure(criterion: str, reason: str) -> Verdict:
    """The judge could not analyse it; the points wait for a person."""
    return Verdict(criterion=criterion, status="unsure", message=f"De beoordelaar kon dit niet nagaan: {reason}")


def not_judged(criterion: str, cause: str) -> Verdict:
    """An earlier failure makes this undecidable: no points, no second accusation."""
    return Verdict(criterion=criterion, status="not_judged", message=f"Niet beoordeeld: {cause}")


def first_cause(verdicts: Mapping[str, Verdict], *criteria: str) -> str | None:
    """Name the first of `criteria` that did not pass, for use as the cause of a `not_judged`."""
    for criterion in criteria:
        verdict = verdicts.get(criterion)
        if verdict is not None and verdict.status != "pass":
            return f"eerst moet `{criterion}` in orde zijn."
    return None
