"""Topics that ask for one number or one word each: the answer is the course's, in no notebook."""

from autograder.evidence.records import Failure
from autograder.expected import Expected
from autograder.judge.case import Case
from autograder.judge.verdicts import Verdict, failed, not_judged, passed

ENTRY = "reading"
"""The criterion under which the catalogue holds the faults of every question."""


def judge(case: Case) -> None:
    """Add a verdict for every question of the assignment."""
    evidence = case.evidence.reading
    for criterion, expected in case.context.answers.items():
        found = evidence.values.get(criterion) if evidence is not None else None
        verdict = not_judged(criterion, "het antwoord is niet gelezen.") if found is None else _verdict(found, expected)
        case.add(verdict.model_copy(update={"criterion": criterion}))


def _verdict(found: float | str | Failure, expected: Expected) -> Verdict:
    if isinstance(found, Failure) and found.kind == "missing":
        return failed(ENTRY, "missing", name=found.name)
    if isinstance(found, Failure):
        return failed(ENTRY, "not_one_value", name=found.name, found=found.detail)
    given = _plain(found)
    if given == _plain(expected.value):
        return passed(ENTRY, f"Je antwoord {_shown(found)} klopt.")
    for mistake, hint in expected.mistakes.items():
        if given == _plain(mistake):
            return failed(ENTRY, "misread", found=_shown(found), remark=hint)
    return failed(ENTRY, "wrong", found=_shown(found))


def _plain(value: float | str) -> float | str:
    """The same for every way of writing one answer: 12, 12.0 and "12"; "A", "a" and " A "."""
    text = str(value).strip().strip("\"'`").casefold()
    try:
        return round(float(text), 6)
    except ValueError:
        return text


def _shown(value: float | str) -> str:
    return f"`{value}`" if isinstance(value, str) else f"`{value:.10g}`"
