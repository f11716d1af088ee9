"""The CPU time that judging adds to a notebook's own cells: the probe's questions, and the judge, after imports.

`python -m autograder.bench.judging ASSIGNMENT [GLOB ...]`, in the project's folder, judges the reference solutions and
a handful of known answers, or those that fit, once each, and prints the median and the worst of each framework.
"""

import importlib
import os
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from rich.console import Console
from rich.table import Table

from autograder.answers.answer import Answer, read_answers
from autograder.answers.course import notebook_name
from autograder.answers.demo import answers_of
from autograder.answers.submission import submission
from autograder.bench.comparing import SEED
from autograder.course import load_course
from autograder.evidence.records import Framework, NotebookEvidence
from autograder.judge.notebook import judge_notebook
from autograder.judge.process import ENVIRONMENT
from autograder.notebook import cells, files
from autograder.notebook.challenge import Challenge
from autograder.notebook.evidence import Collector
from autograder.notebook.session import MODULES, Session

FRAMEWORKS: tuple[Framework, ...] = ("pytorch", "keras")
ANSWERS = ("right/*reference", "right/wide*", "right/batchnorm*", "right/custom_train*", "wrong/mse_*", "wrong/two_*")


class _Timed(Session):
    seconds = 0.0
    """CPU time that the kernel spent on questions."""

    def ask(self, kind: Any, **content: Any) -> str:
        before = self._used()
        reply = super().ask(kind, **content)
        self.seconds += self._used() - before
        return reply

    def _used(self) -> float:
        assert self.client.kc is not None
        call = {"used": "__import__('time').process_time()"}
        message = self.client.kc.execute("", silent=True, store_history=False, user_expressions=call)
        return float(self._reply_to(str(message), 60)["user_expressions"]["used"]["data"]["text/plain"])


def spent(root: Path, assignment: str, answer: Answer) -> tuple[float, float]:
    """Run the notebook of an answer as when grading, judge it here, and return the CPU seconds of both."""
    course = load_course(root)
    settings, material = course.assignment(assignment), files.example_material(root, course, assignment)
    challenge = Challenge.fresh(material.parts(settings.problem), settings, SEED)
    nb = nbformat.read(root / "source" / assignment / f"{notebook_name(settings, answer)}.ipynb", as_version=4)
    nb = submission(nb, nb, answer)
    for cell in cells.tests(nb):
        cells.own(cell)["topics"] = cells.declared_topics(cell.source)
        cell["source"] = cells.without_hidden(cell.source)
    with TemporaryDirectory() as name, files.working_folder(Path(name), material.tables) as folder:
        session = _Timed(nb, folder, answer.framework, course.limits.cell_seconds, course.kernel)
        evidence = NotebookEvidence.from_wire(Collector(session, challenge.content).run(nb).to_wire())
    started = time.process_time()
    judge_notebook(evidence, challenge.context())
    return session.seconds, time.process_time() - started


def main() -> None:
    """Print one line for each framework."""
    os.environ.update(ENVIRONMENT)
    root, assignment = Path.cwd(), sys.argv[1]
    folder, table = answers_of(root, assignment), Table(title="CPU seconds a notebook, besides its own cells")
    for name in ("", "notebooks", "questions: median", "worst", "judge: median", "worst"):
        table.add_column(name, justify="right")
    known = {answer.name: answer for glob in sys.argv[2:] or ANSWERS for answer in read_answers(folder, glob)}
    for framework in FRAMEWORKS:
        for module in MODULES[framework]:
            importlib.import_module(module)
        found = [spent(root, assignment, answer) for answer in known.values() if answer.framework == framework]
        figures = [f"{of(column):.2f}" for column in zip(*found, strict=True) for of in (statistics.median, max)]
        table.add_row(framework, str(len(found)), *figures)
    Console().print(table)


if __name__ == "__main__":
    main()
