"""Run a submitted notebook, have it judged, and write the verdicts into its test cells."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Dict

from autograder.course import Assignment, Course, from_config
from autograder.data import Material
from autograder.dutch import one_line
from autograder.evidence.records import Framework, NotebookEvidence
from autograder.exceptions import REMEDY, JudgeError, NoJudgeError
from autograder.judge.process import JudgeProcess
from autograder.judge.verdicts import Verdict, not_judged, unsure
from autograder.notebook import cells as mine
from autograder.notebook import files
from autograder.notebook.challenge import Challenge, seed_for
from autograder.notebook.evidence import Collector
from autograder.notebook.judging import judge_of
from autograder.notebook.render import outputs
from autograder.notebook.session import Session
from autograder.notebook.submitted import digest_of

Resources = dict[str, Any]


class ExecuteAndJudge(NbGraderPreprocessor):
    """Takes the place of nbgrader's Execute: marks never come from what the kernel printed."""

    executed = Dict(help="Notebooks, as JSON text by name, that ran and were judged elsewhere.").tag(config=True)
    digests = Dict(help="Digest of what was submitted, by notebook, as it was when the notebook was read.").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Run and judge `nb` in place, or take what was handed in as executed; note what it was made from."""
        where = resources["nbgrader"]
        name = where["notebook"]
        digest = self.digests.get(name) or self._digest(where)  # before it runs: what changes meanwhile runs again
        if name in self.executed and not _cannot_run(nb):
            nb = nbformat.reads(self.executed[name], as_version=4)
        else:
            course = from_config(self.config)
            job = Job(course, where["assignment"], name, files.material(Path.cwd(), course, where["assignment"]))
            execute_and_judge(nb, Path(resources["metadata"]["path"]), job)
        mine.own(nb)[SUBMITTED] = digest
        return nb, resources

    def _digest(self, where: Mapping[str, str]) -> str:
        course = CourseDirectory(config=self.config)
        folder = course.format_path(course.submitted_directory, where["student"], where["assignment"])
        return digest_of(Path(folder), where["notebook"], course.ignore)


SUBMITTED = "submitted"
"""Where a graded notebook keeps the digest of the submission that it was made from."""


@dataclass(frozen=True)
class Job:
    """Which notebook is graded, and all that it takes besides."""

    course: Course
    assignment: str
    notebook: str
    material: Material
    turn: Callable[[], AbstractContextManager[None]] = nullcontext
    """Entered while cells run, not while the kernel starts or the judge works."""

    @property
    def settings(self) -> Assignment:
        """Of the assignment."""
        return self.course.assignment(self.assignment)


def execute_and_judge(nb: NotebookNode, submitted: Path, job: Job) -> None:
    """Run and judge `nb` in place among the files of the folder `submitted`; what cannot run earns nothing.

    Needs neither the course's folder nor its gradebook: it runs on whichever machine has this package.
    """
    verdicts = {} if _cannot_run(nb) else run_and_judge(nb, submitted, job)
    write_verdicts(nb, job.settings.rubric, verdicts)


def _cannot_run(nb: NotebookNode) -> bool:
    return bool(nb.metadata.get(mine.KEY, {}).get("unreadable"))


def run_and_judge(nb: NotebookNode, submitted: Path, job: Job) -> dict[str, Verdict]:
    """Run a notebook among the student's other files and return the verdicts by criterion.

    Everything that a student can cause becomes a remark.
    """
    course = job.course
    challenge = Challenge.fresh(job.material.parts(job.settings.problem), job.settings, seed_for(nb, job.material.key))
    framework = job.settings.notebooks[job.notebook]
    started = time.process_time()
    with files.working_folder(submitted, job.material.tables) as folder:
        session = Session(nb, folder, framework, course.limits.cell_seconds, course.kernel)
        evidence = Collector(session, challenge.content, job.turn).run(nb)
    for text in evidence.remarks:
        mine.remark(nb, text)
    verdicts = _judge(evidence, challenge, course)
    mine.own(nb)["grader_cpu_seconds"] = round(time.process_time() - started, 2)
    return {verdict.criterion: verdict for verdict in verdicts}


def _judge(evidence: NotebookEvidence, challenge: Challenge, course: Course) -> Sequence[Verdict]:
    judge = judge_of(evidence.framework, course)
    try:
        return judge.judge(evidence, challenge.context())
    except JudgeError as error:
        _try_without_evidence(judge, evidence.framework, challenge)
        return [unsure("*", str(error))]


def _try_without_evidence(judge: JudgeProcess, framework: Framework, challenge: Challenge) -> None:
    """See whether the judge works at all.  Raises NoJudgeError: no notebook is to blame when it does not."""
    try:
        judge.judge(NotebookEvidence(framework=framework), challenge.context())
    except JudgeError as error:
        raise NoJudgeError(f"the judge does not work, not even on an empty notebook: {error}; {REMEDY}") from error


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
        mine.own(cell)["visible_error"] = _raised(cell)
        cell["outputs"] = outputs(found, points, own_notes)
        mine.own(cell)["verdicts"] = [verdict.model_dump() for verdict in found]
        mine.own(cell)["needs_person"] = bool(own_notes) or any(verdict.status == "unsure" for verdict in found)


def _raised(cell: NotebookNode) -> str:
    """What the visible part of a test cell raised, which moves no points; empty when it ran through."""
    errors = [output for output in cell.get("outputs", []) if output.output_type == "error"]
    return one_line(f"{errors[-1].ename}: {errors[-1].evalue}") if errors else ""


def _verdict(criterion: str, verdicts: Mapping[str, Verdict]) -> Verdict:
    if criterion in verdicts:
        return verdicts[criterion]
    if "*" in verdicts:
        return verdicts["*"].model_copy(update={"criterion": criterion})
    return not_judged(criterion, "er kwam geen bewijs uit de notebook.")
