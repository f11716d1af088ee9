"""Show how grading a class goes on: a bar on a terminal, a line per submission elsewhere, a summary at the end."""

import time
from collections import Counter
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from autograder.batch.outcome import Ending, Outcome

WORDS: dict[Ending, str] = {
    "graded": "graded",
    "graded with remarks": "graded with remarks",
    "needs a person": "need a person",
    "failed": "failed",
}
"""How the summary counts each ending."""


class Tally:
    """Counts what has ended, and how fast."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.endings: Counter[Ending] = Counter()
        self.earlier = 0
        self._started = time.monotonic()

    def add(self, outcome: Outcome) -> None:
        """Count one submission."""
        self.endings[outcome.ending] += 1
        self.earlier += outcome.earlier

    @property
    def done(self) -> int:
        """How many submissions have ended, in this run or before."""
        return self.endings.total()

    @property
    def failures(self) -> int:
        """How many gave no result."""
        return self.endings["failed"]

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self._started

    @property
    def per_minute(self) -> float:
        """Submissions that this run has graded, by the minute."""
        return 60 * (self.done - self.earlier) / max(self.seconds, 1e-9)

    @property
    def left(self) -> str:
        """How long the rest will take at this rate."""
        return duration(60 * (self.total - self.done) / self.per_minute) if self.per_minute else "?"

    def summary(self) -> str:
        """All of it in one line."""
        counts = ", ".join(f"{self.endings[ending]} {word}" for ending, word in WORDS.items() if self.endings[ending])
        earlier = f" ({self.earlier} of them by an earlier run)" if self.earlier else ""
        return (
            f"{self.done} of {self.total} submissions in {duration(self.seconds)}, "
            f"{self.per_minute:.1f} a minute: {counts or 'none'}{earlier}."
        )


class Display(Protocol):
    """Shows outcomes as they come.  Use as a context."""

    def __enter__(self) -> "Display": ...

    def __exit__(self, *_: object) -> None: ...

    def show(self, outcome: Outcome, tally: Tally) -> None:
        """Show one outcome that `tally` has counted."""


class Lines:
    """One line per submission that this run has graded."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        return

    def show(self, outcome: Outcome, tally: Tally) -> None:
        """Print one line."""
        if not outcome.earlier:
            said = f"[{tally.done}/{tally.total}] {line(outcome)}\n"
            self._console.file.write(said)  # rich would print it again with the next line, were it interrupted here
            self._console.file.flush()


class Bar:
    """A bar with rate, time left and failures; above it a line for everything that someone has to look at."""

    def __init__(self, console: Console, total: int) -> None:
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
        self._bar = Progress(*columns, console=console)
        self._task = self._bar.add_task("starting", total=total)

    def __enter__(self) -> "Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, outcome: Outcome, tally: Tally) -> None:
        """Move the bar."""
        if outcome.reason and not outcome.earlier:
            self._bar.console.print(line(outcome), markup=False, highlight=False)
        said = f"{tally.per_minute:.1f} a minute, {tally.left} left, {tally.failures} failed"
        self._bar.update(self._task, completed=tally.done, description=said)


def display(console: Console, total: int) -> Display:
    """Return what fits where the output goes."""
    return Bar(console, total) if console.is_terminal else Lines(console)


def line(outcome: Outcome) -> str:
    """Return `student: ending`, with the reason when there is one to give."""
    needed = outcome.ending in ("needs a person", "failed")
    student = outcome.student if outcome.student.isprintable() else repr(outcome.student)[1:-1]
    return f"{student}: {outcome.ending}" + (f": {outcome.reason}" if needed and outcome.reason else "")


def duration(seconds: float) -> str:
    """Return a duration in its two largest units."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
