"""Judge one notebook: every topic in turn, each from the same evidence."""

import sys
import traceback
from collections.abc import Callable

from autograder.evidence.encoding import Record
from autograder.evidence.records import NotebookEvidence
from autograder.judge import (
    architecture,
    comparison,
    data,
    fusion,
    inspection,
    loaders,
    loss,
    reading,
    results,
    training,
)
from autograder.judge.case import Case, Context
from autograder.judge.verdicts import Verdict, unsure

TOPICS: dict[str, Callable[[Case], None]] = {
    "architecture": architecture.judge,
    "fusion": fusion.judge,
    "loss": loss.judge,
    "inspection": inspection.judge,
    "data": data.judge,
    "loaders": loaders.judge,
    "training": training.judge,
    "results": results.judge,
    "comparison": comparison.judge,
}
"""In the order in which one topic's findings serve the next."""


class Verdicts(Record):
    """All verdicts on one notebook."""

    verdicts: tuple[Verdict, ...]


def judge_notebook(evidence: NotebookEvidence, context: Context) -> Verdicts:
    """Return one verdict per criterion of the topics that the assignment's rubric has.

    A topic that fails on its own account never costs a student points: its criteria become *unsure*, and the
    traceback goes to stderr for whoever maintains the judge.
    """
    case = Case(evidence, context)
    topics = [(context.rubric[topic], judge) for topic, judge in TOPICS.items() if topic in context.rubric]
    for criteria, judge in (*topics, (tuple(context.answers), reading.judge)):
        try:
            judge(case)
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            case.add(*(unsure(criterion, f"interne fout ({type(error).__name__})") for criterion in criteria))
    return Verdicts(verdicts=tuple(case.verdicts.values()))
