"""Run a submitted notebook, have it judged, and write the verdicts into its test cells."""

import secrets
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import Assignment, Course, from_config
from autograder.evidence.records import NotebookEvidence
from autograder.exceptions import JudgeError
from autograder.judge.process import judge_for
from autograder.judge.verdicts import Verdict, not_judged, unsure
from autograder.notebook import cells as mine
from autograder.notebook import files
from autograder.notebook.challenge import Challenge
from autograder.notebook.evidence import Collector
from autograder.notebook.render import outputs
from autograder.notebook.session import Session

Resources = dict[str, Any]


class ExecuteAndJudge(NbGraderPreprocessor):
    """Takes the place of nbgrader's Execute: marks never come from what the kernel printed."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Run and judge `nb` in place."""
        course = from_config(self.config)
        where = resources["nbgrader"]
        assignment = course.assignment(where["assignment"])
        if _cannot_run(nb):
            verdicts: Mapping[str, Verdict] = {}
        else:
            verdicts = run_and_judge(nb, Path(resources["metadata"]["path"]), course, assignment, where["notebook"])
        write_verdicts(nb, assignment.rubric, verdicts)
        return nb, resources


def _cannot_run(nb: NotebookNode) -> bool:
    return bool(nb.metadata.get(mine.KEY, {}).get("unreadable"))


def run_and_judge(
    nb: NotebookNode, submitted: Path, course: Course, assignment: Assignment, notebook: str
) -> dict[str, Verdict]:
    """Run a notebook among the student's other files and return the verdicts by criterion.

    Raises DataError when the course's data is not usable; everything that a student can cause becomes a remark.
    """
    wines = files.wines(Path.cwd(), course)
    challenge = Challenge.fresh(wines, assignment, secrets.randbits(32))
    framework = assignment.notebooks[notebook]
    started = time.process_time()
    with files.working_folder(submitted, files.tables(assignment, lambda: wines)) as folder:
        session = Session(nb, folder, framework, course.limits.cell_seconds)
        evidence = Collector(session, challenge.content).run(nb)
    for text in evidence.remarks:
        mine.remark(nb, text)
    verdicts = _judge(evidence, challenge, course)
    mine.own(nb)["grader_cpu_seconds"] = round(time.process_time() - started, 2)
    return {verdict.criterion: verdict for verdict in verdicts}


def _judge(evidence: NotebookEvidence, challenge: Challenge, course: Course) -> Sequence[Verdict]:
    judge = judge_for(evidence.framework, course.limits.judge_seconds, course.limits.judge_gigabytes)
    try:
        return judge.judge(evidence, challenge.context())
    except JudgeError as error:
        return [unsure("*", str(error))]


def write_verdicts(
    nb: NotebookNode, rubric: Mapping[str, Mapping[str, float]], verdicts: Mapping[str, Verdict]
) -> None:
    """Replace all outputs of every test cell; a criterion without verdict earns nothing, with a reason."""
    notes = mine.remarks(nb)
    for cell in mine.tests(nb):
        topics = mine.own(cell).get("topics", [])
        points = {criterion: p for topic in topics for criterion, p in rubric.get(topic, {}).items()}
        found = [_verdict(criterion, verdicts) for criterion in points]
        own_notes = [n["text"] for n in notes if n["cells"] is None or mine.grade_id(cell) in n["cells"]]
        cell["outputs"] = outputs(found, points, own_notes)
        mine.own(cell)["verdicts"] = [verdict.model_dump() for verdict in found]
        mine.own(cell)["needs_person"] = bool(own_notes) or any(verdict.status == "unsure" for verdict in found)


def _verdict(criterion: str, verdicts: Mapping[str, Verdict]) -> Verdict:
    if criterion in verdicts:
        return verdicts[criterion]
    if "*" in verdicts:
        return verdicts["*"].model_copy(update={"criterion": criterion})
    return not_judged(criterion, "er kwam geen bewijs uit de notebook.")
