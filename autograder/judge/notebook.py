"""Judge one notebook: every topic in turn, each from the same evidence."""

import sys
import traceback
from collections.abc import Callable, Sequence

from autograder.evidence.encoding import Record
from autograder.evidence.records import NotebookEvidence
from autograder.judge import architecture, data, inspection, loaders, loss, reading, results, training
from autograder.judge.case import Case, Context
from autograder.judge.verdicts import Verdict, unsure

TOPICS: tuple[tuple[Sequence[str], Callable[[Case], None]], ...] = tuple(
    (topic.CRITERIA, topic.judge) for topic in (architecture, loss, inspection, data, loaders, training, results)
)
"""In the order in which one topic's findings serve the next."""


class Verdicts(Record):
    """All verdicts on one notebook."""

    verdicts: tuple[Verdict, ...]


def judge_notebook(evidence: NotebookEvidence, context: Context) -> Verdicts:
    """Return one verdict per criterion.

    A topic that fails on its own account never costs a student points: its criteria become *unsure*, and the
    traceback goes to stderr for whoever maintains the judge.
    """
    case = Case(evidence, context)
    for criteria, judge in (*TOPICS, (tuple(context.answers), reading.judge)):
        try:
            judge(case)
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            case.add(*(unsure(criterion, f"interne fout ({type(error).__name__})") for criterion in criteria))
    return Verdicts(verdicts=tuple(case.verdicts.values()))
