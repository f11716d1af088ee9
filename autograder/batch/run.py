"""Grade a class: tasks out to the workers, results back to the writer, every submission to one ending."""

import glob
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field

from nbgrader.converters.base import NbGraderException

from autograder.batch import ledger
from autograder.batch.executors import Executor
from autograder.batch.interrupt import Interrupts
from autograder.batch.outcome import Outcome, failed
from autograder.batch.recording import Graded, Writer
from autograder.batch.submission import ClassOf, Submission
from autograder.batch.task import Result, seal, unseal
from autograder.exceptions import AutograderError, BatchError

MAX_DEATHS = 3
"""Workers that a task may cost, all but the first of them without any other task, before it is passed over."""

MAX_DEATHS_IN_A_ROW = 12
"""Workers that may die without any result in between before the machine is blamed instead of the notebooks."""

KILLER = "De notebook {name}.ipynb is overgeslagen: telkens stopte het hele proces waarin ze liep."

PATIENCE = 60.0
"""Seconds without any result after which to see whether there are workers at all; twice in a row without is enough."""


@dataclass
class _Open:
    """A submission of which tasks are still to come back."""

    submission: Submission
    sanitised: dict[str, str]
    executed: dict[str, str] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return len(self.executed) + len(self.troubles) == len(self.sanitised)


@dataclass
class _Ticket:
    """One task of an open submission, on its way."""

    of: _Open
    notebook: str
    sealed: str
    deaths: int = 0
    alone: bool = False
    """Whether it runs without any other task, so that it is to blame for whatever happens."""


class Run:
    """One run over a class; iterate over it once."""

    def __init__(self, of: ClassOf, executor: Executor, interrupts: Interrupts) -> None:
        self._of = of
        self._executor = executor
        self._interrupts = interrupts
        self._writer = Writer(of)
        self._waiting: deque[_Ticket] = deque()
        self._suspects: deque[_Ticket] = deque()
        self._under_way: dict[Future[str], _Ticket] = {}
        self._deaths_in_a_row = 0

    def outcomes(self, students: Sequence[str]) -> Iterator[Outcome]:
        """Grade each student's submission and yield how it ended, in the order in which that happens.

        Raises AutograderError when nothing can be graded any more; what was yielded by then is safely recorded.
        """
        known = ledger.read(self._of.database, self._of.assignment)
        to_do = iter(students)
        more = True
        while more or self._under_way or self._waiting or self._suspects:
            while more and len(self._under_way) + len(self._waiting) < self._executor.window():
                student = next(to_do, None)
                if student is None:
                    more = False
                    break
                ended = self._start_safely(student, known)
                if ended is not None:
                    yield ended
            self._send(alone=not more)
            yield from self._receive()

    def _start_safely(self, student: str, known: ledger.Ledger) -> Outcome | None:
        """Do as `_start`; what is wrong with one folder is told of its student and stops nobody else."""
        unfit = _unfit(student)
        if unfit:
            return failed(student, unfit)
        try:
            return self._start(student, known)
        except (OSError, NbGraderException) as error:
            return failed(student, error)

    def _start(self, student: str, known: ledger.Ledger) -> Outcome | None:
        """Queue a submission's tasks; return its ending when it has one without."""
        submission = self._of.submission(student)
        ended = self._writer.ended(submission, known, earlier=True)
        if ended is not None:
            return ended
        tasks = self._of.tasks(submission)
        opened = _Open(submission, {name: task.text for name, task in tasks.items()})
        self._waiting.extend(_Ticket(opened, name, seal(task)) for name, task in tasks.items())
        return None if tasks else self._record(opened)

    def _send(self, *, alone: bool) -> None:
        """Hand tasks to the executor; suspects last and alone, so that nobody else is blamed."""
        while self._waiting and len(self._under_way) < self._executor.window():
            self._submit(self._waiting.popleft())
        if alone and self._suspects and not self._under_way:
            suspect = self._suspects.popleft()
            suspect.alone = True
            self._submit(suspect)

    def _submit(self, ticket: _Ticket) -> None:
        self._under_way[self._executor.submit(ticket.sealed)] = ticket

    def _receive(self) -> Iterator[Outcome]:
        if not self._under_way:
            return
        for future in self._done():
            ticket = self._under_way.pop(future)
            self._settle(ticket, future)
            if ticket.of.complete:
                yield self._record(ticket.of)

    def _done(self) -> set["Future[str]"]:
        """Wait for results.  Raises BatchError when there is nobody left to wait for."""
        without = 0
        while True:
            done, _ = wait(self._under_way, timeout=PATIENCE, return_when=FIRST_COMPLETED)
            if done:
                return done
            without = 0 if self._executor.has_workers() else without + 1
            if without > 1:
                raise BatchError("there are no workers any more; start some and run this again")

    def _settle(self, ticket: _Ticket, future: "Future[str]") -> None:
        """Take in what came of a task; a task that came to nothing goes out again."""
        error = future.exception()
        if isinstance(error, AutograderError):
            raise error
        result = _answer(ticket, future.result()) if error is None else None
        if result is None:
            self._died(ticket, error)
            return
        self._deaths_in_a_row = 0
        if result.stop:
            raise BatchError(result.stop)
        if result.trouble:
            ticket.of.troubles[ticket.notebook] = result.trouble
        else:
            ticket.of.executed[ticket.notebook] = result.text

    def _died(self, ticket: _Ticket, error: BaseException | None) -> None:
        ticket.deaths += 1
        self._deaths_in_a_row += 1
        if self._deaths_in_a_row >= MAX_DEATHS_IN_A_ROW:
            count, what = self._deaths_in_a_row, error or "the results were damaged"
            raise BatchError(f"{count} workers in a row gave no result ({what}); is there too little memory?")
        if ticket.alone and (ticket.deaths >= MAX_DEATHS or not self._executor.blames_exactly):
            ticket.of.troubles[ticket.notebook] = KILLER.format(name=ticket.notebook)
        else:
            self._suspects.append(ticket)

    def _record(self, opened: _Open) -> Outcome:
        with self._interrupts.held():
            return self._writer.record(
                opened.submission, Graded(opened.sanitised, opened.executed, opened.troubles)
            )


def _unfit(student: str) -> str:
    """Return why nbgrader cannot grade a folder of that name; empty when it can."""
    try:
        student.encode()
    except UnicodeEncodeError:
        return "the name of the folder is not UTF-8; rename it"
    if glob.has_magic(student):  # it would be a pattern, and the marks those of every student whom it fits
        return "the name of the folder holds one of * ? [, with which nbgrader means other folders too; rename it"
    if len(student.splitlines()) > 1:
        return "the name of the folder has more than one line; rename it"
    return ""


def _answer(ticket: _Ticket, sealed: str) -> Result | None:
    """Return the result of a task, None when it is damaged or the answer to another one."""
    try:
        result = unseal(Result, sealed)
    except BatchError:
        return None
    return result if result.task == ticket.sealed.partition("\n")[0] else None
