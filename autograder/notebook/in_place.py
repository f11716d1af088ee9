"""Judge one topic in an author's own running notebook and show the verdicts."""

import uuid
from pathlib import Path
from typing import Any

from IPython.display import HTML, display

from autograder.course import Course, load_course
from autograder.evidence.records import Framework, NotebookEvidence
from autograder.evidence.requests import Reply, Request
from autograder.exceptions import AutograderError, CourseError
from autograder.judge.process import judge_for
from autograder.judge.verdicts import Verdict
from autograder.notebook import files
from autograder.notebook.challenge import Challenge
from autograder.notebook.evidence import AT_THE_END, RECORDS, at_once
from autograder.notebook.render import outputs
from autograder.probe.answer import answer


def show(topic: str, framework: Framework, namespace: dict[str, Any], seed: int) -> None:
    """Judge the topics up to and including `topic` on the objects as they are now, and show the verdicts on it."""
    try:
        verdicts, rubric = _judge(topic, framework, namespace, seed)
    except AutograderError as error:
        print(f"judged({topic!r}) is not shown here: {error}")  # noqa: T201
        return
    html = outputs([verdict for verdict in verdicts if verdict.criterion in rubric], rubric, [])[0]["data"]["text/html"]
    display(HTML(html))  # type: ignore[no-untyped-call]


def _judge(
    topic: str, framework: Framework, namespace: dict[str, Any], seed: int
) -> tuple[list[Verdict], dict[str, float]]:
    root = _course_root()
    course = load_course(root)
    name = _assignment(root, course, topic)
    assignment = course.assignment(name)
    challenge = Challenge.fresh(files.material(root, course, name).parts(assignment.problem), assignment, seed)
    found = {}
    topics = list(assignment.rubric)
    for earlier in topics[: topics.index(topic) + 1]:
        for kind in (*at_once(earlier), *AT_THE_END[framework].get(earlier, ())):
            request = Request(nonce=uuid.uuid4().hex, kind=kind, framework=framework, **challenge.content(kind))
            bundle = answer(request.to_wire(), namespace)._repr_mimebundle_()
            reply = Reply.from_wire(next(iter(bundle.values())))
            if reply.evidence:
                found[kind] = RECORDS[kind].from_wire(reply.evidence)
    evidence = NotebookEvidence(framework=framework, **found)  # type: ignore[arg-type]
    judge = judge_for(framework, course.limits.judge_seconds, course.limits.judge_gigabytes)
    return list(judge.judge(evidence, challenge.context())), assignment.rubric[topic]


def _assignment(root: Path, course: Course, topic: str) -> str:
    """Return the assignment in whose folder this notebook is, or the only one with the topic."""
    names = [name for name, one in course.assignments.items() if topic in one.rubric]
    here = [name for name in names if name in Path.cwd().absolute().relative_to(root.absolute()).parts]
    for found in (here, names):
        if len(found) == 1:
            return found[0]
    if not names:
        raise CourseError(f"no assignment of course_config.py has the topic {topic!r} in its rubric")
    raise CourseError(f"{', '.join(names)} have the topic {topic!r}; run the notebook in source/<assignment>")


def _course_root() -> Path:
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / "nbgrader_config.py").exists()), here)
