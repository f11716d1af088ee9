"""The judge's own process: one line of evidence in, one line of verdicts out, under a memory limit.

`python -m autograder.judge GIGABYTES`
"""

import os
import sys

from autograder.evidence.encoding import Record
from autograder.evidence.records import NotebookEvidence
from autograder.exceptions import EvidenceError
from autograder.judge.case import Context


class Docket(Record):
    """What the grader hands to the judge: one notebook."""

    evidence: NotebookEvidence
    context: Context


def main() -> None:
    """Judge one notebook per line of standard input until it closes."""
    _limit_memory(float(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a framework prints must not look like an answer
    from autograder.judge.notebook import Verdicts, judge_notebook

    for line in sys.stdin:
        try:
            docket = Docket.from_wire(line)
            verdicts = judge_notebook(docket.evidence, docket.context)
        except EvidenceError as error:
            sys.stderr.write(f"{error}\n")
            verdicts = Verdicts(verdicts=())
        answers.write(verdicts.to_wire() + "\n")
        answers.flush()


def _limit_memory(gigabytes: float) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit still holds there
        return
    size, most = int(gigabytes * 2**30), resource.getrlimit(resource.RLIMIT_DATA)[1]
    size = size if most == resource.RLIM_INFINITY else min(size, most)
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
